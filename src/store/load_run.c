#include "store/load_run.h"

#include <endian.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec.h"
#include "unit/unit.h"

struct loader {
    struct pfg_database *database;
    struct pfg_run *run;
    struct pfg_error *err;
};

static int damaged(struct loader *in, const char *what)
{
    pfg_fail(in->err, PFG_SYSTEM, "'%s' is damaged: %s of run %ld",
             pfg_database_path(in->database), what, in->run->id);
    return pfg_hint(in->err, "restore it from a copy, or begin a new one");
}

/* The lines of `text`, borrowed from it after it was cut. */
static size_t split_lines(char *text, const char ***out,
                          struct pfg_arena *arena)
{
    size_t n = 1;

    for (const char *c = text; *c; c++) {
        n += *c == '\n';
    }
    *out = pfg_arena_new_array(arena, const char *, n);
    (*out)[0] = text;
    for (size_t i = 1; i < n; i++) {
        text = strchr(text, '\n');
        *text++ = '\0';
        (*out)[i] = text;
    }
    return n;
}

static int read_facts(struct loader *in, struct pfg_statement *row,
                      struct pfg_fact **out, size_t *n)
{
    struct pfg_slice text = pfg_take_bytes(row);
    struct pfg_json_document *document;
    int result;

    if (pfg_json_parse(&document, text, pfg_database_path(in->database), 0,
                       NULL)) {
        return damaged(in, "a list");
    }
    result = pfg_codec_read_facts(out, n, document, pfg_json_root(document),
                                  in->run->arena, NULL);
    pfg_json_free(document);
    return result ? damaged(in, "a list") : 0;
}

static int read_notes(struct loader *in, struct pfg_statement *row,
                      struct pfg_profile *profile)
{
    struct pfg_fact *facts;

    if (read_facts(in, row, &facts, &profile->n_notes)) {
        return -1;
    }
    profile->notes = pfg_arena_new_array(
        in->run->arena, struct pfg_profile_note, profile->n_notes);
    for (size_t i = 0; i < profile->n_notes; i++) {
        profile->notes[i].key = facts[i].key;
        profile->notes[i].value = facts[i].value;
    }
    return 0;
}

static void read_revision(struct pfg_statement *row,
                          struct pfg_revision *revision,
                          struct pfg_arena *arena)
{
    revision->id = pfg_take_text(row, arena);
    revision->tree = pfg_take_text(row, arena);
    revision->subject = pfg_take_text(row, arena);
    revision->time = pfg_take_integer(row);
    revision->named = pfg_take_integer(row) != 0;
    revision->branch = pfg_take_text(row, arena);
    revision->merge = pfg_take_text(row, arena);
    revision->dirty = pfg_take_integer(row) != 0;
}

static void read_profile(struct pfg_statement *row, struct pfg_profile *profile,
                         struct pfg_arena *arena)
{
    int64_t cpus;
    char *gpus;

    profile->fingerprint = pfg_take_text(row, arena);
    profile->name = pfg_take_text(row, arena);
    profile->name_given = pfg_take_integer(row) != 0;
    profile->arch = pfg_take_optional(row, arena);
    profile->cpu_vendor = pfg_take_optional(row, arena);
    profile->cpu_family = pfg_take_optional(row, arena);
    profile->cpu_model = pfg_take_optional(row, arena);
    profile->cpu_stepping = pfg_take_optional(row, arena);
    profile->cpu_name = pfg_take_optional(row, arena);
    cpus = pfg_take_integer(row);
    profile->cpus = cpus > 0 && cpus <= INT_MAX ? (int)cpus : 0;
    gpus = pfg_take_optional(row, arena);
    profile->n_gpus =
        gpus && *gpus ? split_lines(gpus, &profile->gpus, arena) : 0;
}

static int read_run(struct loader *in, struct pfg_statement *row)
{
    struct pfg_run *run = in->run;
    struct pfg_arena *arena = run->arena;

    read_revision(row, &run->revision, arena);
    read_profile(row, &run->profile, arena);
    run->time = pfg_take_integer(row);
    run->tool = pfg_take_text(row, arena);
    run->source = pfg_take_text(row, arena);
    run->digest = pfg_take_text(row, arena);
    run->label = pfg_take_text(row, arena);
    run->failure = pfg_take_text(row, arena);
    run->n_measurements = (size_t)pfg_take_integer(row);
    run->n_warnings = (size_t)pfg_take_integer(row);
    run->n_failed = (size_t)pfg_take_integer(row);
    if (read_notes(in, row, &run->profile) ||
        read_facts(in, row, &run->facts.at, &run->facts.n)) {
        return -1;
    }
    run->facts.cap = run->facts.n;
    return 0;
}

/* Calls `take` with each row of a query about the run; 1 when there were any.
 */
static int each_row(struct loader *in, const char *sql,
                    int (*take)(struct loader *, struct pfg_statement *))
{
    struct pfg_statement *row;
    int got, any = 0;

    if (pfg_statement_new(&row, in->database, sql, in->err)) {
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
    process.round = (long)pfg_take_integer(row);
    process.time = pfg_take_integer(row);
    pfg_vec_push(&in->run->processes, in->run->arena, process);
    return 0;
}

/* Rows come by series, which is not the order of the run: that one is put
 * back at the end. */
struct placed {
    struct pfg_series series;
    int64_t id, position;
};

static int read_series(struct loader *in, struct pfg_statement *row,
                       struct placed *out)
{
    struct pfg_series *series = &out->series;
    struct pfg_arena *arena = in->run->arena;
    const char *better;

    series->key = pfg_take_text(row, arena);
    series->metric = pfg_take_text(row, arena);
    series->unit = pfg_take_text(row, arena);
    better = pfg_take_text(row, arena);
    series->exact = pfg_take_integer(row) != 0;
    series->derived = pfg_take_integer(row) != 0;
    series->suite = pfg_take_text(row, arena);
    series->benchmark = pfg_take_text(row, arena);
    if (read_facts(in, row, &series->params, &series->n_params) ||
        read_facts(in, row, &series->variant, &series->n_variant)) {
        return -1;
    }
    if (pfg_direction_parse(&series->better, pfg_slice_of(better))) {
        return damaged(in, "a direction");
    }
    pfg_vec_push(&in->run->series, arena, series);
    return 0;
}

/* The columns of a series, which are read where another one begins. */
#define SERIES_COLUMNS 10

static int read_samples(struct loader *in, struct pfg_statement *row,
                        struct pfg_piece *piece)
{
    int64_t n = pfg_take_integer(row);
    struct pfg_slice bytes = pfg_take_bytes(row);

    if (n < 0 || bytes.len % sizeof(double) ||
        bytes.len / sizeof(double) != (uint64_t)n) {
        return damaged(in, "samples");
    }
    piece->n = (size_t)n;
    piece->values = pfg_arena_new_array(in->run->arena, double, piece->n);
    for (size_t i = 0; i < piece->n; i++) {
        uint64_t bits;

        memcpy(&bits, bytes.ptr + i * sizeof bits, sizeof bits);
        bits = le64toh(bits);
        memcpy(&piece->values[i], &bits, sizeof bits);
    }
    return 0;
}

static void read_summary(struct pfg_statement *row, struct pfg_piece *piece)
{
    struct pfg_summary *summary = &piece->summary;

    piece->has_summary = pfg_take_integer(row) != 0;
    summary->value = pfg_take_real(row);
    summary->lower = pfg_take_real(row);
    summary->upper = pfg_take_real(row);
    summary->level = pfg_take_real(row);
    summary->error = pfg_take_real(row);
    summary->stddev = pfg_take_real(row);
    summary->min = pfg_take_real(row);
    summary->max = pfg_take_real(row);
    summary->count = pfg_take_real(row);
    summary->resolution = pfg_take_real(row);
    if (!piece->has_summary) {
        *summary = (struct pfg_summary){0};
    }
}

static int read_piece(struct loader *in, struct pfg_statement *row,
                      struct pfg_series *series)
{
    struct pfg_arena *arena = in->run->arena;
    struct pfg_piece piece = {0};
    char *written;

    piece.number = (size_t)pfg_take_integer(row);
    piece.process = (size_t)pfg_take_integer(row);
    if (piece.process >= in->run->processes.n ||
        read_samples(in, row, &piece)) {
        return damaged(in, "a measurement");
    }
    read_summary(row, &piece);
    piece.written_unit = pfg_take_text(row, arena);
    written = pfg_take_optional(row, arena);
    if (written) {
        piece.n_written = split_lines(written, &piece.written, arena);
    }
    piece.events = pfg_take_real(row);
    piece.trials = pfg_take_real(row);
    piece.error = pfg_take_text(row, arena);
    piece.budget = pfg_take_text(row, arena);
    piece.budget_crossed = pfg_take_integer(row) != 0;
    piece.file = pfg_take_text(row, arena);
    piece.line = (long)pfg_take_integer(row);
    pfg_vec_push(&series->pieces, arena, piece);
    return 0;
}

static int read_measurement(struct loader *in, struct pfg_statement *row)
{
    struct pfg_run *run = in->run;
    int64_t id = pfg_take_integer(row), position = pfg_take_integer(row);
    struct placed *last = NULL;

    if (run->series.n) {
        last = (struct placed *)run->series.at[run->series.n - 1];
    }
    if (last && last->id == id) {
        pfg_take_nothing(row, SERIES_COLUMNS);
    } else {
        last = pfg_arena_alloc(run->arena, sizeof *last);
        last->id = id;
        last->position = position;
        if (read_series(in, row, last)) {
            return -1;
        }
    }
    return read_piece(in, row, &last->series);
}

static int compare_placed(const void *a, const void *b)
{
    int64_t left = (*(const struct placed *const *)a)->position;
    int64_t right = (*(const struct placed *const *)b)->position;

    return (left > right) - (left < right);
}

static int load_rows(struct loader *in)
{
    int found = each_row(
        in,
        "SELECT revision.sha, revision.tree, revision.subject, revision.time,"
        " revision.named, run.branch, run.merged, run.dirty,"
        " hardware.fingerprint, hardware.name, hardware.name_given,"
        " hardware.arch, hardware.cpu_vendor, hardware.cpu_family,"
        " hardware.cpu_model, hardware.cpu_stepping, hardware.cpu_name,"
        " hardware.cpus, hardware.gpus, run.time, run.tool, run.source,"
        " run.digest, run.label, run.failure, run.n_measurements,"
        " run.n_warnings, run.n_failed, run.recorded, run.facts FROM run"
        " JOIN revision ON revision.id = run.revision"
        " JOIN hardware ON hardware.id = run.hardware WHERE run.id = :run",
        read_run);

    if (!found) {
        return pfg_fail(in->err, PFG_DATA, "no run %ld in '%s'", in->run->id,
                        pfg_database_path(in->database));
    }
    if (found < 0 ||
        each_row(in,
                 "SELECT number, round, time FROM process WHERE run = :run"
                 " ORDER BY number",
                 read_process) < 0 ||
        each_row(in,
                 "SELECT measurement.series, measurement.position, series.key,"
                 " series.metric, series.unit, series.better, series.exact,"
                 " series.derived, benchmark.suite, benchmark.name,"
                 " benchmark.params, series.variant, number, process, n,"
                 " samples, is_summary, value, lower, upper, level,"
                 " standard_error, standard_deviation, minimum, maximum,"
                 " observations, resolution, written_unit, written, events,"
                 " trials, error, budget, budget_crossed, file, line"
                 " FROM measurement"
                 " JOIN series ON series.id = measurement.series"
                 " JOIN benchmark ON benchmark.id = series.benchmark"
                 " WHERE measurement.run = :run"
                 " ORDER BY measurement.series, measurement.number",
                 read_measurement) < 0) {
        return -1;
    }
    return 0;
}

int pfg_load_run(struct pfg_database *database, struct pfg_run **out, long id,
                 struct pfg_error *err)
{
    struct pfg_run *run;
    struct loader in = {.database = database, .err = err};
    int failed;

    *out = NULL;
    if (pfg_database_look(database, err)) {
        return -1;
    }
    in.run = run = pfg_run_new();
    run->id = id;
    failed = load_rows(&in);
    pfg_database_rollback(database);
    if (failed) {
        pfg_run_free(run);
        return -1;
    }
    if (run->series.n) {
        qsort(run->series.at, run->series.n, sizeof *run->series.at,
              compare_placed);
    }
    *out = run;
    return 0;
}
