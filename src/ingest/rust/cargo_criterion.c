#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/str.h"
#include "ingest/core/ingest.h"
#include "ingest/rust/criterion_result.h"

/*
 * cargo criterion --message-format=json: messages on one line or on several,
 * among cargo's own lines:
 *
 *     {"reason": "benchmark-complete", "id", "iteration_count": [u64],
 *      "measured_values": [f64], "unit": "ns", "throughput":
 *      [{"per_iteration", "unit": "bytes"|"elements"}], "typical": {"estimate",
 *      "lower_bound", "upper_bound", "unit"}, "mean", "median", ...}
 *
 * A measured value is the total of its iterations. `typical` is the slope, or
 * the mean if sampling was flat.
 */

#define MESSAGE_MAX ((size_t)16 << 20)

struct state {
    bool inside;         /* a message on several lines */
    bool sure;           /* its first member is "reason" */
    struct pfg_pos pos;  /* where it begins */
    struct pfg_str text; /* in the reader's arena */
};

/* Observations of one message. */
struct observations {
    struct pfg_arena *arena;
    struct pfg_unit unit;
    double *values;
    size_t n;
    const char *error; /* "": fine */
    struct pfg_summary summary;
};

static double convert(const struct observations *seen, struct pfg_slice digits)
{
    double out = NAN;

    pfg_unit_convert(&out, digits, &seen->unit);
    return out;
}

/* The power of ten goes into the divisor. Then both are exact, and the quotient
 * is rounded once. */
static void add_sample(struct observations *out, struct pfg_slice total,
                       struct pfg_slice count, double time, double n)
{
    if (!isfinite(time) || !isfinite(n) || time <= 0 || n <= 0) {
        if (!*out->error) {
            out->error = pfg_arena_printf(
                out->arena, "'%.*s' in '%.*s' iterations is not a measurement",
                PFG_SLICE(pfg_slice_first(total, 40)),
                PFG_SLICE(pfg_slice_first(count, 40)));
        }
        return;
    }
    out->values[out->n++] =
        time / (n * pow(10, -out->unit.exp10)) * out->unit.factor;
}

static void read_samples(struct observations *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *root)
{
    const struct pfg_json_value *counts = pfg_json_get(root, "iteration_count");
    const struct pfg_json_value *totals = pfg_json_get(root, "measured_values");
    size_t n = pfg_json_count(totals);

    if (!n || pfg_json_count(counts) != n) {
        out->error = "not as many measured values as iteration counts";
        return;
    }
    out->values = pfg_arena_new_array(out->arena, double, n);
    counts = pfg_json_first(counts);
    totals = pfg_json_first(totals);
    for (size_t i = 0; i < n; i++) {
        add_sample(out, pfg_json_digits(document, totals),
                   pfg_json_digits(document, counts),
                   pfg_json_number(document, totals),
                   pfg_json_number(document, counts));
        counts = pfg_json_next(counts);
        totals = pfg_json_next(totals);
    }
}

static bool read_typical(struct observations *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *root)
{
    const struct pfg_json_value *typical = pfg_json_get(root, "typical");
    struct pfg_slice estimate =
        pfg_json_digits(document, pfg_json_get(typical, "estimate"));

    out->summary = pfg_summary_of(convert(out, estimate));
    out->summary.lower = convert(
        out, pfg_json_digits(document, pfg_json_get(typical, "lower_bound")));
    out->summary.upper = convert(
        out, pfg_json_digits(document, pfg_json_get(typical, "upper_bound")));
    out->summary.level = 0.95; /* the default; it does not print another one */
    out->summary.count = out->n ? (double)out->n : NAN;
    return isfinite(out->summary.value);
}

static void read_throughputs(struct pfg_reader *reader,
                             const struct pfg_measurement *time,
                             const struct pfg_json_document *document,
                             const struct pfg_json_value *root,
                             struct pfg_arena *arena)
{
    const struct pfg_json_value *one =
        pfg_json_first(pfg_json_get(root, "throughput"));

    for (size_t i = 0; one; one = pfg_json_next(one), i++) {
        struct pfg_slice unit =
            pfg_slice_of(pfg_json_string(pfg_json_get(one, "unit")));
        bool bytes = pfg_slice_is(unit, "bytes");
        double amount =
            pfg_json_number(document, pfg_json_get(one, "per_iteration"));

        if (!(amount > 0) || (!bytes && !pfg_slice_is(unit, "elements"))) {
            pfg_reader_warn(reader, "unknown throughput unit '%.*s': ignored",
                            PFG_SLICE(pfg_slice_first(unit, 40)));
            continue;
        }
        pfg_criterion_send_throughput(reader, time,
                                      &(struct pfg_criterion_throughput){
                                          .metric = !i ? "throughput"
                                                    : bytes
                                                        ? "throughput bytes"
                                                        : "throughput elements",
                                          .unit = bytes ? "B/s" : "elem/s",
                                          .amount = amount,
                                      },
                                      arena);
    }
}

static void read_benchmark(struct pfg_reader *reader,
                           const struct pfg_json_document *document,
                           const char *id)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const char *unit = pfg_json_string(pfg_json_get(root, "unit"));
    struct observations seen = {
        .arena = pfg_arena_new(),
        .unit = pfg_unit_find(pfg_slice_of(unit ? unit : "ns")),
        .error = "",
    };
    struct pfg_measurement m = {
        .metric = pfg_slice_of(seen.unit.metric ? seen.unit.metric : "time"),
        .unit = seen.unit.base,
        .better = PFG_LOWER,
        .written_unit = pfg_slice_of(unit ? unit : "ns"),
        .pos = pfg_reader_place(reader, document, root),
    };

    pfg_criterion_result_name(&m, pfg_slice_of(id));
    read_samples(&seen, document, root);
    if (seen.n) {
        m.values = seen.values;
        m.n_values = seen.n;
    }
    m.error = pfg_slice_of(seen.error);
    if (read_typical(&seen, document, root)) {
        m.summary = &seen.summary;
    }
    reader->sink->measurement(reader->sink->self, &m);
    if (seen.n && pfg_slice_is(seen.unit.base, "s")) {
        read_throughputs(reader, &m, document, root, seen.arena);
    }
    pfg_arena_free(seen.arena);
}

/* Claims cargo's own messages, too. */
static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    static const char *const others[] = {
        "group-complete",        "compiler-artifact", "compiler-message",
        "build-script-executed", "build-finished",
    };
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_slice reason =
        pfg_slice_of(pfg_json_string(pfg_json_get(root, "reason")));
    const char *id = pfg_json_string(pfg_json_get(root, "id"));

    if (pfg_slice_is(reason, "benchmark-complete") && id) {
        read_benchmark(reader, document, id);
        return PFG_MINE;
    }
    for (size_t i = 0; i < PFG_COUNT(others); i++) {
        if (pfg_slice_is(reason, others[i])) {
            return PFG_MINE;
        }
    }
    return PFG_NOT_MINE;
}

static bool read_text(struct pfg_reader *reader, struct pfg_slice text)
{
    struct pfg_json_document *document;
    enum pfg_claim claim;

    if (pfg_json_parse(&document, text, reader->pos.file, PFG_JSON_NONFINITE,
                       NULL)) {
        return false;
    }
    claim = read_document(reader, document);
    pfg_json_free(document);
    return claim == PFG_MINE;
}

static void cut_off(struct pfg_reader *reader, const struct state *state)
{
    struct pfg_pos here = reader->pos;

    reader->pos.line = state->pos.line;
    pfg_reader_fail(reader, "a message of cargo criterion is cut off");
    reader->pos = here;
}

static void add_line(struct state *state, struct pfg_slice line)
{
    pfg_str_add(&state->text, line);
    pfg_str_putc(&state->text, '\n');
}

/* A line inside a message. The closing brace has the same indentation as the
 * opening one: none. */
static enum pfg_claim on_inside(struct pfg_reader *reader, struct state *state,
                                struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim(line);
    struct pfg_pos here = reader->pos;

    if (!state->sure) {
        state->sure = pfg_slice_starts(text, "\"reason\":");
        state->inside = state->sure;
    }
    if (!state->inside) {
        return PFG_NOT_MINE;
    }
    if (state->text.len + line.len > MESSAGE_MAX) {
        state->inside = false;
        cut_off(reader, state);
        return PFG_MINE;
    }
    add_line(state, line);
    if (pfg_slice_is(pfg_slice_trim_right(line), "}")) {
        state->inside = false;
        reader->pos = state->pos;
        if (!read_text(reader, pfg_str_slice(&state->text))) {
            pfg_reader_warn(reader, "this message is not JSON: ignored");
        }
        reader->pos = here;
    }
    return PFG_MINE;
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;

    if (state->inside) {
        return on_inside(reader, state, line);
    }
    if (pfg_slice_is(pfg_slice_trim_right(line), "{")) {
        *state = (struct state){
            .inside = true,
            .pos = reader->pos,
            .text = pfg_str_in(reader->arena),
        };
        add_line(state, line);
        return PFG_NOT_MINE;
    }
    if (!pfg_slice_starts(line, "{\"reason\":")) {
        return PFG_NOT_MINE;
    }
    if (!read_text(reader, line) &&
        pfg_slice_starts(line, "{\"reason\":\"benchmark-complete\"")) {
        state->pos = reader->pos;
        cut_off(reader, state);
    }
    return PFG_MINE;
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    if (state->inside && state->sure) {
        cut_off(reader, state);
    }
}

const struct pfg_ingester pfg_ingester_cargo_criterion = {
    .name = "cargo_criterion",
    .title = "cargo criterion --message-format=json",
    .looks = "JSON messages with \"reason\": \"benchmark-complete\"",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
    .document = read_document,
};
