#include "hw/hw.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/arena.h"
#include "base/number.h"
#include "hw/detection.h"

/* --- the quota of a control group --- */

/* A line of /proc/self/mountinfo about control groups. */
struct mount {
    struct pfg_slice root;    /* the group that is mounted, "/docker/1f3a" */
    struct pfg_slice point;   /* where */
    struct pfg_slice type;    /* "cgroup2", or "cgroup" for v1 */
    struct pfg_slice options; /* of v1: its controllers */
};

/* Whether a list such as "rw,cpu,cpuacct" has the word. */
static bool has_word(struct pfg_slice list, const char *word)
{
    while (list.len) {
        if (pfg_slice_is(pfg_take_until(&list, ','), word)) {
            return true;
        }
    }
    return false;
}

/* In mountinfo blanks, tabs, newlines and backslashes are "\040" and so on. */
static struct pfg_slice unescape(struct pfg_slice text, struct pfg_arena *arena)
{
    char *out = pfg_arena_alloc(arena, text.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *at = text.ptr + i;

        if (*at == '\\' && text.len - i > 3 && at[1] >= '0' && at[1] <= '3' &&
            at[2] >= '0' && at[2] <= '7' && at[3] >= '0' && at[3] <= '7') {
            out[n++] =
                (char)((at[1] - '0') * 64 + (at[2] - '0') * 8 + at[3] - '0');
            i += 3;
        } else {
            out[n++] = *at;
        }
    }
    return pfg_slice_make(out, n);
}

static struct mount read_mount(struct pfg_slice line, struct pfg_arena *arena)
{
    struct pfg_slice rest = line;
    struct mount mount;

    pfg_take_word(&rest); /* mount id, parent id, device */
    pfg_take_word(&rest);
    pfg_take_word(&rest);
    mount.root = unescape(pfg_take_word(&rest), arena);
    mount.point = unescape(pfg_take_word(&rest), arena);
    /* Optional fields follow, up to a lone dash. */
    rest = pfg_slice_from(rest, pfg_slice_find(rest, " - ") + 3);
    mount.type = pfg_take_word(&rest);
    pfg_take_word(&rest);
    mount.options = pfg_take_word(&rest);
    return mount;
}

/* The group of this process in v2 ("0::/path"), or in v1's cpu controller
 * ("4:cpu,cpuacct:/path"). `ptr` is NULL if there is none. */
static struct pfg_slice find_group(struct pfg_slice groups, bool v2)
{
    while (groups.len) {
        struct pfg_slice line = pfg_take_until(&groups, '\n');
        struct pfg_slice number = pfg_take_until(&line, ':');
        struct pfg_slice controllers = pfg_take_until(&line, ':');

        if (v2 ? pfg_slice_is(number, "0") && !controllers.len
               : has_word(controllers, "cpu")) {
            return line;
        }
    }
    return (struct pfg_slice){NULL, 0};
}

/* The group's path below the mount point; "" if the mount shows only the group
 * itself, as in a container, or if the group is outside of it. */
static struct pfg_slice path_below(struct pfg_slice root,
                                   struct pfg_slice group)
{
    if (pfg_slice_is(root, "/")) {
        root.len = 0;
    }
    if (group.len < root.len || pfg_slice_has(group, "/..") ||
        !pfg_slice_eq(pfg_slice_first(group, root.len), root)) {
        return PFG_LIT("");
    }
    group = pfg_slice_from(group, root.len);
    if (group.len && group.ptr[0] != '/') {
        return PFG_LIT("");
    }
    return pfg_slice_is(group, "/") ? PFG_LIT("") : group;
}

static double ratio(struct pfg_slice quota, struct pfg_slice period)
{
    uint64_t part, whole;

    /* "max", and -1 in v1, are not numbers: no limit. */
    if (pfg_number_parse_u64(&part, quota) ||
        pfg_number_parse_u64(&whole, period) || !whole) {
        return 0;
    }
    return (double)part / (double)whole;
}

static double quota_of_folder(const struct pfg_hw_source *source,
                              const char *folder, bool v2)
{
    struct pfg_slice quota, period;

    if (v2) {
        period = pfg_hw_read(source, "%s/cpu.max", folder);
        quota = pfg_take_word(&period);
        return ratio(quota, pfg_slice_trim(period));
    }
    quota = pfg_hw_read(source, "%s/cpu.cfs_quota_us", folder);
    period = pfg_hw_read(source, "%s/cpu.cfs_period_us", folder);
    return ratio(quota, period);
}

static double smaller_limit(double a, double b)
{
    return a > 0 && (b <= 0 || a < b) ? a : b;
}

static double quota_of_mount(const struct pfg_hw_source *source,
                             const struct mount *mount, struct pfg_slice group,
                             bool v2)
{
    struct pfg_slice below = path_below(mount->root, group);
    double smallest = 0;

    for (;;) {
        const char *folder =
            pfg_arena_printf(source->arena, "%.*s%.*s", PFG_SLICE(mount->point),
                             PFG_SLICE(below));

        smallest =
            smaller_limit(quota_of_folder(source, folder + 1, v2), smallest);
        if (!below.len) {
            return smallest;
        }
        below.len = pfg_slice_find_last_byte(below, '/');
    }
}

/*
 * The CPU time that the control groups allow this process, in processors (1.5);
 * 0 if there is no limit. It is the smallest quota from the process's group up
 * to the mount, in cgroup v1 and v2: see the kernel's documents cgroup-v2
 * (cpu.max) and sched-bwc (cpu.cfs_quota_us).
 */
static double cpu_quota(const struct pfg_hw_source *source)
{
    struct pfg_slice mounts = pfg_hw_read(source, "proc/self/mountinfo");
    struct pfg_slice groups = pfg_hw_read(source, "proc/self/cgroup");
    double smallest = 0;

    while (mounts.len) {
        struct pfg_slice line = pfg_take_until(&mounts, '\n');
        struct pfg_slice group;
        struct mount mount;
        bool v2;

        if (!pfg_slice_has(line, " - cgroup")) {
            continue;
        }
        mount = read_mount(line, source->arena);
        v2 = pfg_slice_is(mount.type, "cgroup2");
        group = find_group(groups, v2);
        if (group.ptr && pfg_slice_starts(mount.point, "/") &&
            (v2 || has_word(mount.options, "cpu"))) {
            smallest = smaller_limit(quota_of_mount(source, &mount, group, v2),
                                     smallest);
        }
    }
    return smallest;
}

/* --- all of it --- */

/* The kernel has the file since 6.1. uname() is only right for the real
 * machine. */
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

/* The least of online, allowed and quota; 0 if none is known. */
static int usable_cpus(struct pfg_hw_cpu_count count, double quota)
{
    int usable = count.online;

    if (count.allowed && (!usable || count.allowed < usable)) {
        usable = count.allowed;
    }
    /* Programs start three threads on a quota of 2.5 processors. */
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
    double quota = cpu_quota(&source);
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
