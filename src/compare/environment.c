#include "compare/environment.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/machine.h"
#include "policy/rule.h"

/* What differs between any two measurements and explains nothing. */
static const char *const of_the_moment[] = {
    "load", "mhz", "pressure", "steal", "throttled", "hostname",
};

static bool is_of_the_moment(const char *key)
{
    size_t n = PFG_COUNT(of_the_moment);

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

const char *pfg_environment_machines(const struct pfg_side *base,
                                     const struct pfg_side *head,
                                     struct pfg_arena *arena)
{
    struct pfg_machine before, now;
    const char *differs;

    if (!base->n || !head->n) {
        return "";
    }
    before = pfg_machine_said(base->runs[base->n - 1]->facts.at,
                              base->runs[base->n - 1]->facts.n);
    now = pfg_machine_said(head->runs[head->n - 1]->facts.at,
                           head->runs[head->n - 1]->facts.n);
    differs = pfg_machine_differs(&before, &now, " before, ", " now", arena);
    return differs
               ? pfg_arena_printf(arena,
                                  "different machines, which may explain any "
                                  "change: %s",
                                  differs)
               : "";
}

void pfg_environment_compare(struct pfg_notes *out, const struct pfg_side *base,
                             const struct pfg_side *head,
                             struct pfg_arena *arena)
{
    const struct pfg_run *before, *now;
    bool machines;

    if (!base->n || !head->n) {
        return;
    }
    before = base->runs[base->n - 1];
    now = head->runs[head->n - 1];
    machines = *pfg_environment_machines(base, head, arena) != '\0';
    if (strcmp(before->profile.fingerprint, now->profile.fingerprint)) {
        add_difference(out, "hardware", before->profile.name, now->profile.name,
                       arena);
    }
    for (size_t i = 0; i < now->profile.n_notes; i++) {
        const struct pfg_fact *note = &now->profile.notes[i];

        if (!is_of_the_moment(note->key)) {
            add_difference(out, note->key,
                           pfg_profile_note(&before->profile, note->key),
                           note->value, arena);
        }
    }
    for (size_t i = 0; i < now->facts.n; i++) {
        const struct pfg_fact *fact = &now->facts.at[i];

        if ((machines && pfg_machine_is_fact(fact->key)) ||
            !strncmp(fact->key, PFG_FACT_OF_PROCESS,
                     strlen(PFG_FACT_OF_PROCESS))) {
            continue;
        }
        add_difference(out, fact->key, pfg_run_fact(before, fact->key),
                       fact->value, arena);
    }
}

/* What must not differ, on its way: the words of what does. */
struct forbidding {
    const struct pfg_named_patterns *names;
    struct pfg_arena *arena;
    const char *found;
};

static bool is_named(const struct pfg_named_patterns *names, const char *key)
{
    for (size_t i = 0; i < names->n; i++) {
        if (!strcmp(names->at[i].name, "strict")
                ? !is_of_the_moment(key)
                : pfg_pattern_matches(names->at[i].pattern, key)) {
            return true;
        }
    }
    return false;
}

/* Load averages are never equal: one more process that runs all the time is
 * a difference. */
static bool differs(const char *key, const char *before, const char *now)
{
    double one, other;

    if (!before || !now || !strcmp(before, now)) {
        return false;
    }
    return strcmp(key, "load") != 0 ||
           pfg_number_parse(&one, pfg_slice_of(before), 0) ||
           pfg_number_parse(&other, pfg_slice_of(now), 0) ||
           fabs(one - other) >= 1;
}

static void forbid(struct forbidding *f, const char *key, const char *before,
                   const char *now)
{
    const char *words;

    if (!differs(key, before, now) || !is_named(f->names, key)) {
        return;
    }
    words =
        pfg_arena_printf(f->arena, "%s: %s before, %s now", key, before, now);
    if (!f->found) {
        f->found = words;
    } else if (!strstr(f->found, words)) {
        f->found = pfg_arena_printf(f->arena, "%s; %s", f->found, words);
    }
}

static void forbid_run(struct forbidding *f, const struct pfg_run *before,
                       const struct pfg_run *now)
{
    for (size_t i = 0; i < now->profile.n_notes; i++) {
        const struct pfg_fact *note = &now->profile.notes[i];

        forbid(f, note->key, pfg_profile_note(&before->profile, note->key),
               note->value);
    }
    for (size_t i = 0; i < now->facts.n; i++) {
        const struct pfg_fact *fact = &now->facts.at[i];

        forbid(f, fact->key, pfg_run_fact(before, fact->key), fact->value);
    }
}

const char *pfg_environment_forbidden(const struct pfg_policy *policy,
                                      const struct pfg_side *base,
                                      const struct pfg_side *head,
                                      struct pfg_arena *arena)
{
    struct forbidding f = {.names = policy->environment, .arena = arena};

    if (!f.names || !head->n) {
        return NULL;
    }
    for (size_t i = base->n; i-- > 0;) {
        forbid_run(&f, base->runs[i], head->runs[head->n - 1]);
    }
    return f.found
               ? pfg_arena_printf(
                     arena, "%s (\"environment\" requires it to be the same)",
                     f.found)
               : NULL;
}
