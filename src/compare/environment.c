#include "compare/environment.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/machine.h"
#include "policy/rule.h"

/* Facts that differ between any two measurements and explain nothing. */
static const char *const of_the_moment[] = {
    "load", "mhz", "pressure", "steal", "throttled", "hostname",
};

static bool is_of_the_moment(const char *key)
{
    for (size_t i = 0; i < PFG_COUNT(of_the_moment); i++) {
        if (!strcmp(key, of_the_moment[i])) {
            return true;
        }
    }
    return false;
}

static const char *difference(const char *key, const char *before,
                              const char *now, struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s: %s before, %s now", key, before, now);
}

/* --- notes --- */

static void note(struct pfg_notes *out, const char *key, const char *before,
                 const char *now, struct pfg_arena *arena)
{
    /* A hand-written baseline file may say nothing about its machine. */
    if (before && now && *before && strcmp(before, now)) {
        pfg_vec_push(&out->lines, arena, difference(key, before, now, arena));
    }
}

const char *pfg_environment_machines(const struct pfg_side *base,
                                     const struct pfg_side *head,
                                     struct pfg_arena *arena)
{
    struct pfg_machine before, now;
    const struct pfg_run *run;
    const char *differs;

    if (!base->n || !head->n) {
        return "";
    }
    run = base->runs[base->n - 1];
    before = pfg_machine_said(run->facts.at, run->facts.n);
    run = head->runs[head->n - 1];
    now = pfg_machine_said(run->facts.at, run->facts.n);
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
        note(out, "hardware", before->profile.name, now->profile.name, arena);
    }
    for (size_t i = 0; i < now->profile.n_notes; i++) {
        const struct pfg_fact *fact = &now->profile.notes[i];

        if (!is_of_the_moment(fact->key)) {
            note(out, fact->key, pfg_profile_note(&before->profile, fact->key),
                 fact->value, arena);
        }
    }
    for (size_t i = 0; i < now->facts.n; i++) {
        const char *key = now->facts.at[i].key;

        if (!(machines && pfg_machine_is_fact(key)) &&
            !pfg_slice_starts(pfg_slice_of(key), PFG_FACT_OF_PROCESS)) {
            note(out, key, pfg_run_fact(before, key), now->facts.at[i].value,
                 arena);
        }
    }
}

/* --- what is forbidden --- */

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

/* Two load averages are never equal. They differ if one more process was
 * running all the time. */
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

/* Facts about a machine or a tool. */
struct facts {
    const struct pfg_fact *at;
    size_t n;
};

static struct facts notes_of(const struct pfg_run *run)
{
    return (struct facts){run->profile.notes, run->profile.n_notes};
}

static struct facts facts_of(const struct pfg_run *run)
{
    return (struct facts){run->facts.at, run->facts.n};
}

/* Adds what differs to `found`, each difference once. */
static const char *add_forbidden(const char *found,
                                 const struct pfg_named_patterns *names,
                                 struct facts before, struct facts now,
                                 struct pfg_arena *arena)
{
    for (size_t i = 0; i < now.n; i++) {
        const char *key = now.at[i].key, *words;
        const char *was = pfg_fact_find(before.at, before.n, key);

        if (!differs(key, was, now.at[i].value) || !is_named(names, key)) {
            continue;
        }
        words = difference(key, was, now.at[i].value, arena);
        if (!found || !strstr(found, words)) {
            found =
                found ? pfg_arena_printf(arena, "%s; %s", found, words) : words;
        }
    }
    return found;
}

const char *pfg_environment_forbidden(const struct pfg_policy *policy,
                                      const struct pfg_side *base,
                                      const struct pfg_side *head,
                                      struct pfg_arena *arena)
{
    const struct pfg_named_patterns *names = policy->environment;
    const struct pfg_run *now = head->n ? head->runs[head->n - 1] : NULL;
    const char *found = NULL;

    for (size_t i = base->n; names && now && i-- > 0;) {
        found = add_forbidden(found, names, notes_of(base->runs[i]),
                              notes_of(now), arena);
        found = add_forbidden(found, names, facts_of(base->runs[i]),
                              facts_of(now), arena);
    }
    return found ? pfg_arena_printf(
                       arena, "%s (\"environment\" requires it to be the same)",
                       found)
                 : NULL;
}
