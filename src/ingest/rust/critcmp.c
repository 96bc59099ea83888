#include <string.h>

#include "ingest/core/measurement_builder.h"
#include "ingest/rust/criterion_result.h"

/*
 * critcmp --export (BurntSushi/critcmp, src/data.rs): criterion's estimates,
 * in nanoseconds, of one baseline:
 *
 *   {"name": "v1.2", "benchmarks": {"group/fn/8": {"baseline", "fullname",
 *     "criterion_benchmark_v1": {"group_id", "full_id", ...},
 *     "criterion_estimates_v1": {"mean": {"point_estimate",
 *       "confidence_interval", "standard_error"}, "slope": ...}}}}
 *
 * The baseline's name is what was measured. As of a criterion directory the
 * slope is read, or the mean where there is none; and names are the same.
 */

static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *all = pfg_json_get(root, "benchmarks");

    return pfg_json_string(pfg_json_get(root, "name")) &&
           pfg_json_type(all) == PFG_JSON_OBJECT &&
           pfg_json_type(
               pfg_json_get(pfg_json_first(all), "criterion_estimates_v1")) ==
               PFG_JSON_OBJECT;
}

static struct pfg_slice title_of(const struct pfg_json_value *benchmark)
{
    struct pfg_slice title = pfg_builder_member(
        pfg_json_get(benchmark, "criterion_benchmark_v1"), "full_id");

    return title.len ? title : pfg_slice_of(pfg_json_key(benchmark));
}

static void send_benchmark(struct pfg_reader *reader,
                           const struct pfg_json_document *document,
                           const struct pfg_json_value *benchmark)
{
    const struct pfg_json_value *all =
        pfg_json_get(benchmark, "criterion_estimates_v1");
    const struct pfg_json_value *typical = pfg_json_get(all, "slope");
    const struct pfg_json_value *interval;
    struct pfg_builder finding = pfg_builder_begin(reader, document, benchmark);

    if (pfg_json_type(typical) != PFG_JSON_OBJECT) {
        typical = pfg_json_get(all, "mean");
    }
    interval = pfg_json_get(typical, "confidence_interval");
    pfg_criterion_result_name(&finding.m, title_of(benchmark));
    pfg_builder_unit(&finding, PFG_LIT("ns"));
    pfg_builder_summary(&finding, pfg_json_get(typical, "point_estimate"));
    finding.summary.lower =
        pfg_builder_number(&finding, pfg_json_get(interval, "lower_bound"));
    finding.summary.upper =
        pfg_builder_number(&finding, pfg_json_get(interval, "upper_bound"));
    finding.summary.level =
        pfg_json_number(document, pfg_json_get(interval, "confidence_level"));
    finding.summary.error =
        pfg_builder_number(&finding, pfg_json_get(typical, "standard_error"));
    finding.summary.stddev = pfg_builder_number(
        &finding, pfg_json_get(pfg_json_get(all, "std_dev"), "point_estimate"));
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
    pfg_builder_revision(reader, pfg_builder_member(root, "name"), 0,
                         pfg_slice_of(NULL));
    one = pfg_json_first(pfg_json_get(root, "benchmarks"));
    for (; one; one = pfg_json_next(one)) {
        send_benchmark(reader, document, one);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_critcmp = {
    .name = "critcmp",
    .title = "critcmp --export",
    .looks = "a JSON object with 'name' and 'benchmarks' that have "
             "'criterion_estimates_v1'",
    .document = read_document,
};
