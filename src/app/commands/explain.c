#include "app/commands/explain.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

#include "app/commands/explain_row.h"
#include "base/arena.h"
#include "base/suggest.h"
#include "json/write.h"
#include "model/codec/codec.h"
#include "model/metric.h"
#include "render/plot/plot.h"

static bool word_matches(const char *glob, const char *word)
{
    return !strcmp(glob, word) || !fnmatch(glob, word, 0);
}

static bool row_matches(const struct pfg_report_row *row,
                        const struct pfg_explain_options *options,
                        struct pfg_arena *arena)
{
    const char *glob = options->benchmark;

    if (options->metric && !pfg_metric_matches(row->metric, options->metric)) {
        return false;
    }
    return word_matches(glob, row->label) ||
           word_matches(glob, row->benchmark) ||
           word_matches(
               glob, pfg_arena_printf(arena, "%s/%s", row->suite, row->label));
}

static int no_match(const struct pfg_report *report,
                    const struct pfg_explain_options *options,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    const char **names =
        pfg_arena_new_array(arena, const char *, report->n_rows + 1);
    const char *meant;
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_rows && n < report->n_rows;
             j++) {
            names[n++] = report->sections[i].rows[j].benchmark;
        }
    }
    meant = pfg_suggest(options->benchmark, names, n);
    pfg_fail(err, PFG_USAGE,
             "no benchmark '%s'%s%s%s among the %zu rows of "
             "this comparison",
             options->benchmark, options->metric ? " with the metric '" : "",
             options->metric ? options->metric : "", options->metric ? "'" : "",
             n);
    if (meant && strcmp(meant, options->benchmark)) {
        return pfg_hint(err, "did you mean '%s'?", meant);
    }
    return pfg_hint(err, "write the name as the report does, or a glob: '*%s*'",
                    options->benchmark);
}

/* Calls `put` for each row that matches; how many did. */
static size_t each_row(const struct pfg_report *report,
                       const struct pfg_explain_options *options,
                       struct pfg_arena *arena,
                       void (*put)(void *self,
                                   const struct pfg_report_section *section,
                                   const struct pfg_report_row *row),
                       void *self)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            if (row_matches(&section->rows[j], options, arena)) {
                put(self, section, &section->rows[j]);
                n++;
            }
        }
    }
    return n;
}

struct page {
    struct pfg_str *out;
    const struct pfg_explain_options *options;
    struct pfg_arena *arena;
};

static void put_text(void *self, const struct pfg_report_section *section,
                     const struct pfg_report_row *row)
{
    struct page *page = self;

    pfg_explain_put_row(page->out, section, row, page->options->verbose,
                        page->options->width, page->arena);
}

int pfg_explain_write(struct pfg_str *out, const struct pfg_report *report,
                      const struct pfg_explain_options *options,
                      struct pfg_error *err)
{
    struct page page = {out, options, pfg_arena_new()};
    const char *command = options->command ? options->command : report->command;
    int failed = 0;

    if (!each_row(report, options, page.arena, put_text, &page)) {
        failed = no_match(report, options, page.arena, err);
    } else if (*command) {
        pfg_str_printf(out, "repeat: %s\n", command);
    }
    pfg_arena_free(page.arena);
    return failed;
}

/* What --plot may be about. */
struct matches {
    const struct pfg_report_section *section;
    const struct pfg_report_row *row;   /* the last one */
    const struct pfg_report_row *other; /* one before it */
    size_t n;
};

static void note_match(void *self, const struct pfg_report_section *section,
                       const struct pfg_report_row *row)
{
    struct matches *matches = self;

    matches->section = section;
    matches->other = matches->row;
    matches->row = row;
    matches->n++;
}

static int too_many(const struct matches *matches,
                    const struct pfg_explain_options *options,
                    struct pfg_error *err)
{
    const struct pfg_report_row *row = matches->row, *other = matches->other;
    bool same_label = !strcmp(row->label, other->label);

    pfg_fail(err, PFG_USAGE, "%zu rows match '%s': a plot is of one",
             matches->n, options->benchmark);
    if (same_label && !strcmp(row->metric, other->metric)) {
        return pfg_hint(err, "write SUITE/BENCHMARK: '%s/%s'", row->suite,
                        row->label);
    }
    return same_label
               ? pfg_hint(err, "pick one with --metric: '%s', '%s'",
                          other->metric, row->metric)
               : pfg_hint(err, "write all of its name: '%s'", row->label);
}

int pfg_explain_draw(struct pfg_str *out, const struct pfg_report *report,
                     const struct pfg_explain_options *options,
                     struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct matches matches = {0};
    int failed = 0;

    each_row(report, options, arena, note_match, &matches);
    if (!matches.n) {
        failed = no_match(report, options, arena, err);
    } else if (matches.n > 1) {
        failed = too_many(&matches, options, err);
    } else if (!pfg_plot_row(out, matches.section, matches.row)) {
        failed = pfg_fail(err, PFG_DATA,
                          "nothing to draw of '%s': one value, no history",
                          options->benchmark);
    }
    pfg_arena_free(arena);
    return failed;
}

static void put_json(void *self, const struct pfg_report_section *section,
                     const struct pfg_report_row *row)
{
    (void)section;
    pfg_codec_write_report_row(self, NULL, row);
}

int pfg_explain_write_json(struct pfg_str *out, const struct pfg_report *report,
                           const struct pfg_explain_options *options,
                           struct pfg_error *err)
{
    struct pfg_json_writer w = {.out = out, .indent = 1};
    struct pfg_arena *arena = pfg_arena_new();
    int failed = 0;

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "explanation");
    pfg_json_put_integer(&w, "version", PFG_REPORT_VERSION);
    pfg_json_put_string(&w, "program", report->version);
    pfg_json_put_string(&w, "command",
                        options->command ? options->command : report->command);
    pfg_json_begin(&w, "rows", '[');
    if (!each_row(report, options, arena, put_json, &w)) {
        failed = no_match(report, options, arena, err);
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    pfg_arena_free(arena);
    return failed;
}
