#ifndef PFG_INPUT_SOURCE_H
#define PFG_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/slice.h"

/*
 * Raw bytes, of a file or of memory, with a digest of what went by. The lowest
 * of the layers below an input; inside this folder only.
 *
 * All layers read alike: up to `size` bytes into `room`, how many to *got, 0
 * of them only at the end.
 */
struct pfg_source;

/* `fd` is closed with the source where `owned`. */
struct pfg_source *pfg_source_of_fd(int fd, bool owned, const char *name);
/* Borrows the bytes. */
struct pfg_source *pfg_source_of_memory(struct pfg_slice bytes,
                                        const char *name);
void pfg_source_free(struct pfg_source *source); /* NULL is fine */

int pfg_source_read(size_t *got, struct pfg_source *source, char *room,
                    size_t size, struct pfg_error *err);

/* The bytes read so far, and those of a regular file, else 0. */
unsigned long long pfg_source_read_so_far(const struct pfg_source *source);
unsigned long long pfg_source_size(const struct pfg_source *source);

const char *pfg_source_name(const struct pfg_source *source);
void pfg_source_digest(const struct pfg_source *source,
                       char out[PFG_DIGEST_HEX]);

#endif
