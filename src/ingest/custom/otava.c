#include <string.h>

#include "base/map.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/custom/generic.h"

/*
 * A history for Apache Otava, formerly Hunter (docs/CSV.md): a row per commit,
 *
 *   time,commit,metric1,metric2
 *   2024.01.01 3:00:00 +0100,aaa0,154023,10.43
 *
 * otava.yaml, which is not read, has the metrics and their directions. Here
 * each column with numbers is a metric, and its title decides the direction. A
 * column of words, such as `branch`, is not one.
 */

#define MAX_COLUMNS 200

struct table {
    size_t n, time, commit;
    const char *titles[MAX_COLUMNS];
    bool numbers[MAX_COLUMNS]; /* the column has had a number */
    struct pfg_map warned;
    bool warned_time;
};

static enum pfg_claim read_header(struct pfg_reader *reader, void *state,
                                  const struct pfg_csv_row *header)
{
    struct table *table = state;
    size_t time = pfg_csv_find(header, "time");
    size_t commit = pfg_csv_find(header, "commit");

    if (time == header->n || commit == header->n || header->n < 3 ||
        header->n > MAX_COLUMNS || reader->options->n_csv_columns) {
        return PFG_NOT_MINE;
    }
    *table = (struct table){.n = header->n, .time = time, .commit = commit};
    for (size_t i = 0; i < header->n; i++) {
        table->titles[i] =
            pfg_arena_slice(reader->arena, pfg_slice_trim(header->cells[i]));
    }
    return PFG_MINE;
}

/* Also reads "2024.01.01 3:00:00 +0100", as in Otava's examples. */
static pfg_time time_of(struct pfg_reader *reader, struct pfg_slice text)
{
    struct pfg_slice rest = text, day, clock;
    pfg_time time;
    char *date;

    if (!pfg_time_parse(&time, text)) {
        return time;
    }
    day = pfg_take_word(&rest);
    clock = pfg_take_word(&rest);
    rest = pfg_slice_trim(rest);
    if (rest.len != 5 || day.len != 10) {
        return 0;
    }
    date = pfg_arena_slice(reader->arena, day);
    date[4] = date[7] = '-';
    text = pfg_slice_of(
        pfg_arena_printf(reader->arena, "%sT%s%.*s%.3s:%.2s", date,
                         pfg_slice_find_byte(clock, ':') == 1 ? "0" : "",
                         PFG_SLICE(clock), rest.ptr, rest.ptr + 3));
    return pfg_time_parse(&time, text) ? 0 : time;
}

static void send_cell(struct pfg_reader *reader, struct table *table,
                      size_t column, struct pfg_slice digits)
{
    struct pfg_slice metric = pfg_slice_of(table->titles[column]);
    struct pfg_generic_meaning meaning = pfg_generic_find(
        reader, metric, metric, pfg_slice_of(NULL), pfg_slice_of(NULL));
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);

    finding.m.benchmark = pfg_generic_stem(reader->pos.file);
    finding.m.metric = metric;
    finding.m.better = meaning.better;
    if (!pfg_builder_read_value(&finding, digits)) {
        if (digits.len && table->numbers[column]) {
            pfg_reader_warn(reader, "'%.*s' is not a number of %s: ignored",
                            PFG_SLICE(pfg_slice_first(digits, 60)),
                            table->titles[column]);
        }
        return;
    }
    table->numbers[column] = true;
    pfg_builder_send(&finding);
    if (!meaning.has_better) {
        pfg_generic_warn(reader, &table->warned, metric);
    }
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *state,
                               const struct pfg_csv_row *row)
{
    struct table *table = state;
    struct pfg_slice commit = pfg_slice_trim(pfg_csv_cell(row, table->commit));
    struct pfg_slice when = pfg_slice_trim(pfg_csv_cell(row, table->time));
    pfg_time time;

    if (row->cut || row->n != table->n || !commit.len) {
        pfg_reader_warn(reader,
                        "the row has %zu cells of %zu, or no commit: ignored",
                        row->n, table->n);
        return row->n > 1 ? PFG_MINE : PFG_NOT_MINE;
    }
    time = time_of(reader, when);
    if (!time && !table->warned_time) {
        pfg_reader_warn(reader, "'%.*s' is not a known time format",
                        PFG_SLICE(pfg_slice_first(when, 60)));
        table->warned_time = true;
    }
    pfg_builder_revision(reader, commit, time, pfg_slice_of(NULL));
    for (size_t i = 0; i < table->n; i++) {
        if (i != table->time && i != table->commit) {
            send_cell(reader, table, i, pfg_slice_trim(row->cells[i]));
        }
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_otava = {
    .name = "otava",
    .title = "Apache Otava's CSV",
    .looks = "a CSV header with 'time', 'commit' and metrics",
    .state_size = sizeof(struct table),
    .header = read_header,
    .row = read_row,
};
