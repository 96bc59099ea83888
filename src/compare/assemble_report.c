#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "compare/compare.h"
#include "compare/reason.h"

struct pfg_report *pfg_report_new(const struct pfg_policy *policy)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report = pfg_arena_alloc(arena, sizeof *report);

    report->arena = arena;
    report->version = report->headline = report->command = "";
    report->threshold = policy->threshold;
    report->threshold_given = policy->threshold_given;
    report->screen = policy->screen;
    report->policy = (struct pfg_report_policy){"", "", "", 0, NULL, 0, 0, 0};
    return report;
}

void pfg_report_free(struct pfg_report *report)
{
    if (report) {
        pfg_arena_free(report->arena);
    }
}

void pfg_report_warn(struct pfg_report *report, const char *text)
{
    const char **grown;

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
    grown[report->n_warnings++] = pfg_arena_strdup(report->arena, text);
    report->warnings = grown;
}

/* What was counted over all sections. */
struct tally {
    size_t compared, without_base, shifts;
    size_t gated; /* of the rows compared */
    size_t judged, met; /* absolute limits */
    size_t candidates, failing_candidates; /* of a first look */
    size_t open; /* over the limit, not proven */
    size_t targets; /* failing ones that no failing row stands for */
    bool shift_fails;
};

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
    }
    tally->judged += *row->budget != '\0';
    tally->met += *row->budget && !row->budget_crossed;
    tally->open += row->verdict == PFG_INCONCLUSIVE && row->listed;
    tally->candidates += pfg_report_is_candidate(row);
    tally->failing_candidates += row->fails && pfg_report_is_candidate(row);
}

static void count_target(struct tally *tally, const struct pfg_map *rows,
                         const struct pfg_report_target *target)
{
    void **place = *target->row
                       ? pfg_map_find(rows, pfg_slice_of(target->row))
                       : NULL;
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

/* "2 regressed, 1 missing": what fails, by verdict. */
static const char *what_fails(const struct pfg_report *report)
{
    size_t failing[PFG_N_VERDICTS] = {0};
    struct pfg_str text;
    const char *list;

    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_rows; j++) {
            const struct pfg_report_row *row = &report->sections[i].rows[j];

            failing[row->verdict] += row->fails;
        }
    }
    pfg_str_init(&text, 0);
    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        if (failing[v]) {
            pfg_str_printf(&text, "%s%zu %s", text.len ? ", " : "", failing[v],
                           pfg_verdict_name(v));
        }
    }
    list = pfg_arena_slice(report->arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return list;
}

/* When most of what is gated could only have shown more than twice its
 * limit, a green tick would say too much. */
static bool is_blind(const struct pfg_report *report, double *detectable)
{
    size_t able = 0, blind = 0;

    *detectable = 0;
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];

            if (row->gated && isfinite(row->detectable)) {
                able++;
                blind += row->detectable > 2 * row->threshold;
            }
        }
        if (isfinite(section->detectable)) {
            *detectable = fmax(*detectable, section->detectable);
        }
    }
    return able > 0 && 2 * blind > able;
}

static const char *passed_in_words(const struct pfg_report *report,
                                   const struct tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *limit = pfg_reason_percent(report->threshold, arena);
    double detectable;

    if (report->counts[PFG_UNCONFIRMED]) {
        return pfg_arena_printf(
            arena, "gate passed with %zu unconfirmed over %s: measure again",
            report->counts[PFG_UNCONFIRMED], limit);
    }
    if (report->counts[PFG_ACCEPTED]) {
        return pfg_arena_printf(arena,
                                "gate passed with %zu accepted over the limit",
                                report->counts[PFG_ACCEPTED]);
    }
    if (tally->open) {
        return pfg_arena_printf(
            arena, "gate passed with %zu over %s, not proven: measure again",
            tally->open, limit);
    }
    if (is_blind(report, &detectable)) {
        return pfg_arena_printf(
            arena,
            "gate passed, but it could only have seen changes of %s and more "
            "(limit %s)",
            pfg_reason_percent(detectable, arena), limit);
    }
    if (tally->without_base) {
        return pfg_arena_printf(
            arena, "gate passed where there was a base: %zu of %zu hardware "
            "profiles had none", tally->without_base, report->n_sections);
    }
    return pfg_arena_printf(arena, "gate passed: nothing over %s among %zu "
                            "gated of %zu measured", limit, report->n_gated,
                            report->n_rows);
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

/* A first look: candidates, and what has no second one. */
static void conclude_screen(struct pfg_report *report,
                            const struct tally *tally)
{
    struct pfg_arena *arena = report->arena;
    const char *others = "";

    if (report->n_fails > tally->failing_candidates) {
        others = pfg_arena_printf(arena, " (failing: %s)", what_fails(report));
    }
    if (tally->candidates) {
        report->headline = pfg_arena_printf(
            arena, "%zu candidate%s: measure %s again, both sides, then "
                   "perfgate confirm%s",
            tally->candidates, tally->candidates == 1 ? "" : "s",
            tally->candidates == 1 ? "it" : "them", others);
    } else {
        report->headline = pfg_arena_printf(
            arena, "no candidate over its limit among %zu gated of %zu "
                   "measured%s", report->n_gated, report->n_rows, others);
    }
    report->status = tally->candidates || report->n_fails ||
                             tally->shift_fails || tally->targets
                         ? PFG_GATE
                         : 0;
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
               ? pfg_arena_printf(arena, "gate failed: %s%s",
                                  what_fails(report), targets)
               : "gate failed: the whole suite got slower";
}

static void conclude(struct pfg_report *report, const struct tally *tally,
                     bool allow_no_baseline)
{
    struct pfg_arena *arena = report->arena;

    if (report->screen && tally->compared) {
        conclude_screen(report, tally);
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
            tally->without_base
                ? why_no_base(report)
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

void pfg_report_finish(struct pfg_report *report, bool gate,
                       bool allow_no_baseline)
{
    struct tally tally = count(report);

    report->gate = gate;
    conclude(report, &tally, allow_no_baseline);
    if (!gate && report->status == PFG_GATE) {
        report->status = 0;
    }
}
