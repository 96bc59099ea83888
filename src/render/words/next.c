#include "render/words/next.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "term/table.h"

double pfg_excess(const struct pfg_report_row *row)
{
    return row->verdict == PFG_REGRESSED && isfinite(row->change) &&
                   row->threshold > 0
               ? fabs(row->change) / row->threshold
               : 0;
}

/* Equal rows keep the report's order. */
static int by_excess(const void *left, const void *right)
{
    const struct pfg_finding *a = left, *b = right;
    double x = pfg_excess(a->row), y = pfg_excess(b->row);

    return a->row->fails != b->row->fails ? (a->row->fails ? -1 : 1)
           : x != y                       ? (x > y ? -1 : 1)
           : a->row->verdict != b->row->verdict
               ? (a->row->verdict < b->row->verdict ? -1 : 1)
           : a->section != b->section ? (a->section < b->section ? -1 : 1)
                                      : (a->row > b->row) - (a->row < b->row);
}

struct pfg_findings pfg_findings_of(const struct pfg_report *report,
                                    struct pfg_arena *arena)
{
    struct pfg_report_cursor at = {.report = report};
    PFG_VEC(struct pfg_finding) found = {0};
    size_t n_failing = 0;

    while (pfg_report_next(&at)) {
        if (!at.row->repeats && (at.row->fails || at.row->listed)) {
            n_failing += at.row->fails;
            pfg_vec_push(&found, arena,
                         ((struct pfg_finding){at.section, at.row}));
        }
    }
    if (found.n) {
        qsort(found.at, found.n, sizeof *found.at, by_excess);
    }
    return (struct pfg_findings){found.at, found.n, n_failing};
}

static void add(struct pfg_steps *steps, const char *text, const char *command,
                const char *rest)
{
    if (steps->n < PFG_COUNT(steps->at)) {
        steps->at[steps->n++] = (struct pfg_step){text, command, rest};
    }
}

/* Can be typed between single quotes, and be part of a trailer. */
static bool can_be_typed(const char *name)
{
    return *name && !strpbrk(name, "'\"") &&
           pfg_text_is_visible(pfg_slice_of(name));
}

static void add_acceptance(struct pfg_steps *steps,
                           const struct pfg_report *report, const char *name,
                           struct pfg_arena *arena)
{
    const char *quote = strchr(name, ' ') ? "\"" : "";
    const char *label = report->accept_label;
    /* The author of the change writes the trailers, which only count if the
     * policy of the head judges. */
    bool trailers = !report->policy.judged_by ||
                    strcmp(report->policy.judged_by, "base") != 0;

    if (trailers) {
        add(steps, "Intended? Add this line to a commit message:",
            pfg_arena_printf(arena, "Perfgate-Accept: %s%s%s REASON", quote,
                             name, quote),
            *label ? pfg_arena_printf(arena,
                                      ", or label the pull request “%s: %s”",
                                      label, name)
                   : "");
    } else if (*label) {
        add(steps, "Intended? Label the pull request:",
            pfg_arena_printf(arena, "%s: %s", label, name), "");
    }
}

/* The advised command, followed by what the report's own command measured.
 * Unchanged if that was another command, or sets the number of rounds itself.
 */
static const char *measured_longer(const struct pfg_report *report,
                                   const char *command, struct pfg_arena *arena)
{
    static const char RUN[] = "perfgate run ";
    const char *made = report->command;

    return !strncmp(made, RUN, sizeof RUN - 1) && !strstr(made, "rounds") &&
                   !strstr(made, "--runs") && !strstr(made, " -n")
               ? pfg_arena_printf(arena, "%s %s", command,
                                  made + sizeof RUN - 1)
               : command;
}

/* Adds advice, which may end in a command: "measure both again: perfgate run".
 */
static void add_advice(struct pfg_steps *steps, const struct pfg_report *report,
                       const char *advice, struct pfg_arena *arena)
{
    const char *colon = strstr(advice, ": perfgate ");
    const char *command = colon ? colon + 2 : "";
    size_t len = colon ? (size_t)(colon + 1 - advice) : strlen(advice);
    char *text = pfg_arena_slice(arena, pfg_slice_make(advice, len));

    text[0] = (char)toupper((unsigned char)text[0]);
    if (strstr(command, "--max-rounds")) {
        command = measured_longer(report, command, arena);
    }
    add(steps, text, command, "");
}

static bool is_listed(const struct pfg_advice *advice, const char *text)
{
    size_t i = 0;

    while (i < advice->n && strcmp(advice->at[i], text) != 0) {
        i++;
    }
    return i < advice->n;
}

struct pfg_advice pfg_advice_of(const struct pfg_report *report)
{
    struct pfg_advice advice = {.n = 0};

    for (size_t s = 0; s < report->n_sections; s++) {
        const struct pfg_report_section *section = &report->sections[s];

        for (size_t i = 0; i < section->n_advice; i++) {
            if (advice.n < PFG_COUNT(advice.at) &&
                !is_listed(&advice, section->advice[i])) {
                advice.at[advice.n++] = section->advice[i];
            }
        }
    }
    return advice;
}

struct pfg_steps pfg_steps_of(const struct pfg_report *report,
                              const struct pfg_findings *findings,
                              struct pfg_arena *arena)
{
    struct pfg_steps steps = {.n = 0};
    struct pfg_advice advice = pfg_advice_of(report);
    /* A row without a key, such as a failed run, is no benchmark that could be
     * explained or accepted. */
    const char *name = findings->n_failing && *findings->at[0].row->key
                           ? findings->at[0].row->benchmark
                           : "";

    if (can_be_typed(name)) {
        add(&steps, "Why?",
            pfg_arena_printf(arena, "perfgate explain --from report.json '%s'",
                             name),
            "");
        add_acceptance(&steps, report, name, arena);
    }
    for (size_t i = 0; i < advice.n; i++) {
        add_advice(&steps, report, advice.at[i], arena);
    }
    return steps;
}
