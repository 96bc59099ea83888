#ifndef PFG_HW_DETECTION_H
#define PFG_HW_DETECTION_H

#include "base/str.h"
#include "hw/root.h"
#include "model/profile.h"

/* The parts of pfg_hw_detect(), and what they share. */

/* Fills vendor, family, model, stepping and name; NULL if unknown. */
void pfg_hw_identify_cpu(struct pfg_profile *out, struct pfg_slice cpuinfo,
                         struct pfg_arena *arena);

/* The number of processors that are online, and how many of them this process
 * may use; 0 if unknown. */
struct pfg_hw_cpu_count {
    int online, allowed;
};
struct pfg_hw_cpu_count pfg_hw_count_cpus(const struct pfg_hw_source *source,
                                          struct pfg_slice cpuinfo);

/* The number of processors in a kernel's list: 5 for "0-3,8"; 0 if it is not a
 * list. */
int pfg_hw_list_length(struct pfg_slice list);

/*
 * The names of the NVIDIA GPUs, sorted; two GPUs of a kind are two names. They
 * come from nvidia-smi if the driver is loaded (below another root: from
 * <root>/nvidia-smi.txt). If nvidia-smi is missing, hangs or fails, they come
 * from the driver's files in /proc.
 */
struct pfg_hw_names pfg_hw_find_gpus(const struct pfg_hw_source *source);

/* Appends the output of nvidia-smi from the PATH. -1 if it cannot be started,
 * fails, or takes too long and is killed. */
int pfg_hw_ask_nvidia_smi(struct pfg_str *out, int patience_ms);

/* Fills the notes, sorted by key; hw/hw.h lists the keys. */
void pfg_hw_read_notes(struct pfg_profile *out,
                       const struct pfg_hw_source *source,
                       struct pfg_slice cpuinfo, struct pfg_hw_cpu_count count,
                       double quota);

#endif
