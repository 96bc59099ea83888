#include "app/publish/comment.h"

#include <string.h>

#include "app/publish/comment_place.h"
#include "app/publish/comment_text.h"
#include "base/arena.h"
#include "base/number.h"
#include "compare/compare.h"
#include "forge/sticky_comment.h"
#include "term/print.h"

enum { LONGEST_ID = 64, MOST_SECTIONS = 1000 };

struct posting {
    const struct pfg_context *context;
    const struct pfg_comment_options *options;
    const struct pfg_report *report;
    struct pfg_comment_place place;
    struct pfg_comment_text text;
    struct pfg_arena *arena;
    struct pfg_error *err;
};

/* --- options --- */

static int check_id(const char *id, struct pfg_error *err)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t n = strlen(id);

    /* Two dashes would end the HTML comment that contains it. */
    return n && n <= LONGEST_ID && strspn(id, good) == n && !strstr(id, "--") &&
                   id[n - 1] != '-'
               ? 0
               : pfg_fail(err, PFG_USAGE,
                          "--id expects up to %d letters, digits, dots and "
                          "dashes, not '%s'",
                          LONGEST_ID, id);
}

static int check_line(const char *option, const char *text,
                      struct pfg_error *err)
{
    if (pfg_slice_has_control(pfg_slice_of(text))) {
        return pfg_fail(err, PFG_USAGE, "%s expects a name of one line",
                        option);
    }
    return strlen(text) <= 100
               ? 0
               : pfg_fail(err, PFG_USAGE,
                          "%s expects a name of at most 100 bytes", option);
}

int pfg_comment_check(const struct pfg_comment_options *options,
                      struct pfg_error *err)
{
    uint64_t number;

    if (options->id && check_id(options->id, err)) {
        return -1;
    }
    if (options->part && check_line("--part", options->part, err)) {
        return -1;
    }
    if (options->status && check_line("--status", options->status, err)) {
        return -1;
    }
    if (options->target.number &&
        (pfg_number_parse_u64(&number, pfg_slice_of(options->target.number)) ||
         !number)) {
        return pfg_fail(err, PFG_USAGE, "--pr expects a number, not '%s'",
                        options->target.number);
    }
    if (options->target.sha && !pfg_forge_is_sha(options->target.sha)) {
        pfg_fail(err, PFG_USAGE,
                 "--sha expects a full commit ID of 40 lower-case hex digits, "
                 "not '%s'",
                 options->target.sha);
        return pfg_hint(err, "'git rev-parse REV' prints them");
    }
    if (options->target.repository &&
        !pfg_forge_is_repository(options->target.repository)) {
        return pfg_fail(err, PFG_USAGE, "--repo expects OWNER/NAME, not '%s'",
                        options->target.repository);
    }
    return 0;
}

/* --- the commit of the report --- */

static int wrong_head(const struct posting *p, const char *name, const char *id)
{
    pfg_fail(p->err, PFG_USAGE,
             "the report '%s' is for %.10s, not for the head %.10s", name, id,
             p->place.at.sha);
    return pfg_hint(
        p->err,
        "measure the head again, or name the report's commit with --sha");
}

/* A report without a commit cannot be checked. */
static int check_heads(const struct posting *p,
                       const struct pfg_named_report *reports, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct pfg_report *report = reports[i].report;
        bool named = false;

        for (size_t j = 0; j < report->n_sections; j++) {
            const char *id = report->sections[j].head.id;

            if (!pfg_forge_is_sha(id)) {
                continue;
            }
            named = true;
            if (*p->place.at.sha && strcmp(id, p->place.at.sha)) {
                return wrong_head(p, reports[i].name, id);
            }
        }
        if (*p->place.at.sha && !named) {
            pfg_context_warn(p->context,
                             "the report '%s' names no commit: assuming %.10s",
                             reports[i].name, p->place.at.sha);
        }
    }
    return 0;
}

static int check_size(const struct pfg_report *report, struct pfg_error *err)
{
    return report->n_sections <= MOST_SECTIONS
               ? 0
               : pfg_fail(err, PFG_DATA,
                          "the report has %zu sections, more "
                          "than %d",
                          report->n_sections, MOST_SECTIONS);
}

/* --- messages --- */

static const char *target_of(const struct posting *p)
{
    const struct pfg_forge_place *at = &p->place.at;

    return at->number ? pfg_arena_printf(p->arena, "%s %s#%llu",
                                         p->place.forge->title, at->repository,
                                         (unsigned long long)at->number)
                      : pfg_arena_printf(p->arena, "%s %s, no %s given",
                                         p->place.forge->title, at->repository,
                                         p->place.forge->request);
}

static void print_done(const struct posting *p, const char *what,
                       const char *text)
{
    pfg_print(p->context->err, "%s: %s\n", what, text);
}

/* A missing right that the CI does not give to this job is not an error of the
 * change: 0 with a warning, unless required. */
static int excuse_missing_right(const struct posting *p)
{
    if (!p->place.read_only || p->options->require) {
        return -1;
    }
    pfg_context_warn(p->context, "%s", p->err->message);
    pfg_print(
        p->context->err,
        "hint: the token of a fork's or a bot's %s is read-only: post from a "
        "second workflow, see \"Pull requests from forks\" in docs/ci.md\n",
        p->place.forge->request);
    return 0;
}

static int check_result(const struct posting *p, enum pfg_http_result result)
{
    if (!pfg_comment_explain(&p->place, result, target_of(p), p->err)) {
        return 0;
    }
    return result == PFG_HTTP_FORBIDDEN || result == PFG_HTTP_GONE
               ? excuse_missing_right(p)
               : -1;
}

/* --- posting --- */

/* The pull request has a newer head: the comment would be about the past. */
static bool is_past(const struct posting *p, const char *head)
{
    if (!*head || !*p->place.at.sha || !strcmp(head, p->place.at.sha)) {
        return false;
    }
    pfg_print(p->context->err,
              "note: no comment: this is about %.10s, and the head of %s is "
              "now %.10s\n",
              p->place.at.sha, target_of(p), head);
    return true;
}

static int put_comment(struct posting *p,
                       const struct pfg_forge_session *session)
{
    static const char *const words[] = {
        [PFG_FORGE_NOTHING] = "not needed on",
        [PFG_FORGE_CREATED] = "created on",
        [PFG_FORGE_UPDATED] = "updated on",
        [PFG_FORGE_SAME] = "already up to date on",
    };
    struct pfg_forge_wish wish = {p->text.marker, p->text.body, NULL,
                                  p->options->keep ? pfg_comment_merge : NULL};
    enum pfg_forge_done done = PFG_FORGE_NOTHING;
    const char *head;
    enum pfg_http_result result = pfg_forge_head(&head, session, p->err);

    if (result != PFG_HTTP_OK) {
        return check_result(p, result);
    }
    if (is_past(p, head)) {
        return 0;
    }
    if (p->options->only_on_change && pfg_comment_is_clean(p->report)) {
        /* An earlier regression is fixed only if this report could have shown
         * it. */
        wish.only_update =
            pfg_comment_conclusion(p->report, false) == PFG_CONCLUDES_SUCCESS
                ? p->text.fixed
                : p->text.body;
    }
    result = pfg_forge_comment(&done, session, &wish, p->err);
    if (result != PFG_HTTP_OK) {
        return check_result(p, result);
    }
    print_done(p, "comment",
               pfg_arena_printf(p->arena, "%s %s", words[done], target_of(p)));
    return 0;
}

static struct pfg_forge_status status_of(const struct posting *p)
{
    const struct pfg_comment_options *o = p->options;

    return (struct pfg_forge_status){
        .name = *o->status ? o->status
                : o->id    ? pfg_arena_printf(p->arena, "perfgate/%s", o->id)
                           : "perfgate",
        .conclusion = pfg_comment_conclusion(p->report, p->place.untrusted),
        .title = pfg_comment_title(p->report, p->place.untrusted, p->arena),
        .summary = p->text.body,
        .url = p->place.url,
    };
}

static const char *conclusion_word(enum pfg_conclusion conclusion)
{
    static const char *const words[] = {
        [PFG_CONCLUDES_SUCCESS] = "success",
        [PFG_CONCLUDES_FAILURE] = "failure",
        [PFG_CONCLUDES_NEUTRAL] = "neutral",
    };

    return words[conclusion];
}

static int put_status(struct posting *p,
                      const struct pfg_forge_session *session)
{
    struct pfg_forge_status status = status_of(p);
    const char *how = "";
    enum pfg_http_result result =
        pfg_forge_put_status(&how, session, &status, p->err);

    if (result != PFG_HTTP_OK) {
        return check_result(p, result);
    }
    print_done(p, "status",
               pfg_arena_printf(p->arena, "%s '%s' on %.10s is %s: %s", how,
                                status.name, p->place.at.sha,
                                conclusion_word(status.conclusion),
                                status.title));
    return 0;
}

/* Whether the forge can find this job's pull request. */
static bool can_find_number(const struct posting *p)
{
    return p->place.ci.pull_request && *p->place.ci.head_label &&
           p->place.forge->requests && *p->place.at.sha &&
           !p->options->target.dry_run;
}

/* A fork's run does not name its pull request: asks the forge for the one with
 * this head. False, with a message, if there is none any more. */
static int find_number(bool *found, struct posting *p,
                       const struct pfg_forge_session *session)
{
    enum pfg_http_result result = pfg_forge_find_request(
        &p->place.at.number, session, p->place.ci.head_label, p->err);

    *found = p->place.at.number != 0;
    if (result != PFG_HTTP_OK) {
        return check_result(p, result);
    }
    if (!*found) {
        pfg_print(p->context->err,
                  "note: no open %s has %.10s as its head: it was closed or "
                  "has newer commits; nothing is posted\n",
                  p->place.forge->request, p->place.at.sha);
    }
    return 0;
}

/* Tries both; returns the first error. */
static int post_all(struct posting *p, bool comment)
{
    struct pfg_forge_session session = {p->place.forge, &p->place.at, NULL,
                                        p->arena};
    struct pfg_error first = {0};
    bool found = true;
    int failed = 0;

    if (!p->place.token) {
        pfg_comment_no_token(&p->place, p->err);
        return excuse_missing_right(p);
    }
    if (pfg_comment_connect(&session.http, p->context, &p->place, p->arena,
                            p->err)) {
        return -1;
    }
    if (can_find_number(p) && !p->place.at.number) {
        failed = find_number(&found, p, &session);
        if (failed || !found) {
            pfg_http_close(session.http);
            return failed;
        }
    }
    if (comment && put_comment(p, &session)) {
        failed = -1;
        first = *p->err;
    }
    if (p->options->status && put_status(p, &session)) {
        if (!failed) {
            first = *p->err;
        } else if (strcmp(first.message, p->err->message) != 0) {
            pfg_context_report(p->context, p->err);
        }
        failed = -1;
    }
    if (failed) {
        *p->err = first;
    }
    pfg_http_close(session.http);
    return failed;
}

static int print_dry_run(struct posting *p, bool comment)
{
    if (comment) {
        fputs(p->text.body, p->context->out);
        fputc('\n', p->context->out);
        print_done(p, "dry run",
                   pfg_arena_printf(p->arena, "the comment '%s' on %s",
                                    p->text.marker, target_of(p)));
    }
    if (p->options->status) {
        struct pfg_forge_status status = status_of(p);

        print_done(p, "dry run",
                   pfg_arena_printf(
                       p->arena, "the status '%s' on %.10s would be %s: %s",
                       status.name,
                       *p->place.at.sha ? p->place.at.sha : "the head",
                       conclusion_word(status.conclusion), status.title));
    }
    return 0;
}

/* Without a pull request there is nothing to comment on. */
static int without_number(const struct posting *p, bool *comment)
{
    const struct pfg_ci *ci = &p->place.ci;

    if (can_find_number(p)) {
        return 0;
    }
    if (!*ci->forge || ci->pull_request || p->options->require) {
        return p->options->target.dry_run
                   ? 0
                   : pfg_comment_no_number(&p->place, p->err);
    }
    pfg_print(p->context->err,
              "note: no comment: this job does not belong to a %s\n",
              p->place.forge->request);
    *comment = false;
    return 0;
}

static int post(struct posting *p, const struct pfg_named_report *reports,
                size_t n)
{
    const struct pfg_comment_options *o = p->options;
    const char *id = o->id ? o->id : "default";
    bool comment = !o->no_comment;

    if (pfg_comment_place(&p->place, p->context, &o->target, p->arena,
                          p->err) ||
        check_size(p->report, p->err) ||
        (o->check_head && check_heads(p, reports, n)) ||
        (comment && !p->place.at.number && without_number(p, &comment)) ||
        pfg_comment_text(&p->text, p->report, id, o->part, p->place.at.sha,
                         o->target.report_url, p->place.untrusted, p->arena,
                         p->err)) {
        return -1;
    }
    if (o->target.dry_run) {
        return print_dry_run(p, comment);
    }
    if ((o->status || (comment && o->check_head)) && !*p->place.at.sha) {
        pfg_fail(p->err, PFG_USAGE, "the commit is unknown");
        return pfg_hint(
            p->err,
            "use --sha SHA, with the measured commit; in CI it is detected");
    }
    return comment || o->status ? post_all(p, comment) : 0;
}

/* The report if nothing could be measured. */
static struct pfg_report *report_of_failure(const struct pfg_context *context,
                                            const char *why)
{
    const struct pfg_policy none = {.threshold = 0};
    struct pfg_report *report = pfg_report_new(&none);

    report->version = PFG_VERSION;
    report->time = context->now;
    report->status = PFG_DATA;
    report->gate = true;
    report->headline =
        pfg_arena_printf(report->arena, "could not be measured: %s", why);
    report->tone = PFG_TONE_NOTHING;
    return report;
}

int pfg_comment_post(const struct pfg_context *context,
                     const struct pfg_named_report *reports, size_t n,
                     const struct pfg_comment_options *options,
                     struct pfg_error *err)
{
    struct pfg_report *combined =
        options->failed ? report_of_failure(context, options->failed)
        : n > 1         ? pfg_report_combine(reports, n)
                        : NULL;
    struct posting p = {
        .context = context,
        .options = options,
        .report = combined ? combined : reports[0].report,
        .arena = pfg_arena_new(),
        .err = err,
    };
    int failed = post(&p, reports, n);

    pfg_arena_free(p.arena);
    pfg_report_free(combined);
    return failed;
}
