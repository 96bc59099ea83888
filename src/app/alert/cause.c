#include "app/alert/alert.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "render/escape.h"
#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"

#define STEP_SLACK  2
#define DRIFT_SLACK 20
#define MOST_LINES  50

/* ---- finding causes ---- */

/* A drift has no single commit, but it began somewhere. */
static size_t first_of(const struct pfg_trend_change *change)
{
    return change->good + 1;
}

static size_t last_of(const struct pfg_trend_change *change)
{
    return change->shift.drift ? change->bad : change->last;
}

static bool is_near(size_t first, size_t last, bool drift, size_t commit)
{
    const size_t slack = drift ? DRIFT_SLACK : STEP_SLACK;

    return commit + slack >= first && commit <= last + slack;
}

bool pfg_cause_is(const struct pfg_cause *cause, bool drift, size_t commit)
{
    return cause->drift == drift &&
           is_near(cause->first, cause->last, drift, commit);
}

bool pfg_change_is(const struct pfg_trend_change *change, bool drift,
                   size_t commit)
{
    return change->shift.drift == drift && !change->n_members &&
           change->shift.worse &&
           is_near(first_of(change), last_of(change), drift, commit);
}

static struct pfg_cause *find(struct pfg_causes *causes,
                              const struct pfg_trend_change *change)
{
    for (size_t i = 0; i < causes->n; i++) {
        struct pfg_cause *one = &causes->at[i];

        if (one->drift == change->shift.drift &&
            one->first <= last_of(change) && first_of(change) <= one->last) {
            return one;
        }
    }
    return NULL;
}

struct pfg_causes pfg_causes_of(const struct pfg_trend *trend)
{
    struct pfg_arena *arena = trend->history->arena;
    struct pfg_causes out = {
        pfg_arena_new_array(arena, struct pfg_cause, trend->n_changes), 0};

    for (size_t i = 0; i < trend->n_changes; i++) {
        const struct pfg_trend_change *change = &trend->changes[i];
        struct pfg_cause *cause = change->fails ? find(&out, change) : NULL;

        if (!change->fails) {
            continue;
        }
        if (!cause) {
            cause = &out.at[out.n++];
            cause->drift = change->shift.drift;
            cause->first = first_of(change);
            cause->last = last_of(change);
            cause->changes = pfg_arena_new_array(
                arena, const struct pfg_trend_change *, trend->n_changes - i);
        }
        cause->changes[cause->n++] = change;
    }
    return out;
}

/* The commit that stands for a cause in the texts. */
static size_t commit_of(const struct pfg_cause *cause)
{
    return cause->drift ? cause->first : cause->changes[0]->bad;
}

/* ---- writing ---- */

const char *pfg_alert_marker(const char *id, struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "<!-- perfgate:alert:%s -->\n", id);
}

const char *pfg_alert_title(const struct pfg_trend *trend,
                            const struct pfg_cause *causes, size_t n,
                            struct pfg_arena *arena)
{
    const struct pfg_trend_change *change = causes->changes[0];
    const struct pfg_history *history = trend->history;
    const char *more =
        causes->n > 1 ? pfg_arena_printf(arena, " and %zu more", causes->n - 1)
                      : "";

    return n > 1 ? pfg_arena_printf(arena, "Worse: %zu more changes on %s", n,
                                    history->hardware)
                 : pfg_arena_printf(
                       arena, "Worse: %s %s%s since %s",
                       pfg_trend_subject(change, arena),
                       pfg_history_change(
                           &(struct pfg_history_shift){.change =
                                                           change->shift.change,
                                                       .change_lower = NAN},
                           arena),
                       more,
                       pfg_history_id(&history->commits[commit_of(causes)],
                                      arena));
}

static void put_line(struct pfg_str *out, const char *before, const char *text)
{
    pfg_str_puts(out, before);
    pfg_escape_markdown(out, pfg_slice_of(text));
    pfg_str_putc(out, '\n');
}

static void put_cause(struct pfg_str *out, const struct pfg_trend *trend,
                      const struct pfg_cause *cause, struct pfg_arena *arena)
{
    const struct pfg_history_commit *commits = trend->history->commits;
    const struct pfg_trend_change *change = cause->changes[0];

    for (size_t i = 0; i < cause->n && i < MOST_LINES; i++) {
        const struct pfg_trend_change *one = cause->changes[i];

        put_line(out, "- ",
                 pfg_arena_printf(arena, "%s: %s, %s",
                                  pfg_trend_subject(one, arena),
                                  pfg_history_change(&one->shift, arena),
                                  one->shift.drift ? "slowly" : "at once"));
    }
    if (cause->n > MOST_LINES) {
        pfg_str_printf(out, "- and %zu more\n", cause->n - MOST_LINES);
    }
    put_line(out, "\n| | |\n| --- | --- |\n| last good | ",
             pfg_history_commit_words(&commits[change->good], arena));
    put_line(out, cause->drift ? "| until | " : "| likeliest | ",
             pfg_history_commit_words(&commits[change->bad], arena));
    for (size_t i = change->good + 1;
         !cause->drift && i <= change->last && i < change->good + MOST_LINES;
         i++) {
        if (i != change->bad) {
            put_line(out, "| or with | ",
                     pfg_history_commit_words(&commits[i], arena));
        }
    }
    pfg_str_putc(out, '\n');
}

/* "step:ID", with a commit's id as it is, and the digest of a name. */
static const char *word_of(const struct pfg_trend *trend,
                           const struct pfg_cause *cause,
                           struct pfg_arena *arena)
{
    const char *id = trend->history->commits[commit_of(cause)].revision.id;
    char hex[PFG_DIGEST_HEX];

    if (!pfg_revision_is_commit(id)) {
        pfg_digest_print(pfg_digest_of(pfg_slice_of(id)), hex);
        id = hex;
    }
    return pfg_arena_printf(arena, "%s:%s", cause->drift ? "drift" : "step",
                            id);
}

const char *pfg_alert_body(const struct pfg_trend *trend, const char *id,
                           const struct pfg_cause *causes, size_t n,
                           struct pfg_arena *arena)
{
    const struct pfg_history *history = trend->history;
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_printf(&text, "%s<!-- %s", pfg_alert_marker(id, arena),
                   history->fingerprint);
    for (size_t i = 0; i < n; i++) {
        pfg_str_printf(&text, " %s", word_of(trend, &causes[i], arena));
    }
    pfg_str_puts(&text, " -->\n");
    put_line(&text, "Lasting regression on ",
             pfg_arena_printf(arena, "%s%s%s:", history->hardware,
                              *history->branch ? ", branch " : "",
                              history->branch));
    pfg_str_putc(&text, '\n');
    for (size_t i = 0; i < n; i++) {
        put_cause(&text, trend, &causes[i], arena);
    }
    put_line(&text, "To find the commit: ",
             pfg_arena_printf(arena, "perfgate bisect '%s' -- COMMAND",
                              causes->changes[0]->series->label));
    pfg_str_puts(
        &text,
        "To accept it: a `Perfgate-Accept:` trailer, or `accept` in "
        "`perfgate.json`.\n"
        "\n"
        "perfgate updates this issue, and closes it when the regression is "
        "accepted or gone. If you close it yourself, it stays closed.\n");
    return text.ptr;
}

/* ---- reading ---- */

int pfg_alert_covers(struct pfg_alert_covered *out, struct pfg_slice *rest)
{
    struct pfg_slice word;

    if (!out->hardware.len) {
        struct pfg_slice line;

        pfg_take_until(rest, '\n');
        line = pfg_take_until(rest, '\n');
        if (!pfg_take(&line, "<!-- ") || !pfg_slice_ends(line, " -->")) {
            return 0;
        }
        line.len -= strlen(" -->");
        *rest = line;
        out->hardware = pfg_take_until(rest, ' ');
    }
    word = pfg_take_until(rest, ' ');
    out->drift = pfg_take(&word, "drift:");
    if (!out->drift && !pfg_take(&word, "step:")) {
        return 0;
    }
    out->id = word;
    return 1;
}

#define CLOSED "\n**Closed by perfgate: "

const char *pfg_alert_closed(const char *body, const char *why,
                             struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_printf(&text, "%s%s", body, CLOSED);
    pfg_escape_markdown(&text, pfg_slice_of(why));
    pfg_str_puts(&text, "**\n");
    return text.ptr;
}

bool pfg_alert_is_closed(const char *body)
{
    return strstr(body, CLOSED) != NULL;
}
