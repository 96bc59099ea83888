#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/database/history_branch.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "input/pack.h"
#include "term/print.h"
#include "unit/scale.h"

/* Of several writers at a time one succeeds; the others try again. */
#define TRIES_MOST 100
#define PAUSE_MOST 30.0 /* seconds between two tries */

static const char about[] =
    "# Benchmark results\n"
    "\n"
    "perfgate stores the benchmark history of this repository here:\n"
    "`perfgate db pull` reads it, `perfgate db push` adds to it. Each file in\n"
    "`runs` is one run as JSON lines (`zcat`); its name is the digest of its\n"
    "contents.\n";

struct push {
    struct pfg_shared shared;
    struct pfg_store *store;
    struct pfg_run_info *infos;
    size_t n;
    struct pfg_map packed; /* content -> its file, struct pfg_slice */
    PFG_VEC(struct pfg_vcs_edit) edits;
    size_t n_runs, n_there, n_baselines, n_removed;
    uint64_t limit; /* bytes of history; 0: none */
};

static void put_file(struct push *p, const char *path, struct pfg_slice bytes)
{
    pfg_vec_push(&p->edits, p->shared.arena,
                 ((struct pfg_vcs_edit){.path = path, .bytes = bytes}));
}

static void remove_file(struct push *p, const char *path)
{
    pfg_vec_push(&p->edits, p->shared.arena,
                 ((struct pfg_vcs_edit){.path = path, .removed = true}));
}

/* --- runs --- */

static int pack_run(struct push *p, struct pfg_slice *out,
                    const struct pfg_run_info *info, struct pfg_error *err)
{
    struct pfg_str text, packed = pfg_str_in(p->shared.arena);
    int failed;

    pfg_str_init(&text, 0);
    pfg_lines_begin(&text);
    failed = pfg_lines_put_run(&text, p->store, info, err);
    if (!failed) {
        pfg_pack(&packed, pfg_str_slice(&text));
        *out = pfg_str_slice(&packed);
    }
    pfg_str_free(&text);
    return failed;
}

/* A safe name for a folder: a hand-written run may have any fingerprint. */
static const char *folder_of(const char *fingerprint, struct pfg_arena *arena)
{
    size_t length = strlen(fingerprint);
    char hex[PFG_DIGEST_HEX];

    if (length == PFG_DIGEST_HEX - 1 &&
        strspn(fingerprint, "0123456789abcdef") == length) {
        return fingerprint;
    }
    pfg_digest_print(pfg_digest_of(pfg_slice_of(fingerprint)), hex);
    return pfg_arena_strdup(arena, hex);
}

static const char *path_of(const struct pfg_run_info *info,
                           struct pfg_arena *arena)
{
    char time[PFG_TIME_TEXT];

    pfg_time_iso(time, info->time > 0 ? info->time : 1);
    return pfg_arena_printf(arena, "runs/%s/%.7s/%s.jsonl.gz",
                            folder_of(info->fingerprint, arena), time,
                            info->content);
}

static int add_run(struct push *p, const struct pfg_run_info *info,
                   struct pfg_error *err)
{
    struct pfg_slice **packed = (struct pfg_slice **)pfg_map_at(
        &p->packed, pfg_slice_of(info->content));

    if (!*packed) {
        *packed = pfg_arena_alloc(p->shared.arena, sizeof **packed);
        if (pack_run(p, *packed, info, err)) {
            return -1;
        }
    }
    put_file(p, path_of(info, p->shared.arena), **packed);
    p->n_runs++;
    return 0;
}

static int add_runs(struct push *p, struct pfg_error *err)
{
    struct pfg_map seen; /* twins are one file */

    pfg_map_init(&seen, p->shared.arena);
    for (size_t i = 0; i < p->n; i++) {
        struct pfg_slice content = pfg_slice_of(p->infos[i].content);
        void **twin = pfg_map_at(&seen, content);

        if (*twin) {
            continue;
        }
        *twin = p;
        if (pfg_shared_is_pruned(&p->shared, content)) {
            continue;
        }
        if (pfg_map_find(&p->shared.runs, content)) {
            p->n_there++;
        } else if (add_run(p, &p->infos[i], err)) {
            return -1;
        }
    }
    return 0;
}

/* --- names --- */

static struct pfg_str begin_lines(struct push *p)
{
    struct pfg_str text = pfg_str_in(p->shared.arena);

    pfg_lines_begin(&text);
    return text;
}

/* Adds a file that the branch lacks, named after its digest. */
static bool put_name(struct push *p, const char *folder,
                     const struct pfg_str *text)
{
    char hex[PFG_DIGEST_HEX];
    const char *path;

    pfg_digest_print(pfg_digest_of(pfg_str_slice(text)), hex);
    path = pfg_arena_printf(p->shared.arena, "%s/%s.jsonl", folder, hex);
    if (pfg_map_find(&p->shared.names, pfg_slice_of(path))) {
        return false;
    }
    put_file(p, path, pfg_str_slice(text));
    return true;
}

static void add_change(struct push *p, const struct pfg_baseline_change *change)
{
    struct pfg_str text = begin_lines(p);

    pfg_lines_put_change(&text, change);
    put_name(p, "names", &text);
    pfg_vec_push(&p->shared.in.changes, p->shared.in.arena, *change);
}

static int add_baseline(struct push *p, const struct pfg_named_baseline *named,
                        struct pfg_error *err)
{
    struct pfg_str text = begin_lines(p);
    struct pfg_line_baseline line;

    if (pfg_lines_name(&line, p->store, named, p->infos, p->n, p->shared.arena,
                       err)) {
        return -1;
    }
    if (!pfg_shared_is_last(&p->shared.in, &line)) {
        return 0;
    }
    for (size_t i = 0; i < line.n_runs; i++) {
        pfg_map_at(&p->shared.named, pfg_slice_of(line.runs[i]));
    }
    pfg_lines_put_baseline(&text, &line);
    p->n_baselines += put_name(p, "names", &text);
    return 0;
}

/* Removes names that have other runs now; the list of changes keeps them. */
static void remove_old_names(struct push *p)
{
    const struct pfg_map *names = &p->shared.names;

    for (size_t i = 0; i < names->n; i++) {
        uintptr_t which = (uintptr_t)names->entries[i].value;

        if (which &&
            !pfg_shared_is_last(&p->shared.in,
                                &p->shared.in.baselines.at[which - 1])) {
            remove_file(p, names->entries[i].key.ptr);
        }
    }
}

static int add_names(struct push *p, struct pfg_error *err)
{
    struct pfg_named_baseline *names;
    struct pfg_baseline_change *changes;
    size_t n_names, n_changes;

    if (pfg_store_baseline_changes(p->store, &changes, &n_changes, NULL,
                                   p->shared.arena, err) ||
        pfg_store_baseline_list(p->store, &names, &n_names, p->shared.arena,
                                err)) {
        return -1;
    }
    for (size_t i = 0; i < n_changes; i++) {
        add_change(p, &changes[i]);
    }
    for (size_t i = 0; i < n_names; i++) {
        if (add_baseline(p, &names[i], err)) {
            return -1;
        }
    }
    remove_old_names(p);
    return 0;
}

/* --- prunings --- */

/* Adds removals that the branch does not know of, except of runs that came
 * back. */
static int add_pruned(struct push *p, struct pfg_error *err)
{
    PFG_VEC(const char *) gone = {0};
    struct pfg_map here;
    const char **removed;
    size_t n;

    if (pfg_store_removed(p->store, &removed, &n, p->shared.arena, err)) {
        return -1;
    }
    pfg_map_init(&here, p->shared.arena);
    for (size_t i = 0; i < p->n; i++) {
        pfg_map_at(&here, pfg_slice_of(p->infos[i].content));
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice content = pfg_slice_of(removed[i]);

        if (!pfg_map_find(&p->shared.in.pruned, content) &&
            !pfg_map_find(&here, content)) {
            pfg_map_at(&p->shared.in.pruned, content);
            pfg_vec_push(&gone, p->shared.arena, removed[i]);
        }
    }
    if (gone.n) {
        struct pfg_str text = begin_lines(p);

        pfg_lines_put_pruned(&text, gone.at, gone.n);
        put_name(p, "pruned", &text);
    }
    return 0;
}

static void remove_pruned(struct push *p)
{
    const struct pfg_map *runs = &p->shared.runs;

    for (size_t i = 0; i < runs->n; i++) {
        if (pfg_shared_is_pruned(&p->shared, runs->entries[i].key)) {
            remove_file(
                p, ((const struct pfg_vcs_file *)runs->entries[i].value)->name);
            p->n_removed++;
        }
    }
}

/* --- how large it has become --- */

#define SIZE_KEY  "Perfgate-Size: "
#define TREE_LINE 45 /* bytes that an entry of a folder takes, packed */

/* The size of all commits so far, which each commit states, because a shallow
 * clone has only the last. */
static uint64_t size_before(struct push *p)
{
    struct pfg_slice message;
    const char *text = "";
    uint64_t size = 0;

    if (p->shared.tip && !pfg_vcs_message(p->shared.vcs, &text, p->shared.tip,
                                          p->shared.arena, NULL)) {
        message = pfg_slice_of(text);
        message = pfg_slice_from(message, pfg_slice_find(message, SIZE_KEY));
        if (pfg_take(&message, SIZE_KEY)) {
            pfg_number_parse_u64(&size, pfg_take_digits(&message));
        }
    }
    return size;
}

/* The size that this commit adds: its files and their folders. */
static uint64_t size_of_edits(struct push *p)
{
    struct pfg_map folders;
    uint64_t size = 0;

    pfg_map_init(&folders, p->shared.arena);
    for (size_t i = 0; i < p->edits.n; i++) {
        struct pfg_slice folder =
            pfg_slice_of(pfg_path_folder(p->shared.arena, p->edits.at[i].path));
        void **n = pfg_map_find(&p->shared.folders, folder);
        void **seen = pfg_map_at(&folders, folder);

        size += p->edits.at[i].bytes.len + TREE_LINE;
        size += *seen || !n ? 0 : TREE_LINE * (uint64_t)(uintptr_t)*n;
        *seen = p;
    }
    return size;
}

/* The size that would remain without the history. */
static int size_of_files(struct push *p, uint64_t *out, struct pfg_error *err)
{
    *out = 0;
    for (size_t i = 0; i < p->shared.n; i++) {
        uint64_t size;

        if (pfg_vcs_file_size(p->shared.vcs, &size, p->shared.files[i].id,
                              err)) {
            return -1;
        }
        *out += size + TREE_LINE;
    }
    return 0;
}

/* --- all --- */

/* A random time, so that writers who collided do not collide again; longer if a
 * try takes long, since then there are many writers. */
static void pause_after(size_t tries, double took)
{
    double most = took * (double)(2 << (tries < 6 ? tries : 6));
    uint64_t chance = (uint64_t)pfg_time_now() * 0x9e3779b97f4a7c15u ^
                      (uint64_t)getpid() * 0xbf58476d1ce4e5b9u;
    double time =
        (most < PAUSE_MOST ? most : PAUSE_MOST) *
        (double)((chance ^ chance >> 32) * 0x94d049bb133111ebu >> 11) * 0x1p-53;
    struct timespec left = {(time_t)time,
                            (long)((time - (double)(time_t)time) * 1e9)};

    nanosleep(&left, NULL);
}

/* Keeps CI from building a commit without code. */
static const char *message_of(const struct push *p, uint64_t size, bool squash)
{
    struct pfg_arena *arena = p->shared.arena;
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_printf(&text, "Add %s", pfg_arena_counted(arena, p->n_runs, "run"));
    if (p->n_baselines) {
        pfg_str_printf(&text, ", %s",
                       pfg_arena_counted(arena, p->n_baselines, "baseline"));
    }
    if (p->n_removed) {
        pfg_str_printf(&text, ", remove %s",
                       pfg_arena_counted(arena, p->n_removed, "run"));
    }
    pfg_str_printf(&text, "%s\n\n[skip ci]\n\n" SIZE_KEY "%" PRIu64 "\n",
                   squash ? "; earlier commits are gone" : "", size);
    return text.ptr;
}

/* Collects what the branch lacks as edits. */
static int compare(struct push *p, struct pfg_error *err)
{
    p->edits.n = p->n_runs = p->n_there = 0;
    p->n_baselines = p->n_removed = 0;
    if (pfg_shared_fetch(&p->shared, err) || add_names(p, err) ||
        add_pruned(p, err) || add_runs(p, err)) {
        return -1;
    }
    remove_pruned(p);
    if (p->edits.n && !p->shared.n) {
        put_file(p, PFG_SHARED_FORMAT,
                 PFG_LIT("{\"perfgate\":\"history\",\"version\":1}\n"));
        put_file(p, "README.md", pfg_slice_of(about));
    }
    return 0;
}

/* The history is dropped if it is too large and at least half of it is not in
 * the present files. */
static int draft(struct push *p, struct pfg_vcs_draft *out,
                 struct pfg_error *err)
{
    const uint64_t added = size_of_edits(p);
    uint64_t size = size_before(p) + added, left = size;
    bool squash = false;

    if (p->limit && size > p->limit) {
        if (size_of_files(p, &left, err)) {
            return -1;
        }
        left += added;
        squash = size > 2 * left;
    }
    *out = (struct pfg_vcs_draft){
        .files = p->shared.tip,
        .parent = squash ? NULL : p->shared.tip,
        .edits = p->edits.at,
        .n = p->edits.n,
        .message = message_of(p, squash ? left : size, squash),
        .time = p->shared.context->now};
    if (squash) {
        pfg_print(p->shared.context->err,
                  "the branch was rewritten as one commit: %s, was %s\n",
                  pfg_scale_alone((double)left, "B", p->shared.arena),
                  pfg_scale_alone((double)size, "B", p->shared.arena));
    }
    return 0;
}

static int push_once(struct push *p, bool *late, struct pfg_error *err)
{
    struct pfg_vcs_draft commit;
    const char *id;

    *late = false;
    if (compare(p, err)) {
        return -1;
    }
    return p->edits.n && (draft(p, &commit, err) ||
                          pfg_vcs_commit(p->shared.vcs, &id, &commit,
                                         p->shared.arena, err) ||
                          pfg_remote_push(&p->shared.remote, late, id,
                                          p->shared.tip, err))
               ? -1
               : 0;
}

static int push(struct push *p, struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    bool late = true;

    if (pfg_store_open_reading(&p->store, NULL, p->shared.path, err) ||
        pfg_store_find(p->store, &p->infos, &p->n, &query, p->shared.arena,
                       err)) {
        return -1;
    }
    pfg_map_init(&p->packed, p->shared.arena);
    for (size_t tries = 0; late; tries++) {
        double began = pfg_clock_seconds();

        if (tries == TRIES_MOST) {
            pfg_fail(err, PFG_SYSTEM,
                     "cannot push to '%s' of '%s': others pushed first in each "
                     "of %d attempts",
                     p->shared.remote.branch, p->shared.remote.title,
                     TRIES_MOST);
            return pfg_hint(err, "run it again");
        }
        if (push_once(p, &late, err)) {
            return -1;
        }
        if (late) {
            pause_after(tries, pfg_clock_seconds() - began);
        }
    }
    pfg_shared_say(&p->shared, "pushed to", p->n_runs, p->n_baselines,
                   p->n_removed, p->n_there);
    return 0;
}

int pfg_db_push(const struct pfg_context *context,
                const struct pfg_shared_options *options, struct pfg_error *err)
{
    struct push p = {.limit = options->limit};
    int failed =
        pfg_shared_open(&p.shared, context, options, err) || push(&p, err);

    pfg_store_close(p.store);
    pfg_shared_close(&p.shared);
    return failed ? -1 : 0;
}
