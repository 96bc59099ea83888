#include "regime.h"

#include <math.h>

#include "base/arena.h"
#include "group/key.h"
#include "noise.h"
#include "random.h"

/* The delay of a burst as long as a window: its median, and the SD of its log
 * between bursts and between samples. */
#define BURST_DELAY  0.10
#define BURST_SPREAD 0.50
#define BURST_SMEAR  0.35

/* How much slower a hot loop is in each layout than in the best one: measured
 * on eight layouts of one C program (docs/verdict-measured.md). */
static const double layouts[] = {0.099, 0, 0.24, 0, 0.27, 0, 0.066, 0.69};

#define N_LAYOUTS PFG_COUNT(layouts)

const char *bench_layout_name(enum bench_layout layout)
{
    static const char *const names[BENCH_N_LAYOUTS] = {"replicated", "single",
                                                       "base first"};

    return names[layout];
}

/* --- suites --- */

static struct pfg_series *new_series(struct pfg_arena *arena, size_t number)
{
    struct pfg_series *series = pfg_arena_alloc(arena, sizeof *series);

    *series = (struct pfg_series){
        .suite = "bench",
        .benchmark = pfg_arena_printf(arena, "%zu", number),
        .metric = "time",
        .unit = "s",
        .better = PFG_LOWER,
    };
    series->key = pfg_key_make(arena, series);
    return series;
}

static struct pfg_piece new_piece(struct pfg_arena *arena, size_t process,
                                  size_t n)
{
    return (struct pfg_piece){
        .process = process,
        .number = process,
        .values = pfg_arena_new_array(arena, double, n),
        .n = n,
        .written_unit = "s",
        .error = "",
        .budget = "",
        .file = "bench",
    };
}

static struct pfg_run *new_run(enum bench_layout layout, size_t series,
                               size_t n)
{
    struct pfg_run *run = pfg_run_new();
    size_t processes = layout == BENCH_SINGLE ? 1 : n;

    for (size_t i = 0; i < processes; i++) {
        struct pfg_process process = {
            .round = layout == BENCH_ALTERNATING ? (long)i + 1 : 0};

        pfg_vec_push(&run->processes, run->arena, process);
    }
    for (size_t i = 0; i < series; i++) {
        struct pfg_series *one = new_series(run->arena, i);

        for (size_t j = 0; j < processes; j++) {
            pfg_vec_push(&one->pieces, run->arena,
                         new_piece(run->arena, j, n / processes));
        }
        pfg_vec_push(&run->series, run->arena, one);
    }
    return run;
}

struct bench_suite *bench_suite_new(enum bench_layout layout, size_t series,
                                    size_t n, const double *shrink)
{
    struct pfg_run *base = new_run(layout, series, n);
    struct bench_suite *suite = pfg_arena_alloc(base->arena, sizeof *suite);

    *suite = (struct bench_suite){
        layout, series, n, base, new_run(layout, series, n), shrink};
    return suite;
}

void bench_suite_free(struct bench_suite *suite)
{
    pfg_run_free(suite->head);
    pfg_run_free(suite->base); /* frees the suite as well */
}

void bench_suite_change(struct bench_suite *suite, size_t series, double factor)
{
    struct pfg_series *changed = suite->head->series.at[series];

    for (size_t i = 0; i < changed->pieces.n; i++) {
        for (size_t j = 0; j < changed->pieces.at[i].n; j++) {
            changed->pieces.at[i].values[j] *= factor;
        }
    }
}

size_t bench_suite_values(double *out, const struct pfg_run *run, size_t series)
{
    const struct pfg_series *from = run->series.at[series];
    size_t n = 0;

    for (size_t i = 0; i < from->pieces.n; i++) {
        for (size_t j = 0; j < from->pieces.at[i].n; j++) {
            out[n++] = from->pieces.at[i].values[j];
        }
    }
    return n;
}

/* --- noise --- */

/* What all series of a suite have in common. */
struct session {
    const struct bench_regime *regime;
    const struct bench_suite *suite;
    double slope;     /* of the drift, from start to end */
    uint64_t slow[2]; /* the machine of each process, one bit each */
    uint64_t *random;
};

/* When a sample was taken, from 0 to 1. */
static double moment(const struct bench_suite *suite, bool head, size_t i)
{
    double n = (double)suite->n, at = (double)i;

    return suite->layout == BENCH_ALTERNATING ? (2 * at + head) / (2 * n)
                                              : (head + at / n) / 2;
}

static double burst_sample(double size, uint64_t *random)
{
    return log1p(size * exp(BURST_SMEAR * random_normal(random)));
}

/* What all samples of a window have in common: one process of a series. */
struct window {
    struct bench_process process;
    double shift; /* of the session and the machine */
    double burst; /* delay of the burst it is in; 0: none */
};

/* What the layout of a build adds to a series. */
static double layout_of(const struct session *s, size_t series)
{
    double chance = s->regime->layout;

    return chance > 0 && random_uniform(s->random) < chance
               ? layouts[series % N_LAYOUTS]
               : 0;
}

static struct window open_window(const struct session *s, size_t series,
                                 bool head, size_t process, double shift)
{
    struct window window = {
        .process =
            bench_process_new(&bench_kinds[series % BENCH_KINDS], s->random),
        .shift = shift,
    };

    if (s->regime->rebuilt) {
        window.shift += layout_of(s, series);
    }
    if (s->slow[head] >> (process % 64) & 1) {
        window.shift += s->regime->classes;
    }
    if (random_uniform(s->random) < s->regime->burst) {
        window.burst =
            BURST_DELAY * exp(BURST_SPREAD * random_normal(s->random));
    }
    return window;
}

static double draw_sample(const struct session *s, size_t series,
                          const struct window *window)
{
    const struct bench_regime *regime = s->regime;
    double scale = regime->scale > 0 ? regime->scale
                                     : s->suite->shrink[series % BENCH_KINDS];
    double x = regime->independent > 0
                   ? regime->independent * random_normal(s->random)
                   : scale * bench_process_sample(&window->process, s->random);

    if (window->burst > 0) {
        x += burst_sample(window->burst, s->random);
    }
    return x + window->shift;
}

static void draw_side(const struct session *s, size_t series, double slope,
                      bool head)
{
    struct pfg_series *into =
        (head ? s->suite->head : s->suite->base)->series.at[series];
    double shift = s->regime->session * random_normal(s->random);
    size_t taken = 0;

    if (!s->regime->rebuilt) {
        shift += layout_of(s, series);
    }
    for (size_t i = 0; i < into->pieces.n; i++) {
        struct window window = open_window(s, series, head, i, shift);

        for (size_t j = 0; j < into->pieces.at[i].n; j++) {
            double x = draw_sample(s, series, &window) +
                       slope * moment(s->suite, head, taken++);

            into->pieces.at[i].values[j] = 1e-6 * (double)(series + 1) * exp(x);
        }
    }
}

void bench_suite_draw(struct bench_suite *suite,
                      const struct bench_regime *regime, uint64_t *random)
{
    struct session s = {.regime = regime, .suite = suite, .random = random};

    if (regime->classes > 0) {
        s.slow[0] = random_bits(random);
        s.slow[1] = random_bits(random);
    }
    s.slope = regime->drift * random_normal(random);
    for (size_t i = 0; i < suite->series; i++) {
        double slope = s.slope + 0.5 * regime->drift * random_normal(random);

        draw_side(&s, i, slope, false);
        draw_side(&s, i, slope, true);
    }
}
