#include "config/changes.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "config/keys.h"
#include "policy/policy.h"

/*
 * A configuration, flattened: "core*" says "threshold" of 5 %. A record that
 * only makes sense as a whole (a ratio, an acceptance) is one fact.
 */
struct fact {
    const char *subject;
    const struct pfg_config_key *key;
    const struct pfg_config_record *whole; /* NULL: one key of it */
    const void *at;                        /* the value, or the whole record */
    const char *source;
    bool rule; /* later ones win over earlier ones */
    bool used;
    const struct fact *before; /* what it was in the base; NULL: new */
};

struct facts {
    const struct pfg_config *config; /* NULL: there is none */
    PFG_VEC(struct fact) list;
};

struct comparing {
    struct pfg_arena *arena;
    struct facts base, head;
    PFG_VEC(struct pfg_report_policy_change) changes;
};

/* --- flattening --- */

static const void *value_at(const void *record,
                            const struct pfg_config_key *key)
{
    return (const char *)record + key->offset;
}

static unsigned sets_of(const struct pfg_config_record *type,
                        const void *record)
{
    return type->sets == PFG_CONFIG_NO_PLACE
               ? 0
               : *(const unsigned *)(const void *)((const char *)record +
                                                   type->sets);
}

static const char *source_of(const struct pfg_config_record *type,
                             const void *record)
{
    return type->source == PFG_CONFIG_NO_PLACE
               ? ""
               : *(const char *const *)(const void *)((const char *)record +
                                                      type->source);
}

static void add_values(struct comparing *c, struct facts *facts,
                       const char *subject,
                       const struct pfg_config_record *type, const void *record)
{
    for (size_t i = 0; i < type->n_keys; i++) {
        const struct pfg_config_key *key = &type->keys[i];
        const void *at = value_at(record, key);

        if (key->bit
                ? sets_of(type, record) & key->bit
                : !key->names && !key->silent && key->type == PFG_CONFIG_TEXT &&
                      **(const char *const *)at) {
            struct fact fact = {
                .subject = subject,
                .key = key,
                .at = at,
                .source = source_of(type, record),
                .rule = type != &pfg_config_top,
            };

            /* One for times and one for sizes are two. */
            if (key->type == PFG_CONFIG_BOUND ||
                key->type == PFG_CONFIG_QUANTITY) {
                fact.subject = pfg_config_measure(subject, key, at, c->arena);
            }
            pfg_vec_push(&facts->list, c->arena, fact);
        }
    }
}

static void add_records(struct comparing *c, struct facts *facts,
                        const struct pfg_config_key *list, const void *at)
{
    const struct pfg_config_record *type = list->record;
    const struct pfg_config_list *records = at;

    for (size_t i = 0; i < records->n; i++) {
        const void *record = (const char *)records->at + i * type->size;
        const char *subject = pfg_config_subject(type, record, c->arena);
        struct fact whole = {
            .subject = subject,
            .key = list,
            .whole = type,
            .at = record,
            .source = source_of(type, record),
        };

        if (type->sets != PFG_CONFIG_NO_PLACE) {
            add_values(c, facts, subject, type, record);
        } else {
            pfg_vec_push(&facts->list, c->arena, whole);
        }
    }
}

static void add_renames(struct comparing *c, struct facts *facts,
                        const struct pfg_config_key *key)
{
    const struct pfg_config *config = facts->config;

    for (size_t i = 0; i < config->renames.n; i++) {
        struct fact fact = {
            .subject = pfg_arena_printf(c->arena, "rename of %s",
                                        config->renames.at[i].from),
            .key = key,
            .at = &config->renames.at[i],
            .source = "",
        };

        pfg_vec_push(&facts->list, c->arena, fact);
    }
}

static void flatten(struct comparing *c, struct facts *facts)
{
    const struct pfg_config_record *top = &pfg_config_top;

    if (!facts->config) {
        return;
    }
    add_values(c, facts, "", top, facts->config);
    for (size_t i = 0; i < top->n_keys; i++) {
        const struct pfg_config_key *key = &top->keys[i];
        const void *at = value_at(facts->config, key);

        if (key->record) {
            add_records(c, facts, key, at);
        } else if (key->type == PFG_CONFIG_RENAMES) {
            add_renames(c, facts, key);
        }
    }
}

/* --- what a change does --- */

static enum pfg_policy_effect opposite(enum pfg_policy_effect effect)
{
    return effect == PFG_POLICY_LOOSER    ? PFG_POLICY_TIGHTER
           : effect == PFG_POLICY_TIGHTER ? PFG_POLICY_LOOSER
                                          : PFG_POLICY_OTHER;
}

static enum pfg_policy_effect more_is(enum pfg_config_sense sense)
{
    return sense == PFG_MORE_IS_LOOSER    ? PFG_POLICY_LOOSER
           : sense == PFG_MORE_IS_TIGHTER ? PFG_POLICY_TIGHTER
                                          : PFG_POLICY_OTHER;
}

static enum pfg_policy_effect by_number(enum pfg_config_sense sense,
                                        double from, double to)
{
    return to > from   ? more_is(sense)
           : to < from ? opposite(more_is(sense))
                       : PFG_POLICY_OTHER;
}

/* Whether `outer` lets all through that `inner` does. */
static bool contains(const struct pfg_bound *outer,
                     const struct pfg_bound *inner)
{
    return (outer->lower < inner->lower ||
            (outer->lower == inner->lower &&
             (!outer->lower_open || inner->lower_open))) &&
           (outer->upper > inner->upper ||
            (outer->upper == inner->upper &&
             (!outer->upper_open || inner->upper_open)));
}

enum pfg_policy_effect pfg_config_bound_effect(const struct pfg_bound *from,
                                               const struct pfg_bound *to)
{
    bool wider, narrower;

    if (!from || !to) {
        return from ? PFG_POLICY_LOOSER
               : to ? PFG_POLICY_TIGHTER
                    : PFG_POLICY_OTHER;
    }
    if (!pfg_units_agree(from->unit, to->unit)) {
        return PFG_POLICY_OTHER;
    }
    wider = contains(to, from);
    narrower = contains(from, to);
    return wider == narrower ? PFG_POLICY_OTHER
           : wider           ? PFG_POLICY_LOOSER
                             : PFG_POLICY_TIGHTER;
}

/* An end: later is more, and none is the latest. */
static enum pfg_policy_effect by_end(enum pfg_config_sense sense,
                                     const char *from, const char *to)
{
    pfg_time a = 0, b = 0;

    if ((*from && pfg_time_parse(&a, pfg_slice_of(from))) ||
        (*to && pfg_time_parse(&b, pfg_slice_of(to)))) {
        return PFG_POLICY_OTHER;
    }
    return by_number(sense, *from ? (double)a : INFINITY,
                     *to ? (double)b : INFINITY);
}

/* The verdicts that fail the gate where nobody says which. */
static unsigned usual_verdicts(void)
{
    struct pfg_policy policy = pfg_policy_default();
    const struct pfg_limit limit = {.given = true};
    unsigned mask = 0;

    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        mask |= pfg_policy_fails(&policy, &limit, v) ? 1u << v : 0;
    }
    return mask;
}

static enum pfg_policy_effect by_verdicts(enum pfg_config_sense sense,
                                          unsigned from, unsigned to)
{
    enum pfg_policy_effect more = more_is(sense);

    return from == to            ? PFG_POLICY_OTHER
           : (from & to) == from ? more
           : (from & to) == to   ? opposite(more)
                                 : PFG_POLICY_OTHER;
}

/* Whether all that `some` names `all` names too. "strict" names everything. */
static bool names_all(const struct pfg_named_patterns *all,
                      const struct pfg_named_patterns *some)
{
    for (size_t i = 0; some && i < some->n; i++) {
        bool there = false;

        for (size_t j = 0; all && j < all->n; j++) {
            there |= !strcmp(all->at[j].name, some->at[i].name) ||
                     !strcmp(all->at[j].name, "strict");
        }
        if (!there) {
            return false;
        }
    }
    return true;
}

static enum pfg_policy_effect by_names(enum pfg_config_sense sense,
                                       const struct pfg_named_patterns *from,
                                       const struct pfg_named_patterns *to)
{
    bool fewer = names_all(from, to), more = names_all(to, from);

    return fewer == more ? PFG_POLICY_OTHER
           : more        ? more_is(sense)
                         : opposite(more_is(sense));
}

/* A value of a key that is not there is NULL. */
static enum pfg_policy_effect effect_of(const struct pfg_config_key *key,
                                        const void *from, const void *to,
                                        double absent)
{
    unsigned usual = usual_verdicts();

    switch (key->type) {
    case PFG_CONFIG_PERCENT:
        return by_number(key->sense, from ? *(const double *)from : absent,
                         to ? *(const double *)to : absent);
    case PFG_CONFIG_WORD:
        return by_number(key->sense, from ? *(const int *)from : absent,
                         to ? *(const int *)to : absent);
    case PFG_CONFIG_FLAG:
        return by_number(key->sense, from && *(const bool *)from,
                         to && *(const bool *)to);
    case PFG_CONFIG_COUNT:
        return by_number(key->sense,
                         from ? (double)*(const size_t *)from : absent,
                         to ? (double)*(const size_t *)to : absent);
    case PFG_CONFIG_QUANTITY:
        return by_number(
            key->sense,
            from ? ((const struct pfg_quantity *)from)->value : absent,
            to ? ((const struct pfg_quantity *)to)->value : absent);
    case PFG_CONFIG_BOUND:
        return pfg_config_bound_effect(from, to);
    case PFG_CONFIG_VERDICTS:
        return by_verdicts(key->sense, from ? *(const unsigned *)from : usual,
                           to ? *(const unsigned *)to : usual);
    case PFG_CONFIG_NAMES:
        return by_names(key->sense, from, to);
    case PFG_CONFIG_TEXT:
        return from && to && key->sense
                   ? by_end(key->sense, *(const char *const *)from,
                            *(const char *const *)to)
                   : PFG_POLICY_OTHER;
    default:
        return PFG_POLICY_OTHER;
    }
}

/* Of two records all keys together: looser in one is looser. */
static enum pfg_policy_effect effect_of_records(
    const struct pfg_config_record *type, const void *from, const void *to)
{
    bool tighter = false;

    for (size_t i = 0; i < type->n_keys; i++) {
        const struct pfg_config_key *key = &type->keys[i];
        enum pfg_policy_effect effect =
            key->names || key->silent
                ? PFG_POLICY_OTHER
                : effect_of(key, value_at(from, key), value_at(to, key), 0);

        if (effect == PFG_POLICY_LOOSER) {
            return effect;
        }
        tighter |= effect == PFG_POLICY_TIGHTER;
    }
    return tighter ? PFG_POLICY_TIGHTER : PFG_POLICY_OTHER;
}

/* Whether other rules of the configuration say something of the key: what a
 * value took the place of is then not known without the benchmarks. */
static bool said_elsewhere(const struct facts *facts, const struct fact *fact)
{
    for (size_t i = 0; i < facts->list.n; i++) {
        const struct fact *other = &facts->list.at[i];

        if (other->rule && other->key == fact->key &&
            strcmp(other->subject, fact->subject) != 0) {
            return true;
        }
    }
    return false;
}

/* What a rule's threshold replaces where no other rule speaks. */
static double absent_value(const struct facts *facts, const struct fact *fact)
{
    const struct pfg_config *config = facts->config;

    return fact->rule && fact->key->type == PFG_CONFIG_PERCENT && config &&
                   config->sets & PFG_CONFIG_THRESHOLD
               ? config->threshold
               : fact->key->absent;
}

/* Of one that only one side has; `there` is that side's, `without` the other
 * side. As if it was added. */
static enum pfg_policy_effect effect_of_one(const struct facts *without,
                                            const struct fact *there)
{
    enum pfg_policy_effect effect;

    if (there->whole) {
        return more_is(there->whole->sense);
    }
    effect =
        effect_of(there->key, NULL, there->at, absent_value(without, there));
    if (!there->rule && there->key->type == PFG_CONFIG_PERCENT &&
        effect == PFG_POLICY_OTHER) {
        /* What is unconfirmed fails where the limit was written. */
        return PFG_POLICY_TIGHTER;
    }
    return there->rule && effect == PFG_POLICY_TIGHTER &&
                   there->key->type != PFG_CONFIG_BOUND &&
                   said_elsewhere(without, there)
               ? PFG_POLICY_OTHER
               : effect;
}

/* --- comparing --- */

/* What holds where a key of the top is not there, in words. */
static const char *usual(struct comparing *c, const struct fact *there)
{
    const struct pfg_config_key *key = there->key;

    if (there->rule || there->whole) {
        return "";
    }
    return key->type == PFG_CONFIG_WORD ? key->words[(size_t)key->absent]
           : key->type == PFG_CONFIG_PERCENT
               ? pfg_config_describe(key, &key->absent, c->arena)
               : "";
}

static const char *words_of(struct comparing *c, const struct fact *fact)
{
    return fact->whole
               ? pfg_config_describe_record(fact->whole, fact->at, c->arena)
               : pfg_config_describe(fact->key, fact->at, c->arena);
}

static const char *what_of(struct comparing *c, const struct fact *fact)
{
    if (fact->whole || fact->key->type == PFG_CONFIG_RENAMES) {
        return fact->subject;
    }
    return pfg_arena_printf(c->arena, "%s%s%s", fact->subject,
                            *fact->subject ? " " : "", fact->key->name);
}

static struct fact *counterpart(struct facts *facts, const struct fact *fact)
{
    for (size_t i = 0; i < facts->list.n; i++) {
        struct fact *other = &facts->list.at[i];

        if (!other->used && other->key == fact->key &&
            !strcmp(other->subject, fact->subject)) {
            return other;
        }
    }
    return NULL;
}

static const char *phrase(const struct pfg_report_policy_change *change,
                          struct pfg_arena *arena)
{
    const char *value = change->added ? change->to : change->from;
    bool replaced = *change->from && *change->to;

    if (replaced || (!change->added && !change->removed)) {
        return pfg_arena_printf(arena, "%s %s to %s", change->what,
                                *change->from ? change->from : "nothing",
                                *change->to ? change->to : "nothing");
    }
    return pfg_arena_printf(arena, "%s%s%s (%s)", change->what,
                            *value ? " " : "", value,
                            change->added ? "new" : "removed");
}

static void add_change(struct comparing *c, const struct fact *from,
                       const struct fact *to)
{
    const struct fact *one = to ? to : from;
    struct pfg_report_policy_change change = {
        .what = what_of(c, one),
        .from = from ? words_of(c, from) : usual(c, one),
        .to = to ? words_of(c, to) : usual(c, one),
        .added = !from,
        .removed = !to,
        .source = to ? pfg_arena_strdup(c->arena, to->source) : "",
    };

    if (from && to) {
        if (!strcmp(change.from, change.to)) {
            return;
        }
        change.effect = to->whole
                            ? effect_of_records(to->whole, from->at, to->at)
                            : effect_of(to->key, from->at, to->at, 0);
    } else {
        change.effect = to ? effect_of_one(&c->base, to)
                           : opposite(effect_of_one(&c->head, from));
        if (*change.from && !strcmp(change.from, change.to)) {
            if (change.effect == PFG_POLICY_OTHER) {
                return; /* what holds anyway was written down */
            }
            *(to ? &change.from : &change.to) = "";
        }
    }
    change.text = phrase(&change, c->arena);
    pfg_vec_push(&c->changes, c->arena, change);
}

/* Whether rules that say something of the same key, before the i-th of the
 * head, came after it in the base. */
static bool overtook(const struct facts *head, size_t i)
{
    const struct fact *fact = &head->list.at[i];

    for (size_t j = i; fact->rule && fact->before && j-- > 0;) {
        const struct fact *earlier = &head->list.at[j];

        if (earlier->rule && earlier->key == fact->key && earlier->before) {
            return earlier->before > fact->before;
        }
    }
    return false;
}

void pfg_config_changes(struct pfg_report_policy_change **out, size_t *n,
                        const struct pfg_config *base,
                        const struct pfg_config *head, struct pfg_arena *arena)
{
    struct comparing c = {
        .arena = arena, .base.config = base, .head.config = head};
    bool moved = false;

    flatten(&c, &c.base);
    flatten(&c, &c.head);
    for (size_t i = 0; i < c.head.list.n; i++) {
        struct fact *to = &c.head.list.at[i];
        struct fact *from = counterpart(&c.base, to);

        if (from) {
            from->used = true;
            to->before = from;
            moved |= overtook(&c.head, i);
        }
        add_change(&c, from, to);
    }
    for (size_t i = 0; i < c.base.list.n; i++) {
        if (!c.base.list.at[i].used) {
            add_change(&c, &c.base.list.at[i], NULL);
        }
    }
    if (moved) {
        const struct pfg_report_policy_change order = {
            .what = "the order of the rules",
            .from = "",
            .to = "",
            .text = "the order of the rules",
            .source = "",
        };

        pfg_vec_push(&c.changes, arena, order);
    }
    *out = c.changes.at;
    *n = c.changes.n;
}
