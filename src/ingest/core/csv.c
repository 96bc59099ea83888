#include "ingest/core/csv.h"

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

/* Copies up to the separator. What is left is empty, or begins with it. */
static void copy_plain(struct pfg_csv *csv, struct pfg_slice *rest)
{
    size_t n = pfg_slice_find_byte(*rest, csv->separator);

    pfg_str_add(&csv->text, pfg_slice_first(*rest, n));
    *rest = pfg_slice_from(*rest, n);
}

/* Copies to the closing quote, which is dropped, and then what a careless
 * writer put behind it. */
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

/* Cells of which some are quoted, into csv->text; it may be the middle of
 * one. */
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

static void split_plain(struct pfg_csv *csv, struct pfg_slice line)
{
    const char *p = line.ptr, *end = p + line.len, *next;

    csv->cells.n = 0;
    while (p < end && (next = memchr(p, csv->separator, (size_t)(end - p)))) {
        pfg_vec_push(&csv->cells, NULL, pfg_slice_range(p, next));
        p = next + 1;
    }
    pfg_vec_push(&csv->cells, NULL, pfg_slice_make(p, (size_t)(end - p)));
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
