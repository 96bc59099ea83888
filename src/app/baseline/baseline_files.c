#include "app/baseline/baseline_files.h"

#include <stdlib.h>
#include <string.h>

#include "app/baseline/base_runs.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "config/read_baseline_limits.h"
#include "json/json.h"
#include "model/name.h"
#include "term/print.h"

const char *pfg_baseline_files_folder(const char *folder, struct pfg_vcs *vcs,
                                      struct pfg_arena *arena)
{
    if (folder) {
        return folder;
    }
    return pfg_path_join(arena, vcs ? pfg_vcs_root(vcs) : ".", "baselines");
}

/* The profiles that a folder has, for a message. */
static const char *names_in(const char *const *files, size_t n,
                            struct pfg_arena *arena)
{
    struct pfg_str text;
    const char *names;

    pfg_str_init(&text, 300);
    for (size_t i = 0; i < n; i++) {
        const char *name = pfg_path_name(files[i]);

        pfg_str_printf(&text, "%s%.*s", i ? ", " : "",
                       (int)(strlen(name) - strlen(".json")), name);
    }
    names = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return names;
}

/* "auto" prefers the default baseline, and takes any other. */
static bool name_fits(const struct pfg_baseline *baseline, const char *wanted)
{
    return !strcmp(wanted, "auto") || !strcmp(baseline->name, wanted);
}

static int pick_best(struct pfg_baseline_pick *out, const char *wanted,
                     const char *const *files, size_t n,
                     const struct pfg_profile *profile, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    int best = 0;

    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline baseline;
        int fit;

        if (pfg_baseline_read(&baseline, files[i], arena, err)) {
            pfg_baseline_release(&out->baseline);
            return -1;
        }
        fit = name_fits(&baseline, wanted)
                  ? 2 * pfg_baseline_fits(&baseline, profile)
                  : 0;
        fit += fit && !strcmp(baseline.name, PFG_BASELINE_DEFAULT);
        if (fit <= best) {
            pfg_baseline_release(&baseline);
            continue;
        }
        pfg_baseline_release(&out->baseline);
        out->baseline = baseline;
        out->how = strcmp(baseline.profile.fingerprint, profile->fingerprint)
                       ? "its rule matches this hardware"
                       : "same hardware";
        best = fit;
    }
    return best;
}

bool pfg_baseline_files_is_file(const char *word)
{
    return strchr(word, '/') || pfg_slice_ends(pfg_slice_of(word), ".json") ||
           (pfg_file_exists(word) && !pfg_file_is_directory(word));
}

int pfg_baseline_files_pick(struct pfg_baseline_pick *out, const char *wanted,
                            const char *folder,
                            const struct pfg_profile *profile,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    const char **files;
    size_t n;
    int best;

    *out = (struct pfg_baseline_pick){.how = "as asked for"};
    if (pfg_file_exists(wanted) && !pfg_file_is_directory(wanted)) {
        return pfg_baseline_read(&out->baseline, wanted, arena, err);
    }
    if (pfg_baseline_files_is_file(wanted)) {
        return pfg_fail(err, PFG_DATA,
                        "cannot read baseline '%s': no such "
                        "file",
                        wanted);
    }
    if (pfg_baseline_list(&files, &n, folder, arena, err)) {
        return -1;
    }
    best = pick_best(out, wanted, files, n, profile, arena, err);
    if (best < 0) {
        return -1;
    }
    if (!best) {
        out->missing = pfg_arena_printf(
            arena, "no baseline%s in '%s' fits hardware '%s'%s%s%s",
            strcmp(wanted, "auto")
                ? pfg_arena_printf(arena, " called '%s'", wanted)
                : "",
            folder, profile->name, n ? "; there are " : "",
            n ? names_in(files, n, arena) : "",
            n ? "" : ": it has no baseline files");
    }
    return 0;
}

struct pfg_report_origin pfg_baseline_files_origin(
    const struct pfg_baseline *baseline, const char *how,
    struct pfg_arena *arena)
{
    const struct pfg_revision *revision =
        baseline->n_runs ? &baseline->runs[0]->revision : NULL;

    return (struct pfg_report_origin){
        .label = *baseline->name ? baseline->name : baseline->path,
        .id = revision ? revision->id : "",
        .subject = revision ? revision->subject : "",
        .time = baseline->saved,
        .n_runs = baseline->n_runs,
        .how = pfg_arena_printf(
            arena, "baseline file %s, %s%s", baseline->path, how,
            baseline->limits ? ", with its own limits" : ""),
    };
}

/* --- names in the database --- */

int pfg_baseline_files_find(struct pfg_found *out,
                            const struct pfg_search *search, const char *name,
                            const char *fingerprint, struct pfg_error *err)
{
    struct pfg_run_query query = {.fingerprint = fingerprint};
    struct pfg_run_info *infos;
    size_t n, n_ids;
    long *ids;

    out->n = 0;
    if (pfg_store_baseline_get(search->store, &ids, &n_ids, name, fingerprint,
                               search->arena, err) ||
        pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    out->infos = infos;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n_ids; j++) {
            if (infos[i].id == ids[j]) {
                out->infos[out->n++] = infos[i];
                break;
            }
        }
    }
    return 0;
}

/* --- saving --- */

struct save {
    const struct pfg_context *context;
    const struct pfg_baseline_save_options *options;
    struct pfg_search search;
    const char *folder;
    struct pfg_arena *arena;
};

/* The name comes out of a database, which may be of anybody. */
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
        save->arena, save->folder,
        name && strcmp(name, PFG_BASELINE_DEFAULT)
            ? pfg_arena_printf(save->arena, "%s.%s.json", hardware, name)
            : pfg_arena_printf(save->arena, "%s.json", hardware));
    return 0;
}

int pfg_baseline_files_check(const struct pfg_run_info *info,
                             struct pfg_error *err)
{
    if (!info->revision.dirty && !info->failed) {
        return 0;
    }
    pfg_fail(err, PFG_DATA, "run %ld was measured %s", info->id,
             info->failed ? "by a harness that failed"
                          : "with changes in the work tree");
    return pfg_hint(err, "measure the clean commit, or use --force");
}

/* Rules that somebody wrote into the file that is replaced. */
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

static void print_baseline(const struct save *save,
                           const struct pfg_baseline *baseline)
{
    struct pfg_str text;

    pfg_str_init(&text, 0);
    pfg_baseline_print(&text, baseline);
    fwrite(text.ptr, 1, text.len, save->context->out);
    pfg_str_free(&text);
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
        print_baseline(save, baseline);
        return 0;
    }
    copy_limits(baseline, path, save->arena);
    failed = pfg_baseline_write(baseline, path, err);
    pfg_json_free(baseline->limits);
    baseline->limits = NULL;
    if (failed) {
        return -1;
    }
    pfg_print(save->context->err, "%s: %zu run%s of %.40s on %s\n", path,
              baseline->n_runs, baseline->n_runs == 1 ? "" : "s",
              baseline->runs[0]->revision.id, baseline->profile.name);
    return 0;
}

static int save_profile(const struct save *save, const struct pfg_found *found,
                        const char *fingerprint, struct pfg_error *err)
{
    struct pfg_run **runs =
        pfg_arena_new_array(save->arena, struct pfg_run *, found->n);
    struct pfg_baseline baseline = {
        .name =
            save->options->name ? save->options->name : PFG_BASELINE_DEFAULT,
        .saved = save->context->now,
        .runs = runs,
    };
    int failed = 0;

    for (size_t i = found->n; i-- > 0 && !failed;) {
        if (strcmp(found->infos[i].fingerprint, fingerprint)) {
            continue;
        }
        failed = (!save->options->force &&
                  pfg_baseline_files_check(&found->infos[i], err)) ||
                 pfg_store_load(save->search.store, &runs[baseline.n_runs],
                                found->infos[i].id, err);
        baseline.n_runs += !failed;
    }
    if (!failed) {
        baseline.profile = runs[0]->profile;
        failed = write_baseline(save, &baseline, err);
    }
    for (size_t i = 0; i < baseline.n_runs; i++) {
        pfg_run_free(runs[i]);
    }
    return failed ? -1 : 0;
}

static int find_stored(const struct save *save, struct pfg_found *out,
                       struct pfg_error *err)
{
    *out = (struct pfg_found){0};
    if (pfg_baseline_files_find(out, &save->search, save->options->name, NULL,
                                err)) {
        return -1;
    }
    if (out->n) {
        return 0;
    }
    pfg_fail(err, PFG_DATA, "no baseline called '%s' in the database",
             save->options->name);
    return pfg_hint(err, "'perfgate baseline list' lists the names; --commit "
                         "exports a commit's results under this name");
}

static int find_measured(struct save *save, struct pfg_found *out,
                         struct pfg_error *err)
{
    struct pfg_search *search = &save->search;
    struct pfg_revision revision;
    int failed =
        save->options->revision
            ? pfg_search_revision(search, &revision, save->options->revision,
                                  err)
            : pfg_workspace_revision(&revision, save->context, search->vcs,
                                     NULL, save->arena, err);

    if (failed || pfg_search_runs(search, out, &revision, NULL, err)) {
        return -1;
    }
    return out->n ? 0
                  : pfg_fail(err, PFG_DATA, "no results for '%.40s' to save",
                             revision.id);
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
                        "nothing on hardware '%s'; there is "
                        "'%s'",
                        hardware, found->infos[0].profile);
    }
    found->n = kept;
    return 0;
}

static int save_all(struct save *save, struct pfg_error *err)
{
    struct pfg_found found;
    struct pfg_map profiles;

    if ((save->options->stored ? find_stored(save, &found, err)
                               : find_measured(save, &found, err)) ||
        filter_profile(&found, save->options->hardware, err)) {
        return -1;
    }
    pfg_map_init(&profiles, save->arena);
    for (size_t i = 0; i < found.n; i++) {
        *pfg_map_at(&profiles, pfg_slice_of(found.infos[i].fingerprint)) = save;
    }
    if (save->options->file && profiles.n > 1) {
        pfg_fail(err, PFG_USAGE,
                 "'%.40s' has results on %zu hardware profiles, and a baseline "
                 "file holds one",
                 save->options->stored ? save->options->name
                                       : found.infos[0].revision.id,
                 profiles.n);
        return pfg_hint(err, "choose one with --hardware '%s'",
                        found.infos[0].profile);
    }
    for (size_t i = 0; i < profiles.n; i++) {
        if (save_profile(save, &found, profiles.entries[i].key.ptr, err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_baseline_files_save(const struct pfg_context *context,
                            const struct pfg_baseline_save_options *options,
                            struct pfg_error *err)
{
    struct save save = {
        .context = context,
        .options = options,
        .search = {.context = context},
        .arena = pfg_arena_new(),
    };
    struct pfg_search *search = &save.search;
    int failed;

    search->arena = save.arena;
    failed = pfg_workspace_open_vcs(&search->vcs, err);
    if (!failed) {
        save.folder =
            pfg_baseline_files_folder(options->folder, search->vcs, save.arena);
        failed = pfg_store_open(&search->store,
                                pfg_workspace_database(options->database,
                                                       search->vcs, save.arena),
                                false, err) ||
                 save_all(&save, err);
    }
    pfg_store_close(search->store);
    pfg_vcs_close(search->vcs);
    pfg_arena_free(save.arena);
    return failed ? -1 : 0;
}

/* --- showing --- */

/* What the file says of its limits, as it would be judged by. */
static int show_limits(const struct pfg_context *context, const char *path,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    const char *title = "limits";
    struct pfg_config *own;

    if (pfg_config_read_baseline_limits(&own, path, err)) {
        return -1;
    }
    if (own && own->sets & PFG_CONFIG_THRESHOLD) {
        pfg_print(context->out, "  %-8s  threshold %g%%\n", title,
                  own->threshold * 100);
        title = "";
    }
    for (size_t i = 0; own && i < own->rules.n; i++) {
        const struct pfg_rule *rule = &own->rules.at[i];

        for (int field = 0; field < PFG_N_RULE_FIELDS; field++) {
            if (rule->sets >> field & 1) {
                pfg_print(
                    context->out, "  %-8s  %s: %s %s\n", title, rule->source,
                    rule->benchmark ? pfg_pattern_text(rule->benchmark) : "*",
                    pfg_rule_describe(rule, (enum pfg_rule_field)field, arena));
                title = "";
            }
        }
    }
    pfg_config_free(own);
    return 0;
}

int pfg_baseline_files_show(const struct pfg_context *context, const char *path,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_baseline baseline;
    char saved[PFG_TIME_TEXT];
    size_t n_series = 0;

    if (pfg_baseline_read(&baseline, path, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < baseline.n_runs; i++) {
        n_series += baseline.runs[i]->series.n;
    }
    pfg_print(context->out, "%s\n  name      %s\n  hardware  %s\n", path,
              baseline.name,
              *baseline.profile.name ? baseline.profile.name : "not said");
    for (size_t i = 0; i < baseline.n_match; i++) {
        pfg_print(context->out, "  matches   %s %s\n", baseline.match[i].field,
                  baseline.match[i].glob ? baseline.match[i].glob : "absent");
    }
    pfg_time_short(saved, baseline.saved);
    pfg_print(context->out, "  saved     %s\n", *saved ? saved : "unknown");
    pfg_print(context->out, "  of        %s\n",
              !baseline.n_runs                 ? "nothing"
              : *baseline.runs[0]->revision.id ? baseline.runs[0]->revision.id
                                               : "no version");
    pfg_print(context->out, "  holds     %zu run%s, %zu series\n",
              baseline.n_runs, baseline.n_runs == 1 ? "" : "s", n_series);
    pfg_baseline_release(&baseline);
    return show_limits(context, path, arena, err);
}
