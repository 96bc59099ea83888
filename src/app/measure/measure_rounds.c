#include "app/measure/measure_rounds.h"

#include <math.h>
#include <string.h>

#include "app/input/workspace.h"
#include "app/measure/turn/turn.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/map.h"

/* Fewer rounds prove nothing, whatever the budget. */
#define MIN_ROUNDS 3
/* A plan by the time budget has at least as many rounds, even if fewer fit. */
#define FEWEST_PLANNED 10

/* --- looking at them --- */

struct pfg_stage pfg_rounds_whole(const struct pfg_rounds *rounds)
{
    const struct pfg_measuring_side *sides = rounds->sides->at;

    return (struct pfg_stage){
        .n = {sides[PFG_BASE].runs.n, sides[PFG_HEAD].runs.n},
        .rounds = rounds->n,
        .plan = rounds->plan,
    };
}

const char *pfg_rounds_words(const struct pfg_rounds *rounds, size_t n)
{
    struct pfg_arena *arena = rounds->m->arena;
    const struct pfg_processes *processes = rounds->processes;
    const char *each = "";

    for (size_t i = 0; i < processes->options->programs[PFG_HEAD].n && !*each;
         i++) {
        each = pfg_lengths_words(&processes->states[i].lengths, arena);
    }
    return pfg_arena_printf(arena, "%s%s%s",
                            pfg_arena_counted(arena, n, "round"),
                            *each ? ", " : "", each);
}

static struct pfg_report_origin origin_of(const struct pfg_rounds *rounds,
                                          const struct pfg_stage *stage,
                                          enum pfg_measured_side which)
{
    const struct pfg_sides *sides = rounds->sides;
    const struct pfg_measuring_side *side = &sides->at[which];
    const struct pfg_revision *revision = &side->revision;
    bool known = revision->id != NULL;

    return (struct pfg_report_origin){
        .label = known ? pfg_workspace_short_id(revision, sides->m->arena)
                       : side->name,
        .id = known ? revision->id : "",
        .subject = known ? revision->subject : "",
        .time = known ? revision->time : 0,
        .dirty = known && revision->dirty,
        .n_runs = stage->n[which],
        .how = which == PFG_HEAD || !stage->n[which]
                   ? ""
                   : pfg_arena_printf(sides->m->arena,
                                      "measured in turn with the "
                                      "head, %s",
                                      pfg_rounds_words(rounds, stage->rounds)),
    };
}

static struct pfg_side side_of(const struct pfg_rounds *rounds,
                               const struct pfg_stage *stage,
                               enum pfg_measured_side which)
{
    const struct pfg_sides *sides = rounds->sides;

    return (struct pfg_side){
        .runs = stage->n[which] ? sides->at[which].runs.at + stage->from[which]
                                : NULL,
        .n = stage->n[which],
        .origin = origin_of(rounds, stage, which),
    };
}

int pfg_rounds_compare(struct pfg_evaluation *out,
                       const struct pfg_rounds *rounds,
                       const struct pfg_stage *stage, struct pfg_error *err)
{
    const struct pfg_sides *sides = rounds->sides;
    const struct pfg_measuring_side *base = &sides->at[PFG_BASE];
    struct pfg_evaluate_options all = *rounds->evaluate;
    const struct pfg_measured_sides measured = {
        .base = side_of(rounds, stage, PFG_BASE),
        .head = side_of(rounds, stage, PFG_HEAD),
        .no_base = base->broken
                       ? pfg_arena_printf(sides->m->arena, "%s%s", base->broken,
                                          pfg_sides_said(sides, base))
                       : "",
        .unneeded = rounds->unneeded,
        .vcs = sides->m->vcs,
        .notes = sides->m->notes.at,
        .n_notes = sides->m->notes.n,
    };

    all.judging.policy.looks = stage->plan;
    all.judging.policy.second = stage->second;
    all.measured = &measured;
    return pfg_evaluate(out, sides->m->context, &all, err);
}

void pfg_rounds_choose(struct pfg_rounds *rounds,
                       const struct pfg_report *report,
                       bool (*wanted)(const struct pfg_report_section *,
                                      const struct pfg_report_row *))
{
    struct pfg_tool_choice *choice = &rounds->processes->choice;
    struct pfg_map open, closed;
    struct pfg_arena *arena = rounds->m->arena;
    struct pfg_report_cursor at = {.report = report};

    pfg_map_init(&open, arena);
    pfg_map_init(&closed, arena);
    while (pfg_report_next(&at)) {
        const char *name = pfg_arena_strdup(arena, at.row->benchmark);

        *pfg_map_at(wanted(at.section, at.row) ? &open : &closed,
                    pfg_slice_of(name)) = (void *)name;
    }
    *choice = (struct pfg_tool_choice){
        .keep = pfg_arena_new_array(arena, const char *, open.n),
        .drop = pfg_arena_new_array(arena, const char *, closed.n),
    };
    for (size_t i = 0; i < open.n; i++) {
        ((const char **)choice->keep)[choice->n_keep++] = open.entries[i].value;
    }
    for (size_t i = 0; i < closed.n; i++) {
        if (!pfg_map_find(&open, closed.entries[i].key)) {
            ((const char **)choice->drop)[choice->n_drop++] =
                closed.entries[i].value;
        }
    }
}

/* Judges what was measured so far. *open: rows that need more rounds. */
static int look(struct pfg_rounds *rounds, size_t *open, struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_stage all = pfg_rounds_whole(rounds);
    struct pfg_report_cursor at = {0};

    if (pfg_rounds_compare(&evaluation, rounds, &all, err)) {
        return -1;
    }
    at.report = evaluation.report;
    *open = 0;
    while (pfg_report_next(&at)) {
        *open += pfg_report_is_open(at.section, at.row);
    }
    pfg_rounds_choose(rounds, at.report, pfg_report_is_open);
    pfg_measuring_show_look(rounds->m, at.report, rounds->n);
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* A budget that does not fit the results is an error at once, rather than at
 * the end. */
static int check_budgets(const struct pfg_rounds *rounds, struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_stage all = pfg_rounds_whole(rounds);

    if (pfg_rounds_compare(&evaluation, rounds, &all, err)) {
        return -1;
    }
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* --- rounds --- */

/* Draws who goes first, then alternates (ABBA), so that a drift of the machine
 * affects both sides alike. */
static size_t first_of(const struct pfg_rounds *rounds, size_t round)
{
    const struct pfg_revision *base = &rounds->sides->at[PFG_BASE].revision;
    const char *seed = rounds->options->seed ? rounds->options->seed
                       : base->id            ? base->id
                                             : "perfgate";
    struct pfg_digest *digest = pfg_digest_new();
    char hex[PFG_DIGEST_HEX];

    pfg_digest_add(digest, pfg_slice_of(seed));
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    return ((size_t)hex[0] + round) % 2;
}

int pfg_rounds_both(struct pfg_rounds *rounds, size_t round, const char **why,
                    struct pfg_error *err)
{
    struct pfg_sides *sides = rounds->sides;
    size_t first = first_of(rounds, round);

    *why = NULL;
    for (size_t i = 0; i < 2 && !pfg_sides_are_broken(sides) &&
                       !(i && pfg_measuring_is_stopped(rounds->m));
         i++) {
        const char *disturbed = NULL;

        if (pfg_process_run(rounds->processes, &sides->at[(first + i) % 2],
                            round, &disturbed, err)) {
            return -1;
        }
        *why = disturbed ? disturbed : *why;
    }
    return 0;
}

bool pfg_rounds_are_short(const struct pfg_rounds *rounds)
{
    const struct pfg_processes *processes = rounds->processes;
    size_t n = 0;

    for (size_t i = 0; i < processes->options->programs[PFG_HEAD].n; i++) {
        n += processes->states[i].lengths.n;
    }
    return n > 0;
}

/* On a machine that is never quiet, repeating rounds would only double the
 * time; and one more short round is worth as much as a repeated one. */
static bool may_repeat(const struct pfg_rounds *rounds)
{
    return !pfg_rounds_are_short(rounds) &&
           2 * rounds->n_repeated <= rounds->n &&
           pfg_sides_can_go_on(rounds->sides);
}

int pfg_rounds_one(struct pfg_rounds *rounds, struct pfg_error *err)
{
    struct pfg_measuring_side *base = &rounds->sides->at[PFG_BASE],
                              *head = &rounds->sides->at[PFG_HEAD];
    const size_t kept[2] = {base->runs.n, head->runs.n};
    double began = pfg_clock_seconds();
    const char *why;

    if (pfg_rounds_both(rounds, rounds->n + 1, &why, err)) {
        return -1;
    }
    if (why && may_repeat(rounds)) {
        /* Both sides, so that repeating does not depend on the side. */
        pfg_sides_drop(base, kept[0]);
        pfg_sides_drop(head, kept[1]);
        rounds->n_repeated++;
        if (pfg_rounds_both(rounds, rounds->n + 1, &why, err)) {
            return -1;
        }
    }
    if (why) {
        rounds->n_disturbed++;
        rounds->disturbed_by = why;
    }
    rounds->longest = fmax(rounds->longest, pfg_clock_seconds() - began);
    if (pfg_sides_are_broken(rounds->sides)) {
        return 0;
    }
    if (pfg_measuring_is_stopped(rounds->m) &&
        (base->runs.n == kept[0] ||
         base->runs.n - kept[0] != head->runs.n - kept[1])) {
        pfg_sides_drop(base, kept[0]); /* half a round, or nothing */
        pfg_sides_drop(head, kept[1]);
    } else {
        rounds->n++;
    }
    return 0;
}

int pfg_rounds_warm_up(struct pfg_rounds *rounds, struct pfg_error *err)
{
    const char *why;

    pfg_rounds_spare_base(rounds);
    for (size_t i = 0;
         i < rounds->options->warmup && !pfg_measuring_is_stopped(rounds->m);
         i++) {
        if (pfg_rounds_both(rounds, 0, &why, err)) {
            return -1;
        }
    }
    return pfg_rounds_shorten(rounds, err);
}

bool pfg_rounds_are_out_of_time(const struct pfg_rounds *rounds)
{
    double budget = rounds->options->budget;

    return budget > 0 && rounds->n >= MIN_ROUNDS &&
           pfg_clock_seconds() - rounds->start + rounds->longest >
               (1 - rounds->reserve) * budget;
}

void pfg_rounds_start(struct pfg_rounds *rounds)
{
    rounds->start = pfg_clock_seconds();
    if (rounds->options->budget > 0) {
        pfg_measuring_show_until(rounds->m,
                                 rounds->start + rounds->options->budget);
    }
}

/* Average seconds of a round. Long observations are not part of each. */
static double seconds_of_round(const struct pfg_rounds *rounds)
{
    const struct pfg_processes *processes = rounds->processes;
    double all = pfg_clock_seconds() - rounds->start, longer = 0;

    for (size_t i = 0; i < processes->options->programs[PFG_HEAD].n; i++) {
        const struct pfg_lengths *lengths = &processes->states[i].lengths;

        for (size_t k = 0; k < lengths->n; k++) {
            if (lengths->every[k] && lengths->ran[k]) {
                all -= lengths->seconds[k];
                longer += 2 * lengths->seconds[k] / (double)lengths->ran[k] /
                          (double)lengths->every[k];
            }
        }
    }
    return fmax(0, all) / (double)rounds->n + longer;
}

/*
 * Called when the length of a round is known. Plans twice the rounds that fit
 * the budget, since rounds get shorter as benchmarks are decided. The error
 * level reserved for looks after the end of the budget is a small price: the
 * last look before it still has more than an eighth of the level.
 */
static void plan(struct pfg_rounds *rounds)
{
    double fit = rounds->options->budget / seconds_of_round(rounds);

    if (!rounds->options->exactly && !rounds->options->most) {
        rounds->plan = pfg_looks_until(
            (size_t)fmin(fmax(2 * fit, FEWEST_PLANNED), PFG_MOST_ROUNDS));
        rounds->reserve = PFG_ROUNDS_RESERVE;
    }
}

static size_t most_of(const struct pfg_rounds *rounds)
{
    return rounds->plan.rounds[rounds->plan.n - 1];
}

/* After a round: plans, checks budgets and looks when they are due. */
static int make_of_it(struct pfg_rounds *rounds, size_t *open,
                      struct pfg_error *err)
{
    if (rounds->n <= rounds->plan.rounds[0]) {
        plan(rounds);
    }
    return (rounds->n == 1 && check_budgets(rounds, err)) ||
                   (pfg_looks_at(&rounds->plan, rounds->n) &&
                    rounds->n < most_of(rounds) && look(rounds, open, err))
               ? -1
               : 0;
}

int pfg_rounds_run(struct pfg_rounds *rounds, struct pfg_error *err)
{
    size_t open = 1;

    while (!rounds->ended) {
        if (pfg_sides_are_broken(rounds->sides)) {
            rounds->ended = "a command failed";
        } else if (pfg_measuring_is_stopped(rounds->m)) {
            rounds->ended = "interrupted";
        } else if (!open) {
            rounds->ended = "all decided";
        } else if (rounds->n == most_of(rounds)) {
            rounds->ended = rounds->options->exactly ? "as many as requested"
                                                     : "the maximum";
        } else if (pfg_rounds_are_out_of_time(rounds)) {
            rounds->ended = PFG_ENDED_BY_TIME;
        } else if (pfg_rounds_one(rounds, err) ||
                   (pfg_sides_can_go_on(rounds->sides) &&
                    make_of_it(rounds, &open, err))) {
            return -1;
        }
    }
    return 0;
}
