#include "vcs/vcs.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "vcs/repo.h"

/* ---- the base branch ---- */

/* 1 if there is such a commit, else 0. */
static int find_named_branch(struct pfg_vcs *vcs, const char **out,
                             const char **branch, const char *name,
                             struct pfg_arena *arena)
{
    git_reference *ref = NULL;
    git_commit *commit = NULL;
    int found = !pfg_vcs_find_commit(vcs, &commit, &ref, name);

    if (found) {
        *out = pfg_vcs_id(pfg_git.commit_id(commit), arena);
        *branch = pfg_arena_strdup(arena, name);
    }
    pfg_git.commit_free(commit);
    pfg_git.reference_free(ref);
    return found;
}

static int find_reference(struct pfg_vcs *vcs, const char **out,
                          const char **branch, const char *name,
                          struct pfg_arena *arena)
{
    git_reference *ref = NULL, *target = NULL;
    git_object *commit = NULL;
    int found = !pfg_git.reference_lookup(&ref, vcs->repo, name) &&
                !pfg_git.reference_resolve(&target, ref) &&
                !pfg_git.reference_peel(&commit, target, GIT_OBJECT_COMMIT);

    if (found) {
        *out = pfg_vcs_id(pfg_git.object_id(commit), arena);
        *branch = pfg_arena_strdup(arena, pfg_git.reference_shorthand(target));
    }
    pfg_git.object_free(commit);
    pfg_git.reference_free(target);
    pfg_git.reference_free(ref);
    return found;
}

int pfg_vcs_base_branch(struct pfg_vcs *vcs, const char **out,
                        const char **branch, const char *name,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    static const char *const usual[] = {
        "refs/remotes/origin/HEAD",   "refs/heads/main",
        "refs/remotes/origin/main",   "refs/heads/master",
        "refs/remotes/origin/master",
    };

    *out = *branch = NULL;
    if (name) {
        const char *remote = pfg_arena_printf(arena, "origin/%s", name);

        return find_named_branch(vcs, out, branch, name, arena) ||
                       find_named_branch(vcs, out, branch, remote, arena)
                   ? 0
                   : pfg_vcs_unknown_revision(vcs, name, err);
    }
    for (size_t i = 0; i < PFG_COUNT(usual) && !*out; i++) {
        find_reference(vcs, out, branch, usual[i], arena);
    }
    return 0;
}

/* ---- the remote "origin" ---- */

/* The URL of "origin" without scheme, user and port, which differ between SSH
 * and HTTPS; "" if there is none. */
static const char *origin_of(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    git_remote *remote = NULL;
    const char *place = "";

    if (!pfg_git.remote_lookup(&remote, vcs->repo, "origin") &&
        pfg_git.remote_url(remote)) {
        const char *url = pfg_git.remote_url(remote);
        const char *scheme = strstr(url, "://"), *user;
        size_t host;

        url = scheme ? scheme + 3 : url;
        user = memchr(url, '@', strcspn(url, "/"));
        url = user ? user + 1 : url;
        host = strcspn(url, "[:/");
        place = scheme && url[host] == ':'
                    ? pfg_arena_printf(arena, "%.*s%s", (int)host, url,
                                       url + strcspn(url, "/"))
                    : pfg_arena_strdup(arena, url);
    }
    pfg_git.remote_free(remote);
    return place;
}

const char *pfg_vcs_remote_host(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    const char *place = origin_of(vcs, arena);

    return pfg_arena_slice(arena, pfg_slice_make(place, strcspn(place, ":/")));
}

const char *pfg_vcs_remote_name(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    const char *place = origin_of(vcs, arena), *folder;
    struct pfg_slice name = pfg_slice_of(place);
    char *out;

    while (pfg_slice_ends(name, "/")) {
        name.len--;
    }
    if (pfg_slice_ends(name, ".git")) {
        name.len -= strlen(".git");
    }
    /* The path of a folder is specific to a machine. */
    folder = memrchr(name.ptr, '/', name.len);
    if (*place == '/' || *place == '.') {
        name = folder ? pfg_slice_range(folder + 1, name.ptr + name.len) : name;
    }
    out = pfg_arena_slice(arena, name);
    for (char *c = out; *c; c++) {
        *c = *c == ':' ? '/' : (char)tolower((unsigned char)*c);
    }
    return out;
}
