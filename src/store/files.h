#ifndef PFG_STORE_FILES_H
#define PFG_STORE_FILES_H

#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "model/run.h"

struct pfg_arena;
struct pfg_json_document;

/*
 * Baseline files: baselines/<hardware>.json, reviewed and committed like code.
 *
 *     { "perfgate": "baseline", "version": 1, "name": "main",
 *       "saved": "2026-11-21T07:49:48Z",
 *       "hardware": { "name": ..., "fingerprint": ..., "identity": ...,
 *                     "match": { "gpu": "*RTX 3080*" } },
 *       "threshold": 10, "thresholds": [ ... ], "targets": [ ... ],
 *       "runs": [ ... ] }
 *
 * Its own limits are optional, and not looked into here: see
 * config/read_baseline_limits.h. `match` is optional: globs on identity fields
 * (arch, cpu, cpus, gpu; null: has none) for files written by hand or shared by
 * many like machines.
 */
struct pfg_baseline_match {
    const char *field;
    const char *glob; /* NULL: must be absent */
};

struct pfg_baseline {
    const char *path;
    const char *name;
    pfg_time saved;
    struct pfg_profile profile;
    struct pfg_baseline_match *match;
    size_t n_match;
    struct pfg_run **runs;
    size_t n_runs;
    struct pfg_json_document *limits; /* where it has limits of its own */
};

/* Reads one; comments are fine. PFG_DATA with a place when it is not one,
 * PFG_USAGE when it is of a newer version. Runs belong to the baseline; see
 * pfg_baseline_release(). Their series have keys, and runs that do not say
 * what they were measured on are of the file's hardware. */
int pfg_baseline_read(struct pfg_baseline *out, const char *path,
                      struct pfg_arena *arena, struct pfg_error *err);
/* The same, of its text; `path` is what it is called. */
int pfg_baseline_parse(struct pfg_baseline *out, struct pfg_slice text,
                       const char *path, struct pfg_arena *arena,
                       struct pfg_error *err);
void pfg_baseline_release(struct pfg_baseline *baseline);

/* Appends the file's text. */
void pfg_baseline_print(struct pfg_str *out,
                        const struct pfg_baseline *baseline);

/* Makes the folder as well. Runs stay in order, series are sorted by key, so
 * that a difference between two files is one between their numbers. */
int pfg_baseline_write(const struct pfg_baseline *baseline, const char *path,
                       struct pfg_error *err);

/* How well a baseline's hardware fits: 0 not at all; else larger is more
 * specific: the number of fields in `match`, all of which must hold (globs
 * ignore case); the same fingerprint is above every match by rule. */
int pfg_baseline_fits(const struct pfg_baseline *baseline,
                      const struct pfg_profile *profile);

/* The version of the format, and the members that are a file's own limits. */
#define PFG_BASELINE_VERSION 1
#define PFG_BASELINE_LIMITS  3
extern const char *const pfg_baseline_limits[PFG_BASELINE_LIMITS];

/* The *.json files of a folder, sorted; none when it is not there. */
int pfg_baseline_list(const char ***out, size_t *n, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
