#include "app/input/read_inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/input/watching.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/hash.h"
#include "config/config.h"
#include "ingest/custom/generic.h"
#include "ingest/table/own_format.h"
#include "term/print.h"

#define MAX_SHOWN 20

void pfg_read_free(struct pfg_runs *runs)
{
    for (size_t i = 0; i < runs->n; i++) {
        pfg_run_free(runs->at[i]);
    }
    pfg_vec_free(runs);
}

void pfg_runs_add(struct pfg_runs *out, struct pfg_run *const *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(out, NULL, runs[i]);
    }
}

static void show_remarks(const struct pfg_context *context,
                         const struct pfg_collector *collector)
{
    size_t total = collector->first->n_warnings;
    size_t shown =
        collector->remarks.n < MAX_SHOWN ? collector->remarks.n : MAX_SHOWN;

    for (size_t i = 0; i < shown; i++) {
        const struct pfg_remark *remark = &collector->remarks.at[i];

        if (remark->line) {
            pfg_print(context->err, "%s:%ld: %s\n", remark->file, remark->line,
                      remark->message);
        } else {
            pfg_print(context->err, "%s: %s\n", remark->file, remark->message);
        }
    }
    if (total > shown) {
        pfg_print(context->err, "%s: %zu more warnings\n",
                  collector->first->source, total - shown);
    }
}

static int check_result(const struct pfg_collector *collector,
                        const struct pfg_read_options *options,
                        struct pfg_error *err)
{
    const struct pfg_run *run = collector->first;
    size_t n = run->n_measurements;

    for (size_t i = 0; i < collector->more.n; i++) {
        n += collector->more.at[i]->n_measurements;
    }
    if (!n) {
        return pfg_fail(err, PFG_DATA, "no benchmark results in '%s'%s%s",
                        run->source, *run->failure ? ": " : "", run->failure);
    }
    if (collector->full) {
        pfg_fail(err, PFG_DATA, "'%s' has more than %zu series", run->source,
                 collector->max_series);
        return pfg_hint(err, "do the names contain times or IDs that differ "
                             "from run to run? --max-series N allows more");
    }
    if (options->strict && run->n_warnings) {
        return pfg_fail(err, PFG_DATA,
                        "'%s': %zu warnings, which --strict treats as errors",
                        run->source, run->n_warnings);
    }
    if (options->collect.split && !collector->revision) {
        return pfg_fail(err, PFG_DATA, "'%s' does not name its commit",
                        run->source);
    }
    if (!options->collect.split && collector->n_revisions > 1) {
        pfg_fail(err, PFG_DATA, "'%s' contains the results of several commits",
                 run->source);
        return pfg_hint(err, "'perfgate ingest --commit-from-file' stores each "
                             "under its own commit");
    }
    return 0;
}

/* A time given by the user counts as the start of a process, so that separate
 * calls can be recognized as alternating. */
static void apply_time(struct pfg_run *run, pfg_time at)
{
    if (at && run->processes.n == 1 && !run->processes.at[0].time) {
        run->processes.at[0].time = at;
    }
}

/* Standard input is never a repeat. Nor is a file measured at a time that the
 * user gave, or of another variant, even with the same bytes: counts and sizes
 * are often equal. */
static const char *identity(struct pfg_run *run, const char *digest,
                            const struct pfg_read_options *options)
{
    const char *text;

    if (!strcmp(run->source, "-") || !digest[0]) {
        return "";
    }
    text = options->at ? pfg_arena_printf(run->arena, "%s@%lld", digest,
                                          (long long)options->at)
                       : pfg_arena_strdup(run->arena, digest);
    for (size_t i = 0; i < options->collect.n_variant; i++) {
        text = pfg_arena_printf(run->arena, "%s %s=%s", text,
                                options->collect.variant[i].key,
                                options->collect.variant[i].value);
    }
    return text;
}

/* The time of measuring, as far as the input has it. */
static pfg_time time_said(const struct pfg_run *run)
{
    return run->processes.n && run->processes.at[0].time
               ? run->processes.at[0].time
               : run->revision.time;
}

/* A history grows and is truncated, so that each of its runs is identified by
 * its own content. */
static const char *identity_of_part(struct pfg_run *run)
{
    struct pfg_digest *digest = pfg_digest_new();
    pfg_time time = time_said(run);
    char hex[PFG_DIGEST_HEX];

    pfg_digest_add(digest, pfg_slice_make((const char *)&time, sizeof time));
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];

        pfg_digest_add(digest, pfg_slice_of(series->key));
        for (size_t k = 0; k < series->pieces.n; k++) {
            struct pfg_piece piece = pfg_series_piece(series, k);

            pfg_digest_add(digest,
                           pfg_slice_make((const char *)piece.values,
                                          piece.n * sizeof *piece.values));
            pfg_digest_add(digest,
                           pfg_slice_make((const char *)&piece.summary.value,
                                          sizeof piece.summary.value));
        }
    }
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    return pfg_arena_strdup(run->arena, hex);
}

static void identify_part(struct pfg_run *run, const struct pfg_run *first)
{
    run->source = pfg_arena_strdup(run->arena, first->source);
    run->tool = pfg_arena_strdup(run->arena, first->tool);
    run->time = time_said(run) ? time_said(run) : first->time;
    run->digest = identity_of_part(run);
}

static void identify_runs(struct pfg_collector *collector,
                          const struct pfg_ingest_result *result,
                          const struct pfg_read_options *options)
{
    struct pfg_run *run = collector->first;

    run->tool = pfg_arena_strdup(run->arena, result->tools);
    if (!options->collect.split) {
        apply_time(run, options->at);
        run->digest = identity(run, result->digest, options);
        return;
    }
    for (size_t i = 0; i < collector->more.n; i++) {
        identify_part(collector->more.at[i], run);
    }
    identify_part(run, run);
}

/* Moves the runs with results to `out` and frees the others. */
static void pass_runs(struct pfg_runs *out, struct pfg_collector *collector,
                      bool all)
{
    struct pfg_run *run = collector->first;

    for (size_t i = 0; i <= collector->more.n; i++) {
        run = i ? collector->more.at[i - 1] : run;
        if (all && (run->n_measurements || !collector->more.n)) {
            pfg_vec_push(out, NULL, run);
        } else {
            pfg_run_free(run);
        }
    }
    pfg_vec_free(&collector->more);
}

static struct pfg_run *begin(struct pfg_collector *collector,
                             const struct pfg_context *context,
                             const char *source,
                             const struct pfg_read_options *options)
{
    struct pfg_run *run = pfg_run_new();

    run->source = pfg_arena_strdup(run->arena, source);
    run->time = options->at ? options->at : context->now;
    for (size_t i = 0; i < options->n_facts; i++) {
        pfg_vec_push(&run->facts, run->arena, options->facts[i]);
    }
    pfg_collect_begin(collector, run, &options->collect);
    return run;
}

/* Ingests a file under another name. */
static int ingest_called(struct pfg_ingest_result *out, const char *path,
                         const struct pfg_ingest_options *options,
                         const char *called, const struct pfg_sink *sink,
                         struct pfg_error *err)
{
    struct pfg_input *input = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int failed;

    if (fd < 0) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", path,
                        strerror(errno));
    }
    failed = pfg_input_open_fd(&input, fd, called, err) ||
             pfg_ingest_input(out, input, options, sink, err);
    pfg_input_close(input);
    close(fd);
    return failed ? -1 : 0;
}

int pfg_read_runs(struct pfg_runs *out, const struct pfg_context *context,
                  const char *path, const struct pfg_read_options *options,
                  struct pfg_error *err)
{
    struct pfg_collector collector;
    struct pfg_ingest_result result = {0};
    struct pfg_ingest_options ingest = options->ingest;
    struct pfg_config *read = NULL;
    const struct pfg_config *config;
    struct pfg_own_formats *own = NULL;
    struct pfg_watching watching;
    struct pfg_sink sink;
    bool called = options->called && !pfg_file_is_directory(path);
    bool failed;

    if (!options->found && pfg_workspace_config(&read, options->config, err)) {
        return -1;
    }
    config = options->found ? *options->found : read;
    if (config && pfg_own_formats_make(&own, &config->formats, err)) {
        pfg_own_formats_free(own);
        pfg_config_free(read);
        return -1;
    }
    ingest.more = pfg_own_formats_list(own);
    begin(&collector, context, called ? options->called : path, options);
    sink = pfg_collect_sink(&collector);
    ingest.watch = pfg_watching_begin(&watching, context);
    failed =
        (called ? ingest_called(&result, path, &ingest, options->called, &sink,
                                err)
                : pfg_ingest_path(&result, path, &ingest, &sink, err)) != 0;
    pfg_collect_end(&collector);
    pfg_progress_clear(context->progress);
    show_remarks(context, &collector);
    failed = failed || check_result(&collector, options, err);
    if (!failed) {
        identify_runs(&collector, &result, options);
    }
    pass_runs(out, &collector, !failed);
    pfg_own_formats_free(own);
    pfg_config_free(read);
    return failed ? -1 : 0;
}

int pfg_read_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *path, const struct pfg_read_options *options,
                 struct pfg_error *err)
{
    struct pfg_read_options whole = *options;
    struct pfg_runs runs = {0};

    whole.collect.split = false;
    if (pfg_read_runs(&runs, context, path, &whole, err)) {
        pfg_vec_free(&runs);
        return -1;
    }
    *out = runs.at[0];
    pfg_vec_free(&runs);
    return 0;
}

int pfg_read_pushed(struct pfg_run **out, const struct pfg_context *context,
                    const struct pfg_pushed *pushed,
                    const struct pfg_read_options *options,
                    struct pfg_error *err)
{
    struct pfg_read_options whole = *options;
    struct pfg_collector collector;
    struct pfg_runs runs = {0};
    struct pfg_sink sink;
    bool failed;

    whole.collect.split = false;
    begin(&collector, context, pushed->source, &whole);
    sink = pfg_collect_sink(&collector);
    failed = pushed->push(pushed->self, &sink, err) != 0;
    pfg_collect_end(&collector);
    show_remarks(context, &collector);
    failed = failed || check_result(&collector, &whole, err);
    if (!failed) {
        *out = collector.first;
        (*out)->tool = pushed->tool;
        apply_time(*out, options->at);
    }
    pass_runs(&runs, &collector, !failed);
    pfg_vec_free(&runs);
    return failed ? -1 : 0;
}

/* A list of NAME=NUMBER[UNIT]. */
struct values {
    const char *const *at;
    size_t n;
    const struct pfg_ingest_options *options;
};

static int push_values(void *self, const struct pfg_sink *sink,
                       struct pfg_error *err)
{
    const struct values *values = self;

    for (size_t i = 0; i < values->n; i++) {
        if (pfg_generic_value(values->at[i], values->options, sink, err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_read_values(struct pfg_runs *out, const struct pfg_context *context,
                    const char *const *values, size_t n,
                    const struct pfg_read_options *options,
                    struct pfg_error *err)
{
    struct values all = {values, n, &options->ingest};
    const struct pfg_pushed pushed = {"--value", "value", push_values, &all};
    struct pfg_run *run;

    if (pfg_read_pushed(&run, context, &pushed, options, err)) {
        return -1;
    }
    pfg_vec_push(out, NULL, run);
    return 0;
}
