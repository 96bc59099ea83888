#include "ingest/dispatch/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/number.h"
#include "ingest/dispatch/csv_table.h"
#include "ingest/dispatch/embedded_document.h"

#define MAX_CUT_WARNINGS 20

/* A set of listeners, one bit each. */
struct listeners {
    uint64_t words[PFG_INGESTERS_MAX / 64];
};

struct text {
    struct pfg_session *session;
    PFG_VEC(struct pfg_listener) listeners;
    struct pfg_csv_table table;
    struct pfg_embedded_document inset;
    size_t front;                  /* asked first, see PFG_ONLY_MINE */
    struct listeners always;       /* get every line */
    struct listeners awake;        /* `always`, and who claimed a line of this
                                      text */
    struct listeners by_byte[256]; /* get the lines that begin with this byte */
    struct listeners used;         /* their `line` may have changed the state */
    bool offered_table;            /* and so may any `header` */
    size_t n_cut;
    long n_before; /* lines of the input before this text */
    bool json;     /* each line is a JSON value and may be a document */
};

/* Offers a document that was found in the text, with the reader at its first
 * line. If it is not JSON, or no ingester knows it, it is only text. */
static int offer_inset(struct text *text, bool *known, struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    struct pfg_slice bytes = pfg_str_slice(&text->inset.text);
    struct pfg_json_document *document;
    long here = session->reader.pos.line;
    int status = 0;

    session->reader.pos.line = text->inset.line;
    if (text->inset.is_xml) {
        status = pfg_session_offer_xml(session, bytes, err);
    } else if (!pfg_json_parse(&document, bytes, session->reader.pos.file,
                               PFG_JSON_NONFINITE, NULL)) {
        status = pfg_session_offer_document(session, document, known, err);
        pfg_json_free(document);
    }
    session->reader.pos.line = here;
    return status;
}

/* A line that no listener claims may be part of a document. */
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

/* The text ends inside a document, because its program was killed or the file
 * was cut. The complete part is used. */
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

/* Removes listener i from the set; false if it was not there. */
static bool take_out(struct listeners *set, size_t i)
{
    uint64_t bit = UINT64_C(1) << i % 64;
    bool found = set->words[i / 64] & bit;

    set->words[i / 64] &= ~bit;
    return found;
}

/* The first listener in the set; false if it is empty. */
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

/* Determines which listeners get which lines at the start of a text. */
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
            pfg_vec_push(&text->listeners, NULL, listener);
        }
    }
    find_beginnings(text);
    text->awake = text->always;
}

/* The state of a listener that is about to be asked. */
static void *state_of(struct pfg_listener *listener)
{
    if (!listener->state) {
        listener->state = pfg_alloc(listener->ingester->state_size + 1);
    }
    return listener->state;
}

static void renew_state(struct pfg_session *session,
                        const struct pfg_listener *listener)
{
    if (listener->ingester->restart) {
        listener->ingester->restart(&session->reader, listener->state);
    } else {
        memset(listener->state, 0, listener->ingester->state_size);
    }
}

/* Ends the text for every listener and resets them for the next. */
static int finish_listeners(struct text *text, struct pfg_error *err)
{
    struct pfg_session *session = text->session;

    pfg_csv_table_finish(&text->table);
    if (finish_inset(text, err)) {
        return -1;
    }
    for (size_t i = 0; i < text->listeners.n; i++) {
        struct pfg_listener *listener = &text->listeners.at[i];

        if (!is_in(&text->used, i) &&
            !(text->offered_table && listener->ingester->header)) {
            continue;
        }
        session->reader.ingester = listener->ingester;
        if (listener->ingester->finish) {
            listener->ingester->finish(&session->reader, listener->state);
        }
        renew_state(session, listener);
    }
    text->awake = text->always;
    text->used = (struct listeners){0};
    text->offered_table = false;
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
    pfg_arena_clear(text->session->reader.text_arena);
}

/* Reads "perfgate-round: N", which `perfgate run` writes between two runs of
 * the harness: whatever follows belongs to another process. Returns 1 for such
 * a line, 0 for any other, -1 on error. */
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

/* The listeners that get this line. */
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

/* Stores in *heard whether a listener claimed the line. Returns -1 if two did.
 */
static int offer_to_listeners(struct text *text, struct pfg_slice line,
                              bool *heard, struct pfg_error *err)
{
    struct pfg_session *session = text->session;
    const struct pfg_ingester *owner = NULL;
    enum pfg_claim claim = PFG_NOT_MINE;
    struct listeners rest = asked(text, line);
    size_t i = text->front;

    do {
        struct pfg_listener *listener;

        if (!take_out(&rest, i)) {
            continue; /* `front` does not get this line */
        }
        listener = &text->listeners.at[i];
        if (owner && listener->ingester->last) {
            continue;
        }
        add(&text->used, i);
        session->reader.ingester = listener->ingester;
        claim = listener->ingester->line(&session->reader, state_of(listener),
                                         line);
        if (claim == PFG_NOT_MINE) {
            continue;
        }
        if (owner) {
            pfg_session_two_claims(session, owner, listener->ingester, err);
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

/* Offers the lines of a refused record to the listeners. They cannot begin a
 * table, so that no line is offered more than twice. */
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

    for (size_t i = 0; i < text->listeners.n && !text->offered_table; i++) {
        if (text->listeners.at[i].ingester->header) {
            state_of(&text->listeners.at[i]);
        }
    }
    text->offered_table = true;
    if (pfg_csv_table_offer(&text->table, text->listeners.at, text->listeners.n,
                            line, rivals)) {
        pfg_session_two_claims(text->session, rivals[0], rivals[1], err);
        return -1;
    }
    return 0;
}

/* Remembers the first line that looks like human-readable output. */
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

int pfg_session_read_text(struct pfg_session *session, struct pfg_input *input,
                          long n_before, bool json, struct pfg_error *err)
{
    struct text text = {.session = session, .n_before = n_before, .json = json};
    int status;

    begin_listeners(&text);
    status = read_lines(&text, input, err);
    end_listeners(&text);
    return status;
}
