#include "model/run.h"

#include <string.h>

#include "model/codec/fields.h"

bool pfg_revision_is_commit(const char *id)
{
    return strlen(id) == 40 && !id[strspn(id, "0123456789abcdef")];
}

struct pfg_run *pfg_run_new(void)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run *run = pfg_arena_alloc(arena, sizeof *run);

    pfg_kind_clear(&pfg_kind_run, run);
    run->arena = arena;
    return run;
}

void pfg_run_free(struct pfg_run *run)
{
    if (run) {
        pfg_arena_free(run->shared);
        pfg_arena_free(run->arena);
    }
}

struct pfg_piece pfg_series_piece(const struct pfg_series *series, size_t i)
{
    const struct pfg_plain_pieces *plain = series->plain;
    double trials;

    if (!plain) {
        return series->pieces.at[i];
    }
    trials = plain->trials ? plain->trials[i] : 0;
    return (struct pfg_piece){
        .process = pfg_plain_process(plain, i),
        .number = i,
        .values = &plain->values[i],
        .n = 1,
        .written_unit = plain->written_unit,
        .events = trials * plain->values[i],
        .trials = trials,
        .error = "",
        .budget = "",
        .file = plain->file,
        .line = i ? 0 : plain->line,
    };
}

const char *pfg_run_fact(const struct pfg_run *run, const char *key)
{
    return pfg_fact_find(run->facts.at, run->facts.n, key);
}
