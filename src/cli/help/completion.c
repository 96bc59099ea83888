#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "cli/help/help.h"

/* Whether an option takes a file. For other values (limits, names) a shell has
 * no suggestions. */
static bool wants_file(const struct pfg_option *option)
{
    return option->argument && (strstr(option->argument, "FILE") ||
                                strstr(option->argument, "PATH") ||
                                strstr(option->argument, "DIR"));
}

static void put_names(FILE *out)
{
    for (size_t i = 0; pfg_commands[i]; i++) {
        fprintf(out, "%s%s", i ? " " : "", pfg_commands[i]->name);
        if (pfg_commands[i]->alias) {
            fprintf(out, " %s", pfg_commands[i]->alias);
        }
    }
}

/* "compare|diff", or with another separator. */
static void put_both(FILE *out, const struct pfg_command *command,
                     const char *between)
{
    fputs(command->name, out);
    if (command->alias) {
        fprintf(out, "%s%s", between, command->alias);
    }
}

/* --- bash --- */

static void put_bash_command(FILE *out, const struct pfg_command *command)
{
    fputs("    ", out);
    put_both(out, command, "|");
    fputs(")\n        options='--help", out);
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (!pfg_option_is_heading(o)) {
            fprintf(out, " --%s", o->name);
        }
    }
    fputs("'\n        values=' ", out);
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (o->argument && !wants_file(o) && !pfg_option_is_optional(o)) {
            fprintf(out, "--%s ", o->name);
        }
    }
    fputs("' ;;\n", out);
}

/* Without suggestions, the shell completes file names. */
static void put_bash(FILE *out)
{
    fputs("# bash completion for perfgate, made by 'perfgate help "
          "--completion bash'\n"
          "_perfgate()\n{\n"
          "    local current=${COMP_WORDS[COMP_CWORD]}\n"
          "    local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    local commands='",
          out);
    put_names(out);
    fputs("'\n"
          "    local options='' values='' command='' i\n"
          "    COMPREPLY=()\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        --color) ((i++)) ;;\n"
          "        -*) ;;\n"
          "        *) command=${COMP_WORDS[i]}; break ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command in\n"
          "    '') options='--color --help --version'\n"
          "        [[ $current == -* ]] || options=$commands ;;\n",
          out);
    for (size_t i = 0; pfg_commands[i]; i++) {
        put_bash_command(out, pfg_commands[i]);
    }
    fputs("    esac\n"
          "    if [[ $previous == --color ]]; then\n"
          "        options='auto always never'\n"
          "    elif [[ $previous == --completion ]]; then\n"
          "        options='bash zsh fish'\n"
          "    elif [[ $values == *\" $previous \"* ]]; then\n"
          "        compopt +o default\n"
          "        return\n"
          "    elif [[ $command == help && $current != -* ]]; then\n"
          "        options=$commands\n"
          "    elif [[ -n $command && $current != -* ]]; then\n"
          "        return\n"
          "    fi\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- "
          "\"$current\")\n"
          "}\n"
          "complete -o default -F _perfgate perfgate\n",
          out);
}

/* --- zsh --- */

static void put_quoted(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
        } else if (strchr("[]:\\", *text)) {
            fprintf(out, "\\%c", *text);
        } else {
            fputc(*text, out);
        }
    }
}

static void put_zsh_command(FILE *out, const struct pfg_command *command)
{
    fputs("    (", out);
    put_both(out, command, "|");
    fputs(")\n        _arguments '(-h --help)'{-h,--help}'[list the options]'",
          out);
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (pfg_option_is_heading(o)) {
            continue;
        }
        fprintf(out, " \\\n            '*--%s%s[", o->name,
                !o->argument                ? ""
                : pfg_option_is_optional(o) ? "=-"
                                            : "=");
        put_quoted(out, o->help);
        fputc(']', out);
        if (o->argument) {
            fputs(pfg_option_is_optional(o) ? "::" : ":", out);
            put_quoted(out, o->argument);
            fputs(wants_file(o) ? ":_files" : ": ", out);
        }
        fputc('\'', out);
    }
    fputs(" \\\n            '*:file:_files' ;;\n", out);
}

static void put_zsh(FILE *out)
{
    fputs("#compdef perfgate\n"
          "# zsh completion, made by 'perfgate help --completion zsh'\n"
          "_perfgate()\n{\n"
          "    local -a commands\n"
          "    local context state state_descr line\n"
          "    typeset -A opt_args\n"
          "    commands=(\n",
          out);
    for (size_t i = 0; pfg_commands[i]; i++) {
        fprintf(out, "        '%s:", pfg_commands[i]->name);
        put_quoted(out, pfg_commands[i]->summary);
        fputs("'\n", out);
    }
    fputs("    )\n"
          "    _arguments -C '--color=[when to colour]:when:(auto always "
          "never)' \\\n"
          "        '--version[print the version]' '1: :->command' "
          "'*:: :->rest' && return\n"
          "    if [[ $state == command ]]; then\n"
          "        _describe -t commands command commands\n"
          "        return\n"
          "    fi\n"
          "    case $line[1] in\n",
          out);
    for (size_t i = 0; pfg_commands[i]; i++) {
        put_zsh_command(out, pfg_commands[i]);
    }
    fputs("    esac\n}\n"
          "if [[ $funcstack[1] == _perfgate ]]; then\n"
          "    _perfgate \"$@\"\n"
          "else\n"
          "    compdef _perfgate perfgate\n"
          "fi\n",
          out);
}

/* --- fish --- */

/* Within single quotes. */
static void put_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') {
            fprintf(out, "\\%c", *text);
        } else {
            fputc(*text, out);
        }
    }
}

static void put_fish_option(FILE *out, const struct pfg_command *command,
                            const struct pfg_option *option)
{
    fputs("complete -c perfgate -n '__fish_seen_subcommand_from ", out);
    put_both(out, command, " ");
    fprintf(out, "' -l %s%s -d '", option->name,
            !option->argument || pfg_option_is_optional(option) ? ""
            : wants_file(option)                                ? " -rF"
                                                                : " -x");
    put_escaped(out, option->help);
    fputs("'\n", out);
}

static void put_fish(FILE *out)
{
    fputs("# fish completion for perfgate, made by 'perfgate help "
          "--completion fish'\n"
          "complete -c perfgate -n __fish_use_subcommand -l color -x "
          "-a 'auto always never' -d 'when to colour'\n"
          "complete -c perfgate -n __fish_use_subcommand -l version "
          "-d 'print the version'\n",
          out);
    for (size_t i = 0; pfg_commands[i]; i++) {
        const struct pfg_command *command = pfg_commands[i];

        fprintf(out,
                "complete -c perfgate -n __fish_use_subcommand -f -a %s "
                "-d '",
                command->name);
        put_escaped(out, command->summary);
        fputs("'\n", out);
        for (const struct pfg_option *o = command->options; o->name; o++) {
            if (!pfg_option_is_heading(o)) {
                put_fish_option(out, command, o);
            }
        }
    }
}

static const struct {
    const char *name;
    void (*put)(FILE *out);
} shells[] = {
    {"bash", put_bash},
    {"zsh", put_zsh},
    {"fish", put_fish},
};

int pfg_manual_completion(const struct pfg_context *context, const char *shell,
                          struct pfg_error *err)
{
    for (size_t i = 0; i < PFG_COUNT(shells); i++) {
        if (!strcmp(shell, shells[i].name)) {
            shells[i].put(context->out);
            return 0;
        }
    }
    return pfg_fail(err, PFG_USAGE,
                    "no completions for '%s': there are bash, zsh and fish",
                    shell);
}
