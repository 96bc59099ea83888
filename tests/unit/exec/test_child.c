#include "exec/child.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"

struct place {
    char folder[64];
    struct pfg_arena *arena;
    struct pfg_child_result out;
    struct pfg_error err;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    snprintf(place->folder, sizeof place->folder, "/tmp/perfgate-exec-XXXXXX");
    if (!mkdtemp(place->folder)) {
        return -1;
    }
    place->arena = pfg_arena_new();
    /* A shell that starts this test in the background ignores them. */
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    const char *argv[] = {"rm", "-rf", place->folder, NULL};
    struct pfg_child_spec spec = {.argv = argv};

    pfg_child_free(&place->out);
    pfg_child_run(&place->out, &spec, NULL, NULL);
    pfg_child_free(&place->out);
    pfg_arena_free(place->arena);
    free(place);
    return 0;
}

static int run(struct place *place, struct pfg_child_spec spec,
               struct pfg_interrupt *interrupt)
{
    pfg_child_free(&place->out);
    place->err = (struct pfg_error){0};
    if (!spec.folder) {
        spec.folder = place->folder;
    }
    return pfg_child_run(&place->out, &spec, interrupt, &place->err);
}

/* Runs a script with the other members of `spec`; it must start. */
static void shell(struct place *place, const char *text,
                  struct pfg_child_spec spec)
{
    const char *argv[] = {text, "first", "second", NULL};

    spec.argv = argv;
    spec.shell = true;
    if (run(place, spec, NULL)) {
        fail_msg("%s", place->err.message);
    }
}

static const char *out_text(const struct place *place)
{
    return place->out.out_tail.ptr;
}

static void sleep_s(double seconds)
{
    struct timespec time = {(time_t)seconds,
                            (long)((seconds - (double)(time_t)seconds) * 1e9)};

    nanosleep(&time, NULL);
}

/* The process id that a script has written, waiting some seconds for it. */
static pid_t written_pid(const struct place *place, const char *name)
{
    const char *path = pfg_path_join(place->arena, place->folder, name);

    for (int i = 0; i < 500; i++) {
        struct pfg_str text;
        pid_t pid;

        pfg_str_init(&text, 0);
        pfg_file_read(&text, path, 100, NULL);
        pid = strchr(text.ptr, '\n') ? (pid_t)strtol(text.ptr, NULL, 10) : 0;
        pfg_str_free(&text);
        if (pid > 0) {
            return pid;
        }
        sleep_s(0.01);
    }
    fail_msg("'%s' was not written", name);
    return 0;
}

/* A zombie that has not been reaped counts as gone. */
static bool is_gone(pid_t pid, double patience)
{
    struct pfg_arena *arena = pfg_arena_new();
    const char *path = pfg_arena_printf(arena, "/proc/%ld/stat", (long)pid);
    bool gone = false;

    for (double t = 0; t <= patience && !gone; t += 0.02) {
        struct pfg_str text;
        const char *state;

        pfg_str_init(&text, 0);
        gone = pfg_file_read(&text, path, 4096, NULL) != 0;
        state = strrchr(text.ptr, ')');
        gone = gone || !state || state[2] == 'Z' || state[2] == 'X';
        pfg_str_free(&text);
        if (!gone) {
            sleep_s(0.02);
        }
    }
    pfg_arena_free(arena);
    return gone;
}

static void output_and_status_are_kept(void **state)
{
    struct place *place = *state;
    char buffer[16] = "";

    shell(place, "echo out; echo $2 $1; echo bad >&2; exit 3",
          (struct pfg_child_spec){0});
    assert_int_equal(place->out.exit_status, 3);
    assert_int_equal(place->out.signal, 0);
    assert_string_equal(out_text(place), "out\nsecond first\n");
    assert_string_equal(place->out.err_tail.ptr, "bad\n");
    assert_int_equal(place->out.output_size, 17);
    assert_int_equal(read(place->out.output, buffer, 4), 4);
    assert_string_equal(buffer, "out\n");
    assert_false(place->out.timed_out || place->out.interrupted);
}

static void output_goes_to_a_file_where_one_is_named(void **state)
{
    struct place *place = *state;
    const char *path = pfg_path_join(place->arena, place->folder, "a.txt");
    struct pfg_str text;

    assert_int_equal(pfg_file_write(path, PFG_LIT("what was before\n"), NULL),
                     0);
    shell(place, "echo new", (struct pfg_child_spec){.output = path});
    pfg_str_init(&text, 0);
    assert_int_equal(pfg_file_read(&text, path, 100, NULL), 0);
    assert_string_equal(text.ptr, "new\n");
    pfg_str_free(&text);
}

static void a_signal_is_told_from_a_status(void **state)
{
    struct place *place = *state;

    shell(place, "kill -SEGV $$", (struct pfg_child_spec){0});
    assert_int_equal(place->out.exit_status, -1);
    assert_int_equal(place->out.signal, SIGSEGV);
}

static void time_is_measured(void **state)
{
    struct place *place = *state;

    shell(place, "sleep 0.3", (struct pfg_child_spec){0});
    assert_true(place->out.usage.seconds >= 0.3 &&
                place->out.usage.seconds < 3);
    assert_true(place->out.usage.user + place->out.usage.system < 0.3);
    /* Grandchildren count, even those that nobody waited for. */
    shell(place,
          "(i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done) &",
          (struct pfg_child_spec){.timeout = 60});
    assert_true(place->out.usage.user + place->out.usage.system > 0.01);
}

static void it_runs_where_and_with_what_it_is_told(void **state)
{
    static const struct pfg_child_env env[] = {{"PERFGATE_TEST", "new value"},
                                               {"PERFGATE_GONE", NULL}};
    struct place *place = *state;

    setenv("PERFGATE_TEST", "old", 1);
    setenv("PERFGATE_GONE", "here", 1);
    setenv("PERFGATE_LEFT", "alone", 1);
    shell(place,
          "pwd -P; echo ${PERFGATE_TEST-} ${PERFGATE_GONE-gone} "
          "$PERFGATE_LEFT; cat; readlink /proc/self/fd/0",
          (struct pfg_child_spec){.env = env, .n_env = 2, .folder = "/usr"});
    assert_string_equal(out_text(place), "/usr\nnew value gone alone\n"
                                         "/dev/null\n");
}

static void the_path_of_the_child_is_searched(void **state)
{
    struct place *place = *state;
    const char *argv[] = {"perfgate-test-tool", NULL};
    struct pfg_child_env env = {"PATH", place->folder};

    shell(place,
          "printf '#!/bin/sh\\necho found\\n' >perfgate-test-tool\n"
          "chmod +x perfgate-test-tool",
          (struct pfg_child_spec){0});
    assert_int_equal(
        run(place,
            (struct pfg_child_spec){.argv = argv, .env = &env, .n_env = 1},
            NULL),
        0);
    assert_string_equal(out_text(place), "found\n");
}

static void what_cannot_start_says_why(void **state)
{
    static const int far[] = {4000};
    static const struct {
        const char *name, *folder, *message, *hint;
        size_t n_cpus;
    } cases[] = {
        {"perfgate-no-such", NULL, "'perfgate-no-such' was not found",
         "install it", 0},
        {"go test -bench .", NULL, "'go test -bench .' was not found",
         "do not put quotes", 0},
        {"./no-such -x", NULL, "'./no-such -x' was not found", "do not put quotes",
         0},
        {"./no-such", NULL, "'./no-such' does not exist", "interpreter", 0},
        {"/etc/passwd", NULL, "cannot run '/etc/passwd': Permission denied",
         "chmod +x", 0},
        {"true", "/no/such",
         "cannot run in '/no/such': No such file or "
         "directory",
         "", 0},
        {"true", NULL, "cannot run on CPUs '4000'", "nproc", 1},
    };
    struct place *place = *state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const char *argv[] = {cases[i].name, NULL};
        struct pfg_child_spec spec = {.argv = argv,
                                      .folder = cases[i].folder,
                                      .cpus = far,
                                      .n_cpus = cases[i].n_cpus};

        print_message("# %s\n", cases[i].name);
        assert_int_equal(run(place, spec, NULL), -1);
        assert_int_equal(place->err.code, PFG_USAGE);
        assert_string_equal(place->err.message, cases[i].message);
        assert_non_null(strstr(place->err.hint, cases[i].hint));
    }
}

static void a_script_without_interpreter_is_run_by_sh(void **state)
{
    struct place *place = *state;
    const char *argv[] = {"./bench", NULL};

    shell(place, "echo 'echo plain' >bench; chmod +x bench",
          (struct pfg_child_spec){0});
    assert_int_equal(run(place, (struct pfg_child_spec){.argv = argv}, NULL),
                     0);
    assert_string_equal(out_text(place), "plain\n");
}

static void it_runs_on_the_processors_given(void **state)
{
    struct place *place = *state;
    cpu_set_t allowed;
    int last = -1;

    assert_int_equal(sched_getaffinity(0, sizeof allowed, &allowed), 0);
    for (int i = 0; i < CPU_SETSIZE; i++) {
        last = CPU_ISSET(i, &allowed) ? i : last;
    }
    shell(place, "sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status",
          (struct pfg_child_spec){.cpus = &last, .n_cpus = 1});
    assert_string_equal(out_text(place),
                        pfg_arena_printf(place->arena, "%d\n", last));
}

static void a_refused_priority_does_not_stop_it(void **state)
{
    struct place *place = *state;

    shell(place, "nice", (struct pfg_child_spec){.nice = 7});
    assert_string_equal(out_text(place), "7\n");
    shell(place, "nice", (struct pfg_child_spec){.nice = -5});
    assert_string_equal(out_text(place), getuid() ? "0\n" : "-5\n");
}

static void a_time_out_ends_grandchildren_too(void **state)
{
    struct place *place = *state;

    /* One in the group, one that ignores TERM, one in its own session. */
    shell(
        place,
        "sh -c 'echo $$ >plain; exec sleep 60' &\n"
        "sh -c 'trap \"\" TERM; echo $$ >deaf; while :; do sleep 60; done' &\n"
        "setsid sh -c 'echo $$ >away; exec sleep 60' &\n"
        "wait",
        (struct pfg_child_spec){.timeout = 0.5, .grace = 0.2});
    assert_true(place->out.timed_out);
    assert_int_equal(place->out.signal, SIGTERM);
    assert_true(place->out.usage.seconds > 0.4 &&
                place->out.usage.seconds < 10);
    assert_true(is_gone(written_pid(place, "plain"), 0));
    assert_true(is_gone(written_pid(place, "deaf"), 0));
    assert_true(is_gone(written_pid(place, "away"), 0));
}

static void who_hears_term_may_tidy_up(void **state)
{
    struct place *place = *state;

    shell(place,
          "trap 'echo tidied; exit 9' TERM; while :; do sleep 0.05; done",
          (struct pfg_child_spec){.timeout = 0.3, .grace = 20});
    assert_true(place->out.timed_out);
    assert_int_equal(place->out.exit_status, 9);
    assert_string_equal(out_text(place), "tidied\n");
}

static void what_is_left_behind_is_ended(void **state)
{
    struct place *place = *state;

    shell(place,
          "setsid sh -c 'echo $$ >server; exec sleep 60' &\n"
          "while ! [ -s server ]; do sleep 0.01; done; echo done",
          (struct pfg_child_spec){.timeout = 30});
    assert_int_equal(place->out.exit_status, 0);
    assert_true(is_gone(written_pid(place, "server"), 0));
    assert_true(place->out.usage.seconds < 10);
    assert_string_equal(out_text(place), "done\n");
    /* A child that is only a moment late is waited for. */
    shell(place, "(sleep 0.05; echo late) &", (struct pfg_child_spec){0});
    assert_string_equal(out_text(place), "late\n");
}

static void nothing_outlives_a_parent_that_is_killed(void **state)
{
    struct place *place = *state;
    pid_t parent = fork();
    int status;

    assert_true(parent >= 0);
    if (!parent) {
        shell(place,
              "setsid sh -c 'echo $$ >away; exec sleep 60' &\n"
              "sh -c 'trap \"\" TERM HUP; echo $$ >near; exec sleep 60' &\n"
              "echo $$ >self; wait",
              (struct pfg_child_spec){0});
        _exit(0);
    }
    written_pid(place, "away");
    written_pid(place, "near");
    written_pid(place, "self");
    kill(parent, SIGKILL);
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(is_gone(written_pid(place, "self"), 5));
    assert_true(is_gone(written_pid(place, "near"), 5));
    assert_true(is_gone(written_pid(place, "away"), 5));
}

static void two_hundred_megabytes_are_no_matter(void **state)
{
    struct place *place = *state;
    struct rusage before, after;

    getrusage(RUSAGE_SELF, &before);
    shell(place,
          "head -c 200000000 /dev/zero | tr '\\0' 'x' | fold -w 99; echo last",
          (struct pfg_child_spec){.timeout = 120});
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(place->out.exit_status, 0);
    assert_int_equal(place->out.output_size, 200000000 + 2020202 + 5);
    assert_true(place->out.out_tail.len <= PFG_CHILD_TAIL);
    /* The tail begins at the start of a line. */
    assert_int_equal(strchr(out_text(place), '\n') - out_text(place), 99);
    assert_non_null(strstr(out_text(place), "\nxxlast\n"));
    assert_true(after.ru_maxrss - before.ru_maxrss < 20000);
}

static void too_much_output_ends_it(void **state)
{
    struct place *place = *state;

    shell(place, "yes", (struct pfg_child_spec){.output_limit = 1000000});
    assert_true(place->out.too_much_output);
    assert_int_equal(place->out.signal, SIGKILL);
    assert_true(place->out.usage.seconds < 10);
}

static void the_end_of_stderr_is_kept(void **state)
{
    struct place *place = *state;

    shell(place,
          "i=0; while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); "
          "done >&2",
          (struct pfg_child_spec){0});
    assert_true(place->out.err_tail.len <= PFG_CHILD_TAIL);
    assert_int_equal(strncmp(place->out.err_tail.ptr, "line ", 5), 0);
    assert_string_equal(place->out.err_tail.ptr + place->out.err_tail.len - 11,
                        "line 29999\n");
}

struct ticks {
    int n, signal, times; /* how often to raise it */
    double last, longest;
};

static bool on_tick(void *self, double seconds)
{
    struct ticks *ticks = self;

    if (seconds - ticks->last > ticks->longest) {
        ticks->longest = seconds - ticks->last;
    }
    ticks->last = seconds;
    if (++ticks->n <= ticks->times) {
        raise(ticks->signal);
    }
    return true;
}

static void the_caller_is_called_while_it_runs(void **state)
{
    struct place *place = *state;
    struct ticks ticks = {0};

    shell(place, "sleep 1.1",
          (struct pfg_child_spec){.tick = on_tick, .self = &ticks});
    assert_true(ticks.n >= 2 && ticks.n <= 7);
    assert_true(ticks.longest < 1);
}

static int interrupted_run(struct place *place, const char *script,
                           struct ticks *ticks, struct pfg_interrupt *interrupt)
{
    const char *argv[] = {script, NULL};
    struct pfg_child_spec spec = {.argv = argv,
                                  .shell = true,
                                  .tick = on_tick,
                                  .self = ticks,
                                  .grace = 20};

    return run(place, spec, interrupt);
}

static void one_interrupt_lets_it_end(void **state)
{
    struct place *place = *state;
    struct ticks ticks = {.signal = SIGINT, .times = 1};
    struct pfg_interrupt interrupt;

    assert_int_equal(pfg_interrupt_open(&interrupt, &place->err), 0);
    assert_int_equal(pfg_interrupt_look(&interrupt), PFG_INTERRUPT_NONE);
    assert_int_equal(
        interrupted_run(place, "sleep 0.3; echo whole", &ticks, &interrupt), 0);
    assert_string_equal(out_text(place), "whole\n");
    assert_false(place->out.interrupted);
    assert_int_equal(pfg_interrupt_look(&interrupt), PFG_INTERRUPT_AFTER);
    pfg_interrupt_close(&interrupt);
    pfg_interrupt_close(&interrupt);
}

static void more_interrupts_end_it_and_then_kill_it(void **state)
{
    static const struct {
        const char *script;
        int signal, times, ended_by;
        enum pfg_interrupt_level level;
    } cases[] = {
        {"sleep 60", SIGINT, 2, SIGTERM, PFG_INTERRUPT_NOW},
        {"sleep 60", SIGTERM, 1, SIGTERM, PFG_INTERRUPT_NOW},
        {"trap '' TERM; sleep 60 & while :; do wait; done", SIGINT, 3, SIGKILL,
         PFG_INTERRUPT_KILL},
    };
    struct place *place = *state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct ticks ticks = {.signal = cases[i].signal,
                              .times = cases[i].times};
        struct pfg_interrupt interrupt;

        print_message("# %s\n", cases[i].script);
        assert_int_equal(pfg_interrupt_open(&interrupt, &place->err), 0);
        assert_int_equal(
            interrupted_run(place, cases[i].script, &ticks, &interrupt), 0);
        assert_true(place->out.interrupted);
        assert_int_equal(place->out.signal, cases[i].ended_by);
        assert_true(place->out.usage.seconds < 10);
        assert_int_equal(interrupt.level, cases[i].level);
        /* After that, the next command is not even started. */
        ticks.times = 0;
        assert_int_equal(
            interrupted_run(place, "touch started", &ticks, &interrupt), 0);
        assert_true(place->out.interrupted);
        assert_near(place->out.usage.seconds, 0, 0);
        assert_false(pfg_file_exists(
            pfg_path_join(place->arena, place->folder, "started")));
        pfg_interrupt_close(&interrupt);
    }
}

static void what_was_ignored_stays_ignored(void **state)
{
    struct place *place = *state;
    struct pfg_interrupt interrupt;

    signal(SIGHUP, SIG_IGN);
    assert_int_equal(pfg_interrupt_open(&interrupt, &place->err), 0);
    raise(SIGHUP);
    assert_int_equal(pfg_interrupt_look(&interrupt), PFG_INTERRUPT_NONE);
    pfg_interrupt_close(&interrupt);
    signal(SIGHUP, SIG_DFL);
}

/* The mask in a line of /proc/self/status in the output. */
static unsigned long long mask_of(const struct place *place, const char *name)
{
    const char *at = strstr(out_text(place), name);

    assert_non_null(at);
    return strtoull(at + strlen(name), NULL, 16);
}

static void it_starts_with_signals_as_usual(void **state)
{
    struct place *place = *state;
    struct pfg_interrupt interrupt;
    const char *argv[] = {"cat", "/proc/self/status", NULL};

    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    assert_int_equal(pfg_interrupt_open(&interrupt, &place->err), 0);
    assert_int_equal(
        run(place, (struct pfg_child_spec){.argv = argv}, &interrupt), 0);
    pfg_interrupt_close(&interrupt);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
    assert_int_equal(place->out.exit_status, 0);
    assert_int_equal(mask_of(place, "SigBlk:"), 0);
    assert_int_equal(mask_of(place, "SigIgn:") &
                         (1ull << (SIGPIPE - 1) | 1ull << (SIGCHLD - 1)),
                     0);
}

static void closed_streams_do_not_get_in_the_way(void **state)
{
    struct place *place = *state;
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (!child) {
        const char *argv[] = {"echo out; echo err >&2", NULL};
        struct pfg_child_spec spec = {.argv = argv, .shell = true};

        close(0);
        close(1);
        close(2);
        status = pfg_child_run(&place->out, &spec, NULL, &place->err) ||
                 strcmp(out_text(place), "out\n") ||
                 strcmp(place->out.err_tail.ptr, "err\n");
        _exit(status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void no_descriptor_is_left_open(void **state)
{
    struct place *place = *state;
    int first = dup(0), last;

    close(first);
    for (int i = 0; i < 20; i++) {
        shell(place, "ls /proc/self/fd | wc -l", (struct pfg_child_spec){0});
    }
    pfg_child_free(&place->out);
    last = dup(0);
    close(last);
    assert_int_equal(first, last);
}

static void output_that_cannot_be_written_is_told(void **state)
{
    struct place *place = *state;
    const char *argv[] = {"true", NULL};
    struct pfg_child_spec spec = {.argv = argv, .output = "/no/such/file"};

    assert_int_equal(run(place, spec, NULL), -1);
    assert_int_equal(place->err.code, PFG_SYSTEM);
    assert_string_equal(place->err.message, "cannot write '/no/such/file': No "
                                            "such file or directory");
}

#define CHILD_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        CHILD_TEST(output_and_status_are_kept),
        CHILD_TEST(output_goes_to_a_file_where_one_is_named),
        CHILD_TEST(a_signal_is_told_from_a_status),
        CHILD_TEST(time_is_measured),
        CHILD_TEST(it_runs_where_and_with_what_it_is_told),
        CHILD_TEST(the_path_of_the_child_is_searched),
        CHILD_TEST(what_cannot_start_says_why),
        CHILD_TEST(a_script_without_interpreter_is_run_by_sh),
        CHILD_TEST(it_runs_on_the_processors_given),
        CHILD_TEST(a_refused_priority_does_not_stop_it),
        CHILD_TEST(a_time_out_ends_grandchildren_too),
        CHILD_TEST(who_hears_term_may_tidy_up),
        CHILD_TEST(what_is_left_behind_is_ended),
        CHILD_TEST(nothing_outlives_a_parent_that_is_killed),
        CHILD_TEST(two_hundred_megabytes_are_no_matter),
        CHILD_TEST(too_much_output_ends_it),
        CHILD_TEST(the_end_of_stderr_is_kept),
        CHILD_TEST(the_caller_is_called_while_it_runs),
        CHILD_TEST(one_interrupt_lets_it_end),
        CHILD_TEST(more_interrupts_end_it_and_then_kill_it),
        CHILD_TEST(what_was_ignored_stays_ignored),
        CHILD_TEST(it_starts_with_signals_as_usual),
        CHILD_TEST(closed_streams_do_not_get_in_the_way),
        CHILD_TEST(no_descriptor_is_left_open),
        CHILD_TEST(output_that_cannot_be_written_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
