#include "compare/why/why_collector.h"

#include <string.h>

#include "base/arena.h"

/* What of a stack is looked for at or above a node. */
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

void pfg_why_share_collector(double *charged, const struct pfg_stacks *stacks,
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
