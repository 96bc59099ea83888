#include "store/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "stats/row/lower_quartile.h"
#include "stats/sample.h"

/* ---- the digest of a run ---- */

/* The first `bits` of the digest as a number. */
static size_t group_of(const struct pfg_digest_bytes *digest, int bits)
{
    uint64_t first;

    memcpy(&first, digest, sizeof first);
    return (size_t)(be64toh(first) >> (64 - bits));
}

/* By their bytes. The first eight, compared as a number, nearly always
 * decide. */
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

/* Digests are spread evenly: among as many groups as there are digests, chosen
 * by their first bits, most groups have one member. */
static void sort_digests(struct pfg_digest_bytes *all, size_t n)
{
    struct pfg_digest_bytes *sorted;
    size_t *ends;
    int bits = 1;

    while (bits < 24 && (size_t)1 << bits < n) {
        bits++;
    }
    ends = pfg_alloc(pfg_array_size(((size_t)1 << bits) + 1, sizeof *ends));
    sorted = pfg_alloc(pfg_array_size(n + 1, sizeof *sorted));
    for (size_t i = 0; i < n; i++) {
        ends[group_of(&all[i], bits) + 1]++;
    }
    for (size_t i = 1; i <= (size_t)1 << bits; i++) {
        ends[i] += ends[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        sorted[ends[group_of(&all[i], bits)]++] = all[i];
    }
    for (size_t i = 0, begin = 0; begin < n; begin = ends[i++]) {
        if (ends[i] - begin > 1) {
            qsort(&sorted[begin], ends[i] - begin, sizeof *sorted,
                  compare_digests);
        }
    }
    memcpy(all, sorted, n * sizeof *all);
    free(sorted);
    free(ends);
}

void pfg_content_begin(struct pfg_content *c)
{
    *c = (struct pfg_content){.series = pfg_columns_of(NULL, &pfg_kind_series),
                              .piece = pfg_columns_of(NULL, &pfg_kind_piece)};
    pfg_str_init(&c->record, 0);
}

void pfg_content_add(struct pfg_content *c, struct pfg_slice samples)
{
    pfg_str_add(&c->record, samples);
    pfg_vec_push(&c->pieces, NULL, pfg_digest_of(pfg_str_slice(&c->record)));
}

void pfg_content_finish(struct pfg_content *c, const struct pfg_run *run,
                        char out[PFG_DIGEST_HEX])
{
    const struct pfg_columns of_run = pfg_columns_of(NULL, &pfg_kind_run);
    const struct pfg_columns of_process =
        pfg_columns_of(NULL, &pfg_kind_process);

    if (c->pieces.n) {
        sort_digests(c->pieces.at, c->pieces.n);
    }
    pfg_str_clear(&c->record);
    pfg_columns_record(&c->record, &of_run, run);
    for (size_t i = 0; i < run->processes.n; i++) {
        pfg_columns_record(&c->record, &of_process, &run->processes.at[i]);
    }
    pfg_str_add(&c->record, pfg_slice_make((const char *)c->pieces.at,
                                           c->pieces.n * sizeof *c->pieces.at));
    pfg_digest_print(pfg_digest_of(pfg_str_slice(&c->record)), out);
    pfg_content_free(c);
}

void pfg_content_free(struct pfg_content *c)
{
    pfg_str_free(&c->record);
    pfg_vec_free(&c->pieces);
}

void pfg_content_of(char out[PFG_DIGEST_HEX], const struct pfg_run *run)
{
    struct pfg_arena *scratch = pfg_arena_new();
    struct pfg_content c;

    pfg_content_begin(&c);
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        size_t head;

        pfg_arena_clear(scratch);
        pfg_str_clear(&c.record);
        pfg_columns_record(&c.record, &c.series, series);
        head = c.record.len;
        for (size_t j = 0; j < series->pieces.n; j++) {
            const struct pfg_piece *piece = &series->pieces.at[j];

            pfg_str_cut(&c.record, head);
            pfg_columns_record(&c.record, &c.piece, piece);
            pfg_content_add(&c, pfg_sample_bytes(piece, scratch));
        }
    }
    pfg_content_finish(&c, run, out);
    pfg_arena_free(scratch);
}

/* ---- what a history is read from ---- */

/* L of a sample, see struct pfg_history_point. `sorted` is reordered. */
static double low_of(double *sorted, size_t n, enum pfg_direction better)
{
    double sign = better == PFG_HIGHER ? -1 : 1;
    bool logs = sorted[0] > 0;

    if (n == 1) {
        return sorted[0]; /* not changed by a logarithm and back */
    }
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
