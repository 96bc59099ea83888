#include "cli/help/help.h"

#include <stdio.h>
#include <string.h>

/* --- roff --- */

/* Escapes what is special to roff; `quoted`: within quotes, in a macro's
 * argument. */
static void put_char(FILE *out, char c, bool quoted)
{
    static const struct {
        char c;
        const char *roff;
    } specials[] = {
        {'\\', "\\e"},   {'-', "\\-"}, /* can be copied as a dash */
        {'\'', "\\(aq"}, {'`', "\\(ga"}, {'^', "\\(ha"},
        {'~', "\\(ti"},  {'"', "\\(dq"},
    };

    for (size_t i = 0; i < PFG_COUNT(specials); i++) {
        if (c == specials[i].c && (quoted || c != '"')) {
            fputs(specials[i].roff, out);
            return;
        }
    }
    fputc(c, out);
}

static void put_text(FILE *out, struct pfg_slice text, bool quoted)
{
    if (!quoted && text.len && *text.ptr == '.') {
        fputs("\\&", out); /* not a macro, although it begins like one */
    }
    for (size_t i = 0; i < text.len; i++) {
        put_char(out, text.ptr[i], quoted);
    }
}

/* Paragraphs are filled, indented lines are examples. A macro is written only
 * when its text comes, so that none is written twice. */
static void put_paragraphs(FILE *out, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);
    bool example = false, blank = true;

    while (rest.len) {
        struct pfg_slice line = pfg_take_until(&rest, '\n');
        bool indented = line.len && *line.ptr == ' ';

        if (!line.len) {
            blank = true;
            continue;
        }
        if (example && (blank || !indented)) {
            fputs(".EE\n", out);
            example = false;
        }
        if (blank || indented != example) {
            fputs(indented ? ".IP\n" : ".PP\n", out);
        }
        if (indented && !example) {
            fputs(".EX\n", out);
            example = true;
        }
        put_text(out, line, false);
        fputc('\n', out);
        blank = false;
    }
    fputs(example ? ".EE\n" : "", out);
}

static void put_option(FILE *out, const struct pfg_option *option)
{
    if (pfg_option_is_heading(option)) {
        fputs(".PP\n", out);
        put_text(out, pfg_slice_of(option->help), false);
        fputs(":\n", out);
        return;
    }
    fputs(".TP\n", out);
    if (option->letter) {
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    fputs("\\fB\\-\\-", out);
    put_text(out, pfg_slice_of(option->name), false);
    fputs("\\fR", out);
    if (option->argument) {
        fputs(pfg_option_is_optional(option) ? "\\fI" : " \\fI", out);
        put_text(out, pfg_slice_of(option->argument), false);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    put_text(out, pfg_slice_of(option->help), false);
    fputc('\n', out);
}

static void put_command(FILE *out, const struct pfg_command *command)
{
    fputs(".SS \"", out);
    put_text(out, pfg_slice_of(command->name), true);
    fputs("\"\n\\fBperfgate ", out);
    put_text(out, pfg_slice_of(command->name), false);
    fputs("\\fR ", out);
    put_text(out, pfg_slice_of(command->usage), false);
    fputs("\n.PP\n", out);
    put_text(out, pfg_slice_of(command->summary), false);
    fputs(".\n", out);
    put_paragraphs(out, command->about);
    for (const struct pfg_option *o = command->options; o->name; o++) {
        put_option(out, o);
    }
}

static const char opening[] =
    "perfgate reads the output of benchmark and load\\-testing tools, stores "
    "the results by\n"
    "commit and hardware, compares them with a baseline, and decides for each\n"
    "benchmark whether it got slower. Its exit status is the gate.\n"
    ".PP\n"
    "Every option can also be set with an environment variable, "
    "\\fBPERFGATE_\\fR\\fIOPTION\\fR in\n"
    "capitals with underscores for dashes. Options on the command line "
    "override\n"
    "these variables.\n";

/* By exit status. */
static const char *const statuses[] = {
    "The gate passed, or the command did its job.",
    "The gate failed.",
    "Wrong usage or configuration, unknown revision.",
    "The data cannot be judged: unreadable or empty input, or no results for "
    "the\n"
    "head.",
    "Disk, database, git or network failed.",
    "Nothing to compare with.",
};

static const char closing[] =
    ".SH FILES\n"
    ".TP\n"
    ".I perfgate.json\n"
    "The configuration, JSON with comments, in the working directory or one of "
    "its\n"
    "parents, up to the top of the repository.\n"
    ".TP\n"
    ".I .perfgate/perfgate.db\n"
    "The database, unless \\fB\\-\\-db\\fR names another.\n"
    ".TP\n"
    ".I baselines/\n"
    "Baseline files, one for each hardware profile.\n"
    ".SH SEE ALSO\n"
    ".BR git (1),\n"
    ".BR sqlite3 (1)\n";

void pfg_manual_page(const struct pfg_context *context)
{
    FILE *out = context->out;
    char today[PFG_TIME_TEXT];

    pfg_time_iso(today, context->now);
    fprintf(out,
            ".\\\" Made by 'perfgate help --man' from the tables of options.\n"
            ".TH PERFGATE 1 \"%.10s\" \"perfgate %s\" \"User Commands\"\n"
            ".SH NAME\nperfgate \\- a performance-regression gate\n"
            ".SH SYNOPSIS\n.B perfgate\n"
            "[\\fB\\-\\-color\\fR \\fIWHEN\\fR] \\fICOMMAND\\fR "
            "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]\n"
            ".SH DESCRIPTION\n%s"
            ".SH COMMANDS\n",
            today, PFG_VERSION, opening);
    for (size_t i = 0; pfg_commands[i]; i++) {
        put_command(out, pfg_commands[i]);
    }
    fputs(".SH EXIT STATUS\n", out);
    for (size_t i = 0; i < PFG_COUNT(statuses); i++) {
        fprintf(out, ".TP\n.B %zu\n%s\n", i, statuses[i]);
    }
    fputs(closing, out);
}
