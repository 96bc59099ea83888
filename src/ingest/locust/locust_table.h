#ifndef PFG_INGEST_LOCUST_LOCUST_TABLE_H
#define PFG_INGEST_LOCUST_LOCUST_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/* A Locust table that is being read. Shared by locust.c, which reads the rows,
 * and locust_history.c, which collects what is sent at the end of a table. */

enum pfg_locust_kind {
    PFG_LOCUST_NONE = 0,
    PFG_LOCUST_STATS,
    PFG_LOCUST_HISTORY,
    PFG_LOCUST_DISTRIBUTION,
    PFG_LOCUST_FAILED,
    PFG_LOCUST_EXCEPTIONS,
};

enum pfg_locust_column {
    PFG_LOCUST_TYPE,
    PFG_LOCUST_NAME,
    PFG_LOCUST_REQUESTS,
    PFG_LOCUST_FAILURES,
    PFG_LOCUST_RATE,
    PFG_LOCUST_FAILURE_RATE,
    PFG_LOCUST_AVERAGE,
    PFG_LOCUST_MEDIAN,
    PFG_LOCUST_MIN,
    PFG_LOCUST_MAX,
    PFG_LOCUST_SIZE,
    PFG_LOCUST_COLUMNS,
};

#define PFG_LOCUST_PERCENTILES_MAX 32

struct pfg_locust_table {
    enum pfg_locust_kind kind;
    struct pfg_pos pos;
    size_t n_columns;
    size_t column[PFG_LOCUST_COLUMNS]; /* n_columns: absent */
    struct {
        size_t column;
        const char *metric;
    } percentile[PFG_LOCUST_PERCENTILES_MAX];
    size_t n_percentiles;
    bool has_total; /* the row for all requests was read */
    bool short_row; /* the last line so far is part of a row */
    struct pfg_pos short_at;
    bool again; /* statistics were read, so the next ones begin a process */

    struct pfg_str name; /* of the last row, in the reader's arena */
    double sum;          /* of failures or exceptions */
    bool ready;
    struct pfg_map by_name; /* for locust_history.c, also: */
    PFG_VEC(double) times;  /* of the rows, s */
};

bool pfg_locust_is_total(struct pfg_slice name);

/* The name of a row: "GET /items". The row for all requests is "Aggregated" in
 * every version. Valid until the next call. */
struct pfg_slice pfg_locust_benchmark(struct pfg_reader *reader,
                                      struct pfg_locust_table *table,
                                      const struct pfg_csv_row *row);

/* A cell as a number; NAN for anything else ("N/A"). */
double pfg_locust_number(const struct pfg_locust_table *table,
                         const struct pfg_csv_row *row,
                         enum pfg_locust_column column);

/* Sends `events` in `trials` (0: unknown) at the reader's position. */
void pfg_locust_send_events(struct pfg_reader *reader,
                            struct pfg_slice benchmark, const char *metric,
                            const struct pfg_slice *written, double events,
                            double trials);

/* Adds to the failures of a benchmark. */
void pfg_locust_count(struct pfg_reader *reader, struct pfg_locust_table *table,
                      struct pfg_slice benchmark, struct pfg_slice digits,
                      double n);

void pfg_locust_on_history(struct pfg_reader *reader,
                           struct pfg_locust_table *table,
                           const struct pfg_csv_row *row);

/* Sends what is known only at the end of a table, if there is one. */
void pfg_locust_finish(struct pfg_reader *reader,
                       struct pfg_locust_table *table);

#endif
