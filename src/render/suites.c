#include "render/suites.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* A suite while rows are added. */
struct filling {
    PFG_VEC(const struct pfg_report_row *) rows;
    PFG_VEC(const struct pfg_report_geomean *) geomeans;
};

static struct filling *suite_at(struct pfg_map *suites, const char *name)
{
    void **place = pfg_map_at(suites, pfg_slice_of(name));

    if (!*place) {
        *place = pfg_arena_alloc(suites->arena, sizeof(struct filling));
    }
    return *place;
}

struct pfg_suites pfg_suites_of(const struct pfg_report_section *section,
                                struct pfg_arena *arena)
{
    struct pfg_suites result = {.one_metric = true};
    struct pfg_map suites;

    pfg_map_init(&suites, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        struct filling *suite = suite_at(&suites, row->suite);

        pfg_vec_push(&suite->rows, arena, row);
        result.one_metric =
            result.one_metric && !strcmp(row->metric, section->rows[0].metric);
    }
    for (size_t i = 0; i < section->n_geomeans; i++) {
        const struct pfg_report_geomean *geomean = &section->geomeans[i];
        void **place = pfg_map_find(&suites, pfg_slice_of(geomean->suite));
        struct filling *suite = place      ? *place
                                : suites.n ? suites.entries[suites.n - 1].value
                                           : NULL;

        if (suite) {
            pfg_vec_push(&suite->geomeans, arena, geomean);
        }
    }
    result.n = suites.n;
    result.at = pfg_arena_new_array(arena, struct pfg_suite, suites.n);
    for (size_t i = 0; i < suites.n; i++) {
        const struct filling *suite = suites.entries[i].value;

        result.at[i] = (struct pfg_suite){
            .name = suites.entries[i].key.ptr,
            .rows = suite->rows.at,
            .n = suite->rows.n,
            .geomeans = suite->geomeans.at,
            .n_geomeans = suite->geomeans.n,
        };
    }
    return result;
}
