#include "compare/row/suite_test.h"

#include <math.h>
#include <string.h>

#include "compare/row/effect.h"
#include "stats/row/detect.h"
#include "stats/row/limit.h"

const struct pfg_second_look *pfg_suite_second_look(
    const struct pfg_row *row, const struct pfg_policy *policy)
{
    for (size_t i = 0; i < policy->second.n; i++) {
        if (!strcmp(policy->second.at[i].key, row->key)) {
            return &policy->second.at[i];
        }
    }
    return NULL;
}

static bool in_family(const struct pfg_row *row, enum pfg_severity severity)
{
    return row->limit->severity == severity && row->comparable &&
           row->limit->gated && (!row->series->derived || row->limit->named) &&
           isfinite(row->effect.estimate) && !pfg_row_is_rate(row) &&
           pfg_evidence_is_tested(row->evidence) && !*row->head.pooled->error &&
           !*row->base.pooled->error;
}

/* Runs the correction over one direction at one level. Likely rows are screened
 * once, when the rounds end, so earlier looks do not count (p_once). */
static void select_rows(struct pfg_row *rows, size_t n, bool worse, double q,
                        bool screen, struct pfg_arena *arena)
{
    double *p = pfg_arena_new_array(arena, double, n);
    bool *selected = pfg_arena_new_array(arena, bool, n);
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        if (rows[i].family) {
            p[k++] = screen  ? rows[i].p_once
                     : worse ? rows[i].p_worse
                             : rows[i].p_better;
        }
    }
    pfg_benjamini_hochberg(selected, p, k, q);
    k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].family) {
            continue;
        }
        *(screen  ? &rows[i].screened
          : worse ? &rows[i].worse
                  : &rows[i].better) = selected[k++];
    }
}

/* A change that stands apart from noise needs no correction over the suite. */
static void select_separate(struct pfg_row *row)
{
    double worse = fmin(row->low_shift, row->effect.estimate);
    double better = fmin(-row->low_shift, -row->effect.estimate);

    if (!row->family || row->worse || row->better || isnan(row->apart)) {
        return;
    }
    row->worse = pfg_reaches(worse, row->apart);
    row->better = pfg_reaches(better, row->apart);
    row->separate = row->worse || row->better;
    row->screened |= row->worse;
}

static void find_detectable(struct pfg_row *rows, size_t n)
{
    struct pfg_design design = {0}, last = {0};
    double factor = 0, ranks = INFINITY;

    for (size_t i = 0; i < n; i++) {
        design.tests += rows[i].family;
    }
    for (size_t i = 0; i < n; i++) {
        bool replicated = rows[i].evidence == PFG_REPLICATED;
        double half = pfg_effect_half_width(&rows[i]);

        rows[i].tests = design.tests;
        if (!rows[i].family) {
            continue;
        }
        design.q = PFG_Q * rows[i].last_share;
        if (last.n != rows[i].n || last.replicated != replicated ||
            last.q != design.q) {
            design.n = rows[i].n;
            design.replicated = replicated;
            factor = pfg_detect_factor(&design);
            ranks = pfg_detect_ranks_factor(&design);
            last = design;
        }
        rows[i].detectable =
            pfg_detectable(rows[i].theta, half, rows[i].error, factor);
        if (isfinite(ranks)) {
            rows[i].detectable =
                fmin(rows[i].detectable,
                     pfg_detectable(rows[i].theta, half, half, ranks));
        }
        if (isfinite(rows[i].apart)) {
            rows[i].detectable = fmin(
                rows[i].detectable, fmax(rows[i].theta, rows[i].apart) + half);
        }
    }
}

/* Tests the rows of one severity together. */
static void test_family(struct pfg_row *rows, size_t n,
                        enum pfg_severity severity,
                        const struct pfg_policy *policy,
                        struct pfg_arena *arena)
{
    for (size_t i = 0; i < n; i++) {
        rows[i].family = rows[i].base.pooled && rows[i].head.pooled &&
                         in_family(&rows[i], severity) &&
                         (!policy->second.pending ||
                          pfg_suite_second_look(&rows[i], policy));
    }
    select_rows(rows, n, true, PFG_Q, false, arena);
    select_rows(rows, n, false, PFG_Q, false, arena);
    select_rows(rows, n, true, PFG_Q_SCREEN, true, arena);
    for (size_t i = 0; i < n; i++) {
        select_separate(&rows[i]);
        if (rows[i].family && (rows[i].worse || rows[i].better)) {
            pfg_effect_choose_shown(&rows[i]);
        }
    }
    find_detectable(rows, n);
}

void pfg_suite_test(struct pfg_row *rows, size_t n,
                    const struct pfg_policy *policy, struct pfg_arena *arena)
{
    bool some_warn = false;

    for (size_t i = 0; i < n; i++) {
        some_warn |= rows[i].limit->severity == PFG_SEVERITY_WARN;
    }
    /* Rows that only warn are tested among themselves: the promise about the
     * gate does not cover them, and they must not weaken its test. */
    if (some_warn) {
        test_family(rows, n, PFG_SEVERITY_WARN, policy, arena);
    }
    test_family(rows, n, PFG_SEVERITY_ERROR, policy, arena);
}

/* --- a shift of the whole suite --- */

/* Looks for a shift in one direction. A benchmark moved if half of its rows are
 * selected. */
static struct pfg_suite_shift shift_one_way(struct pfg_row *rows, size_t n,
                                            bool worse, struct pfg_arena *arena)
{
    struct pfg_vote *moves = pfg_arena_new_array(arena, struct pfg_vote, n);
    struct pfg_vote *calls = pfg_arena_new_array(arena, struct pfg_vote, n);
    double *shifts = pfg_arena_new_array(arena, double, n);
    bool *selected = pfg_arena_new_array(arena, bool, n);
    bool *member = pfg_arena_new_array(arena, bool, n);
    bool *is_member = pfg_arena_new_array(arena, bool, n);
    struct pfg_suite_shift found;
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        const struct pfg_row *row = &rows[i];

        if (row->family) {
            moves[k] = (struct pfg_vote){
                row->benchmark, worse ? row->low_shift : -row->low_shift};
            calls[k++] = (struct pfg_vote){row->benchmark,
                                           worse ? row->worse : row->better};
        }
    }
    pfg_votes_count(calls, k);
    k = pfg_votes_count(moves, k);
    for (size_t i = 0; i < k; i++) {
        shifts[i] = moves[i].value;
        selected[i] = calls[i].value >= 0.5;
    }
    found = pfg_suite_shift_find(member, shifts, selected, k);
    for (size_t i = 0; i < k; i++) {
        is_member[moves[i].benchmark] = member[i];
    }
    for (size_t i = 0; i < n && found.found; i++) {
        double move = worse ? rows[i].low_shift : -rows[i].low_shift;

        rows[i].shift_member = rows[i].family && is_member[rows[i].benchmark] &&
                               pfg_is_alike(move, found.shift);
    }
    return found;
}

void pfg_suite_find_shift(struct pfg_moved *out, struct pfg_row *rows, size_t n,
                          const struct pfg_policy *policy,
                          struct pfg_arena *arena)
{
    const unsigned slower = 1u << PFG_REGRESSED | 1u << PFG_UNCONFIRMED;
    bool fatal = !policy->fail_on || (policy->fail_on & slower);
    bool accepted = true; /* all members, so the suite moved as intended */
    double theta = INFINITY;

    for (size_t i = 0; i < n; i++) {
        theta = rows[i].family ? fmin(theta, rows[i].theta) : theta;
    }
    out->worse = true;
    out->suite = shift_one_way(rows, n, true, arena);
    if (!out->suite.found) {
        out->worse = false;
        out->suite = shift_one_way(rows, n, false, arena);
    }
    for (size_t i = 0; i < n; i++) {
        accepted &= !rows[i].shift_member || rows[i].accepted;
    }
    /* From the strictest limit on. Otherwise a slowdown of everything would
     * pass where a smaller one, or one of a few rows, fails. */
    out->fails = fatal && out->suite.found && out->worse && !accepted &&
                 pfg_reaches(out->suite.shift, theta);
}
