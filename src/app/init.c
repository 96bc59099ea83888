#include "app/init.h"

#include <dirent.h>
#include <string.h>

#include "app/place.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

#define MAX_DEPTH 4
#define MAX_FILES 20000
#define MAX_READ  ((size_t)256 << 10)

/* A way of measuring, and by what it is known. */
static const struct tool {
    const char *name;
    const char *suffix;  /* of a file's name */
    const char *words;   /* one of them stands in it, separated by |; "" */
    const char *command; /* %s: the file */
    const char *rule;    /* for the configuration, with its comment; "" */
    bool server;         /* measures one that has to run */
} tools[] = {
    {"go test -bench", "go.mod", "",
     "go test -run '^$' -bench . -benchmem -count 1 ./...", "", false},
    {"criterion", "Cargo.toml", "criterion", "cargo bench", "", false},
    {"k6", ".js", "from 'k6|from \"k6|require('k6|require(\"k6",
     "k6 run --summary-export summary.json %s",
     "    // requests that fail; judged without a base, too\n"
     "    { \"metric\": \"error rate\", \"budget\": \"< 1%\" }",
     true},
    {"wrk", ".lua", "wrk.|done = function|function done",
     "wrk -t2 -c64 -d10s --latency -s %s http://localhost:8080/", "", true},
};

#define N_TOOLS (sizeof tools / sizeof *tools)

struct looking {
    const char *root;
    struct pfg_arena *arena;
    size_t n_files;
    const char *found[N_TOOLS]; /* the first file that shows it, or NULL */
};

/* --- what is there --- */

static bool holds_one(const struct looking *l, const char *path,
                      const char *words)
{
    struct pfg_slice rest = pfg_slice_of(words);
    struct pfg_str text;
    bool found = !rest.len;

    pfg_str_init(&text, 0);
    /* What is too large is no hand-written script. */
    if (!found && !pfg_file_read(&text, pfg_path_join(l->arena, l->root, path),
                                 MAX_READ, NULL)) {
        while (rest.len && !found) {
            found = pfg_slice_has(
                pfg_str_slice(&text),
                pfg_arena_slice(l->arena, pfg_take_until(&rest, '|')));
        }
    }
    pfg_str_free(&text);
    return found;
}

/* It goes into commands and a workflow as it is. */
static bool is_plain(const char *path)
{
    return !path[strspn(path, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./")];
}

static void look_at(struct looking *l, const char *path)
{
    if (!is_plain(path)) {
        return;
    }
    for (size_t i = 0; i < N_TOOLS; i++) {
        bool whole = *tools[i].suffix != '.';
        bool named = whole
                         ? !strcmp(pfg_path_name(path), tools[i].suffix)
                         : pfg_slice_ends(pfg_slice_of(path), tools[i].suffix);

        /* Of several the one nearest to the top, then the first by name. */
        if (named && holds_one(l, path, tools[i].words) &&
            (!l->found[i] || strlen(path) < strlen(l->found[i]) ||
             (strlen(path) == strlen(l->found[i]) &&
              strcmp(path, l->found[i]) < 0))) {
            l->found[i] = path;
        }
    }
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

static const char *command_of(const struct looking *l, size_t tool)
{
    struct pfg_slice rest = pfg_slice_of(tools[tool].command);
    size_t at = pfg_slice_find(rest, "%s");

    return at < rest.len
               ? pfg_arena_printf(l->arena, "%.*s%s%s", (int)at, rest.ptr,
                                  l->found[tool], rest.ptr + at + 2)
               : tools[tool].command;
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
    for (size_t i = 0; i < N_TOOLS; i++) {
        if (l->found[i] && *tools[i].rule) {
            pfg_str_puts(out, tools[i].rule);
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
        "  \"missing\": \"error\"\n"
        "}\n");
}

static void write_steps(struct pfg_str *out, const struct looking *l)
{
    for (size_t i = 0; i < N_TOOLS; i++) {
        if (!l->found[i]) {
            continue;
        }
        pfg_str_printf(out, "      - name: %s\n", tools[i].name);
        if (tools[i].server) {
            pfg_str_puts(out, "        # start the server that it measures "
                              "first\n");
        }
        pfg_str_puts(out, "        run: |\n"
                          "          perfgate plan --base "
                          "\"origin/$GITHUB_BASE_REF\" -- \\\n"
                          "            ");
        pfg_str_printf(out,
                       "%s >perfgate.sh\n"
                       "          sh perfgate.sh\n",
                       command_of(l, i));
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
        "on: pull_request\n"
        "permissions:\n"
        "  contents: read\n"
        "jobs:\n"
        "  perfgate:\n"
        "    runs-on: ubuntu-latest\n"
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "        with:\n"
        "          fetch-depth: 0 # the base is measured, too\n"
        "      - name: perfgate\n"
        "        # here goes how your runners get perfgate\n"
        "        run: perfgate --version\n");
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
        fprintf(context->out, "kept   %s, which was there\n", path);
        return 0;
    }
    pfg_str_init(&text, 0);
    write(&text, l);
    failed = pfg_file_make_directories(pfg_path_folder(l->arena, whole), err) ||
             pfg_file_write(whole, pfg_str_slice(&text), err);
    if (!failed) {
        fprintf(context->out, "wrote  %s\n", path);
    }
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

/* --- what is said --- */

static void say_next(const struct pfg_context *context, const struct looking *l)
{
    const char *command = "COMMAND";

    for (size_t i = N_TOOLS; i-- > 0;) {
        command = l->found[i] ? command_of(l, i) : command;
    }
    fprintf(context->out,
            "\nnext:\n"
            "  perfgate config check\n"
            "  perfgate plan --base main -- %s | sh\n"
            "  git add perfgate.json .github/workflows/perfgate.yml\n",
            command);
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
    for (size_t i = 0; i < N_TOOLS; i++) {
        if (l->found[i]) {
            fprintf(context->out, "found  %s (%s)\n", tools[i].name,
                    l->found[i]);
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
    int failed = pfg_place_open_vcs(&vcs, err);

    if (!failed) {
        l.root = vcs ? pfg_vcs_root(vcs) : ".";
        failed = look(context, &l, err);
    }
    pfg_vcs_close(vcs);
    pfg_arena_free(l.arena);
    return failed;
}
