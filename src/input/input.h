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
 * A named stream of bytes from a file, standard input or memory. It returns
 * plain UTF-8: gzip and zstd are unpacked, UTF-16 with a byte order mark is
 * converted, and a UTF-8 mark is dropped. Lines need no more memory than one
 * window; whole documents are limited in size.
 */
struct pfg_input;

/* Longer lines are cut, larger documents are refused. */
#define PFG_LINE_MAX     ((size_t)8 << 20)
#define PFG_DOCUMENT_MAX ((size_t)128 << 20)
#define PFG_PEEK_MAX     ((size_t)64 << 10)

/*
 * Opens an input. `name` is used in errors and copied. An unreadable file or a
 * directory is PFG_DATA. So is a truncated or corrupt gzip or zstd file, but
 * the error is reported only after the bytes that could be unpacked have been
 * read.
 */
int pfg_input_open(struct pfg_input **out, const char *path,
                   struct pfg_error *err);
int pfg_input_open_fd(struct pfg_input **out, int fd, const char *name,
                      struct pfg_error *err); /* does not close fd */
/* Borrows the bytes until the input is closed. */
int pfg_input_open_memory(struct pfg_input **out, struct pfg_slice bytes,
                          const char *name, struct pfg_error *err);
void pfg_input_close(struct pfg_input *input); /* may be NULL */

/* How much has been read. */
struct pfg_seen {
    const char *name;
    unsigned long long bytes, size; /* before unpacking; 0: unknown */
    long lines;
    size_t files, n_files; /* of a directory, else 0 */
};

/* A receiver of progress. */
struct pfg_watch {
    void *self;
    void (*seen)(void *self, const struct pfg_seen *seen);
};

/* Calls `watch`, which is borrowed, each time a window has been read. NULL
 * stops the calls. */
void pfg_input_watch(struct pfg_input *input, const struct pfg_watch *watch);

const char *pfg_input_name(const struct pfg_input *input);

/* Returns the next bytes without consuming them: at most PFG_PEEK_MAX, fewer
 * near the end, none at the end. Valid until the next call. */
int pfg_input_peek(struct pfg_input *input, struct pfg_slice *out,
                   struct pfg_error *err);

/* Appends the rest of the input to `out`. More than `cap` bytes are an error
 * (PFG_DATA). */
int pfg_input_read_all(struct pfg_input *input, struct pfg_str *out, size_t cap,
                       struct pfg_error *err);

struct pfg_line {
    struct pfg_slice text; /* cleaned, see pfg_line_clean() */
    long number;           /* from 1 */
    pfg_time time;         /* of a CI log's prefix, else 0 */
    bool cut;              /* it was longer than PFG_LINE_MAX */
    bool plain;            /* known to have no CR, ESC or '|' */
};

/* Reads the next line, which is valid until the next call. Returns 1, 0 at the
 * end, or -1 on error. The last line needs no newline, but a line in whose
 * middle reading failed is dropped. */
int pfg_input_next_line(struct pfg_input *input, struct pfg_line *out,
                        struct pfg_error *err);

/* A digest of the raw bytes read so far, before unpacking. At the end of the
 * input it covers all bytes. */
void pfg_input_digest(const struct pfg_input *input, char out[PFG_DIGEST_HEX]);

/*
 * Removes what CI logs and terminals add to a line: trailing CRs, everything
 * before the last CR inside (a terminal would have overwritten it), ANSI escape
 * sequences, a byte order mark, and the prefixes of logs from GitHub
 * ("2024-05-01T12:00:00.1234567Z ", or with job and step from `gh run view`),
 * GitLab, Jenkins, act, kubectl and docker compose. The time of a stamp with a
 * date is stored. The text is changed in place if necessary, so its bytes must
 * be writable.
 */
void pfg_line_clean(struct pfg_line *line);

#endif
