#ifndef PFG_JSON_SCAN_H
#define PFG_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/*
 * One pass over one JSON text, without a tree: validates it strictly and
 * picks out the wanted values by path. For the one hot format, NDJSON of many
 * gigabytes; everything else goes through json.h.
 *
 * A path is written "data.tags.name". Keys are compared with their raw
 * characters. A picked string is the raw stretch between its quotes (escapes
 * in it set `escaped`), any other value the stretch that it takes, an object
 * with its braces.
 */
struct pfg_json_pick {
    const char *path;       /* wanted */
    struct pfg_slice value; /* found; ptr is NULL where the path is absent */
    char type;              /* " number:0 true:t false:f null:n [ { */
    bool escaped;
};

enum pfg_json_scan {
    PFG_JSON_SCAN_BAD = -1, /* not JSON: `*offset` is where */
    PFG_JSON_SCAN_OK = 0,
    PFG_JSON_SCAN_UNSURE = 1, /* JSON, but let json.h read it: a key with an
                                 escape, or a picked path twice */
};

enum pfg_json_scan pfg_json_scan(struct pfg_slice text,
                                 struct pfg_json_pick *picks, size_t n,
                                 size_t *offset);

/* Undoes the escapes of a picked string into `out`, which must hold
 * raw.len + 1 bytes, and terminates it. The length, or -1 for a bad escape. */
long pfg_json_unescape(char *out, struct pfg_slice raw);

#endif
