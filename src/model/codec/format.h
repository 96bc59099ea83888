#ifndef PFG_MODEL_CODEC_FORMAT_H
#define PFG_MODEL_CODEC_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * A format described in the configuration. Missing texts are empty; `better` is
 * 0 where it is missing, else an enum pfg_direction plus 1.
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
