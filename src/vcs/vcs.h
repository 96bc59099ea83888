#ifndef PFG_VCS_VCS_H
#define PFG_VCS_VCS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"
#include "model/run.h"
#include "vcs/ancestry.h"

struct pfg_arena;

/* A git repository. */
struct pfg_vcs;

/* Opens the repository of `folder`, or of the nearest folder above. *out is
 * NULL and the result 0 if there is none. */
int pfg_vcs_open(struct pfg_vcs **out, const char *folder,
                 struct pfg_error *err);
void pfg_vcs_close(struct pfg_vcs *vcs); /* NULL is fine */

/* The work tree's top folder, with no slash at its end. */
const char *pfg_vcs_root(const struct pfg_vcs *vcs);

/* The host of the remote "origin", "github.com" for git@github.com:o/r.git; ""
 * if there is none. */
const char *pfg_vcs_remote_host(struct pfg_vcs *vcs, struct pfg_arena *arena);
/* The same name for all clones, in small letters: "github.com/o/r" for that
 * URL, and for https://github.com/O/R; "" if there is no "origin". */
const char *pfg_vcs_remote_name(struct pfg_vcs *vcs, struct pfg_arena *arena);

/* What is known about the commit under test from elsewhere. */
struct pfg_vcs_hint {
    const char *head; /* SHA of the pull request's head, from the CI; or NULL */
    /* Absolute paths of files and folders with results. A change there is not a
     * change of the code. */
    const char *const *results;
    size_t n_results;
};

/*
 * Finds the revision `spec`, in git's syntax; NULL is the commit under test,
 * HEAD. If it is a CI's temporary merge of a pull request (the hint's head is
 * its second parent), the result is that head, with `merge` set. `tree` is then
 * the merge's, because that was built; if the head is not in the clone,
 * `subject` is "" and `time` is the merge's. `branch` is "" if HEAD is detached
 * or `spec` is not a branch. `dirty` (tracked files changed) is set only for
 * NULL, "HEAD" and "@". PFG_USAGE if there is no such revision, with a hint in
 * a shallow clone.
 */
int pfg_vcs_resolve(struct pfg_vcs *vcs, struct pfg_revision *out,
                    const char *spec, const struct pfg_vcs_hint *hint,
                    struct pfg_arena *arena, struct pfg_error *err);

/*
 * The ancestors of commit `id`, itself first, at most `limit` (0: 500). The
 * walk ends at the parents of commits listed in <commondir>/shallow and at
 * missing commits. Those are included (with "" as tree and subject, and time
 * 0), because their IDs can be looked up: a pull request's merge, cloned with
 * depth 1, gives base and head. A missing `id` is its own only ancestor.
 */
int pfg_vcs_ancestors(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                      const char *id, size_t limit, struct pfg_arena *arena,
                      struct pfg_error *err);

/* The commit `id` and its first parents, at most `limit`: the history of a
 * branch, without what was merged into it. In a shallow clone it ends early,
 * with `cut` set. */
int pfg_vcs_mainline(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                     const char *id, size_t limit, struct pfg_arena *arena,
                     struct pfg_error *err);

/*
 * Finds the branch that pull requests are merged into: `name`, or origin/`name`
 * (PFG_USAGE if there is neither); without a name, origin/HEAD, or main, or
 * master (the latter two also below origin/). *out is its commit ID, *branch
 * its name; both NULL if there is none.
 */
int pfg_vcs_base_branch(struct pfg_vcs *vcs, const char **out,
                        const char **branch, const char *name,
                        struct pfg_arena *arena, struct pfg_error *err);

/* A line of a commit's last paragraph, "Key: value". */
struct pfg_trailer {
    const char *commit; /* id */
    const char *value;
};

struct pfg_trailers {
    struct pfg_trailer *at;
    size_t n;
    size_t left_out; /* because `base` may have them, too */
    bool bounded;    /* the limit was reached before the histories met */
};

/*
 * The trailers named `key` (in any case) of the commits that `head` has and
 * `base` has not, nearest to the head first; at most 500 commits are read on
 * each side. Commits missing from the clone have none. If the history of `base`
 * is not complete, or reached the limit, all trailers are left out.
 */
int pfg_vcs_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                     const char *base, const char *head, const char *key,
                     struct pfg_arena *arena, struct pfg_error *err);

/* Whether `id`, which may be shortened, is `of` or one of its ancestors in this
 * clone. */
int pfg_vcs_contains(struct pfg_vcs *vcs, bool *out, const char *of,
                     const char *id, struct pfg_arena *arena,
                     struct pfg_error *err);

/* A path in a commit: the bytes of a file, or the files of a folder. */
struct pfg_vcs_content {
    bool known; /* false: the commit, or this object, is not in the clone */
    bool there; /* a regular file or a folder */
    struct pfg_slice text;
    struct pfg_vcs_file {
        const char *name, *id; /* files with equal IDs are equal */
    } * files;                 /* sorted by name */
    size_t n_files;
};

#define PFG_VCS_FILE_MAX ((size_t)16 << 20)

/*
 * Reads `path` (from the work tree's top, without a slash at either end) of
 * commit `id`. Links, and files of more than PFG_VCS_FILE_MAX bytes, count as
 * missing.
 */
int pfg_vcs_content(struct pfg_vcs *vcs, struct pfg_vcs_content *out,
                    const char *id, const char *path, struct pfg_arena *arena,
                    struct pfg_error *err);

/* Paths from the work tree's top. */
struct pfg_vcs_paths {
    const char **at;
    size_t n, cap;
};

/* The files that differ between two commits, by their old and new names. False
 * if objects are missing from the clone. */
bool pfg_vcs_changed(struct pfg_vcs *vcs, struct pfg_vcs_paths *out,
                     const char *base, const char *head,
                     struct pfg_arena *arena);

/* Whether the repository that contains `path` (absolute, without links) has it,
 * or anything below it, in its index. False if there is no repository. */
int pfg_vcs_tracks(bool *out, const char *path, struct pfg_error *err);

/* The best common ancestor in this clone. *out is NULL if there is none; *cut
 * is set if the history ends before one was found. */
int pfg_vcs_merge_base(struct pfg_vcs *vcs, const char **out, bool *cut,
                       const char *a, const char *b, struct pfg_arena *arena,
                       struct pfg_error *err);

/* A submodule. It can be checked out if its commit is in this clone, below
 * .git/modules. */
struct pfg_submodule {
    const char *path; /* "third_party/zlib", from the top */
    bool checked_out;
};

#endif
