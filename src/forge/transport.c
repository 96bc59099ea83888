#include "forge/transport.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/number.h"
#include "exec/child.h"

enum { HEADERS_MOST = 64 << 10 };

/* --- curl's input --- */

/* Writes an option as a line of curl's configuration. */
static void put_option(struct pfg_str *config, const char *name,
                       const char *value)
{
    pfg_str_printf(config, "%s = \"", name);
    for (; *value; value++) {
        if (strchr("\"\\", *value)) {
            pfg_str_putc(config, '\\');
        }
        pfg_str_putc(config, *value);
    }
    pfg_str_puts(config, "\"\n");
}

static void put_config(struct pfg_str *config, const struct pfg_exchange *e,
                       int body)
{
    pfg_str_printf(config,
                   "silent\nshow-error\ngloboff\ntlsv1.2\n"
                   "proto = \"=http,https\"\n"
                   /* Print the answer's headers before its body, but not a
                    * proxy's. */
                   "include\nsuppress-connect-headers\n"
                   /* Tells whether anything was sent. */
                   "write-out = \"%%{stderr}%%{time_pretransfer}\"\n"
                   /* Else curl would wait a second for servers that do not
                    * support it. */
                   "header = \"Expect:\"\n"
                   "connect-timeout = %.3f\nmax-time = %.3f\n",
                   (double)e->connect_ms / 1000, (double)e->total_ms / 1000);
    put_option(config, "url", e->url);
    put_option(config, "request", e->method);
    for (const char *const *header = e->headers; *header; header++) {
        put_option(config, "header", *header);
    }
    if (e->body.len) {
        pfg_str_printf(config,
                       "header = \"Content-Type: application/json\"\n"
                       "data-binary = \"@/dev/fd/%d\"\n",
                       body);
    }
    if (e->ca_file) {
        put_option(config, "cacert", e->ca_file);
    }
}

/* A file in memory with these bytes, at its start; -1: errno. */
static int memory_file(struct pfg_slice bytes)
{
    /* Not closed on exec: curl reads it. */
    int fd = memfd_create("perfgate-request", 0);

    while (fd >= 0 && bytes.len) {
        ssize_t done = write(fd, bytes.ptr, bytes.len);

        if (done < 0 && errno != EINTR) {
            int error = errno;

            close(fd);
            errno = error;
            return -1;
        }
        bytes = pfg_slice_from(bytes, done > 0 ? (size_t)done : 0);
    }
    if (fd >= 0) {
        lseek(fd, 0, SEEK_SET);
    }
    return fd;
}

/* Runs curl. Its configuration, which has the token, is only in memory. */
static int run_curl(struct pfg_child_result *out, const struct pfg_exchange *e,
                    struct pfg_error *err)
{
    /* -q: do not read the user's .curlrc. */
    static const char *const argv[] = {"curl", "-q", "--config", "-", NULL};
    struct pfg_child_spec spec = {
        .argv = argv,
        .output_limit = e->most + HEADERS_MOST,
        .timeout = (double)e->total_ms / 1000 + 5,
    };
    struct pfg_str config;
    char input[32];
    int body = e->body.len ? memory_file(e->body) : -1, fd = -1, result = -1;

    pfg_str_init(&config, 0);
    put_config(&config, e, body);
    if (!e->body.len || body >= 0) {
        fd = memory_file(pfg_str_slice(&config));
    }
    if (fd < 0) {
        pfg_fail(err, PFG_SYSTEM, "cannot write the request: %s",
                 strerror(errno));
        goto out;
    }
    snprintf(input, sizeof input, "/proc/self/fd/%d", fd);
    spec.input = input;
    result = pfg_child_run(out, &spec, NULL, err);
out:
    if (fd >= 0) {
        close(fd);
    }
    if (body >= 0) {
        close(body);
    }
    explicit_bzero(config.ptr, config.len);
    pfg_str_free(&config);
    return result;
}

/* --- curl's output --- */

static bool copy_header(struct pfg_slice line, const char *name, char *out,
                        size_t size)
{
    size_t n = strlen(name);
    struct pfg_slice value;

    if (line.len <= n || line.ptr[n] != ':' || strncasecmp(line.ptr, name, n)) {
        return false;
    }
    value = pfg_slice_trim(pfg_slice_from(line, n + 1));
    /* A truncated address would be a different one. */
    snprintf(out, size, "%.*s", value.len < size ? (int)value.len : 0,
             value.ptr);
    return true;
}

static void read_header(struct pfg_exchange *e, struct pfg_slice line)
{
    if (!copy_header(line, "location", e->location, sizeof e->location) &&
        !copy_header(line, "retry-after", e->retry_after,
                     sizeof e->retry_after) &&
        !copy_header(line, "x-ratelimit-remaining", e->remaining,
                     sizeof e->remaining)) {
        copy_header(line, "x-ratelimit-reset", e->reset, sizeof e->reset);
    }
}

/* Reads status, headers and body; skips interim answers (100, 103). */
static void read_answer(struct pfg_exchange *e, struct pfg_slice text)
{
    do {
        struct pfg_slice line = pfg_take_until(&text, '\n');
        uint64_t status = 0;

        pfg_take_word(&line);
        pfg_number_parse_u64(&status, pfg_take_word(&line));
        e->status = status < 1000 ? (long)status : 0;
        do {
            line = pfg_slice_trim(pfg_take_until(&text, '\n'));
            read_header(e, line);
        } while (line.len);
    } while (e->status / 100 == 1 && pfg_slice_starts(text, "HTTP/"));
    e->text.limit = e->most;
    pfg_str_add(&e->text, text);
}

static int read_output(struct pfg_exchange *e,
                       const struct pfg_child_result *curl)
{
    struct pfg_str text;
    char path[32];
    int failed;

    snprintf(path, sizeof path, "/proc/self/fd/%d", curl->output);
    pfg_str_init(&text, 0);
    failed = pfg_file_read(&text, path, e->most + HEADERS_MOST, NULL);
    if (!failed) {
        read_answer(e, pfg_str_slice(&text));
    }
    pfg_str_free(&text);
    return failed;
}

/* Translates curl's exit status, as listed in its manual. */
static enum pfg_transport_result result_of(int status)
{
    switch (status) {
    case 0:
        return PFG_TRANSPORT_ANSWER;
    case 5: /* unknown proxy or host, no connection */
    case 6:
    case 7:
        return PFG_TRANSPORT_UNSENT;
    case 51: /* bad certificate or issuer */
    case 58:
    case 60:
    case 83:
        return PFG_TRANSPORT_UNTRUSTED;
    case 1: /* bad protocol, option or address, no CA file */
    case 2:
    case 3:
    case 77:
        return PFG_TRANSPORT_IMPOSSIBLE;
    default:
        return PFG_TRANSPORT_BROKEN;
    }
}

/* The last line but one is curl's message, "curl: (7) Failed to ...", the last
 * one the time when the request was sent: 0 is never. */
static enum pfg_transport_result read_trouble(
    struct pfg_exchange *e, const struct pfg_child_result *curl)
{
    struct pfg_slice said = pfg_slice_trim(pfg_str_slice(&curl->err_tail));
    size_t last = pfg_slice_find_last_byte(said, '\n');
    struct pfg_slice sent =
        last < said.len ? pfg_slice_from(said, last + 1) : said;
    enum pfg_transport_result result = result_of(curl->exit_status);

    said = pfg_slice_trim(pfg_slice_first(said, said.len - sent.len));
    while (pfg_slice_find_byte(said, '\n') < said.len) {
        pfg_take_until(&said, '\n');
    }
    said = pfg_slice_from(
        said, pfg_slice_has(said, ") ") ? pfg_slice_find(said, ") ") + 2 : 0);
    snprintf(e->trouble, sizeof e->trouble, "%.*s", PFG_SLICE(said));
    if (!said.len) {
        snprintf(e->trouble, sizeof e->trouble,
                 curl->exit_status < 0 ? "curl was killed by signal %d"
                                       : "curl exited with status %d",
                 curl->exit_status < 0 ? curl->signal : curl->exit_status);
    }
    return result == PFG_TRANSPORT_BROKEN && pfg_slice_is(sent, "0.000000")
               ? PFG_TRANSPORT_UNSENT
               : result;
}

static bool has_control(const char *text)
{
    return pfg_slice_has_control(pfg_slice_of(text));
}

/* Whether no option has a line break, which would start another option. */
static bool is_valid(const struct pfg_exchange *e)
{
    bool bad = has_control(e->url) || has_control(e->method) ||
               (e->ca_file && has_control(e->ca_file));

    for (const char *const *header = e->headers; *header; header++) {
        bad = bad || has_control(*header);
    }
    return !bad;
}

enum pfg_transport_result pfg_transport_exchange(struct pfg_exchange *exchange)
{
    struct pfg_child_result curl = {0};
    struct pfg_error why = {0};
    enum pfg_transport_result result = PFG_TRANSPORT_IMPOSSIBLE;

    exchange->status = 0;
    exchange->location[0] = exchange->retry_after[0] = '\0';
    exchange->remaining[0] = exchange->reset[0] = exchange->trouble[0] = '\0';
    pfg_str_clear(&exchange->text);
    if (!is_valid(exchange)) {
        snprintf(exchange->trouble, sizeof exchange->trouble,
                 "the address or a header has a control character");
        return result;
    }
    if (run_curl(&curl, exchange, &why)) {
        snprintf(exchange->trouble, sizeof exchange->trouble, "%s",
                 why.message);
    } else if (curl.too_much_output ||
               curl.output_size > exchange->most + HEADERS_MOST) {
        result = PFG_TRANSPORT_TOO_LARGE;
    } else {
        result = read_trouble(exchange, &curl);
        if (result == PFG_TRANSPORT_ANSWER && read_output(exchange, &curl)) {
            result = PFG_TRANSPORT_BROKEN;
        }
        if (exchange->text.overflowed) {
            result = PFG_TRANSPORT_TOO_LARGE;
        }
    }
    pfg_child_free(&curl);
    return result;
}

/* --- addresses --- */

struct address {
    struct pfg_slice scheme, host, port; /* port: empty for the default */
    struct pfg_slice origin;             /* "https://host:port" */
    struct pfg_slice rest;               /* the path and the rest */
};

/* False if it is not an address of http or https, or has a user in it. */
static bool split_address(struct address *out, struct pfg_slice text)
{
    struct pfg_slice left = text;

    *out = (struct address){
        .scheme = pfg_slice_first(text, pfg_slice_find(text, "://"))};
    left = pfg_slice_from(text, out->scheme.len + 3);
    if ((out->scheme.len != 4 && out->scheme.len != 5) ||
        strncasecmp(out->scheme.ptr, "https", out->scheme.len)) {
        return false;
    }
    out->host = left;
    out->host.len = 0;
    if (left.len && *left.ptr == '[') {
        out->host.len = pfg_slice_find_byte(left, ']') + 1;
    }
    while (out->host.len < left.len &&
           !strchr(":/?#", left.ptr[out->host.len])) {
        out->host.len++;
    }
    left = pfg_slice_from(left, out->host.len);
    if (pfg_take(&left, ":")) {
        out->port = pfg_take_digits(&left);
    }
    out->rest = left;
    out->origin = pfg_slice_range(text.ptr, left.ptr);
    if (pfg_slice_has_control(text) ||
        pfg_slice_find_byte(text, ' ') < text.len) {
        return false;
    }
    for (size_t i = 0; i < out->host.len; i++) {
        if (!isalnum((unsigned char)out->host.ptr[i]) &&
            !strchr("-._~%[]:", out->host.ptr[i])) {
            return false;
        }
    }
    return out->host.len && (!left.len || strchr("/?#", *left.ptr));
}

static bool is_https(const struct address *a)
{
    return a->scheme.len == 5;
}

static struct pfg_slice port_of(const struct address *a)
{
    return a->port.len ? a->port : pfg_slice_of(is_https(a) ? "443" : "80");
}

static bool same_host(struct pfg_slice a, struct pfg_slice b)
{
    return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len);
}

int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location)
{
    struct pfg_slice to = pfg_slice_of(location);
    struct address here, there;
    bool same;

    pfg_str_clear(out);
    if (!split_address(&here, pfg_slice_of(from))) {
        return -1;
    }
    if (pfg_slice_starts(to, "//")) {
        pfg_str_printf(out, "%.*s:", PFG_SLICE(here.scheme));
    } else if (pfg_slice_starts(to, "/")) {
        pfg_str_add(out, here.origin);
    }
    pfg_str_add(out, to);
    if (!split_address(&there, pfg_str_slice(out))) {
        return -1;
    }
    same = is_https(&here) == is_https(&there) &&
           same_host(here.host, there.host) &&
           pfg_slice_eq(port_of(&here), port_of(&there));
    if (!same) {
        struct pfg_str host;

        pfg_str_init(&host, 0);
        pfg_str_add(&host, there.host);
        pfg_str_clear(out);
        pfg_str_add(out, pfg_str_slice(&host));
        pfg_str_free(&host);
    }
    return !same;
}

int pfg_transport_check(const char *url)
{
    static const char *const here[] = {"localhost", "127.0.0.1", "[::1]"};
    struct address parts;
    int result;

    if (!split_address(&parts, pfg_slice_of(url))) {
        return -1;
    }
    result = is_https(&parts) ? 0 : 2;
    for (size_t i = 0; i < PFG_COUNT(here) && result; i++) {
        result = same_host(parts.host, pfg_slice_of(here[i])) ? 1 : result;
    }
    return result;
}
