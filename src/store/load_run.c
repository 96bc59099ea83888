#include "store/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "store/pack.h"

/* What runs have in common of a series, and its part of a piece's digest. */
struct known_series {
    struct pfg_series series;
    struct pfg_slice record;
};

/* Series by their ids: runs that are loaded together have most of them in
 * common, and share their texts. */
struct series_known {
    struct pfg_map by_id, facts;
    struct pfg_arena *arena;
    struct pfg_series last;
};

/* A series of the run. Rows are sorted by the ids of the series; the order of
 * the run is restored at the end. */
struct placed {
    struct pfg_series series;
    int64_t id, position;
};

struct loader {
    struct pfg_store *store;
    struct pfg_run *run;
    struct series_known *known;
    struct pfg_contents *contents;
    bool only_values, has_packs;
    struct pfg_content content;
    /* The series whose rows are being read: its pieces, without their values,
     * and the values of all of them. */
    struct placed *series;
    size_t head; /* length of the series' part of the record */
    PFG_VEC(struct pfg_piece) pieces;
    PFG_VEC(double) values;
    struct pfg_piece piece; /* from the last row */
    struct pfg_unpacker pack;
    int64_t n_packs;
    struct pfg_taking taking;
    bool has_summaries; /* whose columns were not read */
    struct pfg_error *err;
};

static int damaged(struct loader *in, const char *what)
{
    pfg_fail(in->err, PFG_SYSTEM, "'%s' is damaged: %s of run %ld",
             pfg_store_name(in->store), what, in->run->id);
    return pfg_hint(in->err, "restore it from a copy, or start a new one");
}

static int read_run(struct loader *in, const struct pfg_columns *columns,
                    struct pfg_statement *row)
{
    if (pfg_columns_take(row, columns, in->run,
                         &(struct pfg_taking){in->run->arena})) {
        return damaged(in, "a list");
    }
    in->run->facts.cap = in->run->facts.n;
    snprintf(in->contents->stored, PFG_DIGEST_HEX, "%s",
             pfg_take_text(row, in->run->arena));
    return 0;
}

typedef int take_row(struct loader *, const struct pfg_columns *,
                     struct pfg_statement *);

/* Calls `take` with each row of a query about the run, or about a list, which
 * selects `first` and the columns. 1 if there was a row. */
static int each_row_of(struct loader *in, const char *list, const char *first,
                       const struct pfg_columns *columns, const char *rest,
                       take_row *take)
{
    struct pfg_statement *row;
    struct pfg_str sql;
    int got, any = 0;

    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "SELECT %s", first);
    pfg_columns_names(&sql, columns, true);
    pfg_str_puts(&sql, rest);
    pfg_statement_new(&row, in->store, sql.ptr, in->err);
    pfg_str_free(&sql);
    if (!row) {
        return -1;
    }
    if (list) {
        pfg_bind_text(row, NULL, list);
    } else {
        pfg_bind_integer(row, ":run", in->run->id);
    }
    while ((got = pfg_statement_step(row, in->err)) == 1) {
        any = 1;
        if (take(in, columns, row)) {
            got = -1;
            break;
        }
    }
    pfg_statement_free(row);
    return got < 0 ? -1 : any;
}

static int each_row(struct loader *in, const char *first,
                    const struct pfg_columns *columns, const char *rest,
                    take_row *take)
{
    return each_row_of(in, NULL, first, columns, rest, take);
}

static int read_process(struct loader *in, const struct pfg_columns *columns,
                        struct pfg_statement *row)
{
    struct pfg_process process;

    if (pfg_take_integer(row) != (int64_t)in->run->processes.n) {
        return damaged(in, "a process");
    }
    pfg_columns_take(row, columns, &process, &(struct pfg_taking){NULL});
    pfg_vec_push(&in->run->processes, in->run->arena, process);
    return 0;
}

/* --- what the series are --- */

static struct pfg_slice id_bytes(const int64_t *id)
{
    return pfg_slice_make((const char *)id, sizeof *id);
}

static int read_series(struct loader *in, const struct pfg_columns *columns,
                       struct pfg_statement *row)
{
    struct series_known *known = in->known;
    struct known_series *series = pfg_arena_alloc(known->arena, sizeof *series);
    int64_t id = pfg_take_integer(row);
    struct pfg_str record;

    if (pfg_columns_take(row, columns, &known->last,
                         &(struct pfg_taking){known->arena, &known->facts})) {
        return damaged(in, "a series");
    }
    series->series = known->last;
    pfg_str_init(&record, 0);
    pfg_columns_record(&record, columns, &known->last);
    series->record = pfg_arena_copy(known->arena, pfg_str_slice(&record));
    pfg_str_free(&record);
    *pfg_map_at(&known->by_id, id_bytes(&id)) = series;
    return 0;
}

static const struct known_series *find_series(const struct loader *in,
                                              int64_t id)
{
    void **known = pfg_map_find(&in->known->by_id, id_bytes(&id));

    return known ? *known : NULL;
}

#define SERIES                                                                 \
    " FROM series JOIN benchmark ON benchmark.id = series.benchmark"           \
    " WHERE series.id IN "

/* Reads what all series of the run are. */
static int describe_run(struct loader *in)
{
    return each_row(in, "series.id, ", &in->content.series,
                    SERIES "(SELECT DISTINCT series FROM measurement"
                           " WHERE run = :run)",
                    read_series);
}

/* Reads what these series are, so far as it is not known. */
static int describe_series(struct loader *in, const int64_t *ids, size_t n)
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
        got = each_row_of(in, list.ptr, "series.id, ", &in->content.series,
                          SERIES "(SELECT CAST(value AS INTEGER)"
                                 " FROM json_each(?))",
                          read_series);
    }
    pfg_str_free(&list);
    return got;
}

/* --- their pieces --- */

static void end_series(struct loader *in)
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

static int begin_series(struct loader *in, int64_t id, int64_t position)
{
    struct pfg_run *run = in->run;
    const struct known_series *known = find_series(in, id);

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
        return damaged(in, "a series");
    }
    in->series = pfg_arena_alloc(run->arena, sizeof *in->series);
    *in->series = (struct placed){known->series, id, position};
    pfg_vec_push(&run->series, run->arena, &in->series->series);
    pfg_str_clear(&in->content.record);
    pfg_str_add(&in->content.record, known->record);
    in->head = known->record.len;
    return 0;
}

/* Adds a piece to the series; `samples` are its values. */
static int add_piece(struct loader *in, struct pfg_piece *piece,
                     struct pfg_slice samples)
{
    const size_t n = in->pieces.n;

    if (piece->process >= in->run->processes.n ||
        (n && piece->number <= in->pieces.at[n - 1].number)) {
        return damaged(in, "a measurement");
    }
    if (!piece->has_summary) {
        piece->summary = (struct pfg_summary){0};
    }
    if (!in->only_values) {
        pfg_columns_record(&in->content.record, &in->content.piece, piece);
    }
    pfg_content_add(&in->content, samples);
    pfg_vec_push(&in->pieces, NULL, *piece);
    for (size_t i = 0; i < piece->n; i++) {
        pfg_vec_push(&in->values, NULL, pfg_sample_at(samples, i));
    }
    return 0;
}

static int read_measurement(struct loader *in,
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
        pfg_columns_take(row, columns, piece, &in->taking)) {
        return damaged(in, "a measurement");
    }
    if (piece->has_summary && columns != &in->content.piece) {
        in->has_summaries = true;
        return -1;
    }
    return add_piece(in, piece, samples);
}

/* A run that is packed; the rows of its measurements are not read. */
static int read_pack(struct loader *in, const struct pfg_columns *columns,
                     struct pfg_statement *row)
{
    struct pfg_unpacker *pack = &in->pack;
    struct pfg_str *record = &in->content.record;
    int got;

    (void)columns;
    if (pfg_take_integer(row) != in->n_packs++ ||
        pfg_unpacker_begin(pack, pfg_take_bytes(row), in->run->arena,
                           in->only_values ? record : NULL)) {
        return damaged(in, "a pack");
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
        if (add_piece(in, &pack->piece, pack->samples)) {
            return -1;
        }
    }
    return got < 0 ? damaged(in, "a pack") : 0;
}

/* --- the run --- */

static int compare_placed(const void *a, const void *b)
{
    int64_t left = (*(const struct placed *const *)a)->position;
    int64_t right = (*(const struct placed *const *)b)->position;

    return (left > right) - (left < right);
}

static int read_rows(struct loader *in, const struct pfg_columns *columns)
{
    in->run->series.n = 0;
    in->series = NULL;
    in->pieces.n = in->values.n = in->content.pieces.n = 0;
    return each_row(
        in, "measurement.series, measurement.position, n, samples, ", columns,
        " FROM measurement WHERE run = :run"
        " ORDER BY measurement.series, measurement.number",
        read_measurement);
}

/* The columns of summaries take a third of the time. Most runs have none, and
 * those that do mostly have one in the first row. */
static int read_pieces(struct loader *in)
{
    struct pfg_columns of_values = in->content.piece;
    int found =
        !in->has_packs
            ? 0
            : each_row(in, "number, data", &(struct pfg_columns){.n = 0},
                       " FROM pack WHERE run = :run ORDER BY number",
                       read_pack);

    if (!found) {
        pfg_columns_drop_behind(&of_values);
        found = read_rows(in, &of_values);
    }
    return in->has_summaries ? read_rows(in, &in->content.piece) : found;
}

static const int64_t *list_ids(const struct pfg_run *run)
{
    int64_t *ids = pfg_arena_new_array(run->arena, int64_t, run->series.n);

    for (size_t i = 0; i < run->series.n; i++) {
        ids[i] = ((const struct placed *)run->series.at[i])->id;
    }
    return ids;
}

static int load(struct loader *in)
{
    const struct pfg_columns of_run = pfg_columns_of(NULL, &pfg_kind_run);
    const struct pfg_columns of_process =
        pfg_columns_of(NULL, &pfg_kind_process);
    int found = each_row(in, "", &of_run,
                         ", run.content FROM run"
                         " JOIN revision ON revision.id = run.revision"
                         " JOIN hardware ON hardware.id = run.hardware"
                         " WHERE run.id = :run",
                         read_run);

    if (!found) {
        return pfg_fail(in->err, PFG_DATA, "no run %ld in '%s'", in->run->id,
                        pfg_store_name(in->store));
    }
    if (found < 0 || each_row(in, "number, ", &of_process,
                              " FROM process WHERE run = :run ORDER BY number",
                              read_process) < 0) {
        return -1;
    }
    if (read_pieces(in) < 0) {
        return -1;
    }
    if (in->series) {
        end_series(in);
        qsort(in->run->series.at, in->run->series.n, sizeof *in->run->series.at,
              compare_placed);
    }
    in->contents->series = list_ids(in->run);
    return 0;
}

static void know_none(struct series_known *known)
{
    *known = (struct series_known){.arena = pfg_arena_new()};
    pfg_map_init(&known->by_id, known->arena);
    pfg_map_init(&known->facts, known->arena);
}

/* `in` begins with what the caller asks for. */
static int load_run(struct loader *in, struct pfg_run **out, long id)
{
    int failed;

    *out = NULL;
    in->run = pfg_run_new();
    in->run->id = id;
    in->run->shared = pfg_arena_hold(in->known->arena);
    pfg_content_begin(&in->content);
    in->taking.arena = in->run->arena;
    in->taking.record = in->only_values ? &in->content.record : NULL;
    failed = load(in);
    if (failed) {
        pfg_content_free(&in->content);
        pfg_run_free(in->run);
    } else {
        pfg_content_finish(&in->content, in->run, in->contents->found);
        *out = in->run;
    }
    pfg_vec_free(&in->pieces);
    pfg_vec_free(&in->values);
    return failed;
}

int pfg_load_unchecked(struct pfg_store *store, struct pfg_run **out,
                       struct pfg_contents *contents, long id, bool has_packs,
                       struct pfg_error *err)
{
    struct series_known known;
    struct loader in = {
        .store = store,
        .known = &known,
        .contents = contents,
        .has_packs = has_packs,
        .err = err,
    };
    int failed;

    know_none(&known);
    failed = load_run(&in, out, id);
    pfg_arena_free(known.arena);
    return failed;
}

static int load_checked(struct pfg_store *store, struct pfg_run **out, long id,
                        bool only_values, struct series_known *known,
                        struct pfg_error *err)
{
    struct pfg_contents contents;
    struct loader in = {
        .store = store,
        .known = known,
        .contents = &contents,
        .only_values = only_values,
        .has_packs = true,
        .err = err,
    };

    if (load_run(&in, out, id)) {
        return -1;
    }
    if (!strcmp(contents.found, contents.stored)) {
        return 0;
    }
    pfg_run_free(*out);
    *out = NULL;
    pfg_fail(err, PFG_SYSTEM,
             "'%s' is damaged: run %ld does not match its digest",
             pfg_store_name(store), id);
    return pfg_hint(err, "remove it with 'perfgate db check --repair'");
}

/* Inside a transaction. */
static int load_list(struct pfg_store *store, struct pfg_run **out,
                     const long *ids, size_t n, bool only_values,
                     struct pfg_error *err)
{
    struct series_known known;
    size_t i = 0;

    know_none(&known);
    while (i < n &&
           !load_checked(store, &out[i], ids[i], only_values, &known, err)) {
        i++;
    }
    pfg_arena_free(known.arena);
    for (size_t k = 0; i < n && k < i; k++) {
        pfg_run_free(out[k]);
        out[k] = NULL;
    }
    return i < n ? -1 : 0;
}

int pfg_store_load_list(struct pfg_store *store, struct pfg_run **out,
                        const long *ids, size_t n, bool only_values,
                        struct pfg_error *err)
{
    int failed, attempts = 0;

    do {
        failed = pfg_sql_look(store, err);
        if (!failed) {
            failed = load_list(store, out, ids, n, only_values, err);
            pfg_sql_rollback(store);
        }
    } while (failed && pfg_sql_again(store, &attempts));
    return failed ? -1 : 0;
}

int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err)
{
    *out = NULL;
    return pfg_store_load_list(store, out, &id, 1, false, err);
}
