#include "app/measure/measuring.h"

#include "base/arena.h"

/* Fewer rounds would confirm little. */
#define FEWEST 5

/* Likely, over its limit, and not proven over the suite. Weak rows stay as
 * they are: more of the same would be as weak. */
static bool is_likely(const struct pfg_report_section *section,
                      const struct pfg_report_row *row)
{
    (void)section;
    return row->gated && row->verdict == PFG_UNCONFIRMED &&
           row->evidence == PFG_REPLICATED;
}

static struct pfg_second_looks list(struct pfg_measuring *m,
                                    const struct pfg_report *report)
{
    PFG_VEC(struct pfg_second_look) found = {0};

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            if (is_likely(section, &section->rows[j])) {
                struct pfg_second_look look = {
                    .key = pfg_arena_strdup(m->arena, section->rows[j].key),
                };

                pfg_vec_push(&found, m->arena, look);
            }
        }
    }
    return (struct pfg_second_looks){.at = found.at, .n = found.n};
}

static const struct pfg_report_row *find(const struct pfg_report *report,
                                         const char *key)
{
    const struct pfg_report_row *row = NULL;

    for (size_t i = 0; i < report->n_sections && !row; i++) {
        row = pfg_report_find(&report->sections[i], key);
    }
    return row;
}

static bool may_go_on(struct pfg_measuring *m)
{
    return !pfg_measuring_is_broken(m) && !pfg_measuring_is_stopped(m) &&
           !pfg_measuring_is_out_of_time(m);
}

/* Until decided, and it was not: the plan was carried out to its end. */
static bool is_carried_out(const struct pfg_measuring *m)
{
    return !m->options->rounds && m->rounds == m->plan.rounds[m->plan.n - 1];
}

static int measure(struct pfg_measuring *m, size_t most, struct pfg_error *err)
{
    size_t first = m->rounds;

    while (m->rounds - first < most && may_go_on(m)) {
        if (pfg_measuring_round(m, err)) {
            return -1;
        }
    }
    return 0;
}

/* Something of the new rounds failed. */
static bool any_failed(const struct pfg_measuring *m)
{
    bool failed = pfg_measuring_is_broken(m);

    for (size_t i = 0; i < 2; i++) {
        for (size_t j = m->stage.n[i]; j < m->sides[i].runs.n; j++) {
            failed |= *m->sides[i].runs.at[j]->failure != '\0';
        }
    }
    return failed;
}

/* What the new rounds alone say; *crossed: a limit of the tool's own, too. */
static int judge(struct pfg_measuring *m, const struct pfg_second_looks *looks,
                 bool *crossed, struct pfg_error *err)
{
    const struct pfg_measuring_stage *first = &m->stage;
    struct pfg_measuring_stage second = pfg_measuring_whole(m);
    struct pfg_evaluation evaluation;

    second.rounds -= first->rounds;
    second.plan = pfg_looks_once(second.rounds);
    second.second = *looks;
    second.second.pending = true;
    for (size_t i = 0; i < 2; i++) {
        second.from[i] = first->n[i];
        second.n[i] -= first->n[i];
    }
    if (pfg_measuring_compare(&evaluation, m, &second, err)) {
        return -1;
    }
    for (size_t i = 0; i < looks->n; i++) {
        struct pfg_second_look *look = &looks->at[i];
        const struct pfg_report_row *row = find(evaluation.report, look->key);

        if (row && row->base.present && row->head.present) {
            look->confirmed = pfg_report_is_confirmed(row);
            look->rounds = second.rounds;
            look->change = row->change;
        }
    }
    *crossed = evaluation.report->counts[PFG_OVER_BUDGET] > 0;
    pfg_evaluation_free(&evaluation);
    return 0;
}

int pfg_measuring_confirm(struct pfg_measuring *m, struct pfg_error *err)
{
    struct pfg_measuring_stage first = pfg_measuring_whole(m);
    struct pfg_evaluation evaluation;
    struct pfg_second_looks looks;
    bool crossed = false;

    if (!is_carried_out(m) || first.rounds < FEWEST || !may_go_on(m)) {
        return 0;
    }
    if (pfg_measuring_compare(&evaluation, m, &first, err)) {
        return -1;
    }
    looks = list(m, evaluation.report);
    pfg_measuring_choose(m, evaluation.report, is_likely);
    pfg_measuring_show_look(m, evaluation.report);
    pfg_evaluation_free(&evaluation);
    if (!looks.n) {
        return 0;
    }
    m->stage = first;
    if (measure(m, first.rounds, err)) {
        return -1;
    }
    if (any_failed(m)) {
        /* That is what there is to say. */
        m->ended = "a command failed";
        m->stage = (struct pfg_measuring_stage){0};
        return 0;
    }
    if (m->rounds - first.rounds >= FEWEST && judge(m, &looks, &crossed, err)) {
        return -1;
    }
    if (crossed) {
        m->stage = (struct pfg_measuring_stage){0};
        return 0;
    }
    m->stage.second = looks;
    return 0;
}
