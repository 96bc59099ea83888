#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

    /* xxHash's own allocator respects the alignment that the state needs. */
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

static struct pfg_digest_bytes bytes_of(XXH128_hash_t hash)
{
    struct pfg_digest_bytes bytes;
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, hash); /* high half first */
    memcpy(bytes.at, canonical.digest, sizeof bytes.at);
    return bytes;
}

void pfg_digest_hex(const struct pfg_digest *digest, char out[PFG_DIGEST_HEX])
{
    pfg_digest_print(bytes_of(XXH3_128bits_digest(digest->state)), out);
}

struct pfg_digest_bytes pfg_digest_of(struct pfg_slice bytes)
{
    return bytes_of(XXH3_128bits(bytes.ptr, bytes.len));
}

void pfg_digest_print(struct pfg_digest_bytes digest, char out[PFG_DIGEST_HEX])
{
    for (size_t i = 0; i < sizeof digest.at; i++) {
        snprintf(out + 2 * i, 3, "%02x", digest.at[i]);
    }
}

void pfg_digest_free(struct pfg_digest *digest)
{
    if (digest) {
        XXH3_freeState(digest->state);
        free(digest);
    }
}
