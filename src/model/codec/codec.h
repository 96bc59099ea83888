#ifndef PFG_MODEL_CODEC_CODEC_H
#define PFG_MODEL_CODEC_CODEC_H

#include "model/profile.h"
#include "model/report.h"
#include "model/run.h"
#include "json/json.h"
#include "json/write.h"

/*
 * Writes the model as JSON and reads it back, with the same doubles. Readers
 * copy into the arena. They fail on wrong types and unknown keys (PFG_DATA,
 * with the place).
 */

/* A line with an object for each series and process, for `ingest --print`. */
void pfg_codec_print_run(struct pfg_str *out, const struct pfg_run *run);

/* {"name", "given", "fingerprint", "identity": {...}, "recorded": {...}} */
void pfg_codec_write_profile(struct pfg_json_writer *w, const char *key,
                             const struct pfg_profile *profile);
/* The same without braces and "recorded", to be part of an object. */
void pfg_codec_write_identity(struct pfg_json_writer *w,
                              const struct pfg_profile *profile);
/*
 * A whole run with its samples, as in baselines/<hardware>.json, but without
 * the id in the store and the keys of the series, which group/key.h derives:
 * `key` is "" after reading.
 *
 * Values are in base units. In a run written by hand a series may have only
 * "benchmark", "metric", "unit" and "value". The value is then in that unit
 * ("ms"), and without "better" the direction follows from unit and metric.
 */
void pfg_codec_write_run(struct pfg_json_writer *w, const char *key,
                         const struct pfg_run *run);
int pfg_codec_read_run(struct pfg_run **out,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *value,
                       struct pfg_error *err);

/*
 * A whole report, for `--report json`. Within a version fields are only added.
 * Optional fields are left out; all others are written, NAN as null, and are
 * required when a report is read.
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
/* From `text`, as pfg_json_parse_taking() takes it; the report is in an arena
 * of its own: pfg_arena_free(report->arena). PFG_DATA for bad JSON, for another
 * version, and with the place for an unknown, missing or wrong member. */
int pfg_codec_read_report(struct pfg_report **out, struct pfg_str *text,
                          const char *file, unsigned flags,
                          struct pfg_error *err);

#endif
