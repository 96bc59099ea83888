#ifndef PFG_MODEL_CODEC_H
#define PFG_MODEL_CODEC_H

#include "json/json.h"
#include "json/write.h"
#include "model/profile.h"
#include "model/run.h"

/*
 * The model as JSON, both ways. Writing and reading back gives the same
 * doubles. Readers copy into the arena and fail with a place (PFG_DATA).
 */

/* One object a series and process, one a line: what `ingest --print` shows. */
void pfg_codec_print_run(struct pfg_str *out, const struct pfg_run *run);

/* {"name", "fingerprint", "identity": {...}, "recorded": {...}} */
void pfg_codec_write_profile(struct pfg_json_writer *w, const char *key,
                             const struct pfg_profile *profile);
int pfg_codec_read_profile(struct pfg_profile *out,
                           const struct pfg_json_document *document,
                           const struct pfg_json_value *value,
                           struct pfg_arena *arena, struct pfg_error *err);

/* A whole run, samples included: the shape of baselines/<hardware>.json. */
void pfg_codec_write_run(struct pfg_json_writer *w, const char *key,
                         const struct pfg_run *run);
int pfg_codec_read_run(struct pfg_run **out,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *value,
                       struct pfg_error *err);

#endif
