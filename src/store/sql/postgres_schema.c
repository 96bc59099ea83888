#include "store/sql/connection.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "store/sql/sql.h"

/* The table that marks a database as perfgate's, and holds its version. */
#define VERSION_TABLE "perfgate_version"
/* The version of the views, stored in their comments; raise it when they
 * change. */
#define VIEWS         "2"
#define VIEWS_COMMENT "perfgate views "

/* Counts views that are missing or older, if this role may create them and no
 * newer perfgate has replaced them. */
static const char stale[] =
    "SELECT COUNT(*) FROM (VALUES ('perfgate_point'), ('perfgate_verdict'))"
    " AS wanted (name)"
    " LEFT JOIN pg_class ON relname = wanted.name AND relnamespace ="
    " to_regnamespace(quote_ident(current_schema()))"
    " WHERE COALESCE(CAST(substring(obj_description(pg_class.oid, 'pg_class')"
    " FROM '^" VIEWS_COMMENT "([0-9]{1,9})$') AS INTEGER), 0) < " VIEWS
    " AND (pg_class.oid IS NULL OR relkind = 'v'"
    " AND pg_has_role(relowner, 'USAGE'))"
    " AND has_schema_privilege(current_schema(), 'CREATE')"
    " AND pg_has_role((SELECT relowner FROM pg_class WHERE relname = "
    "'" VERSION_TABLE "' AND relnamespace ="
    " to_regnamespace(quote_ident(current_schema()))), 'USAGE')"
    " AND NOT pg_is_in_recovery()"
    " AND current_setting('default_transaction_read_only') = 'off'";

int pfg_postgres_state(struct pfg_store *store, struct pfg_schema_state *out,
                       struct pfg_error *err)
{
    int64_t ours;

    *out = (struct pfg_schema_state){0};
    if (pfg_sql_number(store, &out->tables,
                       "SELECT COUNT(*) FROM pg_class WHERE relkind IN"
                       " ('r', 'p', 'v') AND relnamespace ="
                       " to_regnamespace(quote_ident(current_schema()))",
                       err) ||
        pfg_sql_number(store, &ours,
                       "SELECT COUNT(*) FROM pg_class WHERE relname ="
                       " '" VERSION_TABLE "' AND relnamespace ="
                       " to_regnamespace(quote_ident(current_schema()))",
                       err)) {
        return -1;
    }
    if (!ours) {
        return 0;
    }
    out->application = PFG_SCHEMA_APPLICATION;
    if (pfg_sql_number(store, &ours, stale, err)) {
        return -1;
    }
    out->stale = ours > 0;
    return pfg_sql_number(store, &out->version,
                          "SELECT MAX(version) FROM " VERSION_TABLE, err);
}

/* Views for dashboards, documented in docs/growing.md: new columns go at the
 * end, and existing ones never change. */
static const char views[] =
    "CREATE OR REPLACE VIEW perfgate_point AS SELECT"
    " to_timestamp(run.time / 1e9) AS time, revision.sha AS version,"
    " run.branch, run.dirty <> 0 AS dirty, hardware.name AS hardware,"
    " benchmark.suite, benchmark.name AS benchmark, benchmark.params,"
    " series.variant, series.metric, series.unit, series.better,"
    " point.median AS value, point.n, point.number AS process,"
    " run.id AS run FROM"
    " (SELECT run, series, number, n, median FROM measurement UNION ALL"
    " SELECT run, series, number, n, median FROM point) AS point"
    " JOIN run ON run.id = point.run"
    " JOIN revision ON revision.id = run.revision"
    " JOIN hardware ON hardware.id = run.hardware"
    " JOIN series ON series.id = point.series"
    " JOIN benchmark ON benchmark.id = series.benchmark"
    " WHERE point.median IS NOT NULL;"
    "CREATE OR REPLACE VIEW perfgate_verdict AS SELECT"
    " to_timestamp(judgement.time / 1e9) AS time, revision.sha AS version,"
    " run.branch, hardware.name AS hardware, benchmark.suite,"
    " benchmark.name AS benchmark, benchmark.params, series.variant,"
    " series.metric, verdict.verdict, verdict.fails <> 0 AS fails,"
    " verdict.change, judgement.base, run.id AS run FROM verdict"
    " JOIN judgement ON judgement.id = verdict.judgement"
    " JOIN run ON run.id = verdict.run"
    " JOIN revision ON revision.id = run.revision"
    " JOIN hardware ON hardware.id = run.hardware"
    " JOIN series ON series.id = verdict.series"
    " JOIN benchmark ON benchmark.id = series.benchmark;"
    "COMMENT ON VIEW perfgate_point IS '" VIEWS_COMMENT VIEWS "';"
    "COMMENT ON VIEW perfgate_verdict IS '" VIEWS_COMMENT VIEWS "';";

/* Constraints that hold anyway: there is one writer at a time, which looks
 * series up as it adds to them, and the digest of a run reveals wrong rows. The
 * server would check each row separately, which takes most of the time of an
 * ingest, and would lock each series. The constraint that deletes a run's rows
 * with the run stays. */
static const char constraints[] =
    "ALTER TABLE measurement"
    " DROP CONSTRAINT IF EXISTS measurement_series_fkey,"
    " DROP CONSTRAINT IF EXISTS measurement_run_process_fkey;"
    "ALTER TABLE verdict"
    " DROP CONSTRAINT IF EXISTS verdict_series_fkey,"
    " DROP CONSTRAINT IF EXISTS verdict_judgement_fkey;";

/* Histories and dashboards name no block (points.c). */
static const char indexes[] =
    "CREATE INDEX IF NOT EXISTS point_history"
    " ON point (series, run, number, n, median, low);";

int pfg_postgres_mark(struct pfg_store *store, int64_t version,
                      struct pfg_error *err)
{
    struct pfg_str sql;
    int failed;

    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql,
                   "%s%s%sCREATE TABLE IF NOT EXISTS " VERSION_TABLE
                   " (version BIGINT NOT NULL); DELETE FROM " VERSION_TABLE
                   "; INSERT INTO " VERSION_TABLE " VALUES (%" PRId64 ")",
                   constraints, indexes, views, version);
    failed = pfg_postgres_execute(pfg_postgres_of(store), sql.ptr, err);
    pfg_str_free(&sql);
    return failed;
}

/* Fails because the project does not exist; the hint names others. */
static int no_project(struct postgres *pg, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_statement *row;
    const char *names = "";
    int got;

    got = pfg_statement_new(&row, &pg->store,
                            "SELECT string_agg(name, ', ' ORDER BY name) FROM"
                            " (SELECT nspname AS name FROM pg_namespace"
                            " JOIN pg_class ON relnamespace = pg_namespace.oid"
                            " WHERE relname = '" VERSION_TABLE "'"
                            " ORDER BY nspname LIMIT 5) AS first",
                            err)
              ? -1
              : pfg_statement_step(row, err);
    if (got > 0) {
        names = pfg_take_text(row, arena);
        pfg_fail(err, PFG_DATA, "'%s' is empty", pg->store.name);
        pfg_hint(err, "'perfgate ingest' fills it%s%s",
                 *names ? "; --project names another: " : "", names);
    }
    pfg_statement_free(row);
    pfg_arena_free(arena);
    return -1;
}

int pfg_postgres_list_schemas(struct pfg_store *store, const char ***out,
                              size_t *n, struct pfg_arena *arena,
                              struct pfg_error *err)
{
    PFG_VEC(const char *) names = {0};
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, store,
                          "SELECT nspname FROM pg_namespace"
                          " JOIN pg_class ON relnamespace = pg_namespace.oid"
                          " WHERE relname = '" VERSION_TABLE "'"
                          " AND has_schema_privilege(pg_namespace.oid, 'USAGE')"
                          " AND has_table_privilege(pg_class.oid, 'SELECT')"
                          " ORDER BY nspname",
                          err)) {
        return -1;
    }
    while ((got = pfg_statement_step(row, err)) > 0) {
        const char *name = pfg_take_text(row, arena);

        pfg_vec_push(&names, arena, name);
    }
    pfg_statement_free(row);
    *out = names.at;
    *n = names.n;
    return got;
}

int pfg_postgres_find_schema(struct postgres *pg, bool create,
                             struct pfg_error *err)
{
    struct pfg_store *store = &pg->store;
    struct pfg_str sql;
    int64_t there;
    int failed;

    if (pfg_sql_number(store, &there, "SELECT COUNT(current_schema())", err)) {
        return -1;
    }
    if (there) {
        return 0;
    }
    /* The schema may exist for other roles only: then the server says why. */
    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "SELECT version FROM %s." VERSION_TABLE " LIMIT 1",
                   pg->schema);
    if (!create) {
        failed = pfg_postgres_execute(pg, sql.ptr, err);
        failed =
            !failed || pfg_sql_is_forbidden(store) ? -1 : no_project(pg, err);
        pfg_str_free(&sql);
        return failed;
    }
    pfg_str_clear(&sql);
    pfg_str_printf(&sql, "CREATE SCHEMA IF NOT EXISTS %s", pg->schema);
    failed = pfg_sql_begin(store, err) ||
             pfg_sql_end(store, pfg_postgres_execute(pg, sql.ptr, err), err);
    pfg_str_free(&sql);
    return failed ? -1 : 0;
}
