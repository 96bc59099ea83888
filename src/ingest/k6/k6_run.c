#include "ingest/k6/k6_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_METRICS 1000
#define MAX_SERIES  100000
/* The number of observations that a series keeps exactly. The larger one takes
 * 80 KiB and is for the first series, which are those of the whole script. */
#define EXACT_MANY  10000
#define EXACT_FEW   512
#define MANY_SERIES 256

enum warned {
    WARNED_METRICS = 1,
    WARNED_SERIES = 2,
};

static bool once(struct pfg_k6_run *run, enum warned what)
{
    bool first = !(run->warned & what);

    run->warned |= what;
    return first;
}

void pfg_k6_run_begin(struct pfg_k6_run *run, struct pfg_reader *reader)
{
    *run = (struct pfg_k6_run){
        .reader = reader,
        .pool = {.arena = reader->arena},
    };
    pfg_k6_tags_begin(&run->tags,
                      reader->options ? reader->options->k6_tags : NULL,
                      reader->arena);
    pfg_map_init(&run->metrics, reader->arena);
}

void pfg_k6_run_restart(struct pfg_k6_run *run)
{
    pfg_k6_tags_restart(&run->tags);
    pfg_map_init(&run->metrics, run->reader->arena);
    run->last_metric = NULL;
    run->n_series = 0;
    run->n_points = run->n_late = 0;
}

struct pfg_k6_run_metric *pfg_k6_run_metric(struct pfg_k6_run *run,
                                            struct pfg_slice name)
{
    struct pfg_k6_run_metric *last = run->last_metric, *metric;
    struct pfg_arena *arena = run->reader->arena;
    void **place;

    if (last && pfg_slice_eq(last->what.name, name)) {
        return last;
    }
    /* k6 writes the metrics of a request in a fixed order. */
    if (last && last->next && pfg_slice_eq(last->next->what.name, name)) {
        run->last_metric = last->next;
        return last->next;
    }
    place = pfg_map_find(&run->metrics, name);
    if (place) {
        run->last_metric = *place;
        if (last) {
            last->next = *place;
        }
        return *place;
    }
    if (run->metrics.n >= MAX_METRICS) {
        if (once(run, WARNED_METRICS)) {
            pfg_reader_warn(run->reader,
                            "more than %d metrics: the rest are ignored",
                            MAX_METRICS);
        }
        return NULL;
    }
    metric = pfg_arena_alloc(arena, sizeof *metric);
    *pfg_map_at(&run->metrics, name) = metric;
    metric->what =
        pfg_k6_metric_find(run->metrics.entries[run->metrics.n - 1].key, arena);
    metric->pos = run->reader->pos;
    run->last_metric = metric;
    return metric;
}

static void start_series(struct pfg_k6_run *run, struct pfg_stream *series,
                         const struct pfg_k6_run_metric *metric)
{
    series->type = metric->what.type;
    series->limit = run->n_series < MANY_SERIES ? EXACT_MANY : EXACT_FEW;
    run->n_series++;
}

static void make_room(struct pfg_k6_run_metric *metric, size_t id,
                      struct pfg_arena *arena)
{
    size_t room = id * 2 + 8;
    struct pfg_stream **bigger =
        pfg_arena_new_array(arena, struct pfg_stream *, room);

    if (metric->room) {
        memcpy(bigger, metric->by_endpoint, metric->room * sizeof *bigger);
    }
    metric->by_endpoint = bigger;
    metric->room = room;
}

static struct pfg_stream *series_of(struct pfg_k6_run *run,
                                    struct pfg_k6_run_metric *metric,
                                    const struct pfg_k6_endpoint *endpoint)
{
    struct pfg_arena *arena = run->reader->arena;
    struct pfg_stream **place;

    if (endpoint->id >= metric->room) {
        make_room(metric, endpoint->id, arena);
    }
    place = &metric->by_endpoint[endpoint->id];
    if (!*place && run->n_series >= MAX_SERIES) {
        if (once(run, WARNED_SERIES)) {
            pfg_reader_warn(run->reader,
                            "more than %d series: the rest count only in the "
                            "figures of the whole script",
                            MAX_SERIES);
        }
        return NULL;
    }
    if (!*place) {
        *place = pfg_arena_alloc(arena, sizeof **place);
        start_series(run, *place, metric);
        metric->n_groups++;
    }
    return *place;
}

/* Rounds down, for points earlier than that of the first line. */
static int64_t second_of(const struct pfg_k6_run *run, pfg_time time)
{
    pfg_time since = time - run->origin;

    return since / PFG_SECOND - (since % PFG_SECOND < 0);
}

static void note_time(struct pfg_k6_run *run, pfg_time time)
{
    if (!run->n_points) {
        run->origin = time + run->grain;
        run->first = run->last = time;
    }
    run->first = time < run->first ? time : run->first;
    run->last = time > run->last ? time : run->last;
    run->newest = second_of(run, run->last);
    run->n_points++;
}

static void add_to(struct pfg_k6_run *run, struct pfg_stream *series,
                   struct pfg_k6_run_metric *metric, pfg_time time,
                   double value)
{
    if (series->type == PFG_STREAM_UNKNOWN) {
        start_series(run, series, metric);
    }
    pfg_stream_add(series, &run->pool, second_of(run, time), run->newest,
                   value);
}

void pfg_k6_run_add(struct pfg_k6_run *run, struct pfg_k6_run_metric *metric,
                    pfg_time time, double value)
{
    const struct pfg_k6_endpoint *endpoint =
        metric->what.split ? run->tags.endpoint : NULL;
    struct pfg_stream *series;

    note_time(run, time);
    /* a duration cannot be negative */
    if (value < 0 && metric->what.contains == PFG_K6_TIME) {
        value = NAN;
    }
    add_to(run, &metric->whole, metric, time, value);
    if (metric->what.answered && run->tags.answered) {
        add_to(run, &metric->answered, metric, time, value);
    }
    if (!endpoint) {
        metric->n_groups += !metric->elsewhere;
        metric->elsewhere = true;
        return;
    }
    series = series_of(run, metric, endpoint);
    if (series) {
        add_to(run, series, metric, time, value);
    }
}

struct output {
    struct pfg_k6_run *run;
    const struct pfg_sink *sink;
    struct pfg_arena *arena; /* emptied after each series */
    double duration;         /* s */
    int64_t n_seconds;       /* complete ones */
};

struct outgoing {
    struct pfg_k6_run_metric *metric;
    const struct pfg_k6_target *target;
    struct pfg_stream *series;
};

static void send_summary(const struct output *out, const struct outgoing *o,
                         struct pfg_measurement *m, struct pfg_summary *summary)
{
    m->summary = summary;
    m->written_unit = pfg_slice_make(NULL, 0);
    m->pos = o->metric->pos;
    out->sink->measurement(out->sink->self, m);
}

static struct pfg_measurement begin(const struct output *out,
                                    const struct outgoing *o,
                                    const char *statistic, bool a_second)
{
    struct pfg_k6_unit unit =
        pfg_k6_unit_of(o->metric->what.contains, a_second);

    return pfg_k6_measurement(&o->metric->what, o->target, statistic, &unit,
                              out->arena);
}

static void send_quantile(const struct output *out, const struct outgoing *o,
                          double p, const char *word)
{
    struct pfg_sketch *all = &o->series->all;
    struct pfg_summary summary = pfg_summary_of(pfg_sketch_quantile(all, p));
    struct pfg_measurement m = begin(out, o, word, false);
    double *medians;
    size_t n;

    summary.count = (double)all->n;
    if (!pfg_sketch_is_exact(all)) {
        summary.resolution = fabs(summary.value) * PFG_SKETCH_ERROR;
    }
    if (p == 0.5) {
        medians = pfg_stream_medians(o->series, out->n_seconds, &n, out->arena);
        m.values = medians;
        m.n_values = n;
        summary.min = all->min;
        summary.max = all->max;
    }
    send_summary(out, o, &m, &summary);
}

static void send_extreme(const struct output *out, const struct outgoing *o,
                         double value, const char *word)
{
    struct pfg_summary summary = pfg_summary_of(value);
    struct pfg_measurement m = begin(out, o, word, false);

    summary.count = (double)o->series->all.n;
    if (!strcmp(word, "mean")) {
        summary.min = o->series->all.min;
        summary.max = o->series->all.max;
    }
    send_summary(out, o, &m, &summary);
}

static void send_trend(const struct output *out, const struct outgoing *o)
{
    static const struct {
        double p;
        const char *word;
    } quantiles[] = {{0.5, "p50"}, {0.9, "p90"}, {0.95, "p95"}, {0.99, "p99"}};
    struct pfg_sketch *all = &o->series->all;

    if (!all->n) {
        return;
    }
    send_extreme(out, o, pfg_sketch_mean(all), "mean");
    send_extreme(out, o, all->min, "min");
    for (size_t i = 0; i < PFG_COUNT(quantiles); i++) {
        send_quantile(out, o, quantiles[i].p, quantiles[i].word);
    }
    send_extreme(out, o, all->max, "max");
}

/* Sends a counter as k6's own summary does: as its rate over the whole run. The
 * script's own counters are sent as counts, too. */
static void send_counter(const struct output *out, const struct outgoing *o)
{
    struct pfg_summary rate = pfg_summary_of(o->series->total / out->duration);
    struct pfg_summary count = pfg_summary_of(o->series->total);
    struct pfg_measurement m = begin(out, o, NULL, true);
    size_t n;

    rate.count = count.count = (double)o->series->n;
    if (out->duration > 0) {
        if (out->run->grain) {
            rate.resolution = fabs(rate.value) * (double)out->run->grain /
                              (double)PFG_SECOND / out->duration;
        }
        m.values = pfg_stream_rates(o->series, out->n_seconds, &n, out->arena);
        m.n_values = n;
        send_summary(out, o, &m, &rate);
    }
    if (!o->metric->what.builtin) {
        m = begin(out, o, "count", false);
        m.better = PFG_NEUTRAL;
        send_summary(out, o, &m, &count);
    }
}

static void send_rate(const struct output *out, const struct outgoing *o)
{
    struct pfg_k6_unit unit = pfg_k6_unit_of(PFG_K6_PLAIN, false);
    struct pfg_measurement m = pfg_k6_measurement(&o->metric->what, o->target,
                                                  NULL, &unit, out->arena);
    struct pfg_summary summary;

    m.events = (double)o->series->events;
    m.trials = (double)(o->series->n - o->series->bad);
    summary = pfg_summary_of(m.events / m.trials);
    summary.count = m.trials;
    if (m.trials > 0) {
        send_summary(out, o, &m, &summary);
    }
}

static void send_gauge(const struct output *out, const struct outgoing *o)
{
    struct pfg_summary summary = pfg_summary_of(o->series->last);
    struct pfg_measurement m = begin(out, o, NULL, false);

    summary.min = o->series->lowest;
    summary.max = o->series->highest;
    summary.count = (double)o->series->n;
    if (o->series->n > o->series->bad) {
        send_summary(out, o, &m, &summary);
    }
}

/* Reports impossible points as a failed sample, so that they do not vanish. */
static void send_bad(const struct output *out, const struct outgoing *o)
{
    bool trend = o->series->type == PFG_STREAM_TREND;
    struct pfg_measurement m = begin(out, o, trend ? "p50" : NULL,
                                     o->series->type == PFG_STREAM_COUNTER);

    m.error = pfg_slice_of(pfg_arena_printf(
        out->arena, "%" PRIu64 " of %" PRIu64 " points are %s", o->series->bad,
        o->series->n,
        o->metric->what.contains == PFG_K6_TIME ? "negative or not numbers"
                                                : "not numbers"));
    send_summary(out, o, &m, NULL);
}

static void send_series(const struct output *out, const struct outgoing *o)
{
    static void (*const senders[])(const struct output *,
                                   const struct outgoing *) = {
        [PFG_STREAM_TREND] = send_trend,
        [PFG_STREAM_COUNTER] = send_counter,
        [PFG_STREAM_RATE] = send_rate,
        [PFG_STREAM_GAUGE] = send_gauge,
    };

    pfg_stream_close(o->series, &out->run->pool);
    out->run->n_late += o->series->late;
    senders[o->series->type](out, o);
    if (o->series->bad) {
        send_bad(out, o);
    }
    pfg_arena_clear(out->arena);
}

static int by_target_and_metric(const void *a, const void *b)
{
    const struct outgoing *left = a, *right = b;
    int order = pfg_k6_target_compare(left->target, right->target);

    return order ? order
                 : pfg_k6_metric_compare(&left->metric->what,
                                         &right->metric->what);
}

typedef PFG_VEC(struct outgoing) outgoing_list;

/* Finishes all names before anything is sent; see pfg_k6_target_finish(). */
static struct pfg_k6_target **final_targets(const struct pfg_k6_run *run,
                                            struct pfg_arena *arena)
{
    const struct pfg_map *endpoints = &run->tags.endpoints;
    struct pfg_k6_target script = {.benchmark = PFG_LIT("k6")};
    struct pfg_k6_target **targets =
        pfg_arena_new_array(arena, struct pfg_k6_target *, endpoints->n);
    struct pfg_map seen;

    pfg_map_init(&seen, arena);
    pfg_k6_target_see(&seen, &script);
    for (size_t i = 0; i < endpoints->n; i++) {
        struct pfg_k6_endpoint *endpoint = endpoints->entries[i].value;

        targets[endpoint->id] = &endpoint->target;
        pfg_k6_target_see(&seen, &endpoint->target);
    }
    for (size_t i = 0; i < endpoints->n; i++) {
        pfg_k6_target_finish(targets[i], &seen, arena);
    }
    return targets;
}

static void list_metric(outgoing_list *list, struct pfg_k6_run_metric *metric,
                        const struct pfg_k6_target *script,
                        const struct pfg_k6_target *answered,
                        struct pfg_k6_target *const *targets,
                        struct pfg_arena *arena)
{
    struct outgoing o = {metric, script, &metric->whole};

    if (!metric->whole.n) {
        return;
    }
    pfg_vec_push(list, arena, o);
    if (metric->answered.n) {
        o.target = answered;
        o.series = &metric->answered;
        pfg_vec_push(list, arena, o);
    }
    /* A single endpoint would repeat the whole script. */
    for (size_t i = 0; metric->n_groups > 1 && i < metric->room; i++) {
        if (metric->by_endpoint[i]) {
            o.target = targets[i];
            o.series = metric->by_endpoint[i];
            pfg_vec_push(list, arena, o);
        }
    }
}

static void send_all(const struct output *out, struct pfg_arena *arena)
{
    const struct pfg_k6_run *run = out->run;
    struct pfg_k6_target **targets = final_targets(run, arena);
    struct pfg_k6_target script, answered;
    outgoing_list list = {0};

    pfg_k6_target_parse(&script, pfg_slice_make(NULL, 0), arena);
    pfg_k6_target_parse(&answered, PFG_LIT("expected_response:true"), arena);
    for (size_t i = 0; i < run->metrics.n; i++) {
        list_metric(&list, run->metrics.entries[i].value, &script, &answered,
                    targets, arena);
    }
    if (list.n) {
        qsort(list.at, list.n, sizeof *list.at, by_target_and_metric);
    }
    for (size_t i = 0; i < list.n; i++) {
        send_series(out, &list.at[i]);
    }
}

void pfg_k6_run_send(struct pfg_k6_run *run)
{
    struct pfg_reader *reader = run->reader;
    struct pfg_process_start start = {.time = run->first};
    struct output out = {
        .run = run,
        .sink = reader->sink,
        .duration = (double)(run->last - run->first) / (double)PFG_SECOND,
        .n_seconds = (run->last - run->origin) / PFG_SECOND,
    };

    out.n_seconds = out.n_seconds > 0 ? out.n_seconds : 0;
    if (!run->n_points) {
        return;
    }
    out.arena = pfg_arena_new();
    out.sink->process(out.sink->self, &start);
    send_all(&out, reader->arena);
    pfg_arena_free(out.arena);
    if (run->n_late) {
        pfg_reader_warn(reader,
                        "%" PRIu64 " points came more than %d s late: they "
                        "count only in the figures of the whole run",
                        run->n_late, PFG_STREAM_WINDOW);
    }
    if (run->first == run->last) {
        pfg_reader_warn(reader, "all points have the same time: no rates");
    }
}
