#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"
#include "ingest/k6/k6_run.h"

/*
 * k6 --out csv has a row for each point,
 *
 *     metric_name,timestamp,metric_value,<system tags>,extra_tags,metadata
 *
 * where the tags are the enabled ones, sorted, and the time is in whole seconds
 * unless configured otherwise (ms, µs, ns, RFC 3339). No column has the type of
 * the metric, so only built-in metrics can be read.
 */

#define MAX_WARNINGS 20

struct state {
    bool begun;
    struct pfg_k6_run run;
    size_t columns[PFG_K6_TAGS_MAX]; /* of the tags; SIZE_MAX: absent */
    size_t extra;                    /* column of extra_tags */
    size_t n_columns;
    size_t n_warnings;
    bool short_row; /* the last line so far is part of a row */
    struct pfg_pos short_at;
};

static bool may_warn(struct state *s)
{
    return s->n_warnings++ < MAX_WARNINGS;
}

static bool is_header(const struct pfg_csv_row *row)
{
    return row->n > 3 && pfg_slice_is(row->cells[0], "metric_name") &&
           pfg_slice_is(row->cells[1], "timestamp") &&
           pfg_slice_is(row->cells[2], "metric_value");
}

static enum pfg_claim read_header(struct pfg_reader *reader, void *self,
                                  const struct pfg_csv_row *header)
{
    struct state *s = self;

    if (!is_header(header)) {
        return PFG_NOT_MINE;
    }
    if (s->begun) {
        pfg_k6_run_send(&s->run);
        pfg_k6_run_restart(&s->run);
    } else {
        s->begun = true;
        pfg_k6_run_begin(&s->run, reader);
    }
    s->run.reader = reader;
    s->run.grain = 0;
    s->n_columns = header->n;
    s->extra = pfg_csv_find(header, "extra_tags");
    for (size_t i = 0; i < s->run.tags.n_picks; i++) {
        s->columns[i] = pfg_csv_find(header, s->run.tags.picks[i].path);
    }
    return PFG_MINE;
}

/* The value of a tag in "a=1&b=2". */
static struct pfg_slice extra_tag(struct pfg_slice extra, const char *name)
{
    while (extra.len) {
        struct pfg_slice value = pfg_take_until(&extra, '&');
        struct pfg_slice key = pfg_take_until(&value, '=');

        if (pfg_slice_is(key, name)) {
            return value;
        }
    }
    return pfg_slice_make(NULL, 0);
}

/* The text of all cells after the value, as in the line. Empty if cells are
 * quoted, because they are then not adjacent. */
static struct pfg_slice tail_of(const struct pfg_csv_row *row)
{
    const struct pfg_slice *last = &row->cells[row->n - 1];
    const char *begin = row->cells[3].ptr;

    return begin == row->cells[2].ptr + row->cells[2].len + 1
               ? pfg_slice_range(begin, last->ptr + last->len)
               : pfg_slice_make(NULL, 0);
}

static void read_tags(struct state *s, const struct pfg_csv_row *row)
{
    struct pfg_k6_tags *tags = &s->run.tags;
    struct pfg_slice written = tail_of(row);

    if (pfg_k6_tags_are(tags, written)) {
        return;
    }
    for (size_t i = 0; i < tags->n_picks; i++) {
        tags->picks[i].value =
            s->columns[i] < s->n_columns
                ? pfg_csv_cell(row, s->columns[i])
                : extra_tag(pfg_csv_cell(row, s->extra), tags->picks[i].path);
    }
    pfg_k6_tags_find_endpoint(tags, written);
}

/* Reads a time. The unit of a plain number follows from its number of digits,
 * for the years 2001 to 2286. */
static int read_time(struct state *s, pfg_time *out, struct pfg_slice text)
{
    static const struct {
        size_t digits;
        pfg_time unit;
        uint64_t max;
    } units[] = {
        {10, PFG_SECOND, INT64_MAX / PFG_SECOND},
        {13, PFG_SECOND / 1000, INT64_MAX / (PFG_SECOND / 1000)},
        {16, PFG_SECOND / 1000000, INT64_MAX / (PFG_SECOND / 1000000)},
        {19, 1, INT64_MAX},
    };
    uint64_t number;

    if (pfg_number_parse_u64(&number, text)) {
        return pfg_time_parse(out, text);
    }
    for (size_t i = 0; i < PFG_COUNT(units); i++) {
        if (text.len == units[i].digits && number <= units[i].max) {
            *out = (pfg_time)number * units[i].unit;
            s->run.grain = i ? 0 : PFG_SECOND;
            return 0;
        }
    }
    return -1;
}

static bool is_known(struct pfg_reader *reader, struct state *s,
                     struct pfg_k6_run_metric *metric)
{
    if (metric->what.type != PFG_STREAM_UNKNOWN) {
        return true;
    }
    if (!metric->declared && may_warn(s)) {
        pfg_reader_warn(reader,
                        "k6's CSV does not contain the type of the metric "
                        "'%.*s': its points are ignored (use --out json)",
                        PFG_SLICE(pfg_slice_first(metric->what.name, 100)));
    }
    metric->declared = true;
    return false;
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *self,
                               const struct pfg_csv_row *row)
{
    struct state *s = self;
    struct pfg_k6_run_metric *metric;
    double value = NAN;
    pfg_time time;

    if (row->cut || row->n < s->n_columns) {
        s->short_row = true;
        s->short_at = reader->pos;
        return row->cut ? PFG_MINE : PFG_NOT_MINE;
    }
    if (is_header(row)) {
        return PFG_NOT_MINE;
    }
    if (read_time(s, &time, row->cells[1])) {
        if (may_warn(s)) {
            pfg_reader_warn(reader, "no time: '%.*s'; this point is ignored",
                            PFG_SLICE(pfg_slice_first(row->cells[1], 40)));
        }
        return PFG_MINE;
    }
    metric = pfg_k6_run_metric(&s->run, row->cells[0]);
    if (!metric || !is_known(reader, s, metric)) {
        return PFG_MINE;
    }
    pfg_number_parse(&value, row->cells[2],
                     pfg_k6_unit_of(metric->what.contains, false).exp10);
    if (metric->what.split) {
        read_tags(s, row);
    }
    pfg_k6_run_add(&s->run, metric, time, value);
    return PFG_MINE;
}

/* If a line follows, a row that was too short was not a row at all: only the
 * last line of a text can be cut off. */
static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *s = self;

    if (line.len && reader->pos.line > s->short_at.line) {
        s->short_row = false;
    }
    return PFG_NOT_MINE;
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *s = self;

    if (!s->begun) {
        return;
    }
    s->run.reader = reader;
    pfg_k6_run_send(&s->run);
    if (s->short_row) {
        reader->pos = s->short_at;
        pfg_reader_fail(reader, "k6's CSV ends inside a row: cut off?");
    }
}

const struct pfg_ingester pfg_ingester_k6_csv = {
    .name = "k6_csv",
    .title = "k6 --out csv",
    .looks = "a header 'metric_name,timestamp,metric_value,...'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .header = read_header,
    .row = read_row,
    .finish = finish,
};
