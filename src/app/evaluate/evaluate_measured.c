#include "app/evaluate/evaluate_measured.h"

#include "app/evaluate/evaluate_files.h"
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

int pfg_evaluate_measured(struct pfg_evaluation *out,
                          const struct pfg_context *context,
                          const struct pfg_evaluate_options *options,
                          struct pfg_error *err)
{
    const struct pfg_measured *measured = options->measured;
    struct pfg_arena *arena = out->report->arena;
    const char **notes =
        pfg_arena_new_array(arena, const char *, measured->n_notes);
    struct pfg_comparison comparison = {
        .policy = &options->policy,
        .base = copy_side(&measured->base, arena),
        .head = copy_side(&measured->head, arena),
        .no_base = pfg_arena_strdup(arena, measured->no_base),
        .alternating = true,
        .has_profile = true,
        .filter = options->filter,
        .n_filter = options->n_filter,
        .notes = notes,
        .n_notes = measured->n_notes,
    };

    for (size_t i = 0; i < measured->n_notes; i++) {
        notes[i] = pfg_arena_strdup(arena, measured->notes[i]);
    }
    return pfg_evaluation_compare(out, context, options, measured->vcs,
                                  &comparison, err);
}
