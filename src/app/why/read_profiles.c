#include "app/why/read_profiles.h"

#include <string.h>
#include <unistd.h>

#include "input/input.h"

int pfg_profile_read(struct pfg_stacks *stacks, size_t profile,
                     const char *path, struct pfg_error *err)
{
    struct pfg_input *input = NULL;
    int failed = (strcmp(path, "-")
                      ? pfg_input_open(&input, path, err)
                      : pfg_input_open_fd(&input, STDIN_FILENO, path, err)) ||
                 pfg_stacks_read(stacks, profile, input, err);

    pfg_input_close(input);
    return failed ? -1 : 0;
}

/* Sampled and counted profiles cannot be compared. */
static int check_alike(const struct pfg_stacks *stacks, size_t profile,
                       struct pfg_error *err)
{
    const struct pfg_stack_profile *first = &stacks->profiles[0];
    const struct pfg_stack_profile *other = &stacks->profiles[profile];

    if (strcmp(first->format, other->format) ||
        strcmp(first->what, other->what)) {
        pfg_fail(err, PFG_DATA, "'%s' is %s of %s, '%s' is %s of %s",
                 first->source, first->what, first->format, other->source,
                 other->what, other->format);
        return pfg_hint(err, "compare profiles of the same kind");
    }
    return 0;
}

int pfg_why_read(struct pfg_why *out, const struct pfg_why_files *files,
                 struct pfg_arena *arena, struct pfg_error *err)
{
    size_t n = files->n_base + files->n_head;
    struct pfg_stacks *stacks = pfg_stacks_new(n);
    const struct pfg_why_question question = {
        .stacks = stacks,
        .n_base = files->n_base,
        .base = files->base_value,
        .head = files->head_value,
        .unit = files->unit,
    };
    int failed = 0;

    for (size_t i = 0; i < n && !failed; i++) {
        const char *path =
            i < files->n_base ? files->base[i] : files->head[i - files->n_base];

        failed = pfg_profile_read(stacks, i, path, err) ||
                 check_alike(stacks, i, err);
    }
    if (!failed) {
        pfg_why_compare(out, &question, arena);
    }
    pfg_stacks_free(stacks);
    return failed ? -1 : 0;
}
