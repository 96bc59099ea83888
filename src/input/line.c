#include <ctype.h>
#include <string.h>

#include "input/input.h"

#define ESC '\x1b'
#define BEL '\a'

/* "2024-05-01T12:00:00Z " up to nine digits of a second and a zone's offset. */
#define STAMP_MIN 21
#define STAMP_MAX 36
/* Names of jobs, steps and containers in front of a line. */
#define NAMES_MAX 256
/* A container's log in a step of a job. */
#define MAX_PREFIXES 4

static bool looks_stamped(struct pfg_slice text)
{
    return text.len >= STAMP_MIN && text.ptr[0] >= '1' && text.ptr[0] <= '2' &&
           text.ptr[4] == '-' && text.ptr[7] == '-' && text.ptr[10] == 'T' &&
           text.ptr[13] == ':';
}

/* Behind GitLab's time stands a stream, out or err, and whether the line before
 * goes on: "00O ", "01E+"; behind that of a container runtime "stdout F ". */
static void cut_stream(struct pfg_slice *text)
{
    const char *p = text->ptr;
    struct pfg_slice rest = *text;

    if ((pfg_take(&rest, "stdout ") || pfg_take(&rest, "stderr ")) &&
        (pfg_take(&rest, "F ") || pfg_take(&rest, "P "))) {
        *text = rest;
        return;
    }

    if (text->len >= 4 && isxdigit((unsigned char)p[0]) &&
        isxdigit((unsigned char)p[1]) && strchr("OE", p[2]) &&
        strchr(" +", p[3])) {
        *text = pfg_slice_from(*text, 4);
    }
}

static bool cut_stamp(struct pfg_line *line)
{
    struct pfg_slice head = pfg_slice_first(line->text, STAMP_MAX), stamp;

    if (!looks_stamped(head)) {
        return false;
    }
    stamp = pfg_slice_first(head, pfg_slice_find_byte(head, ' '));
    if (stamp.len == head.len || pfg_time_parse(&line->time, stamp)) {
        return false;
    }
    line->text = pfg_slice_from(line->text, stamp.len + 1);
    cut_stream(&line->text);
    return true;
}

/* "JOB<tab>STEP<tab>" in front of a stamp: `gh run view --log`, which leaves a
 * byte order mark at the first line of a step. */
static bool cut_job(struct pfg_line *line)
{
    struct pfg_slice head = pfg_slice_first(line->text, NAMES_MAX);
    struct pfg_line rest = *line;

    (void)pfg_take_until(&head, '\t');
    (void)pfg_take_until(&head, '\t');
    if (!head.len ||
        (*head.ptr != '\xef' && *head.ptr != '1' && *head.ptr != '2')) {
        return false; /* no year begins like that */
    }
    rest.text = pfg_slice_from(line->text, (size_t)(head.ptr - line->text.ptr));
    (void)pfg_take(&rest.text, "\xef\xbb\xbf");
    if (!cut_stamp(&rest)) {
        return false;
    }
    *line = rest;
    return true;
}

/* "12:00:00", perhaps with a fraction. */
static bool take_clock(struct pfg_slice *text)
{
    struct pfg_slice rest = *text;

    if (rest.len < 8 || rest.ptr[2] != ':') {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if ((i && !pfg_take(&rest, ":")) || pfg_take_digits(&rest).len != 2) {
            return false;
        }
    }
    if (pfg_take(&rest, ".") && !pfg_take_digits(&rest).len) {
        return false;
    }
    *text = rest;
    return true;
}

/* "2024-05-01 12:00:00 ", with a fraction behind a point or a comma; a host and
 * a program's "NAME[PID]: " behind "May  1 12:00:00 ", as syslog has them. */
static bool cut_date(struct pfg_line *line)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct pfg_slice rest = line->text;
    size_t month = 0;

    if (rest.len > 10 && rest.ptr[4] == '-' && rest.ptr[7] == '-' &&
        rest.ptr[10] == ' ' && isdigit((unsigned char)rest.ptr[0])) {
        rest = pfg_slice_from(rest, 11);
        if (!take_clock(&rest)) {
            return false;
        }
        if (pfg_take(&rest, ",") && !pfg_take_digits(&rest).len) {
            return false;
        }
        if (!pfg_take(&rest, " ")) {
            return false;
        }
        line->text = rest;
        return true;
    }
    if (rest.len < 16 || rest.ptr[3] != ' ') {
        return false;
    }
    while (months[month] && memcmp(months + month, rest.ptr, 3) != 0) {
        month += 3;
    }
    if (!months[month]) {
        return false;
    }
    rest = pfg_slice_from(rest, 6);
    if (!pfg_take(&rest, " ") || !take_clock(&rest) || !pfg_take(&rest, " ")) {
        return false;
    }
    (void)pfg_take_until(&rest, ' '); /* the host */
    if (!pfg_slice_ends(pfg_take_until(&rest, ' '), ":")) {
        return false;
    }
    line->text = rest;
    return true;
}

/* "12:00:00 ", and one blank more where somebody meant it to look well. */
static bool cut_clock(struct pfg_line *line)
{
    struct pfg_slice rest = line->text;

    if (!take_clock(&rest) || !pfg_take(&rest, " ")) {
        return false;
    }
    if (!pfg_slice_starts(rest, "  ")) {
        (void)pfg_take(&rest, " ");
    }
    line->text = rest;
    return true;
}

/* "bench:12", as Drone and Woodpecker have it: a step and its line. */
static bool is_step(struct pfg_slice in)
{
    size_t colon = pfg_slice_find_last_byte(in, ':');
    struct pfg_slice number = pfg_slice_from(in, colon + 1);

    return colon && colon < in.len && isalpha((unsigned char)*in.ptr) &&
           pfg_take_digits(&number).len && !number.len;
}

/* TeamCity's "[12:00:00]W:<tab> [Step 1/2] ", from behind the bracket. */
static bool cut_teamcity(struct pfg_slice *rest)
{
    struct pfg_slice at = *rest;

    at = pfg_slice_from(at, at.len && strchr(" iWEF", *at.ptr) ? 1 : 0);
    if (!pfg_take(&at, ":")) {
        return false;
    }
    at = pfg_slice_trim_left(at);
    if (pfg_take(&at, "[Step ")) {
        (void)pfg_take_until(&at, ']');
        (void)pfg_take(&at, " ");
    }
    *rest = at;
    return true;
}

/* Jenkins' "[2024-05-01T12:00:00.123Z] " and "[12:00:00] ", kubectl's
 * "[pod/NAME/CONTAINER] ", act's "[WORKFLOW/JOB]   | ". */
static bool cut_brackets(struct pfg_line *line)
{
    struct pfg_slice rest = line->text;
    struct pfg_slice in = pfg_take_until(&rest, ']'), bar, clock;

    if (!pfg_take(&in, "[")) {
        return false;
    }
    clock = in;
    if (take_clock(&clock) && !clock.len && cut_teamcity(&rest)) {
        line->text = rest;
        return true;
    }
    if (!pfg_take(&rest, " ")) {
        return false;
    }
    bar = pfg_slice_trim_left(rest);
    clock = in;
    if (pfg_take(&bar, "| ")) {
        line->text = bar;
    } else if (pfg_slice_starts(in, "pod/") || is_step(in) ||
               (take_clock(&clock) && !clock.len) ||
               (in.len + 2 >= STAMP_MIN && !pfg_time_parse(&line->time, in))) {
        line->text = rest;
    } else {
        return false;
    }
    return true;
}

static bool is_service_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-' ||
           c == '@';
}

/* "bench-1  | " of docker compose, which pads all names to one column; behind
 * a single blank it is one only where the name counts containers, for a
 * benchmark may be called "parse | streaming". */
static bool cut_service(struct pfg_line *line)
{
    struct pfg_slice rest = line->text;
    size_t name = 0, blanks = 0;

    if (line->plain || !memchr(rest.ptr, '|', rest.len)) {
        return false; /* nearly every line */
    }
    while (name < rest.len && is_service_byte(rest.ptr[name])) {
        name++;
    }
    rest = pfg_slice_from(rest, name);
    while (pfg_take(&rest, " ")) {
        blanks++;
    }
    if (!blanks || !pfg_take(&rest, "|") ||
        (rest.len && !pfg_take(&rest, " ")) ||
        (blanks == 1 && !isdigit((unsigned char)line->text.ptr[name - 1]))) {
        return false;
    }
    line->text = rest;
    return true;
}

static void cut_prefixes(struct pfg_line *line)
{
    for (int i = 0; i < MAX_PREFIXES && line->text.len; i++) {
        char first = line->text.ptr[0];
        bool digit = first >= '0' && first <= '9';
        bool cut = first == '[' ? cut_brackets(line)
                   : is_service_byte(first)
                       ? (digit && (cut_stamp(line) || cut_clock(line))) ||
                             cut_date(line) || cut_job(line) ||
                             cut_service(line)
                       : false;

        if (!cut) {
            return;
        }
    }
}

static bool is_between(char c, char low, char high)
{
    return c >= low && c <= high;
}

/* The length of the escape sequence that begins with ESC at p[0] (ECMA-48,
 * sections 5.3, 5.4 and 5.6). One that does not end takes what may belong to
 * it, a string that does not end (a title, a link) its first two bytes. */
static size_t sequence_length(const char *p, size_t len)
{
    size_t n = 2;

    if (len < 2) {
        return len;
    }
    if (p[1] == '[') {
        while (n < len && is_between(p[n], 0x20, 0x3f)) {
            n++;
        }
        return n < len && is_between(p[n], 0x40, 0x7e) ? n + 1 : n;
    }
    if (memchr("]PX^_", p[1], 5)) {
        for (; n < len; n++) {
            if (p[n] == BEL) {
                return n + 1;
            }
            if (p[n] == ESC && n + 1 < len && p[n + 1] == '\\') {
                return n + 2;
            }
        }
        return 2;
    }
    for (n = 1; n < len && is_between(p[n], 0x20, 0x2f); n++) {
    }
    return n < len && is_between(p[n], 0x30, 0x7e) ? n + 1 : n;
}

/* Whether a terminal would have changed what stood before: by printing over
 * it, or by an order to erase. */
static bool overwrites(struct pfg_slice text)
{
    while (text.len && text.ptr[0] == ESC) {
        size_t n = sequence_length(text.ptr, text.len);
        char last = text.ptr[n - 1];

        if (last == 'K' || last == 'J') {
            return true;
        }
        text = pfg_slice_from(text, n);
        if (!text.len) {
            return false;
        }
    }
    return text.len > 0;
}

/* Leaves what a terminal would show of a line with carriage returns in it:
 * what follows the last of them, unless that is nothing but colours. */
static struct pfg_slice after_returns(struct pfg_slice text)
{
    for (;;) {
        size_t at = pfg_slice_find_last_byte(text, '\r');
        struct pfg_slice tail;

        if (at == text.len) {
            return text;
        }
        tail = pfg_slice_from(text, at + 1);
        if (at + 1 < text.len && overwrites(tail)) {
            return tail;
        }
        text = pfg_slice_first(text, at);
    }
}

/* Closes up the text around its escape sequences. The line's bytes lie in the
 * window, which is ours to write. */
static struct pfg_slice without_sequences(struct pfg_slice text)
{
    char *begin = (char *)text.ptr, *to = begin;
    const char *p = text.ptr, *end = p + text.len;

    while (p < end) {
        const char *sequence = memchr(p, ESC, (size_t)(end - p));
        size_t plain = (size_t)((sequence ? sequence : end) - p);

        memmove(to, p, plain);
        to += plain;
        p += plain;
        if (sequence) {
            p += sequence_length(p, (size_t)(end - p));
        }
    }
    return pfg_slice_range(begin, to);
}

void pfg_line_clean(struct pfg_line *line)
{
    /* Concatenated files leave marks in the middle. */
    if (line->text.len && line->text.ptr[0] == '\xef') {
        pfg_take(&line->text, "\xef\xbb\xbf");
    }
    cut_prefixes(line);
    if (line->plain) {
        return;
    }
    if (line->text.len && memchr(line->text.ptr, '\r', line->text.len)) {
        line->text = after_returns(line->text);
    }
    if (line->text.len && memchr(line->text.ptr, ESC, line->text.len)) {
        line->text = without_sequences(line->text);
        cut_prefixes(line); /* which may be coloured */
    }
}
