#include "ingest/core/measurement_builder.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/printed_number.h"

/* A double represents every whole number below this. */
#define EXACT_MAX 9007199254740992.0

struct pfg_builder pfg_builder_begin(struct pfg_reader *reader,
                                     const struct pfg_json_document *document,
                                     const struct pfg_json_value *at)
{
    return (struct pfg_builder){
        .reader = reader,
        .document = document,
        .m = {.pos = document ? pfg_reader_place(reader, document, at)
                              : reader->pos,
              .unit = PFG_LIT("1")},
        .unit = {.base = PFG_LIT("1"), .factor = 1},
        .summary = pfg_summary_of(NAN),
    };
}

/* A document repeats a few units with each result, so the last one is kept. An
 * unknown unit is not kept, because its base is the written text, which does
 * not outlive the document. */
static struct pfg_unit find_unit(struct pfg_reader *reader,
                                 struct pfg_slice written)
{
    const char *end = written.ptr + written.len;
    struct pfg_unit unit;

    if (written.len && pfg_slice_is(written, reader->written_unit)) {
        return reader->unit;
    }
    unit = pfg_unit_find(written);
    if (written.len && written.len < sizeof reader->written_unit &&
        (unit.base.ptr < written.ptr || unit.base.ptr >= end)) {
        memcpy(reader->written_unit, written.ptr, written.len);
        reader->written_unit[written.len] = '\0';
        reader->unit = unit;
    }
    return unit;
}

void pfg_builder_unit(struct pfg_builder *finding, struct pfg_slice written)
{
    finding->unit = find_unit(finding->reader, written);
    finding->m.unit = finding->unit.base;
    finding->m.written_unit = written;
    if (finding->unit.better != PFG_NEUTRAL) {
        finding->m.better = finding->unit.better;
    }
    if (finding->unit.metric) {
        finding->m.metric = pfg_slice_of(finding->unit.metric);
    }
}

void pfg_builder_param(struct pfg_builder *finding, const char *key,
                       struct pfg_slice value)
{
    struct pfg_reader *reader = finding->reader;
    struct pfg_param param = {pfg_slice_of(key), value};

    if (!finding->params.cap) {
        finding->params.at = reader->spare.params;
        finding->params.cap = reader->spare.params_cap;
        reader->spare.params_cap = 0; /* in use until this finding is sent */
    }
    pfg_vec_push(&finding->params, reader->arena, param);
}

void pfg_builder_params(struct pfg_builder *finding,
                        const struct pfg_json_value *object)
{
    const struct pfg_json_value *child = pfg_json_first(object);

    if (pfg_json_type(object) != PFG_JSON_OBJECT) {
        return;
    }
    for (; child; child = pfg_json_next(child)) {
        pfg_builder_param(finding, pfg_json_key(child),
                          pfg_builder_text(finding->document, child));
    }
}

struct pfg_slice pfg_builder_digits(const struct pfg_json_document *document,
                                    const struct pfg_json_value *value)
{
    struct pfg_slice text = pfg_slice_of(pfg_json_string(value));
    double number;

    if (pfg_json_type(value) == PFG_JSON_NUMBER) {
        return pfg_json_digits(document, value);
    }
    return pfg_number_parse(&number, text, 0) ? pfg_slice_of(NULL) : text;
}

struct pfg_slice pfg_builder_text(const struct pfg_json_document *document,
                                  const struct pfg_json_value *value)
{
    switch (pfg_json_type(value)) {
    case PFG_JSON_STRING:
        return pfg_slice_of(pfg_json_string(value));
    case PFG_JSON_NUMBER:
        return pfg_json_digits(document, value);
    case PFG_JSON_BOOL:
        return pfg_json_is_true(value) ? PFG_LIT("true") : PFG_LIT("false");
    case PFG_JSON_NULL:
        return PFG_LIT("null");
    default:
        return pfg_slice_of(NULL);
    }
}

struct pfg_slice pfg_builder_member(const struct pfg_json_value *object,
                                    const char *key)
{
    return pfg_slice_of(pfg_json_string(pfg_json_get(object, key)));
}

void pfg_builder_error(struct pfg_builder *finding, const char *format, ...)
{
    char message[400];
    va_list args;

    if (finding->m.error.len) {
        return;
    }
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    finding->m.error =
        pfg_slice_of(pfg_arena_strdup(finding->reader->arena, message));
}

/* Whether a number is not whole or a double holds it exactly. Fewer than 16
 * digits always fit; "9007199254740993" does not. */
static bool is_exact(struct pfg_slice digits)
{
    double value;
    uint64_t whole;

    return digits.len < 16 || pfg_number_parse_u64(&whole, digits) ||
           pfg_number_parse(&value, digits, 0) || value < EXACT_MAX ||
           (value < 18446744073709551616.0 && (uint64_t)value == whole);
}

/* Converts a number to the base unit and stores its digits; false after marking
 * an error. */
static bool convert(struct pfg_builder *finding, double *out,
                    struct pfg_slice *digits,
                    const struct pfg_json_value *value)
{
    *digits = pfg_builder_digits(finding->document, value);
    if (!digits->len || pfg_unit_convert(out, *digits, &finding->unit)) {
        struct pfg_slice text = pfg_builder_text(finding->document, value);

        pfg_builder_error(finding, "'%.*s' is not a number",
                          (int)(text.len < 60 ? text.len : 60), text.ptr);
        return false;
    }
    if (!is_exact(*digits)) {
        pfg_builder_error(finding, "%.*s is too large to represent exactly",
                          PFG_SLICE(*digits));
        return false;
    }
    return true;
}

static void add_value(struct pfg_builder *finding, double number,
                      struct pfg_slice digits)
{
    pfg_vec_push(&finding->values, finding->reader->arena, number);
    pfg_vec_push(&finding->written, finding->reader->arena, digits);
}

void pfg_builder_value(struct pfg_builder *finding,
                       const struct pfg_json_value *value)
{
    struct pfg_slice digits;
    double number;

    if (convert(finding, &number, &digits, value)) {
        add_value(finding, number, digits);
    }
}

/* Reserves room for the first n values, in the arrays of the last finding if
 * they are large enough. A vector that grows would leave its old arrays behind
 * in the arena. */
static void reserve(struct pfg_builder *finding, size_t n)
{
    struct pfg_reader *reader = finding->reader;

    if (finding->values.n || n <= finding->values.cap) {
        return;
    }
    if (n > reader->spare.cap) {
        reader->spare.values = pfg_arena_new_array(reader->arena, double, n);
        reader->spare.written =
            pfg_arena_new_array(reader->arena, struct pfg_slice, n);
        reader->spare.cap = n;
    }
    finding->values.at = reader->spare.values;
    finding->written.at = reader->spare.written;
    finding->values.cap = finding->written.cap = reader->spare.cap;
    reader->spare.cap = 0; /* in use until this finding is sent */
}

/* Leaves the arrays to the next finding. The sink has copied what it needs. */
static void give_back(const struct pfg_builder *finding)
{
    struct pfg_reader *reader = finding->reader;

    if (finding->values.cap > reader->spare.cap &&
        finding->values.cap == finding->written.cap) {
        reader->spare.values = finding->values.at;
        reader->spare.written = finding->written.at;
        reader->spare.cap = finding->values.cap;
    }
    if (finding->params.cap > reader->spare.params_cap) {
        reader->spare.params = finding->params.at;
        reader->spare.params_cap = finding->params.cap;
    }
}

void pfg_builder_own_params(struct pfg_builder *finding)
{
    struct pfg_param *own = pfg_arena_new_array(
        finding->reader->arena, struct pfg_param, finding->params.n);

    if (finding->params.n) {
        memcpy(own, finding->params.at, finding->params.n * sizeof *own);
    }
    give_back(finding);
    finding->params.at = own;
    finding->params.cap = 0; /* not to be given back */
}

void pfg_builder_values(struct pfg_builder *finding,
                        const struct pfg_json_value *array)
{
    struct pfg_json_cursor children = {array, finding->unit.exp10};
    const struct pfg_json_value *child;

    if (pfg_json_type(array) != PFG_JSON_ARRAY) {
        return;
    }
    reserve(finding, pfg_json_count(array));
    while ((child = pfg_json_each(&children))) {
        struct pfg_slice digits = pfg_json_digits(finding->document, child);

        if (!isnan(children.number) && is_exact(digits)) {
            add_value(finding, children.number * finding->unit.factor, digits);
        } else {
            pfg_builder_value(finding, child);
        }
    }
}

void pfg_builder_summary(struct pfg_builder *finding,
                         const struct pfg_json_value *value)
{
    double number;

    finding->summary = pfg_summary_of(NAN);
    if (convert(finding, &number, &finding->summary_written, value)) {
        finding->summary.value = number;
        finding->m.summary = &finding->summary;
    }
}

bool pfg_builder_read_value(struct pfg_builder *finding,
                            struct pfg_slice digits)
{
    double number;

    if (pfg_unit_convert(&number, digits, &finding->unit)) {
        return false;
    }
    pfg_vec_push(&finding->values, finding->reader->arena, number);
    pfg_vec_push(&finding->written, finding->reader->arena, digits);
    return true;
}

bool pfg_builder_read_summary(struct pfg_builder *finding,
                              struct pfg_slice digits)
{
    struct pfg_printed printed = {.digits = digits};

    if (pfg_printed_convert(&printed, &finding->unit)) {
        return false;
    }
    finding->summary = pfg_summary_of(printed.value);
    finding->summary.resolution = printed.resolution;
    finding->summary_written = digits;
    finding->m.summary = &finding->summary;
    return true;
}

double pfg_builder_read_number(const struct pfg_builder *finding,
                               struct pfg_slice digits)
{
    double number = NAN;

    pfg_unit_convert(&number, digits, &finding->unit);
    return number;
}

void pfg_builder_split_name(struct pfg_measurement *m, struct pfg_slice name,
                            size_t at, size_t separator)
{
    m->benchmark = name;
    if (at > 0 && at + separator < name.len) {
        m->suite = pfg_slice_first(name, at);
        m->benchmark = pfg_slice_from(name, at + separator);
    }
}

double pfg_builder_number(const struct pfg_builder *finding,
                          const struct pfg_json_value *value)
{
    double number = NAN;

    pfg_unit_convert(&number, pfg_builder_digits(finding->document, value),
                     &finding->unit);
    return isfinite(number) ? number : NAN;
}

void pfg_builder_send(struct pfg_builder *finding)
{
    struct pfg_measurement *m = &finding->m;
    struct pfg_summary *summary = &finding->summary;

    m->params = finding->params.at;
    m->n_params = finding->params.n;
    if (finding->values.n) {
        m->values = finding->values.at;
        m->n_values = finding->values.n;
        m->written = finding->written.at;
    } else if (m->summary) {
        m->summary = summary; /* the finding may have been copied since */
        m->written = &finding->summary_written;
        if (isnan(summary->error) && summary->count > 1) {
            summary->error = summary->stddev / sqrt(summary->count);
        }
    } else if (!m->error.len) {
        return;
    }
    finding->reader->sink->measurement(finding->reader->sink->self, m);
    give_back(finding);
}

void pfg_builder_fact(struct pfg_reader *reader, const char *key,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *value)
{
    struct pfg_slice text = pfg_builder_text(document, value);

    if (text.len && pfg_json_type(value) != PFG_JSON_NULL) {
        reader->sink->fact(reader->sink->self, pfg_slice_of(key), text);
    }
}

pfg_time pfg_builder_when(const struct pfg_json_document *document,
                          const struct pfg_json_value *value)
{
    struct pfg_slice digits = pfg_json_digits(document, value);
    pfg_time time = 0;
    double ms;

    if (!digits.len) {
        pfg_time_parse(&time, pfg_slice_of(pfg_json_string(value)));
        return time;
    }
    if (pfg_number_parse(&ms, digits, 0) || !(ms > 0 && ms < 1e13)) {
        return 0; /* 1e13 ms is in the year 2286 */
    }
    return (pfg_time)ms * (PFG_SECOND / 1000);
}

void pfg_builder_time(struct pfg_reader *reader, pfg_time time)
{
    struct pfg_process_start start = {.time = time};

    if (time) {
        reader->sink->process(reader->sink->self, &start);
    }
}

void pfg_builder_revision(struct pfg_reader *reader, struct pfg_slice id,
                          pfg_time time, struct pfg_slice subject)
{
    struct pfg_revision_start start = {
        .id = id,
        .time = time,
        .subject = pfg_slice_trim(pfg_take_until(&subject, '\n')),
    };

    if (id.len && reader->sink->revision) {
        reader->sink->revision(reader->sink->self, &start);
    }
}

void pfg_builder_warn(struct pfg_reader *reader,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *at, const char *format, ...)
{
    struct pfg_builder place = pfg_builder_begin(reader, document, at);
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    reader->sink->warning(reader->sink->self, place.m.pos, message);
}

struct pfg_slice pfg_builder_program(struct pfg_slice path)
{
    size_t slash = pfg_slice_find_last_byte(path, '/');
    size_t back = pfg_slice_find_last_byte(path, '\\');

    if (slash < path.len) {
        path = pfg_slice_from(path, slash + 1);
    } else if (back < path.len) {
        path = pfg_slice_from(path, back + 1);
    }
    if (pfg_slice_ends(path, ".exe")) {
        path.len -= 4;
    }
    return path;
}
