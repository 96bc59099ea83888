#include "app/measure/measure_rounds.h"
#include "app/measure/observed.h"

#include <math.h>
#include <stdint.h>

#include "app/measure/turn/turn.h"
#include "base/arena.h"
#include "base/map.h"

/*
 * Many short rounds are worth more than a few long ones of the same total time:
 * noise comes in phases longer than one benchmark takes, and only more
 * alternations average them out (docs/measuring.md).
 *
 * But a short observation may measure something else: a map that still grows, a
 * cold cache. So short and long observations are compared once, in the warm-up.
 */

/* Few, so that two sessions mostly choose the same length: observations of
 * different lengths are not comparable. */
static const double usual[] = {0.005, 0.01, 0.02, 0.05, 0.1};

#define N_USUAL PFG_COUNT(usual)
#define LONGEST (usual[N_USUAL - 1])
/* Processes of a side in a trial: more if they are short compared with the
 * round that they replace. */
#define FEWEST_TRIES 3
#define MOST_TRIES   15
#define TRIAL_SHARE  0.25
/* Seconds that a tool takes for each second of observation. */
#define FILLING 1.5
/* Rounds are shortened only if they take at most this share. */
#define WORTH 0.7
/* Long observations get about this share of the time of short ones... */
#define LONG_SHARE 0.5
/* ... but at least this many rounds within the budget (without its reserve),
 * since fewer allow no verdict. */
#define FEWEST_LONG 6

struct shortening {
    struct pfg_rounds *rounds;
    struct pfg_arena *arena;
    const struct pfg_program *program;
    struct pfg_program_state *state;
    struct pfg_map observed; /* label -> struct pfg_observed */
    struct pfg_map longer;   /* roots that need a longer one -> the index of
                                their length + 1 */
    double whole;            /* seconds of a round of the command's own
                                length */
    double short_round;      /* of a short round */
    double seconds, cpu;     /* of the last round, both sides */
};

/* Reads the warm-up runs of a side. */
static void observe(struct shortening *s, enum pfg_observation kind,
                    size_t which, size_t from)
{
    pfg_observe(&s->observed, s->arena, kind, which,
                &s->rounds->sides->at[which].warm, from, s->program->suite);
}

/* --- trials --- */

/* Whether a trial is long enough, after `tries` rounds and `spent` seconds. */
static bool is_enough(const struct shortening *s, size_t tries, double spent)
{
    return tries >= MOST_TRIES ||
           (tries >= FEWEST_TRIES && spent > TRIAL_SHARE * s->whole);
}

/* Tries observations of `seconds` (0: the command's own length) on both sides,
 * of the benchmarks in `longer`, or of all. *works: the tool accepts it. */
static int try(struct shortening *s, bool *works, double seconds, bool once,
               struct pfg_error *err)
{
    struct pfg_processes *processes = s->rounds->processes;
    const char **keep =
        pfg_arena_new_array(s->arena, const char *, s->observed.n);
    const struct pfg_tool_choice all = processes->choice;
    const size_t from[] = {s->rounds->sides->at[PFG_BASE].warm.n,
                           s->rounds->sides->at[PFG_HEAD].warm.n};
    const enum pfg_observation kind = seconds > 0 ? PFG_SHORT : PFG_LONG;
    double spent = 0;
    size_t n = 0;
    int failed = 0;
    bool end = false;

    s->state->lengths = (struct pfg_lengths){
        .at = {seconds}, .n = 1, .runs = s->state->tool->length->runs};
    for (size_t i = 0; i < s->observed.n; i++) {
        struct pfg_observed *one = s->observed.entries[i].value;

        if (kind == PFG_SHORT) {
            one->values[PFG_SHORT][PFG_BASE].n =
                one->values[PFG_SHORT][PFG_HEAD].n = 0;
        }
        if (pfg_map_find(&s->longer, pfg_slice_of(one->root))) {
            keep[n++] = one->name;
            processes->choice =
                (struct pfg_tool_choice){.keep = keep, .n_keep = n};
        }
    }
    processes->trying = true;
    processes->refused = false;
    processes->only = s->state;
    for (size_t i = 0; !end && !failed && !processes->refused &&
                       !pfg_measuring_is_stopped(s->rounds->m);
         i++) {
        const double seconds_before = s->state->seconds;
        const double cpu_before = s->state->cpu;
        const char *why;

        failed = pfg_rounds_both(s->rounds, 0, &why, err);
        s->seconds = s->state->seconds - seconds_before;
        s->cpu = s->state->cpu - cpu_before;
        spent += s->seconds;
        end = once || is_enough(s, i + 1, spent);
    }
    processes->trying = false;
    processes->only = NULL;
    processes->choice = all;
    observe(s, kind, PFG_BASE, from[PFG_BASE]);
    observe(s, kind, PFG_HEAD, from[PFG_HEAD]);
    *works = !processes->refused;
    s->state->lengths = (struct pfg_lengths){0};
    return failed ? -1 : 0;
}

/* The usual length at which starting the process takes about half of its time.
 * In CPU time, which hardly varies on a busy machine. */
static double long_enough(const struct shortening *s)
{
    double filled = FILLING * (double)s->observed.n;
    double start = s->cpu / 2 - filled * usual[0];
    size_t i = 0;

    while (i + 1 < N_USUAL && filled * sqrt(usual[i] * usual[i + 1]) < start) {
        i++;
    }
    return usual[i];
}

/* Puts benchmarks that are not alike at this length into `longer`; `number` is
 * the index of the next length. */
static void sort_out(struct shortening *s, size_t number)
{
    double noise = pfg_observed_noise(&s->observed, s->arena);

    for (size_t i = 0; i < s->observed.n; i++) {
        const struct pfg_observed *one = s->observed.entries[i].value;
        bool tried =
            number == 1 || pfg_map_find(&s->longer, pfg_slice_of(one->root));

        if (tried && !pfg_observed_is_alike(one, noise)) {
            *pfg_map_at(&s->longer, pfg_slice_of(one->root)) =
                (void *)(uintptr_t)(number + 1);
        }
    }
}

/* --- choosing --- */

static size_t number_of(const struct shortening *s,
                        const struct pfg_observed *one)
{
    void **number = pfg_map_find(&s->longer, pfg_slice_of(one->root));

    return number ? (size_t)(uintptr_t)*number - 1 : 0;
}

static void note_longer(const struct shortening *s, size_t number,
                        double seconds)
{
    struct pfg_str names;
    size_t n = 0;

    pfg_str_init(&names, 0);
    for (size_t i = 0; i < s->longer.n; i++) {
        if ((size_t)(uintptr_t)s->longer.entries[i].value == number + 1) {
            pfg_str_printf(&names, "%s%s", n++ ? ", " : "",
                           s->longer.entries[i].key.ptr);
        }
    }
    if (n) {
        pfg_measuring_note(s->rounds->m,
                           "measured for %s, because shorter runs give "
                           "different results: %.*s",
                           seconds > 0 ? pfg_arena_printf(s->arena, "%gms each",
                                                          1000 * seconds)
                                       : "as long as the command says",
                           (int)names.len, names.ptr);
    }
    pfg_str_free(&names);
}

/* Rounds from one with the `n` benchmarks of a longer length to the next.
 * `seconds` 0: the command's own length. */
static size_t rounds_between(const struct shortening *s, size_t n,
                             double seconds)
{
    double budget = s->rounds->options->budget * (1 - PFG_ROUNDS_RESERVE);
    double each = (double)n * (seconds > 0 ? 2 * FILLING * seconds
                                           : s->whole / (double)s->observed.n);
    double wanted = each / (LONG_SHARE * s->short_round);
    double most = (budget / FEWEST_LONG - each) / s->short_round;

    /* At most half of the time, even if that means fewer long rounds. */
    return (size_t)fmax(1,
                        round(fmax(fmin(wanted, most), each / s->short_round)));
}

/* Sets only lengths that some benchmark has. */
static void choose(struct shortening *s, double first)
{
    const double seconds[PFG_MAX_LENGTHS] = {first, LONGEST, 0};
    struct pfg_lengths *lengths = &s->state->lengths;

    *lengths = (struct pfg_lengths){.runs = s->state->tool->length->runs};
    pfg_map_init(&lengths->of, s->arena);
    for (size_t number = 0; number < PFG_MAX_LENGTHS; number++) {
        size_t n = 0;

        for (size_t i = 0; i < s->observed.n; i++) {
            const struct pfg_observed *one = s->observed.entries[i].value;

            if (number_of(s, one) == number) {
                *pfg_map_at(&lengths->of, pfg_slice_of(one->name)) =
                    (void *)(uintptr_t)(lengths->n + 1);
                n++;
            }
        }
        if (n) {
            lengths->every[lengths->n] =
                number ? rounds_between(s, n, seconds[number]) : 0;
            lengths->at[lengths->n++] = seconds[number];
        }
        if (number) {
            note_longer(s, number, seconds[number]);
        }
    }
    if (lengths->n == 1 && !(lengths->at[0] > 0)) {
        lengths->n = 0; /* all of them, as the command says */
    }
}

/* Finds benchmarks that must be observed for longer. A single long observation
 * may be an accident, so these get a second one. */
static int find_longer(struct shortening *s, double first,
                       struct pfg_error *err)
{
    bool works;

    sort_out(s, 1);
    if (!s->longer.n || !s->state->tool->narrow) {
        return 0;
    }
    if (try(s, &works, 0, true, err)) {
        return -1;
    }
    pfg_map_init(&s->longer, s->arena);
    sort_out(s, 1);
    if (!s->longer.n) {
        return 0;
    }
    if (first < LONGEST && !s->state->tool->length->runs &&
        try(s, &works, LONGEST, false, err)) {
        return -1;
    }
    sort_out(s, 2);
    return 0;
}

static int shorten(struct shortening *s, struct pfg_error *err)
{
    const struct pfg_tool *tool = s->state->tool;
    double first = usual[0];
    bool works;

    if (try(s, &works, first, true, err)) {
        return -1;
    }
    if (!works || s->seconds > WORTH * s->whole) {
        return 0;
    }
    first = tool->length->runs ? first : long_enough(s);
    if (try(s, &works, first, false, err)) {
        return -1;
    }
    if (!works || s->seconds > WORTH * s->whole) {
        return 0;
    }
    s->short_round = s->seconds;
    if (find_longer(s, first, err)) {
        return -1;
    }
    if (!s->longer.n || tool->narrow) {
        choose(s, first);
    }
    return 0;
}

/* Whether shortening may pay off. *said: the option of the command that
 * prevents it. */
static bool may_shorten(const struct pfg_rounds *rounds, size_t number,
                        const char **said)
{
    const struct pfg_round_options *options = rounds->options;
    const struct pfg_program *program =
        &rounds->processes->options->programs[PFG_HEAD].at[number];
    const struct pfg_tool *tool = rounds->processes->states[number].tool;

    *said = NULL;
    if (!options->warmup || options->most || options->exactly ||
        !(options->budget > 0) || !tool || !tool->length || !program->words.n ||
        program->rounds) {
        return false;
    }
    *said = pfg_tool_length_said(tool, &program->words, rounds->m->arena);
    return !*said;
}

/* Warms up the base of a program that keeps its own length; others have warmed
 * up in the trials. */
static int warm_up_base(const struct shortening *s, struct pfg_error *err)
{
    struct pfg_processes *processes = s->rounds->processes;
    int failed;

    processes->only = s->state;
    failed = pfg_process_warm_up(processes, &s->rounds->sides->at[PFG_BASE],
                                 s->rounds->options->warmup, err);
    processes->only = NULL;
    return failed;
}

static int shorten_program(struct pfg_rounds *rounds, size_t number,
                           struct pfg_error *err)
{
    const struct pfg_process_options *options = rounds->processes->options;
    struct shortening s = {
        .rounds = rounds,
        .arena = rounds->m->arena,
        .program = &options->programs[PFG_HEAD].at[number],
        .state = &rounds->processes->states[number],
    };
    const char *said;

    if (!may_shorten(rounds, number, &said)) {
        rounds->said = said ? said : rounds->said;
        return 0;
    }
    s.state->base_waits = false;
    if (s.state->broken[PFG_BASE] || s.state->broken[PFG_HEAD]) {
        return 0;
    }
    pfg_map_init(&s.observed, s.arena);
    pfg_map_init(&s.longer, s.arena);
    observe(&s, PFG_LONG, PFG_HEAD, 0);
    s.whole = 2 * s.state->seconds / (double)rounds->options->warmup;
    if (s.observed.n && shorten(&s, err)) {
        return -1;
    }
    return s.state->lengths.n ? 0 : warm_up_base(&s, err);
}

void pfg_rounds_spare_base(struct pfg_rounds *rounds)
{
    size_t n = rounds->processes->options->programs[PFG_HEAD].n;
    const char *said;

    for (size_t i = 0; i < n; i++) {
        rounds->processes->states[i].base_waits = may_shorten(rounds, i, &said);
    }
}

int pfg_rounds_shorten(struct pfg_rounds *rounds, struct pfg_error *err)
{
    size_t n = rounds->processes->options->programs[PFG_HEAD].n;
    int failed = 0;

    for (size_t i = 0; i < n && !failed && pfg_sides_can_go_on(rounds->sides);
         i++) {
        failed = shorten_program(rounds, i, err);
    }
    pfg_sides_drop_warm(rounds->sides);
    return failed;
}
