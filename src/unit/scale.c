#include "unit/scale.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"

/* Four digits, which is what the benchmark tools print, and more than noise
 * leaves significant in most numbers. */
enum { DIGITS = 4, MAX_DECIMALS = 12 };

/* From here on a number has too many digits to read. */
static const double UNREADABLE = 1e7;
static const double UNPRINTABLE = 1e15;
/* -log10(0.99995): 9.99996 prints as 10.00. */
static const double ALMOST = 2.2e-5;

struct step {
    double factor;
    const char *prefix;
};

struct ladder {
    const char *unit;     /* base unit; NULL: any other */
    const char *format;   /* of the suffix, with room for the prefix */
    double plain_below;   /* smaller numbers have no prefix */
    struct step steps[6]; /* ascending, ended by a NULL prefix */
};

static const struct ladder ladders[] = {
    {"s", "%ss", 0, {{1e-9, "n"}, {1e-6, "\u00b5"}, {1e-3, "m"}, {1, ""}}},
    {"B",
     "%sB",
     0,
     {{1, ""}, {0x1p10, "Ki"}, {0x1p20, "Mi"}, {0x1p30, "Gi"}, {0x1p40, "Ti"}}},
    {"B/s",
     "%sB/s",
     0,
     {{1, ""}, {0x1p10, "Ki"}, {0x1p20, "Mi"}, {0x1p30, "Gi"}, {0x1p40, "Ti"}}},
    {"elem/s",
     "%selem/s",
     0,
     {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}},
    {"1/s",
     "%s/s",
     0,
     {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}},
    {"%", "%s%%", 0, {{0.01, ""}}},
    {"1", "%s", 1e5, {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}},
    {NULL, "%s", 1e5, {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}},
};

static const struct ladder *find_ladder(const char *unit)
{
    const struct ladder *ladder = ladders;

    while (ladder->unit && strcmp(ladder->unit, unit)) {
        ladder++;
    }
    return ladder;
}

/* The smallest nonzero and the largest magnitude of the values, and whether all
 * are whole numbers. */
struct range {
    double least, most;
    bool whole;
};

static struct range range_of(const double *values, size_t n)
{
    struct range range = {0, 0, true};

    for (size_t i = 0; i < n; i++) {
        double x = fabs(values[i]);

        if (!isfinite(x) || x == 0) {
            continue;
        }
        range.least = range.least == 0 ? x : fmin(range.least, x);
        range.most = fmax(range.most, x);
        range.whole = range.whole && x == floor(x);
    }
    return range;
}

/* The largest step that leaves at least one digit before the point. Values just
 * below it use it too: 999.96 ns would print as 1000.0 ns. */
static const struct step *pick_step(const struct ladder *ladder, double x)
{
    const struct step *step = ladder->steps;

    if (x < ladder->plain_below) {
        return step;
    }
    while (step[1].prefix && x >= step[1].factor * 0.99995) {
        step++;
    }
    return step;
}

static const struct step *step_of_one(const struct ladder *ladder)
{
    const struct step *step = ladder->steps;

    while (step->factor < 1 && step[1].prefix) {
        step++;
    }
    return step;
}

static int decimals_for(double x)
{
    int decimals;

    if (!(x > 0)) { /* so small that the quotient underflows */
        return MAX_DECIMALS;
    }
    decimals = DIGITS - 1 - (int)floor(log10(x) + ALMOST);
    return decimals < 0 ? 0 : decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
}

static void put_suffix(struct pfg_scale *scale, const struct ladder *ladder,
                       const char *prefix, const char *unit)
{
    const size_t room = sizeof scale->suffix;

    if (ladder->unit) {
        snprintf(scale->suffix, room, ladder->format, prefix);
        return;
    }
    /* A unit too long for a suffix is left out: the metric's name has it. */
    snprintf(scale->suffix, room, "%s%s", prefix, *prefix ? " " : "");
    if (strlen(scale->suffix) + strlen(unit) < room) {
        strncat(scale->suffix, unit, room - 1 - strlen(scale->suffix));
    } else {
        snprintf(scale->suffix, room, "%s", prefix);
    }
}

struct pfg_scale pfg_scale_for(const char *unit, const double *values, size_t n)
{
    const struct ladder *ladder = find_ladder(unit);
    struct range range = range_of(values, n);
    const struct step *step = step_of_one(ladder);
    struct pfg_scale scale = {.decimals = 0};

    if (range.least > 0) {
        step = pick_step(ladder, range.least);
        /* If the values are too far apart for one prefix, the largest chooses
         * it, and the smallest gets the decimals. */
        if (range.most / step->factor >= UNREADABLE) {
            step = pick_step(ladder, range.most);
        }
        scale.decimals = decimals_for(range.least / step->factor);
        if (range.whole && step->factor == 1) {
            scale.decimals = 0; /* 3 allocations, 48 B */
        }
    }
    scale.factor = step->factor;
    put_suffix(&scale, ladder, step->prefix, unit);
    return scale;
}

const char *pfg_scale_digits(char out[PFG_SCALE_TEXT], double value,
                             const struct pfg_scale *scale)
{
    double x = value / scale->factor;

    if (!isfinite(x)) {
        snprintf(out, PFG_SCALE_TEXT, "\u2013");
    } else if (fabs(x) >= UNPRINTABLE) {
        snprintf(out, PFG_SCALE_TEXT, "%.*e", DIGITS - 1, x);
    } else {
        pfg_number_fixed(out, PFG_SCALE_TEXT, x == 0 ? 0.0 : x,
                         scale->decimals);
    }
    return out;
}

/* "12.3k/s" and "3.5%", but "1.423 µs". */
static bool is_attached(const char *suffix)
{
    size_t prefix = strspn(suffix, "kMGT");

    return strchr("/%", *suffix) || (prefix == 1 && strchr("/ ", suffix[1]));
}

const char *pfg_scale_print(char out[PFG_SCALE_TEXT], double value,
                            const struct pfg_scale *scale)
{
    char *end;

    pfg_scale_digits(out, value, scale);
    end = out + strlen(out);
    if (isfinite(value)) {
        if (!is_attached(scale->suffix)) {
            *end++ = ' ';
        }
        memcpy(end, scale->suffix, sizeof scale->suffix);
    }
    return out;
}

char *pfg_scale_alone(double value, const char *unit, struct pfg_arena *arena)
{
    const struct pfg_scale scale = pfg_scale_for(unit, &value, 1);
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(arena, pfg_scale_print(text, value, &scale));
}
