#include "app/bisect/bisecting.h"

#include <math.h>
#include <string.h>

#include "app/input/workspace.h"
#include "app/publish/publish.h"
#include "term/print.h"

/* ---- one measurement ---- */

static void print_probe(struct pfg_bisecting *b, const struct pfg_probe *probe,
                        size_t base, size_t head)
{
    FILE *err = b->context->err;

    pfg_print(err, "%s against %s: ", pfg_bisect_short(b, head),
              pfg_bisect_short(b, base));
    if (probe->answer == PFG_PROBE_BROKEN) {
        pfg_print(err, "skipped: %s\n", probe->why);
    } else {
        pfg_print(err, "%s, %s%s: %s\n", pfg_bisect_probe_words(b, probe),
                  pfg_arena_counted(b->arena, probe->rounds, "round"),
                  probe->stored ? ", measured before" : "",
                  probe->answer == PFG_PROBE_SAME ? "good"
                  : probe->proven                 ? "bad"
                                                  : "bad, not proven");
    }
}

static int probe_commits(struct pfg_bisecting *b, struct pfg_probe *out,
                         const struct pfg_range *r, size_t base, size_t head,
                         struct pfg_error *err)
{
    const struct pfg_question question = {
        .base = pfg_bisect_id(b, base),
        .head = pfg_bisect_id(b, head),
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
        const struct pfg_bisect_look one = {base, head, *out};

        pfg_vec_push(&b->looks, b->arena, one);
        print_probe(b, out, base, head);
    }
    return 0;
}

/* ---- the search ---- */

static int ask_for_measurement(struct pfg_bisect_result *out, size_t against,
                               size_t next)
{
    out->outcome = PFG_BISECT_ASKS;
    out->against = against;
    out->next = next;
    return 0;
}

/* The commit nearest to the middle that can be measured; `bad` if there is
 * none. */
static size_t middle(const struct pfg_bisecting *b, size_t good, size_t bad)
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

/* Searches between r->good, without the step, and r->bad, with it. */
static int halve(struct pfg_bisecting *b, struct pfg_bisect_result *out,
                 const struct pfg_range *r, struct pfg_error *err)
{
    size_t mid;

    out->good = r->good;
    out->bad = r->bad;
    while ((mid = middle(b, out->good, out->bad)) < out->bad) {
        struct pfg_probe probe;

        if (probe_commits(b, &probe, r, r->good, mid, err)) {
            return -1;
        }
        switch (probe.answer) {
        case PFG_PROBE_UNKNOWN:
            return ask_for_measurement(out, r->good, mid);
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
    out->outcome =
        out->bad - out->good > 1 ? PFG_BISECT_AMONG : PFG_BISECT_UNPROVEN;
    return 0;
}

/* Measures the last good commit and the first bad one against each other. */
static int prove(struct pfg_bisecting *b, struct pfg_bisect_result *out,
                 const struct pfg_range *r, struct pfg_error *err)
{
    if (probe_commits(b, &out->proof, r, out->good, out->bad, err)) {
        return -1;
    }
    if (out->proof.answer == PFG_PROBE_UNKNOWN) {
        return ask_for_measurement(out, out->good, out->bad);
    }
    if (out->proof.answer == PFG_PROBE_WORSE && out->proof.proven &&
        out->outcome == PFG_BISECT_UNPROVEN) {
        out->outcome = PFG_BISECT_FOUND;
    }
    return 0;
}

/* If the stored results leave only one commit, a measurement proves it; if that
 * fails, the search goes on. */
static int try_likely(struct pfg_bisecting *b, struct pfg_bisect_result *out,
                      const struct pfg_range *r, struct pfg_error *err)
{
    *out = (struct pfg_bisect_result){.outcome = PFG_BISECT_UNPROVEN,
                                      .good = r->likely - 1,
                                      .bad = r->likely};
    if (prove(b, out, r, err)) {
        return -1;
    }
    if (out->outcome == PFG_BISECT_ASKS && r->located) {
        out->outcome = PFG_BISECT_FOUND;
    }
    return 0;
}

/* Checks that the step exists at all, and learns its size if it is unknown. */
static int check_ends(struct pfg_bisecting *b, struct pfg_bisect_result *out,
                      struct pfg_range *r, struct pfg_error *err)
{
    struct pfg_probe probe;
    bool known = !isnan(r->change);

    if (!b->options->measures && known) {
        out->outcome = PFG_BISECT_FOUND; /* by the stored results */
        return 0;
    }
    if (probe_commits(b, &probe, r, r->good, r->bad, err)) {
        return -1;
    }
    out->outcome =
        probe.answer == PFG_PROBE_SAME ? PFG_BISECT_GONE : PFG_BISECT_FOUND;
    out->proof = probe;
    if (probe.answer == PFG_PROBE_UNKNOWN) {
        return ask_for_measurement(out, r->good, r->bad);
    }
    if (probe.answer == PFG_PROBE_BROKEN) {
        pfg_fail(err, PFG_DATA, "the bad commit %s cannot be measured: %s",
                 pfg_bisect_short(b, r->bad), probe.why);
        return pfg_hint(err, "name another with --good REV --bad REV");
    }
    if (out->outcome == PFG_BISECT_FOUND) {
        pfg_range_learn(r, &probe, b->arena);
    }
    return 0;
}

static int search(struct pfg_bisecting *b, struct pfg_bisect_result *out,
                  struct pfg_range *r, struct pfg_error *err)
{
    *out = (struct pfg_bisect_result){.good = r->good, .bad = r->bad};
    if (r->likely) {
        if (try_likely(b, out, r, err)) {
            return -1;
        }
        if (out->outcome == PFG_BISECT_FOUND) {
            return 0;
        }
    }
    *out = (struct pfg_bisect_result){.good = r->good, .bad = r->bad};
    if (check_ends(b, out, r, err)) {
        return -1;
    }
    if (out->outcome != PFG_BISECT_FOUND) {
        return 0;
    }
    if (halve(b, out, r, err)) {
        return -1;
    }
    return out->outcome == PFG_BISECT_ASKS ? 0 : prove(b, out, r, err);
}

static int skip_commits(struct pfg_bisecting *b, struct pfg_error *err)
{
    b->skipped = pfg_arena_new_array(b->arena, bool, b->line.n + 1);
    for (size_t i = 0; i < b->options->n_skip; i++) {
        struct pfg_revision revision;

        if (pfg_vcs_resolve(b->probing.vcs, &revision, b->options->skip[i],
                            NULL, b->arena, err)) {
            return -1;
        }
        for (size_t j = 0; j < b->line.n; j++) {
            b->skipped[j] |= !strcmp(pfg_bisect_id(b, j), revision.id);
        }
    }
    return 0;
}

static int search_all(struct pfg_bisecting *b, int *status,
                      struct pfg_ranges *ranges, struct pfg_json_writer *w,
                      struct pfg_error *err)
{
    struct pfg_bisect_result *told =
        pfg_arena_new_array(b->arena, struct pfg_bisect_result, ranges->n + 1);
    size_t n = 0;

    for (size_t i = 0; i < ranges->n; i++) {
        struct pfg_range *r = &ranges->at[i];
        bool known = false;

        for (size_t j = 0; j < n; j++) {
            known |= told[j].outcome != PFG_BISECT_GONE &&
                     told[j].good < r->last && r->first <= told[j].bad;
        }
        if (known) {
            continue; /* another metric with the same cause */
        }
        b->looks.n = 0;
        if (search(b, &told[n], r, err)) {
            return -1;
        }
        if (b->options->json) {
            pfg_bisect_json(w, b, r, &told[n]);
        } else {
            pfg_bisect_print(b, r, &told[n]);
        }
        *status = told[n++].outcome == PFG_BISECT_FOUND ? *status : PFG_DATA;
    }
    return 0;
}

static void begin_json(struct pfg_json_writer *w)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "perfgate", "bisect");
    pfg_json_put_integer(w, "version", 1);
    pfg_json_begin(w, "steps", '[');
}

static void end_json(struct pfg_json_writer *w)
{
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
    pfg_str_putc(w->out, '\n');
}

int pfg_bisect(int *status, const struct pfg_context *context,
               const struct pfg_bisect_options *options, struct pfg_error *err)
{
    struct pfg_history_reader reader = {0};
    struct pfg_ranges ranges = {0};
    struct pfg_bisecting b = {
        .context = context, .options = options, .arena = pfg_arena_new()};
    struct pfg_str text = pfg_str_in(b.arena);
    struct pfg_json_writer w = {.out = &text, .indent = 2};
    int failed;

    b.probing = (struct pfg_probing){
        .context = context, .options = &options->measure, .arena = b.arena};
    failed = pfg_workspace_open_vcs(&b.probing.vcs, err);
    if (!failed && !b.probing.vcs) {
        failed = pfg_fail(
            err, PFG_USAGE,
            "not in a git repository, so there are no commits to search");
    }
    failed = failed ||
             (options->good ? pfg_ranges_between(&ranges, &b.line, options,
                                                 b.probing.vcs, b.arena, err)
                            : pfg_ranges_of_history(&ranges, &b.line, &reader,
                                                    context, options, err)) ||
             skip_commits(&b, err);
    begin_json(&w);
    failed = failed || search_all(&b, status, &ranges, &w, err);
    end_json(&w);
    if (!failed && options->json) {
        failed = pfg_publish_text(context, NULL, pfg_str_slice(&text), err);
    }
    if (!options->good && reader.arena) {
        pfg_history_reader_close(&reader);
    }
    pfg_vcs_close(b.probing.vcs);
    pfg_arena_free(b.arena);
    return failed ? -1 : 0;
}
