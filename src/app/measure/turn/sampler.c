#include "app/measure/turn/sampler.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "exec/proctree.h"
#include "stats/sample.h"

/* Points of a trace in a report; a screen shows no more. */
#define TRACE 100

/* Least seconds between two samples, and between two of the details, which cost
 * more. With many processes the interval grows, so that each takes at most its
 * share of a CPU. */
#define STEP          0.18
#define DETAILS       1.0
#define STEP_SHARE    0.002
#define DETAILS_SHARE 0.001

struct series {
    double *at;
    size_t n, cap;
};

/* One --watch. */
struct watched {
    const char *name;
    struct pfg_proctree tree;
    PFG_VEC(pid_t) roots; /* the tree's */
    struct series cpu, memory, threads, descriptors;
    struct pfg_proctree_sample last; /* at `looked` */
    struct pfg_proctree_details first, now;
    double began, looked;
    double cpu_before;
    double *courses[2]; /* traces of CPU and memory */
    size_t n_course[2];
};

struct pfg_sampler {
    struct pfg_arena *arena;
    struct watched *at;
    size_t n;
    double looked, detailed;
    double step, details; /* seconds until the next of them */
    struct pfg_sampler_cost cost;
    /* nvidia-smi, if there is one. */
    struct pfg_child *gpu;
    struct pfg_child_spec gpu_spec;
};

/* --- finding the processes --- */

static void add_root(struct watched *one, pid_t pid, struct pfg_arena *arena)
{
    pfg_vec_push(&one->roots, arena, pid);
    one->tree.roots = one->roots.at;
    one->tree.n_roots = one->roots.n;
}

/* The command lines of perfgate and its guards contain the pattern, too. */
static bool is_own(pid_t pid, struct pfg_arena *arena)
{
    char own[4096] = "", other[4096] = "";

    return readlink("/proc/self/exe", own, sizeof own - 1) > 0 &&
           readlink(pfg_arena_printf(arena, "/proc/%d/exe", (int)pid), other,
                    sizeof other - 1) > 0 &&
           !strcmp(own, other);
}

static int find_by_pgrep(struct watched *one, const char *what,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    const char *words[] = {pfg_arena_printf(arena, "pgrep %s", what), NULL};
    const struct pfg_child_spec spec = {.argv = words, .shell = true};
    struct pfg_child_result result = {0};
    int failed = pfg_child_run(&result, &spec, NULL, err);
    struct pfg_slice rest = pfg_str_slice(&result.out_tail);

    while (!failed && rest.len) {
        uint64_t pid;

        if (!pfg_number_parse_u64(&pid, pfg_take_until(&rest, '\n')) && pid &&
            pid <= INT32_MAX && !is_own((pid_t)pid, arena)) {
            add_root(one, (pid_t)pid, arena);
        }
    }
    if (!failed && !one->tree.n_roots) {
        failed =
            result.exit_status > 1
                ? pfg_fail(err, PFG_USAGE, "--watch: 'pgrep %s' failed", what)
                : pfg_fail(err, PFG_DATA,
                           "no process to watch: 'pgrep %s' finds none", what);
    }
    pfg_child_free(&result);
    return failed;
}

static int find_by_number(struct watched *one, const char *what,
                          struct pfg_arena *arena, struct pfg_error *err)
{
    const char *path = pfg_arena_printf(arena, "/proc/%s/comm", what);
    struct pfg_str name = pfg_str_in(arena);
    uint64_t pid;

    if (pfg_number_parse_u64(&pid, pfg_slice_of(what)) || pid > INT32_MAX ||
        pfg_file_read(&name, path, 100, err)) {
        return pfg_fail(err, PFG_DATA, "no process %s to watch", what);
    }
    /* Not the PID, which changes every time. */
    one->name = pfg_arena_slice(arena, pfg_slice_trim(pfg_str_slice(&name)));
    add_root(one, (pid_t)pid, arena);
    return 0;
}

static int find(struct watched *one, const char *what,
                const struct pfg_services *services, struct pfg_arena *arena,
                struct pfg_error *err)
{
    one->name = what;
    if (what[strspn(what, "0123456789")] == '\0') {
        return find_by_number(one, what, arena, err);
    }
    if (strcmp(what, "service") != 0) {
        return find_by_pgrep(one, what, arena, err);
    }
    one->tree.below = true;
    for (size_t i = 0; i < services->n; i++) {
        add_root(one, pfg_child_guard(services->at[i].child), arena);
    }
    return 0;
}

/* --- sampling --- */

static double cpu_spent(void)
{
    struct timespec spent;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

static void add_value(struct series *series, double value)
{
    pfg_vec_push(series, NULL, value);
}

static void look_at(struct watched *one, double now, bool closely)
{
    struct pfg_proctree_sample sample;

    if (closely) {
        pfg_proctree_find(&one->tree);
        one->now = pfg_proctree_details(&one->tree);
        add_value(&one->descriptors, one->now.descriptors);
    }
    sample = pfg_proctree_sample(&one->tree);
    if (!one->looked) {
        one->began = now;
        one->first = one->now;
        one->cpu_before = sample.cpu;
    } else if (now > one->looked) {
        /* The CPU time of a process that ends before anybody waits for it is
         * lost. */
        add_value(&one->cpu,
                  fmax(0, sample.cpu - one->last.cpu) / (now - one->looked));
    }
    add_value(&one->memory, sample.memory);
    add_value(&one->threads, sample.threads);
    one->last = sample;
    one->looked = now;
}

static void look(struct pfg_sampler *watch, bool last)
{
    double now = pfg_clock_seconds(), spent = cpu_spent();
    bool closely = last || now - watch->detailed >= watch->details;

    for (size_t i = 0; i < watch->n; i++) {
        look_at(&watch->at[i], now, closely);
    }
    watch->looked = now;
    watch->detailed = closely ? now : watch->detailed;
    spent = cpu_spent() - spent;
    watch->cost.cpu += spent;
    if (closely) {
        watch->details = fmax(DETAILS, spent / DETAILS_SHARE);
    } else {
        watch->step = fmax(STEP, spent / STEP_SHARE);
    }
}

void pfg_sampler_look(struct pfg_sampler *watch)
{
    if (watch && pfg_clock_seconds() - watch->looked >= watch->step) {
        look(watch, false);
    }
}

/* nvidia-smi prints a line every half second. Where it does not exist, there
 * are no results of the GPU. */
static void start_gpu(struct pfg_sampler *watch)
{
    static const char *const words[] = {
        "nvidia-smi",
        "--query-gpu=utilization.gpu,memory.used",
        "--format=csv,noheader,nounits",
        "-lms",
        "500",
        NULL};
    struct pfg_error err = {0};

    watch->gpu_spec = (struct pfg_child_spec){.argv = words, .together = true};
    if (pfg_child_start(&watch->gpu, &watch->gpu_spec, &err)) {
        watch->gpu = NULL;
    }
}

int pfg_sampler_start(struct pfg_sampler **out, const char *const *what,
                      size_t n, const struct pfg_services *services,
                      struct pfg_error *err)
{
    struct pfg_arena *arena;
    struct pfg_sampler *watch;

    *out = NULL;
    if (!n) {
        return 0;
    }
    arena = pfg_arena_new();
    watch = pfg_arena_alloc(arena, sizeof *watch);
    *watch = (struct pfg_sampler){
        .arena = arena, .at = pfg_arena_new_array(arena, struct watched, n)};
    for (; watch->n < n; watch->n++) {
        if (find(&watch->at[watch->n], what[watch->n], services, arena, err)) {
            pfg_sampler_free(watch, &(struct pfg_sampler_cost){0});
            return -1;
        }
    }
    start_gpu(watch);
    look(watch, true);
    *out = watch;
    return 0;
}

/* --- results --- */

struct pushing {
    const struct pfg_sink *sink;
    const char *benchmark;
};

static void push(const struct pushing *to, const char *metric, const char *unit,
                 double value)
{
    const struct pfg_measurement m = {
        .benchmark = pfg_slice_of(to->benchmark),
        .metric = pfg_slice_of(metric),
        .unit = pfg_slice_of(unit),
        .better = PFG_LOWER,
        .values = &value,
        .n_values = 1,
    };

    if (isfinite(value)) {
        to->sink->measurement(to->sink->self, &m);
    }
}

/* The means of at most TRACE stretches of a series, in the arena. */
static double *trace_of(const struct series *series, size_t *n,
                        struct pfg_arena *arena)
{
    double *trace = pfg_arena_new_array(arena, double, TRACE);

    *n = series->n < TRACE ? series->n : TRACE;
    for (size_t i = 0; i < *n; i++) {
        size_t from = i * series->n / *n, to = (i + 1) * series->n / *n;

        trace[i] = pfg_mean(series->at + from, to - from);
    }
    return trace;
}

/* Pushes mean, 95th percentile and peak under these names; NULL: not this one.
 */
static void push_series(const struct pushing *to, const char *const names[3],
                        const char *unit, struct series *series, double mean)
{
    if (!series->n) {
        return;
    }
    pfg_sort(series->at, series->n);
    if (names[0]) {
        push(to, names[0], unit, mean);
        push(to, names[1], unit,
             pfg_quantile_sorted(series->at, series->n, 0.95));
    }
    push(to, names[2], unit, series->at[series->n - 1]);
}

static void push_one(const struct pushing *to, struct watched *one)
{
    static const char *const cpu[] = {"cpu mean", "cpu p95", "cpu peak"};
    static const char *const memory[] = {"memory mean", "memory p95",
                                         "memory peak"};
    static const char *const threads[] = {NULL, NULL, "threads peak"};
    static const char *const descriptors[] = {NULL, NULL, "descriptors peak"};
    double seconds = one->looked - one->began;

    push_series(to, cpu, "%", &one->cpu,
                fmax(0, one->last.cpu - one->cpu_before) / seconds);
    push_series(to, memory, "B", &one->memory,
                pfg_mean(one->memory.at, one->memory.n));
    push_series(to, threads, "1", &one->threads, NAN);
    push_series(to, descriptors, "1", &one->descriptors, NAN);
    push(to, "context switches", "1/s",
         fmax(0, one->now.switches - one->first.switches) / seconds);
    push(to, "disk read", "B/s",
         fmax(0, one->now.read - one->first.read) / seconds);
    push(to, "disk written", "B/s",
         fmax(0, one->now.written - one->first.written) / seconds);
}

/* "37, 1024": per cent and MiB, a line for each GPU and half second. */
static void push_gpu(const struct pfg_sink *sink, struct pfg_slice text)
{
    static const char *const names[][3] = {
        {"gpu mean", "gpu p95", "gpu peak"},
        {"gpu memory mean", "gpu memory p95", "gpu memory peak"}};
    const struct pushing to = {sink, "gpu"};
    struct series use = {0}, memory = {0};

    while (text.len) {
        struct pfg_slice line = pfg_take_until(&text, '\n');
        double busy, mib;

        if (!pfg_number_parse(&busy, pfg_slice_trim(pfg_take_until(&line, ',')),
                              0) &&
            !pfg_number_parse(&mib, pfg_slice_trim(line), 0)) {
            add_value(&use, busy / 100);
            add_value(&memory, mib * 1024 * 1024);
        }
    }
    if (use.n) {
        push_series(&to, names[0], "%", &use, pfg_mean(use.at, use.n));
        push_series(&to, names[1], "B", &memory, pfg_mean(memory.at, memory.n));
    }
    pfg_vec_free(&use);
    pfg_vec_free(&memory);
}

static int push_all(void *self, const struct pfg_sink *sink,
                    struct pfg_error *err)
{
    struct pfg_sampler *watch = self;
    struct pfg_child_result result = {0};
    struct pfg_error none = {0};

    (void)err;
    for (size_t i = 0; i < watch->n; i++) {
        push_one(&(struct pushing){sink, watch->at[i].name}, &watch->at[i]);
    }
    if (watch->gpu && !pfg_child_end(&result, watch->gpu, &none)) {
        push_gpu(sink, pfg_str_slice(&result.out_tail));
    }
    watch->gpu = NULL;
    pfg_child_free(&result);
    return 0;
}

/* Adds its trace to a metric of a watched process. */
static void add_trace(struct pfg_run *run, const struct watched *one,
                      const char *metric, const double *trace, size_t n)
{
    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];

        if (n > 1 && series->pieces.n &&
            !strcmp(series->benchmark, one->name) &&
            !strcmp(series->metric, metric)) {
            series->pieces.at[0].trace = trace;
            series->pieces.at[0].n_trace = n;
            series->pieces.at[0].trace_seconds = one->looked - one->began;
        }
    }
}

int pfg_sampler_run(struct pfg_run **out, struct pfg_sampler *watch,
                    const struct pfg_context *context,
                    const struct pfg_read_options *options,
                    struct pfg_error *err)
{
    const struct pfg_pushed pushed = {"watch", "watch", push_all, watch};

    *out = NULL;
    if (!watch) {
        return 0;
    }
    look(watch, true);
    /* Before the values are sorted for the quantiles. */
    for (size_t i = 0; i < watch->n; i++) {
        struct watched *one = &watch->at[i];

        one->courses[0] = trace_of(&one->cpu, &one->n_course[0], watch->arena);
        one->courses[1] =
            trace_of(&one->memory, &one->n_course[1], watch->arena);
    }
    if (pfg_read_pushed(out, context, &pushed, options, err)) {
        return -1;
    }
    for (size_t i = 0; i < 2 * watch->n; i++) {
        const struct watched *one = &watch->at[i / 2];
        size_t n = one->n_course[i % 2];
        double *kept = pfg_arena_new_array((*out)->arena, double, n);

        memcpy(kept, one->courses[i % 2], n * sizeof *kept);
        add_trace(*out, one, i % 2 ? "memory mean" : "cpu mean", kept, n);
    }
    return 0;
}

void pfg_sampler_free(struct pfg_sampler *watch, struct pfg_sampler_cost *cost)
{
    struct pfg_error none = {0};

    if (!watch) {
        return;
    }
    (void)pfg_child_end(NULL, watch->gpu, &none);
    for (size_t i = 0; i < watch->n; i++) {
        struct watched *one = &watch->at[i];

        cost->seconds += i ? 0 : one->looked - one->began;
        pfg_proctree_free(&one->tree);
        pfg_vec_free(&one->cpu);
        pfg_vec_free(&one->memory);
        pfg_vec_free(&one->threads);
        pfg_vec_free(&one->descriptors);
    }
    cost->cpu += watch->cost.cpu;
    pfg_arena_free(watch->arena);
}
