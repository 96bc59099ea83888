#include "hw/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "hw/load.h"
#include "hw/root.h"

#define CPU_FOLDER   "sys/devices/system/cpu"
#define CLOCK_FOLDER "sys/devices/system/clocksource/clocksource0"

#define STEAL_LIMIT 0.01
#define OTHER_LIMIT 0.05
#define HOT_CELSIUS 85

/* What the checks look at. */
struct machine {
    const struct pfg_profile *profile;
    const struct pfg_hw_source *source;
    struct pfg_load load;          /* now */
    struct pfg_load_change change; /* in the last second, or since boot */
    const char *while_;            /* how to say that */
    struct pfg_arena *arena;
};

static const char *note(const struct machine *m, const char *key)
{
    for (size_t i = 0; i < m->profile->n_notes; i++) {
        if (!strcmp(m->profile->notes[i].key, key)) {
            return m->profile->notes[i].value;
        }
    }
    return NULL;
}

static bool is_virtual(const struct machine *m)
{
    const char *value = note(m, "virtualised");

    return value && !strcmp(value, "yes");
}

/* Two ways to make a finding; what has no remedy gets none. */
static struct pfg_hw_finding fine(const char *found)
{
    return (struct pfg_hw_finding){.state = PFG_HW_FINE, .found = found};
}

static struct pfg_hw_finding unknown(const char *why)
{
    return (struct pfg_hw_finding){.state = PFG_HW_UNKNOWN, .why = why};
}

/* ---- the clock of the processor ---- */

static struct pfg_hw_finding governor(const struct machine *m)
{
    const char *value = note(m, "governor");

    if (!value) {
        return unknown(is_virtual(m) ? "the host of this virtual machine sets "
                                       "the clock"
                                     : "the kernel reports no clock control");
    }
    if (!strcmp(value, "performance")) {
        return fine(value);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = value,
        .why = "the clock follows the load, with a delay",
        .remedy = "echo performance | tee "
                  "/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
        .command = true,
        .root = true,
    };
}

static struct pfg_hw_finding turbo(const struct machine *m)
{
    const char *value = note(m, "turbo");
    bool intel = pfg_hw_exists(m->source, CPU_FOLDER "/intel_pstate/no_turbo");

    if (!value) {
        return unknown(is_virtual(m)
                           ? "known only to the host of this virtual machine"
                           : "not reported by the kernel");
    }
    if (!strcmp(value, "off")) {
        return fine(value);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = value,
        .why = "the clock depends on heat, and on how many cores are busy",
        .remedy = intel
                      ? "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
                      : "echo 0 > /sys/devices/system/cpu/cpufreq/boost",
        .command = true,
        .root = true,
    };
}

static struct pfg_hw_finding power(const struct machine *m)
{
    const char *value = note(m, "power");

    if (!value || strcmp(value, "battery")) {
        return fine(value ? value : "no battery");
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = value,
        .why = "a machine on its battery slows down to save it",
        .remedy = "plug it in",
    };
}

static struct pfg_hw_finding heat(const struct machine *m)
{
    double degrees = m->load.temperature, times = m->load.throttled;
    bool hot = degrees > HOT_CELSIUS;
    const char *found;

    if (isnan(degrees) && isnan(times)) {
        return unknown("no sensor is visible");
    }
    found =
        isnan(degrees)
            ? pfg_arena_printf(m->arena, "slowed %.0f times since boot", times)
        : isnan(times) || times == 0
            ? pfg_arena_printf(m->arena, "%.0f C", degrees)
            : pfg_arena_printf(m->arena, "%.0f C, slowed %.0f times since boot",
                               degrees, times);
    if (!hot && !(times > 0)) {
        return fine(found);
    }
    return (struct pfg_hw_finding){
        .state = hot || m->change.throttled > 0 ? PFG_HW_NOISY : PFG_HW_NOTABLE,
        .found = found,
        .why = "a hot processor slows down",
        .remedy = "let it cool, clean the fan; on a laptop turn turbo off",
    };
}

/* ---- who else is there ---- */

static struct pfg_hw_finding smt(const struct machine *m)
{
    const char *value = note(m, "smt");

    if (!value) {
        return unknown("not reported by the kernel");
    }
    if (!strcmp(value, "off")) {
        return fine(value);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = value,
        .why = "two processors share a core, and slow each other down",
        .remedy = "echo off > /sys/devices/system/cpu/smt/control",
        .command = true,
        .root = true,
    };
}

/* The last processor: the first one has most of the interrupts. */
static struct pfg_hw_finding isolation(const struct machine *m)
{
    const char *value = note(m, "cpus_isolated");
    const char *online = note(m, "cpus_online");
    long n = online ? strtol(online, NULL, 10) : 0;

    if (value) {
        return fine(pfg_arena_printf(m->arena, "%s processors", value));
    }
    if (!pfg_hw_exists(m->source, CPU_FOLDER "/isolated")) {
        return unknown("not reported by the kernel");
    }
    if (n == 1 || m->profile->cpus == 1) {
        return (struct pfg_hw_finding){
            .state = PFG_HW_NOISY,
            .found = "one processor",
            .why = "the benchmark shares it with everything else that runs",
            .remedy = "use a machine with more",
        };
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOTABLE,
        .found = "none",
        .why = "the kernel keeps no processor free for benchmarks",
        .remedy = n > 1
                      ? pfg_arena_printf(m->arena,
                                         "boot with isolcpus=%ld, measure with "
                                         "'perfgate run --cpus %ld'",
                                         n - 1, n - 1)
                      : NULL,
    };
}

/* Of ARM's kernels: the processors with the greatest capacity, where they
 * differ; else NULL. */
static const char *strong_cores(const struct machine *m)
{
    struct pfg_hw_names all = pfg_hw_list(m->source, CPU_FOLDER, "cpu");
    long long most = -1, least = -1;
    const char *list = NULL;

    for (size_t i = 0; i < all.n; i++) {
        long long one = pfg_hw_read_number(
            m->source, pfg_arena_printf(m->arena, CPU_FOLDER "/%s/cpu_capacity",
                                        all.at[i]));
        const char *number = all.at[i] + strlen("cpu");

        if (one < 0) {
            continue;
        }
        least = least < 0 || one < least ? one : least;
        if (one > most) {
            most = one;
            list = number;
        } else if (one == most) {
            list = pfg_arena_printf(m->arena, "%s,%s", list, number);
        }
    }
    return most > least ? list : NULL;
}

static struct pfg_hw_finding cores(const struct machine *m)
{
    /* Intel's hybrid processors are two devices to the kernel. */
    struct pfg_slice fast = pfg_hw_read(m->source, "sys/devices/cpu_core/cpus");
    const char *list = pfg_hw_exists(m->source, "sys/devices/cpu_atom/cpus")
                           ? pfg_hw_clean(fast, m->arena)
                           : strong_cores(m);

    if (!list) {
        return fine("one kind");
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = "of several kinds",
        .why = "which one a benchmark runs on is chance",
        .remedy = pfg_arena_printf(
            m->arena, "measure with 'perfgate run --cpus %s'", list),
    };
}

static struct pfg_hw_finding numa(const struct machine *m)
{
    const char *value = note(m, "numa_nodes");

    if (!value) {
        return unknown("not reported by the kernel");
    }
    if (!strcmp(value, "1")) {
        return fine("1 node");
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOTABLE,
        .found = pfg_arena_printf(m->arena, "%s nodes", value),
        .why = "memory may be near or far",
        .remedy = "measure 'numactl --cpunodebind=0 --membind=0 COMMAND'",
    };
}

static struct pfg_hw_finding quota(const struct machine *m)
{
    const char *value = note(m, "cpu_quota");

    if (!value) {
        return pfg_hw_exists(m->source, "proc/self/cgroup")
                   ? fine("none")
                   : unknown("no /proc/self/cgroup");
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = pfg_arena_printf(m->arena, "%s processors", value),
        .why = "the container is stopped when its share of 100 ms is used up",
        .remedy = "give it whole processors: 'docker run --cpuset-cpus', not "
                  "'--cpus'",
    };
}

static struct pfg_hw_finding virtualised(const struct machine *m)
{
    const char *value = note(m, "virtualised");

    if (!value) {
        return unknown("not reported by the kernel on this architecture");
    }
    if (!is_virtual(m)) {
        return fine(value);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOTABLE,
        .found = value,
        .why = "neighbours on the same host cannot be seen, only their steal",
        .remedy = "measure base and head in turn, with 'perfgate run'",
    };
}

static struct pfg_hw_finding steal(const struct machine *m)
{
    const char *found;

    if (isnan(m->change.steal)) {
        return unknown("not in /proc/stat");
    }
    found = pfg_arena_printf(m->arena, "%.1f%% %s", m->change.steal * 100,
                             m->while_);
    if (m->change.steal <= STEAL_LIMIT) {
        return fine(found);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = found,
        .why = "the host ran other machines while this one was ready to run",
        .remedy = "use a machine, or an hour, with fewer neighbours",
    };
}

static struct pfg_hw_finding load(const struct machine *m)
{
    const char *found;

    if (isnan(m->change.other)) {
        return unknown("not in /proc/stat");
    }
    found = pfg_arena_printf(
        m->arena, "processors %.0f%% busy %s%s", m->change.other * 100,
        m->while_,
        isnan(m->load.load1)
            ? ""
            : pfg_arena_printf(m->arena, ", load %.2f", m->load.load1));
    if (m->change.other <= OTHER_LIMIT) {
        return fine(found);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = found,
        .why = "other programs take time, caches and memory bandwidth",
        .remedy = "ps -eo pcpu,pid,args --sort=-pcpu | head -n 5",
        .command = true,
    };
}

/* ---- memory and clock ---- */

static struct pfg_hw_finding swap(const struct machine *m)
{
    const char *found;

    if (isnan(m->change.swapped)) {
        return unknown("not in /proc/vmstat");
    }
    found = pfg_arena_printf(m->arena, "%.0f pages %s", m->change.swapped,
                             m->while_);
    if (!(m->change.swapped > 0)) {
        return fine(found);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = found,
        .why = "memory is swapped to disk and back",
        .remedy = "swapoff -a",
        .command = true,
        .root = true,
    };
}

static struct pfg_hw_finding huge_pages(const struct machine *m)
{
    const char *value = note(m, "thp");

    if (!value) {
        return unknown("not reported by the kernel");
    }
    if (strcmp(value, "always")) {
        return fine(value);
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOTABLE,
        .found = value,
        .why = "which memory gets large pages differs from process to process",
        .remedy = "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled",
        .command = true,
        .root = true,
    };
}

/* Those that a program can't read without a system call, or that tick slowly.
 */
static struct pfg_hw_finding clocksource(const struct machine *m)
{
    static const char *const slow[] = {"hpet", "acpi_pm", "jiffies",
                                       "refined-jiffies"};
    const char *value = note(m, "clocksource");
    struct pfg_slice others =
        pfg_hw_read(m->source, CLOCK_FOLDER "/available_clocksource");
    bool is_slow = false, tsc = false;

    if (!value) {
        return unknown("not reported by the kernel");
    }
    for (size_t i = 0; i < PFG_COUNT(slow); i++) {
        is_slow = is_slow || !strcmp(value, slow[i]);
    }
    if (!is_slow) {
        return fine(value);
    }
    while (others.len && !tsc) {
        tsc = pfg_slice_is(pfg_take_word(&others), "tsc");
    }
    return (struct pfg_hw_finding){
        .state = PFG_HW_NOISY,
        .found = value,
        .why = "reading the clock is slow: a microsecond, not 20 ns",
        .remedy =
            tsc ? "echo tsc > /" CLOCK_FOLDER "/current_clocksource" : NULL,
        .command = true,
        .root = true,
    };
}

/* In the order in which they are worth mending. */
static const struct {
    const char *name;
    struct pfg_hw_finding (*look)(const struct machine *m);
} checks[] = {
    {"load", load},
    {"steal", steal},
    {"quota", quota},
    {"swap", swap},
    {"power", power},
    {"governor", governor},
    {"turbo", turbo},
    {"heat", heat},
    {"smt", smt},
    {"cores", cores},
    {"isolation", isolation},
    {"clocksource", clocksource},
    {"numa", numa},
    {"huge pages", huge_pages},
    {"virtualised", virtualised},
};

#define N_CHECKS PFG_COUNT(checks)

/* A second of the real machine; another root stands still. */
static void observe(struct machine *m, const char *root)
{
    struct timespec second = {.tv_sec = 1};
    struct pfg_load before;

    m->while_ = "in a second";
    before = pfg_load_read(root, m->arena);
    if (m->source->real) {
        nanosleep(&second, NULL);
        m->load = pfg_load_read(root, m->arena);
    } else {
        m->while_ = "since boot";
        m->load = before;
        before.cpus =
            pfg_arena_new_array(m->arena, struct pfg_load_cpu, before.n_cpus);
        for (size_t i = 0; i < before.n_cpus; i++) {
            before.cpus[i].id = m->load.cpus[i].id;
        }
        before.throttled *= 0;
        before.swapped *= 0;
    }
    m->change = pfg_load_between(&before, &m->load, NULL, 0, 0);
}

struct pfg_hw_findings pfg_hw_check(const struct pfg_profile *profile,
                                    const char *root, struct pfg_arena *arena)
{
    struct pfg_hw_source source = pfg_hw_source_at(root, arena);
    struct machine m = {.profile = profile, .source = &source, .arena = arena};
    struct pfg_hw_finding found[N_CHECKS];
    struct pfg_hw_findings out = {
        .at = pfg_arena_new_array(arena, struct pfg_hw_finding, N_CHECKS)};

    observe(&m, root);
    for (size_t i = 0; i < N_CHECKS; i++) {
        found[i] = checks[i].look(&m);
        found[i].check = checks[i].name;
    }
    for (enum pfg_hw_state state = PFG_HW_NOISY; state <= PFG_HW_FINE;
         state++) {
        for (size_t i = 0; i < N_CHECKS; i++) {
            if (found[i].state == state) {
                out.at[out.n++] = found[i];
            }
        }
    }
    return out;
}

const char *pfg_hw_state_name(enum pfg_hw_state state)
{
    static const char *const names[] = {
        [PFG_HW_NOISY] = "noisy",
        [PFG_HW_NOTABLE] = "notable",
        [PFG_HW_UNKNOWN] = "unknown",
        [PFG_HW_FINE] = "fine",
    };

    return names[state];
}
