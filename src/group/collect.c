#include "group/collect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "group/key.h"
#include "model/metric.h"

#define MAX_REMARKS 1000

/* NUL bytes would cut a name short, and make two series one. */
static const char *copy_text(struct pfg_arena *arena, struct pfg_slice text)
{
    char *copy = pfg_arena_slice(arena, text);

    for (size_t i = 0; i < text.len; i++) {
        if (!copy[i]) {
            copy[i] = '?';
        }
    }
    return copy;
}

static void remark(struct pfg_collector *c, struct pfg_pos pos,
                   const char *message)
{
    struct pfg_arena *arena = c->first->arena;

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

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;

    return strcmp(left->key, right->key);
}

static struct pfg_fact *copy_params(struct pfg_arena *arena,
                                    const struct pfg_measurement *m)
{
    struct pfg_fact *params =
        pfg_arena_new_array(arena, struct pfg_fact, m->n_params);

    for (size_t i = 0; i < m->n_params; i++) {
        params[i].key = copy_text(arena, m->params[i].key);
        params[i].value = copy_text(arena, m->params[i].value);
    }
    if (m->n_params) {
        qsort(params, m->n_params, sizeof *params, compare_facts);
    }
    return params;
}

/* Who knows best: the user, then the tool, then the metric's own meaning. */
static enum pfg_direction direction_of(const struct pfg_collector *c,
                                       const char *metric,
                                       enum pfg_direction better)
{
    const struct pfg_collect_options *options = c->options;

    for (size_t i = 0; options && i < options->n_directions; i++) {
        if (pfg_metric_matches(metric, options->directions[i].key)) {
            pfg_direction_parse(&better,
                                pfg_slice_of(options->directions[i].value));
            return better;
        }
    }
    return better != PFG_NEUTRAL ? better : pfg_metric_find(metric).better;
}

/* Everything about a series but its pieces, in `arena`. */
static struct pfg_series describe(const struct pfg_collector *c,
                                  const struct pfg_measurement *m,
                                  struct pfg_arena *arena)
{
    const struct pfg_collect_options *options = c->options;
    bool named = options && options->benchmark;
    struct pfg_series series = {
        .suite = options && options->suite ? options->suite
                                           : copy_text(arena, m->suite),
        .benchmark =
            named ? options->benchmark : copy_text(arena, m->benchmark),
        .params = copy_params(arena, m),
        .n_params = m->n_params,
        .metric = copy_text(arena, m->metric),
        .unit = copy_text(arena, m->unit),
        .exact = m->exact,
        .derived = m->derived,
    };

    if (options) {
        series.variant = (struct pfg_fact *)options->variant;
        series.n_variant = options->n_variant;
    }
    series.key = pfg_key_make(arena, &series);
    return series;
}

static struct pfg_series *find_series(struct pfg_collector *c,
                                      const struct pfg_measurement *m)
{
    struct pfg_arena *arena = c->run->arena;
    struct pfg_series *series;
    struct pfg_slice key;
    void **place;

    pfg_arena_clear(c->scratch);
    key = pfg_slice_of(describe(c, m, c->scratch).key);
    place = pfg_map_find(&c->series, key);
    if (place) {
        return *place;
    }
    series = pfg_arena_alloc(arena, sizeof *series);
    *series = describe(c, m, arena);
    series->better = direction_of(c, series->metric, m->better);
    pfg_vec_push(&c->run->series, arena, series);
    *pfg_map_at(&c->series, key) = series;
    return series;
}

static void begin_process(struct pfg_collector *c, struct pfg_process start)
{
    pfg_vec_push(&c->run->processes, c->run->arena, start);
    c->process = c->run->processes.n - 1;
    c->process_used = false;
}

/* A tool that prints one summary a run and prints a second one for the same
 * series has run a second time. */
static bool repeats_summary(const struct pfg_series *series,
                            const struct pfg_measurement *m)
{
    const struct pfg_piece *last =
        series->pieces.n ? &series->pieces.at[series->pieces.n - 1] : NULL;

    return m->summary && last && last->has_summary;
}

static struct pfg_piece *find_piece(struct pfg_collector *c,
                                    struct pfg_series *series,
                                    const struct pfg_measurement *m)
{
    struct pfg_arena *arena = c->run->arena;
    struct pfg_piece *last =
        series->pieces.n ? &series->pieces.at[series->pieces.n - 1] : NULL;
    struct pfg_piece piece = {.error = "", .budget = ""};

    if (last && last->process == c->process) {
        if (!repeats_summary(series, m)) {
            return last;
        }
        begin_process(c, (struct pfg_process){0});
    }
    piece.process = c->process;
    piece.number = series->pieces.n;
    piece.written_unit = copy_text(arena, m->written_unit);
    piece.file = pfg_arena_strdup(arena, m->pos.file ? m->pos.file : "");
    piece.line = m->pos.line;
    pfg_vec_push(&series->pieces, arena, piece);
    return &series->pieces.at[series->pieces.n - 1];
}

/* Room for one more in an array that starts empty and doubles. */
static void *grown(struct pfg_arena *arena, void *array, size_t n, size_t size)
{
    size_t cap = n;

    if (n && (n < 8 || (n & (n - 1)))) {
        return array;
    }
    return pfg_vec_grow(array, &cap, size, arena);
}

/* What the tool printed; of a value that an ingester reduced from many, its
 * shortest digits in the base unit. */
static void add_written(struct pfg_collector *c,
                        const struct pfg_series *series,
                        struct pfg_piece *piece,
                        const struct pfg_slice *printed, double value)
{
    struct pfg_arena *arena = c->run->arena;
    char shortest[PFG_NUMBER_TEXT];
    struct pfg_slice digits =
        printed ? *printed : pfg_slice_of(pfg_number_shortest(shortest, value));

    if (!printed) {
        piece->written_unit = series->unit;
    }
    piece->written =
        grown(arena, piece->written, piece->n_written, sizeof *piece->written);
    piece->written[piece->n_written++] = copy_text(arena, digits);
}

static void set_error(struct pfg_collector *c, struct pfg_piece *piece,
                      struct pfg_pos pos, const char *error)
{
    char message[512];

    c->run->n_failed++;
    if (!*piece->error) {
        piece->error = pfg_arena_strdup(c->run->arena, error);
    }
    snprintf(message, sizeof message, "failed: %.500s", error);
    remark(c, pos, message);
}

/* Whether a tool may have printed zero for what it measured: one that rounds
 * to whole or tenths of milliseconds does. */
static bool may_be_rounded(double resolution)
{
    return resolution >= 1e-5 && resolution <= 1e-3;
}

/* What takes some time whatever it is: zero was not measured. */
static bool cannot_be_zero(const struct pfg_series *series, double resolution)
{
    struct pfg_metric known = pfg_metric_find(series->metric);
    struct pfg_slice name = pfg_slice_of(series->metric);

    if (!strcmp(series->metric, "time") ||
        !strcmp(series->metric, "throughput")) {
        return true;
    }
    return !strcmp(series->unit, "s") && !may_be_rounded(resolution) &&
           series->better == PFG_LOWER &&
           (known.better == PFG_LOWER ||
            pfg_metric_gated(series->metric, series->better)) &&
           (known.kind == PFG_METRIC_LOAD || known.kind == PFG_METRIC_TAIL ||
            pfg_slice_ends(name, "latency"));
}

/* Why a number cannot be a measurement of its metric; NULL when it can. */
static const char *why_impossible(const struct pfg_series *series, double value,
                                  double resolution)
{
    bool duration = !strcmp(series->unit, "s");

    if (!isfinite(value)) {
        return "not a finite number";
    }
    if (duration && value < 0) {
        return "a negative duration";
    }
    if (value == 0 && cannot_be_zero(series, resolution)) {
        return "zero, which cannot be";
    }
    return NULL;
}

static void add_value(struct pfg_collector *c, const struct pfg_series *series,
                      struct pfg_piece *piece, const struct pfg_measurement *m,
                      size_t i)
{
    const char *impossible = why_impossible(series, m->values[i], NAN);
    char error[256];

    if (impossible) {
        snprintf(error, sizeof error, "%.60s is %s", series->metric,
                 impossible);
        if (!m->error.len) { /* else its own words follow */
            set_error(c, piece, m->pos, error);
        }
        return;
    }
    piece->values =
        grown(c->run->arena, piece->values, piece->n, sizeof *piece->values);
    piece->values[piece->n++] = m->values[i];
    add_written(c, series, piece, m->written ? &m->written[i] : NULL,
                m->values[i]);
}

static void add_summary(struct pfg_collector *c,
                        const struct pfg_series *series,
                        struct pfg_piece *piece,
                        const struct pfg_measurement *m)
{
    const char *impossible =
        why_impossible(series, m->summary->value, m->summary->resolution);
    char error[256];

    if (impossible && !m->error.len) {
        snprintf(error, sizeof error, "%.60s is %s", series->metric,
                 impossible);
        set_error(c, piece, m->pos, error);
    } else if (!impossible) {
        piece->has_summary = true;
        piece->summary = *m->summary;
        if (!m->n_values) {
            add_written(c, series, piece, m->written, m->summary->value);
        }
    }
}

static void add_budget(struct pfg_collector *c, struct pfg_piece *piece,
                       const struct pfg_measurement *m)
{
    if (m->budget.len) {
        piece->budget = copy_text(c->run->arena, m->budget);
        piece->budget_crossed = m->budget_crossed;
    }
}

static void on_measurement(void *self, const struct pfg_measurement *m)
{
    struct pfg_collector *c = self;
    struct pfg_series *series = find_series(c, m);
    struct pfg_piece *piece;

    c->run->n_measurements++;
    if (!pfg_slice_is(m->unit, series->unit)) {
        char message[256];

        snprintf(message, sizeof message,
                 "'%.80s' is in %.20s here and in %.20s before: left out",
                 series->benchmark, copy_text(c->run->arena, m->unit),
                 series->unit);
        remark(c, m->pos, message);
        return;
    }
    piece = find_piece(c, series, m);
    c->process_used = true;
    series->exact |= m->exact;
    for (size_t i = 0; i < m->n_values; i++) {
        add_value(c, series, piece, m, i);
    }
    if (m->summary) {
        add_summary(c, series, piece, m);
    }
    if (m->trials > 0) {
        piece->events += m->events;
        piece->trials += m->trials;
    }
    if (m->error.len) {
        set_error(c, piece, m->pos, copy_text(c->run->arena, m->error));
    }
    add_budget(c, piece, m);
}

static void on_process(void *self, const struct pfg_process_start *start)
{
    struct pfg_collector *c = self;
    struct pfg_process process = {.round = start->round, .time = start->time};

    if (c->process_used) {
        begin_process(c, process);
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
    remark(self, pos, message);
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
    remark(c, pos, text);
}

static void on_fact(void *self, struct pfg_slice key, struct pfg_slice value)
{
    struct pfg_collector *c = self;
    struct pfg_fact fact;

    for (size_t i = 0; i < c->run->facts.n; i++) {
        if (pfg_slice_is(key, c->run->facts.at[i].key)) {
            return; /* what --env says, or the first process, stands */
        }
    }
    fact.key = copy_text(c->run->arena, key);
    fact.value = copy_text(c->run->arena, value);
    pfg_vec_push(&c->run->facts, c->run->arena, fact);
}

static void begin_run(struct pfg_collector *c)
{
    struct pfg_run *run = pfg_run_new();

    for (size_t i = 0; i < c->n_given; i++) {
        pfg_vec_push(&run->facts, run->arena, c->first->facts.at[i]);
    }
    pfg_vec_push(&c->more, NULL, run);
    c->run = run;
    pfg_map_init(&c->series, run->arena);
    begin_process(c, (struct pfg_process){0});
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
        c->revision = copy_text(c->first->arena, start->id);
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
    revision->id = copy_text(c->run->arena, start->id);
    revision->subject = copy_text(c->run->arena, start->subject);
    revision->time = start->time;
}

void pfg_collect_begin(struct pfg_collector *out, struct pfg_run *run,
                       const struct pfg_collect_options *options)
{
    *out = (struct pfg_collector){
        .run = run, .first = run, .options = options, .n_given = run->facts.n};
    out->scratch = pfg_arena_new();
    pfg_map_init(&out->series, run->arena);
    begin_process(out, (struct pfg_process){0});
}

void pfg_collect_end(struct pfg_collector *collector)
{
    pfg_arena_free(collector->scratch);
    collector->scratch = NULL;
}

struct pfg_sink pfg_collect_sink(struct pfg_collector *collector)
{
    return (struct pfg_sink){
        .self = collector,
        .measurement = on_measurement,
        .process = on_process,
        .warning = on_warning,
        .failed = on_failed,
        .fact = on_fact,
        .revision = on_revision,
    };
}
