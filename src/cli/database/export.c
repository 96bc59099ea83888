#include <stdlib.h>
#include <string.h>

#include "app/baseline/search.h"
#include "app/database/db_lines.h"
#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/file.h"
#include "cli/database/verbs.h"
#include "input/input.h"
#include "term/print.h"

#define MAX_BYTES ((size_t)2 << 30)

/* --- export --- */

struct export
{
    const struct pfg_context *context;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs;
    struct pfg_store *store;
    PFG_VEC(struct pfg_run_info) runs;
    struct pfg_str text; /* not yet written */
    bool whole;          /* write everything at the end */
};

static void flush(struct export *e)
{
    if (!e->whole) {
        fwrite(e->text.ptr, 1, e->text.len, e->context->out);
        pfg_str_clear(&e->text);
    }
}

static int compare_runs(const void *a, const void *b)
{
    const struct pfg_run_info *left = a, *right = b;
    int order = (left->time > right->time) - (left->time < right->time);

    return order ? order : strcmp(left->content, right->content);
}

static void add_runs(struct export *e, const struct pfg_run_info *infos,
                     size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(&e->runs, e->arena, infos[i]);
    }
}

static int find_runs(struct export *e, const char *const *revisions, size_t n,
                     struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    size_t n_infos;
    struct pfg_search search = {
        .store = e->store, .vcs = e->vcs, .arena = e->arena};

    if (!n) {
        if (pfg_store_find(e->store, &infos, &n_infos, &query, e->arena, err)) {
            return -1;
        }
        add_runs(e, infos, n_infos);
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_revision revision;

        if (pfg_search_revision(&search, &revision, revisions[i], err)) {
            return -1;
        }
        query.revision = revision.id;
        if (pfg_store_find(e->store, &infos, &n_infos, &query, e->arena, err)) {
            return -1;
        }
        if (!n_infos) {
            return pfg_fail(err, PFG_DATA, "no results for '%s'", revisions[i]);
        }
        add_runs(e, infos, n_infos);
    }
    if (e->runs.n) {
        qsort(e->runs.at, e->runs.n, sizeof *e->runs.at, compare_runs);
    }
    return 0;
}

static int write_run(struct export *e, const struct pfg_run_info *line,
                     struct pfg_error *err)
{
    if (pfg_lines_put_run(&e->text, e->store, line, err) ||
        pfg_lines_put_verdicts(&e->text, e->store, line, err)) {
        return -1;
    }
    flush(e);
    return 0;
}

static int compare_changes(const void *a, const void *b)
{
    const struct pfg_baseline_change *left = a, *right = b;
    int order = (left->time > right->time) - (left->time < right->time);

    order = order ? order : strcmp(left->name, right->name);
    order = order ? order : strcmp(left->fingerprint, right->fingerprint);
    order = order ? order : strcmp(left->how, right->how);
    order = order ? order : strcmp(left->revision, right->revision);
    return order ? order
                 : (left->n_runs > right->n_runs) -
                       (left->n_runs < right->n_runs);
}

static int write_names(struct export *e, struct pfg_error *err)
{
    struct pfg_named_baseline *names;
    struct pfg_baseline_change *changes;
    size_t n_names, n_changes;

    if (pfg_store_baseline_list(e->store, &names, &n_names, e->arena, err) ||
        pfg_store_baseline_changes(e->store, &changes, &n_changes, NULL,
                                   e->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n_names; i++) {
        struct pfg_line_baseline line;

        if (pfg_lines_name(&line, e->store, &names[i], e->runs.at, e->runs.n,
                           e->arena, err)) {
            return -1;
        }
        pfg_lines_put_baseline(&e->text, &line);
    }
    if (n_changes) {
        qsort(changes, n_changes, sizeof *changes, compare_changes);
    }
    for (size_t i = 0; i < n_changes; i++) {
        pfg_lines_put_change(&e->text, &changes[i]);
    }
    return 0;
}

static int export(struct export *e, const char *const *revisions, size_t n,
                  struct pfg_error *err)
{
    if (find_runs(e, revisions, n, err)) {
        return -1;
    }
    pfg_lines_begin(&e->text);
    for (size_t i = 0; i < e->runs.n; i++) {
        if (write_run(e, &e->runs.at[i], err)) {
            return -1;
        }
    }
    if (!n && write_names(e, err)) {
        return -1;
    }
    flush(e);
    return 0;
}

int pfg_db_export(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *file = pfg_arguments_value(arguments, "output"), *path;
    struct export e = {.context = context,
                       .arena = arguments->arena,
                       .whole = file && strcmp(file, "-") != 0};
    int failed = pfg_workspace_open_vcs(&e.vcs, err);

    pfg_str_init(&e.text, 0);
    if (!failed) {
        path = pfg_workspace_database(pfg_arguments_value(arguments, "db"),
                                      e.vcs, e.arena);
        failed =
            pfg_store_open_reading(&e.store, NULL, path, err) ||
            export(&e, arguments->words + 1, arguments->n_words - 1, err) ||
            (e.whole && pfg_file_write(file, pfg_str_slice(&e.text), err));
    }
    pfg_str_free(&e.text);
    pfg_store_close(e.store);
    pfg_vcs_close(e.vcs);
    return failed ? -1 : 0;
}

/* --- import --- */

static int read_file(struct pfg_import *in, const char *path,
                     struct pfg_error *err)
{
    struct pfg_input *input = NULL;
    struct pfg_str text;
    int failed;

    pfg_str_init(&text, 0);
    failed = (strcmp(path, "-") ? pfg_input_open(&input, path, err)
                                : pfg_input_open_fd(&input, 0, path, err)) ||
             pfg_input_read_all(input, &text, MAX_BYTES, err) ||
             pfg_import_read(in, pfg_str_slice(&text), path, err);
    pfg_input_close(input);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

int pfg_db_import(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *path = pfg_arguments_value(arguments, "db");
    struct pfg_import in;
    struct pfg_merged merged;
    struct pfg_store *into = NULL;
    int failed = pfg_import_open(&in, err) ||
                 pfg_workspace_find_database(&path, path, in.arena, err);

    for (size_t i = 1; i < arguments->n_words && !failed; i++) {
        failed = read_file(&in, arguments->words[i], err);
    }
    failed = failed || pfg_store_open(&into, path, true, err) ||
             pfg_import_merge(&in, &merged, into, err);
    if (!failed) {
        pfg_print(context->err, "%s added, %zu already stored\n",
                  pfg_arena_counted(in.arena, merged.n_added, "run"),
                  merged.n_there);
    }
    pfg_store_close(into);
    pfg_import_close(&in);
    return failed ? -1 : 0;
}
