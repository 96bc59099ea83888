#include "render/render.h"

#include <math.h>

#include "base/clock.h"
#include "render/words.h"
#include "json/write.h"

/* The whole report, every value with all its digits: for other programs, and
 * for perfgate to read again. Fields are only ever added within a version. */
enum { VERSION = 1, INDENT = 1 };

static const char *const kinds[] = {
    [PFG_METRIC_MICRO] = "micro", [PFG_METRIC_LOAD] = "load",
    [PFG_METRIC_TAIL] = "tail",   [PFG_METRIC_COUNT] = "count",
    [PFG_METRIC_RATE] = "rate",   [PFG_METRIC_OTHER] = "other",
};

static void put_strings(struct pfg_json_writer *w, const char *key,
                        const char **strings, size_t n)
{
    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_put_string(w, NULL, strings[i]);
    }
    pfg_json_end(w, ']');
}

static void put_indexes(struct pfg_json_writer *w, const char *key,
                        const size_t *indexes, size_t n)
{
    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_put_integer(w, NULL, (int64_t)indexes[i]);
    }
    pfg_json_end(w, ']');
}

static void put_time(struct pfg_json_writer *w, const char *key, pfg_time time)
{
    char text[PFG_TIME_TEXT];

    pfg_json_put_string(w, key, time ? pfg_time_iso(text, time) : NULL);
}

static void put_interval(struct pfg_json_writer *w, const char *key,
                         double lower, double upper, double level)
{
    if (!isfinite(lower) && !isfinite(upper)) {
        pfg_json_put_null(w, key);
        return;
    }
    pfg_json_begin(w, key, '{');
    pfg_json_put_number(w, "lower", lower);
    pfg_json_put_number(w, "upper", upper);
    pfg_json_put_number(w, "level", level);
    pfg_json_end(w, '}');
}

static void put_side(struct pfg_json_writer *w, const char *key,
                     const struct pfg_report_side *side)
{
    if (!side->present) {
        pfg_json_put_null(w, key);
        return;
    }
    pfg_json_begin(w, key, '{');
    pfg_json_put_number(w, "value", side->value);
    put_interval(w, "interval", side->interval.lower, side->interval.upper,
                 side->interval.level);
    pfg_json_put_integer(w, "n", (int64_t)side->n);
    pfg_json_put_integer(w, "processes", (int64_t)side->n_processes);
    if (side->values) {
        pfg_json_put_numbers(w, "values", side->values, side->n);
    }
    if (side->values && side->processes) {
        put_indexes(w, "process_of", side->processes, side->n);
    }
    pfg_json_put_string(w, "error", side->error);
    pfg_json_put_string(w, "written_unit", side->written_unit);
    pfg_json_put_string(w, "source", side->source);
    pfg_json_end(w, '}');
}

static void put_identity(struct pfg_json_writer *w,
                         const struct pfg_report_row *row)
{
    pfg_json_put_string(w, "key", row->key);
    pfg_json_put_string(w, "suite", row->suite);
    pfg_json_put_string(w, "benchmark", row->benchmark);
    pfg_json_put_string(w, "label", row->label);
    pfg_json_put_string(w, "metric", row->metric);
    pfg_json_put_string(w, "unit", row->unit);
    pfg_json_put_string(w, "better", pfg_direction_name(row->better));
    pfg_json_put_string(w, "kind", kinds[row->kind]);
    pfg_json_put_integer(w, "order", (int64_t)row->order);
}

static void put_verdict(struct pfg_json_writer *w,
                        const struct pfg_report_row *row)
{
    pfg_json_put_string(w, "verdict", pfg_verdict_name(row->verdict));
    pfg_json_put_string(w, "reason", row->reason);
    pfg_json_put_string(w, "evidence", pfg_evidence_name(row->evidence));
    pfg_json_put_bool(w, "gated", row->gated);
    pfg_json_put_string(w, "not_gated", row->not_gated);
    pfg_json_put_bool(w, "fails", row->fails);
    pfg_json_put_bool(w, "listed", row->listed);
}

static void put_row(struct pfg_json_writer *w, const struct pfg_report_row *row)
{
    pfg_json_begin(w, NULL, '{');
    put_identity(w, row);
    put_verdict(w, row);
    pfg_json_put_number(w, "change", row->change);
    put_interval(w, "change_interval", row->change_lower, row->change_upper,
                 row->change_level);
    pfg_json_put_number(w, "difference", row->difference);
    pfg_json_put_number(w, "p", row->p);
    pfg_json_put_number(w, "threshold", row->threshold);
    pfg_json_put_string(w, "threshold_source", row->threshold_source);
    pfg_json_put_number(w, "effective_threshold", row->effective_threshold);
    pfg_json_put_number(w, "detectable", row->detectable);
    if (*row->budget) {
        pfg_json_put_string(w, "budget", row->budget);
        pfg_json_put_bool(w, "budget_crossed", row->budget_crossed);
    }
    put_indexes(w, "footnotes", row->footnotes, row->n_footnotes);
    put_side(w, "base", &row->base);
    put_side(w, "head", &row->head);
    pfg_json_end(w, '}');
}

static void put_origin(struct pfg_json_writer *w, const char *key,
                       const struct pfg_report_origin *origin)
{
    pfg_json_begin(w, key, '{');
    pfg_json_put_string(w, "label", origin->label);
    pfg_json_put_string(w, "id", origin->id);
    pfg_json_put_string(w, "subject", origin->subject);
    put_time(w, "time", origin->time);
    pfg_json_put_bool(w, "dirty", origin->dirty);
    pfg_json_put_integer(w, "runs", (int64_t)origin->n_runs);
    pfg_json_put_integer(w, "series", (int64_t)origin->n_series);
    pfg_json_put_string(w, "how", origin->how);
    pfg_json_end(w, '}');
}

static void put_hardware(struct pfg_json_writer *w,
                         const struct pfg_profile *profile)
{
    pfg_json_begin(w, "hardware", '{');
    pfg_json_put_string(w, "name", profile->name);
    pfg_json_put_bool(w, "name_given", profile->name_given);
    pfg_json_put_string(w, "fingerprint", profile->fingerprint);
    pfg_json_put_string(w, "arch", profile->arch);
    pfg_json_put_string(w, "cpu_vendor", profile->cpu_vendor);
    pfg_json_put_string(w, "cpu_family", profile->cpu_family);
    pfg_json_put_string(w, "cpu_model", profile->cpu_model);
    pfg_json_put_string(w, "cpu_stepping", profile->cpu_stepping);
    pfg_json_put_string(w, "cpu_name", profile->cpu_name);
    pfg_json_put_integer(w, "cpus", profile->cpus);
    put_strings(w, "gpus", profile->gpus, profile->n_gpus);
    pfg_json_begin(w, "recorded", '{');
    for (size_t i = 0; i < profile->n_notes; i++) {
        pfg_json_put_string(w, profile->notes[i].key, profile->notes[i].value);
    }
    pfg_json_end(w, '}');
    pfg_json_end(w, '}');
}

static void put_geomeans(struct pfg_json_writer *w,
                         const struct pfg_report_section *section)
{
    pfg_json_begin(w, "geomeans", '[');
    for (size_t i = 0; i < section->n_geomeans; i++) {
        const struct pfg_report_geomean *g = &section->geomeans[i];

        pfg_json_begin(w, NULL, '{');
        pfg_json_put_string(w, "suite", g->suite);
        pfg_json_put_string(w, "metric", g->metric);
        pfg_json_put_string(w, "unit", g->unit);
        pfg_json_put_number(w, "base", g->base);
        pfg_json_put_number(w, "head", g->head);
        pfg_json_put_number(w, "change", g->change);
        pfg_json_put_integer(w, "n", (int64_t)g->n);
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, ']');
}

static void put_section(struct pfg_json_writer *w,
                        const struct pfg_report_section *section)
{
    pfg_json_begin(w, NULL, '{');
    if (section->has_profile) {
        put_hardware(w, &section->profile);
    } else {
        pfg_json_put_null(w, "hardware");
    }
    if (section->has_base) {
        put_origin(w, "base", &section->base);
    } else {
        pfg_json_put_null(w, "base");
        pfg_json_put_string(w, "no_base", section->no_base);
    }
    put_origin(w, "head", &section->head);
    put_strings(w, "other_hardware", section->other_profiles,
                section->n_other_profiles);
    pfg_json_put_number(w, "detectable", section->detectable);
    pfg_json_put_string(w, "shift", section->shift);
    pfg_json_put_bool(w, "shift_fails", section->shift_fails);
    put_strings(w, "notes", section->notes, section->n_notes);
    put_geomeans(w, section);
    pfg_json_begin(w, "rows", '[');
    for (size_t i = 0; i < section->n_rows; i++) {
        put_row(w, &section->rows[i]);
    }
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
}

static void put_summary(struct pfg_json_writer *w,
                        const struct pfg_report *report)
{
    pfg_json_put_integer(w, "status", report->status);
    pfg_json_put_string(w, "outcome", pfg_words_outcome(report));
    pfg_json_put_bool(w, "gate", report->gate);
    pfg_json_put_string(w, "headline", report->headline);
    pfg_json_put_string(w, "command", report->command);
    pfg_json_put_number(w, "threshold", report->threshold);
    pfg_json_put_bool(w, "threshold_given", report->threshold_given);
    pfg_json_begin(w, "counts", '{');
    for (int i = 0; i < PFG_N_VERDICTS; i++) {
        pfg_json_put_integer(w, pfg_verdict_name((enum pfg_verdict)i),
                             (int64_t)report->counts[i]);
    }
    pfg_json_end(w, '}');
    pfg_json_put_integer(w, "n_rows", (int64_t)report->n_rows);
    pfg_json_put_integer(w, "n_gated", (int64_t)report->n_gated);
    pfg_json_put_integer(w, "n_fails", (int64_t)report->n_fails);
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_json_writer w = {.out = out, .indent = INDENT};

    (void)options;
    (void)err;
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "report");
    pfg_json_put_integer(&w, "version", VERSION);
    pfg_json_put_string(&w, "program", report->version);
    put_time(&w, "time", report->time);
    put_summary(&w, report);
    pfg_json_begin(&w, "sections", '[');
    for (size_t i = 0; i < report->n_sections; i++) {
        put_section(&w, &report->sections[i]);
    }
    pfg_json_end(&w, ']');
    put_strings(&w, "footnotes", report->footnotes, report->n_footnotes);
    put_strings(&w, "warnings", report->warnings, report->n_warnings);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    return 0;
}

const struct pfg_renderer pfg_renderer_json = {
    .name = "json",
    .title = "the whole report, for programs",
    .render = render,
};
