#include "app/input/workspace.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/input/ci.h"
#include "base/arena.h"
#include "base/file.h"
#include "hw/hw.h"
#include "model/machine.h"
#include "model/name.h"
#include "store/store.h"

int pfg_workspace_open_vcs(struct pfg_vcs **out, struct pfg_error *err)
{
    return pfg_vcs_open(out, ".", err);
}

struct pfg_vcs_hint pfg_workspace_hint(const struct pfg_context *context,
                                       struct pfg_arena *arena)
{
    struct pfg_ci ci;

    /* Invalid data from the CI is reported elsewhere. */
    pfg_ci_read(&ci, context, arena);
    return (struct pfg_vcs_hint){
        .head = ci.pull_request && *ci.head_sha ? ci.head_sha : NULL,
    };
}

static struct pfg_revision named_revision(const char *name,
                                          struct pfg_arena *arena)
{
    return (struct pfg_revision){
        .id = pfg_arena_strdup(arena, name),
        .tree = "",
        .subject = "",
        .branch = "",
        .merge = "",
        .named = true,
    };
}

static int place_revision(struct pfg_revision *out, struct pfg_vcs *vcs,
                          const char *spec, const struct pfg_vcs_hint *hint,
                          struct pfg_arena *arena, struct pfg_error *err)
{
    if (!vcs && !spec) {
        pfg_fail(err, PFG_USAGE,
                 "cannot tell the version: not in a git repository");
        return pfg_hint(err, "name it with --commit NAME");
    }
    if (!vcs) {
        *out = named_revision(spec, arena);
        return 0;
    }
    if (!pfg_vcs_resolve(vcs, out, spec, hint, arena, err)) {
        return 0;
    }
    if (spec && (!err || err->code == PFG_USAGE)) {
        *out = named_revision(spec, arena);
        return 0;
    }
    return -1;
}

int pfg_workspace_revision(struct pfg_revision *out,
                           const struct pfg_context *context,
                           struct pfg_vcs *vcs, const char *spec,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs_hint hint = pfg_workspace_hint(context, arena);

    return place_revision(out, vcs, spec, &hint, arena, err);
}

/* The path as git sees it: without links. One that does not exist yet is below
 * the working directory. */
static const char *absolute(const char *path, struct pfg_arena *arena)
{
    char *found = realpath(path, NULL);
    char *folder = found || *path == '/' ? NULL : realpath(".", NULL);
    const char *out =
        found    ? pfg_arena_strdup(arena, found)
        : folder ? pfg_path_join(arena, folder,
                                 strncmp(path, "./", 2) ? path : path + 2)
                 : path;

    free(found);
    free(folder);
    return out;
}

/* Digits of a commit, an operator of git, the usual name of a branch, or a
 * branch of the remote. */
static bool looks_like_revision(struct pfg_vcs *vcs, const char *word,
                                struct pfg_arena *arena)
{
    static const char *const usual[] = {"HEAD", "main", "master", "trunk",
                                        "develop"};
    size_t length = strlen(word);
    struct pfg_revision near;

    for (size_t i = 0; i < PFG_COUNT(usual); i++) {
        if (!strcasecmp(word, usual[i])) {
            return true;
        }
    }
    return (length >= 7 && length <= 40 &&
            strspn(word, "0123456789abcdefABCDEF") == length) ||
           strpbrk(word, "~^") || strstr(word, "@{") ||
           !strncmp(word, "refs/", 5) || !strncmp(word, "origin/", 7) ||
           !pfg_vcs_resolve(vcs, &near,
                            pfg_arena_printf(arena, "origin/%s", word), NULL,
                            arena, NULL);
}

/* Trims *spec. PFG_USAGE if it is empty, like an unset variable, or a variable
 * that no shell replaced. */
static int check_spec(const char **spec, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct pfg_slice word = pfg_slice_trim(pfg_slice_of(*spec));

    *spec = pfg_arena_slice(arena, word);
    if (!word.len) {
        pfg_fail(err, PFG_USAGE, "--commit is empty");
    } else if (**spec == '$' ||
               (word.len > 2 && **spec == '%' && pfg_slice_ends(word, "%"))) {
        pfg_fail(err, PFG_USAGE,
                 "--commit is '%s', the name of a variable, not its value",
                 *spec);
    } else {
        return 0;
    }
    return pfg_hint(err, "name the measured version, or omit --commit for the "
                         "commit that is checked out");
}

int pfg_workspace_commit(struct pfg_revision *out,
                         const struct pfg_context *context, struct pfg_vcs *vcs,
                         const char *spec, const char *const *results,
                         size_t n_results, struct pfg_arena *arena,
                         struct pfg_error *err)
{
    struct pfg_vcs_hint hint = pfg_workspace_hint(context, arena);
    const char **paths = pfg_arena_new_array(arena, const char *, n_results);
    struct pfg_error why = {0};
    struct pfg_revision ignored;

    if (spec && check_spec(&spec, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n_results; i++) {
        paths[i] = absolute(results[i], arena);
    }
    hint.results = paths;
    hint.n_results = n_results;
    if (place_revision(out, vcs, spec, &hint, arena, err)) {
        return -1;
    }
    if (out->named && vcs && looks_like_revision(vcs, spec, arena)) {
        pfg_vcs_resolve(vcs, &ignored, spec, NULL, arena, &why);
        pfg_context_warn(context,
                         "'%s' is not a revision of this repository: storing "
                         "the results under this name instead of a commit (%s)",
                         spec, why.hint);
    }
    return 0;
}

int pfg_workspace_find_config(const char **out, const char *path,
                              struct pfg_arena *arena, struct pfg_error *err)
{
    char *folder;
    int failed;

    *out = path;
    if (path) {
        return 0;
    }
    folder = getcwd(NULL, 0);
    if (!folder) {
        return pfg_fail(err, PFG_SYSTEM,
                        "cannot find the working directory: "
                        "%s",
                        strerror(errno));
    }
    failed = pfg_config_find(out, folder, arena, err);
    free(folder);
    return failed;
}

int pfg_workspace_config(struct pfg_config **out, const char *path,
                         struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int failed;

    *out = NULL;
    failed = pfg_workspace_find_config(&path, path, arena, err);
    if (!failed && path) {
        failed = pfg_config_read(out, path, err);
    }
    pfg_arena_free(arena);
    return failed;
}

static const char *variable(void *self, const char *name)
{
    return pfg_env(self, name);
}

/* Names a profile by the configuration. */
static int name_profile(struct pfg_profile *profile,
                        const struct pfg_context *context,
                        const char *config_path, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    const struct pfg_naming_env env = {variable, (void *)(uintptr_t)context};
    const struct pfg_naming *naming;
    struct pfg_config *config = NULL;

    if (pfg_workspace_config(&config, config_path, err)) {
        return -1;
    }
    naming = config ? pfg_naming_find(&config->hardware, profile, &env) : NULL;
    if (naming) {
        profile->name = pfg_arena_strdup(arena, naming->name);
        profile->name_given = true;
        pfg_profile_finish(profile, arena);
    }
    pfg_config_free(config);
    return 0;
}

int pfg_workspace_profile(struct pfg_profile *out,
                          const struct pfg_context *context, const char *name,
                          const char *config, struct pfg_arena *arena,
                          struct pfg_error *err)
{
    struct pfg_hw_options options = {
        .root = pfg_env(context, "PERFGATE_HARDWARE_ROOT"),
        .name = name,
    };

    if (name && *name &&
        pfg_name_check(name, "hardware", PFG_USAGE, (struct pfg_pos){0}, err)) {
        return -1;
    }
    *out = pfg_hw_detect(&options, arena);
    return name ? 0 : name_profile(out, context, config, arena, err);
}

int pfg_workspace_profile_said(struct pfg_profile *out, const char **why,
                               const struct pfg_context *context,
                               const struct pfg_profile *here,
                               const struct pfg_fact *facts, size_t n,
                               const char *config, struct pfg_arena *arena,
                               struct pfg_error *err)
{
    struct pfg_machine said = pfg_machine_said(facts, n);
    struct pfg_machine known = pfg_machine_of(here, &said);

    *why = pfg_machine_differs(&said, &known, " (here ", ")", arena);
    if (!*why) {
        return 0;
    }
    *out = pfg_machine_profile(&said, arena);
    return name_profile(out, context, config, arena, err);
}

const char *pfg_workspace_database(const char *path, struct pfg_vcs *vcs,
                                   struct pfg_arena *arena)
{
    if (path && pfg_store_is_server(path) && !pfg_store_project(path)) {
        const char *name = vcs ? pfg_vcs_remote_name(vcs, arena) : "";

        return *name ? pfg_store_with_project(path, name, arena) : path;
    }
    if (path) {
        return path;
    }
    return pfg_path_join(arena, vcs ? pfg_vcs_root(vcs) : ".",
                         ".perfgate/perfgate.db");
}

int pfg_workspace_find_database(const char **out, const char *path,
                                struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs *vcs = NULL;

    *out = path;
    if (path && !pfg_store_is_server(path)) {
        return 0;
    }
    if (pfg_workspace_open_vcs(&vcs, err)) {
        return -1;
    }
    *out = pfg_workspace_database(path, vcs, arena);
    pfg_vcs_close(vcs);
    return 0;
}

const char *pfg_workspace_short_id(const struct pfg_revision *revision,
                                   struct pfg_arena *arena)
{
    return revision->named ? revision->id
                           : pfg_arena_printf(arena, "%.10s", revision->id);
}

const char *pfg_workspace_below_top(struct pfg_vcs *vcs, const char *path,
                                    struct pfg_arena *arena)
{
    char *whole = realpath(path, NULL);
    char *top = realpath(pfg_vcs_root(vcs), NULL);
    struct pfg_slice rest = pfg_slice_of(whole);
    const char *below = NULL;

    if (whole && top && pfg_take(&rest, top) &&
        (!rest.len || *rest.ptr == '/')) {
        pfg_take(&rest, "/");
        below = pfg_arena_slice(arena, rest);
    }
    free(whole);
    free(top);
    return below;
}
