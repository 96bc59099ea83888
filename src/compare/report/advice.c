#include "compare/report/advice.h"

#include <math.h>

#include "base/arena.h"
#include "compare/row/reason.h"
#include "model/run.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

/* Numbers of samples or processes that are worth proposing. */
static const size_t steps[] = {3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 400, 800};
/* Steps beyond LARGE are proposed only for rounds in turn. */
enum { N_STEPS = PFG_COUNT(steps), FEW = 1, SOME = 3, LARGE = 7 };

/* A row that is not blind is advised to come this near its limit. */
#define SHARP 1.3
/* Below this much less, more of the same is not worth having. */
#define WORTH 0.8
/* A row that could not even show a doubling is beyond help. */
#define HOPELESS 1.0

struct advising {
    struct pfg_report_section *section;
    struct pfg_arena *arena;
    struct pfg_advice_design *designs; /* single, replicated; see at_step() */
    size_t tests;
    PFG_VEC(const char *) lines;
    struct {
        size_t n, in_turn, blind; /* gated rows with noise */
        size_t rounds;            /* the most of a row */
    } able;
    struct {
        size_t n, in_turn;
        size_t rounds; /* that would decide them all; 0: no number would */
    } open;            /* over their limit and not proven, and other such */
};

static double at_step(const struct advising *a,
                      const struct pfg_report_row *row, bool replicated,
                      size_t step)
{
    struct pfg_advice_design *design =
        &a->designs[replicated ? N_STEPS + step : step];

    if (!design->n && a->tests) { /* the first row to ask */
        *design = pfg_advice_design(
            replicated, replicated || step ? steps[step] : 4, a->tests);
    }
    return pfg_advice_detectable(row, design);
}

/* The first two steps beyond the rounds that there are. */
static void next_steps(size_t *few, size_t *some, size_t rounds)
{
    *few = FEW;
    while (*few + 1 < N_STEPS && steps[*few] <= rounds) {
        (*few)++;
    }
    *some = *few == FEW ? SOME : *few + 1 < N_STEPS ? *few + 1 : *few;
}

static const char *percent(const struct advising *a, double fraction)
{
    return pfg_reason_percent(fraction, a->arena);
}

/* The change that the row should be able to show. */
static double goal_of(const struct pfg_report_row *row)
{
    return row->threshold * (pfg_report_is_blind(row) ? PFG_BLIND : SHARP);
}

static const char *in_turn(const struct advising *a,
                           const struct pfg_report_row *row)
{
    size_t few, some;

    next_steps(&few, &some, pfg_advice_rounds(row));
    return pfg_arena_printf(
        a->arena,
        "%zu processes per side, in turn, could detect about %s, %zu about %s "
        "(now %s)",
        steps[few], percent(a, at_step(a, row, true, few)), steps[some],
        percent(a, at_step(a, row, true, some)), percent(a, row->detectable));
}

/* More of the same: the smallest number that reaches the goal; NULL: none is
 * worth having. */
static const char *more_of_it(const struct advising *a,
                              const struct pfg_report_row *row)
{
    bool replicated = row->evidence == PFG_REPLICATED;
    const char *what =
        replicated ? "processes per side, in turn," : "samples per side";
    double goal = goal_of(row);
    size_t last = replicated ? N_STEPS - 1 : LARGE;

    for (size_t i = 0; i <= last; i++) {
        double size = at_step(a, row, replicated, i);

        if (steps[i] > row->working.n &&
            (size <= goal || (i == last && size < WORTH * row->detectable))) {
            return pfg_arena_printf(
                a->arena, "with %zu %s it could detect %s (now %s)", steps[i],
                what, percent(a, size), percent(a, row->detectable));
        }
    }
    return NULL;
}

static const char *advise_tested(const struct advising *a,
                                 const struct pfg_report_row *row)
{
    bool between = pfg_advice_between_runs(row);
    const char *more = between ? NULL : more_of_it(a, row);

    if (more) {
        return more;
    }
    if (row->evidence == PFG_SINGLE) {
        return pfg_arena_printf(
            a->arena,
            "more samples in this process will not help: alternate "
            "processes%s. %s",
            row->working.earlier < PFG_MIN_HISTORY
                ? pfg_arena_printf(a->arena,
                                   ", or build up a history of %d runs",
                                   PFG_MIN_HISTORY)
                : "",
            in_turn(a, row));
    }
    return pfg_arena_printf(
        a->arena,
        "more processes will not help: with this noise it cannot detect less "
        "than %s. Use a quieter machine, or set a separate limit",
        percent(a, fmin(row->detectable, at_step(a, row, true, N_STEPS - 1))));
}

static const char *advise_weak(const struct advising *a,
                               const struct pfg_report_row *row)
{
    if (row->evidence == PFG_POINT && row->kind == PFG_METRIC_MICRO &&
        row->head.n < 4 && at_step(a, row, false, 0) < row->detectable) {
        return pfg_arena_printf(
            a->arena,
            "4 samples per side (go: -count 4) could detect about %s, %zu "
            "processes per side, in turn, about %s (now %s)",
            percent(a, at_step(a, row, false, 0)), steps[FEW],
            percent(a, at_step(a, row, true, FEW)),
            percent(a, row->detectable));
    }
    return in_turn(a, row);
}

/* There is no firm answer, or the row could not have given one. */
static bool wants_advice(const struct pfg_report_row *row)
{
    bool open =
        row->verdict == PFG_INCONCLUSIVE || row->verdict == PFG_UNCONFIRMED;

    return row->gated && row->working.present && row->kind != PFG_METRIC_RATE &&
           isfinite(row->working.prior) && isfinite(row->detectable) &&
           (open || pfg_report_is_blind(row));
}

static void advise_row(const struct advising *a, struct pfg_report_row *row)
{
    size_t few, some;

    if (!wants_advice(row)) {
        return;
    }
    next_steps(&few, &some, pfg_advice_rounds(row));
    row->advice = pfg_arena_new_array(a->arena, const char *, 1);
    row->advice[row->n_advice++] =
        at_step(a, row, true, some) > HOPELESS
            ? "too noisy to detect even a doubling: measure for longer, or on "
              "a quieter machine"
        : row->detectable > HOPELESS
            ? pfg_arena_printf(a->arena,
                               "measured in turn (perfgate run), %zu rounds "
                               "could detect about %s",
                               steps[some],
                               percent(a, at_step(a, row, true, some)))
        : pfg_evidence_is_tested(row->evidence) ? advise_tested(a, row)
                                                : advise_weak(a, row);
}

/* --- the suite --- */

/* The median of what the advised rows could show, measured in turn. */
static double median_at(const struct advising *a, size_t step)
{
    const struct pfg_report_section *section = a->section;
    double *sizes = pfg_arena_new_array(a->arena, double, section->n_rows);
    size_t n = 0;

    for (size_t i = 0; i < section->n_rows; i++) {
        if (section->rows[i].n_advice) {
            sizes[n++] = at_step(a, &section->rows[i], true, step);
        }
    }
    return pfg_median(sizes, n);
}

static void add(struct advising *a, const char *line)
{
    pfg_vec_push(&a->lines, a->arena, line);
}

/* More rounds could change the verdict. */
static bool is_open(const struct pfg_report_row *row)
{
    return row->verdict == PFG_UNCONFIRMED ||
           (row->verdict == PFG_INCONCLUSIVE && row->listed);
}

/* Rounds in turn after which the row could show a change near its limit; 0: no
 * number is enough. */
static size_t rounds_for(const struct advising *a,
                         const struct pfg_report_row *row)
{
    for (size_t i = FEW; i < N_STEPS; i++) {
        if (steps[i] > pfg_advice_rounds(row) &&
            at_step(a, row, true, i) <= SHARP * row->threshold) {
            return steps[i];
        }
    }
    return 0;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Fills `able` and `open`. */
static void survey(struct advising *a)
{
    bool never = false;

    for (size_t i = 0; i < a->section->n_rows; i++) {
        const struct pfg_report_row *row = &a->section->rows[i];
        bool in_turn = row->evidence == PFG_REPLICATED;

        if (row->gated && isfinite(row->detectable) &&
            row->evidence != PFG_EXACT) {
            a->able.n++;
            a->able.blind += row->n_advice && pfg_report_is_blind(row);
            a->able.in_turn += in_turn;
            a->able.rounds = larger(a->able.rounds, pfg_advice_rounds(row));
        }
        if (is_open(row)) {
            size_t rounds = never ? 0 : rounds_for(a, row);

            never = !rounds;
            a->open.n++;
            a->open.in_turn += in_turn;
            a->open.rounds = larger(a->open.rounds, rounds);
        }
    }
    a->open.rounds = never ? 0 : a->open.rounds;
}

/* Most gated rows could only have shown large changes. */
static void advise_suite(struct advising *a)
{
    const char *how =
        2 * a->able.in_turn > a->able.n ? "more rounds" : "in turn";
    size_t few_step, some_step;
    double few, some;

    if (2 * a->able.blind <= a->able.n) {
        return;
    }
    next_steps(&few_step, &some_step, a->able.rounds);
    few = median_at(a, few_step);
    some = median_at(a, some_step);
    if (!(some <= HOPELESS)) {
        add(a, "most of it is too noisy to detect even a doubling: measure for "
               "longer, or on a quieter machine ('perfgate hardware --check')");
    } else if (!(few <= HOPELESS && few < a->section->detectable)) {
        add(a, pfg_arena_printf(a->arena,
                                "to see smaller changes, measure %s (perfgate "
                                "run): %zu rounds could show about %s",
                                how, steps[some_step], percent(a, some)));
    } else {
        add(a, pfg_arena_printf(
                   a->arena,
                   "to detect smaller changes, measure %s (perfgate run): %zu "
                   "rounds could detect about %s, %zu about %s",
                   how, steps[few_step], percent(a, few), steps[some_step],
                   percent(a, some)));
    }
}

/* The base in a form that can be typed. */
static const char *revision_of(const struct advising *a)
{
    const char *id = a->section->base.id;

    return id && pfg_revision_is_commit(id)
               ? pfg_arena_printf(a->arena, "%.12s", id)
               : "REV";
}

/* How to decide what is over its limit and not proven. */
static void advise_open_rows(struct advising *a)
{
    size_t rounds = a->open.rounds;
    const char *about =
        rounds ? pfg_arena_printf(a->arena, ", about %zu rounds", rounds) : "";

    if (!a->open.n) {
        return;
    }
    if (a->open.n > a->open.in_turn) {
        add(a, pfg_arena_printf(a->arena,
                                "not proven? Measure both in turn%s: perfgate "
                                "run --base %s -- COMMAND",
                                about, revision_of(a)));
    } else if (rounds) {
        add(a,
            pfg_arena_printf(
                a->arena, "not proven? Measure longer%s: perfgate run %s",
                about,
                rounds > steps[LARGE]
                    ? "with a larger --time-budget"
                    : pfg_arena_printf(a->arena, "--max-rounds %zu", rounds)));
    } else {
        add(a, "not proven? More rounds alone will not settle it, but a "
               "quieter machine might ('perfgate hardware --check')");
    }
}

static bool is_measured(const struct pfg_report_section *section,
                        const struct pfg_report_row *failed)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (isfinite(row->head.value) &&
            pfg_report_is_same_benchmark(row, failed)) {
            return true;
        }
    }
    return false;
}

/* A single metric without a number fails a benchmark that was measured. */
static void advise_failed(struct advising *a)
{
    for (size_t i = 0; i < a->section->n_rows; i++) {
        const struct pfg_report_row *row = &a->section->rows[i];

        if (row->fails && row->verdict == PFG_ERRORED &&
            is_measured(a->section, row)) {
            add(a, pfg_arena_printf(
                       a->arena,
                       "if %s may be missing, exclude it in perfgate.json: { "
                       "\"metric\": \"%s\", \"severity\": \"off\" }",
                       row->metric, row->metric));
            return;
        }
    }
}

void pfg_advise(struct pfg_report_section *section, struct pfg_arena *arena)
{
    struct pfg_advice_design designs[2 * N_STEPS] = {{0}};
    struct advising a = {
        .section = section, .arena = arena, .designs = designs};

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        /* Weak rows would take part in the test if they were measured better.
         */
        a.tests +=
            row->gated && row->working.present && row->evidence != PFG_EXACT;
    }
    for (size_t i = 0; i < section->n_rows; i++) {
        advise_row(&a, &section->rows[i]);
    }
    survey(&a);
    advise_failed(&a);
    advise_open_rows(&a);
    advise_suite(&a);
    section->advice = a.lines.at;
    section->n_advice = a.lines.n;
}
