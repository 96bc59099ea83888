#include "noise.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "random.h"
#include "stats/row/lower_quartile.h"
#include "stats/sample.h"

/* Spread of delays between processes and between samples, as SD of the log. */
#define SIZE_SPREAD  0.60
#define DELAY_SPREAD 0.40

/* clang-format off */
const struct bench_kind bench_kinds[BENCH_KINDS] = {
    {"Fib",           .094, .180, .187, .0063, .0046, .0070, .36, .10, .22},
    {"SortInts",      .093, .152, .159, .0072, .0052, .0080, .31, .08, .26},
    {"MapInsert",     .168, .234, .217, .1185, .1092, .0600, .47, .08, .34},
    {"MapLookupBig",  .106, .194, .218, .0474, .0414, .0240, .40, .10, .28},
    {"SHA256_1K",     .078, .148, .165, .0045, .0032, .0050, .30, .09, .23},
    {"JSONRoundtrip", .110, .148, .139, .0128, .0098, .0120, .32, .06, .33},
    {"Regexp",        .108, .143, .145, .0131, .0098, .0120, .32, .06, .33},
    {"ChanPingPong",  .092, .109, .113, .0160, .0121, .0180, .25, .05, .33},
    {"FileWriteRead", .100, .181, .193, .0228, .0172, .0200, .37, .10, .26},
    {"TreeAllocGC",   .104, .173, .150, .0170, .0138, .0160, .35, .08, .29},
    {"MatMul64",      .079, .133, .140, .0085, .0063, .0080, .28, .08, .26},
    {"TCPEcho",       .115, .099, .102, .0249, .0201, .0350, .27, .02, .40},
    {"Gzip4K",        .072, .139, .137, .0075, .0052, .0080, .28, .10, .22},
    {"MutexParallel", .134, .198, .250, .0682, .0575, .0450, .46, .07, .33},
};
/* clang-format on */

struct bench_process bench_process_new(const struct bench_kind *kind,
                                       uint64_t *random)
{
    struct bench_process process = {
        .kind = kind,
        .level = kind->layout * random_normal(random),
        .delay = kind->delay * exp(SIZE_SPREAD * random_normal(random)),
    };
    double which = random_uniform(random);

    if (which < kind->disturbed) {
        process.share = 1;
    } else if (which < kind->disturbed + kind->partly) {
        process.share = random_uniform(random);
    }
    return process;
}

double bench_process_sample(const struct bench_process *process,
                            uint64_t *random)
{
    double x =
        process->level - process->kind->jitter * log(random_uniform(random));

    if (random_uniform(random) < process->share) {
        x += log1p(process->delay * exp(DELAY_SPREAD * random_normal(random)));
    }
    return x;
}

/* --- calibration --- */

#define PROCESSES 60
#define SAMPLES   20
#define MACHINES  100 /* repetitions to average the columns over */

/* The columns of the table for one kind. */
struct columns {
    double within, mean, median, level, ratio;
};

static double robust_sd(double *x, size_t n)
{
    double middle = pfg_median(x, n);

    for (size_t i = 0; i < n; i++) {
        x[i] = fabs(x[i] - middle);
    }
    return 1.4826 * pfg_median(x, n);
}

static struct columns measure_machine(const struct bench_kind *kind,
                                      uint64_t *random)
{
    double means[PROCESSES], medians[PROCESSES], levels[PROCESSES];
    double x[SAMPLES], squares = 0;
    struct columns out;

    for (size_t i = 0; i < PROCESSES; i++) {
        struct bench_process process = bench_process_new(kind, random);

        for (size_t j = 0; j < SAMPLES; j++) {
            x[j] = bench_process_sample(&process, random);
        }
        pfg_sort(x, SAMPLES);
        means[i] = pfg_mean(x, SAMPLES);
        medians[i] = pfg_median_sorted(x, SAMPLES);
        levels[i] = pfg_lower_quartile(x, SAMPLES, SAMPLES).level;
        squares += pow(pfg_stddev(x, SAMPLES), 2);
    }
    out.within = sqrt(squares / PROCESSES);
    out.mean = pfg_stddev(means, PROCESSES);
    out.median = pfg_stddev(medians, PROCESSES);
    out.level = robust_sd(levels, PROCESSES);
    out.ratio = out.mean / (out.within / sqrt(SAMPLES));
    return out;
}

static struct columns measure_kind(const struct bench_kind *kind, uint64_t seed)
{
    struct columns sum = {0};

    for (size_t i = 0; i < MACHINES; i++) {
        struct columns one = measure_machine(kind, &seed);

        sum.within += one.within / MACHINES;
        sum.mean += one.mean / MACHINES;
        sum.median += one.median / MACHINES;
        sum.level += one.level / MACHINES;
        sum.ratio += one.ratio / MACHINES;
    }
    return sum;
}

double bench_kind_shrink(const struct bench_kind *kind)
{
    return BENCH_SHRUNK_CV / measure_kind(kind, 1).mean;
}

/* |difference| of two sides of ten processes without a change. */
#define SIDE  10
#define PAIRS 4000

struct side {
    double mean, median, level;
};

static struct side measure_side(const struct bench_kind *kind, bool interleaved,
                                uint64_t *random)
{
    struct bench_process process = bench_process_new(kind, random);
    double x[SIDE];

    for (size_t i = 0; i < SIDE; i++) {
        if (interleaved) {
            process = bench_process_new(kind, random);
        }
        x[i] = bench_process_sample(&process, random);
    }
    pfg_sort(x, SIDE);
    return (struct side){pfg_mean(x, SIDE), pfg_median_sorted(x, SIDE),
                         pfg_lower_quartile(x, SIDE, SIDE).level};
}

static void print_quantiles(const char *name, double *x, size_t n)
{
    pfg_sort(x, n);
    printf("  %s %.1f / %.1f / %.1f", name,
           100 * expm1(pfg_quantile_sorted(x, n, 0.5)),
           100 * expm1(pfg_quantile_sorted(x, n, 0.9)),
           100 * expm1(pfg_quantile_sorted(x, n, 0.99)));
}

static void print_differences(bool interleaved, const char *measured)
{
    static double mean[PAIRS], median[PAIRS], level[PAIRS];
    uint64_t random = 2;

    for (size_t i = 0; i < PAIRS; i++) {
        const struct bench_kind *kind = &bench_kinds[i % BENCH_KINDS];
        struct side a = measure_side(kind, interleaved, &random);
        struct side b = measure_side(kind, interleaved, &random);

        mean[i] = fabs(a.mean - b.mean);
        median[i] = fabs(a.median - b.median);
        level[i] = fabs(a.level - b.level);
    }
    printf("%s\n",
           interleaved ? "ten processes a side:" : "one process a side:");
    print_quantiles("mean", mean, PAIRS);
    print_quantiles("  median", median, PAIRS);
    print_quantiles("  L", level, PAIRS);
    printf("\n  (%s)\n", measured);
}

void bench_noise_calibrate(void)
{
    printf("Generated noise, and (measured on real benchmarks); logs\n"
           "%-14s %17s %17s %17s %17s %13s\n",
           "kind", "SD within", "SD of mean", "SD of median", "robust SD of L",
           "mean / SE");
    for (size_t i = 0; i < BENCH_KINDS; i++) {
        const struct bench_kind *kind = &bench_kinds[i];
        struct columns got = measure_kind(kind, 1);

        printf("%-14s %8.3f  (%.3f) %8.3f  (%.3f) %8.3f  (%.3f) %8.4f "
               "(%.4f) %6.1f  (%.1f)\n",
               kind->name, got.within, kind->within, got.mean,
               kind->between_mean, got.median, kind->between_median, got.level,
               kind->level, got.ratio,
               kind->between_mean / (kind->within / sqrt(SAMPLES)));
    }
    printf("\n|A/A difference| at n = 10 in %%, quantiles 50 / 90 / 99 %%, "
           "and (measured)\n");
    print_differences(false, "mean 6.8 / 37 / 83    median 3.8 / 38 / 82    "
                             "L 1.9 / 21 / 61");
    print_differences(true, "mean 5.7 / 15 / 24    median 1.4 / 6.1 / 24    "
                            "L 0.8 / 3.4 / 15");
}
