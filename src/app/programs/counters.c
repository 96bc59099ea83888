#include "app/programs/counters.h"

#include <dirent.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "app/programs/usage.h"
#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "group/key.h"

/* Bytes of one of valgrind's logs. */
#define LOG_NAME "callgrind."
#define LOG_CAP  ((size_t)1 << 20)

#define HARDWARE(what)                                                         \
    {                                                                          \
        PERF_TYPE_HARDWARE, PERF_COUNT_HW_##what, false                        \
    }
#define SOFTWARE(what)                                                         \
    {                                                                          \
        PERF_TYPE_SOFTWARE, PERF_COUNT_SW_##what, false                        \
    }

/* With the names of perf(1). Counted in user space, except for events that
 * occur only in the kernel. */
static const struct pfg_counter {
    const char *name, *metric;
    enum pfg_direction better;
    struct pfg_count_event event;
    const char *modelled; /* callgrind's events to add up; NULL: none */
    bool nanoseconds;     /* a clock; else a count */
} known[] = {
    {"instructions", "instructions", PFG_LOWER, HARDWARE(INSTRUCTIONS), "Ir"},
    {"cycles", "cycles", PFG_LOWER, HARDWARE(CPU_CYCLES), NULL},
    {"branches", "branches", PFG_NEUTRAL, HARDWARE(BRANCH_INSTRUCTIONS),
     "Bc Bi"},
    {"branch-misses", "branch-misses", PFG_NEUTRAL, HARDWARE(BRANCH_MISSES),
     "Bcm Bim"},
    {"cache-references", "cache-references", PFG_NEUTRAL,
     HARDWARE(CACHE_REFERENCES), "I1mr D1mr D1mw"},
    {"cache-misses", "cache-misses", PFG_NEUTRAL, HARDWARE(CACHE_MISSES),
     "ILmr DLmr DLmw"},
    {"task-clock", "cpu time", PFG_LOWER, SOFTWARE(TASK_CLOCK), NULL,
     .nanoseconds = true},
    {"page-faults", "page faults", PFG_LOWER, SOFTWARE(PAGE_FAULTS), NULL},
    {"context-switches",
     "context switches",
     PFG_LOWER,
     {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES, true},
     NULL},
};
#define N_COUNTERS PFG_COUNT(known)

static const char *const methods[] = {
    [PFG_BY_PERF] = PFG_COUNTED_BY_PERF,
    [PFG_BY_CALLGRIND] = PFG_COUNTED_BY_CALLGRIND,
    [PFG_BY_EITHER] = "auto",
};

/* --- choosing --- */

static int no_counter(struct pfg_slice name, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    const char *names[N_COUNTERS], *all = "", *meant;

    for (size_t i = 0; i < N_COUNTERS; i++) {
        names[i] = known[i].name;
        all = pfg_arena_printf(arena, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    meant = pfg_suggest(pfg_arena_slice(arena, name), names, N_COUNTERS);
    pfg_fail(err, PFG_USAGE, "--counter: unknown counter '%.*s'",
             PFG_SLICE(name));
    return meant ? pfg_hint(err, "did you mean '%s'?", meant)
                 : pfg_hint(err, "there are %s", all);
}

static int add(struct pfg_counters *out, struct pfg_slice name,
               struct pfg_arena *arena, struct pfg_error *err)
{
    size_t i = 0, k = 0;

    while (i < N_COUNTERS && !pfg_slice_is(name, known[i].name)) {
        i++;
    }
    if (i == N_COUNTERS) {
        return no_counter(name, arena, err);
    }
    while (k < out->n && out->at[k] != &known[i]) {
        k++;
    }
    if (k == PFG_COUNTS_MOST) {
        return pfg_fail(err, PFG_USAGE, "--counter: at most %d counters",
                        PFG_COUNTS_MOST);
    }
    out->at[k] = &known[i];
    out->events[k] = known[i].event;
    out->n = k == out->n ? k + 1 : out->n;
    out->cache |= !strncmp(known[i].name, "cache-", 6);
    out->branch |= !strncmp(known[i].name, "branch", 6);
    return 0;
}

int pfg_counters_parse(struct pfg_counters *out, const char *names,
                       const char *by, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_of(names ? names : "");
    size_t method = PFG_BY_PERF;

    *out = (struct pfg_counters){0};
    while (rest.len) {
        if (add(out, pfg_take_until(&rest, ','), arena, err)) {
            return -1;
        }
    }
    if (!by) {
        return 0;
    }
    if (!out->n) {
        pfg_fail(err, PFG_USAGE, "--counter-by without --counter");
        return pfg_hint(err, "--counter instructions");
    }
    while (method <= PFG_BY_EITHER && strcmp(by, methods[method])) {
        method++;
    }
    if (method > PFG_BY_EITHER) {
        return pfg_fail(
            err, PFG_USAGE,
            "--counter-by expects perf, callgrind or auto, not '%s'", by);
    }
    out->method = (enum pfg_counter_method)method;
    return 0;
}

/* --- finding out whether they are available --- */

/* Opens each once. *which: the one that fails. */
static int try_perf(const struct pfg_counters *all, const char **which)
{
    for (size_t i = 0; i < all->n; i++) {
        int fd = pfg_count_open(&all->events[i]);

        *which = all->at[i]->name;
        if (fd < 0) {
            return errno;
        }
        close(fd);
    }
    return 0;
}

static bool is_missing(int error)
{
    return error == ENOENT || error == EOPNOTSUPP || error == ENODEV ||
           error == ENOSYS;
}

static const char *why_not(int error, const char *which,
                           struct pfg_arena *arena)
{
    return is_missing(error)
               ? pfg_arena_printf(arena,
                                  "this machine has no counter for %s, like "
                                  "most virtual machines (perf_event_open: %s)",
                                  which, strerror(error))
               : pfg_arena_printf(arena,
                                  "the kernel does not permit counting %s "
                                  "(perf_event_open: %s)",
                                  which, strerror(error));
}

#define BY_CALLGRIND "--counter-by callgrind"

static int no_perf(int error, const char *which, bool modelled,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    pfg_fail(err, PFG_SYSTEM, "%s", why_not(error, which, arena));
    if (modelled) {
        return pfg_hint(
            err,
            BY_CALLGRIND "  counts under valgrind, about 50 times slower%s",
            is_missing(error) ? ""
                              : "; or 'sysctl kernel.perf_event_paranoid=2'");
    }
    return is_missing(error)
               ? -1
               : pfg_hint(
                     err,
                     "permit it with 'sysctl kernel.perf_event_paranoid=1'");
}

/* A counter that callgrind lacks, or NULL. */
static const char *not_modelled(const struct pfg_counters *all)
{
    for (size_t i = 0; i < all->n; i++) {
        if (!all->at[i]->modelled) {
            return all->at[i]->name;
        }
    }
    return NULL;
}

static int find_valgrind(struct pfg_counters *all, struct pfg_arena *arena,
                         struct pfg_error *err)
{
    static const char *const words[] = {"valgrind", "--version", NULL};
    const struct pfg_child_spec spec = {.argv = words, .timeout = 60};
    struct pfg_child_result result;
    const char *missing = not_modelled(all);
    int failed;

    if (missing) {
        pfg_fail(err, PFG_USAGE, "callgrind does not count %s", missing);
        return pfg_hint(err, "it counts instructions, branches, branch-misses, "
                             "cache-references and cache-misses");
    }
    failed = pfg_child_run(&result, &spec, NULL, err);
    if (!failed) {
        struct pfg_slice said = pfg_slice_trim(pfg_str_slice(&result.out_tail));

        pfg_take(&said, "valgrind-");
        all->version = pfg_arena_slice(arena, said);
    }
    pfg_child_free(&result);
    return failed;
}

int pfg_counters_find(struct pfg_counters *all, const char **told,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *which = "";
    int error;

    *told = NULL;
    all->version = "";
    if (!all->n || all->method == PFG_BY_CALLGRIND) {
        return all->n ? find_valgrind(all, arena, err) : 0;
    }
    error = try_perf(all, &which);
    if (!error) {
        all->method = PFG_BY_PERF;
        return 0;
    }
    if (all->method == PFG_BY_PERF || not_modelled(all)) {
        return no_perf(error, which, !not_modelled(all), arena, err);
    }
    all->method = PFG_BY_CALLGRIND;
    *told = pfg_arena_printf(arena, "%s: counted by callgrind",
                             why_not(error, which, arena));
    return find_valgrind(all, arena, err);
}

/* --- a process --- */

/* Drops a shell that would only start one program, since it would be counted,
 * too. */
static void drop_shell(struct pfg_child_spec *spec, struct pfg_arena *arena)
{
    struct pfg_command_words words;
    const char **argv;

    if (!pfg_words_of_plain(&words, spec->argv[0], arena) ||
        !strchr(words.at[0], '/')) {
        return;
    }
    argv = pfg_arena_new_array(arena, const char *, words.n + 1);
    memcpy(argv, words.at, words.n * sizeof *argv);
    argv[words.n] = NULL;
    spec->argv = argv;
    spec->shell = false;
}

void pfg_counters_apply(const struct pfg_counters *all,
                        struct pfg_child_spec *spec, const char *folder,
                        struct pfg_arena *arena)
{
    const char *const valgrind[] = {
        "valgrind",
        "--tool=callgrind",
        "--trace-children=yes",
        "--callgrind-out-file=/dev/null",
        pfg_arena_printf(arena, "--cache-sim=%s", all->cache ? "yes" : "no"),
        pfg_arena_printf(arena, "--branch-sim=%s", all->branch ? "yes" : "no"),
        /* The log has the totals, too. */
        pfg_arena_printf(arena, "--log-file=%s/" LOG_NAME "%%p", folder),
        "/bin/sh",
        "-c",
    };
    PFG_VEC(const char *) words = {0};
    size_t n = PFG_COUNT(valgrind);

    spec->fixed_addresses = true;
    if (spec->shell) {
        drop_shell(spec, arena);
    }
    if (all->method == PFG_BY_PERF) {
        spec->events = all->events;
        spec->n_events = all->n;
        return;
    }
    for (size_t i = 0; i < n - (spec->shell ? 0 : 2); i++) {
        pfg_vec_push(&words, arena, valgrind[i]);
    }
    for (const char *const *word = spec->argv; *word; word++) {
        pfg_vec_push(&words, arena, *word);
    }
    pfg_vec_push(&words, arena, NULL);
    spec->argv = words.at;
    spec->shell = false;
}

/* "==12== Events    : Ir Dr" and "==12== Collected : 40 2" */
static struct pfg_slice words_behind(struct pfg_slice log, const char *key)
{
    size_t at = pfg_slice_find(log, key);
    struct pfg_slice rest = pfg_slice_from(log, at < log.len ? at : log.len);

    pfg_take(&rest, key);
    return pfg_take_until(&rest, '\n');
}

static bool is_word_of(const char *words, struct pfg_slice word)
{
    struct pfg_slice rest = pfg_slice_of(words);

    while (rest.len) {
        if (pfg_slice_eq(pfg_take_word(&rest), word)) {
            return true;
        }
    }
    return false;
}

/* Adds the totals of a log. A process that executed another program, or was
 * killed, has none. */
static bool add_log(const struct pfg_counters *all, double *out,
                    struct pfg_slice log)
{
    struct pfg_slice events = words_behind(log, "== Events    : ");
    struct pfg_slice totals = words_behind(log, "== Collected : ");
    bool found = false;

    while (events.len && totals.len) {
        struct pfg_slice event = pfg_take_word(&events);
        double number;

        if (pfg_number_parse(&number, pfg_take_word(&totals), 0)) {
            return found;
        }
        for (size_t i = 0; i < all->n; i++) {
            out[i] += is_word_of(all->at[i]->modelled, event) ? number : 0;
        }
        found = true;
    }
    return found;
}

static int read_logs(const struct pfg_counters *all, double *out,
                     const char *folder, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    bool found = false;
    int failed = 0;

    while (entries && !failed && (entry = readdir(entries))) {
        const char *path = pfg_path_join(arena, folder, entry->d_name);
        struct pfg_str log;

        if (strncmp(entry->d_name, LOG_NAME, strlen(LOG_NAME)) != 0) {
            continue;
        }
        pfg_str_init(&log, 0);
        failed = pfg_file_read(&log, path, LOG_CAP, err);
        found |= !failed && add_log(all, out, pfg_str_slice(&log));
        pfg_str_free(&log);
        unlink(path); /* each process has its own logs */
    }
    if (entries) {
        closedir(entries);
    }
    if (!failed && !found) {
        pfg_fail(err, PFG_DATA, "valgrind counted nothing");
        return pfg_hint(err, "can it run the program? 'valgrind "
                             "--tool=callgrind COMMAND'");
    }
    return failed;
}

int pfg_counters_read(const struct pfg_counters *all, double *out,
                      const struct pfg_child_result *result, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct pfg_count *count = &result->counts[i];

        out[i] = 0;
        if (all->method == PFG_BY_PERF && count->counted) {
            /* With more counters than the CPU has, each counts only part of the
             * time. */
            out[i] = (double)count->value *
                     (all->at[i]->nanoseconds ? 1e-9 : 1) *
                     ((double)count->wanted / (double)count->counted);
        }
    }
    return all->method == PFG_BY_CALLGRIND
               ? read_logs(all, out, folder, arena, err)
               : 0;
}

/* --- a run --- */

int pfg_counters_run(struct pfg_run **out, const struct pfg_context *context,
                     const struct pfg_counters *counters,
                     const struct pfg_program *program,
                     const double *const *counts, size_t n,
                     const struct pfg_read_options *options,
                     struct pfg_error *err)
{
    const char *method = methods[counters->method];
    const struct pfg_fact by = {PFG_VARIANT_COUNTER, method};
    struct pfg_measurement metrics[PFG_COUNTS_MOST];
    struct pfg_read_options read = *options;
    struct pfg_arena *arena = pfg_arena_new();
    int failed;

    read.collect.variant = pfg_key_variant_with(arena, options->collect.variant,
                                                read.collect.n_variant++, by);
    for (size_t i = 0; i < counters->n; i++) {
        const struct pfg_counter *counter = counters->at[i];
        double *values = pfg_arena_new_array(arena, double, n);

        for (size_t k = 0; k < n; k++) {
            values[k] = counts[k][i];
        }
        metrics[i] = (struct pfg_measurement){
            .metric = pfg_slice_of(counter->metric),
            .unit = pfg_slice_of(counter->nanoseconds ? "s" : "1"),
            .better = counter->better,
            .values = values,
            .n_values = n,
        };
    }
    failed = pfg_program_run(out, context, method, program, metrics,
                             counters->n, &read, err);
    pfg_arena_free(arena);
    if (failed) {
        return -1;
    }
    arena = (*out)->arena;
    for (size_t i = 0; i < (*out)->series.n; i++) {
        (*out)->series.at[i]->variant = pfg_key_variant_with(
            arena, options->collect.variant, options->collect.n_variant, by);
    }
    if (*counters->version) {
        const struct pfg_fact version = {
            "valgrind", pfg_arena_strdup(arena, counters->version)};

        pfg_vec_push(&(*out)->facts, arena, version);
    }
    return 0;
}
