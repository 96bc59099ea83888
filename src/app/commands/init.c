#include "app/commands/init.h"

#include <dirent.h>
#include <string.h>

#include "app/commands/init_tools.h"
#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "term/print.h"

#define MAX_DEPTH 4
#define MAX_FILES 20000
#define MAX_READ  ((size_t)256 << 10)

struct looking {
    const char *root;
    struct pfg_arena *arena;
    size_t n_files;
    struct {
        const char *path; /* the first file that shows it, or NULL */
        const char *detail;
    } found[PFG_N_INIT_TOOLS];
};

/* --- what is there --- */

/* Of several files the one nearest to the top, then the first by name. */
static bool goes_before(const char *path, const char *other)
{
    size_t a = strlen(path), b = other ? strlen(other) : 0;

    return !other || a < b || (a == b && strcmp(path, other) < 0);
}

static void look_at(struct looking *l, const char *path)
{
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
        /* What is too large is not hand-written. */
        if (!read &&
            pfg_file_read(&text, pfg_path_join(l->arena, l->root, path),
                          MAX_READ, NULL)) {
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

/* What others wrote, or a build did, says nothing of this repository. */
static bool is_foreign(const char *name)
{
    static const char *const names[] = {
        "node_modules", "target", "vendor", "build", "dist", "third_party"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
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

/* --- what is written --- */

/* One of a found tool's texts. */
static const char *fill(const struct looking *l, size_t tool, const char *text)
{
    return pfg_init_tool_fill(text, l->found[tool].path, l->found[tool].detail,
                              l->arena);
}

/* Measures with it, here: base and head in turn, and compares. */
static const char *run_of(const struct looking *l, size_t i)
{
    const struct pfg_init_tool *tool = &pfg_init_tools[i];
    const char *prepare = "", *results = "";

    if (*tool->prepare) {
        prepare = pfg_arena_printf(l->arena, " --prepare '%s'",
                                   fill(l, i, tool->prepare));
    }
    if (*tool->results) {
        results = pfg_arena_printf(l->arena, " --results %s",
                                   fill(l, i, tool->results));
    }
    return pfg_arena_printf(l->arena, "perfgate run --base main%s%s -- %s",
                            prepare, results, fill(l, i, tool->command));
}

static void write_config(struct pfg_str *out, const struct looking *l)
{
    pfg_str_puts(
        out,
        "// How this repository gates on performance. 'perfgate config check'\n"
        "// reads it, 'perfgate config show BENCHMARK' tells what holds.\n"
        "{\n"
        "  // How much worse is too much, in per cent, where no rule says\n"
        "  // otherwise. A limit that is written is a gate: what is over it "
        "and\n"
        "  // likely fails, too.\n"
        "  \"threshold\": 10,\n\n"
        "  // All rules that match count; a later one wins, key by key. They "
        "go\n"
        "  // by the words of the report. For example:\n"
        "  //   { \"benchmark\": \"core/*\", \"threshold\": 5 }\n"
        "  //   { \"metric\": \"time\", \"min_change\": \"50ns\" }\n"
        "  //   { \"benchmark\": \"startup\", \"budget\": \"< 200ms\" }\n"
        "  //   { \"benchmark\": \"flaky/*\", \"severity\": \"warn\" }\n"
        "  \"rules\": [\n");
    for (size_t i = 0; i < PFG_N_INIT_TOOLS; i++) {
        if (l->found[i].path && *pfg_init_tools[i].rule) {
            pfg_str_puts(out, pfg_init_tools[i].rule);
            pfg_str_putc(out, '\n');
        }
    }
    pfg_str_puts(
        out,
        "  ],\n\n"
        "  // Limits between two benchmarks of one run. For example:\n"
        "  //   { \"name\": \"overhead\", \"of\": \"*/traced\", \"to\": "
        "\"*/native\", \"limit\": \"<= 1.05\" }\n"
        "  \"ratios\": [],\n\n"
        "  // A benchmark that is gone fails (error), is shown (warn), or not "
        "(ok).\n"
        "  \"missing\": \"error\"\n\n"
        "  // Let the policy of the base branch judge a change, not its own:\n"
        "  // , \"trust\": \"base\"\n"
        "}\n");
}

/* An input of the action; a block, which no character can break out of. */
static void write_input(struct pfg_str *out, const char *name,
                        const char *value)
{
    if (*value) {
        pfg_str_printf(out, "          %s: >-\n            %s\n", name, value);
    }
}

static void write_steps(struct pfg_str *out, const struct looking *l)
{
    bool any = false;

    for (size_t i = 0; i < PFG_N_INIT_TOOLS; i++) {
        const struct pfg_init_tool *tool = &pfg_init_tools[i];

        if (!l->found[i].path) {
            continue;
        }
        pfg_str_printf(out,
                       "      - name: %s\n"
                       "        if: ${{ !cancelled() }}\n",
                       tool->name);
        if (tool->server) {
            pfg_str_puts(out, "        # start the server that it measures "
                              "first\n");
        }
        pfg_str_printf(out,
                       "        uses: OWNER/perfgate/ci@VERSION\n"
                       "        with:\n"
                       "          id: %s\n",
                       tool->id);
        write_input(out, "command", fill(l, i, tool->command));
        write_input(out, "prepare", fill(l, i, tool->prepare));
        write_input(out, "results", fill(l, i, tool->results));
        any = true;
    }
    if (!any) {
        pfg_str_puts(out, "      - uses: OWNER/perfgate/ci@VERSION\n"
                          "        with:\n"
                          "          command: COMMAND\n");
    }
}

static void write_workflow(struct pfg_str *out, const struct looking *l)
{
    pfg_str_puts(
        out,
        "# Measures base and head of a pull request in turn, on one machine,\n"
        "# and fails when something got slower. The limits stand in\n"
        "# perfgate.json.\n"
        "name: perfgate\n"
        "on:\n"
        "  pull_request:\n"
        "    # labeled: a label perfgate-accept counts at once\n"
        "    types: [opened, synchronize, reopened, labeled]\n"
        "permissions:\n"
        "  contents: read\n"
        "  pull-requests: write # the comment\n"
        "concurrency:\n"
        "  group: perfgate-${{ github.event.pull_request.number }}\n"
        "  cancel-in-progress: true\n"
        "jobs:\n"
        "  perfgate:\n"
        "    runs-on: ubuntu-latest\n"
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "        with:\n"
        "          fetch-depth: 0 # the base is measured, too\n"
        "      # OWNER and VERSION: where you have perfgate from\n");
    write_steps(out, l);
}

static int write_new(const struct pfg_context *context, const struct looking *l,
                     const char *path,
                     void (*write)(struct pfg_str *, const struct looking *),
                     struct pfg_error *err)
{
    const char *whole = pfg_path_join(l->arena, l->root, path);
    struct pfg_str text;
    int failed;

    if (pfg_file_exists(whole)) {
        pfg_print(context->out, "kept   %s, which was there\n", path);
        return 0;
    }
    pfg_str_init(&text, 0);
    write(&text, l);
    failed = pfg_file_make_directories(pfg_path_folder(l->arena, whole), err) ||
             pfg_file_write(whole, pfg_str_slice(&text), err);
    if (!failed) {
        pfg_print(context->out, "wrote  %s\n", path);
    }
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

/* --- what is said --- */

static void say_next(const struct pfg_context *context, const struct looking *l)
{
    const char *run = "perfgate run --base main -- COMMAND";

    for (size_t i = PFG_N_INIT_TOOLS; i-- > 0;) {
        run = l->found[i].path ? run_of(l, i) : run;
    }
    pfg_print(
        context->out,
        "\nnext:\n"
        "  perfgate config check\n"
        "  %s\n"
        "  git add perfgate.json .github/workflows/perfgate.yml\n"
        "\nin the workflow, OWNER and VERSION say where perfgate is from\n",
        run);
}

/* A way of measuring that another of its name is the better word for. */
static void drop_repeated(struct looking *l)
{
    for (size_t i = 1; i < PFG_N_INIT_TOOLS; i++) {
        if (l->found[i - 1].path &&
            !strcmp(pfg_init_tools[i].name, pfg_init_tools[i - 1].name)) {
            l->found[i].path = NULL;
        }
    }
}

static int look(const struct pfg_context *context, struct looking *l,
                struct pfg_error *err)
{
    /* Either name holds a configuration already. */
    const char *config =
        pfg_file_exists(pfg_path_join(l->arena, l->root, "perfgate.jsonc"))
            ? "perfgate.jsonc"
            : "perfgate.json";
    bool any = false;

    look_in(l, "", 0);
    drop_repeated(l);
    for (size_t i = 0; i < PFG_N_INIT_TOOLS; i++) {
        if (l->found[i].path) {
            pfg_print(context->out, "found  %s (%s)\n", pfg_init_tools[i].name,
                      l->found[i].path);
            any = true;
        }
    }
    if (!any) {
        fputs("found  nothing that perfgate knows to run: put your command "
              "into the workflow\n",
              context->out);
    }
    if (write_new(context, l, config, write_config, err) ||
        write_new(context, l, ".github/workflows/perfgate.yml", write_workflow,
                  err)) {
        return -1;
    }
    say_next(context, l);
    return 0;
}

int pfg_init(const struct pfg_context *context, struct pfg_error *err)
{
    struct looking l = {.arena = pfg_arena_new()};
    struct pfg_vcs *vcs = NULL;
    int failed = pfg_workspace_open_vcs(&vcs, err);

    if (!failed) {
        l.root = vcs ? pfg_vcs_root(vcs) : ".";
        failed = look(context, &l, err);
    }
    pfg_vcs_close(vcs);
    pfg_arena_free(l.arena);
    return failed;
}
