#ifndef PFG_BASE_ERROR_H
#define PFG_BASE_ERROR_H

#include <stddef.h>

/* What went wrong. The value is the exit status that it leads to. */
enum pfg_code {
    PFG_OK = 0,
    PFG_GATE = 1,     /* the gate failed */
    PFG_USAGE = 2,    /* wrong usage or configuration, unknown revision */
    PFG_DATA = 3,     /* nothing to ingest, unreadable, empty, no head data */
    PFG_SYSTEM = 4,   /* disk, database, git, network */
    PFG_NOBASE = 5,   /* nothing to compare with */
    PFG_SIGNAL = 128, /* plus a signal's number: that signal ended perfgate; the
                         status that a shell returns for it */
};

/* A place in an input, 1-based; 0 or NULL if unknown. `file` is borrowed and
 * must outlive the place. */
struct pfg_pos {
    const char *file;
    long line;
    long column;
};

/*
 * An error is on the caller's stack and owns nothing, so reporting one never
 * allocates. `message` says what failed, with the subject in single quotes, no
 * capital and no full stop; `hint` says what to do about it, or is empty.
 * `file` is a copy, because an error outlives its input.
 */
struct pfg_error {
    enum pfg_code code;
    long line;
    long column;
    char file[256];
    char message[512];
    char hint[512];
};

/* Fills `err` and returns -1; place and hint are cleared. With a NULL `err` the
 * caller only learns that it failed. */
int pfg_fail(struct pfg_error *err, enum pfg_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like pfg_fail(), with a place. */
int pfg_fail_at(struct pfg_error *err, enum pfg_code code, struct pfg_pos pos,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds to an error just made what the user can do about it. Returns -1, for
 * `pfg_fail(...); return pfg_hint(...)`. */
int pfg_hint(struct pfg_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The name that `word` was probably meant to be: the one with the fewest edits
 * (Levenshtein), if they are at most a third of its length; else NULL. */
const char *pfg_suggest(const char *word, const char *const *names, size_t n);

/* Removes passwords from PostgreSQL connection strings in `text`, in place:
 * "postgresql://user@host/name". */
void pfg_hide_passwords(char *text);

#endif
