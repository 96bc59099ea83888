#include "app/record.h"

#include <string.h>

#include "app/place.h"
#include "base/memory.h"
#include "model/codec.h"
#include "store/store.h"

#define MAX_SHOWN 20

static void show_remarks(const struct pfg_context *context,
                         const struct pfg_collector *collector)
{
    size_t total = collector->run->n_warnings;
    size_t shown = collector->remarks.n < MAX_SHOWN ? collector->remarks.n
                                                    : MAX_SHOWN;

    for (size_t i = 0; i < shown; i++) {
        const struct pfg_remark *remark = &collector->remarks.at[i];

        if (remark->line) {
            fprintf(context->err, "%s:%ld: %s\n", remark->file, remark->line,
                    remark->message);
        } else {
            fprintf(context->err, "%s: %s\n", remark->file, remark->message);
        }
    }
    if (total > shown) {
        fprintf(context->err, "%s: %zu more warnings\n",
                collector->run->source, total - shown);
    }
}

static int check_result(const struct pfg_run *run,
                        const struct pfg_read_options *options,
                        struct pfg_error *err)
{
    if (run->n_measurements == 0 && *run->failure) {
        return pfg_fail(err, PFG_DATA, "no benchmark results in '%s': %s",
                        run->source, run->failure);
    }
    if (run->n_measurements == 0) {
        return pfg_fail(err, PFG_DATA, "no benchmark results in '%s'",
                        run->source);
    }
    if (options->strict && run->n_warnings) {
        pfg_fail(err, PFG_DATA, "'%s': %zu warnings, and --strict makes them "
                 "errors", run->source, run->n_warnings);
        return -1;
    }
    return 0;
}

/* A user's word about when it was measured is the start of a process, so that
 * interleaved calls can be seen to alternate. */
static void apply_time(struct pfg_run *run, pfg_time at)
{
    if (at && run->processes.n == 1 && !run->processes.at[0].time) {
        run->processes.at[0].time = at;
    }
}

/* Standard input is never taken for a repeat; a file measured at a time that
 * the user names is another measurement, whatever its bytes. */
static const char *identity(struct pfg_run *run, const char *digest,
                            const struct pfg_read_options *options)
{
    if (!strcmp(run->source, "-") || !digest[0]) {
        return "";
    }
    return options->at ? pfg_arena_printf(run->arena, "%s@%lld", digest,
                                          (long long)options->at)
                       : pfg_arena_strdup(run->arena, digest);
}

int pfg_read_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *path, const struct pfg_read_options *options,
                 struct pfg_error *err)
{
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    struct pfg_ingest_result result = {0};
    struct pfg_sink sink;
    int failed;

    run->source = pfg_arena_strdup(run->arena, path);
    run->time = options->at ? options->at : context->now;
    for (size_t i = 0; i < options->n_facts; i++) {
        pfg_vec_push(&run->facts, run->arena, options->facts[i]);
    }
    pfg_collect_begin(&collector, run, &options->collect);
    sink = pfg_collect_sink(&collector);
    failed = pfg_ingest_path(&result, path, &options->ingest, &sink, err);
    pfg_collect_end(&collector);
    show_remarks(context, &collector);
    if (failed || check_result(run, options, err)) {
        pfg_run_free(run);
        return -1;
    }
    apply_time(run, options->at);
    run->tool = pfg_arena_strdup(run->arena, result.tools);
    run->digest = identity(run, result.digest, options);
    *out = run;
    return 0;
}

static void print_runs(const struct pfg_context *context,
                       struct pfg_run *const *runs, size_t n)
{
    struct pfg_str text;

    pfg_str_init(&text, 0);
    for (size_t i = 0; i < n; i++) {
        pfg_codec_print_run(&text, runs[i]);
        fwrite(text.ptr, 1, text.len, context->out);
        pfg_str_clear(&text);
    }
    pfg_str_free(&text);
}

static void say_what(const struct pfg_context *context,
                     const struct pfg_run *run, const char *became)
{
    fprintf(context->err,
            "%s: %zu measurement%s of %zu series (%s), %zu warning%s%s%s\n",
            run->source, run->n_measurements,
            run->n_measurements == 1 ? "" : "s", run->series.n, run->tool,
            run->n_warnings, run->n_warnings == 1 ? "" : "s",
            *became ? ": " : "", became);
}

static const char *short_id(const struct pfg_revision *revision,
                            struct pfg_arena *arena)
{
    return revision->named ? revision->id
                           : pfg_arena_printf(arena, "%.10s", revision->id);
}

static int store_runs(const struct pfg_context *context,
                      const struct pfg_record_options *options,
                      struct pfg_run *const *runs, struct pfg_vcs *vcs,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *path = pfg_place_database(options->database, vcs, arena);
    enum pfg_stored *became =
        pfg_arena_new_array(arena, enum pfg_stored, options->n_paths);
    struct pfg_store *store = NULL;
    int failed = pfg_store_open(&store, path, true, err) ||
                 pfg_store_add(store, became, runs, options->n_paths, err);

    for (size_t i = 0; i < options->n_paths && !failed; i++) {
        const struct pfg_revision *revision = &runs[i]->revision;

        say_what(context, runs[i],
                 became[i] == PFG_STORED_ALREADY
                     ? "already stored, nothing to do"
                     : pfg_arena_printf(arena, "stored under %s%s on %s",
                                        short_id(revision, arena),
                                        revision->dirty ? " (dirty)" : "",
                                        runs[i]->profile.name));
    }
    pfg_store_close(store);
    return failed ? -1 : 0;
}

static int record_in(const struct pfg_context *context,
                     const struct pfg_record_options *options,
                     struct pfg_run **runs, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_profile profile;
    struct pfg_revision revision;
    struct pfg_vcs *vcs = NULL;
    int failed = 0;

    if (!options->dry_run) {
        failed = pfg_place_open_vcs(&vcs, err) ||
                 pfg_place_revision(&revision, context, vcs, options->commit,
                                    arena, err);
    }
    for (size_t i = 0; i < options->n_paths && !failed; i++) {
        failed = pfg_read_run(&runs[i], context, options->paths[i],
                              &options->read, err);
    }
    if (!failed && options->print) {
        print_runs(context, runs, options->n_paths);
    }
    if (!failed && options->dry_run) {
        for (size_t i = 0; i < options->n_paths; i++) {
            say_what(context, runs[i], "");
        }
    } else if (!failed) {
        profile = pfg_place_profile(context, options->hardware, arena);
        for (size_t i = 0; i < options->n_paths; i++) {
            runs[i]->revision = revision;
            runs[i]->profile = profile;
        }
        failed = store_runs(context, options, runs, vcs, arena, err);
    }
    pfg_vcs_close(vcs);
    return failed ? -1 : 0;
}

int pfg_record(const struct pfg_context *context,
               const struct pfg_record_options *options, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run **runs =
        pfg_arena_new_array(arena, struct pfg_run *, options->n_paths);
    int failed = record_in(context, options, runs, arena, err);

    for (size_t i = 0; i < options->n_paths; i++) {
        pfg_run_free(runs[i]);
    }
    pfg_arena_free(arena);
    return failed;
}
