#include "hw/arm.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "hw/root.h"

#define KINDS_CAP 8

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

/* Cores that benchmarks are run on; the kernel's asm/cputype.h and the cores'
 * reference manuals. One that is not here goes by its number. */
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

/* One kind of core: all that its name comes from. */
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

/* Up to the empty line that ends a processor. */
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

/* Which core comes first may depend on which one booted. */
static int by_part(const void *a, const void *b)
{
    const struct kind *x = a, *y = b;
    int parts_differ = order(x->part, y->part);
    int variants_differ = order(x->variant, y->variant);

    return parts_differ      ? parts_differ
           : variants_differ ? variants_differ
                             : order(x->revision, y->revision);
}

void pfg_hw_identify_arm(struct pfg_profile *out, struct pfg_slice cpuinfo,
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
