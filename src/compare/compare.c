#include "compare/compare.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "compare/comparing.h"
#include "compare/report/advice.h"
#include "compare/report/report_row.h"
#include "compare/report/totals.h"
#include "compare/row/effect.h"
#include "compare/row/reason.h"
#include "compare/row/rule_checks.h"
#include "compare/row/target.h"
#include "compare/sides/error_rate.h"
#include "policy/policy.h"

/* The round that a run was measured in, from 1. Everything from one process has
 * one time, however many files and forks it is. */
static size_t round_of(const struct pfg_side *side, const struct pfg_run *run)
{
    size_t round = 0;

    for (size_t i = 0; i < side->n; i++) {
        round += !i || side->runs[i]->time != side->runs[i - 1]->time;
        if (side->runs[i] == run) {
            return round;
        }
    }
    return 0;
}

/* The round of the newest numbers. The number of rounds that have any would not
 * do: a benchmark that is missing now and then would be tested with the share
 * of one look twice. */
static size_t last_round(const struct pfg_side *side,
                         const struct pfg_pooled *pooled)
{
    size_t n = pooled ? pooled->processes.n : 0;
    const struct pfg_pooled_process *last =
        n ? &pfg_pooled_processes(pooled)[n - 1] : NULL;

    return !last             ? 0
           : last->round > 0 ? (size_t)last->round /* by a marker */
                             : round_of(side, last->run);
}

static void find_share(struct pfg_row *row, const struct pfg_comparison *asked)
{
    const struct pfg_looks *looks = &asked->policy->looks;
    size_t base, head;

    row->share = 1;
    if (looks->n > 1) {
        base = last_round(&asked->base, row->base.pooled);
        head = last_round(&asked->head, row->head.pooled);
        row->rounds = base > head ? base : head;
        row->share = pfg_looks_share(looks, row->rounds);
    }
    row->last_share = fmax(row->share, pfg_looks_share(looks, SIZE_MAX));
}

static void find_first_spread(struct pfg_row *row,
                              const struct pfg_policy *policy)
{
    const struct pfg_second_look *look =
        policy->second.pending ? pfg_suite_second_look(row, policy) : NULL;

    if (look && look->spread > 0 && row->n) {
        row->first_spread =
            look->spread * sqrt((double)look->n / (double)row->n);
    }
}

/* The index of a row's benchmark among those of the head and, behind them, of
 * the base. */
static size_t place_of(const struct pfg_comparing *c, const struct pfg_row *row)
{
    const struct pfg_pooled *base = row->base.pooled;
    void **in_head;

    if (row->head.pooled) {
        return row->head.pooled->number;
    }
    in_head = pfg_map_find(&c->head.benchmarks, base->benchmark);
    return in_head ? pfg_map_index(&c->head.benchmarks, in_head)
                   : c->head.benchmarks.n + base->number;
}

static void number_benchmarks(struct pfg_comparing *c)
{
    size_t *numbers = pfg_arena_new_array(
        c->arena, size_t, c->head.benchmarks.n + c->base.benchmarks.n);

    for (size_t i = 0; i < c->rows.n; i++) {
        size_t *number = &numbers[place_of(c, &c->rows.at[i])];

        *number = *number ? *number : ++c->n_benchmarks;
        c->rows.at[i].benchmark = *number - 1;
    }
}

static void decide_rows(struct pfg_comparing *c)
{
    const struct pfg_comparison *asked = c->asked;
    struct pfg_row *rows = c->rows.at;
    size_t n = c->rows.n;
    struct pfg_preparing preparing = {
        .alternating = asked->alternating,
        .arena = c->arena,
        .scratch = pfg_arena_new(),
    };

    number_benchmarks(c);
    pfg_history_gather(c);
    for (size_t i = 0; i < n; i++) {
        pfg_row_prepare(&rows[i], &preparing);
        pfg_arena_clear(preparing.scratch);
        pfg_rule_checks_floor(&rows[i], c->arena);
        find_share(&rows[i], asked);
        find_first_spread(&rows[i], asked->policy);
        pfg_pool_pack(&c->base);
        pfg_pool_pack(&c->head);
    }
    pfg_arena_free(preparing.scratch);
    pfg_effect_measure(rows, n, c->arena);
    pfg_decide(rows, n, asked->policy, &c->moved, c->arena);
}

static void fill_targets(struct pfg_comparing *c,
                         struct pfg_report_section *out)
{
    struct pfg_targets targets = {
        .rows = c->rows.at,
        .n_rows = c->rows.n,
        .head = &c->head,
        .policy = c->asked->policy,
        .hardware = c->hardware,
        .arena = c->arena,
    };

    pfg_budgets_list(&targets);
    pfg_ratios_list(&targets);
    out->targets = targets.list.at;
    out->n_targets = targets.list.n;
}

/* The harness broke at a benchmark whose own row shows it and fails. */
static bool has_own_row(const struct pfg_comparing *c,
                        const struct pfg_run *run)
{
    for (size_t i = 0; i < c->rows.n; i++) {
        const struct pfg_row *row = &c->rows.at[i];

        if (!pfg_row_failed(row) ||
            !pfg_policy_fails(c->asked->policy, row->limit, PFG_ERRORED)) {
            continue;
        }
        for (size_t j = 0; j < row->head.pooled->processes.n; j++) {
            if (pfg_pooled_processes(row->head.pooled)[j].run == run &&
                strstr(run->failure, row->series->benchmark)) {
                return true;
            }
        }
    }
    return false;
}

/* A broken harness gets a row of its own, so that what it did not measure
 * cannot pass. */
static struct pfg_report_row failed_run(const struct pfg_comparing *c,
                                        const struct pfg_run *run)
{
    struct pfg_limit limit = {.given = true};
    struct pfg_report_row row = pfg_report_row_new();

    row.label = row.benchmark = run->source;
    row.metric = "run";
    row.head.error = row.reason = run->failure;
    row.head.source = run->source;
    row.verdict = PFG_ERRORED;
    row.decision.by = PFG_BY_FAILURE;
    row.evidence = PFG_NO_EVIDENCE;
    row.gated = row.listed = true;
    row.fails = pfg_policy_fails(c->asked->policy, &limit, PFG_ERRORED);
    return row;
}

/* Adds rows for broken harnesses. Those of one source count as one benchmark,
 * whose number is written to `benchmark`. */
static void add_failed_runs(struct pfg_comparing *c,
                            struct pfg_report_section *out, size_t *benchmark)
{
    const struct pfg_side *head = &c->asked->head;

    for (size_t i = 0; i < head->n; i++) {
        const struct pfg_run *run = head->runs[i];
        size_t same = 0, n = out->n_rows;

        if (!*run->failure || has_own_row(c, run)) {
            continue;
        }
        while (same < n && strcmp(out->rows[same].label, run->source) != 0) {
            same++;
        }
        benchmark[n] = same < n ? benchmark[same] : c->n_benchmarks++;
        out->rows[out->n_rows++] = failed_run(c, run);
    }
}

static void fill_rows(struct pfg_comparing *c, struct pfg_report_section *out)
{
    size_t most = c->rows.n + c->asked->head.n;
    size_t *benchmark = pfg_arena_new_array(c->arena, size_t, most);
    struct pfg_shared shared = {.fresh = pfg_report_row_new()};

    pfg_footnotes_open(&shared.footnotes, c->report);
    out->rows = pfg_arena_new_array(c->arena, struct pfg_report_row, most);
    add_failed_runs(c, out, benchmark);
    for (size_t i = 0; i < c->rows.n; i++) {
        benchmark[out->n_rows] = c->rows.at[i].benchmark;
        pfg_report_row_fill(&out->rows[out->n_rows++], &c->rows.at[i],
                            c->asked->policy, &shared, c->arena);
        pfg_pool_pack(&c->base);
        pfg_pool_pack(&c->head);
    }
    pfg_totals_sort(out, benchmark, c->n_benchmarks);
    pfg_totals_geomeans(out, c->arena);
}

/* Everything that moved was measured in turn, so both sides had the same
 * machine. */
static bool moved_in_turn(const struct pfg_comparing *c)
{
    for (size_t i = 0; i < c->rows.n; i++) {
        if (c->rows.at[i].shift_member &&
            c->rows.at[i].evidence != PFG_REPLICATED) {
            return false;
        }
    }
    return true;
}

static const char *shift_in_words(const struct pfg_comparing *c)
{
    const struct pfg_suite_shift *suite = &c->moved.suite;

    if (!suite->found) {
        return "";
    }
    return pfg_arena_printf(
        c->arena,
        "the whole suite got %s by %s (%zu benchmarks changed alike)%s",
        c->moved.worse ? "worse" : "better",
        pfg_reason_percent(expm1(suite->shift), c->arena), suite->n_members,
        moved_in_turn(c) ? "" : ": a change of the machine or the toolchain?");
}

/* An edit moves the code behind it, and loops that it does not touch can then
 * run faster or slower in every process of that build
 * (docs/verdict-measured.md, code layout). The sign of that is benchmarks
 * moving both ways at once. */
#define LAYOUT_LEAST 3

static bool is_loop(const struct pfg_row *row)
{
    return row->family && row->evidence == PFG_REPLICATED &&
           row->metric.kind == PFG_METRIC_MICRO &&
           !strcmp(row->series->unit, "s");
}

static void note_layout(struct pfg_comparing *c)
{
    struct pfg_map slower, faster;

    pfg_map_init(&slower, c->arena);
    pfg_map_init(&faster, c->arena);
    for (size_t i = 0; i < c->rows.n; i++) {
        const struct pfg_row *row = &c->rows.at[i];

        if (is_loop(row) && (row->worse || row->better)) {
            *pfg_map_at(row->worse ? &slower : &faster,
                        row->head.pooled->benchmark) = c;
        }
    }
    if (slower.n && faster.n && slower.n + faster.n >= LAYOUT_LEAST) {
        pfg_vec_push(&c->notes.lines, c->arena,
                     (const char *)pfg_arena_printf(
                         c->arena,
                         "%s got slower and %zu faster: for code "
                         "that did not change, this may be an effect of code "
                         "layout (docs/measuring.md, Code layout)",
                         pfg_arena_counted(c->arena, slower.n, "benchmark"),
                         faster.n));
    }
}

static void note_failed_base(struct pfg_comparing *c)
{
    const struct pfg_side *base = &c->asked->base;

    for (size_t i = 0; i < base->n; i++) {
        if (*base->runs[i]->failure) {
            pfg_vec_push(&c->notes.lines, c->arena,
                         (const char *)pfg_arena_printf(
                             c->arena, "the base's run failed: %s",
                             base->runs[i]->failure));
        }
    }
}

static struct pfg_report_section *add_section(struct pfg_report *report)
{
    struct pfg_report_section *grown = pfg_arena_new_array(
        report->arena, struct pfg_report_section, report->n_sections + 1);

    if (report->n_sections) {
        memcpy(grown, report->sections, report->n_sections * sizeof *grown);
    }
    report->sections = grown;
    return &grown[report->n_sections++];
}

static void copy_profiles(struct pfg_report_section *out,
                          const struct pfg_comparison *asked,
                          struct pfg_arena *arena)
{
    out->other_profiles =
        pfg_arena_new_array(arena, const char *, asked->n_profiles);
    for (size_t i = 0; i < asked->n_profiles; i++) {
        if (strcmp(asked->profiles[i], out->profile.name)) {
            out->other_profiles[out->n_other_profiles++] =
                pfg_arena_strdup(arena, asked->profiles[i]);
        }
    }
}

/* What identifies the runs if they are given again. */
static void describe_runs(struct pfg_report_origin *out,
                          const struct pfg_side *side, struct pfg_arena *arena)
{
    out->tool = side->n ? pfg_arena_strdup(arena, side->runs[0]->tool) : "";
    out->digests = pfg_arena_new_array(arena, const char *, side->n);
    out->n_digests = side->n;
    for (size_t i = 0; i < side->n; i++) {
        out->digests[i] = pfg_arena_strdup(arena, side->runs[i]->digest);
    }
}

void pfg_compare(struct pfg_report *report,
                 const struct pfg_comparison *comparison)
{
    struct pfg_comparing c = {
        .asked = comparison,
        .report = report,
        .arena = report->arena,
        .hardware = comparison->has_profile
                        ? comparison->head.runs[0]->profile.name
                        : "",
    };
    struct pfg_report_section *section = add_section(report);

    pfg_pool_build(&c.base, comparison->base.runs, comparison->base.n, c.arena);
    pfg_pool_build(&c.head, comparison->head.runs, comparison->head.n, c.arena);
    pfg_error_rates_add(&c.base, comparison->policy->rules, c.arena);
    pfg_error_rates_add(&c.head, comparison->policy->rules, c.arena);
    for (size_t i = 0; i < comparison->notes.n; i++) {
        pfg_vec_push(&c.notes.lines, c.arena, comparison->notes.at[i]);
    }
    c.forbidden = pfg_environment_forbidden(
        comparison->policy, &comparison->base, &comparison->head, c.arena);
    pfg_pair_series(&c);
    pfg_renamed_note(&c);
    decide_rows(&c);
    note_layout(&c);
    note_failed_base(&c);
    pfg_environment_compare(&c.notes, &comparison->base, &comparison->head,
                            c.arena);
    section->machines =
        pfg_environment_machines(&comparison->base, &comparison->head, c.arena);
    section->has_profile = comparison->has_profile;
    section->profile =
        pfg_profile_copy(&comparison->head.runs[0]->profile, c.arena);
    section->has_base = comparison->base.n > 0;
    section->no_base = section->has_base ? "" : comparison->no_base;
    section->base = comparison->base.origin;
    section->head = comparison->head.origin;
    section->base.n_series = c.base.series.n;
    section->head.n_series = c.head.series.n;
    describe_runs(&section->base, &comparison->base, c.arena);
    describe_runs(&section->head, &comparison->head, c.arena);
    copy_profiles(section, comparison, c.arena);
    fill_rows(&c, section);
    fill_targets(&c, section);
    section->notes = c.notes.lines.at;
    section->n_notes = c.notes.lines.n;
    pfg_totals_sights(section, c.arena);
    section->shift = shift_in_words(&c);
    section->shift_fails = c.moved.fails;
    pfg_advise(section, c.arena);
    pfg_pool_end(&c.base);
    pfg_pool_end(&c.head);
}
