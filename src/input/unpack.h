#ifndef PFG_INPUT_UNPACK_H
#define PFG_INPUT_UNPACK_H

#include "input/source.h"

/*
 * The bytes of a source, unpacked where they begin like gzip (of several
 * members too) or zstd (of several frames too). What could be unpacked before
 * a container breaks off is handed out first, then comes the error. Inside
 * this folder only.
 */
struct pfg_unpack;

struct pfg_unpack *pfg_unpack_new(struct pfg_source *source); /* borrowed */
void pfg_unpack_free(struct pfg_unpack *unpack);              /* NULL is fine */

int pfg_unpack_read(size_t *got, struct pfg_unpack *unpack, char *room,
                    size_t size, struct pfg_error *err);

#endif
