#ifndef PFG_BASE_HASH_H
#define PFG_BASE_HASH_H

#include <stdint.h>

#include "base/slice.h"

/* A hash for tables in memory. Never store it: it may change with a version. */
uint64_t pfg_hash_bytes(struct pfg_slice bytes);

/*
 * A digest of content, to recognize a file: XXH3, 128 bits. It tells equal from
 * different content, but does not resist an adversary.
 */
struct pfg_digest;

#define PFG_DIGEST_HEX 33 /* digits and a NUL byte */

struct pfg_digest *pfg_digest_new(void);
void pfg_digest_add(struct pfg_digest *digest, struct pfg_slice bytes);
/* The digest of what was added so far; more may be added afterwards. */
void pfg_digest_hex(const struct pfg_digest *digest, char out[PFG_DIGEST_HEX]);
void pfg_digest_free(struct pfg_digest *digest); /* NULL is fine */

/* The digest of bytes that are all in memory; equal ones have equal bytes. */
struct pfg_digest_bytes {
    unsigned char at[16];
};
struct pfg_digest_bytes pfg_digest_of(struct pfg_slice bytes);
void pfg_digest_print(struct pfg_digest_bytes digest, char out[PFG_DIGEST_HEX]);

#endif
