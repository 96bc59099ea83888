#ifndef PFG_INPUT_TEXT_H
#define PFG_INPUT_TEXT_H

#include "input/unpack.h"

/*
 * What was unpacked, as UTF-8: a byte order mark is dropped, and UTF-16 that
 * begins with one is converted, where half a surrogate pair or half a unit
 * becomes U+FFFD. Inside this folder only.
 */
struct pfg_text;

struct pfg_text *pfg_text_new(struct pfg_unpack *unpack); /* borrowed */
void pfg_text_free(struct pfg_text *text);                /* NULL is fine */

/* `size` is at least PFG_TEXT_ROOM: a character comes whole or not at all. */
#define PFG_TEXT_ROOM 16
int pfg_text_read(size_t *got, struct pfg_text *text, char *room, size_t size,
                  struct pfg_error *err);

#endif
