#include "app/alert/alert.h"

#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "forge/issues.h"
#include "term/print.h"

struct alerting {
    const struct pfg_context *context;
    const struct pfg_trend *trend;
    const struct pfg_alert_options *options;
    struct pfg_comment_place place;
    struct pfg_forge_session session;
    struct pfg_arena *arena;
    struct pfg_map commits; /* indices, by id */
    struct pfg_causes causes;
    const struct pfg_forge_issue **issue_of; /* of each cause; NULL: none */
    bool *own;                               /* the issue is this hardware's */
    struct pfg_forge_issue *issues;
    size_t n_issues;
    struct pfg_str news; /* text for the webhook */
    struct pfg_error *err;
};

static int judge(const struct alerting *a, enum pfg_http_result result)
{
    return pfg_comment_explain(
        &a->place, result,
        pfg_arena_printf(a->arena, "repository %s, or it has no issues",
                         a->place.at.repository),
        a->err);
}

static void print_change(struct alerting *a, const char *what,
                         const char *number, const char *text)
{
    const struct pfg_ci *ci = &a->place.ci;

    pfg_print(a->context->err, "alert: %s %s#%s%s%s\n", what,
              a->place.at.repository, number, *text ? ": " : "", text);
    pfg_str_printf(&a->news, "%s%s #%s%s%s", a->news.len ? "\n" : "", what,
                   number, *text ? ": " : "", text);
    if (*ci->server_url) {
        pfg_str_printf(&a->news, " %s/%s%s%s", ci->server_url,
                       a->place.at.repository, a->place.forge->issue.page,
                       number);
    }
}

static int put(struct alerting *a, const char **number,
               const struct pfg_forge_issue_text *text)
{
    return judge(a, pfg_forge_put_issue(number, &a->session, text, a->err));
}

/* ---- matching issues and causes ---- */

static void index_commits(struct alerting *a)
{
    const struct pfg_history *history = a->trend->history;

    pfg_map_init(&a->commits, a->arena);
    for (size_t i = 0; i < history->n_commits; i++) {
        const char *id = history->commits[i].revision.id;
        char hex[PFG_DIGEST_HEX];

        if (!pfg_revision_is_commit(id)) {
            pfg_digest_print(pfg_digest_of(pfg_slice_of(id)), hex);
            id = pfg_arena_strdup(a->arena, hex);
        }
        *pfg_map_at(&a->commits, pfg_slice_of(id)) =
            (void *)&history->commits[i];
    }
}

static bool find_commit(const struct alerting *a, size_t *out,
                        struct pfg_slice id)
{
    void **place = pfg_map_find(&a->commits, id);

    *out = place ? (size_t)((const struct pfg_history_commit *)*place -
                            a->trend->history->commits)
                 : 0;
    return place != NULL;
}

static bool is_own(const struct alerting *a,
                   const struct pfg_alert_covered *covered)
{
    return pfg_slice_is(covered->hardware, a->trend->history->fingerprint);
}

/* Prefers this hardware's issue to another's, then the older one. */
static void match(struct alerting *a)
{
    a->issue_of = pfg_arena_new_array(a->arena, const struct pfg_forge_issue *,
                                      a->causes.n + 1);
    a->own = pfg_arena_new_array(a->arena, bool, a->causes.n + 1);
    for (size_t i = 0; i < a->n_issues; i++) {
        struct pfg_slice rest = pfg_slice_of(a->issues[i].body);
        struct pfg_alert_covered covered = {0};

        while (pfg_alert_covers(&covered, &rest)) {
            size_t commit;

            for (size_t j = 0;
                 find_commit(a, &commit, covered.id) && j < a->causes.n; j++) {
                if (pfg_cause_is(&a->causes.at[j], covered.drift, commit) &&
                    (!a->issue_of[j] || (is_own(a, &covered) && !a->own[j]))) {
                    a->issue_of[j] = &a->issues[i];
                    a->own[j] = is_own(a, &covered);
                }
            }
        }
    }
}

/* ---- updating issues ---- */

/* Why the cause of an issue of this hardware is gone; NULL if unknown, because
 * its commit is outside the history that was read. */
static const char *why_gone(const struct alerting *a,
                            const struct pfg_forge_issue *issue)
{
    struct pfg_slice rest = pfg_slice_of(issue->body);
    struct pfg_alert_covered covered = {0};
    const char *why = NULL;

    while (pfg_alert_covers(&covered, &rest)) {
        size_t commit;

        if (!is_own(a, &covered) || !find_commit(a, &commit, covered.id) ||
            commit < a->trend->history->first) {
            return NULL;
        }
        why = why ? why : "the step is no longer detected";
        for (size_t i = 0; i < a->trend->n_changes; i++) {
            const struct pfg_trend_change *change = &a->trend->changes[i];

            if (!pfg_change_is(change, covered.drift, commit)) {
                continue;
            }
            if (change->state == PFG_TREND_ACCEPTED) {
                why = pfg_arena_printf(a->arena, "accepted by %s",
                                       change->accepted);
            } else if (change->state == PFG_TREND_RECOVERED) {
                why = "a later change undid most of it";
            }
        }
    }
    return why;
}

static int close_issue(struct alerting *a, const struct pfg_forge_issue *issue)
{
    const char *number = issue->number, *why = why_gone(a, issue);
    struct pfg_forge_issue_text text = {.close = true};

    if (!issue->open || !why) {
        return 0;
    }
    text.body = pfg_alert_closed(issue->body, why, a->arena);
    if (put(a, &number, &text)) {
        return -1;
    }
    print_change(a, "closed", number, why);
    return 0;
}

static int update_issue(struct alerting *a, const struct pfg_forge_issue *issue,
                        const struct pfg_cause *causes, size_t n)
{
    const char *number = issue->number;
    struct pfg_forge_issue_text text = {
        .title = pfg_alert_title(a->trend, causes, n, a->arena),
        .body = pfg_alert_body(a->trend, a->options->id, causes, n, a->arena),
        .reopen = !issue->open,
    };

    if (issue->open ? !strcmp(issue->body, text.body)
                    : !pfg_alert_is_closed(issue->body)) {
        return 0; /* already up to date, or closed by a person */
    }
    if (put(a, &number, &text)) {
        return -1;
    }
    if (issue->open) {
        pfg_print(a->context->err, "alert: updated %s#%s\n",
                  a->place.at.repository, number);
    } else {
        print_change(a, "reopened", number, text.title);
    }
    return 0;
}

static int update_issues(struct alerting *a)
{
    struct pfg_cause *causes =
        pfg_arena_new_array(a->arena, struct pfg_cause, a->causes.n + 1);

    for (size_t i = 0; i < a->n_issues; i++) {
        size_t n = 0;

        for (size_t j = 0; j < a->causes.n; j++) {
            if (a->issue_of[j] == &a->issues[i] && a->own[j]) {
                causes[n++] = a->causes.at[j];
            }
        }
        if (n ? update_issue(a, &a->issues[i], causes, n)
              : close_issue(a, &a->issues[i])) {
            return -1;
        }
    }
    return 0;
}

/* ---- opening issues ---- */

/* Another job may have opened one at the same moment: the older one stays. */
static int drop_duplicate(struct alerting *a, const char *number,
                          const struct pfg_cause *cause)
{
    const char *marker = pfg_alert_marker(a->options->id, a->arena);
    const struct pfg_forge_issue_text text = {.close = true};

    if (judge(a, pfg_forge_find_issues(&a->issues, &a->n_issues, &a->session,
                                       marker, a->err))) {
        return -1;
    }
    for (size_t i = 0;
         i < a->n_issues && strcmp(a->issues[i].number, number) != 0; i++) {
        struct pfg_slice rest = pfg_slice_of(a->issues[i].body);
        struct pfg_alert_covered covered = {0};
        size_t commit;

        while (a->issues[i].open && pfg_alert_covers(&covered, &rest)) {
            if (find_commit(a, &commit, covered.id) &&
                pfg_cause_is(cause, covered.drift, commit)) {
                print_change(a, "closed", number,
                             "another job reported it too");
                return put(a, &number, &text);
            }
        }
    }
    return 0;
}

static int create(struct alerting *a, const struct pfg_cause *causes, size_t n)
{
    const struct pfg_forge_issue_text text = {
        .title = pfg_alert_title(a->trend, causes, n, a->arena),
        .body = pfg_alert_body(a->trend, a->options->id, causes, n, a->arena),
    };
    const char *number = "";

    if (a->options->target.dry_run) {
        fprintf(a->context->out, "%s\n\n%s\n", text.title, text.body);
        return 0;
    }
    if (put(a, &number, &text)) {
        return -1;
    }
    print_change(a, "opened", number, text.title);
    return *number ? drop_duplicate(a, number, causes) : 0;
}

static int open_new(struct alerting *a)
{
    struct pfg_cause *fresh =
        pfg_arena_new_array(a->arena, struct pfg_cause, a->causes.n + 1);
    size_t n = 0, alone;

    for (size_t i = 0; i < a->causes.n; i++) {
        if (!a->issue_of[i]) {
            fresh[n++] = a->causes.at[i];
        }
    }
    alone = n > a->options->most ? a->options->most - 1 : n;
    for (size_t i = 0; i < alone; i++) {
        if (create(a, &fresh[i], 1)) {
            return -1;
        }
    }
    return alone < n ? create(a, &fresh[alone], n - alone) : 0;
}

/* ---- all of it ---- */

static int sync_issues(struct alerting *a)
{
    const char *marker = pfg_alert_marker(a->options->id, a->arena);
    int failed;

    if (!a->place.token) {
        return pfg_comment_no_token(&a->place, a->err);
    }
    if (pfg_comment_connect(&a->session.http, a->context, &a->place, a->arena,
                            a->err)) {
        return -1;
    }
    failed = judge(a, pfg_forge_find_issues(&a->issues, &a->n_issues,
                                            &a->session, marker, a->err));
    if (!failed) {
        match(a);
        failed = update_issues(a) || open_new(a);
    }
    pfg_http_close(a->session.http);
    if (!failed && !a->news.len) {
        pfg_print(a->context->err, "alert: nothing new on %s\n",
                  a->place.at.repository);
    }
    return failed;
}

int pfg_alert(const struct pfg_context *context, const struct pfg_trend *trend,
              const struct pfg_alert_options *options, struct pfg_error *err)
{
    struct alerting a = {.context = context,
                         .trend = trend,
                         .options = options,
                         .arena = pfg_arena_new(),
                         .err = err};
    struct pfg_error later;
    int failed;

    pfg_str_init(&a.news, 0);
    a.session =
        (struct pfg_forge_session){.place = &a.place.at, .arena = a.arena};
    a.causes = pfg_causes_of(trend);
    index_commits(&a);
    failed =
        pfg_comment_place(&a.place, context, &options->target, a.arena, err);
    a.session.forge = a.place.forge;
    if (!failed && options->target.dry_run) {
        match(&a);
        failed = open_new(&a);
    } else if (!failed) {
        failed = sync_issues(&a);
    }
    /* Issues that were opened before a failure are still announced. */
    if (options->webhook && a.news.len &&
        pfg_webhook_send(context, options->webhook, a.news.ptr, a.arena,
                         failed ? &later : err)) {
        failed = -1;
    }
    pfg_str_free(&a.news);
    pfg_arena_free(a.arena);
    return failed ? -1 : 0;
}
