#ifndef PFG_APP_INPUT_WATCHING_H
#define PFG_APP_INPUT_WATCHING_H

#include "app/input/context.h"
#include "input/input.h"

/*
 * The progress of a long command on the context's line of progress; nothing if
 * that is NULL. Clear it before printing.
 */
struct pfg_watching {
    const struct pfg_context *context;
    struct pfg_watch watch;
    double start; /* start of this input */
};

/* Starts to show how far an input has been read: its name, its share, bytes and
 * lines per second. NULL if no progress is shown. Valid as long as `out`. */
const struct pfg_watch *pfg_watching_begin(struct pfg_watching *out,
                                           const struct pfg_context *context);

/* Shows one line about the current work. */
void pfg_watching_say(const struct pfg_context *context, const char *format,
                      ...) __attribute__((format(printf, 2, 3)));

/* The line for an input after so many seconds: "reading a.txt: 45% of 120 MB,
 * 1.2 M lines/s". */
void pfg_watching_line(struct pfg_str *out, const struct pfg_seen *seen,
                       double seconds);

#endif
