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

/* The state that checks read. */
struct machine {
    const struct pfg_profile *profile;
    const struct pfg_hw_source *source;
    struct pfg_load load;          /* now */
    struct pfg_load_change change; /* in the last second, or since boot */
    const char *while_;            /* that time in words */
    struct pfg_arena *arena;
};

static const char *note(const struct machine *m, const char *key)
{
    return pfg_profile_note(m->profile, key);
}

static bool is_virtual(const struct machine *m)
{
    const char *value = note(m, "virtualised");

    return value && !strcmp(value, "yes");
}

/* A check: of a note of the profile, or by its own function. */
struct check {
    const char *name;
    struct pfg_hw_finding (*look)(const struct machine *m,
                                  const struct check *c);
    const char *note;
    const char *good, *bad;      /* the only good, or the only bad value */
    const char *unknown;         /* why the note may be missing... */
    const char *unknown_virtual; /* ... in a virtual machine; NULL: the same */
    /* The finding if the value is not good: */
    enum pfg_hw_state state;
    const char *why, *remedy;
    bool command, root;
};

static struct pfg_hw_finding fine(const char *found)
{
    return (struct pfg_hw_finding){.state = PFG_HW_FINE, .found = found};
}

static struct pfg_hw_finding unknown(const char *why)
{
    return (struct pfg_hw_finding){.state = PFG_HW_UNKNOWN, .why = why};
}

static struct pfg_hw_finding not_good(const struct check *c, const char *found)
{
    return (struct pfg_hw_finding){.state = c->state,
                                   .found = found,
                                   .why = c->why,
                                   .remedy = c->remedy,
                                   .command = c->command,
                                   .root = c->root};
}

static struct pfg_hw_finding by_note(const struct machine *m,
                                     const struct check *c)
{
    const char *value = note(m, c->note);

    if (!value) {
        return unknown(c->unknown_virtual && is_virtual(m) ? c->unknown_virtual
                                                           : c->unknown);
    }
    return (c->good ? strcmp(value, c->good) == 0 : strcmp(value, c->bad) != 0)
               ? fine(value)
               : not_good(c, value);
}

static struct pfg_hw_finding by_amount(const struct check *c, double amount,
                                       double limit, const char *found)
{
    return isnan(amount)     ? unknown(c->unknown)
           : amount <= limit ? fine(found)
                             : not_good(c, found);
}

/* ---- the clock of the processor ---- */

static struct pfg_hw_finding turbo(const struct machine *m,
                                   const struct check *c)
{
    struct pfg_hw_finding finding = by_note(m, c);

    if (finding.remedy &&
        pfg_hw_exists(m->source, CPU_FOLDER "/intel_pstate/no_turbo")) {
        finding.remedy =
            "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo";
    }
    return finding;
}

static struct pfg_hw_finding power(const struct machine *m,
                                   const struct check *c)
{
    return note(m, c->note) ? by_note(m, c) : fine("no battery");
}

static struct pfg_hw_finding heat(const struct machine *m,
                                  const struct check *c)
{
    double degrees = m->load.temperature, times = m->load.throttled;
    bool hot = degrees > HOT_CELSIUS;
    struct pfg_hw_finding finding;
    const char *found;

    if (isnan(degrees) && isnan(times)) {
        return unknown(c->unknown);
    }
    found =
        isnan(degrees)
            ? pfg_arena_printf(m->arena, "slowed %.0f times since boot", times)
        : isnan(times) || times == 0
            ? pfg_arena_printf(m->arena, "%.0f C", degrees)
            : pfg_arena_printf(m->arena,
                               "%.0f C, throttled %.0f times since boot",
                               degrees, times);
    if (!hot && !(times > 0)) {
        return fine(found);
    }
    finding = not_good(c, found);
    finding.state =
        hot || m->change.throttled > 0 ? PFG_HW_NOISY : PFG_HW_NOTABLE;
    return finding;
}

/* ---- other users of the processors ---- */

/* Suggests the last processor, because the first one has most of the
 * interrupts. */
static struct pfg_hw_finding isolation(const struct machine *m,
                                       const struct check *c)
{
    const char *value = note(m, c->note);
    const char *online = note(m, "cpus_online");
    long n = online ? strtol(online, NULL, 10) : 0;
    struct pfg_hw_finding finding;

    if (value) {
        return fine(pfg_arena_printf(m->arena, "%s processors", value));
    }
    if (!pfg_hw_exists(m->source, CPU_FOLDER "/isolated")) {
        return unknown(c->unknown);
    }
    if (n == 1 || m->profile->cpus == 1) {
        return (struct pfg_hw_finding){
            .state = PFG_HW_NOISY,
            .found = "one processor",
            .why = "the benchmark shares it with all other processes",
            .remedy = "use a machine with more",
        };
    }
    finding = not_good(c, "none");
    if (n > 1) {
        finding.remedy =
            pfg_arena_printf(m->arena,
                             "boot with isolcpus=%ld, then measure with "
                             "'perfgate run --cpus %ld'",
                             n - 1, n - 1);
    }
    return finding;
}

/* The processors with the greatest capacity, on ARM; NULL if all are alike. */
static const char *strong_cores(const struct machine *m)
{
    struct pfg_hw_names all = pfg_hw_list(m->source, CPU_FOLDER, "cpu");
    long long most = -1, least = -1;
    const char *list = NULL;

    for (size_t i = 0; i < all.n; i++) {
        long long one = pfg_hw_number(
            pfg_hw_read(m->source, CPU_FOLDER "/%s/cpu_capacity", all.at[i]));
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

static struct pfg_hw_finding cores(const struct machine *m,
                                   const struct check *c)
{
    /* Intel's hybrid processors are two devices of the kernel. */
    const char *list =
        pfg_hw_exists(m->source, "sys/devices/cpu_atom/cpus")
            ? pfg_hw_clean(pfg_hw_read(m->source, "sys/devices/cpu_core/cpus"),
                           m->arena)
            : strong_cores(m);
    struct pfg_hw_finding finding = not_good(c, "of several kinds");

    if (!list) {
        return fine("one kind");
    }
    finding.remedy = pfg_arena_printf(
        m->arena, "measure with 'perfgate run --cpus %s'", list);
    return finding;
}

static struct pfg_hw_finding numa(const struct machine *m,
                                  const struct check *c)
{
    struct pfg_hw_finding finding = by_note(m, c);

    if (finding.found) {
        finding.found =
            finding.state == PFG_HW_FINE
                ? "1 node"
                : pfg_arena_printf(m->arena, "%s nodes", finding.found);
    }
    return finding;
}

static struct pfg_hw_finding quota(const struct machine *m,
                                   const struct check *c)
{
    const char *value = note(m, c->note);

    return value
               ? not_good(c, pfg_arena_printf(m->arena, "%s processors", value))
           : pfg_hw_exists(m->source, "proc/self/cgroup") ? fine("none")
                                                          : unknown(c->unknown);
}

static struct pfg_hw_finding steal(const struct machine *m,
                                   const struct check *c)
{
    double share = m->change.steal;

    return by_amount(
        c, share, STEAL_LIMIT,
        pfg_arena_printf(m->arena, "%.1f%% %s", share * 100, m->while_));
}

static struct pfg_hw_finding load(const struct machine *m,
                                  const struct check *c)
{
    const char *load1 =
        isnan(m->load.load1)
            ? ""
            : pfg_arena_printf(m->arena, ", load %.2f", m->load.load1);

    return by_amount(c, m->change.other, OTHER_LIMIT,
                     pfg_arena_printf(m->arena, "processors %.0f%% busy %s%s",
                                      m->change.other * 100, m->while_, load1));
}

/* ---- memory and clock ---- */

static struct pfg_hw_finding swap(const struct machine *m,
                                  const struct check *c)
{
    return by_amount(c, m->change.swapped, 0,
                     pfg_arena_printf(m->arena, "%.0f pages %s",
                                      m->change.swapped, m->while_));
}

/* Slow sources need a system call, or tick slowly. */
static struct pfg_hw_finding clocksource(const struct machine *m,
                                         const struct check *c)
{
    static const char *const slow[] = {"hpet", "acpi_pm", "jiffies",
                                       "refined-jiffies"};
    const char *value = note(m, c->note);
    struct pfg_slice others =
        pfg_hw_read(m->source, CLOCK_FOLDER "/available_clocksource");
    struct pfg_hw_finding finding = not_good(c, value);
    bool is_slow = false, tsc = false;

    if (!value) {
        return unknown(c->unknown);
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
    finding.remedy = tsc ? finding.remedy : NULL;
    return finding;
}

#define UNREPORTED "not reported by the kernel"

/* The most useful fixes first. */
static const struct check checks[] = {
    {"load", load, .unknown = "not in /proc/stat", .state = PFG_HW_NOISY,
     .why = "other programs take time, caches and memory bandwidth",
     .remedy = "ps -eo pcpu,pid,args --sort=-pcpu | head -n 5",
     .command = true},
    {"steal", steal, .unknown = "not in /proc/stat", .state = PFG_HW_NOISY,
     .why = "the host ran other machines while this one was ready to run",
     .remedy = "use a machine with fewer neighbours, or another time of day"},
    {"quota", quota, "cpu_quota", .unknown = "no /proc/self/cgroup",
     .state = PFG_HW_NOISY,
     .why = "the container is stopped when it has used its share of 100 ms",
     .remedy = "assign whole CPUs: 'docker run --cpuset-cpus', not '--cpus'"},
    {"swap", swap, .unknown = "not in /proc/vmstat", .state = PFG_HW_NOISY,
     .why = "memory is swapped to disk and back", .remedy = "swapoff -a",
     .command = true, .root = true},
    {"power", power, "power", .bad = "battery", .state = PFG_HW_NOISY,
     .why = "a machine running on battery slows down", .remedy = "plug it in"},
    {"governor", by_note, "governor", .good = "performance",
     .unknown = "the kernel reports no clock control",
     .unknown_virtual = "the host of this virtual machine controls the clock",
     .state = PFG_HW_NOISY, .why = "the clock follows the load, with a delay",
     .remedy = "echo performance | tee "
               "/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
     .command = true, .root = true},
    {"turbo", turbo, "turbo", .good = "off", .unknown = UNREPORTED,
     .unknown_virtual = "known only to the host of this virtual machine",
     .state = PFG_HW_NOISY,
     .why =
         "the clock depends on the temperature and on how many cores are busy",
     .remedy = "echo 0 > /sys/devices/system/cpu/cpufreq/boost",
     .command = true, .root = true},
    {"heat", heat, .unknown = "no sensor is visible",
     .why = "a hot CPU slows down",
     .remedy = "let it cool, or clean the fan; on a laptop turn off turbo"},
    {"smt", by_note, "smt", .good = "off", .unknown = UNREPORTED,
     .state = PFG_HW_NOISY,
     .why = "two CPUs share a core and slow each other down",
     .remedy = "echo off > /sys/devices/system/cpu/smt/control",
     .command = true, .root = true},
    {"cores", cores, .state = PFG_HW_NOISY,
     .why = "a benchmark may run on either kind"},
    {"isolation", isolation, "cpus_isolated", .unknown = UNREPORTED,
     .state = PFG_HW_NOTABLE, .why = "no CPU is reserved for benchmarks"},
    {"clocksource", clocksource, "clocksource", .unknown = UNREPORTED,
     .state = PFG_HW_NOISY,
     .why = "reading the clock is slow: a microsecond, not 20 ns",
     .remedy = "echo tsc > /" CLOCK_FOLDER "/current_clocksource",
     .command = true, .root = true},
    {"numa", numa, "numa_nodes", .good = "1", .unknown = UNREPORTED,
     .state = PFG_HW_NOTABLE, .why = "memory may be local or remote",
     .remedy = "measure 'numactl --cpunodebind=0 --membind=0 COMMAND'"},
    {"huge pages", by_note, "thp", .bad = "always", .unknown = UNREPORTED,
     .state = PFG_HW_NOTABLE,
     .why = "which memory gets huge pages differs from process to process",
     .remedy = "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled",
     .command = true, .root = true},
    {"virtualised", by_note, "virtualised", .bad = "yes",
     .unknown = UNREPORTED " on this architecture", .state = PFG_HW_NOTABLE,
     .why = "other machines on the same host cannot be seen, only their steal "
            "time",
     .remedy = "measure base and head in turn, with 'perfgate run'"},
};

#define N_CHECKS PFG_COUNT(checks)

/* Watches the real machine for a second. Files below another root do not
 * change. */
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
        found[i] = checks[i].look(&m, &checks[i]);
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
