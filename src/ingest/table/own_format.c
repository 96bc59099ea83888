#include "ingest/table/own_format.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/map.h"
#include "base/memory.h"
#include "ingest/custom/generic.h"
#include "ingest/table/json_table.h"
#include "unit/unit.h"

/* Limits a match, so that an expression that backtracks too much fails. */
#define MATCH_LIMIT 20000
#define DEPTH_LIMIT 1000
#define HEAP_KIB    1024

struct own {
    struct pfg_ingester ingester; /* must be first */
    const struct pfg_format *format;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits; /* shared by all */
    struct pfg_json_table json;
    struct pfg_json_row *rows;
};

struct pfg_own_formats {
    struct own own[PFG_OWN_FORMATS_MAX];
    const struct pfg_ingester *list[PFG_OWN_FORMATS_MAX + 1];
    size_t n;
    pcre2_match_context *limits;
};

/* Of a text. */
struct state {
    struct pfg_map warned;
    bool gave_up;
};

static const struct own *own_of(const struct pfg_reader *reader)
{
    return (const struct own *)(const void *)reader->ingester;
}

static struct pfg_slice group(const struct own *own, const char *name,
                              struct pfg_slice line)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(own->match);
    int n = pcre2_substring_number_from_name(own->code, (PCRE2_SPTR)name);

    return n < 0 || at[2 * n] == PCRE2_UNSET || at[2 * n + 1] < at[2 * n]
               ? pfg_slice_of(NULL)
               : pfg_slice_make(line.ptr + at[2 * n],
                                at[2 * n + 1] - at[2 * n]);
}

/* The text in the line, or else in the description. */
static struct pfg_slice said(const struct own *own, const char *name,
                             const char *otherwise, struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim(group(own, name, line));

    return text.len ? text : pfg_slice_of(otherwise);
}

static const char *word_of(int better)
{
    return better ? pfg_direction_name((enum pfg_direction)(better - 1)) : "";
}

/* "1,234" */
static struct pfg_slice plain(struct pfg_reader *reader, struct pfg_slice text)
{
    char *out = pfg_arena_alloc(reader->arena, text.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ',') {
            out[n++] = text.ptr[i];
        }
    }
    return pfg_slice_make(out, n);
}

static void send(struct pfg_reader *reader, struct state *state,
                 struct pfg_slice line)
{
    const struct own *own = own_of(reader);
    const struct pfg_format_value *value = &own->format->value;
    struct pfg_slice digits = plain(reader, group(own, "value", line));
    struct pfg_slice unit = said(own, "unit", value->unit, line);
    struct pfg_slice benchmark =
        said(own, "benchmark", own->format->benchmark, line);
    struct pfg_generic_meaning meaning = pfg_generic_find(
        reader, benchmark, said(own, "metric", value->metric, line), unit,
        pfg_slice_of(word_of(value->better)));
    double number = 0;
    struct pfg_measurement m = {
        .suite = said(own, "suite", own->format->suite, line),
        .benchmark =
            benchmark.len ? benchmark : pfg_generic_stem(reader->pos.file),
        .metric = meaning.metric,
        .unit = meaning.unit.base,
        .better = meaning.better,
        .values = &number,
        .n_values = 1,
        .written = &digits,
        .written_unit = unit,
        .exact = value->exact,
        .error = pfg_slice_of(meaning.error),
        .pos = reader->pos,
    };

    if (pfg_unit_convert(&number, digits, &meaning.unit)) {
        m.error = PFG_LIT("not a number");
        m.n_values = 0;
    }
    reader->sink->measurement(reader->sink->self, &m);
    if (!meaning.has_better) {
        pfg_generic_warn(reader, &state->warned, m.metric);
    }
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    const struct own *own = own_of(reader);

    struct state *state = self;
    int found;

    if (!line.len) {
        return PFG_NOT_MINE;
    }
    found = pcre2_match(own->code, (PCRE2_SPTR)line.ptr, line.len, 0, 0,
                        own->match, own->limits);
    if (found > 0) {
        send(reader, state, line);
        return PFG_ONLY_MINE;
    }
    if (found != PCRE2_ERROR_NOMATCH && !state->gave_up) {
        state->gave_up = true;
        pfg_reader_warn(reader,
                        "the expression of '%s' gives up on this line: "
                        "matching takes too many steps",
                        own->format->name);
    }
    return PFG_NOT_MINE;
}

static int refuse(const struct pfg_format *format, const char *what,
                  struct pfg_error *err)
{
    return pfg_fail_at(err, PFG_USAGE, format->pos, "format '%s': %s",
                       format->name, what);
}

static int make_line(struct own *own, struct pfg_error *err)
{
    const char *line = own->format->line;
    PCRE2_UCHAR message[120];
    PCRE2_SIZE at = 0;
    int code = 0;

    own->code = pcre2_compile((PCRE2_SPTR)line, PCRE2_ZERO_TERMINATED,
                              PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
                                  PCRE2_NEVER_BACKSLASH_C,
                              &code, &at, NULL);
    if (!own->code) {
        pcre2_get_error_message(code, message, sizeof message);
        return pfg_fail_at(
            err, PFG_USAGE, own->format->pos,
            "format '%s': invalid expression at character %zu: %s",
            own->format->name, (size_t)at + 1, (const char *)message);
    }
    if (pcre2_substring_number_from_name(own->code, (PCRE2_SPTR) "value") < 0) {
        refuse(own->format, "its expression has no group 'value'", err);
        return pfg_hint(
            err, "add the group for the measured value: (?<value>[0-9.]+)");
    }
    own->match = pcre2_match_data_create_from_pattern(own->code, NULL);
    own->ingester.line = read_line;
    own->ingester.state_size = sizeof(struct state);
    own->ingester.looks = line;
    return 0;
}

static int make_json(struct own *own, struct pfg_error *err)
{
    const struct pfg_format *format = own->format;

    if (!format->values.n || !*format->benchmark) {
        return refuse(
            format, "needs 'line', or for JSON 'benchmark' and 'values'", err);
    }
    own->rows = pfg_alloc(pfg_array_size(format->values.n, sizeof *own->rows));
    for (size_t i = 0; i < format->values.n; i++) {
        const struct pfg_format_value *value = &format->values.at[i];

        own->rows[i] = (struct pfg_json_row){
            .path = value->path,
            .metric = *value->metric ? value->metric : NULL,
            .unit = value->unit,
            .better = value->better ? (enum pfg_direction)(value->better - 1)
                                    : PFG_NEUTRAL,
            .role = PFG_JSON_SAMPLES,
            .exact = value->exact,
            .words = !value->better,
        };
    }
    own->json = (struct pfg_json_table){
        .has = {*format->has ? format->has : NULL},
        .lists = {format->list},
        .name = format->benchmark,
        .suite = *format->suite ? format->suite : NULL,
        .rows = own->rows,
        .n_rows = format->values.n,
        .strict = true,
    };
    own->ingester.json = &own->json;
    own->ingester.document = pfg_json_table_read;
    own->ingester.looks = "a JSON document as described in the configuration";
    return 0;
}

static int make(struct own *own, const struct pfg_format *format,
                struct pfg_error *err)
{
    own->format = format;
    own->ingester.name = format->name;
    own->ingester.title = format->name;
    for (size_t i = 0; pfg_ingesters[i]; i++) {
        if (!strcmp(pfg_ingesters[i]->name, format->name)) {
            return refuse(format, "there is a format of that name", err);
        }
    }
    return *format->line ? make_line(own, err) : make_json(own, err);
}

int pfg_own_formats_make(struct pfg_own_formats **out,
                         const struct pfg_formats *formats,
                         struct pfg_error *err)
{
    struct pfg_own_formats *all;

    *out = NULL;
    if (!formats->n) {
        return 0;
    }
    if (formats->n > PFG_OWN_FORMATS_MAX) {
        return pfg_fail_at(err, PFG_USAGE, formats->at[PFG_OWN_FORMATS_MAX].pos,
                           "more than %d formats", PFG_OWN_FORMATS_MAX);
    }
    *out = all = pfg_alloc(sizeof *all);
    all->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(all->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(all->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(all->limits, HEAP_KIB);
    for (; all->n < formats->n; all->n++) {
        all->own[all->n].limits = all->limits;
        if (make(&all->own[all->n], &formats->at[all->n], err)) {
            return -1;
        }
        all->list[all->n] = &all->own[all->n].ingester;
    }
    return 0;
}

void pfg_own_formats_free(struct pfg_own_formats *own)
{
    for (size_t i = 0; own && i < PFG_OWN_FORMATS_MAX; i++) {
        pcre2_match_data_free(own->own[i].match);
        pcre2_code_free(own->own[i].code);
        free(own->own[i].rows);
    }
    if (own) {
        pcre2_match_context_free(own->limits);
    }
    free(own);
}

const struct pfg_ingester *const *pfg_own_formats_list(
    const struct pfg_own_formats *own)
{
    return own ? own->list : NULL;
}
