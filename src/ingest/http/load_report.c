#include "ingest/http/load_report.h"

#include <math.h>
#include <stdio.h>

double pfg_load_report_number(const struct pfg_load_report *report,
                              const char *path)
{
    return pfg_json_number(report->document, pfg_json_path(report->root, path));
}

void pfg_load_report_param(struct pfg_load_report *report, const char *key,
                           const char *path)
{
    const struct pfg_json_value *value = pfg_json_path(report->root, path);
    const char *text = pfg_json_string(value);

    pfg_load_block_param(&report->block, key,
                         text ? pfg_slice_of(text)
                              : pfg_json_digits(report->document, value));
}

static const char *why_bad(const struct pfg_load_report *report,
                           const struct pfg_load_reading *reading,
                           const struct pfg_json_value *value)
{
    double number = pfg_json_number(report->document, value);

    if (report->block.n_requests == 0 &&
        pfg_slice_starts(reading->metric, "latency")) {
        return "no requests completed";
    }
    if (pfg_json_type(value) == PFG_JSON_NULL) {
        return "null: not a finite number";
    }
    if (!isfinite(number)) {
        return "not a number";
    }
    return pfg_slice_is(reading->unit, "s") && number < 0 ? "a negative time"
                                                          : NULL;
}

static void add(struct pfg_load_report *report, const char *metric,
                const char *unit_written, enum pfg_direction better,
                const struct pfg_json_value *value)
{
    struct pfg_unit unit = pfg_unit_find(pfg_slice_of(unit_written));
    struct pfg_load_reading reading = {
        .metric = pfg_slice_of(metric),
        .unit = unit.base,
        .better = better,
        .printed = {.digits = pfg_json_digits(report->document, value),
                    .unit = pfg_slice_of(unit_written)},
        .pos = pfg_reader_place(report->reader, report->document, value),
    };
    struct pfg_printed *printed = &reading.printed;

    reading.error = why_bad(report, &reading, value);
    if (!reading.error && pfg_printed_convert(printed, &unit)) {
        reading.error = "not a number";
    }
    if (reading.error) {
        printed->value = NAN;
    } else if (!pfg_slice_is(unit.base, "s") ||
               pfg_slice_find_byte(printed->digits, '.') <
                   printed->digits.len ||
               (printed->value == 0 && !report->too_short)) {
        printed->resolution = NAN; /* only times in whole units are rounded */
    }
    pfg_load_block_add(&report->block, report->reader, &reading);
}

void pfg_load_report_add(struct pfg_load_report *report,
                         const struct pfg_load_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct pfg_json_value *value =
            pfg_json_path(report->root, fields[i].path);

        if (value) {
            add(report, fields[i].metric, fields[i].unit, fields[i].better,
                value);
        }
    }
}

/* "p97_5", "p99.9", "99th", "99": "97.5"; false for anything else. */
static bool read_percentile(char out[16], const char *name)
{
    struct pfg_slice rest = pfg_slice_of(name), whole, part;

    (void)pfg_take(&rest, "p");
    whole = pfg_take_digits(&rest);
    part = pfg_slice_make(NULL, 0);
    if (pfg_take(&rest, "_") || pfg_take(&rest, ".")) {
        part = pfg_take_digits(&rest);
    }
    (void)pfg_take(&rest, "th");
    if (rest.len || !whole.len || whole.len > 3 || part.len > 6) {
        return false;
    }
    snprintf(out, 16, "%.*s%s%.*s", PFG_SLICE(whole), part.len ? "." : "",
             PFG_SLICE(part));
    return true;
}

void pfg_load_report_percentiles(struct pfg_load_report *report,
                                 const struct pfg_json_value *object,
                                 const char *stem, const char *unit,
                                 enum pfg_direction better)
{
    const struct pfg_json_value *one = pfg_json_first(object);
    char percentile[16];

    for (; one; one = pfg_json_next(one)) {
        if (read_percentile(percentile, pfg_json_key(one))) {
            add(report,
                pfg_arena_printf(report->reader->arena, "%s p%s", stem,
                                 percentile),
                unit, better, one);
        }
    }
}

void pfg_load_report_events(struct pfg_load_report *report, const char *metric,
                            const struct pfg_json_value *written, double events,
                            double trials)
{
    pfg_load_block_add_events(
        &report->block, report->reader, metric, events, trials,
        pfg_json_digits(report->document, written),
        pfg_reader_place(report->reader, report->document,
                         written ? written : report->root));
}
