#include "app/bisect/bisect.h"

#include <math.h>
#include <string.h>

#include "app/bisect/probe.h"
#include "app/bisect/range.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/vec.h"
#include "render/history/history.h"
#include "render/words.h"
#include "term/print.h"

struct bisect {
    const struct pfg_context *context;
    const struct pfg_bisect_options *options;
    struct pfg_arena *arena;
    struct pfg_probing probing;
    struct pfg_commit_line line;
    bool *skipped; /* of each commit */
};

static const char *id_of(const struct bisect *b, size_t commit)
{
    return b->line.commits[commit].revision.id;
}

static const char *short_of(const struct bisect *b, size_t commit)
{
    return pfg_history_id(&b->line.commits[commit], b->arena);
}

static const char *change_words(const struct bisect *b, double change,
                                double lower, double upper)
{
    const struct pfg_history_shift shift = {
        .change = change, .change_lower = lower, .change_upper = upper};

    return pfg_history_change(&shift, b->arena);
}

static const char *probe_words(const struct bisect *b,
                               const struct pfg_probe *probe)
{
    return change_words(b, probe->change, probe->change_lower,
                        probe->change_upper);
}

/* ---- one measurement ---- */

static void say_probe(struct bisect *b, const struct pfg_probe *probe,
                      size_t base, size_t head)
{
    FILE *err = b->context->err;

    pfg_print(err, "%s against %s: ", short_of(b, head), short_of(b, base));
    if (probe->answer == PFG_PROBE_BROKEN) {
        pfg_print(err, "skipped: %s\n", probe->why);
    } else {
        pfg_print(err, "%s, %s%s: %s\n", probe_words(b, probe),
                  pfg_arena_counted(b->arena, probe->rounds, "round"),
                  probe->stored ? ", measured before" : "",
                  probe->answer == PFG_PROBE_SAME ? "good"
                  : probe->proven                 ? "bad"
                                                  : "bad, not proven");
    }
}

static int look(struct bisect *b, struct pfg_probe *out,
                const struct pfg_range *r, size_t base, size_t head,
                struct pfg_error *err)
{
    const struct pfg_question question = {
        .base = id_of(b, base),
        .head = id_of(b, head),
        .key = r->key,
        .change = r->change,
        .filter = r->filter,
        .n_filter = r->n_filter,
    };

    if (pfg_probe_stored(out, &b->probing, &question, err)) {
        return -1;
    }
    if (out->answer == PFG_PROBE_UNKNOWN && b->options->measures) {
        if (pfg_probe_measure(out, &b->probing, &question, err)) {
            return -1;
        }
    }
    if (out->answer != PFG_PROBE_UNKNOWN) {
        say_probe(b, out, base, head);
    }
    return 0;
}

/* ---- the search ---- */

enum outcome {
    FOUND,    /* with the proof, or by stored results */
    UNPROVEN, /* it does not show against the commit before */
    GONE,     /* it does not show between good and bad */
    AMONG,    /* the commits between were skipped */
    ASKS,     /* for the measurement of `next` against `against` */
};

struct result {
    enum outcome outcome;
    struct pfg_probe proof;
    size_t good, bad; /* what is left */
    size_t against, next;
};

static int ask(struct result *out, size_t against, size_t next)
{
    out->outcome = ASKS;
    out->against = against;
    out->next = next;
    return 0;
}

/* The commit nearest to the middle that can be measured; bad: none. */
static size_t middle(const struct bisect *b, size_t good, size_t bad)
{
    const size_t mid = good + (bad - good) / 2;

    for (size_t away = 0; away < bad - good; away++) {
        if (mid + away > good && mid + away < bad && !b->skipped[mid + away]) {
            return mid + away;
        }
        if (mid > good + away && !b->skipped[mid - away]) {
            return mid - away;
        }
    }
    return bad;
}

/* Between r->good, which has not the step, and r->bad, which has it. */
static int halve(struct bisect *b, struct result *out,
                 const struct pfg_range *r, struct pfg_error *err)
{
    size_t mid;

    out->good = r->good;
    out->bad = r->bad;
    while ((mid = middle(b, out->good, out->bad)) < out->bad) {
        struct pfg_probe probe;

        if (look(b, &probe, r, r->good, mid, err)) {
            return -1;
        }
        switch (probe.answer) {
        case PFG_PROBE_UNKNOWN:
            return ask(out, r->good, mid);
        case PFG_PROBE_SAME:
            out->good = mid;
            break;
        case PFG_PROBE_WORSE:
            out->bad = mid;
            break;
        case PFG_PROBE_BROKEN:
            b->skipped[mid] = true;
            break;
        }
    }
    out->outcome = out->bad - out->good > 1 ? AMONG : UNPROVEN;
    return 0;
}

/* The last one that is good and the first that is bad, against each other. */
static int prove(struct bisect *b, struct result *out,
                 const struct pfg_range *r, struct pfg_error *err)
{
    if (look(b, &out->proof, r, out->good, out->bad, err)) {
        return -1;
    }
    if (out->proof.answer == PFG_PROBE_UNKNOWN) {
        return ask(out, out->good, out->bad);
    }
    if (out->proof.answer == PFG_PROBE_WORSE && out->proof.proven &&
        out->outcome == UNPROVEN) {
        out->outcome = FOUND;
    }
    return 0;
}

/* Where the stored results have only one commit left they have told enough,
 * and a measurement is the proof; its failing says to look further. */
static int try_likely(struct bisect *b, struct result *out,
                      const struct pfg_range *r, struct pfg_error *err)
{
    *out = (struct result){
        .outcome = UNPROVEN, .good = r->likely - 1, .bad = r->likely};
    if (prove(b, out, r, err)) {
        return -1;
    }
    if (out->outcome == ASKS && r->located) {
        out->outcome = FOUND;
    }
    return 0;
}

/* Whether the step is there at all; a range of unknown change learns it. */
static int check_ends(struct bisect *b, struct result *out, struct pfg_range *r,
                      struct pfg_error *err)
{
    struct pfg_probe probe;
    bool known = !isnan(r->change);

    if (!b->options->measures && known) {
        out->outcome = FOUND; /* so the stored results say */
        return 0;
    }
    if (look(b, &probe, r, r->good, r->bad, err)) {
        return -1;
    }
    out->outcome = probe.answer == PFG_PROBE_SAME ? GONE : FOUND;
    out->proof = probe;
    if (probe.answer == PFG_PROBE_UNKNOWN) {
        return ask(out, r->good, r->bad);
    }
    if (probe.answer == PFG_PROBE_BROKEN) {
        pfg_fail(err, PFG_DATA, "%s, the bad one, cannot be measured: %s",
                 short_of(b, r->bad), probe.why);
        return pfg_hint(err, "name another one: --good REV --bad REV");
    }
    if (out->outcome == FOUND) {
        pfg_range_learn(r, &probe, b->arena);
    }
    return 0;
}

static int search(struct bisect *b, struct result *out, struct pfg_range *r,
                  struct pfg_error *err)
{
    *out = (struct result){.good = r->good, .bad = r->bad};
    if (r->likely) {
        if (try_likely(b, out, r, err)) {
            return -1;
        }
        if (out->outcome == FOUND) {
            return 0;
        }
    }
    *out = (struct result){.good = r->good, .bad = r->bad};
    if (check_ends(b, out, r, err)) {
        return -1;
    }
    if (out->outcome != FOUND) {
        return 0;
    }
    if (halve(b, out, r, err)) {
        return -1;
    }
    return out->outcome == ASKS ? 0 : prove(b, out, r, err);
}

/* ---- what came of it ---- */

static const char *commit_words(const struct bisect *b, size_t commit)
{
    return pfg_history_commit_words(&b->line.commits[commit], b->arena);
}

/* "perfgate run --base X --head Y ..." */
static const char *run_words(const struct bisect *b, const struct pfg_range *r,
                             const char *base, const char *head)
{
    const char *path = pfg_workspace_database(b->options->history.database,
                                              b->probing.vcs, b->arena);
    struct pfg_str text;
    const char *kept;

    pfg_str_init(&text, 0);
    pfg_str_printf(&text, "perfgate run --base %s", base);
    if (*head) {
        pfg_str_printf(&text, " --head %s", head);
        if (!b->options->history.database && !pfg_file_exists(path)) {
            pfg_str_puts(&text, " --db ");
            pfg_word_quote(&text, path);
        }
    }
    for (size_t i = 0; i < r->n_filter; i++) {
        pfg_str_puts(&text, " --filter ");
        pfg_word_quote(&text, r->filter[i]);
    }
    if (!isnan(r->change)) {
        pfg_str_printf(&text, " --threshold %.2g",
                       100 * expm1(fabs(log1p(r->change)) / 2));
    }
    pfg_str_printf(&text, " %s", b->options->run);
    kept = pfg_arena_slice(b->arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return kept;
}

/* The same search with git: statuses 0 and 1 are good and bad, and what cannot
 * be measured is skipped. */
static void print_git(const struct bisect *b, const struct pfg_range *r)
{
    struct pfg_str quoted;

    pfg_str_init(&quoted, 0);
    pfg_word_quote(&quoted,
                   pfg_arena_printf(b->arena,
                                    "%s; s=$?; [ $s -lt 2 ] || s=125; exit $s",
                                    run_words(b, r, short_of(b, r->good), "")));
    pfg_print(b->context->out,
              "  with git    git bisect start %s %s\n"
              "              git bisect run sh -c %s\n",
              short_of(b, r->bad), short_of(b, r->good), quoted.ptr);
    pfg_str_free(&quoted);
}

static void print_culprit(const struct bisect *b, const struct result *result)
{
    FILE *out = b->context->out;
    const struct pfg_probe *proof = &result->proof;

    pfg_print(out, "  first bad   %s\n", commit_words(b, result->bad));
    pfg_print(out, "  last good   %s\n", commit_words(b, result->good));
    if (proof->answer == PFG_PROBE_UNKNOWN) {
        pfg_print(out, "  by          the stored results, at 95%%; to measure "
                       "the two in turn, give a command: -- COMMAND\n");
    } else {
        pfg_print(out, "  %s  in turn with the commit before: %s, %s\n",
                  result->outcome == FOUND ? "proven    " : "not proven",
                  probe_words(b, proof),
                  pfg_arena_counted(b->arena, proof->rounds, "round"));
    }
}

static void print_among(const struct bisect *b, const struct result *result)
{
    FILE *out = b->context->out;

    for (size_t i = result->good + 1; i <= result->bad; i++) {
        pfg_print(out, "  one of      %s%s\n", commit_words(b, i),
                  i < result->bad ? " (skipped)" : "");
    }
    pfg_print(out, "  last good   %s\n", commit_words(b, result->good));
}

static void print_next(const struct bisect *b, const struct pfg_range *r,
                       const struct result *result)
{
    FILE *out = b->context->out;
    const size_t left = result->bad - result->good;
    size_t steps = 1;

    for (size_t i = left; i > 1; i = (i + 1) / 2) {
        steps++;
    }
    pfg_print(out, "  between     %s\n          and %s\n",
              commit_words(b, result->good), commit_words(b, result->bad));
    pfg_print(out, "  left        %s, about %s\n",
              pfg_arena_counted(b->arena, left, "commit"),
              pfg_arena_counted(b->arena, steps, "measurement"));
    pfg_print(out, "  next        %s\n", commit_words(b, result->next));
    pfg_print(out, "  measure it  %s\n",
              run_words(b, r, short_of(b, result->against),
                        short_of(b, result->next)));
    pfg_print(out,
              "  and call this again, or with --skip %s where it does "
              "not build\n",
              short_of(b, result->next));
}

static void print(const struct bisect *b, const struct pfg_range *r,
                  const struct result *result)
{
    FILE *out = b->context->out;

    pfg_print(out, "%s%s%s\n", r->name, isnan(r->change) ? "" : ": ",
              isnan(r->change) ? "" : r->words);
    switch (result->outcome) {
    case FOUND:
    case UNPROVEN:
        print_culprit(b, result);
        break;
    case AMONG:
        print_among(b, result);
        break;
    case ASKS:
        print_next(b, r, result);
        break;
    case GONE:
        pfg_print(out,
                  "  gone        measured in turn, %s and %s differ by %s%s\n",
                  short_of(b, r->good), short_of(b, r->bad),
                  probe_words(b, &result->proof),
                  *r->words ? ": the machine changed, more likely than the code"
                            : "");
        return;
    }
    print_git(b, r);
}

static int skip_commits(struct bisect *b, struct pfg_error *err)
{
    b->skipped = pfg_arena_new_array(b->arena, bool, b->line.n + 1);
    for (size_t i = 0; i < b->options->n_skip; i++) {
        struct pfg_revision revision;

        if (pfg_vcs_resolve(b->probing.vcs, &revision, b->options->skip[i],
                            NULL, b->arena, err)) {
            return -1;
        }
        for (size_t j = 0; j < b->line.n; j++) {
            b->skipped[j] |= !strcmp(id_of(b, j), revision.id);
        }
    }
    return 0;
}

static int search_all(struct bisect *b, int *status, struct pfg_ranges *ranges,
                      struct pfg_error *err)
{
    struct result *told =
        pfg_arena_new_array(b->arena, struct result, ranges->n + 1);
    size_t n = 0;

    for (size_t i = 0; i < ranges->n; i++) {
        struct pfg_range *r = &ranges->at[i];
        bool known = false;

        for (size_t j = 0; j < n; j++) {
            known |= told[j].outcome != GONE && told[j].good < r->last &&
                     r->first <= told[j].bad;
        }
        if (known) {
            continue; /* another metric of the same cause */
        }
        if (search(b, &told[n], r, err)) {
            return -1;
        }
        print(b, r, &told[n]);
        *status = told[n++].outcome == FOUND ? *status : PFG_DATA;
    }
    return 0;
}

int pfg_bisect(int *status, const struct pfg_context *context,
               const struct pfg_bisect_options *options, struct pfg_error *err)
{
    struct pfg_history_reader reader = {0};
    struct pfg_ranges ranges = {0};
    struct bisect b = {.context = context, .options = options};
    int failed;

    b.arena = pfg_arena_new();
    b.probing = (struct pfg_probing){
        .context = context, .options = &options->measure, .arena = b.arena};
    failed = pfg_workspace_open_vcs(&b.probing.vcs, err);
    if (!failed && !b.probing.vcs) {
        failed = pfg_fail(err, PFG_USAGE,
                          "not in a git repository: there are no commits "
                          "to search");
    }
    failed = failed ||
             (options->good ? pfg_ranges_between(&ranges, &b.line, options,
                                                 b.probing.vcs, b.arena, err)
                            : pfg_ranges_of_history(&ranges, &b.line, &reader,
                                                    context, options, err)) ||
             skip_commits(&b, err) || search_all(&b, status, &ranges, err);
    if (!options->good && reader.arena) {
        pfg_history_reader_close(&reader);
    }
    pfg_vcs_close(b.probing.vcs);
    pfg_arena_free(b.arena);
    return failed ? -1 : 0;
}
