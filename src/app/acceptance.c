#include "app/acceptance.h"

#include <string.h>

#include "base/slice.h"
#include "group/key.h"

#define DAY (24 * 3600 * PFG_SECOND)

struct gathering {
    struct pfg_evaluation *evaluation;
    const struct pfg_evaluate_options *options;
    struct pfg_vcs *vcs;
    const char *base, *head; /* commits; "" : none */
    pfg_time now;
    struct pfg_arena *arena;
    struct pfg_error *err;
    PFG_VEC(struct pfg_acceptance) all;
};

/* "2026-12-01" is the last day that it holds. */
static int check_end(struct gathering *g, struct pfg_acceptance *one)
{
    struct pfg_slice until = pfg_slice_of(one->until);
    bool over = false;
    pfg_time end;

    if (!until.len) {
        return 0;
    }
    if (pfg_slice_has(until, "-") && !pfg_time_parse(&end, until)) {
        over = g->now >= end + (until.len == 10 ? DAY : 0);
    } else if (g->vcs && *g->base &&
               pfg_vcs_contains(g->vcs, &over, g->base, one->until, g->arena,
                                g->err)) {
        return -1;
    }
    if (over) {
        one->expired =
            pfg_arena_printf(g->arena, "it ended with %s", one->until);
    }
    return 0;
}

static int add(struct gathering *g, struct pfg_acceptance one)
{
    bool narrowed = one.suite || one.metric || one.hardware;

    one.expired = "";
    if (pfg_accept_is_everything(one.benchmark) && !narrowed &&
        !g->options->allow_accept_all) {
        one.expired = "it accepts everything, which needs --allow-accept-all";
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
        pfg_report_warn(g->evaluation->report,
                        pfg_arena_printf(g->arena, "%s: %s names no benchmark",
                                         one.source, PFG_ACCEPT_TRAILER));
        return 0;
    }
    if (pfg_pattern_new(&one.benchmark, &g->evaluation->patterns,
                        pfg_arena_slice(g->arena, glob), &why)) {
        pfg_report_warn(
            g->evaluation->report,
            pfg_arena_printf(g->arena, "%s: %s", one.source, why.message));
        return 0;
    }
    one.reason = pfg_arena_slice(g->arena, reason);
    return add(g, one);
}

static bool is_commit(const char *id)
{
    return strlen(id) == 40 && !id[strspn(id, "0123456789abcdef")];
}

static int add_trailers(struct gathering *g)
{
    struct pfg_trailers trailers;

    if (!g->vcs || !is_commit(g->base) || !is_commit(g->head)) {
        return 0;
    }
    if (pfg_vcs_trailers(g->vcs, &trailers, g->base, g->head,
                         PFG_ACCEPT_TRAILER, g->arena, g->err)) {
        return -1;
    }
    for (size_t i = 0; i < trailers.n; i++) {
        if (add_trailer(g, &trailers.at[i])) {
            return -1;
        }
    }
    return 0;
}

int pfg_acceptances_gather(struct pfg_acceptances *out,
                           struct pfg_evaluation *evaluation,
                           const struct pfg_evaluate_options *options,
                           struct pfg_vcs *vcs,
                           const struct pfg_comparison *comparison,
                           pfg_time now, struct pfg_error *err)
{
    const struct pfg_config *config = evaluation->config;
    struct gathering g = {
        .evaluation = evaluation,
        .options = options,
        .vcs = vcs,
        .base = comparison->base.n ? comparison->base.origin.id : "",
        .head = comparison->head.origin.id,
        .now = now,
        .arena = evaluation->report->arena,
        .err = err,
    };

    evaluation->patterns.arena = g.arena;
    for (size_t i = 0; config && i < config->accept.n; i++) {
        if (add(&g, config->accept.at[i])) {
            return -1;
        }
    }
    if (add_trailers(&g)) {
        return -1;
    }
    *out = (struct pfg_acceptances){
        g.all.at, g.all.n, pfg_arena_new_array(g.arena, bool, g.all.n)};
    return 0;
}

static void warn(struct pfg_report *report, const struct pfg_acceptance *one,
                 const char *why)
{
    pfg_report_warn(report,
                    pfg_arena_printf(report->arena,
                                     "%s: the acceptance of "
                                     "'%s' %s",
                                     one->source,
                                     pfg_pattern_text(one->benchmark), why));
}

void pfg_acceptances_settle(const struct pfg_acceptances *acceptances,
                            struct pfg_evaluation *evaluation)
{
    struct pfg_report *report = evaluation->report;
    size_t n_config = evaluation->config ? evaluation->config->accept.n : 0;

    for (size_t i = 0; i < acceptances->n; i++) {
        const struct pfg_acceptance *one = &acceptances->at[i];

        if (*one->expired) {
            warn(report, one,
                 pfg_arena_printf(report->arena, "does not count: %s",
                                  one->expired));
        } else if (i >= n_config && !acceptances->matched[i]) {
            warn(report, one, "matches nothing here");
        }
        if (i < n_config) {
            evaluation->config->accept.matched[i] |=
                acceptances->matched[i] || *one->expired;
        }
    }
}

void pfg_acceptances_finish(struct pfg_evaluation *evaluation)
{
    const struct pfg_config *config = evaluation->config;

    for (size_t i = 0; config && i < config->accept.n; i++) {
        if (!config->accept.matched[i]) {
            warn(evaluation->report, &config->accept.at[i],
                 "matches nothing here");
        }
    }
}

/* --- renames --- */

static bool is_called(const struct pfg_series *series, const char *name)
{
    struct pfg_slice rest = pfg_slice_of(name);

    return !strcmp(series->benchmark, name) ||
           (pfg_take(&rest, series->suite) && pfg_take(&rest, "/") &&
            pfg_slice_is(rest, series->benchmark));
}

static bool has_key(const struct pfg_run *run, const char *key)
{
    for (size_t i = 0; i < run->series.n; i++) {
        if (!strcmp(run->series.at[i]->key, key)) {
            return true;
        }
    }
    return false;
}

static void rename_series(struct pfg_run *run, struct pfg_series *series,
                          const char *to)
{
    struct pfg_series renamed = *series;
    struct pfg_slice rest = pfg_slice_of(to);

    if (*series->suite && pfg_take(&rest, series->suite) &&
        pfg_take(&rest, "/") && rest.len) {
        to = rest.ptr;
    }
    renamed.benchmark = pfg_arena_strdup(run->arena, to);
    renamed.key = pfg_key_make(run->arena, &renamed);
    if (!has_key(run, renamed.key)) {
        *series = renamed;
    }
}

void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n)
{
    for (size_t i = 0; config && i < n; i++) {
        for (size_t s = 0; s < runs[i]->series.n; s++) {
            for (size_t r = 0; r < config->renames.n; r++) {
                if (is_called(runs[i]->series.at[s],
                              config->renames.at[r].from)) {
                    rename_series(runs[i], runs[i]->series.at[s],
                                  config->renames.at[r].to);
                    break;
                }
            }
        }
    }
}
