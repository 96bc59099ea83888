#include <math.h>

#include "render/history/history_formats.h"
#include "render/site/site.h"
#include "json/write.h"

enum { MOST_VERSIONS = 50, DIGITS = 6 };

static bool is_measured(const struct pfg_site *site, size_t commit)
{
    for (size_t p = 0; p < site->n_profiles; p++) {
        if (site->histories[p]->commits[commit].n_runs) {
            return true;
        }
    }
    return false;
}

/* The last measured versions, oldest first. */
static size_t find_versions(size_t out[MOST_VERSIONS],
                            const struct pfg_site *site)
{
    size_t n = 0, all = site->histories[0]->n_commits;

    for (size_t i = all; i-- > 0 && n < MOST_VERSIONS;) {
        if (is_measured(site, i)) {
            out[n++] = i;
        }
    }
    for (size_t i = 0; i < n / 2; i++) {
        const size_t other = out[i];

        out[i] = out[n - 1 - i];
        out[n - 1 - i] = other;
    }
    return n;
}

/* Its values in these versions, or null. */
static void put_values(struct pfg_json_writer *w,
                       const struct pfg_history_series *s,
                       const size_t *versions, size_t n)
{
    size_t at = 0;

    pfg_json_begin(w, "values", '[');
    for (size_t i = 0; i < n; i++) {
        while (at < s->n_values && s->values[at].commit < versions[i]) {
            at++;
        }
        pfg_json_put_rounded(w, NULL,
                             at < s->n_values &&
                                     s->values[at].commit == versions[i]
                                 ? s->values[at].value
                                 : NAN,
                             DIGITS);
    }
    pfg_json_end(w, ']');
}

static void put_series(struct pfg_json_writer *w, const struct pfg_site *site,
                       const struct pfg_site_benchmark *b,
                       const size_t *versions, size_t n)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct pfg_history_series *s = b->series[i].series;

        pfg_json_begin(w, NULL, '{');
        pfg_json_put_string(
            w, "page", pfg_arena_printf(site->arena, "b/%s.html", b->name));
        pfg_json_put_string(w, "name",
                            pfg_arena_printf(site->arena, "%s%s%s", b->suite,
                                             *b->suite ? "/" : "", b->label));
        pfg_json_put_string(w, "metric", s->series->metric);
        pfg_json_put_string(w, "unit", s->series->unit);
        pfg_json_put_string(w, "better", pfg_direction_name(s->series->better));
        pfg_json_put_string(w, "hardware",
                            site->histories[b->series[i].profile]->hardware);
        put_values(w, s, versions, n);
        pfg_json_end(w, '}');
    }
}

void pfg_site_versions(struct pfg_str *out, const struct pfg_site *site)
{
    const struct pfg_history_commit *commits = site->histories[0]->commits;
    size_t versions[MOST_VERSIONS], n = find_versions(versions, site);
    struct pfg_json_writer w = {.out = out};

    pfg_str_puts(out, "\"use strict\";\nconst versions = ");
    pfg_json_begin(&w, NULL, '{');
    pfg_json_begin(&w, "versions", '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_put_string(
            &w, NULL,
            pfg_history_commit_words(&commits[versions[i]], site->arena));
    }
    pfg_json_end(&w, ']');
    pfg_json_begin(&w, "series", '[');
    for (size_t i = 0; i < site->n_benchmarks; i++) {
        put_series(&w, site, &site->benchmarks[i], versions, n);
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_puts(out, ";\n");
}

void pfg_site_compare(struct pfg_str *out, const struct pfg_site *site)
{
    pfg_site_begin(out, site, "", "Two versions");
    pfg_str_puts(
        out, "<p>Measured values, the worst change first. This page does not "
             "separate changes from noise; histories and reports do.</p>\n"
             "<noscript><p>This comparison needs JavaScript.</p></noscript>\n"
             "<div id=\"compare\"></div>\n"
             "<script src=\"versions.js\" defer></script>\n"
             "<script src=\"compare.js\" defer></script>\n");
    pfg_site_end(out);
}
