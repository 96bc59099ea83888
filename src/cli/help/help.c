#include <stdio.h>
#include <string.h>

#include "cli/help/help.h"

enum { LEFT = 30, RIGHT = 80 };

/* Breaks a line at blanks to fit between the columns `left` and RIGHT. */
static void put_wrapped(FILE *out, struct pfg_slice line, int left)
{
    size_t column = (size_t)left;

    for (const char *blank = ""; line.len; blank = " ") {
        struct pfg_slice word = pfg_take_until(&line, ' ');

        if (*blank && column + 1 + word.len > RIGHT) {
            fprintf(out, "\n%*s", left, "");
            blank = "";
            column = (size_t)left;
        }
        fprintf(out, "%s%.*s", blank, PFG_SLICE(word));
        column += word.len + strlen(blank);
    }
    fputc('\n', out);
}

/* Indented lines stay as they are. */
static void put_paragraphs(FILE *out, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);

    while (rest.len) {
        struct pfg_slice line = pfg_take_until(&rest, '\n');

        if (pfg_slice_starts(line, " ")) {
            fprintf(out, "%.*s\n", PFG_SLICE(line));
        } else {
            put_wrapped(out, line, 0);
        }
    }
}

static void put_option(FILE *out, const struct pfg_option *option)
{
    char left[64];
    int width;

    if (pfg_option_is_heading(option)) {
        fprintf(out, "\n%s:\n", option->help);
        return;
    }
    width = snprintf(
        left, sizeof left, "%c%c%s--%s%s%s", option->letter ? '-' : ' ',
        option->letter ? option->letter : ' ', option->letter ? ", " : "  ",
        option->name,
        option->argument && !pfg_option_is_optional(option) ? " " : "",
        option->argument ? option->argument : "");

    fprintf(out, "  %s", left);
    if (width > 26) {
        fprintf(out, "\n%*s", LEFT, "");
    } else {
        fprintf(out, "%*s", 28 - width, "");
    }
    put_wrapped(out, pfg_slice_of(option->help), LEFT);
}

void pfg_help_short(const struct pfg_context *context,
                    const struct pfg_command *command)
{
    FILE *out = context->out;

    fprintf(out, "perfgate %s: %s\n\nusage: perfgate %s %s\n", command->name,
            command->summary, command->name, command->usage);
    if (command->options[0].name && !pfg_option_is_heading(command->options)) {
        fputs("\noptions:\n", out);
    }
    for (const struct pfg_option *o = command->options; o->name; o++) {
        put_option(out, o);
    }
}

void pfg_help_long(const struct pfg_context *context,
                   const struct pfg_command *command)
{
    pfg_help_short(context, command);
    fputc('\n', context->out);
    put_paragraphs(context->out, command->about);
    if (command->options[0].name) {
        fputs("\nEvery option can also be set with an environment variable, "
              "PERFGATE_<OPTION>.\n",
              context->out);
    }
}

void pfg_help_overview(const struct pfg_context *context)
{
    const char *group = "";

    fputs("perfgate: a performance-regression gate\n"
          "\n"
          "  perfgate run --base main -- COMMAND     measure both versions and "
          "compare them\n"
          "  perfgate compare old.txt new.txt        compare two files, no "
          "set-up\n"
          "  perfgate ingest bench.txt               store results under the "
          "current commit\n"
          "  perfgate compare --threshold 10         compare stored results; "
          "exits 1 if the\n"
          "                                          gate fails\n",
          context->out);
    for (size_t i = 0; pfg_commands[i]; i++) {
        if (strcmp(group, pfg_commands[i]->group)) {
            group = pfg_commands[i]->group;
            fprintf(context->out, "\n%s:\n", group);
        }
        fprintf(context->out, "  %-10s %s\n", pfg_commands[i]->name,
                pfg_commands[i]->summary);
    }
    fputs("\n"
          "exit status: 0 passed, 1 the gate failed, 2 wrong usage, 3 no data "
          "to judge,\n"
          "4 disk, database, git or network failed, 5 nothing to compare with\n"
          "\n"
          "'perfgate help COMMAND' shows more; 'perfgate COMMAND -h' lists its "
          "options.\n",
          context->out);
}
