#include <math.h>

#include "base/arena.h"
#include "render/history/history_formats.h"
#include "render/metrics.h"
#include "stats/sample.h"

#define WINDOW 10 /* values that the rolling baseline is the median of */

static double latest(const struct pfg_history *history,
                     const struct pfg_history_series *series)
{
    (void)history;
    return series->values[series->n_values - 1].value;
}

static double baseline(const struct pfg_history *history,
                       const struct pfg_history_series *series)
{
    const size_t before = series->n_values - 1;
    const size_t n = before < WINDOW ? before : WINDOW;
    double values[WINDOW];

    (void)history;
    for (size_t i = 0; i < n; i++) {
        values[i] = series->values[before - n + i].value;
    }
    return n ? pfg_median(values, n) : NAN;
}

static double change(const struct pfg_history *history,
                     const struct pfg_history_series *series)
{
    const double base = baseline(history, series);

    return base > 0 ? latest(history, series) / base - 1 : NAN;
}

static double worse(const struct pfg_history *history,
                    const struct pfg_history_series *series)
{
    const double by = change(history, series);

    switch (series->series->better) {
    case PFG_LOWER:
        return by;
    case PFG_HIGHER:
        return 0 - by;
    default:
        return NAN;
    }
}

static double when(const struct pfg_history *history,
                   const struct pfg_history_series *series)
{
    const size_t commit = series->values[series->n_values - 1].commit;

    return (double)history->commits[commit].time / PFG_SECOND;
}

static const struct family {
    const char *name, *help;
    double (*value)(const struct pfg_history *history,
                    const struct pfg_history_series *series);
} families[] = {
    {"perfgate_latest_value", "value of the latest version, in the base unit",
     latest},
    {"perfgate_rolling_value",
     "median of up to ten versions before it, in the base unit", baseline},
    {"perfgate_latest_change_ratio",
     "change of the latest version from the rolling value, 0.1 is ten per cent "
     "more",
     change},
    {"perfgate_latest_worse_ratio",
     "the same, with positive meaning worse, for metrics with a direction",
     worse},
    {"perfgate_latest_timestamp_seconds", "time of the latest version", when},
};

static void put_gauges(struct pfg_str *out, const struct family *family,
                       const struct pfg_history *history)
{
    for (size_t i = 0; i < history->n_series; i++) {
        const struct pfg_history_series *series = &history->series[i];
        const double value = family->value(history, series);

        if (!isfinite(value)) {
            continue;
        }
        pfg_str_printf(out, "%s{", family->name);
        pfg_metrics_label(out, "hardware", history->hardware);
        pfg_metrics_label(out, ",suite", series->series->suite);
        pfg_metrics_label(out, ",benchmark", series->label);
        pfg_metrics_label(out, ",metric", series->series->metric);
        pfg_metrics_label(out, ",unit", series->series->unit);
        if (*history->project) {
            pfg_metrics_label(out, ",project", history->project);
        }
        pfg_str_putc(out, '}');
        pfg_metrics_number(out, value);
    }
}

void pfg_history_metrics(struct pfg_str *out,
                         const struct pfg_history *const *histories, size_t n)
{
    for (size_t f = 0; f < PFG_COUNT(families); f++) {
        pfg_metrics_begin(out, families[f].name, families[f].help);
        for (size_t i = 0; i < n; i++) {
            put_gauges(out, &families[f], histories[i]);
        }
    }
    pfg_str_puts(out, "# EOF\n");
}
