#ifndef PFG_INPUT_INPUT_H
#define PFG_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/slice.h"
#include "base/str.h"

/*
 * A named stream of bytes: a file, standard input, a piece of memory. What it
 * hands out is plain UTF-8: gzip and zstd are unpacked, UTF-16 with a byte
 * order mark is converted, a UTF-8 mark is dropped. Nothing holds more than
 * one window; whole documents are read under a cap.
 */
struct pfg_input;

/* Longer lines are cut, larger documents refused. */
#define PFG_LINE_MAX     ((size_t)8 << 20)
#define PFG_DOCUMENT_MAX ((size_t)128 << 20)
#define PFG_PEEK_MAX     ((size_t)64 << 10)

/*
 * `name` is what errors call it; copied. An unreadable file or a directory is
 * PFG_DATA. So is a truncated or broken container, which is told only when
 * what could be unpacked before it has been handed out.
 */
int pfg_input_open(struct pfg_input **out, const char *path,
                   struct pfg_error *err);
int pfg_input_open_fd(struct pfg_input **out, int fd, const char *name,
                      struct pfg_error *err); /* does not close fd */
/* Borrows the bytes until it is closed. */
int pfg_input_open_memory(struct pfg_input **out, struct pfg_slice bytes,
                          const char *name, struct pfg_error *err);
void pfg_input_close(struct pfg_input *input); /* NULL is fine */

/* How far reading has come. */
struct pfg_seen {
    const char *name;
    unsigned long long bytes, size; /* raw, before unpacking; 0: not known */
    long lines;
    size_t files, n_files; /* of a directory, else 0 */
};

/* Someone who is told of it now and then. */
struct pfg_watch {
    void *self;
    void (*seen)(void *self, const struct pfg_seen *seen);
};

/* From now on `watch`, which is borrowed, is told whenever a window has been
 * read. NULL: nobody. */
void pfg_input_watch(struct pfg_input *input, const struct pfg_watch *watch);

const char *pfg_input_name(const struct pfg_input *input);

/* The next bytes without taking them: as many as there are, at most
 * PFG_PEEK_MAX, none at the end. Valid until the next call. */
int pfg_input_peek(struct pfg_input *input, struct pfg_slice *out,
                   struct pfg_error *err);

/* The rest of the input, appended to `out`: more than `cap` bytes are an error
 * (PFG_DATA). */
int pfg_input_read_all(struct pfg_input *input, struct pfg_str *out, size_t cap,
                       struct pfg_error *err);

struct pfg_line {
    struct pfg_slice text; /* cleaned, see pfg_line_clean() */
    long number;           /* from 1 */
    pfg_time time;         /* of a CI log's prefix, else 0 */
    bool cut;   /* not all of it: longer than PFG_LINE_MAX, or the last of an
                   input that broke off */
    bool plain; /* known to have no CR, ESC or '|' */
};

/* 1 with the next line, valid until the next call; 0 at the end; -1. The last
 * line needs no newline. */
int pfg_input_next_line(struct pfg_input *input, struct pfg_line *out,
                        struct pfg_error *err);

/* A digest of the raw bytes read so far (before unpacking): of all of them
 * once the end has been reached. */
void pfg_input_digest(const struct pfg_input *input, char out[PFG_DIGEST_HEX]);

/*
 * What CI logs and terminals put around a line, taken off: trailing CRs, all
 * before the last CR inside (what a terminal would have overwritten), ANSI
 * escape sequences, a byte order mark, and what stands in front of it in the
 * logs of GitHub ("2024-05-01T12:00:00.1234567Z ", with job and step by `gh run
 * view`), GitLab, Jenkins, act, kubectl and docker compose. The time of a
 * stamp with a date is kept. Works in place where it must change something, so
 * the bytes must be writable.
 */
void pfg_line_clean(struct pfg_line *line);

#endif
