#include "app/policy/stored_units.h"

#include "app/input/workspace.h"
#include "base/file.h"
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
            return pfg_fail_at(err, PFG_USAGE, rule->pos,
                               "the budget '%s' is %s, and '%s' of '%s' is "
                               "measured in '%s'",
                               rule->budget.text,
                               pfg_unit_dimension(rule->budget.unit),
                               series->metric, subject.label, series->unit);
        }
    }
    return 0;
}

static int check_run(const struct pfg_config *config, struct pfg_store *store,
                     long id, struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_run *run;
    int failed = 0;

    if (pfg_store_load(store, &run, id, err)) {
        return -1;
    }
    for (size_t i = 0; i < run->series.n && !failed; i++) {
        failed = check_series(config, run->series.at[i], run->profile.name,
                              arena, err);
    }
    pfg_run_free(run);
    return failed;
}

int pfg_stored_units_check(const struct pfg_config *config,
                           struct pfg_error *err)
{
    const struct pfg_run_query query = {.limit = NEWEST};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_store *store = NULL;
    struct pfg_vcs *vcs = NULL;
    struct pfg_run_info *runs;
    const char *path;
    size_t n = 0;
    int failed = pfg_workspace_open_vcs(&vcs, err);

    if (failed) {
        goto out;
    }
    path = pfg_workspace_database(NULL, vcs, arena);
    if (!pfg_file_exists(path)) {
        goto out;
    }
    failed = pfg_store_open_reading(&store, NULL, path, err) ||
             pfg_store_find(store, &runs, &n, &query, arena, err);
    for (size_t i = 0; i < n && !failed; i++) {
        failed = check_run(config, store, runs[i].id, arena, err);
    }
out:
    pfg_store_close(store);
    pfg_vcs_close(vcs);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}
