#include "ingest/http/request_log.h"

#include <math.h>
#include <string.h>

struct pfg_request_log pfg_request_log_begin(size_t exact)
{
    return (struct pfg_request_log){
        .latency = {.type = PFG_STREAM_TREND, .limit = exact},
        .first = INFINITY,
    };
}

void pfg_request_log_add(struct pfg_request_log *log,
                         struct pfg_block_pool *pool, double at, double seconds,
                         enum pfg_request what)
{
    int64_t second;

    if (!(seconds >= 0 && seconds < 1e9) || !(fabs(at) < 1e12)) {
        pfg_stream_bad(&log->latency);
        return;
    }
    log->first = fmin(log->first, at);
    log->last = fmax(log->last, at + seconds);
    log->n++;
    log->n_bad += what != PFG_REQUEST_GOOD;
    if (what != PFG_REQUEST_FAILED) {
        second = (int64_t)(at - log->first);
        log->newest = second > log->newest ? second : log->newest;
        pfg_stream_add(&log->latency, pool, second, log->newest, seconds);
    }
}

static void send(const struct pfg_request_log *log, struct pfg_reader *reader,
                 const struct pfg_measurement *like, const char *metric,
                 double value)
{
    const struct pfg_sketch *all = &log->latency.all;
    struct pfg_summary summary = pfg_summary_of(value);
    struct pfg_measurement m = *like;

    m.metric = pfg_slice_of(metric);
    m.unit = PFG_LIT("s");
    m.better = !strcmp(metric, "latency min") || !strcmp(metric, "latency max")
                   ? PFG_NEUTRAL
                   : PFG_LOWER;
    m.summary = &summary;
    summary.count = (double)all->n;
    if (!strcmp(metric, "latency p50")) {
        m.values = pfg_stream_medians(&log->latency, log->newest, &m.n_values,
                                      reader->arena);
    }
    if (!strcmp(metric, "latency mean")) {
        summary.min = all->min;
        summary.max = all->max;
    }
    reader->sink->measurement(reader->sink->self, &m);
}

static void send_rate(const struct pfg_request_log *log,
                      struct pfg_reader *reader,
                      const struct pfg_measurement *like)
{
    struct pfg_summary summary =
        pfg_summary_of(log->n / (log->last - log->first));
    struct pfg_measurement m = *like;

    m.metric = PFG_LIT("requests");
    m.unit = PFG_LIT("1/s");
    m.better = PFG_HIGHER;
    m.summary = &summary;
    summary.count = log->n;
    reader->sink->measurement(reader->sink->self, &m);
}

void pfg_request_log_send(struct pfg_request_log *log,
                          struct pfg_block_pool *pool,
                          struct pfg_reader *reader,
                          const struct pfg_measurement *like)
{
    static const struct {
        const char *metric;
        double p;
    } quantiles[] = {{"latency p50", 0.5},
                     {"latency p90", 0.9},
                     {"latency p95", 0.95},
                     {"latency p99", 0.99}};
    struct pfg_sketch *all = &log->latency.all;

    pfg_stream_close(&log->latency, pool);
    if (log->last > log->first) {
        send_rate(log, reader, like);
    }
    if (!all->n) {
        return;
    }
    send(log, reader, like, "latency mean", pfg_sketch_mean(all));
    send(log, reader, like, "latency min", all->min);
    for (size_t i = 0; i < PFG_COUNT(quantiles); i++) {
        send(log, reader, like, quantiles[i].metric,
             pfg_sketch_quantile(all, quantiles[i].p));
    }
    send(log, reader, like, "latency max", all->max);
}
