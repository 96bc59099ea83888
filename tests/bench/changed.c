#include "changed.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "cell.h"
#include "compare/compare.h"
#include "group/key.h"
#include "random.h"

/* With several metrics, each is a series that has its number as name. */
static void name_metrics(struct pfg_run *run, const struct bench_changed *c)
{
    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];

        if (c->metrics > 1) {
            series->benchmark =
                pfg_arena_printf(run->arena, "server %zu", i / c->metrics);
            series->metric = pfg_arena_printf(run->arena, "%zu", i);
        } else if (c->metric) {
            series->metric = c->metric;
        }
        series->key = pfg_key_make(run->arena, series);
    }
}

static double draw_factor(const struct bench_changed *c, uint64_t *random)
{
    return c->most > 0
               ? c->least * pow(c->most / c->least, random_uniform(random))
               : exp(c->least * random_normal(random));
}

/* If the whole suite shifted and that fails the gate, the line about the shift
 * stands for its unconfirmed rows. */
static bool is_called(const struct pfg_report_section *section,
                      const struct pfg_report_row *row)
{
    return row->verdict == PFG_REGRESSED ||
           (section->shift_fails && row->verdict == PFG_UNCONFIRMED);
}

static void count_row(struct bench_changed *c, double factor, bool called,
                      bool *alarm)
{
    if (factor == 1) {
        *alarm |= called;
    } else if (factor < 1) {
        c->n_faster++;
        c->wrong += called;
    } else if (factor >= c->counts) {
        c->n_slower++;
        c->called += called;
    }
}

static void judge(struct bench_changed *c, const struct bench_suite *suite,
                  const double *factors)
{
    struct pfg_report *report =
        bench_compare(suite, 0, PFG_STATISTIC_DEFAULT, NULL, NULL);
    const struct pfg_report_section *section = &report->sections[0];
    bool alarm = false;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        const char *number = c->metrics > 1 ? row->metric : row->benchmark;

        count_row(c, factors[strtoul(number, NULL, 10)],
                  is_called(section, row), &alarm);
    }
    c->n_alarms += alarm;
    c->shifts += *section->shift != '\0';
    pfg_report_free(report);
}

void bench_changed_run(struct bench_changed *out, const double *shrink,
                       uint64_t seed)
{
    size_t series = out->benchmarks * out->metrics;
    struct bench_suite *suite =
        bench_suite_new(out->layout, series, out->n, shrink);
    double *factors = pfg_arena_new_array(suite->base->arena, double, series);

    name_metrics(suite->base, out);
    name_metrics(suite->head, out);
    for (size_t i = 0; i < out->suites; i++) {
        bench_suite_draw(suite, out->regime, &seed);
        for (size_t j = 0; j < series; j++) {
            factors[j] =
                j / out->metrics < out->changed ? draw_factor(out, &seed) : 1;
            bench_suite_change(suite, j, factors[j]);
        }
        judge(out, suite, factors);
    }
    bench_suite_free(suite);
}
