#include "run_fixture.h"

#include "random.h"

/*
 * Once a change is found, more data of the same kind does not undo that: more
 * values in a process, more processes, alternating or not, or more samples
 * behind a summary. Unchanged benchmarks in the same suite do not undo it
 * either.
 */

#define N_MAX    64

enum way {
    NOT_IN_TURN,
    BY_ROUNDS,
    SUMMARISED, /* only the tool's mean and error */
};

struct step {
    enum way way;
    size_t processes, samples; /* processes per side, samples per process; 0
                                  processes: the end */
};

/* Each step has all the data of the previous step, and may have more. */
static const struct step ladders[][10] = {
    {{NOT_IN_TURN, 1, 1},
     {NOT_IN_TURN, 1, 2},
     {NOT_IN_TURN, 1, 3},
     {NOT_IN_TURN, 1, 4},
     {NOT_IN_TURN, 1, 5},
     {NOT_IN_TURN, 1, 8},
     {NOT_IN_TURN, 1, 20},
     {NOT_IN_TURN, 1, 60}},
    {{NOT_IN_TURN, 1, 1},
     {NOT_IN_TURN, 2, 1},
     {NOT_IN_TURN, 3, 1},
     {NOT_IN_TURN, 4, 1},
     {NOT_IN_TURN, 5, 1},
     {NOT_IN_TURN, 8, 1},
     {NOT_IN_TURN, 20, 1}},
    {{NOT_IN_TURN, 1, 20},
     {NOT_IN_TURN, 2, 20},
     {NOT_IN_TURN, 3, 20},
     {NOT_IN_TURN, 4, 20},
     {NOT_IN_TURN, 5, 20},
     {NOT_IN_TURN, 10, 20}},
    {{BY_ROUNDS, 1, 1},
     {BY_ROUNDS, 2, 1},
     {BY_ROUNDS, 3, 1},
     {BY_ROUNDS, 4, 1},
     {BY_ROUNDS, 5, 1},
     {BY_ROUNDS, 6, 1},
     {BY_ROUNDS, 7, 1},
     {BY_ROUNDS, 10, 1},
     {BY_ROUNDS, 28, 1}},
    {{SUMMARISED, 1, 60},
     {NOT_IN_TURN, 1, 60},
     {NOT_IN_TURN, 2, 60},
     {BY_ROUNDS, 3, 60},
     {BY_ROUNDS, 5, 60}},
    {{NOT_IN_TURN, 1, 5},
     {NOT_IN_TURN, 5, 5},
     {BY_ROUNDS, 5, 5},
     {BY_ROUNDS, 7, 5}},
};

struct suite {
    const char *metric;
    size_t benchmarks;
    double change;  /* of the first benchmark */
    double noise;   /* SD of a value */
    double percent; /* the limit; 0: the built-in one */
};

static void add_process(struct pfg_run *run, struct pfg_series *series,
                        const struct step *step, double level, double noise,
                        uint64_t *random)
{
    double values[N_MAX], mean = 0;
    struct pfg_piece *piece;

    for (size_t i = 0; i < step->samples; i++) {
        values[i] = level * exp(noise * random_normal(random));
        mean += values[i] / (double)step->samples;
    }
    piece = fixture_piece(run, series, values,
                          step->way == SUMMARISED ? 0 : step->samples);
    if (step->way == SUMMARISED) {
        piece->has_summary = true;
        piece->summary = pfg_summary_of(mean);
        piece->summary.error = mean * noise / sqrt((double)step->samples);
    }
    if (step->way != BY_ROUNDS) {
        run->processes.at[piece->process].round = 0;
    }
}

/* In every step a benchmark gets the same values, as many as the step has. */
static struct pfg_run *measure(const struct suite *suite,
                               const struct step *step, bool head)
{
    struct pfg_run *run = pfg_run_new();

    for (size_t i = 0; i < suite->benchmarks; i++) {
        uint64_t random = 2 * i + head;
        char name[32];
        struct pfg_series *series;

        snprintf(name, sizeof name, "B%zu", i);
        series = fixture_series(run, name, suite->metric, PFG_LOWER);
        for (size_t j = 0; j < step->processes; j++) {
            add_process(run, series, step,
                        1e-6 * (head && !i ? suite->change : 1), suite->noise,
                        &random);
        }
    }
    return run;
}

/* Whether the comparison finds the change and the gate fails. */
static bool is_called(const struct suite *suite, const struct step *step)
{
    struct pfg_run *base = measure(suite, step, false);
    struct pfg_run *head = measure(suite, step, true);
    struct pfg_report *report = fixture_judge(base, head, suite->percent);
    bool called = fixture_find(report, "B0")->verdict == PFG_REGRESSED;

    assert_int_equal(called ? PFG_GATE : report->status, report->status);
    pfg_report_free(report);
    pfg_run_free(base);
    pfg_run_free(head);
    return called;
}

static void climb(const struct suite *suite, const struct step *ladder)
{
    const struct step *first = NULL;

    for (size_t i = 0; i < PFG_COUNT(ladders[0]) && ladder[i].processes; i++) {
        const struct step *step = &ladder[i];
        bool called = is_called(suite, step);

        if (first && !called) {
            fail_msg("%s x%g, noise %g, %zu benchmarks, limit %g: called from "
                     "%zu x %zu values (%d), not from %zu x %zu (%d)",
                     suite->metric, suite->change, suite->noise,
                     suite->benchmarks, suite->percent, first->processes,
                     first->samples, first->way, step->processes, step->samples,
                     step->way);
        }
        first = first || !called ? first : step;
    }
}

static void climb_all(const char *metric, double noise, const double *changes,
                      size_t n)
{
    static const size_t sizes[] = {1, 8, 20};

    for (size_t i = 0; i < PFG_COUNT(ladders) * PFG_COUNT(sizes) * n * 2; i++) {
        const struct suite suite = {
            .metric = metric,
            .benchmarks = sizes[i / 2 % PFG_COUNT(sizes)],
            .change = changes[i / 2 / PFG_COUNT(sizes) % n],
            .noise = noise,
            .percent = i % 2 ? 10 : 0,
        };

        climb(&suite, ladders[i / 2 / PFG_COUNT(sizes) / n]);
    }
}

static void more_data_takes_no_call_of_a_quiet_change_back(void **state)
{
    static const double changes[] = {1.3, 1.5, 2, 5};
    (void)state;

    climb_all("time", 0.003, changes, PFG_COUNT(changes));
    climb_all("time", 0.01, changes, PFG_COUNT(changes));
}

static void more_data_takes_no_call_of_a_large_change_back(void **state)
{
    static const double changes[] = {3, 10};
    (void)state;

    climb_all("time", 0.03, changes, PFG_COUNT(changes));
}

static void more_runs_take_no_call_of_a_percentile_back(void **state)
{
    static const double changes[] = {2, 10};
    (void)state;

    climb_all("latency p99", 0.02, changes, PFG_COUNT(changes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_data_takes_no_call_of_a_quiet_change_back),
        cmocka_unit_test(more_data_takes_no_call_of_a_large_change_back),
        cmocka_unit_test(more_runs_take_no_call_of_a_percentile_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
