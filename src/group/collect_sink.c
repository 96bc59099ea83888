#include "group/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "group/collect_parts.h"
#include "model/machine.h"

#define MAX_REMARKS 1000

void pfg_collect_remark(struct pfg_collector *c, struct pfg_pos pos,
                        const char *message)
{
    struct pfg_arena *arena = c->first->arena;
    const struct pfg_remark *last =
        c->remarks.n ? &c->remarks.at[c->remarks.n - 1] : NULL;

    /* A flaw may be the same in every value of a measurement. */
    if (last && last->line == pos.line && last->column == pos.column &&
        !strcmp(last->message, message) &&
        !strcmp(last->file, pos.file ? pos.file : "")) {
        return;
    }
    c->first->n_warnings++;
    if (c->remarks.n < MAX_REMARKS) {
        struct pfg_remark kept = {
            .file = pfg_arena_strdup(arena, pos.file ? pos.file : ""),
            .line = pos.line,
            .column = pos.column,
            .message = pfg_arena_strdup(arena, message),
        };

        pfg_vec_push(&c->remarks, arena, kept);
    }
}

void pfg_collect_direct(struct pfg_run *run,
                        const struct pfg_collect_options *options)
{
    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];

        (void)pfg_collect_direct_one(&series->better, options, series->metric);
    }
}

void pfg_collect_process(struct pfg_collector *c, struct pfg_process start)
{
    pfg_vec_push(&c->run->processes, c->run->arena, start);
    c->process = c->run->processes.n - 1;
    c->process_used = false;
    pfg_gather_process(&c->gather, (uint32_t)c->process);
}

static void on_process(void *self, const struct pfg_process_start *start)
{
    struct pfg_collector *c = self;
    struct pfg_process process = {.round = start->round, .time = start->time};

    if (c->process_used) {
        pfg_collect_process(c, process);
        return;
    }
    if (process.round) {
        c->run->processes.at[c->process].round = process.round;
    }
    if (process.time) {
        c->run->processes.at[c->process].time = process.time;
    }
}

static void on_warning(void *self, struct pfg_pos pos, const char *message)
{
    pfg_collect_remark(self, pos, message);
}

/* Whether the failure of a benchmark has already been reported with this line
 * or these words. A failure of the whole program often repeats it. */
static bool is_reported(const struct pfg_collector *c, struct pfg_pos pos,
                        const char *message)
{
    for (size_t i = 0; i < c->remarks.n; i++) {
        const struct pfg_remark *told = &c->remarks.at[i];
        struct pfg_slice text = pfg_slice_of(told->message);

        if (pfg_take(&text, "failed: ") && pos.file &&
            !strcmp(told->file, pos.file) &&
            (told->line == pos.line ||
             pfg_slice_ends(pfg_slice_of(message), text.ptr))) {
            return true;
        }
    }
    return false;
}

static void on_failed(void *self, struct pfg_pos pos, const char *message)
{
    struct pfg_collector *c = self;
    char text[600];

    c->run->n_failed++;
    if (!*c->run->failure) {
        c->run->failure =
            pos.line
                ? pfg_arena_printf(c->run->arena, "%s:%ld: %s",
                                   pos.file ? pos.file : "", pos.line, message)
                : pfg_arena_strdup(c->run->arena, message);
    }
    snprintf(text, sizeof text, "failed: %.580s", message);
    if (!pos.line || !is_reported(c, pos, message)) {
        pfg_collect_remark(c, pos, text);
    }
}

/* Results of two machines in one input are stored as those of the first. */
static void warn_of_machines(struct pfg_collector *c,
                             const struct pfg_fact *first,
                             const struct pfg_fact *other)
{
    struct pfg_machine a = pfg_machine_said(first, 1);
    struct pfg_machine b = pfg_machine_said(other, 1);
    const char *differs =
        pfg_machine_differs(&a, &b, ", then ", "", c->run->arena);

    if (differs) {
        pfg_collect_remark(
            c, (struct pfg_pos){.file = c->run->source},
            pfg_arena_printf(c->run->arena,
                             "results of several machines (%s), stored as "
                             "those of the first: use a file for each",
                             differs));
    }
}

static void on_fact(void *self, struct pfg_slice key, struct pfg_slice value)
{
    struct pfg_collector *c = self;
    struct pfg_fact fact = {.key = NULL};

    for (size_t i = 0; i < c->run->facts.n; i++) {
        const struct pfg_fact *first = &c->run->facts.at[i];

        if (!pfg_slice_is(key, first->key)) {
            continue;
        }
        /* the value from --env or the first process is kept */
        if (i >= c->n_given && pfg_machine_is_fact(first->key) &&
            !pfg_slice_is(value, first->value)) {
            fact.key = first->key;
            fact.value = pfg_collect_text(c->run->arena, value);
            warn_of_machines(c, first, &fact);
        }
        return;
    }
    fact.key = pfg_collect_text(c->run->arena, key);
    fact.value = pfg_collect_text(c->run->arena, value);
    pfg_vec_push(&c->run->facts, c->run->arena, fact);
}

/* Sets up the lookups and the readings for the current run. */
static void begin_finding(struct pfg_collector *c)
{
    c->arena = pfg_arena_new();
    pfg_map_init(&c->keys, c->arena);
    pfg_map_init(&c->words, c->arena);
    c->next = 0;
    c->key = pfg_str_in(c->arena);
    c->params.at = NULL;
    c->params.cap = 0;
    c->gather = (struct pfg_gather){
        .arena = c->arena,
        .keep_written = !c->options || !c->options->only_values,
    };
    pfg_collect_process(c, (struct pfg_process){0});
}

void pfg_collect_end(struct pfg_collector *collector)
{
    if (collector->arena) {
        pfg_gather_end(&collector->gather, collector->run);
        pfg_arena_free(collector->arena);
        collector->arena = NULL;
    }
}

static void begin_run(struct pfg_collector *c)
{
    struct pfg_run *run = pfg_run_new();

    pfg_collect_end(c);
    for (size_t i = 0; i < c->n_given; i++) {
        pfg_vec_push(&run->facts, run->arena, c->first->facts.at[i]);
    }
    pfg_vec_push(&c->more, NULL, run);
    c->n_before += c->run->series.n;
    c->run = run;
    begin_finding(c);
}

static bool is_used(const struct pfg_run *run)
{
    return run->n_measurements || *run->failure || *run->revision.id;
}

static void on_revision(void *self, const struct pfg_revision_start *start)
{
    struct pfg_collector *c = self;
    struct pfg_revision *revision;

    if (!c->revision) {
        c->revision = pfg_collect_text(c->first->arena, start->id);
        c->n_revisions = 1;
    } else if (!pfg_slice_is(start->id, c->revision)) {
        c->n_revisions = 2;
    }
    if (!c->options || !c->options->split) {
        return;
    }
    if (is_used(c->run)) {
        begin_run(c);
    }
    revision = &c->run->revision;
    revision->id = pfg_collect_text(c->run->arena, start->id);
    revision->subject = pfg_collect_text(c->run->arena, start->subject);
    revision->time = start->time;
}

void pfg_collect_begin(struct pfg_collector *out, struct pfg_run *run,
                       const struct pfg_collect_options *options)
{
    *out = (struct pfg_collector){
        .run = run, .first = run, .options = options, .n_given = run->facts.n};
    out->max_series =
        options && options->max_series ? options->max_series : PFG_MAX_SERIES;
    begin_finding(out);
}

struct pfg_sink pfg_collect_sink(struct pfg_collector *collector)
{
    return (struct pfg_sink){
        .self = collector,
        .measurement = pfg_collect_measurement,
        .again = collector->gather.keep_written ? NULL : pfg_collect_again,
        .process = on_process,
        .warning = on_warning,
        .failed = on_failed,
        .fact = on_fact,
        .revision = on_revision,
        .full = &collector->full,
    };
}
