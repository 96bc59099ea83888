#ifndef PFG_RENDER_WORDS_NEXT_H
#define PFG_RENDER_WORDS_NEXT_H

#include "base/arena.h"
#include "model/report.h"

/* A row that fails or wants a look, and where it stands. */
struct pfg_finding {
    const struct pfg_report_section *section;
    const struct pfg_report_row *row;
};

/*
 * Over all sections: what fails the gate, the furthest over its limit first,
 * then what else is listed. Rows that only repeat another are left out.
 */
struct pfg_findings {
    struct pfg_finding *at;
    size_t n, n_failing;
};

struct pfg_findings pfg_findings_of(const struct pfg_report *report,
                                    struct pfg_arena *arena);

/* How far a row is over its limit, in units of the limit: 1 is at it. 0 for
 * what is not slower, or has no limit. */
double pfg_excess(const struct pfg_report_row *row);

/* What the sections advise, each sentence once; the first few. */
struct pfg_advice {
    const char *at[3];
    size_t n;
};

struct pfg_advice pfg_advice_of(const struct pfg_report *report);

/* One thing to do: "Meant it? Add to a commit message:", and what to type. */
struct pfg_step {
    const char *text;
    const char *command; /* "" : none */
    const char *rest;    /* behind the command; "" */
};

/* What to do about a report, the first thing first; at most four. */
struct pfg_steps {
    struct pfg_step at[4];
    size_t n;
};

struct pfg_steps pfg_steps_of(const struct pfg_report *report,
                              const struct pfg_findings *findings,
                              struct pfg_arena *arena);

#endif
