#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
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

static int unknown_verb(const struct pfg_verb *verbs, const char *command,
                        const char *name, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    struct pfg_str list = pfg_str_in(arena);
    PFG_VEC(const char *) names = {0};
    const char *meant;

    for (const struct pfg_verb *verb = verbs; verb->name; verb++) {
        pfg_vec_push(&names, arena, verb->name);
        pfg_str_printf(&list, "%s%s",
                       verb == verbs  ? ""
                       : verb[1].name ? ", "
                                      : " or ",
                       verb->name);
    }
    meant = pfg_suggest(name, names.at, names.n);
    pfg_fail(err, PFG_USAGE, "'perfgate %s' expects %s%s%s%s", command,
             list.ptr, *name ? ", not '" : "", name, *name ? "'" : "");
    return meant
               ? pfg_hint(err, "did you mean 'perfgate %s %s'?", command, meant)
               : pfg_hint(err, "'perfgate help %s' describes them", command);
}

int pfg_run_command(const struct pfg_command *command,
                    const struct pfg_context *context,
                    const struct pfg_arguments *arguments,
                    struct pfg_error *err)
{
    const char *name = arguments->n_words ? arguments->words[0] : "";
    size_t more = arguments->n_words - 1;

    if (!command->verbs) {
        return command->run(context, arguments, err);
    }
    for (const struct pfg_verb *verb = command->verbs; verb->name; verb++) {
        if (!strcmp(verb->name, name)) {
            return more < verb->least || more > verb->most
                       ? pfg_fail(err, PFG_USAGE, "usage: perfgate %s %s",
                                  command->name, verb->usage)
                       : verb->run(context, arguments, err);
        }
    }
    return unknown_verb(command->verbs, command->name, name, arguments->arena,
                        err);
}
