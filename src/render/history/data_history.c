#include "render/csv_cells.h"
#include "render/history/history_formats.h"

static void put_time(struct pfg_json_writer *w, const char *key, pfg_time time)
{
    char text[PFG_TIME_TEXT];

    pfg_json_put_string(w, key, pfg_time_iso(text, time));
}

void pfg_history_json_commit(struct pfg_json_writer *w,
                             const struct pfg_history_commit *commit)
{
    pfg_json_put_string(w, "id", commit->revision.id);
    put_time(w, "time", commit->time);
    pfg_json_put_string(w, "author", commit->author);
    pfg_json_put_string(w, "subject", commit->revision.subject);
}

void pfg_history_json_identity(struct pfg_json_writer *w,
                               const struct pfg_history_series *series)
{
    const struct pfg_series *of = series->series;

    pfg_json_put_string(w, "suite", of->suite);
    pfg_json_put_string(w, "benchmark", of->benchmark);
    pfg_json_put_string(w, "label", series->label);
    pfg_json_put_string(w, "metric", of->metric);
    pfg_json_put_string(w, "unit", of->unit);
    pfg_json_put_string(w, "better", pfg_direction_name(of->better));
}

void pfg_history_json_shift(struct pfg_json_writer *w,
                            const struct pfg_history *history,
                            const struct pfg_history_series *series,
                            const struct pfg_history_shift *shift)
{
    const struct pfg_history_value *good = &series->values[shift->earliest - 1];
    const struct pfg_history_value *bad = &series->values[shift->bad];

    pfg_json_put_string(w, "kind", shift->drift ? "drift" : "step");
    pfg_json_put_bool(w, "confirmed", !shift->candidate);
    pfg_json_put_bool(w, "worse", shift->worse);
    pfg_json_put_string(w, "last_good",
                        history->commits[good->commit].revision.id);
    pfg_json_put_string(w, "first_bad",
                        history->commits[bad->commit].revision.id);
    pfg_json_put_number(w, "before", shift->before);
    pfg_json_put_number(w, "after", shift->after);
    pfg_json_put_number(w, "change", shift->change);
    pfg_json_put_number(w, "change_lower", shift->change_lower);
    pfg_json_put_number(w, "change_upper", shift->change_upper);
}

#define VALUE_DIGITS  12
#define CHANGE_DIGITS 6

static void put_verdict(struct pfg_json_writer *w,
                        const struct pfg_history_verdict *verdict)
{
    pfg_json_begin(w, "verdict", '{');
    pfg_json_put_string(w, "verdict", pfg_verdict_name(verdict->verdict));
    pfg_json_put_bool(w, "fails", verdict->fails);
    pfg_json_put_string(w, "base", verdict->base);
    pfg_json_put_rounded(w, "change", verdict->change, CHANGE_DIGITS);
    put_time(w, "time", verdict->time);
    pfg_json_end(w, '}');
}

void pfg_history_json_value(struct pfg_json_writer *w,
                            const struct pfg_history *history,
                            const struct pfg_history_value *value)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "version",
                        history->commits[value->commit].revision.id);
    pfg_json_put_rounded(w, "value", value->value, VALUE_DIGITS);
    pfg_json_put_rounded(w, "low", value->low, VALUE_DIGITS);
    pfg_json_put_rounded(w, "change", value->change, CHANGE_DIGITS);
    pfg_json_put_integer(w, "n", (int64_t)value->n);
    pfg_json_put_integer(w, "runs", (int64_t)value->n_runs);
    if (value->verdict) {
        put_verdict(w, value->verdict);
    }
    pfg_json_end(w, '}');
}

void pfg_history_json_shifts(struct pfg_json_writer *w,
                             const struct pfg_history *history,
                             const struct pfg_history_series *series)
{
    const size_t from = pfg_history_from(history, series);

    pfg_json_begin(w, "shifts", '[');
    for (size_t i = 0; i < series->n_shifts; i++) {
        if (series->shifts[i].bad >= from) {
            pfg_json_begin(w, NULL, '{');
            pfg_history_json_shift(w, history, series, &series->shifts[i]);
            pfg_json_end(w, '}');
        }
    }
    pfg_json_end(w, ']');
}

void pfg_history_json_series(struct pfg_json_writer *w,
                             const struct pfg_history *history,
                             const struct pfg_history_series *series)
{
    const size_t from = pfg_history_from(history, series);

    pfg_history_json_identity(w, series);
    pfg_json_put_number(w, "noise", series->noise);
    pfg_json_begin(w, "values", '[');
    for (size_t i = from; i < series->n_values; i++) {
        pfg_history_json_value(w, history, &series->values[i]);
    }
    pfg_json_end(w, ']');
    pfg_history_json_shifts(w, history, series);
}

void pfg_history_json_place(struct pfg_json_writer *w,
                            const struct pfg_history *history)
{
    if (*history->project) {
        pfg_json_put_string(w, "project", history->project);
    }
    pfg_json_put_string(w, "hardware", history->hardware);
    pfg_json_put_string(w, "fingerprint", history->fingerprint);
    pfg_json_put_string(w, "branch", history->branch);
}

static void put_history(struct pfg_json_writer *w,
                        const struct pfg_history *history)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "perfgate", "history");
    pfg_json_put_integer(w, "version", 1);
    pfg_history_json_place(w, history);
    pfg_json_begin(w, "versions", '[');
    for (size_t i = history->first; i < history->n_commits; i++) {
        if (history->commits[i].n_runs) {
            pfg_json_begin(w, NULL, '{');
            pfg_history_json_commit(w, &history->commits[i]);
            pfg_json_end(w, '}');
        }
    }
    pfg_json_end(w, ']');
    pfg_json_begin(w, "series", '[');
    for (size_t i = 0; i < history->n_series; i++) {
        pfg_json_begin(w, NULL, '{');
        pfg_history_json_series(w, history, &history->series[i]);
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, ']');
    pfg_json_begin(w, "notes", '[');
    for (size_t i = 0; i < history->n_notes; i++) {
        pfg_json_put_string(w, NULL, history->notes[i]);
    }
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
}

void pfg_history_json(struct pfg_str *out,
                      const struct pfg_history *const *histories, size_t n,
                      bool several)
{
    struct pfg_json_writer w = {.out = out, .indent = 2};

    if (several) {
        pfg_json_begin(&w, NULL, '{');
        pfg_json_put_string(&w, "perfgate", "histories");
        pfg_json_put_integer(&w, "version", 1);
        pfg_json_begin(&w, "histories", '[');
    }
    for (size_t i = 0; i < n; i++) {
        put_history(&w, histories[i]);
    }
    if (several) {
        pfg_json_end(&w, ']');
        pfg_json_end(&w, '}');
    }
    pfg_str_putc(out, '\n');
}

static void put_row(struct pfg_str *out, const struct pfg_history *history,
                    const struct pfg_history_series *series,
                    const struct pfg_history_value *value)
{
    const struct pfg_history_commit *commit = &history->commits[value->commit];
    const struct pfg_series *of = series->series;
    const struct pfg_history_verdict *verdict = value->verdict;
    char time[PFG_TIME_TEXT];
    const struct pfg_csv_cell cells[] = {
        PFG_CSV_TEXT(history->hardware),
        PFG_CSV_TEXT(of->suite),
        PFG_CSV_TEXT(of->benchmark),
        PFG_CSV_TEXT(series->label),
        PFG_CSV_TEXT(of->metric),
        PFG_CSV_TEXT(of->unit),
        PFG_CSV_TEXT(pfg_direction_name(of->better)),
        PFG_CSV_TEXT(commit->revision.id),
        PFG_CSV_TEXT(pfg_time_iso(time, commit->time)),
        PFG_CSV_TEXT(commit->author),
        PFG_CSV_TEXT(commit->revision.subject),
        PFG_CSV_NUMBER(value->value),
        PFG_CSV_NUMBER(value->low),
        PFG_CSV_NUMBER(value->change),
        PFG_CSV_COUNT(value->n),
        PFG_CSV_COUNT(value->n_runs),
        PFG_CSV_TEXT(verdict ? pfg_verdict_name(verdict->verdict) : ""),
        PFG_CSV_TEXT(!verdict         ? ""
                     : verdict->fails ? "true"
                                      : "false"),
        PFG_CSV_TEXT(verdict ? verdict->base : ""),
        PFG_CSV_TEXT(history->project),
    };

    pfg_csv_put(out, cells, PFG_COUNT(cells));
    pfg_str_puts(out, "\r\n");
}

static void put_rows(struct pfg_str *out, const struct pfg_history *history)
{
    for (size_t i = 0; i < history->n_series; i++) {
        const struct pfg_history_series *series = &history->series[i];

        for (size_t j = pfg_history_from(history, series); j < series->n_values;
             j++) {
            put_row(out, history, series, &series->values[j]);
        }
    }
}

void pfg_history_csv(struct pfg_str *out,
                     const struct pfg_history *const *histories, size_t n)
{
    pfg_str_puts(out, "hardware,suite,benchmark,label,metric,unit,better,"
                      "version,time,author,subject,value,low,change,n,runs,"
                      "verdict,fails,base,project\r\n");
    for (size_t i = 0; i < n; i++) {
        put_rows(out, histories[i]);
    }
}
