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
 * The file's own limits are optional, and are read elsewhere: see
 * config/read_baseline_limits.h. `match` is optional, too: globs on identity
 * fields (arch, cpu, cpus, gpu; null if the field must be absent), for files
 * that are written by hand or shared by many similar machines.
 */
struct pfg_baseline_match {
    const char *field;
    const char *glob; /* NULL: the field must be absent */
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
    struct pfg_json_document *limits; /* NULL if the file has no limits */
};

/* Reads a file, which may contain comments. PFG_DATA with a position if it is
 * not a baseline, PFG_USAGE if its version is newer. The baseline owns its
 * runs; free them with pfg_baseline_release(). Their series have keys, and runs
 * without hardware get the file's. */
int pfg_baseline_read(struct pfg_baseline *out, const char *path,
                      struct pfg_arena *arena, struct pfg_error *err);
/* The same for the text of a file; `path` is its name in errors. */
int pfg_baseline_parse(struct pfg_baseline *out, struct pfg_slice text,
                       const char *path, struct pfg_arena *arena,
                       struct pfg_error *err);
void pfg_baseline_release(struct pfg_baseline *baseline);

/* Appends the file's text. */
void pfg_baseline_print(struct pfg_str *out,
                        const struct pfg_baseline *baseline);

/* Writes the file, and makes its folder. Runs keep their order and series are
 * sorted by key, so that two files differ only where their numbers do. */
int pfg_baseline_write(const struct pfg_baseline *baseline, const char *path,
                       struct pfg_error *err);

/* How well a baseline's hardware fits a profile: 0 if not at all, else more for
 * a more specific fit. That is the number of fields in `match`, which must all
 * hold (globs ignore case); the same fingerprint ranks above every `match`. */
int pfg_baseline_fits(const struct pfg_baseline *baseline,
                      const struct pfg_profile *profile);

/* The version of the format, and the names of the members that are the file's
 * own limits. */
#define PFG_BASELINE_VERSION 1
#define PFG_BASELINE_LIMITS  3
extern const char *const pfg_baseline_limits[PFG_BASELINE_LIMITS];

/* The *.json files of a folder, sorted; none if there is no such folder. */
int pfg_baseline_list(const char ***out, size_t *n, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
