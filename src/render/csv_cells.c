#include "render/csv_cells.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "term/table.h"

/* A leading quote keeps a spreadsheet from taking text for a formula. */
static bool looks_like_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

/* And a CI from obeying it at the beginning of a line. */
static bool needs_quotes(const char *text)
{
    return strpbrk(text, ",\"") || (*text && strchr(":#", *text));
}

/* Spells out control characters: a row is one line. */
static void put_text(struct pfg_str *out, const char *text)
{
    bool formula = looks_like_formula(text);
    struct pfg_str shown;

    pfg_str_init(&shown, 0);
    pfg_text_visible(&shown, pfg_slice_of(text));
    if (!formula && !needs_quotes(shown.ptr)) {
        pfg_str_puts(out, shown.ptr);
    } else {
        pfg_str_puts(out, formula ? "\"'" : "\"");
        for (const char *c = shown.ptr; *c; c++) {
            pfg_str_puts(out, *c == '"' ? "\"" : "");
            pfg_str_putc(out, *c);
        }
        pfg_str_putc(out, '"');
    }
    pfg_str_free(&shown);
}

static void put_cell(struct pfg_str *out, const struct pfg_csv_cell *cell)
{
    char text[PFG_NUMBER_TEXT];

    if (cell->kind == PFG_CSV_IS_TEXT) {
        put_text(out, cell->text);
    } else if (cell->kind == PFG_CSV_IS_COUNT) {
        pfg_str_printf(out, "%zu", cell->count);
    } else if (isfinite(cell->number)) {
        pfg_str_puts(out, pfg_number_shortest(text, cell->number));
    }
}

void pfg_csv_put(struct pfg_str *out, const struct pfg_csv_cell *cells,
                 size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(out, i ? "," : "");
        put_cell(out, &cells[i]);
    }
}
