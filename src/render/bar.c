#include "render/bar.h"

#include <math.h>

#include "render/words.h"

static const double MIDDLE = 60, REACH = 56;
static const double LEAST = 0.05, MOST = 1;

double pfg_bar_range(const struct pfg_report_section *section)
{
    double range = LEAST;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (row->gated && isfinite(row->effective_threshold)) {
            range = fmax(range, 2 * row->effective_threshold);
        }
    }
    return fmin(range, MOST);
}

static double place(double change, double range)
{
    return MIDDLE + REACH * fmax(-1, fmin(1, change / range));
}

static const char *number(struct pfg_arena *arena, double x)
{
    return pfg_arena_printf(arena, "%.1f", x);
}

static const char *in_words(const struct pfg_report_row *row,
                            struct pfg_arena *arena)
{
    const char *change = pfg_words_change(arena, row->change);
    const char *limit = pfg_words_percent(arena, row->threshold);

    if (!isfinite(row->change_lower) || !isfinite(row->change_upper)) {
        return pfg_arena_printf(arena, "change %s, limit %s", change, limit);
    }
    return pfg_arena_printf(arena, "change %s, from %s to %s, limit %s", change,
                            pfg_words_change(arena, row->change_lower),
                            pfg_words_change(arena, row->change_upper), limit);
}

struct pfg_bar pfg_bar_of(const struct pfg_report_row *row, double range,
                          struct pfg_arena *arena)
{
    double limit = isfinite(row->threshold) && row->gated ? row->threshold : 0;
    bool span = isfinite(row->change_lower) && isfinite(row->change_upper);
    double zone = place(-limit, range);

    if (!isfinite(row->change)) {
        return (struct pfg_bar){.drawn = false};
    }
    return (struct pfg_bar){
        .drawn = true,
        .zone_x = number(arena, zone),
        .zone_width = number(arena, place(limit, range) - zone),
        .from =
            number(arena, place(span ? row->change_lower : row->change, range)),
        .to =
            number(arena, place(span ? row->change_upper : row->change, range)),
        .dot = number(arena, place(row->change, range)),
        .text = in_words(row, arena),
    };
}
