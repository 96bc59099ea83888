#include "forge/transport.h"

/* For a perfgate that was built without libcurl (make FORGE=). */

int pfg_transport_open(struct pfg_transport **out, struct pfg_error *err)
{
    *out = NULL;
    pfg_fail(err, PFG_SYSTEM,
             "this perfgate was built without libcurl, and "
             "cannot reach a forge");
    return pfg_hint(err, "'perfgate comment --dry-run' prints the comment, "
                         "for another tool to post");
}

void pfg_transport_close(struct pfg_transport *transport)
{
    (void)transport;
}

enum pfg_transport_result pfg_transport_exchange(
    struct pfg_transport *transport, struct pfg_exchange *exchange)
{
    (void)transport;
    exchange->trouble[0] = '\0';
    return PFG_TRANSPORT_IMPOSSIBLE;
}

int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location)
{
    (void)out;
    (void)from;
    (void)location;
    return -1;
}

int pfg_transport_check(const char *url)
{
    return pfg_slice_starts(pfg_slice_of(url), "https://")  ? 0
           : pfg_slice_starts(pfg_slice_of(url), "http://") ? 1
                                                            : -1;
}
