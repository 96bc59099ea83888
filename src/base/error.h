#ifndef PFG_BASE_ERROR_H
#define PFG_BASE_ERROR_H

#include <stddef.h>

/* What went wrong. The value is the exit status that it leads to. */
enum pfg_code {
    PFG_OK = 0,
    PFG_GATE = 1,   /* the gate failed */
    PFG_USAGE = 2,  /* wrong usage or configuration, unknown revision */
    PFG_DATA = 3,   /* nothing to ingest, unreadable, empty, no head data */
    PFG_SYSTEM = 4, /* disk, database, git, network */
    PFG_NOBASE = 5, /* nothing to compare with */
    PFG_SIGNAL = 128, /* plus the number of a signal: it ended perfgate, with
                         the status that a shell gives such a command */
};

/* A place in an input, 1-based; 0 or NULL where unknown. `file` is borrowed
 * and outlives whatever carries the place. */
struct pfg_pos {
    const char *file;
    long line;
    long column;
};

/*
 * An error lives on the caller's stack and owns nothing, so reporting one
 * never allocates. `message` says what failed, the subject in single quotes,
 * no capital and no full stop; `hint` says what to do about it, or is empty.
 * `file` is a copy: an error outlives the input that it is about.
 */
struct pfg_error {
    enum pfg_code code;
    long line;
    long column;
    char file[256];
    char message[512];
    char hint[512];
};

/* Fills `err` (place and hint emptied) and returns -1. A NULL `err` is fine:
 * the caller then only learns that it failed. */
int pfg_fail(struct pfg_error *err, enum pfg_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like pfg_fail(), with a place. */
int pfg_fail_at(struct pfg_error *err, enum pfg_code code, struct pfg_pos pos,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds what the user can do to an error just made, and returns -1, so that
 * `pfg_fail(...); return pfg_hint(...)` reads in one breath. */
int pfg_hint(struct pfg_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The name that was probably meant by `word`: the one with the fewest edits
 * (Levenshtein), when they are at most a third of its length; else NULL. */
const char *pfg_suggest(const char *word, const char *const *names, size_t n);

/* Takes the passwords out of connection strings of PostgreSQL's in `text`,
 * which becomes shorter: "postgresql://user@host/name". */
void pfg_hide_passwords(char *text);

#endif
