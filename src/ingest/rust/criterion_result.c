#include "ingest/rust/criterion_result.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "ingest/core/measurement_builder.h"

static const char *copy_text(struct pfg_reader *reader, const char *text)
{
    return pfg_arena_strdup(reader->arena, text ? text : "");
}

/* Reads the document `name` in `folder`: 1 if it is there, 0 if not, -1 with an
 * error if it cannot be read. */
static int read_document(struct pfg_json_document **out,
                         struct pfg_reader *reader, const struct pfg_tree *tree,
                         const char *folder, const char *name,
                         struct pfg_error *err)
{
    const char *path = pfg_path_join(reader->arena, folder, name);
    const struct pfg_part *part = pfg_tree_find(tree, path);
    struct pfg_str text;
    int status;

    *out = NULL;
    if (!part) {
        return 0;
    }
    pfg_str_init(&text, 0);
    status = pfg_tree_read(tree, part, &text, PFG_DOCUMENT_MAX, err);
    if (!status) {
        status = pfg_json_parse(out, pfg_str_slice(&text), path,
                                PFG_JSON_NONFINITE, err);
    }
    pfg_str_free(&text);
    return status ? -1 : 1;
}

/* The externally tagged enum `throughput`. Bits become bytes. */
static const struct {
    const char *tag, *member, *metric, *unit;
    double factor;
} throughputs[] = {
    {"Bytes", NULL, "throughput", "B/s", 1},
    {"BytesDecimal", NULL, "throughput", "B/s", 1},
    {"Elements", NULL, "throughput", "elem/s", 1},
    {"Bits", NULL, "throughput", "B/s", 0.125},
    {"ElementsAndBytes", "elements", "throughput", "elem/s", 1},
    {"ElementsAndBytes", "bytes", "throughput bytes", "B/s", 1},
};

static void load_throughput(struct pfg_criterion_result *out,
                            struct pfg_reader *reader,
                            const struct pfg_json_document *document)
{
    const struct pfg_json_value *declared =
        pfg_json_get(pfg_json_root(document), "throughput");
    bool known = false;

    for (size_t i = 0; i < PFG_COUNT(throughputs); i++) {
        const struct pfg_json_value *amount =
            pfg_json_get(declared, throughputs[i].tag);
        uint64_t n;

        if (throughputs[i].member) {
            amount = pfg_json_get(amount, throughputs[i].member);
        }
        if (!amount || pfg_json_u64(&n, document, amount) || !n) {
            continue;
        }
        known = true;
        out->throughputs[out->n_throughputs++] =
            (struct pfg_criterion_throughput){
                .metric = throughputs[i].metric,
                .unit = throughputs[i].unit,
                .amount = (double)n * throughputs[i].factor,
            };
        if (out->n_throughputs == PFG_COUNT(out->throughputs)) {
            break;
        }
    }
    if (!known && pfg_json_type(declared) > PFG_JSON_NULL) {
        pfg_reader_warn(reader,
                        "'%.200s' declares an unknown throughput: ignored",
                        out->full_id);
    }
}

/* The place without its directory_name; "" if the tree begins further down, at
 * a group or a benchmark. */
static const char *root_of(struct pfg_reader *reader, const char *place,
                           const char *directory)
{
    struct pfg_slice whole = pfg_slice_of(place);
    size_t n = strlen(directory);

    if (!n || n > whole.len || !pfg_slice_ends(whole, directory) ||
        (n < whole.len && whole.ptr[whole.len - n - 1] != '/')) {
        return "";
    }
    return pfg_arena_slice(
        reader->arena,
        pfg_slice_first(whole, n < whole.len ? whole.len - n - 1 : 0));
}

static pfg_time newest_in(struct pfg_reader *reader,
                          const struct pfg_tree *tree, const char *folder)
{
    static const char *const names[] = {"benchmark.json", "estimates.json",
                                        "sample.json", "tukey.json"};
    pfg_time newest = 0;

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        const struct pfg_part *part =
            pfg_tree_find(tree, pfg_path_join(reader->arena, folder, names[i]));

        if (part && part->modified > newest) {
            newest = part->modified;
        }
    }
    return newest;
}

int pfg_criterion_load(struct pfg_criterion_result *out,
                       struct pfg_reader *reader, const struct pfg_tree *tree,
                       const char *folder)
{
    struct pfg_json_document *document;
    const struct pfg_json_value *root;
    struct pfg_error err = {0};
    const char *full_id;

    *out = (struct pfg_criterion_result){.folder = folder, .twin = ""};
    if (read_document(&document, reader, tree, folder, "benchmark.json", &err) <
        1) {
        pfg_reader_fail(reader,
                        "'%.200s' is unreadable: %.200s (was the run "
                        "killed?)",
                        folder, err.message);
        return -1;
    }
    root = pfg_json_root(document);
    full_id = pfg_json_string(pfg_json_get(root, "full_id"));
    if (!full_id || !pfg_json_string(pfg_json_get(root, "group_id"))) {
        pfg_json_free(document);
        return -1;
    }
    out->full_id = copy_text(reader, full_id);
    out->title =
        copy_text(reader, pfg_json_string(pfg_json_get(root, "title")));
    out->directory = copy_text(
        reader, pfg_json_string(pfg_json_get(root, "directory_name")));
    out->place =
        strchr(folder, '/') ? pfg_path_folder(reader->arena, folder) : "";
    out->root = root_of(reader, out->place, out->directory);
    out->modified = newest_in(reader, tree, folder);
    load_throughput(out, reader, document);
    pfg_json_free(document);
    return 0;
}

/* The numbers of one result, in an arena of their own. */
struct observations {
    struct pfg_arena *arena;
    double *values; /* seconds an iteration */
    size_t n;
    const char *error; /* "": fine */
    bool has_summary;
    struct pfg_summary summary;
    struct pfg_slice summary_written;
};

/* The samples: {"iters": [...], "times": [...]}, up to 0.3.2 a bare pair. */
static void find_samples(const struct pfg_json_value **iters,
                         const struct pfg_json_value **times,
                         const struct pfg_json_value *root)
{
    if (pfg_json_type(root) == PFG_JSON_ARRAY) {
        *iters = pfg_json_first(root);
        *times = pfg_json_next(*iters);
    } else {
        *iters = pfg_json_get(root, "iters");
        *times = pfg_json_get(root, "times");
    }
}

/*
 * Adds a sample: `iters` iterations took `time` nanoseconds. Both are read
 * exactly, and iters * 1e9 is exact up to nine million iterations, so the
 * quotient is the true value rounded once (beyond that, twice).
 */
static void add_sample(struct observations *out, size_t number,
                       struct pfg_slice time_digits,
                       struct pfg_slice iters_digits, double time, double iters)
{
    if (!isfinite(time) || !isfinite(iters) || time <= 0 || iters <= 0) {
        if (!*out->error) {
            out->error = pfg_arena_printf(
                out->arena, "sample %zu: %.40s ns in %.40s iterations", number,
                time_digits.len ? pfg_arena_slice(out->arena, time_digits)
                                : "no time",
                iters_digits.len ? pfg_arena_slice(out->arena, iters_digits)
                                 : "no");
        }
        return;
    }
    out->values[out->n++] = time / (iters * 1e9);
}

static void read_samples(struct observations *out,
                         const struct pfg_json_document *document)
{
    const struct pfg_json_value *iters, *times;
    size_t n;

    find_samples(&iters, &times, pfg_json_root(document));
    n = pfg_json_count(times);
    if (pfg_json_type(times) != PFG_JSON_ARRAY || !n ||
        pfg_json_count(iters) != n) {
        out->error = "sample.json has not as many times as iteration counts";
        return;
    }
    out->values = pfg_arena_new_array(out->arena, double, n);
    iters = pfg_json_first(iters);
    times = pfg_json_first(times);
    for (size_t i = 0; i < n; i++) {
        add_sample(out, i + 1, pfg_json_digits(document, times),
                   pfg_json_digits(document, iters),
                   pfg_json_number(document, times),
                   pfg_json_number(document, iters));
        iters = pfg_json_next(iters);
        times = pfg_json_next(times);
    }
}

/* An estimate by its name, which is capitalised up to 0.3.2; NULL if it is
 * null. */
static const struct pfg_json_value *estimate(const struct pfg_json_value *root,
                                             const char *name,
                                             const char *old_name)
{
    const struct pfg_json_value *found = pfg_json_get(root, name);

    if (!found) {
        found = pfg_json_get(root, old_name);
    }
    return pfg_json_type(found) == PFG_JSON_OBJECT ? found : NULL;
}

/* Nanoseconds in seconds. The power of ten is applied to the digits. */
static double seconds(const struct pfg_json_document *document,
                      const struct pfg_json_value *value)
{
    double out = NAN;

    pfg_number_parse(&out, pfg_json_digits(document, value), -9);
    return out;
}

/* Reads what criterion itself shows: the slope, or the mean if sampling was
 * flat. */
static void read_estimates(struct observations *out,
                           const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *typical = estimate(root, "slope", "Slope");
    const struct pfg_json_value *spread = estimate(root, "std_dev", "StdDev");
    const struct pfg_json_value *interval, *point;

    if (!typical) {
        typical = estimate(root, "mean", "Mean");
    }
    interval = pfg_json_get(typical, "confidence_interval");
    point = pfg_json_get(typical, "point_estimate");
    if (!(seconds(document, point) > 0)) {
        return;
    }
    out->has_summary = true;
    out->summary_written = pfg_slice_of(
        pfg_arena_slice(out->arena, pfg_json_digits(document, point)));
    out->summary = pfg_summary_of(seconds(document, point));
    out->summary.lower =
        seconds(document, pfg_json_get(interval, "lower_bound"));
    out->summary.upper =
        seconds(document, pfg_json_get(interval, "upper_bound"));
    out->summary.level =
        pfg_json_number(document, pfg_json_get(interval, "confidence_level"));
    out->summary.error =
        seconds(document, pfg_json_get(typical, "standard_error"));
    out->summary.stddev =
        seconds(document, pfg_json_get(spread, "point_estimate"));
}

static void read_file(struct observations *out, struct pfg_reader *reader,
                      const struct pfg_tree *tree, const char *folder,
                      const char *name,
                      void (*read)(struct observations *out,
                                   const struct pfg_json_document *document))
{
    struct pfg_json_document *document;
    struct pfg_error err = {0};
    int found = read_document(&document, reader, tree, folder, name, &err);

    if (found > 0) {
        read(out, document);
    } else if (found < 0 && !*out->error) {
        out->error = pfg_arena_printf(out->arena, "%s: %s", name, err.message);
    }
    pfg_json_free(document);
}

void pfg_criterion_result_name(struct pfg_measurement *m,
                               struct pfg_slice title)
{
    pfg_builder_split_name(m, title, pfg_slice_find_byte(title, '/'), 1);
}

static void name_it(struct pfg_measurement *m, struct pfg_arena *arena,
                    const struct pfg_criterion_result *result)
{
    pfg_criterion_result_name(
        m, pfg_slice_of(
               pfg_arena_printf(arena, "%s%s", result->full_id, result->twin)));
}

/* A longer time is a lower throughput, so the bounds change places. */
void pfg_criterion_send_throughput(struct pfg_reader *reader,
                                   const struct pfg_measurement *time,
                                   const struct pfg_criterion_throughput *what,
                                   struct pfg_arena *arena)
{
    struct pfg_summary summary = pfg_summary_of(NAN);
    struct pfg_measurement m = *time;
    double *values = pfg_arena_new_array(arena, double, time->n_values);

    for (size_t i = 0; i < time->n_values; i++) {
        values[i] = what->amount / time->values[i];
    }
    m.metric = pfg_slice_of(what->metric);
    m.unit = pfg_slice_of(what->unit);
    m.better = PFG_HIGHER;
    m.values = values;
    m.written = NULL;
    m.written_unit = pfg_slice_of(NULL);
    m.derived = true;
    if (time->summary) {
        summary = pfg_summary_of(what->amount / time->summary->value);
        summary.lower = what->amount / time->summary->upper;
        summary.upper = what->amount / time->summary->lower;
        summary.level = time->summary->level;
        summary.count = time->summary->count;
        m.summary = &summary;
    }
    reader->sink->measurement(reader->sink->self, &m);
}

static void emit(struct pfg_reader *reader,
                 const struct pfg_criterion_result *result,
                 struct observations *seen)
{
    struct pfg_measurement m = {
        .metric = PFG_LIT("time"),
        .unit = PFG_LIT("s"),
        .better = PFG_LOWER,
        .values = seen->n ? seen->values : NULL,
        .n_values = seen->n,
        .written_unit = PFG_LIT("ns"),
        .pos = reader->pos,
    };

    if (seen->has_summary) {
        seen->summary.count = seen->n ? (double)seen->n : NAN;
        m.summary = &seen->summary;
        m.written = seen->n ? NULL : &seen->summary_written;
    } else if (!seen->n && !*seen->error) {
        seen->error = "neither sample.json nor estimates.json has a time";
    }
    m.error = pfg_slice_of(seen->error);
    name_it(&m, seen->arena, result);
    reader->sink->measurement(reader->sink->self, &m);
    for (size_t i = 0; i < result->n_throughputs; i++) {
        pfg_criterion_send_throughput(reader, &m, &result->throughputs[i],
                                      seen->arena);
    }
}

void pfg_criterion_emit(struct pfg_reader *reader, const struct pfg_tree *tree,
                        const struct pfg_criterion_result *result)
{
    struct observations seen = {.arena = pfg_arena_new(), .error = ""};

    read_file(&seen, reader, tree, result->folder, "sample.json", read_samples);
    read_file(&seen, reader, tree, result->folder, "estimates.json",
              read_estimates);
    emit(reader, result, &seen);
    pfg_arena_free(seen.arena);
}
