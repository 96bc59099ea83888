#include "app/bisect/bisecting.h"

#include <math.h>

#include "app/input/workspace.h"
#include "render/history/history_formats.h"
#include "term/print.h"

const char *pfg_bisect_id(const struct pfg_bisecting *b, size_t commit)
{
    return b->line.commits[commit].revision.id;
}

const char *pfg_bisect_short(const struct pfg_bisecting *b, size_t commit)
{
    return pfg_history_id(&b->line.commits[commit], b->arena);
}

static const char *change_words(const struct pfg_bisecting *b, double change,
                                double lower, double upper)
{
    const struct pfg_history_shift shift = {
        .change = change, .change_lower = lower, .change_upper = upper};

    return pfg_history_change(&shift, b->arena);
}

const char *pfg_bisect_probe_words(const struct pfg_bisecting *b,
                                   const struct pfg_probe *probe)
{
    return change_words(b, probe->change, probe->change_lower,
                        probe->change_upper);
}

static const char *commit_words(const struct pfg_bisecting *b, size_t commit)
{
    return pfg_history_commit_words(&b->line.commits[commit], b->arena);
}

/* "perfgate run --base X --head Y ..." */
static const char *run_words(const struct pfg_bisecting *b,
                             const struct pfg_range *r, const char *base,
                             const char *head)
{
    const char *path = pfg_workspace_database(b->options->history.database,
                                              b->probing.vcs, b->arena);
    struct pfg_str text = pfg_str_in(b->arena);

    pfg_str_printf(&text, "perfgate run --base %s", base);
    if (*head) {
        pfg_str_printf(&text, " --head %s", head);
        if (!b->options->history.database && !pfg_store_exists(path)) {
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
    return text.ptr;
}

/* The same search as a script for git: statuses 0 and 1 are good and bad, and
 * commits that cannot be measured are skipped. */
static const char *git_script(const struct pfg_bisecting *b,
                              const struct pfg_range *r)
{
    return pfg_arena_printf(b->arena,
                            "%s; s=$?; [ $s -lt 2 ] || s=125; exit $s",
                            run_words(b, r, pfg_bisect_short(b, r->good), ""));
}

static void print_git(const struct pfg_bisecting *b, const struct pfg_range *r)
{
    struct pfg_str quoted = pfg_str_in(b->arena);

    pfg_word_quote(&quoted, git_script(b, r));
    pfg_print(b->context->out,
              "  with git    git bisect start %s %s\n"
              "              git bisect run sh -c %s\n",
              pfg_bisect_short(b, r->bad), pfg_bisect_short(b, r->good),
              quoted.ptr);
}

static void print_culprit(const struct pfg_bisecting *b,
                          const struct pfg_bisect_result *result)
{
    FILE *out = b->context->out;
    const struct pfg_probe *proof = &result->proof;

    pfg_print(out, "  first bad   %s\n", commit_words(b, result->bad));
    pfg_print(out, "  last good   %s\n", commit_words(b, result->good));
    if (proof->answer == PFG_PROBE_UNKNOWN) {
        pfg_print(out, "  by          the stored results, at 95%%; to measure "
                       "both in turn, add a command: -- COMMAND\n");
    } else {
        pfg_print(out, "  %s  in turn with the previous commit: %s, %s\n",
                  result->outcome == PFG_BISECT_FOUND ? "proven    "
                                                      : "not proven",
                  pfg_bisect_probe_words(b, proof),
                  pfg_arena_counted(b->arena, proof->rounds, "round"));
    }
}

static void print_among(const struct pfg_bisecting *b,
                        const struct pfg_bisect_result *result)
{
    FILE *out = b->context->out;

    for (size_t i = result->good + 1; i <= result->bad; i++) {
        pfg_print(out, "  one of      %s%s\n", commit_words(b, i),
                  i < result->bad ? " (skipped)" : "");
    }
    pfg_print(out, "  last good   %s\n", commit_words(b, result->good));
}

/* About how many measurements are left. */
static size_t steps_left(const struct pfg_bisect_result *result)
{
    size_t steps = 1;

    for (size_t i = result->bad - result->good; i > 1; i = (i + 1) / 2) {
        steps++;
    }
    return steps;
}

static const char *next_words(const struct pfg_bisecting *b,
                              const struct pfg_range *r,
                              const struct pfg_bisect_result *result)
{
    return run_words(b, r, pfg_bisect_short(b, result->against),
                     pfg_bisect_short(b, result->next));
}

static void print_next(const struct pfg_bisecting *b, const struct pfg_range *r,
                       const struct pfg_bisect_result *result)
{
    FILE *out = b->context->out;
    const size_t left = result->bad - result->good;

    pfg_print(out, "  between     %s\n          and %s\n",
              commit_words(b, result->good), commit_words(b, result->bad));
    pfg_print(out, "  left        %s, about %s\n",
              pfg_arena_counted(b->arena, left, "commit"),
              pfg_arena_counted(b->arena, steps_left(result), "measurement"));
    pfg_print(out, "  next        %s\n", commit_words(b, result->next));
    pfg_print(out, "  measure it  %s\n", next_words(b, r, result));
    pfg_print(out,
              "    then run this command again, with --skip %s if it does not "
              "build\n",
              pfg_bisect_short(b, result->next));
}

void pfg_bisect_print(const struct pfg_bisecting *b, const struct pfg_range *r,
                      const struct pfg_bisect_result *result)
{
    FILE *out = b->context->out;

    pfg_print(out, "%s%s%s\n", r->name, isnan(r->change) ? "" : ": ",
              isnan(r->change) ? "" : r->words);
    switch (result->outcome) {
    case PFG_BISECT_FOUND:
    case PFG_BISECT_UNPROVEN:
        print_culprit(b, result);
        break;
    case PFG_BISECT_AMONG:
        print_among(b, result);
        break;
    case PFG_BISECT_ASKS:
        print_next(b, r, result);
        break;
    case PFG_BISECT_GONE:
        pfg_print(
            out, "  gone        measured in turn, %s and %s differ by %s%s\n",
            pfg_bisect_short(b, r->good), pfg_bisect_short(b, r->bad),
            pfg_bisect_probe_words(b, &result->proof),
            *r->words ? ": probably the machine changed, not the code" : "");
        return;
    }
    print_git(b, r);
}

/* ---- JSON ---- */

static const char *state_name(const struct pfg_bisect_result *result)
{
    static const char *const names[] = {
        [PFG_BISECT_UNPROVEN] = "not proven",
        [PFG_BISECT_GONE] = "gone",
        [PFG_BISECT_AMONG] = "among skipped commits",
        [PFG_BISECT_ASKS] = "to be measured",
    };

    return result->outcome != PFG_BISECT_FOUND         ? names[result->outcome]
           : result->proof.answer == PFG_PROBE_UNKNOWN ? "by stored results"
                                                       : "proven";
}

static void put_commit(struct pfg_json_writer *w, const char *key,
                       const struct pfg_bisecting *b, size_t commit)
{
    pfg_json_begin(w, key, '{');
    pfg_history_json_commit(w, &b->line.commits[commit]);
    pfg_json_end(w, '}');
}

static void put_look(struct pfg_json_writer *w, const struct pfg_bisecting *b,
                     const struct pfg_bisect_look *look)
{
    static const char *const answers[] = {
        [PFG_PROBE_UNKNOWN] = "unknown",
        [PFG_PROBE_SAME] = "good",
        [PFG_PROBE_WORSE] = "bad",
        [PFG_PROBE_BROKEN] = "skipped",
    };
    const struct pfg_probe *probe = &look->probe;

    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "base", pfg_bisect_id(b, look->base));
    pfg_json_put_string(w, "head", pfg_bisect_id(b, look->head));
    pfg_json_put_string(w, "answer", answers[probe->answer]);
    if (probe->answer == PFG_PROBE_BROKEN) {
        pfg_json_put_string(w, "why", probe->why);
    } else {
        pfg_json_put_number(w, "change", probe->change);
        pfg_json_put_number(w, "change_lower", probe->change_lower);
        pfg_json_put_number(w, "change_upper", probe->change_upper);
        pfg_json_put_integer(w, "rounds", (int64_t)probe->rounds);
        pfg_json_put_bool(w, "proven", probe->proven);
        pfg_json_put_bool(w, "stored", probe->stored);
    }
    pfg_json_end(w, '}');
}

/* The remaining commits: the last is bad, the others were skipped or not
 * measured. */
static void put_left(struct pfg_json_writer *w, const struct pfg_bisecting *b,
                     const struct pfg_bisect_result *result)
{
    put_commit(w, "last_good", b, result->good);
    put_commit(w, "first_bad", b, result->bad);
    pfg_json_begin(w, "commits", '[');
    for (size_t i = result->good + 1; i <= result->bad; i++) {
        put_commit(w, NULL, b, i);
    }
    pfg_json_end(w, ']');
}

void pfg_bisect_json(struct pfg_json_writer *w, const struct pfg_bisecting *b,
                     const struct pfg_range *r,
                     const struct pfg_bisect_result *result)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "name", r->name);
    pfg_json_put_number(w, "change", r->change);
    pfg_json_put_string(w, "state", state_name(result));
    if (result->outcome != PFG_BISECT_GONE) {
        put_left(w, b, result);
    }
    if (result->outcome == PFG_BISECT_ASKS) {
        pfg_json_begin(w, "next", '{');
        put_commit(w, "base", b, result->against);
        put_commit(w, "head", b, result->next);
        pfg_json_put_integer(w, "measurements_left",
                             (int64_t)steps_left(result));
        pfg_json_put_string(w, "command", next_words(b, r, result));
        pfg_json_end(w, '}');
    }
    pfg_json_begin(w, "measurements", '[');
    for (size_t i = 0; i < b->looks.n; i++) {
        put_look(w, b, &b->looks.at[i]);
    }
    pfg_json_end(w, ']');
    pfg_json_begin(w, "git_bisect", '{');
    pfg_json_put_string(w, "good", pfg_bisect_id(b, r->good));
    pfg_json_put_string(w, "bad", pfg_bisect_id(b, r->bad));
    pfg_json_put_string(w, "script", git_script(b, r));
    pfg_json_end(w, '}');
    pfg_json_end(w, '}');
}
