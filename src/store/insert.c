#include "store/rows.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/str.h"
#include "model/name.h"
#include "store/pack/packs.h"

struct pfg_inserter {
    struct pfg_rows rows;
    struct pfg_series_ids *series;
    struct pfg_statement *repeat, *add_point, *add_pack;
    struct pfg_packer *packer;
};

static int add_piece(struct pfg_inserter *in, const struct pfg_run *run,
                     int64_t id, int64_t series, const struct pfg_piece *piece,
                     enum pfg_direction better)
{
    if (piece->process >= run->processes.n) {
        return pfg_fail(
            in->rows.err, PFG_SYSTEM,
            "cannot write '%s': a measurement belongs to process %zu of %zu",
            pfg_store_name(in->rows.store), piece->process + 1,
            run->processes.n);
    }
    pfg_arena_clear(in->rows.arena);
    pfg_packer_add(in->packer, series, piece);
    return pfg_point_add(in->add_point, id, series, piece, better,
                         in->rows.arena, in->rows.err);
}

static int write_pack(struct pfg_inserter *in, int64_t run, int64_t number)
{
    struct pfg_slice data = pfg_packer_finish(in->packer);

    if (!data.len) {
        return 0;
    }
    if (!in->add_pack &&
        pfg_statement_new_bulk(&in->add_pack, in->rows.store,
                               "INSERT INTO pack (run, number, data)"
                               " VALUES (?, ?, ?)",
                               in->rows.err)) {
        return -1;
    }
    pfg_bind_integer(in->add_pack, NULL, run);
    pfg_bind_integer(in->add_pack, NULL, number);
    pfg_bind_bytes(in->add_pack, NULL, data);
    return pfg_statement_run(in->add_pack, in->rows.err);
}

static int add_pieces(struct pfg_inserter *in, const struct pfg_run *run,
                      int64_t id)
{
    int64_t n_packs = 0;

    if (pfg_series_ids_prepare(in->series, run) ||
        (!in->add_point &&
         pfg_points_adder(&in->add_point, in->rows.store, in->rows.err))) {
        return -1;
    }
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        int64_t series_id;

        pfg_arena_clear(in->rows.arena);
        if (series->pieces.n &&
            pfg_series_ids_find(in->series, series, &series_id)) {
            return -1;
        }
        for (size_t j = 0; j < series->pieces.n; j++) {
            if (add_piece(in, run, id, series_id, &series->pieces.at[j],
                          series->better) ||
                (pfg_packer_is_full(in->packer) &&
                 write_pack(in, id, n_packs++))) {
                return -1;
            }
        }
    }
    return write_pack(in, id, n_packs);
}

static int add_processes(struct pfg_inserter *in, const struct pfg_run *run,
                         int64_t id)
{
    struct pfg_statement *to = pfg_rows_bulk(&in->rows, PFG_ROW_PROCESS);

    for (size_t i = 0; to && i < run->processes.n; i++) {
        pfg_bind_integer(to, NULL, id);
        pfg_bind_integer(to, NULL, (int64_t)i);
        pfg_rows_bind(&in->rows, PFG_ROW_PROCESS, to, &run->processes.at[i]);
        if (pfg_statement_run(to, in->rows.err)) {
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
    struct pfg_statement *to = pfg_rows_adder(&in->rows, PFG_ROW_RUN);
    char content[PFG_DIGEST_HEX];
    int64_t revision, hardware;

    if (hardware_name && *hardware_name &&
        pfg_name_check(hardware_name, "hardware", PFG_DATA, (struct pfg_pos){0},
                       in->rows.err)) {
        return -1;
    }
    if (!to || pfg_rows_intern(&in->rows, PFG_ROW_REVISION, run, &revision) ||
        pfg_rows_intern(&in->rows, PFG_ROW_HARDWARE, run, &hardware)) {
        return -1;
    }
    pfg_content_of(content, run);
    pfg_bind_integer(to, NULL, revision);
    pfg_bind_integer(to, NULL, hardware);
    pfg_bind_integer(to, NULL, (int64_t)count_series(run));
    pfg_bind_text(to, NULL, content);
    pfg_rows_bind(&in->rows, PFG_ROW_RUN, to, run);
    if (pfg_statement_number(to, id, in->rows.err) < 0 ||
        add_processes(in, run, *id)) {
        return -1;
    }
    return add_pieces(in, run, *id);
}

/* 1 if the same input is stored for this revision and hardware, as run *id. */
static int find_repeat(struct pfg_inserter *in, const struct pfg_run *run,
                       int64_t *id)
{
    const char *fingerprint = run->profile.fingerprint;

    if (!*run->digest) {
        return 0;
    }
    if (!in->repeat &&
        pfg_statement_new(&in->repeat, in->rows.store,
                          "SELECT run.id FROM run"
                          " JOIN revision ON revision.id = run.revision"
                          " JOIN hardware ON hardware.id = run.hardware"
                          " WHERE run.digest = ? AND revision.sha = ?"
                          " AND hardware.fingerprint = ?"
                          " ORDER BY run.id LIMIT 1",
                          in->rows.err)) {
        return -1;
    }
    pfg_bind_text(in->repeat, NULL, run->digest);
    pfg_bind_text(in->repeat, NULL, run->revision.id);
    pfg_bind_text(in->repeat, NULL, fingerprint ? fingerprint : "");
    return pfg_statement_number(in->repeat, id, in->rows.err);
}

static int flush(struct pfg_inserter *in)
{
    return pfg_rows_flush(&in->rows) ||
                   (in->add_point &&
                    pfg_statement_flush(in->add_point, in->rows.err)) ||
                   (in->add_pack &&
                    pfg_statement_flush(in->add_pack, in->rows.err))
               ? -1
               : 0;
}

/* The caller copies the ids once the transaction has been committed. */
static int add_all(struct pfg_inserter *in, int64_t *ids, bool *repeats,
                   struct pfg_run *const *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int found = find_repeat(in, runs[i], &ids[i]);

        if (found < 0) {
            return -1;
        }
        repeats[i] = found;
        pfg_arena_clear(in->rows.arena);
        if (!found && add_run(in, runs[i], &ids[i])) {
            return -1;
        }
    }
    return flush(in);
}

struct pfg_inserter *pfg_inserter_new(struct pfg_store *store)
{
    struct pfg_inserter *in = pfg_alloc(sizeof *in);

    in->rows.store = store;
    in->rows.arena = pfg_arena_new();
    in->series = pfg_series_ids_new(&in->rows);
    in->packer = pfg_packer_new();
    return in;
}

int pfg_inserter_add(struct pfg_inserter *in, int64_t *id,
                     const struct pfg_run *run, struct pfg_error *err)
{
    in->rows.err = err;
    pfg_arena_clear(in->rows.arena);
    return add_run(in, run, id);
}

int pfg_inserter_flush(struct pfg_inserter *in, struct pfg_error *err)
{
    in->rows.err = err;
    return flush(in);
}

void pfg_inserter_free(struct pfg_inserter *in)
{
    if (in) {
        pfg_rows_free(&in->rows);
        pfg_series_ids_free(in->series);
        pfg_statement_free(in->repeat);
        pfg_statement_free(in->add_point);
        pfg_statement_free(in->add_pack);
        pfg_packer_free(in->packer);
        pfg_arena_free(in->rows.arena);
        free(in);
    }
}

/* One attempt, which keeps nothing of an earlier one. */
static int try_add(struct pfg_store *store, int64_t *ids, bool *repeats,
                   struct pfg_run *const *runs, size_t n, struct pfg_error *err)
{
    struct pfg_inserter *in = pfg_inserter_new(store);
    int failed = pfg_sql_begin(store, err);

    in->rows.err = err;
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
    } while (failed && pfg_sql_again(store, &attempts));
    for (size_t i = 0; i < n && !failed; i++) {
        out[i] = repeats[i] ? PFG_STORED_ALREADY : PFG_STORED;
        runs[i]->id = (long)ids[i];
    }
    free(repeats);
    free(ids);
    return failed;
}
