#include "cli/subcommands.h"

#include <string.h>

#include "base/str.h"
#include "base/suggest.h"

const char *pfg_subcommands_word(const struct pfg_arguments *arguments,
                                 size_t i)
{
    return arguments->n_words > i ? arguments->words[i] : NULL;
}

static int unknown(const struct pfg_verb *verbs, size_t n, const char *command,
                   const char *name, struct pfg_arena *arena,
                   struct pfg_error *err)
{
    const char **names = pfg_arena_new_array(arena, const char *, n);
    const char *meant;
    struct pfg_str list;

    pfg_str_init(&list, 0);
    for (size_t i = 0; i < n; i++) {
        names[i] = verbs[i].name;
        pfg_str_printf(&list, "%s%s",
                       !i          ? ""
                       : i + 1 < n ? ", "
                                   : " or ",
                       names[i]);
    }
    meant = pfg_suggest(name, names, n);
    pfg_fail(err, PFG_USAGE, "'perfgate %s' wants %s%s%s%s", command, list.ptr,
             *name ? ", not '" : "", name, *name ? "'" : "");
    pfg_str_free(&list);
    return meant
               ? pfg_hint(err, "did you mean 'perfgate %s %s'?", command, meant)
               : pfg_hint(err, "'perfgate help %s' tells what they do",
                          command);
}

int pfg_subcommands_run(const struct pfg_verb *verbs, size_t n,
                        const struct pfg_context *context,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    const char *name = arguments->n_words ? arguments->words[0] : "";
    const char *command = arguments->command->name;

    for (size_t i = 0; i < n; i++) {
        const struct pfg_verb *verb = &verbs[i];

        if (strcmp(verb->name, name) != 0) {
            continue;
        }
        if (arguments->n_words - 1 < verb->least ||
            arguments->n_words - 1 > verb->most) {
            return pfg_fail(err, PFG_USAGE, "usage: perfgate %s %s", command,
                            verb->usage);
        }
        return verb->run(context, arguments, err);
    }
    return unknown(verbs, n, command, name, arguments->arena, err);
}
