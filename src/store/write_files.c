#include "store/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

struct ordered {
    struct pfg_series *series;
    size_t i;
};

static int compare_ordered(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    int order = strcmp(left->series->key, right->series->key);

    return order ? order : (left->i > right->i) - (left->i < right->i);
}

/* A copy of the run with its series sorted by key: the order in which a tool
 * prints them may vary, and should not show in a diff. */
static struct pfg_run in_order(const struct pfg_run *run,
                               struct pfg_arena *arena)
{
    struct ordered *all =
        pfg_arena_new_array(arena, struct ordered, run->series.n);
    struct pfg_run copy = *run;

    copy.series.at =
        pfg_arena_new_array(arena, struct pfg_series *, run->series.n);
    for (size_t i = 0; i < run->series.n; i++) {
        all[i] = (struct ordered){run->series.at[i], i};
    }
    qsort(all, run->series.n, sizeof *all, compare_ordered);
    for (size_t i = 0; i < run->series.n; i++) {
        copy.series.at[i] = all[i].series;
    }
    return copy;
}

static void put_hardware(struct pfg_json_writer *w,
                         const struct pfg_baseline *baseline)
{
    pfg_json_begin(w, "hardware", '{');
    pfg_codec_write_identity(w, &baseline->profile);
    if (baseline->n_match) {
        pfg_json_begin(w, "match", '{');
        for (size_t i = 0; i < baseline->n_match; i++) {
            pfg_json_put_string(w, baseline->match[i].field,
                                baseline->match[i].glob);
        }
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, '}');
}

void pfg_baseline_print(struct pfg_str *out,
                        const struct pfg_baseline *baseline)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_json_writer w = {.out = out, .indent = 2};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "baseline");
    pfg_json_put_integer(&w, "version", PFG_BASELINE_VERSION);
    pfg_json_put_string(&w, "name", baseline->name);
    pfg_kind_put(&w, "saved", &pfg_kind_time, &baseline->saved);
    put_hardware(&w, baseline);
    for (size_t i = 0; baseline->limits && i < PFG_BASELINE_LIMITS; i++) {
        pfg_json_put_value(&w, pfg_baseline_limits[i], baseline->limits,
                           pfg_json_get(pfg_json_root(baseline->limits),
                                        pfg_baseline_limits[i]));
    }
    pfg_json_begin(&w, "runs", '[');
    for (size_t i = 0; i < baseline->n_runs; i++) {
        struct pfg_run run = in_order(baseline->runs[i], arena);

        pfg_codec_write_run(&w, NULL, &run);
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    pfg_arena_free(arena);
}

int pfg_baseline_write(const struct pfg_baseline *baseline, const char *path,
                       struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_str text;
    int result;

    pfg_str_init(&text, 0);
    pfg_baseline_print(&text, baseline);
    result = pfg_file_make_directories(pfg_path_folder(arena, path), err);
    if (!result) {
        result = pfg_file_write(path, pfg_str_slice(&text), err);
    }
    pfg_str_free(&text);
    pfg_arena_free(arena);
    return result;
}

/* ---- listing ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int pfg_baseline_list(const char ***out, size_t *n, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(const char *) names = {0};
    DIR *directory = opendir(folder);
    const struct dirent *entry;

    *out = NULL;
    *n = 0;
    if (!directory) {
        return errno == ENOENT
                   ? 0
                   : pfg_fail(err, PFG_SYSTEM, "cannot read '%s': %s", folder,
                              strerror(errno));
    }
    while ((entry = readdir(directory))) {
        if (entry->d_name[0] != '.' &&
            pfg_slice_ends(pfg_slice_of(entry->d_name), ".json")) {
            pfg_vec_push(&names, arena,
                         pfg_path_join(arena, folder, entry->d_name));
        }
    }
    closedir(directory);
    if (names.n) {
        qsort(names.at, names.n, sizeof *names.at, compare_names);
    }
    *out = names.at;
    *n = names.n;
    return 0;
}
