#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "base/arena.h"
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

void pfg_guard_plan_free(struct pfg_guard_plan *plan)
{
    if (plan->mapping) {
        munmap(plan->mapping, plan->size);
    }
}
