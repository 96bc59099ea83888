#include <string.h>

#include "base/suggest.h"
#include "cli/commands.h"
#include "cli/options/options.h"

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

int pfg_command_unknown(const char *name, struct pfg_error *err)
{
    const char *names[PFG_COUNT(pfg_commands)];
    const char *meant;
    size_t n = 0;

    for (; pfg_commands[n]; n++) {
        names[n] = pfg_commands[n]->name;
    }
    meant = pfg_suggest(name, names, n);
    pfg_fail(err, PFG_USAGE, "unknown command '%s'", name);
    return meant ? pfg_hint(err, "did you mean 'perfgate %s'?", meant)
                 : pfg_hint(err, "'perfgate help' lists the commands");
}
