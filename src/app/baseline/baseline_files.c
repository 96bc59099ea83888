#include "app/baseline/baseline_files.h"

#include <string.h>

#include "base/file.h"
#include "config/read_baseline_limits.h"
#include "term/print.h"

const char *pfg_baseline_files_folder(const char *folder, struct pfg_vcs *vcs,
                                      struct pfg_arena *arena)
{
    if (folder) {
        return folder;
    }
    return pfg_path_join(arena, vcs ? pfg_vcs_root(vcs) : ".", "baselines");
}

/* The profiles with a file in a folder, for a message. */
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

/* "auto" prefers the default baseline but accepts any other. */
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

    *out = (struct pfg_baseline_pick){.how = "as requested"};
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
            arena, "no baseline%s in '%s' matches the hardware '%s'%s%s%s",
            strcmp(wanted, "auto")
                ? pfg_arena_printf(arena, " called '%s'", wanted)
                : "",
            folder, profile->name, n ? "; there are " : "",
            n ? names_in(files, n, arena) : "",
            n ? "" : ": no baseline files found");
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

/* --- showing --- */

/* Prints the limits that the file has. */
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
                    pfg_config_rule_words(rule, (enum pfg_rule_field)field,
                                          arena));
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
