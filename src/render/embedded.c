#include "render/embedded.h"

#include <string.h>

const char *pfg_embedded_text(const char *name)
{
    const struct pfg_embedded *e = pfg_embedded;

    while (e->name && strcmp(e->name, name) != 0) {
        e++;
    }
    return e->name ? e->text : "";
}
