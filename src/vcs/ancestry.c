#include "vcs/ancestry.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

#define COMMON_LIMIT 20000

struct node {
    const char *id;
    struct pfg_vcs_commit commit;
    size_t distance;
    size_t order; /* of discovery: a merge's first parent before the second */
    bool end;     /* reached only as a parent of a shallow commit */
    bool listed;
    bool mainline;
    bool stale; /* an ancestor of another common ancestor */
};

struct nodes {
    struct node **at;
    size_t n, cap;
};

struct walk {
    const struct pfg_vcs_graph *graph;
    struct pfg_arena *arena;
    struct pfg_map seen; /* id -> struct node */
    struct nodes list;   /* nearest first */
    bool cut, bounded;
};

/* Newest first; of the same age in the order in which they were found. */
static int by_time(const void *a, const void *b)
{
    const struct node *x = *(struct node *const *)a;
    const struct node *y = *(struct node *const *)b;

    if (x->commit.time != y->commit.time) {
        return x->commit.time < y->commit.time ? 1 : -1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

/* Puts a commit on a level, unless it has been on one before. */
static int reach(struct walk *walk, struct nodes *level, const char *id,
                 size_t distance, bool end, struct pfg_error *err)
{
    void **place = pfg_map_at(&walk->seen, pfg_slice_of(id));
    struct node *node = *place;

    if (node) {
        if (node->end && !end) {
            node->end = false;
            pfg_vec_push(level, walk->arena, node);
        }
        return 0;
    }
    node = pfg_arena_alloc(walk->arena, sizeof *node);
    *place = node;
    node->id = id;
    node->distance = distance;
    node->order = walk->seen.n;
    node->end = end;
    pfg_vec_push(level, walk->arena, node);
    if (walk->graph->read(walk->graph->self, &node->commit, id, walk->arena,
                          err)) {
        return -1;
    }
    walk->cut |= node->commit.missing;
    return 0;
}

static int reach_parents(struct walk *walk, struct nodes *next,
                         const struct node *node, struct pfg_error *err)
{
    const struct pfg_vcs_commit *commit = &node->commit;

    if (node->end) {
        walk->cut |= commit->n_parents > 0;
        return 0;
    }
    walk->cut |= commit->shallow && commit->n_parents > 0;
    for (size_t i = 0; i < commit->n_parents; i++) {
        if (reach(walk, next, commit->parents[i], node->distance + 1,
                  commit->shallow, err)) {
            return -1;
        }
    }
    return 0;
}

static void list_level(struct walk *walk, const struct nodes *level,
                       size_t limit)
{
    for (size_t i = 0; i < level->n; i++) {
        struct node *node = level->at[i];

        if (node->listed) {
            continue;
        }
        if (walk->list.n == limit) {
            walk->bounded = true;
            return;
        }
        node->listed = true;
        pfg_vec_push(&walk->list, walk->arena, node);
    }
}

/* Marks the first parents, from the start as far as the walk went. */
static void mark_mainline(struct walk *walk, const char *id)
{
    while (id) {
        void **place = pfg_map_find(&walk->seen, pfg_slice_of(id));
        struct node *node = place ? *place : NULL;

        if (!node || node->mainline) {
            return;
        }
        node->mainline = true;
        id = node->commit.n_parents ? node->commit.parents[0] : NULL;
    }
}

static int walk_from(struct walk *walk, const struct pfg_vcs_graph *graph,
                     const char *id, size_t limit, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct nodes level = {0}, next;

    *walk = (struct walk){.graph = graph, .arena = arena};
    pfg_map_init(&walk->seen, arena);
    if (reach(walk, &level, id, 0, false, err)) {
        return -1;
    }
    while (level.n && !walk->bounded) {
        qsort(level.at, level.n, sizeof *level.at, by_time);
        list_level(walk, &level, limit);
        next = (struct nodes){0};
        for (size_t i = 0; i < level.n && !walk->bounded; i++) {
            if (reach_parents(walk, &next, level.at[i], err)) {
                return -1;
            }
        }
        level = next;
    }
    mark_mainline(walk, id);
    return 0;
}

static struct pfg_ancestor ancestor_of(const char *id,
                                       const struct pfg_vcs_commit *commit)
{
    return (struct pfg_ancestor){
        .id = id,
        .tree = commit->tree,
        .subject = commit->subject,
        .author = commit->author,
        .time = commit->time,
    };
}

int pfg_vcs_walk_mainline(const struct pfg_vcs_graph *graph,
                          struct pfg_ancestry *out, const char *id,
                          size_t limit, struct pfg_arena *arena,
                          struct pfg_error *err)
{
    PFG_VEC(struct pfg_ancestor) all = {0};

    *out = (struct pfg_ancestry){0};
    while (id && all.n < limit) {
        struct pfg_vcs_commit commit;
        struct pfg_ancestor one;

        if (graph->read(graph->self, &commit, id, arena, err)) {
            return -1;
        }
        out->cut |= commit.missing || (commit.shallow && commit.n_parents);
        one = ancestor_of(id, &commit);
        one.distance = all.n;
        one.mainline = true;
        pfg_vec_push(&all, arena, one);
        id = commit.n_parents && !commit.shallow ? commit.parents[0] : NULL;
    }
    out->bounded = id != NULL;
    out->at = all.at;
    out->n = all.n;
    return 0;
}

int pfg_vcs_walk(const struct pfg_vcs_graph *graph, struct pfg_ancestry *out,
                 const char *id, size_t limit, struct pfg_arena *arena,
                 struct pfg_error *err)
{
    struct walk walk;

    *out = (struct pfg_ancestry){0};
    if (walk_from(&walk, graph, id, limit, arena, err)) {
        return -1;
    }
    out->at = pfg_arena_new_array(arena, struct pfg_ancestor, walk.list.n);
    out->n = walk.list.n;
    out->cut = walk.cut;
    out->bounded = walk.bounded;
    for (size_t i = 0; i < out->n; i++) {
        const struct node *node = walk.list.at[i];

        out->at[i] = ancestor_of(node->id, &node->commit);
        out->at[i].distance = node->distance;
        out->at[i].mainline = node->mainline;
    }
    return 0;
}

static struct node *find_listed(const struct walk *walk, const char *id)
{
    void **place = pfg_map_find(&walk->seen, pfg_slice_of(id));
    struct node *node = place ? *place : NULL;

    return node && node->listed ? node : NULL;
}

/*
 * If a common ancestor is an ancestor of another, all commits between them are
 * common, too, so it is the parent of a common one. Those are stale; any other
 * is a best common ancestor.
 */
static void mark_stale(const struct walk *a, const struct walk *b)
{
    for (size_t i = 0; i < a->list.n; i++) {
        const struct node *node = a->list.at[i];

        if (!find_listed(b, node->id)) {
            continue;
        }
        for (size_t p = 0; p < node->commit.n_parents; p++) {
            struct node *parent = find_listed(a, node->commit.parents[p]);

            if (parent) {
                parent->stale = true;
            }
        }
    }
}

int pfg_vcs_walk_common(const struct pfg_vcs_graph *graph, const char **out,
                        bool *cut, const char *a, const char *b,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    struct walk from_a, from_b;

    *out = NULL;
    *cut = false;
    if (walk_from(&from_a, graph, a, COMMON_LIMIT, arena, err) ||
        walk_from(&from_b, graph, b, COMMON_LIMIT, arena, err)) {
        return -1;
    }
    mark_stale(&from_a, &from_b);
    for (size_t i = 0; i < from_a.list.n && !*out; i++) {
        const struct node *node = from_a.list.at[i];

        if (!node->stale && find_listed(&from_b, node->id)) {
            *out = node->id;
        }
    }
    *cut = !*out && (from_a.cut || from_b.cut);
    return 0;
}
