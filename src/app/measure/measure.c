#include "app/measure/measure.h"

#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "app/measure/measuring.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "forge/forge.h"
#include "store/store.h"
#include "term/print.h"

/* Of a head that has no base to be compared with. */
#define ROUNDS_ALONE 5

bool pfg_measure_is_pair(const struct pfg_measure_options *options)
{
    return options->base || options->base_command;
}

void pfg_measuring_note(struct pfg_measuring *m, const char *text)
{
    pfg_vec_push(&m->notes, m->arena, text);
}

/* --- the comparison --- */

struct pfg_measuring_stage pfg_measuring_whole(const struct pfg_measuring *m)
{
    return (struct pfg_measuring_stage){
        .n = {m->sides[PFG_BASE].runs.n, m->sides[PFG_HEAD].runs.n},
        .rounds = m->rounds,
        .plan = m->plan,
    };
}

static struct pfg_report_origin origin_of(
    struct pfg_measuring *m, const struct pfg_measuring_stage *stage,
    enum pfg_measured_side which)
{
    const struct pfg_measuring_side *side = &m->sides[which];
    const struct pfg_revision *revision = &side->revision;
    bool known = revision->id != NULL;

    return (struct pfg_report_origin){
        .label = known ? pfg_place_short_id(revision, m->arena) : side->name,
        .id = known ? revision->id : "",
        .subject = known ? revision->subject : "",
        .time = known ? revision->time : 0,
        .dirty = known && revision->dirty,
        .n_runs = stage->n[which],
        .how = which == PFG_HEAD || !stage->n[which]
                   ? ""
                   : pfg_arena_printf(
                         m->arena,
                         "measured in turn with the "
                         "head, %s",
                         pfg_arena_counted(m->arena, stage->rounds, "round")),
    };
}

static struct pfg_side side_of(struct pfg_measuring *m,
                               const struct pfg_measuring_stage *stage,
                               enum pfg_measured_side which)
{
    return (struct pfg_side){
        .runs = stage->n[which] ? m->sides[which].runs.at + stage->from[which]
                                : NULL,
        .n = stage->n[which],
        .origin = origin_of(m, stage, which),
    };
}

int pfg_measuring_compare(struct pfg_evaluation *out, struct pfg_measuring *m,
                          const struct pfg_measuring_stage *stage,
                          struct pfg_error *err)
{
    const struct pfg_measuring_side *base = &m->sides[PFG_BASE];
    struct pfg_evaluate_options options = m->options->evaluate;
    const struct pfg_measured_sides measured = {
        .base = side_of(m, stage, PFG_BASE),
        .head = side_of(m, stage, PFG_HEAD),
        .no_base = base->broken
                       ? pfg_arena_printf(m->arena, "%s%s", base->broken,
                                          pfg_measuring_said(m, base))
                       : "",
        .vcs = m->vcs,
        .notes = m->notes.at,
        .n_notes = m->notes.n,
    };

    options.judging.policy.looks = stage->plan;
    options.judging.policy.second = stage->second;
    options.measured = &measured;
    return pfg_evaluate(out, m->context, &options, err);
}

static void note_rounds(struct pfg_measuring *m)
{
    struct pfg_arena *arena = m->arena;

    pfg_measuring_note(
        m, pfg_arena_printf(arena,
                            "base and head were measured in turn, %s: "
                            "%s",
                            pfg_arena_counted(arena, m->stage.rounds, "round"),
                            m->ended));
    if (m->rounds > m->stage.rounds) {
        pfg_measuring_note(
            m, pfg_arena_printf(
                   arena, "what was unconfirmed was measured again: %s, %s%s",
                   pfg_arena_counted(arena, m->stage.second.n, "row"),
                   pfg_arena_counted(arena, m->rounds - m->stage.rounds,
                                     "more round"),
                   m->stage.second.at[0].rounds ? "" : ", too few"));
    }
    if (m->n_repeated) {
        pfg_measuring_note(
            m, pfg_arena_printf(
                   arena, "repeated, because something disturbed them: %s",
                   pfg_arena_counted(arena, m->n_repeated, "round")));
    }
    if (m->n_disturbed) {
        pfg_measuring_note(
            m, pfg_arena_printf(arena,
                                "disturbed, and counted all the same: "
                                "%zu of %s, the last one by %s",
                                m->n_disturbed,
                                pfg_arena_counted(m->arena, m->rounds, "round"),
                                m->disturbed_by));
    }
}

/* --- what becomes of the results --- */

static bool is_stored(const struct pfg_measuring_side *side)
{
    return side->revision.id && *side->revision.id;
}

static int store(struct pfg_measuring *m, struct pfg_error *err)
{
    const struct pfg_measure_options *options = m->options;
    const char *path =
        pfg_place_database(options->evaluate.stored.database, m->vcs, m->arena);
    struct pfg_runs all = {0};
    struct pfg_store *store = NULL;
    enum pfg_stored *became;
    int failed;

    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; is_stored(&m->sides[i]) && j < m->sides[i].runs.n;
             j++) {
            pfg_vec_push(&all, m->arena, m->sides[i].runs.at[j]);
        }
    }
    if (!all.n || (!options->keep && !pfg_file_exists(path))) {
        return 0;
    }
    became = pfg_arena_new_array(m->arena, enum pfg_stored, all.n);
    failed = pfg_store_open(&store, path, true, err) ||
             pfg_store_add(store, became, all.at, all.n, err);
    pfg_store_close(store);
    return failed ? -1 : 0;
}

/* The head alone, when there is nothing to compare it with. */
static int measure_head_alone(struct pfg_measuring *m, struct pfg_error *err)
{
    struct pfg_measuring_side *head = &m->sides[PFG_HEAD];
    size_t rounds = m->options->rounds ? m->options->rounds : ROUNDS_ALONE;
    const char *why;

    m->ended = "no base";
    m->rounds = head->runs.n > 0; /* it may have gone first */
    m->start = pfg_clock_seconds();
    while (m->rounds < rounds && !head->broken &&
           !pfg_measuring_is_stopped(m) && !pfg_measuring_is_out_of_time(m)) {
        double began = pfg_clock_seconds();

        if (pfg_measuring_process(m, head, ++m->rounds, &why, err)) {
            return -1;
        }
        m->longest = fmax(m->longest, pfg_clock_seconds() - began);
    }
    return 0;
}

/* Nothing can be compared: what the command said goes before, in its own
 * lines. */
static int fail_side(const struct pfg_measuring *m,
                     const struct pfg_measuring_side *side, enum pfg_code code,
                     struct pfg_error *err)
{
    struct pfg_slice left =
        pfg_slice_of(side->last_words ? side->last_words : "");

    while (left.len) {
        pfg_print(m->context->err, "  %s\n",
                  pfg_arena_slice(m->arena, pfg_take_until(&left, '\n')));
    }
    pfg_fail(err, code, "%s", side->broken);
    return pfg_hint(err, "%s", side->broken_hint ? side->broken_hint : "");
}

int pfg_measuring_fail_interrupted(const struct pfg_measuring *m,
                                   struct pfg_error *err)
{
    return pfg_fail(err, (enum pfg_code)(PFG_SIGNAL + m->interrupt.signal),
                    m->rounds ? "interrupted after %s: not judged"
                              : "interrupted before the first round was "
                                "complete",
                    pfg_arena_counted(m->arena, m->rounds, "round"));
}

/* A base that was never measured: nothing to compare with. */
static bool has_no_base(const struct pfg_measuring *m)
{
    const struct pfg_measuring_side *base = &m->sides[PFG_BASE];

    return base->broken && !base->runs.n;
}

/* The report borrows from the runs. */
static void hand_over(struct pfg_evaluation *out, struct pfg_measuring *m)
{
    for (size_t i = 0; i < 2; i++) {
        struct pfg_runs *runs = &m->sides[i].runs;

        pfg_runs_add(&out->pairs.runs, runs->at, runs->n);
        pfg_vec_free(runs);
    }
}

static int measure_pair(struct pfg_evaluation *out, struct pfg_measuring *m,
                        struct pfg_error *err)
{
    struct pfg_measuring_side *base = &m->sides[PFG_BASE];
    struct pfg_measuring_side *head = &m->sides[PFG_HEAD];

    if (pfg_measuring_find(m, err) || pfg_measuring_set_up(m, head, err) ||
        (!head->broken && !pfg_measuring_is_stopped(m) &&
         pfg_measuring_set_up(m, base, err))) {
        return -1;
    }
    pfg_measuring_settle(m);
    if (!pfg_measuring_is_broken(m) &&
        (pfg_measuring_warm_up(m, err) || pfg_measuring_rounds(m, err) ||
         pfg_measuring_confirm(m, err))) {
        return -1;
    }
    if (has_no_base(m) && !head->broken && !pfg_measuring_is_stopped(m)) {
        if (!m->options->evaluate.allow_no_baseline) {
            return fail_side(m, base, PFG_NOBASE, err);
        }
        if (measure_head_alone(m, err)) {
            return -1;
        }
    }
    if (pfg_measuring_is_stopped(m) && !head->broken) {
        return store(m, err) ? -1 : pfg_measuring_fail_interrupted(m, err);
    }
    if (!head->runs.n) {
        return fail_side(m, head, PFG_DATA, err);
    }
    if (!m->stage.rounds) {
        m->stage = pfg_measuring_whole(m);
    }
    if (base->runs.n) {
        note_rounds(m);
    }
    if (store(m, err) || pfg_measuring_compare(out, m, &m->stage, err)) {
        return -1;
    }
    hand_over(out, m);
    return 0;
}

/* Before anything is checked out or built. */
static int check_cpus(const struct pfg_measure_options *options,
                      struct pfg_error *err)
{
    cpu_set_t allowed;

    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed)) {
        return 0; /* more processors than the set holds: the child will say */
    }
    for (size_t i = 0; i < options->n_cpus; i++) {
        if (options->cpus[i] >= CPU_SETSIZE ||
            !CPU_ISSET((size_t)options->cpus[i], &allowed)) {
            pfg_fail(err, PFG_USAGE, "--cpus: there is no processor %d here, or "
                     "it may not be used", options->cpus[i]);
            return pfg_hint(err, "'perfgate hardware --check' lists them");
        }
    }
    return 0;
}

/* What CI systems put into the environment to act for somebody, besides the
 * tokens of forges. A benchmark has no use for them, and the code of a pull
 * request must not have them. */
static const char *const ci_secrets[] = {
    "PERFGATE_TOKEN", "PERFGATE_TOKEN_FILE", "INPUT_TOKEN",
    "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL", "GH_ENTERPRISE_TOKEN",
    "GITHUB_ENTERPRISE_TOKEN", "GITHUB_PAT", "CI_JOB_TOKEN", "CI_JOB_JWT",
    "CI_JOB_JWT_V2", "CI_BUILD_TOKEN", "CI_DEPLOY_PASSWORD",
    "CI_REGISTRY_PASSWORD", "CI_DEPENDENCY_PROXY_PASSWORD",
    "CI_REPOSITORY_URL", "SYSTEM_ACCESSTOKEN", "BITBUCKET_TOKEN",
    "BITBUCKET_STEP_OIDC_TOKEN", "CIRCLE_TOKEN", "CIRCLE_OIDC_TOKEN",
    "CIRCLE_OIDC_TOKEN_V2", "BUILDKITE_AGENT_ACCESS_TOKEN",
    "DRONE_NETRC_PASSWORD", "GITEA_RUNNER_REGISTRATION_TOKEN",
};

static void add_secret(struct pfg_measuring *m, const char *name)
{
    const struct pfg_measure_options *options = m->options;

    for (size_t i = 0; i < options->n_keep_env; i++) {
        if (!strcmp(options->keep_env[i], name)) {
            return;
        }
    }
    pfg_vec_push(&m->secrets, m->arena, name);
}

static void list_secrets(struct pfg_measuring *m)
{
    for (size_t i = 0; i < sizeof ci_secrets / sizeof *ci_secrets; i++) {
        add_secret(m, ci_secrets[i]);
    }
    for (size_t i = 0; pfg_forges[i]; i++) {
        for (const char *const *name = pfg_forges[i]->tokens; *name; name++) {
            add_secret(m, *name);
        }
    }
}

static int begin(struct pfg_measuring *m, const struct pfg_context *context,
                 const struct pfg_measure_options *options,
                 struct pfg_error *err)
{
    *m = (struct pfg_measuring){
        .context = context,
        .options = options,
        .arena = pfg_arena_new(),
        .sides = {{.name = "base", .shell = options->base_command},
                  {.name = "head", .shell = options->head_command}},
        .tool = pfg_tool_of_command(&options->command),
        .interrupt = {.fd = -1},
        .plan = options->rounds ? pfg_looks_once(options->rounds)
                                : pfg_looks_until(options->most),
    };
    m->choice = (struct pfg_tool_choice){.keep = options->only,
                                         .n_keep = options->n_only};
    m->nowhere = fopen("/dev/null", "w");
    if (!m->nowhere) {
        return pfg_fail(err, PFG_SYSTEM, "cannot open /dev/null");
    }
    if (check_cpus(options, err) || pfg_place_open_vcs(&m->vcs, err) ||
        pfg_place_profile(&m->profile, context, options->hardware,
                          options->evaluate.judging.config, m->arena, err) ||
        pfg_interrupt_open(&m->interrupt, err)) {
        return -1;
    }
    if (options->n_cpus && !m->profile.name_given) {
        /* A parallel benchmark on fewer processors is another one. */
        m->profile.cpus = (int)options->n_cpus;
        pfg_profile_finish(&m->profile, m->arena);
    }
    list_secrets(m);
    pfg_measuring_show_open(m);
    return 0;
}

static void end(struct pfg_measuring *m)
{
    pfg_measuring_show_close(m);
    pfg_measuring_tear_down(m);
    pfg_interrupt_close(&m->interrupt);
    pfg_vcs_close(m->vcs);
    if (m->nowhere) {
        fclose(m->nowhere);
    }
    pfg_arena_free(m->arena);
}

int pfg_measure_pair(struct pfg_evaluation *out,
                     const struct pfg_context *context,
                     const struct pfg_measure_options *options,
                     struct pfg_error *err)
{
    struct pfg_measuring m;
    int failed = begin(&m, context, options, err) || measure_pair(out, &m, err);

    end(&m);
    return failed ? -1 : 0;
}

/* --- one version alone --- */

static int find_alone(struct pfg_measuring *m, struct pfg_error *err)
{
    struct pfg_measuring_side *side = &m->sides[PFG_HEAD];

    side->name = "command";
    side->folder = ".";
    return pfg_place_commit(&side->revision, m->context, m->vcs,
                            m->options->commit, NULL, 0, m->arena, err);
}

static const char *n_processes(const struct pfg_measuring *m, size_t n)
{
    return pfg_arena_printf(m->arena, "%zu process%s", n, n == 1 ? "" : "es");
}

static void say_stored(struct pfg_measuring *m)
{
    const struct pfg_measuring_side *side = &m->sides[PFG_HEAD];
    size_t n = 0;

    for (size_t i = 0; i < side->runs.n; i++) {
        n += side->runs.at[i]->n_measurements;
    }
    pfg_print(m->context->err, "%s in %s (%s): stored under %s%s on %s\n",
              pfg_arena_counted(m->arena, n, "measurement"),
              n_processes(m, side->runs.n), side->runs.at[0]->tool,
              pfg_place_short_id(&side->revision, m->arena),
              side->revision.dirty ? " (dirty)" : "", m->profile.name);
    for (size_t i = 0; i < m->notes.n; i++) {
        pfg_print(m->context->err, "note: %s\n", m->notes.at[i]);
    }
}

/* Results that came with a failure are stored, and are no success. */
static int fail_marked(const struct pfg_measuring *m, struct pfg_error *err)
{
    const struct pfg_runs *runs = &m->sides[PFG_HEAD].runs;

    for (size_t i = 0; i < runs->n; i++) {
        if (*runs->at[i]->failure) {
            pfg_fail(err, PFG_DATA, "the command failed: %s",
                     runs->at[i]->failure);
            return pfg_hint(err, "its results are stored, and marked");
        }
    }
    return 0;
}

static int measure_alone(struct pfg_measuring *m, struct pfg_error *err)
{
    struct pfg_measuring_side *side = &m->sides[PFG_HEAD];
    size_t rounds = m->options->rounds ? m->options->rounds : 1;
    const char *why;

    if (find_alone(m, err) || pfg_measuring_set_up(m, side, err)) {
        return -1;
    }
    pfg_measuring_settle(m);
    for (size_t i = 0; i < m->options->warmup && !side->broken &&
                       !pfg_measuring_is_stopped(m);
         i++) {
        if (pfg_measuring_process(m, side, 0, &why, err)) {
            return -1;
        }
    }
    m->start = pfg_clock_seconds();
    while (m->rounds < rounds && !side->broken &&
           !pfg_measuring_is_stopped(m)) {
        if (pfg_measuring_process(m, side, ++m->rounds, &why, err)) {
            return -1;
        }
        if (why) {
            pfg_measuring_note(m,
                               pfg_arena_printf(m->arena,
                                                "process %zu was disturbed by "
                                                "%s",
                                                m->rounds, why));
        }
    }
    if (side->runs.n) {
        if (store(m, err)) {
            return -1;
        }
        say_stored(m);
    }
    return side->broken ? fail_side(m, side, PFG_DATA, err)
           : pfg_measuring_is_stopped(m)
               ? pfg_fail(err, (enum pfg_code)(PFG_SIGNAL + m->interrupt.signal),
                          "interrupted: %zu of %s measured", side->runs.n,
                          n_processes(m, rounds))
               : fail_marked(m, err);
}

int pfg_measure_alone(const struct pfg_context *context,
                      const struct pfg_measure_options *options,
                      struct pfg_error *err)
{
    struct pfg_measuring m;
    int failed = begin(&m, context, options, err) || measure_alone(&m, err);

    end(&m);
    return failed ? -1 : 0;
}
