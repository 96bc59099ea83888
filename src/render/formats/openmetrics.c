#include "render/render.h"

#include <math.h>

#include "render/metrics.h"

/* OpenMetrics text, for a Prometheus that scrapes files or a push gateway:
 * https://prometheus.io/docs/specs/om/open_metrics_spec/. Values are in base
 * units; families leave out series without a value. */
static void put_labels(struct pfg_str *out,
                       const struct pfg_report_section *section,
                       const struct pfg_report_row *row)
{
    const char *hardware = section->has_profile && section->profile.name
                               ? section->profile.name
                               : "";

    pfg_metrics_label(out, "hardware", hardware);
    pfg_metrics_label(out, ",suite", row->suite);
    pfg_metrics_label(out, ",benchmark", row->label);
    pfg_metrics_label(out, ",metric", row->metric);
    pfg_metrics_label(out, ",unit", row->unit);
}

static double head_value(const struct pfg_report_row *row)
{
    return row->head.present ? row->head.value : NAN;
}

static double base_value(const struct pfg_report_row *row)
{
    return row->base.present ? row->base.value : NAN;
}

static double change(const struct pfg_report_row *row)
{
    return row->change;
}

static double limit(const struct pfg_report_row *row)
{
    return row->gated ? row->threshold : NAN;
}

static const struct family {
    const char *name, *help;
    double (*value)(const struct pfg_report_row *row);
} families[] = {
    {"perfgate_value", "value of the head, in the base unit", head_value},
    {"perfgate_base_value", "value of the base, in the base unit", base_value},
    {"perfgate_change_ratio", "change as a fraction of the base", change},
    {"perfgate_limit_ratio", "limit of a gated series, a fraction", limit},
};

static void put_family(struct pfg_str *out, const struct pfg_report *report,
                       const struct family *family)
{
    struct pfg_report_cursor at = {.report = report};

    pfg_metrics_begin(out, family->name, family->help);
    while (pfg_report_next(&at)) {
        double value = family->value(at.row);

        if (isfinite(value)) {
            pfg_str_printf(out, "%s{", family->name);
            put_labels(out, at.section, at.row);
            pfg_str_putc(out, '}');
            pfg_metrics_number(out, value);
        }
    }
}

static void put_verdicts(struct pfg_str *out, const struct pfg_report *report)
{
    struct pfg_report_cursor at = {.report = report};

    pfg_metrics_begin(out, "perfgate_verdict", "1 for the verdict of a series");
    while (pfg_report_next(&at)) {
        pfg_str_puts(out, "perfgate_verdict{");
        put_labels(out, at.section, at.row);
        pfg_metrics_label(out, ",verdict", pfg_verdict_name(at.row->verdict));
        pfg_metrics_label(out, ",fails", at.row->fails ? "true" : "false");
        pfg_str_puts(out, "} 1\n");
    }
}

static void put_summary(struct pfg_str *out, const struct pfg_report *report)
{
    pfg_metrics_begin(out, "perfgate_rows", "series by verdict");
    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        pfg_str_printf(out, "perfgate_rows{verdict=\"%s\"} %zu\n",
                       pfg_verdict_name((enum pfg_verdict)v),
                       report->counts[v]);
    }
    pfg_metrics_begin(out, "perfgate_failing_rows",
                      "series that fail the gate");
    pfg_str_printf(out, "perfgate_failing_rows %zu\n", report->n_fails);
    pfg_metrics_begin(out, "perfgate_status",
                      "exit status that the report means");
    pfg_str_printf(out, "perfgate_status %d\n", report->status);
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    (void)options;
    (void)err;
    put_summary(out, report);
    for (size_t i = 0; i < PFG_COUNT(families); i++) {
        put_family(out, report, &families[i]);
    }
    put_verdicts(out, report);
    pfg_str_puts(out, "# EOF\n");
    return 0;
}

const struct pfg_renderer pfg_renderer_openmetrics = {
    .name = "openmetrics",
    .title = "gauges for Prometheus and Grafana",
    .render = render,
};
