#ifndef PFG_STORE_PACKS_H
#define PFG_STORE_PACKS_H

#include "store/pack/pieces.h"

/*
 * The pieces of a run as they are stored: many in one row of the table `pack`,
 * column by column, because a row for each piece takes most of the time of
 * loading a run.
 *
 *     pack    = n column... samples
 *     column  = form length bytes
 *     samples = n little-endian float64
 *
 * `n` is the number of series. Of these there are two columns: their ids, and
 * how many pieces each has here. The other columns are of the pieces, which are
 * ordered by series: how many samples each has, and those of pfg_kind_piece in
 * the order of pfg_columns_of(). A column that depends on a flag has values
 * only for pieces with that flag, and is left out where there are none. `n`,
 * `length` and all other integers are LEB128 varints; `form` is a byte:
 */
enum pfg_pack_form {
    /* Differences to the integer before, of the first to 0, in zigzag order: 0,
     * -1, 1, -2 ... A column of reals has this form if all of them are whole
     * numbers. */
    PFG_PACK_INTEGERS = 0,
    PFG_PACK_REALS = 1, /* little-endian float64 */
    /* The number of distinct texts; these, each with a NUL byte; and for each
     * piece the index of its text. */
    PFG_PACK_TEXTS = 2,
    /* A column with the number of lines of each piece, and the lines: newlines
     * between them, and a NUL byte after those of a piece. */
    PFG_PACK_LINES = 3,
    /* Added to one of the first three if all values are equal: the column has
     * one value, or one text and no indexes. */
    PFG_PACK_CONSTANT = 4,
};

/* ---- packer.c ---- */

/* Packs pieces, in the order in which they are added. */
struct pfg_packer;
struct pfg_packer *pfg_packer_new(void);
void pfg_packer_free(struct pfg_packer *packer); /* NULL is fine */
/* The piece is borrowed until the pack is made. */
void pfg_packer_add(struct pfg_packer *packer, int64_t series,
                    const struct pfg_piece *piece);
/* Whether the pack is large enough to be made: about 1 MiB. */
bool pfg_packer_is_full(const struct pfg_packer *packer);
/* The pack, borrowed until the next one is made; no bytes where nothing was
 * added. Begins the next. */
struct pfg_slice pfg_packer_finish(struct pfg_packer *packer);

/* ---- unpacker.c ---- */

/* A column that is being read. */
struct pfg_packed_column {
    const struct pfg_column *column; /* of the struct; NULL: of none */
    enum pfg_pack_form form;
    bool constant;
    bool optional; /* only pieces with a flag have a value */
    struct pfg_slice rest;
    /* The value that was read last, in the form of the column. */
    int64_t integer;
    double real;
    struct pfg_slice text; /* and a NUL byte */
    struct pfg_slice *texts;
    size_t n_texts;
    struct pfg_packed_column *counts; /* of lines */
    /* What pfg_columns_record() appends for the constant columns that come
     * before this one. */
    struct pfg_slice before;
};

struct pfg_unpacker {
    int64_t *ids; /* of the series in the pack */
    size_t n_ids;

    /* The piece that was read: the id of its series; the piece without its
     * values; and these as little-endian bytes, borrowed from the pack. */
    int64_t series;
    struct pfg_piece piece;
    struct pfg_slice samples;

    struct pfg_columns columns;
    struct pfg_packed_column n_pieces, n_samples;
    /* Those of the members that differ from piece to piece. */
    struct pfg_packed_column varying[PFG_MOST_COLUMNS];
    size_t n_varying;
    struct pfg_slice after; /* as `before`, at the end */
    struct pfg_slice rest;  /* samples */
    size_t next_id;
    uint64_t left; /* pieces of the series */
    struct pfg_arena *arena;
    struct pfg_str *record;
};

/* Begins to read a pack, which is borrowed; -1 if it is damaged. Everything
 * else is allocated in the arena. If `record` is not NULL, pfg_unpack_piece()
 * appends to it what pfg_columns_record() would, and leaves lists of lines
 * empty. */
int pfg_unpacker_begin(struct pfg_unpacker *in, struct pfg_slice pack,
                       struct pfg_arena *arena, struct pfg_str *record);
/* 1: there is another piece, of which `series` is read; 0: there are no more;
 * -1: the pack is damaged. */
int pfg_unpack(struct pfg_unpacker *in);
/* Reads the rest of it; -1 if the pack is damaged. */
int pfg_unpack_piece(struct pfg_unpacker *in);

#endif
