#include "compare/report/advice.h"

#include <math.h>

#include "base/arena.h"
#include "compare/row/decide.h"
#include "compare/row/reason.h"
#include "model/run.h"
#include "stats/dist.h"
#include "stats/row/detect.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

/* The numbers of samples or processes that are worth proposing. */
static const size_t steps[] = {3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 400, 800};
/* Beyond LARGE there are only short rounds by the time budget. */
enum { N_STEPS = PFG_COUNT(steps), FEW = 1, SOME = 3, LARGE = 7 };

/* A row that is not blind is advised to come this near its limit. */
#define SHARP 1.3
/* Below this much less, more of the same is not worth having. */
#define WORTH 0.8

/* What depends on the design alone, for all rows of a section. */
struct design {
    double factor; /* of SE, see pfg_detect_factor() */
    double ranks;  /* of half the interval, see pfg_detect_ranks_factor() */
    double width;  /* half the interval, for an SE of 1 */
};

struct advising {
    struct pfg_report_section *section;
    struct pfg_arena *arena;
    struct design designs[2][N_STEPS]; /* single, replicated */
    PFG_VEC(const char *) lines;
};

static bool is_tested(const struct pfg_report_row *row)
{
    return row->evidence == PFG_REPLICATED || row->evidence == PFG_SINGLE;
}

static struct design prepare(const struct pfg_advice_design *wanted)
{
    struct pfg_design design = {
        .replicated = wanted->replicated,
        .n = wanted->n,
        .tests = wanted->tests,
        .q = PFG_Q,
    };

    return (struct design){
        .factor = pfg_detect_factor(&design),
        .ranks = pfg_detect_ranks_factor(&design),
        /* The rank interval of normal samples, and the assumed one. */
        .width = wanted->replicated ? pfg_normal_quantile_upper(0.025) /
                                          sqrt((double)wanted->n)
                                    : pfg_noise_half_width(1, false, wanted->n),
    };
}

/* SE in the other design: processes in turn are trusted further than one that
 * stands alone. */
static double error_in(const struct pfg_report_row *row, bool replicated)
{
    const struct pfg_report_working *w = &row->working;
    double alone = M_SQRT2 * PFG_TAU_ALONE;

    if (!is_tested(row)) {
        return w->prior;
    }
    if (replicated && row->evidence == PFG_SINGLE && w->prior <= alone &&
        w->tau >= PFG_TAU_ALONE && row->kind == PFG_METRIC_MICRO) {
        double prior = pfg_noise_prior(PFG_TAU_MICRO, w->spread);

        return sqrt(fmax(0, w->error * w->error - w->prior * w->prior) +
                    prior * prior);
    }
    return w->error;
}

/* As many processes as many short rounds are, though not in turn. */
static bool is_many(const struct pfg_report_row *row)
{
    return row->evidence == PFG_SINGLE && row->working.by_process &&
           row->working.n >= PFG_DETECT_MANY;
}

/* Half the width of the interval of a side's median, a log. */
static double half_width(const struct pfg_report_side *side)
{
    return 0.5 * log(side->interval.upper / side->interval.lower);
}

static double detectable(const struct pfg_report_row *row, bool replicated,
                         size_t n, const struct design *design)
{
    const struct pfg_report_working *w = &row->working;
    double error = error_in(row, replicated);
    double half = design->width * error, size;

    if (replicated && row->evidence == PFG_REPLICATED) {
        half = 0.5 * (w->effect_upper - w->effect_lower) *
               sqrt((double)w->n / (double)n);
    }
    if (replicated && is_many(row)) {
        half = hypot(half_width(&row->base), half_width(&row->head)) *
               sqrt((double)w->n / (double)n);
    }
    size = pfg_detectable(w->theta, half, error, design->factor);
    if (isfinite(design->ranks)) {
        size = fmin(size, pfg_detectable(w->theta, half, half, design->ranks));
    }
    return row->better == PFG_HIGHER ? -expm1(-size) : expm1(size);
}

double pfg_advice_detectable(const struct pfg_report_row *row,
                             const struct pfg_advice_design *wanted)
{
    struct design design = prepare(wanted);

    if (!row->working.present || !isfinite(row->working.prior)) {
        return NAN;
    }
    return detectable(row, wanted->replicated, wanted->n, &design);
}

bool pfg_advice_between_runs(const struct pfg_report_row *row)
{
    const struct pfg_report_working *w = &row->working;

    return row->evidence == PFG_SINGLE &&
           w->variance >= 0.5 * (w->smear_base * w->smear_base +
                                 w->smear_head * w->smear_head);
}

static double at_step(const struct advising *a,
                      const struct pfg_report_row *row, bool replicated,
                      size_t step)
{
    return detectable(row, replicated, steps[step],
                      &a->designs[replicated][step]);
}

/* The first two steps that are more than what has been measured in turn. */
static void next_steps(size_t *few, size_t *some, size_t made)
{
    *few = FEW;
    while (*few + 1 < N_STEPS && steps[*few] <= made) {
        (*few)++;
    }
    *some = *few == FEW ? SOME : *few + 1 < N_STEPS ? *few + 1 : *few;
}

/* Rounds of a row so far. Of many processes that were not in turn the last one
 * is not counted: as many in turn would be more. */
static size_t made_of(const struct pfg_report_row *row)
{
    return row->evidence == PFG_REPLICATED ? row->working.n
           : is_many(row)                  ? row->working.n - 1
                                           : 0;
}

static const char *percent(const struct advising *a, double fraction)
{
    return pfg_reason_percent(fraction, a->arena);
}

/* How small a change the row should be able to show. */
static double goal_of(const struct pfg_report_row *row)
{
    return row->threshold * (pfg_report_is_blind(row) ? PFG_BLIND : SHARP);
}

static const char *in_turn(const struct advising *a,
                           const struct pfg_report_row *row)
{
    size_t few, some;

    next_steps(&few, &some, made_of(row));
    return pfg_arena_printf(
        a->arena,
        "%zu processes per side, in turn, could detect about %s, %zu about %s "
        "(now %s)",
        steps[few], percent(a, at_step(a, row, true, few)), steps[some],
        percent(a, at_step(a, row, true, some)), percent(a, row->detectable));
}

/* The smallest number with which the goal is reached; more of the same. */
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

/* A firmer answer is of use where there is none, or where there could be
 * none. */
static bool wants_advice(const struct pfg_report_row *row)
{
    bool open =
        row->verdict == PFG_INCONCLUSIVE || row->verdict == PFG_UNCONFIRMED;

    return row->gated && row->working.present && row->kind != PFG_METRIC_RATE &&
           isfinite(row->working.prior) && isfinite(row->detectable) &&
           (open || pfg_report_is_blind(row));
}

/* Where a change to the double would not show, numbers help nobody. */
#define HOPELESS 1.0

static void advise_row(const struct advising *a, struct pfg_report_row *row)
{
    size_t few, some;

    if (!wants_advice(row)) {
        return;
    }
    next_steps(&few, &some, made_of(row));
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
        : is_tested(row) ? advise_tested(a, row)
                         : advise_weak(a, row);
}

/* --- the suite --- */

/* The middle of what blind rows could show, measured in turn. */
static double middle_at(const struct advising *a, size_t step)
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

/* Most of what is gated could only have shown large changes. */
static void advise_suite(struct advising *a)
{
    const struct pfg_report_section *section = a->section;
    size_t able = 0, blind = 0, in_turn_already = 0, made = 0, steps_to[2];
    const char *how;
    double few, some;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (row->gated && isfinite(row->detectable) &&
            row->evidence != PFG_EXACT) {
            able++;
            blind += row->n_advice && pfg_report_is_blind(row);
            in_turn_already += row->evidence == PFG_REPLICATED;
            made = made_of(row) > made ? made_of(row) : made;
        }
    }
    next_steps(&steps_to[0], &steps_to[1], made);
    few = middle_at(a, steps_to[0]);
    some = middle_at(a, steps_to[1]);
    how = 2 * in_turn_already > able ? "more rounds" : "in turn";
    if (2 * blind <= able) {
        return;
    }
    if (!(some <= HOPELESS)) {
        add(a, "most of it is too noisy to detect even a doubling: measure for "
               "longer, or on a quieter machine ('perfgate hardware --check')");
    } else if (!(few <= HOPELESS && few < section->detectable)) {
        add(a, pfg_arena_printf(a->arena,
                                "to see smaller changes, measure %s (perfgate "
                                "run): %zu rounds could show about %s",
                                how, steps[steps_to[1]], percent(a, some)));
    } else {
        add(a, pfg_arena_printf(
                   a->arena,
                   "to detect smaller changes, measure %s (perfgate run): %zu "
                   "rounds could detect about %s, %zu about %s",
                   how, steps[steps_to[0]], percent(a, few), steps[steps_to[1]],
                   percent(a, some)));
    }
}

static bool is_unsettled(const struct pfg_report_row *row)
{
    return row->verdict == PFG_UNCONFIRMED ||
           (row->verdict == PFG_INCONCLUSIVE && row->listed);
}

/* In turn, until the row could show a change near its limit; 0: never. */
static size_t rounds_for(const struct advising *a,
                         const struct pfg_report_row *row)
{
    size_t made = made_of(row);

    for (size_t i = FEW; i < N_STEPS; i++) {
        if (steps[i] > made && isfinite(row->working.prior) &&
            at_step(a, row, true, i) <= SHARP * row->threshold) {
            return steps[i];
        }
    }
    return 0;
}

/* What settles all that is not proven; 0: no number of rounds does. */
static size_t rounds_to_settle(const struct advising *a)
{
    size_t most = 0;

    for (size_t i = 0; i < a->section->n_rows; i++) {
        const struct pfg_report_row *row = &a->section->rows[i];
        size_t rounds = is_unsettled(row) ? rounds_for(a, row) : most;

        if (is_unsettled(row) && !rounds) {
            return 0;
        }
        most = rounds > most ? rounds : most;
    }
    return most;
}

/* The base as it can be typed. */
static const char *revision_of(const struct advising *a)
{
    const char *id = a->section->base.id;

    return id && pfg_revision_is_commit(id)
               ? pfg_arena_printf(a->arena, "%.12s", id)
               : "REV";
}

/* How to settle what is over its limit and not proven. */
static void advise_open_rows(struct advising *a)
{
    const struct pfg_report_section *section = a->section;
    size_t open = 0, in_turn_already = 0, rounds = rounds_to_settle(a);
    const char *about =
        rounds ? pfg_arena_printf(a->arena, ", about %zu rounds", rounds) : "";

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        open += is_unsettled(row);
        in_turn_already += is_unsettled(row) && row->evidence == PFG_REPLICATED;
    }
    if (!open) {
        return;
    }
    if (open > in_turn_already) {
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

/* One metric that has no number fails a benchmark that was measured. */
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
    struct advising a = {.section = section, .arena = arena};
    size_t tests = 0;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        /* Weak rows would take part if they were measured better. */
        tests +=
            row->gated && row->working.present && row->evidence != PFG_EXACT;
    }
    for (size_t i = 0; i < N_STEPS && tests; i++) {
        for (int replicated = 0; replicated < 2; replicated++) {
            a.designs[replicated][i] = prepare(&(struct pfg_advice_design){
                replicated, replicated || i ? steps[i] : 4, tests});
        }
    }
    for (size_t i = 0; i < section->n_rows; i++) {
        advise_row(&a, &section->rows[i]);
    }
    advise_failed(&a);
    advise_open_rows(&a);
    advise_suite(&a);
    section->advice = a.lines.at;
    section->n_advice = a.lines.n;
}
