#include "ingest/custom/generic.h"

#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "ingest/core/keyvalue.h"
#include "ingest/core/measurement_builder.h"
#include "model/metric.h"

#define MAX_METRIC 128

bool pfg_generic_has_word(struct pfg_slice text, const char *words)
{
    struct pfg_slice list = pfg_slice_of(words);

    while (list.len) {
        struct pfg_slice word = pfg_take_until(&list, ' ');

        for (size_t i = 0; i + word.len <= text.len; i++) {
            if (!strncasecmp(text.ptr + i, word.ptr, word.len)) {
                return true;
            }
        }
    }
    return false;
}

static struct pfg_slice metric_of(struct pfg_slice name,
                                  const struct pfg_unit *unit)
{
    if (unit->metric) {
        return pfg_slice_of(unit->metric);
    }
    if (pfg_slice_is(unit->base, "B")) {
        return pfg_generic_has_word(name, "memory mem_ rss heap ram_")
                   ? PFG_LIT("memory")
                   : PFG_LIT("size");
    }
    return PFG_LIT("value");
}

static bool parse_better(struct pfg_reader *reader, enum pfg_direction *out,
                         struct pfg_slice better)
{
    if (!better.len) {
        return false;
    }
    if (pfg_direction_parse(out, better)) {
        pfg_reader_warn(reader,
                        "better is '%.*s': expected lower, higher or neutral",
                        (int)(better.len < 60 ? better.len : 60), better.ptr);
        return false;
    }
    return true;
}

/* The direction of metric and unit; false if they have none. */
static bool find_better(struct pfg_generic_meaning *out, struct pfg_slice name,
                        struct pfg_slice unit)
{
    char metric[MAX_METRIC];
    struct pfg_metric known;
    size_t n = out->metric.len < sizeof metric - 1 ? out->metric.len
                                                   : sizeof metric - 1;

    memcpy(metric, out->metric.ptr, n);
    metric[n] = '\0';
    known = pfg_metric_find(metric);
    if (known.better != PFG_NEUTRAL && out->unit.better != PFG_NEUTRAL &&
        known.better != out->unit.better) {
        out->error = "metric and unit imply opposite directions: set 'better'";
        return true;
    }
    out->better = known.better != PFG_NEUTRAL ? known.better : out->unit.better;
    return out->better != PFG_NEUTRAL || known.kind != PFG_METRIC_OTHER ||
           pfg_keyvalue_direction(&out->better, out->metric, unit) ||
           pfg_keyvalue_direction(&out->better, name, unit);
}

struct pfg_generic_meaning pfg_generic_find(struct pfg_reader *reader,
                                            struct pfg_slice name,
                                            struct pfg_slice metric,
                                            struct pfg_slice unit,
                                            struct pfg_slice better)
{
    struct pfg_generic_meaning out = {
        .metric = metric,
        .unit = pfg_unit_find(unit),
        .better = PFG_NEUTRAL,
    };

    if (!out.metric.len) {
        out.metric = metric_of(name, &out.unit);
    }
    out.has_better = parse_better(reader, &out.better, better) ||
                     find_better(&out, name, unit);
    return out;
}

static bool has_option(const struct pfg_ingest_options *options,
                       const char *metric)
{
    for (size_t i = 0; i < options->n_directions; i++) {
        if (pfg_metric_matches(metric, options->directions[i].key)) {
            return true;
        }
    }
    return false;
}

void pfg_generic_warn(struct pfg_reader *reader, struct pfg_map *warned,
                      struct pfg_slice metric)
{
    const char *name = pfg_arena_slice(reader->arena, metric);

    if (!warned->arena) {
        pfg_map_init(warned, reader->arena);
    }
    if (pfg_map_find(warned, metric)) {
        return;
    }
    *pfg_map_at(warned, metric) = warned;
    if (!has_option(reader->options, name)) {
        pfg_reader_warn(reader,
                        "unknown direction of '%.100s': shown but not gated; "
                        "use --direction '%.100s=lower' or higher",
                        name, name);
    }
}

struct pfg_slice pfg_generic_stem(const char *file)
{
    struct pfg_slice name = pfg_slice_of(file);
    size_t slash = pfg_slice_find_last_byte(name, '/'), dot;

    if (slash < name.len) {
        name = pfg_slice_from(name, slash + 1);
    }
    dot = pfg_slice_find_last_byte(name, '.');
    if (dot > 0 && dot < name.len) {
        name = pfg_slice_first(name, dot);
    }
    return name.len && !pfg_slice_is(name, "standard input")
               ? name
               : PFG_LIT("results");
}

static int refuse(struct pfg_error *err, const char *text, const char *why)
{
    pfg_fail(err, PFG_USAGE, "--value '%.200s': %s", text, why);
    return pfg_hint(err, "use --value 'startup time=12.3ms'");
}

/* The last "=" ends the name, which may contain one itself. */
int pfg_generic_value(const char *text,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err)
{
    struct pfg_slice whole = pfg_slice_of(text);
    size_t equals = pfg_slice_find_last_byte(whole, '=');
    struct pfg_slice name = pfg_slice_trim(pfg_slice_first(whole, equals));
    struct pfg_slice unit = pfg_slice_trim(pfg_slice_from(whole, equals + 1));
    struct pfg_slice digits = pfg_take_number(&unit);
    struct pfg_reader reader = {
        .options = options, .sink = sink, .pos = {.file = "--value"}};
    struct pfg_map warned = {0};
    struct pfg_generic_meaning meaning;
    struct pfg_measurement m;
    double value;

    unit = pfg_slice_trim(unit);
    if (equals >= whole.len || !name.len) {
        return refuse(err, text, "NAME= is missing");
    }
    meaning = pfg_generic_find(&reader, name, pfg_slice_of(NULL), unit,
                               pfg_slice_of(NULL));
    if (!digits.len || pfg_unit_convert(&value, digits, &meaning.unit)) {
        return refuse(err, text, "the number after '=' is missing");
    }
    m = (struct pfg_measurement){
        .benchmark = name,
        .metric = meaning.metric,
        .unit = meaning.unit.base,
        .better = meaning.better,
        .values = &value,
        .n_values = 1,
        .written = &digits,
        .written_unit = unit,
        .pos = reader.pos,
    };
    sink->measurement(sink->self, &m);
    if (!meaning.has_better) {
        reader.arena = pfg_arena_new();
        pfg_generic_warn(&reader, &warned, meaning.metric);
        pfg_arena_free(reader.arena);
    }
    return 0;
}
