#include "ingest/core/csv.h"

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pfg_slice pfg_csv_cell(const struct pfg_csv_row *row, size_t i)
{
    return i < row->n ? row->cells[i] : pfg_slice_make(NULL, 0);
}

size_t pfg_csv_find(const struct pfg_csv_row *row, const char *text)
{
    size_t i = 0;

    while (i < row->n && !pfg_slice_is(pfg_slice_trim(row->cells[i]), text)) {
        i++;
    }
    return i;
}

/* The points and commas in a number. */
struct marks {
    size_t n[2];    /* points, commas */
    size_t last[2]; /* index of the last of each */
    size_t end;     /* of digits, points and commas */
    bool groups;    /* three digits follow each mark, except perhaps the last */
    bool tail;      /* and three digits follow the last one, too */
};

static struct marks find_marks(struct pfg_slice text)
{
    struct marks found = {.groups = true};
    size_t i = text.len && (*text.ptr == '-' || *text.ptr == '+');
    size_t digits = 0, sign = i;

    for (; i < text.len && strchr("0123456789.,", text.ptr[i]) && text.ptr[i];
         i++) {
        bool comma = text.ptr[i] == ',';

        if (!comma && text.ptr[i] != '.') {
            digits++;
            continue;
        }
        found.groups &= found.n[0] + found.n[1] ? digits == 3
                                                : digits >= 1 && digits <= 3 &&
                                                      text.ptr[sign] != '0';
        found.n[comma]++;
        found.last[comma] = i;
        digits = 0;
    }
    found.end = i;
    found.tail = found.groups && digits == 3;
    if (!digits) { /* "12," */
        found.n[0] = found.n[1] = 0;
    }
    return found;
}

bool pfg_csv_is_either(struct pfg_slice cell)
{
    struct marks found = find_marks(pfg_slice_trim(cell));

    return !found.n[0] && found.n[1] == 1 && found.tail;
}

/* Returns the mark that is the decimal point: the last one, if there is only
 * one of its kind. */
static int point_of(const struct marks *found, struct pfg_slice text)
{
    bool comma = found->last[1] > found->last[0];
    bool both = found->n[0] && found->n[1];

    if (!found->n[1] || found->n[comma] != 1 || (both && !found->groups)) {
        return 0;
    }
    return text.ptr[found->last[comma]];
}

struct pfg_slice pfg_csv_number(struct pfg_slice cell, struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_slice_trim(cell);
    struct marks found = find_marks(text);
    bool thousands =
        found.tail && !found.n[0] != !found.n[1] && found.n[0] + found.n[1] > 1;
    int point = point_of(&found, text);
    char *made;
    size_t n = 0;

    if (pfg_csv_is_either(text) || (!point && !thousands)) {
        return text;
    }
    made = pfg_arena_slice(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        bool mark = i < found.end && strchr(".,", text.ptr[i]);

        if (!mark || text.ptr[i] == point) {
            made[n++] = mark ? '.' : text.ptr[i];
        }
    }
    return pfg_slice_make(made, n);
}

void pfg_csv_begin(struct pfg_csv *csv, char separator)
{
    *csv = (struct pfg_csv){.separator = separator};
    pfg_str_init(&csv->text, 0);
    pfg_str_init(&csv->raw, 0);
}

void pfg_csv_end(struct pfg_csv *csv)
{
    pfg_str_free(&csv->text);
    pfg_str_free(&csv->raw);
    pfg_vec_free(&csv->cells);
    pfg_vec_free(&csv->offsets);
}

/* Copies up to the separator. The rest then begins with it or is empty. */
static void copy_plain(struct pfg_csv *csv, struct pfg_slice *rest)
{
    size_t n = pfg_slice_find_byte(*rest, csv->separator);

    pfg_str_add(&csv->text, pfg_slice_first(*rest, n));
    *rest = pfg_slice_from(*rest, n);
}

/* Copies up to the closing quote, drops the quote, and copies any text between
 * it and the separator. */
static void copy_quoted(struct pfg_csv *csv, struct pfg_slice *rest)
{
    csv->open = true;
    while (csv->open && rest->len) {
        size_t n = pfg_slice_find_byte(*rest, '"');

        pfg_str_add(&csv->text, pfg_slice_first(*rest, n));
        csv->open = n == rest->len;
        *rest = pfg_slice_from(*rest, n + 1);
        if (!csv->open && pfg_take(rest, "\"")) {
            pfg_str_putc(&csv->text, '"');
            csv->open = true;
        }
    }
    if (csv->open) {
        pfg_str_putc(&csv->text, '\n');
    } else {
        copy_plain(csv, rest);
    }
}

static void begin_cell(struct pfg_csv *csv, struct pfg_slice *rest)
{
    struct pfg_slice text = *rest;

    while (csv->separator != ' ' && pfg_take(&text, " ")) {
    }
    pfg_vec_push(&csv->offsets, NULL, csv->text.len);
    if (pfg_take(&text, "\"")) {
        *rest = text;
        copy_quoted(csv, rest);
    } else {
        copy_plain(csv, rest);
    }
}

/* Copies the cells of a line that has quotes, or that continues a quoted cell,
 * to csv->text. */
static void add_quoted(struct pfg_csv *csv, struct pfg_slice line)
{
    struct pfg_slice rest = line;

    if (csv->open) {
        copy_quoted(csv, &rest);
    } else {
        begin_cell(csv, &rest);
    }
    while (!csv->open && rest.len) {
        rest = pfg_slice_from(rest, 1);
        begin_cell(csv, &rest);
    }
}

static void finish_quoted(struct pfg_csv *csv)
{
    csv->cells.n = 0;
    for (size_t i = 0; i < csv->offsets.n; i++) {
        size_t begin = csv->offsets.at[i];
        size_t end =
            i + 1 < csv->offsets.n ? csv->offsets.at[i + 1] : csv->text.len;

        pfg_vec_push(&csv->cells, NULL,
                     pfg_slice_make(csv->text.ptr + begin, end - begin));
    }
}

/* A word with the high bit set in each byte that is equal to `c`. */
static uint64_t bytes_that_are(uint64_t word, char c)
{
    const uint64_t ones = 0x0101010101010101, lows = 0x7f7f7f7f7f7f7f7f;
    uint64_t differs = word ^ (ones * (unsigned char)c);

    return ~(((differs & lows) + lows) | differs | lows);
}

/* Splits a line without quotes into cells, eight bytes at a time. Most cells
 * are too short for memchr() to pay off. */
static void split_plain(struct pfg_csv *csv, struct pfg_slice line)
{
    const char *begin = line.ptr, *end = line.ptr + line.len;
    const char separator = csv->separator;
    struct pfg_slice *cells = csv->cells.at;
    size_t n = 0;

    for (const char *at = line.ptr; at < end; at += 8) {
        uint64_t word = 0, found;

        if (end - at < 8) {
            memcpy(&word, at, (size_t)(end - at));
        } else {
            memcpy(&word, at, 8);
        }
        while (csv->cells.cap < n + 9) {
            csv->cells.at = cells =
                pfg_vec_grow(cells, &csv->cells.cap, sizeof *cells, NULL);
        }
        found = bytes_that_are(le64toh(word), separator);
        for (; found; found &= found - 1) {
            const char *here = at + (__builtin_ctzll(found) >> 3);

            cells[n++] = pfg_slice_range(begin, here);
            begin = here + 1;
        }
    }
    csv->cells.n = n;
    pfg_vec_push(&csv->cells, NULL, pfg_slice_range(begin, end));
}

static void begin_record(struct pfg_csv *csv, long number)
{
    pfg_str_clear(&csv->text);
    pfg_str_clear(&csv->raw);
    csv->offsets.n = 0;
    csv->line = number;
    csv->open = false;
}

static struct pfg_csv_row make_row(const struct pfg_csv *csv)
{
    return (struct pfg_csv_row){
        .cells = csv->cells.at,
        .n = csv->cells.n,
        .line = csv->line,
    };
}

enum pfg_csv_status pfg_csv_line(struct pfg_csv *csv, struct pfg_csv_row *out,
                                 struct pfg_slice line, long number)
{
    bool goes_on = csv->open;

    if (!goes_on) {
        begin_record(csv, number);
    }
    if (!goes_on && (!line.len || !memchr(line.ptr, '"', line.len))) {
        split_plain(csv, line);
    } else {
        add_quoted(csv, line);
        if (csv->open || goes_on) {
            pfg_str_add(&csv->raw, line);
            pfg_str_putc(&csv->raw, '\n');
        }
        if (csv->open && csv->raw.len <= PFG_CSV_RECORD_MAX) {
            return PFG_CSV_MORE;
        }
        finish_quoted(csv);
    }
    if (csv->open || csv->cells.n > PFG_CSV_CELLS_MAX) {
        csv->open = false;
        return PFG_CSV_REFUSED;
    }
    *out = make_row(csv);
    return PFG_CSV_ROW;
}

bool pfg_csv_rest(struct pfg_csv *csv, struct pfg_csv_row *out)
{
    if (!csv->open) {
        return false;
    }
    csv->open = false;
    finish_quoted(csv);
    *out = make_row(csv);
    out->cut = true;
    return true;
}
