#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "compare/benchmarks.h"
#include "compare/compare.h"
#include "compare/row/reason.h"
#include "compare/sight.h"
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

/* --- counts and the headline --- */

/* What was counted over all sections. */
struct tally {
    size_t compared, without_base, shifts;
    size_t gated;       /* of the rows compared */
    size_t judged, met; /* absolute limits */
    bool slower;        /* what failed, or was judged, is a time or a rate */
    size_t targets;     /* failing ones that no failing row stands for */
    bool shift_fails;
    bool doubts; /* whether all was measured */
};

/* Whether the row's own limit judged its change: failures are counted, and an
 * exact row without a limit of the user's may not change at all. */
static bool has_judging_limit(const struct pfg_report_row *row)
{
    return row->gated && isfinite(row->threshold) &&
           row->kind != PFG_METRIC_RATE &&
           (row->evidence != PFG_EXACT ||
            strcmp(row->threshold_source, "default") != 0);
}

static void count_row(struct pfg_report *report, struct tally *tally,
                      const struct pfg_report_row *row)
{
    report->counts[row->verdict]++;
    report->n_rows++;
    report->n_gated += row->gated;
    report->n_fails += row->fails;
    if (row->base.present && row->head.present &&
        row->verdict != PFG_NOT_COMPARABLE) {
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
}

static void count_target(struct tally *tally, const struct pfg_map *rows,
                         const struct pfg_report_target *target)
{
    void **place =
        *target->row ? pfg_map_find(rows, pfg_slice_of(target->row)) : NULL;
    const struct pfg_report_row *row = place ? *place : NULL;

    tally->targets += target->fails && !(row && row->fails);
    tally->judged += target->ratio && isfinite(target->current);
    tally->met += target->ratio && target->status == PFG_TARGET_MET;
}

static struct tally count(struct pfg_report *report)
{
    struct tally tally = {0};
    struct pfg_map rows;

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            count_row(report, &tally, &section->rows[j]);
        }
        pfg_benchmarks_count(&report->benchmarks, section);
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

/* What the rows that fail so are called: by their verdict, as times or as
 * anything else, unless the doubt whether they were measured makes them fail.
 */
static const char *word_of(const struct pfg_report *report,
                           enum pfg_verdict verdict)
{
    struct pfg_report_cursor at = {.report = report};
    bool slower = false;

    while (pfg_report_next(&at)) {
        if (at.row->fails && at.row->verdict == verdict) {
            if (*at.row->doubt && verdict >= PFG_IMPROVED) {
                return "implausible";
            }
            slower |= pfg_report_is_time(at.row);
        }
    }
    return pfg_verdict_word(verdict, slower);
}

/* "2 benchmarks slower than allowed, 1 gone": what fails. */
static const char *what_fails(const struct pfg_report *report)
{
    const struct pfg_report_benchmarks *benchmarks = &report->benchmarks;
    struct pfg_str text = pfg_str_in(report->arena);

    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        size_t n = benchmarks->failing[v];
        const char *noun = text.len ? ""
                           : n == 1 ? " benchmark"
                                    : " benchmarks";

        if (n) {
            pfg_str_printf(&text, "%s%zu%s %s%s", text.len ? ", " : "", n, noun,
                           word_of(report, v),
                           v == PFG_REGRESSED || v == PFG_UNCONFIRMED
                               ? " than allowed"
                               : "");
        }
    }
    return text.ptr;
}

/* "5%", or "its limit (5% to 60%)": what the rows were judged by. */
static const char *limits(const struct pfg_report *report)
{
    struct pfg_arena *arena = report->arena;
    const char *low = pfg_reason_percent(report->limit_lowest, arena);
    const char *high = pfg_reason_percent(report->limit_highest, arena);

    if (isnan(report->limit_lowest)) {
        return "allowed";
    }
    return strcmp(low, high)
               ? pfg_arena_printf(arena, "its limit (%s to %s)", low, high)
               : low;
}

/* Most of what was judged, exact values left out, has one number per side; or
 * most of what fails for its change. */
static bool is_lone(const struct pfg_report *report, bool failing)
{
    size_t n = 0, lone = 0;
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        bool counts = at.row->verdict == PFG_REGRESSED ||
                      at.row->verdict == PFG_UNCONFIRMED;

        if (failing
                ? at.row->fails && counts
                : at.row->gated && at.row->base.present &&
                      at.row->head.present && at.row->evidence != PFG_EXACT) {
            n++;
            lone += at.row->evidence == PFG_POINT && at.row->base.n == 1 &&
                    at.row->head.n == 1;
        }
    }
    return lone * 2 > n;
}

#define LONE    "one number per side cannot tell noise from change"
#define IN_TURN "measure in turn: perfgate run --base REV -- COMMAND"

/* Rows that could only have shown far more than their limit. */
struct blind {
    size_t n;
    size_t n_open;    /* of these, what is called too noisy to tell: the others
                         have an interval that leaves out a change */
    const char *what; /* these are: "timings", "values" */
};

static struct blind count_blind(const struct pfg_report *report)
{
    struct blind blind = {.what = ""};
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        const char *what = pfg_sight_kind(at.row);

        blind.n += pfg_report_is_blind(at.row);
        if (pfg_report_is_blind(at.row) &&
            at.row->verdict == PFG_INCONCLUSIVE) {
            blind.what =
                !blind.n_open++ || !strcmp(what, blind.what) ? what : "values";
        }
    }
    return blind;
}

static bool is_too_noisy(const struct pfg_report *report)
{
    struct blind blind = count_blind(report);

    return 2 * blind.n_open > blind.n;
}

/* " (3 timings too noisy to tell)": a pass that admits what it did not see. */
static const char *unseen(const struct pfg_report *report)
{
    struct blind blind = count_blind(report);
    struct pfg_slice what = pfg_slice_of(blind.what);

    what.len -= blind.n_open == 1 && pfg_slice_ends(what, "s");
    return !blind.n_open ? ""
                         : pfg_arena_printf(report->arena,
                                            " (%zu %.*s too noisy to tell)",
                                            blind.n_open, PFG_SLICE(what));
}

static size_t count_unproven(const struct pfg_report *report)
{
    size_t n = 0;
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        n += at.row->verdict == PFG_INCONCLUSIVE && at.row->listed;
    }
    return n;
}

static double worst_detectable(const struct pfg_report *report)
{
    double detectable = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        detectable = fmax(detectable, report->sections[i].detectable);
    }
    return detectable;
}

static const char *passed_in_words(const struct pfg_report *report,
                                   const struct tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *limit = limits(report);
    const char *slower = tally->slower ? "slower" : "worse";
    size_t likely = report->benchmarks.counts[PFG_UNCONFIRMED];
    size_t accepted = report->benchmarks.counts[PFG_ACCEPTED];
    size_t unproven = count_unproven(report);

    if (likely) {
        return pfg_arena_printf(
            arena, "%zu benchmark%s probably %s than %s: measure again", likely,
            likely == 1 ? "" : "s", slower, limit);
    }
    if (accepted) {
        return pfg_arena_printf(arena, "nothing %s than %s but %zu accepted%s",
                                slower, limit, accepted, unseen(report));
    }
    if (unproven && is_lone(report, false)) {
        return pfg_arena_printf(arena, LONE ": %zu over %s; " IN_TURN, unproven,
                                limit);
    }
    if (unproven) {
        return pfg_arena_printf(arena, "%s over %s, not proven: measure again",
                                pfg_arena_counted(arena, unproven, "benchmark"),
                                limit);
    }
    if (pfg_sight_is_blind(report)) {
        bool twice = worst_detectable(report) > 1;
        const char *shown =
            twice ? ">2x"
                  : pfg_arena_printf(
                        arena, "%s or more",
                        pfg_reason_percent(worst_detectable(report), arena));

        if (is_lone(report, false)) {
            return pfg_arena_printf(
                arena,
                LONE ": only %s could have been detected (limit %s); " IN_TURN,
                shown, limit);
        }
        if (is_too_noisy(report)) {
            return pfg_arena_printf(
                arena,
                "nothing %s found, but most of it was too noisy: only a change "
                "of %s could have been detected (limit %s)",
                slower, shown, limit);
        }
        return pfg_arena_printf(
            arena,
            "nothing %s than %s among %s%s, but only a change of %s was sure "
            "to show",
            slower, limit,
            pfg_arena_counted(arena, report->benchmarks.n_judged, "benchmark"),
            unseen(report), shown);
    }
    if (tally->without_base) {
        return pfg_arena_printf(
            arena,
            "nothing %s than %s, but %zu of %zu hardware profiles had no base",
            slower, limit, tally->without_base, report->n_sections);
    }
    return pfg_arena_printf(
        arena, "nothing %s than %s among %s%s", slower, limit,
        pfg_arena_counted(arena, report->benchmarks.n_judged, "benchmark"),
        unseen(report));
}

/* Other hardware has data, or nothing has. */
static const char *why_no_base(const struct pfg_report *report)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        if (!section->has_base && section->n_other_profiles) {
            return "nothing to compare with: no base on this hardware";
        }
    }
    return "nothing to compare with: no base";
}

static const char *failed_in_words(const struct pfg_report *report,
                                   const struct tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *targets = "";

    if (tally->targets) {
        targets = pfg_arena_printf(arena, "%s%zu target%s missed",
                                   report->n_fails ? ", " : "", tally->targets,
                                   tally->targets == 1 ? "" : "s");
    }
    return report->n_fails || tally->targets
               ? pfg_arena_printf(arena, "%s%s%s", what_fails(report), targets,
                                  is_lone(report, true) ? ": " LONE "; " IN_TURN
                                                        : "")
               : "the whole suite got slower";
}

/* "1 benchmark more than ten times better": what may not have been measured,
 * by the first doubt of each. */
static bool add_doubts(struct pfg_report *report)
{
    struct pfg_map doubts, seen;
    struct pfg_report_cursor at = {.report = report};

    pfg_map_init(&doubts, report->arena);
    pfg_map_init(&seen, report->arena);
    while (pfg_report_next(&at)) {
        struct pfg_slice name;

        if (!*at.row->doubt) {
            continue;
        }
        name = pfg_slice_of(pfg_arena_printf(
            report->arena, "%td %s\n%s", at.section - report->sections,
            at.row->suite, at.row->label));
        if (!pfg_map_find(&seen, name)) {
            void **n = pfg_map_at(&doubts, pfg_slice_of(at.row->doubt));

            *pfg_map_at(&seen, name) = report;
            *n = (char *)*n + 1;
        }
    }
    for (size_t i = 0; i < doubts.n; i++) {
        size_t n = (size_t)(uintptr_t)doubts.entries[i].value;

        report->headline = pfg_arena_printf(
            report->arena, "%s; %zu benchmark%s %s", report->headline, n,
            n == 1 ? "" : "s", doubts.entries[i].key.ptr);
    }
    return doubts.n > 0;
}

static void conclude(struct pfg_report *report, const struct tally *tally,
                     bool allow_no_baseline)
{
    struct pfg_arena *arena = report->arena;

    if (*report->unneeded) {
        report->headline = report->unneeded;
    } else if (report->n_fails || tally->shift_fails || tally->targets) {
        report->status = PFG_GATE;
        report->headline = failed_in_words(report, tally);
    } else if (!tally->compared && tally->judged) {
        report->headline = pfg_arena_printf(
            arena, "targets met: %zu of %zu; no base to compare with",
            tally->met, tally->judged);
    } else if (!tally->compared) {
        report->status = allow_no_baseline ? 0 : PFG_NOBASE;
        report->headline =
            tally->without_base ? why_no_base(report)
            : report->counts[PFG_NOT_COMPARABLE]
                ? "nothing to compare with: base and head are not comparable"
                : "nothing to compare with: base and head share no benchmark";
    } else if (!tally->gated && !tally->judged) {
        report->headline = pfg_arena_printf(
            arena, "nothing is gated: none of the %zu rows compared can fail",
            tally->compared);
    } else {
        report->headline = passed_in_words(report, tally);
    }
}

/* A pass that leaves something to look at. */
static bool leaves_doubt(const struct pfg_report *report,
                         const struct tally *tally)
{
    return !report->gate || report->n_fails ||
           report->counts[PFG_UNCONFIRMED] || count_unproven(report) ||
           tally->without_base || tally->shifts || tally->doubts ||
           report->policy.effect == PFG_POLICY_LOOSER;
}

static enum pfg_tone tone_of(const struct pfg_report *report,
                             const struct tally *tally)
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
           : is_too_noisy(report)        ? PFG_TONE_NOISY
                                         : PFG_TONE_DOUBT;
}

void pfg_report_finish(struct pfg_report *report, bool gate,
                       bool allow_no_baseline)
{
    struct tally tally = count(report);

    report->gate = gate;
    conclude(report, &tally, allow_no_baseline);
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
