#include "input/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "input/source.h"
#include "input/text.h"
#include "input/unpack.h"

#define WINDOW_START ((size_t)64 << 10)
/* Holds the longest line and enough after it to see that it was too long. */
#define WINDOW_MAX (PFG_LINE_MAX + WINDOW_START)

struct pfg_input {
    struct pfg_source *source;
    struct pfg_unpack *unpack;
    struct pfg_text *text;
    const struct pfg_watch *watch; /* or NULL */

    char *window; /* bytes begin to end have not been used yet */
    size_t begin, end, cap;
    bool plain; /* the window has no CR, ESC or '|', so lines are not searched
                   for them */
    long line;
    bool skipping; /* the next bytes are the rest of a line that was cut */
    bool ended;    /* the source has no bytes beyond the window */
    bool failed;   /* it ended with this error */
    struct pfg_error error;
};

static struct pfg_input *new_input(struct pfg_source *source)
{
    struct pfg_input *input = pfg_alloc(sizeof *input);

    input->source = source;
    input->unpack = pfg_unpack_new(source);
    input->text = pfg_text_new(input->unpack);
    input->cap = WINDOW_START;
    input->window = pfg_realloc(NULL, input->cap);
    return input;
}

int pfg_input_open(struct pfg_input **out, const char *path,
                   struct pfg_error *err)
{
    int fd = pfg_file_open(path, err);

    *out = NULL;
    if (fd < 0) {
        return -1;
    }
    *out = new_input(pfg_source_of_fd(fd, true, path));
    return 0;
}

int pfg_input_open_fd(struct pfg_input **out, int fd, const char *name,
                      struct pfg_error *err)
{
    *out = NULL;
    errno = 0;
    if (pfg_file_check(fd, name, err)) {
        return -1;
    }
    *out = new_input(pfg_source_of_fd(fd, false, name));
    return 0;
}

int pfg_input_open_memory(struct pfg_input **out, struct pfg_slice bytes,
                          const char *name, struct pfg_error *err)
{
    (void)err; /* memory cannot fail */
    *out = new_input(pfg_source_of_memory(bytes, name));
    return 0;
}

void pfg_input_close(struct pfg_input *input)
{
    if (input) {
        pfg_text_free(input->text);
        pfg_unpack_free(input->unpack);
        pfg_source_free(input->source);
        free(input->window);
        free(input);
    }
}

void pfg_input_watch(struct pfg_input *input, const struct pfg_watch *watch)
{
    input->watch = watch;
}

static void report_progress(const struct pfg_input *in)
{
    if (in->watch) {
        in->watch->seen(in->watch->self,
                        &(struct pfg_seen){
                            .name = pfg_input_name(in),
                            .bytes = pfg_source_read_so_far(in->source),
                            .size = pfg_source_size(in->source),
                            .lines = in->line,
                        });
    }
}

const char *pfg_input_name(const struct pfg_input *input)
{
    return pfg_source_name(input->source);
}

void pfg_input_digest(const struct pfg_input *input, char out[PFG_DIGEST_HEX])
{
    pfg_source_digest(input->source, out);
}

/* Moves the unused bytes to the front. Doubles the window if they fill more
 * than half of it, because small reads are slow. */
static void make_room(struct pfg_input *in)
{
    size_t left = in->end - in->begin;

    if (in->begin) {
        memmove(in->window, in->window + in->begin, left);
        in->begin = 0;
        in->end = left;
    }
    if (left > in->cap / 2 && in->cap < WINDOW_MAX) {
        in->cap = in->cap * 2 < WINDOW_MAX ? in->cap * 2 : WINDOW_MAX;
        in->window = pfg_realloc(in->window, in->cap);
    }
}

static bool has_byte(struct pfg_slice text, char byte)
{
    return text.len && memchr(text.ptr, byte, text.len);
}

static bool is_plain(struct pfg_slice text)
{
    return !has_byte(text, '\r') && !has_byte(text, '\x1b') &&
           !has_byte(text, '|');
}

/* Reads more bytes into the window. An error ends the input and is reported
 * after the bytes before it have been used. */
static void fill(struct pfg_input *in)
{
    size_t got = 0;

    make_room(in);
    if (pfg_text_read(&got, in->text, in->window + in->end, in->cap - in->end,
                      &in->error)) {
        in->failed = true;
    }
    in->end += got;
    in->ended = !got;
    in->plain =
        is_plain(pfg_slice_range(in->window + in->begin, in->window + in->end));
    report_progress(in);
}

/* Returns 0 at a regular end, or -1 with the error that ended the input. */
static int check_end(const struct pfg_input *in, struct pfg_error *err)
{
    if (in->failed && err) {
        *err = in->error;
    }
    return in->failed ? -1 : 0;
}

/* Drops the rest of a line that was cut. */
static void skip_rest(struct pfg_input *in)
{
    while (in->skipping) {
        size_t left = in->end - in->begin;
        char *newline =
            left ? memchr(in->window + in->begin, '\n', left) : NULL;

        if (newline) {
            in->begin = (size_t)(newline - in->window) + 1;
            in->skipping = false;
        } else {
            in->begin = in->end;
            if (in->ended) {
                in->skipping = false;
            } else {
                fill(in);
            }
        }
    }
}

int pfg_input_peek(struct pfg_input *in, struct pfg_slice *out,
                   struct pfg_error *err)
{
    size_t left;

    skip_rest(in);
    while (in->end - in->begin < PFG_PEEK_MAX && !in->ended) {
        fill(in);
    }
    left = in->end - in->begin;
    *out = pfg_slice_make(in->window + in->begin,
                          left < PFG_PEEK_MAX ? left : PFG_PEEK_MAX);
    return left ? 0 : check_end(in, err);
}

static int fail_large(const struct pfg_input *in, size_t cap,
                      struct pfg_error *err)
{
    size_t mega = cap >> 20;

    return pfg_fail(err, PFG_DATA, "'%s' is larger than %zu %s",
                    pfg_input_name(in), mega ? mega : cap,
                    mega ? "MB" : "bytes");
}

int pfg_input_read_all(struct pfg_input *in, struct pfg_str *out, size_t cap,
                       struct pfg_error *err)
{
    unsigned long long size = pfg_source_size(in->source);
    size_t room = cap;

    skip_rest(in);
    pfg_str_reserve(out, size < cap ? (size_t)size : cap);
    for (;;) {
        struct pfg_slice piece =
            pfg_slice_range(in->window + in->begin, in->window + in->end);

        if (piece.len > room) {
            return fail_large(in, cap, err);
        }
        pfg_str_add(out, piece);
        if (out->overflowed) {
            return fail_large(in, out->limit, err);
        }
        room -= piece.len;
        in->begin = in->end;
        if (in->ended) {
            return check_end(in, err);
        }
        fill(in);
    }
}

/* Fills the window until it holds the next line, or more than PFG_LINE_MAX
 * bytes of it. Returns the line's length without its newline. */
static size_t find_line_end(struct pfg_input *in)
{
    size_t looked_at = 0;

    for (;;) {
        size_t left = in->end - in->begin;
        char *newline = left > looked_at
                            ? memchr(in->window + in->begin + looked_at, '\n',
                                     left - looked_at)
                            : NULL;

        if (newline) {
            return (size_t)(newline - in->window) - in->begin;
        }
        if (in->ended || left > PFG_LINE_MAX) {
            return left;
        }
        looked_at = left;
        fill(in);
    }
}

int pfg_input_next_line(struct pfg_input *in, struct pfg_line *out,
                        struct pfg_error *err)
{
    size_t len;
    bool broken;

    skip_rest(in);
    len = find_line_end(in);
    broken = in->begin + len == in->end; /* no newline: end, or too long */
    if (broken && (!len || in->failed)) {
        return check_end(in, err);
    }
    *out = (struct pfg_line){
        .text = pfg_slice_make(in->window + in->begin, len),
        .number = ++in->line,
        .plain = in->plain,
    };
    if (len > PFG_LINE_MAX) {
        out->text.len = PFG_LINE_MAX;
        out->cut = true;
        in->skipping = broken;
    }
    in->begin += len + !broken;
    pfg_line_clean(out);
    return 1;
}
