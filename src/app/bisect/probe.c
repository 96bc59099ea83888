#include "app/bisect/bisecting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "app/measure/measure.h"
#include "store/store.h"

#define MIN_ROUNDS 3

static bool is_proven(const struct pfg_report_row *row)
{
    return row->verdict == PFG_REGRESSED || row->verdict == PFG_ACCEPTED;
}

/* How much worse it is, as a logarithm; -INFINITY if not measured. */
static double worse_by(const struct pfg_report_row *row)
{
    double change = row->change > -1 ? log1p(row->change) : NAN;

    return isnan(change)               ? -INFINITY
           : row->better == PFG_HIGHER ? -change
                                       : change;
}

static const struct pfg_report_row *find_row(const struct pfg_report *report,
                                             const char *key)
{
    const struct pfg_report_row *found = NULL;
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        const struct pfg_report_row *row = at.row;
        bool worst = row->better != PFG_NEUTRAL &&
                     (!found || is_proven(row) > is_proven(found) ||
                      (is_proven(row) == is_proven(found) &&
                       worse_by(row) > worse_by(found)));

        found = (key ? !strcmp(row->key, key) : worst) ? row : found;
    }
    return found;
}

static void read_answer(struct pfg_probe *out, const struct pfg_report *report,
                        const struct pfg_question *question,
                        struct pfg_arena *arena)
{
    const struct pfg_report_row *row = find_row(report, question->key);
    double half = fabs(log1p(question->change)) / 2;

    if (!row || !row->head.present || isinf(worse_by(row))) {
        out->answer = PFG_PROBE_BROKEN;
        out->why = row && *row->head.error
                       ? pfg_arena_strdup(arena, row->head.error)
                       : "it has no result of this benchmark";
        return;
    }
    out->proven = is_proven(row);
    out->answer = out->proven || (!isnan(half) && worse_by(row) > half)
                      ? PFG_PROBE_WORSE
                      : PFG_PROBE_SAME;
    out->change = row->change;
    out->change_lower = row->change_lower;
    out->change_upper = row->change_upper;
    out->rounds = row->head.n_processes;
    out->key = pfg_arena_strdup(arena, row->key);
    out->label = pfg_arena_strdup(arena, row->label);
    out->metric = pfg_arena_strdup(arena, row->metric);
}

/* The limit is half of the change: a commit beyond it has the step, others do
 * not. */
static void set_limit(struct pfg_evaluate_options *out,
                      const struct pfg_question *question)
{
    struct pfg_policy *policy = &out->judging.policy;

    out->gate = true;
    out->allow_no_baseline = false;
    out->filter = question->filter;
    out->n_filter = question->n_filter;
    if (!isnan(question->change)) {
        policy->threshold = expm1(fabs(log1p(question->change)) / 2);
        policy->threshold_given = true;
        policy->threshold_source = "half of the step";
    }
}

int pfg_probe_measure(struct pfg_probe *out, const struct pfg_probing *probing,
                      const struct pfg_question *question,
                      struct pfg_error *err)
{
    struct pfg_measure_options options = *probing->options;
    struct pfg_evaluation evaluation;

    *out = (struct pfg_probe){.answer = PFG_PROBE_BROKEN};
    options.sides.base = question->base;
    options.sides.head = question->head;
    options.keep = options.always = true;
    set_limit(&options.evaluate, question);
    if (pfg_measure_pair(&evaluation, probing->context, &options, err)) {
        out->why = pfg_arena_strdup(probing->arena, err->message);
        return err->code == PFG_DATA ? 0 : -1;
    }
    read_answer(out, evaluation.report, question, probing->arena);
    pfg_evaluation_free(&evaluation);
    return 0;
}

/* ---- earlier measurements ---- */

static int by_time(const void *left, const void *right)
{
    const struct pfg_run_info *a = left, *b = right;

    return a->time != b->time ? (a->time > b->time) - (a->time < b->time)
                              : (a->id > b->id) - (a->id < b->id);
}

/* ", round 3" in the name that `run` gives a process; NULL. */
static const char *round_of(const struct pfg_run *run)
{
    return strstr(run->source, ", round ");
}

/* Whether two runs are the two sides of one round on one machine. */
static bool is_round(const struct pfg_run *a, const struct pfg_run *b)
{
    return strcmp(a->revision.id, b->revision.id) != 0 && round_of(a) &&
           round_of(b) && !strcmp(round_of(a), round_of(b)) &&
           !strcmp(a->profile.fingerprint, b->profile.fingerprint);
}

/* Finds the rounds among runs in the order of time: pairs of neighbours. */
static void find_rounds(struct pfg_measured_sides *out,
                        const struct pfg_runs *runs, const char *base,
                        struct pfg_arena *arena)
{
    struct pfg_run **sides[2];
    size_t n = 0;

    for (size_t i = 0; i < 2; i++) {
        sides[i] = pfg_arena_new_array(arena, struct pfg_run *, runs->n + 1);
    }
    for (size_t i = 1; i < runs->n; i++) {
        struct pfg_run *const *pair = &runs->at[i - 1];

        if (is_round(pair[0], pair[1])) {
            bool second = strcmp(pair[0]->revision.id, base) != 0;

            sides[PFG_BASE][n] = pair[second];
            sides[PFG_HEAD][n++] = pair[!second];
            i++;
        }
    }
    out->base.runs = sides[PFG_BASE];
    out->head.runs = sides[PFG_HEAD];
    out->base.n = out->head.n = n;
}

static int find_infos(struct pfg_run_info **out, size_t *n,
                      struct pfg_store *store,
                      const struct pfg_question *question,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *const ids[2] = {question->base, question->head};
    struct pfg_run_info *found[2];
    size_t counts[2];

    *n = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct pfg_run_query query = {.revision = ids[i]};

        if (pfg_store_find(store, &found[i], &counts[i], &query, arena, err)) {
            return -1;
        }
    }
    *out = pfg_arena_new_array(arena, struct pfg_run_info,
                               counts[0] + counts[1] + 1);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < counts[i]; j++) {
            if (!found[i][j].revision.dirty && !found[i][j].failed) {
                (*out)[(*n)++] = found[i][j];
            }
        }
    }
    qsort(*out, *n, sizeof **out, by_time);
    return 0;
}

static int compare_stored(struct pfg_probe *out,
                          const struct pfg_probing *probing,
                          const struct pfg_question *question,
                          const struct pfg_measured_sides *sides,
                          struct pfg_error *err)
{
    struct pfg_evaluate_options options = probing->options->evaluate;
    struct pfg_evaluation evaluation;

    options.measured = sides;
    set_limit(&options, question);
    if (pfg_evaluate(&evaluation, probing->context, &options, err)) {
        return -1;
    }
    read_answer(out, evaluation.report, question, probing->arena);
    out->stored = true;
    pfg_evaluation_free(&evaluation);
    /* The earlier measurement may have been one without this benchmark. */
    if (out->answer == PFG_PROBE_BROKEN) {
        out->answer = PFG_PROBE_UNKNOWN;
    }
    return 0;
}

static struct pfg_report_origin origin_of(const char *id)
{
    return (struct pfg_report_origin){
        .label = id, .id = id, .subject = "", .how = ""};
}

static int find_stored(struct pfg_probe *out, struct pfg_store *store,
                       const struct pfg_probing *probing,
                       const struct pfg_question *question,
                       struct pfg_arena *scratch, struct pfg_error *err)
{
    struct pfg_measured_sides sides = {.no_base = "", .vcs = probing->vcs};
    struct pfg_run_info *infos;
    struct pfg_runs runs = {0};
    size_t n;
    int failed;

    failed = find_infos(&infos, &n, store, question, scratch, err);
    for (size_t i = 0; i < n && !failed; i++) {
        struct pfg_run *run;

        failed = pfg_store_load(store, &run, infos[i].id, err);
        if (!failed) {
            pfg_runs_add(&runs, &run, 1);
        }
    }
    if (!failed) {
        find_rounds(&sides, &runs, question->base, scratch);
        sides.base.origin = origin_of(question->base);
        sides.head.origin = origin_of(question->head);
    }
    if (!failed && sides.base.n >= MIN_ROUNDS) {
        failed = compare_stored(out, probing, question, &sides, err);
    }
    pfg_read_free(&runs);
    return failed ? -1 : 0;
}

int pfg_probe_stored(struct pfg_probe *out, const struct pfg_probing *probing,
                     const struct pfg_question *question, struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    const char *path = pfg_workspace_database(
        probing->options->evaluate.stored.database, probing->vcs, scratch);
    struct pfg_store *store = NULL;
    int failed = 0;

    *out = (struct pfg_probe){.answer = PFG_PROBE_UNKNOWN};
    if (pfg_store_exists(path)) {
        failed = pfg_store_open(&store, path, false, err) ||
                 find_stored(out, store, probing, question, scratch, err);
    }
    pfg_store_close(store);
    pfg_arena_free(scratch);
    return failed ? -1 : 0;
}
