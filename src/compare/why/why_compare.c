#include "compare/why/why_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "compare/why/why_sums.h"

/* share of the whole above which a function is named */
#define LEAST_SAMPLED 0.02
#define LEAST_COUNTED 0.005
#define LEAST_LISTED  0.002
#define NAMELESS      0.05 /* share without symbols that deserves a note */
/* A caller's change may be this many times that of a function it calls, and
 * still be due to it. */
#define MOST_OF_CALLER 2.0
#define MOST_FUNCTIONS 40
#define MOST_FRAMES    500
#define LEAST_FRAME    0.002

/* --- what is said of a function --- */

/* A new function whose caller lost some of its own cost was inlined into that
 * caller before; one that is gone is inlined into it now. */
static const char *inlining_of(const struct pfg_why_sums *w, size_t frame,
                               const struct pfg_why_function *f)
{
    size_t caller = pfg_why_caller(w, frame, f->is_new);
    double moved;

    if (caller == PFG_STACKS_NONE || !(f->is_new || f->gone)) {
        return "";
    }
    moved = pfg_why_change(w, &w->self[caller * w->n]);
    if (!pfg_why_is_real(w, &w->self[caller * w->n])) {
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

static bool seen(const struct pfg_why_sums *w, size_t frame, bool head)
{
    return pfg_why_mean(w, &w->inclusive[frame * w->n], head) > 0;
}

static struct pfg_why_function describe_function(const struct pfg_why_sums *w,
                                                 size_t frame)
{
    const double *row = &w->charged[frame * w->n];
    double whole = fmax(w->whole[0], w->whole[1]);
    struct pfg_why_function f = {
        .name = w->stacks->frames.at[frame].name,
        .object = w->stacks->frames.at[frame].object,
        .base = pfg_why_mean(w, row, false),
        .head = pfg_why_mean(w, row, true),
        .error = pfg_why_error(w, row),
        .self = pfg_why_change(w, &w->self[frame * w->n]),
        .inclusive = pfg_why_change(w, &w->inclusive[frame * w->n]),
        .is_new = !seen(w, frame, false),
        .gone = !seen(w, frame, true),
        .foreign = w->stacks->frames.at[frame].foreign,
        .through = "",
        .note = "",
        .path = "",
    };
    double change = fabs(f.head - f.base);

    f.named = !w->stacks->frames.at[frame].nameless &&
              pfg_why_is_real(w, row) &&
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

/* Code that begins to call a function gets slower itself, by saving registers
 * and by what the compiler no longer knows. The new function is the cause, so
 * it goes first; likewise one that is gone. */
static void new_before_callers(struct listed *all, size_t n,
                               const struct pfg_why_sums *w)
{
    for (size_t i = 1; i < n; i++) {
        const struct listed one = all[i];
        double change = one.f.head - one.f.base;
        size_t caller, at = 0;

        if (!one.f.named || !(one.f.is_new || one.f.gone)) {
            continue;
        }
        caller = pfg_why_caller(w, one.frame, one.f.is_new);
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

static void list_functions(struct pfg_why *out, struct pfg_why_sums *w)
{
    size_t n = w->stacks->frames.n, kept = 0;
    struct listed *all = pfg_arena_new_array(w->arena, struct listed, n);
    double least = LEAST_LISTED * fmax(w->whole[0], w->whole[1]);

    for (size_t i = 0; i < n; i++) {
        all[kept] = (struct listed){i, describe_function(w, i)};
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
            path = pfg_why_largest_path(w, all[i].frame, f->head > f->base);
            f->through = pfg_why_through(w, all[i].frame, f->head - f->base);
            f->note = inlining_of(w, all[i].frame, f);
            f->path = path == PFG_STACKS_NONE
                          ? ""
                          : pfg_stacks_path(w->stacks, path, w->keep);
        }
    }
    out->n_functions = kept;
}

/* --- the tree of calls --- */

/* Counts the frames with a cost of at least `least`. With `place`, lists them
 * in out->frames as well. */
static size_t list_frames(struct pfg_why *out, const struct pfg_why_sums *w,
                          const double *sums, double least, size_t *place)
{
    const struct pfg_stacks *stacks = w->stacks;
    size_t n = 0;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        const struct pfg_frame *frame = &stacks->frames.at[node->frame];

        if (fmax(sums[2 * i], sums[2 * i + 1]) < least) {
            continue; /* and everything below it */
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

static void make_tree(struct pfg_why *out, const struct pfg_why_sums *w)
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
        sums[2 * i] += pfg_why_mean(w, row, false);
        sums[2 * i + 1] += pfg_why_mean(w, row, true);
        if (parent != PFG_STACKS_NONE) {
            sums[2 * parent] += sums[2 * i];
            sums[2 * parent + 1] += sums[2 * i + 1];
        }
    }
    while ((out->n_frames = list_frames(out, w, sums, least, NULL)) >
           MOST_FRAMES) {
        least *= 1.5;
    }
    out->frames =
        pfg_arena_new_array(w->keep, struct pfg_why_frame, out->n_frames);
    list_frames(out, w, sums, least,
                pfg_arena_new_array(w->arena, size_t, stacks->nodes.n));
}

/* --- what is not known --- */

static void note(struct pfg_why *out, const char *text)
{
    out->notes[out->n_notes++] = text;
}

/* Notes on which side much of the cost has no name, and the object with most of
 * it. */
static void note_nameless(struct pfg_why *out, const struct pfg_why_sums *w,
                          bool head)
{
    double sum = 0, most = 0;
    const char *object = "";

    for (size_t f = 0; f < w->stacks->frames.n; f++) {
        const struct pfg_frame *frame = &w->stacks->frames.at[f];
        double cost = pfg_why_mean(w, &w->self[f * w->n], head);

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
                 ? "it was stripped, or its debug symbols are missing"
                 : "a JIT without /tmp/perf-PID.map, or stacks that could not "
                   "be unwound"));
}

static void add_notes(struct pfg_why *out, const struct pfg_why_sums *w)
{
    enum { MOST_NOTES = 4 };

    out->notes = pfg_arena_new_array(w->keep, const char *, MOST_NOTES);
    if (w->sampled && (w->q->n_base < 2 || w->n - w->q->n_base < 2)) {
        note(out,
             "one profile per side: it is unknown whether a change repeats");
    }
    note_nameless(out, w, false);
    note_nameless(out, w, true);
}

void pfg_why_compare(struct pfg_why *out,
                     const struct pfg_why_question *question,
                     struct pfg_arena *arena)
{
    const struct pfg_stack_profile *first = &question->stacks->profiles[0];
    struct pfg_arena *scratch = pfg_arena_new();
    struct pfg_why_sums w;
    bool own = isnan(question->base);

    pfg_why_sums_make(&w, question, scratch, arena);
    *out = (struct pfg_why){
        .profiler = pfg_arena_strdup(arena, first->format),
        .unit = pfg_arena_strdup(arena, own ? first->unit : question->unit),
        .what = pfg_arena_strdup(arena, first->what),
        .n_base = question->n_base,
        .n_head = w.n - question->n_base,
    };
    out->base = w.whole[0];
    out->head = w.whole[1];
    out->error = own ? pfg_why_error(&w, w.totals) : 0;
    list_functions(out, &w);
    make_tree(out, &w);
    add_notes(out, &w);
    pfg_arena_free(scratch);
}
