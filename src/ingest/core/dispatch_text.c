#include "ingest/core/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/number.h"
#include "ingest/core/csv_table.h"
#include "ingest/core/embedded_document.h"
#include "json/scan.h"

#define MAX_CUT_WARNINGS 20

/* A set of listeners, a bit each. */
struct listeners {
    uint64_t words[PFG_INGESTERS_MAX / 64];
};

struct text {
    struct pfg_session *session;
    PFG_VEC(struct pfg_listener) listeners;
    struct pfg_csv_table table;
    struct pfg_embedded_document inset;
    size_t front; /* the listener who is asked first: see PFG_ONLY_MINE */
    struct listeners always;       /* are asked about every line */
    struct listeners awake;        /* those, and who had a line of this text */
    struct listeners by_byte[256]; /* about one that begins with that byte */
    struct listeners used;         /* were asked, and may remember it */
    size_t n_cut;
    long n_before; /* lines of the input in front of this text */
    bool json;     /* each line is a JSON value: it may be a document */
};

static void two_claims(struct pfg_session *session,
                       const struct pfg_ingester *a,
                       const struct pfg_ingester *b, struct pfg_error *err)
{
    session->conflict = true;
    pfg_fail_at(err, PFG_DATA, session->reader.pos,
                "both %s and %s match this input", a->name, b->name);
    pfg_hint(err, "choose one with --format %s or --format %s", a->name,
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
        session->reader.ingester = ingester;
        if (!ingester->document || (owner && ingester->last) ||
            ingester->document(&session->reader, document) != PFG_MINE) {
            continue;
        }
        if (owner) {
            two_claims(session, owner, ingester, err);
            return -1;
        }
        owner = ingester;
    }
    if (owner) {
        session->reader.ingester = owner;
        session->reader.n_claimed += !owner->last;
    }
    *known |= owner != NULL;
    return 0;
}

static int offer_xml(struct pfg_session *session, struct pfg_slice text,
                     struct pfg_error *err)
{
    const struct pfg_ingester *ingester, *owner = NULL;
    size_t i = 0;

    while ((ingester = pfg_session_next(session, &i))) {
        session->reader.ingester = ingester;
        if (!ingester->xml ||
            ingester->xml(&session->reader, text) != PFG_MINE) {
            continue;
        }
        if (owner) {
            two_claims(session, owner, ingester, err);
            return -1;
        }
        owner = ingester;
    }
    session->reader.n_claimed += owner != NULL;
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
                       err)) {
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

/* A document that stood in the text, with the reader's place at its first
 * line. One that is no JSON, or nobody's, is a text like any other. */
static int offer_inset(struct text *text, bool *known, struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    struct pfg_slice bytes = pfg_str_slice(&text->inset.text);
    struct pfg_json_document *document;
    long here = session->reader.pos.line;
    int status = 0;

    session->reader.pos.line = text->inset.line;
    if (text->inset.is_xml) {
        status = offer_xml(session, bytes, err);
    } else if (!pfg_json_parse(&document, bytes, session->reader.pos.file,
                               PFG_JSON_NONFINITE, NULL)) {
        status = offer_document(session, document, known, err);
        pfg_json_free(document);
    }
    session->reader.pos.line = here;
    return status;
}

/* A line that no listener wants may be of a document. */
static int note_inset(struct text *text, struct pfg_slice line,
                      struct pfg_error *err)
{
    bool known = false;
    int status;

    if (pfg_embedded_document_line(&text->inset, line,
                                   text->session->reader.pos.line) !=
        PFG_EMBEDDED_DOCUMENT_DONE) {
        return 0;
    }
    status = offer_inset(text, &known, err);
    pfg_embedded_document_drop(&text->inset);
    return status;
}

/* The text ends inside a document: its program was killed, or the file was
 * cut. What is whole of it is taken. */
static int finish_inset(struct text *text, struct pfg_error *err)
{
    struct pfg_reader *reader = &text->session->reader;
    long here = reader->pos.line;
    bool known = false;
    int status = 0;

    if (text->inset.open &&
        (text->inset.is_xml || pfg_embedded_document_mend(&text->inset))) {
        status = offer_inset(text, &known, err);
    }
    if (known) {
        reader->pos.line = text->inset.line;
        pfg_reader_fail(reader,
                        "the JSON that begins here is cut off on line %ld: the "
                        "complete results before it are used",
                        here);
        reader->pos.line = here;
    }
    pfg_embedded_document_drop(&text->inset);
    return status;
}

static void add(struct listeners *set, size_t i)
{
    set->words[i / 64] |= UINT64_C(1) << i % 64;
}

/* Takes listener i out of the set; false: he is not in it. */
static bool take_out(struct listeners *set, size_t i)
{
    uint64_t bit = UINT64_C(1) << i % 64;
    bool found = set->words[i / 64] & bit;

    set->words[i / 64] &= ~bit;
    return found;
}

/* The first one of the set; false: it is empty. */
static bool find_first(size_t *i, const struct listeners *set)
{
    for (size_t k = 0; k < PFG_COUNT(set->words); k++) {
        if (set->words[k]) {
            *i = k * 64 + (size_t)__builtin_ctzll(set->words[k]);
            return true;
        }
    }
    return false;
}

static bool is_in(const struct listeners *set, size_t i)
{
    return set->words[i / 64] & UINT64_C(1) << i % 64;
}

static void add_all(struct listeners *set, const struct listeners *more)
{
    for (size_t k = 0; k < PFG_COUNT(set->words); k++) {
        set->words[k] |= more->words[k];
    }
}

/* Who is asked about which lines from the beginning on. */
static void find_beginnings(struct text *text)
{
    for (size_t i = 0; i < text->listeners.n; i++) {
        const struct pfg_ingester *ingester = text->listeners.at[i].ingester;
        bool begins[256];

        if (!ingester->line) {
            continue;
        }
        if (text->session->forced || !pfg_session_begins(begins, ingester)) {
            add(&text->always, i);
            continue;
        }
        for (size_t byte = 0; byte < 256; byte++) {
            if (begins[byte]) {
                add(&text->by_byte[byte], i);
            }
        }
    }
}

static void begin_listeners(struct text *text)
{
    const struct pfg_ingester *ingester;
    size_t i = 0;

    pfg_csv_table_begin(&text->table, text->session);
    pfg_embedded_document_begin(&text->inset);
    while ((ingester = pfg_session_next(text->session, &i))) {
        struct pfg_listener listener = {.ingester = ingester};

        if (ingester->line || ingester->header) {
            listener.state = pfg_alloc(ingester->state_size + 1);
            pfg_vec_push(&text->listeners, NULL, listener);
        }
    }
    find_beginnings(text);
    text->awake = text->always;
}

/* Ends the text for every listener, and lets them begin anew. */
static int finish_listeners(struct text *text, struct pfg_error *err)
{
    struct pfg_session *session = text->session;

    pfg_csv_table_finish(&text->table);
    if (finish_inset(text, err)) {
        return -1;
    }
    for (size_t i = 0; i < text->listeners.n; i++) {
        struct pfg_listener *listener = &text->listeners.at[i];

        session->reader.ingester = listener->ingester;
        if (listener->ingester->finish) {
            listener->ingester->finish(&session->reader, listener->state);
        }
        if (listener->ingester->header || is_in(&text->used, i)) {
            memset(listener->state, 0, listener->ingester->state_size);
        }
    }
    text->awake = text->always;
    text->used = (struct listeners){0};
    pfg_session_forget(session);
    return 0;
}

static void end_listeners(struct text *text)
{
    pfg_csv_table_end(&text->table);
    pfg_embedded_document_end(&text->inset);
    for (size_t i = 0; i < text->listeners.n; i++) {
        free(text->listeners.at[i].state);
    }
    pfg_vec_free(&text->listeners);
    pfg_session_forget(text->session);
}

/* "perfgate-round: N", as `perfgate run` writes it between two runs of the
 * harness: what follows is another process, whatever it looks like. 1 where it
 * is that, 0 where it is not, -1. */
static int read_round(struct text *text, const struct pfg_line *line,
                      struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    struct pfg_process_start start = {.time = line->time};
    struct pfg_slice rest = line->text;
    uint64_t round;

    if (!pfg_take(&rest, "perfgate-round:") ||
        pfg_number_parse_u64(&round, pfg_slice_trim(rest)) ||
        round > 1000000000) {
        return 0;
    }
    if (finish_listeners(text, err)) {
        return -1;
    }
    start.round = session->round = (long)round;
    session->sink.process(session->sink.self, &start);
    return 1;
}

static void warn_of_cut(struct text *text)
{
    if (++text->n_cut <= MAX_CUT_WARNINGS) {
        pfg_reader_warn(&text->session->reader,
                        "line longer than %zu MiB: the rest of it is ignored",
                        PFG_LINE_MAX >> 20);
    }
}

/* Those who are asked about a line. */
static struct listeners asked(const struct text *text, struct pfg_slice line)
{
    struct listeners out = text->awake;
    size_t i = 0;

    while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t')) {
        i++;
    }
    if (i < line.len) {
        add_all(&out, &text->by_byte[(unsigned char)line.ptr[i]]);
    }
    return out;
}

/* Whether it is somebody's line; -1 where two claim it. */
static int offer_to_listeners(struct text *text, struct pfg_slice line,
                              bool *heard, struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    const struct pfg_ingester *owner = NULL;
    enum pfg_claim claim = PFG_NOT_MINE;
    struct listeners rest = asked(text, line);
    size_t i = text->front;

    add_all(&text->used, &rest);
    do {
        const struct pfg_listener *listener;

        if (!take_out(&rest, i)) {
            continue; /* the front, who is not asked */
        }
        listener = &text->listeners.at[i];
        if (owner && listener->ingester->last) {
            continue;
        }
        session->reader.ingester = listener->ingester;
        claim =
            listener->ingester->line(&session->reader, listener->state, line);
        if (claim == PFG_NOT_MINE) {
            continue;
        }
        if (owner) {
            two_claims(session, owner, listener->ingester, err);
            return -1;
        }
        owner = listener->ingester;
        add(&text->awake, i);
        text->front = claim == PFG_ONLY_MINE ? i : text->front;
        session->reader.n_claimed += !owner->last;
    } while (claim != PFG_ONLY_MINE && find_first(&i, &rest));
    *heard = owner != NULL;
    return 0;
}

/* The lines of a record that was none. They begin no table, so that nothing is
 * heard more than twice. */
static int offer_again(struct text *text, struct pfg_error *err)
{
    struct pfg_reader *reader = &text->session->reader;
    struct pfg_slice rest = pfg_str_slice(&text->table.csv.raw);
    long here = reader->pos.line;
    bool heard;

    reader->pos.line = text->table.csv.line;
    while (rest.len) {
        if (offer_to_listeners(text, pfg_take_until(&rest, '\n'), &heard,
                               err)) {
            return -1;
        }
        reader->pos.line++;
    }
    reader->pos.line = here;
    return 0;
}

static int offer_table(struct text *text, struct pfg_slice line,
                       struct pfg_error *err)
{
    const struct pfg_ingester *rivals[2];

    if (pfg_csv_table_offer(&text->table, text->listeners.at, text->listeners.n,
                            line, rivals)) {
        two_claims(text->session, rivals[0], rivals[1], err);
        return -1;
    }
    return 0;
}

/* What is printed for people is worth a word, once a text. */
static void note_foreign(struct pfg_session *session, struct pfg_slice line,
                         bool heard)
{
    if (!heard && !session->foreign && line.len > 8) {
        session->foreign = pfg_foreign_text_find(line);
        session->foreign_at = session->reader.pos;
    }
}

static int offer_line(struct text *text, struct pfg_slice line,
                      struct pfg_error *err)
{
    bool heard = false;

    if (text->table.owner) {
        if (pfg_csv_table_line(&text->table, line) == PFG_MINE) {
            return 0;
        }
        if (text->table.csv.raw.len) {
            return offer_again(text, err);
        }
    }
    if (offer_to_listeners(text, line, &heard, err)) {
        return -1;
    }
    note_foreign(text->session, line, heard);
    if (heard) {
        if (text->inset.open) {
            pfg_embedded_document_drop(&text->inset);
        }
        return 0;
    }
    if (note_inset(text, line, err)) {
        return -1;
    }
    return text->json || text->inset.open ? 0 : offer_table(text, line, err);
}

static int read_lines(struct text *text, struct pfg_input *input,
                      struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    struct pfg_line line;
    int status, round;

    while ((status = pfg_input_next_line(input, &line, err)) > 0) {
        session->n_lines++;
        session->reader.pos.line = text->n_before + line.number;
        session->reader.time = line.time;
        if (line.cut) {
            warn_of_cut(text);
        }
        round = read_round(text, &line, err);
        if (round < 0 || (!round && offer_line(text, line.text, err))) {
            return -1;
        }
        if (pfg_session_is_full(session)) {
            return 0;
        }
    }
    if (status < 0) {
        return -1;
    }
    if (finish_listeners(text, err)) {
        return -1;
    }
    session->reader.pos.line = 0;
    if (text->n_cut > MAX_CUT_WARNINGS) {
        pfg_reader_warn(&session->reader, "%zu more lines were truncated",
                        text->n_cut - MAX_CUT_WARNINGS);
    }
    return 0;
}

static int read_text(struct pfg_session *session, struct pfg_input *input,
                     long n_before, bool json, struct pfg_error *err)
{
    struct text text = {.session = session, .n_before = n_before, .json = json};
    int status;

    begin_listeners(&text);
    status = read_lines(&text, input, err);
    end_listeners(&text);
    return status;
}

/* What is no JSON, or not all of it: a log may begin with a brace, or go on
 * after a document. */
static int read_bytes_as_text(struct pfg_session *session,
                              struct pfg_slice bytes, long n_before,
                              struct pfg_error *err)
{
    struct pfg_input *input;
    int status;

    if (pfg_input_open_memory(&input, bytes, session->reader.pos.file, err)) {
        return -1;
    }
    status = read_text(session, input, n_before, true, err);
    pfg_input_close(input);
    return status;
}

/* Where the lines say nothing either, the JSON error is what helps. */
static int read_after_problem(struct pfg_session *session,
                              struct pfg_slice bytes, struct pfg_slice rest,
                              size_t n_known, const struct pfg_error *problem,
                              struct pfg_error *err)
{
    size_t n_events = session->n_events;
    struct pfg_pos pos = session->reader.pos;

    if (!n_known) {
        rest = bytes;
        pos.line = 1;
    }
    if (read_bytes_as_text(session, rest, pos.line - 1, err)) {
        return -1;
    }
    if (session->n_events == n_events && n_known) {
        session->reader.pos = pos;
        pfg_reader_warn(&session->reader,
                        "ignoring what follows the JSON here: %s",
                        problem->message);
    } else if (session->n_events == n_events) {
        session->why = *problem;
    }
    return 0;
}

static void unknown_document(struct pfg_session *session)
{
    pfg_fail(&session->why, PFG_DATA,
             "'%s' is JSON, but contains no benchmark results",
             session->reader.pos.file);
    pfg_hint(&session->why,
             "it matches none of the formats listed in docs/formats.md");
}

/* Several documents one after the other, or what is not all JSON. */
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
    } while (rest.len && !pfg_session_is_full(session));
    if (session->conflict) {
        *(err ? err : &problem) = problem;
        return -1;
    }
    if (rest.len) {
        return read_after_problem(session, bytes, rest, n_known, &problem, err);
    }
    if (!n_known) {
        unknown_document(session);
    } else if (n_known < n_values) {
        pfg_reader_warn(&session->reader,
                        "some of the documents were not recognised");
    }
    return 0;
}

/* Nearly always it is one document, which takes the bytes over. */
static int read_whole(struct pfg_session *session, struct pfg_str *bytes,
                      struct pfg_error *err)
{
    struct pfg_json_document *document;
    bool known = false;
    int status;

    if (pfg_json_parse_taking(&document, bytes, session->reader.pos.file,
                              PFG_JSON_NONFINITE, NULL)) {
        return read_values(session, pfg_str_slice(bytes), err);
    }
    session->reader.pos.line = 1;
    status = offer_document(session, document, &known, err);
    pfg_json_free(document);
    if (!status && !known) {
        unknown_document(session);
    }
    return status;
}

static int read_document(struct pfg_session *session, struct pfg_input *input,
                         struct pfg_error *err)
{
    struct pfg_str bytes;
    int status;

    pfg_str_init(&bytes, 0);
    status = pfg_input_read_all(input, &bytes, PFG_DOCUMENT_MAX, err);
    if (!status) {
        status = read_whole(session, &bytes, err);
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

static bool takes_lines(const struct pfg_ingester *ingester)
{
    return ingester->line || ingester->header || ingester->xml;
}

/* A format that was asked for is read as it can be read. */
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
        status = read_document(session, input, err);
        break;
    case SHAPE_JSON_LINES:
        status = read_text(session, input, 0, true, err);
        break;
    default:
        status = read_text(session, input, 0, false, err);
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
