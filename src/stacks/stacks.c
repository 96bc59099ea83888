#include "stacks/stacks.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "stacks/demangle.h"

struct pfg_stacks *pfg_stacks_new(size_t n_profiles)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_stacks *stacks = pfg_arena_alloc(arena, sizeof *stacks);

    *stacks = (struct pfg_stacks){.arena = arena, .n_profiles = n_profiles};
    stacks->profiles =
        pfg_arena_new_array(arena, struct pfg_stack_profile, n_profiles);
    for (size_t i = 0; i < n_profiles; i++) {
        stacks->profiles[i] = (struct pfg_stack_profile){
            .source = "", .format = "", .unit = "1", .what = "samples"};
    }
    pfg_map_init(&stacks->by_name, arena);
    pfg_map_init(&stacks->by_call, arena);
    pfg_map_init(&stacks->by_symbol, arena);
    return stacks;
}

void pfg_stacks_free(struct pfg_stacks *stacks)
{
    if (stacks) {
        pfg_arena_free(stacks->arena);
    }
}

static bool is_nameless(struct pfg_slice name)
{
    return !name.len || pfg_slice_is(name, "[unknown]") ||
           pfg_slice_is(name, "???") || pfg_slice_starts(name, "0x");
}

static size_t frame_of(struct pfg_stacks *stacks, struct pfg_slice symbol,
                       struct pfg_slice object)
{
    struct pfg_frame frame = {0};
    struct pfg_str name;
    void **place;

    pfg_str_init(&name, 0);
    frame.nameless = is_nameless(symbol);
    if (frame.nameless) {
        pfg_str_printf(&name, "[unknown in %.*s]",
                       PFG_SLICE(object.len ? object : PFG_LIT("?")));
    } else {
        pfg_demangle(&name, symbol);
    }
    frame.foreign = pfg_is_foreign(pfg_str_slice(&name), object);
    place = pfg_map_at(&stacks->by_name, pfg_str_slice(&name));
    if (!*place) {
        frame.name = pfg_arena_strdup(stacks->arena, name.ptr);
        frame.object = pfg_arena_slice(stacks->arena, object);
        pfg_vec_push(&stacks->frames, stacks->arena, frame);
        *place = (void *)(uintptr_t)stacks->frames.n;
    }
    pfg_str_free(&name);
    return (size_t)(uintptr_t)*place - 1;
}

size_t pfg_stacks_frame(struct pfg_stacks *stacks, struct pfg_slice symbol,
                        struct pfg_slice object)
{
    struct pfg_str key;
    void **place;

    pfg_str_init(&key, 0);
    pfg_str_add(&key, object);
    pfg_str_putc(&key, '\0');
    pfg_str_add(&key, symbol);
    place = pfg_map_at(&stacks->by_symbol, pfg_str_slice(&key));
    if (!*place) {
        *place = (void *)(uintptr_t)(frame_of(stacks, symbol, object) + 1);
    }
    pfg_str_free(&key);
    return (size_t)(uintptr_t)*place - 1;
}

static size_t new_node(struct pfg_stacks *stacks, size_t parent, size_t frame)
{
    size_t at = stacks->nodes.n;
    struct pfg_stack_node node = {
        .frame = frame, .parent = parent, .owner = at};

    if (parent != PFG_STACKS_NONE) {
        const struct pfg_stack_node *above = &stacks->nodes.at[parent];

        node.depth = above->depth + 1;
        if (stacks->frames.at[frame].foreign &&
            !stacks->frames.at[stacks->nodes.at[above->owner].frame].foreign) {
            node.owner = above->owner;
        }
    }
    pfg_vec_push(&stacks->nodes, stacks->arena, node);
    for (size_t i = 0; i < stacks->n_profiles; i++) {
        pfg_vec_push(&stacks->weights, stacks->arena, 0);
    }
    return at;
}

/* Frames below main() are of no interest, and a profiler that cannot unwind
 * them would give another root. */
static bool is_below_main(const char *name)
{
    static const char *const names[] = {
        "_start", "__libc_start_main", "__libc_start_call_main", "(below main)",
        "__libc_start_main_impl"};

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    return false;
}

int pfg_stacks_add(struct pfg_stacks *stacks, size_t profile,
                   const size_t *frames, size_t n, double weight,
                   struct pfg_error *err)
{
    struct pfg_stack_profile *to = &stacks->profiles[profile];
    size_t node = PFG_STACKS_NONE;

    for (size_t i = 0; i < n && i < PFG_STACKS_DEPTH; i++) {
        size_t call[2] = {node, frames[i]};
        void **place;

        if (node == PFG_STACKS_NONE
                ? i + 1 < n && is_below_main(stacks->frames.at[frames[i]].name)
                : stacks->nodes.at[node].frame == frames[i]) {
            continue;
        }
        place = pfg_map_at(&stacks->by_call,
                           pfg_slice_make((const char *)call, sizeof call));
        if (!*place) {
            if (stacks->nodes.n >= PFG_STACKS_NODES) {
                pfg_fail(err, PFG_DATA, "'%s' has more than %d call paths",
                         to->source, PFG_STACKS_NODES);
                return pfg_hint(err, "sample less often, or a shorter time");
            }
            *place = (void *)(uintptr_t)(new_node(stacks, node, frames[i]) + 1);
        }
        node = (size_t)(uintptr_t)*place - 1;
    }
    if (node != PFG_STACKS_NONE) {
        stacks->weights.at[node * stacks->n_profiles + profile] += weight;
        to->total += weight;
    }
    return 0;
}

char *pfg_stacks_path(const struct pfg_stacks *stacks, size_t node,
                      struct pfg_arena *arena)
{
    size_t above[PFG_STACKS_DEPTH], n = 0;
    struct pfg_str path;
    char *copy;

    for (; node != PFG_STACKS_NONE && n < PFG_STACKS_DEPTH;
         node = stacks->nodes.at[node].parent) {
        above[n++] = node;
    }
    pfg_str_init(&path, 0);
    while (n--) {
        pfg_str_puts(&path,
                     stacks->frames.at[stacks->nodes.at[above[n]].frame].name);
        pfg_str_puts(&path, n ? ";" : "");
    }
    copy = pfg_arena_strdup(arena, path.ptr);
    pfg_str_free(&path);
    return copy;
}
