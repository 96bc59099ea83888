#include "cli/options/input_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "ingest/custom/series_csv.h"
#include "render/render.h"

static int by_key(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;

    return strcmp(left->key, right->key);
}

int pfg_input_facts(const struct pfg_fact **out, size_t *n,
                    const struct pfg_arguments *arguments, const char *option,
                    struct pfg_error *err)
{
    const char *const *values;
    struct pfg_fact *facts;

    *n = pfg_arguments_all(arguments, option, &values);
    facts = pfg_arena_new_array(arguments->arena, struct pfg_fact, *n);
    for (size_t i = 0; i < *n; i++) {
        const char *equals = strchr(values[i], '=');

        if (!equals || equals == values[i]) {
            return pfg_fail(err, PFG_USAGE, "--%s expects KEY=VALUE, not '%s'",
                            option, values[i]);
        }
        facts[i].key = pfg_arena_slice(arguments->arena,
                                       pfg_slice_range(values[i], equals));
        facts[i].value = equals + 1;
    }
    if (*n) {
        qsort(facts, *n, sizeof *facts, by_key);
    }
    *out = facts;
    return 0;
}

static int check_directions(const struct pfg_fact *directions, size_t n,
                            struct pfg_error *err)
{
    enum pfg_direction better;

    for (size_t i = 0; i < n; i++) {
        if (pfg_direction_parse(&better, pfg_slice_of(directions[i].value))) {
            return pfg_fail(
                err, PFG_USAGE,
                "--direction %s=%s: expected higher, lower or neutral",
                directions[i].key, directions[i].value);
        }
    }
    return 0;
}

/* --csv-column implies the only format with columns. */
static int read_csv_options(struct pfg_ingest_options *out,
                            const struct pfg_arguments *arguments,
                            struct pfg_error *err)
{
    out->n_csv_columns =
        pfg_arguments_all(arguments, "csv-column", &out->csv_columns);
    out->csv_statistic = pfg_arguments_value(arguments, "csv-statistic");
    if (!pfg_series_csv_knows(out->csv_statistic)) {
        pfg_fail(err, PFG_USAGE, "unknown --csv-statistic '%s'",
                 out->csv_statistic);
        return pfg_hint(err, "use mean, median, min, max, first, last, sum, or "
                             "a percentile such as p95");
    }
    if (out->csv_statistic && !out->n_csv_columns) {
        return pfg_fail(err, PFG_USAGE,
                        "--csv-statistic needs --csv-column TITLE");
    }
    if (out->n_csv_columns && !out->format) {
        out->format = "csv";
    }
    return 0;
}

/* The store numbers series with 32 bits. */
static int read_max_series(size_t *out, const struct pfg_arguments *arguments,
                           struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, "max-series");
    uint64_t n = 0;

    if (text && (pfg_number_parse_u64(&n, pfg_slice_of(text)) || !n ||
                 n >= UINT32_MAX)) {
        return pfg_fail(err, PFG_USAGE,
                        "--max-series expects a number above zero, not '%s'",
                        text);
    }
    *out = (size_t)n;
    return 0;
}

/* "--format html" names a report format, not an input format. */
static int check_format(const char *format, struct pfg_error *err)
{
    if (!format || !strcmp(format, "csv") || !strcmp(format, "json") ||
        !pfg_renderer_find(format)) {
        return 0;
    }
    pfg_fail(err, PFG_USAGE, "'%s' is a report format, not an input format",
             format);
    return pfg_hint(err, "perfgate compare --report %s", format);
}

int pfg_input_options(struct pfg_read_options *out,
                      const struct pfg_arguments *arguments,
                      struct pfg_error *err)
{
    struct pfg_collect_options *collect = &out->collect;
    const char *format = pfg_arguments_value(arguments, "format");

    *out = (struct pfg_read_options){
        .config = pfg_arguments_value(arguments, "config")};
    out->ingest.format = format && strcmp(format, "auto") ? format : NULL;
    out->ingest.criterion_baseline =
        pfg_arguments_value(arguments, "criterion-baseline");
    out->ingest.k6_tags = pfg_arguments_value(arguments, "k6-tags");
    out->strict = pfg_arguments_flag(arguments, "strict");
    collect->benchmark = pfg_arguments_value(arguments, "name");
    collect->suite = pfg_arguments_value(arguments, "suite");
    if (check_format(format, err) ||
        pfg_input_facts(&collect->directions, &collect->n_directions, arguments,
                        "direction", err) ||
        read_csv_options(&out->ingest, arguments, err) ||
        read_max_series(&collect->max_series, arguments, err)) {
        return -1;
    }
    out->ingest.directions = collect->directions;
    out->ingest.n_directions = collect->n_directions;
    return check_directions(collect->directions, collect->n_directions, err);
}
