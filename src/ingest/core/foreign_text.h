#ifndef PFG_INGEST_CORE_FOREIGN_TEXT_H
#define PFG_INGEST_CORE_FOREIGN_TEXT_H

#include "base/slice.h"

/* What some tools print for people only, and what of theirs is read: "JMH",
 * "its output with -rf json". */
struct pfg_foreign_text {
    const char *begins, *holds; /* a line, blanks apart; holds: "" for any */
    const char *tool, *reads;
};

/* Whose line this is; NULL: nobody's. */
const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line);

#endif
