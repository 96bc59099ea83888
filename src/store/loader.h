#ifndef PFG_STORE_LOADER_H
#define PFG_STORE_LOADER_H

#include "base/map.h"
#include "store/pack/packs.h"
#include "store/parts.h"

/* What the files that load runs share. */

/* Series by their ids: runs that are loaded together have most of them in
 * common, and share their texts. */
struct pfg_known_series {
    struct pfg_map by_id, facts;
    struct pfg_arena *arena;
    struct pfg_series last;
};

struct pfg_loader {
    struct pfg_store *store;
    struct pfg_run *run;
    struct pfg_known_series *known;
    struct pfg_contents *contents;
    bool only_values, has_packs; /* see pfg_load_unchecked() */
    struct pfg_content content;
    /* The series whose pieces are being read: its pieces, without their values,
     * and the values of all of them. */
    struct pfg_loaded_series *series;
    size_t head; /* length of the series' part of the record */
    PFG_VEC(struct pfg_piece) pieces;
    PFG_VEC(double) values;
    struct pfg_piece piece; /* from the last row */
    struct pfg_unpacker pack;
    int64_t n_packs;
    struct pfg_error *err;
};

/* ---- load_run.c ---- */

/* Fails because this part of the run is damaged. */
int pfg_loader_damaged(struct pfg_loader *in, const char *what);

typedef int pfg_take_row(struct pfg_loader *, const struct pfg_columns *,
                         struct pfg_statement *);
/* Calls `take` with each row of a query, which selects `first` and the columns,
 * about the run (":run") or, if it is not NULL, about a list in JSON ("?"). 1
 * if there was a row. */
int pfg_loader_each_row(struct pfg_loader *in, const char *list,
                        const char *first, const struct pfg_columns *columns,
                        const char *rest, pfg_take_row *take);

/* ---- load_pieces.c ---- */

/* Loads the series and their pieces, once the run has its processes. */
int pfg_load_pieces(struct pfg_loader *in);

#endif
