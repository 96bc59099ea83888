#include "input/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* A pipe may never end. */
#define PIPE_MOST (4ULL << 30)

struct pfg_source {
    char *name;
    int fd; /* -1: the bytes are in memory */
    bool owned;
    struct pfg_slice memory; /* the part not yet read */
    bool regular;            /* a regular file */
    unsigned long long n_read, size;
    struct pfg_digest *digest;
};

static struct pfg_source *new_source(const char *name)
{
    struct pfg_source *source = pfg_alloc(sizeof *source);

    source->name = pfg_strdup(name);
    source->fd = -1;
    source->digest = pfg_digest_new();
    return source;
}

struct pfg_source *pfg_source_of_fd(int fd, bool owned, const char *name)
{
    struct pfg_source *source = new_source(name);
    struct stat info;

    source->fd = fd;
    source->owned = owned;
    if (!fstat(fd, &info) && S_ISREG(info.st_mode)) {
        source->regular = true;
        source->size = (unsigned long long)info.st_size;
    }
    return source;
}

struct pfg_source *pfg_source_of_memory(struct pfg_slice bytes,
                                        const char *name)
{
    struct pfg_source *source = new_source(name);

    source->memory = bytes;
    return source;
}

void pfg_source_free(struct pfg_source *source)
{
    if (source) {
        if (source->owned) {
            close(source->fd);
        }
        pfg_digest_free(source->digest);
        free(source->name);
        free(source);
    }
}

static int read_fd(size_t *got, struct pfg_source *source, char *room,
                   size_t size, struct pfg_error *err)
{
    ssize_t done;

    do {
        done = read(source->fd, room, size);
    } while (done < 0 && errno == EINTR);
    if (done < 0) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", source->name,
                        strerror(errno));
    }
    *got = (size_t)done;
    if (!source->regular && source->n_read + *got > PIPE_MOST) {
        return pfg_fail(err, PFG_DATA, "'%s' is a pipe with more than %llu GiB",
                        source->name, PIPE_MOST >> 30);
    }
    return 0;
}

static void read_memory(size_t *got, struct pfg_source *source, char *room,
                        size_t size)
{
    struct pfg_slice piece = pfg_slice_first(source->memory, size);

    if (piece.len) {
        memcpy(room, piece.ptr, piece.len);
    }
    source->memory = pfg_slice_from(source->memory, piece.len);
    *got = piece.len;
}

int pfg_source_read(size_t *got, struct pfg_source *source, char *room,
                    size_t size, struct pfg_error *err)
{
    if (source->fd < 0) {
        read_memory(got, source, room, size);
    } else if (read_fd(got, source, room, size, err)) {
        return -1;
    }
    source->n_read += *got;
    pfg_digest_add(source->digest, pfg_slice_make(room, *got));
    return 0;
}

unsigned long long pfg_source_read_so_far(const struct pfg_source *source)
{
    return source->n_read;
}

unsigned long long pfg_source_size(const struct pfg_source *source)
{
    return source->size;
}

const char *pfg_source_name(const struct pfg_source *source)
{
    return source->name;
}

void pfg_source_digest(const struct pfg_source *source,
                       char out[PFG_DIGEST_HEX])
{
    pfg_digest_hex(source->digest, out);
}
