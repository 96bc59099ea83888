#include "model/report.h"

#include <string.h>

#include "base/error.h"
#include "stats/row/limit.h"

bool pfg_report_next(struct pfg_report_cursor *at)
{
    const struct pfg_report *report = at->report;
    size_t s = at->row ? (size_t)(at->section - report->sections) : 0;
    size_t r = at->row ? (size_t)(at->row - at->section->rows) + 1 : 0;

    for (; s < report->n_sections; s++, r = 0) {
        at->section = &report->sections[s];
        if (r < at->section->n_rows) {
            at->row = &at->section->rows[r];
            return true;
        }
    }
    return false;
}

const char *pfg_report_outcome(const struct pfg_report *report)
{
    static const char *const words[] = {
        [PFG_OK] = "passed",    [PFG_GATE] = "failed",
        [PFG_USAGE] = "error",  [PFG_DATA] = "not-judged",
        [PFG_SYSTEM] = "error", [PFG_NOBASE] = "no-base",
    };
    size_t status = (size_t)report->status;

    if (!report->gate) {
        return "reported";
    }
    return status < PFG_COUNT(words) ? words[status] : "error";
}

size_t pfg_report_window(const struct pfg_report_working *working)
{
    return working->n_points > working->earlier
               ? working->n_points - working->earlier - 1
               : 0;
}

/* With fewer rounds than this, those to come tell more than a rule for one
 * number per side. */
#define FEWEST_ROUNDS 3
/* A shift of the whole suite is believed from this many rounds on. */
#define SHIFT_ROUNDS 10

/* Judged by the rule for one number per side, because it has too few rounds. */
static bool is_too_new(const struct pfg_report_row *row)
{
    return row->evidence != PFG_EXACT &&
           (row->base.n_processes < FEWEST_ROUNDS ||
            row->head.n_processes < FEWEST_ROUNDS);
}

bool pfg_report_is_open(const struct pfg_report_section *section,
                        const struct pfg_report_row *row)
{
    const struct pfg_report_working *w = &row->working;

    if (!row->gated || !row->base.present || !row->head.present) {
        return false;
    }
    if (*section->shift && row->evidence == PFG_REPLICATED &&
        w->n < SHIFT_ROUNDS) {
        return true;
    }
    switch (row->verdict) {
    case PFG_UNCONFIRMED:
    case PFG_INCONCLUSIVE:
        return true;
    case PFG_SLOWER: /* over the limit, but its lower bound is not */
        return w->effect >= w->theta || is_too_new(row);
    case PFG_REGRESSED:
    case PFG_UNCHANGED:
    case PFG_FASTER:
    case PFG_IMPROVED:
        return is_too_new(row);
    default:
        return false;
    }
}

bool pfg_report_is_time(const struct pfg_report_row *row)
{
    return pfg_unit_is_of_time(row->unit);
}

bool pfg_report_is_blind(const struct pfg_report_row *row)
{
    return row->gated && row->detectable > PFG_BLIND * row->threshold;
}

bool pfg_report_is_same_benchmark(const struct pfg_report_row *a,
                                  const struct pfg_report_row *b)
{
    return !strcmp(a->label, b->label) && !strcmp(a->suite, b->suite);
}

const struct pfg_report_row *pfg_report_find(
    const struct pfg_report_section *section, const char *key)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        if (!strcmp(section->rows[i].key, key)) {
            return &section->rows[i];
        }
    }
    return NULL;
}

static const char *const target_statuses[PFG_N_TARGET_STATUSES] = {
    [PFG_TARGET_NONE] = "none",
    [PFG_TARGET_MET] = "met",
    [PFG_TARGET_MISSED] = "missed",
    [PFG_TARGET_NO_DATA] = "no-data",
    [PFG_TARGET_UNJUDGEABLE] = "unjudgeable",
};
const struct pfg_enum_words pfg_target_status_words = {
    "status", target_statuses, PFG_N_TARGET_STATUSES};

static const char *const effects[PFG_N_POLICY_EFFECTS] = {
    [PFG_POLICY_OTHER] = "other",
    [PFG_POLICY_LOOSER] = "looser",
    [PFG_POLICY_TIGHTER] = "tighter",
};
const struct pfg_enum_words pfg_policy_effect_words = {"effect", effects,
                                                       PFG_N_POLICY_EFFECTS};

const char *pfg_policy_effect_name(enum pfg_policy_effect effect)
{
    return effects[effect];
}
