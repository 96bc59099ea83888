#ifndef PFG_INPUT_UNPACK_H
#define PFG_INPUT_UNPACK_H

#include "input/source.h"

/*
 * The bytes of a source. They are unpacked if they begin like gzip (with one or
 * more members) or zstd (with one or more frames). If the container is broken,
 * the bytes before the error are returned first. Used only inside this folder.
 */
struct pfg_unpack;

struct pfg_unpack *pfg_unpack_new(struct pfg_source *source); /* borrowed */
void pfg_unpack_free(struct pfg_unpack *unpack);              /* may be NULL */

int pfg_unpack_read(size_t *got, struct pfg_unpack *unpack, char *room,
                    size_t size, struct pfg_error *err);

#endif
