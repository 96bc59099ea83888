#include "ingest/k6/k6_tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"

/* Tags that are always read, by their index in the picks. */
enum { NAME, URL, GROUP, SCENARIO, EXPECTED, N_FIXED };

static void want(struct pfg_k6_tags *tags, struct pfg_slice tag)
{
    for (size_t i = 0; i < tags->n_picks; i++) {
        if (pfg_slice_is(tag, tags->picks[i].path)) {
            return;
        }
    }
    if (tags->n_picks < PFG_K6_TAGS_MAX) {
        tags->picks[tags->n_picks++].path = pfg_arena_slice(tags->arena, tag);
    }
}

void pfg_k6_tags_begin(struct pfg_k6_tags *tags, const char *list,
                       struct pfg_arena *arena)
{
    static const char *const fixed[] = {"name", "url", "group", "scenario",
                                        "expected_response"};
    struct pfg_slice rest = pfg_slice_of(list ? list : PFG_K6_TAGS);

    *tags = (struct pfg_k6_tags){.arena = arena};
    for (size_t i = 0; i < N_FIXED; i++) {
        want(tags, pfg_slice_of(fixed[i]));
    }
    while (rest.len) {
        struct pfg_slice tag = pfg_slice_trim(pfg_take_until(&rest, ','));
        enum pfg_k6_rank rank = pfg_k6_rank_find(tag);

        if (rank && tags->n_naming < 3) {
            tags->naming[tags->n_naming++] = rank;
        } else if (!rank && tag.len) {
            want(tags, tag);
        }
    }
    pfg_map_init(&tags->endpoints, arena);
}

void pfg_k6_tags_restart(struct pfg_k6_tags *tags)
{
    pfg_map_init(&tags->endpoints, tags->arena);
    tags->n_last = 0;
    tags->endpoint = NULL;
    tags->answered = false;
    tags->folded = false;
}

/* Whether k6 made the name from the URL. k6 also sets the tag `url` to a name
 * given by the script, so both being equal is not enough. A template
 * (http.url`...${id}`) has "${}" in it. */
static bool is_url(struct pfg_slice name, struct pfg_slice url)
{
    return pfg_slice_eq(name, url) && pfg_slice_has(name, "://") &&
           !pfg_slice_has(name, "${");
}

static void name_target(const struct pfg_k6_tags *tags,
                        struct pfg_k6_target *target)
{
    static const size_t pick_of[] = {0, NAME, GROUP, SCENARIO};
    struct pfg_slice url = pfg_slice_make(NULL, 0);

    for (size_t i = 0; i < tags->n_naming; i++) {
        enum pfg_k6_rank rank = tags->naming[i];
        struct pfg_slice value = tags->picks[pick_of[rank]].value;

        if (rank == PFG_K6_GROUP) {
            value = pfg_k6_group_name(value);
        }
        if (rank == PFG_K6_NAME && is_url(value, tags->picks[URL].value)) {
            url = value;
        } else if (value.len) {
            target->rank = rank;
            target->benchmark = value;
            return;
        }
    }
    if (url.len) {
        target->rank = PFG_K6_NAME;
        target->benchmark = url;
    }
}

/* Keys are unique, since no tag's value has a NUL byte (scan.h refuses it). */
static void write_key(struct pfg_str *key, const struct pfg_k6_target *target)
{
    pfg_str_putc(key, (char)('0' + target->rank));
    pfg_str_add(key, target->benchmark);
    for (size_t i = 0; i < target->params.n; i++) {
        pfg_str_putc(key, '\0');
        pfg_str_add(key, target->params.at[i].key);
        pfg_str_putc(key, '\0');
        pfg_str_add(key, target->params.at[i].value);
    }
}

static struct pfg_k6_endpoint *make_endpoint(const struct pfg_k6_target *target,
                                             size_t id, struct pfg_arena *arena)
{
    struct pfg_k6_endpoint *endpoint = pfg_arena_alloc(arena, sizeof *endpoint);

    endpoint->id = id;
    endpoint->target.rank = target->rank;
    endpoint->target.benchmark = pfg_arena_copy(arena, target->benchmark);
    for (size_t i = 0; i < target->params.n; i++) {
        struct pfg_param param = target->params.at[i];

        param.value = pfg_arena_copy(arena, param.value);
        pfg_vec_push(&endpoint->target.params, arena, param);
    }
    return endpoint;
}

static struct pfg_k6_endpoint *endpoint_at(struct pfg_k6_tags *tags,
                                           const struct pfg_k6_target *target)
{
    static const struct pfg_k6_target other = {.rank = PFG_K6_NAME,
                                               .benchmark = {"(other)", 7}};
    struct pfg_str key;
    void **place;

    pfg_str_init(&key, 0);
    write_key(&key, target);
    place = pfg_map_find(&tags->endpoints, pfg_str_slice(&key));
    if (!place && tags->endpoints.n >= PFG_K6_ENDPOINTS_MAX) {
        tags->folded = true;
        target = &other;
        pfg_str_clear(&key);
        write_key(&key, target);
    }
    if (!place) {
        place = pfg_map_at(&tags->endpoints, pfg_str_slice(&key));
    }
    if (!*place) {
        *place = make_endpoint(target, tags->endpoints.n - 1, tags->arena);
    }
    pfg_str_free(&key);
    return *place;
}

/* Finds the endpoint of the picked tags. */
static void find_endpoint(struct pfg_k6_tags *tags)
{
    struct pfg_k6_target target = {.benchmark = PFG_LIT("k6")};
    struct pfg_param params[PFG_K6_TAGS_MAX];

    tags->answered = pfg_slice_is(tags->picks[EXPECTED].value, "true");
    name_target(tags, &target);
    target.params.at = params;
    for (size_t i = N_FIXED; i < tags->n_picks; i++) {
        if (tags->picks[i].value.len) {
            params[target.params.n++] = (struct pfg_param){
                pfg_slice_of(tags->picks[i].path), tags->picks[i].value};
        }
    }
    tags->endpoint = target.rank != PFG_K6_SCRIPT || target.params.n
                         ? endpoint_at(tags, &target)
                         : NULL;
}

/* Unescapes the picked values; k6 writes the & of a URL as \u0026. All of them
 * fit into one buffer of the object's size, which the caller frees. */
static char *unescape(struct pfg_k6_tags *tags, size_t size)
{
    char *buffer = NULL, *at = NULL;

    for (size_t i = 0; i < tags->n_picks; i++) {
        struct pfg_json_pick *pick = &tags->picks[i];

        if (pick->escaped) {
            long n;

            if (!buffer) {
                at = buffer = pfg_alloc(size + PFG_K6_TAGS_MAX);
            }
            n = pfg_json_unescape(at, pick->value);
            pick->value = pfg_slice_make(at, n < 0 ? 0 : (size_t)n);
            at += pick->value.len + 1;
        }
    }
    return buffer;
}

static void remember(struct pfg_k6_tags *tags, struct pfg_slice object)
{
    if (object.len > tags->last_cap) {
        tags->last_cap = object.len * 2;
        tags->last = pfg_arena_alloc(tags->arena, tags->last_cap);
    }
    memcpy(tags->last, object.ptr, object.len);
    tags->n_last = object.len;
}

bool pfg_k6_tags_are(const struct pfg_k6_tags *tags, struct pfg_slice written)
{
    return written.len && written.len == tags->n_last &&
           !memcmp(written.ptr, tags->last, written.len);
}

void pfg_k6_tags_find_endpoint(struct pfg_k6_tags *tags,
                               struct pfg_slice written)
{
    find_endpoint(tags);
    tags->n_last = 0;
    if (written.len) {
        remember(tags, written);
    }
}

int pfg_k6_tags_read(struct pfg_k6_tags *tags, struct pfg_slice object)
{
    char *buffer;
    size_t offset;

    if (!object.len) { /* no tags */
        pfg_k6_tags_read_tree(tags, NULL);
        return 0;
    }
    if (pfg_k6_tags_are(tags, object)) {
        return 0;
    }
    if (pfg_json_scan(object, tags->picks, tags->n_picks, &offset) !=
        PFG_JSON_SCAN_OK) {
        return -1;
    }
    for (size_t i = 0; i < tags->n_picks; i++) {
        if (tags->picks[i].type != '"') {
            tags->picks[i].value = pfg_slice_make(NULL, 0);
        }
    }
    buffer = unescape(tags, object.len);
    find_endpoint(tags);
    free(buffer);
    remember(tags, object);
    return 0;
}

void pfg_k6_tags_read_tree(struct pfg_k6_tags *tags,
                           const struct pfg_json_value *object)
{
    for (size_t i = 0; i < tags->n_picks; i++) {
        tags->picks[i].value = pfg_slice_of(
            pfg_json_string(pfg_json_get(object, tags->picks[i].path)));
    }
    find_endpoint(tags);
    tags->n_last = 0;
}
