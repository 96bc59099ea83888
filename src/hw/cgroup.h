#ifndef PFG_HW_CGROUP_H
#define PFG_HW_CGROUP_H

#include "hw/root.h"

/*
 * How many processors' time the control groups of this process leave it, as a
 * fraction (1.5); 0 where nothing limits it. The smallest quota from its own
 * group up to the mount counts, of cgroup v1 and v2 alike: see the kernel's
 * cgroup-v2 (cpu.max) and sched-bwc (cpu.cfs_quota_us) documents.
 */
double pfg_hw_cpu_quota(const struct pfg_hw_source *source);

#endif
