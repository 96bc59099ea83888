#include "render/formats/text_table.h"
#include "render/suites.h"
#include "render/template/targets.h"
#include "render/versions.h"
#include "render/words/next.h"
#include "render/words/words.h"

/* The report for a terminal or a CI log, in the style of benchstat. The most
 * important comes last, because that is the end of a log that people see. */

static void put_origin(struct pfg_text_page *p, const char *label,
                       const struct pfg_report_origin *origin)
{
    const char *how = pfg_words_origin(p->arena, origin, p->report->time);
    const char *subject =
        *origin->subject
            ? pfg_arena_printf(p->arena, " \u201c%s\u201d", origin->subject)
            : "";

    pfg_text_line(p, PFG_PLAIN, label,
                  pfg_arena_printf(p->arena, *how ? "%s%s (%s)" : "%s%s",
                                   origin->label, subject, how));
}

static void put_hardware(struct pfg_text_page *p,
                         const struct pfg_report_section *section)
{
    const char *words = pfg_words_hardware(p->arena, &section->profile);
    const char *name = section->profile.name ? section->profile.name : "";

    if (section->has_profile) {
        pfg_text_line(
            p, PFG_PLAIN, "hardware  ",
            pfg_arena_printf(p->arena, *words ? "%s (%s)" : "%s", name, words));
    }
}

static void put_head_of(struct pfg_text_page *p,
                        const struct pfg_report_section *section)
{
    if (section->has_base) {
        put_origin(p, "base      ", &section->base);
    } else {
        pfg_text_line(p, PFG_YELLOW, "base      ",
                      pfg_arena_printf(p->arena, "none: %s", section->no_base));
    }
    put_origin(p, "head      ", &section->head);
    put_hardware(p, section);
    for (size_t i = 0; i < section->n_other_profiles; i++) {
        pfg_text_line(p, PFG_DIM, i ? "          " : "data on   ",
                      section->other_profiles[i]);
    }
    pfg_str_putc(p->out, '\n');
}

static void put_target(struct pfg_text_page *p, struct pfg_table *table,
                       const struct pfg_report_target *target, bool roomy)
{
    struct pfg_target_words words = pfg_words_target(target, p->arena);
    enum pfg_style style = target->fails                      ? PFG_RED
                           : target->status == PFG_TARGET_MET ? PFG_GREEN
                                                              : PFG_YELLOW;

    pfg_table_row(table);
    pfg_table_cell(table, style, "%s", words.sign);
    pfg_table_cell(table, PFG_PLAIN, "%s", words.name);
    pfg_table_cell(table, PFG_PLAIN, "%s", words.current);
    pfg_table_cell(table, PFG_PLAIN, "%s", roomy ? words.interval : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", words.limit);
    pfg_table_cell(table, style, "%s", words.status);
    if (*words.note) {
        pfg_table_line(table, PFG_DIM, 5,
                       pfg_arena_printf(p->arena, "     %s", words.note));
    }
}

static struct pfg_table *lay_out_targets(
    struct pfg_text_page *p, const struct pfg_report_section *section,
    bool roomy)
{
    static const char *const headings[] = {"", "target", "current",
                                           "", "limit",  "status"};
    enum { N_TARGET_COLUMNS = PFG_COUNT(headings) };
    struct pfg_table *table = pfg_table_new(p->arena, N_TARGET_COLUMNS);

    pfg_table_align(table, 0, PFG_RIGHT); /* so that names are shortened */
    pfg_table_align(table, 2, PFG_RIGHT);
    pfg_table_row(table);
    for (size_t i = 0; i < N_TARGET_COLUMNS; i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
    }
    pfg_table_rule(table);
    for (size_t i = 0; i < section->n_targets; i++) {
        put_target(p, table, &section->targets[i], roomy);
    }
    return table;
}

/* Absolute limits, the values, and whether they were kept. */
static void put_targets(struct pfg_text_page *p,
                        const struct pfg_report_section *section)
{
    struct pfg_table *table;
    int width = p->options->width;

    if (!section->n_targets) {
        return;
    }
    table = lay_out_targets(p, section, true);
    if (width > 0 && pfg_table_width(table) > (size_t)width) {
        table = lay_out_targets(p, section, false);
    }
    pfg_str_putc(p->out, '\n');
    pfg_table_print(p->out, table, width, p->options->color);
}

static void put_notes(struct pfg_text_page *p,
                      const struct pfg_report_section *section)
{
    if (*section->shift) {
        pfg_text_line(p, section->shift_fails ? PFG_RED : PFG_YELLOW,
                      section->shift_fails ? "\u2717 " : "! ", section->shift);
    }
    pfg_text_line(p, PFG_DIM, "", pfg_words_detectable(p->arena, section));
    for (size_t i = 0; i < section->n_notes; i++) {
        pfg_text_line(p, PFG_DIM, "note: ", section->notes[i]);
    }
    put_targets(p, section);
    pfg_str_putc(p->out, '\n');
}

static void put_machines(struct pfg_text_page *p,
                         const struct pfg_report_section *section)
{
    if (*section->machines) {
        pfg_text_line(p, PFG_YELLOW, "! ", section->machines);
        pfg_str_putc(p->out, '\n');
    }
}

/* Several heads in one table, followed by the notes on each. */
static void put_versions(struct pfg_text_page *p)
{
    const struct pfg_report *report = p->report;

    for (size_t i = 0; i < report->n_sections; i++) {
        put_machines(p, &report->sections[i]);
    }
    put_origin(p, "base      ", &report->sections[0].base);
    for (size_t i = 0; i < report->n_sections; i++) {
        put_origin(p, i ? "          " : "heads     ",
                   &report->sections[i].head);
    }
    put_hardware(p, &report->sections[0]);
    pfg_str_putc(p->out, '\n');
    pfg_table_print(
        p->out, pfg_versions_table(report, p->all, pfg_text_styles, p->arena),
        p->options->width, p->options->color);
    pfg_str_putc(p->out, '\n');
    for (size_t i = 0; i < report->n_sections; i++) {
        pfg_text_line(p, PFG_BOLD, "",
                      pfg_versions_counts(&report->sections[i], p->arena));
        put_notes(p, &report->sections[i]);
    }
}

static void put_section(struct pfg_text_page *p,
                        const struct pfg_report_section *section)
{
    put_machines(p, section);
    put_head_of(p, section);
    pfg_text_table(p, section);
    put_notes(p, section);
}

/* The footnotes that shown rows refer to. */
static const bool *marked(const struct pfg_text_page *p)
{
    const struct pfg_report *report = p->report;
    bool *result = pfg_arena_new_array(p->arena, bool, report->n_footnotes);
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        for (size_t k = 0;
             pfg_versions_show(at.row, p->all) && k < at.row->n_footnotes;
             k++) {
            result[at.row->footnotes[k]] = true;
        }
    }
    return result;
}

static void put_footnotes(struct pfg_text_page *p)
{
    const struct pfg_report *report = p->report;
    const struct pfg_advice advice = pfg_advice_of(report);
    const bool *shown = marked(p);
    size_t before = p->out->len;

    for (size_t i = 0; i < report->n_footnotes; i++) {
        if (shown[i]) {
            pfg_text_line(
                p, PFG_DIM,
                pfg_arena_printf(p->arena, "%s ", pfg_words_mark(p->arena, i)),
                report->footnotes[i]);
        }
    }
    for (size_t i = 0; i < report->n_warnings; i++) {
        pfg_text_line(p, PFG_YELLOW, "warning: ", report->warnings[i]);
    }
    for (size_t i = 0; i < advice.n; i++) {
        pfg_text_line(p, PFG_PLAIN, "advice: ", advice.at[i]);
    }
    if (p->out->len > before) {
        pfg_str_putc(p->out, '\n');
    }
}

static const struct {
    const char *sign;
    enum pfg_style style;
} tones[] = {
    [PFG_TONE_PASS] = {"\u2713 ", PFG_GREEN},
    [PFG_TONE_FAIL] = {"\u2717 ", PFG_RED},
    [PFG_TONE_NOISY] = {"! ", PFG_YELLOW},
    [PFG_TONE_DOUBT] = {"! ", PFG_YELLOW},
    [PFG_TONE_NOTHING] = {"! ", PFG_YELLOW},
};

static void put_counts(struct pfg_text_page *p)
{
    const struct pfg_report *report = p->report;

    if (*report->command) { /* not broken, so that it can be copied */
        pfg_str_puts(p->out, "repeat: ");
        pfg_text_visible(p->out, pfg_slice_of(report->command));
        pfg_str_putc(p->out, '\n');
    }
    if (report->n_rows) {
        pfg_text_line(
            p, PFG_PLAIN, "",
            pfg_arena_printf(
                p->arena, "%zu benchmark%s: %s", report->benchmarks.n,
                report->benchmarks.n == 1 ? "" : "s",
                pfg_words_counts(p->arena, report->benchmarks.counts)));
    }
    pfg_text_line(p, PFG_PLAIN, "", pfg_words_times(p->arena, report));
}

static void put_outcome(struct pfg_text_page *p)
{
    const struct pfg_report *report = p->report;
    enum pfg_tone tone = report->tone;

    pfg_text_line(p, tones[tone].style, tones[tone].sign,
                  report->gate
                      ? report->headline
                      : pfg_arena_printf(p->arena, "%s (reported only)",
                                         report->headline));
}

/* First, and even with --quiet: the change alters its own policy. */
static void put_policy(struct pfg_text_page *p)
{
    const struct pfg_report_policy *policy = &p->report->policy;

    if (!*policy->headline) {
        return;
    }
    if (!policy->n_changes) {
        pfg_text_line(p, PFG_PLAIN, "",
                      policy->headline); /* the first policy */
    } else {
        pfg_text_line(
            p, policy->effect == PFG_POLICY_LOOSER ? PFG_RED : PFG_YELLOW, "! ",
            policy->headline);
    }
    if (p->options->quiet) {
        return;
    }
    for (size_t i = 0; i < pfg_words_policy_shown(policy); i++) {
        pfg_text_line(p, PFG_PLAIN, "  ",
                      pfg_words_policy_change(p->arena, &policy->changes[i]));
    }
    pfg_text_line(p, PFG_PLAIN, "  ", pfg_words_policy_rest(p->arena, policy));
    pfg_text_line(p, PFG_PLAIN, "  ", pfg_words_policy_rows(p->arena, policy));
    pfg_str_putc(p->out, '\n');
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_text_page page = {
        .out = out,
        .report = report,
        .options = options,
        .arena = pfg_arena_new(),
        .all = options->all || report->n_rows <= PFG_MANY_ROWS,
    };

    (void)err;
    put_policy(&page);
    if (!options->quiet && !options->verbose && pfg_versions_are(report)) {
        put_versions(&page);
    } else {
        for (size_t i = 0; i < report->n_sections && !options->quiet; i++) {
            put_section(&page, &report->sections[i]);
        }
    }
    if (!options->quiet) {
        put_footnotes(&page);
        put_counts(&page);
    }
    put_outcome(&page);
    pfg_arena_free(page.arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_text = {
    .name = "text",
    .title = "a table for terminals and CI logs",
    .render = render,
};
