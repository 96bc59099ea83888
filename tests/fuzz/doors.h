/* What a fuzzer and the replay of its inputs do with one: hand it to a door,
 * the way in of one kind of foreign bytes. Whatever is said of it, it must come
 * back. */
#ifndef PFG_TESTS_FUZZ_DOORS_H
#define PFG_TESTS_FUZZ_DOORS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/database/share.h"
#include "app/input/ci.h"
#include "base/arena.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/database/verbs.h"
#include "compare/compare.h"
#include "config/config.h"
#include "forge/sticky_comment.h"
#include "forge/transport.h"
#include "group/collect.h"
#include "ingest/core/ingest.h"
#include "model/codec/codec.h"
#include "render/render.h"
#include "store/files.h"
#include "store/store.h"

typedef const char *const fuzz_formats[16]; /* ended by NULL */

struct fuzz_door {
    const char *name;
    void (*enter)(const struct fuzz_door *door, struct pfg_slice bytes);
    fuzz_formats formats; /* of a family of ingesters; "auto" is added */
};

/* A file in memory with these bytes, and its name; closed by the caller. */
static inline int fuzz_file(char name[64], struct pfg_slice bytes)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    ssize_t done = write(fd, bytes.ptr, bytes.len);

    (void)done;
    snprintf(name, 64, "/proc/self/fd/%d", fd);
    return fd;
}

/* A folder, in memory where there is one such. */
static inline void fuzz_folder(char name[64])
{
    strcpy(name, "/dev/shm/perfgate-fuzz-XXXXXX");
    if (!mkdtemp(name)) {
        strcpy(name, "/tmp/perfgate-fuzz-XXXXXX");
        if (!mkdtemp(name)) {
            abort();
        }
    }
}

/* --- results --- */

static inline void fuzz_ingest(const char *format, struct pfg_slice bytes)
{
    const struct pfg_ingest_options options = {.format = format};
    struct pfg_ingest_result result;
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    struct pfg_input *input = NULL;
    struct pfg_error err;
    struct pfg_sink sink;

    pfg_collect_begin(&collector, run, NULL);
    sink = pfg_collect_sink(&collector);
    if (!pfg_input_open_memory(&input, bytes, "fuzz", &err)) {
        pfg_ingest_input(&result, input, &options, &sink, &err);
    }
    pfg_input_close(input);
    pfg_collect_end(&collector);
    pfg_run_free(run);
}

/* The first byte chooses a format of the family, so that one input means one
 * thing; past the last one: found out by content. */
static inline void fuzz_results(const struct fuzz_door *door,
                                struct pfg_slice bytes)
{
    size_t n = 0;

    while (door->formats[n]) {
        n++;
    }
    fuzz_ingest(door->formats[(uint8_t)*bytes.ptr % (n + 1)],
                pfg_slice_from(bytes, 1));
}

/* The first line is the name of a format: any that there is. A name that is
 * none: found out by content. */
static inline void fuzz_format(const struct fuzz_door *door,
                               struct pfg_slice bytes)
{
    struct pfg_slice name = pfg_take_until(&bytes, '\n');
    const char *format = NULL;

    (void)door;
    for (size_t i = 0; pfg_ingesters[i]; i++) {
        if (pfg_slice_is(name, pfg_ingesters[i]->name)) {
            format = pfg_ingesters[i]->name;
        }
    }
    fuzz_ingest(format, bytes);
}

/* --- files of ours --- */

static inline void fuzz_config(const struct fuzz_door *door,
                               struct pfg_slice bytes)
{
    struct pfg_config *config = NULL;
    struct pfg_error err;

    (void)door;
    pfg_config_parse(&config, bytes, "fuzz.json", &err);
    pfg_config_free(config);
}

static inline void fuzz_baseline(const struct fuzz_door *door,
                                 struct pfg_slice bytes)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_baseline baseline;
    struct pfg_error err;
    struct pfg_str text;

    (void)door;
    if (!pfg_baseline_parse(&baseline, bytes, "fuzz.json", arena, &err)) {
        pfg_str_init(&text, 0);
        pfg_baseline_print(&text, &baseline);
        pfg_str_free(&text);
        pfg_baseline_release(&baseline);
    }
    pfg_arena_free(arena);
}

/* One that can be read is shown in every form. */
static inline void fuzz_report(const struct fuzz_door *door,
                               struct pfg_slice bytes)
{
    const struct pfg_render_options options = {.all = true, .verbose = true};
    struct pfg_report *report;
    struct pfg_error err;
    struct pfg_str text, copy;

    (void)door;
    pfg_str_init(&copy, 0);
    pfg_str_add(&copy, bytes);
    if (!pfg_codec_read_report(&report, &copy, "fuzz.json", 0, &err)) {
        for (size_t i = 0; pfg_renderers[i] && !pfg_report_verify(report, &err);
             i++) {
            pfg_str_init(&text, 0);
            pfg_renderers[i]->render(&text, report, &options, &err);
            pfg_str_free(&text);
        }
        pfg_report_free(report);
    }
    pfg_str_free(&copy);
}

/* --- the environment --- */

static inline const char *fuzz_env(void *self, const char *name)
{
    return !strcmp(name, "GITHUB_EVENT_PATH")   ? self
           : !strcmp(name, "GITHUB_ACTIONS")    ? "true"
           : !strcmp(name, "GITHUB_EVENT_NAME") ? "pull_request"
                                                : NULL;
}

static inline struct pfg_context fuzz_context(FILE *nowhere, char *event)
{
    return (struct pfg_context){
        .out = nowhere, .err = nowhere, .env = fuzz_env, .self = event};
}

static inline void fuzz_event(const struct fuzz_door *door,
                              struct pfg_slice bytes)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_context context;
    struct pfg_ci ci;
    char name[64];
    int fd = fuzz_file(name, bytes);

    (void)door;
    context = fuzz_context(stderr, name);
    pfg_ci_read(&ci, &context, arena);
    close(fd);
    pfg_arena_free(arena);
}

/* --- stores --- */

/* 'perfgate db import FILE --db DATABASE' */
static inline int fuzz_db_import(const struct pfg_context *context,
                                 const char *file, const char *database,
                                 struct pfg_error *err)
{
    char command[] = "db", verb[] = "import", option[] = "--db";
    char *argv[] = {command, verb, (char *)file, option, (char *)database,
                    NULL};
    struct pfg_arguments arguments = {.arena = pfg_arena_new()};
    int failed = pfg_arguments_parse(&arguments, context,
                                     pfg_command_find("db"), 5, argv, err) ||
                 pfg_db_import(context, &arguments, err);

    pfg_arena_free(arguments.arena);
    return failed ? -1 : 0;
}

static inline void fuzz_import(const struct fuzz_door *door,
                               struct pfg_slice bytes)
{
    FILE *nowhere = fopen("/dev/null", "w");
    struct pfg_context context = fuzz_context(nowhere, NULL);
    char name[64], folder[64], path[96];
    struct pfg_error err;
    int fd = fuzz_file(name, bytes);

    (void)door;
    fuzz_folder(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    fuzz_db_import(&context, name, path, &err);
    pfg_file_remove_all(folder, NULL);
    close(fd);
    fclose(nowhere);
}

/* All that is in a database is looked at. */
static inline void fuzz_look(const char *path)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run_query query = {0};
    struct pfg_store_stats stats;
    struct pfg_store *store;
    struct pfg_run_info *infos;
    const char **findings;
    struct pfg_error err;
    size_t n = 0;

    if (!pfg_store_open_reading(&store, NULL, path, &err)) {
        pfg_store_stats(store, &stats, &err);
        pfg_store_check(store, &findings, &n, arena, &err);
        if (!pfg_store_find(store, &infos, &n, &query, arena, &err)) {
            for (size_t i = 0; i < n; i++) {
                struct pfg_run *run;

                if (!pfg_store_load(store, &run, infos[i].id, &err)) {
                    pfg_run_free(run);
                }
            }
        }
        pfg_store_close(store);
    }
    pfg_arena_free(arena);
}

/* The bytes of a good database, made once. */
static inline struct pfg_slice fuzz_good(void)
{
    static struct pfg_str good;

    if (!good.len) {
        FILE *nowhere = fopen("/dev/null", "w");
        struct pfg_context context = fuzz_context(nowhere, NULL);
        char folder[64], path[96];
        struct pfg_error err;

        pfg_str_init(&good, 0);
        fuzz_folder(folder);
        snprintf(path, sizeof path, "%s/x.db", folder);
        if (fuzz_db_import(&context, "tests/fuzz/good.jsonl", path, &err) ||
            pfg_file_read(&good, path, (size_t)1 << 20, &err)) {
            abort();
        }
        pfg_file_remove_all(folder, NULL);
        fclose(nowhere);
    }
    return pfg_str_slice(&good);
}

/* Each four bytes are a place in it and what stands there then, so that inputs
 * are small. */
static inline void fuzz_database(const struct fuzz_door *door,
                                 struct pfg_slice bytes)
{
    struct pfg_str changed;
    char name[64];
    int fd;

    (void)door;
    pfg_str_init(&changed, 0);
    pfg_str_add(&changed, fuzz_good());
    for (; bytes.len >= 4; bytes = pfg_slice_from(bytes, 4)) {
        const uint8_t *at = (const uint8_t *)bytes.ptr;
        size_t place = (size_t)at[0] << 16 | (size_t)at[1] << 8 | at[2];

        changed.ptr[place % changed.len] = bytes.ptr[3];
    }
    fd = fuzz_file(name, pfg_str_slice(&changed));
    fuzz_look(name);
    close(fd);
    pfg_str_free(&changed);
}

/* --- a forge --- */

/* Its answers, which stand one behind the other with a zero between them. The
 * first byte of each chooses the status. */
static struct pfg_slice fuzz_answers;

enum pfg_transport_result pfg_transport_exchange(struct pfg_exchange *exchange)
{
    static const short statuses[] = {200, 200, 200, 201, 204, 302, 401,
                                     403, 404, 409, 422, 429, 500, 503};
    struct pfg_slice answer = pfg_take_until(&fuzz_answers, '\0');
    struct pfg_slice rest = answer, line;

    exchange->status = 0;
    exchange->location[0] = exchange->retry_after[0] = '\0';
    exchange->remaining[0] = exchange->reset[0] = exchange->trouble[0] = '\0';
    pfg_str_clear(&exchange->text);
    exchange->text.limit = exchange->most;
    if (!answer.len) {
        return PFG_TRANSPORT_BROKEN;
    }
    exchange->status = statuses[(uint8_t)*rest.ptr % PFG_COUNT(statuses)];
    rest = pfg_slice_from(rest, 1);
    line = exchange->status == 200 ? (struct pfg_slice){"", 0}
                                   : pfg_take_until(&rest, '\n');
    snprintf(exchange->location, sizeof exchange->location, "%.*s",
             PFG_SLICE(line));
    snprintf(exchange->reset, sizeof exchange->reset, "%.*s", PFG_SLICE(line));
    snprintf(exchange->remaining, sizeof exchange->remaining, "%.*s",
             PFG_SLICE(line));
    pfg_str_add(&exchange->text, rest);
    return PFG_TRANSPORT_ANSWER;
}

int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location)
{
    (void)from;
    pfg_str_clear(out);
    pfg_str_puts(out, location);
    return *location ? *location % 2 : -1;
}

int pfg_transport_check(const char *url)
{
    (void)url;
    return 0;
}

static inline void fuzz_forge(const struct fuzz_door *door,
                              struct pfg_slice bytes)
{
    static const char sha[] = "1111111111111111111111111111111111111111";
    const struct pfg_forge_place place = {"https://forge.invalid", "o/r", "7",
                                          7, sha};
    const struct pfg_forge_wish wish = {"<!-- perfgate:default -->",
                                        "<!-- perfgate:default -->\nx", NULL};
    const struct pfg_forge_status status = {"perfgate", PFG_CONCLUDES_NEUTRAL,
                                            "title", "summary", NULL};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_http_options options = {.name = "forge",
                                       .api_url = place.api_url,
                                       .headers = (const char *const[]){NULL},
                                       .token = "secret-token",
                                       .limits = PFG_HTTP_LIMITS};
    struct pfg_forge_session session = {NULL, &place, NULL, arena};
    struct pfg_error err = {0};
    enum pfg_forge_done done;
    const char *word;
    size_t n = 0;

    (void)door;
    options.limits.pause_ms = options.limits.wait_ms = 1;
    options.limits.tries = 2;
    while (pfg_forges[n].name) {
        n++;
    }
    session.forge = &pfg_forges[(uint8_t)*bytes.ptr % n];
    fuzz_answers = pfg_slice_from(bytes, 1);
    if (!pfg_http_open(&session.http, &options, &err)) {
        pfg_forge_head(&word, &session, &err);
        pfg_forge_comment(&done, &session, &wish, &err);
        pfg_forge_put_status(&word, &session, &status, &err);
        pfg_http_close(session.http);
    }
    if (strstr(err.message, options.token) || strstr(err.hint, options.token)) {
        abort();
    }
    pfg_arena_free(arena);
}

/* --- all of them --- */

static const struct fuzz_door fuzz_doors[] = {
    {"lines",
     fuzz_results,
     {"gobench", "criterion_log", "libtest", "wrk", "k6_text", "hey",
      "keyvalue"}},
    {"documents",
     fuzz_results,
     {"k6", "hyperfine", "google_benchmark", "pytest_benchmark", "jmh",
      "benchmarkdotnet", "autocannon", "asv", "critcmp",
      "github_action_benchmark", "bmf", "json", "vegeta", "oha"}},
    {"ndjson", fuzz_results, {"gojson", "k6_ndjson", "cargo_criterion"}},
    {"csv", fuzz_results, {"csv", "k6_csv", "locust", "google_benchmark_csv"}},
    {"xml", fuzz_results, {"catch2"}},
    {"formats", fuzz_format, {NULL}},
    {"config", fuzz_config, {NULL}},
    {"baseline", fuzz_baseline, {NULL}},
    {"report", fuzz_report, {NULL}},
    {"import", fuzz_import, {NULL}},
    {"event", fuzz_event, {NULL}},
    {"forge", fuzz_forge, {NULL}},
    {"database", fuzz_database, {NULL}},
};

#define FUZZ_N_DOORS PFG_COUNT(fuzz_doors)

static inline void fuzz_enter(const char *name, const uint8_t *data,
                              size_t size)
{
    for (size_t i = 0; i < FUZZ_N_DOORS && size; i++) {
        if (!strcmp(fuzz_doors[i].name, name)) {
            fuzz_doors[i].enter(&fuzz_doors[i],
                                pfg_slice_make((const char *)data, size));
        }
    }
}

#endif
