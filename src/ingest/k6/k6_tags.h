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
 * Which endpoint a k6 point is about, by its tags. --k6-tags is a list: of
 * name, group and scenario the first that is set, in the order given, names
 * the endpoint; any other tag in it is a parameter. Without a name of its own
 * a request is called by its URL, of which there may be any number: such a
 * name is taken only where nothing else is set.
 */

#define PFG_K6_TAGS          "name,group,scenario"
#define PFG_K6_TAGS_MAX      16
#define PFG_K6_ENDPOINTS_MAX 2000 /* the rest is one, "(other)" */

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
    bool folded; /* there is an "(other)" */

    /* Points of one request follow one another with the same tags. */
    char *last; /* as written */
    size_t n_last, last_cap;
    struct pfg_k6_endpoint *endpoint; /* NULL: none */
    bool answered;                    /* expected_response is "true" */
};

/* `list` is the option's value, NULL for the usual one. */
void pfg_k6_tags_begin(struct pfg_k6_tags *tags, const char *list,
                       struct pfg_arena *arena);

/* Forgets all endpoints: another run begins. */
void pfg_k6_tags_restart(struct pfg_k6_tags *tags);

/* Finds or makes the endpoint of a JSON object of tags, which goes to
 * tags->endpoint and tags->answered. -1 where the scanner is not sure of it:
 * then json.h must read it. */
int pfg_k6_tags_read(struct pfg_k6_tags *tags, struct pfg_slice object);
void pfg_k6_tags_read_tree(struct pfg_k6_tags *tags,
                           const struct pfg_json_value *object);

/* The same for tags that stand in columns: where `written`, which is all of
 * them, is what it was for the last point there is nothing to do; else the
 * caller fills in picks[i].value by picks[i].path, and settles. Empty: not to
 * be remembered. */
bool pfg_k6_tags_are(const struct pfg_k6_tags *tags, struct pfg_slice written);
void pfg_k6_tags_find_endpoint(struct pfg_k6_tags *tags,
                               struct pfg_slice written);

#endif
