#ifndef PFG_INGEST_TABLE_OWN_FORMAT_H
#define PFG_INGEST_TABLE_OWN_FORMAT_H

#include "ingest/core/ingest.h"
#include "model/codec/format.h"

/* Ingesters that are made of descriptions. */
struct pfg_own_formats;

/*
 * PFG_USAGE at the description's place where it is no good. The formats are
 * borrowed. *out may be handed to pfg_own_formats_free() in any case; none of
 * them make it NULL.
 */
int pfg_own_formats_make(struct pfg_own_formats **out,
                         const struct pfg_formats *formats,
                         struct pfg_error *err);
void pfg_own_formats_free(struct pfg_own_formats *own);

/* Ended by NULL; valid as long as *own, which may be NULL. */
const struct pfg_ingester *const *pfg_own_formats_list(
    const struct pfg_own_formats *own);

#endif
