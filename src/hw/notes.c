#include "hw/detection.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"

#define CPU_FOLDER "sys/devices/system/cpu"

/* The state that notes are made from. */
struct machine {
    const struct pfg_hw_source *source;
    struct pfg_arena *arena;
    struct pfg_slice cpuinfo;
    struct pfg_hw_cpu_count count;
    double quota;
};

/* Makes a value from a file's text; NULL if there is none. */
typedef const char *(*reader)(struct pfg_slice text, struct pfg_arena *arena);

static const char *first_word(struct pfg_slice text, struct pfg_arena *arena)
{
    return pfg_hw_clean(pfg_take_word(&text), arena);
}

static const char *on_off(struct pfg_slice text, struct pfg_arena *arena)
{
    (void)arena;
    return pfg_slice_is(text, "1")   ? "on"
           : pfg_slice_is(text, "0") ? "off"
                                     : NULL;
}

static const char *off_on(struct pfg_slice text, struct pfg_arena *arena)
{
    (void)arena;
    return pfg_slice_is(text, "0")   ? "on"
           : pfg_slice_is(text, "1") ? "off"
                                     : NULL;
}

/* "always [madvise] never" */
static const char *bracketed(struct pfg_slice text, struct pfg_arena *arena)
{
    text = pfg_slice_from(text, pfg_slice_find_byte(text, '[') + 1);
    if (!pfg_slice_has(text, "]")) {
        return NULL;
    }
    return pfg_hw_clean(pfg_take_until(&text, ']'), arena);
}

static const char *khz_as_mhz(struct pfg_slice text, struct pfg_arena *arena)
{
    uint64_t khz;

    if (pfg_number_parse_u64(&khz, text) || !khz) {
        return NULL;
    }
    return pfg_arena_printf(arena, "%llu", (unsigned long long)khz / 1000);
}

static const char *list_length(struct pfg_slice text, struct pfg_arena *arena)
{
    int n = pfg_hw_list_length(text);

    return n ? pfg_arena_printf(arena, "%d", n) : NULL;
}

/* The value of PRETTY_NAME="..." in os-release. */
static const char *pretty_name(struct pfg_slice text, struct pfg_arena *arena)
{
    while (text.len) {
        struct pfg_slice line = pfg_slice_trim(pfg_take_until(&text, '\n'));

        if (pfg_take(&line, "PRETTY_NAME=")) {
            char quote = line.len ? line.ptr[0] : 0;

            if (quote == '"' || quote == '\'') {
                line = pfg_slice_from(line, 1);
                line = pfg_take_until(&line, quote);
            }
            return pfg_hw_clean(line, arena);
        }
    }
    return NULL;
}

/* "MemTotal:  16384256 kB" */
static const char *total_memory(struct pfg_slice text, struct pfg_arena *arena)
{
    struct pfg_slice value = pfg_hw_cpuinfo_field(text, "MemTotal");
    uint64_t kib;

    if (pfg_number_parse_u64(&kib, pfg_take_word(&value)) || !kib) {
        return NULL;
    }
    return pfg_arena_printf(arena, "%.1f GiB", (double)kib / (1 << 20));
}

/* "some avg10=0.31 avg60=...": the time that any process waited for a
 * processor. */
static const char *pressure(struct pfg_slice text, struct pfg_arena *arena)
{
    struct pfg_slice percent;

    if (!pfg_take(&text, "some avg10=")) {
        return NULL;
    }
    percent = pfg_take_number(&text);
    return percent.len ? pfg_arena_printf(arena, "%.*s%%", PFG_SLICE(percent))
                       : NULL;
}

/* The first line of /proc/stat counts ticks: user, nice, system, idle, iowait,
 * irq, softirq, steal. The columns after these are included in user and nice.
 */
static const char *steal(struct pfg_slice text, struct pfg_arena *arena)
{
    uint64_t ticks[8];
    double total = 0;

    if (!pfg_slice_is(pfg_take_word(&text), "cpu")) {
        return NULL;
    }
    for (size_t i = 0; i < 8; i++) {
        if (pfg_number_parse_u64(&ticks[i], pfg_take_word(&text))) {
            return NULL;
        }
        total += (double)ticks[i];
    }
    return total > 0 ? pfg_arena_printf(arena, "%.2f%%",
                                        (double)ticks[7] / total * 100)
                     : NULL;
}

/* Notes that come from one file. If a key has two files, the first with a value
 * counts. */
static const struct {
    const char *key, *path;
    reader read;
} files[] = {
    {"aslr", "proc/sys/kernel/randomize_va_space", first_word},
    {"clocksource",
     "sys/devices/system/clocksource/clocksource0/current_clocksource",
     first_word},
    {"pressure", "proc/pressure/cpu", pressure},
    {"cpus_isolated", CPU_FOLDER "/isolated", list_length},
    {"gpu_driver", "sys/module/nvidia/version", first_word},
    {"hostname", "proc/sys/kernel/hostname", first_word},
    {"hypervisor", "sys/hypervisor/type", first_word},
    {"kernel", "proc/sys/kernel/osrelease", first_word},
    {"load", "proc/loadavg", first_word},
    {"memory", "proc/meminfo", total_memory},
    {"mhz_max", CPU_FOLDER "/cpu0/cpufreq/cpuinfo_max_freq", khz_as_mhz},
    {"numa_nodes", "sys/devices/system/node/online", list_length},
    {"os", "etc/os-release", pretty_name},
    {"os", "usr/lib/os-release", pretty_name},
    {"smt", CPU_FOLDER "/smt/active", on_off},
    {"steal", "proc/stat", steal},
    {"thp", "sys/kernel/mm/transparent_hugepage/enabled", bracketed},
    {"throttled", CPU_FOLDER "/cpu0/thermal_throttle/core_throttle_count",
     first_word},
    {"turbo", CPU_FOLDER "/intel_pstate/no_turbo", off_on},
    {"turbo", CPU_FOLDER "/cpufreq/boost", on_off},
};

static const char *microcode(const struct machine *m)
{
    return pfg_hw_clean(pfg_hw_cpuinfo_field(m->cpuinfo, "microcode"),
                        m->arena);
}

/* The current clock, if the kernel knows no maximum. That is so in most virtual
 * machines, where the current clock is the nominal one. */
static const char *mhz(const struct machine *m)
{
    struct pfg_slice text = pfg_hw_cpuinfo_field(m->cpuinfo, "cpu MHz");
    double value;

    if (pfg_number_parse(&value, text, 0) || !(value > 0 && value < 1e6) ||
        pfg_hw_exists(m->source, CPU_FOLDER "/cpu0/cpufreq")) {
        return NULL;
    }
    return pfg_arena_printf(m->arena, "%.0f", value);
}

/* "flags" on x86, "Features" on ARM */
static struct pfg_slice cpu_flags(const struct machine *m)
{
    struct pfg_slice flags = pfg_hw_cpuinfo_field(m->cpuinfo, "flags");

    return flags.ptr ? flags : pfg_hw_cpuinfo_field(m->cpuinfo, "Features");
}

static bool has_flag(struct pfg_slice flags, const char *name)
{
    while (flags.len) {
        if (pfg_slice_is(pfg_take_word(&flags), name)) {
            return true;
        }
        flags = pfg_slice_trim_left(flags);
    }
    return false;
}

/* Only those extensions, of some two hundred, that libraries choose code by. */
static const char *isa(const struct machine *m)
{
    static const char *const wanted[] = {
        "aes",     "amx_tile", "asimd", "avx",  "avx2",
        "avx512f", "bmi2",     "crc32", "fma",  "sha2",
        "sha_ni",  "sse4_2",   "sve",   "sve2", "vaes",
    };
    struct pfg_slice flags = cpu_flags(m);
    const char *list = NULL;

    for (size_t i = 0; i < PFG_COUNT(wanted); i++) {
        if (has_flag(flags, wanted[i])) {
            list = list ? pfg_arena_printf(m->arena, "%s %s", list, wanted[i])
                        : wanted[i];
        }
    }
    return list;
}

static const char *virtualised(const struct machine *m)
{
    struct pfg_slice flags = pfg_hw_cpuinfo_field(m->cpuinfo, "flags");

    return !flags.ptr ? NULL : has_flag(flags, "hypervisor") ? "yes" : "no";
}

/* "Amazon EC2 c5.xlarge", or on boards without DMI "Raspberry Pi 4 Model B" */
static const char *model_of_machine(const struct machine *m)
{
    static const char folder[] = "sys/class/dmi/id";
    const char *part[2];

    part[0] =
        pfg_hw_clean(pfg_hw_read(m->source, "%s/sys_vendor", folder), m->arena);
    part[1] = pfg_hw_clean(pfg_hw_read(m->source, "%s/product_name", folder),
                           m->arena);
    if (part[0] && part[1]) {
        return pfg_arena_printf(m->arena, "%s %s", part[0], part[1]);
    }
    return part[0] ? part[0]
           : part[1]
               ? part[1]
               : pfg_hw_clean(pfg_hw_read(m->source, "proc/device-tree/model"),
                              m->arena);
}

/* The governors of all processors: "performance", "performance,powersave" */
static const char *governor(const struct machine *m)
{
    struct pfg_hw_names policies =
        pfg_hw_list(m->source, CPU_FOLDER "/cpufreq", "policy");
    struct pfg_hw_names found = {0};
    const char *list = NULL;

    for (size_t i = 0; i < policies.n; i++) {
        const char *name = pfg_hw_clean(
            pfg_hw_read(m->source, CPU_FOLDER "/cpufreq/%s/scaling_governor",
                        policies.at[i]),
            m->arena);
        if (name) {
            pfg_vec_push(&found, m->arena, name);
        }
    }
    if (!found.n) {
        return pfg_hw_clean(
            pfg_hw_read(m->source, CPU_FOLDER "/cpu0/cpufreq/scaling_governor"),
            m->arena);
    }
    qsort(found.at, found.n, sizeof *found.at, pfg_hw_by_text);
    for (size_t i = 0; i < found.n; i++) {
        if (!list) {
            list = found.at[i];
        } else if (strcmp(found.at[i], found.at[i - 1])) {
            list = pfg_arena_printf(m->arena, "%s,%s", list, found.at[i]);
        }
    }
    return list;
}

static const char *cache_l3(const struct machine *m)
{
    static const char folder[] = CPU_FOLDER "/cpu0/cache";
    struct pfg_hw_names all = pfg_hw_list(m->source, folder, "index");

    for (size_t i = 0; i < all.n; i++) {
        const char *one =
            pfg_arena_printf(m->arena, "%s/%s", folder, all.at[i]);

        if (pfg_hw_number(pfg_hw_read(m->source, "%s/level", one)) == 3) {
            return pfg_hw_clean(pfg_hw_read(m->source, "%s/size", one),
                                m->arena);
        }
    }
    return NULL;
}

/* Booting with mitigations=off makes many benchmarks some percent faster. */
static const char *mitigations(const struct machine *m)
{
    static const char folder[] = CPU_FOLDER "/vulnerabilities";
    struct pfg_hw_names all = pfg_hw_list(m->source, folder, "");
    int active = 0, open = 0;

    for (size_t i = 0; i < all.n; i++) {
        struct pfg_slice text =
            pfg_hw_read(m->source, "%s/%s", folder, all.at[i]);

        active += pfg_slice_starts(text, "Mitigation");
        open += pfg_slice_starts(text, "Vulnerable");
    }
    return all.n
               ? pfg_arena_printf(m->arena, "%d active, %d open", active, open)
               : NULL;
}

/* The traces of a runtime that a process inside can see. */
static const char *container(const struct machine *m)
{
    static const struct {
        const char *word, *name;
    } groups[] = {
        {"/kubepods", "kubernetes"},
        {"/docker", "docker"},
        {"/libpod", "podman"},
        {"/lxc", "lxc"},
    };
    struct pfg_slice group = pfg_hw_read(m->source, "proc/self/cgroup");

    for (size_t i = 0; i < PFG_COUNT(groups); i++) {
        if (pfg_slice_has(group, groups[i].word)) {
            return groups[i].name;
        }
    }
    return pfg_hw_exists(m->source, "run/.containerenv") ? "podman"
           : pfg_hw_exists(m->source, ".dockerenv")      ? "docker"
           : pfg_hw_exists(m->source,
                           "var/run/secrets/kubernetes.io/serviceaccount")
               ? "kubernetes"
               : NULL;
}

static const char *power(const struct machine *m)
{
    static const char folder[] = "sys/class/power_supply";
    struct pfg_hw_names all = pfg_hw_list(m->source, folder, "");
    const char *state = NULL;

    for (size_t i = 0; i < all.n; i++) {
        const char *one =
            pfg_arena_printf(m->arena, "%s/%s", folder, all.at[i]);
        struct pfg_slice type = pfg_hw_read(m->source, "%s/type", one);
        long long online =
            pfg_hw_number(pfg_hw_read(m->source, "%s/online", one));

        if (pfg_slice_is(type, "Mains") && online >= 0) {
            state = online || (state && !strcmp(state, "mains")) ? "mains"
                                                                 : "battery";
        }
    }
    return state;
}

static const char *cpus_online(const struct machine *m)
{
    return m->count.online ? pfg_arena_printf(m->arena, "%d", m->count.online)
                           : NULL;
}

static const char *cpus_allowed(const struct machine *m)
{
    return m->count.allowed ? pfg_arena_printf(m->arena, "%d", m->count.allowed)
                            : NULL;
}

static const char *cpu_quota(const struct machine *m)
{
    return m->quota > 0 ? pfg_arena_printf(m->arena, "%.4g", m->quota) : NULL;
}

/* Notes that need more than one file, or none. */
static const struct {
    const char *key;
    const char *(*make)(const struct machine *m);
} made[] = {
    {"cache_l3", cache_l3},
    {"container", container},
    {"cpu_quota", cpu_quota},
    {"cpus_allowed", cpus_allowed},
    {"cpus_online", cpus_online},
    {"governor", governor},
    {"isa", isa},
    {"machine", model_of_machine},
    {"mhz", mhz},
    {"microcode", microcode},
    {"mitigations", mitigations},
    {"power", power},
    {"virtualised", virtualised},
};

#define N_FILES PFG_COUNT(files)
#define N_MADE  PFG_COUNT(made)

static int by_key(const void *a, const void *b)
{
    const struct pfg_fact *x = a, *y = b;

    return strcmp(x->key, y->key);
}

static void add_note(struct pfg_profile *out, const char *key,
                     const char *value)
{
    bool again = out->n_notes && !strcmp(out->notes[out->n_notes - 1].key, key);

    if (value && !again) {
        out->notes[out->n_notes++] = (struct pfg_fact){key, value};
    }
}

void pfg_hw_read_notes(struct pfg_profile *out,
                       const struct pfg_hw_source *source,
                       struct pfg_slice cpuinfo, struct pfg_hw_cpu_count count,
                       double quota)
{
    struct machine m = {source, source->arena, cpuinfo, count, quota};

    out->notes =
        pfg_arena_new_array(m.arena, struct pfg_fact, N_FILES + N_MADE);
    out->n_notes = 0;
    for (size_t i = 0; i < N_FILES; i++) {
        add_note(
            out, files[i].key,
            files[i].read(pfg_hw_read(source, "%s", files[i].path), m.arena));
    }
    for (size_t i = 0; i < N_MADE; i++) {
        add_note(out, made[i].key, made[i].make(&m));
    }
    qsort(out->notes, out->n_notes, sizeof *out->notes, by_key);
}
