#include <string.h>

#include "base/map.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/custom/generic.h"

/*
 * Bencher Metric Format (bencher.dev, "Bencher Metric Format"):
 *
 *   {"benchmark": {"measure": {"value": 88.0, "lower_value": 87.4,
 *                              "upper_value": 88.9}, ...}, ...}
 *
 * It has no units; those of Bencher's own measures are known. Lower and upper
 * value are an interval, of an unknown level.
 */

static const struct measure {
    const char *name, *unit;
    enum pfg_direction better;
} measures[] = {
    {"latency", "ns", PFG_LOWER},          {"throughput", "ops/s", PFG_HIGHER},
    {"build-time", "s", PFG_LOWER},        {"file-size", "B", PFG_LOWER},
    {"instructions", "", PFG_LOWER},       {"estimated-cycles", "", PFG_LOWER},
    {"total-cycles", "", PFG_LOWER},       {"l1-hits", "", PFG_NEUTRAL},
    {"l2-hits", "", PFG_NEUTRAL},          {"ram-hits", "", PFG_NEUTRAL},
    {"total-read-write", "", PFG_NEUTRAL}, {"allocated", "B", PFG_LOWER},
    {"max-memory", "B", PFG_LOWER},
};

static bool is_measure(const struct pfg_json_value *measure)
{
    const struct pfg_json_value *child = pfg_json_first(measure);

    if (pfg_json_type(measure) != PFG_JSON_OBJECT ||
        pfg_json_type(pfg_json_get(measure, "value")) != PFG_JSON_NUMBER) {
        return false;
    }
    for (; child; child = pfg_json_next(child)) {
        const char *key = pfg_json_key(child);

        if (strcmp(key, "value") && strcmp(key, "lower_value") &&
            strcmp(key, "upper_value")) {
            return false;
        }
    }
    return true;
}

/* Any JSON may be an object of objects, so all members have to be measures. */
static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *benchmark = pfg_json_first(root), *measure;

    if (pfg_json_type(root) != PFG_JSON_OBJECT || !benchmark) {
        return false;
    }
    for (; benchmark; benchmark = pfg_json_next(benchmark)) {
        measure = pfg_json_first(benchmark);
        if (pfg_json_type(benchmark) != PFG_JSON_OBJECT || !measure) {
            return false;
        }
        for (; measure; measure = pfg_json_next(measure)) {
            if (!is_measure(measure)) {
                return false;
            }
        }
    }
    return true;
}

static void send_measure(struct pfg_reader *reader, struct pfg_map *warned,
                         const struct pfg_json_document *document,
                         const char *benchmark,
                         const struct pfg_json_value *measure)
{
    struct pfg_slice name = pfg_slice_of(pfg_json_key(measure));
    struct pfg_builder finding = pfg_builder_begin(reader, document, measure);
    const struct measure *known = NULL;

    for (size_t i = 0; i < PFG_COUNT(measures); i++) {
        known = pfg_slice_is(name, measures[i].name) ? &measures[i] : known;
    }
    pfg_builder_unit(&finding, pfg_slice_of(known ? known->unit : ""));
    finding.m.benchmark = pfg_slice_of(benchmark);
    finding.m.metric = name;
    finding.m.better = known ? known->better : PFG_NEUTRAL;
    pfg_builder_summary(&finding, pfg_json_get(measure, "value"));
    finding.summary.lower =
        pfg_builder_number(&finding, pfg_json_get(measure, "lower_value"));
    finding.summary.upper =
        pfg_builder_number(&finding, pfg_json_get(measure, "upper_value"));
    if (!known) {
        struct pfg_generic_meaning meaning = pfg_generic_find(
            reader, name, name, pfg_slice_of(NULL), pfg_slice_of(NULL));

        finding.m.better = meaning.better;
        if (!meaning.has_better) {
            pfg_generic_warn(reader, warned, name);
        }
    }
    pfg_builder_send(&finding);
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *benchmark, *measure;
    struct pfg_map warned;

    if (!is_ours(root)) {
        return PFG_NOT_MINE;
    }
    pfg_map_init(&warned, reader->arena);
    for (benchmark = pfg_json_first(root); benchmark;
         benchmark = pfg_json_next(benchmark)) {
        for (measure = pfg_json_first(benchmark); measure;
             measure = pfg_json_next(measure)) {
            send_measure(reader, &warned, document, pfg_json_key(benchmark),
                         measure);
        }
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_bmf = {
    .name = "bmf",
    .title = "Bencher Metric Format",
    .looks = "a JSON object of objects of objects with 'value', and perhaps "
             "'lower_value' and 'upper_value'",
    .last = true,
    .document = read_document,
};
