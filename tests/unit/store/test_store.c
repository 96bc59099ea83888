#include "store/store.h"

#include <float.h>

#include "store/sql/sql.h"
#include "store_help.h"

static struct pfg_store *must_open(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    assert_ok(pfg_store_open(&store, path, true, &err), err);
    return store;
}

static struct pfg_store *open_in(void **state)
{
    char path[PATH_SIZE];

    return must_open(database_in(path, state, "runs"));
}

/* Stores the run, frees it, and returns its id. */
static long keep(struct pfg_store *store, struct pfg_run *run)
{
    struct pfg_error err = {0};
    enum pfg_stored stored;
    long id;

    assert_ok(pfg_store_add(store, &stored, &run, 1, &err), err);
    assert_int_equal(stored, PFG_STORED);
    id = run->id;
    assert_true(id > 0);
    pfg_run_free(run);
    return id;
}

static struct pfg_run *must_load(struct pfg_store *store, long id)
{
    struct pfg_error err = {0};
    struct pfg_run *run;

    assert_ok(pfg_store_load(store, &run, id, &err), err);
    return run;
}

static size_t count_runs(struct pfg_store *store)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    struct pfg_run_info *infos;
    size_t n;

    assert_ok(pfg_store_find(store, &infos, &n, &(struct pfg_run_query){0},
                             arena, &err),
              err);
    pfg_arena_free(arena);
    return n;
}

/* A run with a value in every column. */
static struct pfg_run *rich_run(void)
{
    static const double values[] = {1.0 / 3, -0.0,    DBL_TRUE_MIN,
                                    DBL_MAX, -1.5e-9, 123456789012345678.0};
    static const char *written[] = {"0.33", "-0.00", "5e-324", "", "-1.5", "1"};
    static const char *one[] = {"1.23"};
    static const char *gpus[] = {"NVIDIA A100", "NVIDIA GeForce RTX 3080"};
    static struct pfg_fact notes[] = {{"kernel", "6.1"}, {"load", "0.5"}};
    static struct pfg_fact params[] = {{"cpus", "8"}, {"n", "1\n0"}};
    static struct pfg_fact variant[] = {{"go", "1.23"}};
    struct pfg_run *run = new_run("0123abcd", 4, 1795247388);
    struct pfg_series *z = add_series(run, "Zip", "time", PFG_LOWER);
    struct pfg_series *a = add_series(run, "</a>'; --", "custom", PFG_NEUTRAL);
    struct pfg_piece *piece = add_values(run, z, values, 6);

    run->revision.tree = "7ree";
    run->revision.subject = "say \"hello\" – in UTF-8";
    run->revision.branch = "main";
    run->revision.merge = "fedcba";
    run->revision.time = 1795247000 * PFG_SECOND + 1;
    run->revision.dirty = run->revision.named = true;
    run->profile.gpus = gpus;
    run->profile.n_gpus = 2;
    run->profile.arch = "x86_64";
    run->profile.cpu_model = "";
    run->profile.notes = notes;
    run->profile.n_notes = 2;
    run->time += 123456789;
    run->source = "bench.txt";
    run->digest = "d1";
    run->label = "old.txt";
    run->failure = "panic: no";
    run->n_measurements = 7;
    run->n_warnings = 2;
    run->n_failed = 1;
    pfg_vec_push(&run->facts, run->arena, ((struct pfg_fact){"pkg", "b"}));
    pfg_vec_push(&run->facts, run->arena, ((struct pfg_fact){"goos", "a"}));
    run->processes.at[0] = (struct pfg_process){3, 5 * PFG_SECOND};

    z->params = params;
    z->n_params = 2;
    z->variant = variant;
    z->n_variant = 1;
    z->exact = z->derived = true;
    z->key = pfg_key_make(run->arena, z);
    piece->written = written;
    piece->n_written = 6;
    piece->budget = "p(95)<500";
    piece->budget_crossed = true;
    piece = add_values(run, z, NULL, 0);
    piece->has_summary = true;
    piece->summary = pfg_summary_of(0.1 + 0.2);
    piece->summary.lower = 0.25;
    piece->summary.upper = 0.35;
    piece->summary.level = 0.95;
    piece->summary.error = 1e-3;
    piece->summary.stddev = 1e-300;
    piece->summary.min = 1;
    piece->summary.max = 2;
    piece->summary.count = 1000;
    piece->summary.resolution = 5e-5;
    piece->written = one;
    piece->n_written = 1;
    piece->events = 3;
    piece->trials = 1e6;
    piece = add_values(run, a, NULL, 0);
    piece->error = "--- FAIL: x";
    piece->file = "";
    piece->line = 20;
    return run;
}

static void a_run_comes_back_whole(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_run *run = rich_run(), *back;
    struct pfg_error err = {0};
    enum pfg_stored stored;
    const struct pfg_piece *before, *after;

    assert_ok(pfg_store_add(store, &stored, &run, 1, &err), err);
    back = must_load(store, run->id);
    assert_int_equal(back->id, run->id);
    assert_same_run(run, back);
    before = &run->series.at[0]->pieces.at[0];
    after = &back->series.at[0]->pieces.at[0];
    assert_int_equal(after->n, before->n);
    assert_memory_equal(after->values, before->values, 6 * sizeof(double));
    assert_int_equal(back->series.at[1]->pieces.at[0].n_written, 0);
    pfg_run_free(back);
    pfg_run_free(run);
    pfg_store_close(store);
}

static void values_come_back_to_the_last_bit(void **state)
{
    struct pfg_store *store = open_in(state);
    uint64_t bits[] = {0x8000000000000000, 1, 0x7fefffffffffffff,
                       0x000fffffffffffff, 0x7ff8000000000001};
    struct pfg_run *run = new_run("a", 4, 1), *back;
    double values[5];

    memcpy(values, bits, sizeof values);
    add_values(run, add_series(run, "x", "time", PFG_LOWER), values, 5);
    back = must_load(store, keep(store, run));
    assert_memory_equal(back->series.at[0]->pieces.at[0].values, bits,
                        sizeof bits);
    pfg_run_free(back);
    pfg_store_close(store);
}

/* A pack ends at about a MiB, here in the middle of a series. */
static void a_large_run_comes_back_from_several_packs(void **state)
{
    enum { N = 50000 };
    struct pfg_store *store = open_in(state);
    struct pfg_run *run = new_run("a", 4, 1), *back;
    struct pfg_series *large = add_series(run, "x", "time", PFG_LOWER);
    double *values = pfg_arena_new_array(run->arena, double, N);
    struct pfg_error err = {0};
    int64_t n_packs;
    long id;

    for (int i = 0; i < 5; i++) {
        values[i] = i + 0.5;
        add_values(run, large, values, N);
    }
    add_values(run, add_series(run, "y", "time", PFG_LOWER), values, 1);
    id = keep(store, run);
    assert_ok(pfg_sql_number(store, &n_packs, "SELECT COUNT(*) FROM pack",
                             &err),
              err);
    assert_int_equal(n_packs, 2);
    back = must_load(store, id);
    assert_int_equal(back->series.n, 2);
    assert_int_equal(back->series.at[0]->pieces.n, 5);
    assert_true(back->series.at[0]->pieces.at[4].values[4] == 4.5);
    assert_string_equal(back->series.at[1]->benchmark, "y");
    pfg_run_free(back);
    /* All of them are needed. */
    assert_ok(pfg_sql_begin(store, &err) ||
                  pfg_sql_run(store, "DELETE FROM pack WHERE number = 1",
                              &err) ||
                  pfg_sql_commit(store, &err),
              err);
    assert_int_equal(pfg_store_load(store, &back, id, &err), -1);
    assert_non_null(strstr(err.message, "does not match its digest"));
    pfg_store_close(store);
}

static void series_come_back_in_the_order_of_their_run(void **state)
{
    static const char *const orders[] = {"abc", "cab", "bca"};
    struct pfg_store *store = open_in(state);

    for (size_t i = 0; i < 3; i++) {
        struct pfg_run *run = new_run("a", 4, 1), *back;

        for (size_t j = 0; j < 3; j++) {
            char name[2] = {orders[i][j]};

            add_values(run, add_series(run, name, "time", PFG_LOWER),
                       (double[]){1, 2}, 2);
        }
        back = must_load(store, keep(store, run));
        assert_int_equal(back->series.n, 3);
        for (size_t j = 0; j < 3; j++) {
            assert_int_equal(back->series.at[j]->benchmark[0], orders[i][j]);
        }
        pfg_run_free(back);
    }
    pfg_store_close(store);
}

static void the_same_input_is_stored_once(void **state)
{
    static const struct {
        const char *revision, *digest;
        int cpus;
        enum pfg_stored stored;
    } cases[] = {
        {"a", "d", 4, PFG_STORED}, {"a", "d", 4, PFG_STORED_ALREADY},
        {"b", "d", 4, PFG_STORED}, {"a", "e", 4, PFG_STORED},
        {"a", "d", 8, PFG_STORED}, {"a", "", 4, PFG_STORED},
        {"a", "", 4, PFG_STORED},  {"b", "d", 4, PFG_STORED_ALREADY},
    };
    struct pfg_store *store = open_in(state);
    struct pfg_run *runs[8];
    enum pfg_stored stored[8];
    struct pfg_error err = {0};

    for (size_t i = 0; i < 8; i++) {
        runs[i] = small_run(cases[i].revision, cases[i].cpus, (long)i, 1);
        runs[i]->digest = cases[i].digest;
    }
    /* Adding some at once and the rest one by one gives the same results. */
    assert_ok(pfg_store_add(store, stored, runs, 4, &err), err);
    for (size_t i = 4; i < 8; i++) {
        assert_ok(pfg_store_add(store, &stored[i], &runs[i], 1, &err), err);
    }
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(stored[i], cases[i].stored);
    }
    assert_int_equal(runs[1]->id, runs[0]->id);
    assert_int_equal(runs[7]->id, runs[2]->id);
    assert_int_equal(count_runs(store), 6);
    for (size_t i = 0; i < 8; i++) {
        pfg_run_free(runs[i]);
    }
    pfg_store_close(store);
}

static void one_bad_run_keeps_all_of_them_out(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_run *runs[2] = {small_run("a", 4, 1, 1),
                               small_run("b", 4, 2, 1)};
    enum pfg_stored stored[2];
    struct pfg_error err = {0};

    /* A piece of a process that the run does not have. */
    runs[1]->series.at[0]->pieces.at[0].process = 7;
    assert_int_equal(pfg_store_add(store, stored, runs, 2, &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_non_null(strstr(err.message, "cannot write '"));
    assert_int_equal(runs[0]->id, 0);
    assert_int_equal(count_runs(store), 0);

    /* The store remains usable. */
    runs[1]->series.at[0]->pieces.at[0].process = 0;
    assert_ok(pfg_store_add(store, stored, runs, 2, &err), err);
    assert_int_equal(count_runs(store), 2);
    pfg_run_free(runs[0]);
    pfg_run_free(runs[1]);
    pfg_store_close(store);
}

static void runs_are_found_newest_first_by_what_is_asked(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = small_run("a", 4, 30, 1);
    const char *four = pfg_arena_strdup(arena, run->profile.fingerprint);
    struct pfg_run_info *infos;
    struct pfg_error err = {0};
    long ids[4];
    size_t n;

    run->revision.tree = "t1";
    run->failure = "panic";
    ids[0] = keep(store, run);
    ids[1] = keep(store, small_run("b", 4, 10, 1));
    ids[2] = keep(store, small_run("a", 8, 20, 1));
    ids[3] = keep(store, small_run("b", 4, 30, 1));
    {
        const struct {
            struct pfg_run_query query;
            size_t n;
            long ids[4];
        } cases[] = {
            {{0}, 4, {ids[3], ids[0], ids[2], ids[1]}},
            {{.limit = 2}, 2, {ids[3], ids[0]}},
            {{.revision = "a"}, 2, {ids[0], ids[2]}},
            {{.fingerprint = four}, 3, {ids[3], ids[0], ids[1]}},
            {{.revision = "b", .fingerprint = four, .limit = 1}, 1, {ids[3]}},
            {{.tree = "t1"}, 1, {ids[0]}},
            {{.tree = "t1", .revision = "b"}, 0, {0}},
            {{.revision = "' OR 1 --"}, 0, {0}},
        };

        for (size_t i = 0; i < PFG_COUNT(cases); i++) {
            assert_ok(
                pfg_store_find(store, &infos, &n, &cases[i].query, arena, &err),
                err);
            assert_int_equal(n, cases[i].n);
            for (size_t j = 0; j < n; j++) {
                assert_int_equal(infos[j].id, cases[i].ids[j]);
            }
        }
    }
    assert_ok(pfg_store_find(store, &infos, &n,
                             &(struct pfg_run_query){.tree = "t1"}, arena,
                             &err),
              err);
    assert_string_equal(infos[0].revision.id, "a");
    assert_string_equal(infos[0].profile, "amd-epyc-7763-4c");
    assert_string_equal(infos[0].fingerprint, four);
    assert_string_equal(infos[0].tool, "gobench");
    assert_int_equal(infos[0].n_series, 1);
    assert_true(infos[0].failed);
    assert_true(infos[0].time == 30 * PFG_SECOND);
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void revisions_are_listed_once_newest_first(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = small_run("a", 4, 10, 1);
    const char *four = pfg_arena_strdup(arena, run->profile.fingerprint);
    struct pfg_error err = {0};
    const char **ids;
    size_t n;

    keep(store, run);
    keep(store, small_run("b", 4, 20, 1));
    keep(store, small_run("c", 8, 25, 1));
    keep(store, small_run("a", 4, 30, 1));
    assert_ok(pfg_store_revisions(store, &ids, &n, NULL, arena, &err), err);
    assert_int_equal(n, 3);
    assert_string_equal(ids[0], "a");
    assert_string_equal(ids[1], "c");
    assert_string_equal(ids[2], "b");
    assert_ok(pfg_store_revisions(store, &ids, &n, four, arena, &err), err);
    assert_int_equal(n, 2);
    assert_string_equal(ids[1], "b");
    pfg_arena_free(arena);
    pfg_store_close(store);
}

/* Run `i` of a history: three processes, each value i seconds or more. */
static struct pfg_run *historic(long i)
{
    struct pfg_run *run = new_run("r", 4, i);
    struct pfg_series *series = add_series(run, "Join", "time", PFG_LOWER);
    double base = (double)i;

    add_values(run, series,
               (double[]){base + 0.4, base, base + 0.2, base + 0.3}, 4);
    add_values(run, series, (double[]){base + 9}, 1);
    add_values(run, series, (double[]){base + 1, base + 2}, 2);
    return run;
}

/* The stored series with that key and unit, or -1. */
static long series_id(struct pfg_store *store, const char *key,
                      const char *unit)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_stored_series *all;
    struct pfg_error err = {0};
    long id = -1;
    size_t n;

    assert_ok(pfg_store_series(store, NULL, &all, &n, arena, &err), err);
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(all[i].series.key, key) &&
            !strcmp(all[i].series.unit, unit)) {
            id = all[i].id;
        }
    }
    pfg_arena_free(arena);
    return id;
}

static void series_of_a_name_are_found_whatever_it_contains(void **state)
{
    static const char *const names[] = {"Join", "50%",  "a_b",  "C:\\new",
                                        "\\",   "it's", "größe"};
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = new_run("r", 4, 1);
    struct pfg_stored_series *found;
    struct pfg_error err = {0};
    size_t n;

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        add_values(run, add_series(run, names[i], "time", PFG_LOWER),
                   (double[]){1}, 1);
    }
    keep(store, run);
    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        const char *within = pfg_arena_printf(arena, "s/%s n=1", names[i]);
        bool there = false;

        assert_ok(pfg_store_series(store, within, &found, &n, arena, &err),
                  err);
        for (size_t j = 0; j < n; j++) {
            there = there || !strcmp(found[j].series.benchmark, names[i]);
        }
        assert_true(there);
        assert_true(n <= 2);
    }
    assert_ok(pfg_store_series(store, "Joi aXb 50", &found, &n, arena, &err),
              err);
    assert_int_equal(n, 0);
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void a_history_has_a_point_a_run(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = historic(1);
    const char *key = pfg_arena_strdup(arena, run->series.at[0]->key);
    struct pfg_history_point *points;
    struct pfg_error err = {0};
    size_t n;

    keep(store, run);
    keep(store, historic(3));
    keep(store, historic(2));
    keep(store, small_run("other", 8, 9, 100));
    assert_ok(pfg_store_history(store, &points, &n, series_id(store, key, "s"),
                                arena, &err),
              err);
    assert_int_equal(n, 4);
    assert_near(points[3].median, 100, 0);
    for (size_t i = 0; i < 3; i++) {
        static const double bases[] = {1, 3, 2}; /* in stored order */
        double base = bases[i];

        assert_near(points[i].median, base + 1.5, 1e-12);
        assert_near(points[i].low, base, 1e-12); /* k = 1 at n = 4 */
        assert_int_equal(points[i].n, 7);
    }
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void the_low_of_a_history_is_the_good_end(void **state)
{
    static const double values[] = {5, 1, 2, 3, 4, 6, 7, 8};
    static const struct {
        enum pfg_direction better;
        double add, low;
    } cases[] = {
        {PFG_LOWER, 0, M_SQRT2},   /* k = 2: the geometric mean of 1, 2 */
        {PFG_NEUTRAL, 0, M_SQRT2}, /* as lower */
        {PFG_HIGHER, 0, 7.483314773547883}, /* of 7, 8 */
        {PFG_LOWER, -1, 0.5}, /* zero has no log: the plain mean */
        {PFG_HIGHER, -1, 6.5},
    };
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_run *run = new_run("a", 4, 1);
        struct pfg_series *series;
        struct pfg_history_point *points;
        char name[8] = {(char)('a' + i)};
        double shifted[8];
        const char *key;
        size_t n;

        for (size_t j = 0; j < 8; j++) {
            shifted[j] = values[j] + cases[i].add;
        }
        series = add_series(run, name, "throughput", cases[i].better);
        key = pfg_arena_strdup(arena, series->key);
        add_values(run, series, shifted, 8);
        keep(store, run);
        assert_ok(pfg_store_history(store, &points, &n,
                                    series_id(store, key, "s"), arena, &err),
                  err);
        assert_int_equal(n, 1);
        assert_near(points[0].low, cases[i].low, 1e-12);
        assert_near(points[0].median, 4.5 + cases[i].add, 0);
    }
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void a_history_leaves_out_failures_and_is_of_one_unit(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = small_run("a", 4, 1, 1);
    const char *key = pfg_arena_strdup(arena, run->series.at[0]->key);
    struct pfg_history_point *points;
    struct pfg_error err = {0};
    struct pfg_piece *piece;
    long ids[2];
    size_t n;

    run->series.at[0]->unit = "cycles";
    keep(store, run);
    ids[1] = keep(store, small_run("b", 4, 2, 2));
    run = small_run("c", 4, 3, 3);
    run->series.at[0]->pieces.at[0].n = 0;
    run->series.at[0]->pieces.at[0].error = "FAIL";
    keep(store, run);
    run = small_run("d", 4, 4, 4);
    piece = &run->series.at[0]->pieces.at[0];
    piece->n = 0;
    piece->has_summary = true;
    piece->summary = pfg_summary_of(4);
    ids[0] = keep(store, run);
    assert_ok(pfg_store_history(store, &points, &n, series_id(store, key, "s"),
                                arena, &err),
              err);
    assert_int_equal(n, 2);
    assert_int_equal(points[0].run, ids[1]);
    assert_near(points[0].low, 2, 1e-15);
    assert_int_equal(points[1].run, ids[0]);
    assert_near(points[1].median, 4, 0);
    assert_true(isnan(points[1].low));
    assert_int_equal(points[1].n, 0);
    assert_ok(pfg_store_history(store, &points, &n,
                                series_id(store, key, "cycles"), arena, &err),
              err);
    assert_int_equal(n, 1);
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void assert_baseline(struct pfg_store *store, const char *name,
                            const char *fingerprint, size_t n, const long *ids)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    size_t got;
    long *runs;

    assert_ok(pfg_store_baseline_get(store, &runs, &got, name, fingerprint,
                                     arena, &err),
              err);
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(runs[i], ids[i]);
    }
    pfg_arena_free(arena);
}

static void a_named_baseline_is_replaced_per_profile(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = small_run("a", 4, 1, 1);
    const char *four = pfg_arena_strdup(arena, run->profile.fingerprint);
    struct pfg_named_baseline *list;
    struct pfg_error err = {0};
    long ids[4];
    size_t n;

    ids[0] = keep(store, run);
    ids[1] = keep(store, small_run("a", 4, 2, 1));
    ids[2] = keep(store, small_run("b", 8, 3, 1));
    ids[3] = keep(store, small_run("c", 4, 4, 1));
    assert_ok(pfg_store_baseline_set(store, "main", 5, "saved", ids, 3, &err),
              err);
    assert_baseline(store, "main", NULL, 3, (long[]){ids[2], ids[1], ids[0]});
    assert_baseline(store, "main", four, 2, (long[]){ids[1], ids[0]});
    assert_baseline(store, "other", NULL, 0, NULL);

    assert_ok(
        pfg_store_baseline_set(store, "main", 6, "saved", ids + 3, 1, &err),
        err);
    assert_ok(pfg_store_baseline_set(store, "v1", 7, "saved", ids, 1, &err),
              err);
    assert_baseline(store, "main", NULL, 2, (long[]){ids[3], ids[2]});

    assert_ok(pfg_store_baseline_list(store, &list, &n, arena, &err), err);
    assert_int_equal(n, 3);
    assert_string_equal(list[0].name, "main");
    assert_string_equal(list[0].profile, "amd-epyc-7763-4c");
    assert_string_equal(list[0].fingerprint, four);
    assert_true(list[0].saved == 6);
    assert_int_equal(list[0].n_runs, 1);
    assert_string_equal(list[1].profile, "amd-epyc-7763-8c");
    assert_string_equal(list[2].name, "v1");

    assert_ok(pfg_store_baseline_delete(store, &n, "main", four, 8, &err), err);
    assert_int_equal(n, 1);
    assert_baseline(store, "main", NULL, 1, ids + 2);
    assert_ok(pfg_store_baseline_delete(store, &n, "main", NULL, 8, &err), err);
    assert_int_equal(n, 1);
    assert_ok(pfg_store_baseline_delete(store, &n, "main", NULL, 8, &err), err);
    assert_int_equal(n, 0);
    assert_int_equal(count_runs(store), 4);
    pfg_arena_free(arena);
    pfg_store_close(store);
}

static void a_baseline_of_no_such_run_changes_nothing(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_error err = {0};
    long ids[2] = {keep(store, small_run("a", 4, 1, 1)), 77};

    assert_ok(pfg_store_baseline_set(store, "main", 5, "saved", ids, 1, &err),
              err);
    assert_int_equal(
        pfg_store_baseline_set(store, "main", 6, "saved", ids, 2, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "no run 77 in '"));
    assert_baseline(store, "main", NULL, 1, ids);
    pfg_store_close(store);
}

static void an_unknown_run_is_an_error(void **state)
{
    struct pfg_store *store = open_in(state);
    struct pfg_error err = {0};
    struct pfg_run *run;

    assert_int_equal(pfg_store_load(store, &run, 5, &err), -1);
    assert_null(run);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "no run 5 in '"));
    pfg_store_close(store);
}

static double seconds(void)
{
    return (double)pfg_time_now() / (double)PFG_SECOND;
}

/* Prints the time that it takes, and checks only the results. */
static void a_thousand_series_have_their_histories_soon(void **state)
{
    enum { SERIES = 1000, RUNS = 20 };
    struct pfg_store *store = open_in(state);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    struct pfg_stored_series *series;
    double start = seconds(), middle;
    size_t n_series;

    for (long i = 0; i < RUNS; i++) {
        struct pfg_run *run = new_run("r", 4, i + 1);

        for (size_t j = 0; j < SERIES; j++) {
            char name[32];
            double values[10];

            for (size_t k = 0; k < 10; k++) {
                values[k] = (double)(i + 1) + (double)k / 100;
            }
            snprintf(name, sizeof name, "Benchmark%zu", j);
            add_values(run, add_series(run, name, "time", PFG_LOWER), values,
                       10);
        }
        keep(store, run);
    }
    middle = seconds();
    assert_ok(pfg_store_series(store, NULL, &series, &n_series, arena, &err),
              err);
    assert_int_equal(n_series, SERIES);
    for (size_t j = 0; j < SERIES; j++) {
        struct pfg_history_point *points;
        size_t n;

        assert_ok(
            pfg_store_history(store, &points, &n, series[j].id, arena, &err),
            err);
        assert_int_equal(n, RUNS);
        assert_near(points[RUNS - 1].median, RUNS + 0.045, 1e-12);
    }
    print_message("# %d runs of %d series: stored in %.3f s, histories read "
                  "in %.3f s\n",
                  RUNS, SERIES, middle - start, seconds() - middle);
    pfg_arena_free(arena);
    pfg_store_close(store);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(a_run_comes_back_whole),
        TEST(values_come_back_to_the_last_bit),
        TEST(a_large_run_comes_back_from_several_packs),
        TEST(series_come_back_in_the_order_of_their_run),
        TEST(the_same_input_is_stored_once),
        TEST(one_bad_run_keeps_all_of_them_out),
        TEST(runs_are_found_newest_first_by_what_is_asked),
        TEST(revisions_are_listed_once_newest_first),
        TEST(series_of_a_name_are_found_whatever_it_contains),
        TEST(a_history_has_a_point_a_run),
        TEST(the_low_of_a_history_is_the_good_end),
        TEST(a_history_leaves_out_failures_and_is_of_one_unit),
        TEST(a_named_baseline_is_replaced_per_profile),
        TEST(a_baseline_of_no_such_run_changes_nothing),
        TEST(an_unknown_run_is_an_error),
        TEST(a_thousand_series_have_their_histories_soon),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
