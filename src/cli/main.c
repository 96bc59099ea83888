#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/input/context.h"
#include "cli/help/help.h"
#include "cli/options/database_options.h"

static const char *from_environment(void *self, const char *name)
{
    (void)self;
    return getenv(name);
}

/* A fixed clock, in seconds or RFC 3339, makes reports reproducible. */
static pfg_time read_clock(void)
{
    const char *fixed = getenv("PERFGATE_NOW");
    pfg_time now;

    return fixed && !pfg_time_parse(&now, pfg_slice_of(fixed)) ? now
                                                               : pfg_time_now();
}

static int terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    int width = columns ? (int)strtol(columns, NULL, 10) : 0;

    if (width <= 0 && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) {
        width = size.ws_col;
    }
    return width > 0 ? width : 0;
}

/* By --color or NO_COLOR; auto: on a terminal that is not dumb. */
static bool wants_color(const char *when, bool terminal)
{
    const char *term = getenv("TERM");
    const char *never = getenv("NO_COLOR");

    if (strcmp(when, "auto")) {
        return !strcmp(when, "always");
    }
    return terminal && !(never && *never) && term && strcmp(term, "dumb");
}

/* Parses the options before the command. Returns how many words they took, or
 * -1. */
static int parse_globals(struct pfg_context *context, int argc, char **argv,
                         struct pfg_error *err)
{
    const char *when = getenv("PERFGATE_COLOR");
    int i = 1;

    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (!strncmp(argv[i], "--color=", 8)) {
            when = argv[i] + 8;
        } else if (!strcmp(argv[i], "--color") && i + 1 < argc) {
            when = argv[++i];
        } else {
            break;
        }
    }
    when = when && *when ? when : "auto";
    if (strcmp(when, "auto") && strcmp(when, "always") &&
        strcmp(when, "never")) {
        return pfg_fail(err, PFG_USAGE,
                        "--color expects auto, always or never, not '%s'",
                        when);
    }
    context->color = wants_color(when, context->out_terminal);
    return i - 1;
}

static int run_command(struct pfg_context *context, int argc, char **argv,
                       int *status, struct pfg_error *err)
{
    const struct pfg_command *command = pfg_command_find(argv[0]);
    struct pfg_arguments arguments = {.status = status};
    int result;

    if (!command) {
        return pfg_command_unknown(argv[0], err);
    }
    arguments.arena = pfg_arena_new();
    result = pfg_arguments_parse(&arguments, context, command, argc, argv, err);
    if (pfg_arguments_flag(&arguments, "quiet")) {
        pfg_progress_free(context->progress);
        context->progress = NULL;
    }
    if (result > 0) {
        pfg_help_short(context, command);
    }
    if (result == 0) {
        result = pfg_database_options_apply(&arguments, err);
    }
    if (result == 0) {
        result = pfg_run_command(command, context, &arguments, err);
    }
    pfg_arena_free(arguments.arena);
    return result < 0 ? -1 : 0;
}

static int start(struct pfg_context *context, int argc, char **argv,
                 int *status, struct pfg_error *err)
{
    int globals = parse_globals(context, argc, argv, err);

    if (globals < 0) {
        return -1;
    }
    argc -= globals + 1;
    argv += globals + 1;
    if (argc < 1) {
        pfg_help_overview(&(struct pfg_context){.out = context->err});
        *status = PFG_USAGE;
        return 0;
    }
    if (!strcmp(argv[0], "--version") || !strcmp(argv[0], "-V")) {
        fprintf(context->out, "perfgate %s\n", PFG_VERSION);
        return 0;
    }
    if (!strcmp(argv[0], "--help") || !strcmp(argv[0], "-h")) {
        pfg_help_overview(context);
        return 0;
    }
    return run_command(context, argc, argv, status, err);
}

/* Whether stdout is a pipe that nobody reads any more, as after `| head`. */
static bool reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&out, 1, 0) == 1 && out.revents & POLLERR;
}

/* Flushes stdout. If that fails, the status says so, unless it is worse
 * already. A reader that has left is no error, as with any filter. */
static int end_output(int status)
{
    /* An earlier failure leaves nothing to flush, but sets ferror(). */
    if ((!fflush(stdout) && !ferror(stdout)) || status > PFG_GATE) {
        return status;
    }
    if (reader_left()) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    fputs("error: cannot write to standard output\n", stderr);
    return PFG_SYSTEM;
}

/* Freed memory serves the next input or the report. By default free() returns
 * much of it to the kernel, whose new pages cost more than the old ones.
 * Buffers above this size, such as a whole document, still grow in place. */
#define MMAP_FROM (32 << 20)

static void reuse_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, -1);
    mallopt(M_MMAP_THRESHOLD, MMAP_FROM);
}

int main(int argc, char **argv)
{
    struct pfg_context context = {
        .out = stdout,
        .err = stderr,
        .env = from_environment,
        .now = read_clock(),
        .width = terminal_width(),
        .out_terminal = isatty(STDOUT_FILENO),
        .progress = pfg_progress_new(stderr),
    };
    struct pfg_error err = {0};
    int status = 0;

    reuse_memory();
    /* A child or connection that goes away must not end the program. */
    signal(SIGPIPE, SIG_IGN);
    if (start(&context, argc, argv, &status, &err)) {
        pfg_context_report(&context, &err);
        status = err.code;
    }
    pfg_progress_free(context.progress);
    return end_output(status);
}
