#include <string.h>

#include "ingest/go/gobench.h"
#include "json/lex.h"
#include "json/scan.h"

/*
 * `go test -json`: the text of gobench, cut into pieces and wrapped in events
 * {"Time", "Action", "Package", "Test", "Output", ...}. A result comes in two
 * events, packages are interleaved, and `Test` may be absent or wrong. So the
 * output of each package is joined again and read as text.
 */

struct package {
    struct pfg_gobench text;
    PFG_VEC(char) line; /* of output, not yet complete */
    const char *name;
    bool begun, ended;
};

struct gojson {
    struct pfg_arena *arena;
    struct pfg_map packages; /* name -> struct package */
    struct package *last;    /* found last; or NULL */
    PFG_VEC(char) scratch;
};

/* An event. Borrows from the line, `document` or the scratch buffer. */
struct event {
    struct pfg_slice action, package, import_path, output, time, failed_build;
    bool has_test;
    struct pfg_json_document *document; /* must be freed */
};

/* The most frequent ones come first. */
static const char *const actions[] = {
    "output",    "run",          "bench",      "pass", "start",
    "pause",     "cont",         "fail",       "skip", "attr",
    "artifacts", "build-output", "build-fail",
};

static bool is_action(struct pfg_slice word)
{
    for (size_t i = 0; i < PFG_COUNT(actions); i++) {
        if (pfg_slice_is(word, actions[i])) {
            return true;
        }
    }
    return false;
}

/* Parses what the scanner cannot decide. This is slow. */
static int parse_event(struct event *out, struct pfg_slice line)
{
    const struct pfg_json_value *root;

    if (pfg_json_parse(&out->document, line, "", 0, NULL)) {
        return -1;
    }
    root = pfg_json_root(out->document);
    out->action = pfg_slice_of(pfg_json_string(pfg_json_get(root, "Action")));
    out->package = pfg_slice_of(pfg_json_string(pfg_json_get(root, "Package")));
    out->import_path =
        pfg_slice_of(pfg_json_string(pfg_json_get(root, "ImportPath")));
    out->output = pfg_slice_of(pfg_json_string(pfg_json_get(root, "Output")));
    out->time = pfg_slice_of(pfg_json_string(pfg_json_get(root, "Time")));
    out->failed_build =
        pfg_slice_of(pfg_json_string(pfg_json_get(root, "FailedBuild")));
    out->has_test = pfg_json_get(root, "Test") != NULL;
    return 0;
}

enum { ACTION, PACKAGE, IMPORT_PATH, OUTPUT, TIME, FAILED_BUILD, TEST };

static void reserve_scratch(struct gojson *state, size_t size)
{
    while (state->scratch.cap < size) {
        state->scratch.at = pfg_vec_grow(state->scratch.at, &state->scratch.cap,
                                         1, state->arena);
    }
}

static int unescape_output(struct gojson *state, struct event *out,
                           const struct pfg_json_pick *pick)
{
    long length;

    out->output = pick->value;
    if (!pick->escaped) {
        return 0;
    }
    reserve_scratch(state, pick->value.len + 1);
    length = pfg_json_unescape(state->scratch.at, pick->value);
    out->output = pfg_slice_make(state->scratch.at, (size_t)length);
    return length < 0 ? -1 : 0;
}

/* Reads a member: `key`, which includes the text before the value, and a string
 * of plain characters only. */
static inline bool take_plain(struct pfg_slice *rest, struct pfg_slice key,
                              struct pfg_slice *value)
{
    const char *p, *end = rest->ptr + rest->len;

    if (!pfg_take_slice(rest, key)) {
        return false;
    }
    p = pfg_lex_plain(rest->ptr, end);
    *value = pfg_slice_range(rest->ptr, p);
    *rest = pfg_slice_range(p, end);
    return pfg_take_slice(rest, PFG_LIT("\""));
}

/* Copies the text up to the quote to the scratch buffer, unescaped. */
static bool take_output(struct gojson *state, struct pfg_slice *rest,
                        struct pfg_slice *out)
{
    const char *p = rest->ptr, *end = rest->ptr + rest->len, *plain;
    char *to;

    reserve_scratch(state, rest->len + 1);
    for (to = state->scratch.at;; p += 2) {
        plain = p;
        p = pfg_lex_plain(p, end);
        memcpy(to, plain, (size_t)(p - plain));
        to += p - plain;
        if (p == end || *p == '"') {
            break;
        }
        if (*p != '\\' || end - p < 2 || (p[1] != 'n' && p[1] != 't')) {
            return false;
        }
        *to++ = p[1] == 'n' ? '\n' : '\t';
    }
    *out = pfg_slice_range(state->scratch.at, to);
    *rest = pfg_slice_range(p, end);
    return pfg_take_slice(rest, PFG_LIT("\""));
}

/* Reads an output event exactly as test2json writes it, in its order and
 * without blanks. Nearly every line is one, and the scanner takes four times as
 * long. Returns false for anything else. */
static bool read_usual(struct gojson *state, struct event *out,
                       struct pfg_slice line)
{
    struct pfg_slice test;

    *out = (struct event){.action = PFG_LIT("output")};
    if (!take_plain(&line, PFG_LIT("{\"Time\":\""), &out->time) ||
        !pfg_take_slice(&line, PFG_LIT(",\"Action\":\"output\"")) ||
        !take_plain(&line, PFG_LIT(",\"Package\":\""), &out->package)) {
        return false;
    }
    out->has_test = take_plain(&line, PFG_LIT(",\"Test\":\""), &test);
    return pfg_take_slice(&line, PFG_LIT(",\"Output\":\"")) &&
           take_output(state, &line, &out->output) && pfg_slice_is(line, "}");
}

/* Returns 0 if the line is a JSON object. Fields that it lacks are empty. */
static int read_event(struct gojson *state, struct event *out,
                      struct pfg_slice line)
{
    struct pfg_json_pick picks[] = {
        [ACTION] = {.path = "Action"},
        [PACKAGE] = {.path = "Package"},
        [IMPORT_PATH] = {.path = "ImportPath"},
        [OUTPUT] = {.path = "Output"},
        [TIME] = {.path = "Time"},
        [FAILED_BUILD] = {.path = "FailedBuild"},
        [TEST] = {.path = "Test"},
    };
    size_t n = PFG_COUNT(picks);
    enum pfg_json_scan status;

    if (read_usual(state, out, line)) {
        return 0;
    }
    *out = (struct event){0};
    status = pfg_json_scan(line, picks, n, NULL);
    for (size_t i = 0; i < n; i++) {
        if (picks[i].value.ptr &&
            (picks[i].type != '"' || (picks[i].escaped && i != OUTPUT))) {
            status = status ? status : PFG_JSON_SCAN_UNSURE;
        }
    }
    if (status == PFG_JSON_SCAN_UNSURE) {
        return parse_event(out, line);
    }
    out->action = picks[ACTION].value;
    out->package = picks[PACKAGE].value;
    out->import_path = picks[IMPORT_PATH].value;
    out->time = picks[TIME].value;
    out->failed_build = picks[FAILED_BUILD].value;
    out->has_test = picks[TEST].value.ptr != NULL;
    return status ? -1 : unescape_output(state, out, &picks[OUTPUT]);
}

static struct package *find_package(struct gojson *state, struct pfg_slice name)
{
    struct package *package = state->last;
    void **place;

    if (package && pfg_slice_is(name, package->name)) {
        return package;
    }
    place = pfg_map_at(&state->packages, name);
    package = *place;
    if (!package) {
        package = pfg_arena_alloc(state->arena, sizeof *package);
        package->name = pfg_arena_slice(state->arena, name);
        pfg_gobench_begin(&package->text, state->arena,
                          pfg_slice_of(package->name));
        package->text.whole = package->text.in_go = true;
        package->text.new_process = true;
        *place = package;
    }
    state->last = package;
    return package;
}

static void end_line(struct package *package, struct pfg_reader *reader)
{
    struct pfg_line line = {
        .text = pfg_slice_make(package->line.at, package->line.n),
    };

    if (package->line.n) {
        pfg_line_clean(&line);
        pfg_gobench_line(&package->text, reader, line.text);
    }
    package->line.n = 0;
}

static void add_output(struct gojson *state, struct package *package,
                       struct pfg_reader *reader, struct pfg_slice text)
{
    while (text.len) {
        size_t end = pfg_slice_find_byte(text, '\n');
        size_t room = PFG_LINE_MAX - package->line.n;
        struct pfg_slice piece = pfg_slice_first(text, end < room ? end : room);

        while (package->line.cap - package->line.n < piece.len) {
            package->line.at = pfg_vec_grow(
                package->line.at, &package->line.cap, 1, state->arena);
        }
        if (piece.len) {
            memcpy(package->line.at + package->line.n, piece.ptr, piece.len);
            package->line.n += piece.len;
        }
        if (end < text.len) {
            end_line(package, reader);
        }
        text = pfg_slice_from(text, end + 1);
    }
}

/* Keeps the compiler's message for when the package fails. */
static void add_build_output(struct gojson *state, const struct event *event)
{
    struct pfg_slice path = event->import_path; /* "pkg [pkg.test]" */
    struct pfg_slice name = pfg_take_word(&path);
    struct package *package = find_package(state, name);
    void **said = pfg_map_at(&package->text.broken, name);

    if (!*said && pfg_slice_has(event->output, ".go:")) {
        *said = pfg_arena_slice(
            state->arena, pfg_slice_first(pfg_slice_trim(event->output), 200));
    }
}

static void end_package(struct package *package, struct pfg_reader *reader)
{
    end_line(package, reader);
    pfg_gobench_end(&package->text, reader);
    package->ended = true;
}

static void begin_package(struct package *package, struct pfg_reader *reader)
{
    if (package->ended) {
        pfg_gobench_end_process(&package->text, reader);
        package->text.reported = false;
    }
    package->text.process_time = reader->time;
    package->begun = true;
    package->ended = false;
}

/* Handles the last event of a package. Old versions of Go report a failure only
 * here. */
static void on_end(struct package *package, struct pfg_reader *reader,
                   const struct event *event)
{
    end_line(package, reader);
    if (pfg_slice_is(event->action, "fail") && !package->text.reported &&
        !package->text.block.trouble) {
        pfg_gobench_trouble(&package->text, reader, 1,
                            event->failed_build.len ? PFG_LIT("build failed")
                                                    : PFG_LIT("FAIL"));
    }
    end_package(package, reader);
}

static void on_event(struct gojson *state, struct pfg_reader *reader,
                     const struct event *event)
{
    struct package *package;
    bool end = !pfg_slice_is(event->action, "output") &&
               (pfg_slice_is(event->action, "pass") ||
                pfg_slice_is(event->action, "fail") ||
                pfg_slice_is(event->action, "skip"));

    if (!event->package.len) {
        add_build_output(state, event);
        return;
    }
    package = find_package(state, event->package);
    if (!package->begun || package->ended) {
        begin_package(package, reader);
    }
    if (end && !event->has_test) {
        on_end(package, reader, event);
    } else {
        add_output(state, package, reader, event->output);
    }
}

static enum pfg_claim on_line(struct pfg_reader *reader, void *self,
                              struct pfg_slice line)
{
    struct gojson *state = self;
    pfg_time before = reader->time;
    struct event event = {0};
    enum pfg_claim claim = PFG_NOT_MINE;

    line = pfg_slice_trim(line);
    /* Until the first event, a search is cheaper than reading the line. */
    if (!pfg_slice_starts(line, "{") ||
        (!state->packages.n && !pfg_slice_has(line, "\"Action\""))) {
        return PFG_NOT_MINE;
    }
    if (!state->arena) {
        state->arena = reader->arena;
        pfg_map_init(&state->packages, state->arena);
    }
    if (!read_event(state, &event, line) && is_action(event.action) &&
        (event.package.len || event.import_path.len)) {
        reader->time = 0;
        pfg_time_parse(&reader->time, event.time);
        on_event(state, reader, &event);
        reader->time = before;
        claim = PFG_ONLY_MINE;
    }
    pfg_json_free(event.document);
    return claim;
}

static void on_finish(struct pfg_reader *reader, void *self)
{
    struct gojson *state = self;

    for (size_t i = 0; i < state->packages.n; i++) {
        struct package *package = state->packages.entries[i].value;

        if (!package->begun || package->ended) {
            continue;
        }
        end_package(package, reader);
        if (!package->text.reported) {
            pfg_reader_fail(reader,
                            "go test -json output of '%.120s' has no end: cut "
                            "off?",
                            package->name);
        }
    }
}

const struct pfg_ingester pfg_ingester_gojson = {
    .name = "gojson",
    .title = "go test -json -bench",
    .looks = "lines {\"Action\": ..., \"Package\": ...}",
    .state_size = sizeof(struct gojson),
    .line = on_line,
    .finish = on_finish,
};
