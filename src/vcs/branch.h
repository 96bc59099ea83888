#ifndef PFG_VCS_BRANCH_H
#define PFG_VCS_BRANCH_H

#include "base/clock.h"
#include "base/str.h"
#include "vcs/vcs.h"

/*
 * A branch that holds data: its files are read and written in the object
 * database. HEAD, index and work tree are never touched.
 */

/* All files of a commit by their whole paths, in git's order. A commit that is
 * not in the clone: PFG_SYSTEM. */
int pfg_vcs_files(struct pfg_vcs *vcs, struct pfg_vcs_file **out, size_t *n,
                  const char *commit, struct pfg_arena *arena,
                  struct pfg_error *err);

/* Appends the bytes of a file of that list. */
int pfg_vcs_file_read(struct pfg_vcs *vcs, struct pfg_str *out, const char *id,
                      struct pfg_error *err);

int pfg_vcs_file_size(struct pfg_vcs *vcs, uint64_t *out, const char *id,
                      struct pfg_error *err);

/* A file to be there, or with `removed` not to be there. */
struct pfg_vcs_edit {
    const char *path;
    struct pfg_slice bytes;
    bool removed;
};

struct pfg_vcs_draft {
    const char *files;  /* the commit whose files are edited; NULL: none */
    const char *parent; /* NULL: a commit without history */
    const struct pfg_vcs_edit *edits;
    size_t n;
    const char *message;
    pfg_time time;
};

/* Writes a commit that no reference points to; *out is its id. Its author is
 * who git says that the user is, or else perfgate. */
int pfg_vcs_commit(struct pfg_vcs *vcs, const char **out,
                   const struct pfg_vcs_draft *draft, struct pfg_arena *arena,
                   struct pfg_error *err);

/* The message of a commit. */
int pfg_vcs_message(struct pfg_vcs *vcs, const char **out, const char *commit,
                    struct pfg_arena *arena, struct pfg_error *err);

/*
 * The same branch in another repository, reached by the program git, which
 * knows its transports, keys and credential helpers. `name` is a remote's, a
 * URL or a folder. Errors are PFG_SYSTEM in git's own words.
 */
struct pfg_remote {
    struct pfg_vcs *vcs;
    const char *name, *branch;
    const char *url;      /* as configured */
    const char *title;    /* the name without a password in it */
    const char *ref;      /* where what was fetched stays */
    const char *token;    /* NULL: git's own ways only */
    const char *token_at; /* "https://github.com": what it is for */
    struct pfg_arena *arena;
};

/* PFG_USAGE where there is no such remote, or the branch's name is none. */
int pfg_remote_open(struct pfg_remote *out, struct pfg_vcs *vcs,
                    const char *name, const char *branch,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Fetches the branch alone, in a shallow clone its tip alone; *tip is that
 * commit, NULL where the remote has no such branch. */
int pfg_remote_fetch(const struct pfg_remote *remote, const char **tip,
                     struct pfg_error *err);

/* Makes the branch point to `commit` where it still is at `tip` (NULL: is not
 * there). *late: it is not, or somebody else is writing it just now. */
int pfg_remote_push(const struct pfg_remote *remote, bool *late,
                    const char *commit, const char *tip, struct pfg_error *err);

#endif
