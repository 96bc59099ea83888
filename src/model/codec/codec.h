#ifndef PFG_MODEL_CODEC_CODEC_H
#define PFG_MODEL_CODEC_CODEC_H

#include "model/profile.h"
#include "model/report.h"
#include "model/run.h"
#include "json/json.h"
#include "json/write.h"

/*
 * The model as JSON, both ways. Writing and reading back gives the same
 * doubles. Readers copy into the arena and fail with a place (PFG_DATA): for
 * a wrong type, and for a key that they do not know.
 */

/* One object a series and process, one a line: what `ingest --print` shows. */
void pfg_codec_print_run(struct pfg_str *out, const struct pfg_run *run);

/* {"name", "given", "fingerprint", "identity": {...}, "recorded": {...}} */
void pfg_codec_write_profile(struct pfg_json_writer *w, const char *key,
                             const struct pfg_profile *profile);
/* The same without braces and "recorded", for an object that has more. */
void pfg_codec_write_identity(struct pfg_json_writer *w,
                              const struct pfg_profile *profile);
/*
 * A whole run, samples included: the shape of baselines/<hardware>.json. Left
 * out: the id in the store, and the keys of the series, which group/key.h
 * makes from the rest: `key` is "" after reading.
 *
 * Values are in base units. In a run written by hand a series may have just
 * "benchmark", "metric", "unit" and "value": the value is then in the unit as
 * written ("ms"), and the direction follows from unit and metric where
 * "better" is missing.
 */
void pfg_codec_write_run(struct pfg_json_writer *w, const char *key,
                         const struct pfg_run *run);
int pfg_codec_read_run(struct pfg_run **out,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *value,
                       struct pfg_error *err);

/*
 * A whole report: what `--report json` writes. Fields are only ever added
 * within a version. What can be absent is absent; all else is written whatever
 * its value, NAN as null, and must be there to be read.
 */
#define PFG_REPORT_VERSION 1
void pfg_codec_write_report(struct pfg_json_writer *w,
                            const struct pfg_report *report);
/* One row of it, as an object. */
void pfg_codec_write_report_row(struct pfg_json_writer *w, const char *key,
                                const struct pfg_report_row *row);
/* Compared profiles, as an object. */
void pfg_codec_write_why(struct pfg_json_writer *w, const char *key,
                         const struct pfg_why *why);
/* In an arena of its own: pfg_arena_free(report->arena). Another version is
 * PFG_DATA, as is an unknown, missing or wrong member, with its place. */
int pfg_codec_read_report(struct pfg_report **out,
                          const struct pfg_json_document *document,
                          struct pfg_error *err);

#endif
