#include <string.h>

#include "base/file.h"
#include "cli/options/options.h"
#include "render/embedded.h"
#include "render/template/markers.h"
#include "render/template/template.h"
#include "term/print.h"

static const struct pfg_option options[] = {
    {"templates", 0, "DIR", "the folder to check (default: templates)"},
    {0},
};

static const size_t LARGEST = 4 << 20;

/* Templates that a team can override; scripts and their hashes are perfgate's
 * own. */
static bool is_template(const char *name)
{
    struct pfg_slice slice = pfg_slice_of(name);

    return pfg_slice_ends(slice, ".html") || pfg_slice_ends(slice, ".md");
}

static size_t check_markers(const struct pfg_context *context, const char *name,
                            const char *path, struct pfg_arena *arena,
                            struct pfg_error *err)
{
    struct pfg_marker_problem *problems;
    struct pfg_str text = pfg_str_in(arena);
    size_t n;

    if (pfg_file_read(&text, path, LARGEST, err)) {
        return 1;
    }
    n = pfg_markers_check(&problems, name, pfg_str_slice(&text), arena);
    for (size_t i = 0; i < n; i++) {
        struct pfg_error problem = {0};

        pfg_fail_at(&problem, PFG_USAGE,
                    (struct pfg_pos){path, problems[i].line, 0}, "%s",
                    problems[i].text);
        if (*problems[i].hint) {
            pfg_hint(&problem, "%s", problems[i].hint);
        }
        pfg_context_report(context, &problem);
    }
    return n;
}

/* Returns the number of problems. */
static size_t check_one(const struct pfg_context *context, const char *name,
                        const char *folder, struct pfg_arena *arena)
{
    const char *path = pfg_path_join(arena, folder, name);
    struct pfg_error err = {0};
    size_t n;

    if (pfg_template_parse(name, folder, &err)) {
        pfg_context_report(context, &err);
        return 1;
    }
    n = check_markers(context, name, path, arena, &err);
    if (err.code) {
        pfg_context_report(context, &err);
    }
    if (!n) {
        pfg_print(context->out, "%s: fine\n", path);
    }
    return n;
}

static int check(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_arena *arena = arguments->arena;
    const char *word = pfg_arguments_word(arguments);
    const char *named =
        word ? word : pfg_arguments_value(arguments, "templates");
    const char *folder = named ? named : "templates";
    size_t found = 0, problems = 0;

    for (const struct pfg_embedded *e = pfg_embedded; e->name; e++) {
        if (is_template(e->name) &&
            pfg_file_exists(pfg_path_join(arena, folder, e->name))) {
            found++;
            problems += check_one(context, e->name, folder, arena);
        }
    }
    if (!found) {
        pfg_fail(err, PFG_USAGE, "no template in '%s'", folder);
        return pfg_hint(err, "'perfgate templates list' lists the names, "
                             "'perfgate templates show NAME' prints one");
    }
    return problems ? pfg_fail(err, PFG_USAGE, "%zu problem%s in '%s'",
                               problems, problems == 1 ? "" : "s", folder)
                    : 0;
}

static int show(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *name = arguments->words[1];

    for (const struct pfg_embedded *e = pfg_embedded; e->name; e++) {
        if (is_template(e->name) && !strcmp(e->name, name)) {
            fputs(e->text, context->out);
            return 0;
        }
    }
    pfg_fail(err, PFG_USAGE, "no template '%s'", name);
    return pfg_hint(err, "'perfgate templates list' lists the names");
}

static int list(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    (void)arguments;
    (void)err;
    for (const struct pfg_embedded *e = pfg_embedded; e->name; e++) {
        if (is_template(e->name)) {
            pfg_print(context->out, "%s\n", e->name);
        }
    }
    return 0;
}

static const struct pfg_verb verbs[] = {
    {"check", 0, 1, "check [DIR]", check},
    {"show", 1, 1, "show NAME", show},
    {"list", 0, 0, "list", list},
    {0},
};

const struct pfg_command pfg_command_templates = {
    .name = "templates",
    .group = "measure and look closer",
    .summary = "manage templates of the HTML page and the pull request comment",
    .usage = "check [DIR] | show NAME | list",
    .about =
        "The HTML report and the comment are rendered from templates "
        "(ctemplate). Templates in the folder given with --templates override "
        "built-in ones of the same name.\n\n"
        "  check [DIR]  check that the templates in DIR parse, escape what "
        "they show, and use\n"
        "               only markers that perfgate fills\n"
        "  show NAME    print a built-in template, as a starting point\n"
        "  list         list the built-in templates\n\n"
        "  mkdir mine && perfgate templates show report.md > mine/report.md\n"
        "  perfgate templates check mine\n"
        "  perfgate compare --templates mine --report markdown\n",
    .options = options,
    .verbs = verbs,
};
