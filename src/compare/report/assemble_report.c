#include "compare/report/assemble_report.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "compare/report/headline.h"
#include "compare/report/totals.h"
#include "policy/policy.h"

struct pfg_report *pfg_report_new(const struct pfg_policy *policy)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report = pfg_arena_alloc(arena, sizeof *report);

    report->arena = arena;
    report->version = report->headline = report->command = "";
    report->accept_label = report->unneeded = "";
    report->threshold = policy->threshold;
    report->limit_lowest = report->limit_highest = NAN;
    report->threshold_given = policy->threshold_given;
    report->policy = (struct pfg_report_policy){"", "", "", 0, NULL, 0, 0, 0};
    return report;
}

void pfg_report_free(struct pfg_report *report)
{
    if (report) {
        pfg_arena_free(report->arena);
    }
}

void pfg_report_warn(struct pfg_report *report, const char *format, ...)
{
    const char **grown, *text;
    va_list args;

    va_start(args, format);
    text = pfg_arena_vprintf(report->arena, format, args);
    va_end(args);
    for (size_t i = 0; i < report->n_warnings; i++) {
        if (!strcmp(report->warnings[i], text)) {
            return; /* once is enough for all sections */
        }
    }
    grown = pfg_arena_new_array(report->arena, const char *,
                                report->n_warnings + 1);
    if (report->n_warnings) {
        memcpy(grown, report->warnings, report->n_warnings * sizeof *grown);
    }
    grown[report->n_warnings++] = text;
    report->warnings = grown;
}

/* --- what is expected --- */

static bool has_expected(const struct pfg_report *report,
                         const struct pfg_pattern *pattern)
{
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        if (at.row->head.present &&
            (pfg_pattern_matches(pattern, at.row->suite) ||
             pfg_pattern_matches(pattern, at.row->label) ||
             pfg_pattern_matches(pattern, at.row->benchmark) ||
             pfg_pattern_matches(pattern,
                                 pfg_arena_printf(report->arena, "%s/%s",
                                                  at.row->suite,
                                                  at.row->benchmark)))) {
            return true;
        }
    }
    return false;
}

static void add_unmet(struct pfg_report_section *section, const char *name,
                      const struct pfg_policy *policy, struct pfg_arena *arena)
{
    struct pfg_report_row *rows =
        pfg_arena_new_array(arena, struct pfg_report_row, section->n_rows + 1);
    struct pfg_policy missing = *policy;
    struct pfg_limit limit = {.given = true};

    missing.missing = PFG_SEVERITY_ERROR;
    rows[0] = pfg_report_row_new();
    rows[0].label = rows[0].benchmark = name;
    rows[0].metric = "run";
    rows[0].reason = "the policy expects it, but the head has no such result";
    rows[0].verdict = PFG_MISSING;
    rows[0].decision.by = PFG_BY_ABSENCE;
    rows[0].evidence = PFG_NO_EVIDENCE;
    rows[0].gated = rows[0].listed = true;
    rows[0].fails = pfg_policy_fails(&missing, &limit, PFG_MISSING);
    if (section->n_rows) {
        memcpy(&rows[1], section->rows, section->n_rows * sizeof *rows);
    }
    section->rows = rows;
    section->n_rows++;
}

void pfg_report_expect(struct pfg_report *report,
                       const struct pfg_named_patterns *expected,
                       const struct pfg_policy *policy)
{
    for (size_t i = expected->n; i-- && report->n_sections;) {
        if (!has_expected(report, expected->at[i].pattern)) {
            add_unmet(&report->sections[0],
                      pfg_arena_strdup(report->arena, expected->at[i].name),
                      policy, report->arena);
        }
    }
}

/* --- counts --- */

/* The change was judged by the row's own limit. Failures are counted instead,
 * and an exact row without a limit of the user's may not change at all. */
static bool has_judging_limit(const struct pfg_report_row *row)
{
    return row->gated && isfinite(row->threshold) &&
           row->kind != PFG_METRIC_RATE &&
           (row->evidence != PFG_EXACT ||
            strcmp(row->threshold_source, "default") != 0);
}

static void count_lone(struct pfg_lone *rows, const struct pfg_report_row *row)
{
    rows->n++;
    rows->n_lone +=
        row->evidence == PFG_POINT && row->base.n == 1 && row->head.n == 1;
}

static void count_failing(struct pfg_tally *tally,
                          const struct pfg_report_row *row)
{
    tally->failing[row->verdict].time |= pfg_report_is_time(row);
    tally->failing[row->verdict].doubtful |= *row->doubt != '\0';
    if (row->verdict == PFG_REGRESSED || row->verdict == PFG_UNCONFIRMED) {
        count_lone(&tally->changed, row);
    }
}

static void count_blind(struct pfg_tally *tally,
                        const struct pfg_report_row *row)
{
    const char *what = pfg_sight_kind(row);

    tally->blind.n++;
    if (row->verdict == PFG_INCONCLUSIVE) {
        tally->blind.what =
            !tally->blind.n_open++ || !strcmp(what, tally->blind.what)
                ? what
                : "values";
    }
}

static void count_row(struct pfg_report *report, struct pfg_tally *tally,
                      const struct pfg_report_row *row)
{
    bool paired = row->base.present && row->head.present;

    report->counts[row->verdict]++;
    report->n_rows++;
    report->n_gated += row->gated;
    report->n_fails += row->fails;
    if (paired && row->verdict != PFG_NOT_COMPARABLE) {
        tally->compared++;
        tally->gated += row->gated;
        if (has_judging_limit(row)) {
            report->limit_lowest = fmin(report->limit_lowest, row->threshold);
            report->limit_highest = fmax(report->limit_highest, row->threshold);
        }
    }
    tally->judged += *row->budget != '\0';
    tally->met += *row->budget && !row->budget_crossed;
    tally->slower |= row->gated && pfg_report_is_time(row);
    tally->unproven += row->verdict == PFG_INCONCLUSIVE && row->listed;
    if (paired && row->gated && row->evidence != PFG_EXACT) {
        count_lone(&tally->tested, row);
    }
    if (row->fails) {
        count_failing(tally, row);
    }
    if (pfg_report_is_blind(row)) {
        count_blind(tally, row);
    }
}

static void count_target(struct pfg_tally *tally, const struct pfg_map *rows,
                         const struct pfg_report_target *target)
{
    void **place =
        *target->row ? pfg_map_find(rows, pfg_slice_of(target->row)) : NULL;
    const struct pfg_report_row *row = place ? *place : NULL;

    tally->targets += target->fails && !(row && row->fails);
    tally->judged += target->ratio && isfinite(target->current);
    tally->met += target->ratio && target->status == PFG_TARGET_MET;
}

static struct pfg_tally count(struct pfg_report *report)
{
    struct pfg_tally tally = {.blind.what = ""};
    struct pfg_map rows;

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            count_row(report, &tally, &section->rows[j]);
        }
        pfg_totals_count(&report->benchmarks, section);
        pfg_map_init(&rows, report->arena);
        for (size_t j = 0; section->n_targets && j < section->n_rows; j++) {
            *pfg_map_at(&rows, pfg_slice_of(section->rows[j].key)) =
                &section->rows[j];
        }
        for (size_t j = 0; j < section->n_targets; j++) {
            count_target(&tally, &rows, &section->targets[j]);
        }
        tally.without_base += !section->has_base;
        tally.shifts += *section->shift != '\0';
        tally.shift_fails |= section->shift_fails;
    }
    return tally;
}

/* --- doubts --- */

/* Adds to the headline how many benchmarks may not have been measured at all,
 * by the first doubt of each: "; 1 benchmark more than ten times better". The
 * rows of a benchmark stand together. */
static bool add_doubts(struct pfg_report *report)
{
    struct pfg_arena *arena = report->arena;
    struct pfg_report_cursor at = {.report = report};
    bool counted = false; /* the benchmark, already */
    struct pfg_map doubts;

    pfg_map_init(&doubts, arena);
    while (pfg_report_next(&at)) {
        counted &= at.row != at.section->rows &&
                   pfg_report_is_same_benchmark(at.row, at.row - 1);
        if (*at.row->doubt && !counted) {
            void **n = pfg_map_at(&doubts, pfg_slice_of(at.row->doubt));

            *n = (char *)*n + 1;
            counted = true;
        }
    }
    for (size_t i = 0; i < doubts.n; i++) {
        size_t n = (size_t)(uintptr_t)doubts.entries[i].value;

        report->headline =
            pfg_arena_printf(arena, "%s; %s %s", report->headline,
                             pfg_arena_counted(arena, n, "benchmark"),
                             doubts.entries[i].key.ptr);
    }
    return doubts.n > 0;
}

/* --- the end --- */

/* A pass that leaves something to look at. */
static bool leaves_doubt(const struct pfg_report *report,
                         const struct pfg_tally *tally)
{
    return !report->gate || report->n_fails ||
           report->counts[PFG_UNCONFIRMED] || tally->unproven ||
           tally->without_base || tally->shifts || tally->doubts ||
           report->policy.effect == PFG_POLICY_LOOSER;
}

static enum pfg_tone tone_of(const struct pfg_report *report,
                             const struct pfg_tally *tally)
{
    if (report->status == PFG_GATE) {
        return PFG_TONE_FAIL;
    }
    if (!*report->unneeded &&
        (report->status != PFG_OK || !report->n_gated || !tally->compared)) {
        return PFG_TONE_NOTHING;
    }
    return leaves_doubt(report, tally)   ? PFG_TONE_DOUBT
           : !pfg_sight_is_blind(report) ? PFG_TONE_PASS
           : pfg_tally_is_noisy(tally)   ? PFG_TONE_NOISY
                                         : PFG_TONE_DOUBT;
}

void pfg_report_finish(struct pfg_report *report, bool gate,
                       bool allow_no_baseline)
{
    struct pfg_tally tally = count(report);

    report->gate = gate;
    pfg_headline_set(report, &tally, allow_no_baseline);
    tally.doubts = add_doubts(report);
    if (!gate && report->status == PFG_GATE) {
        report->status = 0;
    }
    report->tone = tone_of(report, &tally);
}

static bool has_counts_of(const struct pfg_report *report,
                          const struct pfg_report *again)
{
    return report->n_rows == again->n_rows &&
           report->n_gated == again->n_gated &&
           report->n_fails == again->n_fails &&
           !memcmp(report->counts, again->counts, sizeof report->counts);
}

int pfg_report_verify(const struct pfg_report *report, struct pfg_error *err)
{
    struct pfg_report again = *report;
    bool good;

    again.arena = pfg_arena_new();
    again.n_rows = again.n_gated = again.n_fails = 0;
    again.status = 0;
    memset(again.counts, 0, sizeof again.counts);
    pfg_report_finish(&again, report->gate, false);
    pfg_arena_free(again.arena);
    /* --allow-no-baseline is not in the report. */
    good = report->status == again.status ||
           (report->status == 0 && again.status == PFG_NOBASE);
    if (good && has_counts_of(report, &again)) {
        return 0;
    }
    if (good) {
        pfg_fail(err, PFG_DATA, "the report's counts do not match its rows");
    } else {
        pfg_fail(err, PFG_DATA,
                 "the report's status is %d, but its rows imply %d",
                 report->status, again.status);
    }
    return pfg_hint(err,
                    "it was changed after it was written: create it again");
}
