#ifndef PFG_RENDER_WORDS_NEXT_H
#define PFG_RENDER_WORDS_NEXT_H

#include "base/arena.h"
#include "model/report.h"

/* A row that fails or is listed, and its section. */
struct pfg_finding {
    const struct pfg_report_section *section;
    const struct pfg_report_row *row;
};

/*
 * The findings of all sections: failing rows, the furthest over its limit
 * first, then other listed ones. Rows that only repeat another are left out.
 */
struct pfg_findings {
    struct pfg_finding *at;
    size_t n, n_failing;
};

struct pfg_findings pfg_findings_of(const struct pfg_report *report,
                                    struct pfg_arena *arena);

/* The change of a regressed row in units of its limit: 1 is at the limit. 0 for
 * other rows, and without a limit. */
double pfg_excess(const struct pfg_report_row *row);

/* The first few sentences of advice of all sections, each once. */
struct pfg_advice {
    const char *at[3];
    size_t n;
};

struct pfg_advice pfg_advice_of(const struct pfg_report *report);

/* One thing to do: "Intended? Add this line to a commit message:", and what to
 * type. */
struct pfg_step {
    const char *text;
    const char *command; /* "" : none */
    const char *rest;    /* text after the command; "" */
};

/* What to do about a report, most important first; at most four steps. */
struct pfg_steps {
    struct pfg_step at[4];
    size_t n;
};

struct pfg_steps pfg_steps_of(const struct pfg_report *report,
                              const struct pfg_findings *findings,
                              struct pfg_arena *arena);

#endif
