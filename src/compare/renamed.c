#include "compare/renamed.h"

#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "base/suggest.h"
#include "group/key.h"
#include "json/write.h"

#define CPUS        "cpus" /* the parameter of Go's names */
#define MAX_ENTRIES 40     /* of a note */
#define MAX_PAIRS   20000  /* of names that are held against each other */

/* A benchmark that only one side has. */
struct lone {
    const struct pfg_series *series;
    struct lone *partner;
    size_t n_alike; /* of its own side, but for cores and suffixes */
};

struct lones {
    PFG_VEC(struct lone *) all;
    struct pfg_map known; /* by benchmark */
    struct pfg_map alike; /* by what is left without cores and suffixes */
};

struct renaming {
    struct lones gone, came;
    struct pfg_arena *arena;
};

/* By what google-benchmark says how a benchmark was run. */
static const char *const suffixes[] = {
    "/repeats:",     "/min_time:",  "/min_warmup_time:", "/iterations:",
    "/threads:",     "/real_time", "/process_time",     "/manual_time",
};

/* The name up to those suffixes. */
static struct pfg_slice stem_of(const char *name)
{
    struct pfg_slice stem = pfg_slice_of(name);
    size_t slash;
    bool found = true;

    while (found) {
        found = false;
        slash = pfg_slice_find_last_byte(stem, '/');
        for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
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

static const char *cpus_of(const struct pfg_series *series)
{
    for (size_t i = 0; i < series->n_params; i++) {
        if (!strcmp(series->params[i].key, CPUS)) {
            return series->params[i].value;
        }
    }
    return "1"; /* which Go does not print */
}

/* What stays of a benchmark's identity without cores and suffixes. */
static struct pfg_slice bare_name(const struct pfg_series *series,
                                  struct pfg_arena *arena)
{
    struct pfg_series bare = *series;

    bare.benchmark = pfg_arena_slice(arena, stem_of(series->benchmark));
    bare.params = pfg_arena_new_array(arena, struct pfg_fact, series->n_params);
    bare.n_params = 0;
    for (size_t i = 0; i < series->n_params; i++) {
        if (strcmp(series->params[i].key, CPUS) != 0) {
            bare.params[bare.n_params++] = series->params[i];
        }
    }
    return pfg_pool_benchmark(&bare, arena);
}

/* What one side has, if the other has nothing of the benchmark. */
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

/* Those of the base that are one of the head's but for cores and suffixes. */
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

/* How names begin in the customs of a tool, which makes nothing similar. */
static const char *without_custom(const char *name)
{
    static const char *const customs[] = {"Benchmark", "BM_", "bench_",
                                          "test_"};
    struct pfg_slice rest = pfg_slice_of(name);

    for (size_t i = 0; i < sizeof customs / sizeof *customs; i++) {
        if (pfg_take(&rest, customs[i])) {
            break;
        }
    }
    return rest.ptr;
}

/* Other digits alone are another size of the input: "n=100" and "n=1000". */
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

/* Entries of "renames": as in perfgate.json, each once. */
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
    pfg_str_printf(&text, "%s, put into perfgate.json: \"renames\": ", what);
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

static const char *cpus_word(const char *cpus, struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, CPUS "=%s", cpus);
}

static const char *benchmarks(size_t n, struct pfg_arena *arena)
{
    return n == 1 ? "1 benchmark differs"
                  : pfg_arena_printf(arena, "%zu benchmarks differ", n);
}

static void note_cores(struct pfg_notes *notes, const struct renaming *r)
{
    struct entries entries;
    const char *from = "", *to = "";
    size_t n = 0;

    pfg_map_init(&entries.map, r->arena);
    for (size_t i = 0; i < r->gone.all.n; i++) {
        const struct pfg_series *gone = r->gone.all.at[i]->series, *came;

        if (!r->gone.all.at[i]->partner) {
            continue;
        }
        came = r->gone.all.at[i]->partner->series;
        if (!strcmp(gone->benchmark, came->benchmark)) {
            from = cpus_word(cpus_of(gone), r->arena);
            to = cpus_word(cpus_of(came), r->arena);
            add_entry(&entries, from, to);
            n++;
        }
    }
    if (n) {
        note(notes,
             pfg_arena_printf(r->arena,
                              "%s only in the number of cores (%s before, %s "
                              "now): measure both with as many ('go test -cpu "
                              "N'); or, to compare them all the same",
                              benchmarks(n, r->arena), from, to),
             &entries, r->arena);
    }
}

static void note_suffixes(struct pfg_notes *notes, const struct renaming *r)
{
    struct entries entries;
    const char *from = "", *to = "";

    pfg_map_init(&entries.map, r->arena);
    for (size_t i = 0; i < r->gone.all.n; i++) {
        const struct pfg_series *gone = r->gone.all.at[i]->series, *came;

        if (!r->gone.all.at[i]->partner) {
            continue;
        }
        came = r->gone.all.at[i]->partner->series;
        if (strcmp(gone->benchmark, came->benchmark) != 0) {
            from = suffix_of(gone);
            to = suffix_of(came);
            add_entry(&entries, gone->benchmark, came->benchmark);
        }
    }
    if (entries.map.n) {
        note(notes,
             pfg_arena_printf(r->arena,
                              "%s only in how google-benchmark says that it "
                              "was run (%s before, %s now): to compare them "
                              "all the same",
                              benchmarks(entries.map.n, r->arena),
                              *from ? from : "nothing", *to ? to : "nothing"),
             &entries, r->arena);
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
             pfg_arena_printf(r->arena,
                              "'%.100s' is gone and '%.100s' is new: if that "
                              "is a new name",
                              from, to),
             &entries, r->arena);
    } else if (entries.map.n) {
        note(notes,
             pfg_arena_printf(r->arena,
                              "%zu benchmarks are gone and similar ones are "
                              "new: if these are new names",
                              entries.map.n),
             &entries, r->arena);
    }
}

void pfg_renamed_note(struct pfg_notes *notes, const struct pfg_row *rows,
                      size_t n_rows, const struct pfg_pool *base,
                      const struct pfg_pool *head, struct pfg_arena *arena)
{
    struct renaming r = {.arena = arena};

    pfg_map_init(&r.gone.known, arena);
    pfg_map_init(&r.gone.alike, arena);
    pfg_map_init(&r.came.known, arena);
    pfg_map_init(&r.came.alike, arena);
    for (size_t i = 0; i < n_rows; i++) {
        if (!rows[i].head.pooled) {
            add_lone(&r.gone, rows[i].base.pooled, head, arena);
        } else if (!rows[i].base.pooled) {
            add_lone(&r.came, rows[i].head.pooled, base, arena);
        }
    }
    pair_alike(&r);
    note_cores(notes, &r);
    note_suffixes(notes, &r);
    note_similar(notes, &r);
}
