#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "store/store.h"
#include "store_help.h"

/* Everything that a store contains, as sorted lines. */
static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *joined(const char **lines, size_t n, struct pfg_arena *arena)
{
    struct pfg_str text;
    const char *copy;

    qsort(lines, n, sizeof *lines, compare_lines);
    pfg_str_init(&text, 0);
    for (size_t i = 0; i < n; i++) {
        pfg_str_printf(&text, "%s\n", lines[i]);
    }
    copy = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return copy;
}

static const char *content_of(struct pfg_store *store, long id,
                              struct pfg_arena *arena)
{
    struct pfg_run_query query = {0};
    struct pfg_error err = {0};
    struct pfg_run_info *infos;
    size_t n, i = 0;

    assert_ok(pfg_store_find(store, &infos, &n, &query, arena, &err), err);
    while (i + 1 < n && infos[i].id != id) {
        i++;
    }
    return infos[i].content;
}

#define MAX_LINES 1000

static const char *dump(struct pfg_store *store, struct pfg_arena *arena)
{
    const char **lines = pfg_arena_new_array(arena, const char *, MAX_LINES);
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_named_baseline *names;
    struct pfg_baseline_change *changes;
    struct pfg_error err = {0};
    size_t n, n_lines = 0;

    assert_ok(pfg_store_find(store, &infos, &n, &query, arena, &err), err);
    for (size_t i = 0; i < n; i++) {
        lines[n_lines++] = pfg_arena_printf(arena, "run %s", infos[i].content);
    }
    assert_ok(pfg_store_baseline_list(store, &names, &n, arena, &err), err);
    for (size_t i = 0; i < n; i++) {
        size_t n_ids;
        long *ids;

        assert_ok(pfg_store_baseline_get(store, &ids, &n_ids, names[i].name,
                                         names[i].fingerprint, arena, &err),
                  err);
        for (size_t j = 0; j < n_ids; j++) {
            lines[n_lines++] = pfg_arena_printf(
                arena, "name %s %s %lld %s", names[i].name,
                names[i].fingerprint, (long long)names[i].saved,
                content_of(store, ids[j], arena));
        }
    }
    assert_ok(
        pfg_store_baseline_changes(store, &changes, &n, NULL, arena, &err),
        err);
    for (size_t i = 0; i < n; i++) {
        lines[n_lines++] = pfg_arena_printf(
            arena, "change %s %s %lld %s %s %zu", changes[i].name,
            changes[i].fingerprint, (long long)changes[i].time, changes[i].how,
            changes[i].revision, changes[i].n_runs);
    }
    assert_true(n_lines <= MAX_LINES);
    return joined(lines, n_lines, arena);
}

static struct pfg_store *scratch(void)
{
    struct pfg_store *store;
    struct pfg_error err = {0};

    assert_ok(pfg_store_open_scratch(&store, &err), err);
    return store;
}

/* An empty store, on the server if SERVER is set. */
static struct pfg_store *new_store(void)
{
    static int n;
    char path[PATH_SIZE], name[16], folder[] = "/merge";
    void *state = folder;
    struct pfg_store *store;
    struct pfg_error err = {0};

    if (!getenv("SERVER")) {
        return scratch();
    }
    snprintf(name, sizeof name, "%d", n++);
    database_in(path, &state, name);
    assert_ok(pfg_store_open(&store, path, true, &err), err);
    return store;
}

/* A run from a small set, so that the stores have many in common. Some have a
 * known input, two of these with different contents. */
static void add_some_run(struct pfg_store *store, uint64_t *rng)
{
    long which = (long)(random_below(rng, 8)),
         time = (long)(random_below(rng, 3));
    struct pfg_run *run =
        small_run(which % 2 ? "a" : "b", which % 3 ? 4 : 8, time + 1,
                  (double)(random_below(rng, 2) + 1));
    enum pfg_stored became;
    struct pfg_error err = {0};

    run->digest =
        which < 5 ? pfg_arena_printf(run->arena, "digest%ld", which) : "";
    assert_ok(pfg_store_add(store, &became, &run, 1, &err), err);
    pfg_run_free(run);
}

static void change_some_name(struct pfg_store *store, uint64_t *rng)
{
    const char *name = random_below(rng, 2) ? "release" : "nightly";
    pfg_time time = (pfg_time)(random_below(rng, 4) + 1);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_run_query query = {.limit = 1 + (long)(random_below(rng, 3))};
    struct pfg_run_info *infos;
    struct pfg_error err = {0};
    long ids[3];
    size_t n;

    if (random_below(rng, 4) == 0) {
        assert_ok(pfg_store_baseline_delete(store, &n, name, NULL, time, &err),
                  err);
    } else {
        assert_ok(pfg_store_find(store, &infos, &n, &query, arena, &err), err);
        for (size_t i = 0; i < n; i++) {
            ids[i] = infos[i].id;
        }
        assert_ok(
            n ? pfg_store_baseline_set(store, name, time, "saved", ids, n, &err)
              : 0,
            err);
    }
    pfg_arena_free(arena);
}

static struct pfg_store *some_store(struct pfg_store *store, uint64_t *rng)
{
    for (size_t i = random_below(rng, 8); i-- > 0;) {
        add_some_run(store, rng);
    }
    for (size_t i = random_below(rng, 4); i-- > 0;) {
        change_some_name(store, rng);
    }
    return store;
}

static void merge(struct pfg_store *into, struct pfg_store *const *from,
                  size_t n)
{
    struct pfg_merged merged[3];
    struct pfg_error err = {0};

    assert_ok(pfg_store_merge(into, merged, from, n, &err), err);
}

static void the_order_of_a_merge_does_not_matter(void **state)
{
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const int rounds = getenv("SERVER") ? 2 : 60; /* a server is slower */
    uint64_t rng = 4;

    (void)state;
    for (int round = 0; round < rounds; round++) {
        struct pfg_arena *arena = pfg_arena_new();
        struct pfg_store *from[3];
        const char *first = NULL;

        for (size_t i = 0; i < 3; i++) {
            from[i] = some_store(i % 2 ? scratch() : new_store(), &rng);
        }
        for (size_t i = 0; i < PFG_COUNT(orders); i++) {
            const size_t *o = orders[i];
            struct pfg_store *ordered[] = {from[o[0]], from[o[1]], from[o[2]]};
            struct pfg_store *at_once = new_store(), *singly = new_store();

            merge(at_once, ordered, 3);
            merge(singly, ordered, 1);
            merge(singly, ordered + 1, 2);
            first = first ? first : dump(at_once, arena);
            assert_string_equal(dump(at_once, arena), first);
            assert_string_equal(dump(singly, arena), first);
            /* Merging everything again adds nothing. */
            merge(singly, &at_once, 1);
            merge(singly, ordered, 3);
            assert_string_equal(dump(singly, arena), first);
            pfg_store_close(at_once);
            pfg_store_close(singly);
        }
        for (size_t i = 0; i < 3; i++) {
            pfg_store_close(from[i]);
        }
        pfg_arena_free(arena);
    }
}

static void twins_stay_twins(void **state)
{
    struct pfg_store *one = scratch(), *other = new_store();
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_merged merged;
    struct pfg_error err = {0};
    struct pfg_arena *arena = pfg_arena_new();
    size_t n;

    (void)state;
    /* Two equal values from a pipe are two observations, in one store or in
     * two. */
    for (int i = 0; i < 3; i++) {
        struct pfg_run *run = small_run("a", 4, 1, 1);
        enum pfg_stored became;

        assert_ok(pfg_store_add(i < 2 ? one : other, &became, &run, 1, &err),
                  err);
        pfg_run_free(run);
    }
    assert_ok(pfg_store_merge(other, &merged, &one, 1, &err), err);
    assert_int_equal(merged.n_added, 1);
    assert_int_equal(merged.n_there, 1);
    assert_ok(pfg_store_find(other, &infos, &n, &query, arena, &err), err);
    assert_int_equal(n, 2);
    pfg_store_close(one);
    pfg_store_close(other);
    pfg_arena_free(arena);
}

static void what_a_baseline_names_is_never_removed(void **state)
{
    struct pfg_store *store = new_store();
    struct pfg_store_stats stats;
    struct pfg_error err = {0};
    long ids[3];
    size_t n;

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct pfg_run *run = small_run(i ? "a" : "b", 4 + i, i + 1, 1);
        enum pfg_stored became;

        assert_ok(pfg_store_add(store, &became, &run, 1, &err), err);
        ids[i] = run->id;
        pfg_run_free(run);
    }
    ids[2] = 99;
    assert_ok(pfg_store_baseline_set(store, "main", 1, "saved", ids, 1, &err),
              err);
    assert_ok(pfg_store_remove(store, &n, ids, 3, &err), err);
    assert_int_equal(n, 1);
    assert_ok(pfg_store_stats(store, &stats, &err), err);
    assert_int_equal(stats.n_runs, 1);
    assert_int_equal(stats.n_revisions, 1);
    assert_int_equal(stats.n_profiles, 1);
    assert_int_equal(stats.n_series, 1);
    assert_ok(pfg_store_baseline_delete(store, &n, "main", NULL, 2, &err), err);
    assert_ok(pfg_store_remove(store, &n, ids, 3, &err), err);
    assert_int_equal(n, 1);
    assert_ok(pfg_store_stats(store, &stats, &err), err);
    assert_int_equal(stats.n_runs, 0);
    assert_int_equal(stats.n_series, 0);
    pfg_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_a_merge_does_not_matter),
        cmocka_unit_test(twins_stay_twins),
        cmocka_unit_test(what_a_baseline_names_is_never_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
