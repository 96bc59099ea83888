#include "ingest/dispatch/embedded_document.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "input/input.h"
#include "json/scan.h"

/* Up to this size the text is checked again for being JSON. */
#define CHECK_MAX ((size_t)64 << 10)
#define DEPTH_MAX 256

void pfg_embedded_document_begin(struct pfg_embedded_document *inset)
{
    *inset = (struct pfg_embedded_document){0};
    pfg_str_init(&inset->text, PFG_DOCUMENT_MAX);
}

void pfg_embedded_document_end(struct pfg_embedded_document *inset)
{
    pfg_str_free(&inset->text);
}

void pfg_embedded_document_drop(struct pfg_embedded_document *inset)
{
    if (inset->text.cap > CHECK_MAX) {
        pfg_str_free(&inset->text);
        pfg_str_init(&inset->text, PFG_DOCUMENT_MAX);
    }
    pfg_str_clear(&inset->text);
    inset->open = inset->in_string = false;
    inset->depth = inset->n_lines = inset->checked = 0;
}

/* The assigned value: "{" for "window.DATA = {". */
static struct pfg_slice assigned(struct pfg_slice line)
{
    size_t i = 0;

    while (i < line.len && (isalnum((unsigned char)line.ptr[i]) ||
                            strchr("_.$", line.ptr[i] ? line.ptr[i] : ' '))) {
        i++;
    }
    line =
        i ? pfg_slice_trim_left(pfg_slice_from(line, i)) : pfg_slice_of(NULL);
    return pfg_take(&line, "=") ? pfg_slice_trim_left(line)
                                : pfg_slice_of(NULL);
}

static bool is_bracket(struct pfg_slice text)
{
    return pfg_slice_starts(text, "{") || pfg_slice_starts(text, "[");
}

/* Whether JSON can have `rest` after the bracket. This is enough to tell it
 * from "[INFO] ready". */
static bool may_follow(char bracket, struct pfg_slice rest)
{
    const char *allowed = bracket == '{' ? "\"}" : "{[\"]-0123456789tfnNI";

    rest = pfg_slice_trim(rest);
    return !rest.len || (*rest.ptr && strchr(allowed, *rest.ptr));
}

static bool find_json(struct pfg_slice *out, struct pfg_slice line)
{
    struct pfg_slice text = line;

    if (!is_bracket(text)) {
        text = assigned(line);
    }
    *out = text;
    return is_bracket(text) && may_follow(*text.ptr, pfg_slice_from(text, 1));
}

/* Finds the start of an XML document. "<?xml" is kept with what follows it; the
 * root is the first element. */
static bool find_xml(struct pfg_embedded_document *inset, struct pfg_slice line)
{
    struct pfg_slice rest = line;
    size_t n = 0;

    if (pfg_slice_starts(line, "<?xml")) {
        size_t end = pfg_slice_find(line, "?>");

        inset->end[0] = '\0';
        rest = pfg_slice_trim_left(pfg_slice_from(line, end + 2));
        if (!rest.len) {
            return true;
        }
    }
    if (!pfg_take(&rest, "<")) {
        return false;
    }
    while (n < rest.len && isalnum((unsigned char)rest.ptr[n])) {
        n++;
    }
    if (!n || n > sizeof inset->end - 4) {
        return false;
    }
    snprintf(inset->end, sizeof inset->end, "</%.*s>", (int)n, rest.ptr);
    return true;
}

/* Adds a line of JSON. Returns true if it closes the last bracket. */
static bool add_json(struct pfg_embedded_document *inset, struct pfg_slice line)
{
    size_t i = 0;
    bool closed = false;

    for (; i < line.len && !closed; i++) {
        char c = line.ptr[i];

        if (inset->in_string) {
            i += c == '\\';
            inset->in_string = c != '"';
        } else if (c == '"') {
            inset->in_string = true;
        } else if (c == '{' || c == '[') {
            inset->depth++;
        } else if (c == '}' || c == ']') {
            closed = --inset->depth == 0;
        }
    }
    pfg_str_add(&inset->text, pfg_slice_first(line, i));
    pfg_str_putc(&inset->text, '\n');
    inset->in_string = false; /* JSON strings do not span lines */
    return closed;
}

/* Whether the text so far is not JSON after all. Asked at each line that begins
 * with a bracket, but only when the text has doubled since, so that a document
 * is not scanned once per line. */
static bool is_broken(struct pfg_embedded_document *inset)
{
    size_t offset = 0;

    if (inset->text.len > CHECK_MAX || inset->text.len < 2 * inset->checked) {
        return false;
    }
    inset->checked = inset->text.len;
    return pfg_json_scan(pfg_str_slice(&inset->text), NULL, 0, &offset) ==
               PFG_JSON_SCAN_BAD &&
           offset + 1 < inset->text.len;
}

static enum pfg_embedded_document_status open_inset(
    struct pfg_embedded_document *inset, struct pfg_slice line, long number)
{
    struct pfg_slice text;

    pfg_embedded_document_drop(inset);
    inset->line = number;
    if (find_json(&text, line)) {
        inset->is_xml = false;
    } else if (find_xml(inset, line)) {
        inset->is_xml = true;
        text = line;
    } else {
        return PFG_EMBEDDED_DOCUMENT_NONE;
    }
    inset->open = true;
    return pfg_embedded_document_line(inset, text, number);
}

static enum pfg_embedded_document_status add_xml(
    struct pfg_embedded_document *inset, struct pfg_slice line)
{
    pfg_str_add(&inset->text, line);
    pfg_str_putc(&inset->text, '\n');
    if (!*inset->end) {
        find_xml(inset, line);
    }
    return *inset->end && pfg_slice_has(line, inset->end)
               ? PFG_EMBEDDED_DOCUMENT_DONE
               : PFG_EMBEDDED_DOCUMENT_MORE;
}

enum pfg_embedded_document_status pfg_embedded_document_line(
    struct pfg_embedded_document *inset, struct pfg_slice line, long number)
{
    enum pfg_embedded_document_status status;

    if (inset->open && inset->n_lines && !inset->is_xml && is_bracket(line) &&
        is_broken(inset)) {
        inset->open = false;
    }
    if (inset->open && inset->n_lines == 1 && !inset->is_xml &&
        inset->text.len == 2 && !may_follow(*inset->text.ptr, line)) {
        inset->open = false;
    }
    if (!inset->open) {
        return open_inset(inset, line, number);
    }
    inset->n_lines++;
    status = inset->is_xml           ? add_xml(inset, line)
             : add_json(inset, line) ? PFG_EMBEDDED_DOCUMENT_DONE
                                     : PFG_EMBEDDED_DOCUMENT_MORE;
    if (inset->text.overflowed) {
        pfg_embedded_document_drop(inset);
        return PFG_EMBEDDED_DOCUMENT_NONE;
    }
    return status;
}

/* Open brackets, and where the document could be cut. */
struct mending {
    char open[DEPTH_MAX];
    size_t depth;
    size_t cut; /* length of the complete part; 0: none */
    char closing[DEPTH_MAX];
    size_t n_closing;
};

/* Notes a possible cut after a closed bracket: at an object in the outermost
 * list, or at a member of one of the two outermost objects. */
static void note_cut(struct mending *m, size_t offset, char closed)
{
    bool in_list = m->depth && m->open[m->depth - 1] == '[';

    for (size_t i = 0; i + 1 < m->depth; i++) {
        if (m->open[i] == '[') {
            return;
        }
    }
    if (!m->depth || (in_list ? closed != '}' : m->depth > 2)) {
        return;
    }
    m->cut = offset;
    m->n_closing = m->depth;
    for (size_t i = 0; i < m->depth; i++) {
        m->closing[i] = m->open[m->depth - 1 - i] == '{' ? '}' : ']';
    }
}

static void find_cut(struct mending *m, struct pfg_slice text)
{
    bool in_string = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (m->depth == DEPTH_MAX) {
                return;
            }
            m->open[m->depth++] = c;
        } else if (c == '}' || c == ']') {
            if (!m->depth) {
                return;
            }
            m->depth--;
            note_cut(m, i + 1, c);
        }
    }
}

bool pfg_embedded_document_mend(struct pfg_embedded_document *inset)
{
    struct mending mending = {.depth = 0};

    if (!inset->open || inset->is_xml) {
        return false;
    }
    find_cut(&mending, pfg_str_slice(&inset->text));
    if (!mending.cut) {
        return false;
    }
    inset->text.len = mending.cut;
    pfg_str_add(&inset->text,
                pfg_slice_make(mending.closing, mending.n_closing));
    return true;
}
