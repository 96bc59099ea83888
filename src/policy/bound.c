#include "policy/bound.h"

#include <math.h>
#include <string.h>

#include "model/metric.h"
#include "unit/unit.h"

#define TOLERANCE 1e-9

/* --- units --- */

static const struct {
    const char *unit, *dimension;
} dimensions[] = {
    {"s", "a time"},
    {"B", "a size"},
    {"B/s", "bytes per second"},
    {"1/s", "a rate per second"},
    {"elem/s", "a rate per second"},
    {"1", "a plain number"},
    {"%", "a plain number"}, /* a hundred of them are 1 */
};

const char *pfg_unit_dimension(const char *unit)
{
    for (size_t i = 0; i < PFG_COUNT(dimensions); i++) {
        if (!strcmp(unit, dimensions[i].unit)) {
            return dimensions[i].dimension;
        }
    }
    return unit;
}

bool pfg_units_agree(const char *a, const char *b)
{
    return !strcmp(pfg_unit_dimension(a), pfg_unit_dimension(b));
}

/* The units of the known metrics. */
static const struct {
    const char *metric; /* or the name without its statistic */
    const char *units;
} known[] = {
    {"time", "s"},
    {"cpu time", "s"},
    {"user", "s"},
    {"system", "s"},
    {"latency", "s"},
    {"iteration duration", "s"},
    {"waiting", "s"},
    {"blocked", "s"},
    {"connecting", "s"},
    {"tls", "s"},
    {"sending", "s"},
    {"receiving", "s"},
    {"bytes", "B"},
    {"memory", "B"},
    {"data received", "B"},
    {"data sent", "B"},
    {"allocs", "1"},
    {"instructions", "1"},
    {"cycles", "1"},
    {"vus", "1"},
    {"error rate", "1"},
    {"checks", "1"},
    {"throughput", "B/s 1/s"},
    {"transfer", "B/s"},
    {"requests", "1/s 1"},
    {"errors", "1 1/s"},
    {"failures", "1 1/s"},
};

static bool has_word(const char *words, const char *unit)
{
    struct pfg_slice rest = pfg_slice_of(words);
    struct pfg_arena *arena = pfg_arena_new();
    bool found = false;

    while (rest.len && !found) {
        found = pfg_units_agree(
            pfg_arena_slice(arena, pfg_take_until(&rest, ' ')), unit);
    }
    pfg_arena_free(arena);
    return found;
}

/* "latency p99" begins with "latency". */
static bool begins_with(const char *name, const char *stem)
{
    size_t length = strlen(stem);

    return !strncmp(name, stem, length) &&
           (!name[length] || name[length] == ' ');
}

static bool is_own_rate(const char *unit)
{
    size_t length = strlen(unit);

    return pfg_unit_dimension(unit) == unit && length > 2 &&
           !strcmp(unit + length - 2, "/s");
}

bool pfg_metric_allows_unit(const char *metric, const char *unit)
{
    const char *name = pfg_metric_find(metric).name;

    for (size_t i = 0; i < PFG_COUNT(known); i++) {
        if (begins_with(name, known[i].metric)) {
            /* "widgets/s" is a rate, though the table does not list its unit.
             */
            return has_word(known[i].units, unit) ||
                   (is_own_rate(unit) && has_word(known[i].units, "1/s"));
        }
    }
    return true;
}

/* --- limits --- */

static int not_a_bound(struct pfg_slice text, struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "'%.*s' is not a limit", PFG_SLICE(text));
    return pfg_hint(err, "write \"< 8ms\", \">= 10000/s\", \"errors == 0\" or "
                         "\"0.4..0.6\"");
}

/* Reads a number and its unit; *unit is the base unit. */
static int parse_value(double *out, struct pfg_slice *unit,
                       struct pfg_slice text, struct pfg_slice default_unit)
{
    struct pfg_slice rest = pfg_slice_trim(text);
    struct pfg_slice number = pfg_take_number(&rest);
    struct pfg_unit known_unit;

    rest = pfg_slice_trim(rest);
    known_unit = pfg_unit_find(rest.len ? rest : default_unit);
    *unit = known_unit.base;
    if (!number.len || pfg_unit_convert(out, number, &known_unit) ||
        !isfinite(*out)) {
        return -1;
    }
    /* Text behind the unit, as in "8 ms or so", is an error. */
    return pfg_slice_find_byte(rest, ' ') < rest.len ? -1 : 0;
}

/* "0.4..0.6", "1..8ms": without a unit, the lower end takes that of the upper
 * one. */
static int parse_range(struct pfg_bound *out, struct pfg_slice text,
                       size_t dots, struct pfg_slice *unit)
{
    struct pfg_slice low = pfg_slice_trim(pfg_slice_first(text, dots));
    struct pfg_slice high = pfg_slice_trim(pfg_slice_from(text, dots + 2));
    struct pfg_slice written = high, low_unit;

    pfg_take_number(&written);
    return parse_value(&out->upper, unit, high, PFG_LIT("")) ||
                   parse_value(&out->lower, &low_unit, low,
                               pfg_slice_trim(written)) ||
                   !pfg_slice_eq(*unit, low_unit) || out->lower > out->upper
               ? -1
               : 0;
}

static int parse_comparison(struct pfg_bound *out, struct pfg_slice text,
                            struct pfg_slice *unit)
{
    static const struct {
        const char *sign;
        bool lower, upper, open;
    } signs[] = {
        {"<=", false, true, false}, {">=", true, false, false},
        {"==", true, true, false},  {"<", false, true, true},
        {">", true, false, true},
    };
    double value;

    for (size_t i = 0; i < PFG_COUNT(signs); i++) {
        if (!pfg_take(&text, signs[i].sign)) {
            continue;
        }
        if (parse_value(&value, unit, text, PFG_LIT(""))) {
            return -1;
        }
        out->lower = signs[i].lower ? value : -INFINITY;
        out->upper = signs[i].upper ? value : INFINITY;
        out->lower_open = signs[i].lower && signs[i].open;
        out->upper_open = signs[i].upper && signs[i].open;
        return 0;
    }
    return -1;
}

int pfg_bound_parse(struct pfg_bound *out, struct pfg_slice text,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_trim(text), unit = {0};
    size_t dots = pfg_slice_find(rest, "..");
    size_t sign = 0;

    *out = (struct pfg_bound){.metric = ""};
    while (sign < rest.len && !strchr("<>=", rest.ptr[sign])) {
        sign++;
    }
    if (sign < rest.len) {
        struct pfg_slice metric = pfg_slice_trim(pfg_slice_first(rest, sign));

        out->metric = pfg_arena_slice(arena, metric);
        rest = pfg_slice_from(rest, sign);
        if (parse_comparison(out, rest, &unit)) {
            return not_a_bound(text, err);
        }
    } else if (dots >= rest.len || parse_range(out, rest, dots, &unit)) {
        return not_a_bound(text, err);
    }
    out->unit = pfg_arena_slice(arena, unit);
    out->text = pfg_arena_slice(arena, rest);
    out->share = pfg_slice_ends(rest, "%");
    return 0;
}

bool pfg_bound_holds(const struct pfg_bound *bound, double value)
{
    double low = TOLERANCE * fabs(bound->lower);
    double high = TOLERANCE * fabs(bound->upper);

    if (isnan(value)) {
        return false;
    }
    if (isfinite(bound->lower) &&
        (bound->lower_open ? value <= bound->lower + low
                           : value < bound->lower - low)) {
        return false;
    }
    return !isfinite(bound->upper) ||
           (bound->upper_open ? value < bound->upper - high
                              : value <= bound->upper + high);
}

bool pfg_bound_contains(const struct pfg_bound *outer,
                        const struct pfg_bound *inner)
{
    return pfg_units_agree(outer->unit, inner->unit) &&
           (outer->lower < inner->lower ||
            (outer->lower == inner->lower &&
             (!outer->lower_open || inner->lower_open))) &&
           (outer->upper > inner->upper ||
            (outer->upper == inner->upper &&
             (!outer->upper_open || inner->upper_open)));
}

int pfg_quantity_parse(struct pfg_quantity *out, struct pfg_slice text,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_slice unit;

    if (parse_value(&out->value, &unit, text, PFG_LIT("")) || out->value < 0) {
        pfg_fail(err, PFG_USAGE, "'%.*s' is not an amount", PFG_SLICE(text));
        return pfg_hint(err, "write a number with its unit: \"50ns\", "
                             "\"2 KiB\", \"3\"");
    }
    out->unit = pfg_arena_slice(arena, unit);
    out->text = pfg_arena_slice(arena, pfg_slice_trim(text));
    return 0;
}
