#include "app/publish/comment_place.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/str.h"
#include "term/print.h"

enum { MOST_TOKEN = 4096 };

/* --- the token --- */

/* A token goes into a header: one word without special characters. */
static bool is_token(struct pfg_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 127) {
            return false;
        }
    }
    return text.len > 0 && text.len < MOST_TOKEN;
}

static int set_token(struct pfg_comment_place *out, struct pfg_slice text,
                     const char *where, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    text = pfg_slice_trim(text);
    if (!is_token(text)) {
        return pfg_fail(err, PFG_USAGE,
                        "%s does not hold a token: it must be one word", where);
    }
    out->token = pfg_arena_slice(arena, text);
    return 0;
}

/* The user may have given the token itself as the file's name: it must not
 * appear in the log. */
static int read_token_file(struct pfg_comment_place *out, const char *path,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_str text;
    int failed;

    pfg_str_init(&text, 0);
    if (pfg_file_read(&text, path, MOST_TOKEN, NULL)) {
        failed = pfg_fail(
            err, PFG_USAGE,
            "cannot read the --token-file, or it is larger than %d bytes",
            MOST_TOKEN);
    } else {
        failed =
            set_token(out, pfg_str_slice(&text), "the token file", arena, err);
    }
    pfg_str_free(&text);
    return failed;
}

static int find_token(struct pfg_comment_place *out,
                      const struct pfg_context *context,
                      const struct pfg_comment_target *target,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *name = "PERFGATE_TOKEN";
    const char *value = pfg_env(context, name);

    if (target->token_file) {
        return read_token_file(out, target->token_file, arena, err);
    }
    for (const char *const *n = out->forge->tokens; *n && !value; n++) {
        value = pfg_env(context, name = *n);
    }
    return value ? set_token(out, pfg_slice_of(value), name, arena, err) : 0;
}

int pfg_comment_no_token(const struct pfg_comment_place *place,
                         struct pfg_error *err)
{
    struct pfg_str names;

    pfg_str_init(&names, 0);
    for (const char *const *n = place->forge->tokens; *n; n++) {
        pfg_str_printf(&names, ", %s", *n);
    }
    pfg_fail(err, PFG_USAGE, "no token to write to %s with",
             place->forge->title);
    pfg_hint(err,
             "put one in the environment (PERFGATE_TOKEN%s) or in a "
             "file for --token-file; never on the command line",
             names.ptr);
    pfg_str_free(&names);
    return -1;
}

/* --- the place --- */

static int unknown_forge(const char *name, struct pfg_arena *arena,
                         struct pfg_error *err)
{
    const char *names = pfg_forges->name;

    for (const struct pfg_forge *f = pfg_forges + 1; f->name; f++) {
        names = pfg_arena_printf(arena, "%s, %s", names, f->name);
    }
    pfg_fail(err, PFG_USAGE, "unknown forge '%s'", name);
    return pfg_hint(err, "forges are %s", names);
}

/* Outside of a CI it is GitHub, the most common one. */
static int find_forge(struct pfg_comment_place *out,
                      const struct pfg_comment_target *target,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *name = target->forge    ? target->forge
                       : *out->ci.forge ? out->ci.forge
                                        : "github";

    out->forge = pfg_forge_find(name);
    return out->forge ? 0 : unknown_forge(name, arena, err);
}

static int find_api(struct pfg_comment_place *out,
                    const struct pfg_comment_target *target,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    bool here = !strcmp(out->ci.forge, out->forge->name);
    struct pfg_slice url;

    if (target->api_url) {
        url = pfg_slice_of(target->api_url);
        while (pfg_slice_ends(url, "/")) {
            url.len--;
        }
        out->at.api_url = pfg_arena_slice(arena, url);
    } else if (here && *out->ci.api_url) {
        out->at.api_url = out->ci.api_url;
    } else if (out->forge->api_url) {
        out->at.api_url = out->forge->api_url;
    } else {
        pfg_fail(err, PFG_USAGE, "the address of this %s is unknown",
                 out->forge->title);
        return pfg_hint(err, "use --api-url https://HOST/api/v1");
    }
    return 0;
}

static int find_repository(struct pfg_comment_place *out,
                           const struct pfg_comment_target *target,
                           struct pfg_error *err)
{
    out->at.repository =
        target->repository ? target->repository : out->ci.repository;
    out->at.project_id = target->repository ? "" : out->ci.project_id;
    if (!*out->at.repository && target->dry_run) {
        out->at.repository = "OWNER/NAME";
    }
    if (!*out->at.repository) {
        pfg_fail(err, PFG_USAGE, "which repository?");
        return pfg_hint(err, "use --repo OWNER/NAME; in CI it is detected");
    }
    return 0;
}

int pfg_comment_no_number(const struct pfg_comment_place *place,
                          struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "which %s?", place->forge->request);
    return pfg_hint(
        err, "use --pr N; in a CI job for a pull request it is detected");
}

/* In a job for a fork's pull request the token may only read, or there is none.
 */
static bool is_read_only(const struct pfg_ci *ci,
                         const struct pfg_context *context)
{
    const char *actor = pfg_env(context, "GITHUB_ACTOR");
    bool robot = actor && !strcmp(actor, "dependabot[bot]");

    return (ci->is_fork || robot) &&
           (!strcmp(ci->event, "pull_request") ||
            !strcmp(ci->event, "merge_request_event"));
}

int pfg_comment_place(struct pfg_comment_place *out,
                      const struct pfg_context *context,
                      const struct pfg_comment_target *target,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    *out = (struct pfg_comment_place){0};
    pfg_ci_read(&out->ci, context, arena);
    if (*out->ci.trouble) {
        pfg_context_warn(context, "%s", out->ci.trouble);
    }
    out->untrusted = !strcmp(out->ci.event, "workflow_run") ||
                     !strcmp(out->ci.event, "issue_comment");
    out->read_only = is_read_only(&out->ci, context);
    out->at.number = out->ci.pull_request ? out->ci.pull_number : 0;
    if (target->number) {
        /* The form was checked before. */
        pfg_number_parse_u64(&out->at.number, pfg_slice_of(target->number));
    }
    out->at.sha = target->sha ? target->sha : out->ci.head_sha;
    out->url = target->report_url ? target->report_url
               : *out->ci.run_url ? out->ci.run_url
                                  : NULL;
    return find_forge(out, target, arena, err) ||
                   find_repository(out, target, err) ||
                   (!target->dry_run &&
                    (find_api(out, target, arena, err) ||
                     find_token(out, context, target, arena, err)))
               ? -1
               : 0;
}

/* --- limits --- */

int pfg_comment_limits(struct pfg_http_limits *out,
                       const struct pfg_context *context, struct pfg_error *err)
{
    const struct {
        const char *name;
        long *value;
    } known[] = {
        {"PERFGATE_HTTP_CONNECT_MS", &out->connect_ms},
        {"PERFGATE_HTTP_TIMEOUT_MS", &out->total_ms},
        {"PERFGATE_HTTP_PAUSE_MS", &out->pause_ms},
        {"PERFGATE_HTTP_WAIT_MS", &out->wait_ms},
        {"PERFGATE_HTTP_OVERALL_MS", &out->overall_ms},
        {"PERFGATE_HTTP_TRIES", &out->tries},
    };

    *out = PFG_HTTP_LIMITS;
    for (size_t i = 0; i < PFG_COUNT(known); i++) {
        const char *text = pfg_env(context, known[i].name);
        uint64_t value;

        if (!text) {
            continue;
        }
        if (pfg_number_parse_u64(&value, pfg_slice_of(text)) || !value ||
            value > 86400000) {
            return pfg_fail(err, PFG_USAGE,
                            "%s expects a number from 1 to 86400000, not '%s'",
                            known[i].name, text);
        }
        *known[i].value = (long)value;
    }
    return 0;
}

/* --- the connection --- */

static void waiting(void *self, long ms, const char *why)
{
    const struct pfg_context *context = self;

    pfg_print(context->err, "note: %s; trying again in %ld.%ld s\n", why,
              ms / 1000, ms % 1000 / 100);
}

int pfg_comment_connect(struct pfg_http **out,
                        const struct pfg_context *context,
                        const struct pfg_comment_place *place,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_forge *forge = place->forge;
    const char *ca_file = pfg_env(context, "CURL_CA_BUNDLE");
    struct pfg_http_options options = {
        .name = forge->title,
        .api_url = place->at.api_url,
        .headers = forge->headers,
        .authorization =
            pfg_arena_printf(arena, "%s%s", forge->authorization, place->token),
        .token = place->token,
        .ca_file = ca_file ? ca_file : pfg_env(context, "SSL_CERT_FILE"),
        .waiting = waiting,
        .self = (void *)context,
    };

    if (pfg_comment_limits(&options.limits, context, err)) {
        return -1;
    }
    if (pfg_http_is_open(place->at.api_url)) {
        pfg_context_warn(context,
                         "'%s' is not encrypted: anyone on the network path "
                         "can read the token",
                         place->at.api_url);
    }
    return pfg_http_open(out, &options, err);
}

int pfg_comment_explain(const struct pfg_comment_place *place,
                        enum pfg_http_result result, const char *target,
                        struct pfg_error *err)
{
    const struct pfg_forge *forge = place->forge;

    switch (result) {
    case PFG_HTTP_OK:
        return 0;
    case PFG_HTTP_UNAUTHORIZED:
        return pfg_hint(err, "the token is invalid or has expired");
    case PFG_HTTP_FORBIDDEN:
        return pfg_hint(err, "%s", forge->permission);
    case PFG_HTTP_GONE:
        return pfg_hint(err, "no such %s, or %s hides it from this token: %s",
                        target, forge->title, forge->permission);
    case PFG_HTTP_REFUSED:
    case PFG_HTTP_UNCERTAIN:
    case PFG_HTTP_TOO_LARGE:
    case PFG_HTTP_FAILED:
        break;
    }
    return -1;
}
