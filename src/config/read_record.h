#ifndef PFG_CONFIG_READ_RECORD_H
#define PFG_CONFIG_READ_RECORD_H

#include "config/keys.h"
#include "json/json.h"

/* From a JSON tree into records, by the table. Inside this folder only. */
struct pfg_config_reader {
    struct pfg_config *config;
    const struct pfg_json_document *document;
    const char *file; /* how places in it are called: "perfgate.json" */
    struct pfg_error *err;
};

/* Fills `out`, a record's struct, from an object. */
int pfg_config_record(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_record *record,
                      const struct pfg_json_value *object);

/* "perfgate.json:12". In the configuration's arena. */
const char *pfg_config_place(const struct pfg_config_reader *r,
                             const struct pfg_json_value *value);

#endif
