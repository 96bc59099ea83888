#ifndef PFG_CONFIG_KEYS_H
#define PFG_CONFIG_KEYS_H

#include <stddef.h>

#include "config/config.h"
#include "model/report.h"
#include "json/json.h"

/*
 * The one description of perfgate.json: which keys there are, which values they
 * take, what they mean, and where they are stored. Inside this folder only.
 */
enum pfg_config_type {
    PFG_CONFIG_TEXT,     /* const char * */
    PFG_CONFIG_WORD,     /* int: which of `words` */
    PFG_CONFIG_PERCENT,  /* double: a fraction */
    PFG_CONFIG_FLAG,     /* bool */
    PFG_CONFIG_COUNT,    /* size_t, at least 1 */
    PFG_CONFIG_PATTERN,  /* const struct pfg_pattern * */
    PFG_CONFIG_PATTERNS, /* struct pfg_named_patterns: by name; null: absent */
    PFG_CONFIG_FIELD,    /* an entry of the struct pfg_named_patterns */
    PFG_CONFIG_QUANTITY, /* struct pfg_quantity */
    PFG_CONFIG_BOUND,    /* struct pfg_bound */
    PFG_CONFIG_VERDICTS, /* unsigned: 1 << verdict */
    PFG_CONFIG_RECORDS,  /* struct pfg_config_list of `record` */
    PFG_CONFIG_NAMED,    /* the same, from an object: by name */
    PFG_CONFIG_RENAMES,  /* struct pfg_config_list of struct pfg_rename */
    PFG_CONFIG_NAMES,    /* struct pfg_named_patterns: one glob or several */
    PFG_CONFIG_TEXTS,    /* struct pfg_texts: one or several */
    PFG_CONFIG_IGNORED,
    PFG_N_CONFIG_TYPES,
};

struct pfg_config_record;

struct pfg_config_key {
    const char *name; /* "env.*": every key with that beginning */
    enum pfg_config_type type;
    const char *help;
    size_t offset; /* within the record */
    unsigned bit;  /* for the record's `sets` */
    bool required;
    const char *const *words; /* ended by NULL */
    const struct pfg_config_record *record;
    /* For comparing two configurations. */
    enum pfg_policy_effect more; /* the effect of a larger value, if known */
    double absent; /* the default of a number, or of an index of `words` */
    bool names;    /* distinguishes its record from others */
    bool silent;   /* has no effect on a verdict */
};

/* An object with keys of its own. */
struct pfg_config_record {
    const char *name; /* "rule" */
    const struct pfg_config_key *keys;
    size_t n_keys;
    size_t size;
    /* Offsets of unsigned `sets`, const char *source, struct pfg_pos pos and
     * const char *name; NO_PLACE: it has none. */
    size_t sets, source, pos, name_at;
    enum pfg_policy_effect more; /* the effect of one more such record */
};

#define PFG_CONFIG_NO_PLACE ((size_t)-1)

/* The layout of all lists of records. */
struct pfg_config_list {
    const void *at;
    size_t n;
};

extern const struct pfg_config_record pfg_config_top;

/* The key of that name, or NULL. */
const struct pfg_config_key *pfg_config_key(
    const struct pfg_config_record *record, const char *name);

/* A value as it is written in the file: "5%", "< 8ms"; "" : none. In the
 * arena. */
const char *pfg_config_describe(const struct pfg_config_key *key,
                                const void *at, struct pfg_arena *arena);

/* An empty configuration of the file `path`. */
struct pfg_config *pfg_config_new(const char *path);

/* ---- from a JSON tree into records, by the table ---- */

struct pfg_config_reader {
    struct pfg_config *config;
    const struct pfg_json_document *document;
    const char *file; /* its name in positions: "perfgate.json" */
    struct pfg_error *err;
};

/* Fills `out`, a record's struct, from an object. */
int pfg_config_record(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_record *record,
                      const struct pfg_json_value *object);

/* Reads the value of one key into `out`, a struct of the record. */
int pfg_config_value(struct pfg_config_reader *r, void *out,
                     const struct pfg_config_record *record,
                     const struct pfg_config_key *key,
                     const struct pfg_json_value *value);

/* "perfgate.json:12". In the configuration's arena. */
const char *pfg_config_place(const struct pfg_config_reader *r,
                             const struct pfg_json_value *value);

#endif
