/* A folder for the repositories that a test creates with git itself. */
#ifndef PFG_TESTS_UNIT_GIT_FIXTURE_H
#define PFG_TESTS_UNIT_GIT_FIXTURE_H

#include "check.h"

#include "base/arena.h"
#include "base/file.h"
#include "exec/child.h"

struct git_place {
    char folder[64];
    struct pfg_arena *arena;
    struct pfg_error err;
};

/* Runs the script after the prelude, and returns its output without the last
 * newline. */
static inline const char *git_place_shell(struct git_place *place,
                                          const char *prelude,
                                          const char *script)
{
    const char *argv[] = {
        pfg_arena_printf(place->arena, "%s\n%s", prelude, script), NULL};
    struct pfg_child_spec spec = {
        .argv = argv, .shell = true, .folder = place->folder};
    struct pfg_child_result out;
    const char *text;

    if (pfg_child_run(&out, &spec, NULL, &place->err)) {
        fail_msg("%s", place->err.message);
    }
    if (out.exit_status) {
        fail_msg("the script failed:\n%s\n%s", script, out.err_tail.ptr);
    }
    text = pfg_arena_slice(place->arena,
                           pfg_slice_trim(pfg_str_slice(&out.out_tail)));
    pfg_child_free(&out);
    return text;
}

/* Ignores the configuration of the user and the system. */
static inline int git_place_make(struct git_place *place)
{
    snprintf(place->folder, sizeof place->folder, "/tmp/perfgate-git-XXXXXX");
    if (!mkdtemp(place->folder)) {
        return -1;
    }
    place->arena = pfg_arena_new();
    setenv("HOME", place->folder, 1);
    setenv("XDG_CONFIG_HOME", place->folder, 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "A", 1);
    setenv("GIT_AUTHOR_EMAIL", "a@example.org", 1);
    setenv("GIT_COMMITTER_NAME", "A", 1);
    setenv("GIT_COMMITTER_EMAIL", "a@example.org", 1);
    return 0;
}

static inline void git_place_remove(struct git_place *place)
{
    pfg_file_remove_all(place->folder, NULL);
    pfg_arena_free(place->arena);
}

#endif
