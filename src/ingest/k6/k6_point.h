#ifndef PFG_INGEST_K6_K6_POINT_H
#define PFG_INGEST_K6_K6_POINT_H

#include <stdbool.h>

#include "base/slice.h"

/* A point's line of k6 --out json, taken apart; all borrowed from it. */
struct pfg_k6_point {
    struct pfg_slice metric, time, value, tags;
};

/*
 * Reads a line that is, byte for byte, as k6 writes most of them:
 *
 *   {"metric":"m","type":"Point","data":{"time":"t","value":1.5,"tags":{…}}}
 *
 * `last_tags`, which may be empty, is an object that was read before: where
 * the same bytes stand, they are not read again. False: it is written in
 * another way or it is no JSON, for a reader of any JSON to find out.
 */
bool pfg_k6_point_read(struct pfg_k6_point *out, struct pfg_slice line,
                       struct pfg_slice last_tags);

#endif
