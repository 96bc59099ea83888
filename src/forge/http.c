#include "forge/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/str.h"
#include "forge/transport.h"

enum { MOST_REDIRECTS = 5, MOST_SAID = 200 };

struct pfg_http {
    struct pfg_http_options options;
    const char **headers; /* the options' headers, and the authorization */
    long began_ms;
    struct pfg_arena *arena; /* for addresses and messages */
};

static long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool pfg_http_is_open(const char *api_url)
{
    return pfg_transport_check(api_url) == 2;
}

int pfg_http_open(struct pfg_http **out, const struct pfg_http_options *options,
                  struct pfg_error *err)
{
    size_t n = 0;

    *out = NULL;
    if (pfg_transport_check(options->api_url) < 0) {
        pfg_fail(err, PFG_USAGE, "'%s' is not the address of an API",
                 options->api_url);
        return pfg_hint(err, "for example https://api.github.com, without "
                             "user and password");
    }
    while (options->headers[n]) {
        n++;
    }
    *out = pfg_alloc(sizeof **out);
    **out = (struct pfg_http){
        .options = *options,
        .began_ms = now_ms(),
        .arena = pfg_arena_new(),
    };
    (*out)->headers = pfg_arena_new_array((*out)->arena, const char *, n + 2);
    memcpy((*out)->headers, options->headers, n * sizeof(const char *));
    (*out)->headers[n] = options->authorization;
    return 0;
}

void pfg_http_close(struct pfg_http *http)
{
    if (http) {
        pfg_arena_free(http->arena);
        free(http);
    }
}

/* --- waiting --- */

/* What is left of the time for all requests. */
static long left_ms(const struct pfg_http *http)
{
    return http->began_ms + http->options.limits.overall_ms - now_ms();
}

static bool wait_for(struct pfg_http *http, long ms, const char *why)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};

    if (ms > left_ms(http)) {
        return false;
    }
    if (http->options.waiting) {
        http->options.waiting(http->options.self, ms, why);
    }
    while (nanosleep(&left, &left)) {
        /* A signal that does not end the program: sleep on. */
    }
    return true;
}

static long pause_after(const struct pfg_http *http, long tried)
{
    long ms = http->options.limits.pause_ms;

    while (tried-- > 0 && ms < http->options.limits.wait_ms) {
        ms *= 2;
    }
    return ms < http->options.limits.wait_ms ? ms
                                             : http->options.limits.wait_ms;
}

bool pfg_http_pause(struct pfg_http *http, long tried, const char *why)
{
    return wait_for(http, pause_after(http, tried), why);
}

/* --- judging answers --- */

enum next {
    DONE,
    AGAIN,       /* after our own pause */
    AFTER_DELAY, /* after the time that the forge demands */
    FOLLOW,      /* follow a redirect */
    UNCERTAIN,   /* the request may have been carried out */
};

static bool has_words(const struct pfg_exchange *e, const char *words)
{
    return pfg_slice_has(pfg_str_slice(&e->text), words);
}

/* 429, and GitHub's two variants with 403. */
static bool is_limit(const struct pfg_exchange *e)
{
    return e->status == 429 ||
           (e->status == 403 &&
            (*e->retry_after || !strcmp(e->remaining, "0") ||
             has_words(e, "secondary rate limit") ||
             has_words(e, "abuse detection")));
}

static enum next next_of(enum pfg_transport_result result,
                         const struct pfg_exchange *e, bool repeatable)
{
    bool failed_inside = e->status >= 500 || e->status == 408;

    if (result == PFG_TRANSPORT_UNSENT) {
        return AGAIN;
    }
    if (result != PFG_TRANSPORT_ANSWER && result != PFG_TRANSPORT_BROKEN) {
        return DONE;
    }
    if (result == PFG_TRANSPORT_BROKEN || failed_inside) {
        return repeatable ? AGAIN : UNCERTAIN;
    }
    if (is_limit(e)) {
        return AFTER_DELAY;
    }
    return e->status >= 300 && e->status < 400 && e->status != 304 ? FOLLOW
                                                                   : DONE;
}

/* The milliseconds that the forge demands; if it does not say, our longest
 * wait, because GitHub asks for a minute. -1: longer than a day. */
static long demanded_wait(const struct pfg_http *http,
                          const struct pfg_exchange *e)
{
    long now = (long)(pfg_time_now() / PFG_SECOND);
    uint64_t value;

    if (!pfg_number_parse_u64(&value, pfg_slice_of(e->retry_after))) {
        return value <= 86400 ? (long)value * 1000 : -1;
    }
    if (!strcmp(e->remaining, "0") &&
        !pfg_number_parse_u64(&value, pfg_slice_of(e->reset))) {
        long seconds =
            value > (uint64_t)now ? (long)(value - (uint64_t)now) : 0;

        return seconds <= 86400 ? seconds * 1000 : -1;
    }
    return http->options.limits.wait_ms;
}

/* --- messages --- */

/* The server's message on one line, without our token. */
static const char *clean(const struct pfg_http *http, const char *text)
{
    const char *token = http->options.token;
    struct pfg_str out = pfg_str_in(http->arena);
    struct pfg_slice rest = pfg_slice_of(text);

    out.limit = MOST_SAID;
    while (rest.len && !out.overflowed) {
        if (token && *token && pfg_take(&rest, token)) {
            pfg_str_puts(&out, "***");
        } else {
            pfg_str_putc(&out,
                         (unsigned char)*rest.ptr < ' ' || *rest.ptr == 127
                             ? ' '
                             : *rest.ptr);
            rest = pfg_slice_from(rest, 1);
        }
    }
    /* Do not cut a character in half. */
    while (out.overflowed && out.len && (out.ptr[out.len - 1] & 0x80)) {
        out.ptr[--out.len] = '\0';
    }
    return out.overflowed ? pfg_arena_printf(http->arena, "%s...", out.ptr)
                          : out.ptr;
}

/* "message" from GitHub and Gitea, "message" or "error" from GitLab, whose
 * message may be an object or a list. */
static const char *message_of(const struct pfg_json_document *document)
{
    static const char *const names[] = {"message", "error_description",
                                        "error"};
    const struct pfg_json_value *root = pfg_json_root(document);

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        const struct pfg_json_value *value = pfg_json_get(root, names[i]);

        while (value && !pfg_json_string(value) && pfg_json_count(value)) {
            value = pfg_json_first(value);
        }
        if (pfg_json_string(value)) {
            return pfg_json_string(value);
        }
    }
    return "";
}

static int fail_by_status(const struct pfg_http *http,
                          const struct pfg_http_request *request,
                          const struct pfg_exchange *e, struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    size_t path = strcspn(request->path, "?");
    const char *said = "";

    if (!pfg_json_parse(&document, pfg_str_slice(&e->text), "", 0, NULL)) {
        said = clean(http, message_of(document));
    }
    pfg_json_free(document);
    return pfg_fail(err, PFG_SYSTEM, "%s answered %ld to '%s %.*s'%s%s",
                    http->options.name, e->status, request->method, (int)path,
                    request->path, *said ? ": " : "", said);
}

static int fail_unanswered(const struct pfg_http *http,
                           enum pfg_transport_result result,
                           const struct pfg_exchange *e, struct pfg_error *err)
{
    if (result == PFG_TRANSPORT_TOO_LARGE) {
        pfg_fail(err, PFG_SYSTEM, "the response of %s is larger than %zu MiB",
                 http->options.name, e->most >> 20);
        return pfg_hint(err, "is '%s' the address of its API?",
                        http->options.api_url);
    }
    pfg_fail(err, PFG_SYSTEM, "cannot reach %s at '%s': %s", http->options.name,
             http->options.api_url, clean(http, e->trouble));
    if (result == PFG_TRANSPORT_UNTRUSTED) {
        return pfg_hint(err,
                        "certificates are always checked; set "
                        "SSL_CERT_FILE=FILE to the authority that signed it");
    }
    if (result == PFG_TRANSPORT_IMPOSSIBLE) {
        return pfg_hint(err, "perfgate uses 'curl' to send requests; --dry-run "
                             "prints them instead");
    }
    return pfg_hint(
        err, "is --api-url right? Set a proxy with HTTPS_PROXY and NO_PROXY");
}

static int fail_to_wait(const struct pfg_http *http, long ms,
                        struct pfg_error *err)
{
    if (ms < 0 || ms > http->options.limits.wait_ms) {
        pfg_fail(err, PFG_SYSTEM,
                 "%s limits the rate of requests and asks to wait for %ld s",
                 http->options.name, ms < 0 ? 86400L : ms / 1000);
        return pfg_hint(
            err, "perfgate waits for at most %ld s; run the step again later",
            http->options.limits.wait_ms / 1000);
    }
    pfg_fail(err, PFG_SYSTEM,
             "%s still limits the rate of requests after %ld attempts",
             http->options.name, http->options.limits.tries);
    return pfg_hint(err, "run the step again later");
}

static int fail_redirected(const struct pfg_http *http, int where,
                           const char *to, struct pfg_error *err)
{
    if (where > 0) {
        pfg_fail(err, PFG_SYSTEM,
                 "%s redirects to another host, '%s': not followed, to protect "
                 "the token",
                 http->options.name, clean(http, to));
        return pfg_hint(
            err,
            "set the right address with --api-url, the repository with --repo");
    }
    return pfg_fail(err, PFG_SYSTEM, "%s redirects %s", http->options.name,
                    where < 0 ? "to an invalid address" : "in circles");
}

/* --- sending --- */

static enum pfg_http_result result_of(long status)
{
    static const struct {
        long status;
        enum pfg_http_result result;
    } known[] = {
        {401, PFG_HTTP_UNAUTHORIZED},
        {403, PFG_HTTP_FORBIDDEN},
        {404, PFG_HTTP_GONE},
        {410, PFG_HTTP_GONE},
    };

    for (size_t i = 0; i < PFG_COUNT(known); i++) {
        if (status == known[i].status) {
            return known[i].result;
        }
    }
    return status >= 200 && status < 300   ? PFG_HTTP_OK
           : status >= 400 && status < 500 ? PFG_HTTP_REFUSED
                                           : PFG_HTTP_FAILED;
}

static int fail_in_time(const struct pfg_http *http, struct pfg_error *err)
{
    pfg_fail(
        err, PFG_SYSTEM, "%s took more than %g s for all requests together",
        http->options.name, (double)http->options.limits.overall_ms / 1000);
    return pfg_hint(err, "run the step again later, or allow more with "
                         "PERFGATE_HTTP_OVERALL_MS");
}

/* A request, which may take several exchanges. */
struct sending {
    struct pfg_http *http;
    const struct pfg_http_request *request;
    struct pfg_exchange exchange;
    long tried, redirects;
    struct pfg_error *err;
};

/* Why we pause, for people. */
static const char *why_wait(const struct sending *s)
{
    return s->exchange.status
               ? pfg_arena_printf(s->http->arena, "%s answered %ld",
                                  s->http->options.name, s->exchange.status)
               : clean(s->http, s->exchange.trouble);
}

/* True to try again; else the error is set. */
static bool try_again(struct sending *s, enum pfg_transport_result result)
{
    s->tried++;
    if (s->tried < s->http->options.limits.tries &&
        pfg_http_pause(s->http, s->tried - 1, why_wait(s))) {
        return true;
    }
    if (result == PFG_TRANSPORT_ANSWER) {
        fail_by_status(s->http, s->request, &s->exchange, s->err);
        pfg_hint(s->err, "%ld attempts were made", s->tried);
    } else {
        fail_unanswered(s->http, result, &s->exchange, s->err);
    }
    return false;
}

static bool wait_as_demanded(struct sending *s)
{
    long ms = demanded_wait(s->http, &s->exchange);

    s->tried++;
    if (s->tried < s->http->options.limits.tries && ms >= 0 &&
        ms <= s->http->options.limits.wait_ms &&
        wait_for(s->http, ms, why_wait(s))) {
        return true;
    }
    fail_to_wait(s->http, ms, s->err);
    return false;
}

static bool follow(struct sending *s)
{
    struct pfg_str to = pfg_str_in(s->http->arena);
    int where =
        pfg_transport_redirect(&to, s->exchange.url, s->exchange.location);

    if (where == 0 && s->redirects++ < MOST_REDIRECTS) {
        s->exchange.url = to.ptr;
        return true;
    }
    fail_redirected(s->http, where, to.ptr, s->err);
    return false;
}

/* Whether another exchange is needed; else *out is the result. */
static bool needs_another(enum pfg_http_result *out, struct sending *s,
                          enum pfg_transport_result result)
{
    *out = PFG_HTTP_FAILED;
    switch (next_of(result, &s->exchange, s->request->repeatable)) {
    case AGAIN:
        return try_again(s, result);
    case AFTER_DELAY:
        return wait_as_demanded(s);
    case FOLLOW:
        return follow(s);
    case UNCERTAIN:
        *out = PFG_HTTP_UNCERTAIN;
        break;
    case DONE:
        *out = result == PFG_TRANSPORT_ANSWER ? result_of(s->exchange.status)
               : result == PFG_TRANSPORT_TOO_LARGE ? PFG_HTTP_TOO_LARGE
                                                   : PFG_HTTP_FAILED;
        break;
    }
    if (result != PFG_TRANSPORT_ANSWER) {
        fail_unanswered(s->http, result, &s->exchange, s->err);
    } else if (*out != PFG_HTTP_OK) {
        fail_by_status(s->http, s->request, &s->exchange, s->err);
    }
    return false;
}

static enum pfg_http_result read_answer(struct pfg_http_answer *out,
                                        const struct sending *s)
{
    struct pfg_error why;

    if (!out) {
        return PFG_HTTP_OK;
    }
    out->status = s->exchange.status;
    if (!pfg_json_parse(&out->json, pfg_str_slice(&s->exchange.text), "", 0,
                        &why) ||
        strcmp(s->request->method, "GET")) {
        return PFG_HTTP_OK;
    }
    pfg_fail(s->err, PFG_SYSTEM, "the response of %s to 'GET %.*s' is not JSON",
             s->http->options.name, (int)strcspn(s->request->path, "?"),
             s->request->path);
    pfg_hint(s->err, "is '%s' the address of its API?",
             s->http->options.api_url);
    return PFG_HTTP_FAILED;
}

enum pfg_http_result pfg_http_send(struct pfg_http_answer *out,
                                   struct pfg_http *http,
                                   const struct pfg_http_request *request,
                                   struct pfg_error *err)
{
    struct sending s = {
        .http = http,
        .request = request,
        .exchange = {.method = request->method,
                     .url =
                         pfg_arena_printf(http->arena, "%s%s",
                                          http->options.api_url, request->path),
                     .headers = http->headers,
                     .body = request->body,
                     .ca_file = http->options.ca_file,
                     .connect_ms = http->options.limits.connect_ms,
                     .total_ms = http->options.limits.total_ms,
                     .most = PFG_HTTP_MOST},
        .err = err,
    };
    enum pfg_http_result result = PFG_HTTP_FAILED;
    enum pfg_transport_result sent;

    if (out) {
        *out = (struct pfg_http_answer){0};
    }
    pfg_str_init(&s.exchange.text, 0);
    do {
        long left = left_ms(http);

        sent = PFG_TRANSPORT_UNSENT;
        if (left <= 0) {
            break;
        }
        s.exchange.total_ms = left < http->options.limits.total_ms
                                  ? left
                                  : http->options.limits.total_ms;
        sent = pfg_transport_exchange(&s.exchange);
    } while (needs_another(&result, &s, sent));
    if (sent != PFG_TRANSPORT_ANSWER && left_ms(http) <= 0) {
        fail_in_time(http, err);
    }
    if (result == PFG_HTTP_OK) {
        result = read_answer(out, &s);
    }
    pfg_str_free(&s.exchange.text);
    return result;
}
