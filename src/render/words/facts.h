#ifndef PFG_RENDER_WORDS_FACTS_H
#define PFG_RENDER_WORDS_FACTS_H

#include "base/arena.h"
#include "model/report.h"

/*
 * The numbers behind a row's verdict, in words for readers who have not read
 * the manual: "limit" and "5%, the default". Plain text in the arena; empty
 * lines are left out.
 */
struct pfg_row_fact {
    const char *term, *text;
};

struct pfg_row_facts {
    struct pfg_row_fact *at;
    size_t n;
};

struct pfg_row_facts pfg_facts_of_row(const struct pfg_report *report,
                                      const struct pfg_report_row *row,
                                      struct pfg_arena *arena);

#endif
