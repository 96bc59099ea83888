#ifndef PFG_INGEST_K6_K6_TAGS_H
#define PFG_INGEST_K6_K6_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "ingest/k6/k6_names.h"
#include "json/json.h"
#include "json/scan.h"

/*
 * Finds the endpoint of a k6 point by its tags. --k6-tags is a list. The first
 * of name, group and scenario that is set, in the order of the list, names the
 * endpoint; any other tag in the list is a parameter. A request without a name
 * is called by its URL, and there may be any number of URLs, so such a name is
 * used only if nothing else is set.
 */

#define PFG_K6_TAGS          "name,group,scenario"
#define PFG_K6_TAGS_MAX      16
#define PFG_K6_ENDPOINTS_MAX 2000 /* further ones share "(other)" */

struct pfg_k6_endpoint {
    struct pfg_k6_target target;
    size_t id; /* from 0, in order of appearance */
};

struct pfg_k6_tags {
    struct pfg_arena *arena;
    enum pfg_k6_rank naming[3];
    size_t n_naming;
    struct pfg_json_pick picks[PFG_K6_TAGS_MAX];
    size_t n_picks;
    struct pfg_map endpoints;
    bool folded; /* "(other)" exists */

    /* Points of one request are adjacent and have the same tags. */
    char *last; /* as written */
    size_t n_last, last_cap;
    struct pfg_k6_endpoint *endpoint; /* or NULL */
    bool answered;                    /* expected_response is "true" */
};

/* `list` is the value of --k6-tags, or NULL for the default. */
void pfg_k6_tags_begin(struct pfg_k6_tags *tags, const char *list,
                       struct pfg_arena *arena);

/* Forgets all endpoints before another run. */
void pfg_k6_tags_restart(struct pfg_k6_tags *tags);

/* Finds or adds the endpoint of a JSON object of tags, and sets tags->endpoint
 * and tags->answered. Returns -1 if the scanner cannot read it; then json.h
 * must. */
int pfg_k6_tags_read(struct pfg_k6_tags *tags, struct pfg_slice object);
void pfg_k6_tags_read_tree(struct pfg_k6_tags *tags,
                           const struct pfg_json_value *object);

/* The same for tags in columns. `written` is the text of all of them. If
 * pfg_k6_tags_are() returns true, it has not changed since the last point and
 * nothing is to be done. Otherwise the caller sets picks[i].value for each
 * picks[i].path and calls pfg_k6_tags_find_endpoint(), which remembers
 * `written` unless it is empty. */
bool pfg_k6_tags_are(const struct pfg_k6_tags *tags, struct pfg_slice written);
void pfg_k6_tags_find_endpoint(struct pfg_k6_tags *tags,
                               struct pfg_slice written);

#endif
