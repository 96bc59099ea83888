#include "ingest/table/line_pattern.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes blanks, at least one, unless one has been taken. */
static bool skip_blanks(struct pfg_slice *rest, const char *begin)
{
    bool found = rest->ptr > begin && is_blank(rest->ptr[-1]);

    while (rest->len && is_blank(*rest->ptr)) {
        *rest = pfg_slice_from(*rest, 1);
        found = true;
    }
    return found;
}

/* Takes a number such as "7,124.5", commas included. */
static struct pfg_slice take_number(struct pfg_slice *rest, bool commas)
{
    struct pfg_slice whole = *rest;
    struct pfg_slice number = pfg_take_number(rest);

    while (commas && number.len && rest->len > 3 && *rest->ptr == ',') {
        struct pfg_slice more = pfg_slice_from(*rest, 1);

        if (pfg_take_digits(&more).len < 3) {
            break;
        }
        *rest = pfg_slice_from(*rest, 1);
        pfg_take_number(rest);
        number = pfg_slice_range(whole.ptr, rest->ptr);
    }
    if (!number.len) {
        static const char *const words[] = {"-nan", "nan", "NaN", "-inf",
                                            "inf"};

        for (size_t i = 0; i < PFG_COUNT(words); i++) {
            if (pfg_take(rest, words[i])) {
                return pfg_slice_range(whole.ptr, rest->ptr);
            }
        }
    }
    return number;
}

/* Takes text up to a blank, or one of `ends`. */
static struct pfg_slice take_up_to(struct pfg_slice *rest, const char *ends)
{
    struct pfg_slice word = *rest;

    word.len = 0;
    while (rest->len && !is_blank(*rest->ptr) && *rest->ptr &&
           !strchr(ends, *rest->ptr)) {
        *rest = pfg_slice_from(*rest, 1);
        word.len++;
    }
    return word;
}

/* The start of the number before `behind`: of 1.2 in "a b 1.2M (" for "M (".
 * Names may contain blanks and numbers. */
static size_t find_number(const char *behind, struct pfg_slice line)
{
    size_t n = strcspn(behind, "%");

    for (size_t i = 1; i + n <= line.len; i++) {
        size_t begin = i;

        if (memcmp(line.ptr + i, behind, n) != 0 ||
            !strchr("0123456789", line.ptr[i - 1])) {
            continue;
        }
        while (begin && !is_blank(line.ptr[begin - 1])) {
            begin--;
        }
        if (begin) {
            return begin;
        }
    }
    return line.len + 1;
}

/* Finds the literal text of the pattern, up to its next "%" or blank, in the
 * line. The end of the pattern is the end of the line. */
static size_t find_next(const char *pattern, struct pfg_slice line)
{
    size_t n = strcspn(pattern, "% ");
    struct pfg_slice literal = pfg_slice_make(pattern, n);

    if (!*pattern) {
        return line.len;
    }
    if (!strncmp(pattern, " %n", 3)) {
        return find_number(pattern + 3, line);
    }
    if (*pattern == ' ') { /* and the word behind it */
        n = strcspn(pattern + 1, "% ");
        literal = pfg_slice_make(pattern + 1, n);
    }
    for (size_t i = 0; i + literal.len <= line.len; i++) {
        if (!memcmp(line.ptr + i, literal.ptr, literal.len) &&
            (*pattern != ' ' || (i && is_blank(line.ptr[i - 1])))) {
            return i;
        }
    }
    return line.len + 1;
}

static struct pfg_slice *room(struct pfg_line_match *out, char letter)
{
    switch (letter) {
    case 'n':
        return &out->number;
    case 'p':
        return &out->percentile;
    case 's':
        return &out->stddev;
    case 'i':
        return &out->min;
    case 'a':
        return &out->max;
    case 'k':
        return &out->count;
    case 'e':
        return &out->half;
    default:
        return NULL;
    }
}

/* Takes from the line what `letter` stands for. */
static bool take(struct pfg_line_match *out, char letter, const char *pattern,
                 struct pfg_slice *line, bool commas)
{
    struct pfg_slice *number = room(out, letter);
    struct pfg_slice text;
    size_t at;

    if (number) {
        *number = take_number(line, commas);
        return number->len > 0;
    }
    if (letter == 'f') {
        return take_number(line, commas).len > 0;
    }
    if (letter == 't') {
        out->number = take_up_to(line, "");
        return out->number.len > 0;
    }
    if (letter == 'u') {
        out->unit = take_up_to(line, ",)]");
        return out->unit.len > 0;
    }
    if (letter == 'w') {
        return take_up_to(line, "").len > 0;
    }
    at = find_next(pattern, *line);
    if (at > line->len) {
        return false;
    }
    text = pfg_slice_trim(pfg_slice_first(*line, at));
    *line = pfg_slice_from(*line, at);
    if (letter == 'b') {
        out->benchmark = text;
    } else if (letter == 'v') {
        out->text = text;
    }
    return letter == '.' || text.len;
}

bool pfg_line_match(struct pfg_line_match *out, const char *pattern,
                    struct pfg_slice line, bool commas)
{
    const struct pfg_slice whole = line;

    *out = (struct pfg_line_match){0};
    while (*pattern) {
        char c = *pattern++;

        if (c == ' ') {
            if (!skip_blanks(&line, whole.ptr)) {
                return false;
            }
        } else if (c == '%' && *pattern != '%') {
            char letter = *pattern++;

            if (!take(out, letter, pattern, &line, commas)) {
                return false;
            }
        } else {
            pattern += c == '%';
            if (!line.len || *line.ptr != c) {
                return false;
            }
            line = pfg_slice_from(line, 1);
        }
    }
    return !pfg_slice_trim(line).len;
}
