/*
 * Noise for the bench of verdicts: what samples of benchmarks look like on a
 * machine that other things run on.
 *
 * It was built to have the columns of a table measured on real benchmarks (14
 * Go benchmarks, 60 processes of 20 samples each, a busy machine; see
 * docs/verdict.md), which bench_noise_calibrate() prints beside its own:
 *
 * - Noise is added delay. A process is quiet throughout, disturbed
 *   throughout, or disturbed for a share of its samples that is uniform on
 *   (0, 1). The chance of each is the kind's.
 * - A process has one size of delay, log-normal; each disturbed sample takes
 *   that times a log-normal factor of its own. Both have a heavy right tail.
 * - Under that lies a process' own undisturbed level (memory layout), normal,
 *   and a little jitter of each sample, which only adds.
 *
 * Deviations are logs. "Shrunk" multiplies all of them by one factor a kind,
 * so that the mean of a process varies by 2.7 % between processes and the
 * shape stays: what a hosted CI runner is like.
 */
#ifndef PFG_TESTS_BENCH_NOISE_H
#define PFG_TESTS_BENCH_NOISE_H

#include <stddef.h>
#include <stdint.h>

#define BENCH_KINDS     14
#define BENCH_SHRUNK_CV 0.027

/* One kind of benchmark. */
struct bench_kind {
    const char *name;
    /* Measured: what the generator is to resemble. */
    double within, between_mean, between_median, level;
    /* The generator's. */
    double layout;    /* SD of a process' undisturbed level */
    double jitter;    /* mean of what a quiet sample adds */
    double delay;     /* median size of a process' delay */
    double disturbed; /* chance that a process is disturbed throughout */
    double partly;    /* chance that it is for a part of its samples */
};

extern const struct bench_kind bench_kinds[BENCH_KINDS];

/* The state of one process of a benchmark. */
struct bench_process {
    const struct bench_kind *kind;
    double level, share, delay;
};

struct bench_process bench_process_new(const struct bench_kind *kind,
                                       uint64_t *random);
/* The log deviation of its next sample, unshrunk. */
double bench_process_sample(const struct bench_process *process,
                            uint64_t *random);

/* What a kind's deviations are multiplied by when shrunk. */
double bench_kind_shrink(const struct bench_kind *kind);

/* Prints the generated columns beside the measured ones. */
void bench_noise_calibrate(void);

#endif
