#ifndef PFG_INGEST_CORE_KEYVALUE_H
#define PFG_INGEST_CORE_KEYVALUE_H

#include <stdbool.h>

#include "base/slice.h"
#include "unit/unit.h"

/*
 * Results as home-made scripts print them: lines "key=value", perhaps under
 * headings such as "LATENCY_MS:". The unit is looked for after the number
 * ("2.3ms", "199.78 req/sec"), then at the end of the key ("p99_ms",
 * "requests_per_sec"), then at the end of the heading.
 */
struct pfg_keyvalue {
    struct pfg_slice key;    /* as printed, without blanks around it */
    struct pfg_slice number; /* "2.3" */
    struct pfg_slice unit;   /* after the number; may be empty */
};

/* Whether the whole line is a key, the separator and a number. Borrows. */
bool pfg_keyvalue_line(struct pfg_keyvalue *out, struct pfg_slice line,
                       char separator);

/* Whether `line` is a heading in capitals with a colon: "STATUS_CODES:". */
bool pfg_keyvalue_section(struct pfg_slice *out, struct pfg_slice line);

/*
 * What a key under a heading (which may be empty) means: "latency p99" for
 * "p99_ms" under "LATENCY:", "requests" for "requests_per_sec", "errors read"
 * for "read" under "ERRORS:". A median is "p50". A name outside the common
 * vocabulary is heading and key in lower case, joined by blanks.
 */
#define PFG_KEYVALUE_METRIC 128
struct pfg_keyvalue_meaning {
    char metric[PFG_KEYVALUE_METRIC];
    bool known;            /* the name is in the common vocabulary */
    bool has_unit;         /* the line, key or heading names a unit */
    struct pfg_slice unit; /* as written; static or borrowed from the line */
    enum pfg_direction better; /* PFG_NEUTRAL if nothing decides */
};

/* Derives the direction from the words in a name and its unit as written:
 * success, throughput and rates are better higher; errors, latency, memory and
 * cpu lower; counts are neutral. Returns false if no word decides. */
bool pfg_keyvalue_direction(enum pfg_direction *out, struct pfg_slice name,
                            struct pfg_slice unit);

void pfg_keyvalue_find(struct pfg_keyvalue_meaning *out,
                       struct pfg_slice section,
                       const struct pfg_keyvalue *line);

#endif
