#include <string.h>

#include "base/map.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/custom/generic.h"

/*
 * Results of home-made scripts, described in docs/formats.md:
 *
 *   [{"name": "startup", "unit": "ms", "value": 12.3}, ...]
 *   {"suite": "cli", "unit": "ms", "results": [{"name", "values": [1, 2]}]}
 *   {"name": "startup", "unit": "ms", "value": 12.3}        one per line
 *
 * The first is also github-action-benchmark's customSmallerIsBetter and
 * customBiggerIsBetter; the file does not say which of the two it is.
 */

struct file {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    const struct pfg_json_value *defaults; /* the outer object, or NULL */
    struct pfg_map warned;                 /* metrics without a direction */
    struct pfg_map unknown;                /* unknown members */
};

static const char *const known[] = {
    "name",
    "suite",
    "metric",
    "unit",
    "better",
    "params",
    "value",
    "values",
    "error",
    "exact",
    "lower",
    "upper",
    "level",
    "stddev",
    "stderr",
    "min",
    "max",
    "count",
    /* github-action-benchmark's */
    "range",
    "extra",
};

static bool has_number(const struct pfg_json_value *entry)
{
    enum pfg_json_type type = pfg_json_type(pfg_json_get(entry, "value"));

    return type == PFG_JSON_NUMBER || type == PFG_JSON_STRING ||
           type == PFG_JSON_NULL ||
           pfg_json_type(pfg_json_get(entry, "values")) == PFG_JSON_ARRAY ||
           pfg_json_string(pfg_json_get(entry, "error"));
}

/* Other tools' objects may have a name and a value. A result also has a unit, a
 * metric or a direction. */
static bool is_entry(const struct pfg_json_value *entry,
                     const struct pfg_json_value *defaults, bool forced)
{
    static const char *const members[] = {"unit", "metric", "better"};
    bool typed = forced;

    for (size_t i = 0; i < 3; i++) {
        typed |= pfg_json_string(pfg_json_get(entry, members[i])) != NULL;
        typed |= pfg_json_string(pfg_json_get(defaults, members[i])) != NULL;
    }
    return typed && pfg_json_string(pfg_json_get(entry, "name")) &&
           has_number(entry);
}

/* A member of the entry, or else of the outer object. */
static struct pfg_slice member(const struct file *file,
                               const struct pfg_json_value *entry,
                               const char *key)
{
    const struct pfg_json_value *own = pfg_json_get(entry, key);

    return own ? pfg_builder_text(file->document, own)
               : pfg_builder_member(file->defaults, key);
}

static void check_members(struct file *file, const struct pfg_json_value *entry)
{
    const struct pfg_json_value *child = pfg_json_first(entry);

    for (; child; child = pfg_json_next(child)) {
        struct pfg_slice key = pfg_slice_of(pfg_json_key(child));
        size_t i = 0;

        while (i < PFG_COUNT(known) && !pfg_slice_is(key, known[i])) {
            i++;
        }
        if (i == PFG_COUNT(known) && !pfg_map_find(&file->unknown, key)) {
            *pfg_map_at(&file->unknown, key) = file;
            pfg_builder_warn(file->reader, file->document, child,
                             "unknown member '%.100s' of a result: ignored",
                             key.ptr);
        }
    }
}

/* A value is a summary if the entry has any of its statistics, and otherwise an
 * observation. */
static void add_value(struct pfg_builder *finding,
                      const struct pfg_json_value *entry)
{
    struct pfg_summary *summary = &finding->summary;
    const struct {
        const char *key;
        double *out;
    } around[] = {
        {"lower", &summary->lower},  {"upper", &summary->upper},
        {"stderr", &summary->error}, {"stddev", &summary->stddev},
        {"min", &summary->min},      {"max", &summary->max},
    };
    const struct pfg_json_value *value = pfg_json_get(entry, "value");
    bool is_summary = pfg_json_get(entry, "count") != NULL;

    for (size_t i = 0; i < PFG_COUNT(around); i++) {
        is_summary |= pfg_json_get(entry, around[i].key) != NULL;
    }
    if (!is_summary) {
        pfg_builder_value(finding, value);
        return;
    }
    pfg_builder_summary(finding, value);
    for (size_t i = 0; i < PFG_COUNT(around); i++) {
        *around[i].out =
            pfg_builder_number(finding, pfg_json_get(entry, around[i].key));
    }
    summary->level =
        pfg_json_number(finding->document, pfg_json_get(entry, "level"));
    summary->count =
        pfg_json_number(finding->document, pfg_json_get(entry, "count"));
}

static void send_entry(struct file *file, const struct pfg_json_value *entry)
{
    struct pfg_builder finding =
        pfg_builder_begin(file->reader, file->document, entry);
    struct pfg_slice name = pfg_builder_member(entry, "name");
    struct pfg_slice unit = member(file, entry, "unit");
    struct pfg_generic_meaning meaning =
        pfg_generic_find(file->reader, name, member(file, entry, "metric"),
                         unit, member(file, entry, "better"));
    struct pfg_slice error = pfg_builder_member(entry, "error");

    pfg_builder_unit(&finding, unit);
    finding.m.suite = member(file, entry, "suite");
    finding.m.benchmark = name;
    finding.m.metric = meaning.metric;
    finding.m.better = meaning.better;
    finding.m.exact = pfg_json_is_true(pfg_json_get(entry, "exact"));
    pfg_builder_params(&finding, pfg_json_get(file->defaults, "params"));
    pfg_builder_params(&finding, pfg_json_get(entry, "params"));
    check_members(file, entry);
    if (error.len) {
        pfg_builder_error(&finding, "%.*s", PFG_SLICE(error));
    }
    if (pfg_json_get(entry, "values")) {
        pfg_builder_values(&finding, pfg_json_get(entry, "values"));
    } else if (pfg_json_get(entry, "value")) {
        add_value(&finding, entry);
    }
    if (meaning.error) {
        pfg_builder_error(&finding, "%s", meaning.error);
    }
    pfg_builder_send(&finding);
    if (!meaning.has_better) {
        struct pfg_pos before = file->reader->pos;

        file->reader->pos = finding.m.pos;
        pfg_generic_warn(file->reader, &file->warned, meaning.metric);
        file->reader->pos = before;
    }
}

static void send_entries(struct file *file, const struct pfg_json_value *array)
{
    const struct pfg_json_value *entry = pfg_json_first(array);

    for (; entry; entry = pfg_json_next(entry)) {
        if (is_entry(entry, file->defaults, true)) {
            send_entry(file, entry);
        } else {
            pfg_builder_warn(
                file->reader, file->document, entry,
                "not a result: 'name' and 'value' or 'values' are required");
        }
    }
}

static void send_surroundings(const struct file *file)
{
    const struct pfg_json_value *fact =
        pfg_json_first(pfg_json_get(file->defaults, "environment"));
    pfg_time time =
        pfg_builder_when(file->document, pfg_json_get(file->defaults, "time"));

    pfg_builder_revision(file->reader,
                         pfg_builder_member(file->defaults, "commit"), 0,
                         pfg_slice_of(NULL));
    pfg_builder_time(file->reader, time);
    for (; fact; fact = pfg_json_next(fact)) {
        pfg_builder_fact(file->reader, pfg_json_key(fact), file->document,
                         fact);
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *array = root;
    struct file file = {.reader = reader, .document = document};
    bool forced = reader->options->format != NULL;

    pfg_map_init(&file.unknown, reader->arena);
    if (pfg_json_type(root) == PFG_JSON_OBJECT) {
        if (is_entry(root, NULL, forced)) {
            send_entry(&file, root);
            return PFG_MINE;
        }
        file.defaults = root;
        array = pfg_json_get(root, "results");
    }
    if (pfg_json_type(array) != PFG_JSON_ARRAY ||
        !is_entry(pfg_json_first(array), file.defaults, forced)) {
        return PFG_NOT_MINE;
    }
    if (file.defaults) {
        send_surroundings(&file);
    }
    send_entries(&file, array);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_json = {
    .name = "json",
    .title = "generic JSON, github-action-benchmark's custom JSON",
    .looks = "JSON objects with 'name', 'unit' and 'value' or 'values'",
    .last = true,
    .document = read_document,
};
