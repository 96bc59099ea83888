#ifndef PFG_APP_MEASURE_MEASURING_H
#define PFG_APP_MEASURE_MEASURING_H

#include "app/input/context.h"
#include "base/arena.h"
#include "exec/interrupt.h"
#include "exec/scratch.h"
#include "model/profile.h"
#include "model/report.h"
#include "vcs/vcs.h"

/* What all parts of `perfgate run` work in. */
struct pfg_measuring {
    const struct pfg_context *context;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs; /* NULL: not in a repository */
    struct pfg_interrupt interrupt;
    struct pfg_profile profile;
    struct pfg_scratch scratch; /* zeroed: not made yet */
    PFG_VEC(const char *) notes; /* for the report */
    struct pfg_measuring_show *show;
};

/* A line for the report. */
void pfg_measuring_note(struct pfg_measuring *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The user wants it to end. */
bool pfg_measuring_is_stopped(struct pfg_measuring *m);

/* An interrupted measurement is not judged. Always -1: PFG_SIGNAL plus the
 * signal that came; `rounds` were complete. */
int pfg_measuring_fail_interrupted(const struct pfg_measuring *m, size_t rounds,
                                   struct pfg_error *err);

/* --- what people see meanwhile (measure_show.c) --- */

void pfg_measuring_show_open(struct pfg_measuring *m, bool quiet);
/* When the time budget is spent, in monotonic seconds. */
void pfg_measuring_show_until(struct pfg_measuring *m, double end);
/* Called some times a second. `what`: "preparing base", "round 3, head". */
void pfg_measuring_show_tick(struct pfg_measuring *m, const char *what);
/* After a look: the rows, and how many of them are open. */
void pfg_measuring_show_look(struct pfg_measuring *m,
                             const struct pfg_report *report, size_t rounds);
void pfg_measuring_show_close(struct pfg_measuring *m);

#endif
