#include "stacks/reader.h"

/* Folded stacks (Brendan Gregg's stackcollapse-*.pl, `perf script report
 * stackcollapse`, async-profiler, py-spy): "main;parse;lex 123", the outermost
 * caller first. */

static bool split(struct pfg_slice *path, double *weight, struct pfg_slice line)
{
    size_t blank;

    line = pfg_slice_trim(line);
    blank = pfg_slice_find_last_byte(line, ' ');
    if (blank == line.len || !blank ||
        pfg_stack_weight(weight, pfg_slice_from(line, blank + 1))) {
        return false;
    }
    *path = pfg_slice_trim(pfg_slice_first(line, blank));
    return path->len != 0;
}

static bool begins(struct pfg_slice line)
{
    struct pfg_slice path;
    double weight;

    return split(&path, &weight, line);
}

static int read_line(struct pfg_stack_reader *reader, void *self,
                     struct pfg_slice line, struct pfg_error *err)
{
    size_t frames[PFG_STACKS_DEPTH], n = 0;
    struct pfg_slice path;
    double weight;

    (void)self;
    if (!pfg_slice_trim(line).len || *line.ptr == '#') {
        return 0;
    }
    if (!split(&path, &weight, line)) {
        return pfg_stack_fail(reader, err,
                              "'function;function count' of a folded stack");
    }
    while (path.len) {
        struct pfg_slice name = pfg_slice_trim(pfg_take_until(&path, ';'));
        size_t frame =
            pfg_stacks_frame(reader->stacks, name, (struct pfg_slice){"", 0});

        frames[n < PFG_STACKS_DEPTH ? n++ : n - 1] = frame;
    }
    /* The unit is not known; at best these are samples. */
    reader->stacks->profiles[reader->profile].samples += weight;
    return pfg_stacks_add(reader->stacks, reader->profile, frames, n, weight,
                          err);
}

const struct pfg_stack_format pfg_stack_format_folded = {
    .name = "folded",
    .begins = begins,
    .state_size = 1,
    .line = read_line,
};
