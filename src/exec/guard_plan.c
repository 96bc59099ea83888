#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "exec/child.h"
#include "exec/guard.h"

#define DEFAULT_GRACE 2.0
#define CPUS_CAP      8192

extern char **environ;

static bool names_variable(const char *entry, const char *name)
{
    size_t length = strlen(name);

    return !strncmp(entry, name, length) && entry[length] == '=';
}

static char **make_environment(const struct pfg_child_spec *spec,
                               struct pfg_arena *arena)
{
    PFG_VEC(char *) all = {0};

    for (char **entry = environ; *entry; entry++) {
        bool replaced = false;

        for (size_t i = 0; i < spec->n_env && !replaced; i++) {
            replaced = names_variable(*entry, spec->env[i].name);
        }
        if (!replaced) {
            pfg_vec_push(&all, arena, *entry);
        }
    }
    for (size_t i = 0; i < spec->n_env; i++) {
        if (spec->env[i].value) {
            pfg_vec_push(&all, arena,
                         pfg_arena_printf(arena, "%s=%s", spec->env[i].name,
                                          spec->env[i].value));
        }
    }
    pfg_vec_push(&all, arena, NULL);
    return all.at;
}

static char **make_argv(const struct pfg_child_spec *spec,
                        struct pfg_arena *arena)
{
    static const char *const shell[] = {"/bin/sh", "-c", NULL, "sh"};
    PFG_VEC(char *) all = {0};

    for (size_t i = 0; spec->shell && i < PFG_COUNT(shell); i++) {
        pfg_vec_push(&all, arena,
                     (char *)(shell[i] ? shell[i] : spec->argv[0]));
    }
    for (const char *const *arg = spec->argv + spec->shell; *arg; arg++) {
        pfg_vec_push(&all, arena, (char *)*arg);
    }
    pfg_vec_push(&all, arena, NULL);
    return all.at;
}

static int make_cpus(struct pfg_guard_plan *plan,
                     const struct pfg_child_spec *spec, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    cpu_set_t *set;

    if (!spec->n_cpus) {
        return 0;
    }
    plan->cpus_size = CPU_ALLOC_SIZE(CPUS_CAP);
    plan->cpus = set = pfg_arena_alloc(arena, plan->cpus_size);
    for (size_t i = 0; i < spec->n_cpus; i++) {
        if (spec->cpus[i] < 0 || spec->cpus[i] >= CPUS_CAP) {
            return pfg_fail(err, PFG_USAGE, "no CPU %d", spec->cpus[i]);
        }
        CPU_SET_S(spec->cpus[i], plan->cpus_size, set);
    }
    return 0;
}

static size_t size_of(char *const *words)
{
    size_t size = sizeof *words;

    for (; *words; words++) {
        size += sizeof *words + strlen(*words) + 1;
    }
    return size;
}

/* Copies a list of words; *list and *text move behind the copies. */
static char **copy_words(char *const *words, char ***list, char **text)
{
    char **copy = *list;

    for (; *words; words++) {
        *(*list)++ = strcpy(*text, *words);
        *text += strlen(*words) + 1;
    }
    *(*list)++ = NULL;
    return copy;
}

/* Moves everything off the heap, into a mapping. */
static int move(struct pfg_guard_plan *plan, struct pfg_error *err)
{
    const char *folder = plan->folder ? plan->folder : "";
    char **list, *text;
    size_t n = 2;

    plan->size = size_of(plan->argv) + size_of(plan->environment) +
                 plan->cpus_size + strlen(folder) + 1;
    plan->mapping = mmap(NULL, plan->size, PROT_READ | PROT_WRITE,
                         /* cppcheck-suppress invalidFunctionArg */
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (plan->mapping == MAP_FAILED) {
        plan->mapping = NULL;
        return pfg_fail(err, PFG_SYSTEM, "cannot map memory: %s",
                        strerror(errno));
    }
    for (char **word = plan->argv; *word; word++) {
        n++;
    }
    for (char **word = plan->environment; *word; word++) {
        n++;
    }
    if (plan->cpus) {
        plan->cpus = memcpy(plan->mapping, plan->cpus, plan->cpus_size);
    }
    list = (char **)((char *)plan->mapping + plan->cpus_size);
    text = (char *)(list + n);
    plan->argv = copy_words(plan->argv, &list, &text);
    plan->environment = copy_words(plan->environment, &list, &text);
    plan->folder = plan->folder ? strcpy(text, folder) : NULL;
    return 0;
}

int pfg_guard_plan_make(struct pfg_guard_plan *plan,
                        const struct pfg_child_spec *spec,
                        struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int failed;

    *plan = (struct pfg_guard_plan){
        .in = -1,
        .err = -1,
        .report = -1,
        .argv = make_argv(spec, arena),
        .environment = make_environment(spec, arena),
        .folder = spec->folder,
        .nice = spec->nice,
        .n_events = spec->n_events,
        .fixed_addresses = spec->fixed_addresses,
        .grace = spec->grace > 0 ? spec->grace : DEFAULT_GRACE,
    };
    for (size_t i = 0; i < spec->n_events; i++) {
        plan->events[i] = spec->events[i];
    }
    failed = make_cpus(plan, spec, arena, err) || move(plan, err);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

/* --- what the program and the guard have open --- */

/* Moves a descriptor above stdin, stdout and stderr, which the program
 * replaces. Where perfgate itself was started with one of them closed, the next
 * open() would return it. */
static int lift(int fd)
{
    int above;

    if (fd < 0 || fd > 2) {
        return fd;
    }
    above = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    close(fd);
    return above;
}

static int open_pipe(int *reading, int *writing, struct pfg_error *err)
{
    int ends[2] = {-1, -1};

    if (!pipe2(ends, O_CLOEXEC)) {
        *reading = lift(ends[0]);
        *writing = lift(ends[1]);
        if (*reading >= 0 && *writing >= 0) {
            return 0;
        }
    }
    return pfg_fail(err, PFG_SYSTEM, "cannot create a pipe: %s",
                    strerror(errno));
}

static int open_temporary(void)
{
    const char *folder = getenv("TMPDIR");
    struct pfg_str path;
    int fd;

    folder = folder && *folder ? folder : P_tmpdir;
    fd = open(folder, O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) {
        pfg_str_init(&path, 0);
        pfg_str_printf(&path, "%s/perfgate-XXXXXX", folder);
        fd = mkostemp(path.ptr, O_APPEND | O_CLOEXEC);
        if (fd >= 0) {
            unlink(path.ptr);
        }
        pfg_str_free(&path);
    }
    return fd;
}

int pfg_guard_plan_open(struct pfg_guard_plan *plan,
                        const struct pfg_child_spec *spec, int *output,
                        int *err_end, int *report_end, struct pfg_error *err)
{
    const char *input = spec->input ? spec->input : "/dev/null";

    plan->in = lift(open(input, O_RDONLY | O_CLOEXEC));
    if (plan->in < 0) {
        return pfg_fail(err, spec->input ? PFG_USAGE : PFG_SYSTEM,
                        "cannot open '%s': %s", input, strerror(errno));
    }
    /* For appending, so that no process overwrites what another has written. */
    *output =
        lift(spec->output
                 ? open(spec->output,
                        O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666)
                 : open_temporary());
    if (*output < 0) {
        return pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s",
                        spec->output ? spec->output : "a temporary file",
                        strerror(errno));
    }
    plan->out = *output;
    if (!spec->together) {
        return open_pipe(err_end, &plan->err, err) ||
                       open_pipe(report_end, &plan->report, err)
                   ? -1
                   : 0;
    }
    plan->err = fcntl(*output, F_DUPFD_CLOEXEC, 3);
    return plan->err < 0
               ? pfg_fail(err, PFG_SYSTEM, "cannot duplicate a descriptor: %s",
                          strerror(errno))
               : open_pipe(report_end, &plan->report, err);
}

void pfg_guard_plan_close(struct pfg_guard_plan *plan)
{
    pfg_file_close(&plan->in);
    pfg_file_close(&plan->err);
    pfg_file_close(&plan->report);
}

void pfg_guard_plan_free(struct pfg_guard_plan *plan)
{
    pfg_guard_plan_close(plan);
    if (plan->mapping) {
        munmap(plan->mapping, plan->size);
    }
}

/* --- why it could not be started --- */

static int not_executed(const struct pfg_child_spec *spec, int error,
                        struct pfg_error *err)
{
    const char *name = spec->shell ? "/bin/sh" : spec->argv[0];

    if (error == ENOENT && strchr(name, ' ')) {
        pfg_fail(err, PFG_USAGE, "'%s' was not found", name);
        return pfg_hint(err,
                        "the whole text is taken as the name of a program: do "
                        "not put quotes around the whole command");
    }
    if (error == ENOENT && !strchr(name, '/')) {
        pfg_fail(err, PFG_USAGE, "'%s' was not found", name);
        return pfg_hint(err, "install it, put its folder into PATH, or give "
                             "its path");
    }
    if (error == ENOENT || error == ENOTDIR) {
        pfg_fail(err, PFG_USAGE, "'%s' does not exist", name);
        return pfg_hint(err,
                        "looked up from '%s'; if it exists, the interpreter in "
                        "its first line does not",
                        spec->folder ? spec->folder : ".");
    }
    pfg_fail(err, PFG_USAGE, "cannot run '%s': %s", name, strerror(error));
    return error == EACCES
               ? pfg_hint(err, "is it a program, and executable ('chmod +x')?")
               : -1;
}

static int not_pinned(const struct pfg_child_spec *spec, struct pfg_error *err)
{
    struct pfg_str list;

    pfg_str_init(&list, 200);
    for (size_t i = 0; i < spec->n_cpus; i++) {
        pfg_str_printf(&list, "%s%d", i ? "," : "", spec->cpus[i]);
    }
    pfg_fail(err, PFG_USAGE, "cannot run on CPUs '%s'", list.ptr);
    pfg_str_free(&list);
    return pfg_hint(
        err,
        "'nproc' shows how many are available, and 'taskset -cp $$' which");
}

int pfg_guard_fail(const struct pfg_guard_report *report,
                   const struct pfg_child_spec *spec, struct pfg_error *err)
{
    switch (report->word) {
    case PFG_GUARD_NO_FOLDER:
        return pfg_fail(err, PFG_USAGE, "cannot run in '%s': %s", spec->folder,
                        strerror(report->error));
    case PFG_GUARD_NO_CPUS:
        return not_pinned(spec, err);
    case PFG_GUARD_NO_COUNTER:
        return pfg_fail(err, PFG_SYSTEM, "the kernel cannot count: %s",
                        strerror(report->error));
    case PFG_GUARD_NO_EXEC:
        return not_executed(spec, report->error, err);
    default:
        return pfg_fail(err, PFG_SYSTEM, "cannot start '%s': %s", spec->argv[0],
                        strerror(report->error));
    }
}
