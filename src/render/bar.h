#ifndef PFG_RENDER_BAR_H
#define PFG_RENDER_BAR_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/report.h"

/*
 * A row's change as a little picture, 120 by 16: the limit as a zone around
 * the middle, the interval as a line, the estimate as a dot. All coordinates
 * are numbers as text; what lies beyond the range is put at its end.
 */
struct pfg_bar {
    bool drawn; /* false: the row has no change to draw */
    const char *zone_x, *zone_width;
    const char *from, *to;
    const char *dot;
    const char *text; /* the picture in words */
};

/* The change at the end of a bar, one for a section so that its bars compare:
 * twice the largest effective limit, between 5 and 100 per cent. */
double pfg_bar_range(const struct pfg_report_section *section);

struct pfg_bar pfg_bar_of(const struct pfg_report_row *row, double range,
                          struct pfg_arena *arena);

#endif
