#include "app/evaluate/acceptance.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/slice.h"

#define DAY (24 * 3600 * PFG_SECOND)

struct gathering {
    const struct pfg_acceptance_sources *from;
    const char *base, *head; /* commits; "" : none */
    struct pfg_arena *arena;
    struct pfg_error *err;
    PFG_VEC(struct pfg_acceptance) all;
};

/* An acceptance until "2026-12-01" includes that day. */
static int check_end(struct gathering *g, struct pfg_acceptance *one)
{
    struct pfg_slice until = pfg_slice_of(one->until);
    bool over = false;
    pfg_time end;

    if (!until.len) {
        return 0;
    }
    if (pfg_slice_has(until, "-") && !pfg_time_parse(&end, until)) {
        over = g->from->now >= end + (until.len == 10 ? DAY : 0);
    } else if (g->from->vcs && *g->base &&
               pfg_vcs_contains(g->from->vcs, &over, g->base, one->until,
                                g->arena, g->err)) {
        return -1;
    }
    if (over) {
        one->expired =
            pfg_arena_printf(g->arena, "it expired with %s", one->until);
    }
    return 0;
}

/* A pattern that matches everything is as good as none. */
static bool accepts_everything(const struct pfg_acceptance *one)
{
    const struct pfg_pattern *const patterns[] = {one->benchmark, one->suite,
                                                  one->metric, one->hardware};

    for (size_t i = 0; i < PFG_COUNT(patterns); i++) {
        if (patterns[i] && !pfg_accept_is_everything(patterns[i])) {
            return false;
        }
    }
    return true;
}

static int add(struct gathering *g, struct pfg_acceptance one)
{
    one.expired = "";
    if (accepts_everything(&one) && !g->from->allow_all) {
        one.expired = "accepting everything requires --allow-accept-all";
    } else if (check_end(g, &one)) {
        return -1;
    }
    pfg_vec_push(&g->all, g->arena, one);
    return 0;
}

static int add_trailer(struct gathering *g, const struct pfg_trailer *trailer)
{
    struct pfg_slice glob, reason;
    struct pfg_acceptance one = {.until = ""};
    struct pfg_error why = {0};

    one.source = pfg_arena_printf(g->arena, "commit %.10s", trailer->commit);
    if (pfg_accept_parse_trailer(&glob, &reason,
                                 pfg_slice_of(trailer->value))) {
        pfg_report_warn(g->from->report, "%s: %s does not name a benchmark",
                        one.source, PFG_ACCEPT_TRAILER);
        return 0;
    }
    if (pfg_pattern_new(&one.benchmark, g->from->patterns,
                        pfg_arena_slice(g->arena, glob), &why)) {
        pfg_report_warn(g->from->report, "%s: %s", one.source, why.message);
        return 0;
    }
    one.reason = pfg_arena_slice(g->arena, reason);
    if (add(g, one)) {
        return -1;
    }
    if (g->from->trust_base) {
        g->all.at[g->all.n - 1].expired =
            "the base's policy is trusted, but trailers are written by the "
            "author of the change; use a label";
    }
    return 0;
}

static int add_trailers(struct gathering *g)
{
    struct pfg_trailers trailers;

    if (!g->from->vcs || !pfg_revision_is_commit(g->base) ||
        !pfg_revision_is_commit(g->head)) {
        return 0;
    }
    if (pfg_vcs_trailers(g->from->vcs, &trailers, g->base, g->head,
                         PFG_ACCEPT_TRAILER, g->arena, g->err)) {
        return -1;
    }
    if (trailers.bounded) {
        pfg_report_warn(
            g->from->report,
            "%s trailers were searched only in the last 500 commits of base "
            "and head, which do not meet%s",
            PFG_ACCEPT_TRAILER,
            trailers.left_out
                ? "; those found are ignored, because the base may have them"
                : "");
    } else if (trailers.left_out) {
        pfg_report_warn(g->from->report,
                        "ignoring %zu %s trailer%s: the clone lacks part of "
                        "the history of the base %.10s, so it is unknown which "
                        "commits came after it; fetch the whole history",
                        trailers.left_out, PFG_ACCEPT_TRAILER,
                        trailers.left_out == 1 ? "" : "s", g->base);
    }
    for (size_t i = 0; i < trailers.n; i++) {
        if (add_trailer(g, &trailers.at[i])) {
            return -1;
        }
    }
    return 0;
}

/* The glob in an accepting label; empty if the label is about something else.
 */
static struct pfg_slice accepted_by(const char *label, const char *word)
{
    struct pfg_slice rest = pfg_slice_of(label);
    size_t n = strlen(word);

    /* Forges ignore the case of labels. */
    if (strncasecmp(label, word, n) != 0) {
        return PFG_LIT("");
    }
    rest = pfg_slice_from(rest, n);
    if (!rest.len) {
        return PFG_LIT("*");
    }
    return pfg_take(&rest, ":") ? pfg_slice_trim(rest) : PFG_LIT("");
}

/* Setting a label requires permission to write to the repository, so that
 * labels count even if the base is trusted. */
static int add_labels(struct gathering *g)
{
    const struct pfg_config *config = g->from->config;
    const struct pfg_ci *ci = g->from->ci;
    const char *word = config && *config->accept_label ? config->accept_label
                                                       : PFG_ACCEPT_LABEL;

    if (ci->pull_request) {
        g->from->report->accept_label = pfg_arena_strdup(g->arena, word);
    }
    for (size_t i = 0; i < ci->n_labels; i++) {
        struct pfg_slice glob = accepted_by(ci->labels[i], word);
        struct pfg_acceptance one = {.until = "", .reason = "", .label = true};
        struct pfg_error why = {0};

        one.source = pfg_arena_printf(g->arena, "label '%s'", ci->labels[i]);
        if (!glob.len) {
            continue;
        }
        if (pfg_pattern_new(&one.benchmark, g->from->patterns,
                            pfg_arena_slice(g->arena, glob), &why)) {
            pfg_report_warn(g->from->report, "%s: %s", one.source, why.message);
        } else if (add(g, one)) {
            return -1;
        }
    }
    return 0;
}

int pfg_acceptances_gather(struct pfg_acceptances *out,
                           const struct pfg_acceptance_sources *sources,
                           const struct pfg_comparison *comparison,
                           struct pfg_error *err)
{
    const struct pfg_config *config = sources->config;
    struct gathering g = {
        .from = sources,
        .base = comparison->base.n ? comparison->base.origin.id : "",
        .head = comparison->head.origin.id,
        .arena = sources->report->arena,
        .err = err,
    };

    for (size_t i = 0; config && i < config->accept.n; i++) {
        if (add(&g, config->accept.at[i])) {
            return -1;
        }
    }
    if (add_trailers(&g) || add_labels(&g)) {
        return -1;
    }
    *out = (struct pfg_acceptances){
        g.all.at, g.all.n, pfg_arena_new_array(g.arena, bool, g.all.n)};
    return 0;
}

static void warn(struct pfg_report *report, const struct pfg_acceptance *one,
                 const char *why)
{
    pfg_report_warn(report, "%s: the acceptance of '%s' %s", one->source,
                    pfg_pattern_text(one->benchmark), why);
}

void pfg_acceptances_check(const struct pfg_acceptances *acceptances,
                           const struct pfg_acceptance_sources *sources)
{
    const struct pfg_config *config = sources->config;
    struct pfg_report *report = sources->report;
    size_t n_config = config ? config->accept.n : 0;

    for (size_t i = 0; i < acceptances->n; i++) {
        const struct pfg_acceptance *one = &acceptances->at[i];

        if (*one->expired) {
            warn(report, one,
                 pfg_arena_printf(report->arena, "is ignored: %s",
                                  one->expired));
        } else if (i >= n_config && !acceptances->matched[i]) {
            warn(report, one, "matches nothing here");
        }
        if (i < n_config) {
            config->accept.matched[i] |=
                acceptances->matched[i] || *one->expired;
        }
    }
}

void pfg_acceptances_check_config(const struct pfg_config *config,
                                  struct pfg_report *report)
{
    for (size_t i = 0; config && i < config->accept.n; i++) {
        if (!config->accept.matched[i]) {
            warn(report, &config->accept.at[i], "matches nothing here");
        }
    }
}
