#include "app/evaluate/evaluate_sources.h"
#include "base/arena.h"

static struct pfg_report_origin copy_origin(
    const struct pfg_report_origin *origin, struct pfg_arena *arena)
{
    struct pfg_report_origin copy = *origin;

    copy.label = pfg_arena_strdup(arena, origin->label);
    copy.id = pfg_arena_strdup(arena, origin->id);
    copy.subject = pfg_arena_strdup(arena, origin->subject);
    copy.how = pfg_arena_strdup(arena, origin->how);
    return copy;
}

static struct pfg_side copy_side(const struct pfg_side *side,
                                 struct pfg_arena *arena)
{
    struct pfg_run **runs =
        pfg_arena_new_array(arena, struct pfg_run *, side->n);

    for (size_t i = 0; i < side->n; i++) {
        runs[i] = side->runs[i];
    }
    return (struct pfg_side){runs, side->n, copy_origin(&side->origin, arena)};
}

void pfg_pairs_of_measured(struct pfg_pairs *out,
                           const struct pfg_measured_sides *sides)
{
    struct pfg_arena *arena = out->arena;
    struct pfg_pair pair = {
        .comparison = {
            .base = copy_side(&sides->base, arena),
            .head = copy_side(&sides->head, arena),
            .no_base = pfg_arena_strdup(arena, sides->no_base),
            .alternating = true,
            .has_profile = true,
        }};

    for (size_t i = 0; i < sides->n_notes; i++) {
        pfg_vec_push(&pair.comparison.notes, arena,
                     pfg_arena_strdup(arena, sides->notes[i]));
    }
    pfg_vec_push(&out->all, arena, pair);
}
