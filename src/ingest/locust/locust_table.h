#ifndef PFG_INGEST_LOCUST_LOCUST_TABLE_H
#define PFG_INGEST_LOCUST_LOCUST_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/* A table of Locust's that is being read; shared by locust.c, whose the rows
 * are, and locust_history.c, which gathers what goes out at a table's end. */

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
    size_t column[PFG_LOCUST_COLUMNS]; /* n_columns where there is none */
    struct {
        size_t column;
        const char *metric;
    } percentile[PFG_LOCUST_PERCENTILES_MAX];
    size_t n_percentiles;
    bool has_total; /* the row over all */
    bool short_row; /* the last line of the text so far is a part of one */
    struct pfg_pos short_at;
    bool again; /* a table of statistics came before: another process */

    struct pfg_str name; /* of the last benchmark, in the reader's arena */
    double sum;          /* of failures or exceptions */
    bool ready;
    struct pfg_map by_name; /* of locust_history.c, as are */
    PFG_VEC(double) times;  /* when there were rows, s */
};

bool pfg_locust_is_total(struct pfg_slice name);

/* "GET /items"; the row over all is "Aggregated" in every version. Stands until
 * the next is asked for. */
struct pfg_slice pfg_locust_benchmark(struct pfg_reader *reader,
                                      struct pfg_locust_table *table,
                                      const struct pfg_csv_row *row);

/* A cell as a number, NAN where it is none ("N/A"). */
double pfg_locust_number(const struct pfg_locust_table *table,
                         const struct pfg_csv_row *row,
                         enum pfg_locust_column column);

/* How many of `trials` (0: not said) were events, at the reader's place. */
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

/* What a table says at its end; nothing where none was begun. */
void pfg_locust_finish(struct pfg_reader *reader,
                       struct pfg_locust_table *table);

#endif
