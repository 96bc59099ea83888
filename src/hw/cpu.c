#include "hw/detection.h"

#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"

#define CPUS_CAP  8192
#define KINDS_CAP 8

/* --- which kind: ARM --- */

/* Implementer codes: Arm Architecture Reference Manual, MIDR_EL1. */
static const struct {
    unsigned long code;
    const char *name;
} implementers[] = {
    {0x41, "ARM"},       {0x42, "Broadcom"},  {0x43, "Cavium"},
    {0x46, "Fujitsu"},   {0x48, "HiSilicon"}, {0x4e, "NVIDIA"},
    {0x50, "APM"},       {0x51, "Qualcomm"},  {0x53, "Samsung"},
    {0x56, "Marvell"},   {0x61, "Apple"},     {0x69, "Intel"},
    {0x6d, "Microsoft"}, {0x70, "Phytium"},   {0xc0, "Ampere"},
};

/* Cores that run benchmarks, from the kernel's asm/cputype.h and the cores'
 * reference manuals. Any other is named by its number. */
static const struct {
    unsigned long implementer, part;
    const char *name;
} parts[] = {
    {0x41, 0xd03, "Cortex-A53"},   {0x41, 0xd04, "Cortex-A35"},
    {0x41, 0xd05, "Cortex-A55"},   {0x41, 0xd07, "Cortex-A57"},
    {0x41, 0xd08, "Cortex-A72"},   {0x41, 0xd09, "Cortex-A73"},
    {0x41, 0xd0a, "Cortex-A75"},   {0x41, 0xd0b, "Cortex-A76"},
    {0x41, 0xd0c, "Neoverse-N1"},  {0x41, 0xd0d, "Cortex-A77"},
    {0x41, 0xd40, "Neoverse-V1"},  {0x41, 0xd41, "Cortex-A78"},
    {0x41, 0xd44, "Cortex-X1"},    {0x41, 0xd46, "Cortex-A510"},
    {0x41, 0xd47, "Cortex-A710"},  {0x41, 0xd48, "Cortex-X2"},
    {0x41, 0xd49, "Neoverse-N2"},  {0x41, 0xd4d, "Cortex-A715"},
    {0x41, 0xd4e, "Cortex-X3"},    {0x41, 0xd4f, "Neoverse-V2"},
    {0x41, 0xd80, "Cortex-A520"},  {0x41, 0xd81, "Cortex-A720"},
    {0x41, 0xd82, "Cortex-X4"},    {0x41, 0xd84, "Neoverse-V3"},
    {0x41, 0xd8e, "Neoverse-N3"},  {0x43, 0x0a1, "ThunderX"},
    {0x43, 0x0af, "ThunderX2"},    {0x46, 0x001, "A64FX"},
    {0x48, 0xd01, "TaiShan-v110"}, {0x4e, 0x004, "Carmel"},
    {0x51, 0x001, "Oryon"},        {0x61, 0x022, "M1 Icestorm"},
    {0x61, 0x023, "M1 Firestorm"}, {0x61, 0x032, "M2 Blizzard"},
    {0x61, 0x033, "M2 Avalanche"}, {0x6d, 0xd49, "Azure Cobalt 100"},
    {0xc0, 0xac3, "AmpereOne"},    {0xc0, 0xac4, "AmpereOne-A"},
};

/* One kind of core. */
struct kind {
    unsigned long implementer, part, variant, revision;
};

static const char *vendor_name(unsigned long code, struct pfg_arena *arena)
{
    for (size_t i = 0; i < PFG_COUNT(implementers); i++) {
        if (implementers[i].code == code) {
            return implementers[i].name;
        }
    }
    return pfg_arena_printf(arena, "0x%02lx", code);
}

static const char *part_name(const struct kind *kind, struct pfg_arena *arena)
{
    for (size_t i = 0; i < PFG_COUNT(parts); i++) {
        if (parts[i].implementer == kind->implementer &&
            parts[i].part == kind->part) {
            return parts[i].name;
        }
    }
    return pfg_arena_printf(arena, "0x%03lx", kind->part);
}

/* "0xd0c" or "3"; the text is not terminated, so it is copied first. */
static unsigned long field_number(struct pfg_slice block, const char *name,
                                  struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_hw_cpuinfo_field(block, name);

    return strtoul(pfg_arena_slice(arena, pfg_slice_first(text, 18)), NULL, 0);
}

/* Takes the fields of a processor, up to an empty line. */
static struct pfg_slice next_block(struct pfg_slice *cpuinfo)
{
    size_t at = pfg_slice_find(*cpuinfo, "\n\n");
    struct pfg_slice block = pfg_slice_first(*cpuinfo, at);

    *cpuinfo = pfg_slice_from(*cpuinfo, at + 2);
    return block;
}

static size_t find_kinds(struct kind out[KINDS_CAP], struct pfg_slice cpuinfo,
                         struct pfg_arena *arena)
{
    size_t n = 0;

    while (cpuinfo.len && n < KINDS_CAP) {
        struct pfg_slice block = next_block(&cpuinfo);
        struct kind kind = {
            .implementer = field_number(block, "CPU implementer", arena),
            .part = field_number(block, "CPU part", arena),
            .variant = field_number(block, "CPU variant", arena),
            .revision = field_number(block, "CPU revision", arena),
        };
        size_t i = 0;

        while (i < n && memcmp(&out[i], &kind, sizeof kind)) {
            i++;
        }
        if (i == n && pfg_hw_cpuinfo_field(block, "CPU part").ptr) {
            out[n++] = kind;
        }
    }
    return n;
}

static int order(unsigned long a, unsigned long b)
{
    return (a > b) - (a < b);
}

/* The order in /proc/cpuinfo may depend on which core booted. */
static int by_part(const void *a, const void *b)
{
    const struct kind *x = a, *y = b;
    int parts_differ = order(x->part, y->part);
    int variants_differ = order(x->variant, y->variant);

    return parts_differ      ? parts_differ
           : variants_differ ? variants_differ
                             : order(x->revision, y->revision);
}

/*
 * ARM's /proc/cpuinfo has numbers instead of names: implementer, part, variant
 * and revision, the fields of the MIDR_EL1 register. If it is an ARM's, fills
 * vendor, family, model, stepping ("r3p1") and name from them. If there are two
 * kinds of core, model and name have both.
 */
static void identify_arm(struct pfg_profile *out, struct pfg_slice cpuinfo,
                         struct pfg_arena *arena)
{
    struct kind kinds[KINDS_CAP];
    const char *plus = "";
    size_t n;

    if (!pfg_hw_cpuinfo_field(cpuinfo, "CPU part").ptr) {
        return;
    }
    n = find_kinds(kinds, cpuinfo, arena);
    qsort(kinds, n, sizeof *kinds, by_part);
    out->cpu_vendor = vendor_name(kinds[0].implementer, arena);
    out->cpu_family =
        pfg_hw_clean(pfg_hw_cpuinfo_field(cpuinfo, "CPU architecture"), arena);
    out->cpu_model = out->cpu_stepping = "";
    out->cpu_name = out->cpu_vendor;
    for (size_t i = 0; i < n; i++) {
        out->cpu_model = pfg_arena_printf(arena, "%s%s0x%03lx", out->cpu_model,
                                          plus, kinds[i].part);
        out->cpu_stepping =
            pfg_arena_printf(arena, "%s%sr%lup%lu", out->cpu_stepping, plus,
                             kinds[i].variant, kinds[i].revision);
        out->cpu_name =
            pfg_arena_printf(arena, "%s%s%s", out->cpu_name, *plus ? "+" : " ",
                             part_name(&kinds[i], arena));
        plus = "+";
    }
}

/* --- which kind: others --- */

/* The names of the same fields on x86, LoongArch, MIPS, POWER, RISC-V and s390.
 */
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
    identify_arm(out, cpuinfo, arena);
}

/* Sets the bits in a list such as "0-3,8". Numbers beyond the last bit are
 * ignored; anything else than a range ends the list. */
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

/* The number of bits that are set in both; NULL has all bits set. */
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

        /* "processor : 0", or on s390 "processor 0: ...". On 32-bit ARM
         * "Processor" is a description of all. */
        n += n < CPUS_CAP && pfg_slice_starts(line, "processor");
    }
    return n;
}

/* The processors that the kernel lets us run on; 0 if it refuses to answer, as
 * in some sandboxes. */
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
