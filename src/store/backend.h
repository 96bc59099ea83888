#ifndef PFG_STORE_BACKEND_H
#define PFG_STORE_BACKEND_H

#include "store/store.h"

/*
 * To add a store: one `const struct pfg_store_backend pfg_store_<name>` and a
 * line in backends.h. What each function does stands in store.h, at the one of
 * the same name. What is opened begins with a `struct pfg_store`.
 */
struct pfg_store_backend {
    const char *name;
    bool (*claims)(const char *path); /* "postgres://..." */
    __typeof__(pfg_store_open) *open;
    __typeof__(pfg_store_open_reading) *open_reading;
    __typeof__(pfg_store_open_scratch) *open_scratch;
    __typeof__(pfg_store_close) *close; /* never of NULL */
    __typeof__(pfg_store_add) *add;
    __typeof__(pfg_store_find) *find;
    __typeof__(pfg_store_load) *load;
    __typeof__(pfg_store_revisions) *revisions;
    __typeof__(pfg_store_series) *series;
    __typeof__(pfg_store_history) *history;
    __typeof__(pfg_store_verdicts_add) *verdicts_add;
    __typeof__(pfg_store_verdicts) *verdicts;
    __typeof__(pfg_store_baseline_set) *baseline_set;
    __typeof__(pfg_store_baseline_get) *baseline_get;
    __typeof__(pfg_store_baseline_list) *baseline_list;
    __typeof__(pfg_store_baseline_changes) *baseline_changes;
    __typeof__(pfg_store_baseline_note) *baseline_note;
    __typeof__(pfg_store_baseline_delete) *baseline_delete;
    __typeof__(pfg_store_merge) *merge; /* all of this backend */
    __typeof__(pfg_store_remove) *remove;
    __typeof__(pfg_store_removed) *removed;
    __typeof__(pfg_store_compact) *compact;
    __typeof__(pfg_store_stats) *stats;
    __typeof__(pfg_store_check) *check;
    __typeof__(pfg_store_repair) *repair;
};

struct pfg_store {
    const struct pfg_store_backend *backend;
};

#endif
