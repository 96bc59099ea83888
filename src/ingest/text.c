#include "ingest/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/vec.h"
#include "json/scan.h"

#define MAX_CUT_WARNINGS 20

/* An ingester and what it remembers of the text so far. */
struct listener {
    const struct pfg_ingester *ingester;
    void *state;
};

struct text {
    struct pfg_session *session;
    PFG_VEC(struct listener) listeners;
    size_t n_cut;
    bool json; /* each line is a JSON value: it may be a document */
};

static void two_claims(struct pfg_session *session,
                       const struct pfg_ingester *a,
                       const struct pfg_ingester *b, struct pfg_error *err)
{
    session->conflict = true;
    pfg_fail_at(err, PFG_DATA, session->reader.pos,
                "both %s and %s take this for theirs", a->name, b->name);
    pfg_hint(err, "say which it is: --format %s or --format %s", a->name,
             b->name);
}

/* Offers a document to all who read documents. *known is set where one took
 * it; two are an error. */
static int offer_document(struct pfg_session *session,
                          const struct pfg_json_document *document, bool *known,
                          struct pfg_error *err)
{
    const struct pfg_ingester *ingester, *owner = NULL;
    size_t i = 0;

    while ((ingester = pfg_session_next(session, &i))) {
        session->current = ingester;
        if (!ingester->document ||
            ingester->document(&session->reader, document) != PFG_MINE) {
            continue;
        }
        if (owner) {
            two_claims(session, owner, ingester, err);
            return -1;
        }
        owner = ingester;
    }
    *known |= owner != NULL;
    return 0;
}

static long count_lines(struct pfg_slice text)
{
    long n = 0;

    for (size_t i = 0; i < text.len; i++) {
        n += text.ptr[i] == '\n';
    }
    return n;
}

/* Behind the bracket that closes the first one: where a document that follows
 * begins. All of `text` where there is none; the parser then says why. Parsing
 * prefixes would copy all the rest for each of many documents. */
static size_t value_end(struct pfg_slice text)
{
    bool in_string = false;
    size_t depth = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (in_string) {
            i += c == '\\'; /* and what it escapes */
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth <= 1) {
                return i + 1;
            }
            depth--;
        }
    }
    return text.len;
}

/* Reads one JSON value off the front of *rest, and the blanks behind it, and
 * offers it. */
static int read_value(struct pfg_session *session, struct pfg_slice *rest,
                      bool *known, struct pfg_error *err)
{
    struct pfg_reader *reader = &session->reader;
    struct pfg_json_document *document = NULL;
    struct pfg_slice text = pfg_slice_first(*rest, value_end(*rest));
    struct pfg_slice behind = pfg_slice_from(*rest, text.len);
    int status;

    if (pfg_json_parse(&document, text, reader->pos.file, PFG_JSON_NONFINITE,
                       NULL, err)) {
        err->line += reader->pos.line - 1;
        return -1;
    }
    status = offer_document(session, document, known, err);
    pfg_json_free(document);
    behind = pfg_slice_trim_left(behind);
    reader->pos.line +=
        count_lines(pfg_slice_first(*rest, rest->len - behind.len));
    *rest = behind;
    return status;
}

/* A line that no listener wants, in a text of JSON values: perhaps a document
 * that was written on one line. */
static int try_line_as_document(struct text *text, struct pfg_slice line,
                                struct pfg_error *err)
{
    struct pfg_json_document *document;
    bool known = false;
    int status = 0;

    if (!pfg_slice_starts(line, "{") && !pfg_slice_starts(line, "[")) {
        return 0;
    }
    if (!pfg_json_parse(&document, line, text->session->reader.pos.file,
                        PFG_JSON_NONFINITE, NULL, NULL)) {
        status = offer_document(text->session, document, &known, err);
        pfg_json_free(document);
    }
    return status;
}

static void begin_listeners(struct text *text)
{
    const struct pfg_ingester *ingester;
    size_t i = 0;

    while ((ingester = pfg_session_next(text->session, &i))) {
        struct listener listener = {.ingester = ingester};

        if (ingester->line) {
            listener.state = pfg_alloc(ingester->state_size + 1);
            pfg_vec_push(&text->listeners, NULL, listener);
        }
    }
}

/* Ends the text for every listener, and lets them begin anew. */
static void finish_listeners(struct text *text)
{
    struct pfg_session *session = text->session;

    for (size_t i = 0; i < text->listeners.n; i++) {
        struct listener *listener = &text->listeners.at[i];

        session->current = listener->ingester;
        if (listener->ingester->finish) {
            listener->ingester->finish(&session->reader, listener->state);
        }
        memset(listener->state, 0, listener->ingester->state_size);
    }
    pfg_arena_clear(session->reader.arena);
}

static void end_listeners(struct text *text)
{
    for (size_t i = 0; i < text->listeners.n; i++) {
        free(text->listeners.at[i].state);
    }
    pfg_vec_free(&text->listeners);
    pfg_arena_clear(text->session->reader.arena);
}

/* "perfgate-round: N", as `perfgate run` writes it between two runs of the
 * harness: what follows is another process, whatever it looks like. */
static bool take_round(struct text *text, const struct pfg_line *line)
{
    struct pfg_session *session = text->session;
    struct pfg_process_start start = {.time = line->time};
    struct pfg_slice rest = line->text;
    uint64_t round;

    if (!pfg_take(&rest, "perfgate-round:") ||
        pfg_number_parse_u64(&round, pfg_slice_trim(rest)) ||
        round > 1000000000) {
        return false;
    }
    finish_listeners(text);
    start.round = session->round = (long)round;
    session->sink.process(session->sink.self, &start);
    return true;
}

static void warn_of_cut(struct text *text)
{
    if (++text->n_cut <= MAX_CUT_WARNINGS) {
        pfg_reader_warn(&text->session->reader,
                        "line longer than %zu MiB: the rest of it is ignored",
                        PFG_LINE_MAX >> 20);
    }
}

static int hear_line(struct text *text, struct pfg_slice line,
                     struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    const struct pfg_ingester *owner = NULL;

    for (size_t i = 0; i < text->listeners.n; i++) {
        const struct listener *listener = &text->listeners.at[i];

        session->current = listener->ingester;
        if (listener->ingester->line(&session->reader, listener->state, line) !=
            PFG_MINE) {
            continue;
        }
        if (owner) {
            two_claims(session, owner, listener->ingester, err);
            return -1;
        }
        owner = listener->ingester;
    }
    return owner || !text->json ? 0 : try_line_as_document(text, line, err);
}

static int read_lines(struct text *text, struct pfg_input *input,
                      struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    struct pfg_line line;
    int status;

    while ((status = pfg_input_next_line(input, &line, err)) > 0) {
        session->n_lines++;
        session->reader.pos.line = line.number;
        session->reader.time = line.time;
        if (line.cut) {
            warn_of_cut(text);
        }
        if (!take_round(text, &line) && hear_line(text, line.text, err)) {
            return -1;
        }
    }
    if (status < 0) {
        return -1;
    }
    finish_listeners(text);
    session->reader.pos.line = 0;
    if (text->n_cut > MAX_CUT_WARNINGS) {
        pfg_reader_warn(&session->reader, "%zu more lines were cut",
                        text->n_cut - MAX_CUT_WARNINGS);
    }
    return 0;
}

static int read_text(struct pfg_session *session, struct pfg_input *input,
                     bool json, struct pfg_error *err)
{
    struct text text = {.session = session, .json = json};
    int status;

    begin_listeners(&text);
    status = read_lines(&text, input, err);
    end_listeners(&text);
    return status;
}

/* What began like JSON and is none: a log may begin with a brace. Where the
 * lines say nothing either, the JSON error is what helps. */
static int read_bytes_as_text(struct pfg_session *session,
                              struct pfg_slice bytes,
                              const struct pfg_error *problem,
                              struct pfg_error *err)
{
    size_t n_events = session->n_events;
    struct pfg_input *input;
    int status;

    if (pfg_input_open_memory(&input, bytes, session->reader.pos.file, err)) {
        return -1;
    }
    status = read_text(session, input, true, err);
    pfg_input_close(input);
    if (session->n_events == n_events) {
        session->why = *problem;
    }
    return status;
}

static void unknown_document(struct pfg_session *session)
{
    const struct pfg_ingester *ingester;
    struct pfg_str names;
    size_t i = 0;

    pfg_str_init(&names, 0);
    while ((ingester = pfg_session_next(session, &i))) {
        if (ingester->document) {
            pfg_str_printf(&names, "%s%s", names.len ? ", " : "",
                           ingester->name);
        }
    }
    pfg_fail(&session->why, PFG_DATA, "'%s' is JSON, but no benchmark results",
             session->reader.pos.file);
    pfg_hint(&session->why, "looked for the documents of %s", names.ptr);
    pfg_str_free(&names);
}

/* One document, or several one after the other. */
static int read_values(struct pfg_session *session, struct pfg_slice bytes,
                       struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_trim_left(bytes);
    struct pfg_error problem = {0};
    size_t n_known = 0, n_values = 0;

    session->reader.pos.line =
        1 + count_lines(pfg_slice_first(bytes, bytes.len - rest.len));
    do {
        bool known = false;

        if (read_value(session, &rest, &known, &problem)) {
            break;
        }
        n_known += known;
        n_values++;
    } while (rest.len);
    if (session->conflict) {
        *(err ? err : &problem) = problem;
        return -1;
    }
    if (rest.len && !n_known) {
        return read_bytes_as_text(session, bytes, &problem, err);
    }
    if (!n_known) {
        unknown_document(session);
    } else if (rest.len || n_known < n_values) {
        pfg_reader_warn(&session->reader, "%s",
                        rest.len ? "what follows the JSON here is ignored"
                                 : "some of the documents were not recognised");
    }
    return 0;
}

static int read_document(struct pfg_session *session, struct pfg_input *input,
                         struct pfg_error *err)
{
    struct pfg_str bytes;
    int status;

    pfg_str_init(&bytes, 0);
    status = pfg_input_read_all(input, &bytes, PFG_DOCUMENT_MAX, err);
    if (!status) {
        status = read_values(session, pfg_str_slice(&bytes), err);
    }
    pfg_str_free(&bytes);
    return status;
}

enum shape {
    SHAPE_TEXT,
    SHAPE_JSON_LINES,
    SHAPE_DOCUMENT,
};

/* By the first bytes. A first line that is a whole JSON value, with more
 * lines after it, makes JSON lines. */
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

/* A format that was asked for is read as it can be read. */
static enum shape shape_for(const struct pfg_session *session,
                            struct pfg_slice head)
{
    const struct pfg_ingester *forced = session->forced;
    enum shape shape = look(head);

    if (forced && !forced->document && forced->line) {
        return shape == SHAPE_DOCUMENT ? SHAPE_JSON_LINES : shape;
    }
    if (forced && forced->document && !forced->line) {
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
    if (forced && !forced->line && !forced->document) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' reads directories, and '%s' is a file",
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
    if (pfg_input_peek(input, &head, err) || check_head(session, head, err)) {
        return -1;
    }
    switch (shape_for(session, head)) {
    case SHAPE_DOCUMENT:
        status = read_document(session, input, err);
        break;
    case SHAPE_JSON_LINES:
        status = read_text(session, input, true, err);
        break;
    default:
        status = read_text(session, input, false, err);
        break;
    }
    *known = session->n_events > n_events;
    return status;
}
