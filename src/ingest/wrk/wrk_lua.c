#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ingest/core/keyvalue.h"
#include "ingest/wrk/wrk_block.h"

/*
 * What a Lua done() prints after wrk's table: "key=value" lines under headings,
 * and the "99,1234" lines of wrk's own scripts/report.lua.
 */

/* report.lua's "99.999%,1234": a percentile and its microseconds. */
static bool on_report_line(struct pfg_reader *reader,
                           struct pfg_wrk_block *block, struct pfg_slice line)
{
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("us"));
    struct pfg_printed printed = {.unit = PFG_LIT("us")};
    struct pfg_slice digits = pfg_take_number(&line);
    char name[PFG_WRK_PERCENTILE], metric[32];

    if (!pfg_take(&line, "%,") || !pfg_wrk_percentile(name, digits)) {
        return false;
    }
    printed.digits = line;
    if (pfg_take_number(&line).len != printed.digits.len ||
        pfg_printed_convert(&printed, &unit)) {
        return false;
    }
    snprintf(metric, sizeof metric, "latency %s", name);
    pfg_wrk_block_add(block, reader, metric, PFG_LIT("s"), PFG_LOWER, &printed);
    return true;
}

/* A script may call both 1024 * 1024 bytes and a million bytes "mb". The one
 * that is nearer to what wrk itself printed is meant. */
static void choose_mega(const struct pfg_wrk_block *block,
                        struct pfg_printed *printed,
                        const struct pfg_unit *unit)
{
    static const char *const names[] = {"", "KiB/s", "MiB/s", "GiB/s"};
    size_t step = (size_t)unit->exp10 / 3;
    double binary = pow(1.024, (double)step), own;

    if (unit->exp10 < 3 || step >= PFG_COUNT(names)) {
        return;
    }
    own = pfg_load_block_value(&block->load, "transfer");
    if (fabs(printed->value * binary - own) < fabs(printed->value - own)) {
        printed->value *= binary;
        printed->resolution *= binary;
        printed->unit = pfg_slice_of(names[step]);
    }
}

static void add_lua_value(struct pfg_reader *reader,
                          struct pfg_wrk_block *block,
                          const struct pfg_keyvalue *line,
                          const struct pfg_keyvalue_meaning *meaning)
{
    struct pfg_printed printed = {.digits = line->number,
                                  .unit = meaning->unit};
    struct pfg_unit unit = pfg_unit_find(meaning->unit);

    if (pfg_printed_convert(&printed, &unit) || !isfinite(printed.value)) {
        pfg_reader_warn(reader, "'%.*s' is not a finite number: ignored",
                        PFG_SLICE(line->key));
        return;
    }
    if (!strcmp(meaning->metric, "transfer")) {
        choose_mega(block, &printed, &unit);
    }
    pfg_wrk_block_add(block, reader, meaning->metric, unit.base,
                      meaning->better, &printed);
}

static void add_lua_counter(struct pfg_reader *reader,
                            struct pfg_wrk_block *block, size_t counter,
                            const struct pfg_keyvalue *line)
{
    if (line->unit.len ||
        !pfg_wrk_block_count(block, reader, counter, line->number)) {
        pfg_reader_warn(reader, "'%.*s' is not a count: ignored",
                        PFG_SLICE(line->key));
    }
}

/* A line that done() printed. Before the first heading only well-known names
 * are read: "exit=0" may be the shell's. */
static bool on_lua_value(struct pfg_reader *reader, struct pfg_wrk_block *block,
                         struct pfg_slice text)
{
    struct pfg_keyvalue line;
    struct pfg_keyvalue_meaning meaning;
    int counter;

    if (!block->in_section || !pfg_keyvalue_line(&line, text, '=')) {
        return false;
    }
    pfg_keyvalue_find(&meaning, pfg_slice_of(block->section), &line);
    if (!block->section[0] && !meaning.known) {
        return false;
    }
    counter = pfg_wrk_counter_find(meaning.metric);
    if (counter >= 0) {
        add_lua_counter(reader, block, (size_t)counter, &line);
        return true;
    }
    if (!strncmp(meaning.metric, "latency ", 8) && meaning.known &&
        !meaning.has_unit) {
        pfg_reader_warn(reader,
                        "'%.*s' has no unit: ignored (end the key or its "
                        "heading with _us, _ms or _sec)",
                        PFG_SLICE(line.key));
        return true;
    }
    add_lua_value(reader, block, &line, &meaning);
    return true;
}

/* "------", between two tables */
static bool is_rule(struct pfg_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '-' && text.ptr[i] != '=') {
            return false;
        }
    }
    return true;
}

enum pfg_claim pfg_wrk_lua_line(struct pfg_wrk_block *block,
                                struct pfg_reader *reader,
                                struct pfg_slice text)
{
    struct pfg_slice section;

    if (!text.len) {
        return PFG_NOT_MINE;
    }
    if (pfg_keyvalue_section(&section, text)) {
        block->in_section = true;
        snprintf(block->section, sizeof block->section, "%.*s",
                 PFG_SLICE(section));
        return PFG_MINE;
    }
    if (on_report_line(reader, block, text) ||
        on_lua_value(reader, block, text)) {
        return PFG_MINE;
    }
    /* Another program's output: what follows needs a heading again. */
    block->in_section = block->in_section && is_rule(text);
    return PFG_NOT_MINE;
}
