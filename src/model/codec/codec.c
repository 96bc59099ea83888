#include "model/codec/codec.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/fields.h"

static void print_piece(struct pfg_json_writer *w,
                        const struct pfg_series *series,
                        const struct pfg_piece *piece)
{
    bool errored = *piece->error != '\0';
    bool computed = !errored && !piece->n_written;

    pfg_json_put_string(w, "suite", series->suite);
    pfg_json_put_string(w, "benchmark", series->benchmark);
    pfg_facts_put(w, "params", &series->params);
    pfg_facts_put(w, "variant", &series->variant);
    pfg_json_put_string(w, "metric", series->metric);
    pfg_json_put_string(w, "unit", series->unit);
    pfg_json_put_string(w, "better", pfg_direction_name(series->better));
    pfg_json_put_integer(w, "process", (int64_t)piece->number);
    pfg_kind_put(w, "values", &pfg_kind_numbers, &piece->values);
    if (piece->has_summary) {
        pfg_kind_put(w, "summary", &pfg_kind_summary, piece);
    }
    pfg_json_begin(w, "written", '{');
    pfg_kind_put_members(w, &pfg_kind_written, piece);
    pfg_json_end(w, '}');
    pfg_kind_put(w, "computed", &pfg_kind_bool, &computed);
    pfg_json_put_string(w, "status", errored ? "errored" : "ok");
    pfg_json_put_string(w, "error", errored ? piece->error : NULL);
    pfg_json_begin(w, "source", '{');
    pfg_json_put_string(w, "file", piece->file);
    pfg_json_put_integer(w, "line", piece->line);
    pfg_json_end(w, '}');
    if (piece->trials > 0) {
        pfg_json_put_number(w, "events", piece->events);
        pfg_json_put_number(w, "trials", piece->trials);
    }
    pfg_kind_put(w, "exact", &pfg_kind_bool, &series->exact);
    pfg_kind_put(w, "derived", &pfg_kind_bool, &series->derived);
    pfg_kind_put(w, "budget", &pfg_kind_budget, piece);
}

void pfg_codec_print_run(struct pfg_str *out, const struct pfg_run *run)
{
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];

        for (size_t j = 0; j < series->pieces.n; j++) {
            struct pfg_json_writer w = {.out = out};

            pfg_json_begin(&w, NULL, '{');
            print_piece(&w, series, &series->pieces.at[j]);
            pfg_json_end(&w, '}');
            pfg_str_putc(out, '\n');
        }
    }
}

#define AT(member) offsetof(struct pfg_revision, member)
static const struct pfg_field revision_fields[] = {
    {"id", AT(id), &pfg_kind_text, "revision.sha"},
    {"tree", AT(tree), &pfg_kind_text, "revision.tree"},
    {"subject", AT(subject), &pfg_kind_text, "revision.subject"},
    {"branch", AT(branch), &pfg_kind_text, "run.branch"},
    {"merge", AT(merge), &pfg_kind_text, "run.merged"},
    {"time", AT(time), &pfg_kind_time, "revision.time"},
    {"dirty", AT(dirty), &pfg_kind_bool, "run.dirty"},
    {"named", AT(named), &pfg_kind_bool, "revision.named"},
};
#undef AT
const struct pfg_field_kind pfg_kind_revision = {PFG_STRUCT(revision_fields),
                                                 .sparse = true};

static const struct pfg_field process_fields[] = {
    {"round", offsetof(struct pfg_process, round), &pfg_kind_long,
     "process.round"},
    {"time", offsetof(struct pfg_process, time), &pfg_kind_time,
     "process.time"},
};
const struct pfg_field_kind pfg_kind_process = {PFG_STRUCT(process_fields)};

/* An empty list where there are none. */
static const struct pfg_field_kind kind_processes = {
    PFG_WRITTEN, PFG_STRUCTS(struct pfg_process, process_fields),
    .lined = true};

static void put_series_list(struct pfg_json_writer *w, const char *key,
                            const void *at)
{
    const struct pfg_run *run = at;

    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < run->series.n; i++) {
        pfg_kind_put(w, NULL, &pfg_kind_series, run->series.at[i]);
    }
    pfg_json_end(w, ']');
}

static int take_series_list(struct pfg_reading *r,
                            const struct pfg_json_value *value, void *at)
{
    struct pfg_run *run = at;
    const struct pfg_json_value *item;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        struct pfg_series *series = pfg_arena_alloc(r->arena, sizeof *series);

        if (pfg_kind_take(r, item, &pfg_kind_series, series)) {
            return -1;
        }
        pfg_vec_push(&run->series, r->arena, series);
    }
    return 0;
}

static const struct pfg_field_kind kind_series_list = {
    .put = put_series_list, .take = take_series_list};

#define AT(member) offsetof(struct pfg_run, member)
static const struct pfg_field counts_fields[] = {
    {"measurements", AT(n_measurements), &pfg_kind_size, "run.n_measurements"},
    {"warnings", AT(n_warnings), &pfg_kind_size, "run.n_warnings"},
    {"failed", AT(n_failed), &pfg_kind_size, "run.n_failed"},
};
static const struct pfg_field_kind kind_counts = {PFG_STRUCT(counts_fields),
                                                  .sparse = true};

static const struct pfg_field run_fields[] = {
    {"revision", AT(revision), &pfg_kind_revision},
    {"time", AT(time), &pfg_kind_time, "run.time"},
    {"tool", AT(tool), &pfg_kind_text, "run.tool"},
    {"source", AT(source), &pfg_kind_text, "run.source"},
    {"label", AT(label), &pfg_kind_text, "run.label"},
    {"digest", AT(digest), &pfg_kind_text, "run.digest"},
    {"failure", AT(failure), &pfg_kind_text, "run.failure"},
    {"counts", 0, &kind_counts},
    {"hardware", AT(profile), &pfg_kind_profile},
    {"facts", AT(facts.at), &pfg_kind_facts, "run.facts"},
    {"processes", AT(processes.at), &kind_processes},
    {"series", 0, &kind_series_list},
};
#undef AT

const struct pfg_field_kind pfg_kind_run = {PFG_STRUCT(run_fields)};

void pfg_codec_write_run(struct pfg_json_writer *w, const char *key,
                         const struct pfg_run *run)
{
    pfg_kind_put(w, key, &pfg_kind_run, run);
}

int pfg_codec_read_run(struct pfg_run **out,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *value,
                       struct pfg_error *err)
{
    const struct pfg_json_value *processes = pfg_json_get(value, "processes");
    bool listed = pfg_json_type(processes) == PFG_JSON_ARRAY;
    struct pfg_run *run = pfg_run_new();
    struct pfg_reading r = {
        .document = document,
        .arena = run->arena,
        .err = err,
        /* A run without "processes" has one. */
        .n_processes = listed ? pfg_json_count(processes) : 1,
    };

    *out = NULL;
    if (pfg_kind_take_members(&r, value, &pfg_kind_run, run)) {
        pfg_run_free(run);
        return -1;
    }
    run->facts.cap = run->facts.n;
    run->processes.cap = run->processes.n;
    if (!listed && run->series.n) {
        pfg_vec_push(&run->processes, run->arena, (struct pfg_process){0});
    }
    *out = run;
    return 0;
}
