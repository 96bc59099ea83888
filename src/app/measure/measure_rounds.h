#ifndef PFG_APP_MEASURE_MEASURE_ROUNDS_H
#define PFG_APP_MEASURE_MEASURE_ROUNDS_H

#include "app/measure/turn/measure_process.h"

/* Nobody waits for more of them. */
#define PFG_MOST_ROUNDS 1000

/* Of the time budget, to measure again what is likely. */
#define PFG_ROUNDS_RESERVE 0.3

#define PFG_ENDED_BY_TIME "the time budget is spent"

/* Some of the rounds, and what is to be made of them. */
struct pfg_stage {
    size_t from[2], n[2]; /* runs of each side */
    size_t rounds;
    struct pfg_looks plan;
    struct pfg_second_looks second;
};

/* Both sides in turn, again and again. */
struct pfg_rounds {
    struct pfg_measuring *m;
    const struct pfg_round_options *options;
    const struct pfg_evaluate_options *evaluate; /* at each look */
    struct pfg_sides *sides;
    struct pfg_processes *processes;
    struct pfg_looks plan;
    double start;     /* monotonic seconds */
    double longest;   /* round so far, seconds */
    double reserve;   /* share of the budget that is kept for what is likely */
    const char *said; /* the option by which the command says how long its
                         observations are; NULL */
    size_t n;         /* complete ones */
    size_t n_disturbed, n_repeated;
    const char *disturbed_by; /* of the last disturbed round */
    const char *ended;        /* why they ended */
    const char *unneeded;     /* why there were none; NULL */
};

/* All that has been measured so far. */
struct pfg_stage pfg_rounds_whole(const struct pfg_rounds *rounds);

/* "104 rounds, 5ms each". In the arena. */
const char *pfg_rounds_words(const struct pfg_rounds *rounds, size_t n);

/* Compares the sides in the rounds of a stage. */
int pfg_rounds_compare(struct pfg_evaluation *out,
                       const struct pfg_rounds *rounds,
                       const struct pfg_stage *stage, struct pfg_error *err);

/* Some benchmarks are observed for a shorter time than the command says. */
bool pfg_rounds_are_short(const struct pfg_rounds *rounds);

/* One more round would end after the budget. */
bool pfg_rounds_are_out_of_time(const struct pfg_rounds *rounds);

/* From now on the time budget runs. */
void pfg_rounds_start(struct pfg_rounds *rounds);

/* Both sides once; `round` 0 does not count. *why: what disturbed it, or NULL.
 */
int pfg_rounds_both(struct pfg_rounds *rounds, size_t round, const char **why,
                    struct pfg_error *err);

/* Before the warm-up: the head alone runs what may be shortened, for it can
 * take longer than the rounds are to take. */
void pfg_rounds_spare_base(struct pfg_rounds *rounds);

/* Has the tool observe for a shorter time, where that measures the same and
 * nobody has said how long or how often; what was measured in the warm-up is
 * dropped. */
int pfg_rounds_shorten(struct pfg_rounds *rounds, struct pfg_error *err);

/* Rounds that do not count. */
int pfg_rounds_warm_up(struct pfg_rounds *rounds, struct pfg_error *err);

/* Both sides once; once more where something disturbed them. */
int pfg_rounds_one(struct pfg_rounds *rounds, struct pfg_error *err);

/* Rounds until all is decided, or the plan, the budget, the user or a failure
 * ends them: `ended` says which. */
int pfg_rounds_run(struct pfg_rounds *rounds, struct pfg_error *err);

/* From now on measures only the benchmarks of rows that are wanted, where the
 * tool can choose. */
void pfg_rounds_choose(struct pfg_rounds *rounds,
                       const struct pfg_report *report,
                       bool (*wanted)(const struct pfg_report_section *,
                                      const struct pfg_report_row *));

/*
 * Measures again what the rounds left unconfirmed, that alone and as often, in
 * what is left of the budget (measure_confirm.c). *out: the rounds that the
 * report is of and what came of the others; all of them where nothing was
 * unconfirmed.
 */
int pfg_rounds_confirm(struct pfg_stage *out, struct pfg_rounds *rounds,
                       struct pfg_error *err);

#endif
