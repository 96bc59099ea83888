#ifndef PFG_JSON_SCAN_H
#define PFG_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "json/syntax.h"

/*
 * One pass over a JSON text, without a tree: validates it strictly and picks
 * out values by path. For NDJSON of many gigabytes; everything else goes
 * through json.h.
 *
 * A path is written "data.tags.name"; keys that contain a dot cannot be picked.
 * Keys are compared as written. A picked string is what is written between its
 * quotes (`escaped` where it contains escapes), any other value all that is
 * written, an object with its braces.
 *
 * Accepts what json.h accepts, except that a duplicate key is noticed only
 * where it leads to a picked value.
 */
enum pfg_json_scan {
    PFG_JSON_SCAN_BAD = -1, /* not JSON, at `*offset` */
    PFG_JSON_SCAN_OK = 0,
    PFG_JSON_SCAN_UNSURE = 1, /* JSON that json.h must read: a key has an
                                 escape, or a picked path occurs twice */
};

/* `offset` may be NULL. Clears the picks first; after PFG_JSON_SCAN_BAD they
 * mean nothing. */
enum pfg_json_scan pfg_json_scan(struct pfg_slice text,
                                 struct pfg_json_pick *picks, size_t n,
                                 size_t *offset);

/* Decodes a picked string into `out`, which must hold raw.len + 1 bytes, and
 * terminates it. Half a surrogate pair becomes U+FFFD. The length, or -1 for a
 * bad escape. */
long pfg_json_unescape(char *out, struct pfg_slice raw);

#endif
