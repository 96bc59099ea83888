#include "input/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PENDING_SIZE ((size_t)16 << 10)
#define HEAD_SIZE    4

enum encoding { UNKNOWN, UTF8, UTF16_LE, UTF16_BE };

struct pfg_text {
    struct pfg_unpack *unpack;
    enum encoding encoding;
    size_t begin, end; /* of the bytes of `pending` that wait for conversion */
    bool ended;        /* no bytes follow them */
    char *pending;     /* `head`; for UTF-16 PENDING_SIZE bytes */
    char head[HEAD_SIZE];
};

struct pfg_text *pfg_text_new(struct pfg_unpack *unpack)
{
    struct pfg_text *text = pfg_alloc(sizeof *text);

    text->unpack = unpack;
    text->pending = text->head;
    return text;
}

void pfg_text_free(struct pfg_text *text)
{
    if (text && text->pending != text->head) {
        free(text->pending);
    }
    free(text);
}

/* Reads until at most `size` bytes are pending. */
static int refill(struct pfg_text *t, size_t size, struct pfg_error *err)
{
    size_t got = 0;

    memmove(t->pending, t->pending + t->begin, t->end - t->begin);
    t->end -= t->begin;
    t->begin = 0;
    if (pfg_unpack_read(&got, t->unpack, t->pending + t->end, size - t->end,
                        err)) {
        return -1;
    }
    t->end += got;
    t->ended = !got;
    return 0;
}

/* Reads no more than it looks at: the rest is read to where it is used. If an
 * error occurs after the first bytes, those are used first. The next read
 * reports the error again. */
static int sniff(struct pfg_text *t, struct pfg_error *err)
{
    static const struct {
        const char *mark;
        enum encoding encoding;
    } marks[] = {
        {"\xef\xbb\xbf", UTF8},
        {"\xff\xfe", UTF16_LE},
        {"\xfe\xff", UTF16_BE},
    };
    struct pfg_slice head;

    while (t->end < 3 && !t->ended) {
        if (refill(t, HEAD_SIZE, err)) {
            if (!t->end) {
                return -1;
            }
            break;
        }
    }
    head = pfg_slice_make(t->pending, t->end);
    t->encoding = UTF8;
    for (size_t i = 0; i < PFG_COUNT(marks); i++) {
        if (pfg_slice_starts(head, marks[i].mark)) {
            t->encoding = marks[i].encoding;
            t->begin = strlen(marks[i].mark);
            break;
        }
    }
    if (t->encoding != UTF8) {
        t->pending = pfg_realloc(NULL, PENDING_SIZE);
        memcpy(t->pending, t->head, t->end);
    }
    return 0;
}

static int read_utf8(size_t *got, struct pfg_text *t, char *room, size_t size,
                     struct pfg_error *err)
{
    size_t left = t->end - t->begin;

    if (!left) {
        return t->ended ? 0 : pfg_unpack_read(got, t->unpack, room, size, err);
    }
    *got = left < size ? left : size;
    memcpy(room, t->pending + t->begin, *got);
    t->begin += *got;
    return 0;
}

static unsigned long unit_at(const struct pfg_text *t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t->pending + at;

    return t->encoding == UTF16_LE ? p[0] | (unsigned long)p[1] << 8
                                   : p[1] | (unsigned long)p[0] << 8;
}

/* Decodes a character; false if its other half must be read first. */
static bool decode_character(unsigned long *out, struct pfg_text *t)
{
    size_t left = t->end - t->begin;
    unsigned long unit, low;

    if (left < 2) {
        *out = 0xfffd;
        t->begin += t->ended ? left : 0;
        return t->ended && left;
    }
    unit = unit_at(t, t->begin);
    if ((unit & 0xfc00) == 0xd800) {
        if (left < 4 && !t->ended) {
            return false;
        }
        low = left < 4 ? 0 : unit_at(t, t->begin + 2);
        if ((low & 0xfc00) == 0xdc00) {
            *out = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
            t->begin += 4;
            return true;
        }
    }
    *out = (unit & 0xf800) == 0xd800 ? 0xfffd : unit;
    t->begin += 2;
    return true;
}

static size_t put_utf8(char *room, unsigned long c)
{
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = len; i-- > 1; c >>= 6) {
        room[i] = (char)(0x80 | (c & 0x3f));
    }
    room[0] = (char)(leads[len] | c);
    return len;
}

static int read_utf16(size_t *got, struct pfg_text *t, char *room, size_t size,
                      struct pfg_error *err)
{
    unsigned long character;

    for (;;) {
        while (size - *got >= 4 && decode_character(&character, t)) {
            *got += put_utf8(room + *got, character);
        }
        if (*got || t->ended) {
            return 0;
        }
        if (refill(t, PENDING_SIZE, err)) {
            return -1;
        }
    }
}

int pfg_text_read(size_t *got, struct pfg_text *t, char *room, size_t size,
                  struct pfg_error *err)
{
    assert(size >= PFG_TEXT_ROOM);
    *got = 0;
    if (!t->encoding && sniff(t, err)) {
        return -1;
    }
    return t->encoding == UTF8 ? read_utf8(got, t, room, size, err)
                               : read_utf16(got, t, room, size, err);
}
