#include <stdlib.h>
#include <string.h>

#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"
#include "render/site/site.h"

enum { MOST_ENTRIES = 50 };

void pfg_site_data(struct pfg_str *out, const struct pfg_site *site,
                   const struct pfg_site_series *series)
{
    const struct pfg_history *history = site->histories[series->profile];
    const struct pfg_history_series *s = series->series;
    struct pfg_json_writer w = {.out = out};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "series");
    pfg_json_put_integer(&w, "version", 1);
    pfg_json_put_string(&w, "hardware", history->hardware);
    pfg_history_json_identity(&w, s);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    for (size_t i = pfg_history_from(history, s); i < s->n_values; i++) {
        struct pfg_json_writer line = {.out = out};

        pfg_history_json_value(&line, history, &s->values[i]);
        pfg_str_putc(out, '\n');
    }
}

static void put_series(struct pfg_json_writer *w, const struct pfg_site *site,
                       const struct pfg_site_series *series)
{
    const struct pfg_history *history = site->histories[series->profile];
    const struct pfg_series *of = series->series->series;

    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "hardware", history->hardware);
    pfg_json_put_string(w, "metric", of->metric);
    pfg_json_put_string(w, "unit", of->unit);
    pfg_json_put_string(w, "better", pfg_direction_name(of->better));
    pfg_json_put_string(w, "data", series->file);
    pfg_json_put_number(w, "noise", series->series->noise);
    pfg_history_json_shifts(w, history, series->series);
    pfg_json_end(w, '}');
}

void pfg_site_index(struct pfg_str *out, const struct pfg_site *site)
{
    struct pfg_json_writer w = {.out = out};
    const struct pfg_history *history = site->histories[0];

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "site");
    pfg_json_put_integer(&w, "version", 1);
    pfg_json_put_string(&w, "branch", history->branch);
    pfg_json_begin(&w, "hardware", '[');
    for (size_t i = 0; i < site->n_profiles; i++) {
        pfg_json_put_string(&w, NULL, site->histories[i]->hardware);
    }
    pfg_json_end(&w, ']');
    pfg_json_begin(&w, "versions", '[');
    for (size_t i = 0; i < history->n_commits; i++) {
        bool measured = false;

        for (size_t p = 0; p < site->n_profiles; p++) {
            measured |= site->histories[p]->commits[i].n_runs > 0;
        }
        if (measured) {
            pfg_json_begin(&w, NULL, '{');
            pfg_history_json_commit(&w, &history->commits[i]);
            pfg_json_end(&w, '}');
        }
    }
    pfg_json_end(&w, ']');
    pfg_json_begin(&w, "benchmarks", '[');
    for (size_t i = 0; i < site->n_benchmarks; i++) {
        const struct pfg_site_benchmark *b = &site->benchmarks[i];

        pfg_json_begin(&w, NULL, '{');
        pfg_json_put_string(&w, "suite", b->suite);
        pfg_json_put_string(&w, "label", b->label);
        pfg_json_put_string(
            &w, "page", pfg_arena_printf(site->arena, "b/%s.html", b->name));
        pfg_json_begin(&w, "series", '[');
        for (size_t j = 0; j < b->n; j++) {
            put_series(&w, site, &b->series[j]);
        }
        pfg_json_end(&w, ']');
        pfg_json_end(&w, '}');
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
}

/* ---- the feed ---- */

struct entry {
    const struct pfg_trend *trend;
    const struct pfg_trend_change *change;
    pfg_time time;
};

static int newest_first(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    return a->time != b->time ? (a->time < b->time) - (a->time > b->time)
                              : strcmp(a->change->series->series->key,
                                       b->change->series->series->key);
}

static const char *page_of(const struct pfg_site *site,
                           const struct pfg_trend_change *change)
{
    const struct pfg_history_series *s = change->series;

    for (size_t i = 0; i < site->n_benchmarks && !change->n_members; i++) {
        const struct pfg_site_benchmark *b = &site->benchmarks[i];

        for (size_t j = 0; j < b->n; j++) {
            if (b->series[j].series == s) {
                return pfg_arena_printf(site->arena, "b/%s.html", b->name);
            }
        }
    }
    return "index.html";
}

static void put_entry(struct pfg_str *out, const struct pfg_site *site,
                      const struct entry *entry)
{
    const struct pfg_history *history = entry->trend->history;
    const struct pfg_trend_change *change = entry->change;
    const struct pfg_history_commit *bad = &history->commits[change->bad];
    char time[PFG_TIME_TEXT];

    pfg_str_puts(out, "<entry>\n<title>");
    pfg_site_text(
        out, pfg_arena_printf(site->arena, "%s: %s on %s",
                              pfg_history_change(&change->shift, site->arena),
                              pfg_trend_subject(change, site->arena),
                              history->hardware));
    pfg_str_puts(out, "</title>\n<id>tag:perfgate,2026:");
    pfg_site_text(out, pfg_arena_printf(
                           site->arena, "%s/%s/%s/%s", history->fingerprint,
                           change->n_members ? "all" : page_of(site, change),
                           change->series->series->metric, bad->revision.id));
    pfg_str_printf(out, "</id>\n<updated>%s</updated>\n<link href=\"",
                   pfg_time_iso(time, bad->time ? bad->time : 1));
    pfg_site_text(out, site->url);
    pfg_str_printf(out, "%s\"/>\n<author><name>", page_of(site, change));
    pfg_site_text(out, *bad->author ? bad->author : "unknown");
    pfg_str_puts(out, "</name></author>\n<summary>");
    pfg_site_text(
        out, pfg_arena_printf(site->arena, "%s; %s %s",
                              pfg_trend_kind(entry->trend, change, site->arena),
                              pfg_history_id(bad, site->arena),
                              bad->revision.subject));
    pfg_str_puts(out, "</summary>\n</entry>\n");
}

void pfg_site_feed(struct pfg_str *out, const struct pfg_site *site)
{
    PFG_VEC(struct entry) all = {0};
    char time[PFG_TIME_TEXT];

    for (size_t p = 0; p < site->n_profiles; p++) {
        const struct pfg_trend *trend = &site->trends[p];

        for (size_t i = 0; i < trend->n_changes; i++) {
            struct entry entry = {
                trend, &trend->changes[i],
                trend->history->commits[trend->changes[i].bad].time};

            if (pfg_trend_group_of(entry.change) <= PFG_TREND_SHARED) {
                pfg_vec_push(&all, site->arena, entry);
            }
        }
    }
    if (all.n) {
        qsort(all.at, all.n, sizeof *all.at, newest_first);
    }
    pfg_str_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>");
    pfg_site_text(out, site->title);
    pfg_str_puts(out, ": regressions</title>\n<id>tag:perfgate,2026:");
    pfg_site_text(out, *site->url ? site->url : site->title);
    pfg_str_printf(
        out, "</id>\n<updated>%s</updated>\n",
        pfg_time_iso(time, all.n && all.at[0].time ? all.at[0].time : 1));
    if (*site->url) {
        pfg_str_puts(out, "<link rel=\"self\" href=\"");
        pfg_site_text(out, site->url);
        pfg_str_puts(out, "feed.atom\"/>\n");
    }
    for (size_t i = 0; i < all.n && i < MOST_ENTRIES; i++) {
        put_entry(out, site, &all.at[i]);
    }
    pfg_str_puts(out, "</feed>\n");
}
