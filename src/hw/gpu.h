#ifndef PFG_HW_GPU_H
#define PFG_HW_GPU_H

#include "base/str.h"
#include "hw/root.h"

/*
 * The names of the NVIDIA GPUs, sorted, one that is there twice twice. From
 * nvidia-smi where the driver is loaded (of a root that is not "/":
 * from <root>/nvidia-smi.txt), and where that is not there, hangs or fails,
 * from what the driver says in /proc.
 */
struct pfg_hw_names pfg_hw_find_gpus(const struct pfg_hw_source *source);

/* Appends what nvidia-smi on the PATH prints; -1 where it cannot be started,
 * fails, or is not done in time, when it is killed. */
int pfg_hw_ask_nvidia_smi(struct pfg_str *out, int patience_ms);

#endif
