#include "render/template/fill.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "render/escape.h"
#include "render/versions.h"
#include "render/words/words.h"
#include "term/table.h"

void pfg_fill_set(const struct pfg_fill *f, struct pfg_template *t,
                  const char *marker, const char *value)
{
    struct pfg_str line, cut;

    if (!f->longest && pfg_text_is_visible(pfg_slice_of(value))) {
        pfg_template_set(t, marker, value);
        return;
    }
    pfg_str_init(&line, 0);
    pfg_str_init(&cut, 0);
    pfg_escape_line(&line, pfg_slice_of(value));
    if (f->longest) {
        pfg_text_cut(&cut, pfg_str_slice(&line), f->longest);
    }
    pfg_template_set(t, marker, f->longest ? cut.ptr : line.ptr);
    pfg_str_free(&line);
    pfg_str_free(&cut);
}

void pfg_fill_count(const struct pfg_fill *f, struct pfg_template *t,
                    const char *marker, size_t count)
{
    pfg_fill_set(f, t, marker, pfg_arena_printf(f->arena, "%zu", count));
}

void pfg_fill_anchor(const struct pfg_fill *f, struct pfg_template *t,
                     const struct pfg_report_section *section,
                     const struct pfg_report_row *row)
{
    pfg_fill_set(f, t, "ANCHOR",
                 pfg_words_anchor(f->arena, f->report, section, row));
}

void pfg_fill_optional(const struct pfg_fill *f, struct pfg_template *t,
                       const char *section, const char *marker,
                       const char *value)
{
    if (value && *value) {
        pfg_fill_set(f, t, marker, value);
        pfg_template_show(t, section);
    }
}

/* Repeats a section with one marker, where there is text. */
static void set_line(const struct pfg_fill *f, struct pfg_template *t,
                     const char *section, const char *marker, const char *text)
{
    if (text && *text) {
        pfg_fill_set(f, pfg_template_section(t, section), marker, text);
    }
}

/* The class for style sheets and the signs of an outcome. */
static const struct outcome {
    const char *class, *sign, *emoji;
} outcomes[] = {
    [PFG_TONE_PASS] = {"pass", "\u2713", "\u2705"},
    [PFG_TONE_FAIL] = {"fail", "\u2717", "\u274c"},
    [PFG_TONE_NOISY] = {"warn", "!", "\u26a0\ufe0f"},
    [PFG_TONE_DOUBT] = {"warn", "!", "\u26a0\ufe0f"},
    [PFG_TONE_NOTHING] = {"warn", "!", "\u26a0\ufe0f"},
};

static const char *sign_of(const struct pfg_fill *f,
                           const struct outcome *outcome)
{
    return f->emoji ? outcome->emoji : outcome->sign;
}

/* The change alters the policy that judges it. */
static void fill_policy(const struct pfg_fill *f, struct pfg_template *root)
{
    const struct pfg_report_policy *policy = &f->report->policy;
    struct pfg_template *t;

    if (!*policy->headline) {
        return;
    }
    t = pfg_template_section(root, "POLICY");
    pfg_fill_set(f, t, "POLICY_SIGN",
                 policy->n_changes ? sign_of(f, &outcomes[PFG_TONE_DOUBT])
                 : f->emoji        ? "\u2139\ufe0f"
                                   : "i"); /* the first policy */
    pfg_fill_set(f, t, "POLICY_HEADLINE", policy->headline);
    for (size_t i = 0; i < pfg_words_policy_shown(policy); i++) {
        set_line(f, t, "POLICY_CHANGE", "POLICY_CHANGE_TEXT",
                 pfg_words_policy_change(f->arena, &policy->changes[i]));
    }
    set_line(f, t, "POLICY_CHANGE", "POLICY_CHANGE_TEXT",
             pfg_words_policy_rest(f->arena, policy));
    pfg_fill_optional(f, t, "POLICY_ROWS", "POLICY_ROWS_TEXT",
                      pfg_words_policy_rows(f->arena, policy));
}

/* Counts what the headline does not count. */
static void fill_counts(const struct pfg_fill *f, struct pfg_template *root)
{
    const struct pfg_report_benchmarks *all = &f->report->benchmarks;
    size_t others = all->n - all->n_fails, counts[PFG_N_VERDICTS];

    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        counts[v] = all->counts[v] - all->failing[v];
    }
    pfg_fill_set(f, root, "COUNTS", pfg_words_counts(f->arena, counts));
    pfg_fill_set(f, root, "N_BENCHMARKS",
                 all->n_fails && others == 1 ? "The other benchmark"
                 : all->n_fails && others
                     ? pfg_arena_printf(f->arena,
                                        "The other %zu of %zu benchmarks",
                                        others, all->n)
                     : pfg_arena_printf(f->arena, "%zu benchmark%s", all->n,
                                        all->n == 1 ? "" : "s"));
    if (others) {
        pfg_template_show(root, "COUNTED");
    }
}

void pfg_fill_report(const struct pfg_fill *f, struct pfg_template *root)
{
    const struct pfg_report *report = f->report;
    const struct outcome *outcome = &outcomes[report->tone];
    char time[PFG_TIME_TEXT];

    pfg_fill_set(f, root, "OUTCOME_SIGN", sign_of(f, outcome));
    pfg_fill_set(f, root, "OUTCOME_CLASS", outcome->class);
    pfg_fill_set(f, root, "HEADLINE", report->headline);
    if (!report->gate) {
        pfg_template_show(root, "NO_GATE");
    }
    for (size_t i = 0; i < f->report->n_sections; i++) {
        set_line(f, root, "MACHINES", "MACHINES_TEXT",
                 f->report->sections[i].machines);
    }
    fill_policy(f, root);
    fill_counts(f, root);
    pfg_fill_set(f, root, "THRESHOLD",
                 pfg_words_percent(f->arena, report->threshold));
    pfg_fill_set(f, root, "THRESHOLD_SOURCE",
                 report->threshold_given ? "given" : "default");
    pfg_fill_set(f, root, "PROGRAM_VERSION", report->version);
    pfg_fill_optional(f, root, "DATED", "TIME",
                      pfg_time_short(time, report->time));
    pfg_fill_optional(f, root, "REPEAT", "COMMAND", report->command);
    pfg_fill_optional(f, root, "LINK", "URL", f->options->report_url);
}

void pfg_fill_footnotes(const struct pfg_fill *f, struct pfg_template *root)
{
    const struct pfg_report *report = f->report;

    if (report->n_footnotes + report->n_warnings) {
        pfg_template_show(root, "NOTES");
    }
    for (size_t i = 0; i < report->n_footnotes; i++) {
        struct pfg_template *t = pfg_template_section(root, "FOOTNOTE");

        pfg_fill_set(f, t, "MARK", pfg_words_mark(f->arena, i));
        pfg_fill_set(f, t, "FOOTNOTE_TEXT", report->footnotes[i]);
    }
    for (size_t i = 0; i < report->n_warnings; i++) {
        set_line(f, root, "WARNING", "WARNING_TEXT", report->warnings[i]);
    }
}

static void fill_origins(const struct pfg_fill *f, struct pfg_template *t,
                         const struct pfg_report_section *section)
{
    pfg_time now = f->report->time;

    if (section->has_base) {
        struct pfg_template *base = pfg_template_section(t, "BASE_SIDE");

        pfg_fill_set(f, base, "BASE_LABEL", section->base.label);
        pfg_fill_optional(f, base, "BASE_ABOUT", "BASE_SUBJECT",
                          section->base.subject);
        pfg_fill_optional(f, base, "BASE_CHOSEN", "BASE_HOW",
                          pfg_words_origin(f->arena, &section->base, now));
        pfg_fill_optional(f, base, "BASE_FULL", "BASE_ID", section->base.id);
    } else {
        pfg_fill_set(f, pfg_template_section(t, "NO_BASE"), "NO_BASE_WHY",
                     section->no_base);
    }
    pfg_fill_set(f, t, "HEAD_LABEL", section->head.label);
    pfg_fill_optional(f, t, "HEAD_ABOUT", "HEAD_SUBJECT",
                      section->head.subject);
    pfg_fill_optional(f, t, "HEAD_CHOSEN", "HEAD_HOW",
                      pfg_words_origin(f->arena, &section->head, now));
    pfg_fill_optional(f, t, "HEAD_FULL", "HEAD_ID", section->head.id);
}

void pfg_fill_section(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_section *section)
{
    fill_origins(f, t, section);
    if (section->has_profile) {
        struct pfg_template *hardware = pfg_template_section(t, "HARDWARE");
        const char *name = section->profile.name;

        pfg_fill_set(f, hardware, "HARDWARE_NAME", name ? name : "unknown");
        pfg_fill_optional(f, hardware, "HARDWARE_KNOWN", "HARDWARE_WORDS",
                          pfg_words_hardware(f->arena, &section->profile));
    } else {
        pfg_template_show(t, "NO_HARDWARE");
    }
    if (*section->shift) {
        struct pfg_template *shift = pfg_template_section(t, "SHIFT");

        pfg_fill_set(
            f, shift, "SHIFT_SIGN",
            sign_of(f, &outcomes[section->shift_fails ? PFG_TONE_FAIL
                                                      : PFG_TONE_DOUBT]));
        pfg_fill_set(f, shift, "SHIFT_TEXT", section->shift);
    }
}

void pfg_fill_notes(const struct pfg_fill *f, struct pfg_template *t,
                    const struct pfg_report_section *section)
{
    if (!f->seen_above) {
        pfg_fill_optional(f, t, "DETECTABLE", "DETECTABLE_TEXT",
                          pfg_words_detectable(f->arena, section));
    }
    for (size_t i = 0; i < section->n_other_profiles; i++) {
        set_line(f, t, "ELSEWHERE", "ELSEWHERE_NAME",
                 section->other_profiles[i]);
    }
    for (size_t i = 0; i < section->n_notes; i++) {
        set_line(f, t, "NOTE", "NOTE_TEXT", section->notes[i]);
    }
}

void pfg_fill_steps(const struct pfg_fill *f, struct pfg_template *t,
                    const struct pfg_steps *steps)
{
    for (size_t i = 0; i < steps->n; i++) {
        struct pfg_template *step = pfg_template_section(t, "STEP");

        pfg_fill_set(f, step, "STEP_TEXT", steps->at[i].text);
        pfg_fill_optional(f, step, "STEP_TYPED", "STEP_COMMAND",
                          steps->at[i].command);
        pfg_fill_optional(f, step, "STEP_MORE", "STEP_REST", steps->at[i].rest);
    }
}

/* The sign beside a verdict, for people who cannot see its colour. */
static const char *row_sign(const struct pfg_fill *f,
                            const struct pfg_report_row *row)
{
    bool better = row->verdict == PFG_IMPROVED || row->verdict == PFG_FASTER;

    return row->fails                ? sign_of(f, &outcomes[PFG_TONE_FAIL])
           : better                  ? sign_of(f, &outcomes[PFG_TONE_PASS])
           : row->verdict == PFG_NEW ? ""
           : row->listed             ? sign_of(f, &outcomes[PFG_TONE_DOUBT])
                                     : "";
}

static void fill_words(const struct pfg_fill *f, struct pfg_template *t,
                       const struct pfg_row_words *words)
{
    pfg_fill_set(f, t, "BASE", words->base);
    pfg_fill_set(f, t, "HEAD", words->head);
    pfg_fill_set(f, t, "CHANGE", words->change);
    pfg_fill_optional(f, t, "BASE_SPREAD_ANY", "BASE_SPREAD",
                      words->base_spread);
    pfg_fill_optional(f, t, "HEAD_SPREAD_ANY", "HEAD_SPREAD",
                      words->head_spread);
    pfg_fill_optional(f, t, "INTERVAL_ANY", "INTERVAL", words->interval);
    pfg_fill_set(f, t, "TEST", words->test);
    pfg_fill_set(f, t, "LIMIT", words->limit);
    pfg_fill_optional(f, t, "DETECTS_ANY", "DETECTS", words->detects);
    pfg_fill_set(f, t, "VERDICT", words->verdict);
    pfg_fill_optional(f, t, "MARKED", "MARKS", words->marks);
    pfg_fill_optional(f, t, "WHY", "WHY_TEXT", words->note);
}

void pfg_fill_row(const struct pfg_fill *f, struct pfg_template *t,
                  const struct pfg_report_row *row)
{
    struct pfg_row_words words = pfg_words_row(row, f->arena);
    const char *sign = row_sign(f, row);

    pfg_fill_set(f, t, "ROW_CLASS", pfg_verdict_name(row->verdict));
    pfg_fill_set(f, t, "ROW_SIGN", sign);
    if (*sign) {
        pfg_template_show(t, "SIGNED");
    }
    pfg_fill_set(f, t, "LABEL", *row->label ? row->label : "(no name)");
    pfg_fill_set(f, t, "METRIC", row->metric);
    pfg_fill_set(f, t, "EVIDENCE", pfg_evidence_name(row->evidence));
    fill_words(f, t, &words);
}

void pfg_fill_geomean(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_geomean *geomean)
{
    struct pfg_row_words words = pfg_words_geomean(geomean, f->arena);

    pfg_fill_set(f, t, "METRIC", geomean->metric);
    fill_words(f, t, &words);
}

static void fill_version_name(const struct pfg_fill *f, struct pfg_template *t,
                              const char *label, const char *metric)
{
    pfg_fill_set(f, t, "LABEL", *label ? label : "(no name)");
    pfg_fill_set(f, t, "METRIC", metric);
}

static void fill_version_line(const struct pfg_fill *f,
                              struct pfg_template *table,
                              const struct pfg_versions_line *line, bool suites)
{
    const struct pfg_report *report = f->report;
    struct pfg_template *t = pfg_template_section(table, "VERSION_LINE");

    fill_version_name(f, t, line->any->label, line->any->metric);
    pfg_fill_optional(f, t, "IN_SUITE", "SUITE",
                      suites ? line->any->suite : "");
    pfg_fill_set(f, t, "BASE",
                 pfg_versions_base(line, report->n_sections, f->arena));
    for (size_t i = 0; i < report->n_sections; i++) {
        struct pfg_template *cell = pfg_template_section(t, "VERSION_CELL");
        const struct pfg_report_row *row = line->rows[i];

        if (row) {
            struct pfg_template *own =
                pfg_template_section(cell, "VERSION_ROW");

            pfg_fill_row(f, own, row);
            pfg_fill_anchor(f, own, &report->sections[i], row);
            pfg_fill_set(f, own, "VERSION_CHANGE",
                         pfg_versions_change(row, f->arena));
        }
    }
}

static void fill_version_geomean(const struct pfg_fill *f,
                                 struct pfg_template *table,
                                 const struct pfg_report_geomean *mean)
{
    struct pfg_template *t = pfg_template_section(table, "VERSION_MEAN");

    pfg_fill_set(f, t, "METRIC", mean->metric);
    for (size_t i = 0; i < f->report->n_sections; i++) {
        const struct pfg_report_geomean *own =
            pfg_versions_geomean(&f->report->sections[i], mean);

        pfg_fill_set(f, pfg_template_section(t, "VERSION_CELL"), "CHANGE",
                     own ? pfg_words_change(f->arena, own->change) : "");
    }
}

void pfg_fill_versions(const struct pfg_fill *f, struct pfg_template *root,
                       bool all, size_t most)
{
    const struct pfg_report *report = f->report;
    struct pfg_versions_lines lines = pfg_versions_lines(report, all, f->arena);
    struct pfg_template *t = pfg_template_section(root, "VERSIONS");
    size_t n = 0;

    pfg_fill_set(f, t, "BASE_LABEL", report->sections[0].base.label);
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        pfg_fill_set(f, pfg_template_section(t, "VERSION"), "HEAD_LABEL",
                     section->head.label);
        set_line(f, t, "VERSION_SUM", "VERSION_COUNTS",
                 pfg_versions_counts(section, f->arena));
    }
    /* Failing lines first, so that they stay where there is little room. */
    for (size_t i = 0; i < 2 * lines.n && n < most; i++) {
        const struct pfg_versions_line *line = lines.at[i % lines.n];

        if (line->fails == (i < lines.n)) {
            fill_version_line(f, t, line, lines.n_suites > 1);
            n++;
        }
    }
    for (size_t i = 0; i < report->sections[0].n_geomeans; i++) {
        fill_version_geomean(f, t, &report->sections[0].geomeans[i]);
    }
    if (lines.n > most) {
        pfg_fill_count(f, pfg_template_section(t, "VERSIONS_MORE"), "N_MORE",
                       lines.n - most);
    }
}
