#ifndef PFG_APP_MEASURE_MEASURING_H
#define PFG_APP_MEASURE_MEASURING_H

#include "app/input/context.h"
#include "base/arena.h"
#include "exec/interrupt.h"
#include "exec/scratch.h"
#include "model/profile.h"
#include "model/report.h"
#include "vcs/vcs.h"

/* What all parts of `perfgate run` share. */
struct pfg_measuring {
    const struct pfg_context *context;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs; /* NULL: not in a repository */
    struct pfg_interrupt interrupt;
    struct pfg_profile profile;
    struct pfg_scratch scratch;  /* zeroed: not created yet */
    PFG_VEC(const char *) notes; /* for the report */
    struct pfg_measuring_show *show;
};

/* Adds a line to the report. */
void pfg_measuring_note(struct pfg_measuring *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether the user wants it to end. */
bool pfg_measuring_is_stopped(struct pfg_measuring *m);

/* The status that a shell returns for a command ended by the signal that
 * came. */
enum pfg_code pfg_measuring_status(const struct pfg_measuring *m);

/* Fails because an interrupted measurement is not judged: PFG_SIGNAL plus the
 * signal. `rounds` were complete. Returns -1. */
int pfg_measuring_fail_interrupted(const struct pfg_measuring *m, size_t rounds,
                                   struct pfg_error *err);

/* --- progress --- */

void pfg_measuring_show_open(struct pfg_measuring *m, bool quiet);
/* When the time budget ends, in monotonic seconds. */
void pfg_measuring_show_until(struct pfg_measuring *m, double end);
/* Call it several times a second. `what`: "preparing base", "round 3, head". */
void pfg_measuring_show_tick(struct pfg_measuring *m, const char *what);
/* Call it after each look. */
void pfg_measuring_show_look(struct pfg_measuring *m,
                             const struct pfg_report *report, size_t rounds);
void pfg_measuring_show_close(struct pfg_measuring *m);

#endif
