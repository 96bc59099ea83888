#ifndef PFG_INGEST_DISPATCH_EMBEDDED_DOCUMENT_H
#define PFG_INGEST_DISPATCH_EMBEDDED_DOCUMENT_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/str.h"

/*
 * Documents that stand inside a text: JSON that a program prints behind lines
 * of its own, over one line or many; what is assigned to a variable of a
 * script ("window.DATA = {"); XML. Its lines are noted while everybody hears
 * them as ever, so that a brace in a log takes nothing from anybody; what one
 * of them claims is not a document. Internal to the dispatcher
 * (dispatch_text.c).
 */
struct pfg_embedded_document {
    bool open, is_xml;
    long line; /* where it began */
    struct pfg_str text;
    size_t n_lines;
    size_t checked; /* so much of it is JSON, as far as it goes */
    size_t depth;   /* JSON: of brackets */
    bool in_string;
    char end[64]; /* XML: "</Name>" */
};

enum pfg_embedded_document_status {
    PFG_EMBEDDED_DOCUMENT_NONE, /* no document, or not any more */
    PFG_EMBEDDED_DOCUMENT_MORE, /* it goes on */
    PFG_EMBEDDED_DOCUMENT_DONE, /* all of it stands in `text` */
};

void pfg_embedded_document_begin(struct pfg_embedded_document *inset);
void pfg_embedded_document_end(struct pfg_embedded_document *inset);

/* Forgets what was noted. */
void pfg_embedded_document_drop(struct pfg_embedded_document *inset);

/* A line that nobody claimed. */
enum pfg_embedded_document_status pfg_embedded_document_line(
    struct pfg_embedded_document *inset, struct pfg_slice line, long number);

/*
 * A JSON document that breaks off, as far as it is whole: up to the last
 * object of the outermost list, or the last member of the objects around, with
 * the brackets closed behind it. False where nothing is whole.
 */
bool pfg_embedded_document_mend(struct pfg_embedded_document *inset);

#endif
