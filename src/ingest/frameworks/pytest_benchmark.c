#include <string.h>

#include "ingest/core/measurement_builder.h"

/*
 * pytest-benchmark's JSON (ionelmc/pytest-benchmark, src/pytest_benchmark/
 * stats.py and session.py), from 2015 to now:
 *
 *   {"machine_info": {...}, "commit_info": {"id", "time", "branch", "dirty"},
 *    "benchmarks": [{"fullname": "tests/a.py::test_x[10]", "name", "stats":
 *    {"mean", "stddev", "rounds", "data": [...], ...}}], "datetime"}
 *
 * Seconds a call. "data" is there with --benchmark-json and
 * --benchmark-save-data, else there is a summary only. The parameters of a
 * test stand in its name, in brackets.
 */

static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *all = pfg_json_get(root, "benchmarks");
    const struct pfg_json_value *first = pfg_json_first(all);

    return pfg_json_type(all) == PFG_JSON_ARRAY &&
           pfg_json_type(pfg_json_get(root, "machine_info")) ==
               PFG_JSON_OBJECT &&
           (!first || pfg_json_string(pfg_json_get(first, "fullname")));
}

static void send_facts(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *root)
{
    static const struct {
        const char *fact, *path[3];
    } facts[] = {
        {"python", {"machine_info", "python_version", NULL}},
        {"python implementation",
         {"machine_info", "python_implementation", NULL}},
        {"host", {"machine_info", "node", NULL}},
        {"kernel", {"machine_info", "release", NULL}},
        {"cpu", {"machine_info", "cpu", "brand_raw"}},
        {"cpu", {"machine_info", "cpu", "brand"}},
        {"cpus", {"machine_info", "cpu", "count"}},
        {"arch", {"machine_info", "machine", NULL}},
        {"system", {"machine_info", "system", NULL}},
        {"pytest-benchmark", {"version", NULL, NULL}},
    };

    for (size_t i = 0; i < PFG_COUNT(facts); i++) {
        const struct pfg_json_value *value = root;

        for (size_t j = 0; j < 3 && facts[i].path[j]; j++) {
            value = pfg_json_get(value, facts[i].path[j]);
        }
        pfg_builder_fact(reader, facts[i].fact, document, value);
    }
}

/* Outside of a repository the id is "unknown", or "unversioned". */
static void send_revision(struct pfg_reader *reader,
                          const struct pfg_json_document *document,
                          const struct pfg_json_value *info)
{
    struct pfg_slice id = pfg_builder_member(info, "id");

    if (id.len >= 7 && !pfg_slice_starts(id, "un")) {
        pfg_builder_revision(
            reader, id, pfg_builder_when(document, pfg_json_get(info, "time")),
            pfg_slice_of(NULL));
    }
}

static void split_name(struct pfg_measurement *m, struct pfg_slice fullname)
{
    size_t at = pfg_slice_find(fullname, "::");

    m->benchmark = fullname;
    if (at > 0 && at + 2 < fullname.len) {
        m->suite = pfg_slice_first(fullname, at);
        m->benchmark = pfg_slice_from(fullname, at + 2);
    }
}

static void send_benchmark(struct pfg_reader *reader,
                           const struct pfg_json_document *document,
                           const struct pfg_json_value *benchmark)
{
    const struct pfg_json_value *stats = pfg_json_get(benchmark, "stats");
    struct pfg_builder finding = pfg_builder_begin(reader, document, benchmark);
    struct pfg_slice fullname = pfg_builder_member(benchmark, "fullname");

    if (!fullname.len || pfg_json_type(stats) != PFG_JSON_OBJECT) {
        pfg_builder_warn(reader, document, benchmark,
                         "a benchmark without 'fullname' or 'stats'");
        return;
    }
    split_name(&finding.m, fullname);
    pfg_builder_unit(&finding, PFG_LIT("s"));
    pfg_builder_values(&finding, pfg_json_get(stats, "data"));
    if (!finding.values.n) {
        pfg_builder_summary(&finding, pfg_json_get(stats, "mean"));
        finding.summary.stddev =
            pfg_builder_number(&finding, pfg_json_get(stats, "stddev"));
        finding.summary.min =
            pfg_builder_number(&finding, pfg_json_get(stats, "min"));
        finding.summary.max =
            pfg_builder_number(&finding, pfg_json_get(stats, "max"));
        finding.summary.count =
            pfg_builder_number(&finding, pfg_json_get(stats, "rounds"));
    }
    pfg_builder_send(&finding);
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *one;

    if (!is_ours(root)) {
        return PFG_NOT_MINE;
    }
    send_revision(reader, document, pfg_json_get(root, "commit_info"));
    pfg_builder_time(
        reader, pfg_builder_when(document, pfg_json_get(root, "datetime")));
    send_facts(reader, document, root);
    one = pfg_json_first(pfg_json_get(root, "benchmarks"));
    for (; one; one = pfg_json_next(one)) {
        send_benchmark(reader, document, one);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_pytest_benchmark = {
    .name = "pytest_benchmark",
    .title = "pytest-benchmark --benchmark-json",
    .looks = "a JSON object with 'machine_info' and 'benchmarks' that have "
             "'fullname' and 'stats'",
    .document = read_document,
};
