#include "compare/compare.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "compare/advice.h"
#include "compare/benchmarks.h"
#include "compare/environment.h"
#include "compare/renamed.h"
#include "compare/row/decide.h"
#include "compare/row/effect.h"
#include "compare/row/error_rate.h"
#include "compare/row/reason.h"
#include "compare/row/rule_checks.h"
#include "compare/row/target.h"
#include "compare/row_history.h"
#include "compare/section.h"
#include "compare/sight.h"
#include "group/filter.h"
#include "group/key.h"
#include "policy/policy.h"

/* A comparison on its way. Everything lives in the report's arena. */
struct comparing {
    const struct pfg_comparison *asked;
    struct pfg_report *report;
    struct pfg_arena *arena;
    const char *hardware;  /* as rules name it; "" : files are compared */
    const char *forbidden; /* the surroundings must not differ, and do */
    struct pfg_pool base, head;
    struct pfg_map base_what,
        head_what; /* see list_what(); no arena: not yet */
    PFG_VEC(struct pfg_row) rows;
    struct pfg_notes notes;
    struct pfg_moved moved;
};

static bool wanted(const void *self, const struct pfg_pooled *pooled)
{
    const struct comparing *c = self;

    return !c->asked->n_filter ||
           pfg_filter_passes(c->asked->filter, c->asked->n_filter,
                             pooled->series, pooled->label);
}

static bool has_name(const struct pfg_map *map, struct pfg_slice name)
{
    return pfg_map_find(map, name) != NULL;
}

static struct pfg_subject subject_of(const struct comparing *c,
                                     const struct pfg_pooled *pooled)
{
    return (struct pfg_subject){pooled->series, pooled->label, c->hardware};
}

/* One of the two may be NULL. */
static void add_row(struct comparing *c, struct pfg_pooled *base,
                    struct pfg_pooled *head)
{
    const struct pfg_pooled *pooled = head ? head : base;
    const struct pfg_series *series = pooled->series;
    struct pfg_subject subject = subject_of(c, pooled);
    const struct pfg_policy *policy = c->asked->policy;
    struct pfg_row row = {
        .key = series->key,
        .series = series,
        .label = subject.label,
        .metric = pfg_metric_find(series->metric),
        .limit = pfg_policy_limit_of(policy, &subject),
        .accepted = pfg_accept_find(policy->acceptances, &subject),
        .base.pooled = base,
        .head.pooled = head,
        .window = c->asked->window,
        .forbidden = c->forbidden,
    };

    if (row.metric.kind == PFG_METRIC_RATE) { /* events are counted */
        row.limit.statistic = PFG_STATISTIC_DEFAULT;
    }
    pfg_vec_push(&c->rows, c->arena, row);
}

/* How much it says that a series is gone or new: as much as it is judged. */
static int weight_of(const struct comparing *c, const struct pfg_pooled *pooled)
{
    struct pfg_subject subject = subject_of(c, pooled);
    struct pfg_limit limit = pfg_policy_limit_of(c->asked->policy, &subject);

    return !limit.gated ? 0 : limit.severity == PFG_SEVERITY_ERROR ? 2 : 1;
}

/* A benchmark that is only on one side is one row, not one a metric: the
 * first of those that are judged most. Of the benchmarks that the `other` side
 * has not, those series. */
static void find_speakers(struct comparing *c, struct pfg_map *out,
                          const struct pfg_pool *pool,
                          const struct pfg_pool *other)
{
    pfg_map_init(out, c->arena);
    for (size_t i = 0; i < pool->series.n; i++) {
        struct pfg_pooled *pooled = pool->series.entries[i].value;
        void **place;

        if (!wanted(c, pooled) ||
            has_name(&other->benchmarks, pooled->benchmark)) {
            continue;
        }
        place = pfg_map_at(out, pooled->benchmark);
        if (!*place || weight_of(c, *place) < weight_of(c, pooled)) {
            *place = pooled;
        }
    }
}

static bool speaks(const struct pfg_map *speakers,
                   const struct pfg_pooled *pooled)
{
    void **place = pfg_map_find(speakers, pooled->benchmark);

    return place && *place == pooled;
}

static bool has_budget(const struct comparing *c,
                       const struct pfg_pooled *pooled)
{
    struct pfg_subject subject = subject_of(c, pooled);

    return pfg_policy_limit_of(c->asked->policy, &subject).budget != NULL;
}

/* How it was measured, not what: numbers of different methods, or of
 * observations of different lengths, are never compared. */
static bool is_method(const struct pfg_fact *fact)
{
    return !strcmp(fact->key, PFG_VARIANT_COUNTER) ||
           !strcmp(fact->key, PFG_VARIANT_LENGTH);
}

/* The key of a series, except for how it was measured. */
static const char *what_of(const struct pfg_series *series,
                           struct pfg_arena *arena)
{
    struct pfg_series what = *series;

    what.variant =
        pfg_arena_new_array(arena, struct pfg_fact, series->n_variant);
    what.n_variant = 0;
    for (size_t i = 0; i < series->n_variant; i++) {
        if (!is_method(&series->variant[i])) {
            what.variant[what.n_variant++] = series->variant[i];
        }
    }
    return pfg_key_make(arena, &what);
}

/* Series by their keys except for how they were measured. */
static void list_what(struct pfg_map *out, const struct pfg_pool *pool,
                      struct pfg_arena *arena)
{
    pfg_map_init(out, arena);
    for (size_t i = 0; i < pool->series.n; i++) {
        struct pfg_pooled *pooled = pool->series.entries[i].value;
        const char *what = what_of(pooled->series, arena);

        *pfg_map_at(out, pfg_slice_of(what)) = pooled;
    }
}

/* The same series on the other side, which has it not measured in this way,
 * measured in another way. */
static struct pfg_pooled *measured_otherwise(struct comparing *c,
                                             const struct pfg_pool *pool,
                                             struct pfg_map *what,
                                             const struct pfg_series *series)
{
    void **found;

    if (!what->arena) {
        list_what(what, pool, c->arena);
    }
    found = pfg_map_find(what, pfg_slice_of(what_of(series, c->arena)));
    return found ? *found : NULL;
}

static const char *length_of(const struct pfg_series *series)
{
    for (size_t i = 0; i < series->n_variant; i++) {
        if (!strcmp(series->variant[i].key, PFG_VARIANT_LENGTH)) {
            return series->variant[i].value;
        }
    }
    return "the tool's default";
}

static void add_measured_otherwise(struct comparing *c, struct pfg_pooled *base,
                                   struct pfg_pooled *head)
{
    const char *was = length_of(base->series), *is = length_of(head->series);

    add_row(c, base, head);
    c->rows.at[c->rows.n - 1].forbidden =
        strcmp(was, is) != 0
            ? pfg_arena_printf(
                  c->arena,
                  "measured with a different length: %s before, %s now", was,
                  is)
            : pfg_arena_printf(c->arena,
                               "counted with a different method: %s before",
                               base->label);
}

static void pair_head(struct comparing *c)
{
    struct pfg_map speakers;

    find_speakers(c, &speakers, &c->head, &c->base);
    for (size_t i = 0; i < c->head.series.n; i++) {
        struct pfg_pooled *head = c->head.series.entries[i].value;
        struct pfg_pooled *base = pfg_pool_find(&c->base, head->series->key);
        bool alone = !has_name(&c->base.benchmarks, head->benchmark);
        struct pfg_pooled *other =
            base ? NULL
                 : measured_otherwise(c, &c->base, &c->base_what, head->series);

        if (other && wanted(c, head) &&
            !pfg_pool_find(&c->head, other->series->key)) {
            add_measured_otherwise(c, other, head);
        } else if (wanted(c, head) &&
                   (!alone || !c->asked->base.n || *head->error ||
                    head->budget_crossed || has_budget(c, head) ||
                    speaks(&speakers, head))) {
            add_row(c, base, head);
        }
    }
}

static void note_not_run(struct comparing *c, const struct pfg_map *suites)
{
    struct pfg_str text;

    if (!suites->n) {
        return;
    }
    pfg_str_init(&text, 2000);
    pfg_str_puts(&text, "not run in the head: ");
    for (size_t i = 0; i < suites->n; i++) {
        struct pfg_slice name = suites->entries[i].key;

        pfg_str_puts(&text, i ? ", " : "");
        pfg_str_add(&text,
                    name.len ? name : PFG_LIT("benchmarks without a suite"));
    }
    pfg_vec_push(&c->notes.lines, c->arena,
                 (const char *)pfg_arena_slice(c->arena, pfg_str_slice(&text)));
    pfg_str_free(&text);
}

/* What the base has and the head has not: missing, when the head ran that
 * suite; a suite that was not run at all is one line, and missing where the
 * policy says so. */
static void pair_missing(struct comparing *c)
{
    enum pfg_severity missing_suite = c->asked->policy->missing_suite;
    struct pfg_map speakers, not_run;

    find_speakers(c, &speakers, &c->base, &c->head);
    pfg_map_init(&not_run, c->arena);
    for (size_t i = 0; i < c->base.series.n; i++) {
        struct pfg_pooled *base = c->base.series.entries[i].value;
        const struct pfg_series *series = base->series;
        bool alone = !has_name(&c->head.benchmarks, base->benchmark);
        bool ran = has_name(&c->head.suites, pfg_slice_of(series->suite));

        if (pfg_pool_find(&c->head, series->key) || !wanted(c, base) ||
            measured_otherwise(c, &c->head, &c->head_what, series)) {
            continue;
        }
        if (!ran && missing_suite != PFG_SEVERITY_OFF) {
            *pfg_map_at(&not_run, pfg_slice_of(series->suite)) = c;
        }
        if (!ran && missing_suite != PFG_SEVERITY_ERROR) {
            continue;
        }
        if (!alone || speaks(&speakers, base)) {
            add_row(c, base, NULL);
            c->rows.at[c->rows.n - 1].vanished = alone;
            c->rows.at[c->rows.n - 1].with_suite = !ran;
        }
    }
    note_not_run(c, &not_run);
}

/* The round that a run was measured in, from 1: what came out of one process
 * has one time, however many files and forks it is. */
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

/* The round of the newest numbers. Not how many rounds have some: a benchmark
 * that now and then is missing would be tested with one look's share twice. */
static size_t last_round(const struct pfg_side *side,
                         const struct pfg_pooled *pooled)
{
    size_t n = pooled ? pooled->processes.n : 0;
    const struct pfg_pooled_process *last =
        n ? &pfg_pooled_processes(pooled)[n - 1] : NULL;

    return !last             ? 0
           : last->round > 0 ? (size_t)last->round /* marked as such */
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
        policy->second.pending ? pfg_decide_second_look(row, policy) : NULL;

    if (look && look->spread > 0 && row->n) {
        row->first_spread =
            look->spread * sqrt((double)look->n / (double)row->n);
    }
}

static void number_benchmarks(struct comparing *c)
{
    const char *last = NULL; /* metrics of one follow one another */
    struct pfg_map numbers;

    pfg_map_init(&numbers, c->arena);
    for (size_t i = 0; i < c->rows.n; i++) {
        struct pfg_row *row = &c->rows.at[i];
        size_t known = numbers.n;
        const struct pfg_pooled *pooled =
            row->head.pooled ? row->head.pooled : row->base.pooled;
        void **place;

        if (pooled->benchmark.ptr == last) {
            row->benchmark = row[-1].benchmark;
            continue;
        }
        last = pooled->benchmark.ptr;
        place = pfg_map_borrow(&numbers, pooled->benchmark);
        if (numbers.n > known) {
            *place = (void *)(uintptr_t)known;
        }
        row->benchmark = (size_t)(uintptr_t)*place;
    }
}

static void decide_rows(struct comparing *c)
{
    const struct pfg_comparison *asked = c->asked;
    struct pfg_row *rows = c->rows.at;
    size_t n = c->rows.n;
    struct pfg_arena *scratch = pfg_arena_new();

    number_benchmarks(c);
    pfg_history_gather(rows, n, asked, c->hardware, c->arena);
    for (size_t i = 0; i < n; i++) {
        pfg_row_prepare(&rows[i], asked->alternating, c->arena, scratch);
        pfg_arena_clear(scratch);
        pfg_rule_checks_floor(&rows[i], c->arena);
        find_share(&rows[i], asked);
        find_first_spread(&rows[i], asked->policy);
        pfg_pool_pack(&c->base);
        pfg_pool_pack(&c->head);
    }
    pfg_arena_free(scratch);
    pfg_effect_measure(rows, n, c->arena);
    pfg_decide(rows, n, asked->policy, &c->moved, c->arena);
}

static void fill_targets(struct comparing *c, struct pfg_report_section *out)
{
    const struct pfg_target_input input = {
        .rows = c->rows.at,
        .n_rows = c->rows.n,
        .head = &c->head,
        .policy = c->asked->policy,
        .hardware = c->hardware,
        .wanted = wanted,
        .self = c,
    };

    pfg_targets_fill(out, &input, c->arena);
}

/* The harness broke at a benchmark whose own row says so, and fails. */
static bool is_told(const struct comparing *c, const struct pfg_run *run)
{
    for (size_t i = 0; i < c->rows.n; i++) {
        const struct pfg_row *row = &c->rows.at[i];

        if (!pfg_row_failed(row) ||
            !pfg_policy_fails(c->asked->policy, &row->limit, PFG_ERRORED)) {
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

/* A harness that broke is a row of its own: nothing that it did not measure
 * may pass. */
static struct pfg_report_row failed_run(const struct comparing *c,
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

static void fill_rows(struct comparing *c, struct pfg_report_section *out)
{
    const struct pfg_side *head = &c->asked->head;
    struct pfg_shared shared = {
        .report = c->report,
        .fresh = pfg_report_row_new(),
    };

    pfg_map_init(&shared.footnotes, c->arena);
    for (size_t i = 0; i < c->report->n_footnotes; i++) {
        *pfg_map_at(&shared.footnotes, pfg_slice_of(c->report->footnotes[i])) =
            (void *)(uintptr_t)(i + 1);
    }
    out->rows = pfg_arena_new_array(c->arena, struct pfg_report_row,
                                    c->rows.n + head->n);
    for (size_t i = 0; i < head->n; i++) {
        if (*head->runs[i]->failure && !is_told(c, head->runs[i])) {
            out->rows[out->n_rows++] = failed_run(c, head->runs[i]);
        }
    }
    for (size_t i = 0; i < c->rows.n; i++) {
        pfg_section_row(&out->rows[out->n_rows++], &c->rows.at[i],
                        c->asked->policy, &shared, c->arena);
        pfg_pool_pack(&c->base);
        pfg_pool_pack(&c->head);
    }
    pfg_benchmarks_sort(out);
    pfg_section_geomeans(out, c->arena);
}

/* What is measured in turn, on one machine, shares that machine. */
static bool moved_in_turn(const struct comparing *c)
{
    for (size_t i = 0; i < c->rows.n; i++) {
        if (c->rows.at[i].shift_member &&
            c->rows.at[i].evidence != PFG_REPLICATED) {
            return false;
        }
    }
    return true;
}

static const char *shift_in_words(const struct comparing *c)
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

/* An edit moves the code behind it, and loops that it does not touch then run
 * faster or slower in every process of that build (docs/verdict-measured.md,
 * code layout). Both at once is how that looks. */
#define LAYOUT_LEAST 3

static bool is_loop(const struct pfg_row *row)
{
    return row->family && row->evidence == PFG_REPLICATED &&
           row->metric.kind == PFG_METRIC_MICRO &&
           !strcmp(row->series->unit, "s");
}

static void note_layout(struct comparing *c)
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
                         "%zu benchmark%s got slower and %zu faster: for code "
                         "that did not change, this may be an effect of code "
                         "layout (docs/measuring.md, Code layout)",
                         slower.n, slower.n == 1 ? "" : "s", faster.n));
    }
}

static void note_failed_base(struct comparing *c)
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

/* What to know the runs by when they are met again. */
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
    struct comparing c = {
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
    c.rows.cap = c.base.series.n + c.head.series.n;
    c.rows.at = pfg_arena_new_array(c.arena, struct pfg_row, c.rows.cap);
    pair_head(&c);
    pair_missing(&c);
    pfg_renamed_note(&c.notes, c.rows.at, c.rows.n, &c.base, &c.head, c.arena);
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
    pfg_sight_fill(section, c.arena);
    section->shift = shift_in_words(&c);
    section->shift_fails = c.moved.fails;
    pfg_advise(section, c.arena);
    pfg_pool_end(&c.base);
    pfg_pool_end(&c.head);
}
