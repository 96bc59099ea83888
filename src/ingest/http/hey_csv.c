#include "ingest/http/hey_csv.h"

#include <math.h>

#include "base/number.h"
#include "ingest/core/load_block.h"

enum pfg_claim pfg_hey_csv_header(struct pfg_hey_csv *table,
                                  struct pfg_reader *reader,
                                  const struct pfg_csv_row *header)
{
    if (header->n < 6 || !pfg_slice_is(header->cells[0], "response-time") ||
        !pfg_slice_is(header->cells[1], "DNS+dialup")) {
        return PFG_NOT_MINE;
    }
    if (table->begun) {
        pfg_hey_csv_finish(table, reader);
        reader->sink->process(reader->sink->self,
                              &(struct pfg_process_start){0});
    }
    *table = (struct pfg_hey_csv){
        .begun = true,
        .n_columns = header->n,
        .status = pfg_csv_find(header, "status-code"),
        .offset = pfg_csv_find(header, "offset"),
        .pos = reader->pos,
        .pool = {.arena = reader->arena},
        .log = pfg_request_log_begin(10000),
    };
    return PFG_MINE;
}

enum pfg_claim pfg_hey_csv_row(struct pfg_hey_csv *table,
                               struct pfg_reader *reader,
                               const struct pfg_csv_row *row)
{
    double seconds = NAN, offset = 0, status = 0;

    if (row->cut || row->n < table->n_columns) {
        table->short_row = true;
        table->short_at = reader->pos;
        return row->cut ? PFG_MINE : PFG_NOT_MINE;
    }
    if (pfg_number_parse(&seconds, pfg_slice_trim(row->cells[0]), 0)) {
        return PFG_NOT_MINE;
    }
    pfg_number_parse(&offset, pfg_csv_cell(row, table->offset), 0);
    pfg_number_parse(&status, pfg_csv_cell(row, table->status), 0);
    pfg_request_log_add(&table->log, &table->pool, offset, seconds,
                        status >= 400 ? PFG_REQUEST_BAD : PFG_REQUEST_GOOD);
    return PFG_MINE;
}

void pfg_hey_csv_other_line(struct pfg_hey_csv *table,
                            const struct pfg_reader *reader,
                            struct pfg_slice text)
{
    if (text.len && reader->pos.line > table->short_at.line) {
        table->short_row = false;
    }
}

void pfg_hey_csv_finish(struct pfg_hey_csv *table, struct pfg_reader *reader)
{
    struct pfg_load_block block = {.benchmark = PFG_LIT("hey")};
    const struct pfg_measurement like = {
        .benchmark = block.benchmark,
        .pos = {.file = reader->pos.file, .line = table->pos.line},
    };

    if (!table->begun) {
        return;
    }
    if (table->offset >= table->n_columns) {
        table->log.last = 0; /* without offsets no rate is known */
    }
    pfg_request_log_send(&table->log, &table->pool, reader, &like);
    if (table->status < table->n_columns && table->log.n > 0) {
        pfg_load_block_add_events(&block, reader, "errors status",
                                  table->log.n_bad, table->log.n,
                                  pfg_slice_of(NULL), like.pos);
        pfg_load_block_send(&block, reader);
    }
    if (table->log.latency.bad) {
        pfg_reader_warn(reader, "%llu rows have no time: ignored",
                        (unsigned long long)table->log.latency.bad);
    }
    if (table->short_row) {
        reader->pos = table->short_at;
        pfg_reader_fail(reader, "hey's CSV ends inside a row: cut off?");
    }
}
