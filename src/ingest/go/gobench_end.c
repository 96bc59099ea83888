#include "ingest/go/gobench.h"

#define MAX_OPEN_REPORTED 20

static bool is_cut_unit(struct pfg_slice unit, struct pfg_slice whole)
{
    return unit.len < whole.len &&
           pfg_slice_eq(unit, pfg_slice_first(whole, unit.len));
}

/* Drops the last value if its unit is only the beginning of a known one: the
 * text was cut off there. Returns whether it was. */
static bool drop_cut_unit(struct pfg_gobench *g)
{
    static const char *const usual[] = {"ns/op", "MB/s", "B/op", "allocs/op"};
    const struct pfg_gobench_shape *shape = g->shape;
    const struct pfg_gobench_unit *last;
    bool cut = false;

    if (!g->last_result || !g->block.values.n) {
        return false;
    }
    last = shape->at[shape->n - 1].unit;
    for (size_t i = 0; i < PFG_COUNT(usual); i++) {
        cut |= is_cut_unit(last->written, pfg_slice_of(usual[i]));
    }
    for (size_t i = 0; i < g->units.n; i++) {
        const struct pfg_gobench_unit *unit = g->units.entries[i].value;

        cut |= unit->n_uses && is_cut_unit(last->written, unit->written);
    }
    if (cut && last->n_uses == 1) {
        pfg_gobench_drop_value(g);
        return true;
    }
    return false;
}

/*
 * Reports packages whose output was cut off: those that have a `pkg:` line and
 * neither PASS, FAIL nor ok, although other packages of the text do or its last
 * line is an incomplete result. A text without any PASS, FAIL or ok was
 * filtered, as benchmark files often are.
 */
static void report_cut_off(struct pfg_gobench *g, struct pfg_reader *reader,
                           bool partial)
{
    struct pfg_reader then = *reader;

    for (size_t i = 0; i < g->open.n && i < MAX_OPEN_REPORTED; i++) {
        const struct pfg_gobench_open *open = &g->open.at[i];

        if (g->saw_status || (partial && i + 1 == g->open.n)) {
            then.pos.line = open->line;
            pfg_reader_fail(&then,
                            "go test output of '%.120s' has no PASS or FAIL: "
                            "cut off?",
                            open->pkg);
        }
    }
}

void pfg_gobench_end(struct pfg_gobench *g, struct pfg_reader *reader)
{
    bool unfinished = g->block.has_pkg && !g->block.has_status;
    bool partial = unfinished &&
                   (g->last_malformed || g->pending_line || drop_cut_unit(g));

    pfg_gobench_end_block(g, reader);
    if (!g->whole) {
        report_cut_off(g, reader, partial);
    }
}
