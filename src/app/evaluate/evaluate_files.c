#include "app/evaluate/evaluate_sources.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"

/* The parts of an argument that names a path. */
struct argument {
    const char *label; /* "" : none given */
    const char *path;
    const char *baseline; /* of criterion; NULL */
};

static bool is_there(const char *path)
{
    return !strcmp(path, "-") || pfg_file_exists(path);
}

/* "label=PATH" and "DIR@NAME" only if no file has that very name. */
static struct argument split_apart(const char *text, struct pfg_arena *arena)
{
    struct argument argument = {"", text, NULL};
    const char *equals = strchr(text, '=');
    const char *at;

    if (!strpbrk(text, "=@") || is_there(text)) {
        return argument;
    }
    if (equals && equals > text) {
        argument.label = pfg_arena_slice(arena, pfg_slice_range(text, equals));
        argument.path = equals + 1;
    }
    at = strrchr(argument.path, '@');
    if (at && at > argument.path && !is_there(argument.path)) {
        argument.baseline = at + 1;
        argument.path =
            pfg_arena_slice(arena, pfg_slice_range(argument.path, at));
    }
    return argument;
}

bool pfg_is_path_argument(const char *text)
{
    struct pfg_arena *arena = pfg_arena_new();
    bool found = is_there(split_apart(text, arena).path);

    pfg_arena_free(arena);
    return found;
}

/* Standard input can be read only once. */
static int check_stdin(const struct pfg_file_sides *sides,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_paths lists[] = {sides->base, sides->head, sides->history,
                                      sides->base_again, sides->head_again};
    size_t n = 0;

    for (size_t i = 0; i < PFG_COUNT(lists); i++) {
        for (size_t k = 0; k < lists[i].n; k++) {
            n += !strcmp(split_apart(lists[i].at[k], arena).path, "-");
        }
    }
    if (n > 1) {
        pfg_fail(err, PFG_USAGE,
                 "standard input ('-') can be read only once, "
                 "not %zu times",
                 n);
        return pfg_hint(err, "write all but one of them to a file first");
    }
    return 0;
}

static int read_side(struct pfg_side *side, struct pfg_pairs *out,
                     const struct pfg_context *context, struct pfg_paths paths,
                     const struct pfg_read_options *options,
                     struct pfg_error *err)
{
    struct pfg_arena *arena = out->arena;
    struct pfg_run **runs =
        pfg_arena_new_array(arena, struct pfg_run *, paths.n);

    for (size_t i = 0; i < paths.n; i++) {
        struct argument argument = split_apart(paths.at[i], arena);
        struct pfg_read_options read = *options;

        read.collect.only_values = true;
        if (argument.baseline) {
            read.ingest.criterion_baseline = argument.baseline;
        }
        if (pfg_read_run(&runs[i], context, argument.path, &read, err)) {
            return -1;
        }
        pfg_runs_add(&out->runs, &runs[i], 1);
        runs[i]->label = *argument.label ? argument.label : paths.at[i];
    }
    side->runs = runs;
    side->n = paths.n;
    return 0;
}

static struct pfg_report_origin describe(const struct pfg_side *side,
                                         struct pfg_arena *arena)
{
    struct pfg_report_origin origin = {
        .label = side->n ? side->runs[0]->label : "",
        .id = "",
        .subject = "",
        .how = "",
        .n_runs = side->n,
    };

    if (side->n > 1) {
        origin.label = pfg_arena_printf(arena, "%s and %zu more", origin.label,
                                        side->n - 1);
    }
    return origin;
}

/* The first of `n` runs with the same results; NULL: there is none. */
static const struct pfg_run *same_results(const struct pfg_side *side, size_t n,
                                          const struct pfg_run *run)
{
    for (size_t i = 0; i < n; i++) {
        if (*run->digest && !strcmp(run->digest, side->runs[i]->digest)) {
            return side->runs[i];
        }
    }
    return NULL;
}

/* Warns of results that are given twice and so count twice, and of results on
 * both sides, such as a file copied over the other. */
static void note_repeats(struct pfg_comparison *comparison,
                         struct pfg_arena *arena)
{
    const struct pfg_side *sides[] = {&comparison->base, &comparison->head};

    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 1; i < sides[s]->n; i++) {
            const struct pfg_run *run = sides[s]->runs[i];
            const struct pfg_run *other = same_results(sides[s], i, run);

            if (other) {
                pfg_vec_push(&comparison->notes, arena,
                             pfg_arena_printf(arena,
                                              "'%s' and '%s' contain the same "
                                              "results, which count twice",
                                              other->source, run->source));
            }
        }
    }
    for (size_t i = 0; i < comparison->head.n; i++) {
        const struct pfg_run *run = comparison->head.runs[i];
        const struct pfg_run *other =
            same_results(&comparison->base, comparison->base.n, run);

        /* The same path on both sides is intended. */
        if (other && strcmp(other->source, run->source) != 0) {
            pfg_vec_push(
                &comparison->notes, arena,
                pfg_arena_printf(
                    arena,
                    "'%s' and '%s' contain the same results: is one a copy?",
                    other->source, run->source));
        }
    }
}

int pfg_pairs_of_files(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_file_sides *sides,
                       struct pfg_error *err)
{
    struct pfg_pair pair = {
        .comparison = {.no_base = "no --base paths were given"}};
    struct pfg_comparison *comparison = &pair.comparison;
    const struct pfg_read_options *read = &sides->read;
    struct pfg_side history = {0};

    if (check_stdin(sides, out->arena, err)) {
        return -1;
    }
    if (out->all.n) { /* another head for the same base */
        const struct pfg_comparison *first = &out->all.at[0].comparison;

        comparison->base = first->base;
        history.runs = first->history;
        history.n = first->n_history;
    } else if (read_side(&comparison->base, out, context, sides->base, read,
                         err) ||
               read_side(&history, out, context, sides->history, read, err)) {
        return -1;
    }
    if (read_side(&comparison->head, out, context, sides->head, read, err)) {
        return -1;
    }
    note_repeats(comparison, out->arena);
    comparison->base.origin = describe(&comparison->base, out->arena);
    comparison->head.origin = describe(&comparison->head, out->arena);
    comparison->history = history.runs;
    comparison->n_history = history.n;
    pfg_vec_push(&out->all, out->arena, pair);
    return 0;
}
