#include <math.h>

#include "base/number.h"
#include "stacks/reader.h"

static const struct pfg_stack_format *const formats[] = {
    &pfg_stack_format_callgrind,
    &pfg_stack_format_pprof,
    &pfg_stack_format_perf,
    &pfg_stack_format_folded,
};

int pfg_stack_fail(const struct pfg_stack_reader *reader, struct pfg_error *err,
                   const char *expected)
{
    return pfg_fail_at(err, PFG_DATA, reader->pos, "expected %s", expected);
}

int pfg_stack_weight(double *out, struct pfg_slice text)
{
    return pfg_number_parse(out, text, 0) || !isfinite(*out) || *out < 0 ? -1
                                                                         : 0;
}

static const struct pfg_stack_format *find(struct pfg_slice line)
{
    for (size_t i = 0; i < PFG_COUNT(formats); i++) {
        if (formats[i]->begins(line)) {
            return formats[i];
        }
    }
    return NULL;
}

/* Empty lines and comments before the first line of a profile. */
static bool is_preface(struct pfg_slice line)
{
    line = pfg_slice_trim(line);
    return !line.len ||
           (*line.ptr == '#' && !pfg_slice_is(line, "# callgrind format"));
}

static int read_lines(struct pfg_stack_reader *reader, struct pfg_input *input,
                      struct pfg_error *err)
{
    const struct pfg_stack_format *format = NULL;
    struct pfg_line line;
    void *state = NULL;
    int more;

    while ((more = pfg_input_next_line(input, &line, err)) > 0) {
        reader->pos.line = line.number;
        if (line.cut) {
            return pfg_stack_fail(reader, err, "a shorter line");
        }
        if (!format) {
            if (is_preface(line.text)) {
                continue;
            }
            format = find(line.text);
            if (!format) {
                pfg_stack_fail(reader, err, "a profile");
                return pfg_hint(
                    err, "supported are folded stacks, callgrind.out and the "
                         "text of 'perf script' and 'go tool pprof -raw'");
            }
            reader->stacks->profiles[reader->profile].format = format->name;
            state = pfg_arena_alloc(reader->arena, format->state_size);
        }
        if (format->line(reader, state, line.text, err)) {
            return -1;
        }
    }
    if (more < 0) {
        return -1;
    }
    reader->pos.line = 0;
    return format && format->finish ? format->finish(reader, state, err) : 0;
}

int pfg_stacks_read(struct pfg_stacks *stacks, size_t profile,
                    struct pfg_input *input, struct pfg_error *err)
{
    struct pfg_stack_profile *to = &stacks->profiles[profile];
    struct pfg_stack_reader reader = {.stacks = stacks, .profile = profile};
    int failed;

    to->source = pfg_arena_strdup(stacks->arena, pfg_input_name(input));
    reader.pos.file = to->source;
    reader.arena = pfg_arena_new();
    failed = read_lines(&reader, input, err);
    pfg_arena_free(reader.arena);
    if (failed) {
        return -1;
    }
    if (!(to->total > 0)) {
        pfg_fail(err, PFG_DATA, "'%s' contains no samples", to->source);
        return pfg_hint(err, "it is empty, or its program was not profiled");
    }
    return isfinite(to->total)
               ? 0
               : pfg_fail(err, PFG_DATA, "the weights in '%s' are too large",
                          to->source);
}
