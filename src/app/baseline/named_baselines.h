#ifndef PFG_APP_BASELINE_NAMED_BASELINES_H
#define PFG_APP_BASELINE_NAMED_BASELINES_H

#include "app/baseline/search.h"

/*
 * Named baselines in the database: a name means some runs, on each hardware
 * profile others. Names are moved, never runs.
 */
struct pfg_names {
    struct pfg_search search; /* without a store: there is none to read */
    const char *hardware;     /* name of a profile; NULL: all */
    const char *folder;       /* of the files; NULL: as usual */
    struct pfg_named_baseline *list; /* of that hardware */
    size_t n;
};

enum pfg_names_access {
    PFG_NAMES_READ,  /* nothing to open is not an error */
    PFG_NAMES_WRITE, /* something that is there */
    PFG_NAMES_MAKE,
};

/* Opens the database (NULL: the usual one) and lists its names; *names is
 * zeroed except for hardware, folder, and the search's context and arena. To be
 * closed, also after an error. */
int pfg_names_open(struct pfg_names *names, const char *database,
                   enum pfg_names_access access, struct pfg_error *err);
void pfg_names_close(struct pfg_names *names);

/* Whether it can be the name of a baseline: PFG_USAGE. */
int pfg_names_check(const char *name, struct pfg_error *err);

/* Lists them anew. */
int pfg_names_refresh(struct pfg_names *names, struct pfg_error *err);

/* PFG_DATA, with the names that there are. */
int pfg_names_unknown(const struct pfg_names *names, const char *name,
                      struct pfg_error *err);

/* Prints a line for each baseline, in the database and in files. */
int pfg_names_list(struct pfg_names *names, struct pfg_error *err);

/* Prints what names mean and have meant, and what files hold; without words,
 * all. */
int pfg_names_show(struct pfg_names *names, const char *const *words, size_t n,
                   struct pfg_error *err);

#endif
