#include "config/keys.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "policy/policy.h"

struct walk {
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_report_policy_change) changes;
};

/* An entry of a list in the configuration, and its counterpart in the other
 * configuration. */
struct entry {
    const void *record;
    const char *what; /* "rules[parse, metric time]" */
    const char *values;
    const char *source;
    const struct entry *pair; /* NULL: only this side has it */
};

struct entries {
    struct entry *at;
    size_t n;
};

/* The record's key; NULL where the record does not set it. */
static const void *value_of(const struct pfg_config_record *type,
                            const void *record,
                            const struct pfg_config_key *key)
{
    const char *bytes = record;

    return !record || (key->bit &&
                       !(*(const unsigned *)(const void *)(bytes + type->sets) &
                         key->bit))
               ? NULL
               : bytes + key->offset;
}

static const char *text_at(const void *record, size_t offset)
{
    return offset == PFG_CONFIG_NO_PLACE
               ? ""
               : *(const char *const *)(const void *)((const char *)record +
                                                      offset);
}

/* The verdicts that fail the gate without `fail_on`. */
static unsigned usual_verdicts(void)
{
    const struct pfg_policy policy = pfg_policy_default();
    const struct pfg_limit limit = {.given = true};
    unsigned mask = 0;

    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        mask |= pfg_policy_fails(&policy, &limit, v) ? 1u << v : 0;
    }
    return mask;
}

/* The value in words; where none is set, the default that the top has instead.
 * A threshold has no default here, because only a written one is a gate for
 * what is unconfirmed (pfg_limit.given). */
static const char *words_of(struct walk *w,
                            const struct pfg_config_record *type,
                            const struct pfg_config_key *key, const void *at)
{
    unsigned usual;

    if (!at && type == &pfg_config_top && key->type == PFG_CONFIG_WORD) {
        return key->words[(size_t)key->absent];
    }
    if (!at && key->type == PFG_CONFIG_VERDICTS) {
        usual = usual_verdicts();
        at = &usual;
    }
    return at ? pfg_config_describe(key, at, w->arena) : "";
}

/* Whether this value is all of its record: the fields of a hardware name share
 * one list, and a rename has only its new name. */
static bool is_only(const struct pfg_config_key *key)
{
    return key->type == PFG_CONFIG_FIELD || !*key->name;
}

/* --- looser or tighter --- */

/* `of_more` is what more of it does. */
static enum pfg_policy_effect effect_of(enum pfg_policy_effect of_more,
                                        bool more, bool less)
{
    return of_more == PFG_POLICY_OTHER || more == less ? PFG_POLICY_OTHER
           : more == (of_more == PFG_POLICY_LOOSER)    ? PFG_POLICY_LOOSER
                                                       : PFG_POLICY_TIGHTER;
}

/* A value as a number; NAN: it is none. */
static double amount(const struct pfg_config_key *key, const void *at)
{
    const char *date;
    pfg_time time;

    switch (key->type) {
    case PFG_CONFIG_PERCENT:
        return at ? *(const double *)at : key->absent;
    case PFG_CONFIG_WORD:
        return at ? *(const int *)at : key->absent;
    case PFG_CONFIG_FLAG:
        return at && *(const bool *)at;
    case PFG_CONFIG_COUNT:
        return at ? (double)*(const size_t *)at : 0;
    case PFG_CONFIG_TEXT: /* a date; without one there is no end */
        date = at ? *(const char *const *)at : "";
        return !*date                                      ? INFINITY
               : pfg_time_parse(&time, pfg_slice_of(date)) ? NAN
                                                           : (double)time;
    default:
        return NAN;
    }
}

/* Whether the list `all`, "a,b,c", has every word of `some`. The word "strict"
 * stands for all words. */
static bool has_words(const char *all, const char *some)
{
    struct pfg_slice rest = pfg_slice_of(some);

    while (rest.len) {
        struct pfg_slice word = pfg_take_until(&rest, ',');
        struct pfg_slice others = pfg_slice_of(all);
        bool found = false;

        while (others.len && !found) {
            struct pfg_slice other = pfg_take_until(&others, ',');

            found = pfg_slice_eq(other, word) || pfg_slice_is(other, "strict");
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool is_within(const struct pfg_bound *inner,
                      const struct pfg_bound *outer)
{
    return !strcmp(inner->metric, outer->metric) &&
           pfg_bound_contains(outer, inner);
}

/* What replacing one value by another does; NULL is a value that is not set. */
static enum pfg_policy_effect effect_of_value(
    struct walk *w, const struct pfg_config_record *type,
    const struct pfg_config_key *key, const void *from, const void *to)
{
    const char *a, *b;

    switch (key->type) {
    case PFG_CONFIG_BOUND:
        return !from || !to ? effect_of(key->more, from && !to, false)
                            : effect_of(key->more, is_within(from, to),
                                        is_within(to, from));
    case PFG_CONFIG_VERDICTS:
    case PFG_CONFIG_NAMES:
        a = words_of(w, type, key, from);
        b = words_of(w, type, key, to);
        return effect_of(key->more, !has_words(a, b), !has_words(b, a));
    default:
        /* What holds where a rule sets nothing depends on the other rules. */
        if (!key->more || ((!from || !to) && type != &pfg_config_top)) {
            return PFG_POLICY_OTHER;
        }
        return effect_of(key->more, amount(key, to) > amount(key, from),
                         amount(key, to) < amount(key, from));
    }
}

/* What adding or removing an entry does. */
static enum pfg_policy_effect effect_of_entry(
    struct walk *w, const struct pfg_config_record *type,
    const struct entry *base, const struct entry *head)
{
    for (size_t i = 0; i < type->n_keys && !type->more; i++) {
        const struct pfg_config_key *key = &type->keys[i];

        if (effect_of_value(w, type, key,
                            base ? value_of(type, base->record, key) : NULL,
                            head ? value_of(type, head->record, key) : NULL) ==
            PFG_POLICY_LOOSER) {
            return PFG_POLICY_LOOSER;
        }
    }
    return effect_of(type->more, !base, !head);
}

/* --- the walk --- */

/* `from` or `to` is NULL where only the other side has it. */
static void add_change(struct walk *w, const char *what, const char *from,
                       const char *to, enum pfg_policy_effect effect,
                       const char *source)
{
    const char *value = to ? to : from;
    struct pfg_report_policy_change change = {
        .what = what,
        .from = from ? from : "",
        .to = to ? to : "",
        .added = !from,
        .removed = !to,
        .effect = effect,
        .source = to ? pfg_arena_strdup(w->arena, source) : "",
    };

    change.text =
        !from || !to
            ? pfg_arena_printf(w->arena, "%s%s%s (%s)", what, *value ? " " : "",
                               value, from ? "removed" : "new")
        : !*value ? pfg_arena_printf(w->arena, "%s changed", what)
                  : pfg_arena_printf(w->arena, "%s %s to %s", what, from, to);
    pfg_vec_push(&w->changes, w->arena, change);
}

/* What tells an entry from the others: "parse, metric time", the first key
 * without its name. */
static const char *names_of(struct walk *w,
                            const struct pfg_config_record *type,
                            const void *record)
{
    struct pfg_str text = pfg_str_in(w->arena);
    bool first = true;

    pfg_str_puts(&text, text_at(record, type->name_at));
    for (size_t i = 0; i < type->n_keys; i++) {
        const struct pfg_config_key *key = &type->keys[i];
        const char *words;

        if (!key->names) {
            continue;
        }
        words = words_of(w, type, key, value_of(type, record, key));
        if (*words) {
            pfg_str_printf(&text, "%s%s%s%s", text.len ? ", " : "",
                           first ? "" : key->name, first ? "" : " ", words);
        }
        first = false;
    }
    return text.len ? text.ptr : "*";
}

/* The rest of an entry: "limit <= 1.05, severity warn", without the values
 * that are as if they were not there. */
static const char *values_of(struct walk *w,
                             const struct pfg_config_record *type,
                             const void *record)
{
    struct pfg_str text = pfg_str_in(w->arena);

    for (size_t i = 0; i < type->n_keys; i++) {
        const struct pfg_config_key *key = &type->keys[i];
        const void *at = value_of(type, record, key);
        const struct pfg_config_list *list = key->record ? at : NULL;
        const char *words = words_of(w, type, key, at);

        for (size_t k = 0; list && k < list->n; k++) {
            const void *inner = (const char *)list->at + k * key->record->size;

            pfg_str_printf(&text, "%s%s[%s] %s", text.len ? ", " : "",
                           key->name, names_of(w, key->record, inner),
                           values_of(w, key->record, inner));
        }
        if (is_only(key)) {
            return words;
        }
        if (*words && !key->names && !key->silent &&
            (key->bit || amount(key, at) != 0)) {
            pfg_str_printf(&text, "%s%s %s", text.len ? ", " : "", key->name,
                           words);
        }
    }
    return text.ptr;
}

/* "formats[mine] values" */
static const char *within(struct walk *w, const char *path, const char *name)
{
    return pfg_arena_printf(w->arena, "%s%s%s", path, *path && *name ? " " : "",
                            name);
}

static struct entries entries_of(struct walk *w, const char *path,
                                 const struct pfg_config_key *key,
                                 const struct pfg_config_list *list)
{
    const struct pfg_config_record *type = key->record;
    const char *name = within(w, path, key->name);
    struct entries out = {.n = list ? list->n : 0};

    out.at = pfg_arena_new_array(w->arena, struct entry, out.n);
    for (size_t i = 0; i < out.n; i++) {
        const void *record = (const char *)list->at + i * type->size;

        out.at[i] = (struct entry){
            .record = record,
            .what = pfg_arena_printf(w->arena, "%s[%s]", name,
                                     names_of(w, type, record)),
            .values = values_of(w, type, record),
            .source = text_at(record, type->source),
        };
    }
    return out;
}

/* Pairs entries with the same names; with `same` also with the same values. */
static void pair(struct entries *base, struct entries *head, bool same)
{
    for (size_t i = 0; i < head->n; i++) {
        for (size_t j = 0; j < base->n && !head->at[i].pair; j++) {
            if (!base->at[j].pair &&
                !strcmp(base->at[j].what, head->at[i].what) &&
                (!same || !strcmp(base->at[j].values, head->at[i].values))) {
                head->at[i].pair = &base->at[j];
                base->at[j].pair = &head->at[i];
            }
        }
    }
}

static void compare_records(struct walk *w,
                            const struct pfg_config_record *type,
                            const void *base, const void *head,
                            const char *path, const char *source);

static void compare_lists(struct walk *w, const struct pfg_config_key *key,
                          const struct pfg_config_list *from,
                          const struct pfg_config_list *to, const char *path)
{
    const struct pfg_config_record *type = key->record;
    struct entries base = entries_of(w, path, key, from);
    struct entries head = entries_of(w, path, key, to);
    const struct entry *last = NULL;
    bool moved = false;

    /* Unchanged entries first: several may have the same names. */
    pair(&base, &head, true);
    pair(&base, &head, false);
    for (size_t i = 0; i < head.n; i++) {
        const struct entry *new = &head.at[i], *old = new->pair;

        if (!old) {
            add_change(w, new->what, NULL, new->values,
                       effect_of_entry(w, type, NULL, new), new->source);
            continue;
        }
        compare_records(w, type, old->record, new->record, new->what,
                        new->source);
        moved |= last && old < last;
        last = old;
    }
    for (size_t i = 0; i < base.n; i++) {
        if (!base.at[i].pair) {
            add_change(w, base.at[i].what, base.at[i].values, NULL,
                       effect_of_entry(w, type, &base.at[i], NULL), "");
        }
    }
    if (moved && key->type == PFG_CONFIG_RECORDS) {
        add_change(w,
                   pfg_arena_printf(w->arena, "order of %s",
                                    within(w, path, key->name)),
                   "", "", PFG_POLICY_OTHER, "");
    }
}

/* Key by key; NULL is a record that is not there. */
static void compare_records(struct walk *w,
                            const struct pfg_config_record *type,
                            const void *base, const void *head,
                            const char *path, const char *source)
{
    for (size_t i = 0; i < type->n_keys; i++) {
        const struct pfg_config_key *key = &type->keys[i];
        const void *from = value_of(type, base, key);
        const void *to = value_of(type, head, key);
        const char *a = words_of(w, type, key, from);
        const char *b = words_of(w, type, key, to);

        if (key->record) {
            compare_lists(w, key, from, to, path);
        } else if (!key->names && !key->silent && strcmp(a, b) != 0) {
            add_change(w, within(w, path, is_only(key) ? "" : key->name),
                       *a ? a : NULL, *b ? b : NULL,
                       effect_of_value(w, type, key, from, to), source);
        }
        if (is_only(key)) {
            return;
        }
    }
}

void pfg_config_changes(struct pfg_report_policy_change **out, size_t *n,
                        const struct pfg_config *base,
                        const struct pfg_config *head, struct pfg_arena *arena)
{
    struct walk w = {.arena = arena};

    compare_records(&w, &pfg_config_top, base, head, "", "");
    *out = w.changes.at;
    *n = w.changes.n;
}
