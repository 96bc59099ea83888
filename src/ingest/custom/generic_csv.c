#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "ingest/custom/generic.h"
#include "ingest/custom/series_csv.h"

/*
 * Two kinds of CSV, described in docs/formats.md. Results, an observation per
 * row, recognised by their header:
 *
 *   name,metric,value,unit,better,suite,param:size
 *   startup,,12.3,ms,,cli,8
 *
 * And with --csv-column, the log of values that were sampled while a program
 * ran (series_csv.c).
 */

enum column {
    NAME,
    VALUE,
    UNIT,
    METRIC,
    BETTER,
    SUITE,
    ERROR,
    N_COLUMNS,
};

static const char *const titles[N_COLUMNS] = {
    "name", "value", "unit", "metric", "better", "suite", "error",
};

struct table {
    size_t columns[N_COLUMNS]; /* their indices; n if missing */
    size_t n;
    const char **params;   /* the parameter of each column, or NULL */
    struct pfg_param *row; /* the parameters of the current row */
    struct pfg_map warned;
    struct pfg_series_csv series;
};

static void find_params(struct pfg_reader *reader, struct table *table,
                        const struct pfg_csv_row *header)
{
    table->params = pfg_arena_new_array(reader->arena, const char *, header->n);
    table->row =
        pfg_arena_new_array(reader->arena, struct pfg_param, header->n);
    for (size_t i = 0; i < header->n; i++) {
        struct pfg_slice title = pfg_slice_trim(header->cells[i]);
        bool known = false;

        for (size_t k = 0; k < N_COLUMNS; k++) {
            known |= table->columns[k] == i;
        }
        if (pfg_take(&title, "param:")) {
            table->params[i] = pfg_arena_slice(reader->arena, title);
        } else if (!known) {
            pfg_reader_warn(
                reader,
                "unknown column '%.*s': ignored (parameters are 'param:NAME')",
                (int)(title.len < 60 ? title.len : 60), title.ptr);
        }
    }
}

/* "Name" and "NAME" are "name". */
static size_t find_title(const struct pfg_csv_row *header, const char *title)
{
    for (size_t i = 0; i < header->n; i++) {
        struct pfg_slice cell = pfg_slice_trim(header->cells[i]);

        if (cell.len == strlen(title) &&
            !strncasecmp(cell.ptr, title, cell.len)) {
            return i;
        }
    }
    return header->n;
}

static enum pfg_claim read_header(struct pfg_reader *reader, void *state,
                                  const struct pfg_csv_row *header)
{
    struct table *table = state;

    if (reader->options->n_csv_columns) {
        return pfg_series_csv_header(&table->series, reader, header);
    }
    table->n = header->n;
    for (size_t i = 0; i < N_COLUMNS; i++) {
        table->columns[i] = find_title(header, titles[i]);
    }
    if (table->columns[NAME] == table->n || table->columns[VALUE] == table->n ||
        (table->columns[UNIT] == table->n &&
         table->columns[METRIC] == table->n && !reader->options->format)) {
        return PFG_NOT_MINE;
    }
    find_params(reader, table, header);
    return PFG_MINE;
}

static struct pfg_slice cell(const struct table *table,
                             const struct pfg_csv_row *row, enum column column)
{
    return pfg_slice_trim(pfg_csv_cell(row, table->columns[column]));
}

static void add_params(const struct table *table, const struct pfg_csv_row *row,
                       struct pfg_measurement *m)
{
    struct pfg_param *params = table->row;

    m->params = params;
    for (size_t i = 0; i < row->n && i < table->n; i++) {
        struct pfg_slice value = pfg_slice_trim(row->cells[i]);

        if (table->params[i] && value.len) {
            params[m->n_params++] =
                (struct pfg_param){pfg_slice_of(table->params[i]), value};
        }
    }
}

static void send_row(struct pfg_reader *reader, struct table *table,
                     const struct pfg_csv_row *row)
{
    struct pfg_slice written = cell(table, row, VALUE);
    struct pfg_slice digits = pfg_csv_number(written, reader->arena);
    struct pfg_slice unit = cell(table, row, UNIT);
    struct pfg_generic_meaning meaning = pfg_generic_find(
        reader, cell(table, row, NAME), cell(table, row, METRIC), unit,
        cell(table, row, BETTER));
    struct pfg_measurement m = {
        .suite = cell(table, row, SUITE),
        .benchmark = cell(table, row, NAME),
        .metric = meaning.metric,
        .unit = meaning.unit.base,
        .better = meaning.better,
        .written_unit = unit,
        .error = meaning.error ? pfg_slice_of(meaning.error)
                               : cell(table, row, ERROR),
        .pos = reader->pos,
    };
    double value;

    if (!pfg_unit_convert(&value, digits, &meaning.unit)) {
        m.values = &value;
        m.n_values = 1;
        m.written = &written;
    } else if (!m.error.len) {
        m.error = pfg_slice_of(
            pfg_arena_printf(reader->arena,
                             pfg_csv_is_either(digits)
                                 ? "'%.60s' is ambiguous (decimal or thousands "
                                   "separator): write it without the comma"
                                 : "'%.60s' is not a number",
                             pfg_arena_slice(reader->arena, digits)));
    }
    add_params(table, row, &m);
    reader->sink->measurement(reader->sink->self, &m);
    if (!meaning.has_better) {
        pfg_generic_warn(reader, &table->warned, meaning.metric);
    }
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *state,
                               const struct pfg_csv_row *row)
{
    struct table *table = state;

    if (reader->options->n_csv_columns) {
        return pfg_series_csv_row(&table->series, reader, row);
    }
    if (row->cut) {
        pfg_reader_warn(reader, "the row is cut off: ignored");
        return PFG_MINE;
    }
    if (row->n < 2 || row->n > table->n || !cell(table, row, NAME).len) {
        return PFG_NOT_MINE;
    }
    send_row(reader, table, row);
    return PFG_MINE;
}

static void finish(struct pfg_reader *reader, void *state)
{
    struct table *table = state;

    if (reader->options->n_csv_columns) {
        pfg_series_csv_finish(&table->series, reader);
    }
}

const struct pfg_ingester pfg_ingester_csv = {
    .name = "csv",
    .title = "generic CSV; a CSV time series (--csv-column)",
    .looks = "a header with 'name', 'value' and 'unit' or 'metric'",
    .last = true,
    .state_size = sizeof(struct table),
    .header = read_header,
    .row = read_row,
    .finish = finish,
};
