#ifndef PFG_STORE_PIECES_H
#define PFG_STORE_PIECES_H

#include "base/arena.h"
#include "model/run.h"
#include "store/pack/columns.h"

/* Samples as they are stored, and pieces as columns. */

/* A piece's samples in the byte order that is stored: little-endian. */
struct pfg_slice pfg_sample_bytes(const struct pfg_piece *piece,
                                  struct pfg_arena *arena);

/* Reads the columns n and samples; -1 if they do not match. The bytes are
 * borrowed until the next step. */
int pfg_take_sample_bytes(struct pfg_statement *row, struct pfg_slice *bytes,
                          size_t *n);
double pfg_sample_at(struct pfg_slice bytes, size_t i);
/* The same, as an array in the arena. */
int pfg_take_samples(struct pfg_statement *row, struct pfg_piece *piece,
                     struct pfg_arena *arena);

/* The pieces as columns, which borrow `values`, one for each piece. NULL if a
 * piece is not plain: it has more than one value, or anything else that the
 * columns cannot hold. */
struct pfg_plain_pieces *pfg_plain_of(const struct pfg_piece *first, size_t n,
                                      double *values, struct pfg_arena *arena);

#endif
