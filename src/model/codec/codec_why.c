#include <stddef.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/shape.h"

/* Where a change comes from, by tables. */

#define AT(member) offsetof(struct pfg_why_function, member)
static const struct pfg_field functions_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"object", AT(object), &pfg_kind_text},
    {"base", AT(base), &pfg_null_number},
    {"head", AT(head), &pfg_null_number},
    {"error", AT(error), &pfg_null_number},
    {"self", AT(self), &pfg_null_number},
    {"inclusive", AT(inclusive), &pfg_null_number},
    {"new", AT(is_new), &pfg_kind_bool},
    {"gone", AT(gone), &pfg_kind_bool},
    {"foreign", AT(foreign), &pfg_kind_bool},
    {"named", AT(named), &pfg_always_flag},
    {"through", AT(through), &pfg_kind_text},
    {"note", AT(note), &pfg_kind_text},
    {"path", AT(path), &pfg_kind_text},
};
#undef AT
PFG_SHAPE(functions, struct pfg_why_function, NULL);
PFG_LIST_KIND(functions, PFG_ALWAYS);

#define AT(member) offsetof(struct pfg_why_frame, member)
static const struct pfg_field frames_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"parent", AT(parent), &pfg_kind_size},
    {"base", AT(base), &pfg_null_number},
    {"head", AT(head), &pfg_null_number},
    {"foreign", AT(foreign), &pfg_kind_bool},
};
#undef AT
PFG_SHAPE(frames, struct pfg_why_frame, NULL);
PFG_LIST_KIND(frames, PFG_ALWAYS);

#define AT(member) offsetof(struct pfg_why, member)
static const struct pfg_field why_fields[] = {
    {"profiler", AT(profiler), &pfg_always_text},
    {"what", AT(what), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"base", AT(base), &pfg_null_number},
    {"head", AT(head), &pfg_null_number},
    {"error", AT(error), &pfg_null_number},
    {"base_profiles", AT(n_base), &pfg_always_count},
    {"head_profiles", AT(n_head), &pfg_always_count},
    {"functions", PFG_LIST(struct pfg_why, functions), &kind_functions},
    {"frames", PFG_LIST(struct pfg_why, frames), &kind_frames},
    {"notes", PFG_LIST(struct pfg_why, notes), &pfg_kind_texts},
};
#undef AT
PFG_SHAPE(why, struct pfg_why, NULL);

void pfg_codec_write_why(struct pfg_json_writer *w, const char *key,
                         const struct pfg_why *why)
{
    pfg_shape_put(w, key, &why_shape, why);
}

static void put_why(struct pfg_json_writer *w, const char *key, const void *at)
{
    const struct pfg_why *const *why = at;

    if (*why) {
        pfg_codec_write_why(w, key, *why);
    }
}

static int read_why(struct pfg_reading *r, const struct pfg_json_value *value,
                    void *at)
{
    struct pfg_why *why = pfg_arena_alloc(r->arena, sizeof *why);

    if (pfg_shape_take(r, value, &why_shape, why)) {
        return -1;
    }
    for (size_t i = 0; i < why->n_frames; i++) {
        if (why->frames[i].parent > i) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, value),
                               "a frame of the profile before its caller");
        }
    }
    *(struct pfg_why **)at = why;
    return 0;
}

const struct pfg_field_kind pfg_kind_why = {put_why, read_why, PFG_WHERE_KNOWN};
