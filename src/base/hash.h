#ifndef PFG_BASE_HASH_H
#define PFG_BASE_HASH_H

#include <stdint.h>

#include "base/slice.h"

/* A hash for tables in memory. Not stable between versions: never store it. */
uint64_t pfg_hash_bytes(struct pfg_slice bytes);

/*
 * A digest of content, to know a file again: XXH3, 128 bits. It tells equal
 * from different; it does not withstand an adversary.
 */
struct pfg_digest;

#define PFG_DIGEST_HEX 33 /* digits and terminator */

struct pfg_digest *pfg_digest_new(void);
void pfg_digest_add(struct pfg_digest *digest, struct pfg_slice bytes);
/* The digest of what was added so far; more may be added after. */
void pfg_digest_hex(const struct pfg_digest *digest, char out[PFG_DIGEST_HEX]);
void pfg_digest_free(struct pfg_digest *digest); /* NULL is fine */

/* The same of what is all there; equal digests have equal bytes. */
struct pfg_digest_bytes {
    unsigned char at[16];
};
struct pfg_digest_bytes pfg_digest_of(struct pfg_slice bytes);
void pfg_digest_print(struct pfg_digest_bytes digest, char out[PFG_DIGEST_HEX]);

#endif
