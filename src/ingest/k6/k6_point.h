#ifndef PFG_INGEST_K6_K6_POINT_H
#define PFG_INGEST_K6_K6_POINT_H

#include <stdbool.h>

#include "base/slice.h"

/* The parts of a point's line of k6 --out json, borrowed from the line. */
struct pfg_k6_point {
    struct pfg_slice metric, time, value, tags;
};

/*
 * Reads a line if it has, byte for byte, the form that k6 nearly always writes:
 *
 *   {"metric":"m","type":"Point","data":{"time":"t","value":1.5,"tags":{…}}}
 *
 * `last_tags` is an object of tags that was read before, or empty. The same
 * bytes are not read again. Returns false for any other line, which may still
 * be JSON.
 */
bool pfg_k6_point_read(struct pfg_k6_point *out, struct pfg_slice line,
                       struct pfg_slice last_tags);

#endif
