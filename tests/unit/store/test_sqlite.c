/* Stores in files: on bad media, and damaged files. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "store/parts.h"
#include "store/sql/sql.h"
#include "store/sql/sqlite.h"
#include "store_help.h"

/* Runs raw SQL on a closed database, and returns the first column of the first
 * row. */
static int64_t raw(const char *path, const char *sql)
{
    sqlite3 *handle;
    sqlite3_stmt *statement;
    const char *rest = sql;
    int64_t result = 0;

    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    while (*rest) {
        if (sqlite3_prepare_v2(handle, rest, -1, &statement, &rest)) {
            fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
        }
        if (sqlite3_step(statement) == SQLITE_ROW) {
            result = sqlite3_column_int64(statement, 0);
        }
        assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    }
    sqlite3_close(handle);
    return result;
}

static bool is_sound(const char *path)
{
    return raw(path, "SELECT COUNT(*) FROM pragma_integrity_check"
                     " WHERE integrity_check <> 'ok'") == 0 &&
           raw(path, "SELECT COUNT(*) FROM pragma_foreign_key_check") == 0;
}

static size_t count_in(const char *path)
{
    return (size_t)raw(path, "SELECT COUNT(*) FROM run");
}

/* Runs `body` in a child process, which it may change freely. */
static int in_child(int (*body)(const char *path), const char *path)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        _exit(body(path));
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void make_empty(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    assert_ok(pfg_store_open(&store, path, true, &err), err);
    pfg_store_close(store);
}

static void opening_makes_the_folder_and_hides_it_from_git(void **state)
{
    char path[PATH_SIZE], ignore[PATH_SIZE];
    struct pfg_error err = {0};
    struct pfg_str text;

    in_folder(path, state, "a/.perfgate/perfgate.db");
    in_folder(ignore, state, "a/.perfgate/.gitignore");
    make_empty(path);
    pfg_str_init(&text, 0);
    assert_ok(pfg_file_read(&text, ignore, 100, &err), err);
    assert_string_equal(text.ptr, "*\n");
    pfg_str_free(&text);

    /* As if a CI cache had restored only the database. */
    assert_int_equal(unlink(ignore), 0);
    make_empty(path);
    assert_true(pfg_file_exists(ignore));

    make_empty(in_folder(path, state, "b/x.db"));
    assert_false(pfg_file_exists(in_folder(path, state, "b/.gitignore")));
}

static void somebodys_own_gitignore_stays(void **state)
{
    char path[PATH_SIZE];
    struct pfg_error err = {0};
    struct pfg_str text;

    assert_int_equal(mkdir(in_folder(path, state, ".perfgate"), 0777), 0);
    in_folder(path, state, ".perfgate/.gitignore");
    assert_ok(pfg_file_write(path, PFG_LIT("!perfgate.db\n"), &err), err);
    make_empty(in_folder(path, state, ".perfgate/perfgate.db"));
    pfg_str_init(&text, 0);
    in_folder(path, state, ".perfgate/.gitignore");
    assert_ok(pfg_file_read(&text, path, 100, &err), err);
    assert_string_equal(text.ptr, "!perfgate.db\n");
    pfg_str_free(&text);
}

/* Root may write anywhere, and a test of permissions would prove nothing, so
 * the child becomes nobody. */
static void drop_privileges(void)
{
    if (geteuid() == 0 && (setegid(65534) || seteuid(65534))) {
        _exit(99);
    }
}

static int expect_reading_only(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;
    struct pfg_run *run;
    char expected[PATH_SIZE + 32];

    drop_privileges();
    if (open(path, O_WRONLY) >= 0) {
        return 98;
    }
    if (pfg_store_open(&store, path, true, &err) ||
        pfg_store_load(store, &run, 1, &err)) {
        fprintf(stderr, "read only: %s\n", err.message);
        return 1;
    }
    if (run->series.n != 1 || run->series.at[0]->pieces.at[0].values[0] != 1) {
        return 2;
    }
    pfg_run_free(run);
    if (!store_one(store, 2, &err)) {
        return 3;
    }
    pfg_store_close(store);
    snprintf(expected, sizeof expected, "cannot write '%s': ", path);
    if (err.code != PFG_SYSTEM ||
        strncmp(err.message, expected, strlen(expected)) != 0) {
        fprintf(stderr, "read only: %s\n", err.message);
        return 4;
    }
    return 0;
}

static void what_may_only_be_read_is_read(void **state)
{
    char path[PATH_SIZE];

    make_database(in_folder(path, state, "ro/perfgate.db"));
    assert_int_equal(chmod(path, 0444), 0);
    in_folder(path, state, "ro");
    assert_int_equal(chmod(path, 0555), 0);
    in_folder(path, state, "ro/perfgate.db");
    assert_int_equal(in_child(expect_reading_only, path), 0);
    in_folder(path, state, "ro");
    assert_int_equal(chmod(path, 0755), 0);
}

/* A database in WAL mode cannot be read without a file beside it, unless it is
 * known not to change. */
static void reading_goes_on_where_even_locks_are_forbidden(void **state)
{
    char path[PATH_SIZE];

    make_database(in_folder(path, state, "ro/what? 100%25 #1.db"));
    raw(path, "PRAGMA journal_mode = WAL");
    assert_int_equal(chmod(path, 0444), 0);
    in_folder(path, state, "ro");
    assert_int_equal(chmod(path, 0555), 0);
    in_folder(path, state, "ro/what? 100%25 #1.db");
    assert_int_equal(in_child(expect_reading_only, path), 0);
    in_folder(path, state, "ro");
    assert_int_equal(chmod(path, 0755), 0);
}

static int expect_no_creation(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    drop_privileges();
    return pfg_store_open(&store, path, true, &err) && !store &&
                   err.code == PFG_SYSTEM && strstr(err.message, path)
               ? 0
               : 1;
}

static void a_folder_that_cannot_be_written_is_an_error(void **state)
{
    char path[PATH_SIZE];

    in_folder(path, state, "ro");
    assert_int_equal(mkdir(path, 0555), 0);
    in_folder(path, state, "ro/perfgate.db");
    assert_int_equal(in_child(expect_no_creation, path), 0);
}

static int fill_the_disk(const char *path)
{
    struct rlimit limit = {.rlim_cur = 1 << 18, .rlim_max = 1 << 18};
    struct pfg_run *run = new_run("b", 4, 2);
    double *values = pfg_arena_new_array(run->arena, double, 1 << 17);
    struct pfg_error err = {0};
    struct pfg_store *store;
    enum pfg_stored stored;

    signal(SIGXFSZ, SIG_IGN);
    add_values(run, add_series(run, "x", "time", PFG_LOWER), values, 1 << 17);
    if (setrlimit(RLIMIT_FSIZE, &limit) ||
        pfg_store_open(&store, path, false, &err)) {
        return 1;
    }
    if (!pfg_store_add(store, &stored, &run, 1, &err) || run->id ||
        err.code != PFG_SYSTEM || !strstr(err.message, "cannot write '")) {
        fprintf(stderr, "full: %s\n", err.message);
        return 2;
    }
    /* Something small enough still fits. */
    return store_one(store, 3, &err) ? 3 : 0;
}

static void a_full_disk_is_an_error_and_nothing_is_half_stored(void **state)
{
    char path[PATH_SIZE];

    make_database(in_folder(path, state, "perfgate.db"));
    assert_int_equal(in_child(fill_the_disk, path), 0);
    assert_int_equal(count_in(path), 2);
    assert_true(is_sound(path));
}

static void what_cannot_be_opened_is_named(void **state)
{
    static const struct {
        const char *name, *message;
        bool create;
    } cases[] = {
        {"none.db", "cannot open '%s': No such file or directory", false},
        {"folder", "cannot open '%s': Is a directory", true},
        {"folder", "cannot open '%s': Is a directory", false},
        {"text.db", "'%s' is not a perfgate database", true},
        {"text.db", "'%s' is not a perfgate database", false},
        {"other.db", "'%s' is not a perfgate database", true},
        {"unmarked.db", "'%s' is not a perfgate database", true},
        {"empty.db", "'%s' is empty", false},
        {"newer.db",
         "'%s' has version 99, but this perfgate reads versions up to 8", true},
        {"text.db/x.db", "cannot open '%s': Not a directory", false},
    };
    char path[PATH_SIZE];
    struct pfg_error err = {0};

    assert_int_equal(mkdir(in_folder(path, state, "folder"), 0777), 0);
    in_folder(path, state, "text.db");
    assert_ok(pfg_file_write(path,
                             PFG_LIT("BenchmarkX 1 2 ns/op, over and over, "
                                     "until it is as long as the header of a "
                                     "database, which has a hundred bytes.\n"),
                             &err),
              err);
    raw(in_folder(path, state, "other.db"),
        "CREATE TABLE x (y); PRAGMA application_id = 7");
    raw(in_folder(path, state, "unmarked.db"), "CREATE TABLE x (y)");
    in_folder(path, state, "empty.db");
    assert_ok(pfg_file_write(path, PFG_LIT(""), &err), err);
    make_database(in_folder(path, state, "newer.db"));
    raw(path, "PRAGMA user_version = 99");

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_store *store;
        char expected[PATH_SIZE * 2];
        const char *mark = strstr(cases[i].message, "%s");

        in_folder(path, state, cases[i].name);
        snprintf(expected, sizeof expected, "%.*s%s%s",
                 (int)(mark - cases[i].message), cases[i].message, path,
                 mark + 2);
        assert_int_equal(pfg_store_open(&store, path, cases[i].create, &err),
                         -1);
        assert_null(store);
        assert_string_equal(err.message, expected);
        assert_int_equal(err.code, PFG_SYSTEM);
    }
    /* Other people's files are unchanged. */
    assert_int_equal(raw(in_folder(path, state, "other.db"),
                         "SELECT COUNT(*) FROM sqlite_schema"),
                     1);
    assert_false(pfg_file_exists(in_folder(path, state, "none.db")));
}

static void a_folder_cannot_be_made_below_a_file(void **state)
{
    char path[PATH_SIZE];
    struct pfg_error err = {0};
    struct pfg_store *store;

    in_folder(path, state, "file");
    assert_ok(pfg_file_write(path, PFG_LIT("x"), &err), err);
    in_folder(path, state, "file/sub/perfgate.db");
    assert_int_equal(pfg_store_open(&store, path, true, &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_non_null(strstr(err.message, "file/sub"));
}

static int make_where_it_stands(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    if (chdir(path) || pfg_store_open(&store, ":memory:", true, &err) ||
        store_one(store, 1, &err)) {
        return 1;
    }
    pfg_store_close(store);
    if (!pfg_store_open(&store, "", true, &err)) {
        return 2;
    }
    return pfg_file_exists("./:memory:") ? 0 : 3;
}

static void no_name_means_that_nothing_is_kept(void **state)
{
    assert_int_equal(in_child(make_where_it_stands, *state), 0);
}

static void samples_lie_in_the_file_little_endian(void **state)
{
    char path[PATH_SIZE];

    make_database(in_folder(path, state, "perfgate.db"));
    assert_int_equal(
        raw(path, "SELECT hex(data) LIKE '%000000000000F03F' FROM pack"), 1);
}

static void an_empty_file_becomes_a_database(void **state)
{
    char path[PATH_SIZE];
    struct pfg_error err = {0};

    in_folder(path, state, "perfgate.db");
    assert_ok(pfg_file_write(path, PFG_LIT(""), &err), err);
    make_database(path);
    assert_int_equal(count_in(path), 1);
    assert_int_equal(raw(path, "PRAGMA application_id"), 0x70666774);
    assert_int_equal(raw(path, "PRAGMA user_version"), pfg_schema_version());
}

static void migrate(const char *path, int64_t version)
{
    struct pfg_error err = {0};
    struct pfg_store *store;

    assert_ok(pfg_sqlite_open(&store, path, true, &err), err);
    assert_ok(pfg_schema_migrate(store, version, &err), err);
    pfg_store_close(store);
}

/* A database as version `version` left it, containing a run. */
static void make_older(const char *path, int64_t version)
{
    migrate(path, version ? 1 : 0);
    if (version >= 1) {
        raw(path,
            "INSERT INTO revision VALUES (1, 'a', '', '', 0, 0);"
            "INSERT INTO hardware VALUES (1, 'f', 'h', 0, NULL, NULL, NULL,"
            " NULL, NULL, NULL, 4, '');"
            "INSERT INTO run VALUES (1, 1, 1, 5, '', '', 0, '', '', '', '', '',"
            " '{}', '{}', 0, 0, 0, 0)");
        migrate(path, version);
    }
}

static void older_versions_are_brought_up_with_their_data(void **state)
{
    for (int64_t version = 0; version < pfg_schema_version(); version++) {
        char path[PATH_SIZE], name[32];
        struct pfg_error err = {0};
        struct pfg_store *store;
        struct pfg_run *run;

        snprintf(name, sizeof name, "v%d.db", (int)version);
        make_older(in_folder(path, state, name), version);
        assert_int_equal(raw(path, "PRAGMA user_version"), version);
        assert_ok(pfg_store_open(&store, path, true, &err), err);
        if (version >= 1) {
            assert_ok(pfg_store_load(store, &run, 1, &err), err);
            assert_string_equal(run->revision.id, "a");
            pfg_run_free(run);
            assert_ok(pfg_store_baseline_set(store, "main", 1, "saved",
                                             (long[]){1}, 1, &err),
                      err);
        }
        assert_ok(store_one(store, 2, &err), err);
        pfg_store_close(store);
        assert_int_equal(raw(path, "PRAGMA user_version"),
                         pfg_schema_version());
        assert_true(is_sound(path));
    }
}

static void a_migration_that_fails_leaves_the_old_version(void **state)
{
    char path[PATH_SIZE];
    struct pfg_error err = {0};
    struct pfg_store *store;

    make_older(in_folder(path, state, "perfgate.db"), 1);
    /* Blocks the last step of migration 2. */
    raw(path, "CREATE INDEX baseline_run ON run (label)");
    assert_int_equal(pfg_store_open(&store, path, true, &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_int_equal(raw(path, "PRAGMA user_version"), 1);
    assert_int_equal(raw(path, "SELECT COUNT(*) FROM sqlite_schema"
                               " WHERE name = 'baseline'"),
                     0);
    assert_int_equal(count_in(path), 1);
}

/* Any wrong byte gives a result or an error, never a crash. */
static void a_database_with_wrong_bytes_does_no_harm(void **state)
{
    char path[PATH_SIZE], copy[PATH_SIZE];
    struct pfg_error err = {0};
    struct pfg_str good;

    make_database(in_folder(path, state, "perfgate.db"));
    pfg_str_init(&good, 0);
    assert_ok(pfg_file_read(&good, path, 1 << 20, &err), err);
    in_folder(copy, state, "copy.db");
    for (size_t i = 0; i < good.len; i += 97) {
        struct pfg_store *store;
        struct pfg_run *run;
        char kept = good.ptr[i];

        good.ptr[i] ^= (char)(1 + i % 255);
        assert_ok(pfg_file_write(copy, pfg_str_slice(&good), &err), err);
        good.ptr[i] = kept;
        if (!pfg_store_open(&store, copy, false, &err)) {
            if (!pfg_store_load(store, &run, 1, &err)) {
                pfg_run_free(run);
            }
            pfg_store_close(store);
        }
    }
    pfg_str_free(&good);
}

static int reads_left = -1; /* before the disk fails; -1: never */
static bool fails_once;

static bool disk_fails(void)
{
    bool fails = !reads_left;

    if (reads_left > 0 || (fails && fails_once)) {
        reads_left--;
    }
    errno = EIO;
    return fails;
}

static ssize_t failing_pread(int fd, void *room, size_t size, off_t at)
{
    return disk_fails() ? -1 : pread(fd, room, size, at);
}

static void a_failing_disk_is_not_called_damage(void **state)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    struct pfg_arena *arena = pfg_arena_new();
    char path[PATH_SIZE];

    in_folder(path, state, "p.db");
    make_database(path);
    vfs->xSetSystemCall(vfs, "pread", (sqlite3_syscall_ptr)failing_pread);
    vfs->xSetSystemCall(vfs, "pread64", (sqlite3_syscall_ptr)failing_pread);
    for (int n = 2; n < 60; n++) {
        struct pfg_error err = {0};
        struct pfg_store *store = NULL;
        const char **findings;
        size_t n_findings = 0;
        bool failed;

        reads_left = n / 2;
        fails_once = n % 2;
        failed = pfg_store_open_reading(&store, NULL, path, &err) ||
                 pfg_store_check(store, &findings, &n_findings, arena, &err);
        reads_left = -1;
        pfg_store_close(store);
        assert_true(failed || !n_findings);
        if (failed) {
            assert_int_equal(err.code, PFG_SYSTEM);
            assert_null(strstr(err.message, "damaged"));
        }
    }
    vfs->xSetSystemCall(vfs, "pread", NULL);
    vfs->xSetSystemCall(vfs, "pread64", NULL);
    assert_true(is_sound(path));
    pfg_arena_free(arena);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(opening_makes_the_folder_and_hides_it_from_git),
        TEST(somebodys_own_gitignore_stays),
        TEST(what_may_only_be_read_is_read),
        TEST(reading_goes_on_where_even_locks_are_forbidden),
        TEST(a_folder_that_cannot_be_written_is_an_error),
        TEST(a_full_disk_is_an_error_and_nothing_is_half_stored),
        TEST(what_cannot_be_opened_is_named),
        TEST(a_folder_cannot_be_made_below_a_file),
        TEST(no_name_means_that_nothing_is_kept),
        TEST(samples_lie_in_the_file_little_endian),
        TEST(an_empty_file_becomes_a_database),
        TEST(older_versions_are_brought_up_with_their_data),
        TEST(a_migration_that_fails_leaves_the_old_version),
        TEST(a_database_with_wrong_bytes_does_no_harm),
        TEST(a_failing_disk_is_not_called_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
