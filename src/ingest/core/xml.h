#ifndef PFG_INGEST_CORE_XML_H
#define PFG_INGEST_CORE_XML_H

#include "base/str.h"
#include "ingest/core/ingest.h"

/*
 * A tool's XML, element by element. Reading stops at a document type
 * declaration: no tool writes one, and its entities could be a bomb.
 */
struct pfg_xml {
    struct pfg_reader *reader;
    void *self;          /* the caller's, for the handlers */
    size_t depth;        /* of the current element; 0 for the root */
    struct pfg_str text; /* since the last tag; cut after 1,000 bytes */
    const struct pfg_xml_handlers *handlers;
    void *parser;
    bool ours, stopped;
};

struct pfg_xml_handlers {
    const char *roots[3]; /* names of the tool's root elements, ended by NULL */
    /* `all`: the attributes, names and values alternating, ended by NULL */
    void (*start)(struct pfg_xml *xml, const char *name, const char **all);
    void (*end)(struct pfg_xml *xml, const char *name); /* or NULL */
};

/* Reads the document for an ingester's `xml`. If it breaks off, the handlers
 * have been called for the part before, and the run is marked as failed. */
enum pfg_claim pfg_xml_read(struct pfg_reader *reader, struct pfg_slice text,
                            const struct pfg_xml_handlers *handlers,
                            void *self);

/* An attribute's value, or NULL. pfg_xml_find() borrows it until the handler
 * returns; pfg_xml_copy() copies it to the reader's arena. */
const char *pfg_xml_find(const char **all, const char *name);
const char *pfg_xml_copy(const struct pfg_xml *xml, const char **all,
                         const char *name);

/* The line of the current tag in the input. */
long pfg_xml_line(const struct pfg_xml *xml);

/* Reports a failure of the run at the line of the current tag. */
void pfg_xml_fail(struct pfg_xml *xml, const char *message);

#endif
