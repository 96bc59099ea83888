#include "ingest/rust/criterion_estimate.h"

#include <stdio.h>

#include "ingest/rust/criterion_result.h"

static bool read_number(struct pfg_printed *out, struct pfg_unit *unit,
                        struct pfg_slice *rest)
{
    out->digits = pfg_take_word(rest);
    out->unit = pfg_take_word(rest);
    *unit = pfg_unit_find(out->unit);
    return out->digits.len && out->unit.len && !pfg_printed_convert(out, unit);
}

bool pfg_criterion_estimate_read(struct pfg_criterion_estimate *out,
                                 struct pfg_slice text)
{
    struct pfg_slice rest = pfg_slice_trim(text);
    struct pfg_unit low, high;

    if (!pfg_take(&rest, "[") || !pfg_slice_ends(rest, "]")) {
        return false;
    }
    rest.len--;
    return read_number(&out->low, &low, &rest) &&
           read_number(&out->value, &out->unit, &rest) &&
           read_number(&out->high, &high, &rest) && !rest.len &&
           pfg_slice_eq(low.base, out->unit.base) &&
           pfg_slice_eq(high.base, out->unit.base);
}

/* The two-sided 95 % interval of a normal distribution is 2 * 1.96 standard
 * errors wide. criterion's is bootstrapped, and of 95 % unless an option, which
 * it does not print, changes that. */
#define Z_95 1.959963984540054

static void send(const struct pfg_criterion_estimate *estimate,
                 struct pfg_reader *reader, const char *title,
                 const char *metric, enum pfg_direction better, bool derived)
{
    struct pfg_summary summary = pfg_summary_of(estimate->value.value);
    struct pfg_measurement m = {
        .metric = pfg_slice_of(metric),
        .unit = estimate->unit.base,
        .better = better,
        .summary = &summary,
        .written_unit = estimate->value.unit,
        .written = &estimate->value.digits,
        .derived = derived,
        .pos = reader->pos,
    };

    pfg_criterion_result_name(&m, pfg_slice_of(title));
    summary.lower = estimate->low.value;
    summary.upper = estimate->high.value;
    summary.level = 0.95;
    summary.error = (summary.upper - summary.lower) / (2 * Z_95);
    summary.resolution = estimate->value.resolution;
    reader->sink->measurement(reader->sink->self, &m);
}

void pfg_criterion_estimate_send(const struct pfg_criterion_estimate *estimate,
                                 struct pfg_reader *reader, const char *title,
                                 const char *metric, enum pfg_direction better)
{
    send(estimate, reader, title, metric, better, false);
}

void pfg_criterion_estimate_send_throughput(
    const struct pfg_criterion_estimate *estimate, struct pfg_reader *reader,
    const char *title, size_t n_before)
{
    const struct pfg_unit *unit = &estimate->unit;
    bool bytes = pfg_slice_is(unit->base, "B/s");
    char metric[64];

    if (bytes || pfg_slice_is(unit->base, "elem/s")) {
        send(estimate, reader, title,
             !n_before ? "throughput"
             : bytes   ? "throughput bytes"
                       : "throughput elements",
             PFG_HIGHER, true);
        return;
    }
    snprintf(metric, sizeof metric, "throughput in %.*s",
             PFG_SLICE(pfg_slice_first(unit->base, 40)));
    send(estimate, reader, title, metric, unit->better, true);
}
