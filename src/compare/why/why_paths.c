#include "compare/why/why_sums.h"

#include <math.h>

#include "base/arena.h"

size_t pfg_why_largest_path(const struct pfg_why_sums *w, size_t frame, bool up)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *changes = pfg_why_clean(w);
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
            double change =
                pfg_why_change(w, &changes[i * w->n]) * (up ? 1 : -1);

            best = change > most ? i : best;
            most = fmax(change, most);
        }
    }
    return best;
}

/* The first library node below a node's owner, or the node if it is the owner.
 */
static size_t gate_of(const struct pfg_stacks *stacks, size_t node)
{
    size_t owner = stacks->nodes.at[node].owner;

    while (node != owner && stacks->nodes.at[node].parent != owner) {
        node = stacks->nodes.at[node].parent;
    }
    return node;
}

const char *pfg_why_through(const struct pfg_why_sums *w, size_t frame,
                            double whole_change)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *rows = pfg_why_clean(w);
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
        double share = pfg_why_change(w, &rows[f * w->n]) / whole_change;

        if (share >= most) {
            most = share;
            found = stacks->frames.at[f].name;
        }
    }
    return pfg_arena_strdup(w->keep, found);
}

size_t pfg_why_caller(const struct pfg_why_sums *w, size_t frame, bool head)
{
    const struct pfg_stacks *stacks = w->stacks;
    double *weights = pfg_why_clean(w);
    size_t best = PFG_STACKS_NONE;

    for (size_t i = 0; i < stacks->nodes.n; i++) {
        const struct pfg_stack_node *node = &stacks->nodes.at[i];
        size_t up;

        if (node->frame != frame || node->parent == PFG_STACKS_NONE) {
            continue;
        }
        up = stacks->nodes.at[node->parent].frame;
        for (size_t p = 0; p < w->n; p++) {
            weights[up] += pfg_why_is_head(w, p) == head
                               ? pfg_stacks_weight(stacks, i, p)
                               : 0;
        }
        best =
            best == PFG_STACKS_NONE || weights[up] > weights[best] ? up : best;
    }
    return best;
}
