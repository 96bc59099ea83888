#include "app/commands/doctor.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "compare/report/totals.h"
#include "render/words/words.h"
#include "term/print.h"
#include "term/table.h"

static const double usual_sizes[] = {0.05, 0.10, 0.20};
enum {
    N_USUAL_SIZES = PFG_COUNT(usual_sizes),
    MOST_SIZES = N_USUAL_SIZES + 1,
    MOST_NAMED = 8,
};

/* A gate that works at all fires at this many times its limit. */
#define CLEARLY 2

/* One in this many rows is made worse at a time: if all were, they would be
 * judged as a change of the whole suite. */
#define SHARE 10
/* Pairs of runs in which changes are injected. */
#define INJECTED_PAIRS 3

/* Verdicts on some rows. */
struct tally {
    size_t rows, regressed, unconfirmed, failing;
};

struct noisy {
    const char *name;
    double detectable, threshold;
};

/* Verdicts on rows of one kind, at the largest size. */
struct kind {
    size_t rows, failing;
};

struct examination {
    const struct pfg_context *context;
    const struct pfg_report_section *section; /* of the real comparison */
    const struct pfg_policy *policy;
    struct pfg_split split;
    struct pfg_arena *arena;
    struct tally quiet, fired[MOST_SIZES];
    double sizes[MOST_SIZES]; /* injected changes, the largest last */
    size_t n_sizes;
    double limit; /* the largest limit of a gated row */
    size_t evidence[PFG_N_EVIDENCES];
    struct pfg_map kinds;         /* "timings", "allocs" -> struct kind */
    PFG_VEC(const char *) keys;   /* of gated rows */
    PFG_VEC(const char *) alarms; /* although nothing changed */
    PFG_VEC(struct noisy) noisy;
};

/* --- examining --- */

static bool is_judged(const struct pfg_report_row *row)
{
    return row->gated && row->working.present && row->base.value != 0;
}

static void count(struct tally *tally, const struct pfg_report_row *row)
{
    tally->rows++;
    tally->regressed += row->verdict == PFG_REGRESSED;
    tally->unconfirmed += row->verdict == PFG_UNCONFIRMED;
    tally->failing += row->fails;
}

static void note_noise(struct examination *e, const struct pfg_report_row *row,
                       const char *name)
{
    if (pfg_report_is_blind(row)) {
        pfg_vec_push(&e->noisy, e->arena,
                     ((struct noisy){name, row->detectable, row->threshold}));
    }
}

static void look_for_alarms(struct examination *e, size_t pair)
{
    struct pfg_report *report = pfg_split_compare(&e->split, pair, NULL);
    const struct pfg_report_section *section = &report->sections[0];

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        const char *name;

        if (!is_judged(row)) {
            continue;
        }
        name = pfg_arena_printf(e->arena, "%s %s", row->label, row->metric);
        count(&e->quiet, row);
        if (row->threshold > e->limit) {
            e->limit = row->threshold;
        }
        if (row->fails || row->verdict == PFG_REGRESSED) {
            pfg_vec_push(&e->alarms, e->arena,
                         (const char *)pfg_arena_printf(
                             e->arena, "%s (%s)", name,
                             pfg_words_change(e->arena, row->change)));
        }
        if (pair == e->split.n_pairs - 1) {
            e->evidence[row->evidence]++;
            pfg_vec_push(&e->keys, e->arena,
                         (const char *)pfg_arena_strdup(e->arena, row->key));
            note_noise(e, row, name);
        }
    }
    pfg_report_free(report);
}

static void count_kind(struct examination *e, const struct pfg_report_row *row)
{
    void **place = pfg_map_at(&e->kinds, pfg_slice_of(pfg_sight_kind(row)));
    struct kind *kind;

    if (!*place) {
        *place = pfg_arena_alloc(e->arena, sizeof *kind);
    }
    kind = *place;
    kind->rows++;
    kind->failing += row->fails;
}

/* Makes every SHARE-th row worse, starting with row `offset`. */
static void inject(struct examination *e, size_t pair, size_t which,
                   size_t offset, size_t share)
{
    struct pfg_injection injection = {.size = e->sizes[which]};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report;
    struct pfg_map keys;

    pfg_map_init(&keys, arena);
    for (size_t i = offset; i < e->keys.n; i += share) {
        *pfg_map_at(&keys, pfg_slice_of(e->keys.at[i])) = e;
    }
    injection.keys = &keys;
    report = pfg_split_compare(&e->split, pair, &injection);
    for (size_t i = 0; i < report->sections[0].n_rows; i++) {
        const struct pfg_report_row *row = &report->sections[0].rows[i];

        if (is_judged(row) && pfg_map_find(&keys, pfg_slice_of(row->key))) {
            count(&e->fired[which], row);
            if (which == e->n_sizes - 1) {
                count_kind(e, row);
            }
        }
    }
    pfg_report_free(report);
    pfg_arena_free(arena);
}

static void choose_sizes(struct examination *e)
{
    double largest = usual_sizes[N_USUAL_SIZES - 1];

    memcpy(e->sizes, usual_sizes, sizeof usual_sizes);
    e->n_sizes = N_USUAL_SIZES;
    if (isfinite(e->limit) && CLEARLY * e->limit > largest) {
        e->sizes[e->n_sizes++] = CLEARLY * e->limit;
    }
}

static void examine(struct examination *e)
{
    size_t n = e->split.n_pairs;
    size_t first = n > INJECTED_PAIRS ? n - INJECTED_PAIRS : 0;
    size_t share;

    pfg_map_init(&e->kinds, e->arena);
    for (size_t pair = 0; pair < n; pair++) {
        look_for_alarms(e, pair);
    }
    choose_sizes(e);
    share = e->keys.n < SHARE ? e->keys.n : SHARE;
    for (size_t pair = first; pair < n; pair++) {
        for (size_t which = 0; which < e->n_sizes; which++) {
            for (size_t offset = 0; offset < share; offset++) {
                inject(e, pair, which, offset, share);
            }
        }
    }
}

/* --- printing --- */

static void print_line(const struct examination *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void print_line(const struct examination *e, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    pfg_print_list(e->context->out, format, arguments);
    va_end(arguments);
    fputc('\n', e->context->out);
}

/* The most frequent evidence of the halves. */
static const char *usual_evidence(const struct examination *e)
{
    enum pfg_evidence usual = PFG_NO_EVIDENCE;
    size_t most = 0;

    for (int i = 0; i < PFG_N_EVIDENCES; i++) {
        if (i != PFG_EXACT && e->evidence[i] > most) {
            most = e->evidence[i];
            usual = (enum pfg_evidence)i;
        }
    }
    return pfg_evidence_name(most ? usual : PFG_EXACT);
}

static void put_split(const struct examination *e)
{
    const struct pfg_split *split = &e->split;

    switch (split->kind) {
    case PFG_SPLIT_PROCESSES:
        print_line(
            e,
            "split     every other process of the head against the rest, with "
            "evidence '%s'%s",
            usual_evidence(e),
            split->alternating ? ""
                               : ", because base and head are not known to be "
                                 "measured in turn");
        break;
    case PFG_SPLIT_RUNS:
        print_line(
            e,
            "split     each earlier run against the one before it, %zu pairs, "
            "with evidence '%s'. Real changes between them count as alarms",
            split->n_pairs, usual_evidence(e));
        break;
    default:
        print_line(
            e,
            "split     every other sample of the head against the rest, with "
            "evidence '%s'. Both halves are from one process, so they do not "
            "show the noise between runs",
            usual_evidence(e));
    }
}

static void put_tally(struct pfg_table *table, const char *name,
                      const struct tally *tally)
{
    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", name);
    pfg_table_cell(table, PFG_PLAIN, "%zu", tally->rows);
    pfg_table_cell(table, PFG_PLAIN, "%zu", tally->regressed);
    pfg_table_cell(table, PFG_PLAIN, "%zu", tally->unconfirmed);
    pfg_table_cell(table, PFG_PLAIN, "%zu", tally->failing);
}

static void put_table(const struct examination *e)
{
    static const char *const headings[] = {"made worse by", "rows", "regressed",
                                           "unconfirmed", "fail the gate"};
    struct pfg_table *table = pfg_table_new(e->arena, 5);
    struct pfg_str text = pfg_str_in(e->arena);

    pfg_table_row(table);
    for (size_t i = 0; i < 5; i++) {
        pfg_table_align(table, i, i ? PFG_RIGHT : PFG_LEFT);
        pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
    }
    pfg_table_rule(table);
    put_tally(table, "nothing (A/A)", &e->quiet);
    for (size_t i = 0; i < e->n_sizes; i++) {
        put_tally(table, pfg_words_percent(e->arena, e->sizes[i]),
                  &e->fired[i]);
    }
    pfg_table_print(&text, table, e->context->width, e->context->color);
    fprintf(e->context->out, "\n%s\n", text.ptr);
}

static int by_need(const void *a, const void *b)
{
    const struct noisy *left = a, *right = b;
    double one = left->detectable / left->threshold;
    double other = right->detectable / right->threshold;

    return one != other ? (one < other ? 1 : -1)
                        : strcmp(left->name, right->name);
}

static void put_warnings(struct examination *e)
{
    for (size_t i = 0; i < e->alarms.n && i < MOST_NAMED; i++) {
        print_line(e, "warning: false alarm: %s", e->alarms.at[i]);
    }
    if (e->alarms.n > MOST_NAMED) {
        print_line(e, "warning: and %zu more", e->alarms.n - MOST_NAMED);
    }
    if (!e->noisy.n) {
        return;
    }
    print_line(
        e,
        "warning: the limit is below the noise of %zu of %zu rows, which could "
        "only detect",
        e->noisy.n, e->keys.n);
    qsort(e->noisy.at, e->noisy.n, sizeof *e->noisy.at, by_need);
    for (size_t i = 0; i < e->noisy.n && i < MOST_NAMED; i++) {
        print_line(e, "  %s of %s (limit %s)",
                   pfg_words_detects(e->arena, e->noisy.at[i].detectable),
                   e->noisy.at[i].name,
                   pfg_words_percent(e->arena, e->noisy.at[i].threshold));
    }
    if (e->noisy.n > MOST_NAMED) {
        print_line(e, "  and %zu more", e->noisy.n - MOST_NAMED);
    }
}

/* "timings: 0 of 20; allocs: 20 of 20": a gate may work for one kind and be
 * blind for another. */
static void put_kinds(const struct examination *e)
{
    struct pfg_str text = pfg_str_in(e->arena);

    if (e->kinds.n < 2) {
        return;
    }
    for (size_t i = 0; i < e->kinds.n; i++) {
        const struct kind *kind = e->kinds.entries[i].value;

        pfg_str_printf(&text, "%s%s: %zu of %zu", i ? "; " : "",
                       e->kinds.entries[i].key.ptr, kind->failing, kind->rows);
    }
    print_line(e, "failed at +%s by kind: %s",
               pfg_words_percent(e->arena, e->sizes[e->n_sizes - 1]), text.ptr);
}

static void put_outcome(const struct examination *e)
{
    const struct tally *worst = &e->fired[e->n_sizes - 1];
    const char *size = pfg_words_percent(e->arena, e->sizes[e->n_sizes - 1]);

    put_kinds(e);
    if (!worst->failing) {
        print_line(
            e,
            "\u2717 this gate detects nothing: none of %zu rows failed at +%s",
            worst->rows, size);
        return;
    }
    print_line(
        e,
        "%s this gate works: %zu of %zu rows failed at +%s; %zu false alarms "
        "in %zu unchanged rows",
        e->alarms.n || e->noisy.n ? "!" : "\u2713", worst->failing, worst->rows,
        size, e->alarms.n, e->quiet.rows);
}

static int examine_section(int *status, struct examination *e,
                           struct pfg_error *err)
{
    if (e->split.kind != PFG_SPLIT_NONE) {
        examine(e);
    }
    if (!e->keys.n) {
        pfg_fail(err, PFG_DATA,
                 "nothing to test: no gated benchmark of the head has two or "
                 "more values");
        return pfg_hint(err, "this needs several processes, several samples, "
                             "or earlier runs (--history)");
    }
    print_line(e, "head      %s%s%s", e->section->head.label,
               e->section->has_profile ? " on " : "",
               e->section->has_profile ? e->section->profile.name : "");
    print_line(e, "limit     %s (%s), %zu gated rows",
               pfg_words_percent(e->arena, e->policy->threshold),
               e->policy->threshold_source, e->keys.n);
    put_split(e);
    put_table(e);
    put_warnings(e);
    put_outcome(e);
    if (!e->fired[e->n_sizes - 1].failing) {
        *status = PFG_GATE;
    }
    return 0;
}

int pfg_doctor(int *status, const struct pfg_context *context,
               const struct pfg_evaluate_options *options,
               struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    int failed = 0;

    if (pfg_evaluate(&evaluation, context, options, err)) {
        return -1;
    }
    for (size_t i = 0; i < evaluation.pairs.all.n && !failed; i++) {
        const struct pfg_comparison *comparison =
            &evaluation.pairs.all.at[i].comparison;
        struct examination e = {
            .context = context,
            .section = &evaluation.report->sections[i],
            .policy = comparison->policy,
            .arena = pfg_arena_new(),
        };

        e.split = pfg_split_choose(comparison, e.arena);
        if (i) {
            fputc('\n', context->out);
        }
        failed = examine_section(status, &e, err);
        pfg_arena_free(e.arena);
    }
    pfg_evaluation_free(&evaluation);
    return failed;
}
