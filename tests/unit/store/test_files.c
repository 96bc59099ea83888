#include "store/files.h"

#include "base/file.h"
#include "store_help.h"

static void write_text(const char *path, const char *text)
{
    struct pfg_error err = {0};

    assert_ok(pfg_file_write(path, pfg_slice_of(text), &err), err);
}

static char *read_text(const char *path)
{
    struct pfg_error err = {0};
    struct pfg_str text;

    pfg_str_init(&text, 0);
    assert_ok(pfg_file_read(&text, path, 1 << 20, &err), err);
    return text.ptr;
}

/* Two runs of one machine, the second with its series in reverse order. */
static struct pfg_baseline example(struct pfg_arena *arena)
{
    static struct pfg_baseline_match match[] = {
        {"arch", "x86_64"}, {"cpu", "*EPYC*"}, {"gpu", NULL}};
    struct pfg_baseline baseline = {
        .name = "main",
        .saved = 1795247388 * PFG_SECOND,
        .match = match,
        .n_match = 3,
        .n_runs = 2,
    };

    baseline.runs = pfg_arena_new_array(arena, struct pfg_run *, 2);
    for (size_t i = 0; i < 2; i++) {
        static const char *const names[2][2] = {{"Join", "Split"},
                                                {"Split", "Join"}};
        struct pfg_run *run = new_run("a1", 4, (long)i + 1);

        for (size_t j = 0; j < 2; j++) {
            struct pfg_series *series =
                add_series(run, names[i][j], "time", PFG_LOWER);

            add_values(run, series, (double[]){1.0 / 3, -0.0, 5e-324}, 3);
        }
        baseline.runs[i] = run;
    }
    baseline.profile = pfg_profile_copy(&baseline.runs[0]->profile, arena);
    return baseline;
}

static void a_baseline_comes_back_whole(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline before = example(arena), after;
    struct pfg_error err = {0};
    char path[PATH_SIZE];
    const double *values;

    in_folder(path, state, "baselines/amd.json");
    assert_ok(pfg_baseline_write(&before, path, &err), err);
    assert_ok(pfg_baseline_read(&after, path, arena, &err), err);
    assert_string_equal(after.path, path);
    assert_string_equal(after.name, "main");
    assert_true(after.saved == before.saved);
    assert_string_equal(after.profile.name, "amd-epyc-7763-4c");
    assert_string_equal(after.profile.fingerprint, before.profile.fingerprint);
    assert_int_equal(after.n_match, 3);
    assert_string_equal(after.match[1].field, "cpu");
    assert_string_equal(after.match[1].glob, "*EPYC*");
    assert_null(after.match[2].glob);
    assert_int_equal(after.n_runs, 2);
    assert_same_run(before.runs[0], after.runs[0]);
    values = after.runs[1]->series.at[0]->pieces.at[0].values;
    assert_memory_equal(values,
                        before.runs[1]->series.at[0]->pieces.at[0].values,
                        3 * sizeof(double));
    pfg_baseline_release(&after);
    pfg_baseline_release(&before);
    pfg_arena_free(arena);
}

static void writing_what_was_read_changes_no_byte(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline before = example(arena), after;
    struct pfg_error err = {0};
    char path[PATH_SIZE];
    char *first, *second;

    in_folder(path, state, "a.json");
    assert_ok(pfg_baseline_write(&before, path, &err), err);
    first = read_text(path);
    assert_ok(pfg_baseline_read(&after, path, arena, &err), err);
    assert_ok(pfg_baseline_write(&after, path, &err), err);
    second = read_text(path);
    assert_string_equal(first, second);
    assert_int_equal(first[strlen(first) - 1], '\n');
    free(first);
    free(second);
    pfg_baseline_release(&after);
    pfg_baseline_release(&before);
    pfg_arena_free(arena);
}

static void series_stand_in_the_same_order_whatever_the_tools(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline before = example(arena), after;
    struct pfg_error err = {0};
    char path[PATH_SIZE];

    in_folder(path, state, "a.json");
    assert_ok(pfg_baseline_write(&before, path, &err), err);
    assert_ok(pfg_baseline_read(&after, path, arena, &err), err);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(after.runs[i]->series.at[0]->benchmark, "Join");
        assert_string_equal(after.runs[i]->series.at[1]->benchmark, "Split");
    }
    /* Writing does not change the run. */
    assert_string_equal(before.runs[1]->series.at[0]->benchmark, "Split");
    pfg_baseline_release(&after);
    pfg_baseline_release(&before);
    pfg_arena_free(arena);
}

static void series_that_are_read_have_their_keys(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline before = example(arena), after;
    struct pfg_error err = {0};
    char path[PATH_SIZE];

    in_folder(path, state, "a.json");
    assert_ok(pfg_baseline_write(&before, path, &err), err);
    assert_ok(pfg_baseline_read(&after, path, arena, &err), err);
    assert_string_equal(after.runs[0]->series.at[0]->key,
                        before.runs[0]->series.at[0]->key);
    pfg_baseline_release(&after);
    pfg_baseline_release(&before);
    pfg_arena_free(arena);
}

static void a_few_lines_by_hand_are_a_baseline(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline baseline;
    struct pfg_error err = {0};
    struct pfg_run *run;
    char path[PATH_SIZE];

    in_folder(path, state, "lab.json");
    write_text(path,
               "// from the data sheet\n"
               "{ \"perfgate\": \"baseline\", \"version\": 1,\n"
               "  \"hardware\": { \"name\": \"lab\", \"match\": {\"cpus\": 4}"
               " },\n"
               "  \"runs\": [ { \"series\": [\n"
               "    { \"benchmark\": \"Join\", \"metric\": \"time\", "
               "\"unit\": \"ms\", \"value\": 8.25 } ] } ] }\n");
    assert_ok(pfg_baseline_read(&baseline, path, arena, &err), err);
    assert_string_equal(baseline.name, "");
    assert_string_equal(baseline.match[0].glob, "4");
    run = baseline.runs[0];
    assert_near(run->series.at[0]->pieces.at[0].summary.value, 8.25e-3, 0);
    assert_int_equal(run->series.at[0]->pieces.at[0].line, 5);
    /* The run gets the file's hardware. */
    assert_string_equal(run->profile.name, "lab");
    assert_string_equal(run->profile.fingerprint, baseline.profile.fingerprint);
    pfg_baseline_release(&baseline);
    pfg_arena_free(arena);
}

static void hardware_of_the_runs_is_that_of_the_file(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline baseline;
    struct pfg_error err = {0};
    char path[PATH_SIZE];

    in_folder(path, state, "a.json");
    write_text(path, "{\"perfgate\":\"baseline\",\"version\":1,\"runs\":[{"
                     "\"hardware\":{\"name\":\"lab\"}}]}");
    assert_ok(pfg_baseline_read(&baseline, path, arena, &err), err);
    assert_string_equal(baseline.profile.name, "lab");
    assert_string_equal(baseline.profile.fingerprint,
                        baseline.runs[0]->profile.fingerprint);
    pfg_baseline_release(&baseline);
    pfg_arena_free(arena);
}

static void what_is_no_baseline_is_named_with_its_place(void **state)
{
#define HEAD "{\"perfgate\":\"baseline\",\"version\":1,\n"
    static const struct {
        const char *text, *message;
        long line, column;
        enum pfg_code code;
    } cases[] = {
        {"[]", "not a baseline file", 1, 1, PFG_DATA},
        {"{\"threshold\":10}", "not a baseline file", 1, 1, PFG_DATA},
        {"{\"perfgate\":\"report\",\"version\":1}", "not a baseline file", 1, 1,
         PFG_DATA},
        {"{\"perfgate\":\"baseline\"}", "baseline file without a 'version'", 1,
         1, PFG_DATA},
        {"{\"perfgate\":\"baseline\",\n\"version\":\"1\"}",
         "baseline file without a 'version'", 2, 11, PFG_DATA},
        {"{\"perfgate\":\"baseline\",\n\"version\":2,\"new\":1}",
         "baseline file of version 2, but this perfgate reads version 1", 2, 11,
         PFG_USAGE},
        {HEAD "\"run\":[]}", "unknown key 'run'", 2, 1, PFG_DATA},
        {HEAD "\"runs\":{}}", "'runs' must be an array, not an object", 2, 8,
         PFG_DATA},
        {HEAD "\"runs\":[{\"serie\":[]}]}", "unknown key 'serie'", 2, 10,
         PFG_DATA},
        {HEAD "\"hardware\":{\"match\":{\"memory\":\"*\"}}}",
         "unknown key 'memory'", 2, 22, PFG_DATA},
        {HEAD "\"hardware\":{\"match\":{\"gpu\":true}}}",
         "'gpu' must be a string, not true or false", 2, 28, PFG_DATA},
        {HEAD "\"hardware\":{\"cpu\":\"x\"}}", "unknown key 'cpu'", 2, 13,
         PFG_DATA},
        {HEAD "\"runs\":[{\"series\":[\n"
              "{\"benchmark\":\"x\",\"unit\":\"ms\",\"value\":1},\n"
              "{\"benchmark\":\"x\",\"unit\":\"s\",\"value\":1}]}]}",
         "'time' of 'x' occurs twice in this run", 4, 1, PFG_DATA},
    };
#undef HEAD
    char path[PATH_SIZE];

    in_folder(path, state, "a.json");
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_arena *arena = pfg_arena_new();
        struct pfg_error err = {0};
        struct pfg_baseline baseline;

        write_text(path, cases[i].text);
        assert_int_equal(pfg_baseline_read(&baseline, path, arena, &err), -1);
        assert_string_equal(err.message, cases[i].message);
        assert_string_equal(err.file, path);
        assert_int_equal(err.code, cases[i].code);
        if (err.line != cases[i].line || err.column != cases[i].column) {
            fail_msg("%s: %ld:%ld, not %ld:%ld", cases[i].message, err.line,
                     err.column, cases[i].line, cases[i].column);
        }
        pfg_arena_free(arena);
    }
}

static void text_that_is_not_json_or_not_there_is_an_error(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    struct pfg_baseline baseline;
    char path[PATH_SIZE];

    in_folder(path, state, "a.json");
    assert_int_equal(pfg_baseline_read(&baseline, path, arena, &err), -1);
    assert_non_null(strstr(err.message, "No such file"));
    write_text(path, "{\"perfgate\":\n\"baseline\",}");
    assert_int_equal(pfg_baseline_read(&baseline, path, arena, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_int_equal(err.line, 2);
    pfg_arena_free(arena);
}

static void an_unwritable_place_is_an_error(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline baseline = example(arena);
    struct pfg_error err = {0};
    char path[PATH_SIZE];

    write_text(in_folder(path, state, "file"), "x");
    in_folder(path, state, "file/a.json");
    assert_int_equal(pfg_baseline_write(&baseline, path, &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_int_equal(pfg_baseline_write(&baseline, "/dev/full", &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_string_equal(err.message,
                        "cannot write '/dev/full': No space left on device");
    pfg_baseline_release(&baseline);
    pfg_arena_free(arena);
}

static void the_same_hardware_fits_better_than_any_rule(void **state)
{
    static const char *gpus[] = {"NVIDIA A100", "NVIDIA GeForce RTX 3080"};
    static const struct pfg_profile plain = {.arch = "x86_64",
                                             .cpu_name = "AMD EPYC 7763",
                                             .cpus = 4,
                                             .fingerprint = "f"};
    static const struct pfg_profile rtx = {
        .arch = "x86_64", .gpus = gpus, .n_gpus = 2, .fingerprint = "g"};
    static const struct {
        struct pfg_baseline_match match[3];
        size_t n;
        const char *fingerprint;
        const struct pfg_profile *profile;
        int fits;
    } cases[] = {
        {{{0}}, 0, "f", &plain, 1000},
        {{{0}}, 0, "x", &plain, 0},
        {{{0}}, 0, "", &plain, 0},
        {{{"arch", "arm*"}}, 1, "f", &plain, 1000},
        {{{"arch", "arm*"}}, 1, "x", &plain, 0},
        {{{"arch", "x86*"}}, 1, "x", &plain, 1},
        {{{"cpu", "*epyc*"}}, 1, "x", &plain, 1},
        {{{"cpu", "EPYC"}}, 1, "x", &plain, 0},
        {{{"cpu", "*"}}, 1, "x", &rtx, 0},
        {{{"cpu", NULL}}, 1, "x", &rtx, 1},
        {{{"cpu", NULL}}, 1, "x", &plain, 0},
        {{{"cpus", "4"}, {"gpu", NULL}}, 2, "x", &plain, 2},
        {{{"cpus", "[48]"}, {"cpu", "*7763*"}, {"arch", "*"}},
         3,
         "x",
         &plain,
         3},
        {{{"cpus", "8"}, {"gpu", NULL}}, 2, "x", &plain, 0},
        {{{"cpus", NULL}}, 1, "x", &rtx, 1},
        {{{"gpu", "*RTX 3080*"}}, 1, "x", &rtx, 1},
        {{{"gpu", "*RTX 3080*"}}, 1, "x", &plain, 0},
        {{{"gpu", NULL}}, 1, "x", &rtx, 0},
        {{{"gpu", "*"}}, 1, "x", &plain, 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_baseline baseline = {
            .match = (struct pfg_baseline_match *)cases[i].match,
            .n_match = cases[i].n,
            .profile = {.fingerprint = cases[i].fingerprint},
        };

        if (pfg_baseline_fits(&baseline, cases[i].profile) != cases[i].fits) {
            fail_msg("case %zu: %d", i,
                     pfg_baseline_fits(&baseline, cases[i].profile));
        }
    }
}

static void a_folder_is_listed_in_order(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};
    char path[PATH_SIZE];
    const char **paths;
    size_t n;

    assert_ok(pfg_baseline_list(&paths, &n, in_folder(path, state, "none"),
                                arena, &err),
              err);
    assert_int_equal(n, 0);
    write_text(in_folder(path, state, "b.json"), "{}");
    write_text(in_folder(path, state, "a.json"), "{}");
    write_text(in_folder(path, state, "README.md"), "");
    write_text(in_folder(path, state, ".hidden.json"), "{}");
    assert_ok(pfg_baseline_list(&paths, &n, *state, arena, &err), err);
    assert_int_equal(n, 2);
    assert_string_equal(paths[0], in_folder(path, state, "a.json"));
    assert_string_equal(paths[1], in_folder(path, state, "b.json"));
    assert_int_equal(pfg_baseline_list(&paths, &n, path, arena, &err), -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    pfg_arena_free(arena);
}

int main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(a_baseline_comes_back_whole),
        TEST(writing_what_was_read_changes_no_byte),
        TEST(series_stand_in_the_same_order_whatever_the_tools),
        TEST(series_that_are_read_have_their_keys),
        TEST(a_few_lines_by_hand_are_a_baseline),
        TEST(hardware_of_the_runs_is_that_of_the_file),
        TEST(what_is_no_baseline_is_named_with_its_place),
        TEST(text_that_is_not_json_or_not_there_is_an_error),
        TEST(an_unwritable_place_is_an_error),
        TEST(the_same_hardware_fits_better_than_any_rule),
        TEST(a_folder_is_listed_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
