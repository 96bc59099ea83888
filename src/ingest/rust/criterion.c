#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "ingest/core/ingest.h"
#include "ingest/rust/criterion_result.h"

/*
 * criterion's target directory (bheisler/criterion.rs, src/analysis/mod.rs):
 * <group>[/<function>][/<value>]/{new,base,<name>}/ with tukey.json,
 * sample.json, estimates.json and, written last, benchmark.json, which has the
 * name of the benchmark. Directory names are cut and sanitised, so names are
 * never read from them.
 */

/* A cached target directory keeps the results of removed benchmarks. A run of a
 * large suite takes hours, but a single benchmark does not. */
#define STALE_GAP (6 * 3600 * PFG_SECOND)

struct search {
    struct pfg_reader *reader;
    struct pfg_tree *tree;
    const char *baseline;     /* the folders to read */
    struct pfg_map places;    /* folders of benchmarks */
    struct pfg_map above;     /* folders above them */
    struct pfg_map baselines; /* all that were found */
    PFG_VEC(struct pfg_criterion_result) results;
    PFG_VEC(const char *) incomplete; /* folders without a benchmark.json */
};

static void set(struct pfg_map *map, struct pfg_slice key)
{
    *pfg_map_at(map, key) = map;
}

/* Everything before the last slash; "" if there is none. */
static struct pfg_slice folder_of(struct pfg_slice path)
{
    size_t slash = pfg_slice_find_last_byte(path, '/');

    return pfg_slice_first(path, slash < path.len ? slash : 0);
}

static struct pfg_slice name_of(struct pfg_slice path)
{
    size_t slash = pfg_slice_find_last_byte(path, '/');

    return slash < path.len ? pfg_slice_from(path, slash + 1) : path;
}

/* If the tree begins at a baseline's folder, its root has the baseline's name.
 */
static struct pfg_slice baseline_of(const struct search *search,
                                    struct pfg_slice folder)
{
    struct pfg_slice root = pfg_slice_of(search->tree->root);

    if (folder.len) {
        return name_of(folder);
    }
    while (pfg_slice_ends(root, "/")) {
        root.len--;
    }
    return name_of(root);
}

static bool has_file(const struct search *search, const char *folder,
                     const char *name)
{
    return pfg_tree_find(search->tree,
                         pfg_path_join(search->reader->arena, folder, name));
}

static void load_result(struct search *search, const char *folder)
{
    struct pfg_reader *reader = search->reader;
    struct pfg_criterion_result result;

    reader->pos = (struct pfg_pos){
        .file = pfg_path_join(
            reader->arena, search->tree->root,
            pfg_path_join(reader->arena, folder, "benchmark.json"))};
    if (!pfg_criterion_load(&result, reader, search->tree, folder)) {
        pfg_vec_push(&search->results, reader->arena, result);
    }
}

/* A folder with benchmark.json and one of the others is a baseline of a
 * benchmark. Only the wanted baseline is read. */
static void on_benchmark(struct search *search, struct pfg_slice path)
{
    struct pfg_slice folder = folder_of(path);
    const char *kept = pfg_arena_slice(search->reader->arena, folder);
    struct pfg_slice baseline = baseline_of(search, folder);

    if (!has_file(search, kept, "estimates.json") &&
        !has_file(search, kept, "sample.json")) {
        return;
    }
    set(&search->places, folder_of(folder));
    set(&search->baselines, baseline);
    if (pfg_slice_is(baseline, search->baseline)) {
        load_result(search, kept);
    }
}

/* tukey.json is written first and benchmark.json last. If the latter is
 * missing, the run was killed; it may also be left from an earlier run. */
static void on_tukey(struct search *search, struct pfg_slice path)
{
    struct pfg_slice folder = folder_of(path);
    const char *kept;

    if (!pfg_slice_is(baseline_of(search, folder), search->baseline)) {
        return;
    }
    kept = pfg_arena_slice(search->reader->arena, folder);
    if (!has_file(search, kept, "benchmark.json")) {
        set(&search->places, folder_of(folder));
        pfg_vec_push(&search->incomplete, search->reader->arena, kept);
    }
}

static void find_results(struct search *search)
{
    for (size_t i = 0; i < search->tree->n; i++) {
        struct pfg_slice path = pfg_slice_of(search->tree->parts[i].path);
        struct pfg_slice name = name_of(path);

        if (pfg_slice_is(name, "benchmark.json")) {
            on_benchmark(search, path);
        } else if (pfg_slice_is(name, "tukey.json")) {
            on_tukey(search, path);
        }
    }
}

static int by_root(const void *a, const void *b)
{
    const struct pfg_criterion_result *left = a, *right = b;
    int order = strcmp(left->root, right->root);

    return order ? order : strcmp(left->folder, right->folder);
}

static int newest_first(const void *a, const void *b)
{
    pfg_time left = *(const pfg_time *)a, right = *(const pfg_time *)b;

    return (left < right) - (left > right);
}

/* The oldest time that belongs to the last run: results before a gap do not. */
static pfg_time find_cut(const struct pfg_criterion_result *results, size_t n)
{
    pfg_time *times = pfg_alloc(pfg_array_size(n, sizeof *times)), cut;
    size_t i;

    for (i = 0; i < n; i++) {
        times[i] = results[i].modified;
    }
    qsort(times, n, sizeof *times, newest_first);
    for (i = 1; i < n && times[i - 1] - times[i] <= STALE_GAP; i++) {
    }
    cut = times[i - 1];
    free(times);
    return cut;
}

static void warn_stale(struct search *search,
                       const struct pfg_criterion_result *result,
                       pfg_time newer)
{
    long hours = (long)((newer - result->modified) / (3600 * PFG_SECOND));
    struct pfg_reader *reader = search->reader;

    reader->pos.file =
        pfg_path_join(reader->arena, search->tree->root, result->folder);
    pfg_reader_warn(reader,
                    "'%.200s' was measured %ld %s before the others: ignored "
                    "as a result of an earlier run",
                    result->full_id, hours < 48 ? hours : hours / 24,
                    hours < 48 ? "hours" : "days");
}

/* If two benchmarks have the same id (bench_function called twice), criterion
 * numbers their titles, which are cut at 100 bytes. */
static const char *twin_of(struct pfg_reader *reader,
                           const struct pfg_criterion_result *result)
{
    struct pfg_slice title = pfg_slice_of(result->title), digits;
    size_t mark = pfg_slice_find_last_byte(title, '#');

    digits = pfg_slice_from(title, mark + 1);
    if (mark < 2 || mark >= title.len || title.ptr[mark - 1] != ' ' ||
        !digits.len || pfg_take_digits(&digits).len == 0 || digits.len ||
        pfg_slice_is(title, result->full_id)) {
        return "";
    }
    return pfg_arena_slice(reader->arena, pfg_slice_from(title, mark - 1));
}

static void name_twins(struct search *search,
                       struct pfg_criterion_result *results, size_t n)
{
    struct pfg_map ids;

    pfg_map_init(&ids, search->reader->arena);
    for (size_t i = 0; i < n; i++) {
        void **place = pfg_map_at(&ids, pfg_slice_of(results[i].full_id));

        if (*place) {
            struct pfg_criterion_result *first = *place;

            first->twin = twin_of(search->reader, first);
            results[i].twin = twin_of(search->reader, &results[i]);
        } else {
            *place = &results[i];
        }
    }
}

static void emit_run(struct search *search,
                     struct pfg_criterion_result *results, size_t n)
{
    struct pfg_reader *reader = search->reader;
    pfg_time cut = find_cut(results, n);

    name_twins(search, results, n);
    for (size_t i = 0; i < n; i++) {
        if (results[i].modified < cut) {
            warn_stale(search, &results[i], cut);
            continue;
        }
        reader->pos.file =
            pfg_path_join(reader->arena, search->tree->root, results[i].folder);
        pfg_criterion_emit(reader, search->tree, &results[i]);
    }
}

/* Each of criterion's folders, of which there may be several below the root, is
 * one run of the harness. */
static void emit_results(struct search *search)
{
    struct pfg_criterion_result *results = search->results.at;
    const struct pfg_sink *sink = search->reader->sink;
    size_t n = search->results.n, end;

    if (n) {
        qsort(results, n, sizeof *results, by_root);
    }
    for (size_t begin = 0; begin < n; begin = end) {
        end = begin + 1;
        while (end < n && !strcmp(results[end].root, results[begin].root)) {
            end++;
        }
        if (begin) {
            sink->process(sink->self, &(struct pfg_process_start){0});
        }
        emit_run(search, results + begin, end - begin);
    }
}

static pfg_time newest_result(const struct search *search)
{
    pfg_time newest = 0;

    for (size_t i = 0; i < search->results.n; i++) {
        if (search->results.at[i].modified > newest) {
            newest = search->results.at[i].modified;
        }
    }
    return newest;
}

/* A result without benchmark.json makes this run incomplete, unless it is so
 * old that an earlier run has left it. */
static void report_incomplete(struct search *search)
{
    struct pfg_reader *reader = search->reader;
    pfg_time newest = newest_result(search);

    for (size_t i = 0; i < search->incomplete.n; i++) {
        const char *folder = search->incomplete.at[i];
        const struct pfg_part *part = pfg_tree_find(
            search->tree, pfg_path_join(reader->arena, folder, "tukey.json"));

        reader->pos.file =
            pfg_path_join(reader->arena, search->tree->root, folder);
        if (newest - part->modified > STALE_GAP) {
            pfg_reader_warn(reader,
                            "'%.200s' has no benchmark.json: left by an "
                            "earlier run that was killed",
                            folder);
        } else {
            pfg_reader_fail(
                reader, "'%.200s' has no benchmark.json: the run was killed",
                folder);
        }
    }
}

/* The folders between criterion's own and those of benchmarks have reports. */
static void find_above(struct search *search)
{
    for (size_t i = 0; i < search->results.n; i++) {
        const struct pfg_criterion_result *result = &search->results.at[i];
        struct pfg_slice folder = pfg_slice_of(result->place);
        size_t shortest = strlen(result->root);

        while (folder.len > shortest) {
            folder = folder_of(folder);
            set(&search->above, folder);
        }
    }
}

/* Also claims criterion's files that are not read (change/, report/, other
 * baselines), so that there is no warning about unknown files. */
static void claim_parts(struct search *search)
{
    for (size_t i = 0; i < search->tree->n; i++) {
        struct pfg_part *part = &search->tree->parts[i];
        struct pfg_slice folder = folder_of(pfg_slice_of(part->path));
        struct pfg_slice parent = folder_of(folder);
        bool report = pfg_slice_is(name_of(folder), "report");

        /* a value over all functions has a report, but is not a benchmark */
        if (pfg_map_find(&search->places, parent) ||
            (report && (pfg_map_find(&search->above, parent) ||
                        pfg_map_find(&search->above, folder_of(parent))))) {
            part->claimed = true;
        }
    }
}

static void list_baselines(char *out, size_t size, const struct pfg_map *names)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < names->n && len < size; i++) {
        len +=
            (size_t)snprintf(out + len, size - len, "%s'%.*s'", i ? ", " : "",
                             PFG_SLICE(names->entries[i].key));
    }
}

/* No folder has the wanted name. That is an error if the user gave the name;
 * otherwise other tools may have files in the directory. */
static int miss_baseline(struct search *search, struct pfg_error *err)
{
    struct pfg_reader *reader = search->reader;
    char names[400];

    list_baselines(names, sizeof names, &search->baselines);
    if (!reader->options->criterion_baseline) {
        if (*names) {
            reader->pos.file = search->tree->root;
            pfg_reader_warn(reader,
                            "no results of criterion's latest run ('new'), "
                            "only the baselines %s",
                            names);
        }
        return 0;
    }
    pfg_fail(err, PFG_DATA, "no criterion baseline '%.100s' below '%.300s'",
             search->baseline, search->tree->root);
    return *names ? pfg_hint(err, "there are %s", names)
                  : pfg_hint(err, "no criterion results: is this criterion's "
                                  "target directory?");
}

static int criterion_directory(struct pfg_reader *reader, struct pfg_tree *tree,
                               struct pfg_error *err)
{
    const char *baseline = reader->options->criterion_baseline;
    struct search search = {
        .reader = reader,
        .tree = tree,
        .baseline = baseline ? baseline : "new",
    };

    pfg_map_init(&search.places, reader->arena);
    pfg_map_init(&search.above, reader->arena);
    pfg_map_init(&search.baselines, reader->arena);
    find_results(&search);
    if (!search.results.n && !search.incomplete.n) {
        claim_parts(&search);
        return miss_baseline(&search, err);
    }
    emit_results(&search);
    report_incomplete(&search);
    find_above(&search);
    claim_parts(&search);
    return 0;
}

const struct pfg_ingester pfg_ingester_criterion = {
    .name = "criterion",
    .title = "criterion's target directory",
    .looks = "folders '<benchmark>/new/' with benchmark.json, sample.json",
    .directory = criterion_directory,
};
