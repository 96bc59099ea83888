#ifndef PFG_HW_HW_H
#define PFG_HW_HW_H

#include "base/error.h"
#include "model/profile.h"

struct pfg_arena;

struct pfg_hw_options {
    const char *root; /* instead of "/", for tests: PERFGATE_HARDWARE_ROOT */
    const char *name; /* --hardware; NULL: derive one */
};

/*
 * The profile of this machine, from /proc, /sys and nvidia-smi (with a root,
 * from <root>/nvidia-smi.txt). If a source is missing, its facts are unknown.
 * Strings belong to `arena`. This function can't fail.
 *
 * The notes, with examples of their values, which are for people:
 *
 *   aslr "2" · cache_l3 "32768K" · clocksource "tsc" · container "docker"
 *   cpu_quota "1.5" (processors) · cpus_allowed "4" · cpus_isolated "2"
 *   cpus_online "8" · governor "performance", "performance,powersave"
 *   gpu_driver "550.54.15" · hostname · hypervisor "xen"
 *   isa "aes avx avx2 fma" · kernel "6.8.0-1017-azure"
 *   machine "Amazon EC2 c5.xlarge" · memory "15.6 GiB" · mhz_max "4900"
 *   microcode "0xffffffff" · mitigations "7 active, 1 open"
 *   numa_nodes "1" · os "Ubuntu 24.04.1 LTS" · power "mains", "battery"
 *   smt "on", "off" · thp "madvise" · turbo "on", "off"
 *   virtualised "yes", "no"
 *
 * and notes that differ from run to run:
 *
 *   pressure "0.31%" (waited for a processor, last 10 s)
 *   load "0.52" (last minute) · mhz "2445" (where no maximum is known)
 *   steal "0.02%" (since boot) · throttled "0" (times since boot)
 */
struct pfg_profile pfg_hw_detect(const struct pfg_hw_options *options,
                                 struct pfg_arena *arena);

#endif
