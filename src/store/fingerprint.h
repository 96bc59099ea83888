#ifndef PFG_STORE_FINGERPRINT_H
#define PFG_STORE_FINGERPRINT_H

#include "base/hash.h"
#include "store/database.h"

/* A run by what is in it: see pfg_store_content(). Rows of a database of the
 * newest version. */
int pfg_content_of(struct pfg_database *database, char out[PFG_DIGEST_HEX],
                   int64_t run, struct pfg_error *err);

#endif
