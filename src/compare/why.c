#include "compare/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "compare/why_collector.h"
#include "stats/sample.h"

#define LEAST_SAMPLED 0.02 /* of the whole, to be named */
#define LEAST_COUNTED 0.005
#define LEAST_LISTED  0.002
#define LEAST_PHI     1.5
#define PHI_OF_ONE    9.0
#define NAMELESS      0.05 /* a share that is worth a word */
#define MOST_OF_CALLER                                                         \
    2.0 /* of the change of what it calls, to be due to it                     \
         */
#define MOST_FUNCTIONS 40
#define MOST_FRAMES    500
#define LEAST_FRAME    0.002

struct work {
    const struct pfg_why_question *q;
    const struct pfg_stacks *stacks;
    struct pfg_arena *arena; /* for what lasts as long as comparing */
    struct pfg_arena *keep;  /* for the answer */
    double *scratch; /* as many as there are weights, or frames * profiles */
    size_t n;        /* profiles */
    double *scale;   /* of each, to the unit */
    double *totals;  /* of each, scaled */
    double *charged; /* frame * n + profile, scaled; with what it calls of
                        libraries */
    double *self;
    double *inclusive;
    double phi;
    bool sampled;
    double whole[2];
};

/* The scratch, with zeroes. */
static double *clean(const struct work *w)
{
    size_t n = w->stacks->nodes.n > w->stacks->frames.n ? w->stacks->nodes.n
                                                        : w->stacks->frames.n;

    memset(w->scratch, 0, n * w->n * sizeof *w->scratch);
    return w->scratch;
}

static bool is_head(const struct work *w, size_t profile)
{
    return profile >= w->q->n_base;
}

/* The mean over the profiles of a side. */
static double mean_of(const struct work *w, const double *row, bool head)
{
    size_t from = head ? w->q->n_base : 0;
    size_t n = head ? w->n - w->q->n_base : w->q->n_base;

    return pfg_mean(row + from, n);
}

static double change_of(const struct work *w, const double *row)
{
    return mean_of(w, row, true) - mean_of(w, row, false);
}

static void set_scales(struct work *w)
{
    w->totals = pfg_arena_new_array(w->arena, double, w->n);
    w->scale = pfg_arena_new_array(w->arena, double, w->n);
    for (size_t p = 0; p < w->n; p++) {
        const struct pfg_stack_profile *profile = &w->stacks->profiles[p];
        double value = is_head(w, p) ? w->q->head : w->q->base;

        w->scale[p] = !isnan(value)     ? value / profile->total
                      : w->q->times > 0 ? 1 / w->q->times
                                        : 1;
        w->totals[p] = profile->total * w->scale[p];
        w->sampled |= profile->samples > 0;
    }
    w->whole[0] = mean_of(w, w->totals, false);
    w->whole[1] = mean_of(w, w->totals, true);
}

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

static void sum_up(struct work *w)
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
    pfg_why_share_collector(w->charged, stacks, w->scale);
}

/* What counting alone leaves of uncertainty; a function that was not seen may
 * have been missed by one sample. */
static double variance_of(const struct work *w, double weight, size_t p)
{
    const struct pfg_stack_profile *profile = &w->stacks->profiles[p];
    double sample;

    if (!(profile->samples > 0)) {
        return 0;
    }
    sample = profile->total * w->scale[p] / profile->samples;
    return fmax(weight, sample) * sample;
}

/* How much more the profiles of a side differ than by counting. */
static double dispersion(const struct work *w)
{
    double seen = 0, expected = 0;

    for (size_t f = 0; f < w->stacks->frames.n; f++) {
        const double *row = &w->charged[f * w->n];

        for (size_t p = 0; p < w->n; p++) {
            bool head = is_head(w, p);
            size_t n = head ? w->n - w->q->n_base : w->q->n_base;
            double mean = mean_of(w, row, head);

            if (n > 1 && mean >= 0.01 * w->whole[head]) {
                seen += (row[p] - mean) * (row[p] - mean);
                expected +=
                    variance_of(w, mean, p) * (double)(n - 1) / (double)n;
            }
        }
    }
    return expected > 0 ? fmax(LEAST_PHI, seen / expected) : PHI_OF_ONE;
}

static double error_of(const struct work *w, const double *row)
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

/* All profiles of the head lie on one side of all of the base. */
static bool repeats(const struct work *w, const double *row)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};

    for (size_t p = 0; p < w->n; p++) {
        low[is_head(w, p)] = fmin(low[is_head(w, p)], row[p]);
        high[is_head(w, p)] = fmax(high[is_head(w, p)], row[p]);
    }
    return low[1] > high[0] || high[1] < low[0];
}

/* A change that is more than chance. */
static bool is_real(const struct work *w, const double *row)
{
    return repeats(w, row) &&
           fabs(change_of(w, row)) > PFG_WHY_ERRORS * error_of(w, row);
}

/* --- what is said of a function --- */

/* Its call path with the largest change in its direction, libraries' part
 * included. */
static size_t largest_path(const struct work *w, size_t frame, bool up)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *changes = clean(w);
    size_t best = PFG_STACKS_NONE;
    double most = -INFINITY;

    for (size_t i = stacks->nodes.n; i-- > 0;) {
        size_t owner = stacks->nodes.at[i].owner;

        if (stacks->nodes.at[owner].frame != frame) {
            continue;
        }
        for (size_t p = 0; p < w->n; p++) {
            changes[owner * w->n + p] +=
                pfg_stacks_weight(stacks, i, p) * w->scale[p];
        }
        if (owner == i) {
            double change = change_of(w, &changes[i * w->n]) * (up ? 1 : -1);

            best = change > most ? i : best;
            most = fmax(change, most);
        }
    }
    return best;
}

/* The first node of a library below a node's owner; itself where it is one. */
static size_t gate_of(const struct pfg_stacks *stacks, size_t node)
{
    size_t owner = stacks->nodes.at[node].owner;

    while (node != owner && stacks->nodes.at[node].parent != owner) {
        node = stacks->nodes.at[node].parent;
    }
    return node;
}

/* The library's function that has at least half of the change. */
static const char *through_of(const struct work *w, size_t frame,
                              double whole_change)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *rows = clean(w);
    const char *found = "";
    double most = 0.5;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        size_t owner = stacks->nodes.at[i].owner;

        if (owner != i && stacks->nodes.at[owner].frame == frame) {
            size_t gate = stacks->nodes.at[gate_of(stacks, i)].frame;

            for (size_t p = 0; p < w->n; p++) {
                rows[gate * w->n + p] +=
                    pfg_stacks_weight(stacks, i, p) * w->scale[p];
            }
        }
    }
    for (size_t f = 0; f < stacks->frames.n; f++) {
        double share = change_of(w, &rows[f * w->n]) / whole_change;

        if (share >= most) {
            most = share;
            found = stacks->frames.at[f].name;
        }
    }
    return pfg_arena_strdup(w->keep, found);
}

/* The function that calls it most, on one side; its frame. */
static size_t caller_of(const struct work *w, size_t frame, bool head)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *weights = clean(w);
    size_t best = PFG_STACKS_NONE;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        size_t up;

        if (node->frame != frame || node->parent == PFG_STACKS_NONE) {
            continue;
        }
        up = stacks->nodes.at[node->parent].frame;
        for (size_t p = 0; p < w->n; p++) {
            weights[up] +=
                is_head(w, p) == head ? pfg_stacks_weight(stacks, i, p) : 0;
        }
        best =
            best == PFG_STACKS_NONE || weights[up] > weights[best] ? up : best;
    }
    return best;
}

/* A new function whose caller lost some of its own cost was a part of that
 * caller; one that is gone went the other way. */
static const char *inlining_of(const struct work *w, size_t frame,
                               const struct pfg_why_function *f)
{
    size_t caller = caller_of(w, frame, f->is_new);
    double moved;

    if (caller == PFG_STACKS_NONE || !(f->is_new || f->gone)) {
        return "";
    }
    moved = change_of(w, &w->self[caller * w->n]);
    if (!is_real(w, &w->self[caller * w->n])) {
        return "";
    }
    if (f->is_new && -moved >= 0.25 * f->head) {
        return pfg_arena_printf(w->keep, "was inlined into %s",
                                w->stacks->frames.at[caller].name);
    }
    if (f->gone && moved >= 0.25 * f->base) {
        return pfg_arena_printf(w->keep, "now inlined into %s",
                                w->stacks->frames.at[caller].name);
    }
    return "";
}

static bool seen(const struct work *w, size_t frame, bool head)
{
    return mean_of(w, &w->inclusive[frame * w->n], head) > 0;
}

static struct pfg_why_function look_at(const struct work *w, size_t frame)
{
    const double *row = &w->charged[frame * w->n];
    double whole = fmax(w->whole[0], w->whole[1]);
    struct pfg_why_function f = {
        .name = w->stacks->frames.at[frame].name,
        .object = w->stacks->frames.at[frame].object,
        .base = mean_of(w, row, false),
        .head = mean_of(w, row, true),
        .error = error_of(w, row),
        .self = change_of(w, &w->self[frame * w->n]),
        .inclusive = change_of(w, &w->inclusive[frame * w->n]),
        .is_new = !seen(w, frame, false),
        .gone = !seen(w, frame, true),
        .foreign = w->stacks->frames.at[frame].foreign,
        .through = "",
        .note = "",
        .path = "",
    };
    double change = fabs(f.head - f.base);

    f.named = !w->stacks->frames.at[frame].nameless && is_real(w, row) &&
              change >= whole * (w->sampled ? LEAST_SAMPLED : LEAST_COUNTED);
    return f;
}

struct listed {
    size_t frame;
    struct pfg_why_function f;
};

static int by_change(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    double dx = fabs(x->f.head - x->f.base), dy = fabs(y->f.head - y->f.base);

    return dx != dy ? (dx < dy) - (dx > dy) : strcmp(x->f.name, y->f.name);
}

/* Code that begins to call a function gets dearer by the call, too: by what is
 * put on the stack, and by what the compiler no longer knows. What is new is
 * what is looked for; the same of what is gone. */
static void new_before_callers(struct listed *all, size_t n,
                               const struct work *w)
{
    for (size_t i = 1; i < n; i++) {
        const struct listed one = all[i];
        double change = one.f.head - one.f.base;
        size_t caller, at = 0;

        if (!one.f.named || !(one.f.is_new || one.f.gone)) {
            continue;
        }
        caller = caller_of(w, one.frame, one.f.is_new);
        while (at < i && all[at].frame != caller) {
            at++;
        }
        if (at < i) {
            double ratio = (all[at].f.head - all[at].f.base) / change;

            if (ratio > 0 && ratio <= MOST_OF_CALLER) {
                memmove(&all[at + 1], &all[at], (i - at) * sizeof *all);
                all[at] = one;
            }
        }
    }
}

static void list_functions(struct pfg_why *out, struct work *w)
{
    size_t n = w->stacks->frames.n, kept = 0;
    struct listed *all = pfg_arena_new_array(w->arena, struct listed, n);
    double least = LEAST_LISTED * fmax(w->whole[0], w->whole[1]);

    for (size_t i = 0; i < n; i++) {
        all[kept] = (struct listed){i, look_at(w, i)};
        kept += all[kept].f.named ||
                fabs(all[kept].f.head - all[kept].f.base) >= least;
    }
    qsort(all, kept, sizeof *all, by_change);
    new_before_callers(all, kept, w);
    kept = kept < MOST_FUNCTIONS ? kept : MOST_FUNCTIONS;
    out->functions =
        pfg_arena_new_array(w->keep, struct pfg_why_function, kept);
    for (size_t i = 0; i < kept; i++) {
        struct pfg_why_function *f = &out->functions[i];
        size_t path;

        *f = all[i].f;
        f->name = pfg_arena_strdup(w->keep, f->name);
        f->object = pfg_arena_strdup(w->keep, f->object);
        if (f->named) {
            path = largest_path(w, all[i].frame, f->head > f->base);
            f->through = through_of(w, all[i].frame, f->head - f->base);
            f->note = inlining_of(w, all[i].frame, f);
            f->path = path == PFG_STACKS_NONE
                          ? ""
                          : pfg_stacks_path(w->stacks, path, w->keep);
        }
    }
    out->n_functions = kept;
}

/* --- the tree of calls --- */

/* How many frames have at least that; with `place`, into out->frames. */
static size_t keep_frames(struct pfg_why *out, const struct work *w,
                          const double *sums, double least, size_t *place)
{
    const struct pfg_stacks *stacks = w->stacks;
    size_t n = 0;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        const struct pfg_frame *frame = &stacks->frames.at[node->frame];

        if (fmax(sums[2 * i], sums[2 * i + 1]) < least) {
            continue; /* and all below it */
        }
        n++;
        if (place) {
            out->frames[n - 1] = (struct pfg_why_frame){
                .name = pfg_arena_strdup(w->keep, frame->name),
                .parent =
                    node->parent == PFG_STACKS_NONE ? 0 : place[node->parent],
                .base = sums[2 * i],
                .head = sums[2 * i + 1],
                .foreign = frame->foreign,
            };
            place[i] = n;
        }
    }
    return n;
}

static void make_tree(struct pfg_why *out, const struct work *w)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *sums = pfg_arena_new_array(w->arena, double, 2 * stacks->nodes.n);
    double *row = pfg_arena_new_array(w->arena, double, w->n);
    double least = LEAST_FRAME * fmax(w->whole[0], w->whole[1]);

    for (size_t i = stacks->nodes.n; i-- > 0;) {
        size_t parent = stacks->nodes.at[i].parent;

        for (size_t p = 0; p < w->n; p++) {
            row[p] = pfg_stacks_weight(stacks, i, p) * w->scale[p];
        }
        sums[2 * i] += mean_of(w, row, false);
        sums[2 * i + 1] += mean_of(w, row, true);
        if (parent != PFG_STACKS_NONE) {
            sums[2 * parent] += sums[2 * i];
            sums[2 * parent + 1] += sums[2 * i + 1];
        }
    }
    while ((out->n_frames = keep_frames(out, w, sums, least, NULL)) >
           MOST_FRAMES) {
        least *= 1.5;
    }
    out->frames =
        pfg_arena_new_array(w->keep, struct pfg_why_frame, out->n_frames);
    keep_frames(out, w, sums, least,
                pfg_arena_new_array(w->arena, size_t, stacks->nodes.n));
}

/* --- what is not known --- */

static void note(struct pfg_why *out, const char *text)
{
    out->notes[out->n_notes++] = text;
}

/* The object with most of the cost that has no name, on a side. */
static void note_nameless(struct pfg_why *out, const struct work *w, bool head)
{
    double sum = 0, most = 0;
    const char *object = "";

    for (size_t f = 0; f < w->stacks->frames.n; f++) {
        const struct pfg_frame *frame = &w->stacks->frames.at[f];
        double cost = mean_of(w, &w->self[f * w->n], head);

        if (frame->nameless) {
            sum += cost;
            object = cost > most ? frame->object : object;
            most = fmax(cost, most);
        }
    }
    if (sum < NAMELESS * w->whole[head]) {
        return;
    }
    note(out,
         pfg_arena_printf(
             w->keep, "%.0f %% of the %s is in code without symbols (%s): %s",
             100 * sum / w->whole[head], head ? "head" : "base",
             *object ? object : "unknown",
             pfg_slice_starts(pfg_slice_of(object), "/")
                 ? "it was stripped, or its debug symbols are not there"
                 : "a JIT that writes no /tmp/perf-PID.map, or stacks "
                   "that could not be followed"));
}

static void take_notes(struct pfg_why *out, const struct work *w)
{
    enum { MOST_NOTES = 4 };

    out->notes = pfg_arena_new_array(w->keep, const char *, MOST_NOTES);
    if (w->sampled && (w->q->n_base < 2 || w->n - w->q->n_base < 2)) {
        note(out, "one profile a side: whether a change repeats is not known");
    }
    note_nameless(out, w, false);
    note_nameless(out, w, true);
}

void pfg_why_compare(struct pfg_why *out,
                     const struct pfg_why_question *question,
                     struct pfg_arena *arena)
{
    const struct pfg_stack_profile *first = &question->stacks->profiles[0];
    struct work w = {.q = question,
                     .stacks = question->stacks,
                     .n = question->stacks->n_profiles,
                     .arena = pfg_arena_new(),
                     .keep = arena};
    bool own = isnan(question->base);

    *out = (struct pfg_why){
        .profiler = pfg_arena_strdup(arena, first->format),
        .unit = pfg_arena_strdup(arena, own ? first->unit : question->unit),
        .what = pfg_arena_strdup(arena, first->what),
        .n_base = question->n_base,
        .n_head = w.n - question->n_base,
    };
    w.scratch = pfg_arena_new_array(w.arena, double,
                                    (w.stacks->nodes.n > w.stacks->frames.n
                                         ? w.stacks->nodes.n
                                         : w.stacks->frames.n) *
                                        w.n);
    set_scales(&w);
    out->base = w.whole[0];
    out->head = w.whole[1];
    sum_up(&w);
    w.phi = dispersion(&w);
    out->error = own ? error_of(&w, w.totals) : 0;
    list_functions(out, &w);
    make_tree(out, &w);
    take_notes(out, &w);
    pfg_arena_free(w.arena);
}
