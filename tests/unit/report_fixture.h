/* A report built by hand: two sections, every verdict and kind of evidence,
 * missing sides, extreme values, and names that try to break a page. */
#ifndef PFG_TESTS_UNIT_REPORT_FIXTURE_H
#define PFG_TESTS_UNIT_REPORT_FIXTURE_H

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/report.h"

#define FIXTURE_NOW (1795247388 * PFG_SECOND) /* 2026-11-21T07:49:48Z */

static const char *const fixture_nasty[] = {
    "<script>alert('x')</script>",
    "pipe|in|a\\|name",
    "two\nlines\r\nand\ta tab",
    "`code` ```fence``` **bold** _it_ ~~gone~~ [link](http://evil.example)",
    "@everyone look at #1 and GH-2, www.evil.example https://evil.example",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "\U0001f680 rocket \U0001f469\u200d\U0001f4bb",
    "\"quoted\" 'single' & entity &lt;b&gt; {{MARKER}} $x^2$ <!-- perfgate -->",
    "\033[31mred\033[0m \x7f \xff\xfe",
    "",
};
#define FIXTURE_NASTY PFG_COUNT(fixture_nasty)

static inline struct pfg_report_side fixture_side(double value, size_t n,
                                                  size_t processes, double half)
{
    static const double values[] = {1.4e-6, 1.41e-6, 1.39e-6};
    static const size_t process[] = {0, 1, 2};

    return (struct pfg_report_side){
        .present = true,
        .n = n,
        .n_processes = processes,
        .value = value,
        .interval = {value * (1 - half), value * (1 + half), 0.95},
        .values = n == 3 ? values : NULL,
        .processes = n == 3 ? process : NULL,
        .error = "",
        .written_unit = "ns/op",
        .source = "bench.txt:14",
    };
}

static inline struct pfg_report_side fixture_no_side(void)
{
    return (struct pfg_report_side){
        .value = NAN,
        .interval = {NAN, NAN, NAN},
        .error = "",
        .written_unit = "",
        .source = "",
    };
}

/* A row of times with ten samples per side; callers change what they need. */
static inline struct pfg_report_row fixture_row(const char *suite,
                                                const char *label,
                                                enum pfg_verdict verdict,
                                                double base, double head)
{
    struct pfg_report_row row = pfg_report_row_new();

    row.key = label;
    row.suite = suite;
    row.label = label;
    row.metric = "time";
    row.benchmark = label;
    row.unit = "s";
    row.better = PFG_LOWER;
    row.kind = PFG_METRIC_MICRO;
    row.base = fixture_side(base, 10, 1, 0.02);
    row.head = fixture_side(head, 10, 1, 0.03);
    row.verdict = verdict;
    row.evidence = PFG_SINGLE;
    row.gated = true;
    row.fails = verdict <= PFG_MISSING;
    row.listed = verdict <= PFG_SLOWER;
    row.change = head / base - 1;
    row.change_lower = head / base - 1.02;
    row.change_upper = head / base - 0.98;
    row.change_level = 0.95;
    row.difference = head - base;
    row.p = 0.0123;
    row.threshold = 0.10;
    row.threshold_source = "--threshold";
    row.effective_threshold = 0.10;
    row.detectable = 0.042;
    row.decision = (struct pfg_decision){PFG_BY_TEST, row.change, 0.10,
                                         0.0123,      0.01,       20};
    return row;
}

static inline void fixture_one_sided(struct pfg_report_row *row, bool base)
{
    *(base ? &row->head : &row->base) = fixture_no_side();
    row->evidence = PFG_NO_EVIDENCE;
    row->change = row->change_lower = row->change_upper = NAN;
    row->difference = row->p = row->detectable = NAN;
}

/* One row for each verdict, in a suite of Go benchmarks. */
static inline size_t fixture_verdicts(struct pfg_report_row *rows)
{
    static const char *const names[PFG_N_VERDICTS] = {
        "BenchmarkJoin/n=8 cpus=2",
        "BenchmarkServe",
        "BenchmarkPanics",
        "BenchmarkGone",
        "BenchmarkMaybe",
        "BenchmarkSlightly",
        "BenchmarkAgreed",
        "BenchmarkWon",
        "BenchmarkWonABit",
        "BenchmarkFresh",
        "BenchmarkNoisy",
        "BenchmarkOther",
        "BenchmarkSame",
    };
    static const double heads[PFG_N_VERDICTS] = {
        1.63e-6, 9.1e-6, NAN,     1,      1.6e-6,  1.45e-6,  1.9e-6,
        1.1e-6,  1.4e-6, 2.22e-3, 1.5e-6, 1.42e-6, 1.423e-6,
    };
    static const size_t marks[] = {0, 1, 2};

    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        rows[v] = fixture_row("example.org/core", names[v], (enum pfg_verdict)v,
                              1.423e-6, heads[v]);
    }
    rows[PFG_REGRESSED].p = 0.0001;
    rows[PFG_REGRESSED].footnotes = marks;
    rows[PFG_REGRESSED].n_footnotes = 2;
    rows[PFG_OVER_BUDGET].budget = "< 8\u00b5s";
    rows[PFG_OVER_BUDGET].budget_crossed = true;
    rows[PFG_ERRORED].head.error = "panic: runtime error: index out of range";
    rows[PFG_ERRORED].change = rows[PFG_ERRORED].difference = NAN;
    fixture_one_sided(&rows[PFG_MISSING], true);
    fixture_one_sided(&rows[PFG_NEW], false);
    rows[PFG_UNCONFIRMED].reason = "over the limit, likely, not proven: "
                                   "measure it again";
    rows[PFG_ACCEPTED].reason = "accepted until 2026-12-01: bounds checks";
    rows[PFG_INCONCLUSIVE].reason = "\u00b118 %, limit 10 %";
    rows[PFG_NOT_COMPARABLE].reason = "units differ: s and B";
    rows[PFG_SLOWER].evidence = PFG_REPLICATED;
    rows[PFG_SLOWER].base.n = rows[PFG_SLOWER].head.n = 50;
    rows[PFG_SLOWER].base.n_processes = rows[PFG_SLOWER].head.n_processes = 5;
    rows[PFG_SLOWER].change_level = 0.9;
    rows[PFG_UNCHANGED].footnotes = marks + 2;
    rows[PFG_UNCHANGED].n_footnotes = 1;
    return PFG_N_VERDICTS;
}

/* Other kinds of evidence and metrics, and numbers of other sizes. */
static inline size_t fixture_kinds(struct pfg_report_row *rows)
{
    struct pfg_report_row *row = rows;

    *row = fixture_row("example.org/core", "BenchmarkJoin/n=8 cpus=2",
                       PFG_REGRESSED, 3, 4);
    row->metric = "allocs", row->unit = "1", row->kind = PFG_METRIC_COUNT;
    row->evidence = PFG_EXACT, row->p = NAN, row->threshold = 0;
    row->reason = "any increase of allocations counts";
    row++;
    *row =
        fixture_row("example.org/core", "BenchmarkSame", PFG_UNCHANGED, 0, 0);
    row->metric = "allocs", row->unit = "1", row->kind = PFG_METRIC_COUNT;
    row->evidence = PFG_EXACT, row->p = row->change = NAN;
    row++;
    *row = fixture_row("example.org/core", "BenchmarkFromNothing",
                       PFG_REGRESSED, 0, 48);
    row->metric = "bytes", row->unit = "B", row->kind = PFG_METRIC_COUNT;
    row->evidence = PFG_EXACT, row->change = row->p = NAN;
    row->reason = "new cost";
    row++;
    *row = fixture_row("GET http://localhost:8080/", "wrk threads=2",
                       PFG_UNCONFIRMED, 748868.53, 660000);
    row->metric = "requests", row->unit = "1/s", row->better = PFG_HIGHER;
    row->kind = PFG_METRIC_LOAD, row->evidence = PFG_SUMMARY, row->p = NAN;
    row->effective_threshold = 0.17;
    row->base.n = row->head.n = 1;
    row->base.interval = row->head.interval =
        (struct pfg_interval){NAN, NAN, NAN};
    row->change_lower = row->change_upper = NAN;
    row++;
    *row = fixture_row("GET http://localhost:8080/", "wrk threads=2",
                       PFG_UNCHANGED, 0.0011, 0.0012);
    row->metric = "error rate", row->unit = "1", row->kind = PFG_METRIC_RATE;
    row->evidence = PFG_POINT, row->budget = "rate<0.01";
    row++;
    *row = fixture_row("GET http://localhost:8080/", "wrk threads=2",
                       PFG_INCONCLUSIVE, 12e-3, 14e-3);
    row->metric = "latency p99.9", row->kind = PFG_METRIC_TAIL;
    row->gated = false, row->not_gated = "neutral until a rule names it";
    row->evidence = PFG_HISTORY;
    row++;
    *row = fixture_row("extremes", "tiny and large", PFG_INCONCLUSIVE, 1e-12,
                       1e15);
    row->listed = true;
    row->reason = "over the limit, not proven";
    row++;
    *row = fixture_row("extremes", "not a number", PFG_ERRORED, NAN, NAN);
    row->head.error = "NaN";
    row++;
    *row = fixture_row("extremes", "zero", PFG_UNCHANGED, 0, 0);
    row++;
    return (size_t)(row - rows);
}

/* Names that could break a page, wherever a page shows names. */
static inline size_t fixture_names(struct pfg_report_row *rows,
                                   struct pfg_arena *arena)
{
    char *lengthy = pfg_arena_alloc(arena, 501);

    for (size_t i = 0; i < FIXTURE_NASTY; i++) {
        rows[i] = fixture_row(fixture_nasty[i], fixture_nasty[i], PFG_REGRESSED,
                              1e-3, 2e-3);
        rows[i].metric = rows[i].unit = fixture_nasty[i];
        rows[i].reason = fixture_nasty[i];
    }
    memset(lengthy, 'x', 500);
    rows[FIXTURE_NASTY] =
        fixture_row("nasty", lengthy, PFG_REGRESSED, 1e-3, 2e-3);
    return FIXTURE_NASTY + 1;
}

static inline struct pfg_report_origin fixture_origin(const char *label)
{
    return (struct pfg_report_origin){
        .label = label,
        .id = "0123456789abcdef0123456789abcdef01234567",
        .subject = "parser: check bounds <b>&</b>",
        .time = FIXTURE_NOW - 3 * 86400 * PFG_SECOND,
        .n_runs = 2,
        .n_series = 23,
        .how = "merge-base with main, 3 commits back",
    };
}

static inline struct pfg_profile fixture_profile(void)
{
    static const char *gpus[] = {"NVIDIA RTX 3080"};
    static struct pfg_fact notes[] = {
        {"governor", "powersave"}, {"kernel", "6.1.0"}, {"memory", "64 GiB"}};

    return (struct pfg_profile){
        .arch = "x86_64",
        .cpu_vendor = "AuthenticAMD",
        .cpu_family = "25",
        .cpu_model = "1",
        .cpu_stepping = "1",
        .cpu_name = "AMD EPYC 7763 64-Core",
        .cpus = 4,
        .gpus = gpus,
        .n_gpus = 1,
        .name = "amd-epyc-7763-4c",
        .fingerprint = "f00d",
        .notes = notes,
        .n_notes = 3,
    };
}

static inline struct pfg_report_section fixture_section(
    struct pfg_report_row *rows, size_t n)
{
    static struct pfg_report_sight sights[] = {
        {"timings", false, 12, 1, 0.035}, {"allocs", true, 5, 0, NAN}};
    static const char *notes[] = {"governor differs: performance, powersave",
                                  "suite 'example.org/slow' was not run"};

    return (struct pfg_report_section){
        .profile = fixture_profile(),
        .has_profile = true,
        .has_base = true,
        .no_base = "",
        .base = fixture_origin("v1.2"),
        .head = fixture_origin("a1b2c3d"),
        .rows = rows,
        .n_rows = n,
        .notes = notes,
        .n_notes = 2,
        .detectable = 0.035,
        .sights = sights,
        .n_sights = 2,
        .shift = "",
        .machines = "",
    };
}

/* A report without sections. */
static inline struct pfg_report *fixture_empty(void)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report = pfg_arena_alloc(arena, sizeof *report);

    *report = (struct pfg_report){
        .arena = arena,
        .version = "0.1.0",
        .time = FIXTURE_NOW,
        .status = 1,
        .gate = true,
        .tone = PFG_TONE_FAIL,
        .headline = "14 benchmarks slower than allowed, 1 over budget",
        .limit_lowest = 0.10,
        .limit_highest = 0.10,
        .accept_label = "",
        .policy = {.base = "", .headline = "", .judged_by = ""},
        .command = "perfgate compare v1.2 a1b2c3d --threshold 10",
        .threshold = 0.10,
        .threshold_given = true,
    };
    return report;
}

static inline void fixture_count(struct pfg_report *report)
{
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];

            report->n_rows++;
            report->n_gated += row->gated;
            report->n_fails += row->fails;
            report->counts[row->verdict]++;
            /* As if each row were a benchmark of its own. */
            report->benchmarks.n++;
            report->benchmarks.n_fails += row->fails;
            report->benchmarks.counts[row->verdict]++;
            report->benchmarks.failing[row->verdict] += row->fails;
        }
    }
}

/* The whole report; free it with pfg_arena_free(report->arena). */
static inline struct pfg_report *fixture_report(void)
{
    static const char *footnotes[] = {
        "the ratio of the medians is +14.5 %, the change shown +12.3 %",
        "samples of one process only: between-run noise assumed",
        "head <b>has</b> | outliers"};
    static const char *warnings[] = {"bench.txt:14: missing unit after '1726'"};
    static const char *others[] = {"intel-xeon-8370c-4c"};
    static struct pfg_report_geomean geomeans[] = {
        {"example.org/core", "time", "s", 1.423e-6, 1.5e-6, 0.054, 12},
        {"example.org/core", "allocs", "1", 3, 3.5, 0.1667, 2}};
    struct pfg_report *report = fixture_empty();
    struct pfg_arena *arena = report->arena;
    struct pfg_report_row *first =
        pfg_arena_new_array(arena, struct pfg_report_row, 32);
    struct pfg_report_row *second =
        pfg_arena_new_array(arena, struct pfg_report_row, 32);
    size_t n = fixture_verdicts(first);

    n += fixture_kinds(first + n);
    report->sections = pfg_arena_new_array(arena, struct pfg_report_section, 2);
    report->n_sections = 2;
    report->sections[0] = fixture_section(first, n);
    report->sections[0].geomeans = geomeans;
    report->sections[0].n_geomeans = 2;
    report->sections[0].shift =
        "whole suite +8 %: machine or toolchain change?";
    report->sections[0].shift_fails = true;
    report->sections[1] = fixture_section(second, fixture_names(second, arena));
    report->sections[1].has_base = false;
    report->sections[1].no_base = "no run of main on this hardware";
    report->sections[1].other_profiles = others;
    report->sections[1].n_other_profiles = 1;
    report->sections[1].detectable = NAN;
    report->sections[1].head.dirty = true;
    report->footnotes = footnotes;
    report->n_footnotes = 3;
    report->warnings = warnings;
    report->n_warnings = 1;
    fixture_count(report);
    return report;
}

#endif
