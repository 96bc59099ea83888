#include "app/programs/usage.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "stats/sample.h"

/* As many as hyperfine uses. */
#define SHELLS 50
/* The least time of a program. */
#define LEAST 1e-6

static const struct counter {
    const char *metric, *unit;
    size_t at; /* in struct pfg_usage */
} counters[] = {
    {"time", "s", offsetof(struct pfg_usage, seconds)},
    {"user", "s", offsetof(struct pfg_usage, user)},
    {"system", "s", offsetof(struct pfg_usage, system)},
    {"user+system", "s", offsetof(struct pfg_usage, cpu)},
    {"memory", "B", offsetof(struct pfg_usage, memory)},
    {"page faults", "1", offsetof(struct pfg_usage, faults)},
    {"context switches", "1", offsetof(struct pfg_usage, switches)},
    {"disk read", "B", offsetof(struct pfg_usage, read)},
    {"disk written", "B", offsetof(struct pfg_usage, written)},
};

struct pushing {
    const struct pfg_program *program;
    const struct pfg_measurement *at;
    size_t n;
};

static double value_of(const struct pfg_usage *usage, size_t at)
{
    return *(const double *)(const void *)((const char *)usage + at);
}

static int push(void *self, const struct pfg_sink *sink, struct pfg_error *err)
{
    const struct pushing *all = self;

    (void)err;
    for (size_t i = 0; i < all->n; i++) {
        struct pfg_measurement m = all->at[i];

        m.benchmark = pfg_slice_of(all->program->name);
        m.params = all->program->params;
        m.n_params = all->program->n_params;
        sink->measurement(sink->self, &m);
    }
    return 0;
}

int pfg_program_run(struct pfg_run **out, const struct pfg_context *context,
                    const char *tool, const struct pfg_program *program,
                    const struct pfg_measurement *metrics, size_t n,
                    const struct pfg_read_options *options,
                    struct pfg_error *err)
{
    struct pushing all = {program, metrics, n};
    const struct pfg_pushed pushed = {tool, tool, push, &all};

    return pfg_read_pushed(out, context, &pushed, options, err);
}

int pfg_usage_run(struct pfg_run **out, const struct pfg_context *context,
                  const struct pfg_program *program,
                  const struct pfg_usage *usages, size_t n,
                  const struct pfg_read_options *options, struct pfg_error *err)
{
    struct pfg_measurement metrics[PFG_COUNT(counters)];
    struct pfg_arena *arena = pfg_arena_new();
    int failed;

    for (size_t i = 0; i < PFG_COUNT(counters); i++) {
        double *values = pfg_arena_new_array(arena, double, n);

        for (size_t k = 0; k < n; k++) {
            values[k] = value_of(&usages[k], counters[i].at);
        }
        metrics[i] = (struct pfg_measurement){
            .metric = pfg_slice_of(counters[i].metric),
            .unit = pfg_slice_of(counters[i].unit),
            .better = PFG_LOWER,
            .values = values,
            .n_values = n,
            .derived = !strcmp(counters[i].metric, "user+system"),
        };
    }
    failed = pfg_program_run(out, context, "process", program, metrics,
                             PFG_COUNT(counters), options, err);
    pfg_arena_free(arena);
    return failed;
}

int pfg_usage_of_shell(struct pfg_usage *out, const struct pfg_child_spec *like,
                       struct pfg_interrupt *interrupt, struct pfg_error *err)
{
    static const char *const nothing[] = {"", NULL};
    double seconds[SHELLS], user[SHELLS], system[SHELLS];
    struct pfg_child_spec spec = *like;
    struct pfg_child_result result;
    size_t n = 0;
    int failed = 0;

    spec.argv = nothing;
    spec.shell = true;
    spec.output = "/dev/null";
    for (; n < SHELLS && !failed; n++) {
        failed = pfg_child_run(&result, &spec, interrupt, err);
        seconds[n] = result.usage.seconds;
        user[n] = result.usage.user;
        system[n] = result.usage.system;
        pfg_child_free(&result);
    }
    *out = (struct pfg_usage){.seconds = pfg_median(seconds, n),
                              .user = pfg_median(user, n),
                              .system = pfg_median(system, n)};
    return failed;
}

void pfg_usage_less_shell(struct pfg_usage *usage,
                          const struct pfg_usage *shell)
{
    usage->seconds = fmax(LEAST, usage->seconds - shell->seconds);
    usage->user = fmax(0, usage->user - shell->user);
    usage->system = fmax(0, usage->system - shell->system);
    usage->cpu = usage->user + usage->system;
}
