#include "app/baseline/baseline_files.h"

#include <string.h>

#include "app/baseline/named_baselines.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "model/name.h"
#include "term/print.h"
#include "json/json.h"

/* --- saving --- */

struct save {
    const struct pfg_search *search;
    const struct pfg_baseline_save_options *options;
    struct pfg_arena *arena;
};

/* Checks the name, because it comes from a database that anybody may have made.
 */
static int file_for(const struct save *save, const char **out,
                    const char *hardware, struct pfg_error *err)
{
    const char *name = save->options->name;

    *out = save->options->file;
    if (*out) {
        return 0;
    }
    if (pfg_name_check(hardware, "hardware", PFG_DATA, (struct pfg_pos){0},
                       err)) {
        return pfg_hint(err, "export each to a file with --output");
    }
    *out = pfg_path_join(
        save->arena, save->options->folder,
        name && strcmp(name, PFG_BASELINE_DEFAULT)
            ? pfg_arena_printf(save->arena, "%s.%s.json", hardware, name)
            : pfg_arena_printf(save->arena, "%s.json", hardware));
    return 0;
}

/* Copies what people wrote into the file that is replaced. */
static void copy_limits(struct pfg_baseline *baseline, const char *path,
                        struct pfg_arena *arena)
{
    struct pfg_baseline before;

    if (pfg_file_exists(path) &&
        !pfg_baseline_read(&before, path, arena, NULL)) {
        baseline->match = before.match;
        baseline->n_match = before.n_match;
        baseline->limits = before.limits;
        before.limits = NULL;
        pfg_baseline_release(&before);
    }
}

static int write_baseline(const struct save *save,
                          struct pfg_baseline *baseline, struct pfg_error *err)
{
    const char *path;
    int failed;

    if (file_for(save, &path, baseline->profile.name, err)) {
        return -1;
    }
    if (!strcmp(path, "-")) {
        struct pfg_str text = pfg_str_in(save->arena);

        pfg_baseline_print(&text, baseline);
        fwrite(text.ptr, 1, text.len, save->search->context->out);
        return 0;
    }
    copy_limits(baseline, path, save->arena);
    failed = pfg_baseline_write(baseline, path, err);
    pfg_json_free(baseline->limits);
    baseline->limits = NULL;
    if (failed) {
        return -1;
    }
    pfg_print(save->search->context->err, "%s: %zu run%s of %.40s on %s\n",
              path, baseline->n_runs, baseline->n_runs == 1 ? "" : "s",
              baseline->runs[0]->revision.id, baseline->profile.name);
    return 0;
}

/* Runs come newest first and are saved in the order of measuring. */
static int save_profile(const struct save *save, const struct pfg_found *found,
                        const char *fingerprint, struct pfg_error *err)
{
    const char *name = save->options->name;
    struct pfg_baseline baseline = {
        .name = name ? name : PFG_BASELINE_DEFAULT,
        .saved = save->search->context->now,
        .runs = pfg_arena_new_array(save->arena, struct pfg_run *, found->n),
    };
    long *ids = pfg_arena_new_array(save->arena, long, found->n);
    size_t n = 0;
    int failed;

    for (size_t i = found->n; i-- > 0;) {
        if (!strcmp(found->infos[i].fingerprint, fingerprint)) {
            ids[n++] = found->infos[i].id;
        }
    }
    if (pfg_store_load_list(save->search->store, baseline.runs, ids, n, false,
                            err)) {
        return -1;
    }
    baseline.n_runs = n;
    baseline.profile = baseline.runs[0]->profile;
    failed = write_baseline(save, &baseline, err);
    for (size_t i = 0; i < n; i++) {
        pfg_run_free(baseline.runs[i]);
    }
    return failed;
}

static int find_stored(const struct save *save, struct pfg_found *out,
                       struct pfg_error *err)
{
    *out = (struct pfg_found){0};
    if (pfg_baseline_files_find(out, save->search, save->options->name, NULL,
                                err)) {
        return -1;
    }
    if (out->n) {
        return 0;
    }
    pfg_fail(err, PFG_DATA, "no baseline named '%s' in the database",
             save->options->name);
    return pfg_hint(err,
                    "'perfgate baseline list' lists the names; use --commit to "
                    "export a commit's results under this name");
}

/* The revision to save: the one that was named, else the tag called like the
 * baseline, else the commit under test. */
static int find_revision(const struct save *save, struct pfg_revision *out,
                         struct pfg_error *err)
{
    const struct pfg_search *search = save->search;
    const char *name = save->options->name;

    if (save->options->revision) {
        return pfg_search_revision(search, out, save->options->revision, err);
    }
    if (search->vcs && name &&
        !pfg_vcs_resolve(search->vcs, out,
                         pfg_arena_printf(save->arena, "refs/tags/%s", name),
                         NULL, save->arena, NULL)) {
        pfg_print(search->context->err, "%s: the commit of the tag, %.10s %s\n",
                  name, out->id, out->subject);
        return 0;
    }
    return pfg_workspace_revision(out, search->context, search->vcs, NULL,
                                  save->arena, err);
}

static int find_measured(const struct save *save, struct pfg_found *out,
                         struct pfg_error *err)
{
    struct pfg_revision revision;

    if (find_revision(save, &revision, err) ||
        pfg_search_runs(save->search, out, &revision, NULL, err)) {
        return -1;
    }
    if (out->n) {
        return 0;
    }
    pfg_fail(err, PFG_DATA, "no results for '%.40s' to save", revision.id);
    return pfg_hint(err, "measure it, or choose another commit with --commit");
}

static int filter_profile(struct pfg_found *found, const char *hardware,
                          struct pfg_error *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < found->n; i++) {
        if (!hardware || !strcmp(found->infos[i].profile, hardware)) {
            found->infos[kept++] = found->infos[i];
        }
    }
    if (!kept) {
        return pfg_fail(err, PFG_DATA,
                        "no results on hardware '%s', only on '%s'", hardware,
                        found->infos[0].profile);
    }
    found->n = kept;
    return 0;
}

/* A run that was measured with changes in the work tree, or whose harness
 * failed, cannot be a baseline. */
static int check_run(const struct pfg_run_info *info, struct pfg_error *err)
{
    if (!info->revision.dirty && !info->failed) {
        return 0;
    }
    pfg_fail(err, PFG_DATA, "run %ld was measured %s", info->id,
             info->failed ? "by a benchmark run that failed"
                          : "with uncommitted changes");
    return pfg_hint(err, "measure the clean commit, or use --force");
}

int pfg_baseline_find(const struct pfg_search *search, struct pfg_found *out,
                      const struct pfg_baseline_save_options *options,
                      struct pfg_error *err)
{
    const struct save save = {search, options, search->arena};

    if ((options->stored ? find_stored(&save, out, err)
                         : find_measured(&save, out, err)) ||
        filter_profile(out, options->hardware, err)) {
        return -1;
    }
    for (size_t i = 0; i < out->n && !options->force; i++) {
        if (check_run(&out->infos[i], err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_baseline_save(const struct pfg_search *search,
                      const struct pfg_baseline_save_options *options,
                      struct pfg_error *err)
{
    const struct save save = {search, options, search->arena};
    struct pfg_found found;
    struct pfg_map profiles;

    if (pfg_baseline_find(search, &found, options, err)) {
        return -1;
    }
    pfg_map_init(&profiles, save.arena);
    for (size_t i = 0; i < found.n; i++) {
        pfg_map_at(&profiles, pfg_slice_of(found.infos[i].fingerprint));
    }
    if (options->file && profiles.n > 1) {
        pfg_fail(err, PFG_USAGE,
                 "'%.40s' has results on %zu hardware profiles, but a baseline "
                 "file holds only one",
                 options->stored ? options->name : found.infos[0].revision.id,
                 profiles.n);
        return pfg_hint(err, "choose one with --hardware '%s'",
                        found.infos[0].profile);
    }
    for (size_t i = 0; i < profiles.n; i++) {
        if (save_profile(&save, &found, profiles.entries[i].key.ptr, err)) {
            return -1;
        }
    }
    return 0;
}

/* --- importing --- */

/* Adds what a hand-written file leaves out. */
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

static int import_into(const struct pfg_search *s, struct pfg_store *scratch,
                       const struct pfg_baseline *baseline, const char *as,
                       struct pfg_error *err)
{
    size_t n = baseline->n_runs;
    enum pfg_stored *became = pfg_arena_new_array(s->arena, enum pfg_stored, n);
    long *ids = pfg_arena_new_array(s->arena, long, n);
    const char *name = as ? as : baseline->name;
    const char *how = pfg_arena_printf(s->arena, "imported from '%s'",
                                       pfg_path_name(baseline->path));

    if (!n) {
        return pfg_fail(err, PFG_DATA, "'%s' has no runs", baseline->path);
    }
    name = *name ? name : PFG_BASELINE_DEFAULT;
    for (size_t i = 0; i < n; i++) {
        complete_run(baseline->runs[i], baseline);
    }
    if (pfg_names_check(name, err) ||
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
                         "'%s' has its own limits, which are not imported: the "
                         "database holds only results",
                         baseline->path);
    }
    pfg_print(s->context->err, "%s: %s of %.40s on %s, named '%s'\n",
              baseline->path, pfg_arena_counted(s->arena, n, "run"),
              baseline->runs[0]->revision.id, baseline->profile.name, name);
    return 0;
}

static int import_file(const struct pfg_search *s, struct pfg_store *scratch,
                       const char *path, const char *as, struct pfg_error *err)
{
    struct pfg_baseline baseline;
    int failed;

    if (pfg_baseline_read(&baseline, path, s->arena, err)) {
        return -1;
    }
    failed = import_into(s, scratch, &baseline, as, err);
    pfg_baseline_release(&baseline);
    return failed;
}

int pfg_baseline_import(const struct pfg_search *s, const char *const *files,
                        size_t n, const char *as, struct pfg_error *err)
{
    struct pfg_store *scratch = NULL;
    struct pfg_merged merged;
    int failed = pfg_store_open_scratch(&scratch, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed = import_file(s, scratch, files[i], as, err);
    }
    failed = failed || pfg_store_merge(s->store, &merged, &scratch, 1, err);
    if (!failed) {
        pfg_print(s->context->err, "%s stored, %zu already stored\n",
                  pfg_arena_counted(s->arena, merged.n_added, "run"),
                  merged.n_there);
    }
    pfg_store_close(scratch);
    return failed;
}
