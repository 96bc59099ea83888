#include "compare/why/why_sums.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/why.h"
#include "stats/sample.h"

#define LEAST_PHI  1.5
#define PHI_OF_ONE 9.0

double *pfg_why_clean(const struct pfg_why_sums *w)
{
    size_t n = w->stacks->nodes.n > w->stacks->frames.n ? w->stacks->nodes.n
                                                        : w->stacks->frames.n;

    memset(w->scratch, 0, n * w->n * sizeof *w->scratch);
    return w->scratch;
}

bool pfg_why_is_head(const struct pfg_why_sums *w, size_t profile)
{
    return profile >= w->q->n_base;
}

double pfg_why_mean(const struct pfg_why_sums *w, const double *row, bool head)
{
    size_t from = head ? w->q->n_base : 0;
    size_t n = head ? w->n - w->q->n_base : w->q->n_base;

    return pfg_mean(row + from, n);
}

double pfg_why_change(const struct pfg_why_sums *w, const double *row)
{
    return pfg_why_mean(w, row, true) - pfg_why_mean(w, row, false);
}

static void set_scales(struct pfg_why_sums *w)
{
    w->totals = pfg_arena_new_array(w->arena, double, w->n);
    w->scale = pfg_arena_new_array(w->arena, double, w->n);
    for (size_t p = 0; p < w->n; p++) {
        const struct pfg_stack_profile *profile = &w->stacks->profiles[p];
        double value = pfg_why_is_head(w, p) ? w->q->head : w->q->base;

        w->scale[p] = !isnan(value)     ? value / profile->total
                      : w->q->times > 0 ? 1 / w->q->times
                                        : 1;
        w->totals[p] = profile->total * w->scale[p];
        w->sampled |= profile->samples > 0;
    }
    w->whole[0] = pfg_why_mean(w, w->totals, false);
    w->whole[1] = pfg_why_mean(w, w->totals, true);
}

/* --- the collector of garbage --- */

/* Which part of Go's memory management a node belongs to. */
enum part { NEITHER, ALLOCATING, COLLECTING };

static enum part part_of(const char *name)
{
    static const char *const collectors[] = {
        "runtime.gcBgMarkWorker", "runtime.bgsweep", "runtime.bgscavenge"};

    for (size_t i = 0; i < PFG_COUNT(collectors); i++) {
        if (!strncmp(name, collectors[i], strlen(collectors[i]))) {
            return COLLECTING;
        }
    }
    return !strcmp(name, "runtime.mallocgc") ? ALLOCATING : NEITHER;
}

/*
 * Go's collector works on its own threads, which nothing in the program
 * calls. Moves its cost in `charged` (frame * profiles + profile) to the
 * functions that allocate, in proportion to what they spend on allocating.
 * `scale` is that of each profile's weights.
 */
static void share_collector(double *charged, const struct pfg_stacks *stacks,
                            const double *scale)
{
    size_t profiles = stacks->n_profiles;
    struct pfg_arena *arena = pfg_arena_new();
    enum part *parts = pfg_arena_new_array(arena, enum part, stacks->nodes.n);
    double *spent =
        pfg_arena_new_array(arena, double, stacks->frames.n *profiles);
    double *all = pfg_arena_new_array(arena, double, 2 * profiles);
    double *collected = all + profiles;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        size_t owner = stacks->nodes.at[node->owner].frame;

        parts[i] =
            node->parent == PFG_STACKS_NONE ? NEITHER : parts[node->parent];
        parts[i] =
            parts[i] ? parts[i] : part_of(stacks->frames.at[node->frame].name);
        for (size_t p = 0; p < profiles; p++) {
            double weight = pfg_stacks_weight(stacks, i, p) * scale[p];

            if (parts[i] == ALLOCATING && !stacks->frames.at[owner].foreign) {
                spent[owner * profiles + p] += weight;
                all[p] += weight;
            } else if (parts[i] == COLLECTING && node->owner == i) {
                collected[p] += weight;
            }
        }
    }
    for (size_t i = 0; i < stacks->nodes.n; i++) {
        for (size_t p = 0; p < profiles; p++) {
            if (parts[i] == COLLECTING && stacks->nodes.at[i].owner == i &&
                all[p] > 0) {
                charged[stacks->nodes.at[i].frame * profiles + p] -=
                    pfg_stacks_weight(stacks, i, p) * scale[p];
            }
        }
    }
    for (size_t f = 0; f < stacks->frames.n; f++) {
        for (size_t p = 0; p < profiles; p++) {
            charged[f * profiles + p] +=
                all[p] > 0 ? collected[p] * spent[f * profiles + p] / all[p]
                           : 0;
        }
    }
    pfg_arena_free(arena);
}

/* --- sums --- */

/* A frame counts once in a path, at its outermost call. */
static bool is_outermost(const struct pfg_stacks *stacks, size_t node)
{
    size_t frame = stacks->nodes.at[node].frame;

    for (size_t up = stacks->nodes.at[node].parent; up != PFG_STACKS_NONE;
         up = stacks->nodes.at[up].parent) {
        if (stacks->nodes.at[up].frame == frame) {
            return false;
        }
    }
    return true;
}

static void sum_up(struct pfg_why_sums *w)
{
    const struct pfg_stacks *stacks = w->stacks;
    size_t size = stacks->frames.n * w->n;
    double *below =
        pfg_arena_new_array(w->arena, double, stacks->nodes.n * w->n);

    w->charged = pfg_arena_new_array(w->arena, double, size);
    w->self = pfg_arena_new_array(w->arena, double, size);
    w->inclusive = pfg_arena_new_array(w->arena, double, size);
    for (size_t i = stacks->nodes.n; i-- > 0;) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        size_t owner = stacks->nodes.at[node->owner].frame;
        bool outermost = is_outermost(stacks, i);

        for (size_t p = 0; p < w->n; p++) {
            double weight = pfg_stacks_weight(stacks, i, p) * w->scale[p];
            double all = below[i * w->n + p] += weight;

            w->self[node->frame * w->n + p] += weight;
            w->charged[owner * w->n + p] += weight;
            w->inclusive[node->frame * w->n + p] += outermost ? all : 0;
            if (node->parent != PFG_STACKS_NONE) {
                below[node->parent * w->n + p] += all;
            }
        }
    }
    share_collector(w->charged, stacks, w->scale);
}

/* The variance by counting alone. A function that was not seen may have been
 * missed by one sample. */
static double variance_of(const struct pfg_why_sums *w, double weight, size_t p)
{
    const struct pfg_stack_profile *profile = &w->stacks->profiles[p];
    double sample;

    if (!(profile->samples > 0)) {
        return 0;
    }
    sample = profile->total * w->scale[p] / profile->samples;
    return fmax(weight, sample) * sample;
}

/* How much more the profiles of a side differ than counting explains. */
static double dispersion(const struct pfg_why_sums *w)
{
    double seen = 0, expected = 0;

    for (size_t f = 0; f < w->stacks->frames.n; f++) {
        const double *row = &w->charged[f * w->n];

        for (size_t p = 0; p < w->n; p++) {
            bool head = pfg_why_is_head(w, p);
            size_t n = head ? w->n - w->q->n_base : w->q->n_base;
            double mean = pfg_why_mean(w, row, head);

            if (n > 1 && mean >= 0.01 * w->whole[head]) {
                seen += (row[p] - mean) * (row[p] - mean);
                expected +=
                    variance_of(w, mean, p) * (double)(n - 1) / (double)n;
            }
        }
    }
    return expected > 0 ? fmax(LEAST_PHI, seen / expected) : PHI_OF_ONE;
}

double pfg_why_error(const struct pfg_why_sums *w, const double *row)
{
    double counted = 0, shown = 0;

    for (int head = 0; head < 2; head++) {
        size_t from = head ? w->q->n_base : 0;
        size_t n = head ? w->n - w->q->n_base : w->q->n_base;
        double sd = pfg_stddev(row + from, n);

        shown += n > 1 ? sd * sd / (double)n : 0;
        for (size_t p = from; p < from + n; p++) {
            counted += w->phi * variance_of(w, row[p], p) / (double)(n * n);
        }
    }
    return sqrt(fmax(counted, shown));
}

/* All profiles of the head lie on the same side of all of the base. */
static bool repeats(const struct pfg_why_sums *w, const double *row)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};

    for (size_t p = 0; p < w->n; p++) {
        low[pfg_why_is_head(w, p)] = fmin(low[pfg_why_is_head(w, p)], row[p]);
        high[pfg_why_is_head(w, p)] = fmax(high[pfg_why_is_head(w, p)], row[p]);
    }
    return low[1] > high[0] || high[1] < low[0];
}

bool pfg_why_is_real(const struct pfg_why_sums *w, const double *row)
{
    return repeats(w, row) && fabs(pfg_why_change(w, row)) >
                                  PFG_WHY_ERRORS * pfg_why_error(w, row);
}

void pfg_why_sums_make(struct pfg_why_sums *w,
                       const struct pfg_why_question *question,
                       struct pfg_arena *arena, struct pfg_arena *keep)
{
    const struct pfg_stacks *stacks = question->stacks;
    size_t rows =
        stacks->nodes.n > stacks->frames.n ? stacks->nodes.n : stacks->frames.n;

    *w = (struct pfg_why_sums){.q = question,
                               .stacks = stacks,
                               .n = stacks->n_profiles,
                               .arena = arena,
                               .keep = keep};
    w->scratch = pfg_arena_new_array(arena, double, rows * stacks->n_profiles);
    set_scales(w);
    sum_up(w);
    w->phi = dispersion(w);
}
