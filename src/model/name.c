#include "model/name.h"

#include <string.h>

#include "term/table.h"

/* NULL: there is none. */
static const char *problem_of(const char *name)
{
    if (!*name) {
        return "it is empty";
    }
    if (strlen(name) > PFG_NAME_MAX) {
        return "it is too long";
    }
    if (strchr(name, '/')) {
        return "it is used in a file name";
    }
    if (*name == '.') {
        return "it begins with a dot";
    }
    return pfg_text_is_visible(pfg_slice_of(name))
               ? NULL
               : "it has control characters or is not UTF-8";
}

int pfg_name_check(const char *name, const char *what, enum pfg_code code,
                   struct pfg_pos pos, struct pfg_error *err)
{
    const char *why = problem_of(name);

    return why ? pfg_fail_at(err, code, pos,
                             "'%.*s' is not a valid name for %s: %s",
                             PFG_NAME_MAX, name, what, why)
               : 0;
}
