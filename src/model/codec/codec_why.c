#include <stddef.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

/* The tables of a struct pfg_why. */

#define AT(member) offsetof(struct pfg_why_function, member)
static const struct pfg_field functions_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"object", AT(object), &pfg_kind_text},
    {"base", AT(base), &pfg_null_double},
    {"head", AT(head), &pfg_null_double},
    {"error", AT(error), &pfg_null_double},
    {"self", AT(self), &pfg_null_double},
    {"inclusive", AT(inclusive), &pfg_null_double},
    {"new", AT(is_new), &pfg_kind_bool},
    {"gone", AT(gone), &pfg_kind_bool},
    {"foreign", AT(foreign), &pfg_kind_bool},
    {"named", AT(named), &pfg_always_bool},
    {"through", AT(through), &pfg_kind_text},
    {"note", AT(note), &pfg_kind_text},
    {"path", AT(path), &pfg_kind_text},
};
#undef AT
static const struct pfg_field_kind kind_functions = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_why_function, functions_fields)};

#define AT(member) offsetof(struct pfg_why_frame, member)
static const struct pfg_field frames_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"parent", AT(parent), &pfg_kind_size},
    {"base", AT(base), &pfg_null_double},
    {"head", AT(head), &pfg_null_double},
    {"foreign", AT(foreign), &pfg_kind_bool},
};
#undef AT
static const struct pfg_field_kind kind_frames = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_why_frame, frames_fields)};

#define AT(member) offsetof(struct pfg_why, member)
static const struct pfg_field why_fields[] = {
    {"profiler", AT(profiler), &pfg_always_text},
    {"what", AT(what), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"base", AT(base), &pfg_null_double},
    {"head", AT(head), &pfg_null_double},
    {"error", AT(error), &pfg_null_double},
    {"base_profiles", AT(n_base), &pfg_always_size},
    {"head_profiles", AT(n_head), &pfg_always_size},
    {"functions", PFG_LIST(struct pfg_why, functions), &kind_functions},
    {"frames", PFG_LIST(struct pfg_why, frames), &kind_frames},
    {"notes", PFG_LIST(struct pfg_why, notes), &pfg_kind_texts},
};
#undef AT

static int check_frames(struct pfg_reading *r,
                        const struct pfg_json_value *value, void *at)
{
    const struct pfg_why *why = at;

    for (size_t i = 0; i < why->n_frames; i++) {
        if (why->frames[i].parent > i) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, value),
                               "a frame of the profile before its caller");
        }
    }
    return 0;
}

static const struct pfg_field_kind kind_whole = {PFG_STRUCT(why_fields),
                                                 .check = check_frames};

void pfg_codec_write_why(struct pfg_json_writer *w, const char *key,
                         const struct pfg_why *why)
{
    pfg_kind_put(w, key, &kind_whole, why);
}

static void put_why(struct pfg_json_writer *w, const char *key, const void *at)
{
    const struct pfg_why *const *why = at;

    if (*why) {
        pfg_codec_write_why(w, key, *why);
    }
}

static int take_why(struct pfg_reading *r, const struct pfg_json_value *value,
                    void *at)
{
    struct pfg_why *why = pfg_arena_alloc(r->arena, sizeof *why);

    *(struct pfg_why **)at = why;
    return pfg_kind_take(r, value, &kind_whole, why);
}

const struct pfg_field_kind pfg_kind_why = {.put = put_why, .take = take_why};
