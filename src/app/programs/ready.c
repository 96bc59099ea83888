#include "app/programs/ready.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/number.h"
#include "base/slice.h"

#define PATIENCE_S 2
/* Linux assigns ports from 32768 on to connections. */
#define FIRST_PORT 20000
#define LAST_PORT  31999

static int no_address(const char *text, struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "--ready '%s' is not an address", text);
    return pfg_hint(
        err, "use http://HOST:PORT/PATH, tcp:PORT, tcp:HOST:PORT, or a shell "
             "command that succeeds: 'curl -fsk https://localhost:8443/'");
}

/* "host:port", "[::1]:80", "host"; without a port, `port` is unchanged. */
static bool split(struct pfg_ready *out, struct pfg_slice address,
                  struct pfg_arena *arena)
{
    bool bracketed = pfg_take(&address, "[");
    struct pfg_slice host = pfg_take_until(&address, bracketed ? ']' : ':');
    uint64_t port;

    if (bracketed && address.len && !pfg_take(&address, ":")) {
        return false;
    }
    out->host = pfg_arena_slice(arena, host);
    out->port = address.len ? pfg_arena_slice(arena, address) : out->port;
    return host.len && !pfg_number_parse_u64(&port, pfg_slice_of(out->port)) &&
           port > 0 && port <= 65535;
}

int pfg_ready_parse(struct pfg_ready *out, const char *text,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_of(text), address;
    bool good = true;

    *out = (struct pfg_ready){.port = "80"};
    if (pfg_take(&rest, "http://")) {
        address = pfg_take_until(&rest, '/');
        out->path = pfg_arena_printf(arena, "/%.*s", PFG_SLICE(rest));
        good = split(out, address, arena);
    } else if (pfg_take(&rest, "tcp:")) {
        out->port = "";
        good = split(out,
                     pfg_slice_has(rest, ":")
                         ? rest
                         : pfg_slice_of(pfg_arena_printf(
                               arena, "127.0.0.1:%.*s", PFG_SLICE(rest))),
                     arena);
    } else {
        good = !pfg_slice_starts(rest, "https://");
    }
    return good ? 0 : no_address(text, err);
}

/* If nobody listens on a port, a connection may get that port itself, and TCP
 * then connects it with itself. */
static bool is_with_itself(int fd)
{
    struct sockaddr_storage ends[2] = {0};
    socklen_t size[2] = {sizeof *ends, sizeof *ends};

    return !getsockname(fd, (struct sockaddr *)&ends[0], &size[0]) &&
           !getpeername(fd, (struct sockaddr *)&ends[1], &size[1]) &&
           size[0] == size[1] && !memcmp(&ends[0], &ends[1], size[0]);
}

/* Connects; -1: nobody listens. */
static int dial(const struct pfg_ready *ready)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    const struct timeval patience = {PATIENCE_S, 0};
    struct addrinfo *found = NULL;
    int fd = -1;

    if (getaddrinfo(ready->host, ready->port, &hints, &found)) {
        return -1;
    }
    for (const struct addrinfo *at = found; at && fd < 0; at = at->ai_next) {
        fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, 0);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (fd >= 0 &&
            (connect(fd, at->ai_addr, at->ai_addrlen) || is_with_itself(fd))) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

/* The status of the response; 0: there was none. */
static int get(int fd, const struct pfg_ready *ready, struct pfg_arena *arena)
{
    bool v6 = strchr(ready->host, ':') != NULL;
    const char *request = pfg_arena_printf(
        arena,
        "GET %s HTTP/1.1\r\nHost: %s%s%s:%s\r\nUser-Agent: perfgate\r\n"
        "Connection: close\r\n\r\n",
        ready->path, v6 ? "[" : "", ready->host, v6 ? "]" : "", ready->port);
    /* "HTTP/1.1 200" */
    char answer[13] = "";
    size_t length = 0;
    uint64_t status;
    ssize_t got = send(fd, request, strlen(request), MSG_NOSIGNAL);

    while (got > 0 && length < sizeof answer - 1) {
        got = recv(fd, answer + length, sizeof answer - 1 - length, 0);
        length += got > 0 ? (size_t)got : 0;
    }
    return length == sizeof answer - 1 && !strncmp(answer, "HTTP/1.", 7) &&
                   !pfg_number_parse_u64(&status, pfg_slice_of(answer + 9))
               ? (int)status
               : 0;
}

const char *pfg_ready_ask(const struct pfg_ready *ready,
                          struct pfg_arena *arena)
{
    int fd = dial(ready), status;

    if (fd < 0) {
        return "nobody listens";
    }
    status = ready->path ? get(fd, ready, arena) : 200;
    close(fd);
    return status >= 200 && status < 400 ? NULL
           : status ? pfg_arena_printf(arena, "status %d", status)
                    : "no HTTP response";
}

bool pfg_ready_listens(const struct pfg_ready *ready)
{
    int fd = dial(ready);

    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

/* On all addresses, as a server binds it. */
static bool is_free(int port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    bool bound;

    if (fd < 0) {
        return false;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bound = !bind(fd, (const struct sockaddr *)&address, sizeof address);
    close(fd);
    return bound;
}

int pfg_ready_free_port(int *next)
{
    for (int i = FIRST_PORT; i <= LAST_PORT; i++) {
        int port = *next;

        if (port < FIRST_PORT || port > LAST_PORT) {
            /* Concurrent processes start at different ports. */
            port = FIRST_PORT + (int)(getpid() * 37 % (LAST_PORT - FIRST_PORT));
        }
        *next = port + 1;
        if (is_free(port)) {
            return port;
        }
    }
    return 0;
}
