#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "compare/comparing.h"
#include "group/key.h"
#include "json/write.h"

#define CPUS        "cpus" /* the suffix of Go's names */
#define SUITE       "suite:"
#define MAX_ENTRIES 40    /* of a note */
#define MAX_PAIRS   20000 /* of names to compare */

/* A benchmark that only one side has. */
struct lone {
    const struct pfg_series *series;
    struct lone *partner;
    size_t n_alike; /* on its own side, with the same bare name */
};

struct lones {
    PFG_VEC(struct lone *) all;
    struct pfg_map known; /* by benchmark */
    struct pfg_map alike; /* by bare name */
};

struct renaming {
    struct lones gone, came;
    struct pfg_arena *arena;
};

/* Suffixes by which google-benchmark tells how a benchmark was run. */
static const char *const suffixes[] = {
    "/repeats:", "/min_time:", "/min_warmup_time:", "/iterations:",
    "/threads:", "/real_time", "/process_time",     "/manual_time",
};

/* Parameters that tell how a tool was run, not what it measured. */
static const char *const run_params[] = {
    CPUS,       "threads", "connections", "concurrency", "clients", "users",
    "duration", "jobs",    "pipelining",  "rate",        "mode",    "forks",
};

static bool is_run_param(const char *key)
{
    for (size_t i = 0; i < PFG_COUNT(run_params); i++) {
        if (!strcmp(key, run_params[i])) {
            return true;
        }
    }
    return false;
}

/* "127.0.0.1:8080" in "http://127.0.0.1:8080/search"; empty: there is none. */
static struct pfg_slice address_of(struct pfg_slice name)
{
    size_t at = pfg_slice_find(name, "://");
    struct pfg_slice rest = pfg_slice_from(name, at < name.len ? at + 3 : at);

    return pfg_slice_first(rest, pfg_slice_find_byte(rest, '/'));
}

/* The name without those suffixes. */
static struct pfg_slice stem_of(const char *name)
{
    struct pfg_slice stem = pfg_slice_of(name);
    size_t slash;
    bool found = true;

    while (found) {
        found = false;
        slash = pfg_slice_find_last_byte(stem, '/');
        for (size_t i = 0; i < PFG_COUNT(suffixes); i++) {
            found |= slash && slash < stem.len &&
                     pfg_slice_starts(pfg_slice_from(stem, slash), suffixes[i]);
        }
        stem = found ? pfg_slice_first(stem, slash) : stem;
    }
    return stem;
}

static const char *suffix_of(const struct pfg_series *series)
{
    return series->benchmark + stem_of(series->benchmark).len;
}

/* "" if there is none, except that Go does not print one core, "1". */
static const char *param_of(const struct pfg_series *series, const char *key)
{
    const char *value = pfg_fact_find(series->params, series->n_params, key);

    return value ? value : !strcmp(key, CPUS) ? "1" : "";
}

/* The identity of a benchmark without how and where it was run. */
static struct pfg_slice bare_name(const struct pfg_series *series,
                                  struct pfg_arena *arena)
{
    struct pfg_series bare = *series;

    struct pfg_slice stem = stem_of(series->benchmark);
    struct pfg_slice address = address_of(stem);

    bare.benchmark =
        address.len
            ? pfg_arena_printf(arena, "%.*s%s", (int)(address.ptr - stem.ptr),
                               stem.ptr, address.ptr + address.len)
            : pfg_arena_slice(arena, stem);
    bare.params = pfg_arena_new_array(arena, struct pfg_fact, series->n_params);
    bare.n_params = 0;
    for (size_t i = 0; i < series->n_params; i++) {
        if (!is_run_param(series->params[i].key)) {
            bare.params[bare.n_params++] = series->params[i];
        }
    }
    return pfg_pool_benchmark(&bare, arena);
}

/* Adds the benchmark of a series that only one side has, unless the other side
 * has some other metric of it. */
static void add_lone(struct lones *out, const struct pfg_pooled *pooled,
                     const struct pfg_pool *other, struct pfg_arena *arena)
{
    struct lone *lone;
    void **place;

    if (pfg_map_find(&other->benchmarks, pooled->benchmark) ||
        pfg_map_find(&out->known, pooled->benchmark)) {
        return;
    }
    lone = pfg_arena_alloc(arena, sizeof *lone);
    lone->series = pooled->series;
    *pfg_map_at(&out->known, pooled->benchmark) = lone;
    pfg_vec_push(&out->all, arena, lone);
    place = pfg_map_at(&out->alike, bare_name(pooled->series, arena));
    *place = *place ? *place : lone;
    ((struct lone *)*place)->n_alike++;
}

/* Pairs benchmarks whose bare name is the same, and unique on its side. */
static void pair_alike(struct renaming *r)
{
    for (size_t i = 0; i < r->gone.alike.n; i++) {
        struct lone *gone = r->gone.alike.entries[i].value;
        void **place =
            pfg_map_find(&r->came.alike, r->gone.alike.entries[i].key);
        struct lone *came = place ? *place : NULL;

        if (came && gone->n_alike == 1 && came->n_alike == 1) {
            gone->partner = came;
            came->partner = gone;
        }
    }
}

/* --- similar names --- */

/* The name without the prefix that a tool's convention demands, which makes no
 * two names similar. */
static const char *without_custom(const char *name)
{
    static const char *const customs[] = {"Benchmark", "BM_", "bench_",
                                          "test_"};
    struct pfg_slice rest = pfg_slice_of(name);

    for (size_t i = 0; i < PFG_COUNT(customs); i++) {
        if (pfg_take(&rest, customs[i])) {
            break;
        }
    }
    return rest.ptr;
}

/* Names that differ only in digits are different sizes of the input: "n=100"
 * and "n=1000". */
static bool differ_in_digits(const char *a, const char *b)
{
    while (*a || *b) {
        a += strspn(a, "0123456789");
        b += strspn(b, "0123456789");
        if (*a != *b) {
            return false;
        }
        a += *a != '\0';
        b += *b != '\0';
    }
    return true;
}

static bool same_place(const struct pfg_series *a, const struct pfg_series *b,
                       struct pfg_arena *arena)
{
    struct pfg_series moved = *a;

    moved.benchmark = b->benchmark;
    return pfg_slice_eq(pfg_pool_benchmark(&moved, arena),
                        pfg_pool_benchmark(b, arena));
}

static struct lone *similar_to(const struct renaming *r,
                               const struct lone *gone)
{
    const char *name = without_custom(gone->series->benchmark);
    const char **names =
        pfg_arena_new_array(r->arena, const char *, r->came.all.n);
    const char *best;
    size_t n = 0;

    for (size_t i = 0; i < r->came.all.n; i++) {
        const struct lone *came = r->came.all.at[i];

        if (!came->partner &&
            same_place(gone->series, came->series, r->arena) &&
            !differ_in_digits(name, without_custom(came->series->benchmark))) {
            names[n++] = without_custom(came->series->benchmark);
        }
    }
    best = pfg_suggest(name, names, n);
    for (size_t i = 0; best && i < r->came.all.n; i++) {
        if (without_custom(r->came.all.at[i]->series->benchmark) == best) {
            return r->came.all.at[i];
        }
    }
    return NULL;
}

/* --- the notes --- */

/* Entries of "renames", as in perfgate.json, each once. */
struct entries {
    struct pfg_map map; /* from -> const char *, to */
};

static void add_entry(struct entries *entries, const char *from, const char *to)
{
    void **place = pfg_map_at(&entries->map, pfg_slice_of(from));

    *place = *place ? *place : (void *)(uintptr_t)to;
}

static void note(struct pfg_notes *notes, const char *what,
                 const struct entries *entries, struct pfg_arena *arena)
{
    size_t n = entries->map.n, shown = n < MAX_ENTRIES ? n : MAX_ENTRIES;
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text};

    pfg_str_init(&text, 0);
    pfg_str_printf(&text, "%s, add to perfgate.json: \"renames\": ", what);
    pfg_json_begin(&w, NULL, '{');
    for (size_t i = 0; i < shown; i++) {
        pfg_json_put_string(&w, entries->map.entries[i].key.ptr,
                            entries->map.entries[i].value);
    }
    pfg_json_end(&w, '}');
    if (shown < n) {
        pfg_str_printf(&text, ", and %zu more like these", n - shown);
    }
    pfg_vec_push(&notes->lines, arena,
                 (const char *)pfg_arena_slice(arena, pfg_str_slice(&text)));
    pfg_str_free(&text);
}

static const char *benchmarks(size_t n, struct pfg_arena *arena)
{
    return n == 1 ? "1 benchmark differs"
                  : pfg_arena_printf(arena, "%zu benchmarks differ", n);
}

/* Notes benchmarks that were run with other parameters. */
static void note_params(struct pfg_notes *notes, const struct renaming *r)
{
    struct entries entries;
    bool cores = true;
    size_t n = 0;

    pfg_map_init(&entries.map, r->arena);
    for (size_t i = 0; i < r->gone.all.n; i++) {
        const struct lone *gone = r->gone.all.at[i];
        size_t known = n;

        for (size_t k = 0; gone->partner && k < PFG_COUNT(run_params); k++) {
            const char *key = run_params[k];
            const char *was = param_of(gone->series, key);
            const char *is = param_of(gone->partner->series, key);

            if (strcmp(was, is) != 0 && *was && *is) {
                cores = cores && !strcmp(key, CPUS);
                add_entry(&entries,
                          pfg_arena_printf(r->arena, "%s=%s", key, was),
                          pfg_arena_printf(r->arena, "%s=%s", key, is));
                n = known + 1;
            }
        }
    }
    if (n) {
        note(notes,
             pfg_arena_printf(
                 r->arena,
                 "%s only in %s (%s before, %s now): measure both %s; or, to "
                 "compare them anyway",
                 benchmarks(n, r->arena),
                 cores ? "the number of cores" : "how the tool was run",
                 entries.map.entries[0].key.ptr,
                 (const char *)entries.map.entries[0].value,
                 cores ? "with the same number ('go test -cpu N')" : "alike"),
             &entries, r->arena);
    }
}

/* Notes benchmarks with other suffixes of google-benchmark, or with another
 * address of the server. */
static void note_names(struct pfg_notes *notes, const struct renaming *r,
                       bool addresses)
{
    struct entries entries;
    struct pfg_slice from = {0}, to = {0};

    pfg_map_init(&entries.map, r->arena);
    for (size_t i = 0; i < r->gone.all.n; i++) {
        const struct pfg_series *gone = r->gone.all.at[i]->series, *came;
        struct pfg_slice was, is;

        if (!r->gone.all.at[i]->partner) {
            continue;
        }
        came = r->gone.all.at[i]->partner->series;
        was = addresses ? address_of(pfg_slice_of(gone->benchmark))
                        : pfg_slice_of(suffix_of(gone));
        is = addresses ? address_of(pfg_slice_of(came->benchmark))
                       : pfg_slice_of(suffix_of(came));
        if (!pfg_slice_eq(was, is)) {
            from = was;
            to = is;
            add_entry(&entries, gone->benchmark, came->benchmark);
        }
    }
    if (entries.map.n) {
        note(
            notes,
            pfg_arena_printf(
                r->arena,
                "%s only in %s (%.*s before, %.*s now): to compare them anyway",
                benchmarks(entries.map.n, r->arena),
                addresses ? "the address of the server"
                          : "google-benchmark's run options",
                PFG_SLICE(from.len ? from : PFG_LIT("nothing")),
                PFG_SLICE(to.len ? to : PFG_LIT("nothing"))),
            &entries, r->arena);
    }
}

/* Counts the benchmarks of a suite of the base, and returns how many of them a
 * suite of the head has. */
static size_t shared(size_t *all, const struct pfg_pool *base,
                     struct pfg_slice suite, const struct pfg_pool *head,
                     struct pfg_slice other, struct pfg_arena *arena)
{
    size_t n = 0;

    *all = 0;
    for (size_t i = 0; i < base->benchmarks.n; i++) {
        struct pfg_slice label = base->benchmarks.entries[i].key;

        if (!pfg_slice_eq(pfg_take_until(&label, '\x1f'), suite)) {
            continue;
        }
        ++*all;
        n += pfg_map_find(&head->benchmarks,
                          pfg_slice_of(pfg_arena_printf(
                              arena, "%.*s\x1f%.*s", PFG_SLICE(other),
                              PFG_SLICE(label)))) != NULL;
    }
    return n;
}

/* Notes suites that are gone, but most of whose benchmarks a new suite has. */
static void note_suites(struct pfg_notes *notes, const struct pfg_pool *base,
                        const struct pfg_pool *head, struct pfg_arena *arena)
{
    struct entries entries;
    size_t all;

    pfg_map_init(&entries.map, arena);
    if (base->benchmarks.n > MAX_PAIRS / (head->suites.n + 1)) {
        return;
    }
    for (size_t i = 0; i < base->suites.n; i++) {
        struct pfg_slice gone = base->suites.entries[i].key;

        for (size_t k = 0;
             k < head->suites.n && !pfg_map_find(&head->suites, gone); k++) {
            struct pfg_slice came = head->suites.entries[k].key;

            if (!pfg_map_find(&base->suites, came) && gone.len && came.len &&
                2 * shared(&all, base, gone, head, came, arena) > all) {
                add_entry(
                    &entries,
                    pfg_arena_printf(arena, SUITE "%.*s", PFG_SLICE(gone)),
                    pfg_arena_printf(arena, SUITE "%.*s", PFG_SLICE(came)));
            }
        }
    }
    if (entries.map.n) {
        note(notes,
             pfg_arena_printf(arena,
                              "the benchmarks of '%.100s' are now in '%.100s': "
                              "to compare them anyway",
                              entries.map.entries[0].key.ptr + strlen(SUITE),
                              (const char *)entries.map.entries[0].value +
                                  strlen(SUITE)),
             &entries, arena);
    }
}

static void note_similar(struct pfg_notes *notes, const struct renaming *r)
{
    struct entries entries;
    const char *from = "", *to = "";

    if (r->gone.all.n > MAX_PAIRS / (r->came.all.n + 1)) {
        return;
    }
    pfg_map_init(&entries.map, r->arena);
    for (size_t i = 0; i < r->gone.all.n; i++) {
        struct lone *gone = r->gone.all.at[i], *came;

        if (gone->partner || !(came = similar_to(r, gone))) {
            continue;
        }
        came->partner = gone;
        from = gone->series->benchmark;
        to = came->series->benchmark;
        add_entry(&entries, from, to);
    }
    if (entries.map.n == 1) {
        note(notes,
             pfg_arena_printf(
                 r->arena,
                 "'%.100s' is gone and '%.100s' is new: if it was renamed",
                 from, to),
             &entries, r->arena);
    } else if (entries.map.n) {
        note(notes,
             pfg_arena_printf(r->arena,
                              "%zu benchmarks are gone and similar ones are "
                              "new: if they were renamed",
                              entries.map.n),
             &entries, r->arena);
    }
}

void pfg_renamed_note(struct pfg_comparing *c)
{
    struct renaming r = {.arena = c->arena};

    pfg_map_init(&r.gone.known, c->arena);
    pfg_map_init(&r.gone.alike, c->arena);
    pfg_map_init(&r.came.known, c->arena);
    pfg_map_init(&r.came.alike, c->arena);
    for (size_t i = 0; i < c->rows.n; i++) {
        const struct pfg_row *row = &c->rows.at[i];

        if (!row->head.pooled) {
            add_lone(&r.gone, row->base.pooled, &c->head, c->arena);
        } else if (!row->base.pooled) {
            add_lone(&r.came, row->head.pooled, &c->base, c->arena);
        }
    }
    pair_alike(&r);
    note_params(&c->notes, &r);
    note_names(&c->notes, &r, false);
    note_names(&c->notes, &r, true);
    note_similar(&c->notes, &r);
    note_suites(&c->notes, &c->base, &c->head, c->arena);
}
