#include "render/render.h"

#include <string.h>

#include "render/renderers.h"

#define DECLARE(name) extern const struct pfg_renderer pfg_renderer_##name;
PFG_RENDERER_LIST(DECLARE)

#define ENTRY(name) &pfg_renderer_##name,
const struct pfg_renderer *const pfg_renderers[] = {
    PFG_RENDERER_LIST(ENTRY) NULL,
};

const struct pfg_renderer *pfg_renderer_find(const char *name)
{
    for (size_t i = 0; pfg_renderers[i]; i++) {
        if (!strcmp(pfg_renderers[i]->name, name)) {
            return pfg_renderers[i];
        }
    }
    return NULL;
}
