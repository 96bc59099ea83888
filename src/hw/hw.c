#include "hw/hw.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/arena.h"
#include "hw/cgroup.h"
#include "hw/cpu.h"
#include "hw/gpu.h"
#include "hw/notes.h"
#include "hw/root.h"

/* The kernel tells since 6.1; another machine's root is asked no further. */
static const char *architecture(const struct pfg_hw_source *source)
{
    const char *arch = pfg_hw_clean(pfg_hw_read(source, "proc/sys/kernel/arch"),
                                    source->arena);
    struct utsname names;

    if (!arch && source->real && !uname(&names)) {
        arch = pfg_hw_clean(pfg_slice_of(names.machine), source->arena);
    }
    return arch;
}

/* The least of what is online, allowed and paid for; 0 where none is known. */
static int usable_cpus(struct pfg_hw_cpu_count count, double quota)
{
    int usable = count.online;

    if (count.allowed && (!usable || count.allowed < usable)) {
        usable = count.allowed;
    }
    /* 2.5 processors' time is used by programs that start three threads. */
    if (quota > 0 && quota < INT_MAX && (!usable || ceil(quota) < usable)) {
        usable = (int)ceil(quota);
    }
    return usable;
}

struct pfg_profile pfg_hw_detect(const struct pfg_hw_options *options,
                                 struct pfg_arena *arena)
{
    struct pfg_hw_source source = pfg_hw_source_at(options->root, arena);
    struct pfg_slice cpuinfo = pfg_hw_read(&source, "proc/cpuinfo");
    struct pfg_hw_cpu_count count = pfg_hw_count_cpus(&source, cpuinfo);
    double quota = pfg_hw_cpu_quota(&source);
    struct pfg_hw_names gpus = pfg_hw_find_gpus(&source);
    struct pfg_profile profile = {0};

    profile.arch = architecture(&source);
    pfg_hw_identify_cpu(&profile, cpuinfo, arena);
    profile.cpus = usable_cpus(count, quota);
    profile.gpus = gpus.at;
    profile.n_gpus = gpus.n;
    pfg_hw_read_notes(&profile, &source, cpuinfo, count, quota);
    if (options->name && *options->name) {
        profile.name = pfg_arena_strdup(arena, options->name);
        profile.name_given = true;
    }
    pfg_profile_finish(&profile, arena);
    return profile;
}
