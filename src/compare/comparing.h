#ifndef PFG_COMPARE_COMPARING_H
#define PFG_COMPARE_COMPARING_H

#include "compare/comparison.h"
#include "compare/environment.h"
#include "compare/row/decide.h"
#include "compare/row/row.h"

/* A comparison under way. Everything lives in the report's arena. */
struct pfg_comparing {
    const struct pfg_comparison *asked;
    struct pfg_report *report;
    struct pfg_arena *arena;
    const char *hardware;  /* as rules name it; "" : files are compared */
    const char *forbidden; /* how the environments differ although the policy
                              forbids it; NULL: they do not */
    struct pfg_pool base, head;
    /* Series by their keys without how they were measured; made when first
     * needed: no arena until then. */
    struct pfg_map base_what, head_what;
    PFG_VEC(struct pfg_row) rows;
    PFG_VEC(const struct pfg_limit *) limits; /* of the rows */
    struct pfg_row_history no_history;        /* of rows without earlier runs */
    size_t n_benchmarks;    /* that the report's rows are of, so far */
    struct pfg_notes notes; /* lines for the report */
    struct pfg_moved moved;
};

/* ---- pair.c ---- */

/*
 * Makes the rows, those of the head first, from the pools: which series of base
 * and head belong together, which are new, and which are missing. Notes suites
 * that the head did not run. A benchmark that only one side has becomes one
 * row: the first of its metrics among those judged most strictly.
 */
void pfg_pair_series(struct pfg_comparing *c);

/* ---- renamed.c ---- */

/*
 * Notes benchmarks of the base that the head seems to have under another name:
 * with another number of cores, threads or connections, with another of
 * google-benchmark's suffixes for how it was run ("/repeats:3"), at another
 * address, with a similar name, or in a suite of another name. Each note ends
 * with the "renames" for perfgate.json that would pair them. The rows do not
 * change.
 */
void pfg_renamed_note(struct pfg_comparing *c);

/* ---- row_history.c ---- */

/*
 * Fills the histories of rows from earlier runs, oldest first: for each series
 * the low levels and medians of the current segment (verdict.md 7), the base's
 * own last; with a window, those of each of its runs. What lies behind the
 * segment is removed from the row's base, too. Rows without a base keep an
 * empty history.
 */
void pfg_history_gather(struct pfg_comparing *c);

#endif
