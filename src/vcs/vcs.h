#ifndef PFG_VCS_VCS_H
#define PFG_VCS_VCS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"
#include "model/run.h"
#include "vcs/ancestry.h"

struct pfg_arena;

/* Reading git. */
struct pfg_vcs;

/* Finds the repository of `folder`, upwards; *out is NULL and the result 0
 * where there is none. */
int pfg_vcs_open(struct pfg_vcs **out, const char *folder,
                 struct pfg_error *err);
void pfg_vcs_close(struct pfg_vcs *vcs); /* NULL is fine */

/* The work tree's top folder, with no slash at its end. */
const char *pfg_vcs_root(const struct pfg_vcs *vcs);

/* The host that the remote "origin" is on, "github.com" of
 * git@github.com:o/r.git; "" where there is none. */
const char *pfg_vcs_remote_host(struct pfg_vcs *vcs, struct pfg_arena *arena);
/* What everybody calls the repository, in small letters: "github.com/o/r" of
 * that, or of https://github.com/O/R; "" where there is no "origin". */
const char *pfg_vcs_remote_name(struct pfg_vcs *vcs, struct pfg_arena *arena);

/* What is known of the commit under test beside git. */
struct pfg_vcs_hint {
    const char *head; /* the PR's head SHA, as the CI says; NULL: it does not */
    /* Absolute paths of files and folders that hold results: written anew,
     * they are no change of the code. */
    const char *const *results;
    size_t n_results;
};

/*
 * `spec` (a revision as git understands it), or where NULL the commit under
 * test: HEAD. Where that is a CI's throw-away merge of a pull request (the
 * hint's head is its second parent), however it was named, the result is that
 * head, with `merge` set; `tree` is then the merge's, which is what was built,
 * and where the head is not in the clone `subject` is "" and `time` the
 * merge's. `branch` is "" where HEAD is detached or `spec` is not a branch.
 * `dirty` (tracked files changed) is asked for NULL, "HEAD" and "@" only.
 * Unknown revision: PFG_USAGE, with a hint when the history is cut.
 */
int pfg_vcs_resolve(struct pfg_vcs *vcs, struct pfg_revision *out,
                    const char *spec, const struct pfg_vcs_hint *hint,
                    struct pfg_arena *arena, struct pfg_error *err);

/*
 * The ancestors of commit `id`, itself first, at most `limit` (0: 500). The
 * parents of commits listed in <commondir>/shallow are ends and so are missing
 * ones; these are included too (their tree and subject are "", their time 0),
 * for their ids can be looked up: depth 1 of a pull request's merge gives base
 * and head. An `id` that is missing itself is its only ancestor.
 */
int pfg_vcs_ancestors(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                      const char *id, size_t limit, struct pfg_arena *arena,
                      struct pfg_error *err);

/* The commit `id` and its first parents, at most `limit`: what a branch went
 * through, without what was merged into it. In a shallow clone it ends early,
 * and `cut` is set. */
int pfg_vcs_mainline(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                     const char *id, size_t limit, struct pfg_arena *arena,
                     struct pfg_error *err);

/*
 * The branch that pull requests go to: `name` where given (tried as it is,
 * then as origin/name; unknown: PFG_USAGE), else origin/HEAD, else main, else
 * master (also under origin/). *out is its commit id, *branch what it was
 * called; both NULL where there is none.
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
    size_t left_out; /* because nobody knows whether `base` has them */
    bool bounded;    /* the limit was reached before the histories met */
};

/*
 * The trailers called `key` (in any case) of the commits that `head` has and
 * `base` has not, nearest to the head first; at most 500 commits are looked
 * at on either side. What is not in the clone has none. Where the history of
 * `base` is not all in the clone, or the limit was reached on its side, those
 * that would have been found are left out.
 */
int pfg_vcs_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                     const char *base, const char *head, const char *key,
                     struct pfg_arena *arena, struct pfg_error *err);

/* Whether `id`, maybe shortened, is `of` or an ancestor of it, as far as the
 * clone tells. */
int pfg_vcs_contains(struct pfg_vcs *vcs, bool *out, const char *of,
                     const char *id, struct pfg_arena *arena,
                     struct pfg_error *err);

/* What a path was in a commit: a file's bytes, or a folder's files. */
struct pfg_vcs_content {
    bool known; /* false: the commit, or this object, is not in the clone */
    bool there; /* a regular file or a folder */
    struct pfg_slice text;
    struct pfg_vcs_file {
        const char *name, *id; /* of its bytes: equal ids are equal files */
    } * files;                 /* in order of their names */
    size_t n_files;
};

#define PFG_VCS_FILE_MAX ((size_t)16 << 20)

/*
 * `path` (from the work tree's top, no slash at either end) as commit `id` has
 * it. Links, and files of more than PFG_VCS_FILE_MAX bytes, are not there.
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
 * where the clone has not what it takes to tell. */
bool pfg_vcs_changed(struct pfg_vcs *vcs, struct pfg_vcs_paths *out,
                     const char *base, const char *head,
                     struct pfg_arena *arena);

/* Whether the repository around `path` (absolute, without links), if there is
 * one, has it in its index, or anything below it. */
int pfg_vcs_tracks(bool *out, const char *path, struct pfg_error *err);

/* The best common ancestor found in what is there; *out NULL where there is
 * none, `cut` set where the history ends before one was found. */
int pfg_vcs_merge_base(struct pfg_vcs *vcs, const char **out, bool *cut,
                       const char *a, const char *b, struct pfg_arena *arena,
                       struct pfg_error *err);

/* A repository within the commit, and whether its files could be put there:
 * its commit has to be in this clone, below .git/modules. */
struct pfg_submodule {
    const char *path; /* "third_party/zlib", from the top */
    bool checked_out;
};

#endif
