#ifndef PFG_RENDER_SITE_SITE_H
#define PFG_RENDER_SITE_SITE_H

#include "base/str.h"
#include "model/history.h"

/* A static site of histories: pages that need only style.css and, for scripts,
 * site.js beside them. */

/* A series on one of the profiles. */
struct pfg_site_series {
    size_t profile;
    /* its numbers: "data/sort-1a2b3c4d-time-ci-5e6f7a8b.jsonl" */
    const char *file;
    const struct pfg_history_series *series;
};

/* A page: all metrics of a benchmark on all profiles. */
struct pfg_site_benchmark {
    const char *suite, *label;
    const char *name;               /* of its files, "sort-1a2b3c4d" */
    struct pfg_site_series *series; /* by metric, then profile */
    size_t n;
};

/* One of several sites in folders beside each other. */
struct pfg_site_project {
    const char *name, *folder;
    const struct pfg_trend *trends; /* by profile */
    size_t n_profiles, n_benchmarks;
};

struct pfg_site {
    struct pfg_arena *arena;
    const char *title;
    const char *url;        /* where it will be, with a slash, or "" */
    const char *commit_url; /* a commit's id is appended, or "" */
    bool has_report;        /* there is a report.html */
    bool is_one_of_many;    /* it is in a folder of a list of sites */
    /* By profile. */
    const struct pfg_history **histories;
    const struct pfg_trend *trends;
    size_t n_profiles;
    struct pfg_site_benchmark *benchmarks;
    size_t n_benchmarks;
};

void pfg_site_overview(struct pfg_str *out, const struct pfg_site *site);
void pfg_site_page(struct pfg_str *out, const struct pfg_site *site,
                   const struct pfg_site_benchmark *benchmark);
/* The list of several sites, as a page and as JSON. */
void pfg_site_list(struct pfg_str *out, const char *title,
                   const struct pfg_site_project *projects, size_t n);
void pfg_site_list_json(struct pfg_str *out,
                        const struct pfg_site_project *projects, size_t n);
/* compare.html, to compare two of the last versions, and versions.js, its data:
 * unlike fetch(), a script works without a server. */
void pfg_site_compare(struct pfg_str *out, const struct pfg_site *site);
void pfg_site_versions(struct pfg_str *out, const struct pfg_site *site);
/* Atom (RFC 4287): the newest 50 changes for the worse. */
void pfg_site_feed(struct pfg_str *out, const struct pfg_site *site);
/* index.json: the profiles, and the series with their files and changes. */
void pfg_site_index(struct pfg_str *out, const struct pfg_site *site);
/* A series as JSON lines: its description, then a line for each version, as in
 * `history --report json`, so that a new version appends a line. */
void pfg_site_data(struct pfg_str *out, const struct pfg_site *site,
                   const struct pfg_site_series *series);

/* ---- for these alone ---- */

/* A page up to its content; `root` is "" or "../", `site` NULL for the list of
 * several. */
void pfg_site_begin(struct pfg_str *out, const struct pfg_site *site,
                    const char *root, const char *title);
void pfg_site_end(struct pfg_str *out);
/* A commit's short id, linked where it has an address. */
void pfg_site_commit(struct pfg_str *out, const struct pfg_site *site,
                     const struct pfg_history_commit *commit);
void pfg_site_text(struct pfg_str *out, const char *text); /* escaped */

#endif
