#include "ingest/dispatch/session.h"

void pfg_session_two_claims(struct pfg_session *session,
                            const struct pfg_ingester *a,
                            const struct pfg_ingester *b, struct pfg_error *err)
{
    session->conflict = true;
    pfg_fail_at(err, PFG_DATA, session->reader.pos,
                "both %s and %s match this input", a->name, b->name);
    pfg_hint(err, "choose one with --format %s or --format %s", a->name,
             b->name);
}

int pfg_session_offer_document(struct pfg_session *session,
                               const struct pfg_json_document *document,
                               bool *known, struct pfg_error *err)
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
            pfg_session_two_claims(session, owner, ingester, err);
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

int pfg_session_offer_xml(struct pfg_session *session, struct pfg_slice text,
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
            pfg_session_two_claims(session, owner, ingester, err);
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

/* The length of the first JSON value, up to its closing bracket; all of `text`
 * if that is missing, and the parser then reports why. Letting the parser find
 * the end would copy the rest of the text for each of many documents. */
static size_t value_end(struct pfg_slice text)
{
    bool in_string = false;
    size_t depth = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (in_string) {
            i += c == '\\'; /* skip the escaped byte */
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

/* Reads and offers the JSON value at the front of *rest, and removes it and the
 * blanks after it. */
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
    status = pfg_session_offer_document(session, document, known, err);
    pfg_json_free(document);
    behind = pfg_slice_trim_left(behind);
    reader->pos.line +=
        count_lines(pfg_slice_first(*rest, rest->len - behind.len));
    *rest = behind;
    return status;
}

/* Reads bytes that are not JSON, or only partly. A log may begin with a brace
 * or go on after a document. */
static int read_bytes_as_text(struct pfg_session *session,
                              struct pfg_slice bytes, long n_before,
                              struct pfg_error *err)
{
    struct pfg_input *input;
    int status;

    if (pfg_input_open_memory(&input, bytes, session->reader.pos.file, err)) {
        return -1;
    }
    status = pfg_session_read_text(session, input, n_before, true, err);
    pfg_input_close(input);
    return status;
}

/* Reads what the JSON parser refused as lines. If these give nothing either,
 * the JSON error is the most helpful one. */
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

/* Reads several documents that follow one another, or bytes that are only
 * partly JSON. */
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

/* Nearly always the bytes are one document, which takes ownership of them. */
static int read_whole(struct pfg_session *session, struct pfg_str *bytes,
                      struct pfg_error *err)
{
    struct pfg_json_document *document;
    bool known = false;
    int status;

    if (pfg_json_parse_taking(&document, bytes, session->reader.pos.file,
                              PFG_JSON_NONFINITE, NULL, NULL)) {
        return read_values(session, pfg_str_slice(bytes), err);
    }
    session->reader.pos.line = 1;
    status = pfg_session_offer_document(session, document, &known, err);
    pfg_json_free(document);
    if (!status && !known) {
        unknown_document(session);
    }
    return status;
}

int pfg_session_read_document(struct pfg_session *session,
                              struct pfg_input *input, struct pfg_error *err)
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
