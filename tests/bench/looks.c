#include "looks.h"

#include <stdlib.h>

#include "base/arena.h"
#include "cell.h"
#include "compare/compare.h"
#include "compare/report/second_look.h"
#include "stats/test/sequential.h"

static const double changes[BENCH_LOOKS_CHANGES] = {0.02, 0.05, 0.10};

/* A suite, and how much of it has been measured. */
struct measuring {
    const struct bench_looks *looks;
    struct bench_suite *suite;
    size_t *rounds; /* of each series */
    bool *open;
    bool again; /* likely regressions were measured again */
};

/* Limits each series to its first rounds. */
static void reveal(const struct measuring *m)
{
    for (size_t i = 0; i < m->looks->series; i++) {
        m->suite->base->series.at[i]->pieces.n = m->rounds[i];
        m->suite->head->series.at[i]->pieces.n = m->rounds[i];
    }
}

static void reveal_all(struct measuring *m)
{
    for (size_t i = 0; i < m->looks->series; i++) {
        m->rounds[i] = 2 * m->looks->most;
        m->open[i] = true;
    }
    m->again = false;
    reveal(m);
}

static void skip(struct pfg_run *run, size_t series, long pieces)
{
    run->series.at[series]->pieces.at += pieces;
}

/* Shows the rounds after the end of the plan instead, or one of them if the
 * series is not open, because a series is not empty. */
static void reveal_again(const struct measuring *m, bool again)
{
    long by = again ? (long)m->looks->most : -(long)m->looks->most;

    for (size_t i = 0; i < m->looks->series; i++) {
        size_t n = !again                            ? m->rounds[i]
                   : m->open[i] || !m->looks->filter ? m->looks->most
                                                     : 1;

        skip(m->suite->base, i, by);
        skip(m->suite->head, i, by);
        m->suite->base->series.at[i]->pieces.n = n;
        m->suite->head->series.at[i]->pieces.n = n;
    }
}

/* Records which series are still open, and returns whether any is. */
static bool look(const struct measuring *m, const struct pfg_report *report)
{
    const struct pfg_report_section *section = &report->sections[0];
    bool any = false;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        m->open[strtoul(row->benchmark, NULL, 10)] =
            pfg_report_is_open(section, row);
        any |= pfg_report_is_open(section, row);
    }
    return any;
}

/* Records which regressions are likely but not proven. */
static struct pfg_second_looks likely(const struct measuring *m,
                                      const struct pfg_report *report)
{
    const struct pfg_report_section *section = &report->sections[0];

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        m->open[strtoul(row->benchmark, NULL, 10)] =
            pfg_second_look_is_due(row);
    }
    return pfg_second_looks_of(report, report->arena);
}

/* Measures again what is likely when the plan ends, which then decides. */
static struct pfg_report *confirm(struct measuring *m, struct pfg_report *first,
                                  const struct pfg_looks *plan)
{
    struct pfg_looks once = pfg_looks_once(m->looks->most);
    struct pfg_second_looks found = likely(m, first);
    struct pfg_report *second, *settled;

    m->again = found.n > 0;
    if (!m->again) {
        return first;
    }
    found.pending = true;
    reveal_again(m, true);
    second = bench_compare(m->suite, m->looks->threshold, PFG_STATISTIC_DEFAULT,
                           &once, &found);
    pfg_second_looks_record(&found, second, m->looks->most);
    reveal_again(m, false);
    settled = bench_compare(m->suite, m->looks->threshold,
                            PFG_STATISTIC_DEFAULT, plan, &found);
    pfg_report_free(second);
    pfg_report_free(first);
    return settled;
}

/* Measures until everything is decided or the plan ends; returns the last
 * report. */
static struct pfg_report *measure(struct measuring *m)
{
    struct pfg_looks plan = pfg_looks_until(m->looks->most);
    struct pfg_report *report = NULL;

    reveal_all(m);
    for (size_t k = 0; k < plan.n; k++) {
        for (size_t i = 0; i < m->looks->series; i++) {
            if (m->open[i] || !m->looks->filter) {
                m->rounds[i] = plan.rounds[k];
            }
        }
        reveal(m);
        pfg_report_free(report);
        report = bench_compare(m->suite, m->looks->threshold,
                               PFG_STATISTIC_DEFAULT, &plan, NULL);
        if (!look(m, report)) {
            return report;
        }
    }
    return confirm(m, report, &plan);
}

static void try_unchanged(struct bench_looks *looks, struct measuring *m)
{
    struct pfg_report *report = measure(m);

    looks->alarms += report->counts[PFG_REGRESSED] > 0;
    looks->likely += m->again;
    for (size_t i = 0; i < looks->series; i++) {
        looks->rounds += (double)m->rounds[i] / (double)looks->series;
    }
    pfg_report_free(report);
}

static void try_change(struct bench_looks_found *found, struct measuring *m,
                       size_t series, double change)
{
    struct pfg_report *report;
    const struct pfg_report_section *section;

    reveal_all(m);
    bench_suite_change(m->suite, series, 1 + change);
    report = measure(m);
    section = &report->sections[0];
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (strtoul(row->benchmark, NULL, 10) == series) {
            found->n++;
            found->regressed += row->verdict == PFG_REGRESSED;
            found->clear += row->verdict == PFG_UNCHANGED ||
                            row->verdict == PFG_FASTER ||
                            row->verdict == PFG_IMPROVED;
            found->rounds += (double)m->rounds[series];
        }
    }
    pfg_report_free(report);
    reveal_all(m);
    bench_suite_change(m->suite, series, 1 / (1 + change));
}

void bench_looks_run(struct bench_looks *looks, const double *shrink,
                     uint64_t seed)
{
    struct measuring m = {
        .looks = looks,
        .suite = bench_suite_new(BENCH_ALTERNATING, looks->series,
                                 2 * looks->most, shrink),
        .rounds = calloc(looks->series, sizeof *m.rounds),
        .open = calloc(looks->series, sizeof *m.open),
    };

    for (size_t i = 0; i < looks->suites && m.rounds && m.open; i++) {
        reveal_all(&m);
        bench_suite_draw(m.suite, looks->regime, &seed);
        try_unchanged(looks, &m);
        for (size_t c = 0; i < looks->also_changed && c < BENCH_LOOKS_CHANGES;
             c++) {
            try_change(&looks->found[c], &m, i % looks->series, changes[c]);
        }
    }
    free(m.rounds);
    free(m.open);
    bench_suite_free(m.suite);
}
