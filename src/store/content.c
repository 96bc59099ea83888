#include "store/parts.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "stats/row/lower_quartile.h"
#include "stats/sample.h"

/* On a big-endian machine they are turned. */
struct pfg_slice pfg_sample_bytes(const struct pfg_piece *piece,
                                  struct pfg_arena *arena)
{
#if __BYTE_ORDER == __LITTLE_ENDIAN
    (void)arena;
    return pfg_slice_make((const char *)piece->values,
                          piece->n * sizeof *piece->values);
#else
    uint64_t *bytes = pfg_arena_new_array(arena, uint64_t, piece->n);

    for (size_t i = 0; i < piece->n; i++) {
        memcpy(&bytes[i], &piece->values[i], sizeof *bytes);
        bytes[i] = htole64(bytes[i]);
    }
    return pfg_slice_make((const char *)bytes, piece->n * sizeof *bytes);
#endif
}

/* ---- the digest of a run ---- */

struct content {
    struct pfg_arena *scratch;
    struct pfg_str record;
    struct pfg_digest_bytes *pieces;
    size_t n;
};

static void add_series(struct content *c, const struct pfg_series *series)
{
    size_t head;

    pfg_arena_clear(c->scratch);
    pfg_str_clear(&c->record);
    pfg_columns_record(&c->record, &pfg_kind_series, series);
    head = c->record.len;
    for (size_t i = 0; i < series->pieces.n; i++) {
        const struct pfg_piece *piece = &series->pieces.at[i];

        pfg_str_cut(&c->record, head);
        pfg_columns_record(&c->record, &pfg_kind_piece, piece);
        pfg_str_add(&c->record, pfg_sample_bytes(piece, c->scratch));
        c->pieces[c->n++] = pfg_digest_of(pfg_str_slice(&c->record));
    }
}

/* In the order of their bytes; the first eight decide nearly always, as a
 * number. */
static int compare_digests(const void *a, const void *b)
{
    uint64_t left, right;

    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    left = be64toh(left);
    right = be64toh(right);
    return left != right ? (left > right) - (left < right)
                         : memcmp(a, b, sizeof(struct pfg_digest_bytes));
}

/* Series come in the order of reading, or of the database: they are sorted by
 * what they are. */
void pfg_content_of(char out[PFG_DIGEST_HEX], const struct pfg_run *run)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct content c = {.scratch = pfg_arena_new()};
    size_t n = 0;

    for (size_t i = 0; i < run->series.n; i++) {
        n += run->series.at[i]->pieces.n;
    }
    c.pieces = pfg_arena_new_array(arena, struct pfg_digest_bytes, n);
    pfg_str_init(&c.record, 0);
    for (size_t i = 0; i < run->series.n; i++) {
        add_series(&c, run->series.at[i]);
    }
    if (n) {
        qsort(c.pieces, n, sizeof *c.pieces, compare_digests);
    }
    pfg_str_clear(&c.record);
    pfg_columns_record(&c.record, &pfg_kind_run, run);
    for (size_t i = 0; i < run->processes.n; i++) {
        pfg_columns_record(&c.record, &pfg_kind_process, &run->processes.at[i]);
    }
    pfg_str_add(&c.record,
                pfg_slice_make((const char *)c.pieces, n * sizeof *c.pieces));
    pfg_digest_print(pfg_digest_of(pfg_str_slice(&c.record)), out);
    pfg_str_free(&c.record);
    pfg_arena_free(c.scratch);
    pfg_arena_free(arena);
}

/* ---- what a history is read from ---- */

/* L of a sample, see struct pfg_history_point. `sorted` is reordered. */
static double low_of(double *sorted, size_t n, enum pfg_direction better)
{
    double sign = better == PFG_HIGHER ? -1 : 1;
    bool logs = sorted[0] > 0;

    for (size_t i = 0; i < n; i++) {
        sorted[i] = sign * (logs ? log(sorted[i]) : sorted[i]);
    }
    pfg_sort(sorted, n);
    sign *= pfg_lower_quartile(sorted, n, n).level;
    return logs ? exp(sign) : sign;
}

struct pfg_level pfg_level_of(const struct pfg_piece *piece,
                              enum pfg_direction better,
                              struct pfg_arena *arena)
{
    struct pfg_level level = {
        .median = piece->has_summary ? piece->summary.value : NAN, .low = NAN};

    if (piece->n) {
        double *sorted = pfg_arena_new_array(arena, double, piece->n);

        memcpy(sorted, piece->values, piece->n * sizeof *sorted);
        pfg_sort(sorted, piece->n);
        level.median = pfg_median_sorted(sorted, piece->n);
        level.low = low_of(sorted, piece->n, better);
    }
    return level;
}
