#ifndef PFG_INPUT_PACK_H
#define PFG_INPUT_PACK_H

#include "base/slice.h"
#include "base/str.h"

/* Appends `bytes` to `out` as gzip, with no name and no time in it: the same
 * bytes give the same file. An input unpacks it (input.h). */
void pfg_pack(struct pfg_str *out, struct pfg_slice bytes);

#endif
