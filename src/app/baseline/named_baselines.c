#include "app/baseline/named_baselines.h"

#include <stdlib.h>
#include <string.h>

#include "app/baseline/base_runs.h"
#include "app/baseline/baseline_files.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/name.h"
#include "term/print.h"
#include "term/table.h"

int pfg_named_baselines_check(const char *name, struct pfg_error *err)
{
    const char *why = NULL;

    if (pfg_name_check(name, "a baseline", PFG_USAGE, (struct pfg_pos){0},
                       err)) {
        return -1;
    }
    if (!strcmp(name, "auto")) {
        why = "'--baseline auto' has another meaning: the matching file";
    } else if (pfg_slice_ends(pfg_slice_of(name), ".json")) {
        why = "it looks like a file name";
    }
    return why ? pfg_fail(err, PFG_USAGE,
                          "'%s' is not a valid baseline name: %s", name, why)
               : 0;
}

/* What the functions below share. */
struct names {
    const struct pfg_context *context;
    const struct pfg_named_baselines_options *options;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs;
    struct pfg_store *store; /* NULL: there is none */
    const char *folder;
    struct pfg_named_baseline *list; /* of the options' hardware */
    size_t n_list;
};

enum access {
    TO_READ,  /* nothing to open is no error */
    TO_WRITE, /* something that is there */
    TO_MAKE,
};

static int list_names(struct names *s, struct pfg_error *err)
{
    size_t kept = 0;

    s->n_list = 0;
    if (s->store && pfg_store_baseline_list(s->store, &s->list, &s->n_list,
                                            s->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < s->n_list; i++) {
        if (!s->options->hardware ||
            !strcmp(s->list[i].profile, s->options->hardware)) {
            s->list[kept++] = s->list[i];
        }
    }
    s->n_list = kept;
    return 0;
}

static int start(struct names *s, const struct pfg_context *context,
                 const struct pfg_named_baselines_options *options,
                 enum access access, struct pfg_error *err)
{
    const char *path;

    *s = (struct names){
        .context = context, .options = options, .arena = pfg_arena_new()};
    if (pfg_workspace_open_vcs(&s->vcs, err)) {
        return -1;
    }
    s->folder = pfg_baseline_files_folder(options->folder, s->vcs, s->arena);
    path = pfg_workspace_database(options->database, s->vcs, s->arena);
    if (access == TO_READ) {
        if ((options->database || pfg_store_exists(path)) &&
            pfg_store_open_reading(&s->store, NULL, path, err)) {
            return -1;
        }
    } else if (pfg_store_open(&s->store, path, access == TO_MAKE, err)) {
        return -1;
    }
    return list_names(s, err);
}

static int end(struct names *s, int failed)
{
    pfg_store_close(s->store);
    pfg_vcs_close(s->vcs);
    pfg_arena_free(s->arena);
    return failed ? -1 : 0;
}

/* "release: 2 runs of 1a2b3c... on amd-epyc-7763-4c", where the list says. */
static void print_meaning(struct names *s, const char *name)
{
    for (size_t i = 0; i < s->n_list; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        if (!strcmp(one->name, name)) {
            pfg_print(s->context->err, "%s: %s of %.40s on %s\n", name,
                      pfg_arena_counted(s->arena, one->n_runs, "run"),
                      one->revision.id, one->profile);
        }
    }
}

/* Fails with the names that there are. */
static int unknown_name(struct names *s, const char *name,
                        struct pfg_error *err)
{
    struct pfg_str known;

    pfg_str_init(&known, 300);
    for (size_t i = 0; i < s->n_list; i++) {
        if (!i || strcmp(s->list[i].name, s->list[i - 1].name) != 0) {
            pfg_str_printf(&known, "%s'%s'", known.len ? ", " : "",
                           s->list[i].name);
        }
    }
    pfg_fail(err, PFG_DATA, "no baseline called '%s' in the database%s%s%s",
             name, s->options->hardware ? " on hardware '" : "",
             s->options->hardware ? s->options->hardware : "",
             s->options->hardware ? "'" : "");
    if (s->options->hardware) {
        pfg_hint(err, "'perfgate baseline list' shows what there is");
    } else if (known.len) {
        pfg_hint(err, "there %s %s", strchr(known.ptr, ',') ? "are" : "is",
                 known.ptr);
    } else {
        pfg_hint(err, "'perfgate baseline save %s' makes one", name);
    }
    pfg_str_free(&known);
    return -1;
}

/* --- saving --- */

/* The revision that a new name is for. */
static int find_revision(struct names *s, const struct pfg_search *search,
                         struct pfg_revision *out, const char *name,
                         struct pfg_error *err)
{
    const char *tag = pfg_arena_printf(s->arena, "refs/tags/%s", name);

    if (s->options->revision) {
        return pfg_search_revision(search, out, s->options->revision, err);
    }
    if (s->vcs && !pfg_vcs_resolve(s->vcs, out, tag, NULL, s->arena, NULL)) {
        pfg_print(s->context->err, "%s: the commit of the tag, %.10s %s\n",
                  name, out->id, out->subject);
        return 0;
    }
    return pfg_workspace_revision(out, s->context, s->vcs, NULL, s->arena, err);
}

static int save(struct names *s, const char *name, struct pfg_error *err)
{
    struct pfg_search search = {.context = s->context,
                                .store = s->store,
                                .vcs = s->vcs,
                                .arena = s->arena};
    PFG_VEC(long) ids = {0};
    struct pfg_revision revision;
    struct pfg_found found;

    if (find_revision(s, &search, &revision, name, err) ||
        pfg_search_runs(&search, &found, &revision, NULL, err)) {
        return -1;
    }
    for (size_t i = 0; i < found.n; i++) {
        if (s->options->hardware &&
            strcmp(found.infos[i].profile, s->options->hardware) != 0) {
            continue;
        }
        if (!s->options->force &&
            pfg_baseline_files_check(&found.infos[i], err)) {
            return -1;
        }
        pfg_vec_push(&ids, s->arena, found.infos[i].id);
    }
    if (!ids.n) {
        pfg_fail(err, PFG_DATA, "no results for '%.40s' to save%s%s",
                 revision.id, s->options->hardware ? " on " : "",
                 s->options->hardware ? s->options->hardware : "");
        return pfg_hint(err, "measure it, or choose another with --commit");
    }
    if (pfg_store_baseline_set(s->store, name, s->context->now, "saved", ids.at,
                               ids.n, err) ||
        list_names(s, err)) {
        return -1;
    }
    print_meaning(s, name);
    return 0;
}

int pfg_named_baselines_save(const struct pfg_context *context,
                             const char *name,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err)
{
    struct names s;
    int failed =
        start(&s, context, options, TO_WRITE, err) || save(&s, name, err);

    return end(&s, failed);
}

/* --- moving and forgetting --- */

static int promote(struct names *s, const char *from, const char *to,
                   struct pfg_error *err)
{
    PFG_VEC(long) all = {0};

    for (size_t i = 0; i < s->n_list; i++) {
        long *ids;
        size_t n;

        if (strcmp(s->list[i].name, from) != 0) {
            continue;
        }
        if (pfg_store_baseline_get(s->store, &ids, &n, from,
                                   s->list[i].fingerprint, s->arena, err)) {
            return -1;
        }
        for (size_t j = 0; j < n; j++) {
            pfg_vec_push(&all, s->arena, ids[j]);
        }
    }
    if (!all.n) {
        return unknown_name(s, from, err);
    }
    if (pfg_store_baseline_set(
            s->store, to, s->context->now,
            pfg_arena_printf(s->arena, "promoted from '%s'", from), all.at,
            all.n, err) ||
        list_names(s, err)) {
        return -1;
    }
    print_meaning(s, to);
    return 0;
}

int pfg_named_baselines_promote(
    const struct pfg_context *context, const char *from, const char *to,
    const struct pfg_named_baselines_options *options, struct pfg_error *err)
{
    struct names s;
    int failed = start(&s, context, options, TO_WRITE, err) ||
                 promote(&s, from, to, err);

    return end(&s, failed);
}

static int delete (struct names *s, const char *name, struct pfg_error *err)
{
    size_t n, n_names = 0;

    for (size_t i = 0; i < s->n_list; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        if (strcmp(one->name, name) != 0) {
            continue;
        }
        if (pfg_store_baseline_delete(s->store, &n, name, one->fingerprint,
                                      s->context->now, err)) {
            return -1;
        }
        pfg_print(s->context->err, "%s: deleted on %s; its %s remain%s\n", name,
                  one->profile, pfg_arena_counted(s->arena, n, "run"),
                  n == 1 ? "s" : "");
        n_names++;
    }
    return n_names ? 0 : unknown_name(s, name, err);
}

int pfg_named_baselines_delete(
    const struct pfg_context *context, const char *name,
    const struct pfg_named_baselines_options *options, struct pfg_error *err)
{
    struct names s;
    int failed =
        start(&s, context, options, TO_WRITE, err) || delete (&s, name, err);

    return end(&s, failed);
}

/* --- importing --- */

/* What a file by hand does not say of its runs. */
static void complete_run(struct pfg_run *run,
                         const struct pfg_baseline *baseline)
{
    if (!*run->revision.id) {
        run->revision.id = pfg_arena_strdup(
            run->arena, *baseline->name ? baseline->name : "baseline");
        run->revision.named = true;
    }
    run->time = run->time ? run->time : baseline->saved;
    if (!*run->source) {
        run->source = pfg_arena_strdup(run->arena, baseline->path);
    }
}

static int import_into(struct names *s, struct pfg_store *scratch,
                       const struct pfg_baseline *baseline,
                       struct pfg_error *err)
{
    size_t n = baseline->n_runs;
    enum pfg_stored *became = pfg_arena_new_array(s->arena, enum pfg_stored, n);
    long *ids = pfg_arena_new_array(s->arena, long, n);
    const char *name = s->options->as ? s->options->as : baseline->name;
    const char *how = pfg_arena_printf(s->arena, "imported from '%s'",
                                       pfg_path_name(baseline->path));

    if (!n) {
        return pfg_fail(err, PFG_DATA, "'%s' has no runs", baseline->path);
    }
    name = *name ? name : PFG_BASELINE_DEFAULT;
    for (size_t i = 0; i < n; i++) {
        complete_run(baseline->runs[i], baseline);
    }
    if (pfg_named_baselines_check(name, err) ||
        pfg_store_add(scratch, became, baseline->runs, n, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = baseline->runs[i]->id;
    }
    if (pfg_store_baseline_set(scratch, name, s->context->now, how, ids, n,
                               err)) {
        return -1;
    }
    if (baseline->limits) {
        pfg_context_warn(s->context,
                         "'%s' has limits of its own, which stay in the file: "
                         "the database holds only results",
                         baseline->path);
    }
    pfg_print(s->context->err, "%s: %s of %.40s on %s, called '%s'\n",
              baseline->path, pfg_arena_counted(s->arena, n, "run"),
              baseline->runs[0]->revision.id, baseline->profile.name, name);
    return 0;
}

static int import_file(struct names *s, struct pfg_store *scratch,
                       const char *path, struct pfg_error *err)
{
    struct pfg_baseline baseline;
    int failed;

    if (pfg_baseline_read(&baseline, path, s->arena, err)) {
        return -1;
    }
    failed = import_into(s, scratch, &baseline, err);
    pfg_baseline_release(&baseline);
    return failed;
}

static int import_all(struct names *s, const char *const *files, size_t n,
                      struct pfg_error *err)
{
    struct pfg_store *scratch = NULL;
    struct pfg_merged merged;
    int failed = pfg_store_open_scratch(&scratch, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed = import_file(s, scratch, files[i], err);
    }
    failed = failed || pfg_store_merge(s->store, &merged, &scratch, 1, err);
    if (!failed) {
        pfg_print(s->context->err, "%s stored, %zu already there\n",
                  pfg_arena_counted(s->arena, merged.n_added, "run"),
                  merged.n_there);
    }
    pfg_store_close(scratch);
    return failed;
}

int pfg_named_baselines_import(
    const struct pfg_context *context, const char *const *files, size_t n,
    const struct pfg_named_baselines_options *options, struct pfg_error *err)
{
    struct names s;
    int failed = start(&s, context, options, TO_MAKE, err) ||
                 import_all(&s, files, n, err);

    return end(&s, failed);
}

/* --- showing --- */

static void add_row(struct pfg_table *table, const char *name,
                    const char *profile, const struct pfg_revision *revision,
                    pfg_time saved, size_t n_runs, const char *where,
                    struct pfg_arena *arena)
{
    char when[PFG_TIME_TEXT];

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", name);
    pfg_table_cell(table, PFG_PLAIN, "%s", profile);
    pfg_table_cell(table, PFG_PLAIN, "%s",
                   revision ? pfg_workspace_short_id(revision, arena) : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", pfg_time_short(when, saved));
    pfg_table_cell(table, PFG_PLAIN, "%zu", n_runs);
    pfg_table_cell(table, PFG_PLAIN, "%s", where);
}

static int add_files(struct names *s, struct pfg_table *table, size_t *n_rows,
                     struct pfg_error *err)
{
    const char **files;
    size_t n;

    if (pfg_baseline_list(&files, &n, s->folder, s->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline baseline;

        if (pfg_baseline_read(&baseline, files[i], s->arena, err)) {
            return -1;
        }
        if (!s->options->hardware ||
            !strcmp(s->options->hardware, baseline.profile.name)) {
            add_row(table, baseline.name, baseline.profile.name,
                    baseline.n_runs ? &baseline.runs[0]->revision : NULL,
                    baseline.saved, baseline.n_runs, files[i], s->arena);
            ++*n_rows;
        }
        pfg_baseline_release(&baseline);
    }
    return 0;
}

static int list(struct names *s, struct pfg_error *err)
{
    static const char *const titles[] = {"name",  "hardware", "commit",
                                         "saved", "runs",     "where"};
    struct pfg_table *table = pfg_table_new(s->arena, 6);
    struct pfg_str text;
    size_t n_rows = s->n_list;

    pfg_table_align(table, 4, PFG_RIGHT);
    pfg_table_row(table);
    for (size_t i = 0; i < PFG_COUNT(titles); i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", titles[i]);
    }
    for (size_t i = 0; i < s->n_list; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        add_row(table, one->name, one->profile, &one->revision, one->saved,
                one->n_runs, "database", s->arena);
    }
    if (add_files(s, table, &n_rows, err)) {
        return -1;
    }
    if (!n_rows) {
        pfg_print(s->context->err, "no baselines, in the database or in '%s'\n",
                  s->folder);
        return 0;
    }
    pfg_str_init(&text, 0);
    pfg_table_print(&text, table, 0, s->context->color);
    fwrite(text.ptr, 1, text.len, s->context->out);
    pfg_str_free(&text);
    return 0;
}

int pfg_named_baselines_list(const struct pfg_context *context,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err)
{
    struct names s;
    int failed = start(&s, context, options, TO_READ, err) || list(&s, err);

    return end(&s, failed);
}

static int show_history(struct names *s, const char *name,
                        const char *fingerprint, struct pfg_error *err)
{
    struct pfg_baseline_change *changes;
    const char *title = "history";
    char when[PFG_TIME_TEXT];
    size_t n;

    if (pfg_store_baseline_changes(s->store, &changes, &n, name, s->arena,
                                   err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(changes[i].fingerprint, fingerprint) != 0) {
            continue;
        }
        pfg_print(s->context->out, "  %-9s %s  %s", title,
                  pfg_time_short(when, changes[i].time), changes[i].how);
        if (changes[i].n_runs) {
            pfg_print(s->context->out, ", %s of %.10s",
                      pfg_arena_counted(s->arena, changes[i].n_runs, "run"),
                      changes[i].revision);
        }
        fputc('\n', s->context->out);
        title = "";
    }
    return 0;
}

static int show_one(struct names *s, const struct pfg_named_baseline *one,
                    struct pfg_error *err)
{
    FILE *out = s->context->out;
    char when[PFG_TIME_TEXT];

    pfg_print(out, "%s\n  hardware  %s\n", one->name, one->profile);
    pfg_print(out, "  saved     %s\n", pfg_time_short(when, one->saved));
    pfg_print(out, "  of        %s%s%s\n", one->revision.id,
              *one->revision.subject ? ", " : "", one->revision.subject);
    pfg_print(out, "  holds     %s, the last of %s\n",
              pfg_arena_counted(s->arena, one->n_runs, "run"),
              pfg_time_short(when, one->time));
    return show_history(s, one->name, one->fingerprint, err);
}

/* What is no longer there has a history all the same. */
static int show_former(struct names *s, const char *name, bool *shown,
                       struct pfg_error *err)
{
    struct pfg_baseline_change *changes;
    struct pfg_map seen;
    size_t n;

    if (pfg_store_baseline_changes(s->store, &changes, &n, name, s->arena,
                                   err)) {
        return -1;
    }
    pfg_map_init(&seen, s->arena);
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice key = pfg_slice_of(changes[i].fingerprint);
        void **place = pfg_map_at(&seen, key);

        if (!*place && !changes[i].n_runs) {
            pfg_print(s->context->out,
                      "%s\n  hardware  %s\n  holds     nothing "
                      "any more\n",
                      name, changes[i].profile);
            *shown = true;
            if (show_history(s, name, changes[i].fingerprint, err)) {
                return -1;
            }
        }
        *place = s;
    }
    return 0;
}

static int show_files(struct names *s, const char *name, bool *shown,
                      struct pfg_error *err)
{
    const char **files;
    size_t n;

    if (pfg_baseline_list(&files, &n, s->folder, s->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline baseline;
        bool wanted;

        if (pfg_baseline_read(&baseline, files[i], s->arena, err)) {
            return -1;
        }
        wanted = !name || !strcmp(baseline.name, name);
        pfg_baseline_release(&baseline);
        if (wanted &&
            pfg_baseline_files_show(s->context, files[i], s->arena, err)) {
            return -1;
        }
        *shown |= wanted;
    }
    return 0;
}

/* All of that name, or all there is. */
static int show_name(struct names *s, const char *name, struct pfg_error *err)
{
    bool shown = false;

    for (size_t i = 0; i < s->n_list; i++) {
        if (!name || !strcmp(s->list[i].name, name)) {
            shown = true;
            if (show_one(s, &s->list[i], err)) {
                return -1;
            }
        }
    }
    if ((name && s->store && show_former(s, name, &shown, err)) ||
        show_files(s, name, &shown, err)) {
        return -1;
    }
    if (!shown && name) {
        return unknown_name(s, name, err);
    }
    return shown ? 0
                 : pfg_fail(err, PFG_DATA,
                            "no baselines, in the database or "
                            "in '%s'",
                            s->folder);
}

static int show(struct names *s, const char *const *words, size_t n,
                struct pfg_error *err)
{
    int failed = n ? 0 : show_name(s, NULL, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed =
            pfg_baseline_files_is_file(words[i])
                ? pfg_baseline_files_show(s->context, words[i], s->arena, err)
                : show_name(s, words[i], err);
    }
    return failed;
}

int pfg_named_baselines_show(const struct pfg_context *context,
                             const char *const *words, size_t n,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err)
{
    struct names s;
    int failed =
        start(&s, context, options, TO_READ, err) || show(&s, words, n, err);

    return end(&s, failed);
}
