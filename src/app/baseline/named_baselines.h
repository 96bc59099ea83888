#ifndef PFG_APP_BASELINE_NAMED_BASELINES_H
#define PFG_APP_BASELINE_NAMED_BASELINES_H

#include "app/baseline/search.h"

/*
 * Named baselines in the database: a name stands for some runs on each hardware
 * profile. Names are moved, never runs.
 */
struct pfg_names {
    struct pfg_search search; /* its store is NULL if there is none to read */
    const char *hardware;     /* only this profile; NULL: all */
    const char *folder;       /* folder of the files; NULL: the default */
    struct pfg_named_baseline *list; /* the names, on that hardware */
    size_t n;
};

enum pfg_names_access {
    PFG_NAMES_READ,  /* the database may be absent */
    PFG_NAMES_WRITE, /* the database must exist */
    PFG_NAMES_MAKE,
};

/* Opens the database (NULL: the default one) and lists its names. *names must
 * be zero except for hardware, folder, and the search's context and arena. Call
 * pfg_names_close() even on failure. */
int pfg_names_open(struct pfg_names *names, const char *database,
                   enum pfg_names_access access, struct pfg_error *err);
void pfg_names_close(struct pfg_names *names);

/* PFG_USAGE if `name` cannot be the name of a baseline. */
int pfg_names_check(const char *name, struct pfg_error *err);

/* Lists the names again. */
int pfg_names_refresh(struct pfg_names *names, struct pfg_error *err);

/* Always -1: PFG_DATA, with the existing names as a hint. */
int pfg_names_unknown(const struct pfg_names *names, const char *name,
                      struct pfg_error *err);

/* Prints a line for each baseline in the database and in files. */
int pfg_names_list(struct pfg_names *names, struct pfg_error *err);

/* Prints the runs of names, their history, and the contents of files; without
 * words, of all. */
int pfg_names_show(struct pfg_names *names, const char *const *words, size_t n,
                   struct pfg_error *err);

#endif
