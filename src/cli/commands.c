#include <string.h>

#include "cli/list.h"
#include "cli/options.h"

#define DECLARE(name) extern const struct pfg_command pfg_command_##name;
PFG_COMMAND_LIST(DECLARE)

#define ENTRY(name) &pfg_command_##name,
const struct pfg_command *const pfg_commands[] = {PFG_COMMAND_LIST(ENTRY) NULL};

const struct pfg_command *pfg_command_find(const char *name)
{
    for (size_t i = 0; pfg_commands[i]; i++) {
        if (!strcmp(name, pfg_commands[i]->name) ||
            (pfg_commands[i]->alias && !strcmp(name, pfg_commands[i]->alias))) {
            return pfg_commands[i];
        }
    }
    return NULL;
}
