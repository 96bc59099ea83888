#ifndef PFG_APP_MEASURE_MEASURE_ROUNDS_H
#define PFG_APP_MEASURE_MEASURE_ROUNDS_H

#include "app/measure/turn/measure_process.h"

/* More rounds are never worth waiting for. */
#define PFG_MOST_ROUNDS 1000

/* Share of the time budget reserved to measure likely changes again. */
#define PFG_ROUNDS_RESERVE 0.3

#define PFG_ENDED_BY_TIME "the time budget is spent"

/* A range of rounds, and how to judge them. */
struct pfg_stage {
    size_t from[2], n[2]; /* runs of each side */
    size_t rounds;
    struct pfg_looks plan;
    struct pfg_second_looks second;
};

/* Rounds: both sides in turn. */
struct pfg_rounds {
    struct pfg_measuring *m;
    const struct pfg_round_options *options;
    const struct pfg_evaluate_options *evaluate; /* for each look */
    struct pfg_sides *sides;
    struct pfg_processes *processes;
    struct pfg_looks plan;
    double start;     /* monotonic seconds */
    double longest;   /* longest round so far, seconds */
    double reserve;   /* share of the budget reserved for likely changes */
    const char *said; /* the option by which the command sets the length of its
                         observations; NULL */
    size_t n;         /* complete rounds */
    size_t n_disturbed, n_repeated;
    const char *disturbed_by; /* the cause of the last disturbance */
    const char *ended;        /* why they ended */
    const char *unneeded;     /* why none is needed; NULL */
};

/* All rounds so far. */
struct pfg_stage pfg_rounds_whole(const struct pfg_rounds *rounds);

/* "104 rounds, 5ms each". In the arena. */
const char *pfg_rounds_words(const struct pfg_rounds *rounds, size_t n);

/* Compares the sides by the rounds of a stage. */
int pfg_rounds_compare(struct pfg_evaluation *out,
                       const struct pfg_rounds *rounds,
                       const struct pfg_stage *stage, struct pfg_error *err);

/* Whether some benchmarks are observed for less time than the command says. */
bool pfg_rounds_are_short(const struct pfg_rounds *rounds);

/* Whether one more round would end after the budget. */
bool pfg_rounds_are_out_of_time(const struct pfg_rounds *rounds);

/* Starts the time budget. */
void pfg_rounds_start(struct pfg_rounds *rounds);

/* Runs both sides once; `round` 0 is discarded. *why: what disturbed it, or
 * NULL. */
int pfg_rounds_both(struct pfg_rounds *rounds, size_t round, const char **why,
                    struct pfg_error *err);

/* Before the warm-up: programs that may be shortened run only for the head,
 * because one process can take longer than all rounds should. */
void pfg_rounds_spare_base(struct pfg_rounds *rounds);

/* Has the tool observe for less time, if that measures the same and the user
 * has not set how long or how often. Discards the runs of the warm-up. */
int pfg_rounds_shorten(struct pfg_rounds *rounds, struct pfg_error *err);

/* Runs the rounds to discard. */
int pfg_rounds_warm_up(struct pfg_rounds *rounds, struct pfg_error *err);

/* Runs both sides once, and once more if something disturbed them. */
int pfg_rounds_one(struct pfg_rounds *rounds, struct pfg_error *err);

/* Runs rounds until everything is decided, or the plan, the budget, the user or
 * a failure ends them; `ended` says which. */
int pfg_rounds_run(struct pfg_rounds *rounds, struct pfg_error *err);

/* From now on measures only benchmarks with a row that is `wanted`, if the tool
 * can choose. */
void pfg_rounds_choose(struct pfg_rounds *rounds,
                       const struct pfg_report *report,
                       bool (*wanted)(const struct pfg_report_section *,
                                      const struct pfg_report_row *));

/*
 * Measures unconfirmed changes again, only these, for as many rounds, within
 * the rest of the budget (measure_confirm.c). *out: the rounds that the report
 * covers, with the outcome of the others; all rounds if nothing was
 * unconfirmed.
 */
int pfg_rounds_confirm(struct pfg_stage *out, struct pfg_rounds *rounds,
                       struct pfg_error *err);

#endif
