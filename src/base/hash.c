#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"

struct pfg_digest {
    XXH3_state_t *state;
};

uint64_t pfg_hash_bytes(struct pfg_slice bytes)
{
    return XXH3_64bits(bytes.ptr, bytes.len);
}

struct pfg_digest *pfg_digest_new(void)
{
    struct pfg_digest *digest = pfg_alloc(sizeof *digest);

    /* The library's own allocator knows the alignment that it needs. */
    digest->state = XXH3_createState();
    if (!digest->state) {
        pfg_array_size((size_t)-1, 2);
    }
    XXH3_128bits_reset(digest->state);
    return digest;
}

void pfg_digest_add(struct pfg_digest *digest, struct pfg_slice bytes)
{
    if (bytes.len) {
        XXH3_128bits_update(digest->state, bytes.ptr, bytes.len);
    }
}

void pfg_digest_hex(const struct pfg_digest *digest, char out[PFG_DIGEST_HEX])
{
    XXH128_hash_t hash = XXH3_128bits_digest(digest->state);

    snprintf(out, PFG_DIGEST_HEX, "%016llx%016llx",
             (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

void pfg_digest_free(struct pfg_digest *digest)
{
    if (digest) {
        XXH3_freeState(digest->state);
        free(digest);
    }
}
