#ifndef PFG_INGEST_TABLE_JSON_PLACE_H
#define PFG_INGEST_TABLE_JSON_PLACE_H

#include "json/json.h"

/* Follows the paths of json_table.h. */
enum { PFG_JSON_PLACE_DEPTH = 16 };

/* A value, and the values around it, from the root on. */
struct pfg_json_place {
    const struct pfg_json_value *up[PFG_JSON_PLACE_DEPTH];
    size_t n;
};

const struct pfg_json_value *pfg_json_place_value(
    const struct pfg_json_place *place);

typedef void pfg_json_visitor(void *self, const struct pfg_json_place *place);

/* Visits every place that a path leads to. */
void pfg_json_place_walk(void *self, const struct pfg_json_place *from,
                         struct pfg_slice path, pfg_json_visitor *visit);

/* Goes along a path, up to an "@" at its end. False where it leads to nothing,
 * or to null. */
bool pfg_json_place_go(struct pfg_json_place *place,
                       const struct pfg_json_place *from,
                       struct pfg_slice path);

/* The value that the first path of "a|b" leads to that leads to one; NULL. */
const struct pfg_json_value *pfg_json_place_find(
    const struct pfg_json_place *from, const char *paths);

#endif
