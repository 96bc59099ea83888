#include "ingest/dispatch/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "json/scan.h"

#define SHARE_NAME(name) extern const struct pfg_ingester pfg_ingester_##name;
#define LIST_NAME(name)  &pfg_ingester_##name,

#include "ingest/dispatch/ingesters.h"

PFG_INGESTER_LIST(SHARE_NAME)

const struct pfg_ingester *const pfg_ingesters[] = {
    PFG_INGESTER_LIST(LIST_NAME) NULL,
};

_Static_assert(PFG_COUNT(pfg_ingesters) - 1 + PFG_OWN_FORMATS_MAX <=
                   PFG_INGESTERS_MAX,
               "a session has room for all");

/* Records which ingester sent something: the one being called. */
static void note_event(struct pfg_session *session)
{
    session->n_events++;
    if (session->noted == session->reader.ingester) {
        return;
    }
    session->noted = session->reader.ingester;
    for (size_t i = 0; session->ingesters[i]; i++) {
        if (session->ingesters[i] == session->reader.ingester) {
            session->used[i] = true;
        }
    }
}

static void on_process(void *self, const struct pfg_process_start *start)
{
    struct pfg_session *session = self;
    struct pfg_process_start full = *start;

    session->next_file = false;
    full.round = full.round ? full.round : session->round;
    session->to->process(session->to->self, &full);
}

static void on_measurement(void *self, const struct pfg_measurement *m)
{
    struct pfg_session *session = self;

    if (session->next_file) {
        on_process(session, &(struct pfg_process_start){0});
    }
    note_event(session);
    session->to->measurement(session->to->self, m);
}

static bool on_again(void *self, size_t place, double value, double trials)
{
    struct pfg_session *session = self;

    if (session->next_file ||
        !session->to->again(session->to->self, place, value, trials)) {
        return false;
    }
    note_event(session);
    return true;
}

static void on_warning(void *self, struct pfg_pos pos, const char *message)
{
    struct pfg_session *session = self;

    session->to->warning(session->to->self, pos, message);
}

static void on_failed(void *self, struct pfg_pos pos, const char *message)
{
    struct pfg_session *session = self;

    note_event(session);
    session->to->failed(session->to->self, pos, message);
}

static void on_fact(void *self, struct pfg_slice key, struct pfg_slice value)
{
    struct pfg_session *session = self;

    session->to->fact(session->to->self, key, value);
}

static void on_revision(void *self, const struct pfg_revision_start *start)
{
    struct pfg_session *session = self;

    if (session->to->revision) {
        session->to->revision(session->to->self, start);
    }
}

struct pfg_pos pfg_reader_place(const struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct pfg_json_value *value)
{
    struct pfg_pos pos = pfg_json_key_pos(document, value);

    pos.file = reader->pos.file;
    if (pos.line && reader->pos.line) {
        pos.line += reader->pos.line - 1;
    }
    return pos;
}

void pfg_reader_warn(struct pfg_reader *reader, const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    reader->sink->warning(reader->sink->self, reader->pos, message);
}

void pfg_reader_cut_short(struct pfg_reader *reader, const char *words)
{
    reader->sink->fact(reader->sink->self, PFG_LIT(PFG_FACT_CUT_SHORT),
                       pfg_slice_of(words));
    pfg_reader_warn(reader, "%s: interrupted?", words);
}

void pfg_reader_fail(struct pfg_reader *reader, const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    reader->sink->failed(reader->sink->self, reader->pos, message);
}

static int refuse_format(const char *format, struct pfg_error *err)
{
    const char *known[PFG_COUNT(pfg_ingesters)];
    const char *meant;
    size_t n = 0;

    for (; pfg_ingesters[n]; n++) {
        known[n] = pfg_ingesters[n]->name;
    }
    meant = pfg_suggest(format, known, n);
    pfg_fail(err, PFG_USAGE, "unknown format '%s'", format);
    if (meant) {
        pfg_hint(err, "did you mean '%s'? docs/formats.md lists them all",
                 meant);
    } else {
        pfg_hint(err, "docs/formats.md lists them all");
    }
    return -1;
}

static int find_forced(struct pfg_session *session, struct pfg_error *err)
{
    const char *format = session->options.format;

    if (!format || !strcmp(format, "auto")) {
        session->options.format = NULL;
        return 0;
    }
    for (size_t i = 0; session->all[i]; i++) {
        if (!strcmp(session->all[i]->name, format)) {
            session->forced = session->all[i];
            return 0;
        }
    }
    return refuse_format(format, err);
}

/* Lists the user's own formats first. */
static void gather(const struct pfg_ingester **out,
                   const struct pfg_ingester *const *more)
{
    size_t n = 0;

    for (size_t i = 0; more && more[i] && n < PFG_OWN_FORMATS_MAX; i++) {
        out[n++] = more[i];
    }
    for (size_t i = 0; pfg_ingesters[i]; i++) {
        out[n++] = pfg_ingesters[i];
    }
    out[n] = NULL;
}

int pfg_session_begin(struct pfg_session *out,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err)
{
    *out = (struct pfg_session){.to = sink};
    if (options) {
        out->options = *options;
    }
    out->ingesters = out->all;
    gather(out->all, out->options.more);
    if (find_forced(out, err)) {
        return -1;
    }
    out->sink = (struct pfg_sink){
        .self = out,
        .measurement = on_measurement,
        .again = sink->again ? on_again : NULL,
        .process = on_process,
        .warning = on_warning,
        .failed = on_failed,
        .fact = on_fact,
        .revision = on_revision,
        .full = sink->full,
    };
    out->reader.options = &out->options;
    out->reader.sink = &out->sink;
    out->reader.arena = pfg_arena_new();
    out->reader.text_arena = pfg_arena_new();
    return 0;
}

void pfg_session_forget(struct pfg_session *session)
{
    pfg_arena_clear(session->reader.arena);
    session->reader.spare.cap = session->reader.spare.params_cap = 0;
}

void pfg_session_end(struct pfg_session *session)
{
    pfg_arena_free(session->reader.arena);
    pfg_arena_free(session->reader.text_arena);
    session->reader.arena = session->reader.text_arena = NULL;
}

const struct pfg_ingester *pfg_session_next(const struct pfg_session *session,
                                            size_t *i)
{
    const struct pfg_ingester *ingester;

    while ((ingester = session->ingesters[*i])) {
        (*i)++;
        if (!session->forced || session->forced == ingester) {
            return ingester;
        }
    }
    return NULL;
}

bool pfg_session_begins(bool out[256], const struct pfg_ingester *ingester)
{
    memset(out, 0, 256 * sizeof *out);
    for (const char *byte = ingester->begins; byte && *byte; byte++) {
        out[(unsigned char)*byte] = true;
    }
    return ingester->begins ||
           (ingester->find_begins && ingester->find_begins(out, ingester));
}

void pfg_session_tools(const struct pfg_session *session,
                       struct pfg_ingest_result *result)
{
    size_t used = 0;

    result->tools[0] = '\0';
    for (size_t i = 0; session->ingesters[i]; i++) {
        const char *name = session->ingesters[i]->name;

        if (session->used[i] &&
            used + strlen(name) + 2 <= sizeof result->tools) {
            used += (size_t)snprintf(result->tools + used,
                                     sizeof result->tools - used, "%s%s",
                                     used ? "," : "", name);
        }
    }
}

enum shape {
    SHAPE_TEXT,
    SHAPE_JSON_LINES,
    SHAPE_DOCUMENT,
};

/* Guesses the shape by the first bytes. The input is JSON lines if its first
 * line is a whole JSON value and more lines follow. */
static enum shape look(struct pfg_slice head)
{
    struct pfg_slice rest = pfg_slice_trim_left(head);
    struct pfg_slice line;
    size_t offset;

    if (!rest.len || (rest.ptr[0] != '{' && rest.ptr[0] != '[')) {
        return SHAPE_TEXT;
    }
    line = pfg_slice_trim_right(pfg_take_until(&rest, '\n'));
    if (!pfg_slice_trim(rest).len ||
        pfg_json_scan(line, NULL, 0, &offset) == PFG_JSON_SCAN_BAD) {
        return SHAPE_DOCUMENT;
    }
    return SHAPE_JSON_LINES;
}

static bool takes_lines(const struct pfg_ingester *ingester)
{
    return ingester->line || ingester->header || ingester->xml;
}

/* A chosen format decides the shape if it can read only one. */
static enum shape shape_for(const struct pfg_session *session,
                            struct pfg_slice head)
{
    const struct pfg_ingester *forced = session->forced;
    enum shape shape = look(head);

    if (forced && !forced->document && takes_lines(forced)) {
        return shape == SHAPE_DOCUMENT ? SHAPE_JSON_LINES : shape;
    }
    if (forced && forced->document && !takes_lines(forced)) {
        return SHAPE_DOCUMENT;
    }
    return shape;
}

static int check_head(const struct pfg_session *session, struct pfg_slice head,
                      struct pfg_error *err)
{
    const struct pfg_ingester *forced = session->forced;
    const char *name = session->reader.pos.file;

    if (!pfg_slice_trim(head).len && head.len < PFG_PEEK_MAX) {
        return pfg_fail(err, PFG_DATA, "'%s' is empty", name);
    }
    if (forced && !takes_lines(forced) && !forced->document) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' reads directories, but '%s' is a file",
                        forced->name, name);
    }
    return 0;
}

int pfg_session_read(struct pfg_session *session, struct pfg_input *input,
                     bool *known, struct pfg_error *err)
{
    size_t n_events = session->n_events;
    struct pfg_slice head;
    int status;

    session->reader.pos = (struct pfg_pos){.file = pfg_input_name(input)};
    session->why = (struct pfg_error){0};
    session->foreign = NULL;
    if (pfg_input_peek(input, &head, err) || check_head(session, head, err)) {
        return -1;
    }
    switch (shape_for(session, head)) {
    case SHAPE_DOCUMENT:
        status = pfg_session_read_document(session, input, err);
        break;
    case SHAPE_JSON_LINES:
        status = pfg_session_read_text(session, input, 0, true, err);
        break;
    default:
        status = pfg_session_read_text(session, input, 0, false, err);
        break;
    }
    *known = session->n_events > n_events;
    if (!status && *known && session->foreign) {
        session->reader.pos = session->foreign_at;
        pfg_reader_warn(
            &session->reader,
            "the human-readable output of %s is not supported, but %s is",
            session->foreign->tool, session->foreign->reads);
    }
    return status;
}
