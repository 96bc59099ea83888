#include "app/measure/tool/lengths.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "group/key.h"

static size_t place_of(const struct pfg_lengths *lengths, const char *benchmark)
{
    void **found = lengths->of.n
                       ? pfg_map_find(&lengths->of, pfg_slice_of(benchmark))
                       : NULL;

    return found ? (size_t)(uintptr_t)*found - 1 : 0;
}

static bool is_chosen(const struct pfg_tool_choice *choice, const char *name)
{
    return !choice->n_keep ||
           pfg_word_is_among(name, choice->keep, choice->n_keep);
}

/* The chosen benchmarks of this length; the others are dropped. */
static struct pfg_tool_choice part_of(const struct pfg_lengths *lengths,
                                      size_t k,
                                      const struct pfg_tool_choice *choice,
                                      struct pfg_arena *arena)
{
    size_t n = lengths->of.n;
    const char **keep = pfg_arena_new_array(arena, const char *, n);
    const char **drop = pfg_arena_new_array(arena, const char *, n);
    struct pfg_tool_choice part = {.keep = keep, .drop = drop};

    for (size_t i = 0; i < n; i++) {
        const char *name = lengths->of.entries[i].key.ptr;

        if (place_of(lengths, name) == k && is_chosen(choice, name)) {
            keep[part.n_keep++] = name;
        } else {
            drop[part.n_drop++] = name;
        }
    }
    return part;
}

bool pfg_lengths_has(const struct pfg_lengths *lengths, size_t k,
                     const struct pfg_tool_choice *choice)
{
    bool has = lengths->n < 2;

    for (size_t i = 0; i < lengths->of.n && !has; i++) {
        const char *name = lengths->of.entries[i].key.ptr;

        has = place_of(lengths, name) == k && is_chosen(choice, name);
    }
    return has;
}

void pfg_lengths_command(const struct pfg_lengths *lengths, size_t k,
                         struct pfg_command_words *command,
                         struct pfg_tool_choice *choice,
                         const struct pfg_tool *tool, struct pfg_arena *arena)
{
    if (lengths->n > 1) {
        *choice = part_of(lengths, k, choice, arena);
    }
    if (lengths->n && lengths->at[k] > 0) {
        *command = pfg_tool_length_ask(tool, command, lengths->at[k], arena);
    }
}

static const char *length_in_words(double seconds, struct pfg_arena *arena)
{
    return seconds < 1 ? pfg_arena_printf(arena, "%gms", 1000 * seconds)
                       : pfg_arena_printf(arena, "%gs", seconds);
}

void pfg_lengths_mark(const struct pfg_lengths *lengths, size_t k,
                      struct pfg_run *run)
{
    size_t kept = 0;

    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];

        if (lengths->n > 1 && place_of(lengths, series->benchmark) != k) {
            continue;
        }
        run->series.at[kept++] = series;
        if (lengths->n && lengths->at[k] > 0 && !lengths->runs) {
            series->variant = pfg_key_variant_with(
                run->arena, series->variant, series->n_variant++,
                (struct pfg_fact){PFG_VARIANT_LENGTH,
                                  length_in_words(lengths->at[k], run->arena)});
            series->key = pfg_key_make(run->arena, series);
        }
    }
    run->series.n = kept;
}

const char *pfg_lengths_words(const struct pfg_lengths *lengths,
                              struct pfg_arena *arena)
{
    if (!lengths->n || !(lengths->at[0] > 0)) {
        return "";
    }
    return lengths->runs
               ? "one run each"
               : pfg_arena_printf(arena, "%s each",
                                  length_in_words(lengths->at[0], arena));
}
