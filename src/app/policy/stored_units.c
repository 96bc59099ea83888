#include "app/policy/stored_units.h"

#include "app/input/workspace.h"
#include "base/error.h"
#include "group/key.h"
#include "policy/rule.h"
#include "store/store.h"

/* One CI job may store a run for each of its tools. */
#define NEWEST 10

static int check_series(const struct pfg_config *config,
                        const struct pfg_series *series, const char *hardware,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_subject subject = {series, pfg_key_label(arena, series),
                                  hardware};

    for (size_t i = 0; i < config->rules.n; i++) {
        const struct pfg_rule *rule = &config->rules.at[i];

        if (pfg_rule_matches(rule, &subject) &&
            pfg_rule_has_budget(rule, series) &&
            !pfg_units_agree(rule->budget.unit, series->unit)) {
            return pfg_fail_at(
                err, PFG_USAGE, rule->pos,
                "the budget '%s' is %s, but '%s' of '%s' is measured in '%s'",
                rule->budget.text, pfg_unit_dimension(rule->budget.unit),
                series->metric, subject.label, series->unit);
        }
    }
    return 0;
}

/* Opens the database; *out is NULL if there is none, or if a server's is empty.
 */
static int open_store(struct pfg_store **out, const char *database,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_error why = {0};

    *out = NULL;
    if (pfg_workspace_find_database(&database, database, arena, err)) {
        return -1;
    }
    if (pfg_store_exists(database) &&
        pfg_store_open_reading(out, NULL, database, &why) &&
        why.code != PFG_DATA) {
        *err = why;
        return -1;
    }
    return 0;
}

int pfg_stored_units_check(const struct pfg_config *config,
                           const char *database, struct pfg_error *err)
{
    const struct pfg_run_query query = {.limit = NEWEST};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_store *store;
    struct pfg_run_info *runs;
    struct pfg_run *loaded[NEWEST] = {0};
    long ids[NEWEST];
    size_t n = 0;
    int failed = open_store(&store, database, arena, err);

    if (!failed && store) {
        failed = pfg_store_find(store, &runs, &n, &query, arena, err);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = runs[i].id;
    }
    failed =
        failed || (n && pfg_store_load_list(store, loaded, ids, n, true, err));
    for (size_t i = 0; i < n && !failed; i++) {
        for (size_t j = 0; j < loaded[i]->series.n && !failed; j++) {
            failed = check_series(config, loaded[i]->series.at[j],
                                  loaded[i]->profile.name, arena, err);
        }
    }
    for (size_t i = 0; i < n; i++) {
        pfg_run_free(loaded[i]);
    }
    pfg_store_close(store);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

static int refuse_name(const struct pfg_stored_series *all, size_t n,
                       const struct pfg_pattern *pattern,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    const char *name = pfg_pattern_text(pattern), *meant;
    const char **names = pfg_arena_new_array(arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        names[i] = all[i].series.benchmark;
    }
    meant = pfg_suggest(name, names, n);
    pfg_fail(err, PFG_USAGE, "no stored benchmark is named '%s'", name);
    return meant ? pfg_hint(err, "did you mean '%s'?", meant)
                 : pfg_hint(err, "use a name as shown in reports, such as '%s'",
                            names[0]);
}

int pfg_stored_names_check(const struct pfg_pattern *pattern,
                           const char *database, struct pfg_error *err)
{
    const struct pfg_rule rule = {.benchmark = pattern};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_stored_series *all = NULL;
    struct pfg_store *store;
    size_t n = 0, i = 0;
    int failed = open_store(&store, database, arena, err);

    if (!failed && store) {
        failed = pfg_store_series(store, NULL, &all, &n, arena, err);
    }
    while (!failed && i < n) {
        struct pfg_subject subject = {&all[i].series,
                                      pfg_key_label(arena, &all[i].series), ""};

        if (pfg_rule_matches(&rule, &subject)) {
            break;
        }
        i++;
    }
    if (!failed && n && i == n) {
        failed = refuse_name(all, n, pattern, arena, err);
    }
    pfg_store_close(store);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}
