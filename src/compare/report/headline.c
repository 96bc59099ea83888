#include "compare/report/headline.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "compare/report/totals.h"
#include "compare/row/reason.h"

#define LONE    "one number per side cannot tell noise from change"
#define IN_TURN "measure in turn: perfgate run --base REV -- COMMAND"

bool pfg_tally_is_noisy(const struct pfg_tally *tally)
{
    return 2 * tally->blind.n_open > tally->blind.n;
}

/* Most of the rows have one number per side. */
static bool is_lone(const struct pfg_lone *rows)
{
    return 2 * rows->n_lone > rows->n;
}

/* --- failed --- */

static const char *word_of(const struct pfg_tally *tally,
                           enum pfg_verdict verdict)
{
    /* What got better fails only for the doubt whether it was measured. */
    return tally->failing[verdict].doubtful && verdict >= PFG_IMPROVED
               ? "implausible"
               : pfg_verdict_word(verdict, tally->failing[verdict].time);
}

/* "2 benchmarks slower than allowed, 1 gone": what fails. */
static const char *what_fails(const struct pfg_report *report,
                              const struct pfg_tally *tally)
{
    struct pfg_str text = pfg_str_in(report->arena);

    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        size_t n = report->benchmarks.failing[v];
        const char *noun = text.len ? ""
                           : n == 1 ? " benchmark"
                                    : " benchmarks";

        if (n) {
            pfg_str_printf(&text, "%s%zu%s %s%s", text.len ? ", " : "", n, noun,
                           word_of(tally, v),
                           v == PFG_REGRESSED || v == PFG_UNCONFIRMED
                               ? " than allowed"
                               : "");
        }
    }
    return text.ptr;
}

static const char *failed_in_words(const struct pfg_report *report,
                                   const struct pfg_tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *targets = "";

    if (!report->n_fails && !tally->targets) {
        return "the whole suite got slower";
    }
    if (tally->targets) {
        targets = pfg_arena_printf(
            arena, "%s%s missed", report->n_fails ? ", " : "",
            pfg_arena_counted(arena, tally->targets, "target"));
    }
    return pfg_arena_printf(arena, "%s%s%s", what_fails(report, tally), targets,
                            is_lone(&tally->changed) ? ": " LONE "; " IN_TURN
                                                     : "");
}

/* --- passed --- */

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

/* " (3 timings too noisy to tell)": a pass names what it could not see. */
static const char *unseen(const struct pfg_report *report,
                          const struct pfg_tally *tally)
{
    size_t n = tally->blind.n_open;
    struct pfg_slice what = pfg_slice_of(tally->blind.what);

    what.len -= n == 1 && pfg_slice_ends(what, "s");
    return n ? pfg_arena_printf(report->arena, " (%zu %.*s too noisy to tell)",
                                n, PFG_SLICE(what))
             : "";
}

/* A pass in which most rows could only have shown a large change. */
static const char *blind_in_words(const struct pfg_report *report,
                                  const struct pfg_tally *tally,
                                  const char *limit, const char *slower)
{
    struct pfg_arena *arena = report->arena;
    double detectable = 0;
    const char *shown;

    for (size_t i = 0; i < report->n_sections; i++) {
        detectable = fmax(detectable, report->sections[i].detectable);
    }
    shown = detectable > 1
                ? ">2x"
                : pfg_arena_printf(arena, "%s or more",
                                   pfg_reason_percent(detectable, arena));
    if (is_lone(&tally->tested)) {
        return pfg_arena_printf(
            arena,
            LONE ": only %s could have been detected (limit %s); " IN_TURN,
            shown, limit);
    }
    if (pfg_tally_is_noisy(tally)) {
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
        unseen(report, tally), shown);
}

static const char *passed_in_words(const struct pfg_report *report,
                                   const struct pfg_tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *limit = limits(report);
    const char *slower = tally->slower ? "slower" : "worse";
    size_t likely = report->benchmarks.counts[PFG_UNCONFIRMED];
    size_t accepted = report->benchmarks.counts[PFG_ACCEPTED];

    if (likely) {
        return pfg_arena_printf(arena, "%s probably %s than %s: measure again",
                                pfg_arena_counted(arena, likely, "benchmark"),
                                slower, limit);
    }
    if (accepted) {
        return pfg_arena_printf(arena, "nothing %s than %s but %zu accepted%s",
                                slower, limit, accepted, unseen(report, tally));
    }
    if (tally->unproven && is_lone(&tally->tested)) {
        return pfg_arena_printf(arena, LONE ": %zu over %s; " IN_TURN,
                                tally->unproven, limit);
    }
    if (tally->unproven) {
        return pfg_arena_printf(
            arena, "%s over %s, not proven: measure again",
            pfg_arena_counted(arena, tally->unproven, "benchmark"), limit);
    }
    if (pfg_sight_is_blind(report)) {
        return blind_in_words(report, tally, limit, slower);
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
        unseen(report, tally));
}

/* --- neither --- */

static const char *why_nothing_compared(const struct pfg_report *report,
                                        const struct pfg_tally *tally)
{
    if (!tally->without_base) {
        return report->counts[PFG_NOT_COMPARABLE]
                   ? "nothing to compare with: base and head are not comparable"
                   : "nothing to compare with: base and head share no "
                     "benchmark";
    }
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        if (!section->has_base && section->n_other_profiles) {
            return "nothing to compare with: no base on this hardware";
        }
    }
    return "nothing to compare with: no base";
}

void pfg_headline_set(struct pfg_report *report, const struct pfg_tally *tally,
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
        report->headline = why_nothing_compared(report, tally);
    } else if (!tally->gated && !tally->judged) {
        report->headline = pfg_arena_printf(
            arena, "nothing is gated: none of the %zu rows compared can fail",
            tally->compared);
    } else {
        report->headline = passed_in_words(report, tally);
    }
}
