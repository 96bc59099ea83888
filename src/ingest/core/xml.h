#ifndef PFG_INGEST_CORE_XML_H
#define PFG_INGEST_CORE_XML_H

#include "base/str.h"
#include "ingest/core/ingest.h"

/*
 * A tool's XML, element by element. Reading stops at a document type: no tool
 * writes one, and entities may be bombs.
 */
struct pfg_xml {
    struct pfg_reader *reader;
    void *self;          /* the handlers' own */
    size_t depth;        /* of the element: the root has 0 */
    struct pfg_str text; /* in it, from its last tag on; cut at some length */
    const struct pfg_xml_handlers *handlers;
    void *parser;
    bool ours, stopped;
};

struct pfg_xml_handlers {
    const char *roots[3]; /* the names of the tool's roots */
    /* `all`: names and values of attributes by turns, ended by NULL */
    void (*start)(struct pfg_xml *xml, const char *name, const char **all);
    void (*end)(struct pfg_xml *xml, const char *name); /* NULL: none */
};

/* For `xml` of an ingester. What was whole of a document that breaks off has
 * been handed over; the run is marked as failed. */
enum pfg_claim pfg_xml_read(struct pfg_reader *reader, struct pfg_slice text,
                            const struct pfg_xml_handlers *handlers,
                            void *self);

/* An attribute's value, NULL where there is none: borrowed until the handler
 * returns, and kept in the reader's arena. */
const char *pfg_xml_find(const char **all, const char *name);
const char *pfg_xml_keep(const struct pfg_xml *xml, const char **all,
                         const char *name);

/* The line of the input that the tag stands on. */
long pfg_xml_line(const struct pfg_xml *xml);

/* A failure of the run, at that line. */
void pfg_xml_fail(struct pfg_xml *xml, const char *message);

#endif
