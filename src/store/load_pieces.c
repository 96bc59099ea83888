#include "store/loader.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* What runs have in common of a series, and its part of a piece's digest. */
struct known {
    struct pfg_series series;
    struct pfg_slice record;
};

/* A series of the run. Rows are sorted by the ids of the series; the order of
 * the run is restored at the end. */
struct pfg_loaded_series {
    struct pfg_series series;
    int64_t id, position;
};

/* --- what the series are --- */

static struct pfg_slice id_bytes(const int64_t *id)
{
    return pfg_slice_make((const char *)id, sizeof *id);
}

static int read_series(struct pfg_loader *in, const struct pfg_columns *columns,
                       struct pfg_statement *row)
{
    struct pfg_known_series *known = in->known;
    struct known *series = pfg_arena_alloc(known->arena, sizeof *series);
    int64_t id = pfg_take_integer(row);
    struct pfg_str record;

    if (pfg_columns_take(row, columns, &known->last,
                         &(struct pfg_taking){known->arena, &known->facts})) {
        return pfg_loader_damaged(in, "a series");
    }
    series->series = known->last;
    pfg_str_init(&record, 0);
    pfg_columns_record(&record, columns, &known->last);
    series->record = pfg_arena_copy(known->arena, pfg_str_slice(&record));
    pfg_str_free(&record);
    *pfg_map_at(&known->by_id, id_bytes(&id)) = series;
    return 0;
}

static const struct known *find_series(const struct pfg_loader *in, int64_t id)
{
    void **known = pfg_map_find(&in->known->by_id, id_bytes(&id));

    return known ? *known : NULL;
}

#define SERIES                                                                 \
    " FROM series JOIN benchmark ON benchmark.id = series.benchmark"           \
    " WHERE series.id IN "

/* Reads what all series of the run are. */
static int describe_run(struct pfg_loader *in)
{
    return pfg_loader_each_row(in, NULL, "series.id, ", &in->content.series,
                               SERIES "(SELECT DISTINCT series FROM measurement"
                                      " WHERE run = :run)",
                               read_series);
}

/* Reads what these series are, so far as it is not known. */
static int describe_series(struct pfg_loader *in, const int64_t *ids, size_t n)
{
    struct pfg_str list;
    int got = 0;

    pfg_str_init(&list, 0);
    for (size_t i = 0; i < n; i++) {
        if (!find_series(in, ids[i])) {
            pfg_str_printf(&list, "%c%" PRId64, list.len ? ',' : '[', ids[i]);
        }
    }
    if (list.len) {
        pfg_str_putc(&list, ']');
        got = pfg_loader_each_row(in, list.ptr, "series.id, ",
                                  &in->content.series,
                                  SERIES "(SELECT CAST(value AS INTEGER)"
                                         " FROM json_each(?))",
                                  read_series);
    }
    pfg_str_free(&list);
    return got;
}

/* --- their pieces --- */

static void end_series(struct pfg_loader *in)
{
    struct pfg_arena *arena = in->run->arena;
    struct pfg_series *series = &in->series->series;
    double *values = pfg_arena_new_array(arena, double, in->values.n);

    if (in->values.n) {
        memcpy(values, in->values.at, in->values.n * sizeof *values);
    }
    series->pieces.n = in->pieces.n;
    series->plain = in->only_values ? pfg_plain_of(in->pieces.at, in->pieces.n,
                                                   values, arena)
                                    : NULL;
    if (!series->plain) {
        series->pieces.cap = in->pieces.n;
        series->pieces.at =
            pfg_arena_new_array(arena, struct pfg_piece, in->pieces.n);
        for (size_t i = 0; i < in->pieces.n; i++) {
            series->pieces.at[i] = in->pieces.at[i];
            series->pieces.at[i].values = values;
            values += in->pieces.at[i].n;
        }
    }
    in->pieces.n = in->values.n = 0;
}

static int begin_series(struct pfg_loader *in, int64_t id, int64_t position)
{
    struct pfg_run *run = in->run;
    const struct known *known = find_series(in, id);

    if (in->series) {
        end_series(in);
    }
    if (!known) {
        if (describe_run(in) < 0) {
            return -1;
        }
        known = find_series(in, id);
    }
    if (!known) {
        return pfg_loader_damaged(in, "a series");
    }
    in->series = pfg_arena_alloc(run->arena, sizeof *in->series);
    *in->series = (struct pfg_loaded_series){known->series, id, position};
    pfg_vec_push(&run->series, run->arena, &in->series->series);
    pfg_str_clear(&in->content.record);
    pfg_str_add(&in->content.record, known->record);
    in->head = known->record.len;
    return 0;
}

/* Adds a piece, whose record is complete but for its samples, to the series. */
static int add_piece(struct pfg_loader *in, struct pfg_piece *piece,
                     struct pfg_slice samples)
{
    const size_t n = in->pieces.n;

    if (piece->process >= in->run->processes.n ||
        (n && piece->number <= in->pieces.at[n - 1].number)) {
        return pfg_loader_damaged(in, "a measurement");
    }
    if (!piece->has_summary) {
        piece->summary = (struct pfg_summary){0};
    }
    pfg_content_add(&in->content, samples);
    pfg_vec_push(&in->pieces, NULL, *piece);
    for (size_t i = 0; i < piece->n; i++) {
        pfg_vec_push(&in->values, NULL, pfg_sample_at(samples, i));
    }
    return 0;
}

static int read_measurement(struct pfg_loader *in,
                            const struct pfg_columns *columns,
                            struct pfg_statement *row)
{
    struct pfg_str *record = &in->content.record;
    struct pfg_piece *piece = &in->piece;
    int64_t id = pfg_take_integer(row), position = pfg_take_integer(row);
    struct pfg_slice samples;

    if ((!in->series || in->series->id != id) &&
        begin_series(in, id, position)) {
        return -1;
    }
    pfg_str_cut(record, in->head);
    if (pfg_take_sample_bytes(row, &samples, &piece->n) ||
        pfg_columns_take(row, columns, piece,
                         &(struct pfg_taking){in->run->arena})) {
        return pfg_loader_damaged(in, "a measurement");
    }
    pfg_columns_record(record, columns, piece);
    if (in->only_values) {
        piece->written = NULL;
        piece->n_written = 0;
    }
    return add_piece(in, piece, samples);
}

/* A run that is packed: the rows of its measurements are not read. */
static int read_pack(struct pfg_loader *in, const struct pfg_columns *columns,
                     struct pfg_statement *row)
{
    struct pfg_unpacker *pack = &in->pack;
    struct pfg_str *record = &in->content.record;
    int got;

    (void)columns;
    if (pfg_take_integer(row) != in->n_packs++ ||
        pfg_unpacker_begin(pack, pfg_take_bytes(row), in->run->arena,
                           in->only_values ? record : NULL)) {
        return pfg_loader_damaged(in, "a pack");
    }
    if (describe_series(in, pack->ids, pack->n_ids) < 0) {
        return -1;
    }
    while ((got = pfg_unpack(pack)) == 1) {
        if ((!in->series || in->series->id != pack->series) &&
            begin_series(in, pack->series, (int64_t)in->run->series.n)) {
            return -1;
        }
        pfg_str_cut(record, in->head);
        if (pfg_unpack_piece(pack)) {
            got = -1;
            break;
        }
        if (!in->only_values) {
            pfg_columns_record(record, &in->content.piece, &pack->piece);
        }
        if (add_piece(in, &pack->piece, pack->samples)) {
            return -1;
        }
    }
    return got < 0 ? pfg_loader_damaged(in, "a pack") : 0;
}

/* --- all of them --- */

static int compare_positions(const void *a, const void *b)
{
    int64_t left = (*(const struct pfg_loaded_series *const *)a)->position;
    int64_t right = (*(const struct pfg_loaded_series *const *)b)->position;

    return (left > right) - (left < right);
}

int pfg_load_pieces(struct pfg_loader *in)
{
    const struct pfg_columns none = {.n = 0};
    struct pfg_run *run = in->run;
    int64_t *ids;
    int found = 0;

    if (in->has_packs) {
        found = pfg_loader_each_row(in, NULL, "number, data", &none,
                                    " FROM pack WHERE run = :run"
                                    " ORDER BY number",
                                    read_pack);
    }
    in->contents->is_packed = found == 1;
    if (!found) {
        found = pfg_loader_each_row(
            in, NULL, "measurement.series, measurement.position, n, samples, ",
            &in->content.piece,
            " FROM measurement WHERE run = :run"
            " ORDER BY measurement.series, measurement.number",
            read_measurement);
    }
    if (found < 0) {
        return -1;
    }
    if (in->series) {
        end_series(in);
        qsort(run->series.at, run->series.n, sizeof *run->series.at,
              compare_positions);
    }
    ids = pfg_arena_new_array(run->arena, int64_t, run->series.n);
    for (size_t i = 0; i < run->series.n; i++) {
        ids[i] = ((const struct pfg_loaded_series *)run->series.at[i])->id;
    }
    in->contents->series = ids;
    return 0;
}
