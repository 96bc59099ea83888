#ifndef PFG_POLICY_ACCEPT_H
#define PFG_POLICY_ACCEPT_H

#include "model/gate.h"
#include "policy/pattern.h"
#include "policy/rule.h"

/* A change for the worse that a team has decided to live with. */
struct pfg_acceptance {
    const struct pfg_pattern *benchmark;                 /* never NULL */
    const struct pfg_pattern *suite, *metric, *hardware; /* NULL: any */
    const char *until;  /* a date or a commit; "" : no end */
    const char *reason; /* "" : none was given */
    const char *source; /* "perfgate.json:12", "commit 1a2b3c4d5e", "label
                           'perfgate-accept'" */
    bool label;         /* by a label of the pull request */
    struct pfg_pos pos;
    const char *expired; /* it no longer counts because; "" : it does */
};

struct pfg_acceptances {
    const struct pfg_acceptance *at;
    size_t n;
    bool *matched; /* by index: it was needed */
};

/* The acceptance that covers a series, or NULL; notes that it was needed. One
 * that has expired covers nothing. */
const struct pfg_acceptance *pfg_accept_find(
    const struct pfg_acceptances *acceptances,
    const struct pfg_subject *subject);

/* Whether it says yes to every benchmark there is. */
bool pfg_accept_is_everything(const struct pfg_pattern *benchmark);

/* "Perfgate-Accept: GLOB [REASON]": the value of such a trailer, taken apart.
 * A glob with blanks stands in quotes. -1 where it names nothing. */
int pfg_accept_parse_trailer(struct pfg_slice *glob, struct pfg_slice *reason,
                             struct pfg_slice value);

#endif
