#ifndef PFG_INPUT_TREE_H
#define PFG_INPUT_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"

struct pfg_arena;
struct pfg_watch;

/* A file below a directory. `path` is relative to it, with slashes. */
struct pfg_part {
    const char *path;
    pfg_time modified;
    size_t size;
    bool claimed; /* an ingester has read it */
};

/* The regular files at any depth below a directory, sorted by path (bytewise),
 * without hidden files and without links to directories. */
struct pfg_tree {
    const char *root;
    struct pfg_part *parts;
    size_t n;
    const struct pfg_watch *watch; /* told of each file; or NULL */
};

/* Returns PFG_DATA for more than 200,000 files or an unreadable one. */
int pfg_tree_walk(struct pfg_tree *out, const char *root,
                  struct pfg_arena *arena, struct pfg_error *err);

/* The part with this path, or NULL (binary search). */
struct pfg_part *pfg_tree_find(const struct pfg_tree *tree, const char *path);

/* Tells the tree's watch that this part is next. */
void pfg_tree_report(const struct pfg_tree *tree, const struct pfg_part *part);

/* Appends all bytes of a part to `out`, unpacked as in input.h. */
int pfg_tree_read(const struct pfg_tree *tree, const struct pfg_part *part,
                  struct pfg_str *out, size_t cap, struct pfg_error *err);

#endif
