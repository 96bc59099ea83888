#include "app/publish/combine.h"

#include <math.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/str.h"
#include "compare/compare.h"

#define SHARED UINTPTR_MAX

struct combining {
    struct pfg_report *out;
    const struct pfg_named_report *in;
    size_t n;
    struct pfg_map footnotes, warnings; /* indices by text */
    struct pfg_map names; /* the report with that section, or SHARED */
    PFG_VEC(struct pfg_report_section) sections;
};

/* The rank of a status: a failed gate is the most important, then results that
 * could not be judged; "no base" is the least. */
static int badness(int status)
{
    return status == PFG_GATE     ? 3
           : status == PFG_OK     ? 1
           : status == PFG_NOBASE ? 0
                                  : 2;
}

/* The number of a text, which is stored once. */
static size_t number_of(struct pfg_map *texts, const char *text)
{
    void **place = pfg_map_at(texts, pfg_slice_of(text));

    if (!*place) {
        *place = (void *)(uintptr_t)texts->n; /* its index plus one */
    }
    return (size_t)(uintptr_t)*place - 1;
}

static const char **texts_of(const struct pfg_map *texts)
{
    const char **list =
        pfg_arena_new_array(texts->arena, const char *, texts->n);

    for (size_t i = 0; i < texts->n; i++) {
        list[i] = texts->entries[i].key.ptr;
    }
    return list;
}

/* Copies rows and renumbers their footnotes. */
static struct pfg_report_row *add_rows(struct combining *c,
                                       const struct pfg_report *report,
                                       const struct pfg_report_section *from)
{
    struct pfg_arena *arena = c->out->arena;
    struct pfg_report_row *rows =
        pfg_arena_new_array(arena, struct pfg_report_row, from->n_rows);

    for (size_t i = 0; i < from->n_rows; i++) {
        size_t *marks;

        rows[i] = from->rows[i];
        marks = pfg_arena_new_array(arena, size_t, rows[i].n_footnotes);
        for (size_t j = 0; j < rows[i].n_footnotes; j++) {
            marks[j] = number_of(&c->footnotes,
                                 report->footnotes[rows[i].footnotes[j]]);
        }
        rows[i].footnotes = marks;
    }
    return rows;
}

static const char *name_of(const struct pfg_report_section *section)
{
    return section->has_profile && section->profile.name ? section->profile.name
                                                         : "";
}

/* Finds the names that several reports have. */
static void note_names(struct combining *c, size_t own)
{
    const struct pfg_report *report = c->in[own].report;

    for (size_t i = 0; i < report->n_sections; i++) {
        void **whose =
            pfg_map_at(&c->names, pfg_slice_of(name_of(&report->sections[i])));
        uintptr_t here = own + 1;

        *whose = (void *)(!*whose || *whose == (void *)here ? here : SHARED);
    }
}

static void add_section(struct combining *c, size_t own,
                        const struct pfg_report_section *from)
{
    const struct pfg_named_report *in = &c->in[own];
    struct pfg_report_section section = *from;
    const char *name = name_of(from);

    section.rows = add_rows(c, in->report, from);
    if (!*name) {
        section.has_profile = true;
        section.profile = (struct pfg_profile){0};
        section.profile.name = in->name;
    } else if (*pfg_map_find(&c->names, pfg_slice_of(name)) == (void *)SHARED) {
        section.profile.name =
            pfg_arena_printf(c->out->arena, "%s, %s", name, in->name);
    }
    pfg_vec_push(&c->sections, c->out->arena, section);
}

static void add_report(struct combining *c, size_t own)
{
    const struct pfg_report *from = c->in[own].report;
    struct pfg_report *out = c->out;

    for (size_t i = 0; i < from->n_sections; i++) {
        add_section(c, own, &from->sections[i]);
    }
    for (size_t i = 0; i < from->n_warnings; i++) {
        number_of(&c->warnings, from->warnings[i]);
    }
    for (size_t v = 0; v < PFG_N_VERDICTS; v++) {
        out->counts[v] += from->counts[v];
        out->benchmarks.counts[v] += from->benchmarks.counts[v];
        out->benchmarks.failing[v] += from->benchmarks.failing[v];
    }
    out->benchmarks.n += from->benchmarks.n;
    out->benchmarks.n_judged += from->benchmarks.n_judged;
    out->benchmarks.n_fails += from->benchmarks.n_fails;
    out->limit_lowest = fmin(out->limit_lowest, from->limit_lowest);
    out->limit_highest = fmax(out->limit_highest, from->limit_highest);
    out->n_rows += from->n_rows;
    out->n_gated += from->n_gated;
    out->n_fails += from->n_fails;
    out->time = from->time > out->time ? from->time : out->time;
    out->gate |= from->gate;
    out->threshold_given |= from->threshold_given;
    if (from->threshold < out->threshold) {
        out->threshold = from->threshold;
    }
    /* All reports are about one change, so one change of policy stands for all:
     * a loosening must be seen. */
    if (!own || !*out->policy.headline ||
        (from->policy.effect == PFG_POLICY_LOOSER &&
         out->policy.effect != PFG_POLICY_LOOSER)) {
        out->policy = from->policy;
    }
    if (badness(from->status) > badness(out->status)) {
        out->status = from->status;
    }
}

/* "linux: 2 regressed; arm: 1 missing", for the reports with that status. */
static const char *in_words(const struct combining *c, int status)
{
    struct pfg_str text = pfg_str_in(c->out->arena);
    size_t left = 0;

    for (size_t i = 0; i < c->n; i++) {
        struct pfg_slice headline = pfg_slice_of(c->in[i].report->headline);

        if (c->in[i].report->status != status) {
            continue;
        }
        if (text.len > 120) {
            left++;
            continue;
        }
        pfg_str_printf(&text, "%s%s: %.*s", text.len ? "; " : "", c->in[i].name,
                       PFG_SLICE(headline));
    }
    if (left) {
        pfg_str_printf(&text, "; and %zu more", left);
    }
    return text.ptr;
}

static size_t count_status(const struct combining *c, int status)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++) {
        n += c->in[i].report->status == status;
    }
    return n;
}

static const char *headline(const struct combining *c)
{
    struct pfg_report *out = c->out;
    size_t bad = count_status(c, out->status);

    if (out->status == PFG_GATE) {
        return pfg_arena_printf(out->arena, "gate failed in %zu of %zu: %s",
                                bad, c->n, in_words(c, PFG_GATE));
    }
    if (out->status != PFG_OK) {
        return pfg_arena_printf(out->arena, "%zu of %zu without a verdict: %s",
                                bad, c->n, in_words(c, out->status));
    }
    return pfg_arena_printf(out->arena, "gate passed in %zu of %zu: %s", bad,
                            c->n, in_words(c, PFG_OK));
}

/* A report without a base beside one that passed is no failure, but no plain
 * pass either. */
static enum pfg_tone tone(const struct combining *c)
{
    enum pfg_tone worst = PFG_TONE_PASS;

    if (c->out->status != PFG_OK) {
        return c->out->status == PFG_GATE ? PFG_TONE_FAIL : PFG_TONE_NOTHING;
    }
    for (size_t i = 0; i < c->n; i++) {
        enum pfg_tone one = c->in[i].report->tone;

        worst = one > worst ? one : worst;
    }
    return worst > PFG_TONE_DOUBT ? PFG_TONE_DOUBT : worst;
}

/* Failing reports first, otherwise in the order given. */
static const struct pfg_named_report *sorted(
    const struct pfg_named_report *reports, size_t n, struct pfg_arena *arena)
{
    struct pfg_named_report *out =
        pfg_arena_new_array(arena, struct pfg_named_report, n);
    size_t at = 0;

    for (int bad = 3; bad >= 0; bad--) {
        for (size_t i = 0; i < n; i++) {
            if (badness(reports[i].report->status) == bad) {
                out[at++] = reports[i];
            }
        }
    }
    return out;
}

struct pfg_report *pfg_report_combine(const struct pfg_named_report *reports,
                                      size_t n)
{
    const struct pfg_policy none = {.threshold = 0};
    struct pfg_report *out = pfg_report_new(&none);
    struct pfg_arena *arena = out->arena;
    struct combining c = {.out = out, .n = n};

    c.in = sorted(reports, n, arena);
    out->version = c.in[0].report->version;
    out->accept_label = c.in[0].report->accept_label;
    out->status = c.in[0].report->status;
    out->threshold = c.in[0].report->threshold;
    pfg_map_init(&c.footnotes, arena);
    pfg_map_init(&c.warnings, arena);
    pfg_map_init(&c.names, arena);
    for (size_t i = 0; i < n; i++) {
        note_names(&c, i);
    }
    for (size_t i = 0; i < n; i++) {
        add_report(&c, i);
    }
    out->headline = headline(&c);
    out->tone = tone(&c);
    out->sections = c.sections.at;
    out->n_sections = c.sections.n;
    out->footnotes = texts_of(&c.footnotes);
    out->n_footnotes = c.footnotes.n;
    out->warnings = texts_of(&c.warnings);
    out->n_warnings = c.warnings.n;
    return out;
}
