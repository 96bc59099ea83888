#ifndef PFG_VCS_BRANCH_H
#define PFG_VCS_BRANCH_H

#include "base/clock.h"
#include "base/str.h"
#include "vcs/vcs.h"

/*
 * A branch that holds data: its files are read and written in the object
 * database. HEAD, index and work tree are never touched.
 */

/* All files of a commit by their whole paths, in git's order. PFG_SYSTEM if the
 * commit is not in the clone. */
int pfg_vcs_files(struct pfg_vcs *vcs, struct pfg_vcs_file **out, size_t *n,
                  const char *commit, struct pfg_arena *arena,
                  struct pfg_error *err);

/* Appends the bytes of a file of that list. */
int pfg_vcs_file_read(struct pfg_vcs *vcs, struct pfg_str *out, const char *id,
                      struct pfg_error *err);

int pfg_vcs_file_size(struct pfg_vcs *vcs, uint64_t *out, const char *id,
                      struct pfg_error *err);

/* A file to write, or to remove. */
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

/* Writes a commit that no reference points to; *out is its ID. Its author is
 * the user in git's configuration, or else perfgate. */
int pfg_vcs_commit(struct pfg_vcs *vcs, const char **out,
                   const struct pfg_vcs_draft *draft, struct pfg_arena *arena,
                   struct pfg_error *err);

/* The message of a commit. */
int pfg_vcs_message(struct pfg_vcs *vcs, const char **out, const char *commit,
                    struct pfg_arena *arena, struct pfg_error *err);

/*
 * The same branch in another repository. The program git reaches it, because it
 * knows the user's transports, keys and credential helpers. `name` is a remote,
 * a URL or a folder. Errors are PFG_SYSTEM in git's own words.
 */
struct pfg_remote {
    struct pfg_vcs *vcs;
    const char *name, *branch;
    const char *url;      /* as configured */
    const char *title;    /* the name without a password in it */
    const char *ref;      /* the local reference to what was fetched */
    const char *token;    /* NULL: only git's own credentials */
    const char *token_at; /* "https://github.com": where the token is valid */
    struct pfg_arena *arena;
};

/* PFG_USAGE if there is no such remote, or the branch name is not valid. */
int pfg_remote_open(struct pfg_remote *out, struct pfg_vcs *vcs,
                    const char *name, const char *branch,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Fetches only the branch, in a shallow clone only its tip. *tip is the tip,
 * NULL if the remote has no such branch. */
int pfg_remote_fetch(const struct pfg_remote *remote, const char **tip,
                     struct pfg_error *err);

/* Sets the branch to `commit` if it is still at `tip` (NULL: does not exist).
 * *late: it is not, or someone else is writing it just now. */
int pfg_remote_push(const struct pfg_remote *remote, bool *late,
                    const char *commit, const char *tip, struct pfg_error *err);

#endif
