#include "app/measure/measuring.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/map.h"

/* Fewer rounds prove nothing, whatever the budget. */
#define MIN_ROUNDS 3

void pfg_measuring_choose(struct pfg_measuring *m,
                          const struct pfg_report *report,
                          bool (*wanted)(const struct pfg_report_section *,
                                         const struct pfg_report_row *))
{
    struct pfg_map open, closed;
    struct pfg_arena *arena = m->arena;

    pfg_map_init(&open, arena);
    pfg_map_init(&closed, arena);
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];
            const char *name = pfg_arena_strdup(arena, row->benchmark);

            *pfg_map_at(wanted(section, row) ? &open : &closed,
                        pfg_slice_of(name)) = (void *)name;
        }
    }
    m->choice = (struct pfg_tool_choice){
        .keep = pfg_arena_new_array(arena, const char *, open.n),
        .drop = pfg_arena_new_array(arena, const char *, closed.n),
    };
    for (size_t i = 0; i < open.n; i++) {
        ((const char **)m->choice.keep)[m->choice.n_keep++] =
            open.entries[i].value;
    }
    for (size_t i = 0; i < closed.n; i++) {
        if (!pfg_map_find(&open, closed.entries[i].key)) {
            ((const char **)m->choice.drop)[m->choice.n_drop++] =
                closed.entries[i].value;
        }
    }
}

/* Looks at what has been measured. *open: how many rows want more rounds. */
static int look(struct pfg_measuring *m, size_t *open, struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_measuring_stage all = pfg_measuring_whole(m);
    const struct pfg_report *report;

    if (pfg_measuring_compare(&evaluation, m, &all, err)) {
        return -1;
    }
    report = evaluation.report;
    *open = 0;
    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_rows; j++) {
            *open += pfg_report_is_open(&report->sections[i],
                                        &report->sections[i].rows[j]);
        }
    }
    pfg_measuring_choose(m, report, pfg_report_is_open);
    pfg_measuring_show_look(m, report);
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* A budget that does not fit what is measured is told of at once, not when
 * the time is spent. */
static int check_budgets(struct pfg_measuring *m, struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_measuring_stage all = pfg_measuring_whole(m);

    if (pfg_measuring_compare(&evaluation, m, &all, err)) {
        return -1;
    }
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* --- rounds --- */

bool pfg_measuring_is_broken(const struct pfg_measuring *m)
{
    return m->sides[PFG_BASE].broken || m->sides[PFG_HEAD].broken;
}

bool pfg_measuring_is_stopped(struct pfg_measuring *m)
{
    return pfg_interrupt_look(&m->interrupt) != PFG_INTERRUPT_NONE;
}

/* Forgets what a round brought. */
static void drop_round(struct pfg_measuring *m, const size_t kept[2])
{
    for (size_t i = 0; i < 2; i++) {
        struct pfg_runs *runs = &m->sides[i].runs;

        while (runs->n > kept[i]) {
            pfg_run_free(runs->at[--runs->n]);
        }
    }
}

/* Who goes first: drawn once, then each every other time (ABBA), so that a
 * drift of the machine falls on both alike. */
static size_t first_of(const struct pfg_measuring *m, size_t round)
{
    const struct pfg_revision *base = &m->sides[PFG_BASE].revision;
    const char *seed = m->options->seed ? m->options->seed
                       : base->id       ? base->id
                                        : "perfgate";
    struct pfg_digest *digest = pfg_digest_new();
    char hex[PFG_DIGEST_HEX];

    pfg_digest_add(digest, pfg_slice_of(seed));
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    return ((size_t)hex[0] + round) % 2;
}

/* Both sides once. *why: what disturbed it, or NULL. */
static int measure_both(struct pfg_measuring *m, size_t round, const char **why,
                        struct pfg_error *err)
{
    size_t first = first_of(m, round);

    *why = NULL;
    for (size_t i = 0; i < 2 && !pfg_measuring_is_broken(m) &&
                       !(i && pfg_measuring_is_stopped(m));
         i++) {
        const char *disturbed = NULL;

        if (pfg_measuring_process(m, &m->sides[(first + i) % 2], round,
                                  &disturbed, err)) {
            return -1;
        }
        *why = disturbed ? disturbed : *why;
    }
    return 0;
}

/* On a machine that is never quiet there is no use in measuring all twice. */
static bool may_repeat(struct pfg_measuring *m)
{
    return 2 * m->n_repeated <= m->rounds && !pfg_measuring_is_broken(m) &&
           !pfg_measuring_is_stopped(m);
}

int pfg_measuring_round(struct pfg_measuring *m, struct pfg_error *err)
{
    const size_t kept[2] = {m->sides[0].runs.n, m->sides[1].runs.n};
    double began = pfg_clock_seconds();
    const char *why;

    if (measure_both(m, m->rounds + 1, &why, err)) {
        return -1;
    }
    if (why && may_repeat(m)) {
        /* Both sides, so that who is repeated does not depend on the side. */
        drop_round(m, kept);
        m->n_repeated++;
        if (measure_both(m, m->rounds + 1, &why, err)) {
            return -1;
        }
    }
    if (why) {
        m->n_disturbed++;
        m->disturbed_by = why;
    }
    m->longest = fmax(m->longest, pfg_clock_seconds() - began);
    if (!pfg_measuring_is_broken(m) &&
        !(pfg_measuring_is_stopped(m) &&
          m->sides[0].runs.n - kept[0] != m->sides[1].runs.n - kept[1])) {
        m->rounds++;
    } else if (!pfg_measuring_is_broken(m)) {
        drop_round(m, kept); /* half a round */
    }
    return 0;
}

int pfg_measuring_warm_up(struct pfg_measuring *m, struct pfg_error *err)
{
    const char *why;

    for (size_t i = 0; i < m->options->warmup && !pfg_measuring_is_stopped(m);
         i++) {
        if (measure_both(m, 0, &why, err)) {
            return -1;
        }
    }
    return 0;
}

bool pfg_measuring_is_out_of_time(const struct pfg_measuring *m)
{
    double budget = m->options->budget;

    return budget > 0 && m->rounds >= MIN_ROUNDS &&
           pfg_clock_seconds() - m->start + m->longest > budget;
}

int pfg_measuring_rounds(struct pfg_measuring *m, struct pfg_error *err)
{
    size_t most = m->plan.rounds[m->plan.n - 1], open = 1;

    m->start = pfg_clock_seconds();
    while (!m->ended) {
        if (pfg_measuring_is_broken(m)) {
            m->ended = "a command failed";
        } else if (pfg_measuring_is_stopped(m)) {
            m->ended = "interrupted";
        } else if (!open) {
            m->ended = "all decided";
        } else if (m->rounds == most) {
            m->ended = m->options->rounds ? "as many as asked for"
                                          : "the most there may be";
        } else if (pfg_measuring_is_out_of_time(m)) {
            m->ended = "the time budget is spent";
        } else if (pfg_measuring_round(m, err) ||
                   (m->rounds == 1 && !pfg_measuring_is_broken(m) &&
                    check_budgets(m, err)) ||
                   (pfg_looks_at(&m->plan, m->rounds) &&
                    !pfg_measuring_is_broken(m) && m->rounds < most &&
                    look(m, &open, err))) {
            return -1;
        }
    }
    return 0;
}
