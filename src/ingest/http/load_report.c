#include "ingest/http/load_report.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "ingest/core/printed_number.h"

static const struct pfg_json_value *at(const struct pfg_load_report *report,
                                       const char *const path[3])
{
    const struct pfg_json_value *value = report->root;

    for (size_t i = 0; i < 3 && path[i]; i++) {
        value = pfg_json_get(value, path[i]);
    }
    return value;
}

double pfg_load_report_number(const struct pfg_load_report *report,
                              const char *const path[3])
{
    return pfg_json_number(report->document, at(report, path));
}

void pfg_load_report_param(struct pfg_load_report *report, const char *key,
                           const char *const path[3])
{
    const struct pfg_json_value *value = at(report, path);
    const char *text = pfg_json_string(value);
    struct pfg_param param = {
        pfg_slice_of(key),
        text ? pfg_slice_of(text) : pfg_json_digits(report->document, value),
    };

    if (param.value.len && report->n_params < PFG_COUNT(report->params)) {
        report->params[report->n_params++] = param;
    }
}

static struct pfg_measurement begin(const struct pfg_load_report *report,
                                    const char *metric, const char *unit,
                                    enum pfg_direction better,
                                    const struct pfg_json_value *value)
{
    return (struct pfg_measurement){
        .benchmark = report->benchmark,
        .params = report->params,
        .n_params = report->n_params,
        .metric = pfg_slice_of(metric),
        .unit = pfg_unit_find(pfg_slice_of(unit)).base,
        .better = better,
        .written_unit = pfg_slice_of(unit),
        .pos = pfg_reader_place(report->reader, report->document, value),
    };
}

static const char *why_bad(const struct pfg_load_report *report,
                           const struct pfg_measurement *m,
                           const struct pfg_json_value *value)
{
    double number = pfg_json_number(report->document, value);

    if (report->n_requests == 0 && pfg_slice_starts(m->metric, "latency")) {
        return "no requests completed";
    }
    if (pfg_json_type(value) == PFG_JSON_NULL) {
        return "null: not a finite number";
    }
    if (!isfinite(number)) {
        return "not a number";
    }
    return pfg_slice_is(m->unit, "s") && number < 0 ? "a negative time" : NULL;
}

static void send(const struct pfg_load_report *report,
                 const struct pfg_measurement *described,
                 const struct pfg_json_value *value,
                 struct pfg_summary *summary)
{
    const struct pfg_sink *sink = report->reader->sink;
    struct pfg_measurement m = *described;
    struct pfg_unit unit = pfg_unit_find(m.written_unit);
    struct pfg_printed printed = {.digits =
                                      pfg_json_digits(report->document, value)};
    const char *bad = why_bad(report, &m, value);

    if (bad || pfg_printed_convert(&printed, &unit)) {
        m.error = pfg_slice_of(bad ? bad : "not a number");
    } else {
        summary->value = printed.value;
        /* A time in whole units was rounded to them. */
        if (pfg_slice_is(m.unit, "s") &&
            pfg_slice_find_byte(printed.digits, '.') == printed.digits.len &&
            (printed.value != 0 || report->too_short)) {
            summary->resolution = printed.resolution;
        }
        m.summary = summary;
        m.written = &printed.digits;
    }
    sink->measurement(sink->self, &m);
}

static double or_nan(double value)
{
    return isfinite(value) ? value : NAN;
}

/* Another field of the table, "latency max" beside "latency mean", in base
 * units; NAN where there is none. */
static double beside(const struct pfg_load_report *report,
                     const struct pfg_load_field *fields, size_t n,
                     const struct pfg_load_field *of, const char *statistic)
{
    struct pfg_slice stem = pfg_slice_of(of->metric);

    stem = pfg_slice_first(stem, pfg_slice_find_byte(stem, ' '));
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice name = pfg_slice_of(fields[i].metric);
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(fields[i].unit));
        double value = NAN;

        if (pfg_slice_eq(pfg_take_until(&name, ' '), stem) &&
            pfg_slice_is(name, statistic)) {
            pfg_unit_convert(
                &value,
                pfg_json_digits(report->document, at(report, fields[i].path)),
                &unit);
            return or_nan(value);
        }
    }
    return NAN;
}

/* "latency mean", or a mean that is called by its stem alone. */
static bool is_mean(const char *metric)
{
    struct pfg_slice name = pfg_slice_of(metric);

    pfg_take_until(&name, ' ');
    return !name.len || pfg_slice_is(name, "mean");
}

void pfg_load_report_send(const struct pfg_load_report *report,
                          const struct pfg_load_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct pfg_load_field *field = &fields[i];
        const struct pfg_json_value *value = at(report, field->path);
        struct pfg_measurement m =
            begin(report, field->metric, field->unit, field->better, value);
        struct pfg_summary summary = pfg_summary_of(NAN);

        if (!value) {
            continue;
        }
        if (is_mean(field->metric)) {
            summary.stddev = beside(report, fields, n, field, "stdev");
            summary.min = beside(report, fields, n, field, "min");
            summary.max = beside(report, fields, n, field, "max");
        }
        if (pfg_slice_starts(m.metric, "latency")) {
            summary.count = or_nan(report->n_requests);
        }
        send(report, &m, value, &summary);
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

void pfg_load_report_percentiles(const struct pfg_load_report *report,
                                 const struct pfg_json_value *object,
                                 const char *stem, const char *unit,
                                 enum pfg_direction better)
{
    const struct pfg_json_value *one = pfg_json_first(object);
    char percentile[16], metric[64];

    for (; one; one = pfg_json_next(one)) {
        struct pfg_summary summary = pfg_summary_of(NAN);
        struct pfg_measurement m;

        if (!read_percentile(percentile, pfg_json_key(one))) {
            continue;
        }
        snprintf(metric, sizeof metric, "%s p%s", stem, percentile);
        m = begin(report, metric, unit, better, one);
        if (pfg_slice_starts(m.metric, "latency")) {
            summary.count = or_nan(report->n_requests);
        }
        send(report, &m, one, &summary);
    }
}

void pfg_load_report_events(const struct pfg_load_report *report,
                            const char *metric, enum pfg_direction better,
                            const struct pfg_json_value *written, double events,
                            double trials)
{
    const struct pfg_sink *sink = report->reader->sink;
    struct pfg_slice digits = pfg_json_digits(report->document, written);
    struct pfg_measurement m = begin(report, metric, "", better, written);
    struct pfg_summary summary = pfg_summary_of(events);

    m.pos = pfg_reader_place(report->reader, report->document,
                             written ? written : report->root);
    if (!(events >= 0) || !isfinite(fmax(trials, events))) {
        return;
    }
    m.summary = &summary;
    m.written = digits.len ? &digits : NULL;
    m.events = events;
    m.trials = fmax(trials, events);
    sink->measurement(sink->self, &m);
}
