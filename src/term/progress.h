#ifndef PFG_TERM_PROGRESS_H
#define PFG_TERM_PROGRESS_H

#include <stdio.h>

/*
 * A few lines on a terminal that are redrawn in place and removed at the
 * end. Nothing is drawn in the first half second, nor more than ten times a
 * second.
 */
struct pfg_progress;

/* NULL if the stream is not a terminal, or a dumb one; the functions below then
 * do nothing. `stream` is borrowed. */
struct pfg_progress *pfg_progress_new(FILE *stream);

/* Shows lines, separated by newlines. The terminal cuts those that are too
 * long. They must not have other control characters. */
void pfg_progress_show(struct pfg_progress *progress, const char *lines);

/* Removes the lines; the next output takes their place. */
void pfg_progress_clear(struct pfg_progress *progress);

/* Removes the lines and frees the progress. NULL is fine. */
void pfg_progress_free(struct pfg_progress *progress);

#endif
