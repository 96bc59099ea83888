#include "store/fingerprint.h"

/* All that is stored of a run but ids, the order of its series, which is that
 * of reading, and what is computed from its samples. */
static const char *const texts[] = {
    "SELECT revision.sha, revision.tree, revision.subject, revision.time,"
    " revision.named, hardware.fingerprint, hardware.name,"
    " hardware.name_given, hardware.arch, hardware.cpu_vendor,"
    " hardware.cpu_family, hardware.cpu_model, hardware.cpu_stepping,"
    " hardware.cpu_name, hardware.cpus, hardware.gpus, run.time, run.branch,"
    " run.merged, run.dirty, run.tool, run.source, run.digest, run.label,"
    " run.failure, run.recorded, run.facts, run.n_series, run.n_measurements,"
    " run.n_warnings, run.n_failed FROM run"
    " JOIN revision ON revision.id = run.revision"
    " JOIN hardware ON hardware.id = run.hardware WHERE run.id = :run",

    "SELECT number, round, time FROM process WHERE run = :run ORDER BY number",

    "SELECT benchmark.suite, benchmark.name, benchmark.params, series.key,"
    " series.metric, series.unit, series.better, series.variant, series.exact,"
    " series.derived, measurement.number, process, n, samples, is_summary,"
    " value, lower, upper, level, standard_error, standard_deviation, minimum,"
    " maximum, observations, resolution, written_unit, written, events,"
    " trials, error, budget, budget_crossed, file, line FROM measurement"
    " JOIN series ON series.id = measurement.series"
    " JOIN benchmark ON benchmark.id = series.benchmark"
    " WHERE measurement.run = :run"
    " ORDER BY series.key, series.unit, series.better, series.exact,"
    " series.derived, measurement.number",
};

static int add_rows(struct pfg_database *database, struct pfg_digest *digest,
                    const char *sql, int64_t run, struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, database, sql, err)) {
        return -1;
    }
    pfg_bind_integer(row, ":run", run);
    while ((got = pfg_statement_step(row, err)) == 1) {
        pfg_statement_digest(row, digest);
    }
    pfg_statement_free(row);
    return got;
}

int pfg_content_of(struct pfg_database *database, char out[PFG_DIGEST_HEX],
                   int64_t run, struct pfg_error *err)
{
    struct pfg_digest *digest = pfg_digest_new();
    int failed = 0;

    for (size_t i = 0; i < sizeof texts / sizeof *texts && !failed; i++) {
        failed = add_rows(database, digest, texts[i], run, err);
    }
    pfg_digest_hex(digest, out);
    pfg_digest_free(digest);
    return failed;
}
