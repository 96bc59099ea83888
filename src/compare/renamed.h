#ifndef PFG_COMPARE_RENAMED_H
#define PFG_COMPARE_RENAMED_H

#include "compare/environment.h"
#include "compare/row/row.h"

/*
 * Benchmarks that the base has and the head seems to have under another name:
 * with another number of cores, threads or connections, with another of the
 * suffixes by which google-benchmark tells how it was run ("/repeats:3"), at
 * another address, with a similar name, or in a suite of another name.
 * Each kind becomes a note, with the "renames" of perfgate.json that pair
 * them, to be pasted. The rows stay what they are.
 */
void pfg_renamed_note(struct pfg_notes *notes, const struct pfg_row *rows,
                      size_t n_rows, const struct pfg_pool *base,
                      const struct pfg_pool *head, struct pfg_arena *arena);

#endif
