#ifndef PFG_APP_INPUT_WATCHING_H
#define PFG_APP_INPUT_WATCHING_H

#include "app/input/context.h"
#include "input/input.h"

/*
 * What a long command is at, on the context's progress: nothing where that is
 * NULL. Whoever prints something clears it first.
 */
struct pfg_watching {
    const struct pfg_context *context;
    struct pfg_watch watch;
    double start; /* of this input */
};

/* Whom to tell how far an input has been read: name, part of it, bytes and
 * lines a second. NULL where nobody looks. Lives as long as `out`. */
const struct pfg_watch *pfg_watching_begin(struct pfg_watching *out,
                                           const struct pfg_context *context);

/* One line about what is done now. */
void pfg_watching_say(const struct pfg_context *context, const char *format,
                      ...) __attribute__((format(printf, 2, 3)));

/* The line of an input that was read for so many seconds: "reading a.txt: 45%
 * of 120 MB, 1.2 M lines/s". */
void pfg_watching_line(struct pfg_str *out, const struct pfg_seen *seen,
                       double seconds);

#endif
