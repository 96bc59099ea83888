#ifndef PFG_INPUT_PACK_H
#define PFG_INPUT_PACK_H

#include "base/slice.h"
#include "base/str.h"

/* Appends `bytes` to `out` as gzip, without a name and a time, so equal bytes
 * give equal files. An input unpacks it (input.h). */
void pfg_pack(struct pfg_str *out, struct pfg_slice bytes);

#endif
