#ifndef PFG_INGEST_DISPATCH_SESSION_H
#define PFG_INGEST_DISPATCH_SESSION_H

#include "ingest/core/ingest.h"

/* Human-readable output that perfgate cannot read, and what it reads from the
 * same tool instead: "JMH", "its output with -rf json". */
struct pfg_foreign_text {
    const char *begins, *holds; /* start and part of a line; holds: "" for
                                   any */
    const char *tool, *reads;
};

/* The tool that prints this line, or NULL. See foreign_text.c. */
const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line);

/*
 * One ingest, from its path to the caller's sink. Internal to the dispatcher
 * (dispatch.c, dispatch_documents.c, dispatch_text.c). The reader's sink is a
 * filter in front of the caller's. It records which ingesters sent something,
 * adds the round of a `perfgate-round:` line to every process that follows, and
 * begins a process for each file of a directory.
 */
struct pfg_session {
    struct pfg_ingest_options options;
    const struct pfg_ingester *const *ingesters; /* ended by NULL */
    const struct pfg_ingester *all[PFG_INGESTERS_MAX + 1];
    const struct pfg_ingester *forced; /* the chosen format; NULL: try all */
    const struct pfg_sink *to;
    struct pfg_sink sink;
    struct pfg_reader reader;
    const struct pfg_ingester *noted; /* sent the last measurement or failure */
    bool used[PFG_INGESTERS_MAX];     /* by index: has sent any */
    size_t n_events;                  /* measurements and failures */
    long round;
    bool conflict;        /* two ingesters claimed the same input */
    bool next_file;       /* begin a process at the next measurement */
    struct pfg_error why; /* why an input gave nothing; code 0: no reason */
    /* the tool whose human-readable output is in the text; or NULL */
    const struct pfg_foreign_text *foreign;
    struct pfg_pos foreign_at;
    size_t n_lines, n_files;
};

/* Returns PFG_USAGE if no ingester is called options->format. `options` may be
 * NULL. */
int pfg_session_begin(struct pfg_session *out,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err);
void pfg_session_end(struct pfg_session *session);

/* Empties the reader's arena at the end of a text. */
void pfg_session_forget(struct pfg_session *session);

/* The next ingester to try, or NULL at the end. Start with *i = 0. */
const struct pfg_ingester *pfg_session_next(const struct pfg_session *session,
                                            size_t *i);

/* Marks the bytes that can begin the ingester's first line; false: any can. */
bool pfg_session_begins(bool out[256], const struct pfg_ingester *ingester);

/* Whether the sink wants no more. */
static inline bool pfg_session_is_full(const struct pfg_session *session)
{
    return session->sink.full && *session->sink.full;
}

/* Stores the names of the ingesters that sent something in result->tools. */
void pfg_session_tools(const struct pfg_session *session,
                       struct pfg_ingest_result *result);

/* For the files of the dispatcher. */

/* Reports as PFG_DATA that two ingesters claimed the same input. */
void pfg_session_two_claims(struct pfg_session *session,
                            const struct pfg_ingester *a,
                            const struct pfg_ingester *b,
                            struct pfg_error *err);

/* Offers a document to every ingester that reads documents. Sets *known if one
 * claims it; two are an error. */
int pfg_session_offer_document(struct pfg_session *session,
                               const struct pfg_json_document *document,
                               bool *known, struct pfg_error *err);
int pfg_session_offer_xml(struct pfg_session *session, struct pfg_slice text,
                          struct pfg_error *err);

/* Reads the whole input as one or more JSON documents. */
int pfg_session_read_document(struct pfg_session *session,
                              struct pfg_input *input, struct pfg_error *err);

/* Reads the input line by line, counting lines from `n_before` + 1. With `json`
 * each line is a JSON value and may be a document. */
int pfg_session_read_text(struct pfg_session *session, struct pfg_input *input,
                          long n_before, bool json, struct pfg_error *err);

/*
 * Reads one input of any shape. An input without results is not an error here:
 * *known is false, and session->why has the reason if there is one. An
 * unreadable input, or one that two ingesters claim, is PFG_DATA.
 */
int pfg_session_read(struct pfg_session *session, struct pfg_input *input,
                     bool *known, struct pfg_error *err);

#endif
