#ifndef PFG_INGEST_TABLE_OWN_FORMAT_H
#define PFG_INGEST_TABLE_OWN_FORMAT_H

#include "ingest/core/ingest.h"
#include "model/codec/format.h"

/* Ingesters for the formats of the configuration. */
struct pfg_own_formats;

/*
 * Borrows the formats. *out is NULL where there are none; free it even after an
 * error: PFG_USAGE at the place of an invalid description.
 */
int pfg_own_formats_make(struct pfg_own_formats **out,
                         const struct pfg_formats *formats,
                         struct pfg_error *err);
void pfg_own_formats_free(struct pfg_own_formats *own);

/* Ended by NULL; valid as long as *own, which may be NULL. */
const struct pfg_ingester *const *pfg_own_formats_list(
    const struct pfg_own_formats *own);

#endif
