#ifndef PFG_INGEST_DISPATCH_SESSION_H
#define PFG_INGEST_DISPATCH_SESSION_H

#include "ingest/core/ingest.h"

/* What some tools print for people only, and what of theirs is read: "JMH",
 * "its output with -rf json". */
struct pfg_foreign_text {
    const char *begins, *holds; /* a line, blanks apart; holds: "" for any */
    const char *tool, *reads;
};

/* Whose line this is; NULL: nobody's. See foreign_text.c. */
const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line);

/*
 * One ingest, from its path to the caller's sink. Internal to the dispatcher
 * (dispatch.c, dispatch_documents.c, dispatch_text.c). The reader's sink is a
 * filter in front of the caller's: it notes who said something, repeats the
 * round of a `perfgate-round:` line in every process that begins under it, and
 * lets each file of a directory begin a process of its own.
 */
struct pfg_session {
    struct pfg_ingest_options options;
    const struct pfg_ingester *const *ingesters; /* ended by NULL */
    const struct pfg_ingester *all[PFG_INGESTERS_MAX + 1];
    const struct pfg_ingester *forced; /* NULL: all are asked */
    const struct pfg_sink *to;
    struct pfg_sink sink;
    struct pfg_reader reader;
    const struct pfg_ingester *noted; /* who measured or failed last */
    bool used[PFG_INGESTERS_MAX];     /* who ever did */
    size_t n_events;                  /* measurements and failures */
    long round;
    bool conflict;        /* two ingesters claimed one thing */
    bool next_file;       /* its first measurement begins a process */
    struct pfg_error why; /* nothing was known in it; code 0: nothing to say */
    /* Of the text that is read: a tool's that prints for people; NULL */
    const struct pfg_foreign_text *foreign;
    struct pfg_pos foreign_at;
    size_t n_lines, n_files;
};

/* PFG_USAGE where options->format names no ingester. `options` may be NULL. */
int pfg_session_begin(struct pfg_session *out,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err);
void pfg_session_end(struct pfg_session *session);

/* Empties the reader's arena: a text has ended. */
void pfg_session_forget(struct pfg_session *session);

/* The next ingester that may be asked, NULL at the end; starts with *i = 0. */
const struct pfg_ingester *pfg_session_next(const struct pfg_session *session,
                                            size_t *i);

/* Marks the bytes with which the first line of the ingester's may begin;
 * false: any may. */
bool pfg_session_begins(bool out[256], const struct pfg_ingester *ingester);

/* Whether whoever listens wants to hear no more. */
static inline bool pfg_session_is_full(const struct pfg_session *session)
{
    return session->sink.full && *session->sink.full;
}

/* The names of those who said something, into result->tools. */
void pfg_session_tools(const struct pfg_session *session,
                       struct pfg_ingest_result *result);

/* For the files of the dispatcher. */

/* Two ingesters claimed one thing: PFG_DATA. */
void pfg_session_two_claims(struct pfg_session *session,
                            const struct pfg_ingester *a,
                            const struct pfg_ingester *b,
                            struct pfg_error *err);

/* Offers a document to every ingester that reads documents. *known is set where
 * one took it; two are an error. */
int pfg_session_offer_document(struct pfg_session *session,
                               const struct pfg_json_document *document,
                               bool *known, struct pfg_error *err);
int pfg_session_offer_xml(struct pfg_session *session, struct pfg_slice text,
                          struct pfg_error *err);

/* Reads all of an input as one JSON document, or as several. */
int pfg_session_read_document(struct pfg_session *session,
                              struct pfg_input *input, struct pfg_error *err);

/* Reads it line by line, from line `n_before` + 1 on; `json`: each line is a
 * JSON value, and may be a document. */
int pfg_session_read_text(struct pfg_session *session, struct pfg_input *input,
                          long n_before, bool json, struct pfg_error *err);

/*
 * Reads one input, in whatever shape it is. Nothing known in it is not an error
 * here: *known says whether there was, and session->why what stood in the way
 * of it. What cannot be read, and what two ingesters claim, is PFG_DATA.
 */
int pfg_session_read(struct pfg_session *session, struct pfg_input *input,
                     bool *known, struct pfg_error *err);

#endif
