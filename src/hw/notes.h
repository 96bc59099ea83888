#ifndef PFG_HW_NOTES_H
#define PFG_HW_NOTES_H

#include "hw/cpu.h"
#include "hw/root.h"
#include "model/profile.h"

/* What is recorded about the machine beside its identity, sorted by key; the
 * keys stand in hw/hw.h. */
void pfg_hw_read_notes(struct pfg_profile *out,
                       const struct pfg_hw_source *source,
                       struct pfg_slice cpuinfo, struct pfg_hw_cpu_count count,
                       double quota);

#endif
