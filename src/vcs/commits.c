#include "vcs/vcs.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/map.h"
#include "vcs/repo.h"

#define DEFAULT_LIMIT 500
#define PARENTS_CAP   256
#define SUBJECT_CAP   500

const char *pfg_vcs_id(const git_oid *id, struct pfg_arena *arena)
{
    char text[GIT_OID_HEXSZ + 1];

    return pfg_arena_strdup(arena, pfg_git.oid_tostr(text, sizeof text, id));
}

int pfg_vcs_commit_at(git_commit **out, struct pfg_vcs *vcs, const char *id)
{
    git_oid oid;

    if (pfg_git.oid_fromstr(&oid, id)) {
        return GIT_ENOTFOUND;
    }
    return pfg_git.commit_lookup(out, vcs->repo, &oid);
}

static pfg_time commit_time(const git_commit *commit)
{
    git_time_t seconds = pfg_git.commit_time(commit);

    return seconds > 0 && seconds < INT64_MAX / PFG_SECOND
               ? seconds * PFG_SECOND
               : 0;
}

static const char *commit_subject(git_commit *commit, struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_slice_of(pfg_git.commit_summary(commit));

    if (text.len > SUBJECT_CAP) {
        text.len = SUBJECT_CAP;
        /* Do not cut a character in half. */
        while (text.len && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80) {
            text.len--;
        }
    }
    return pfg_arena_slice(arena, text);
}

int pfg_vcs_read_commit(void *self, struct pfg_vcs_commit *out, const char *id,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs *vcs = self;
    git_commit *commit = NULL;
    int result;

    *out = (struct pfg_vcs_commit){.tree = "", .subject = "", .author = ""};
    if (strlen(id) != GIT_OID_HEXSZ ||
        strspn(id, "0123456789abcdefABCDEF") != GIT_OID_HEXSZ) {
        return pfg_fail(err, PFG_USAGE, "'%s' is not a commit ID", id);
    }
    result = pfg_vcs_commit_at(&commit, vcs, id);
    out->missing = result == GIT_ENOTFOUND;
    if (result) {
        return out->missing
                   ? 0
                   : pfg_fail(err, PFG_SYSTEM, "cannot read commit '%s': %s",
                              id, pfg_vcs_reason());
    }
    out->tree = pfg_vcs_id(pfg_git.commit_tree_id(commit), arena);
    out->subject = commit_subject(commit, arena);
    out->author = pfg_arena_strdup(arena, pfg_git.commit_author(commit)->name);
    out->time = commit_time(commit);
    out->shallow = pfg_map_find(&vcs->shallow, pfg_slice_of(id)) != NULL;
    out->n_parents = pfg_git.commit_parentcount(commit);
    if (out->n_parents > PARENTS_CAP) {
        out->n_parents = PARENTS_CAP;
    }
    out->parents = pfg_arena_new_array(arena, const char *, out->n_parents);
    for (unsigned i = 0; i < out->n_parents; i++) {
        out->parents[i] =
            pfg_vcs_id(pfg_git.commit_parent_id(commit, i), arena);
    }
    pfg_git.commit_free(commit);
    return 0;
}

static struct pfg_vcs_graph graph_of(struct pfg_vcs *vcs)
{
    return (struct pfg_vcs_graph){.read = pfg_vcs_read_commit, .self = vcs};
}

int pfg_vcs_ancestors(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                      const char *id, size_t limit, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);

    return pfg_vcs_walk(&graph, out, id, limit ? limit : DEFAULT_LIMIT, arena,
                        err);
}

int pfg_vcs_mainline(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                     const char *id, size_t limit, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);

    return pfg_vcs_walk_mainline(&graph, out, id, limit, arena, err);
}

int pfg_vcs_merge_base(struct pfg_vcs *vcs, const char **out, bool *cut,
                       const char *a, const char *b, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);
    git_oid one, two, base;

    *out = NULL;
    *cut = false;
    /* In a shallow clone libgit2 fails at the missing commits, and leaks. Our
     * own walk ends where git's does. */
    if (!vcs->shallow.n && !pfg_git.oid_fromstr(&one, a) &&
        !pfg_git.oid_fromstr(&two, b) &&
        !pfg_git.merge_base(&base, vcs->repo, &one, &two)) {
        *out = pfg_vcs_id(&base, arena);
        return 0;
    }
    return pfg_vcs_walk_common(&graph, out, cut, a, b, arena, err);
}

int pfg_vcs_contains(struct pfg_vcs *vcs, bool *out, const char *of,
                     const char *id, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_ancestry ancestry;

    *out = false;
    if (pfg_vcs_ancestors(vcs, &ancestry, of, 0, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < ancestry.n && !*out; i++) {
        *out = pfg_slice_starts(pfg_slice_of(ancestry.at[i].id), id);
    }
    return 0;
}

/* ---- trailers ---- */

static void add_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                         size_t *cap, const char *id, const char *key,
                         struct pfg_arena *arena)
{
    git_message_trailer_array found = {0};
    git_commit *commit = NULL;

    if (pfg_vcs_commit_at(&commit, vcs, id)) {
        return; /* not in this clone */
    }
    if (!pfg_git.message_trailers(&found, pfg_git.commit_message(commit))) {
        for (size_t i = 0; i < found.count; i++) {
            if (strcasecmp(found.trailers[i].key, key)) {
                continue;
            }
            if (out->n == *cap) {
                out->at = pfg_vec_grow(out->at, cap, sizeof *out->at, arena);
            }
            out->at[out->n++] = (struct pfg_trailer){
                pfg_arena_strdup(arena, id),
                pfg_arena_strdup(arena, found.trailers[i].value)};
        }
        pfg_git.message_trailer_array_free(&found);
    }
    pfg_git.commit_free(commit);
}

static int find_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                         const char *base, const char *head, const char *key,
                         struct pfg_arena *arena, struct pfg_arena *scratch,
                         struct pfg_error *err)
{
    struct pfg_ancestry of_base, of_head;
    struct pfg_map in_base;
    size_t cap = 0;

    if (pfg_vcs_ancestors(vcs, &of_base, base, 0, scratch, err) ||
        pfg_vcs_ancestors(vcs, &of_head, head, 0, scratch, err)) {
        return -1;
    }
    pfg_map_init(&in_base, scratch);
    for (size_t i = 0; i < of_base.n; i++) {
        pfg_map_at(&in_base, pfg_slice_of(of_base.at[i].id));
    }
    for (size_t i = 0; i < of_head.n; i++) {
        if (!pfg_map_find(&in_base, pfg_slice_of(of_head.at[i].id))) {
            add_trailers(vcs, out, &cap, of_head.at[i].id, key, arena);
        }
    }
    out->bounded =
        (of_base.bounded || of_head.bounded) && of_head.n &&
        !pfg_map_find(&in_base, pfg_slice_of(of_head.at[of_head.n - 1].id));
    if (of_base.cut || (of_base.bounded && out->bounded)) {
        *out =
            (struct pfg_trailers){.left_out = out->n, .bounded = out->bounded};
    }
    return 0;
}

int pfg_vcs_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                     const char *base, const char *head, const char *key,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    int failed;

    *out = (struct pfg_trailers){0};
    failed = find_trailers(vcs, out, base, head, key, arena, scratch, err);
    pfg_arena_free(scratch);
    return failed;
}
