#include "compare/sight.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "stats/sample.h"

/* A kind while its rows are gathered. */
struct kind {
    double *sizes;
    size_t n, n_blind;
};

const char *pfg_sight_kind(const struct pfg_report_row *row)
{
    return row->kind == PFG_METRIC_TAIL ? "percentiles"
           : !strcmp(row->unit, "s")    ? "timings"
           : strstr(row->unit, "/s")    ? "throughput"
                                        : row->metric;
}

static bool has_sight(const struct pfg_report_row *row)
{
    return row->gated && isfinite(row->detectable) &&
           row->evidence != PFG_EXACT;
}

/* "allocs, bytes": the metrics of the exact rows. */
static void add_exact(struct pfg_report_section *section,
                      struct pfg_arena *arena)
{
    struct pfg_report_sight exact = {"", true, 0, 0, NAN};
    struct pfg_map metrics;

    pfg_map_init(&metrics, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (row->gated && row->evidence == PFG_EXACT) {
            *pfg_map_at(&metrics, pfg_slice_of(row->metric)) = &metrics;
            exact.n++;
        }
    }
    for (size_t i = 0; i < metrics.n; i++) {
        exact.what =
            pfg_arena_printf(arena, "%s%s%s", exact.what, i ? ", " : "",
                             metrics.entries[i].key.ptr);
    }
    if (exact.n) {
        section->sights[section->n_sights++] = exact;
    }
}

void pfg_sight_fill(struct pfg_report_section *section,
                    struct pfg_arena *arena)
{
    double *all = pfg_arena_new_array(arena, double, section->n_rows);
    struct pfg_map kinds;
    size_t n = 0;

    pfg_map_init(&kinds, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        struct kind *kind;
        void **place;

        if (!has_sight(row)) {
            continue;
        }
        place = pfg_map_at(&kinds, pfg_slice_of(pfg_sight_kind(row)));
        if (!*place) {
            kind = *place = pfg_arena_alloc(arena, sizeof *kind);
            kind->sizes = pfg_arena_new_array(arena, double, section->n_rows);
        }
        kind = *place;
        kind->sizes[kind->n++] = all[n++] = row->detectable;
        kind->n_blind += pfg_report_is_blind(row);
    }
    section->detectable = pfg_median(all, n);
    section->sights =
        pfg_arena_new_array(arena, struct pfg_report_sight, kinds.n + 1);
    for (size_t i = 0; i < kinds.n; i++) {
        const struct kind *kind = kinds.entries[i].value;

        section->sights[section->n_sights++] = (struct pfg_report_sight){
            kinds.entries[i].key.ptr, false, kind->n, kind->n_blind,
            pfg_median(kind->sizes, kind->n)};
    }
    add_exact(section, arena);
}

bool pfg_sight_is_blind(const struct pfg_report *report)
{
    size_t able = 0, blind = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_sights; j++) {
            const struct pfg_report_sight *sight =
                &report->sections[i].sights[j];

            able += sight->exact ? 0 : sight->n;
            blind += sight->n_blind;
        }
    }
    return 2 * blind > able;
}
