/*
 * Noise for the bench of verdicts: samples as benchmarks produce them on a
 * machine that is busy with other work.
 *
 * It is built to reproduce the columns of a table measured on real benchmarks
 * (14 Go benchmarks, 60 processes of 20 samples each, a busy machine; see
 * docs/verdict.md), which bench_noise_calibrate() prints beside the generated
 * ones:
 *
 * - Noise is added delay. A process is quiet throughout, disturbed throughout,
 *   or disturbed for a share of its samples that is uniform on (0, 1). Each
 *   kind has its own chances of these.
 * - A process has a delay of its own, log-normal; each disturbed sample takes
 *   that times a log-normal factor of its own. Both have a heavy right tail.
 * - Below that a process has an undisturbed level of its own (memory layout),
 *   normal, and each sample a little jitter, which only adds.
 *
 * Deviations are logs. "Shrunk" multiplies all of them by one factor per kind,
 * so that the mean of a process varies by 2.7 % between processes and the shape
 * stays the same, as on a hosted CI runner.
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
    /* Measured values, which the generator should reproduce. */
    double within, between_mean, between_median, level;
    /* Parameters of the generator. */
    double layout;    /* SD of a process' undisturbed level */
    double jitter;    /* mean jitter that a quiet sample adds */
    double delay;     /* median delay of a process */
    double disturbed; /* chance that a process is disturbed throughout */
    double partly;    /* chance that a process is disturbed for part of its
                         samples */
};

extern const struct bench_kind bench_kinds[BENCH_KINDS];

/* The state of one process of a benchmark. */
struct bench_process {
    const struct bench_kind *kind;
    double level, share, delay;
};

struct bench_process bench_process_new(const struct bench_kind *kind,
                                       uint64_t *random);
/* The log deviation of the process's next sample, before shrinking. */
double bench_process_sample(const struct bench_process *process,
                            uint64_t *random);

/* The factor that shrinks the deviations of a kind. */
double bench_kind_shrink(const struct bench_kind *kind);

/* Prints the generated columns beside the measured ones. */
void bench_noise_calibrate(void);

#endif
