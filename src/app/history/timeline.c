#include "app/history/read_history.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/map.h"

#define MOST_COMMITS 20000
#define NOWHERE      ((size_t)-1)

struct making {
    struct pfg_timeline *out;
    struct pfg_arena *arena;
    struct pfg_run_info *infos; /* newest first */
    size_t n;
    size_t *at; /* the commit of each run, or NOWHERE */
    PFG_VEC(struct pfg_history_commit) commits;
};

/* Maps from ids or trees to the index of a commit plus one. */
static void note(struct pfg_map *map, const char *text, size_t at)
{
    void **place = pfg_map_at(map, pfg_slice_of(text));

    if (!*place) {
        *place = (void *)(uintptr_t)(at + 1);
    }
}

static size_t look_up(const struct pfg_map *map, const char *text)
{
    void **place = *text ? pfg_map_find(map, pfg_slice_of(text)) : NULL;

    return place ? (size_t)((uintptr_t)*place - 1) : NOWHERE;
}

static struct pfg_map map_of(const struct making *m, bool trees)
{
    struct pfg_map map;

    pfg_map_init(&map, m->arena);
    for (size_t i = 0; i < m->commits.n; i++) {
        const struct pfg_revision *of = &m->commits.at[i].revision;

        if (trees ? *of->tree && !m->commits.at[i].n_runs : true) {
            note(&map, trees ? of->tree : of->id, i);
        }
    }
    return map;
}

/* Assigns runs to the commits with their ids. Commits that have none then get
 * the runs with the same tree, measured before a rebase or a squash. */
static size_t place_runs(struct making *m)
{
    struct pfg_map map = map_of(m, false);
    size_t placed = 0;

    for (int trees = 0; trees < 2; trees++) {
        for (size_t i = 0; i < m->n; i++) {
            const struct pfg_revision *of = &m->infos[i].revision;

            if (!of->dirty && m->at[i] == NOWHERE) {
                m->at[i] = look_up(&map, trees ? of->tree : of->id);
                placed += m->at[i] != NOWHERE;
            }
        }
        for (size_t i = 0; i < m->n && !trees; i++) {
            if (m->at[i] != NOWHERE) {
                m->commits.at[m->at[i]].n_runs++;
            }
        }
        map = map_of(m, true);
    }
    for (size_t i = 0; i < m->commits.n; i++) {
        m->commits.at[i].n_runs = 0;
    }
    return placed;
}

static int by_age(const void *left, const void *right)
{
    const struct pfg_history_commit *a = left, *b = right;

    return a->time != b->time
               ? (a->time > b->time) - (a->time < b->time)
               : (a->n_runs > b->n_runs) - (a->n_runs < b->n_runs);
}

/* Adds the measured versions, on `branch` unless it is NULL, except those in
 * `known`. */
static void add_by_time(struct making *m, const char *branch,
                        const struct pfg_map *known)
{
    const size_t from = m->commits.n;
    struct pfg_map seen;

    pfg_map_init(&seen, m->arena);
    for (size_t i = m->n; i-- > 0;) {
        const struct pfg_run_info *info = &m->infos[i];
        struct pfg_history_commit commit = {
            .revision = info->revision,
            .author = "",
            .time = info->revision.time ? info->revision.time : info->time,
            .n_runs = m->n - i, /* orders equal times as they were stored */
        };

        if (info->revision.dirty ||
            (branch && strcmp(info->revision.branch, branch) != 0) ||
            (known && look_up(known, info->revision.id) != NOWHERE) ||
            look_up(&seen, info->revision.id) != NOWHERE) {
            continue;
        }
        note(&seen, info->revision.id, 0);
        pfg_vec_push(&m->commits, m->arena, commit);
    }
    if (m->commits.n > from) {
        qsort(m->commits.at + from, m->commits.n - from, sizeof *m->commits.at,
              by_age);
    }
    for (size_t i = from; i < m->commits.n; i++) {
        m->commits.at[i].n_runs = 0;
    }
}

static void add_mainline(struct making *m, const struct pfg_ancestry *line)
{
    for (size_t i = line->n; i-- > 0;) {
        const struct pfg_ancestor *one = &line->at[i];

        pfg_vec_push(&m->commits, m->arena,
                     ((struct pfg_history_commit){
                         .revision = {.id = one->id,
                                      .tree = one->tree,
                                      .subject = one->subject,
                                      .branch = "",
                                      .merge = "",
                                      .time = one->time},
                         .author = one->author,
                         .time = one->time,
                     }));
    }
}

/* Adds what was measured on the branch before the start of a shallow clone. */
static void add_older(struct making *m, const struct pfg_ancestry *line)
{
    struct pfg_map known;

    pfg_map_init(&known, m->arena);
    for (size_t i = 0; i < line->n; i++) {
        note(&known, line->at[i].id, i);
    }
    if (line->cut && *m->out->branch) {
        add_by_time(m, m->out->branch, &known);
    }
}

static int find_head(struct pfg_timeline *out,
                     const struct pfg_context *context, struct pfg_vcs *vcs,
                     const char *branch, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_revision head;

    if (branch) {
        return pfg_vcs_base_branch(vcs, &out->head, &out->branch, branch, arena,
                                   err);
    }
    /* A repository without commits has no order of its own: use the time. */
    if (!pfg_workspace_revision(&head, context, vcs, NULL, arena, NULL)) {
        out->head = head.id;
        out->branch = head.branch;
    }
    return 0;
}

static int follow_branch(struct making *m, struct pfg_vcs *vcs,
                         struct pfg_error *err)
{
    struct pfg_ancestry line;

    if (!*m->out->head) {
        return 0;
    }
    if (pfg_vcs_mainline(vcs, &line, m->out->head, MOST_COMMITS, m->arena,
                         err)) {
        return -1;
    }
    m->out->cut = line.cut;
    add_older(m, &line);
    add_mainline(m, &line);
    return 0;
}

static size_t profile_at(struct pfg_timeline *out, struct pfg_map *seen,
                         const struct pfg_run_info *info)
{
    size_t at = look_up(seen, info->fingerprint);

    if (at == NOWHERE) {
        at = out->n_profiles++;
        note(seen, info->fingerprint, at);
        out->profiles[at] =
            (struct pfg_timeline_profile){info->profile, info->fingerprint};
    }
    return at;
}

static int by_id(const void *left, const void *right)
{
    const struct pfg_timeline_run *a = left, *b = right;

    return (a->id > b->id) - (a->id < b->id);
}

/* Collects the runs, and the commits from the first measured one on. */
static void finish(struct making *m)
{
    struct pfg_timeline *out = m->out;
    size_t first = m->commits.n;
    struct pfg_map seen;

    pfg_map_init(&seen, m->arena);
    out->runs = pfg_arena_new_array(m->arena, struct pfg_timeline_run, m->n);
    out->profiles =
        pfg_arena_new_array(m->arena, struct pfg_timeline_profile, m->n);
    for (size_t i = 0; i < m->n; i++) {
        first = m->at[i] < first ? m->at[i] : first;
    }
    out->commits = m->commits.at + first;
    out->n_commits = m->commits.n - first;
    for (size_t i = 0; i < m->n; i++) {
        if (m->at[i] == NOWHERE) {
            out->n_dirty += m->infos[i].revision.dirty;
            out->n_elsewhere += !m->infos[i].revision.dirty;
            continue;
        }
        out->commits[m->at[i] - first].n_runs++;
        out->runs[out->n_runs++] = (struct pfg_timeline_run){
            .id = m->infos[i].id,
            .commit = m->at[i] - first,
            .profile = profile_at(out, &seen, &m->infos[i]),
        };
    }
    qsort(out->runs, out->n_runs, sizeof *out->runs, by_id);
}

int pfg_timeline_make(struct pfg_timeline *out,
                      const struct pfg_context *context,
                      struct pfg_store *store, struct pfg_vcs *vcs,
                      const char *branch, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct pfg_run_query query = {.brief = true};
    struct making m = {.out = out, .arena = arena};
    size_t placed;

    *out = (struct pfg_timeline){.head = "", .branch = ""};
    if (pfg_store_find(store, &m.infos, &m.n, &query, arena, err) ||
        (vcs && find_head(out, context, vcs, branch, arena, err))) {
        return -1;
    }
    m.at = pfg_arena_new_array(arena, size_t, m.n);
    memset(m.at, 0xff, m.n * sizeof *m.at);
    if (vcs && follow_branch(&m, vcs, err)) {
        return -1;
    }
    placed = place_runs(&m);
    if (!placed && !(vcs && branch)) {
        out->head = out->branch = "";
        m.commits.n = 0;
        add_by_time(&m, branch, NULL);
        placed = place_runs(&m);
    }
    if (!placed) {
        pfg_fail(err, PFG_DATA, "no results%s%s%s in the database",
                 branch ? " of branch '" : "", branch ? branch : "",
                 branch ? "'" : "");
        return pfg_hint(err, "store results first: perfgate ingest PATH");
    }
    finish(&m);
    return 0;
}

const struct pfg_timeline_run *pfg_timeline_find(
    const struct pfg_timeline *timeline, long id)
{
    const struct pfg_timeline_run wanted = {.id = id};

    return timeline->n_runs ? bsearch(&wanted, timeline->runs, timeline->n_runs,
                                      sizeof wanted, by_id)
                            : NULL;
}
