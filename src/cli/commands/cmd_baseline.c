#include <string.h>

#include "app/baseline/baseline_files.h"
#include "app/baseline/named_baselines.h"
#include "base/arena.h"
#include "cli/options/database_options.h"
#include "term/print.h"

static const struct pfg_option options[] = {
    {"commit", 'c', "REV",
     "the commit whose results to save or export (default: the tag called "
     "NAME, else the commit under test)"},
    {"hardware", 0, "NAME", "only on this hardware profile (default: all)"},
    {"to-file", 0, NULL, "save or export to a file in baselines/"},
    {"output", 'o', "FILE", "export to FILE (- for stdout)"},
    {"as", 0, "NAME", "import under this name (default: the file's)"},
    {"baselines", 0, "DIR",
     "the folder of baseline files (default: baselines)"},
    PFG_DATABASE_OPTIONS,
    {"force", 'f', NULL,
     "save even the results of a dirty work tree or a failed run"},
    {0},
};

/* "release: 2 runs of 1a2b3c... on amd-epyc-7763-4c", for each profile. */
static void print_meaning(struct pfg_names *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        if (!strcmp(one->name, name)) {
            pfg_print(s->search.context->err, "%s: %s of %.40s on %s\n", name,
                      pfg_arena_counted(s->search.arena, one->n_runs, "run"),
                      one->revision.id, one->profile);
        }
    }
}

static int set_name(struct pfg_names *s, const char *name, const char *how,
                    const long *ids, size_t n, struct pfg_error *err)
{
    if (pfg_store_baseline_set(s->search.store, name, s->search.context->now,
                               how, ids, n, err) ||
        pfg_names_refresh(s, err)) {
        return -1;
    }
    print_meaning(s, name);
    return 0;
}

/* --- saving --- */

static struct pfg_baseline_save_options read_options(
    const struct pfg_names *s, const struct pfg_arguments *arguments)
{
    return (struct pfg_baseline_save_options){
        .name = pfg_arguments_word(arguments),
        .revision = pfg_arguments_value(arguments, "commit"),
        .hardware = s->hardware,
        .folder = s->folder,
        .force = pfg_arguments_flag(arguments, "force"),
    };
}

static int save(struct pfg_names *s, const struct pfg_arguments *arguments,
                struct pfg_error *err)
{
    const struct pfg_baseline_save_options saved = read_options(s, arguments);
    struct pfg_found found;
    long *ids;

    if (!saved.name || pfg_arguments_flag(arguments, "to-file")) {
        return pfg_baseline_save(&s->search, &saved, err);
    }
    if (pfg_baseline_find(&s->search, &found, &saved, err)) {
        return -1;
    }
    ids = pfg_arena_new_array(s->search.arena, long, found.n);
    for (size_t i = 0; i < found.n; i++) {
        ids[i] = found.infos[i].id;
    }
    return set_name(s, saved.name, "saved", ids, found.n, err);
}

/* With --commit, that commit's results under the name; else those that the
 * name has in the database. */
static int export(struct pfg_names *s, const struct pfg_arguments *arguments,
                  struct pfg_error *err)
{
    struct pfg_baseline_save_options saved = read_options(s, arguments);
    const char *file = pfg_arguments_value(arguments, "output");
    bool to_file = pfg_arguments_flag(arguments, "to-file");

    if (to_file && file) {
        return pfg_fail(err, PFG_USAGE,
                        "--output and --to-file cannot be combined");
    }
    saved.stored = saved.name && !saved.revision;
    saved.file = to_file ? NULL : file ? file : "-";
    return pfg_baseline_save(&s->search, &saved, err);
}

/* --- moving and deleting --- */

/* The second name now stands for the runs of the first. */
static int promote(struct pfg_names *s, const struct pfg_arguments *arguments,
                   struct pfg_error *err)
{
    const char *from = arguments->words[1], *to = arguments->words[2];
    struct pfg_arena *arena = s->search.arena;
    PFG_VEC(long) all = {0};

    for (size_t i = 0; i < s->n; i++) {
        long *ids;
        size_t n;

        if (strcmp(s->list[i].name, from) != 0) {
            continue;
        }
        if (pfg_store_baseline_get(s->search.store, &ids, &n, from,
                                   s->list[i].fingerprint, arena, err)) {
            return -1;
        }
        for (size_t j = 0; j < n; j++) {
            pfg_vec_push(&all, arena, ids[j]);
        }
    }
    return all.n ? set_name(s, to,
                            pfg_arena_printf(arena, "promoted from '%s'", from),
                            all.at, all.n, err)
                 : pfg_names_unknown(s, from, err);
}

/* The runs remain in the database. */
static int delete_name(struct pfg_names *s,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *name = arguments->words[1];
    size_t n, n_names = 0;

    for (size_t i = 0; i < s->n; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        if (strcmp(one->name, name) != 0) {
            continue;
        }
        if (pfg_store_baseline_delete(s->search.store, &n, name,
                                      one->fingerprint, s->search.context->now,
                                      err)) {
            return -1;
        }
        pfg_print(s->search.context->err,
                  "%s: deleted on %s; its %s remain%s\n", name, one->profile,
                  pfg_arena_counted(s->search.arena, n, "run"),
                  n == 1 ? "s" : "");
        n_names++;
    }
    return n_names ? 0 : pfg_names_unknown(s, name, err);
}

/* --- importing and showing --- */

static int import(struct pfg_names *s, const struct pfg_arguments *arguments,
                  struct pfg_error *err)
{
    return pfg_baseline_import(&s->search, arguments->words + 1,
                               arguments->n_words - 1,
                               pfg_arguments_value(arguments, "as"), err);
}

static int list(struct pfg_names *s, const struct pfg_arguments *arguments,
                struct pfg_error *err)
{
    (void)arguments;
    return pfg_names_list(s, err);
}

static int show(struct pfg_names *s, const struct pfg_arguments *arguments,
                struct pfg_error *err)
{
    return pfg_names_show(s, arguments->words + 1, arguments->n_words - 1, err);
}

static const struct {
    const char *verb;
    enum pfg_names_access access;
    size_t new_name; /* the word that must be a valid name; 0: none */
    int (*run)(struct pfg_names *names, const struct pfg_arguments *arguments,
               struct pfg_error *err);
} actions[] = {
    {"save", PFG_NAMES_WRITE, 1, save},
    {"list", PFG_NAMES_READ, 0, list},
    {"show", PFG_NAMES_READ, 0, show},
    {"promote", PFG_NAMES_WRITE, 2, promote},
    {"delete", PFG_NAMES_WRITE, 0, delete_name},
    {"export", PFG_NAMES_WRITE, 1, export},
    {"import", PFG_NAMES_MAKE, 0, import},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_names names = {
        .search = {.context = context, .arena = arguments->arena},
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .folder = pfg_arguments_value(arguments, "baselines"),
    };
    const char *name;
    size_t i = 0;
    int failed;

    while (strcmp(actions[i].verb, arguments->words[0]) != 0) {
        i++;
    }
    name = actions[i].new_name && actions[i].new_name < arguments->n_words
               ? arguments->words[actions[i].new_name]
               : NULL;
    if (name && pfg_names_check(name, err)) {
        return -1;
    }
    failed = pfg_names_open(&names, pfg_arguments_value(arguments, "db"),
                            actions[i].access, err) ||
             actions[i].run(&names, arguments, err);
    pfg_names_close(&names);
    return failed ? -1 : 0;
}

static const struct pfg_verb verbs[] = {
    {"save", 0, 1, "save [NAME]", run},
    {"list", 0, 0, "list", run},
    {"show", 0, PFG_VERB_ANY, "show [NAME|FILE...]", run},
    {"promote", 2, 2, "promote FROM TO", run},
    {"delete", 1, 1, "delete NAME", run},
    {"export", 0, 1, "export [NAME] [-o FILE]", run},
    {"import", 1, PFG_VERB_ANY, "import FILE...", run},
    {0},
};

const struct pfg_command pfg_command_baseline = {
    .name = "baseline",
    .group = "results and machines",
    .summary = "manage named baselines and baseline files",
    .usage = "save|list|show|promote|delete|export|import [WORD...]",
    .about =
        "A baseline is what later results are compared with. It is either a "
        "name in the database, which points to some runs on each hardware "
        "profile, or a file for each profile, which contains the results with "
        "their samples and is committed and reviewed like code.\n\n"
        "  save            write baselines/<hardware>.json from the database, "
        "for each\n"
        "                  profile that has results\n"
        "  save NAME       name the results of --commit, else of the git tag "
        "NAME, else\n"
        "                  of the commit under test. With --to-file, write "
        "them to\n"
        "                  baselines/<hardware>.NAME.json instead\n"
        "  list            list the baselines in the database and in files\n"
        "  show [NAME|FILE...]\n"
        "                  show their contents, and what a name has pointed "
        "to\n"
        "  promote FROM TO make TO point to the results of FROM\n"
        "  delete NAME     delete a name; its results stay\n"
        "  export [NAME]   write a name, or a commit with --commit, as a "
        "baseline file: to\n"
        "                  stdout, to -o FILE, or with --to-file to "
        "baselines/\n"
        "  import FILE...  import baseline files into the database, as "
        "results and names\n\n"
        "'perfgate compare --baseline NAME' looks in the database, for the "
        "hardware of the head, then in baselines/. '--baseline auto' uses the "
        "file for that hardware: the one with the same fingerprint, else the "
        "one with the most specific \"match\" rule, such as {\"gpu\": \"*RTX "
        "3080*\"}.\n",
    .options = options,
    .verbs = verbs,
};
