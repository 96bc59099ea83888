#include <ctype.h>
#include <string.h>

#include "input/input.h"

#define ESC '\x1b'
#define BEL '\a'

/* Length of "2024-05-01T12:00:00Z ", with up to nine digits of a second and a
 * time zone offset. */
#define STAMP_MIN 21
#define STAMP_MAX 36
/* Longest names of job and step before a line. */
#define NAMES_MAX 256
/* A container's log may be part of a CI step's log. */
#define MAX_PREFIXES 4

static bool looks_stamped(struct pfg_slice text)
{
    return text.len >= STAMP_MIN && text.ptr[0] >= '1' && text.ptr[0] <= '2' &&
           text.ptr[4] == '-' && text.ptr[7] == '-' && text.ptr[10] == 'T' &&
           text.ptr[13] == ':';
}

/* After its time GitLab prints a stream, out or err, and whether the line
 * before continues: "00O ", "01E+". A container runtime prints "stdout F ". */
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

/* "JOB<tab>STEP<tab>" before a time: `gh run view --log`, which leaves a byte
 * order mark at the first line of a step. */
static bool cut_job(struct pfg_line *line)
{
    const char *names = line->text.ptr;
    const char *end =
        names + (line->text.len < NAMES_MAX ? line->text.len : NAMES_MAX);
    const char *tab = memchr(names, '\t', (size_t)(end - names));
    struct pfg_line rest;

    tab = tab ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;
    if (!tab || ++tab == end ||
        (*tab != '\xef' && *tab != '1' && *tab != '2')) {
        return false; /* no year begins with this byte */
    }
    rest = *line;
    rest.text = pfg_slice_from(line->text, (size_t)(tab - names));
    (void)pfg_take(&rest.text, "\xef\xbb\xbf");
    if (!cut_stamp(&rest)) {
        return false;
    }
    *line = rest;
    return true;
}

/* "12:00:00", maybe with a fraction. */
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

/* "2024-05-01 12:00:00 ", with a fraction after a point or a comma; or syslog's
 * "May  1 12:00:00 " with a host and "NAME[PID]: " after it. */
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

/* "12:00:00 ", maybe with one more blank for alignment. */
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

/* "bench:12" from Drone and Woodpecker: a step and its line. */
static bool is_step(struct pfg_slice in)
{
    size_t colon = pfg_slice_find_last_byte(in, ':');
    struct pfg_slice number = pfg_slice_from(in, colon + 1);

    return colon && colon < in.len && isalpha((unsigned char)*in.ptr) &&
           pfg_take_digits(&number).len && !number.len;
}

/* The rest of TeamCity's "[12:00:00]W:<tab> [Step 1/2] " after the first
 * bracket. */
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

/* "[2024-05-01T12:00:00.123Z] " and "[12:00:00] " from Jenkins,
 * "[pod/NAME/CONTAINER] " from kubectl, "[WORKFLOW/JOB]   | " from act. */
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

/* "bench-1  | " from docker compose, which pads all names to one width. After a
 * single blank the name must end with a container's number, since a benchmark
 * may be called "parse | streaming". */
static bool cut_service(struct pfg_line *line)
{
    struct pfg_slice rest = line->text;
    size_t name = 0, blanks = 0;

    if (line->plain || !memchr(rest.ptr, '|', rest.len)) {
        return false; /* as for nearly every line */
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

/* The length of the escape sequence at p[0], which is ESC (ECMA-48, sections
 * 5.3, 5.4 and 5.6). An incomplete sequence includes every byte that can belong
 * to it, but an incomplete string (a title, a link) has only its first two. */
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

/* Whether the text would make a terminal change what it shows of the line, by
 * printing over it or by erasing. */
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

/* Returns what a terminal would show of a line with carriage returns: the text
 * after the last of them, unless that is only colours. */
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

/* Removes the escape sequences. This changes the bytes of the window. */
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
    /* A file that was appended to another has its mark in the middle. */
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
        cut_prefixes(line); /* prefixes may be coloured */
    }
}
