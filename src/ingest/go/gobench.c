#include "ingest/go/gobench.h"

#include <stdio.h>
#include <string.h>

#define SHORT(s) (int)((s).len < 60 ? (s).len : 60), (s).ptr

static void send_fact(struct pfg_reader *reader, struct pfg_slice key,
                      const char *value)
{
    if (*value && !pfg_slice_is(key, "pkg")) {
        reader->sink->fact(reader->sink->self, key, pfg_slice_of(value));
    }
}

/* Sends the facts held back until this was known to be Go's output. */
static void enter_go(struct pfg_gobench *g, struct pfg_reader *reader)
{
    if (g->in_go) {
        return;
    }
    g->in_go = true;
    for (size_t i = 0; i < g->config.n; i++) {
        send_fact(reader, g->config.entries[i].key, g->config.entries[i].value);
    }
}

void pfg_gobench_begin(struct pfg_gobench *g, struct pfg_arena *arena,
                       struct pfg_slice pkg)
{
    g->arena = arena;
    pfg_map_init(&g->names, g->arena);
    pfg_map_init(&g->config, g->arena);
    pfg_map_init(&g->units, g->arena);
    pfg_map_init(&g->declared, g->arena);
    pfg_map_init(&g->packages, g->arena);
    pfg_map_init(&g->done, g->arena);
    pfg_map_init(&g->broken, g->arena);
    g->block.number = 1;
    g->pkg = pkg;
}

static void set_config(struct pfg_gobench *g, struct pfg_reader *reader,
                       struct pfg_slice key, struct pfg_slice value)
{
    void **place = pfg_map_at(&g->config, key);

    if (*place && pfg_slice_is(value, *place)) {
        return;
    }
    *place = pfg_arena_slice(g->arena, value);
    if (g->in_go) {
        send_fact(reader, key, *place);
    }
}

/* Go's own keys are recognised anywhere. `cpu` is a word of many tools, so
 * after Go's results have begun it must follow another config line; the user's
 * own keys must do so always. Otherwise they would look like what a benchmark
 * or the next tool in the log prints. */
static enum pfg_claim on_config(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line)
{
    struct pfg_slice key, value;
    bool known;

    if (!pfg_gobench_config(line, &key, &value)) {
        return PFG_NOT_MINE;
    }
    known = pfg_slice_is(key, "goos") || pfg_slice_is(key, "goarch") ||
            pfg_slice_is(key, "pkg");
    if (!known && !g->after_config && (g->in_go || !pfg_slice_is(key, "cpu"))) {
        return PFG_NOT_MINE;
    }
    if (pfg_slice_is(key, "goos")) {
        /* after `pkg:` and before all else, it is part of that header */
        if (pfg_gobench_has_output(&g->block)) {
            pfg_gobench_end_block(g, reader);
        }
        pfg_gobench_end_process(g, reader);
    } else if (pfg_slice_is(key, "pkg")) {
        pfg_gobench_begin_package(g, reader, value);
    }
    if (known) {
        enter_go(g, reader);
    }
    g->in_config = g->in_go;
    set_config(g, reader, key, value);
    return g->in_go ? PFG_ONLY_MINE : PFG_NOT_MINE;
}

/* "go version go1.22.1 linux/amd64" */
static enum pfg_claim on_version(struct pfg_gobench *g,
                                 struct pfg_reader *reader,
                                 struct pfg_slice line)
{
    struct pfg_slice version;

    if (!pfg_take(&line, "go version ")) {
        return PFG_NOT_MINE;
    }
    version = pfg_gobench_field(&line);
    if (!pfg_slice_starts(version, "go1") ||
        !pfg_slice_has(pfg_gobench_field(&line), "/") || line.len) {
        return PFG_NOT_MINE;
    }
    set_config(g, reader, PFG_LIT("go"), version);
    return PFG_MINE;
}

static enum pfg_claim on_unit(struct pfg_gobench *g, struct pfg_reader *reader,
                              struct pfg_slice line)
{
    struct pfg_slice rest, unit, field;
    size_t n_known = 0;

    if (!pfg_slice_is(pfg_gobench_field(&line), "Unit")) {
        return PFG_NOT_MINE;
    }
    unit = pfg_gobench_field(&line);
    for (rest = line; (field = pfg_gobench_field(&rest)).len;) {
        if (pfg_slice_find_byte(field, '=') >= field.len) {
            return PFG_NOT_MINE;
        }
        n_known += pfg_slice_starts(field, "better=") ||
                   pfg_slice_starts(field, "assume=");
    }
    if (!n_known) {
        return PFG_NOT_MINE;
    }
    while ((field = pfg_gobench_field(&line)).len) {
        struct pfg_slice key = pfg_take_until(&field, '=');

        if (pfg_slice_is(key, "better") || pfg_slice_is(key, "assume")) {
            pfg_gobench_declare(g, reader, unit, key, field);
        }
    }
    return PFG_MINE;
}

void pfg_gobench_trouble(struct pfg_gobench *g, struct pfg_reader *reader,
                         int trouble, struct pfg_slice what)
{
    struct pfg_gobench_block *block = &g->block;

    if (trouble > block->trouble) {
        block->trouble = trouble;
        block->failure_line = reader->pos.line;
        snprintf(block->failure, sizeof block->failure, "%.*s",
                 (int)(what.len < 300 ? what.len : 300), what.ptr);
    }
}

/* What is printed when a test binary dies. The higher number explains more. */
static const struct {
    const char *text;
    int trouble;
} troubles[] = {
    {"panic: ", 4},         {"fatal error: ", 4},
    {"*** Test killed", 4}, {"unexpected fault address", 3},
    {"SIGQUIT: ", 3},       {"SIGABRT: ", 3},
    {"SIGSEGV: ", 3},       {"signal: ", 3},
    {"exit status ", 2},
};

static int trouble_of(struct pfg_slice line)
{
    for (size_t i = 0; i < PFG_COUNT(troubles); i++) {
        if (pfg_slice_starts(line, troubles[i].text)) {
            return troubles[i].trouble;
        }
    }
    return 0;
}

/* Adds a failure of the running benchmark, whose name was printed last. With -v
 * the name stands on its own line, without GOMAXPROCS. */
static void fail_running(struct pfg_gobench *g, struct pfg_reader *reader,
                         struct pfg_slice error)
{
    if (g->pending_line || *g->running) {
        pfg_gobench_add_failed(
            g, reader, pfg_slice_of(g->pending_line ? g->pending : g->running),
            g->pending_line != 0, error);
    }
    g->pending_line = 0;
    g->running[0] = '\0';
}

static enum pfg_claim on_trouble(struct pfg_gobench *g,
                                 struct pfg_reader *reader,
                                 struct pfg_slice line)
{
    int trouble;

    if (!g->in_go || g->block.closed ||
        !(g->whole || pfg_gobench_in_block(&g->block)) ||
        !(trouble = trouble_of(line))) {
        return PFG_NOT_MINE;
    }
    fail_running(g, reader, line);
    pfg_gobench_trouble(g, reader, trouble, line);
    return PFG_MINE;
}

/* Begins a new block if the last one is closed and no header has followed. */
static void reopen(struct pfg_gobench *g, struct pfg_reader *reader)
{
    if (g->block.closed) {
        pfg_gobench_end_block(g, reader);
        pfg_gobench_end_process(g, reader);
    }
    if (!g->process_used && !g->process_time) {
        g->process_time = reader->time;
    }
}

static void add_result(struct pfg_gobench *g, struct pfg_reader *reader,
                       struct pfg_slice name,
                       const struct pfg_gobench_tail *tail)
{
    enter_go(g, reader);
    reopen(g, reader);
    pfg_gobench_add(g, reader, name, tail);
    g->pending_line = 0;
    g->last_result = true;
}

static void add_failed(struct pfg_gobench *g, struct pfg_reader *reader,
                       struct pfg_slice name, bool full)
{
    char what[200], error[200];

    enter_go(g, reader);
    reopen(g, reader);
    if (pfg_slice_is(name, g->pending)) {
        g->pending_line = 0;
    }
    snprintf(what, sizeof what, "--- FAIL: %.*s", SHORT(name));
    snprintf(error, sizeof error, "FAIL%s%s", *g->log ? ": " : "", g->log);
    pfg_gobench_add_failed(g, reader, name, full, pfg_slice_of(error));
    g->want_log = *g->log ? 0 : g->block.results.n;
    pfg_gobench_trouble(g, reader, 3, pfg_slice_of(what));
}

static void copy_name(char out[512], struct pfg_slice name)
{
    snprintf(out, 512, "%.*s", (int)(name.len < 511 ? name.len : 511),
             name.ptr);
}

/* Handles output of the benchmark after its name: "BenchmarkX-8 \thello".
 * `tail` is room for a result that it finds. */
static enum pfg_claim on_interrupted(struct pfg_gobench *g,
                                     struct pfg_reader *reader,
                                     struct pfg_slice name,
                                     struct pfg_slice rest,
                                     struct pfg_gobench_tail *tail)
{
    if (pfg_take(&rest, "--- FAIL: ")) {
        add_failed(g, reader, name, true);
        return PFG_MINE;
    }
    copy_name(g->pending, name);
    g->pending_line = reader->pos.line;
    if (trouble_of(rest)) {
        return on_trouble(g, reader, rest);
    }
    if (pfg_gobench_find(tail, rest)) {
        pfg_reader_warn(reader,
                        "other output appears between '%.*s' and its result",
                        SHORT(name));
        add_result(g, reader, name, tail);
        return PFG_MINE;
    }
    return g->in_go ? PFG_MINE : PFG_NOT_MINE;
}

static bool is_per_op(const struct pfg_gobench_tail *tail)
{
    for (size_t i = 0; i < tail->n; i++) {
        if (pfg_slice_ends(tail->pairs[i].unit, "/op")) {
            return true;
        }
    }
    return false;
}

/* Handles a line that begins with a benchmark's name. Programs other than `go
 * test` that print Go's format have names in lower case, too. */
static enum pfg_claim on_name(struct pfg_gobench *g, struct pfg_reader *reader,
                              struct pfg_slice line)
{
    struct pfg_slice rest = line, name = pfg_gobench_field(&rest);
    enum pfg_gobench_parsed parsed;
    struct pfg_gobench_tail tail;
    bool sure = g->in_go || name.len > strlen("Benchmark");
    char why[PFG_GOBENCH_WHY];

    if (!pfg_slice_starts(name, "Benchmark")) {
        return PFG_NOT_MINE;
    }
    parsed = pfg_gobench_parse(&tail, rest, why);
    if (!pfg_gobench_is_name(name) &&
        (parsed == PFG_GOBENCH_NO_RESULT ||
         !(g->in_go || (parsed == PFG_GOBENCH_RESULT && is_per_op(&tail))))) {
        return PFG_NOT_MINE; /* only a word: "Benchmarking 10 files" */
    }
    if (parsed != PFG_GOBENCH_RESULT && name.ptr != line.ptr) {
        return PFG_NOT_MINE; /* indented: a pasted result is complete */
    }
    pfg_gobench_drop_pending(g, reader);
    if (parsed == PFG_GOBENCH_RESULT) {
        add_result(g, reader, name, &tail);
        return PFG_ONLY_MINE;
    }
    if (parsed == PFG_GOBENCH_MALFORMED) {
        g->last_malformed = sure;
        if (sure) {
            pfg_reader_warn(reader, "%s", why);
        }
        return sure ? PFG_MINE : PFG_NOT_MINE;
    }
    while (pfg_take(&rest, " ")) {
    }
    if (pfg_take(&rest, "\t")) {
        return on_interrupted(g, reader, name, rest, &tail);
    }
    if (!rest.len && g->in_go) {
        copy_name(g->running, name);
    } else if (g->in_go) {
        pfg_reader_warn(reader, "'%.*s' begins like a result but is not one",
                        SHORT(line));
    }
    return g->in_go && !rest.len ? PFG_MINE : PFG_NOT_MINE;
}

/* The name at the end of `before`, the text up to a tab: "xBenchmarkY-8  ".
 * Empty if there is none or it begins the line. */
static struct pfg_slice hidden_name(struct pfg_slice before, const char *line)
{
    struct pfg_slice word;
    size_t at;

    while (pfg_slice_ends(before, " ")) {
        before = pfg_slice_first(before, before.len - 1);
    }
    at = pfg_slice_find_last_byte(before, ' ');
    word = at < before.len ? pfg_slice_from(before, at + 1) : before;
    while ((at = pfg_slice_find(word, "Benchmark")) < word.len) {
        word = pfg_slice_from(word, at);
        if (word.ptr > line && pfg_gobench_is_name(word)) {
            return word;
        }
        word = pfg_slice_from(word, strlen("Benchmark"));
    }
    return PFG_LIT("");
}

/* Handles a name after output of the last benchmark that has no newline: "x
 * BenchmarkY-8 \t  20\t  26959 ns/op". */
static enum pfg_claim on_hidden_name(struct pfg_gobench *g,
                                     struct pfg_reader *reader,
                                     struct pfg_slice line)
{
    struct pfg_slice rest = line, name;

    if (!pfg_slice_has(line, "Benchmark")) {
        return PFG_NOT_MINE;
    }
    while (pfg_slice_find_byte(rest, '\t') < rest.len) {
        name = hidden_name(pfg_take_until(&rest, '\t'), line.ptr);
        if (name.len) {
            pfg_reader_warn(reader, "other output appears before '%.*s'",
                            SHORT(name));
            return on_name(g, reader,
                           pfg_slice_from(line, (size_t)(name.ptr - line.ptr)));
        }
    }
    return PFG_NOT_MINE;
}

/* Handles the result of a name that was printed on an earlier line. */
static enum pfg_claim on_tail(struct pfg_gobench *g, struct pfg_reader *reader,
                              struct pfg_slice line)
{
    struct pfg_gobench_tail tail;

    if (!g->pending_line || !pfg_gobench_find(&tail, line)) {
        return PFG_NOT_MINE;
    }
    pfg_reader_warn(
        reader, "the result of '%.60s' is separated from its name in line %ld",
        g->pending, g->pending_line);
    add_result(g, reader, pfg_slice_of(g->pending), &tail);
    return PFG_MINE;
}

/* "--- FAIL: BenchmarkX", "--- BENCH: BenchmarkX-8", "--- SKIP: …" */
static enum pfg_claim on_dashes(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line)
{
    struct pfg_slice tag, name;
    char what[200];

    if (!pfg_take(&line, "--- ")) {
        return PFG_NOT_MINE;
    }
    tag = pfg_take_until(&line, ':');
    name = pfg_gobench_field(&line);
    if (!pfg_slice_is(tag, "FAIL")) {
        return g->in_go &&
                       (pfg_slice_is(tag, "BENCH") ||
                        pfg_slice_is(tag, "SKIP") || pfg_slice_is(tag, "PASS"))
                   ? PFG_MINE
                   : PFG_NOT_MINE;
    }
    if (pfg_gobench_is_name(name)) {
        add_failed(g, reader, name, false);
        return PFG_MINE;
    }
    if (g->in_go && !g->block.closed) {
        snprintf(what, sizeof what, "--- FAIL: %.*s", SHORT(name));
        pfg_gobench_trouble(g, reader, 3, pfg_slice_of(what));
    }
    return g->in_go ? PFG_MINE : PFG_NOT_MINE;
}

/* Handles "FAIL pkg [build failed]", maybe the only line of a package. */
static void fail_package(struct pfg_gobench *g, struct pfg_reader *reader,
                         struct pfg_slice pkg, struct pfg_slice why)
{
    void **compiler = pfg_map_find(&g->broken, pkg);

    why = pfg_slice_trim(why);
    if (why.len && why.ptr[0] == '[') {
        g->reported = true;
        pfg_reader_fail(reader, "go test of '%.*s' failed: %.*s%s%.200s",
                        (int)(pkg.len < 120 ? pkg.len : 120), pkg.ptr,
                        SHORT(why), compiler ? " " : "",
                        compiler ? (const char *)*compiler : "");
        return;
    }
    if (pfg_gobench_in_block(&g->block) && !g->block.closed &&
        (!g->pkg.len || pfg_slice_eq(g->pkg, pkg))) {
        g->running[0] = '\0';
        fail_running(g, reader, PFG_LIT("FAIL"));
        pfg_gobench_trouble(g, reader, 1, PFG_LIT("FAIL"));
        g->block.has_status = g->block.closed = true;
        return;
    }
    g->reported = true;
    pfg_reader_fail(reader, "go test of '%.*s' failed",
                    (int)(pkg.len < 120 ? pkg.len : 120), pkg.ptr);
}

static enum pfg_claim on_verdict(struct pfg_gobench *g,
                                 struct pfg_reader *reader,
                                 struct pfg_slice line)
{
    struct pfg_slice rest = line, word = pfg_gobench_field(&rest), pkg, why;
    bool ok = pfg_slice_is(word, "ok"), fail = pfg_slice_is(word, "FAIL");

    if ((!ok && !fail && !pfg_slice_is(word, "?")) ||
        !pfg_gobench_verdict(rest, &pkg, &why)) {
        return PFG_NOT_MINE;
    }
    g->saw_status |= ok || fail;
    if (fail) {
        fail_package(g, reader, pkg, why);
    } else if (ok && (!g->pkg.len || pfg_slice_eq(g->pkg, pkg))) {
        g->block.has_status = g->block.closed = true;
    }
    enter_go(g, reader);
    return PFG_MINE;
}

static enum pfg_claim on_status(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line)
{
    bool fail = pfg_slice_is(line, "FAIL");

    if (!g->in_go || (!fail && !pfg_slice_is(line, "PASS"))) {
        return PFG_NOT_MINE;
    }
    g->saw_status = g->block.has_status = true;
    if (fail && pfg_gobench_in_block(&g->block) && !g->block.closed) {
        g->running[0] = '\0';
        fail_running(g, reader, line);
        pfg_gobench_trouble(g, reader, 1, line);
    }
    return PFG_ONLY_MINE;
}

/* "testing: BenchmarkX left GOMAXPROCS set to 4" */
static enum pfg_claim on_noise(struct pfg_gobench *g, struct pfg_reader *reader,
                               struct pfg_slice line)
{
    (void)g;
    (void)reader;
    return pfg_slice_starts(line, "testing: ") &&
                   pfg_slice_has(line, " left GOMAXPROCS set to ")
               ? PFG_MINE
               : PFG_NOT_MINE;
}

/* The kinds of lines, in the order in which they are tried. */
static enum pfg_claim (*const kinds[])(struct pfg_gobench *g,
                                       struct pfg_reader *reader,
                                       struct pfg_slice line) = {
    on_name,   on_trouble, on_config,  on_verdict, on_status,
    on_dashes, on_unit,    on_version, on_noise,   on_tail,
};

static bool is_log(struct pfg_slice line)
{
    return pfg_slice_starts(line, "    ") && pfg_slice_has(line, ".go:");
}

/* Notes a log line. It explains the failure printed on the line before it or,
 * with -v, on the line after it. */
static void note_log(struct pfg_gobench *g, struct pfg_slice line)
{
    bool log = is_log(line);

    g->log[0] = '\0';
    if (log) {
        line = pfg_slice_trim(line);
        snprintf(g->log, sizeof g->log, "%.*s",
                 (int)(line.len < 150 ? line.len : 150), line.ptr);
    }
    if (log && g->want_log && g->want_log <= g->block.results.n) {
        g->block.results.at[g->want_log - 1].error =
            pfg_arena_printf(g->arena, "FAIL: %s", g->log);
        g->log[0] = '\0';
        g->want_log = 0;
    }
}

/* Notes "# pkg [pkg.test]" and the compiler's message on the next line. */
static void note_compiler(struct pfg_gobench *g, struct pfg_slice line)
{
    if (*g->compiled && pfg_slice_has(line, ".go:")) {
        *pfg_map_at(&g->broken, pfg_slice_of(g->compiled)) =
            pfg_arena_slice(g->arena, pfg_slice_first(line, 200));
    }
    g->compiled[0] = '\0';
    if (pfg_take(&line, "# ")) {
        line = pfg_gobench_field(&line);
        snprintf(g->compiled, sizeof g->compiled, "%.*s",
                 (int)(line.len < 255 ? line.len : 255), line.ptr);
    }
}

/* Most lines of a process have the names and units of the process before. */
static bool is_again(struct pfg_gobench *g, struct pfg_reader *reader,
                     struct pfg_slice line)
{
    bool first = !g->process_used;

    if (g->pending_line || !g->in_go || g->block.closed ||
        !pfg_gobench_add_again(g, reader, line)) {
        return false;
    }
    if (first && !g->process_time) { /* no header began the process */
        g->process_time = reader->time;
    }
    return true;
}

static enum pfg_claim try_kinds(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line)
{
    enum pfg_claim claim = PFG_NOT_MINE;
    size_t want_log = g->want_log;

    g->last_result = false;
    for (size_t i = 0; !claim && i < PFG_COUNT(kinds); i++) {
        claim = kinds[i](g, reader, line);
    }
    if (!claim && g->in_go && !g->block.closed) {
        claim = on_hidden_name(g, reader, line);
    }
    if (g->want_log == want_log) {
        note_log(g, line);
        g->want_log = is_log(line) ? g->want_log : 0;
    }
    note_compiler(g, line);
    return claim;
}

enum pfg_claim pfg_gobench_line(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line)
{
    bool again;

    /* keep a tab: after a name it means that the result follows */
    while (line.len &&
           (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\r')) {
        line.len--;
    }
    again = is_again(g, reader, line);
    if (!again &&
        (!pfg_slice_trim(line).len || (line.ptr[0] == '{' && !g->in_go))) {
        return PFG_NOT_MINE;
    }
    g->last_malformed = false;
    g->after_config = g->in_config;
    g->in_config = false;
    if (!again) {
        return try_kinds(g, reader, line);
    }
    g->last_result = true;
    g->want_log = 0;
    g->log[0] = g->compiled[0] = '\0';
    return PFG_ONLY_MINE;
}

static enum pfg_claim on_line(struct pfg_reader *reader, void *state,
                              struct pfg_slice line)
{
    struct pfg_gobench *g = state;

    if (!g->arena) {
        pfg_gobench_begin(g, reader->text_arena, PFG_LIT(""));
    }
    return pfg_gobench_line(g, reader, line);
}

static void on_finish(struct pfg_reader *reader, void *state)
{
    struct pfg_gobench *g = state;

    if (g->arena) {
        pfg_gobench_end(g, reader);
    }
}

/* Keeps the names with their places, and the units. */
static void on_restart(struct pfg_reader *reader, void *state)
{
    struct pfg_gobench *g = state, old = *g;

    memset(g, 0, sizeof *g);
    pfg_gobench_begin(g, reader->text_arena, PFG_LIT(""));
    /* Of this round alone, like all that the reader's arena holds. */
    pfg_map_init(&g->config, reader->arena);
    pfg_map_init(&g->done, reader->arena);
    g->names = old.names;
    g->units = old.units;
    g->packages = old.packages;
    g->block = old.block; /* empty, with its room */
    g->n_declared = old.n_declared + (old.declared.n > 0);
    for (size_t i = 0; i < g->units.n; i++) {
        struct pfg_gobench_unit *unit = g->units.entries[i].value;

        unit->declared = NULL;
        unit->n_uses = 0;
    }
}

const struct pfg_ingester pfg_ingester_gobench = {
    .name = "gobench",
    .title = "go test -bench (text)",
    .looks = "lines 'BenchmarkX  N  value unit ...'",
    .state_size = sizeof(struct pfg_gobench),
    .line = on_line,
    .finish = on_finish,
    .restart = on_restart,
};
