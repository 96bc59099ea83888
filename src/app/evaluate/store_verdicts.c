#include "app/evaluate/store_verdicts.h"

#include "app/input/workspace.h"
#include "base/map.h"

struct storing {
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_stored_verdict) all;
};

/* The newest stored run of the head that has each series. */
static void find_runs(struct pfg_map *out, const struct pfg_side *head,
                      struct pfg_arena *arena)
{
    pfg_map_init(out, arena);
    for (size_t i = 0; i < head->n; i++) {
        const struct pfg_run *run = head->runs[i];

        for (size_t j = 0; run->id && j < run->series.n; j++) {
            *pfg_map_at(out, pfg_slice_of(run->series.at[j]->key)) =
                (void *)run;
        }
    }
}

static void add_section(struct storing *k,
                        const struct pfg_report_section *section,
                        const struct pfg_side *head, pfg_time time)
{
    const struct pfg_report_origin *base = &section->base;
    struct pfg_map runs;

    find_runs(&runs, head, k->arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        void **run = pfg_map_find(&runs, pfg_slice_of(row->key));
        const struct pfg_stored_verdict one = {
            .run = run ? ((const struct pfg_run *)*run)->id : 0,
            .key = row->key,
            .time = time,
            .base = *base->id ? base->id : base->label,
            .verdict = row->verdict,
            .fails = row->fails,
            .change = row->change,
        };

        if (run) {
            pfg_vec_push(&k->all, k->arena, one);
        }
    }
}

static int store_all(const struct storing *k, const char *database,
                     struct pfg_error *err)
{
    struct pfg_store *store = NULL;
    int failed =
        pfg_workspace_find_database(&database, database, k->arena, err) ||
        pfg_store_open(&store, database, false, err) ||
        pfg_store_verdicts_add(store, k->all.at, k->all.n, err);

    pfg_store_close(store);
    return failed;
}

void pfg_verdicts_store(const struct pfg_context *context,
                        const struct pfg_evaluation *evaluation,
                        const char *database)
{
    const struct pfg_report *report = evaluation->report;
    struct storing k = {.arena = pfg_arena_new()};
    struct pfg_error err = {0};

    for (size_t i = 0; i < evaluation->pairs.all.n && i < report->n_sections;
         i++) {
        if (report->sections[i].has_base) {
            add_section(&k, &report->sections[i],
                        &evaluation->pairs.all.at[i].comparison.head,
                        report->time);
        }
    }
    if (k.all.n && store_all(&k, database, &err)) {
        pfg_context_warn(context, "cannot store the verdicts: %s", err.message);
    }
    pfg_arena_free(k.arena);
}
