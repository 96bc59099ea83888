#include "input/tree.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "input/input.h"

#define FILES_MAX ((size_t)200000)

struct walk {
    const char *root;
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_part) parts;
};

static int by_path(const void *a, const void *b)
{
    const struct pfg_part *left = a, *right = b;

    return strcmp(left->path, right->path);
}

static int add_file(struct walk *w, const char *path, const struct stat *info,
                    struct pfg_error *err)
{
    const char *relative = path + strlen(w->root);
    struct pfg_part part = {
        .modified = info->st_mtim.tv_sec * PFG_SECOND + info->st_mtim.tv_nsec,
        .size = (size_t)info->st_size,
    };

    if (w->parts.n == FILES_MAX) {
        pfg_fail(err, PFG_DATA, "'%s' contains more than %zu files", w->root,
                 FILES_MAX);
        return pfg_hint(err, "name the directory that contains the results");
    }
    while (*relative == '/') {
        relative++;
    }
    part.path = pfg_arena_strdup(w->arena, relative);
    pfg_vec_push(&w->parts, w->arena, part);
    return 0;
}

static int fail_at(const FTSENT *entry, struct pfg_error *err)
{
    return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", entry->fts_path,
                    strerror(entry->fts_errno));
}

/* Adds an entry of the walk if it is a file. */
static int visit(struct walk *w, FTS *tree, FTSENT *entry,
                 struct pfg_error *err)
{
    struct stat info;

    if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
        if (entry->fts_info == FTS_D) {
            fts_set(tree, entry, FTS_SKIP);
        }
        return 0;
    }
    switch (entry->fts_info) {
    case FTS_F:
        return add_file(w, entry->fts_path, entry->fts_statp, err);
    case FTS_SL: /* a broken link is not a file of the tree */
        return stat(entry->fts_path, &info) || !S_ISREG(info.st_mode)
                   ? 0
                   : add_file(w, entry->fts_path, &info, err);
    case FTS_NS: /* removed since its directory was read */
        return entry->fts_errno == ENOENT && entry->fts_level > 0
                   ? 0
                   : fail_at(entry, err);
    case FTS_DNR:
    case FTS_ERR:
        return fail_at(entry, err);
    default:
        return 0;
    }
}

static int walk_tree(struct walk *w, struct pfg_error *err)
{
    char *const roots[] = {pfg_arena_strdup(w->arena, w->root), NULL};
    FTS *tree =
        fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
    FTSENT *entry;
    int status = 0;

    if (!tree) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", w->root,
                        strerror(errno));
    }
    errno = 0;
    while (!status && (entry = fts_read(tree))) {
        status = visit(w, tree, entry, err);
        errno = 0;
    }
    if (!status && errno) {
        status = pfg_fail(err, PFG_DATA, "cannot read '%s': %s", w->root,
                          strerror(errno));
    }
    fts_close(tree);
    return status;
}

int pfg_tree_walk(struct pfg_tree *out, const char *root,
                  struct pfg_arena *arena, struct pfg_error *err)
{
    struct walk w = {.root = pfg_arena_strdup(arena, root), .arena = arena};

    *out = (struct pfg_tree){.root = w.root};
    if (pfg_file_exists(root) && !pfg_file_is_directory(root)) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", root,
                        strerror(ENOTDIR));
    }
    if (walk_tree(&w, err)) {
        return -1;
    }
    if (w.parts.n) {
        qsort(w.parts.at, w.parts.n, sizeof *w.parts.at, by_path);
    }
    out->parts = w.parts.at;
    out->n = w.parts.n;
    return 0;
}

struct pfg_part *pfg_tree_find(const struct pfg_tree *tree, const char *path)
{
    struct pfg_part wanted = {.path = path};

    return tree->n ? bsearch(&wanted, tree->parts, tree->n, sizeof *tree->parts,
                             by_path)
                   : NULL;
}

void pfg_tree_report(const struct pfg_tree *tree, const struct pfg_part *part)
{
    if (tree->watch) {
        tree->watch->seen(tree->watch->self,
                          &(struct pfg_seen){
                              .name = tree->root,
                              .files = (size_t)(part - tree->parts) + 1,
                              .n_files = tree->n,
                          });
    }
}

int pfg_tree_read(const struct pfg_tree *tree, const struct pfg_part *part,
                  struct pfg_str *out, size_t cap, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_input *input = NULL;
    int status = pfg_input_open(
        &input, pfg_path_join(arena, tree->root, part->path), err);

    pfg_tree_report(tree, part);
    if (!status) {
        status = pfg_input_read_all(input, out, cap, err);
    }
    pfg_input_close(input);
    pfg_arena_free(arena);
    return status;
}
