#include "render/escape.h"
#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"

static void put_texts(struct pfg_json_writer *w, const char *key,
                      const char *const *texts, size_t n)
{
    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_put_string(w, NULL, texts[i]);
    }
    pfg_json_end(w, ']');
}

static void put_commits(struct pfg_json_writer *w,
                        const struct pfg_history *history,
                        const struct pfg_trend_change *change)
{
    pfg_json_begin(w, "commits", '[');
    for (size_t i = change->good + 1; !change->shift.drift && i <= change->last;
         i++) {
        pfg_json_begin(w, NULL, '{');
        pfg_history_json_commit(w, &history->commits[i]);
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, ']');
}

static void put_change(struct pfg_json_writer *w, const struct pfg_trend *trend,
                       const struct pfg_trend_change *change)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "state", pfg_trend_state_name(change->state));
    pfg_json_put_bool(w, "fails", change->fails);
    if (change->n_members) {
        pfg_json_put_integer(w, "shared_by", (int64_t)change->n_members);
        pfg_json_put_integer(w, "of_benchmarks", (int64_t)change->n_benchmarks);
    } else {
        pfg_history_json_identity(w, change->series);
    }
    pfg_history_json_shift(w, trend->history, change->series, &change->shift);
    pfg_json_put_string(w, "accepted", change->accepted);
    put_texts(w, "environment", change->environment, change->n_environment);
    put_commits(w, trend->history, change);
    pfg_json_end(w, '}');
}

static void put_suite(struct pfg_json_writer *w,
                      const struct pfg_trend_suite *suite)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "suite", suite->suite);
    pfg_json_put_string(w, "metric", suite->metric);
    pfg_json_put_integer(w, "series", (int64_t)suite->n_series);
    pfg_json_put_number(w, "change", suite->change);
    pfg_json_put_bool(w, "worse", suite->worse);
    pfg_json_put_integer(w, "shifts", (int64_t)suite->n);
    pfg_json_end(w, '}');
}

static void put_trend(struct pfg_json_writer *w, const struct pfg_trend *trend)
{
    const struct pfg_history *history = trend->history;

    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "perfgate", "trend");
    pfg_json_put_integer(w, "version", 1);
    pfg_history_json_place(w, history);
    pfg_json_put_string(w, "since", trend->since);
    pfg_json_put_integer(w, "fails", (int64_t)trend->n_fails);
    pfg_json_begin(w, "changes", '[');
    for (size_t i = 0; i < trend->n_changes; i++) {
        put_change(w, trend, &trend->changes[i]);
    }
    pfg_json_end(w, ']');
    pfg_json_begin(w, "totals", '[');
    for (size_t i = 0; i < trend->n_totals; i++) {
        pfg_json_begin(w, NULL, '{');
        pfg_history_json_identity(w, trend->totals[i].series);
        pfg_json_put_number(w, "change", trend->totals[i].change);
        pfg_json_put_bool(w, "worse", trend->totals[i].worse);
        pfg_json_put_integer(w, "shifts", (int64_t)trend->totals[i].n);
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, ']');
    pfg_json_begin(w, "suites", '[');
    for (size_t i = 0; i < trend->n_suites; i++) {
        put_suite(w, &trend->suites[i]);
    }
    pfg_json_end(w, ']');
    put_texts(w, "notes", history->notes, history->n_notes);
    pfg_json_end(w, '}');
}

void pfg_trend_json(struct pfg_str *out, const struct pfg_trend *trends,
                    size_t n, bool several)
{
    struct pfg_json_writer w = {.out = out, .indent = 2};

    if (several) {
        pfg_json_begin(&w, NULL, '{');
        pfg_json_put_string(&w, "perfgate", "trends");
        pfg_json_put_integer(&w, "version", 1);
        pfg_json_begin(&w, "trends", '[');
    }
    for (size_t i = 0; i < n; i++) {
        put_trend(&w, &trends[i]);
    }
    if (several) {
        pfg_json_end(&w, ']');
        pfg_json_end(&w, '}');
    }
    pfg_str_putc(out, '\n');
}

/* ---- Markdown ---- */

static void put_cell(struct pfg_str *out, const char *text)
{
    pfg_str_puts(out, " ");
    pfg_escape_markdown(out, pfg_slice_of(text));
    pfg_str_puts(out, " |");
}

static void put_row(struct pfg_str *out, const struct pfg_trend *trend,
                    const struct pfg_trend_change *change,
                    struct pfg_arena *arena)
{
    const struct pfg_history_commit *commits = trend->history->commits;
    const struct pfg_history_commit *bad = &commits[change->bad];
    const size_t n = pfg_trend_commits(change);

    pfg_str_puts(out, "|");
    put_cell(out, pfg_history_change(&change->shift, arena));
    put_cell(out, pfg_trend_subject(change, arena));
    put_cell(out, pfg_trend_kind(trend, change, arena));
    put_cell(out, pfg_history_id(&commits[change->good], arena));
    put_cell(out,
             pfg_arena_printf(
                 arena, "%s %s%s%s%s", pfg_history_id(bad, arena), bad->author,
                 *bad->author ? ": " : "", bad->revision.subject,
                 n > 1 && !change->shift.drift
                     ? pfg_arena_printf(
                           arena, ", or %s",
                           pfg_arena_counted(arena, n - 1, "other commit"))
                     : ""));
    pfg_str_putc(out, '\n');
    for (size_t i = 0; i < change->n_environment; i++) {
        pfg_str_puts(out, "| |");
        put_cell(out, change->environment[i]);
        pfg_str_puts(out, " | | |\n");
    }
}

static void put_item(struct pfg_str *out, const char *text)
{
    pfg_str_puts(out, "- ");
    pfg_escape_markdown(out, pfg_slice_of(text));
    pfg_str_putc(out, '\n');
}

static void put_markdown(struct pfg_str *out, const struct pfg_trend *trend,
                         bool several, struct pfg_arena *arena)
{
    pfg_str_puts(out, "## perfgate: ");
    if (several) {
        pfg_escape_markdown(
            out, pfg_slice_of(pfg_history_place(trend->history, arena)));
        pfg_str_puts(out, ": ");
    }
    pfg_escape_markdown(out, pfg_slice_of(pfg_trend_headline(trend, arena)));
    pfg_str_puts(out, "\n\n");
    for (int group = 0; group < PFG_N_TREND_GROUPS; group++) {
        bool any = false;

        for (size_t i = 0; i < trend->n_changes; i++) {
            if ((int)pfg_trend_group_of(&trend->changes[i]) != group) {
                continue;
            }
            if (!any) {
                pfg_str_printf(out,
                               "### %s\n\n| change | benchmark | kind | last "
                               "good | first bad |\n"
                               "| ---: | --- | --- | --- | --- |\n",
                               pfg_trend_group_name(group));
            }
            put_row(out, trend, &trend->changes[i], arena);
            any = true;
        }
        pfg_str_puts(out, any ? "\n" : "");
    }
    for (size_t i = 0; i < trend->n_suites; i++) {
        put_item(out, pfg_trend_suite(trend, &trend->suites[i], arena));
    }
    for (size_t i = 0; i < trend->n_totals; i++) {
        put_item(out, pfg_trend_total(trend, &trend->totals[i], arena));
    }
}

void pfg_trend_markdown(struct pfg_str *out, const struct pfg_trend *trends,
                        size_t n, bool several)
{
    struct pfg_arena *arena = pfg_arena_new();

    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(
            out, i && !pfg_slice_ends(pfg_str_slice(out), "\n\n") ? "\n" : "");
        put_markdown(out, &trends[i], several, arena);
    }
    pfg_arena_free(arena);
}
