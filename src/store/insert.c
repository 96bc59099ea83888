#include "store/parts.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/str.h"
#include "model/name.h"

/* How often a transaction is tried that a server or another writer undid. */
#define ATTEMPTS 3

/* A run with so many series looks at whole suites: a server is far away. */
#define MANY 64

/* A row: what is bound first and by hand, and the struct with the rest. */
static const struct table {
    const char *name, *first;
    const struct pfg_field_kind *kind;
    bool has_id;
    bool has_nulls;
} tables[] = {
    {"revision", "", &pfg_kind_run, true},
    {"hardware", "", &pfg_kind_run, true, true},
    {"benchmark", "", &pfg_kind_series, true},
    {"series", "benchmark", &pfg_kind_series, true},
    {"run", "revision, hardware, n_series, content", &pfg_kind_run, true},
    {"process", "run, number", &pfg_kind_process, false},
    {"measurement", "run, series, position, n, median, low, samples",
     &pfg_kind_piece, false},
};

enum row { REVISION, HARDWARE, BENCHMARK, SERIES, RUN, PROCESS, MEASUREMENT };
#define N_TABLES PFG_COUNT(tables)

struct pfg_inserter {
    struct pfg_store *store;
    /* Made when first wanted: what adds a row, and what finds one like it. */
    struct pfg_statement *adders[N_TABLES], *finders[N_TABLES];
    struct pfg_statement *repeat, *suite;
    /* The series of suites that runs with many series have, by what they are;
     * and those suites. */
    struct pfg_map known, suites;
    struct pfg_arena *keys;  /* theirs */
    struct pfg_arena *arena; /* of one run's rows */
    struct pfg_error *err;
};

static struct pfg_statement *prepare(struct pfg_inserter *in,
                                     struct pfg_statement **place,
                                     const char *sql)
{
    if (!*place) {
        pfg_statement_new(place, in->store, sql, in->err);
    }
    return *place;
}

/* "INSERT INTO t (a, b) VALUES (?, ?) RETURNING id" */
static struct pfg_statement *adder(struct pfg_inserter *in, enum row row)
{
    const struct table *table = &tables[row];
    struct pfg_statement *statement = in->adders[row];
    struct pfg_str sql;
    size_t n;

    if (statement) {
        return statement;
    }
    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "INSERT INTO %s (%s%s", table->name, table->first,
                   *table->first ? ", " : "");
    n = pfg_columns_names(&sql, table->name, table->kind, false);
    n += *table->first != '\0';
    for (const char *c = table->first; *c; c++) {
        n += *c == ',';
    }
    pfg_str_puts(&sql, ") VALUES (?");
    pfg_str_repeat(&sql, ", ?", n - 1);
    pfg_str_puts(&sql, table->has_id ? ") RETURNING id" : ")");
    if (row == MEASUREMENT) {
        pfg_statement_new_bulk(&in->adders[row], in->store, sql.ptr, in->err);
    } else {
        prepare(in, &in->adders[row], sql.ptr);
    }
    pfg_str_free(&sql);
    return in->adders[row];
}

/* "SELECT id FROM t WHERE a = ? AND b = ?", or IS, which finds nulls and, with
 * PostgreSQL, uses no index. */
static struct pfg_statement *finder(struct pfg_inserter *in, enum row row)
{
    const struct table *table = &tables[row];
    struct pfg_statement *statement = in->finders[row];
    struct pfg_str sql, names;
    struct pfg_slice rest;
    const char *joint = " WHERE ";

    if (statement) {
        return statement;
    }
    pfg_str_init(&sql, 0);
    pfg_str_init(&names, 0);
    pfg_columns_names(&names, table->name, table->kind, false);
    pfg_str_printf(&sql, "SELECT id FROM %s", table->name);
    for (rest = pfg_str_slice(&names); rest.len; joint = " AND") {
        struct pfg_slice name = pfg_take_until(&rest, ',');

        pfg_str_printf(&sql, "%s%.*s %s ?", joint, PFG_SLICE(name),
                       table->has_nulls ? "IS" : "=");
    }
    statement = prepare(in, &in->finders[row], sql.ptr);
    pfg_str_free(&names);
    pfg_str_free(&sql);
    return statement;
}

/* The id of a row with these values, which is made where there is none. */
static int intern(struct pfg_inserter *in, enum row row, const void *object,
                  int64_t *id)
{
    const struct table *table = &tables[row];
    struct pfg_statement *find = finder(in, row), *add;
    int got;

    if (!find) {
        return -1;
    }
    pfg_columns_bind(find, table->name, table->kind, object, in->arena);
    got = pfg_statement_number(find, id, in->err);
    if (got) {
        return got < 0 ? -1 : 0;
    }
    add = adder(in, row);
    if (!add) {
        return -1;
    }
    pfg_columns_bind(add, table->name, table->kind, object, in->arena);
    return pfg_statement_number(add, id, in->err) < 0 ? -1 : 0;
}

static int add_series(struct pfg_inserter *in, const struct pfg_series *series,
                      int64_t *id)
{
    struct pfg_statement *add = adder(in, SERIES);
    int64_t benchmark;

    if (!add || intern(in, BENCHMARK, series, &benchmark)) {
        return -1;
    }
    pfg_bind_integer(add, NULL, benchmark);
    pfg_columns_bind(add, "series", &pfg_kind_series, series, in->arena);
    return pfg_statement_number(add, id, in->err) < 0 ? -1 : 0;
}

static int find_series(struct pfg_inserter *in, const struct pfg_series *series,
                       int64_t *id)
{
    struct pfg_statement *find = prepare(
        in, &in->finders[SERIES],
        "SELECT id FROM series WHERE key = ? AND unit = ? AND better = ?"
        " AND exact = ? AND derived = ?");

    if (!find) {
        return -1;
    }
    pfg_bind_text(find, NULL, series->key);
    pfg_bind_text(find, NULL, series->unit);
    pfg_bind_text(find, NULL, pfg_direction_name(series->better));
    pfg_bind_integer(find, NULL, series->exact);
    pfg_bind_integer(find, NULL, series->derived);
    return pfg_statement_number(find, id, in->err);
}

/* Where a series has its id among those known. */
static uintptr_t *known_at(struct pfg_inserter *in, const char *key,
                           const char *unit, const char *better, bool exact,
                           bool derived)
{
    const char *text = pfg_arena_printf(in->keys, "%s\n%s\n%s\n%d%d", key, unit,
                                        better, exact, derived);

    return (uintptr_t *)pfg_map_at(&in->known, pfg_slice_of(text));
}

/* All series of a suite, at once. */
static int know_suite(struct pfg_inserter *in, const char *suite)
{
    struct pfg_statement *row = prepare(
        in, &in->suite,
        "SELECT series.id, key, unit, better, exact, derived FROM series"
        " JOIN benchmark ON benchmark.id = series.benchmark WHERE suite = ?");
    void **known = pfg_map_at(&in->suites, pfg_slice_of(suite));
    int got = 0;

    if (!row) {
        return -1;
    }
    if (*known) {
        return 0;
    }
    *known = in;
    pfg_bind_text(row, NULL, suite);
    while ((got = pfg_statement_step(row, in->err)) == 1) {
        int64_t id = pfg_take_integer(row);
        const char *key = pfg_take_text(row, in->keys);
        const char *unit = pfg_take_text(row, in->keys);
        const char *better = pfg_take_text(row, in->keys);
        bool exact = pfg_take_integer(row), derived = pfg_take_integer(row);

        *known_at(in, key, unit, better, exact, derived) = (uintptr_t)id;
    }
    return got;
}

/* Its key is what makes a series one of its own, with what values mean. */
static int intern_series(struct pfg_inserter *in, const struct pfg_run *run,
                         const struct pfg_series *series, int64_t *id)
{
    uintptr_t *known;
    int got;

    if (run->series.n < MANY) {
        got = find_series(in, series, id);
        return got ? (got < 0 ? -1 : 0) : add_series(in, series, id);
    }
    if (know_suite(in, series->suite)) {
        return -1;
    }
    known = known_at(in, series->key, series->unit,
                     pfg_direction_name(series->better), series->exact,
                     series->derived);
    if (*known) {
        *id = (int64_t)*known;
        return 0;
    }
    if (add_series(in, series, id)) {
        return -1;
    }
    *known = (uintptr_t)*id;
    return 0;
}

/* A piece's place: its run, its series, and where that stands in the run. */
struct place {
    int64_t run, series;
    size_t position;
    enum pfg_direction better;
};

static int add_piece(struct pfg_inserter *in, const struct place *place,
                     const struct pfg_piece *piece)
{
    struct pfg_statement *to = adder(in, MEASUREMENT);
    struct pfg_level level;

    if (!to) {
        return -1;
    }
    pfg_arena_clear(in->arena);
    level = pfg_level_of(piece, place->better, in->arena);
    pfg_bind_integer(to, NULL, place->run);
    pfg_bind_integer(to, NULL, place->series);
    pfg_bind_integer(to, NULL, (int64_t)place->position);
    pfg_bind_integer(to, NULL, (int64_t)piece->n);
    pfg_bind_real(to, NULL, level.median);
    pfg_bind_real(to, NULL, level.low);
    pfg_bind_bytes(to, NULL, pfg_sample_bytes(piece, in->arena));
    pfg_columns_bind(to, NULL, &pfg_kind_piece, piece, in->arena);
    return pfg_statement_run(to, in->err);
}

static int add_pieces(struct pfg_inserter *in, const struct pfg_run *run,
                      int64_t id)
{
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        struct place place = {
            .run = id, .position = i, .better = series->better};

        pfg_arena_clear(in->arena);
        if (series->pieces.n && intern_series(in, run, series, &place.series)) {
            return -1;
        }
        for (size_t j = 0; j < series->pieces.n; j++) {
            if (add_piece(in, &place, &series->pieces.at[j])) {
                return -1;
            }
        }
    }
    return in->adders[MEASUREMENT]
               ? pfg_statement_flush(in->adders[MEASUREMENT], in->err)
               : 0;
}

static int add_processes(struct pfg_inserter *in, const struct pfg_run *run,
                         int64_t id)
{
    struct pfg_statement *to = adder(in, PROCESS);

    for (size_t i = 0; to && i < run->processes.n; i++) {
        pfg_bind_integer(to, NULL, id);
        pfg_bind_integer(to, NULL, (int64_t)i);
        pfg_columns_bind(to, NULL, &pfg_kind_process, &run->processes.at[i],
                         in->arena);
        if (pfg_statement_run(to, in->err)) {
            return -1;
        }
    }
    return to ? 0 : -1;
}

static size_t count_series(const struct pfg_run *run)
{
    size_t n = 0;

    for (size_t i = 0; i < run->series.n; i++) {
        n += run->series.at[i]->pieces.n > 0;
    }
    return n;
}

static int add_run(struct pfg_inserter *in, const struct pfg_run *run,
                   int64_t *id)
{
    const char *hardware_name = run->profile.name;
    struct pfg_statement *to = adder(in, RUN);
    char content[PFG_DIGEST_HEX];
    int64_t revision, hardware;

    if (hardware_name && *hardware_name &&
        pfg_name_check(hardware_name, "hardware", PFG_DATA, (struct pfg_pos){0},
                       in->err)) {
        return -1;
    }
    if (!to || intern(in, REVISION, run, &revision) ||
        intern(in, HARDWARE, run, &hardware)) {
        return -1;
    }
    pfg_content_of(content, run);
    pfg_bind_integer(to, NULL, revision);
    pfg_bind_integer(to, NULL, hardware);
    pfg_bind_integer(to, NULL, (int64_t)count_series(run));
    pfg_bind_text(to, NULL, content);
    pfg_columns_bind(to, "run", &pfg_kind_run, run, in->arena);
    if (pfg_statement_number(to, id, in->err) < 0 ||
        add_processes(in, run, *id)) {
        return -1;
    }
    return add_pieces(in, run, *id);
}

/* 1: the same input is there for this revision and hardware, as run *id. */
static int find_repeat(struct pfg_inserter *in, const struct pfg_run *run,
                       int64_t *id)
{
    const char *fingerprint = run->profile.fingerprint;
    struct pfg_statement *find =
        prepare(in, &in->repeat,
                "SELECT run.id FROM run"
                " JOIN revision ON revision.id = run.revision"
                " JOIN hardware ON hardware.id = run.hardware"
                " WHERE run.digest = ? AND revision.sha = ?"
                " AND hardware.fingerprint = ? ORDER BY run.id LIMIT 1");

    if (!find) {
        return -1;
    }
    if (!*run->digest) {
        return 0;
    }
    pfg_bind_text(find, NULL, run->digest);
    pfg_bind_text(find, NULL, run->revision.id);
    pfg_bind_text(find, NULL, fingerprint ? fingerprint : "");
    return pfg_statement_number(find, id, in->err);
}

/* Ids stay aside until nothing can fail any more. */
static int add_all(struct pfg_inserter *in, int64_t *ids, bool *repeats,
                   struct pfg_run *const *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int found = find_repeat(in, runs[i], &ids[i]);

        if (found < 0) {
            return -1;
        }
        repeats[i] = found;
        pfg_arena_clear(in->arena);
        if (!found && add_run(in, runs[i], &ids[i])) {
            return -1;
        }
    }
    return 0;
}

struct pfg_inserter *pfg_inserter_new(struct pfg_store *store)
{
    struct pfg_inserter *in = pfg_alloc(sizeof *in);

    in->store = store;
    in->arena = pfg_arena_new();
    in->keys = pfg_arena_new();
    pfg_map_init(&in->known, in->keys);
    pfg_map_init(&in->suites, in->keys);
    return in;
}

int pfg_inserter_add(struct pfg_inserter *in, int64_t *id,
                     const struct pfg_run *run, struct pfg_error *err)
{
    in->err = err;
    pfg_arena_clear(in->arena);
    return add_run(in, run, id);
}

void pfg_inserter_free(struct pfg_inserter *in)
{
    if (in) {
        for (size_t i = 0; i < N_TABLES; i++) {
            pfg_statement_free(in->adders[i]);
            pfg_statement_free(in->finders[i]);
        }
        pfg_statement_free(in->repeat);
        pfg_statement_free(in->suite);
        pfg_arena_free(in->keys);
        pfg_arena_free(in->arena);
        free(in);
    }
}

/* One attempt, with nothing in mind of one before. */
static int try_add(struct pfg_store *store, int64_t *ids, bool *repeats,
                   struct pfg_run *const *runs, size_t n, struct pfg_error *err)
{
    struct pfg_inserter *in = pfg_inserter_new(store);
    int failed = pfg_sql_begin(store, err);

    in->err = err;
    if (!failed) {
        failed = pfg_sql_end(store, add_all(in, ids, repeats, runs, n), err);
    }
    pfg_inserter_free(in);
    return failed;
}

int pfg_store_add(struct pfg_store *store, enum pfg_stored *out,
                  struct pfg_run *const *runs, size_t n, struct pfg_error *err)
{
    int64_t *ids = pfg_alloc(pfg_array_size(n + 1, sizeof *ids));
    bool *repeats = pfg_alloc(n + 1);
    int failed, attempts = 0;

    do {
        failed = try_add(store, ids, repeats, runs, n, err);
    } while (failed && pfg_sql_may_repeat(store) && ++attempts < ATTEMPTS);
    for (size_t i = 0; i < n && !failed; i++) {
        out[i] = repeats[i] ? PFG_STORED_ALREADY : PFG_STORED;
        runs[i]->id = (long)ids[i];
    }
    free(repeats);
    free(ids);
    return failed;
}
