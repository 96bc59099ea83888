#ifndef PFG_JSON_SCAN_H
#define PFG_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "json/syntax.h"

/*
 * One pass over one JSON text, without a tree: validates it strictly and
 * picks out the wanted values by path. For the one hot format, NDJSON of many
 * gigabytes; everything else goes through json.h.
 *
 * A path is written "data.tags.name"; a key with a dot in it cannot be named.
 * Keys are compared with their raw characters. A picked string is the raw
 * stretch between its quotes (escapes in it set `escaped`), any other value
 * the stretch that it takes, an object with its braces.
 *
 * What is JSON here and to json.h is the same thing, except for one: a key
 * twice in one object is noticed only where it leads to a picked value.
 */
enum pfg_json_scan {
    PFG_JSON_SCAN_BAD = -1, /* not JSON: `*offset` is where */
    PFG_JSON_SCAN_OK = 0,
    PFG_JSON_SCAN_UNSURE = 1, /* JSON, but let json.h read it: a key with an
                                 escape, or a picked path twice */
};

/* `offset` may be NULL. The picks are cleared first; where the text is bad
 * they hold nothing of use. */
enum pfg_json_scan pfg_json_scan(struct pfg_slice text,
                                 struct pfg_json_pick *picks, size_t n,
                                 size_t *offset);

/* Undoes the escapes of a picked string into `out`, which must hold
 * raw.len + 1 bytes, and terminates it. Half a surrogate pair becomes U+FFFD.
 * The length, or -1 for a bad escape. */
long pfg_json_unescape(char *out, struct pfg_slice raw);

#endif
