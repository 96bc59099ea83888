#ifndef PFG_INPUT_SOURCE_H
#define PFG_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/slice.h"

/*
 * Raw bytes from a file or from memory, with a digest of those read. The lowest
 * layer below an input; used only inside this folder.
 *
 * The read functions of all layers are alike: they store up to `size` bytes in
 * `room` and the number in *got, which is 0 only at the end.
 */
struct pfg_source;

/* If `owned` is set, pfg_source_free() closes `fd`. */
struct pfg_source *pfg_source_of_fd(int fd, bool owned, const char *name);
/* Borrows the bytes. */
struct pfg_source *pfg_source_of_memory(struct pfg_slice bytes,
                                        const char *name);
void pfg_source_free(struct pfg_source *source); /* may be NULL */

int pfg_source_read(size_t *got, struct pfg_source *source, char *room,
                    size_t size, struct pfg_error *err);

/* The bytes read so far, and the size of a regular file, else 0. */
unsigned long long pfg_source_read_so_far(const struct pfg_source *source);
unsigned long long pfg_source_size(const struct pfg_source *source);

const char *pfg_source_name(const struct pfg_source *source);
void pfg_source_digest(const struct pfg_source *source,
                       char out[PFG_DIGEST_HEX]);

#endif
