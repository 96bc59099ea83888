#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "check.h"
#include "ingest/dispatch/session.h"
#include "stream.h"

#define RESULT "BenchmarkX-8 10 5 ns/op\n"

static void assert_has(const struct stream *s, const char *piece)
{
    if (!pfg_slice_has(pfg_str_slice(&s->text), piece)) {
        print_error("no '%s' in\n%s", piece, s->text.ptr);
        fail();
    }
}

/* Ingesters of a format that only these tests use: lines "<word> ...", and
 * documents with a member of that name. Their state counts, so that a value
 * shows how much one state has read. */
struct counter {
    char *lines; /* in the arena, one letter for each line */
    size_t n;
};

static void send(struct pfg_reader *reader, const char *name, double value)
{
    struct pfg_measurement m = {
        .benchmark = pfg_slice_of(name),
        .metric = PFG_LIT("count"),
        .unit = PFG_LIT("1"),
        .values = &value,
        .n_values = 1,
        .pos = reader->pos,
    };

    reader->sink->measurement(reader->sink->self, &m);
}

static enum pfg_claim count_line(struct pfg_reader *reader, void *state,
                                 struct pfg_slice line, const char *word)
{
    struct counter *counter = state;

    if (!pfg_slice_has(line, word)) {
        return PFG_NOT_MINE;
    }
    if (!counter->lines) {
        counter->lines = pfg_arena_alloc(reader->arena, 100);
    }
    counter->lines[counter->n++] = 'x';
    return PFG_MINE;
}

static void count_finish(struct pfg_reader *reader, void *state)
{
    struct counter *counter = state;

    if (counter->n) {
        assert_int_equal(strlen(counter->lines), counter->n);
        send(reader, "lines", (double)counter->n);
    }
}

static enum pfg_claim red_line(struct pfg_reader *reader, void *state,
                               struct pfg_slice line)
{
    return count_line(reader, state, line, "red");
}

static enum pfg_claim blue_line(struct pfg_reader *reader, void *state,
                                struct pfg_slice line)
{
    return count_line(reader, state, line, "blue");
}

static enum pfg_claim count_document(struct pfg_reader *reader,
                                     const struct pfg_json_document *document,
                                     const char *word)
{
    const struct pfg_json_value *value =
        pfg_json_get(pfg_json_root(document), word);

    if (!value) {
        return PFG_NOT_MINE;
    }
    send(reader, word, pfg_json_number(document, value));
    return PFG_MINE;
}

static enum pfg_claim red_document(struct pfg_reader *reader,
                                   const struct pfg_json_document *document)
{
    return count_document(reader, document, "RED");
}

static enum pfg_claim blue_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    return count_document(reader, document, "BLUE");
}

static const struct pfg_ingester red = {
    .name = "red",
    .title = "red things",
    .looks = "red",
    .state_size = sizeof(struct counter),
    .line = red_line,
    .finish = count_finish,
    .document = red_document,
};
static const struct pfg_ingester blue = {
    .name = "blue",
    .title = "blue things",
    .looks = "blue",
    .state_size = sizeof(struct counter),
    .line = blue_line,
    .finish = count_finish,
    .document = blue_document,
};
static const struct pfg_ingester walker = {.name = "walker"};
static const struct pfg_ingester *const colours[] = {&red, &blue, NULL};

/* Reads `text` with the ingesters above. */
static int read_colours(struct stream *s, const char *text,
                        const struct pfg_ingester *forced)
{
    struct pfg_ingest_result result = {0};
    struct pfg_error err = {0};
    struct pfg_session session;
    struct pfg_input *input;
    bool known = false;
    int status;

    stream_begin(s, NULL);
    assert_int_equal(pfg_session_begin(&session, NULL, &s->sink, &err), 0);
    session.ingesters = colours;
    session.forced = forced;
    assert_int_equal(
        pfg_input_open_memory(&input, pfg_slice_of(text), "x", &err), 0);
    status = pfg_session_read(&session, input, &known, &err);
    if (!status && !known) {
        status = -1;
        err = session.why;
    }
    pfg_session_tools(&session, &result);
    stream_result(s, status, &result, &err);
    pfg_input_close(input);
    pfg_session_end(&session);
    return status;
}

static void all_shapes_of_text_and_json_are_told_apart(void **state)
{
    static const struct {
        const char *text;
        const char *has;
    } cases[] = {
        {"red\nred\nblue\n", "bench=lines metric=count unit=1 better=neutral "
                             "values=[2]"},
        {"{\"RED\": 3}", "bench=RED metric=count unit=1 better=neutral "
                         "values=[3]"},
        {" \n\t{\n\"BLUE\":\n4}\n\n", "values=[4]"},
        {"\xef\xbb\xbf{\"RED\": 5}", "values=[5]"},
        {"{\"a\":\"red\"}\n{\"a\":\"red\"}\n", "bench=lines metric=count "
                                               "unit=1 better=neutral "
                                               "values=[2]"},
        /* JSON lines that no ingester reads may be documents */
        {"{\"a\":\"red\"}\n{\"BLUE\":6}\n", "bench=BLUE"},
        /* documents in sequence */
        {"{\n\"RED\": 7}\n{\n\"BLUE\": 8}\n", "bench=BLUE"},
        {"{\n\"RED\": 7}{\"x\":1}", "warning x:2 some of the documents"},
        /* and lines after a document */
        {"{\n\"RED\": 7}\nred\n", "bench=lines metric=count unit=1 "
                                  "better=neutral values=[1] at=x:3"},
        {"{\n\"RED\": 7}\n[what]\n", "warning x:3 ignoring what follows the JSON"},
        /* a log that begins with a brace */
        {"{ a log\nred\n", "bench=lines"},
        {"[10:00:00] red\nred\n", "values=[2]"},
        {"{\"RED\": NaN}", "values=[NaN]"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        assert_int_equal(read_colours(&s, cases[i].text, NULL), 0);
        assert_has(&s, cases[i].has);
        stream_end(&s);
    }
}

static void what_two_ingesters_claim_is_an_error(void **state)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"red\nred blue\n", "error 3 x:2 both red and blue match this"},
        {"{\"RED\":1,\n\"BLUE\":2}", "error 3 x:1 both red and blue"},
        {"{\"x\":1}\n{\"RED\":1,\"BLUE\":2}\n", "error 3 x:2 both red and"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        assert_int_equal(read_colours(&s, cases[i].text, NULL), -1);
        assert_has(&s, cases[i].error);
        assert_has(&s, "hint choose one with --format red or --format blue");
        stream_end(&s);
        assert_int_equal(read_colours(&s, cases[i].text, &blue), 0);
        assert_has(&s, "result tools=blue");
        stream_end(&s);
    }
}

static void json_that_nobody_knows_says_where_and_what(void **state)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"{\"x\": 1}",
         "error 3 'x' is JSON, but contains no benchmark results\n"
         "hint it matches none of the formats "},
        {"{\"RED\": 1\n,,}", "error 3 x:2:2 "},
        {"{\n\"x\": 1}\n{\n\"y\": }\n", "error 3 x:4:6 "},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        assert_int_equal(read_colours(&s, cases[i].text, NULL), -1);
        assert_has(&s, cases[i].error);
        stream_end(&s);
    }
}

static void a_round_begins_a_process_and_everybody_anew(void **state)
{
    struct stream s;
    (void)state;

    assert_int_equal(read_colours(&s,
                                  "red\nperfgate-round: 1\nred\nred\n"
                                  "perfgate-round: x\n"
                                  "perfgate-round:12\nblue\n",
                                  NULL),
                     0);
    assert_slice(
        pfg_slice_first(pfg_str_slice(&s.text),
                        pfg_slice_find(pfg_str_slice(&s.text), "result")),
        "measurement suite=\"\" bench=lines metric=count unit=1 "
        "better=neutral values=[1] at=x:2\n"
        "process round=1\n"
        "measurement suite=\"\" bench=lines metric=count unit=1 "
        "better=neutral values=[2] at=x:6\n"
        "process round=12\n"
        "measurement suite=\"\" bench=lines metric=count unit=1 "
        "better=neutral values=[1] at=x:7\n");
    stream_end(&s);
}

static void a_line_that_is_too_long_is_warned_of(void **state)
{
    struct pfg_str text;
    struct stream s;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, RESULT "BenchmarkLong");
    pfg_str_repeat(&text, "0123456789abcdef", PFG_LINE_MAX / 16);
    pfg_str_puts(&text, "-8 10 5 ns/op\n" RESULT);
    assert_int_equal(stream_read(&s, pfg_str_slice(&text), "x", NULL), 0);
    assert_has(&s, "warning x:2 line longer than 8 MiB");
    assert_int_equal(s.n_measurements, 2);
    assert_int_equal(s.n_warnings, 1);
    stream_end(&s);
    pfg_str_free(&text);
}

static void an_input_without_results_is_an_error_that_helps(void **state)
{
    static const struct {
        const char *text, *format, *error;
    } cases[] = {
        {"", NULL, "error 3 'x' is empty\n"},
        {" \n\n", NULL, "error 3 'x' is empty\n"},
        {"hello\n", NULL,
         "error 3 no benchmark results in 'x'\n"
         "hint supported formats "},
        {RESULT, "wrk",
         "error 3 no benchmark results in 'x'\n"
         "hint looked for wrk"},
        {"goos: linux\nPASS\n", NULL, "error 3 no benchmark results in 'x'"},
        {RESULT, "gobnch",
         "error 2 unknown format 'gobnch'\n"
         "hint did you mean 'gobench'? docs/formats.md lists them all"},
        {RESULT, "x",
         "error 2 unknown format 'x'\nhint docs/formats.md lists them all"},
        {RESULT, "",
         "error 2 unknown format ''\nhint docs/formats.md lists them all"},
        {RESULT, "gobench-but-much-longer-than-any-name-can-be",
         "error 2 unknown format"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_ingest_options options = {.format = cases[i].format};
        struct stream s;

        assert_int_equal(
            stream_read(&s, pfg_slice_of(cases[i].text), "x", &options), -1);
        assert_has(&s, cases[i].error);
        assert_int_equal(s.n_measurements, 0);
        stream_end(&s);
    }
}

static void a_forced_format_is_read_as_it_can_be(void **state)
{
    struct pfg_ingest_options options = {.format = "gobench"};
    struct stream s;
    (void)state;

    assert_int_equal(
        stream_read(&s, PFG_LIT("{\nBenchmarkX 1 5 ns/op\n}\n"), "x", &options),
        0);
    assert_has(&s, "result tools=gobench");
    stream_end(&s);
    options.format = "auto";
    assert_int_equal(stream_read(&s, PFG_LIT(RESULT), "x", &options), 0);
    stream_end(&s);
    assert_int_equal(read_colours(&s, "red", &walker), -1);
    assert_has(&s, "error 2 'walker' reads directories, but 'x' is a file");
    stream_end(&s);
}

static void every_ingester_says_who_it_is_and_has_a_way_in(void **state)
{
    (void)state;
    for (size_t i = 0; pfg_ingesters[i]; i++) {
        const struct pfg_ingester *ingester = pfg_ingesters[i];

        assert_non_null(ingester->name);
        assert_true(*ingester->title && *ingester->looks);
        assert_true(ingester->line || ingester->header || ingester->document ||
                    ingester->xml || ingester->directory);
        assert_true(ingester->line || ingester->header || !ingester->finish);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(ingester->name, pfg_ingesters[j]->name);
        }
    }
}

static void write_file(const char *folder, const char *name,
                       struct pfg_slice bytes)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_error err = {0};

    assert_int_equal(
        pfg_file_write(pfg_path_join(arena, folder, name), bytes, &err), 0);
    pfg_arena_free(arena);
}

static int make_folder(void **state)
{
    char template[] = "/tmp/perfgate-test-XXXXXX";

    if (!mkdtemp(template)) {
        return -1;
    }
    *state = pfg_strdup(template);
    return 0;
}

static int drop_folder(void **state)
{
    static const char *const names[] = {"b.txt",     "a.txt",   "notes.md",
                                        "tool.json", "tool.o",  "empty",
                                        "broken.gz", "two.json"};

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        char path[256];

        snprintf(path, sizeof path, "%s/%s", (char *)*state, names[i]);
        unlink(path);
    }
    rmdir(*state);
    free(*state);
    return 0;
}

static int read_path(struct stream *s, const char *path, const char *root,
                     struct pfg_ingest_result *result)
{
    struct pfg_error err = {0};
    int status;

    stream_begin(s, root);
    status = pfg_ingest_path(result, path, NULL, &s->sink, &err);
    stream_result(s, status, result, &err);
    return status;
}

static void each_file_of_a_directory_is_a_process(void **state)
{
    struct pfg_ingest_result first, second;
    struct stream s;

    write_file(*state, "b.txt", PFG_LIT("BenchmarkX-8 10 6 ns/op\n"));
    write_file(*state, "a.txt", PFG_LIT(RESULT));
    write_file(*state, "notes.md", PFG_LIT("# Notes\n"));
    write_file(*state, "tool.json", PFG_LIT("{\"name\": \"x\"}"));
    write_file(*state, "tool.o", pfg_slice_make("\x7f\0\0red", 6));
    write_file(*state, "empty", PFG_LIT(""));
    assert_int_equal(read_path(&s, *state, *state, &first), 0);
    assert_has(&s, "values=[5e-09] written=[5] unit_written=ns/op at=a.txt:1\n"
                   "process round=0\n");
    assert_has(&s, "4 of 6 files were not recognised");
    assert_int_equal(s.n_warnings, 1);
    assert_int_equal(s.n_measurements, 2);
    assert_int_equal(first.n_files, 6);
    stream_end(&s);

    /* the digest covers what was read, and nothing else */
    write_file(*state, "notes.md", PFG_LIT("# Other notes\n"));
    read_path(&s, *state, *state, &second);
    stream_end(&s);
    assert_string_equal(first.digest, second.digest);
    write_file(*state, "b.txt", PFG_LIT("BenchmarkX-8 10 7 ns/op\n"));
    read_path(&s, *state, *state, &second);
    stream_end(&s);
    assert_string_not_equal(first.digest, second.digest);
}

static void a_broken_file_does_not_spoil_a_directory(void **state)
{
    struct pfg_ingest_result result;
    struct stream s;

    write_file(*state, "a.txt", PFG_LIT(RESULT));
    write_file(*state, "broken.gz", PFG_LIT("\x1f\x8b\x08\x00garbage"));
    assert_int_equal(read_path(&s, *state, *state, &result), 0);
    assert_has(&s, "warning broken.gz ");
    assert_has(&s, "1 of 2 files were not recognised");
    assert_int_equal(s.n_measurements, 1);
    stream_end(&s);
}

static void a_directory_without_results_is_an_error(void **state)
{
    struct pfg_ingest_result result;
    struct stream s;

    assert_int_equal(read_path(&s, *state, *state, &result), -1);
    assert_has(&s, "is empty");
    stream_end(&s);
    write_file(*state, "tool.json", PFG_LIT("{}"));
    assert_int_equal(read_path(&s, *state, *state, &result), -1);
    assert_has(&s, "error 3 no benchmark results in '");
    stream_end(&s);
}

static void a_file_has_the_digest_of_its_bytes(void **state)
{
    struct pfg_ingest_result result;
    struct pfg_digest *digest = pfg_digest_new();
    char path[256], hex[PFG_DIGEST_HEX];
    struct stream s;

    write_file(*state, "a.txt", PFG_LIT(RESULT));
    snprintf(path, sizeof path, "%s/a.txt", (char *)*state);
    assert_int_equal(read_path(&s, path, *state, &result), 0);
    stream_end(&s);
    pfg_digest_add(digest, PFG_LIT(RESULT));
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    assert_string_equal(result.digest, hex);
    assert_string_equal(result.tools, "gobench");
    assert_int_equal(result.n_lines, 1);
}

static void a_dash_is_standard_input(void **state)
{
    struct pfg_ingest_result result;
    int ends[2], kept = dup(STDIN_FILENO);
    struct stream s;
    (void)state;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], RESULT, strlen(RESULT)), strlen(RESULT));
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(read_path(&s, "-", NULL, &result), 0);
    dup2(kept, STDIN_FILENO);
    close(kept);
    assert_has(&s, "at=standard input:1\n");
    stream_end(&s);
}

static void a_path_that_is_not_there_is_an_error(void **state)
{
    struct pfg_ingest_result result;
    struct stream s;
    (void)state;

    assert_int_equal(read_path(&s, "/nowhere/at/all", NULL, &result), -1);
    assert_has(&s, "error 3 ");
    stream_end(&s);
}

#define with_folder(test)                                                      \
    cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_shapes_of_text_and_json_are_told_apart),
        cmocka_unit_test(what_two_ingesters_claim_is_an_error),
        cmocka_unit_test(json_that_nobody_knows_says_where_and_what),
        cmocka_unit_test(a_round_begins_a_process_and_everybody_anew),
        cmocka_unit_test(a_line_that_is_too_long_is_warned_of),
        cmocka_unit_test(an_input_without_results_is_an_error_that_helps),
        cmocka_unit_test(a_forced_format_is_read_as_it_can_be),
        cmocka_unit_test(every_ingester_says_who_it_is_and_has_a_way_in),
        with_folder(each_file_of_a_directory_is_a_process),
        with_folder(a_broken_file_does_not_spoil_a_directory),
        with_folder(a_directory_without_results_is_an_error),
        with_folder(a_file_has_the_digest_of_its_bytes),
        cmocka_unit_test(a_dash_is_standard_input),
        cmocka_unit_test(a_path_that_is_not_there_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
