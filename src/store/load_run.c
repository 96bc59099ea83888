#include "store/parts.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

/* What series are, by their ids: runs that are loaded together have most of
 * them in common, and share the texts. */
struct series_known {
    struct pfg_map by_id;
    struct pfg_arena *arena;
};

struct loader {
    struct pfg_store *store;
    struct pfg_run *run;
    struct series_known *known;
    char *content; /* PFG_DIGEST_HEX, what it should be */
    struct pfg_error *err;
};

static int damaged(struct loader *in, const char *what)
{
    pfg_fail(in->err, PFG_SYSTEM, "'%s' is damaged: %s of run %ld",
             pfg_store_name(in->store), what, in->run->id);
    return pfg_hint(in->err, "restore it from a copy, or start a new one");
}

static int read_run(struct loader *in, struct pfg_statement *row)
{
    if (pfg_columns_take(row, NULL, &pfg_kind_run, in->run, in->run->arena)) {
        return damaged(in, "a list");
    }
    in->run->facts.cap = in->run->facts.n;
    snprintf(in->content, PFG_DIGEST_HEX, "%s",
             pfg_take_text(row, in->run->arena));
    return 0;
}

/* Calls `take` with each row of a query about the run: the columns in `first`
 * and those of `kind`. 1 when there were any. */
static int each_row(struct loader *in, const char *first,
                    const struct pfg_field_kind *kind, const char *rest,
                    int (*take)(struct loader *, struct pfg_statement *))
{
    struct pfg_statement *row;
    struct pfg_str sql;
    int got, any = 0;

    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "SELECT %s", first);
    pfg_columns_names(&sql, NULL, kind, true);
    pfg_str_puts(&sql, rest);
    pfg_statement_new(&row, in->store, sql.ptr, in->err);
    pfg_str_free(&sql);
    if (!row) {
        return -1;
    }
    pfg_bind_integer(row, ":run", in->run->id);
    while ((got = pfg_statement_step(row, in->err)) == 1) {
        any = 1;
        if (take(in, row)) {
            got = -1;
            break;
        }
    }
    pfg_statement_free(row);
    return got < 0 ? -1 : any;
}

static int read_process(struct loader *in, struct pfg_statement *row)
{
    struct pfg_process process;

    if (pfg_take_integer(row) != (int64_t)in->run->processes.n) {
        return damaged(in, "a process");
    }
    pfg_columns_take(row, NULL, &pfg_kind_process, &process, NULL);
    pfg_vec_push(&in->run->processes, in->run->arena, process);
    return 0;
}

/* Rows come by series, which is not the order of the run: that one is put
 * back at the end. */
struct placed {
    struct pfg_series series;
    int64_t id, position;
};

int pfg_take_samples(struct pfg_statement *row, struct pfg_piece *piece,
                     struct pfg_arena *arena)
{
    int64_t n = pfg_take_integer(row);
    struct pfg_slice bytes = pfg_take_bytes(row);

    if (n < 0 || bytes.len % sizeof(double) ||
        bytes.len / sizeof(double) != (uint64_t)n) {
        return -1;
    }
    piece->n = (size_t)n;
    piece->values = pfg_arena_new_array(arena, double, piece->n);
    for (size_t i = 0; i < piece->n; i++) {
        uint64_t bits;

        memcpy(&bits, bytes.ptr + i * sizeof bits, sizeof bits);
        bits = le64toh(bits);
        memcpy(&piece->values[i], &bits, sizeof bits);
    }
    return 0;
}

static int read_measurement(struct loader *in, struct pfg_statement *row)
{
    struct pfg_run *run = in->run;
    struct pfg_arena *arena = run->arena;
    int64_t id = pfg_take_integer(row), position = pfg_take_integer(row);
    struct placed *last = NULL;
    struct pfg_piece piece = {0};

    if (pfg_take_samples(row, &piece, arena) ||
        pfg_columns_take(row, NULL, &pfg_kind_piece, &piece, arena) ||
        piece.process >= run->processes.n) {
        return damaged(in, "a measurement");
    }
    if (!piece.has_summary) {
        piece.summary = (struct pfg_summary){0};
    }
    if (run->series.n) {
        last = (struct placed *)run->series.at[run->series.n - 1];
    }
    if (!last || last->id != id) {
        /* As many as the one before, which most have. */
        size_t room = last ? last->series.pieces.n : 1;

        last = pfg_arena_alloc(arena, sizeof *last);
        last->id = id;
        last->position = position;
        last->series.pieces.at =
            pfg_arena_new_array(arena, struct pfg_piece, room);
        last->series.pieces.cap = room;
        pfg_vec_push(&run->series, arena, &last->series);
    }
    pfg_vec_push(&last->series.pieces, arena, piece);
    return 0;
}

/* --- what the series are --- */

static struct pfg_slice id_bytes(const int64_t *id)
{
    return pfg_slice_make((const char *)id, sizeof *id);
}

static int read_series(struct loader *in, struct pfg_statement *row)
{
    struct pfg_arena *arena = in->known->arena;
    struct pfg_series *series = pfg_arena_alloc(arena, sizeof *series);
    int64_t id = pfg_take_integer(row);

    if (pfg_columns_take(row, NULL, &pfg_kind_series, series, arena)) {
        return damaged(in, "a series");
    }
    *pfg_map_at(&in->known->by_id, id_bytes(&id)) = series;
    return 0;
}

static const struct pfg_series *find_series(const struct loader *in, size_t i)
{
    const struct placed *placed = (struct placed *)in->run->series.at[i];
    void **known = pfg_map_find(&in->known->by_id, id_bytes(&placed->id));

    return known ? *known : NULL;
}

static int describe_series(struct loader *in)
{
    struct pfg_run *run = in->run;
    size_t i = 0;

    while (i < run->series.n && find_series(in, i)) {
        i++;
    }
    if (i < run->series.n &&
        each_row(in, "series.id, ", &pfg_kind_series,
                 " FROM series JOIN benchmark ON benchmark.id ="
                 " series.benchmark WHERE series.id IN"
                 " (SELECT series FROM measurement WHERE run = :run)",
                 read_series) < 0) {
        return -1;
    }
    run->shared = pfg_arena_hold(in->known->arena);
    for (i = 0; i < run->series.n; i++) {
        const struct pfg_series *known = find_series(in, i);
        struct pfg_series *own = run->series.at[i], whole;

        if (!known) {
            return damaged(in, "a series");
        }
        whole = *known;
        memcpy(&whole.pieces, &own->pieces, sizeof whole.pieces);
        *own = whole;
    }
    return 0;
}

static int compare_placed(const void *a, const void *b)
{
    int64_t left = (*(const struct placed *const *)a)->position;
    int64_t right = (*(const struct placed *const *)b)->position;

    return (left > right) - (left < right);
}

static int load(struct loader *in)
{
    int found = each_row(in, "", &pfg_kind_run,
                         ", run.content FROM run"
                         " JOIN revision ON revision.id = run.revision"
                         " JOIN hardware ON hardware.id = run.hardware"
                         " WHERE run.id = :run",
                         read_run);

    if (!found) {
        return pfg_fail(in->err, PFG_DATA, "no run %ld in '%s'", in->run->id,
                        pfg_store_name(in->store));
    }
    if (found < 0 ||
        each_row(in, "number, ", &pfg_kind_process,
                 " FROM process WHERE run = :run ORDER BY number",
                 read_process) < 0 ||
        each_row(in, "measurement.series, measurement.position, n, samples, ",
                 &pfg_kind_piece,
                 " FROM measurement WHERE run = :run"
                 " ORDER BY measurement.series, measurement.number",
                 read_measurement) < 0 ||
        describe_series(in)) {
        return -1;
    }
    if (in->run->series.n) {
        qsort(in->run->series.at, in->run->series.n, sizeof *in->run->series.at,
              compare_placed);
    }
    return 0;
}

static void know_none(struct series_known *known)
{
    known->arena = pfg_arena_new();
    pfg_map_init(&known->by_id, known->arena);
}

static int load_rows(struct pfg_store *store, struct pfg_run **out,
                     char content[PFG_DIGEST_HEX], long id,
                     struct series_known *known, struct pfg_error *err)
{
    struct loader in = {
        .store = store, .content = content, .known = known, .err = err};

    *out = NULL;
    in.run = pfg_run_new();
    in.run->id = id;
    if (load(&in)) {
        pfg_run_free(in.run);
        return -1;
    }
    *out = in.run;
    return 0;
}

int pfg_load_rows(struct pfg_store *store, struct pfg_run **out,
                  char content[PFG_DIGEST_HEX], long id, struct pfg_error *err)
{
    struct series_known known;
    int failed;

    know_none(&known);
    failed = load_rows(store, out, content, id, &known, err);
    pfg_arena_free(known.arena);
    return failed;
}

static int load_checked(struct pfg_store *store, struct pfg_run **out, long id,
                        struct series_known *known, struct pfg_error *err)
{
    char stored[PFG_DIGEST_HEX], found[PFG_DIGEST_HEX];

    if (load_rows(store, out, stored, id, known, err)) {
        return -1;
    }
    pfg_content_of(found, *out);
    if (!strcmp(found, stored)) {
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
                     const long *ids, size_t n, struct pfg_error *err)
{
    struct series_known known;
    size_t i = 0;

    know_none(&known);
    while (i < n && !load_checked(store, &out[i], ids[i], &known, err)) {
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
                        const long *ids, size_t n, struct pfg_error *err)
{
    int failed, attempts = 0;

    do {
        failed = pfg_sql_look(store, err);
        if (!failed) {
            failed = load_list(store, out, ids, n, err);
            pfg_sql_rollback(store);
        }
    } while (failed && pfg_sql_again(store, &attempts));
    return failed ? -1 : 0;
}

int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err)
{
    *out = NULL;
    return pfg_store_load_list(store, out, &id, 1, err);
}
