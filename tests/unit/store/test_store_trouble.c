/* The store with other processes at work, and with rows it did not write. */
#include "store/store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "store/sql/postgres.h"
#include "store/sql/sql.h"
#include "store/sql/sqlite.h"
#include "store_help.h"

/* Opens a database whatever it contains. */
static int open_bare(struct pfg_store **out, const char *path,
                     struct pfg_error *err)
{
    return pfg_store_is_server(path) ? pfg_postgres_open(out, path, false, err)
                                     : pfg_sqlite_open(out, path, false, err);
}

/* Changes rows without the store, and without checking references. */
static void damage(const char *path, const char *sql)
{
    bool is_server = pfg_store_is_server(path);
    struct pfg_error err = {0};
    struct pfg_store *store;

    assert_ok(open_bare(&store, path, &err), err);
    assert_ok(!is_server &&
                  pfg_sql_run(store, "PRAGMA foreign_keys = OFF", &err),
              err);
    assert_ok(pfg_sql_begin(store, &err), err);
    assert_ok(is_server &&
                  pfg_sql_run(store,
                              "SET LOCAL session_replication_role = replica",
                              &err),
              err);
    assert_ok(pfg_sql_run(store, sql, &err), err);
    assert_ok(pfg_sql_commit(store, &err), err);
    pfg_store_close(store);
}

static void assert_sound(const char *path, size_t n_runs)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    struct pfg_store *store;
    struct pfg_store_stats stats;
    const char **findings;
    size_t n;

    assert_ok(pfg_store_open(&store, path, false, &err), err);
    assert_ok(pfg_store_check(store, &findings, &n, arena, &err), err);
    if (n) {
        fail_msg("%s", findings[0]);
    }
    assert_ok(pfg_store_stats(store, &stats, &err), err);
    assert_int_equal(stats.n_runs, n_runs);
    pfg_store_close(store);
    pfg_arena_free(arena);
}

static int write_ten(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;
    int failed = pfg_store_open(&store, path, true, &err);

    for (long i = 0; i < 10 && !failed; i++) {
        failed = store_one(store, i, &err);
    }
    if (failed) {
        fprintf(stderr, "writer: %s\n", err.message);
    }
    pfg_store_close(store);
    return failed ? 1 : 0;
}

static void eight_writers_lose_nothing(void **state)
{
    char path[PATH_SIZE];
    pid_t children[8];

    /* The first processes also create the database. */
    database_in(path, state, "new/perfgate.db");
    for (size_t i = 0; i < 8; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            _exit(write_ten(path));
        }
    }
    for (size_t i = 0; i < 8; i++) {
        int status = -1;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_sound(path, 80);
}

/* Writes to fd 3 in the middle of its transaction. */
static int write_half(const char *path)
{
    struct pfg_store *store;
    struct pfg_statement *row;
    char filler[1000];

    memset(filler, 'x', sizeof filler - 1);
    filler[sizeof filler - 1] = '\0';
    /* A tiny cache, so that pages reach the file before the commit. */
    if (open_bare(&store, path, NULL) ||
        (!pfg_store_is_server(path) &&
         pfg_sql_run(store, "PRAGMA cache_size = 2", NULL)) ||
        pfg_sql_begin(store, NULL) ||
        pfg_statement_new(&row, store,
                          "INSERT INTO benchmark (suite, name, params)"
                          " VALUES (:suite, :name, '{}')",
                          NULL)) {
        return 1;
    }
    for (int i = 0; i < 2000; i++) {
        char name[16];

        snprintf(name, sizeof name, "%d", i);
        pfg_bind_text(row, ":suite", filler);
        pfg_bind_text(row, ":name", name);
        if (pfg_statement_run(row, NULL)) {
            return 1;
        }
    }
    if (write(3, "x", 1) != 1) {
        return 1;
    }
    pause();
    return 1;
}

static void a_writer_killed_in_the_middle_leaves_no_trace(void **state)
{
    char path[PATH_SIZE], journal[PATH_SIZE + 16];
    struct pfg_error err = {0};
    struct pfg_store *store;

    make_database(database_in(path, state, "perfgate.db"));
    snprintf(journal, sizeof journal, "%s-journal", path);
    for (long round = 0; round < 3; round++) {
        int ends[2], status = 0;
        struct pfg_store_stats stats;
        pid_t child;
        char byte;

        assert_int_equal(pipe(ends), 0);
        child = fork();
        if (child == 0) {
            dup2(ends[1], 3);
            _exit(write_half(path));
        }
        close(ends[1]);
        assert_int_equal(read(ends[0], &byte, 1), 1);
        close(ends[0]);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_true(pfg_store_is_server(path) || pfg_file_exists(journal));

        assert_ok(pfg_store_open(&store, path, false, &err), err);
        assert_ok(store_one(store, round + 2, &err), err);
        assert_ok(pfg_store_stats(store, &stats, &err), err);
        assert_int_equal(stats.n_benchmarks, 1);
        pfg_store_close(store);
        assert_false(pfg_file_exists(journal));
        assert_sound(path, (size_t)round + 2);
    }
}

static void damaged_rows_are_errors(void **state)
{
    static const char *const damages[] = {
        "UPDATE pack SET data = CAST('0' AS BLOB)",
        "UPDATE pack SET data = CAST('' AS BLOB)",
        "UPDATE pack SET number = 1",
        "DELETE FROM pack",
        "UPDATE process SET number = 9",
        "UPDATE run SET facts = '{'",
        "UPDATE run SET facts = '{\"a\":1}'",
        "UPDATE run SET recorded = '[]'",
        "UPDATE benchmark SET params = ''",
        "UPDATE series SET better = 'up'",
        /* Valid, but not what was stored. */
        "UPDATE benchmark SET name = 'other'",
        "UPDATE series SET unit = 'B'",
        "UPDATE series SET better = 'higher'",
        "UPDATE revision SET sha = 'other'",
        "UPDATE hardware SET cpus = cpus + 1",
        "UPDATE hardware SET gpus = 'other'",
        "UPDATE run SET time = 1",
        "UPDATE run SET facts = '{\"a\":\"1\"}'",
        "UPDATE run SET content = ''",
        "UPDATE process SET time = time + 1",
    };

    for (size_t i = 0; i < PFG_COUNT(damages); i++) {
        char path[PATH_SIZE], name[32];
        struct pfg_error err = {0};
        struct pfg_store *store;
        struct pfg_run *run;

        snprintf(name, sizeof name, "d%zu.db", i);
        make_database(database_in(path, state, name));
        damage(path, damages[i]);
        assert_ok(pfg_store_open(&store, path, false, &err), err);
        if (!pfg_store_load(store, &run, 1, &err)) {
            fail_msg("no error after %s", damages[i]);
        }
        assert_int_equal(err.code, PFG_SYSTEM);
        assert_non_null(strstr(err.message, "' is damaged: "));
        pfg_store_close(store);
    }
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(eight_writers_lose_nothing),
        TEST(a_writer_killed_in_the_middle_leaves_no_trace),
        TEST(damaged_rows_are_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
