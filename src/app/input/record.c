#include "app/input/record.h"

#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "model/codec/codec.h"
#include "store/store.h"
#include "term/print.h"

/* An input and its runs; the values of the command line are one input. */
struct source {
    size_t first, n; /* of its runs */
};

struct recording {
    const struct pfg_context *context;
    const struct pfg_record_options *options;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs;
    struct pfg_runs runs;
    PFG_VEC(struct source) sources;
};

static void print_runs(const struct pfg_context *context,
                       const struct pfg_runs *runs)
{
    struct pfg_str text;

    pfg_str_init(&text, 0);
    for (size_t i = 0; i < runs->n; i++) {
        pfg_codec_print_run(&text, runs->at[i]);
        fwrite(text.ptr, 1, text.len, context->out);
        pfg_str_clear(&text);
    }
    pfg_str_free(&text);
}

/* What happened to the runs of a source, ": already stored"; "" : nothing was
 * requested. `became` is for all runs; NULL if nothing was stored. */
static const char *outcome_of(const struct recording *r,
                              const struct source *source,
                              const enum pfg_stored *became)
{
    const struct pfg_run *run = r->runs.at[source->first];
    size_t n_new = 0;

    if (!became) {
        return "";
    }
    for (size_t i = 0; i < source->n; i++) {
        n_new += became[source->first + i] != PFG_STORED_ALREADY;
    }
    return source->n > 1
               ? pfg_arena_printf(r->arena,
                                  ": %zu stored on %s, %zu already stored",
                                  n_new, run->profile.name, source->n - n_new)
           : !n_new
               ? ": already stored"
               : pfg_arena_printf(
                     r->arena, ": stored under %s%s on %s",
                     pfg_workspace_short_id(&run->revision, r->arena),
                     run->revision.dirty ? " (dirty)" : "", run->profile.name);
}

static void print_source(const struct recording *r, const struct source *source,
                         const enum pfg_stored *became)
{
    const struct pfg_run *run = r->runs.at[source->first];
    size_t n_measurements = 0, n_warnings = 0;
    const char *series;

    for (size_t i = 0; i < source->n; i++) {
        n_measurements += r->runs.at[source->first + i]->n_measurements;
        n_warnings += r->runs.at[source->first + i]->n_warnings;
    }
    series =
        source->n > 1
            ? pfg_arena_printf(r->arena, "in %s",
                               pfg_arena_counted(r->arena, source->n, "run"))
            : pfg_arena_printf(r->arena, "of %zu series", run->series.n);
    pfg_print(r->context->err, "%s: %s %s (%s), %s%s\n", run->source,
              pfg_arena_counted(r->arena, n_measurements, "measurement"),
              series, run->tool,
              pfg_arena_counted(r->arena, n_warnings, "warning"),
              outcome_of(r, source, became));
}

static void print_sources(const struct recording *r,
                          const enum pfg_stored *became)
{
    for (size_t i = 0; i < r->sources.n; i++) {
        print_source(r, &r->sources.at[i], became);
    }
}

static int store_runs(struct recording *r, struct pfg_error *err)
{
    const char *path =
        pfg_workspace_database(r->options->database, r->vcs, r->arena);
    enum pfg_stored *became =
        pfg_arena_new_array(r->arena, enum pfg_stored, r->runs.n);
    struct pfg_store *store = NULL;
    int failed = pfg_store_open(&store, path, true, err) ||
                 pfg_store_add(store, became, r->runs.at, r->runs.n, err);

    if (!failed) {
        print_sources(r, became);
    }
    pfg_store_close(store);
    return failed ? -1 : 0;
}

static int read_all(struct recording *r, struct pfg_error *err)
{
    const struct pfg_record_options *options = r->options;
    struct source source;

    for (size_t i = 0; i < options->n_paths; i++) {
        source.first = r->runs.n;
        if (pfg_read_runs(&r->runs, r->context, options->paths[i],
                          &options->read, err)) {
            return -1;
        }
        source.n = r->runs.n - source.first;
        pfg_vec_push(&r->sources, r->arena, source);
    }
    if (options->n_values) {
        source = (struct source){.first = r->runs.n, .n = 1};
        if (pfg_read_values(&r->runs, r->context, options->values,
                            options->n_values, &options->read, err)) {
            return -1;
        }
        pfg_vec_push(&r->sources, r->arena, source);
    }
    return 0;
}

/* Completes the commit of a run of a history: from git if it knows the commit,
 * else from the file. */
static int set_revision(struct recording *r, struct pfg_run *run,
                        struct pfg_error *err)
{
    struct pfg_revision in_file = run->revision;

    if (pfg_workspace_revision(&run->revision, r->context, r->vcs, in_file.id,
                               run->arena, err)) {
        return -1;
    }
    if (run->revision.named) {
        run->revision.named = !pfg_revision_is_commit(in_file.id);
        run->revision.subject = in_file.subject;
        run->revision.time = in_file.time;
    }
    return 0;
}

/* What a file says about a machine whose CPU it does not name; "" if it does.
 * The clock is shown but not part of a name, because it differs from run to
 * run. */
static const char *describe_unnamed_cpu(const struct pfg_run *run,
                                        struct pfg_arena *arena)
{
    const char *mhz = NULL;

    if (run->profile.cpu_name && *run->profile.cpu_name) {
        return "";
    }
    for (size_t i = 0; i < run->facts.n; i++) {
        if (!strcmp(run->facts.at[i].key, "mhz_per_cpu")) {
            mhz = run->facts.at[i].value;
        }
    }
    return pfg_arena_printf(arena, " and does not name its CPU%s%s%s",
                            mhz ? " (" : "", mhz ? mhz : "",
                            mhz ? " MHz)" : "");
}

/* Sets the profile: this machine's, or that of the machine in the file. */
static int set_profile(struct recording *r, struct pfg_run *run,
                       const struct pfg_profile *here, const char **last_why,
                       struct pfg_error *err)
{
    const struct pfg_record_options *options = r->options;
    size_t given = options->read.n_facts; /* from the user, which come first */
    const char *why = NULL;

    run->profile = *here;
    if (options->hardware) {
        return 0;
    }
    if (pfg_workspace_profile_said(&run->profile, &why, r->context, here,
                                   run->facts.at + given, run->facts.n - given,
                                   options->config, r->arena, err)) {
        return -1;
    }
    if (why && (!*last_why || strcmp(*last_why, why))) {
        pfg_context_warn(r->context,
                         "%s was measured on another machine (%s)%s: stored "
                         "under '%s'; use '--hardware NAME' to change it",
                         run->source, why, describe_unnamed_cpu(run, r->arena),
                         run->profile.name);
        *last_why = why;
    }
    return 0;
}

static int complete_runs(struct recording *r,
                         const struct pfg_revision *revision,
                         struct pfg_error *err)
{
    struct pfg_profile profile;
    const char *last_why = NULL;

    if (pfg_workspace_profile(&profile, r->context, r->options->hardware,
                              r->options->config, r->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < r->runs.n; i++) {
        struct pfg_run *run = r->runs.at[i];

        if (set_profile(r, run, &profile, &last_why, err)) {
            return -1;
        }
        if (revision) {
            run->revision = *revision;
        } else if (set_revision(r, run, err)) {
            return -1;
        }
    }
    return 0;
}

static int record_in(struct recording *r, struct pfg_error *err)
{
    const struct pfg_record_options *options = r->options;
    bool split = options->read.collect.split;
    struct pfg_revision revision;

    /* Before reading, which may take long. */
    if (!options->dry_run &&
        (pfg_workspace_open_vcs(&r->vcs, err) ||
         (!split && pfg_workspace_commit(&revision, r->context, r->vcs,
                                         options->commit, options->paths,
                                         options->n_paths, r->arena, err)))) {
        return -1;
    }
    if (read_all(r, err)) {
        return -1;
    }
    if (options->print) {
        print_runs(r->context, &r->runs);
    }
    if (options->dry_run) {
        print_sources(r, NULL);
        return 0;
    }
    return complete_runs(r, split ? NULL : &revision, err) || store_runs(r, err)
               ? -1
               : 0;
}

int pfg_record(const struct pfg_context *context,
               const struct pfg_record_options *options, struct pfg_error *err)
{
    struct recording r = {
        .context = context, .options = options, .arena = pfg_arena_new()};
    int failed = record_in(&r, err);

    pfg_vcs_close(r.vcs);
    pfg_read_free(&r.runs);
    pfg_arena_free(r.arena);
    return failed;
}
