#ifndef PFG_TERM_PROGRESS_H
#define PFG_TERM_PROGRESS_H

#include <stdio.h>

/*
 * A few lines on a terminal that are drawn again and again in the same place,
 * and gone at the end. Nothing is drawn within the first half second, and what
 * stands there is not changed more than ten times a second.
 */
struct pfg_progress;

/* NULL where the stream is not a terminal, or a dumb one: then nothing is to be
 * drawn, and the functions below do nothing. `stream` is borrowed. */
struct pfg_progress *pfg_progress_new(FILE *stream);

/* What stands there now: lines, separated by newlines. Too long ones are cut
 * by the terminal. Control characters other than the newline must not be in
 * it. */
void pfg_progress_show(struct pfg_progress *progress, const char *lines);

/* Takes the lines away; what is printed next stands in their place. */
void pfg_progress_clear(struct pfg_progress *progress);

/* Takes the lines away, and releases it. NULL is fine. */
void pfg_progress_free(struct pfg_progress *progress);

#endif
