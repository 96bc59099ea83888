#include "compare/report/second_look.h"

#include "base/arena.h"
#include "stats/row/limit.h"

bool pfg_second_look_is_due(const struct pfg_report_row *row)
{
    return row->gated && row->verdict == PFG_UNCONFIRMED &&
           row->decision.by == PFG_BY_LIKELIHOOD;
}

struct pfg_second_looks pfg_second_looks_of(const struct pfg_report *report,
                                            struct pfg_arena *arena)
{
    struct pfg_report_cursor at = {.report = report};
    PFG_VEC(struct pfg_second_look) found = {0};

    while (pfg_report_next(&at)) {
        if (pfg_second_look_is_due(at.row)) {
            struct pfg_second_look look = {
                .key = pfg_arena_strdup(arena, at.row->key),
                .spread = at.row->working.spread,
                .n = at.row->working.n,
            };

            pfg_vec_push(&found, arena, look);
        }
    }
    return (struct pfg_second_looks){.at = found.at, .n = found.n};
}

static const struct pfg_report_row *find(const struct pfg_report *report,
                                         const char *key)
{
    const struct pfg_report_row *row = NULL;

    for (size_t i = 0; i < report->n_sections && !row; i++) {
        row = pfg_report_find(&report->sections[i], key);
    }
    return row;
}

size_t pfg_second_looks_record(struct pfg_second_looks *looks,
                               const struct pfg_report *second, size_t rounds)
{
    size_t n = 0;

    looks->pending = false;
    for (size_t i = 0; i < looks->n; i++) {
        struct pfg_second_look *look = &looks->at[i];
        const struct pfg_report_row *row = find(second, look->key);

        if (row && row->base.present && row->head.present) {
            /* Not by its verdict: demands on the number of samples were met by
             * the first measurement. */
            look->confirmed =
                row->working.screened &&
                pfg_reaches(row->working.effect, row->working.theta);
            look->settled = true;
            look->rounds = rounds;
            look->change = row->change;
            n++;
        }
    }
    return n;
}
