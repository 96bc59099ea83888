#ifndef PFG_INGEST_DISPATCH_EMBEDDED_DOCUMENT_H
#define PFG_INGEST_DISPATCH_EMBEDDED_DOCUMENT_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/str.h"

/*
 * Documents inside a text: JSON that a program prints after its own lines, on
 * one line or many; JSON assigned to a variable of a script ("window.DATA =
 * {"); XML. Their lines are collected while all listeners still see them, so a
 * brace in a log hides nothing. If a listener claims one of the lines, they are
 * not a document. Internal to the dispatcher (dispatch_text.c).
 */
struct pfg_embedded_document {
    bool open, is_xml;
    long line; /* its first line */
    struct pfg_str text;
    size_t n_lines;
    size_t checked; /* length of the text when it was last checked as JSON */
    size_t depth;   /* JSON: number of open brackets */
    bool in_string;
    char end[64]; /* XML: "</Name>" */
};

enum pfg_embedded_document_status {
    PFG_EMBEDDED_DOCUMENT_NONE, /* not in a document */
    PFG_EMBEDDED_DOCUMENT_MORE, /* the document continues */
    PFG_EMBEDDED_DOCUMENT_DONE, /* `text` holds the whole document */
};

void pfg_embedded_document_begin(struct pfg_embedded_document *inset);
void pfg_embedded_document_end(struct pfg_embedded_document *inset);

/* Discards the lines collected so far. */
void pfg_embedded_document_drop(struct pfg_embedded_document *inset);

/* Adds a line that no listener claimed. */
enum pfg_embedded_document_status pfg_embedded_document_line(
    struct pfg_embedded_document *inset, struct pfg_slice line, long number);

/*
 * Cuts an incomplete JSON document after its last complete part and closes the
 * open brackets: after the last object of the outermost list, or the last
 * member of the objects around it. Returns false if no part is complete.
 */
bool pfg_embedded_document_mend(struct pfg_embedded_document *inset);

#endif
