#include "render/render.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "term/table.h"
#include "unit/unit.h"

/* A row a series, for spreadsheets and data frames (RFC 4180): values in base
 * units with all their digits, nothing where there is no number. */
enum { TEXT, NUMBER, COUNT };

struct cell {
    int kind;
    const char *text;
    double number;
    size_t count;
};

#define TEXT_OF(t)   ((struct cell){.kind = TEXT, .text = (t)})
#define NUMBER_OF(x) ((struct cell){.kind = NUMBER, .number = (x)})
#define COUNT_OF(n)  ((struct cell){.kind = COUNT, .count = (n)})

static const char HEADING[] =
    "hardware,suite,benchmark,label,metric,unit,better,verdict,evidence,gated,"
    "fails,base,base_lower,base_upper,base_n,base_processes,head,head_lower,"
    "head_upper,head_n,head_processes,change,change_lower,change_upper,"
    "change_level,difference,p,threshold,effective_threshold,detectable,"
    "budget,budget_crossed,reason,base_revision,head_revision\r\n";

/* What a spreadsheet would take for a formula is told apart by a quote. */
static bool looks_like_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

/* Also what a CI would obey at the beginning of a line. */
static bool needs_quotes(const char *text)
{
    return strpbrk(text, ",\"") || (*text && strchr(":#", *text));
}

/* Control characters are spelt out: a row is a line. */
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

static void put_cell(struct pfg_str *out, const struct cell *cell)
{
    char text[PFG_NUMBER_TEXT];

    if (cell->kind == TEXT) {
        put_text(out, cell->text);
    } else if (cell->kind == COUNT) {
        pfg_str_printf(out, "%zu", cell->count);
    } else if (isfinite(cell->number)) {
        pfg_str_puts(out, pfg_number_shortest(text, cell->number));
    }
}

static void put_cells(struct pfg_str *out, const struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(out, i ? "," : "");
        put_cell(out, &cells[i]);
    }
}

static const char *yes(bool flag)
{
    return flag ? "true" : "false";
}

static void put_identity(struct pfg_str *out,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row)
{
    const char *hardware = section->has_profile && section->profile.name
                               ? section->profile.name
                               : "";
    const struct cell cells[] = {
        TEXT_OF(hardware),
        TEXT_OF(row->suite),
        TEXT_OF(row->benchmark),
        TEXT_OF(row->label),
        TEXT_OF(row->metric),
        TEXT_OF(row->unit),
        TEXT_OF(pfg_direction_name(row->better)),
        TEXT_OF(pfg_verdict_name(row->verdict)),
        TEXT_OF(pfg_evidence_name(row->evidence)),
        TEXT_OF(yes(row->gated)),
        TEXT_OF(yes(row->fails)),
    };

    put_cells(out, cells, sizeof cells / sizeof *cells);
}

static void put_side(struct pfg_str *out, const struct pfg_report_side *side)
{
    const struct cell cells[] = {
        NUMBER_OF(side->present ? side->value : NAN),
        NUMBER_OF(side->present ? side->interval.lower : NAN),
        NUMBER_OF(side->present ? side->interval.upper : NAN),
        COUNT_OF(side->present ? side->n : 0),
        COUNT_OF(side->present ? side->n_processes : 0),
    };

    pfg_str_putc(out, ',');
    put_cells(out, cells, sizeof cells / sizeof *cells);
}

static void put_decision(struct pfg_str *out,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row)
{
    const struct cell cells[] = {
        NUMBER_OF(row->change),
        NUMBER_OF(row->change_lower),
        NUMBER_OF(row->change_upper),
        NUMBER_OF(row->change_level),
        NUMBER_OF(row->difference),
        NUMBER_OF(row->p),
        NUMBER_OF(row->threshold),
        NUMBER_OF(row->effective_threshold),
        NUMBER_OF(row->detectable),
        TEXT_OF(row->budget),
        TEXT_OF(*row->budget ? yes(row->budget_crossed) : ""),
        TEXT_OF(row->reason),
        TEXT_OF(section->has_base ? section->base.id : ""),
        TEXT_OF(section->head.id),
    };

    pfg_str_putc(out, ',');
    put_cells(out, cells, sizeof cells / sizeof *cells);
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    (void)options;
    (void)err;
    pfg_str_puts(out, HEADING);
    for (size_t s = 0; s < report->n_sections; s++) {
        const struct pfg_report_section *section = &report->sections[s];

        for (size_t i = 0; i < section->n_rows; i++) {
            put_identity(out, section, &section->rows[i]);
            put_side(out, &section->rows[i].base);
            put_side(out, &section->rows[i].head);
            put_decision(out, section, &section->rows[i]);
            pfg_str_puts(out, "\r\n");
        }
    }
    return 0;
}

const struct pfg_renderer pfg_renderer_csv = {
    .name = "csv",
    .title = "a row a series, for spreadsheets",
    .render = render,
};
