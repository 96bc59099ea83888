#include "forge/transport.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

enum { HEADERS_MOST = 64 << 10 };

struct pfg_transport {
    CURL *curl;
};

/* What the callbacks of one exchange share. */
struct receiving {
    struct pfg_exchange *exchange;
    size_t header_bytes;
    bool too_large;
};

int pfg_transport_open(struct pfg_transport **out, struct pfg_error *err)
{
    *out = NULL;
    if (curl_global_init(CURL_GLOBAL_DEFAULT)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot start libcurl");
    }
    *out = pfg_alloc(sizeof **out);
    (*out)->curl = curl_easy_init();
    if (!(*out)->curl) {
        pfg_transport_close(*out);
        *out = NULL;
        return pfg_fail(err, PFG_SYSTEM, "cannot start libcurl");
    }
    return 0;
}

void pfg_transport_close(struct pfg_transport *transport)
{
    if (transport) {
        curl_easy_cleanup(transport->curl);
        free(transport);
        curl_global_cleanup();
    }
}

/* Less than `n` tells libcurl to stop. */
static size_t receive_body(char *bytes, size_t size, size_t n, void *self)
{
    struct receiving *r = self;

    (void)size; /* 1, says the documentation */
    pfg_str_add(&r->exchange->text, pfg_slice_make(bytes, n));
    r->too_large = r->exchange->text.overflowed;
    return r->too_large ? 0 : n;
}

static bool receive_header_named(struct pfg_slice line, const char *name,
                                 char *out, size_t size)
{
    size_t n = strlen(name);
    struct pfg_slice value;

    if (line.len <= n || line.ptr[n] != ':' || strncasecmp(line.ptr, name, n)) {
        return false;
    }
    value = pfg_slice_trim(pfg_slice_from(line, n + 1));
    /* Cut, an address would be another one. */
    snprintf(out, size, "%.*s", value.len < size ? (int)value.len : 0,
             value.ptr);
    return true;
}

static size_t receive_header(char *bytes, size_t size, size_t n, void *self)
{
    struct receiving *r = self;
    struct pfg_exchange *e = r->exchange;
    struct pfg_slice line = pfg_slice_make(bytes, n);

    (void)size;
    r->header_bytes += n;
    if (r->header_bytes > HEADERS_MOST) {
        r->too_large = true;
        return 0;
    }
    if (!receive_header_named(line, "location", e->location,
                              sizeof e->location) &&
        !receive_header_named(line, "retry-after", e->retry_after,
                              sizeof e->retry_after) &&
        !receive_header_named(line, "x-ratelimit-remaining", e->remaining,
                              sizeof e->remaining)) {
        receive_header_named(line, "x-ratelimit-reset", e->reset,
                             sizeof e->reset);
    }
    return n;
}

static struct curl_slist *header_list(const struct pfg_exchange *exchange)
{
    struct curl_slist *list = NULL;

    for (const char *const *h = exchange->headers; *h; h++) {
        list = curl_slist_append(list, *h);
    }
    if (exchange->body.len) {
        list = curl_slist_append(list, "Content-Type: application/json");
    }
    /* libcurl would wait a second for a server that knows no such thing. */
    return curl_slist_append(list, "Expect:");
}

static void set_request(CURL *curl, const struct pfg_exchange *exchange)
{
    curl_easy_setopt(curl, CURLOPT_URL, exchange->url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, exchange->method);
    if (exchange->body.len) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)exchange->body.len);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, exchange->body.ptr);
    }
}

static void set_safety(CURL *curl, const struct pfg_exchange *exchange)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS,
                     (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /* A proxy must not see the token. */
    curl_easy_setopt(curl, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, exchange->connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, exchange->total_ms);
    if (exchange->ca_file) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, exchange->ca_file);
    }
}

static enum pfg_transport_result result_of(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return PFG_TRANSPORT_ANSWER;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return PFG_TRANSPORT_UNSENT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
        return PFG_TRANSPORT_UNTRUSTED;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_SSL_CACERT_BADFILE:
        return PFG_TRANSPORT_IMPOSSIBLE;
    default:
        return PFG_TRANSPORT_BROKEN;
    }
}

/* Before a connection stood nothing was sent, whatever the error. */
static enum pfg_transport_result result_here(CURL *curl, CURLcode code)
{
    enum pfg_transport_result result = result_of(code);
    curl_off_t sent_at = 0;

    if (result == PFG_TRANSPORT_BROKEN &&
        !curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &sent_at) &&
        !sent_at) {
        return PFG_TRANSPORT_UNSENT;
    }
    return result;
}

enum pfg_transport_result pfg_transport_exchange(
    struct pfg_transport *transport, struct pfg_exchange *exchange)
{
    struct receiving receiving = {.exchange = exchange};
    struct curl_slist *headers = header_list(exchange);
    char trouble[CURL_ERROR_SIZE] = "";
    CURL *curl = transport->curl;
    enum pfg_transport_result result;
    CURLcode code;

    exchange->status = 0;
    exchange->location[0] = exchange->retry_after[0] = '\0';
    exchange->remaining[0] = exchange->reset[0] = exchange->trouble[0] = '\0';
    pfg_str_clear(&exchange->text);
    exchange->text.limit = exchange->most;
    curl_easy_reset(curl);
    set_request(curl, exchange);
    set_safety(curl, exchange);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &receiving);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &receiving);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, trouble);
    code = curl_easy_perform(curl);
    result =
        receiving.too_large ? PFG_TRANSPORT_TOO_LARGE : result_here(curl, code);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &exchange->status);
    snprintf(exchange->trouble, sizeof exchange->trouble, "%s",
             *trouble ? trouble : curl_easy_strerror(code));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(headers);
    return result;
}

/* A part of an address, which the caller frees with curl_free(); or NULL. */
static char *part_of(CURLU *url, CURLUPart part)
{
    char *text = NULL;

    return curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) ? NULL : text;
}

static bool same_part(CURLU *a, CURLU *b, CURLUPart part)
{
    char *left = part_of(a, part), *right = part_of(b, part);
    bool same = left && right && !strcasecmp(left, right);

    curl_free(left);
    curl_free(right);
    return same;
}

int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location)
{
    static const CURLUPart origin[] = {CURLUPART_SCHEME, CURLUPART_HOST,
                                       CURLUPART_PORT};
    CURLU *here = curl_url(), *there = curl_url();
    char *text = NULL;
    int result = -1;

    if (!here || !there || curl_url_set(here, CURLUPART_URL, from, 0) ||
        curl_url_set(there, CURLUPART_URL, from, 0) ||

        curl_url_set(there, CURLUPART_URL, location, CURLU_DISALLOW_USER)) {
        goto out;
    }
    result = 0;
    for (size_t i = 0; i < sizeof origin / sizeof *origin; i++) {
        result |= !same_part(here, there, origin[i]);
    }
    text = part_of(there, result ? CURLUPART_HOST : CURLUPART_URL);
    pfg_str_clear(out);
    pfg_str_puts(out, text ? text : "");
out:
    curl_free(text);
    curl_url_cleanup(here);
    curl_url_cleanup(there);
    return result;
}

int pfg_transport_check(const char *url)
{
    static const char *const here[] = {"localhost", "127.0.0.1", "[::1]"};
    CURLU *parts = curl_url();
    char *scheme = NULL, *host = NULL;
    int result = -1;

    if (!parts ||
        curl_url_set(parts, CURLUPART_URL, url, CURLU_DISALLOW_USER)) {
        goto out;
    }
    scheme = part_of(parts, CURLUPART_SCHEME);
    host = part_of(parts, CURLUPART_HOST);
    if (scheme && host && !strcmp(scheme, "https")) {
        result = 0;
    } else if (scheme && host && !strcmp(scheme, "http")) {
        result = 2;
        for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
            result = strcasecmp(host, here[i]) ? result : 1;
        }
    }
out:
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(parts);
    return result;
}
