#ifndef PFG_MODEL_CODEC_FORMAT_H
#define PFG_MODEL_CODEC_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * A format that a team describes in its configuration. Texts are empty where
 * they were not said; `better` is 0 where it was not, else one more than an
 * enum pfg_direction.
 */
struct pfg_format_value {
    const char *path, *metric, *unit;
    int better;
    bool exact;
};

struct pfg_format {
    const char *name;
    const char *line; /* a regular expression (PCRE2); else it is JSON: */
    const char *has, *list;
    const char *benchmark, *suite; /* paths; of lines: texts */
    struct {
        const struct pfg_format_value *at;
        size_t n;
    } values;
    struct pfg_format_value value; /* of lines */
    const char *source;
    struct pfg_pos pos;
};

struct pfg_formats {
    const struct pfg_format *at;
    size_t n;
};

#endif
