#ifndef PFG_HW_CPU_H
#define PFG_HW_CPU_H

#include "hw/root.h"
#include "model/profile.h"

/* Fills vendor, family, model, stepping and name; NULL where unknown. */
void pfg_hw_identify_cpu(struct pfg_profile *out, struct pfg_slice cpuinfo,
                         struct pfg_arena *arena);

/* How many processors are online, and how many of those this process may run
 * on; 0 where unknown. */
struct pfg_hw_cpu_count {
    int online, allowed;
};
struct pfg_hw_cpu_count pfg_hw_count_cpus(const struct pfg_hw_source *source,
                                          struct pfg_slice cpuinfo);

/* How many a kernel's list names: "0-3,8" has 5; 0 where it is not a list. */
int pfg_hw_list_length(struct pfg_slice list);

#endif
