#include "hw/cpu.h"

#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/number.h"
#include "hw/arm.h"

#define CPUS_CAP 8192

/* What each architecture's kernel calls the same thing: x86, LoongArch, MIPS,
 * POWER, RISC-V, s390. ARM has a file of its own. */
static const struct {
    size_t offset; /* of a const char * in struct pfg_profile */
    const char *names[4];
} identity[] = {
    {offsetof(struct pfg_profile, cpu_vendor), {"vendor_id", "mvendorid"}},
    {offsetof(struct pfg_profile, cpu_family), {"cpu family", "CPU Family"}},
    {offsetof(struct pfg_profile, cpu_model), {"model", "marchid"}},
    {offsetof(struct pfg_profile, cpu_stepping),
     {"stepping", "CPU Revision", "revision", "mimpid"}},
    {offsetof(struct pfg_profile, cpu_name),
     {"model name", "Model Name", "cpu model", "cpu"}},
};

static const char *first_field(struct pfg_slice cpuinfo,
                               const char *const names[4],
                               struct pfg_arena *arena)
{
    for (size_t i = 0; i < 4 && names[i]; i++) {
        const char *text =
            pfg_hw_clean(pfg_hw_cpuinfo_field(cpuinfo, names[i]), arena);

        if (text && strcmp(text, "unknown")) {
            return text;
        }
    }
    return NULL;
}

void pfg_hw_identify_cpu(struct pfg_profile *out, struct pfg_slice cpuinfo,
                         struct pfg_arena *arena)
{
    for (size_t i = 0; i < PFG_COUNT(identity); i++) {
        const char **field =
            (const char **)(void *)((char *)out + identity[i].offset);

        *field = first_field(cpuinfo, identity[i].names, arena);
    }
    if (!out->cpu_name) {
        out->cpu_name = first_field(
            cpuinfo, (const char *const[4]){"uarch", "machine"}, arena);
    }
    pfg_hw_identify_arm(out, cpuinfo, arena);
}

/* Sets the bits that a list names; what is beyond the last bit is dropped,
 * and what is no range ends the list. */
static void set_bits(unsigned char bits[CPUS_CAP], struct pfg_slice list)
{
    while (list.len) {
        struct pfg_slice range = pfg_slice_trim(pfg_take_until(&list, ','));
        struct pfg_slice first = pfg_take_until(&range, '-');
        uint64_t from, to;

        if (pfg_number_parse_u64(&from, first)) {
            return;
        }
        to = from;
        if (range.len && pfg_number_parse_u64(&to, range)) {
            return;
        }
        for (uint64_t i = from; i <= to && i < CPUS_CAP; i++) {
            bits[i] = 1;
        }
    }
}

/* How many of the bits of `a` are set in `b` as well; NULL has all. */
static int count_bits(const unsigned char a[CPUS_CAP], const unsigned char *b)
{
    int n = 0;

    for (size_t i = 0; i < CPUS_CAP; i++) {
        n += a[i] && (!b || b[i]);
    }
    return n;
}

int pfg_hw_list_length(struct pfg_slice list)
{
    unsigned char bits[CPUS_CAP] = {0};

    set_bits(bits, list);
    return count_bits(bits, NULL);
}

static int count_processors(struct pfg_slice cpuinfo)
{
    int n = 0;

    while (cpuinfo.len) {
        struct pfg_slice line = pfg_take_until(&cpuinfo, '\n');

        /* "processor : 0", on s390 "processor 0: ..."; ARM's 32-bit kernels
         * say "Processor" of all of them together. */
        n += n < CPUS_CAP && pfg_slice_starts(line, "processor");
    }
    return n;
}

/* The system call knows what the kernel would let us run on just now; 0 where
 * it refuses, which it does under some sandboxes. */
static int count_affinity(void)
{
    cpu_set_t set[CPUS_CAP / CPU_SETSIZE];

    memset(set, 0, sizeof set);
    if (sched_getaffinity(0, sizeof set, set)) {
        return 0;
    }
    return CPU_COUNT_S(sizeof set, set);
}

struct pfg_hw_cpu_count pfg_hw_count_cpus(const struct pfg_hw_source *source,
                                          struct pfg_slice cpuinfo)
{
    unsigned char online[CPUS_CAP] = {0}, allowed[CPUS_CAP] = {0};
    struct pfg_slice status = pfg_hw_read(source, "proc/self/status");
    struct pfg_hw_cpu_count count;

    set_bits(online, pfg_hw_read(source, "sys/devices/system/cpu/online"));
    set_bits(allowed, pfg_hw_cpuinfo_field(status, "Cpus_allowed_list"));
    count.online = count_bits(online, NULL);
    count.allowed = source->real ? count_affinity() : 0;
    if (!count.allowed) {
        count.allowed = count_bits(allowed, count.online ? online : NULL);
    }
    if (!count.online) {
        count.online = count_processors(cpuinfo);
    }
    if (!count.online && source->real) {
        count.online = (int)sysconf(_SC_NPROCESSORS_ONLN);
    }
    return count;
}
