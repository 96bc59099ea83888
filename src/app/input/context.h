#ifndef PFG_APP_INPUT_CONTEXT_H
#define PFG_APP_INPUT_CONTEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/error.h"
#include "term/progress.h"

/*
 * The outside world of a command, made once in main and passed down. Results go
 * to `out`, everything else to `err`.
 */
struct pfg_context {
    FILE *out, *err;
    const char *(*env)(void *self, const char *name); /* NULL: not set */
    void *self;
    pfg_time now;
    int width;         /* of the terminal; 0: there is none */
    bool out_terminal; /* `out` is a terminal */
    bool color;
    struct pfg_progress *progress; /* on `err`; NULL: no progress is shown */
};

/* An environment variable; NULL if it is not set or empty. */
const char *pfg_env(const struct pfg_context *context, const char *name);

/* Prints "error: message" and "hint: ..." on `err`, after the position. */
void pfg_context_report(const struct pfg_context *context,
                        const struct pfg_error *err);

/* Prints "warning: ..." on `err`. */
void pfg_context_warn(const struct pfg_context *context, const char *format,
                      ...) __attribute__((format(printf, 2, 3)));

#endif
