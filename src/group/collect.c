#include "group/collect.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "group/key.h"
#include "model/machine.h"
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
    const struct pfg_remark *last =
        c->remarks.n ? &c->remarks.at[c->remarks.n - 1] : NULL;

    /* Every value of a measurement may have the same flaw. */
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

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;

    return strcmp(left->key, right->key);
}

/* Whether the user says which way `metric` is better. */
static bool is_directed(enum pfg_direction *better,
                        const struct pfg_collect_options *options,
                        const char *metric)
{
    for (size_t i = 0; options && i < options->n_directions; i++) {
        if (pfg_metric_matches(metric, options->directions[i].key)) {
            pfg_direction_parse(better,
                                pfg_slice_of(options->directions[i].value));
            return true;
        }
    }
    return false;
}

/* Who knows best: the user, then the tool, then the metric's own meaning,
 * unless that is how the values were spread. */
static enum pfg_direction direction_of(const struct pfg_collector *c,
                                       const char *metric,
                                       enum pfg_direction better)
{
    struct pfg_metric known = pfg_metric_find(metric);

    if (is_directed(&better, c->options, metric) || better != PFG_NEUTRAL ||
        known.kind == PFG_METRIC_OTHER) {
        return better;
    }
    return known.better;
}

void pfg_collect_direct(struct pfg_run *run,
                        const struct pfg_collect_options *options)
{
    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];

        (void)is_directed(&series->better, options, series->metric);
    }
}

/* A suite, a parameter, a metric or a unit: many series share one text. */
static const char *share(struct pfg_collector *c, struct pfg_slice text)
{
    void **known = pfg_map_find(&c->words, text);
    const char *copy;

    if (known) {
        return *known;
    }
    copy = copy_text(c->run->arena, text);
    *pfg_map_borrow(&c->words, pfg_slice_make(copy, text.len)) = (char *)copy;
    return copy;
}

/* The same of a text that the series before mostly has, too: `likely`. */
static const char *share_likely(struct pfg_collector *c, struct pfg_slice text,
                                const char *likely)
{
    return likely && pfg_slice_is(text, likely) ? likely : share(c, text);
}

/* The last of the run; NULL: it has none. */
static const struct pfg_series *last_series(const struct pfg_collector *c)
{
    size_t n = c->run->series.n;

    return n ? c->run->series.at[n - 1] : NULL;
}

/* A name without what differs from run to run. */
static struct pfg_slice lasting(const struct pfg_collector *c,
                                struct pfg_slice name)
{
    const struct pfg_collect_options *options = c->options;

    for (size_t i = 0; options && i < options->n_instead; i++) {
        const struct pfg_fact *one = &options->instead[i];

        if (pfg_slice_has(name, one->key)) {
            name = pfg_slice_of(
                pfg_arena_replace(c->run->arena, copy_text(c->run->arena, name),
                                  one->key, one->value));
        }
    }
    return name;
}

/* The metrics of one benchmark come one after the other. */
static const char *benchmark_of(const struct pfg_collector *c,
                                struct pfg_slice text)
{
    const struct pfg_series *last = last_series(c);

    return last && pfg_slice_is(text, last->benchmark)
               ? last->benchmark
               : copy_text(c->run->arena, text);
}

static struct pfg_fact *copy_params(struct pfg_collector *c,
                                    const struct pfg_measurement *m)
{
    const struct pfg_series *last = last_series(c);
    struct pfg_fact *params =
        pfg_arena_new_array(c->run->arena, struct pfg_fact, m->n_params);

    for (size_t i = 0; i < m->n_params; i++) {
        struct pfg_fact likely = {.key = NULL};

        if (last && i < last->n_params) {
            likely = last->params[i];
        }
        params[i].key = share_likely(c, m->params[i].key, likely.key);
        params[i].value = share_likely(c, lasting(c, m->params[i].value),
                                       likely.value);
    }
    if (m->n_params > 1) {
        qsort(params, m->n_params, sizeof *params, compare_facts);
    }
    return params;
}

/* Everything about a series but its pieces. */
static struct pfg_series describe(struct pfg_collector *c,
                                  const struct pfg_measurement *m)
{
    const struct pfg_collect_options *options = c->options;
    bool named = options && options->benchmark;
    struct pfg_arena *arena = c->run->arena;
    const struct pfg_series *last = last_series(c);
    struct pfg_series series = {
        .suite = options && options->suite
                     ? options->suite
                     : share_likely(c, lasting(c, m->suite),
                                    last ? last->suite : NULL),
        .benchmark = named ? options->benchmark
                           : benchmark_of(c, lasting(c, m->benchmark)),
        .params = copy_params(c, m),
        .n_params = m->n_params,
        .metric = share(c, m->metric),
        .unit = share(c, m->unit),
        .exact = m->exact,
        .derived = m->derived,
    };

    if (options) {
        series.variant = (struct pfg_fact *)options->variant;
        series.n_variant = options->n_variant;
    }
    series.better = direction_of(c, series.metric, m->better);
    series.key = pfg_key_make(arena, &series);
    return series;
}

/* Whether a tool may have printed zero for what it measured: one that rounds
 * to hundredths of seconds or tenths of milliseconds does. */
static bool may_be_rounded(double resolution)
{
    return resolution >= 1e-5 && resolution <= 1e-2;
}

/* What takes some time whatever it is: zero was not measured. */
static bool cannot_be_zero(const struct pfg_series *series, double resolution)
{
    struct pfg_metric known = pfg_metric_find(series->metric);
    struct pfg_slice name = pfg_slice_of(series->metric);

    if (!strcmp(series->metric, "time") ||
        !strcmp(series->metric, "throughput")) {
        return !may_be_rounded(resolution);
    }
    return !strcmp(series->unit, "s") && !may_be_rounded(resolution) &&
           series->better == PFG_LOWER &&
           (known.better == PFG_LOWER ||
            pfg_metric_gated(series->metric, series->better)) &&
           (known.kind == PFG_METRIC_LOAD || known.kind == PFG_METRIC_TAIL ||
            pfg_slice_ends(name, "latency"));
}

static void add_series(struct pfg_collector *c, const struct pfg_series *series)
{
    struct pfg_arena *arena = c->run->arena;
    struct pfg_series *kept = pfg_arena_alloc(arena, sizeof *kept);
    struct pfg_gather_series state = {
        .unit = pfg_slice_of(series->unit),
        .is_duration = !strcmp(series->unit, "s"),
        .is_positive = cannot_be_zero(series, NAN),
        .is_exact = series->exact,
    };

    *kept = *series;
    pfg_vec_push(&c->run->series, arena, kept);
    pfg_vec_push(&c->gather.series, NULL, state);
}

#define NO_SERIES SIZE_MAX

static size_t look_up_series(struct pfg_collector *c,
                             const struct pfg_measurement *m)
{
    const size_t *found = pfg_series_index_find(&c->index, m);
    struct pfg_series series;
    void **number;

    if (found) {
        return *found;
    }
    if (c->run->series.n == c->max_series) {
        c->full = true;
        return NO_SERIES;
    }
    series = describe(c, m);
    number = pfg_map_borrow(&c->numbers, pfg_slice_of(series.key));
    if (!*number) {
        add_series(c, &series);
        *number = (void *)(uintptr_t)c->run->series.n;
    }
    pfg_series_index_add(&c->index, m, (uintptr_t)*number - 1);
    return (uintptr_t)*number - 1;
}

/* The number of the measurement's series in the run. NO_SERIES: there are as
 * many as there may be. The measurement's place counts the series of all runs,
 * from 1. */
static size_t find_series(struct pfg_collector *c,
                          const struct pfg_measurement *m)
{
    size_t number = m->place ? *m->place - c->n_before - 1 : NO_SERIES;

    if (number < c->run->series.n) {
        return number;
    }
    number = look_up_series(c, m);
    if (m->place && number != NO_SERIES) {
        *m->place = c->n_before + number + 1;
    }
    return number;
}

static void begin_process(struct pfg_collector *c, struct pfg_process start)
{
    pfg_vec_push(&c->run->processes, c->run->arena, start);
    c->process = c->run->processes.n - 1;
    c->process_used = false;
}

/* How many origins back one is looked for: a line has some units, a folder
 * may have thousands of files. */
#define MAX_LOOK_BACK 16

static bool is_origin(const struct pfg_gather_origin *origin, const char *file,
                      struct pfg_slice written_unit)
{
    return pfg_slice_is(written_unit, origin->written_unit) &&
           !strcmp(origin->file, file);
}

static size_t find_origin(struct pfg_collector *c,
                          const struct pfg_measurement *m, size_t likely)
{
    struct pfg_gather *gather = &c->gather;
    const char *file = m->pos.file ? m->pos.file : "";
    bool reduced = !m->written && (m->n_values || m->summary);
    struct pfg_slice unit = reduced ? pfg_slice_of("") : m->written_unit;
    struct pfg_gather_origin origin;
    size_t n = gather->origins.n;

    if (likely < n && is_origin(&gather->origins.at[likely], file, unit)) {
        return likely;
    }
    for (size_t i = n; i-- > 0 && n - i <= MAX_LOOK_BACK;) {
        if (is_origin(&gather->origins.at[i], file, unit)) {
            return i;
        }
    }
    origin = (struct pfg_gather_origin){
        .file = pfg_arena_strdup(c->run->arena, file),
        .written_unit = copy_text(c->run->arena, unit),
    };
    pfg_vec_push(&gather->origins, NULL, origin);
    return n;
}

/* A measurement on its way into its series. */
struct adding {
    struct pfg_collector *c;
    const struct pfg_measurement *m;
    struct pfg_reading reading;
    struct pfg_gather_series *state;
};

static struct pfg_gather_extra no_extra(void)
{
    return (struct pfg_gather_extra){.error = "", .budget = ""};
}

/* The piece of the current process. A tool that prints one summary a run and
 * prints a second one for the same series has run a second time. */
static void begin_piece(struct adding *a)
{
    struct pfg_gather_series *state = a->state;
    struct pfg_gather_extra extra;
    size_t origin;

    if (state->n_pieces && state->process == a->c->process) {
        if (!a->m->summary || !state->has_summary) {
            a->reading.process = state->process;
            return;
        }
        begin_process(a->c, (struct pfg_process){0});
    }
    state->skips |= state->n_pieces && state->process + 1 < a->c->process;
    a->reading.process = state->process = (uint32_t)a->c->process;
    origin = find_origin(a->c, a->m, state->origin);
    if (!state->n_pieces++) {
        state->origin = (uint32_t)origin;
    }
    state->has_summary = false;
    if (!a->m->n_values || origin != state->origin) {
        extra = no_extra();
        extra.origin = origin + 1;
        pfg_gather_extra(&a->c->gather, a->reading, &extra, NULL);
    }
}

/* What the tool printed; NULL where nobody asks, or an ingester computed the
 * value from others. */
static const char *written(const struct adding *a, size_t i)
{
    return a->c->gather.keep_written && a->m->written
               ? copy_text(a->c->run->arena, a->m->written[i])
               : NULL;
}

static void set_error(struct adding *a, const char *error)
{
    struct pfg_gather_extra extra = no_extra();
    char message[512];

    a->c->run->n_failed++;
    extra.error = pfg_arena_strdup(a->c->run->arena, error);
    pfg_gather_extra(&a->c->gather, a->reading, &extra, NULL);
    snprintf(message, sizeof message, "failed: %.500s", error);
    remark(a->c, a->m->pos, message);
}

/* Why a number cannot be a measurement of its metric; NULL when it can. */
static const char *why_impossible(const struct adding *a, double value,
                                  double resolution)
{
    const struct pfg_gather_series *state = a->state;

    if (!isfinite(value)) {
        return "not a finite number";
    }
    if (state->is_duration && value < 0) {
        return "a negative duration";
    }
    if (value == 0 && state->is_positive &&
        cannot_be_zero(a->c->run->series.at[a->reading.series], resolution)) {
        return "zero, which is impossible";
    }
    return NULL;
}

static bool is_possible(struct adding *a, double value, double resolution)
{
    const char *impossible = why_impossible(a, value, resolution);
    char error[256];

    if (impossible && !a->m->error.len) { /* else its own words follow */
        snprintf(error, sizeof error, "%.60s is %s",
                 a->c->run->series.at[a->reading.series]->metric, impossible);
        set_error(a, error);
    }
    return !impossible;
}

static void add_value(struct adding *a, size_t i)
{
    struct pfg_reading reading = a->reading;

    reading.value = a->m->values[i];
    /* what is positive and finite is of any metric */
    if ((reading.value > 0 && reading.value <= DBL_MAX) ||
        is_possible(a, reading.value, NAN)) {
        pfg_gather_add(&a->c->gather, reading, written(a, i));
    }
}

static void add_summary(struct adding *a)
{
    const struct pfg_summary *summary = a->m->summary;
    struct pfg_gather_extra extra = no_extra();

    if (is_possible(a, summary->value, summary->resolution)) {
        struct pfg_summary *kept =
            pfg_arena_alloc(a->c->run->arena, sizeof *kept);

        *kept = *summary;
        extra.summary = kept;
        a->state->has_summary = true;
        pfg_gather_extra(&a->c->gather, a->reading, &extra,
                         a->m->n_values ? NULL : written(a, 0));
    }
}

/* Trials with the events that its one value says: of these there are two for
 * each line of Go's benchmarks. */
static bool add_trials(struct adding *a, bool has_value)
{
    const struct pfg_measurement *m = a->m;

    if (!has_value || m->n_values != 1 || m->summary || m->budget.len ||
        m->trials <= 0 || m->events != m->trials * m->values[0]) {
        return false;
    }
    pfg_gather_rate(&a->c->gather, m->trials);
    return true;
}

/* What few measurements have. */
static void add_more(struct adding *a, bool has_value)
{
    const struct pfg_measurement *m = a->m;
    struct pfg_gather_extra extra;

    if (!add_trials(a, has_value) && (m->trials > 0 || m->budget.len)) {
        extra = no_extra();
        extra.events = m->trials > 0 ? m->events : 0;
        extra.trials = m->trials > 0 ? m->trials : 0;
        extra.budget = copy_text(a->c->run->arena, m->budget);
        extra.budget_crossed = m->budget_crossed;
        pfg_gather_extra(&a->c->gather, a->reading, &extra, NULL);
    }
    if (m->error.len) {
        set_error(a, copy_text(a->c->run->arena, m->error));
    }
}

static void other_unit(struct pfg_collector *c, const struct pfg_measurement *m,
                       const struct pfg_series *series)
{
    char message[256];

    snprintf(message, sizeof message,
             "'%.80s' is in %.20s here but in %.20s before: ignored",
             series->benchmark, copy_text(c->run->arena, m->unit),
             series->unit);
    remark(c, m->pos, message);
}

static void on_measurement(void *self, const struct pfg_measurement *m)
{
    struct pfg_collector *c = self;
    struct adding a = {c, m, {.line = (uint32_t)m->pos.line}};
    size_t series = find_series(c, m), n;

    c->run->n_measurements++;
    if (series == NO_SERIES) {
        return;
    }
    a.reading.series = (uint32_t)series;
    a.state = &c->gather.series.at[series];
    if (!pfg_slice_eq(m->unit, a.state->unit)) {
        other_unit(c, m, c->run->series.at[a.reading.series]);
        return;
    }
    begin_piece(&a);
    c->process_used = true;
    if (m->exact && !a.state->is_exact) {
        a.state->is_exact = true;
        c->run->series.at[a.reading.series]->exact = true;
    }
    n = a.state->n_values;
    for (size_t i = 0; i < m->n_values; i++) {
        add_value(&a, i);
    }
    if (m->summary) {
        add_summary(&a);
    }
    add_more(&a, a.state->n_values > n);
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

/* Whether a benchmark's failure said it: that of a whole program is often the
 * same, in the same line or in the same words. */
static bool was_told(const struct pfg_collector *c, struct pfg_pos pos,
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
    if (!pos.line || !was_told(c, pos, message)) {
        remark(c, pos, text);
    }
}

/* Results of two machines in one input are taken for those of the first. */
static void warn_of_machines(struct pfg_collector *c,
                             const struct pfg_fact *first,
                             const struct pfg_fact *other)
{
    struct pfg_machine a = pfg_machine_said(first, 1);
    struct pfg_machine b = pfg_machine_said(other, 1);
    const char *differs =
        pfg_machine_differs(&a, &b, ", then ", "", c->run->arena);

    if (differs) {
        remark(c, (struct pfg_pos){.file = c->run->source},
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
        /* what --env says, or the first process, stands */
        if (i >= c->n_given && pfg_machine_is_fact(first->key) &&
            !pfg_slice_is(value, first->value)) {
            fact.key = first->key;
            fact.value = copy_text(c->run->arena, value);
            warn_of_machines(c, first, &fact);
        }
        return;
    }
    fact.key = copy_text(c->run->arena, key);
    fact.value = copy_text(c->run->arena, value);
    pfg_vec_push(&c->run->facts, c->run->arena, fact);
}

/* What finds the series of the run that is current now. */
static void begin_finding(struct pfg_collector *c)
{
    c->arena = pfg_arena_new();
    pfg_map_init(&c->numbers, c->arena);
    pfg_map_init(&c->words, c->arena);
    pfg_series_index_begin(&c->index);
    c->gather = (struct pfg_gather){.keep_written = !c->options ||
                                                    !c->options->only_values};
    begin_process(c, (struct pfg_process){0});
}

void pfg_collect_end(struct pfg_collector *collector)
{
    if (collector->arena) {
        pfg_gather_end(&collector->gather, collector->run);
        pfg_series_index_end(&collector->index);
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
    out->max_series =
        options && options->max_series ? options->max_series : PFG_MAX_SERIES;
    begin_finding(out);
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
        .full = &collector->full,
    };
}
