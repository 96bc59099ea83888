#include "app/history/write_site.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/input/ci.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "render/embedded.h"
#include "render/site/site.h"
#include "term/print.h"

#define REPORT_MAX ((size_t)256 << 20)

struct writing {
    const struct pfg_context *context;
    const struct pfg_site_options *options;
    const char *folder;
    struct pfg_site site;
    struct pfg_map names; /* of the benchmarks' and series' files */
    struct pfg_str text;
    size_t written, n, removed; /* numbers of files */
    struct pfg_error *err;
};

/* ---- contents ---- */

/* "sort-n-8-1a2b3c4d" for "sort n=8": safe in every file system and URL. The
 * digits are from a digest of `whole`. */
static const char *file_name(const char *words, const char *whole,
                             struct pfg_arena *arena)
{
    enum { MOST = 60, DIGITS = 8 };
    char *name = pfg_arena_alloc(arena, MOST + DIGITS + 2);
    char digest[PFG_DIGEST_HEX];
    size_t n = 0;

    for (const char *c = words; *c && n < MOST; c++) {
        if (isalnum((unsigned char)*c) && (unsigned char)*c < 0x80) {
            name[n++] = (char)tolower((unsigned char)*c);
        } else if (n && name[n - 1] != '-') {
            name[n++] = '-';
        }
    }
    pfg_digest_print(pfg_digest_of(pfg_slice_of(whole)), digest);
    name[n] = '\0';
    return pfg_arena_printf(arena, "%s%s%.*s", name,
                            n && name[n - 1] != '-' ? "-" : "", DIGITS, digest);
}

struct building {
    struct pfg_site_benchmark benchmark;
    PFG_VEC(struct pfg_site_series) series;
};

static int by_label(const void *left, const void *right)
{
    const struct pfg_site_benchmark *a = left, *b = right;
    int order = strcmp(a->suite, b->suite);

    return order ? order : strcmp(a->label, b->label);
}

static int by_metric(const void *left, const void *right)
{
    const struct pfg_site_series *a = left, *b = right;
    int order = strcmp(a->series->series->metric, b->series->series->metric);

    return order ? order
                 : (a->profile > b->profile) - (a->profile < b->profile);
}

static void add_series(struct pfg_map *all, size_t profile,
                       const struct pfg_history_series *s,
                       struct pfg_arena *arena)
{
    const struct pfg_site_series one = {.profile = profile, .series = s};
    void **place =
        pfg_map_at(all, pfg_slice_of(pfg_arena_printf(
                            arena, "%s\n%s", s->series->suite, s->label)));
    struct building *building = *place;

    if (!building) {
        building = pfg_arena_alloc(arena, sizeof *building);
        building->benchmark = (struct pfg_site_benchmark){
            .suite = s->series->suite,
            .label = s->label,
            .name = file_name(
                s->label,
                pfg_arena_printf(arena, "%s\n%s", s->series->suite, s->label),
                arena),
        };
        *place = building;
    }
    pfg_vec_push(&building->series, arena, one);
}

/* Gives each series of a benchmark a file name of its own. */
static void name_series(struct writing *w, struct pfg_site_benchmark *b)
{
    struct pfg_arena *arena = w->site.arena;

    for (size_t i = 0; i < b->n; i++) {
        struct pfg_site_series *one = &b->series[i];
        const struct pfg_history *history = w->site.histories[one->profile];
        const struct pfg_series *series = one->series->series;
        const char *name =
            file_name(pfg_arena_printf(arena, "%s %s", b->name, series->metric),
                      pfg_arena_printf(arena, "%s\n%s", series->key,
                                       history->fingerprint),
                      arena);

        one->file = pfg_arena_printf(arena, "data/%s.jsonl", name);
        pfg_map_at(&w->names, pfg_slice_of(name));
    }
}

static void group(struct writing *w)
{
    struct pfg_site *site = &w->site;
    struct pfg_map all;

    pfg_map_init(&all, site->arena);
    for (size_t p = 0; p < site->n_profiles; p++) {
        for (size_t i = 0; i < site->histories[p]->n_series; i++) {
            add_series(&all, p, &site->histories[p]->series[i], site->arena);
        }
    }
    site->benchmarks =
        pfg_arena_new_array(site->arena, struct pfg_site_benchmark, all.n);
    site->n_benchmarks = all.n;
    for (size_t i = 0; i < all.n; i++) {
        struct building *building = all.entries[i].value;

        building->benchmark.series = building->series.at;
        building->benchmark.n = building->series.n;
        qsort(building->series.at, building->series.n,
              sizeof *building->series.at, by_metric);
        name_series(w, &building->benchmark);
        site->benchmarks[i] = building->benchmark;
        pfg_map_at(&w->names, pfg_slice_of(building->benchmark.name));
    }
    qsort(site->benchmarks, all.n, sizeof *site->benchmarks, by_label);
}

/* ---- writing ---- */

static int write_file(struct writing *w, const char *name)
{
    const char *path = pfg_path_join(w->site.arena, w->folder, name);
    struct pfg_slice text = pfg_str_slice(&w->text);
    int failed = pfg_slice_ends(pfg_slice_of(name), ".jsonl")
                     ? pfg_file_extend(path, text, &w->written, w->err)
                     : pfg_file_update(path, text, &w->written, w->err);

    w->n++;
    pfg_str_clear(&w->text);
    return failed;
}

static int write_benchmark(struct writing *w,
                           const struct pfg_site_benchmark *b)
{
    struct pfg_arena *arena = w->site.arena;

    pfg_site_page(&w->text, &w->site, b);
    if (write_file(w, pfg_arena_printf(arena, "b/%s.html", b->name))) {
        return -1;
    }
    for (size_t i = 0; i < b->n; i++) {
        pfg_site_data(&w->text, &w->site, &b->series[i]);
        if (write_file(w, b->series[i].file)) {
            return -1;
        }
    }
    return 0;
}

static int write_fixed(struct writing *w)
{
    pfg_str_puts(&w->text, pfg_embedded_text("plot.css"));
    pfg_str_puts(&w->text, pfg_embedded_text("site.css"));
    if (write_file(w, "style.css")) {
        return -1;
    }
    for (size_t i = 0; i < 2; i++) {
        const char *name = i ? "compare.js" : "site.js";

        pfg_str_puts(&w->text, pfg_embedded_text(name));
        if (write_file(w, name)) {
            return -1;
        }
    }
    if (!w->options->report) {
        return 0;
    }
    return pfg_file_read(&w->text, w->options->report, REPORT_MAX, w->err)
               ? -1
               : write_file(w, "report.html");
}

static int write_all(struct writing *w)
{
    static const struct {
        const char *name;
        void (*put)(struct pfg_str *out, const struct pfg_site *site);
    } files[] = {
        {"index.html", pfg_site_overview},  {"compare.html", pfg_site_compare},
        {"versions.js", pfg_site_versions}, {"feed.atom", pfg_site_feed},
        {"index.json", pfg_site_index},
    };

    for (size_t i = 0; i < PFG_COUNT(files); i++) {
        files[i].put(&w->text, &w->site);
        if (write_file(w, files[i].name)) {
            return -1;
        }
    }
    for (size_t i = 0; i < w->site.n_benchmarks; i++) {
        if (write_benchmark(w, &w->site.benchmarks[i])) {
            return -1;
        }
    }
    return write_fixed(w);
}

/* Removes files with this ending that no longer belong to a benchmark. */
static int remove_old(struct writing *w, const char *folder, const char *end)
{
    const char *path = pfg_path_join(w->site.arena, w->folder, folder);
    DIR *open = opendir(path);
    struct dirent *entry;
    int failed = 0;

    while (open && !failed && (entry = readdir(open))) {
        struct pfg_slice name = pfg_slice_of(entry->d_name);

        if (!pfg_slice_ends(name, end)) {
            continue;
        }
        name.len -= strlen(end);
        if (!pfg_map_find(&w->names, name)) {
            failed = pfg_file_remove_all(
                pfg_path_join(w->site.arena, path, entry->d_name), w->err);
            w->removed++;
        }
    }
    if (open) {
        closedir(open);
    }
    return failed;
}

static int make_folders(struct writing *w)
{
    struct pfg_arena *arena = w->site.arena;
    const char *folder = w->folder;

    return pfg_file_make_directories(pfg_path_join(arena, folder, "b"),
                                     w->err) ||
                   pfg_file_make_directories(
                       pfg_path_join(arena, folder, "data"), w->err)
               ? -1
               : 0;
}

/* ---- one site, or one for each project ---- */

/* The address of commits: the option's, else that of the CI's own repository if
 * it is the project's or if `project` is "". */
static const char *commit_url(const struct writing *w, const char *project)
{
    struct pfg_arena *arena = w->site.arena;
    const char *place;
    struct pfg_ci ci;

    if (w->options->commit_url) {
        return w->options->commit_url;
    }
    pfg_ci_read(&ci, w->context, arena);
    place = pfg_arena_printf(arena, "%s/%s", ci.server_url, ci.repository);
    if (!*ci.server_url || !*ci.repository ||
        (*project &&
         (!strstr(place, "://") ||
          strcasecmp(strstr(place, "://") + strlen("://"), project) != 0))) {
        return "";
    }
    return pfg_arena_printf(arena, "%s/%scommit/", place,
                            !strcmp(ci.forge, "gitlab") ? "-/" : "");
}

/* Writes the site of n histories of one project. */
static int write_project(struct pfg_site_project *out, struct writing *w,
                         const struct pfg_histories *all, size_t from, size_t n)
{
    struct pfg_arena *arena = all->arena;
    const char *project = all->at[from]->project;
    const char *title = *project ? project : "Performance";
    const char *url = w->options->url ? w->options->url : "";

    *out = (struct pfg_site_project){
        .name = project,
        .folder = *project ? file_name(project, project, arena) : "",
        .trends = &all->trends[from],
        .n_profiles = n,
    };
    w->folder = *project ? pfg_path_join(arena, w->options->folder, out->folder)
                         : w->options->folder;
    w->written = w->n = w->removed = 0;
    w->site = (struct pfg_site){
        .arena = arena,
        .title = w->options->title && !*project ? w->options->title : title,
        .url = *url && *project
                   ? pfg_arena_printf(arena, "%s%s/", url, out->folder)
                   : url,
        .has_report = w->options->report != NULL,
        .is_one_of_many = *project,
        .histories = &all->at[from],
        .trends = &all->trends[from],
        .n_profiles = n,
    };
    w->site.commit_url = commit_url(w, project);
    pfg_map_init(&w->names, arena);
    group(w);
    out->n_benchmarks = w->site.n_benchmarks;
    if (make_folders(w) || write_all(w) || remove_old(w, "b", ".html") ||
        remove_old(w, "data", ".jsonl")) {
        return -1;
    }
    pfg_print(w->context->err, "%s: %s of %s, %zu written, %zu removed\n",
              w->folder, pfg_arena_counted(arena, w->n, "file"),
              pfg_arena_counted(arena, w->site.n_benchmarks, "benchmark"),
              w->written, w->removed);
    return 0;
}

/* Writes the list of projects, beside their folders. */
static int write_list(struct writing *w,
                      const struct pfg_site_project *projects, size_t n)
{
    const char *title = w->options->title ? w->options->title : "Performance";

    w->folder = w->options->folder;
    pfg_site_list(&w->text, title, projects, n);
    if (write_file(w, "index.html")) {
        return -1;
    }
    pfg_site_list_json(&w->text, projects, n);
    if (write_file(w, "index.json")) {
        return -1;
    }
    pfg_str_puts(&w->text, pfg_embedded_text("site.css"));
    return write_file(w, "style.css");
}

int pfg_site_write(const struct pfg_context *context,
                   const struct pfg_histories *histories,
                   const struct pfg_site_options *options,
                   struct pfg_error *err)
{
    struct writing w = {.context = context, .options = options, .err = err};
    struct pfg_site_project *projects = pfg_arena_new_array(
        histories->arena, struct pfg_site_project, histories->n);
    size_t n = 0;
    int failed = 0;

    pfg_str_init(&w.text, 0);
    for (size_t i = 0, end; i < histories->n && !failed; i = end) {
        for (end = i + 1;
             end < histories->n &&
             !strcmp(histories->at[end]->project, histories->at[i]->project);
             end++) {
        }
        failed = write_project(&projects[n++], &w, histories, i, end - i);
    }
    if (!failed && *histories->at[0]->project) {
        failed = write_list(&w, projects, n);
    }
    pfg_str_free(&w.text);
    return failed ? -1 : 0;
}
