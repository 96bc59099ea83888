#include <stdlib.h>
#include <string.h>

#include "app/database/history_branch.h"
#include "base/arena.h"
#include "term/print.h"

/* Runs added per transaction. */
#define BATCH 256

struct pull {
    struct pfg_shared shared;
    struct pfg_import *in; /* the shared one's */
    struct pfg_store *store;
    struct pfg_map known;  /* contents that the database has -> run's id + 1 */
    const char *expected;  /* the digest of the run being read */
    struct pfg_run *found; /* in it */
    struct pfg_run *batch[BATCH];
    const struct pfg_vcs_file *from[BATCH];
    size_t n_batch;
    size_t n_added, n_there, n_removed;
    struct pfg_named_baseline *names; /* of the database */
    size_t n_names;
};

/* --- runs --- */

static int take_run(void *self, struct pfg_run *run, struct pfg_error *err)
{
    struct pull *p = self;
    char content[PFG_DIGEST_HEX];

    pfg_content_of(content, run);
    if (p->found || strcmp(content, p->expected) != 0) {
        pfg_run_free(run);
        return pfg_fail(err, PFG_DATA, "it does not match its digest");
    }
    p->found = run;
    return 0;
}

/* *out is NULL, with a warning, if the file does not hold the run that its name
 * says. */
static int read_run(struct pull *p, struct pfg_run **out, const char *content,
                    const struct pfg_vcs_file *file, struct pfg_error *err)
{
    struct pfg_str text;
    struct pfg_error why;
    int failed;

    pfg_str_init(&text, 0);
    p->expected = content;
    p->found = NULL;
    p->in->take = take_run;
    p->in->self = p;
    failed = pfg_shared_read(&p->shared, &text, file, &why) ||
             pfg_import_read(p->in, pfg_str_slice(&text), file->name, &why);
    if (!failed && !p->found) {
        failed = pfg_fail(&why, PFG_DATA, "it contains no run");
    }
    pfg_str_free(&text);
    if (failed) {
        pfg_run_free(p->found);
        p->found = NULL;
    }
    *out = p->found;
    if (failed && pfg_shared_leave_out(&p->shared, file, &why)) {
        *err = why;
        return -1;
    }
    return 0;
}

/* If its input is stored already, the merge decides which run stays. */
static int became(struct pull *p, struct pfg_run *run, enum pfg_stored what,
                  struct pfg_error *err)
{
    if (what == PFG_STORED) {
        p->n_added++;
        pfg_run_free(run);
        return 0;
    }
    p->n_there++;
    return pfg_import_add(p->in, NULL, run, err);
}

/* A run that cannot be stored must not keep out the others. */
static int add_singly(struct pull *p, struct pfg_error *err)
{
    int failed = 0;

    for (size_t i = 0; i < p->n_batch; i++) {
        struct pfg_error why;
        enum pfg_stored what;

        if (failed) {
            pfg_run_free(p->batch[i]);
        } else if (!pfg_store_add(p->store, &what, &p->batch[i], 1, &why)) {
            failed = became(p, p->batch[i], what, err);
        } else {
            pfg_run_free(p->batch[i]);
            failed = pfg_shared_leave_out(&p->shared, p->from[i], &why);
            if (failed) {
                *err = why;
            }
        }
    }
    return failed;
}

static int flush(struct pull *p, struct pfg_error *err)
{
    enum pfg_stored what[BATCH];
    int failed = 0;

    if (pfg_store_add(p->store, what, p->batch, p->n_batch, err)) {
        failed = add_singly(p, err);
    } else {
        for (size_t i = 0; i < p->n_batch; i++) {
            failed = failed ? (pfg_run_free(p->batch[i]), -1)
                            : became(p, p->batch[i], what[i], err);
        }
    }
    p->n_batch = 0;
    return failed;
}

static int read_runs(struct pull *p, struct pfg_error *err)
{
    struct pfg_map *runs = &p->shared.runs;
    struct pfg_run *run;
    int failed = 0;

    for (size_t i = 0; i < runs->n && !failed; i++) {
        const struct pfg_map_entry *entry = &runs->entries[i];

        if (pfg_shared_is_pruned(&p->shared, entry->key)) {
            continue;
        }
        if (pfg_map_find(&p->known, entry->key)) {
            p->n_there++;
            continue;
        }
        failed = read_run(p, &run, entry->key.ptr, entry->value, err);
        if (!failed && run) {
            p->from[p->n_batch] = entry->value;
            p->batch[p->n_batch++] = run;
            failed = p->n_batch == BATCH ? flush(p, err) : 0;
        }
    }
    return failed || flush(p, err) ? -1 : 0;
}

static int list_known(struct pull *p, struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    size_t n;

    pfg_map_init(&p->known, p->shared.arena);
    if (pfg_store_find(p->store, &infos, &n, &query, p->shared.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        *(uintptr_t *)pfg_map_at(&p->known, pfg_slice_of(infos[i].content)) =
            (uintptr_t)infos[i].id + 1;
    }
    return 0;
}

/* --- names --- */

/* The run as a baseline names it, into the scratch store; *there where the
 * branch or the database has it. */
static int get_named(struct pull *p, const char *content, bool *there,
                     struct pfg_error *err)
{
    struct pfg_slice key = pfg_slice_of(content);
    uintptr_t *known = (uintptr_t *)pfg_map_find(&p->known, key);
    void **file = pfg_map_find(&p->shared.runs, key);
    struct pfg_run *run = NULL;

    *there = pfg_map_find(&p->in->ids, key) != NULL;
    if (*there) {
        return 0;
    }
    if (known ? pfg_store_load(p->store, &run, (long)*known - 1, err)
              : file && read_run(p, &run, content, *file, err)) {
        return -1;
    }
    *there = run != NULL;
    return run ? pfg_import_add(p->in, content, run, err) : 0;
}

static int get_all_named(struct pull *p, struct pfg_line_baseline *line,
                         struct pfg_error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < line->n_runs; i++) {
        bool there;

        if (get_named(p, line->runs[i], &there, err)) {
            return -1;
        }
        if (there) {
            line->runs[n++] = line->runs[i];
        } else {
            pfg_context_warn(
                p->shared.context,
                "baseline '%s' refers to the run '%s', which is missing",
                line->name, line->runs[i]);
        }
    }
    line->n_runs = n;
    return 0;
}

static bool has_name(const struct pull *p, const struct pfg_line_baseline *line)
{
    for (size_t i = 0; i < p->n_names; i++) {
        const struct pfg_named_baseline *name = &p->names[i];

        if (name->saved == line->saved && name->n_runs >= line->n_runs &&
            !strcmp(name->name, line->name) &&
            !strcmp(name->fingerprint, line->fingerprint)) {
            return true;
        }
    }
    return false;
}

/* Lines of the same moment add up to one meaning. */
static struct pfg_line_baseline *same_of(struct pfg_import *in, size_t n,
                                         const struct pfg_line_baseline *line)
{
    for (size_t i = 0; i < n; i++) {
        struct pfg_line_baseline *one = &in->baselines.at[i];

        if (one->saved == line->saved && !strcmp(one->name, line->name) &&
            !strcmp(one->fingerprint, line->fingerprint)) {
            return one;
        }
    }
    return NULL;
}

static void join(struct pfg_line_baseline *to,
                 const struct pfg_line_baseline *from, struct pfg_arena *arena)
{
    const char **all =
        pfg_arena_new_array(arena, const char *, to->n_runs + from->n_runs);

    memcpy(all, to->runs, to->n_runs * sizeof *all);
    memcpy(all + to->n_runs, from->runs, from->n_runs * sizeof *all);
    to->runs = all;
    to->n_runs += from->n_runs;
}

/* Only the latest meaning of a name, with the runs that are stored. */
static int choose_names(struct pull *p, struct pfg_error *err)
{
    struct pfg_import *in = p->in;
    size_t n = 0;

    for (size_t i = 0; i < in->baselines.n; i++) {
        struct pfg_line_baseline line = in->baselines.at[i], *same;

        if (!pfg_shared_is_last(in, &line) || has_name(p, &line)) {
            continue;
        }
        if (get_all_named(p, &line, err)) {
            return -1;
        }
        same = same_of(in, n, &line);
        if (same) {
            join(same, &line, in->arena);
        } else if (line.n_runs) {
            in->baselines.at[n++] = line;
        }
    }
    in->baselines.n = n;
    return 0;
}

/* --- all --- */

/* Removes the runs that others have removed, unless a baseline here
 * names them. */
static int remove_pruned(struct pull *p, struct pfg_error *err)
{
    PFG_VEC(long) ids = {0};

    for (size_t i = 0; i < p->known.n; i++) {
        const struct pfg_map_entry *entry = &p->known.entries[i];

        if (pfg_shared_is_pruned(&p->shared, entry->key)) {
            pfg_vec_push(&ids, p->shared.arena,
                         (long)(uintptr_t)entry->value - 1);
        }
    }
    return ids.n ? pfg_store_remove(p->store, &p->n_removed, ids.at, ids.n, err)
                 : 0;
}

static int pull(struct pull *p, struct pfg_error *err)
{
    struct pfg_shared *shared = &p->shared;
    struct pfg_merged merged = {0};

    p->in = &shared->in;
    if (pfg_store_open(&p->store, shared->path, true, err) ||
        list_known(p, err) || read_runs(p, err) || list_known(p, err) ||
        pfg_store_baseline_list(p->store, &p->names, &p->n_names, shared->arena,
                                err) ||
        choose_names(p, err) ||
        pfg_import_merge(p->in, &merged, p->store, err) ||
        remove_pruned(p, err)) {
        return -1;
    }
    pfg_shared_say(shared, "pulled", p->n_added, merged.n_baselines,
                   p->n_removed, p->n_there);
    return 0;
}

int pfg_db_pull(const struct pfg_context *context,
                const struct pfg_shared_options *options, struct pfg_error *err)
{
    struct pull *p = pfg_alloc(sizeof *p);
    int failed = pfg_shared_open(&p->shared, context, options, err) ||
                 pfg_shared_fetch(&p->shared, err);

    if (!failed && !p->shared.tip) {
        pfg_print(
            context->err,
            "'%s' has no branch '%s' yet; 'perfgate db push' creates it\n",
            p->shared.remote.title, p->shared.remote.branch);
    } else if (!failed) {
        failed = pull(p, err);
    }
    pfg_store_close(p->store);
    pfg_shared_close(&p->shared);
    free(p);
    return failed ? -1 : 0;
}
