#ifndef PFG_INPUT_TEXT_H
#define PFG_INPUT_TEXT_H

#include "input/unpack.h"

/*
 * The unpacked bytes as UTF-8. A byte order mark is dropped. UTF-16 that begins
 * with one is converted; half a surrogate pair or half a unit becomes U+FFFD.
 * Used only inside this folder.
 */
struct pfg_text;

struct pfg_text *pfg_text_new(struct pfg_unpack *unpack); /* borrowed */
void pfg_text_free(struct pfg_text *text);                /* may be NULL */

/* `size` is at least PFG_TEXT_ROOM, because a character is never split. */
#define PFG_TEXT_ROOM 16
int pfg_text_read(size_t *got, struct pfg_text *text, char *room, size_t size,
                  struct pfg_error *err);

#endif
