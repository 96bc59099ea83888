#include "render/shared_parameters.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* The part of a label after the benchmark: " cpus=2 gc=off". */
static struct pfg_slice parameters_of(const struct pfg_report_row *row)
{
    struct pfg_slice label = pfg_slice_of(row->label);
    size_t len = strlen(row->benchmark);

    if (!pfg_slice_starts(label, row->benchmark) || label.len <= len ||
        label.ptr[len] != ' ') {
        return pfg_slice_make("", 0);
    }
    return pfg_slice_from(label, len);
}

static bool has_parameter(struct pfg_slice parameters, struct pfg_slice wanted)
{
    struct pfg_slice word;

    while ((word = pfg_take_word(&parameters)).len) {
        if (pfg_slice_eq(word, wanted)) {
            return true;
        }
    }
    return false;
}

/* In the label a blank ends a parameter, so a value cannot contain one. */
static bool is_clear(const struct pfg_report_section *section)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        struct pfg_slice rest = parameters_of(&section->rows[i]), word;

        while ((word = pfg_take_word(&rest)).len) {
            if (!pfg_slice_has(word, "=")) {
                return false;
            }
        }
    }
    return true;
}

static bool all_have(const struct pfg_report_section *section,
                     struct pfg_slice wanted)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        if (!has_parameter(parameters_of(&section->rows[i]), wanted)) {
            return false;
        }
    }
    return true;
}

static bool one_benchmark(const struct pfg_report_section *section)
{
    for (size_t i = 1; i < section->n_rows; i++) {
        if (strcmp(section->rows[i].label, section->rows[0].label)) {
            return false;
        }
    }
    return true;
}

struct pfg_shared pfg_shared_of(const struct pfg_report_section *section,
                                struct pfg_arena *arena)
{
    PFG_VEC(const char *) parts = {0};
    struct pfg_slice rest, word;
    const char *words = "";

    if (one_benchmark(section) || !is_clear(section)) {
        return (struct pfg_shared){.words = ""};
    }
    rest = parameters_of(&section->rows[0]);
    while ((word = pfg_take_word(&rest)).len) {
        if (all_have(section, word)) {
            const char *part = pfg_arena_slice(arena, word);

            pfg_vec_push(&parts, arena, part);
            words = pfg_arena_printf(arena, "%s%s%s", words, *words ? " " : "",
                                     part);
        }
    }
    return (struct pfg_shared){words, parts.at, parts.n};
}

const char *pfg_shared_label(const struct pfg_shared *shared,
                             const struct pfg_report_row *row,
                             struct pfg_arena *arena)
{
    struct pfg_slice rest = parameters_of(row), word;
    struct pfg_str label = pfg_str_in(arena);

    if (!shared->n || !rest.len) {
        return row->label;
    }
    pfg_str_puts(&label, row->benchmark);
    while ((word = pfg_take_word(&rest)).len) {
        size_t i = 0;

        while (i < shared->n && !pfg_slice_is(word, shared->parts[i])) {
            i++;
        }
        if (i == shared->n) {
            pfg_str_putc(&label, ' ');
            pfg_str_add(&label, word);
        }
    }
    return label.ptr;
}
