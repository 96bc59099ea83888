#include "input/unpack.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"

#define RAW_SIZE  ((size_t)64 << 10)
#define HEAD_SIZE 4

/* A window of 32 KB (15), with a gzip header (16). */
#define GZIP_WINDOW (15 + 16)

enum container { UNKNOWN, PLAIN, GZIP, ZSTD };

struct pfg_unpack {
    struct pfg_source *source;
    enum container container;
    size_t begin, end; /* of the bytes of `raw` that are still packed */
    bool drained;      /* the source has ended */
    bool whole;        /* between members or frames, where the file may end */

    z_stream gzip;
    ZSTD_DStream *zstd;

    bool failed; /* all further reads fail with this error */
    struct pfg_error error;

    char *raw; /* `head`; if packed, RAW_SIZE bytes */
    char head[HEAD_SIZE];
};

struct pfg_unpack *pfg_unpack_new(struct pfg_source *source)
{
    struct pfg_unpack *unpack = pfg_alloc(sizeof *unpack);

    unpack->source = source;
    unpack->raw = unpack->head;
    return unpack;
}

void pfg_unpack_free(struct pfg_unpack *unpack)
{
    if (unpack) {
        if (unpack->container == GZIP) {
            inflateEnd(&unpack->gzip);
        }
        ZSTD_freeDStream(unpack->zstd);
        if (unpack->raw != unpack->head) {
            free(unpack->raw);
        }
        free(unpack);
    }
}

/* Reads more raw bytes after those in the buffer, up to `size` in all. */
static int refill(struct pfg_unpack *u, size_t size, struct pfg_error *err)
{
    size_t got = 0;

    if (u->begin == u->end) {
        u->begin = u->end = 0;
    }
    if (u->drained || u->end == size) {
        return 0;
    }
    if (pfg_source_read(&got, u->source, u->raw + u->end, size - u->end, err)) {
        return -1;
    }
    u->end += got;
    u->drained = !got;
    return 0;
}

static int start_container(struct pfg_unpack *u, struct pfg_error *err)
{
    bool good = true;

    u->whole = true;
    if (u->container != PLAIN) {
        u->raw = pfg_realloc(NULL, RAW_SIZE);
        memcpy(u->raw, u->head, u->end);
    }
    if (u->container == GZIP) {
        good = inflateInit2(&u->gzip, GZIP_WINDOW) == Z_OK;
        u->container = good ? GZIP : PLAIN;
    } else if (u->container == ZSTD) {
        u->zstd = ZSTD_createDStream();
        good = u->zstd != NULL;
    }
    return good ? 0
                : pfg_fail(err, PFG_SYSTEM, "not enough memory to unpack '%s'",
                           pfg_source_name(u->source));
}

/* Detects the container by its first four bytes, which a pipe may deliver one
 * at a time, and reads no more. */
static int sniff(struct pfg_unpack *u, struct pfg_error *err)
{
    const char *raw = u->raw;

    while (u->end < HEAD_SIZE && !u->drained) {
        if (refill(u, HEAD_SIZE, err)) {
            return -1;
        }
    }
    if (u->end >= 3 && !memcmp(raw, "\x1f\x8b\x08", 3)) {
        u->container = GZIP;
    } else if (u->end >= 4 && (!memcmp(raw, "\x28\xb5\x2f\xfd", 4) ||
                               ((raw[0] & 0xf0) == 0x50 &&
                                !memcmp(raw + 1, "\x2a\x4d\x18", 3)))) {
        u->container = ZSTD; /* or one of its sixteen skippable frames */
    } else {
        u->container = PLAIN;
    }
    return start_container(u, err);
}

static int fail_truncated(struct pfg_unpack *u, struct pfg_error *err)
{
    pfg_fail(err, PFG_DATA, "'%s' is truncated: its %s data is incomplete",
             pfg_source_name(u->source),
             u->container == GZIP ? "gzip" : "zstd");
    return pfg_hint(err, "copy or download it again; the writer may also have "
                         "been killed");
}

static int fail_broken(struct pfg_unpack *u, const char *why,
                       struct pfg_error *err)
{
    return pfg_fail(err, PFG_DATA, "'%s' contains corrupt %s data: %s",
                    pfg_source_name(u->source),
                    u->container == GZIP ? "gzip" : "zstd", why);
}

static int read_plain(size_t *got, struct pfg_unpack *u, char *room,
                      size_t size, struct pfg_error *err)
{
    size_t left = u->end - u->begin;

    if (!left && !u->drained) {
        return pfg_source_read(got, u->source, room, size, err);
    }
    *got = left < size ? left : size;
    memcpy(room, u->raw + u->begin, *got);
    u->begin += *got;
    return 0;
}

/* Tapes and some writers pad the end with zeros. gzip ignores them, too. */
static void skip_padding(struct pfg_unpack *u)
{
    while (u->begin < u->end && !u->raw[u->begin]) {
        u->begin++;
    }
}

/* Does one step: consumes packed bytes, produces unpacked ones, or both. */
static int step_gzip(size_t *got, struct pfg_unpack *u, char *room, size_t size,
                     struct pfg_error *err)
{
    z_stream *z = &u->gzip;
    int status;

    if (u->whole) {
        skip_padding(u);
        if (u->begin == u->end) {
            return 0;
        }
        inflateReset(z);
        u->whole = false;
    }
    z->next_in = (unsigned char *)u->raw + u->begin;
    z->avail_in = (uInt)(u->end - u->begin);
    z->next_out = (unsigned char *)room;
    z->avail_out = size < INT_MAX ? (uInt)size : INT_MAX;
    status = inflate(z, Z_NO_FLUSH);
    u->begin = u->end - z->avail_in;
    *got = (size_t)((char *)z->next_out - room);
    if (status == Z_STREAM_END) {
        u->whole = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return fail_broken(u, z->msg ? z->msg : zError(status), err);
    }
    return 0;
}

static int step_zstd(size_t *got, struct pfg_unpack *u, char *room, size_t size,
                     struct pfg_error *err)
{
    ZSTD_inBuffer in = {u->raw, u->end, u->begin};
    ZSTD_outBuffer out = {room, size, 0};
    size_t status;

    if (u->whole && u->begin == u->end) {
        return 0;
    }
    status = ZSTD_decompressStream(u->zstd, &out, &in);
    u->begin = in.pos;
    *got = out.pos;
    if (ZSTD_isError(status)) {
        return fail_broken(u, ZSTD_getErrorName(status), err);
    }
    u->whole = status == 0;
    return 0;
}

static int read_packed(size_t *got, struct pfg_unpack *u, char *room,
                       size_t size, struct pfg_error *err)
{
    for (;;) {
        if (u->begin == u->end && refill(u, RAW_SIZE, err)) {
            return -1;
        }
        if ((u->container == GZIP ? step_gzip : step_zstd)(got, u, room, size,
                                                           err)) {
            return -1;
        }
        if (*got) {
            return 0;
        }
        if (u->drained && u->begin == u->end) {
            return u->whole ? 0 : fail_truncated(u, err);
        }
    }
}

int pfg_unpack_read(size_t *got, struct pfg_unpack *u, char *room, size_t size,
                    struct pfg_error *err)
{
    *got = 0;
    if (!u->failed && ((!u->container && sniff(u, &u->error)) ||
                       (u->container == PLAIN
                            ? read_plain(got, u, room, size, &u->error)
                            : read_packed(got, u, room, size, &u->error)))) {
        u->failed = true;
    }
    if (*got || !u->failed) {
        return 0;
    }
    if (err) {
        *err = u->error;
    }
    return -1;
}
