#include "render/words/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/number.h"
#include "base/str.h"
#include "unit/scale.h"

static const char DASH[] = "\u2013";

/* Fractions this large are no longer readable as percent. */
static const double HUGE_CHANGE = 1e6;

const char *pfg_words_anchor(struct pfg_arena *arena,
                             const struct pfg_report *report,
                             const struct pfg_report_section *section,
                             const struct pfg_report_row *row)
{
    return pfg_arena_printf(
        arena, "r%td-%012llx", section - report->sections + 1,
        (unsigned long long)pfg_hash_bytes(pfg_slice_of(row->key)) >> 16);
}

const char *pfg_words_percent(struct pfg_arena *arena, double fraction)
{
    double percent = fraction * 100;
    char text[PFG_NUMBER_LONG_TEXT];

    if (!isfinite(percent)) {
        return DASH;
    }
    pfg_number_general(text, sizeof text, percent,
                       fabs(percent) < 1000 ? 3 : 5);
    return pfg_arena_join(arena, text, "%", NULL);
}

const char *pfg_words_detects(struct pfg_arena *arena, double fraction)
{
    return isnan(fraction) ? ""
           : fraction > 1  ? ">2x"
                           : pfg_words_percent(arena, fraction);
}

/* Changes below this, in per cent, are rounding errors. */
#define NOTHING 1e-7

/* Decimals for changes of this size: "+0.12", "+12.3", "+1234". */
static int decimals_of(double fraction)
{
    double percent = fabs(fraction) * 100;

    return percent < 0.995 ? 2 : percent < 99.95 ? 1 : 0;
}

static const char *signed_percent(struct pfg_arena *arena, double fraction,
                                  int decimals)
{
    char text[PFG_NUMBER_LONG_TEXT];

    if (fabs(fraction) >= HUGE_CHANGE) {
        return pfg_arena_printf(arena, "%+.2e", fraction * 100);
    }
    pfg_number_fixed(text, sizeof text, fraction * 100, decimals);
    return pfg_arena_join(arena, *text == '-' ? "" : "+", text, NULL);
}

const char *pfg_words_change(struct pfg_arena *arena, double fraction)
{
    double percent = fabs(fraction) * 100;
    int decimals = decimals_of(fraction);

    if (!isfinite(fraction)) {
        return DASH;
    }
    if (percent < NOTHING) {
        fraction = 0;
    } else if (percent < 0.005) {
        decimals =
            (int)ceil(-log10(percent)); /* a change is not shown as zero */
    }
    return pfg_arena_join(arena, signed_percent(arena, fraction, decimals), "%",
                          NULL);
}

const char *pfg_words_mark(struct pfg_arena *arena, size_t footnote)
{
    static const char *const digits[] = {
        "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
        "\u2075", "\u2076", "\u2077", "\u2078", "\u2079",
    };
    struct pfg_str text = pfg_str_in(arena);
    char number[32];

    snprintf(number, sizeof number, "%zu", footnote + 1);
    for (const char *c = number; *c; c++) {
        pfg_str_puts(&text, digits[*c - '0']);
    }
    return text.ptr;
}

void pfg_words_join(struct pfg_str *text, const char *separator,
                    const char *part)
{
    if (*part) {
        pfg_str_puts(text, text->len ? separator : "");
        pfg_str_puts(text, part);
    }
}

/* Half the interval, as a share of the value. */
static const char *spread(const struct pfg_report_side *side,
                          struct pfg_arena *arena)
{
    double half = (side->interval.upper - side->interval.lower) / 2;
    double share = half / fabs(side->value);
    char text[PFG_NUMBER_LONG_TEXT];

    if (!side->present || !isfinite(share)) {
        return "";
    }
    if (share >= 9.995) {
        return "\u00b1>999%";
    }
    pfg_number_fixed(text, sizeof text, share * 100, share < 0.00995 ? 1 : 0);
    return pfg_arena_join(arena, "\u00b1", text, "%", NULL);
}

static const char *value(const struct pfg_report_side *side,
                         const struct pfg_scale *scale, struct pfg_arena *arena)
{
    char text[PFG_SCALE_TEXT];

    if (!side->present) {
        return DASH;
    }
    if (*side->error && !isfinite(side->value)) {
        return "failed";
    }
    return pfg_arena_strdup(arena, pfg_scale_print(text, side->value, scale));
}

const char *pfg_words_unit(const struct pfg_report_row *row)
{
    struct pfg_slice metric = pfg_slice_of(row->metric);
    bool named =
        pfg_slice_ends(metric, "rate") || pfg_slice_is(metric, "checks");
    const struct pfg_report_side *shown =
        row->head.present ? &row->head : &row->base;
    bool share =
        named && !(fabs(row->base.value) > 1) && !(fabs(row->head.value) > 1);

    /* Or the tool itself printed one: "cpu: 4.2 %". */
    share |= !strcmp(shown->written_unit, "%");
    return share && !strcmp(row->unit, "1") ? "%" : row->unit;
}

/* Nothing was found, and a number would be mistaken for a finding. */
static bool found_nothing(const struct pfg_report_row *row)
{
    return row->verdict == PFG_UNCHANGED ||
           (row->verdict == PFG_INCONCLUSIVE && !row->listed);
}

static const char *change(const struct pfg_report_row *row,
                          const struct pfg_scale *scale,
                          struct pfg_arena *arena)
{
    char text[PFG_SCALE_TEXT];
    bool both = row->base.present && row->head.present;

    if (row->evidence == PFG_EXACT && row->difference == 0) {
        return "0%";
    }
    if (both && found_nothing(row)) {
        return "~";
    }
    if (isfinite(row->change)) {
        return pfg_words_change(arena, row->change);
    }
    if (isfinite(row->difference)) {
        pfg_scale_print(text, row->difference, scale);
        return pfg_arena_printf(arena, "%s%s", row->difference > 0 ? "+" : "",
                                text);
    }
    return "";
}

static const char *interval(const struct pfg_report_row *row,
                            struct pfg_arena *arena)
{
    const char *level = "";
    int decimals = decimals_of(row->change);

    if (!isfinite(row->change) || !isfinite(row->change_lower) ||
        !isfinite(row->change_upper) || row->evidence == PFG_EXACT ||
        found_nothing(row)) {
        return "";
    }
    /* Small samples have no interval at 95 %, so its level is shown. */
    if (row->change_level < 0.9495) {
        level = pfg_arena_printf(arena, " at %s",
                                 pfg_words_percent(arena, row->change_level));
    }
    return pfg_arena_join(
        arena, "[", signed_percent(arena, row->change_lower, decimals), ", ",
        signed_percent(arena, row->change_upper, decimals), "]", level, NULL);
}

/* The number of samples, by the unit of replication: "5×20" is five processes
 * of twenty samples. */
static const char *size(const struct pfg_report_side *side,
                        struct pfg_arena *arena)
{
    size_t each = side->n_processes > 1 ? side->n / side->n_processes : 0;

    if (each <= 1) {
        return pfg_arena_printf(arena, "%zu", side->n);
    }
    return pfg_arena_printf(arena, "%zu\u00d7%s%zu", side->n_processes,
                            side->n % side->n_processes ? "~" : "", each);
}

static const char *sizes(const struct pfg_report_row *row,
                         struct pfg_arena *arena)
{
    const char *base = row->base.present ? size(&row->base, arena) : "0";
    const char *head = row->head.present ? size(&row->head, arena) : "0";

    return strcmp(base, head)
               ? pfg_arena_join(arena, "n=", base, "+", head, NULL)
               : pfg_arena_join(arena, "n=", head, NULL);
}

static const char *test(const struct pfg_report_row *row,
                        struct pfg_arena *arena)
{
    const char *n = sizes(row, arena);
    char p[PFG_NUMBER_LONG_TEXT];

    if (row->evidence == PFG_EXACT) {
        return pfg_arena_join(arena, "exact ", n, NULL);
    }
    if (!isfinite(row->p) || found_nothing(row)) {
        return n;
    }
    return row->p < 0.0005
               ? pfg_arena_join(arena, "p<0.001 ", n, NULL)
               : pfg_arena_join(arena,
                                "p=", pfg_number_fixed(p, sizeof p, row->p, 3),
                                " ", n, NULL);
}

static const char *limit(const struct pfg_report_row *row,
                         struct pfg_arena *arena)
{
    const char *threshold;

    if (row->verdict == PFG_OVER_BUDGET) {
        return row->budget;
    }
    if (!row->gated || !isfinite(row->threshold)) {
        return DASH;
    }
    threshold = pfg_words_percent(arena, row->threshold);
    if (row->effective_threshold > row->threshold + 1e-9) {
        return pfg_arena_printf(
            arena, "%s (%s)", threshold,
            pfg_words_detects(arena, row->effective_threshold));
    }
    return threshold;
}

/* Adds a failure, unless it is the reason of the row already. */
static void add_failure(struct pfg_str *note, const char *side,
                        const char *error, const char *reason)
{
    if (*error && strcmp(error, reason)) {
        pfg_str_printf(note, "%s%s failed: %s", note->len ? "; " : "", side,
                       error);
    }
}

static const char *note(const struct pfg_report_row *row,
                        struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_words_join(&text, "; ", row->reason);
    add_failure(&text, "base", row->base.error, row->reason);
    add_failure(&text, "head", row->head.error, row->reason);
    if (*row->budget && row->verdict != PFG_OVER_BUDGET) {
        pfg_str_printf(&text, "%sbudget %s %s", text.len ? "; " : "",
                       row->budget, row->budget_crossed ? "crossed" : "kept");
    }
    pfg_words_join(&text, "; ", row->not_gated);
    return text.ptr;
}

static const char *marks(const struct pfg_report_row *row,
                         struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < row->n_footnotes; i++) {
        pfg_words_join(&text, " ", pfg_words_mark(arena, row->footnotes[i]));
    }
    return text.ptr;
}

struct pfg_row_words pfg_words_row(const struct pfg_report_row *row,
                                   struct pfg_arena *arena)
{
    const double values[] = {row->base.value, row->head.value};
    struct pfg_scale scale = pfg_scale_for(pfg_words_unit(row), values, 2);

    return (struct pfg_row_words){
        .base = value(&row->base, &scale, arena),
        .head = value(&row->head, &scale, arena),
        .base_spread = spread(&row->base, arena),
        .head_spread = spread(&row->head, arena),
        .change = change(row, &scale, arena),
        .interval = interval(row, arena),
        .test = test(row, arena),
        .limit = limit(row, arena),
        .detects = pfg_words_detects(arena, row->detectable),
        .verdict = pfg_verdict_word(row->verdict, pfg_report_is_time(row)),
        .note = note(row, arena),
        .marks = marks(row, arena),
    };
}

const char *pfg_words_values(struct pfg_arena *arena,
                             const struct pfg_row_words *words)
{
    const char *base = words->base, *head = words->head;
    const char *unit = strchr(base, ' '), *other = strchr(head, ' ');
    struct pfg_slice number = pfg_slice_of(base);

    if (!strcmp(base, DASH) || !strcmp(head, DASH)) {
        return strcmp(base, DASH) ? base : head;
    }
    if (unit && other && !strcmp(unit, other)) {
        number = pfg_slice_first(number, (size_t)(unit - base));
    }
    return pfg_arena_printf(arena, "%.*s → %s", PFG_SLICE(number), head);
}

struct pfg_row_words pfg_words_geomean(const struct pfg_report_geomean *geomean,
                                       struct pfg_arena *arena)
{
    const double values[] = {geomean->base, geomean->head};
    struct pfg_scale scale = pfg_scale_for(geomean->unit, values, 2);
    char text[PFG_SCALE_TEXT];

    return (struct pfg_row_words){
        .base =
            pfg_arena_strdup(arena, pfg_scale_print(text, values[0], &scale)),
        .head =
            pfg_arena_strdup(arena, pfg_scale_print(text, values[1], &scale)),
        .base_spread = "",
        .head_spread = "",
        .change = pfg_words_change(arena, geomean->change),
        .interval = "",
        .test = pfg_arena_printf(arena, "%zu rows", geomean->n),
        .limit = "",
        .detects = "",
        .verdict = "",
        .note = "",
        .marks = "",
    };
}

/* The row of a single benchmark's time, if it changed; else NULL. */
static const struct pfg_report_row *lone_time(
    const struct pfg_report_section *section)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (!strcmp(row->metric, "time") && row->better == PFG_LOWER &&
            row->change > -1 && !found_nothing(row)) {
            return row;
        }
    }
    return NULL;
}

const char *pfg_words_times(struct pfg_arena *arena,
                            const struct pfg_report *report)
{
    const struct pfg_report_section *section = report->sections;
    const struct pfg_report_row *row =
        report->n_sections == 1 && report->benchmarks.n == 1
            ? lone_time(section)
            : NULL;
    double way, lower, upper;
    const char *span = "";

    if (!row) {
        return "";
    }
    /* The ratio of the longer to the shorter. */
    way = row->change > 0 ? 1 : -1;
    lower = pow(1 + row->change_lower, way);
    upper = pow(1 + row->change_upper, way);
    if (isfinite(lower) && isfinite(upper)) {
        span = pfg_arena_printf(arena, " ± %.2f", fabs(upper - lower) / 2);
    }
    return pfg_arena_printf(arena, "%s ran %.2f%s times %s than %s",
                            section->head.label, pow(1 + row->change, way),
                            span, way > 0 ? "slower" : "faster",
                            section->base.label);
}
