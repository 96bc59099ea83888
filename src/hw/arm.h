#ifndef PFG_HW_ARM_H
#define PFG_HW_ARM_H

#include "base/slice.h"
#include "model/profile.h"

/*
 * ARM's /proc/cpuinfo has numbers where others have names: implementer, part,
 * variant and revision, the fields of the MIDR_EL1 register. Where it is an
 * ARM one, fills vendor, family, model, stepping ("r3p1") and name from them.
 * A machine with cores of two kinds has both in model and name.
 */
void pfg_hw_identify_arm(struct pfg_profile *out, struct pfg_slice cpuinfo,
                         struct pfg_arena *arena);

#endif
