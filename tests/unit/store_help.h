/* Shared by the tests of the store: temporary folders and runs. */
#ifndef PFG_TESTS_UNIT_STORE_HELP_H
#define PFG_TESTS_UNIT_STORE_HELP_H

#include "check.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "group/key.h"
#include "model/codec/codec.h"
#include "model/run.h"
#include "store/store.h"

static int remove_entry(const char *path, const struct stat *info, int type,
                        struct FTW *at)
{
    (void)info, (void)type, (void)at;
    return remove(path);
}

/* Setup and teardown of a test: *state is the path of a new folder. */
static inline int make_folder(void **state)
{
    char path[] = "/tmp/perfgate-test-XXXXXX";

    *state = mkdtemp(path) ? strdup(path) : NULL;
    return *state && chmod(*state, 0755) == 0 ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    int result = nftw(*state, remove_entry, 16, FTW_DEPTH | FTW_PHYS);

    free(*state);
    return result;
}

/* The path of a file in the test's folder; `out` is the caller's buffer. */
#define PATH_SIZE 256
static inline const char *in_folder(char out[PATH_SIZE], void *const *state,
                                    const char *name)
{
    snprintf(out, PATH_SIZE, "%s/%s", (const char *)*state, name);
    return out;
}

/* The path of a database for the test: a file in its folder or, if SERVER is
 * set (see tests/run-units), a project on that server. */
static inline const char *database_in(char out[PATH_SIZE], void *const *state,
                                      const char *name)
{
    const char *server = getenv("SERVER"), *folder = *state;

    if (!server) {
        return in_folder(out, state, name);
    }
    snprintf(out, PATH_SIZE, "postgresql://perfgate@/postgres?host=%s#%s/%s",
             server, strrchr(folder, '/') + 1, name);
    return out;
}

#define assert_ok(call, err)                                                   \
    do {                                                                       \
        if (call) {                                                            \
            fail_msg("%s: %s", #call, (err).message);                          \
        }                                                                      \
    } while (0)

/* A run of revision `id` on a machine with `cpus`, measured at `time`. */
static inline struct pfg_run *new_run(const char *id, int cpus, long time)
{
    struct pfg_run *run = pfg_run_new();

    run->revision.id = pfg_arena_strdup(run->arena, id);
    run->profile.cpu_name = "AMD EPYC 7763";
    run->profile.cpus = cpus;
    pfg_profile_finish(&run->profile, run->arena);
    run->time = time * PFG_SECOND;
    run->tool = "gobench";
    pfg_vec_push(&run->processes, run->arena, (struct pfg_process){0});
    return run;
}

static inline struct pfg_series *add_series(struct pfg_run *run,
                                            const char *benchmark,
                                            const char *metric,
                                            enum pfg_direction better)
{
    struct pfg_series *series = pfg_arena_alloc(run->arena, sizeof *series);

    series->suite = "pkg";
    series->benchmark = pfg_arena_strdup(run->arena, benchmark);
    series->metric = metric;
    series->unit = "s";
    series->better = better;
    series->key = pfg_key_make(run->arena, series);
    pfg_vec_push(&run->series, run->arena, series);
    return series;
}

/* Adds a piece with these values, in the next process of the series. */
static inline struct pfg_piece *add_values(struct pfg_run *run,
                                           struct pfg_series *series,
                                           const double *values, size_t n)
{
    struct pfg_piece piece = {.process = series->pieces.n,
                              .number = series->pieces.n,
                              .n = n,
                              .written_unit = "ns/op",
                              .error = "",
                              .budget = "",
                              .file = "bench.txt",
                              .line = 1};

    while (run->processes.n <= piece.process) {
        pfg_vec_push(&run->processes, run->arena, (struct pfg_process){0});
    }
    piece.values = pfg_arena_new_array(run->arena, double, n);
    for (size_t i = 0; i < n; i++) {
        piece.values[i] = values[i];
    }
    pfg_vec_push(&series->pieces, run->arena, piece);
    return &series->pieces.at[series->pieces.n - 1];
}

static inline struct pfg_run *small_run(const char *id, int cpus, long time,
                                        double value)
{
    struct pfg_run *run = new_run(id, cpus, time);

    add_values(run, add_series(run, "Join", "time", PFG_LOWER), &value, 1);
    return run;
}

/* Returns 0 if a run was stored. Asserts nothing, so child processes can call
 * it. */
static inline int store_one(struct pfg_store *store, long time, struct pfg_error *err)
{
    struct pfg_run *run = small_run("a", 4, time, (double)time);
    enum pfg_stored stored;
    int result = pfg_store_add(store, &stored, &run, 1, err);

    pfg_run_free(run);
    return result;
}

static inline void make_database(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    assert_ok(pfg_store_open(&store, path, true, &err), err);
    assert_ok(store_one(store, 1, &err), err);
    pfg_store_close(store);
}

/* Everything in a run but its id, as text; the caller frees it. */
static inline char *text_of(const struct pfg_run *run)
{
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text, .indent = 1};

    pfg_str_init(&text, 0);
    pfg_codec_write_run(&w, NULL, run);
    for (size_t i = 0; i < run->series.n; i++) {
        pfg_str_printf(&text, "\n%s", run->series.at[i]->key);
    }
    return text.ptr;
}

static inline void assert_same_run(const struct pfg_run *a,
                                   const struct pfg_run *b)
{
    char *left = text_of(a), *right = text_of(b);

    assert_string_equal(left, right);
    free(left);
    free(right);
}

#endif
