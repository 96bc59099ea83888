#include "compare/environment.h"

#include <string.h>

#include "base/arena.h"

/* What differs between any two measurements and explains nothing. */
static const char *const of_the_moment[] = {
    "load", "mhz", "pressure", "steal", "throttled", "hostname",
};

static bool is_of_the_moment(const char *key)
{
    size_t n = sizeof of_the_moment / sizeof *of_the_moment;

    for (size_t i = 0; i < n; i++) {
        if (!strcmp(key, of_the_moment[i])) {
            return true;
        }
    }
    return false;
}

static void add_difference(struct pfg_notes *out, const char *key,
                           const char *before, const char *now,
                           struct pfg_arena *arena)
{
    /* A baseline file by hand may say nothing of its machine. */
    if (before && now && *before && strcmp(before, now)) {
        pfg_vec_push(&out->lines, arena,
                     (const char *)pfg_arena_printf(
                         arena, "%s: %s before, %s now", key, before, now));
    }
}

void pfg_environment_compare(struct pfg_notes *out,
                             const struct pfg_side *base,
                             const struct pfg_side *head,
                             struct pfg_arena *arena)
{
    const struct pfg_run *before, *now;

    if (!base->n || !head->n) {
        return;
    }
    before = base->runs[base->n - 1];
    now = head->runs[head->n - 1];
    if (strcmp(before->profile.fingerprint, now->profile.fingerprint)) {
        add_difference(out, "hardware", before->profile.name,
                       now->profile.name, arena);
    }
    for (size_t i = 0; i < now->profile.n_notes; i++) {
        const struct pfg_profile_note *note = &now->profile.notes[i];

        if (!is_of_the_moment(note->key)) {
            add_difference(out, note->key,
                           pfg_profile_note(&before->profile, note->key),
                           note->value, arena);
        }
    }
    for (size_t i = 0; i < now->facts.n; i++) {
        const struct pfg_fact *fact = &now->facts.at[i];

        if (!strncmp(fact->key, PFG_FACT_OF_PROCESS,
                     strlen(PFG_FACT_OF_PROCESS))) {
            continue;
        }
        add_difference(out, fact->key, pfg_run_fact(before, fact->key),
                       fact->value, arena);
    }
}
