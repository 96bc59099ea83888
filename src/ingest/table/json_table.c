#include "ingest/table/json_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/core/printed_number.h"
#include "ingest/custom/generic.h"
#include "ingest/table/json_place.h"

struct scan {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    const struct pfg_json_table *table;
    struct pfg_json_place item; /* the benchmark */
    const struct pfg_json_row *row;
    struct pfg_builder finding; /* of the last row that has a value */
    bool open;                  /* not sent yet */
    double trials;
    double events;         /* of the row; NAN: none yet */
    bool said;             /* the benchmark has a result */
    struct pfg_map warned; /* metrics without a direction, warned of */
};

/* The text of the first path of "a|b|=text" that leads to one. */
static struct pfg_slice first_text(const struct scan *scan,
                                   struct pfg_slice paths)
{
    struct pfg_slice text = {0};

    while (paths.len && !text.len) {
        struct pfg_slice path = pfg_take_until(&paths, '|');
        struct pfg_json_place place;

        if (pfg_take(&path, "=")) {
            return path;
        }
        if (pfg_json_place_go(&place, &scan->item, path)) {
            text =
                pfg_slice_ends(path, "@")
                    ? pfg_slice_of(pfg_json_key(pfg_json_place_value(&place)))
                    : pfg_builder_text(scan->document,
                                       pfg_json_place_value(&place));
        }
    }
    return text;
}

static struct pfg_slice text_at(const struct scan *scan, const char *paths)
{
    struct pfg_slice rest = pfg_slice_of(paths);
    struct pfg_slice text = first_text(scan, pfg_take_until(&rest, '&'));

    while (rest.len) {
        struct pfg_slice more = first_text(scan, pfg_take_until(&rest, '&'));

        if (more.len) {
            text = pfg_slice_of(pfg_arena_printf(
                scan->reader->arena, "%.*s%s%.*s", PFG_SLICE(text),
                text.len ? "/" : "", PFG_SLICE(more)));
        }
    }
    return text;
}

/* A word of a row, which may be a path to it. */
static struct pfg_slice word_of(const struct scan *scan, const char *word)
{
    return word && *word == '$' ? text_at(scan, word + 1) : pfg_slice_of(word);
}

/* The value of a number, or of a text that is one; else NAN. */
static double number_of(const struct scan *scan,
                        const struct pfg_json_value *value)
{
    double number;

    return pfg_number_parse(&number, pfg_builder_digits(scan->document, value),
                            0)
               ? NAN
               : number;
}

static double number_at(const struct scan *scan, const char *path)
{
    return number_of(scan, pfg_json_place_find(&scan->item, path));
}

static double sum_at(const struct scan *scan, const char *paths)
{
    struct pfg_slice rest = pfg_slice_of(paths);
    double sum = paths ? 0 : NAN;

    while (rest.len) {
        struct pfg_slice path = pfg_take_until(&rest, '+');

        sum += number_at(scan, pfg_arena_slice(scan->reader->arena, path));
    }
    return sum;
}

static void send(struct scan *scan)
{
    if (scan->open) {
        pfg_builder_send(&scan->finding);
        scan->said |= scan->finding.values.n || scan->finding.m.summary ||
                      scan->finding.m.error.len;
    }
    scan->open = false;
}

static void add_params(struct scan *scan)
{
    for (size_t i = 0; i < scan->table->n_rows; i++) {
        const struct pfg_json_row *row = &scan->table->rows[i];
        struct pfg_slice value;

        if (row->role == PFG_JSON_PARAM) {
            value = text_at(scan, row->path);
            if (value.len) {
                pfg_builder_param(&scan->finding, row->metric, value);
            }
        }
    }
}

static struct pfg_slice join(struct scan *scan, struct pfg_slice stem,
                             const char *percentile)
{
    return pfg_slice_of(pfg_arena_printf(scan->reader->arena, "%.*s p%s",
                                         PFG_SLICE(stem), percentile));
}

/* For a row without a direction, as in perfgate's own format. */
static void find_meaning(struct scan *scan, struct pfg_slice metric,
                         struct pfg_slice unit)
{
    struct pfg_measurement *m = &scan->finding.m;
    struct pfg_generic_meaning meaning = pfg_generic_find(
        scan->reader, m->benchmark, metric, unit, pfg_slice_of(NULL));

    m->metric = meaning.metric;
    m->better = meaning.better;
    if (meaning.error) {
        pfg_builder_error(&scan->finding, "%s", meaning.error);
    }
    if (!meaning.has_better) {
        pfg_generic_warn(scan->reader, &scan->warned, m->metric);
    }
}

/* Begins a measurement of the row. */
static void begin(struct scan *scan, const struct pfg_json_value *value)
{
    const struct pfg_json_row *row = scan->row;
    struct pfg_builder *finding = &scan->finding;
    struct pfg_slice metric = word_of(scan, row->metric);

    send(scan);
    *finding = pfg_builder_begin(
        scan->reader, scan->document,
        scan->table->at_benchmark ? pfg_json_place_value(&scan->item) : value);
    finding->m.benchmark = text_at(scan, scan->table->name);
    if (scan->table->split) {
        struct pfg_slice name = finding->m.benchmark;

        pfg_builder_split_name(&finding->m, name,
                               pfg_slice_find(name, scan->table->split),
                               strlen(scan->table->split));
    }
    if (scan->table->suite) {
        finding->m.suite = text_at(scan, scan->table->suite);
    }
    add_params(scan);
    finding->m.metric = PFG_LIT("value");
    pfg_builder_unit(finding, word_of(scan, row->unit));
    finding->m.metric = metric.len ? metric : finding->m.metric;
    if (row->metric || row->better != PFG_NEUTRAL) {
        finding->m.better = row->better;
    }
    finding->m.exact = row->exact;
    if (row->words) {
        find_meaning(scan, metric, word_of(scan, row->unit));
    }
    scan->open = true;
}

static void add_summary(struct scan *scan, const struct pfg_json_value *value)
{
    struct pfg_builder *finding = &scan->finding;
    struct pfg_printed printed = {
        .digits = pfg_builder_digits(scan->document, value)};

    if (scan->trials == 0 && pfg_slice_starts(finding->m.metric, "latency")) {
        pfg_builder_error(finding, "no requests completed");
        return;
    }
    pfg_builder_summary(finding, value);
    if (scan->trials > 0 && pfg_slice_starts(finding->m.metric, "latency")) {
        finding->summary.count = scan->trials;
    }
    if (scan->table->rounded && printed.digits.len &&
        !pfg_printed_convert(&printed, &finding->unit)) {
        finding->summary.resolution = printed.resolution;
    }
}

/* "99.000000" and "p99" are 99, "p999" is 99.9. Those below the median are left
 * out: no gate needs them. */
static bool read_percentile(char out[16], const char *name)
{
    struct pfg_slice rest = pfg_slice_of(name), number;
    double value;

    (void)pfg_take(&rest, "p");
    number = pfg_take_number(&rest);
    if ((rest.len && !pfg_slice_is(rest, "th")) ||
        pfg_number_parse(&value, number, 0)) {
        return false;
    }
    for (size_t i = 2; i < number.len && value >= 100 && value < 1e6; i++) {
        value /= 10;
    }
    if (!(value >= 50 && value < 100)) {
        return false;
    }
    snprintf(out, 16, "%g", value);
    return true;
}

static void add_percentiles(struct scan *scan,
                            const struct pfg_json_value *object)
{
    const struct pfg_json_value *one = pfg_json_first(object);
    char name[16];

    for (; one; one = pfg_json_next(one)) {
        if (pfg_json_key(one) && read_percentile(name, pfg_json_key(one))) {
            begin(scan, one);
            scan->finding.m.metric = join(scan, scan->finding.m.metric, name);
            add_summary(scan, one);
        }
    }
}

static void add_events(struct scan *scan, const struct pfg_json_value *value)
{
    double n = number_of(scan, value);

    scan->events = isnan(scan->events) ? n : scan->events + n;
}

/* Sends their sum: 0 where members that are written only when they count
 * something are missing. */
static void send_events(struct scan *scan)
{
    struct pfg_measurement *m = &scan->finding.m;
    bool optional = strchr(scan->row->path, '*') && scan->trials >= 0;
    double events = isnan(scan->events) && optional ? 0 : scan->events;

    if (!(events >= 0) || !isfinite(events)) {
        return;
    }
    begin(scan, pfg_json_place_value(&scan->item));
    scan->finding.summary = pfg_summary_of(events);
    scan->finding.summary_written =
        pfg_slice_of(pfg_arena_printf(scan->reader->arena, "%.0f", events));
    m->summary = &scan->finding.summary;
    m->events = events;
    m->trials = scan->trials >= events ? scan->trials : events;
    send(scan);
}

/* Adds a statistic to the row before it. */
static void add_statistic(struct scan *scan, const struct pfg_json_value *value)
{
    struct pfg_summary *summary = &scan->finding.summary;
    double number = pfg_builder_number(&scan->finding, value);

    switch (scan->row->role) {
    case PFG_JSON_STDDEV:
        summary->stddev = number;
        break;
    case PFG_JSON_STDERR:
        summary->error = number;
        break;
    case PFG_JSON_LOWER:
        summary->lower = number;
        break;
    case PFG_JSON_UPPER:
        summary->upper = number;
        break;
    case PFG_JSON_LEVEL:
        summary->level = number_of(scan, value);
        break;
    case PFG_JSON_MIN:
        summary->min = number;
        break;
    case PFG_JSON_MAX:
        summary->max = number;
        break;
    default: /* a count has no unit */
        summary->count = number_of(scan, value);
    }
}

static void visit_row(void *self, const struct pfg_json_place *place)
{
    struct scan *scan = self;
    const struct pfg_json_value *value = pfg_json_place_value(place);

    switch (scan->row->role) {
    case PFG_JSON_SUMMARY:
        begin(scan, value);
        add_summary(scan, value);
        break;
    case PFG_JSON_SAMPLES:
        if (!scan->open) {
            begin(scan, value);
        }
        if (pfg_json_type(value) == PFG_JSON_ARRAY) {
            pfg_builder_values(&scan->finding, value);
        } else {
            pfg_builder_value(&scan->finding, value);
        }
        break;
    case PFG_JSON_PERCENTILES:
        add_percentiles(scan, value);
        break;
    case PFG_JSON_EVENTS:
        add_events(scan, value);
        break;
    case PFG_JSON_PARAM:
    case PFG_JSON_FAILED:
        break;
    default:
        if (scan->open) {
            add_statistic(scan, value);
        }
    }
}

/* Whether the benchmark failed, and why. */
static bool read_failure(struct scan *scan, struct pfg_slice *why)
{
    for (size_t i = 0; i < scan->table->n_rows; i++) {
        const struct pfg_json_row *row = &scan->table->rows[i];
        const struct pfg_json_value *value =
            row->role == PFG_JSON_FAILED
                ? pfg_json_place_find(&scan->item, row->path)
                : NULL;
        struct pfg_slice text = pfg_builder_text(scan->document, value);

        if (!value ||
            (row->metric
                 ? !pfg_slice_is(text, row->metric)
                 : pfg_slice_is(text, "false") || pfg_slice_is(text, "null") ||
                       pfg_slice_is(text, "0") || pfg_slice_is(text, ""))) {
            continue;
        }
        *why = text.len ? text : PFG_LIT("failed");
        return true;
    }
    return false;
}

static bool is_there(struct scan *scan)
{
    const struct pfg_json_value *value =
        scan->table->only ? pfg_json_place_find(&scan->item, scan->table->only)
                          : pfg_json_place_value(&scan->item);

    return value && pfg_json_type(value) != PFG_JSON_NULL &&
           number_of(scan, value) != 0;
}

static void fail_item(struct scan *scan, struct pfg_slice why)
{
    scan->row = &scan->table->rows[0];
    begin(scan, pfg_json_place_value(&scan->item));
    pfg_builder_error(&scan->finding, "%.*s",
                      PFG_SLICE(pfg_slice_first(why, 300)));
    send(scan);
}

/* Whether an earlier row has had the metric: samples before their summary, a
 * newer version's member before an older one's. */
static bool has_metric(const struct scan *scan)
{
    const struct pfg_json_row *row = scan->table->rows;

    for (; row < scan->row; row++) {
        const struct pfg_json_value *value;

        if (!row->metric || row->role > PFG_JSON_PERCENTILES ||
            strcmp(row->metric, scan->row->metric) != 0) {
            continue;
        }
        value = pfg_json_place_find(&scan->item, row->path);
        if (row->role == PFG_JSON_SAMPLES ? pfg_json_count(value) > 0
                                          : value != NULL) {
            return true;
        }
    }
    return false;
}

static void read_row(struct scan *scan)
{
    enum pfg_json_role role = scan->row->role;
    struct pfg_slice path = pfg_slice_of(scan->row->path);

    if (role <= PFG_JSON_PERCENTILES) {
        send(scan);
        if (scan->row->metric && has_metric(scan)) {
            return;
        }
    }
    scan->events = NAN;
    do {
        struct pfg_slice one = role == PFG_JSON_EVENTS
                                   ? pfg_take_until(&path, '+')
                                   : pfg_take_until(&path, '\0');

        pfg_json_place_walk(scan, &scan->item, one, visit_row);
    } while (path.len);
    if (role == PFG_JSON_EVENTS) {
        send_events(scan);
    }
}

static void warn_incomplete(struct scan *scan)
{
    const char *name = scan->table->name, *only = scan->table->only;

    if (only) {
        pfg_builder_warn(scan->reader, scan->document,
                         pfg_json_place_value(&scan->item),
                         "a benchmark without '%s' or '%s'", name, only);
    } else {
        pfg_builder_warn(scan->reader, scan->document,
                         pfg_json_place_value(&scan->item),
                         "'%s' finds no name here: ignored", name);
    }
}

static void visit_item(void *self, const struct pfg_json_place *place)
{
    struct scan *scan = self;
    const struct pfg_json_table *table = scan->table;
    struct pfg_slice why;

    scan->item = *place;
    if (!is_there(scan) || (table->strict && !text_at(scan, table->name).len)) {
        if (table->strict) {
            warn_incomplete(scan);
        }
        return;
    }
    scan->trials = sum_at(scan, scan->table->trials);
    if (read_failure(scan, &why)) {
        fail_item(scan, why);
        return;
    }
    scan->said = false;
    for (size_t i = 0; i < scan->table->n_rows; i++) {
        scan->row = &scan->table->rows[i];
        read_row(scan);
    }
    send(scan);
    if (!scan->said) {
        fail_item(scan, PFG_LIT("no result"));
    }
}

static bool is_ours(const struct pfg_json_table *table,
                    const struct pfg_json_place *root)
{
    for (size_t i = 0; i < PFG_COUNT(table->has); i++) {
        if (table->has[i] && !pfg_json_place_find(root, table->has[i])) {
            return false;
        }
    }
    return true;
}

static void read_lists(struct scan *scan, const struct pfg_json_place *root)
{
    const struct pfg_json_table *table = scan->table;

    if (table->failed && pfg_json_place_find(root, table->failed)) {
        pfg_reader_fail(
            scan->reader, "%s: %.*s", scan->reader->ingester->name,
            PFG_SLICE(pfg_slice_first(text_at(scan, table->failed), 300)));
        return;
    }
    for (size_t i = 0; i < PFG_COUNT(table->lists); i++) {
        if (table->lists[i] || !i) {
            pfg_json_place_walk(scan, root, pfg_slice_of(table->lists[i]),
                                visit_item);
        }
    }
}

/* Without a repository pytest-benchmark writes one of two words as the id. */
static void send_revision(struct scan *scan)
{
    const struct pfg_json_table *table = scan->table;
    struct pfg_slice id = text_at(scan, table->commit);

    if (!pfg_slice_is(id, "unknown") && !pfg_slice_is(id, "unversioned")) {
        pfg_builder_revision(
            scan->reader, id,
            pfg_builder_when(
                scan->document,
                pfg_json_place_find(&scan->item, table->commit_time)),
            pfg_slice_of(NULL));
    }
}

static void send_environment(struct scan *scan)
{
    const struct pfg_json_table *table = scan->table;

    send_revision(scan);
    pfg_builder_time(
        scan->reader,
        pfg_builder_when(scan->document,
                         pfg_json_place_find(&scan->item, table->time)));
    for (size_t i = 0; i < PFG_COUNT(table->facts) && table->facts[i][0]; i++) {
        pfg_builder_fact(scan->reader, table->facts[i][0], scan->document,
                         pfg_json_place_find(&scan->item, table->facts[i][1]));
    }
}

enum pfg_claim pfg_json_table_read(struct pfg_reader *reader,
                                   const struct pfg_json_document *document)
{
    const struct pfg_json_table *table = reader->ingester->json;
    struct pfg_json_place root = {{pfg_json_root(document)}, 1};

    while (table && !is_ours(table, &root)) {
        table = table->next;
    }
    if (table) {
        struct scan scan = {.reader = reader,
                            .document = document,
                            .table = table,
                            .item = root};

        send_environment(&scan);
        read_lists(&scan, &root);
    }
    return table ? PFG_MINE : PFG_NOT_MINE;
}
