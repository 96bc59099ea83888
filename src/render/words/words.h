#ifndef PFG_RENDER_WORDS_WORDS_H
#define PFG_RENDER_WORDS_WORDS_H

#include "base/arena.h"
#include "base/str.h"
#include "model/report.h"

/*
 * The report in words, the same in every format. What comes out belongs to
 * the arena, is never NULL, and is plain text: each format escapes it.
 */
struct pfg_row_words {
    const char *base, *head;               /* "1.423 µs", one scale for both */
    const char *base_spread, *head_spread; /* "±2%", or "" */
    const char *change;   /* "+12.3%", "~" where nothing was found */
    const char *interval; /* "[+10.1, +14.8]", or "" */
    const char *test;     /* "p=0.003 n=10" */
    const char *limit;    /* "10%", "10% (17%)" when noise widens it */
    const char *detects;  /* "4.2%": the smallest callable change */
    const char *verdict;
    const char *note;  /* why, what it rests on when weak; "" */
    const char *marks; /* "¹ ²" */
};

struct pfg_row_words pfg_words_row(const struct pfg_report_row *row,
                                   struct pfg_arena *arena);

/* "1.002 → 1.319 µs"; with one side only, its value. */
const char *pfg_words_values(struct pfg_arena *arena,
                             const struct pfg_row_words *words);

/* The unit to scale a row's values by: its own, or "%" for shares. A count of
 * one error is not a share. */
const char *pfg_words_unit(const struct pfg_report_row *row);

/* The id of a row in an HTML page, to which links point. */
const char *pfg_words_anchor(struct pfg_arena *arena,
                             const struct pfg_report *report,
                             const struct pfg_report_section *section,
                             const struct pfg_report_row *row);

/* A fraction for people: "12.3%", with a sign when it is a change. "–" for NAN.
 */
const char *pfg_words_percent(struct pfg_arena *arena, double fraction);
const char *pfg_words_change(struct pfg_arena *arena, double fraction);

/* The smallest detectable change: "4.2%", ">2x"; "" for NAN. */
const char *pfg_words_detects(struct pfg_arena *arena, double fraction);

/* Appends a part, after the separator unless it is the first one. Skips an
 * empty part. */
void pfg_words_join(struct pfg_str *text, const char *separator,
                    const char *part);

/* "¹" for 0, "¹²" for 11. */
const char *pfg_words_mark(struct pfg_arena *arena, size_t footnote);

/* For a report of one benchmark, a line like hyperfine's: "new.json ran 1.31 ±
 * 0.02 times faster than old.json"; "" for more benchmarks, or if its time did
 * not change. */
const char *pfg_words_times(struct pfg_arena *arena,
                            const struct pfg_report *report);

/* A geometric mean in the words of a row: one scale for both, "12 rows". */
struct pfg_row_words pfg_words_geomean(const struct pfg_report_geomean *geomean,
                                       struct pfg_arena *arena);

/* ---- report_words.c: the report as a whole, and histories ---- */

/* "3 regressed, 112 unchanged", in the order of the verdicts. */
const char *pfg_words_counts(struct pfg_arena *arena,
                             const size_t counts[PFG_N_VERDICTS]);

/* "merge-base with main; 3 days old; 2 runs; uncommitted changes". */
const char *pfg_words_origin(struct pfg_arena *arena,
                             const struct pfg_report_origin *origin,
                             pfg_time now);

/* "AMD EPYC 7763, 4 CPUs, x86_64, NVIDIA RTX 3080". */
const char *pfg_words_hardware(struct pfg_arena *arena,
                               const struct pfg_profile *profile);

/* "looser: core* threshold 5% to 50% (perfgate.json:12)". */
const char *pfg_words_policy_change(
    struct pfg_arena *arena, const struct pfg_report_policy_change *change);

/* How many changes are shown, and a text about the others, "3 more changes";
 * "". */
size_t pfg_words_policy_shown(const struct pfg_report_policy *policy);
const char *pfg_words_policy_rest(struct pfg_arena *arena,
                                  const struct pfg_report_policy *policy);

/* "of what was measured, 3 limits are looser, 1 is tighter"; "". */
const char *pfg_words_policy_rows(struct pfg_arena *arena,
                                  const struct pfg_report_policy *policy);

/* "smallest detectable change: timings: 37%; allocs: exact"; "". */
const char *pfg_words_detectable(struct pfg_arena *arena,
                                 const struct pfg_report_section *section);

/* A change of level in a row's history: "+25.0% at 3f2a1c9e2". */
const char *pfg_words_jump(struct pfg_arena *arena,
                           const struct pfg_report_row *row,
                           const struct pfg_report_jump *jump);

/* Values in blocks, "▂▁▂▁▆", scaled so that noise of a few per cent stays
 * flat. */
const char *pfg_words_spark(struct pfg_arena *arena, const double *values,
                            size_t n);

/* The last medians of a row's history and the head in blocks; "" without a
 * history. */
const char *pfg_words_sparkline(struct pfg_arena *arena,
                                const struct pfg_report_row *row);

#endif
