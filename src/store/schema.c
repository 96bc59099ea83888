#include "store/parts.h"

#include <inttypes.h>

#include "store/sql/driver.h"

#define HAS_CONTENT 4 /* the first version whose runs have digests */

/*
 * The i-th text takes a database from version i to i + 1. What stands here
 * was run on other people's databases: add to the end, never change.
 *
 * Times are nanoseconds since 1970, values are in base units; params, variant,
 * facts and recorded are JSON objects. A series is one key with one unit and
 * direction. Samples are little-endian float64; `written` are the digits as
 * the tool printed them, a line each. `median` and `low` (see store.h) are for
 * histories.
 */
static const char *const migrations[] = {
    "CREATE TABLE revision ("
    "  id INTEGER PRIMARY KEY,"
    "  sha TEXT NOT NULL,"
    "  tree TEXT NOT NULL,"
    "  subject TEXT NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  named INTEGER NOT NULL,"
    "  UNIQUE (sha, tree, subject, time, named)"
    ") STRICT;"
    "CREATE INDEX revision_tree ON revision (tree);"

    "CREATE TABLE hardware ("
    "  id INTEGER PRIMARY KEY,"
    "  fingerprint TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  name_given INTEGER NOT NULL,"
    "  arch TEXT,"
    "  cpu_vendor TEXT,"
    "  cpu_family TEXT,"
    "  cpu_model TEXT,"
    "  cpu_stepping TEXT,"
    "  cpu_name TEXT,"
    "  cpus INTEGER NOT NULL,"
    "  gpus TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX hardware_fingerprint ON hardware (fingerprint);"

    "CREATE TABLE run ("
    "  id INTEGER PRIMARY KEY,"
    "  revision INTEGER NOT NULL REFERENCES revision,"
    "  hardware INTEGER NOT NULL REFERENCES hardware,"
    "  time INTEGER NOT NULL,"
    "  branch TEXT NOT NULL,"
    "  merged TEXT NOT NULL,"
    "  dirty INTEGER NOT NULL,"
    "  tool TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  digest TEXT NOT NULL,"
    "  label TEXT NOT NULL,"
    "  failure TEXT NOT NULL,"
    "  recorded TEXT NOT NULL,"
    "  facts TEXT NOT NULL,"
    "  n_series INTEGER NOT NULL,"
    "  n_measurements INTEGER NOT NULL,"
    "  n_warnings INTEGER NOT NULL,"
    "  n_failed INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX run_revision ON run (revision);"
    "CREATE INDEX run_hardware ON run (hardware, time);"
    "CREATE INDEX run_digest ON run (digest);"

    "CREATE TABLE process ("
    "  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  round INTEGER NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  PRIMARY KEY (run, number)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE benchmark ("
    "  id INTEGER PRIMARY KEY,"
    "  suite TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  params TEXT NOT NULL,"
    "  UNIQUE (suite, name, params)"
    ") STRICT;"

    "CREATE TABLE series ("
    "  id INTEGER PRIMARY KEY,"
    "  key TEXT NOT NULL,"
    "  benchmark INTEGER NOT NULL REFERENCES benchmark,"
    "  metric TEXT NOT NULL,"
    "  unit TEXT NOT NULL,"
    "  better TEXT NOT NULL,"
    "  variant TEXT NOT NULL,"
    "  exact INTEGER NOT NULL,"
    "  derived INTEGER NOT NULL,"
    "  UNIQUE (key, unit, better, exact, derived)"
    ") STRICT;"
    "CREATE INDEX series_benchmark ON series (benchmark);"

    "CREATE TABLE measurement ("
    "  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
    "  series INTEGER NOT NULL REFERENCES series,"
    "  number INTEGER NOT NULL,"   /* of the process within the series */
    "  process INTEGER NOT NULL,"  /* within the run */
    "  position INTEGER NOT NULL," /* of the series within the run */
    "  n INTEGER NOT NULL,"
    "  median REAL,"
    "  low REAL,"
    "  samples BLOB NOT NULL,"
    "  is_summary INTEGER NOT NULL,"
    "  value REAL,"
    "  lower REAL,"
    "  upper REAL,"
    "  level REAL,"
    "  standard_error REAL,"
    "  standard_deviation REAL,"
    "  minimum REAL,"
    "  maximum REAL,"
    "  observations REAL,"
    "  resolution REAL,"
    "  written_unit TEXT NOT NULL,"
    "  written TEXT,"
    "  events REAL NOT NULL,"
    "  trials REAL NOT NULL,"
    "  error TEXT NOT NULL,"
    "  budget TEXT NOT NULL,"
    "  budget_crossed INTEGER NOT NULL,"
    "  file TEXT NOT NULL,"
    "  line INTEGER NOT NULL,"
    "  PRIMARY KEY (run, series, number),"
    "  FOREIGN KEY (run, process) REFERENCES process (run, number)"
    "    ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX measurement_history"
    "  ON measurement (series, run, number, median, low, n);",

    "CREATE TABLE baseline ("
    "  name TEXT NOT NULL,"
    "  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
    "  saved INTEGER NOT NULL,"
    "  PRIMARY KEY (name, run)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX baseline_run ON baseline (run);",

    /* What names have meant. Nothing here points at a run: a history outlives
     * what is pruned. */
    "CREATE TABLE baseline_change ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  fingerprint TEXT NOT NULL,"
    "  profile TEXT NOT NULL,"
    "  time INTEGER NOT NULL,"
    "  how TEXT NOT NULL,"
    "  revision TEXT NOT NULL,"
    "  n_runs INTEGER NOT NULL,"
    "  UNIQUE (name, fingerprint, time, how, revision, n_runs)"
    ") STRICT;"
    "INSERT INTO baseline_change (name, fingerprint, profile, time, how,"
    " revision, n_runs)"
    " SELECT baseline.name, hardware.fingerprint, MIN(hardware.name),"
    " MAX(baseline.saved), 'saved', MAX(revision.sha), COUNT(*) FROM baseline"
    " JOIN run ON run.id = baseline.run"
    " JOIN hardware ON hardware.id = run.hardware"
    " JOIN revision ON revision.id = run.revision"
    " GROUP BY baseline.name, hardware.fingerprint;",

    /* pfg_content_of(), see add_contents(). */
    "ALTER TABLE run ADD COLUMN content TEXT NOT NULL DEFAULT ''",

    /* The last verdict that was given on a series in a run, and when and
     * against what. No part of the run, nor of its digest. */
    "CREATE TABLE judgement ("
    "  id INTEGER PRIMARY KEY,"
    "  time INTEGER NOT NULL,"
    "  base TEXT NOT NULL,"
    "  UNIQUE (time, base)"
    ") STRICT;"
    "CREATE TABLE verdict ("
    "  series INTEGER NOT NULL REFERENCES series,"
    "  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
    "  judgement INTEGER NOT NULL REFERENCES judgement,"
    "  verdict TEXT NOT NULL,"
    "  fails INTEGER NOT NULL,"
    "  change REAL,"
    "  PRIMARY KEY (series, run)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX verdict_run ON verdict (run);",
    /* What was removed, so that whoever shares the history removes it, too. */
    "CREATE TABLE pruned (content TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    /* Results of histories, which can be computed again. */
    "CREATE TABLE settled ("
    "  place TEXT PRIMARY KEY,"
    "  digest TEXT NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  state BLOB NOT NULL"
    ") STRICT, WITHOUT ROWID",

    /* The pieces of a run: see packs.h. Runs that were stored earlier have
     * none; they are whole in `measurement`. */
    "CREATE TABLE pack ("
    "  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
    "  number INTEGER NOT NULL,"
    "  data BLOB NOT NULL,"
    "  PRIMARY KEY (run, number)"
    ") STRICT, WITHOUT ROWID",

    /* What histories need of packed runs, see points.c; they have no rows in
     * `measurement` any more. No `low`: that of one value is the value. */
    "CREATE TABLE point ("
    "  block INTEGER NOT NULL,"
    "  series INTEGER NOT NULL,"
    "  run INTEGER NOT NULL,"
    "  number INTEGER NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  median REAL,"
    "  low REAL,"
    "  PRIMARY KEY (block, series, run, number)"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO point (block, series, run, number, n, median, low)"
    " SELECT run / 32, series, run, number, n, median,"
    " CASE WHEN n <> 1 THEN low END FROM measurement"
    " WHERE run IN (SELECT run FROM pack);"
    "DELETE FROM measurement WHERE run IN (SELECT run FROM pack)",
};

/* Adds digests to runs that were stored without. A run that cannot be read gets
 * none, which `db check` reports. */
static int add_contents(struct pfg_store *store, struct pfg_error *err)
{
    struct pfg_statement *row, *update = NULL;
    int got;

    if (pfg_statement_new(&row, store, "SELECT id FROM run WHERE content = ''",
                          err)) {
        return -1;
    }
    pfg_statement_new(&update, store,
                      "UPDATE run SET content = :content WHERE id = :id", err);
    while ((got = update ? pfg_statement_step(row, err) : -1) == 1) {
        long id = (long)pfg_take_integer(row);
        struct pfg_contents contents;
        struct pfg_run *run;

        if (pfg_load_unchecked(store, &run, &contents, id, false, NULL)) {
            continue;
        }
        pfg_run_free(run);
        pfg_bind_text(update, ":content", contents.found);
        pfg_bind_integer(update, ":id", id);
        if (pfg_statement_run(update, err)) {
            got = -1;
            break;
        }
    }
    pfg_statement_free(update);
    pfg_statement_free(row);
    return got;
}

int64_t pfg_schema_version(void)
{
    return PFG_COUNT(migrations);
}

static int check_state(const struct pfg_store *store,
                       const struct pfg_schema_state *state, bool create,
                       struct pfg_error *err)
{
    const char *path = pfg_store_name(store);
    bool empty = !state->application && !state->version && !state->tables;

    /* An ingest that failed early may leave an empty file. */
    if (empty && !create) {
        pfg_fail(err, PFG_SYSTEM, "'%s' is empty", path);
        return pfg_hint(err, "'perfgate ingest' fills it");
    }
    if (state->application != PFG_SCHEMA_APPLICATION && !empty) {
        return pfg_fail(err, PFG_SYSTEM, "'%s' is not a perfgate database",
                        path);
    }
    if (state->version < 0 || state->version > pfg_schema_version()) {
        pfg_fail(err, PFG_SYSTEM,
                 "'%s' has version %" PRId64
                 ", but this perfgate reads versions up to %" PRId64,
                 path, state->version, pfg_schema_version());
        return pfg_hint(err, "use the perfgate that wrote it, or a newer one");
    }
    return 0;
}

/* Inside a transaction, where nobody else changes the version. */
static int apply(struct pfg_store *store, int64_t to, struct pfg_error *err)
{
    struct pfg_schema_state state;

    if (store->driver->state(store, &state, err) ||
        check_state(store, &state, true, err)) {
        return -1;
    }
    for (int64_t i = state.version; i < to; i++) {
        if (pfg_sql_run(store, migrations[i], err)) {
            return -1;
        }
    }
    if (state.version < HAS_CONTENT && to >= HAS_CONTENT &&
        add_contents(store, err)) {
        return -1;
    }
    return state.version < to || state.stale
               ? store->driver->mark(store, to, err)
               : 0;
}

int pfg_schema_migrate(struct pfg_store *store, int64_t to,
                       struct pfg_error *err)
{
    if (pfg_sql_begin(store, err)) {
        return -1;
    }
    if (apply(store, to, err)) {
        pfg_sql_rollback(store);
        return -1;
    }
    return pfg_sql_commit(store, err);
}

/* In one transaction: another process may be creating the file right now. */
int pfg_schema_look(struct pfg_store *store, struct pfg_schema_state *out,
                    bool create, struct pfg_error *err)
{
    int failed;

    if (pfg_sql_look(store, err)) {
        return -1;
    }
    failed = store->driver->state(store, out, err);
    pfg_sql_rollback(store);
    return failed ? -1 : check_state(store, out, create, err);
}

int pfg_schema_prepare(struct pfg_store *store, bool create,
                       struct pfg_error *err)
{
    struct pfg_schema_state state;

    if (pfg_schema_look(store, &state, create, err)) {
        return -1;
    }
    if (state.version < pfg_schema_version()) {
        return pfg_schema_migrate(store, pfg_schema_version(), err);
    }
    /* Missing views are no reason to fail: a role that may create them will. */
    if (state.stale) {
        pfg_schema_migrate(store, pfg_schema_version(), NULL);
    }
    return 0;
}
