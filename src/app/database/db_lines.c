#include "app/database/db_lines.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "group/key.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

#define VERSION 1

#define AT(member) offsetof(struct pfg_line_baseline, member)
static const struct pfg_field baseline_fields[] = {
    {"name", AT(name), &pfg_kind_text},
    {"hardware", AT(profile), &pfg_kind_text},
    {"fingerprint", AT(fingerprint), &pfg_kind_text},
    {"saved", AT(saved), &pfg_kind_time},
    {"runs", PFG_LIST(struct pfg_line_baseline, runs), &pfg_always_texts},
};
static const struct pfg_field pruned_fields[] = {
    {"runs", PFG_LIST(struct pfg_line_baseline, runs), &pfg_always_texts},
};
#undef AT

#define AT(member) offsetof(struct pfg_baseline_change, member)
static const struct pfg_field change_fields[] = {
    {"name", AT(name), &pfg_kind_text},
    {"hardware", AT(profile), &pfg_kind_text},
    {"fingerprint", AT(fingerprint), &pfg_kind_text},
    {"time", AT(time), &pfg_kind_time},
    {"how", AT(how), &pfg_kind_text},
    {"revision", AT(revision), &pfg_kind_text},
    {"runs", AT(n_runs), &pfg_kind_size},
};
#undef AT

static const struct pfg_field_kind kind_word = {PFG_ALWAYS, PFG_SCALAR_WORD,
                                                .words = &pfg_verdict_words};

#define AT(member) offsetof(struct pfg_line_verdict, member)
static const struct pfg_field verdict_fields[] = {
    {"run", AT(run), &pfg_always_text},
    {"series", AT(of.key), &pfg_always_text},
    {"time", AT(of.time), &pfg_kind_time},
    {"base", AT(of.base), &pfg_kind_text},
    {"verdict", AT(of.verdict), &kind_word},
    {"fails", AT(of.fails), &pfg_kind_bool},
    {"change", AT(of.change), &pfg_kind_double},
};
#undef AT

static const struct pfg_field_kind kind_baseline = {
    PFG_STRUCT(baseline_fields)};
static const struct pfg_field_kind kind_pruned = {PFG_STRUCT(pruned_fields)};
static const struct pfg_field_kind kind_change = {PFG_STRUCT(change_fields)};
static const struct pfg_field_kind kind_verdict = {PFG_STRUCT(verdict_fields)};

/* --- lines --- */

void pfg_lines_begin(struct pfg_str *out)
{
    pfg_str_printf(out, "{\"perfgate\":\"export\",\"version\":%d}\n", VERSION);
}

int pfg_lines_put_run(struct pfg_str *out, struct pfg_store *store,
                      const struct pfg_run_info *info, struct pfg_error *err)
{
    struct pfg_json_writer w = {.out = out};
    struct pfg_run *run;

    if (pfg_store_load(store, &run, info->id, err)) {
        return -1;
    }
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "id", info->content);
    pfg_codec_write_run(&w, "run", run);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    pfg_run_free(run);
    return 0;
}

static void put_object(struct pfg_str *out, const char *key,
                       const struct pfg_field_kind *kind, const void *object)
{
    struct pfg_json_writer w = {.out = out};

    pfg_json_begin(&w, NULL, '{');
    pfg_kind_put(&w, key, kind, object);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
}

int pfg_lines_put_verdicts(struct pfg_str *out, struct pfg_store *store,
                           const struct pfg_run_info *info,
                           struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    struct pfg_line_verdict line = {.run = info->content};
    struct pfg_stored_verdict *verdicts;
    size_t n;
    int failed =
        pfg_store_verdicts(store, &verdicts, &n, 0, info->id, scratch, err);

    for (size_t i = 0; i < n && !failed; i++) {
        line.of = verdicts[i];
        put_object(out, "verdict", &kind_verdict, &line);
    }
    pfg_arena_free(scratch);
    return failed;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int pfg_lines_name(struct pfg_line_baseline *out, struct pfg_store *store,
                   const struct pfg_named_baseline *named,
                   const struct pfg_run_info *runs, size_t n,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    size_t n_ids;
    long *ids;

    *out = (struct pfg_line_baseline){.name = named->name,
                                      .profile = named->profile,
                                      .fingerprint = named->fingerprint,
                                      .saved = named->saved};
    if (pfg_store_baseline_get(store, &ids, &n_ids, named->name,
                               named->fingerprint, arena, err)) {
        return -1;
    }
    out->runs = pfg_arena_new_array(arena, const char *, n_ids);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n_ids; j++) {
            if (runs[i].id == ids[j]) {
                out->runs[out->n_runs++] = runs[i].content;
            }
        }
    }
    qsort(out->runs, out->n_runs, sizeof *out->runs, compare_texts);
    return 0;
}

void pfg_lines_put_baseline(struct pfg_str *out,
                            const struct pfg_line_baseline *line)
{
    put_object(out, "baseline", &kind_baseline, line);
}

void pfg_lines_put_change(struct pfg_str *out,
                          const struct pfg_baseline_change *change)
{
    put_object(out, "change", &kind_change, change);
}

void pfg_lines_put_pruned(struct pfg_str *out, const char **runs, size_t n)
{
    const struct pfg_line_baseline line = {.runs = runs, .n_runs = n};

    put_object(out, "pruned", &kind_pruned, &line);
}

/* --- reading --- */

static int take_header(const struct pfg_json_document *document,
                       const struct pfg_json_value *root, struct pfg_error *err)
{
    const char *kind = pfg_json_string(pfg_json_get(root, "perfgate"));
    const struct pfg_json_value *version = pfg_json_get(root, "version");
    uint64_t number;

    if (!kind || strcmp(kind, "export") != 0 ||
        pfg_json_u64(&number, document, version)) {
        pfg_fail_at(err, PFG_DATA, pfg_json_pos(document, root),
                    "not an exported database");
        return pfg_hint(
            err,
            "an export begins with {\"perfgate\":\"export\",\"version\":%d}; "
            "use 'perfgate ingest' for results of tools",
            VERSION);
    }
    if (number > VERSION) {
        pfg_fail_at(err, PFG_USAGE, pfg_json_pos(document, version),
                    "export of version %" PRIu64
                    ", but this perfgate reads version %d",
                    number, VERSION);
        return pfg_hint(err, "use a newer perfgate");
    }
    return 0;
}

int pfg_import_add(struct pfg_import *in, const char *id, struct pfg_run *run,
                   struct pfg_error *err)
{
    enum pfg_stored became;
    int failed = pfg_store_add(in->scratch, &became, &run, 1, err);

    if (!failed && id) {
        *(uintptr_t *)pfg_map_at(&in->ids, pfg_slice_of(id)) =
            (uintptr_t)run->id;
    }
    pfg_run_free(run);
    return failed;
}

static int take_run(struct pfg_import *in,
                    const struct pfg_json_document *document,
                    const struct pfg_json_value *root,
                    const struct pfg_json_value *value, struct pfg_error *err)
{
    const char *id = pfg_json_string(pfg_json_get(root, "id"));
    struct pfg_run *run;

    if (pfg_codec_read_run(&run, document, value, err)) {
        return -1;
    }
    for (size_t i = 0; i < run->series.n; i++) {
        run->series.at[i]->key = pfg_key_make(run->arena, run->series.at[i]);
    }
    return in->take ? in->take(in->self, run, err)
                    : pfg_import_add(in, id, run, err);
}

static int take_line(struct pfg_import *in,
                     const struct pfg_json_document *document,
                     struct pfg_error *err)
{
    struct pfg_reading r = {
        .document = document, .arena = in->arena, .err = err};
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *run = pfg_json_get(root, "run");
    const struct pfg_json_value *baseline = pfg_json_get(root, "baseline");
    const struct pfg_json_value *change = pfg_json_get(root, "change");
    const struct pfg_json_value *verdict = pfg_json_get(root, "verdict");
    struct pfg_line_verdict said = {0};
    const struct pfg_json_value *pruned = pfg_json_get(root, "pruned");
    struct pfg_line_baseline line;
    struct pfg_baseline_change changed;

    if (!in->begun) {
        in->begun = true;
        return take_header(document, root, err);
    }
    if (run) {
        return take_run(in, document, root, run, err);
    }
    if (baseline) {
        if (pfg_kind_take(&r, baseline, &kind_baseline, &line)) {
            return -1;
        }
        pfg_vec_push(&in->baselines, in->arena, line);
        return 0;
    }
    if (change) {
        if (pfg_kind_take(&r, change, &kind_change, &changed)) {
            return -1;
        }
        pfg_vec_push(&in->changes, in->arena, changed);
        return 0;
    }
    if (verdict) {
        if (pfg_kind_take(&r, verdict, &kind_verdict, &said)) {
            return -1;
        }
        pfg_vec_push(&in->verdicts, in->arena, said);
        return 0;
    }
    if (pruned) {
        if (pfg_kind_take(&r, pruned, &kind_pruned, &line)) {
            return -1;
        }
        for (size_t i = 0; i < line.n_runs; i++) {
            pfg_map_at(&in->pruned, pfg_slice_of(line.runs[i]));
        }
        return 0;
    }
    return pfg_fail_at(
        err, PFG_DATA, pfg_json_pos(document, root),
        "expected a 'run', a 'verdict', a 'baseline' or a 'change'");
}

/* Corrects the line of an error, which counts from the start of the
 * document. */
static void place_error(struct pfg_error *err, const char *path, long number)
{
    if (err->line) {
        err->line += number - 1;
    } else if (err->code == PFG_DATA) {
        snprintf(err->file, sizeof err->file, "%s", path);
        err->line = number;
    }
}

int pfg_import_read(struct pfg_import *in, struct pfg_slice text,
                    const char *path, struct pfg_error *err)
{
    bool ended = pfg_slice_ends(text, "\n");
    long number = 0;

    in->begun = false;
    while (text.len) {
        struct pfg_slice line = pfg_take_until(&text, '\n');
        struct pfg_json_document *document;
        int failed;

        number++;
        if (!pfg_slice_trim(line).len) {
            continue;
        }
        failed = pfg_json_parse(&document, line, path, 0, err);
        if (!failed) {
            failed = take_line(in, document, err);
            pfg_json_free(document);
        }
        if (failed && !text.len && !ended) {
            return pfg_fail_at(err, PFG_DATA, (struct pfg_pos){path, number, 0},
                               "the file is truncated in this line");
        }
        if (failed) {
            place_error(err, path, number);
            return -1;
        }
    }
    return in->begun ? 0 : pfg_fail(err, PFG_DATA, "'%s' is empty", path);
}

/* The change that gave a name its present runs. */
static const char *how_of(const struct pfg_import *in,
                          const struct pfg_line_baseline *baseline)
{
    for (size_t i = 0; i < in->changes.n; i++) {
        const struct pfg_baseline_change *change = &in->changes.at[i];

        if (change->time == baseline->saved && change->n_runs &&
            !strcmp(change->name, baseline->name) &&
            !strcmp(change->fingerprint, baseline->fingerprint)) {
            return change->how;
        }
    }
    return "imported";
}

/* The run of that line; `what` names it. */
static int find_run(const struct pfg_import *in, long *out, const char *id,
                    const char *what, struct pfg_error *err)
{
    void **run = pfg_map_find(&in->ids, pfg_slice_of(id));

    if (!run) {
        return pfg_fail(err, PFG_DATA,
                        "%s refers to the run '%s', which is missing", what,
                        id);
    }
    *out = (long)(uintptr_t)*run;
    return 0;
}

static int name_runs(struct pfg_import *in,
                     const struct pfg_line_baseline *baseline,
                     struct pfg_error *err)
{
    const char *what =
        pfg_arena_printf(in->arena, "baseline '%s'", baseline->name);
    long *ids = pfg_arena_new_array(in->arena, long, baseline->n_runs);

    for (size_t i = 0; i < baseline->n_runs; i++) {
        if (find_run(in, &ids[i], baseline->runs[i], what, err)) {
            return -1;
        }
    }
    return baseline->n_runs
               ? pfg_store_baseline_set(in->scratch, baseline->name,
                                        baseline->saved, how_of(in, baseline),
                                        ids, baseline->n_runs, err)
               : 0;
}

static int add_verdicts(struct pfg_import *in, struct pfg_error *err)
{
    struct pfg_stored_verdict *all = pfg_arena_new_array(
        in->arena, struct pfg_stored_verdict, in->verdicts.n);

    for (size_t i = 0; i < in->verdicts.n; i++) {
        all[i] = in->verdicts.at[i].of;
        if (find_run(in, &all[i].run, in->verdicts.at[i].run, "a verdict",
                     err)) {
            return -1;
        }
    }
    return pfg_store_verdicts_add(in->scratch, all, in->verdicts.n, err);
}

int pfg_import_open(struct pfg_import *in, struct pfg_error *err)
{
    *in = (struct pfg_import){.arena = pfg_arena_new()};
    pfg_map_init(&in->ids, in->arena);
    pfg_map_init(&in->pruned, in->arena);
    return pfg_store_open_scratch(&in->scratch, err);
}

int pfg_import_merge(struct pfg_import *in, struct pfg_merged *merged,
                     struct pfg_store *into, struct pfg_error *err)
{
    for (size_t i = 0; i < in->baselines.n; i++) {
        if (name_runs(in, &in->baselines.at[i], err)) {
            return -1;
        }
    }
    return add_verdicts(in, err) ||
                   pfg_store_baseline_note(in->scratch, in->changes.at,
                                           in->changes.n, err) ||
                   pfg_store_merge(into, merged, &in->scratch, 1, err)
               ? -1
               : 0;
}

void pfg_import_close(struct pfg_import *in)
{
    pfg_store_close(in->scratch);
    pfg_arena_free(in->arena);
}
