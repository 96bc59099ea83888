#include "store/parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/*
 * The table `point`: what histories need of each piece of the packed runs.
 *
 * Its key begins with the block of the run. So an ingest writes to the pages of
 * one block, where a key that began with the series would make it write to a
 * page for each series; and a history is read with one search for each block.
 */

int pfg_points_adder(struct pfg_statement **out, struct pfg_store *store,
                     struct pfg_error *err)
{
    return pfg_statement_new_bulk(
        out, store,
        "INSERT INTO point (block, series, run, number, n, median, low)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        err);
}

int pfg_point_add(struct pfg_statement *adder, int64_t run, int64_t series,
                  const struct pfg_piece *piece, enum pfg_direction better,
                  struct pfg_arena *scratch, struct pfg_error *err)
{
    struct pfg_level level = pfg_level_of(piece, better, scratch);

    pfg_bind_integer(adder, NULL, pfg_block_of(run));
    pfg_bind_integer(adder, NULL, series);
    pfg_bind_integer(adder, NULL, run);
    pfg_bind_integer(adder, NULL, (int64_t)piece->number);
    pfg_bind_integer(adder, NULL, (int64_t)piece->n);
    pfg_bind_real(adder, NULL, level.median);
    pfg_bind_real(adder, NULL, piece->n == 1 ? NAN : level.low);
    return pfg_statement_run(adder, err);
}

struct pfg_level pfg_take_level(struct pfg_statement *row, int64_t n)
{
    struct pfg_level level = {.median = pfg_take_real(row)};

    level.low = pfg_take_real(row);
    if (n == 1 && isnan(level.low)) {
        level.low = level.median;
    }
    return level;
}

/* Lists of integers in JSON. */
#define LIST "(SELECT CAST(value AS INTEGER) FROM json_each(?))"

/* One statement for all runs, which reads each block once. */
int pfg_points_remove(struct pfg_store *store, const long *runs, size_t n,
                      struct pfg_error *err)
{
    struct pfg_statement *remove;
    struct pfg_str ids, blocks;
    int failed;

    if (!n) {
        return 0;
    }
    pfg_str_init(&ids, 0);
    pfg_str_init(&blocks, 0);
    for (size_t i = 0; i < n; i++) {
        pfg_str_printf(&ids, "%c%ld", i ? ',' : '[', runs[i]);
        pfg_str_printf(&blocks, "%c%" PRId64, i ? ',' : '[',
                       pfg_block_of(runs[i]));
    }
    pfg_str_putc(&ids, ']');
    pfg_str_putc(&blocks, ']');
    failed = pfg_statement_new(
        &remove, store,
        "DELETE FROM point WHERE block IN " LIST " AND run IN " LIST, err);
    if (!failed) {
        pfg_bind_text(remove, NULL, blocks.ptr);
        pfg_bind_text(remove, NULL, ids.ptr);
        failed = pfg_statement_run(remove, err);
    }
    pfg_statement_free(remove);
    pfg_str_free(&blocks);
    pfg_str_free(&ids);
    return failed;
}
