#ifndef PFG_POLICY_ACCEPT_H
#define PFG_POLICY_ACCEPT_H

#include "model/gate.h"
#include "policy/pattern.h"
#include "policy/rule.h"

/* A regression that the team has accepted. */
struct pfg_acceptance {
    const struct pfg_pattern *benchmark;                 /* never NULL */
    const struct pfg_pattern *suite, *metric, *hardware; /* NULL: any */
    const char *until;  /* a date or a commit; "" : no end */
    const char *reason; /* "" : none was given */
    const char *source; /* "perfgate.json:12", "commit 1a2b3c4d5e", "label
                           'perfgate-accept'" */
    bool label;         /* set by a label of the pull request */
    struct pfg_pos pos;
    const char *expired; /* why it no longer counts; "" : it does */
};

struct pfg_acceptances {
    const struct pfg_acceptance *at;
    size_t n;
    bool *matched; /* by index: whether it covered something */
};

/* The acceptance that covers a series, marked as matched, or NULL. An expired
 * one covers nothing. */
const struct pfg_acceptance *pfg_accept_find(
    const struct pfg_acceptances *acceptances,
    const struct pfg_subject *subject);

/* Whether the pattern matches every possible benchmark. */
bool pfg_accept_is_everything(const struct pfg_pattern *benchmark);

/* Splits the value of a trailer "Perfgate-Accept: GLOB [REASON]". A glob with
 * blanks is quoted. -1 if the glob is empty. */
int pfg_accept_parse_trailer(struct pfg_slice *glob, struct pfg_slice *reason,
                             struct pfg_slice value);

#endif
