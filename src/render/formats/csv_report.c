#include "render/render.h"

#include <math.h>

#include "render/csv_cells.h"
#include "unit/unit.h"

/* A row for each series, for spreadsheets and data frames. */
static const char HEADING[] =
    "hardware,suite,benchmark,label,metric,unit,better,verdict,evidence,gated,"
    "fails,base,base_lower,base_upper,base_n,base_processes,head,head_lower,"
    "head_upper,head_n,head_processes,change,change_lower,change_upper,"
    "change_level,difference,p,threshold,effective_threshold,detectable,"
    "budget,budget_crossed,reason,base_revision,head_revision\r\n";

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
    const struct pfg_csv_cell cells[] = {
        PFG_CSV_TEXT(hardware),
        PFG_CSV_TEXT(row->suite),
        PFG_CSV_TEXT(row->benchmark),
        PFG_CSV_TEXT(row->label),
        PFG_CSV_TEXT(row->metric),
        PFG_CSV_TEXT(row->unit),
        PFG_CSV_TEXT(pfg_direction_name(row->better)),
        PFG_CSV_TEXT(pfg_verdict_name(row->verdict)),
        PFG_CSV_TEXT(pfg_evidence_name(row->evidence)),
        PFG_CSV_TEXT(yes(row->gated)),
        PFG_CSV_TEXT(yes(row->fails)),
    };

    pfg_csv_put(out, cells, PFG_COUNT(cells));
}

static void put_side(struct pfg_str *out, const struct pfg_report_side *side)
{
    const struct pfg_csv_cell cells[] = {
        PFG_CSV_NUMBER(side->present ? side->value : NAN),
        PFG_CSV_NUMBER(side->present ? side->interval.lower : NAN),
        PFG_CSV_NUMBER(side->present ? side->interval.upper : NAN),
        PFG_CSV_COUNT(side->present ? side->n : 0),
        PFG_CSV_COUNT(side->present ? side->n_processes : 0),
    };

    pfg_str_putc(out, ',');
    pfg_csv_put(out, cells, PFG_COUNT(cells));
}

static void put_decision(struct pfg_str *out,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row)
{
    const struct pfg_csv_cell cells[] = {
        PFG_CSV_NUMBER(row->change),
        PFG_CSV_NUMBER(row->change_lower),
        PFG_CSV_NUMBER(row->change_upper),
        PFG_CSV_NUMBER(row->change_level),
        PFG_CSV_NUMBER(row->difference),
        PFG_CSV_NUMBER(row->p),
        PFG_CSV_NUMBER(row->threshold),
        PFG_CSV_NUMBER(row->effective_threshold),
        PFG_CSV_NUMBER(row->detectable),
        PFG_CSV_TEXT(row->budget),
        PFG_CSV_TEXT(*row->budget ? yes(row->budget_crossed) : ""),
        PFG_CSV_TEXT(row->reason),
        PFG_CSV_TEXT(section->has_base ? section->base.id : ""),
        PFG_CSV_TEXT(section->head.id),
    };

    pfg_str_putc(out, ',');
    pfg_csv_put(out, cells, PFG_COUNT(cells));
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_report_cursor at = {.report = report};

    (void)options;
    (void)err;
    pfg_str_puts(out, HEADING);
    while (pfg_report_next(&at)) {
        put_identity(out, at.section, at.row);
        put_side(out, &at.row->base);
        put_side(out, &at.row->head);
        put_decision(out, at.section, at.row);
        pfg_str_puts(out, "\r\n");
    }
    return 0;
}

const struct pfg_renderer pfg_renderer_csv = {
    .name = "csv",
    .title = "one row per series, for spreadsheets",
    .render = render,
};
