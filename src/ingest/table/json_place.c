#include "ingest/table/json_place.h"

#include <string.h>

#include "base/number.h"

#define MAX_STEP 128

const struct pfg_json_value *pfg_json_place_value(
    const struct pfg_json_place *place)
{
    return place->n ? place->up[place->n - 1] : NULL;
}

static bool go_down(struct pfg_json_place *place,
                    const struct pfg_json_value *child)
{
    if (!child || place->n >= PFG_JSON_PLACE_DEPTH) {
        return false;
    }
    place->up[place->n++] = child;
    return true;
}

static const struct pfg_json_value *element(const struct pfg_json_value *array,
                                            const char *number)
{
    const struct pfg_json_value *child = pfg_json_first(array);
    uint64_t i;

    if (pfg_json_type(array) != PFG_JSON_ARRAY ||
        pfg_number_parse_u64(&i, pfg_slice_of(number))) {
        return NULL;
    }
    while (child && i--) {
        child = pfg_json_next(child);
    }
    return child;
}

/* "Ops~1sec" is "Ops/sec". */
static bool unescape(char out[MAX_STEP], struct pfg_slice step)
{
    size_t n = 0;

    for (size_t i = 0; i < step.len && n < MAX_STEP - 1; i++) {
        bool slash =
            step.ptr[i] == '~' && i + 1 < step.len && step.ptr[i + 1] == '1';

        out[n++] = slash ? '/' : step.ptr[i];
        i += slash;
    }
    out[n] = '\0';
    return step.len < MAX_STEP;
}

/* The child whose member has the text: "tag=x". */
static const struct pfg_json_value *child_with(
    const struct pfg_json_value *parent, char *member)
{
    const struct pfg_json_value *child = pfg_json_first(parent);
    char *text = strchr(member, '=');

    *text++ = '\0';
    while (child && !pfg_slice_is(pfg_slice_of(pfg_json_string(
                                      pfg_json_get(child, member))),
                                  text)) {
        child = pfg_json_next(child);
    }
    return child;
}

static bool take_step(struct pfg_json_place *place, struct pfg_slice step)
{
    const struct pfg_json_value *here = pfg_json_place_value(place), *child;
    char name[MAX_STEP];

    if (pfg_slice_is(step, "..")) {
        return place->n > 1 && place->n--;
    }
    if (pfg_slice_is(step, "*")) {
        return go_down(place, pfg_json_first(here));
    }
    if (!unescape(name, step)) {
        return false;
    }
    if (*name == '?' && strchr(name, '=')) {
        return go_down(place, child_with(here, name + 1));
    }
    child = pfg_json_get(here, name);
    return go_down(place, child ? child : element(here, name));
}

/* "*", or "errors.*" */
static bool is_named(const struct pfg_json_value *child, struct pfg_slice step)
{
    const char *key = pfg_json_key(child);

    step.len--;
    return !step.len ||
           (key &&
            pfg_slice_eq(pfg_slice_first(pfg_slice_of(key), step.len), step));
}

void pfg_json_place_walk(void *self, const struct pfg_json_place *from,
                         struct pfg_slice path, pfg_json_visitor *visit)
{
    struct pfg_json_place place = *from;

    while (path.len) {
        struct pfg_slice step = pfg_take_until(&path, '/');
        const struct pfg_json_value *child;

        if (!pfg_slice_ends(step, "*")) {
            if (!take_step(&place, step)) {
                return;
            }
            continue;
        }
        child = pfg_json_first(pfg_json_place_value(&place));
        for (; child; child = pfg_json_next(child)) {
            struct pfg_json_place below = place;

            if (is_named(child, step) && go_down(&below, child)) {
                pfg_json_place_walk(self, &below, path, visit);
            }
        }
        return;
    }
    visit(self, &place);
}

bool pfg_json_place_go(struct pfg_json_place *place,
                       const struct pfg_json_place *from, struct pfg_slice path)
{
    *place = *from;
    while (path.len && !pfg_slice_is(path, "@")) {
        if (!take_step(place, pfg_take_until(&path, '/'))) {
            return false;
        }
    }
    return pfg_json_type(pfg_json_place_value(place)) != PFG_JSON_NULL;
}

const struct pfg_json_value *pfg_json_place_find(
    const struct pfg_json_place *from, const char *paths)
{
    struct pfg_slice rest = pfg_slice_of(paths);
    struct pfg_json_place place;

    while (rest.len) {
        if (pfg_json_place_go(&place, from, pfg_take_until(&rest, '|'))) {
            return pfg_json_place_value(&place);
        }
    }
    return NULL;
}
