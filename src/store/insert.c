#include "store/insert.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/str.h"
#include "model/codec.h"
#include "stats/lower_quartile.h"
#include "model/name.h"
#include "stats/sample.h"
#include "unit/unit.h"

enum sql {
    FIND_REPEAT,
    FIND_REVISION,
    ADD_REVISION,
    FIND_HARDWARE,
    ADD_HARDWARE,
    FIND_BENCHMARK,
    ADD_BENCHMARK,
    FIND_SERIES,
    ADD_SERIES,
    ADD_RUN,
    ADD_PROCESS,
    ADD_MEASUREMENT,
    N_SQL,
};

static const char *const texts[N_SQL] = {
    [FIND_REPEAT] = "SELECT run.id FROM run"
                    " JOIN revision ON revision.id = run.revision"
                    " JOIN hardware ON hardware.id = run.hardware"
                    " WHERE run.digest = :digest AND revision.sha = :sha"
                    " AND hardware.fingerprint = :fingerprint"
                    " ORDER BY run.id LIMIT 1",
    [FIND_REVISION] =
        "SELECT id FROM revision WHERE sha = :sha AND tree = :tree"
        " AND subject = :subject AND time = :time AND named = :named",
    [ADD_REVISION] =
        "INSERT INTO revision (sha, tree, subject, time, named)"
        " VALUES (:sha, :tree, :subject, :time, :named) RETURNING id",
    [FIND_HARDWARE] = "SELECT id FROM hardware WHERE fingerprint = :fingerprint"
                      " AND name = :name AND name_given = :name_given"
                      " AND arch IS NOT DISTINCT FROM :arch"
                      " AND cpu_vendor IS NOT DISTINCT FROM :cpu_vendor"
                      " AND cpu_family IS NOT DISTINCT FROM :cpu_family"
                      " AND cpu_model IS NOT DISTINCT FROM :cpu_model"
                      " AND cpu_stepping IS NOT DISTINCT FROM :cpu_stepping"
                      " AND cpu_name IS NOT DISTINCT FROM :cpu_name"
                      " AND cpus = :cpus AND gpus = :gpus",
    [ADD_HARDWARE] =
        "INSERT INTO hardware (fingerprint, name, name_given, arch,"
        " cpu_vendor, cpu_family, cpu_model, cpu_stepping, cpu_name, cpus,"
        " gpus)"
        " VALUES (:fingerprint, :name, :name_given, :arch, :cpu_vendor,"
        " :cpu_family, :cpu_model, :cpu_stepping, :cpu_name, :cpus, :gpus)"
        " RETURNING id",
    [FIND_BENCHMARK] =
        "SELECT id FROM benchmark WHERE suite = :suite AND name = :name"
        " AND params = :params",
    [ADD_BENCHMARK] = "INSERT INTO benchmark (suite, name, params)"
                      " VALUES (:suite, :name, :params) RETURNING id",
    [FIND_SERIES] =
        "SELECT id FROM series WHERE key = :key AND unit = :unit"
        " AND better = :better AND exact = :exact AND derived = :derived",
    [ADD_SERIES] =
        "INSERT INTO series (key, benchmark, metric, unit, better, variant,"
        " exact, derived)"
        " VALUES (:key, :benchmark, :metric, :unit, :better, :variant,"
        " :exact, :derived) RETURNING id",
    [ADD_RUN] =
        "INSERT INTO run (revision, hardware, time, branch, merged, dirty,"
        " tool, source, digest, label, failure, recorded, facts, n_series,"
        " n_measurements, n_warnings, n_failed)"
        " VALUES (:revision, :hardware, :time, :branch, :merged, :dirty,"
        " :tool, :source, :digest, :label, :failure, :recorded, :facts,"
        " :n_series, :n_measurements, :n_warnings, :n_failed) RETURNING id",
    [ADD_PROCESS] = "INSERT INTO process (run, number, round, time)"
                    " VALUES (:run, :number, :round, :time)",
    [ADD_MEASUREMENT] =
        "INSERT INTO measurement (run, series, number, process, position, n,"
        " median, low, samples, is_summary, value, lower, upper, level,"
        " standard_error, standard_deviation, minimum, maximum, observations,"
        " resolution, written_unit, written, events, trials, error, budget,"
        " budget_crossed, file, line)"
        " VALUES (:run, :series, :number, :process, :position, :n, :median,"
        " :low, :samples, :is_summary, :value, :lower, :upper, :level,"
        " :standard_error, :standard_deviation, :minimum, :maximum,"
        " :observations, :resolution, :written_unit, :written, :events,"
        " :trials, :error, :budget, :budget_crossed, :file, :line)",
};

struct pfg_inserter {
    struct pfg_database *database;
    struct pfg_statement *statements[N_SQL]; /* made when first wanted */
    struct pfg_arena *arena;                 /* of one run's rows */
    struct pfg_str written;
    struct pfg_error *err;
};

static struct pfg_statement *statement(struct pfg_inserter *in, enum sql which)
{
    struct pfg_statement **place = &in->statements[which];

    if (!*place) {
        pfg_statement_new(place, in->database, texts[which], in->err);
    }
    return *place;
}

typedef void bind_row(struct pfg_statement *, const void *row);

/* The id of a row with these values, which is made where there is none. */
static int intern(struct pfg_inserter *in, enum sql find, enum sql add,
                  bind_row *bind, const void *row, int64_t *id)
{
    struct pfg_statement *finder = statement(in, find);
    struct pfg_statement *adder;
    int got;

    if (!finder) {
        return -1;
    }
    bind(finder, row);
    got = pfg_statement_number(finder, id, in->err);
    if (got) {
        return got < 0 ? -1 : 0;
    }
    adder = statement(in, add);
    if (!adder) {
        return -1;
    }
    bind(adder, row);
    return pfg_statement_number(adder, id, in->err) < 0 ? -1 : 0;
}

static void bind_revision(struct pfg_statement *to, const void *row)
{
    const struct pfg_revision *revision = row;

    pfg_bind_text(to, ":sha", revision->id);
    pfg_bind_text(to, ":tree", revision->tree);
    pfg_bind_text(to, ":subject", revision->subject);
    pfg_bind_integer(to, ":time", revision->time);
    pfg_bind_integer(to, ":named", revision->named);
}

/* Rows that the model does not have as such. */
struct hardware_row {
    const struct pfg_profile *profile;
    const char *gpus;
};

struct benchmark_row {
    const struct pfg_series *series;
    const char *params;
};

static const char *known(const char *text)
{
    return text ? text : "";
}

static void bind_hardware(struct pfg_statement *to, const void *row)
{
    const struct pfg_profile *profile =
        ((const struct hardware_row *)row)->profile;

    pfg_bind_text(to, ":fingerprint", known(profile->fingerprint));
    pfg_bind_text(to, ":name", known(profile->name));
    pfg_bind_integer(to, ":name_given", profile->name_given);
    pfg_bind_text(to, ":arch", profile->arch);
    pfg_bind_text(to, ":cpu_vendor", profile->cpu_vendor);
    pfg_bind_text(to, ":cpu_family", profile->cpu_family);
    pfg_bind_text(to, ":cpu_model", profile->cpu_model);
    pfg_bind_text(to, ":cpu_stepping", profile->cpu_stepping);
    pfg_bind_text(to, ":cpu_name", profile->cpu_name);
    pfg_bind_integer(to, ":cpus", profile->cpus);
    pfg_bind_text(to, ":gpus", ((const struct hardware_row *)row)->gpus);
}

static void bind_benchmark(struct pfg_statement *to, const void *row)
{
    const struct benchmark_row *benchmark = row;

    pfg_bind_text(to, ":suite", benchmark->series->suite);
    pfg_bind_text(to, ":name", benchmark->series->benchmark);
    pfg_bind_text(to, ":params", benchmark->params);
}

/* What makes a series one of its own in the database. */
static void bind_identity(struct pfg_statement *to,
                          const struct pfg_series *series)
{
    pfg_bind_text(to, ":key", series->key);
    pfg_bind_text(to, ":unit", series->unit);
    pfg_bind_text(to, ":better", pfg_direction_name(series->better));
    pfg_bind_integer(to, ":exact", series->exact);
    pfg_bind_integer(to, ":derived", series->derived);
}

static const char *facts_text(struct pfg_inserter *in,
                              const struct pfg_fact *facts, size_t n)
{
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text};
    const char *copy;

    pfg_str_init(&text, 0);
    pfg_codec_write_facts(&w, NULL, facts, n);
    copy = pfg_arena_slice(in->arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return copy;
}

static int add_series(struct pfg_inserter *in, const struct pfg_series *series,
                      int64_t *id)
{
    struct benchmark_row row = {
        .series = series,
        .params = facts_text(in, series->params, series->n_params),
    };
    struct pfg_statement *adder = statement(in, ADD_SERIES);
    int64_t benchmark;

    if (!adder || intern(in, FIND_BENCHMARK, ADD_BENCHMARK, bind_benchmark,
                         &row, &benchmark)) {
        return -1;
    }
    bind_identity(adder, series);
    pfg_bind_integer(adder, ":benchmark", benchmark);
    pfg_bind_text(adder, ":metric", series->metric);
    pfg_bind_text(adder, ":variant",
                  facts_text(in, series->variant, series->n_variant));
    return pfg_statement_number(adder, id, in->err) < 0 ? -1 : 0;
}

static int intern_series(struct pfg_inserter *in,
                         const struct pfg_series *series, int64_t *id)
{
    struct pfg_statement *finder = statement(in, FIND_SERIES);
    int got;

    if (!finder) {
        return -1;
    }
    bind_identity(finder, series);
    got = pfg_statement_number(finder, id, in->err);
    return got ? (got < 0 ? -1 : 0) : add_series(in, series, id);
}

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

static void bind_history(struct pfg_inserter *in, struct pfg_statement *to,
                         const struct pfg_piece *piece,
                         enum pfg_direction better)
{
    double median = piece->has_summary ? piece->summary.value : NAN;
    double low = NAN;

    if (piece->n) {
        double *sorted = pfg_arena_new_array(in->arena, double, piece->n);

        memcpy(sorted, piece->values, piece->n * sizeof *sorted);
        pfg_sort(sorted, piece->n);
        median = pfg_median_sorted(sorted, piece->n);
        low = low_of(sorted, piece->n, better);
    }
    pfg_bind_real(to, ":median", median);
    pfg_bind_real(to, ":low", low);
}

static void bind_samples(struct pfg_inserter *in, struct pfg_statement *to,
                         const struct pfg_piece *piece)
{
    uint64_t *bytes = pfg_arena_new_array(in->arena, uint64_t, piece->n);

    for (size_t i = 0; i < piece->n; i++) {
        memcpy(&bytes[i], &piece->values[i], sizeof *bytes);
        bytes[i] = htole64(bytes[i]);
    }
    pfg_bind_integer(to, ":n", (int64_t)piece->n);
    pfg_bind_bytes(
        to, ":samples",
        pfg_slice_make((const char *)bytes, piece->n * sizeof *bytes));
}

static void bind_summary(struct pfg_statement *to,
                         const struct pfg_piece *piece)
{
    struct pfg_summary none = pfg_summary_of(NAN);
    const struct pfg_summary *summary =
        piece->has_summary ? &piece->summary : &none;

    pfg_bind_integer(to, ":is_summary", piece->has_summary);
    pfg_bind_real(to, ":value", summary->value);
    pfg_bind_real(to, ":lower", summary->lower);
    pfg_bind_real(to, ":upper", summary->upper);
    pfg_bind_real(to, ":level", summary->level);
    pfg_bind_real(to, ":standard_error", summary->error);
    pfg_bind_real(to, ":standard_deviation", summary->stddev);
    pfg_bind_real(to, ":minimum", summary->min);
    pfg_bind_real(to, ":maximum", summary->max);
    pfg_bind_real(to, ":observations", summary->count);
    pfg_bind_real(to, ":resolution", summary->resolution);
}

/* A line each; nothing written is null, which is not an empty line. */
static void bind_written(struct pfg_inserter *in, struct pfg_statement *to,
                         const struct pfg_piece *piece)
{
    pfg_str_clear(&in->written);
    for (size_t i = 0; i < piece->n_written; i++) {
        const char *line = piece->written[i];

        pfg_str_puts(&in->written, i ? "\n" : "");
        for (; *line; line++) {
            pfg_str_putc(&in->written, *line == '\n' ? ' ' : *line);
        }
    }
    pfg_bind_text(to, ":written_unit", piece->written_unit);
    pfg_bind_text(to, ":written", piece->n_written ? in->written.ptr : NULL);
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
    struct pfg_statement *to = statement(in, ADD_MEASUREMENT);

    if (!to) {
        return -1;
    }
    pfg_arena_clear(in->arena);
    pfg_bind_integer(to, ":run", place->run);
    pfg_bind_integer(to, ":series", place->series);
    pfg_bind_integer(to, ":position", (int64_t)place->position);
    pfg_bind_integer(to, ":number", (int64_t)piece->number);
    pfg_bind_integer(to, ":process", (int64_t)piece->process);
    bind_history(in, to, piece, place->better);
    bind_samples(in, to, piece);
    bind_summary(to, piece);
    bind_written(in, to, piece);
    pfg_bind_real(to, ":events", piece->events);
    pfg_bind_real(to, ":trials", piece->trials);
    pfg_bind_text(to, ":error", piece->error);
    pfg_bind_text(to, ":budget", piece->budget);
    pfg_bind_integer(to, ":budget_crossed", piece->budget_crossed);
    pfg_bind_text(to, ":file", piece->file);
    pfg_bind_integer(to, ":line", piece->line);
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
        if (series->pieces.n && intern_series(in, series, &place.series)) {
            return -1;
        }
        for (size_t j = 0; j < series->pieces.n; j++) {
            if (add_piece(in, &place, &series->pieces.at[j])) {
                return -1;
            }
        }
    }
    return 0;
}

static int add_processes(struct pfg_inserter *in, const struct pfg_run *run,
                         int64_t id)
{
    struct pfg_statement *to = statement(in, ADD_PROCESS);

    for (size_t i = 0; to && i < run->processes.n; i++) {
        pfg_bind_integer(to, ":run", id);
        pfg_bind_integer(to, ":number", (int64_t)i);
        pfg_bind_integer(to, ":round", run->processes.at[i].round);
        pfg_bind_integer(to, ":time", run->processes.at[i].time);
        if (pfg_statement_run(to, in->err)) {
            return -1;
        }
    }
    return to ? 0 : -1;
}

static const char *notes_text(struct pfg_inserter *in,
                              const struct pfg_profile *profile)
{
    struct pfg_fact *facts =
        pfg_arena_new_array(in->arena, struct pfg_fact, profile->n_notes);

    for (size_t i = 0; i < profile->n_notes; i++) {
        facts[i].key = profile->notes[i].key;
        facts[i].value = profile->notes[i].value;
    }
    return facts_text(in, facts, profile->n_notes);
}

static const char *gpus_text(struct pfg_inserter *in,
                             const struct pfg_profile *profile)
{
    const char *text = "";

    for (size_t i = 0; i < profile->n_gpus; i++) {
        text = pfg_arena_printf(in->arena, "%s%s%s", text, i ? "\n" : "",
                                profile->gpus[i]);
    }
    return text;
}

static size_t count_series(const struct pfg_run *run)
{
    size_t n = 0;

    for (size_t i = 0; i < run->series.n; i++) {
        n += run->series.at[i]->pieces.n > 0;
    }
    return n;
}

static void bind_run(struct pfg_inserter *in, struct pfg_statement *to,
                     const struct pfg_run *run)
{
    pfg_bind_integer(to, ":time", run->time);
    pfg_bind_text(to, ":branch", run->revision.branch);
    pfg_bind_text(to, ":merged", run->revision.merge);
    pfg_bind_integer(to, ":dirty", run->revision.dirty);
    pfg_bind_text(to, ":tool", run->tool);
    pfg_bind_text(to, ":source", run->source);
    pfg_bind_text(to, ":digest", run->digest);
    pfg_bind_text(to, ":label", run->label);
    pfg_bind_text(to, ":failure", run->failure);
    pfg_bind_text(to, ":recorded", notes_text(in, &run->profile));
    pfg_bind_text(to, ":facts", facts_text(in, run->facts.at, run->facts.n));
    pfg_bind_integer(to, ":n_series", (int64_t)count_series(run));
    pfg_bind_integer(to, ":n_measurements", (int64_t)run->n_measurements);
    pfg_bind_integer(to, ":n_warnings", (int64_t)run->n_warnings);
    pfg_bind_integer(to, ":n_failed", (int64_t)run->n_failed);
}

static int add_run(struct pfg_inserter *in, const struct pfg_run *run,
                   int64_t *id)
{
    struct hardware_row hardware_row = {
        .profile = &run->profile,
        .gpus = gpus_text(in, &run->profile),
    };
    struct pfg_statement *to = statement(in, ADD_RUN);
    int64_t revision, hardware;

    if (*known(run->profile.name) &&
        pfg_name_check(run->profile.name, "hardware", PFG_DATA,
                       (struct pfg_pos){0}, in->err)) {
        return -1;
    }
    if (!to ||
        intern(in, FIND_REVISION, ADD_REVISION, bind_revision, &run->revision,
               &revision) ||
        intern(in, FIND_HARDWARE, ADD_HARDWARE, bind_hardware, &hardware_row,
               &hardware)) {
        return -1;
    }
    pfg_bind_integer(to, ":revision", revision);
    pfg_bind_integer(to, ":hardware", hardware);
    bind_run(in, to, run);
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
    struct pfg_statement *finder = statement(in, FIND_REPEAT);

    if (!finder) {
        return -1;
    }
    if (!*run->digest) {
        return 0;
    }
    pfg_bind_text(finder, ":digest", run->digest);
    pfg_bind_text(finder, ":sha", run->revision.id);
    pfg_bind_text(finder, ":fingerprint", known(run->profile.fingerprint));
    return pfg_statement_number(finder, id, in->err);
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

struct pfg_inserter *pfg_inserter_new(struct pfg_database *database)
{
    struct pfg_inserter *in = pfg_alloc(sizeof *in);

    in->database = database;
    in->arena = pfg_arena_new();
    pfg_str_init(&in->written, 0);
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
        for (size_t i = 0; i < N_SQL; i++) {
            pfg_statement_free(in->statements[i]);
        }
        pfg_str_free(&in->written);
        pfg_arena_free(in->arena);
        free(in);
    }
}

int pfg_insert_runs(struct pfg_database *database, enum pfg_stored *out,
                    struct pfg_run *const *runs, size_t n,
                    struct pfg_error *err)
{
    struct pfg_inserter *in = pfg_inserter_new(database);
    int64_t *ids = pfg_alloc(pfg_array_size(n + 1, sizeof *ids));
    bool *repeats = pfg_alloc(n + 1);
    int result = -1;

    in->err = err;
    if (pfg_database_begin(database, err)) {
        goto out;
    }
    if (add_all(in, ids, repeats, runs, n)) {
        pfg_database_rollback(database);
        goto out;
    }
    result = pfg_database_commit(database, err);
    for (size_t i = 0; i < n && !result; i++) {
        out[i] = repeats[i] ? PFG_STORED_ALREADY : PFG_STORED;
        runs[i]->id = (long)ids[i];
    }
out:
    pfg_inserter_free(in);
    free(repeats);
    free(ids);
    return result;
}
