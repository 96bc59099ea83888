#include "app/why/profiler.h"

#include <dirent.h>
#include <string.h>

#include "app/why/read_profiles.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "exec/child.h"

/*
 * perf samples the CPU clock, because benchmarks measure time and virtual
 * machines have that clock, too. Stacks are unwound by the tables for
 * exceptions, which every program has. Few libraries have frame pointers, so
 * their callers would be lost.
 */
#define FREQUENCY "1999"
#define STACKS    "dwarf,8192"
#define MOST_DATA "512M"

#define PERF_DATA "perf."
#define CALLGRIND "callgrind."
#define PPROF     "cpu.pprof"
#define TEXT      "profile.txt"
#define PARANOID  "/proc/sys/kernel/perf_event_paranoid"

int pfg_profiler_parse(enum pfg_profiler *out, const char *text,
                       struct pfg_error *err)
{
    static const char *const names[] = {
        [PFG_BY_ANY] = "auto",
        [PFG_BY_SAMPLES] = "perf",
        [PFG_BY_MODEL] = "callgrind",
    };

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        if (!strcmp(*text ? text : "auto", names[i])) {
            *out = (enum pfg_profiler)i;
            return 0;
        }
    }
    return pfg_fail(err, PFG_USAGE,
                    "--profile expects perf, callgrind or auto, not '%s'",
                    text);
}

/* --- words --- */

static void add_all(struct pfg_word_list *words, struct pfg_arena *arena,
                    const char *const *more, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(words, arena, more[i]);
    }
}

static void add_profiler(struct pfg_word_list *words, enum pfg_profiler by,
                         const char *files, size_t part,
                         struct pfg_arena *arena)
{
    const char *const perf[] = {
        "perf",
        "record",
        "-q",
        "-N",
        "-F",
        FREQUENCY,
        "-e",
        "cpu-clock",
        "--call-graph",
        STACKS,
        "--max-size",
        MOST_DATA,
        "-o",
        pfg_arena_printf(arena, "%s/" PERF_DATA "%zu", files, part),
        "--",
    };
    const char *const valgrind[] = {
        "valgrind",
        "-q",
        "--tool=callgrind",
        "--trace-children=yes",
        pfg_arena_printf(arena, "--callgrind-out-file=%s/" CALLGRIND "%zu.%%p",
                         files, part),
    };

    if (by == PFG_BY_SAMPLES) {
        add_all(words, arena, perf, PFG_COUNT(perf));
    } else if (by == PFG_BY_MODEL) {
        add_all(words, arena, valgrind, PFG_COUNT(valgrind));
    }
}

struct pfg_command_words pfg_profiler_words(
    enum pfg_profiler by, const struct pfg_command_words *command, size_t times,
    const char *files, size_t part, struct pfg_arena *arena)
{
    const char *const again[] = {
        "/bin/sh", "-c",
        "n=$1; shift; while [ $n -gt 0 ]; do \"$@\"; n=$((n - 1)); done", "sh",
        pfg_arena_printf(arena, "%zu", times)};
    struct pfg_word_list words = {0};

    add_profiler(&words, by, files, part, arena);
    if (times > 1) {
        add_all(&words, arena, again, PFG_COUNT(again));
    }
    add_all(&words, arena, command->at, command->n);
    pfg_vec_push(&words, arena, NULL);
    return (struct pfg_command_words){words.at, words.n - 1};
}

const char *pfg_profiler_pprof(const char *files, struct pfg_arena *arena)
{
    return pfg_path_join(arena, files, PPROF);
}

/* --- whether one can be used --- */

/* Runs a command quietly. If it fails, *said is the end of its output; else
 * NULL. Returns -1 if it cannot even be started. */
static int run(const char **said, const struct pfg_command_words *words,
               const char *output, const struct pfg_profiler_place *place,
               struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_child_spec spec = {
        .argv = words->at,
        .folder = place->folder,
        .output = output,
        .timeout = 600,
    };
    struct pfg_child_result result = {0};
    int failed = pfg_child_run(&result, &spec, place->interrupt, err);
    struct pfg_slice end = {"", 0};

    *said = NULL;
    if (!failed && (result.exit_status || result.interrupted)) {
        end = pfg_child_last_words(&result, 200);
        end = pfg_slice_trim(pfg_take_until(&end, '\n'));
        end.len -= pfg_slice_ends(end, ".");
        *said = result.timed_out     ? "it did not finish"
                : result.interrupted ? "interrupted"
                : end.len            ? pfg_arena_slice(arena, end)
                                     : "it failed";
    }
    pfg_child_free(&result);
    return failed;
}

/* Whether the profiler can run `true`; if not, *why tells the reason. */
static bool can_use(const char **why, enum pfg_profiler by,
                    const struct pfg_profiler_place *place,
                    struct pfg_arena *arena)
{
    static const char *const nothing[] = {"true"};
    const struct pfg_command_words command = {nothing, 1};
    const struct pfg_command_words words =
        pfg_profiler_words(by, &command, 1, place->files, 0, arena);
    struct pfg_error err = {0};

    if (run(why, &words, "/dev/null", place, arena, &err)) {
        *why = pfg_arena_printf(arena, "%s is not installed",
                                by == PFG_BY_MODEL ? "valgrind" : "perf");
    }
    return !*why;
}

/* Why perf cannot be used, as far as the kernel's settings tell. */
static const char *about_perf(const char *said, struct pfg_arena *arena)
{
    struct pfg_str text;
    double paranoid = 0;

    pfg_str_init(&text, 0);
    if (!pfg_file_read(&text, PARANOID, 64, NULL)) {
        (void)pfg_number_parse(&paranoid, pfg_slice_trim(pfg_str_slice(&text)),
                               0);
    }
    pfg_str_free(&text);
    return paranoid > 2
               ? pfg_arena_printf(
                     arena,
                     "the kernel does not permit perf "
                     "(kernel.perf_event_paranoid is %.0f; permit it with "
                     "'sysctl kernel.perf_event_paranoid=1')",
                     paranoid)
               : pfg_arena_printf(arena,
                                  "perf cannot be used (%s; "
                                  "kernel.perf_event_paranoid is %.0f)",
                                  said, paranoid);
}

int pfg_profiler_find(enum pfg_profiler *out, const char **notice,
                      enum pfg_profiler wanted,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *perf = "", *valgrind;

    *notice = NULL;
    *out = PFG_BY_SAMPLES;
    if (wanted != PFG_BY_MODEL) {
        if (can_use(&perf, PFG_BY_SAMPLES, place, arena)) {
            return 0;
        }
        perf = strstr(perf, "not installed") ? perf : about_perf(perf, arena);
        if (wanted == PFG_BY_SAMPLES) {
            return pfg_fail(err, PFG_SYSTEM, "%s", perf);
        }
    }
    *out = PFG_BY_MODEL;
    if (can_use(&valgrind, PFG_BY_MODEL, place, arena)) {
        *notice = *perf ? pfg_arena_printf(arena,
                                           "%s: profiled by callgrind, which "
                                           "counts instructions",
                                           perf)
                        : NULL;
        return 0;
    }
    return pfg_fail(err, PFG_SYSTEM, "%s%s%s", perf, *perf ? ", and " : "",
                    valgrind);
}

/* --- what it wrote --- */

/* Converts the profiler's output to text with its own tool, and reads that. */
static int read_by_tool(struct pfg_stacks *stacks, size_t profile,
                        const struct pfg_command_words *words,
                        const struct pfg_profiler_place *place,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const char *text = pfg_path_join(arena, place->files, TEXT);
    const char *said;

    if (run(&said, words, text, place, arena, err)) {
        return -1;
    }
    return said ? pfg_fail(err, PFG_DATA, "%s: %s", words->at[0], said)
                : pfg_profile_read(stacks, profile, text, err);
}

static int read_one(struct pfg_stacks *stacks, size_t profile, const char *path,
                    const struct pfg_profiler_place *place,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    const char *name = pfg_path_name(path);
    /* Inlined functions are not resolved, which would take minutes: both
     * versions are compared by the names of symbols. */
    const char *const perf[] = {"perf", "script", "--no-inline", "-f",
                                "-i",   path,     NULL};
    const char *const pprof[] = {
        "go", "tool", "pprof", "-raw", "-symbolize=none", path, NULL};
    struct pfg_command_words words = {perf, PFG_COUNT(perf) - 1};

    if (!strncmp(name, CALLGRIND, strlen(CALLGRIND))) {
        return pfg_profile_read(stacks, profile, path, err);
    }
    if (!strcmp(name, PPROF)) {
        words = (struct pfg_command_words){pprof, PFG_COUNT(pprof) - 1};
    }
    return read_by_tool(stacks, profile, &words, place, arena, err);
}

int pfg_profiler_read(struct pfg_stacks *stacks, size_t profile,
                      enum pfg_profiler by,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *begin = by == PFG_BY_SAMPLES ? PERF_DATA
                        : by == PFG_BY_MODEL ? CALLGRIND
                                             : PPROF;
    DIR *entries = opendir(place->files);
    const struct dirent *entry;
    bool found = false;
    int failed = 0;

    while (entries && !failed && (entry = readdir(entries))) {
        if (!strncmp(entry->d_name, begin, strlen(begin))) {
            found = true;
            failed = read_one(stacks, profile,
                              pfg_path_join(arena, place->files, entry->d_name),
                              place, arena, err);
        }
    }
    if (entries) {
        closedir(entries);
    }
    return failed || found
               ? failed
               : pfg_fail(err, PFG_DATA, "the profiler wrote nothing");
}
