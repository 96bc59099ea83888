#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "app/commands/init.h"
#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/options/options.h"
#include "term/print.h"

static const struct pfg_option options[] = {
    {"forge", 0, "NAME",
     "github, gitlab, gitea or forgejo (default: from the remote 'origin', "
     "else from existing files)"},
    {"action", 0, "OWNER/NAME@REF",
     "where workflows get perfgate from (default: a placeholder to fill in)"},
    {0},
};

#define MAX_DEPTH 4
#define MAX_FILES 20000
#define MAX_READ  ((size_t)256 << 10)

struct looking {
    const struct pfg_context *context;
    const char *root;
    const char *branch; /* the default branch */
    struct pfg_arena *arena;
    size_t n_files;
    struct {
        const char *path; /* the first file that shows it, or NULL */
        const char *detail;
    } found[PFG_N_INIT_TOOLS];
};

/* --- looking for benchmarks --- */

/* Of several files, the one nearest to the top counts, then the first by name.
 */
static bool goes_before(const char *path, const char *other)
{
    size_t a = strlen(path), b = other ? strlen(other) : 0;

    return !other || a < b || (a == b && strcmp(path, other) < 0);
}

static void look_at(struct looking *l, const char *path)
{
    struct pfg_error err;
    struct pfg_str text;
    bool read = false;

    pfg_str_init(&text, 0);
    for (size_t i = 0; i < PFG_N_INIT_TOOLS && pfg_init_is_plain(path); i++) {
        const struct pfg_init_tool *tool = &pfg_init_tools[i];
        const char *detail;

        if (!pfg_init_tool_names(tool, path) ||
            !goes_before(path, l->found[i].path)) {
            continue;
        }
        errno = 0;
        if (!read &&
            pfg_file_read(&text, pfg_path_join(l->arena, l->root, path),
                          MAX_READ, &err)) {
            /* A file that is too large is not hand-written. */
            if (errno) {
                pfg_context_warn(l->context, "%s", err.message);
            }
            break;
        }
        read = true;
        if (pfg_init_tool_shows(tool, pfg_str_slice(&text), path, &detail,
                                l->arena)) {
            l->found[i].path = path;
            l->found[i].detail = detail;
        }
    }
    pfg_str_free(&text);
}

/* Dependencies and build output say nothing about this repository. */
static bool is_foreign(const char *name)
{
    static const char *const names[] = {
        "node_modules", "target", "vendor", "build", "dist", "third_party"};

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    return *name == '.';
}

static void look_in(struct looking *l, const char *folder, int depth)
{
    DIR *dir = opendir(pfg_path_join(l->arena, l->root, folder));
    struct dirent *entry;

    while (dir && (entry = readdir(dir)) && l->n_files < MAX_FILES) {
        const char *path = *folder
                               ? pfg_path_join(l->arena, folder, entry->d_name)
                               : pfg_arena_strdup(l->arena, entry->d_name);

        if (is_foreign(entry->d_name)) {
            continue;
        }
        l->n_files++;
        if (entry->d_type == DT_DIR && depth < MAX_DEPTH) {
            look_in(l, path, depth + 1);
        } else if (entry->d_type == DT_REG) {
            look_at(l, path);
        }
    }
    if (dir) {
        closedir(dir);
    }
}

/* --- writing and printing --- */

/* Whether a better entry of the same name was found already. */
static bool is_repeated(const struct looking *l, size_t i)
{
    return i && l->found[i - 1].path &&
           !strcmp(pfg_init_tools[i].name, pfg_init_tools[i - 1].name);
}

static struct pfg_init_plan plan_of(const struct looking *l, const char *action)
{
    struct pfg_init_found *found =
        pfg_arena_new_array(l->arena, struct pfg_init_found, PFG_N_INIT_TOOLS);
    struct pfg_init_plan plan = {found, 0, action, l->branch};

    for (size_t i = 0; i < PFG_N_INIT_TOOLS; i++) {
        const struct pfg_init_tool *tool = &pfg_init_tools[i];
        const char *path = l->found[i].path, *detail = l->found[i].detail;

        if (path && !is_repeated(l, i)) {
            found[plan.n++] = (struct pfg_init_found){
                tool,
                path,
                pfg_init_tool_fill(tool->command, path, detail, l->arena),
                pfg_init_tool_fill(tool->prepare, path, detail, l->arena),
                pfg_init_tool_fill(tool->results, path, detail, l->arena),
                pfg_init_tool_fill(tool->steps, path, detail, l->arena)};
        }
    }
    return plan;
}

/* The forge of that name, or NULL. Without a name: by the remote's host, by the
 * files in the repository, or the default. */
static const struct pfg_init_forge *forge_of(const struct looking *l,
                                             const char *name, const char *host)
{
    const struct pfg_init_forge *shown = NULL;

    for (const struct pfg_init_forge *f = pfg_init_forges; f->name; f++) {
        struct pfg_slice rest = pfg_slice_of(f->hosts);

        if (name && !strcmp(name, f->name)) {
            return f;
        }
        while (!name && rest.len) {
            if (strcasestr(host, pfg_arena_slice(l->arena,
                                                 pfg_take_until(&rest, '|')))) {
                return f;
            }
        }
        if (!shown && f->shown &&
            pfg_file_exists(pfg_path_join(l->arena, l->root, f->shown))) {
            shown = f;
        }
    }
    return name ? NULL : shown ? shown : pfg_init_forges;
}

/* Never overwrites a file; *there: it exists already. */
static int write_new(const struct pfg_context *context, const struct looking *l,
                     const char *path, const struct pfg_str *text, bool *there,
                     struct pfg_error *err)
{
    const char *whole = pfg_path_join(l->arena, l->root, path);

    *there = pfg_file_exists(whole);
    if (!*there &&
        (pfg_file_make_directories(pfg_path_folder(l->arena, whole), err) ||
         pfg_file_write(whole, pfg_str_slice(text), err))) {
        return -1;
    }
    pfg_print(context->out,
              *there ? "kept   %s, which already exists\n" : "wrote  %s\n",
              path);
    return 0;
}

static int write_files(const struct pfg_context *context,
                       const struct looking *l,
                       const struct pfg_init_forge *forge,
                       struct pfg_init_plan *plan, bool *included,
                       struct pfg_error *err)
{
    /* Either name is a configuration. */
    const char *config =
        pfg_file_exists(pfg_path_join(l->arena, l->root, "perfgate.jsonc"))
            ? "perfgate.jsonc"
            : "perfgate.json";
    struct pfg_str policy = pfg_str_in(l->arena);
    struct pfg_str jobs = pfg_str_in(l->arena);
    struct pfg_str includer = pfg_str_in(l->arena);
    bool there;

    *included = true;
    pfg_init_write_config(&policy, plan);
    if (write_new(context, l, config, &policy, &there, err)) {
        return -1;
    }
    plan->listed = plan->n && !there;
    forge->write(&jobs, plan);
    if (write_new(context, l, forge->path, &jobs, &there, err)) {
        return -1;
    }
    if (forge->includer) {
        pfg_init_write_includer(&includer, forge);
        if (write_new(context, l, forge->includer, &includer, &there, err)) {
            return -1;
        }
        *included = !there;
    }
    return 0;
}

/* Prints the command that measures it here. */
static void print_run(const struct pfg_context *context,
                      const struct pfg_init_found *found)
{
    fputs("  perfgate run --base auto", context->out);
    if (*found->prepare) {
        pfg_print(context->out, " --prepare '%s'", found->prepare);
    }
    if (*found->results) {
        pfg_print(context->out, " --results %s", found->results);
    }
    pfg_print(context->out, " -- %s\n", found->command);
}

static void print_next(const struct pfg_context *context,
                       const struct looking *l,
                       const struct pfg_init_forge *forge,
                       const struct pfg_init_plan *plan, bool included)
{
    fputs("\nnext:\n  perfgate config check\n", context->out);
    for (size_t i = 0; i < plan->n && !plan->listed; i++) {
        print_run(context, &plan->found[i]);
    }
    if (plan->listed) {
        fputs("  perfgate run --base auto\n", context->out);
    }
    if (!plan->n) {
        fputs("  perfgate run --base auto -- COMMAND\n", context->out);
    }
    pfg_print(context->out, "  git add perfgate.json %s%s%s\n", forge->path,
              forge->includer ? " " : "",
              forge->includer ? forge->includer : "");
    if (!included) {
        struct pfg_str text = pfg_str_in(l->arena);

        pfg_init_write_includer(&text, forge);
        pfg_print(context->out,
                  "\n"
                  "%s needs this in addition to what it includes:\n",
                  forge->includer);
        fputs(text.ptr, context->out);
    }
    if (forge->includer) {
        pfg_print(context->out,
                  "\n" PFG_INIT_HOST
                  "  in %s: replace it with the address of perfgate\n",
                  forge->path);
    } else if (!strcmp(plan->action, PFG_INIT_ACTION)) {
        pfg_print(context->out,
                  "\n"
                  "PERFGATE_OWNER in %s: replace it with the account that "
                  "hosts perfgate\n",
                  forge->path);
    }
}

static int look(const struct pfg_context *context, struct looking *l,
                const char *forge_name, const char *action, const char *host,
                struct pfg_error *err)
{
    const struct pfg_init_forge *forge = forge_of(l, forge_name, host);
    struct pfg_init_plan plan;
    bool included;

    if (!forge) {
        pfg_fail(err, PFG_USAGE, "unknown forge '%s'", forge_name);
        return pfg_hint(err,
                        "--forge expects github, gitlab, gitea or forgejo");
    }
    look_in(l, "", 0);
    plan = plan_of(l, action ? action : PFG_INIT_ACTION);
    for (size_t i = 0; i < plan.n; i++) {
        pfg_print(context->out, "found  %s (%s)\n", plan.found[i].tool->name,
                  plan.found[i].path);
    }
    if (!plan.n) {
        fputs("found  no benchmarks that perfgate can run: put your command "
              "into the workflow\n",
              context->out);
    }
    if (write_files(context, l, forge, &plan, &included, err)) {
        return -1;
    }
    print_next(context, l, forge, &plan, included);
    return 0;
}

/* OWNER/NAME@REF, without characters that are special in YAML. */
static int check_action(const struct looking *l, const char *action,
                        struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_of(action);
    const char *name = pfg_arena_slice(l->arena, pfg_take_until(&rest, '@'));

    return strchr(name, '/') && pfg_init_is_plain(name) && rest.len &&
                   pfg_init_is_plain(rest.ptr)
               ? 0
               : pfg_fail(err, PFG_USAGE,
                          "--action expects OWNER/NAME@REF, not '%s'", action);
}

/* The default branch as far as git knows it, else main. */
static const char *branch_of(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    static const char remote[] = "origin/";
    const char *id, *branch = NULL;
    struct pfg_error err;

    if (vcs && !pfg_vcs_base_branch(vcs, &id, &branch, NULL, arena, &err) &&
        branch && !strncmp(branch, remote, sizeof remote - 1)) {
        branch += sizeof remote - 1;
    }
    return branch && pfg_init_is_plain(branch) ? branch : "main";
}

/*
 * Looks for benchmarks in the repository (outside of one: in the working
 * directory), writes a commented perfgate.json and a workflow for its forge,
 * and prints the next steps.
 */
static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *action = pfg_arguments_value(arguments, "action");
    struct looking l = {.context = context, .arena = arguments->arena};
    struct pfg_vcs *vcs = NULL;
    int failed;

    if (arguments->n_words) {
        return pfg_fail(err, PFG_USAGE, "'perfgate init' does not take '%s'",
                        arguments->words[0]);
    }
    if ((action && check_action(&l, action, err)) ||
        pfg_workspace_open_vcs(&vcs, err)) {
        return -1;
    }
    l.root = vcs ? pfg_vcs_root(vcs) : ".";
    l.branch = branch_of(vcs, l.arena);
    failed = look(context, &l, pfg_arguments_value(arguments, "forge"), action,
                  vcs ? pfg_vcs_remote_host(vcs, l.arena) : "", err);
    pfg_vcs_close(vcs);
    return failed;
}

const struct pfg_command pfg_command_init = {
    .name = "init",
    .group = "start here",
    .summary = "write perfgate.json and a workflow for this repository",
    .usage = "[OPTIONS]",
    .about =
        "Looks for benchmarks in this repository (Go, criterion, pytest, k6 "
        "scripts and others) and writes a commented perfgate.json and a "
        "workflow for GitHub, GitLab, Gitea or Forgejo that installs the "
        "tools they need. It never overwrites a file, and prints what it "
        "found and what to do next.\n",
    .options = options,
    .run = run,
};
