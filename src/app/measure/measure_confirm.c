#include "app/measure/measure_rounds.h"

#include <string.h>

#include "compare/report/second_look.h"

/* Fewer rounds confirm little. */
#define FEWEST 5
/* At most this many times the short rounds before, since they measure few rows.
 */
#define AGAIN 2

static bool is_due(const struct pfg_report_section *section,
                   const struct pfg_report_row *row)
{
    (void)section;
    return pfg_second_look_is_due(row);
}

static bool may_go_on(struct pfg_rounds *rounds)
{
    return pfg_sides_can_go_on(rounds->sides) &&
           !pfg_rounds_are_out_of_time(rounds);
}

/* The rounds stopped early, to keep a reserve of the budget. */
static bool has_reserve(const struct pfg_rounds *rounds)
{
    return rounds->reserve > 0 && !strcmp(rounds->ended, PFG_ENDED_BY_TIME);
}

/* The plan was carried out to its end without deciding everything. */
static bool is_carried_out(const struct pfg_rounds *rounds)
{
    return !rounds->options->exactly &&
           (has_reserve(rounds) ||
            rounds->n == rounds->plan.rounds[rounds->plan.n - 1]);
}

static int measure(struct pfg_rounds *rounds, size_t most,
                   struct pfg_error *err)
{
    size_t first = rounds->n;

    while (rounds->n - first < most && may_go_on(rounds)) {
        if (pfg_rounds_one(rounds, err)) {
            return -1;
        }
    }
    return 0;
}

/* Something failed in the rounds after the first stage. */
static bool any_failed(const struct pfg_rounds *rounds,
                       const struct pfg_stage *first)
{
    const struct pfg_sides *sides = rounds->sides;
    bool failed = pfg_sides_are_broken(sides);

    for (size_t i = 0; i < 2; i++) {
        for (size_t j = first->n[i]; j < sides->at[i].runs.n; j++) {
            failed |= *sides->at[i].runs.at[j]->failure != '\0';
        }
    }
    return failed;
}

/* Judges by the new rounds alone; *crossed: one of the tool's own limits
 * failed, too. */
static int judge(const struct pfg_rounds *rounds, const struct pfg_stage *first,
                 struct pfg_second_looks *looks, bool *crossed,
                 struct pfg_error *err)
{
    struct pfg_stage second = pfg_rounds_whole(rounds);
    struct pfg_evaluation evaluation;

    second.rounds -= first->rounds;
    second.plan = pfg_looks_once(second.rounds);
    second.second = *looks;
    second.second.pending = true;
    for (size_t i = 0; i < 2; i++) {
        second.from[i] = first->n[i];
        second.n[i] -= first->n[i];
    }
    if (pfg_rounds_compare(&evaluation, rounds, &second, err)) {
        return -1;
    }
    pfg_second_looks_record(looks, evaluation.report, second.rounds);
    *crossed = evaluation.report->counts[PFG_OVER_BUDGET] > 0;
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* Finds the likely changes; only they are measured from now on. */
static int find_likely(struct pfg_second_looks *out, struct pfg_rounds *rounds,
                       const struct pfg_stage *first, struct pfg_error *err)
{
    struct pfg_evaluation evaluation;

    if (pfg_rounds_compare(&evaluation, rounds, first, err)) {
        return -1;
    }
    *out = pfg_second_looks_of(evaluation.report, rounds->m->arena);
    /* Rows that an early look had decided may be undecided again. */
    pfg_rounds_choose(rounds, evaluation.report,
                      out->n ? is_due : pfg_report_is_open);
    pfg_measuring_show_look(rounds->m, evaluation.report, rounds->n);
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* *all: the report covers all rounds after all. */
static int confirm(struct pfg_stage *first, bool *all,
                   struct pfg_rounds *rounds, struct pfg_error *err)
{
    struct pfg_second_looks looks;
    size_t most = (pfg_rounds_are_short(rounds) ? AGAIN : 1) * first->rounds;
    bool crossed = false;

    if (find_likely(&looks, rounds, first, err) ||
        (looks.n && measure(rounds, most, err))) {
        return -1;
    }
    if (!looks.n) {
        return 0; /* the report covers all rounds */
    }
    if (any_failed(rounds, first)) {
        rounds->ended = "a command failed"; /* the report says that */
        return 0;
    }
    if (rounds->n - first->rounds >= FEWEST &&
        judge(rounds, first, &looks, &crossed, err)) {
        return -1;
    }
    *all = crossed;
    first->second = looks;
    return 0;
}

int pfg_rounds_confirm(struct pfg_stage *out, struct pfg_rounds *rounds,
                       struct pfg_error *err)
{
    bool all = true, reserve = has_reserve(rounds);

    *out = pfg_rounds_whole(rounds);
    if (is_carried_out(rounds)) {
        rounds->reserve = 0;
        if (rounds->n >= FEWEST && may_go_on(rounds) &&
            confirm(out, &all, rounds, err)) {
            return -1;
        }
    }
    if (all && reserve && !strcmp(rounds->ended, PFG_ENDED_BY_TIME) &&
        may_go_on(rounds)) {
        /* No change is likely, but rows are undecided: the reserve is for them.
         */
        rounds->ended = NULL;
        if (pfg_rounds_run(rounds, err)) {
            return -1;
        }
    }
    if (all) {
        *out = pfg_rounds_whole(rounds);
    }
    return 0;
}
