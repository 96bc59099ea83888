#include "store/files.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "group/key.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"
#include "model/name.h"

/* Files that people review are smaller. */
#define MAX_BYTES        ((size_t)256 << 20)
#define SAME_FINGERPRINT 1000

/* ---- matching ---- */

static bool matches_text(const char *glob, const char *text)
{
    if (!glob) {
        return !text;
    }
    return text && !fnmatch(glob, text, FNM_CASEFOLD);
}

static bool matches_arch(const char *glob, const struct pfg_profile *profile)
{
    return matches_text(glob, profile->arch);
}

static bool matches_cpu(const char *glob, const struct pfg_profile *profile)
{
    return matches_text(glob, profile->cpu_name);
}

static bool matches_cpus(const char *glob, const struct pfg_profile *profile)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%d", profile->cpus);
    return matches_text(glob, profile->cpus > 0 ? digits : NULL);
}

/* Any of them. */
static bool matches_gpu(const char *glob, const struct pfg_profile *profile)
{
    for (size_t i = 0; i < profile->n_gpus; i++) {
        if (matches_text(glob, profile->gpus[i])) {
            return true;
        }
    }
    return !glob && !profile->n_gpus;
}

static const struct match_field {
    const char *name;
    bool (*matches)(const char *glob, const struct pfg_profile *profile);
} match_fields[] = {
    {"arch", matches_arch},
    {"cpu", matches_cpu},
    {"cpus", matches_cpus},
    {"gpu", matches_gpu},
};

static const struct match_field *find_match_field(const char *name)
{
    for (size_t i = 0; i < PFG_COUNT(match_fields); i++) {
        if (!strcmp(match_fields[i].name, name)) {
            return &match_fields[i];
        }
    }
    return NULL;
}

int pfg_baseline_fits(const struct pfg_baseline *baseline,
                      const struct pfg_profile *profile)
{
    const char *fingerprint = baseline->profile.fingerprint;

    if (fingerprint && *fingerprint && profile->fingerprint &&
        !strcmp(fingerprint, profile->fingerprint)) {
        return SAME_FINGERPRINT;
    }
    for (size_t i = 0; i < baseline->n_match; i++) {
        const struct pfg_baseline_match *match = &baseline->match[i];
        const struct match_field *field = find_match_field(match->field);

        if (!field || !field->matches(match->glob, profile)) {
            return 0;
        }
    }
    return (int)baseline->n_match;
}

/* ---- reading ---- */

static int read_match(struct pfg_reading *r,
                      const struct pfg_json_value *member,
                      struct pfg_baseline_match *out)
{
    const struct match_field *field = find_match_field(pfg_json_key(member));

    if (!field) {
        pfg_fail_at(r->err, PFG_DATA, pfg_json_key_pos(r->document, member),
                    "unknown key '%s'", pfg_json_key(member));
        return pfg_hint(r->err, "known keys: 'arch', 'cpu', 'cpus', 'gpu'");
    }
    out->field = field->name;
    switch (pfg_json_type(member)) {
    case PFG_JSON_NULL:
        out->glob = NULL;
        return 0;
    case PFG_JSON_NUMBER: /* "cpus": 4 */
        out->glob =
            pfg_arena_slice(r->arena, pfg_json_digits(r->document, member));
        return 0;
    default:
        return pfg_fields_text(r, member, &out->glob);
    }
}

static int read_matches(struct pfg_reading *r,
                        const struct pfg_json_value *value,
                        struct pfg_baseline *out)
{
    const struct pfg_json_value *member;

    if (!value) {
        return 0;
    }
    if (pfg_fields_expect(r, value, PFG_JSON_OBJECT)) {
        return -1;
    }
    out->match = pfg_arena_new_array(r->arena, struct pfg_baseline_match,
                                     pfg_json_count(value));
    for (member = pfg_json_first(value); member;
         member = pfg_json_next(member)) {
        if (read_match(r, member, &out->match[out->n_match])) {
            return -1;
        }
        out->n_match++;
    }
    return 0;
}

static int read_hardware(struct pfg_reading *r,
                         const struct pfg_json_value *value, void *at)
{
    struct pfg_baseline *out = at;

    if (pfg_kind_take(r, value, &pfg_kind_profile, &out->profile) ||
        (*out->profile.name &&
         pfg_name_check(out->profile.name, "hardware", PFG_DATA,
                        pfg_json_pos(r->document, value), r->err))) {
        return -1;
    }
    return read_matches(r, pfg_json_get(value, "match"), out);
}

/* Makes the keys of the series; no two may be equal. */
static int make_keys(struct pfg_reading *r, const struct pfg_json_value *value,
                     struct pfg_run *run)
{
    const struct pfg_json_value *place =
        pfg_json_first(pfg_json_get(value, "series"));
    struct pfg_map seen;

    pfg_map_init(&seen, run->arena);
    for (size_t i = 0; i < run->series.n; i++) {
        struct pfg_series *series = run->series.at[i];
        void **known;

        series->key = pfg_key_make(run->arena, series);
        known = pfg_map_at(&seen, pfg_slice_of(series->key));
        if (*known) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, place),
                               "'%s' of '%s' occurs twice in this run",
                               series->metric, series->benchmark);
        }
        *known = series;
        place = pfg_json_next(place);
    }
    return 0;
}

static int read_runs(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    struct pfg_baseline *out = at;
    const struct pfg_json_value *item;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    out->runs =
        pfg_arena_new_array(r->arena, struct pfg_run *, pfg_json_count(value));
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        struct pfg_run **run = &out->runs[out->n_runs];

        if (pfg_codec_read_run(run, r->document, item, r->err)) {
            return -1;
        }
        out->n_runs++;
        if (make_keys(r, item, *run)) {
            return -1;
        }
    }
    return 0;
}

static const struct pfg_field_kind kind_hardware = {.take = read_hardware};
static const struct pfg_field_kind kind_runs = {.take = read_runs};

#define AT(member) offsetof(struct pfg_baseline, member)
static const struct pfg_field baseline_fields[] = {
    {"perfgate", 0, &pfg_kind_elsewhere},
    {"version", 0, &pfg_kind_elsewhere},
    {"name", AT(name), &pfg_kind_text},
    {"saved", AT(saved), &pfg_kind_time},
    {"hardware", 0, &kind_hardware},
    {"runs", 0, &kind_runs},
    {"threshold", 0, &pfg_kind_elsewhere},
    {"thresholds", 0, &pfg_kind_elsewhere},
    {"targets", 0, &pfg_kind_elsewhere},
};
#undef AT
static const struct pfg_field_kind kind_baseline = {
    PFG_STRUCT(baseline_fields)};

const char *const pfg_baseline_limits[PFG_BASELINE_LIMITS] = {
    "threshold", "thresholds", "targets"};

static bool has_limits(const struct pfg_json_value *root)
{
    for (size_t i = 0; i < PFG_BASELINE_LIMITS; i++) {
        if (pfg_json_get(root, pfg_baseline_limits[i])) {
            return true;
        }
    }
    return false;
}

/* Checked first, so that a file of another kind is reported as such. */
static int check_header(struct pfg_reading *r,
                        const struct pfg_json_value *root)
{
    const struct pfg_json_value *version = pfg_json_get(root, "version");
    const char *kind = pfg_json_string(pfg_json_get(root, "perfgate"));
    uint64_t number;

    if (!kind || strcmp(kind, "baseline") != 0) {
        pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, root),
                    "not a baseline file");
        return pfg_hint(r->err,
                        "a baseline file begins with { \"perfgate\": "
                        "\"baseline\", \"version\": %d",
                        PFG_BASELINE_VERSION);
    }
    if (pfg_json_u64(&number, r->document, version) || number < 1) {
        return pfg_fail_at(r->err, PFG_DATA,
                           pfg_json_pos(r->document, version ? version : root),
                           "baseline file without a 'version'");
    }
    if (number > PFG_BASELINE_VERSION) {
        pfg_fail_at(
            r->err, PFG_USAGE, pfg_json_pos(r->document, version),
            "baseline file of version %llu, but this perfgate reads version %d",
            (unsigned long long)number, PFG_BASELINE_VERSION);
        return pfg_hint(r->err, "use a newer perfgate");
    }
    return 0;
}

static bool has_profile(const struct pfg_profile *profile)
{
    return profile->fingerprint && *profile->fingerprint;
}

/* A run without a profile has that of the file, and a file without one has that
 * of its runs. */
static void share_profile(struct pfg_baseline *out, struct pfg_arena *arena)
{
    for (size_t i = 0; i < out->n_runs; i++) {
        struct pfg_run *run = out->runs[i];

        if (has_profile(&run->profile) && !has_profile(&out->profile)) {
            out->profile = pfg_profile_copy(&run->profile, arena);
        } else if (!has_profile(&run->profile)) {
            run->profile = pfg_profile_copy(&out->profile, run->arena);
        }
    }
}

static int read_text(struct pfg_baseline *out, struct pfg_slice text,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_reading r = {.arena = arena, .err = err};
    struct pfg_json_document *document;
    const struct pfg_json_value *root;
    int result;

    if (pfg_json_parse(&document, text, out->path, PFG_JSON_COMMENTS, err)) {
        return -1;
    }
    r.document = document;
    root = pfg_json_root(document);
    result = check_header(&r, root);
    if (!result) {
        result = pfg_kind_take_members(&r, root, &kind_baseline, out);
    }
    if (!result && has_limits(root)) {
        out->limits = document;
    } else {
        pfg_json_free(document);
    }
    return result;
}

int pfg_baseline_parse(struct pfg_baseline *out, struct pfg_slice text,
                       const char *path, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    *out = (struct pfg_baseline){
        .path = pfg_arena_strdup(arena, path),
        .name = "",
        .profile = {.name = "", .fingerprint = ""},
    };
    if (read_text(out, text, arena, err)) {
        pfg_baseline_release(out);
        return -1;
    }
    share_profile(out, arena);
    return 0;
}

int pfg_baseline_read(struct pfg_baseline *out, const char *path,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_str text;
    int result;

    *out = (struct pfg_baseline){.path = "", .name = ""};
    pfg_str_init(&text, 0);
    result = pfg_file_read(&text, path, MAX_BYTES, err);
    if (!result) {
        result =
            pfg_baseline_parse(out, pfg_str_slice(&text), path, arena, err);
    }
    pfg_str_free(&text);
    return result;
}

void pfg_baseline_release(struct pfg_baseline *baseline)
{
    for (size_t i = 0; i < baseline->n_runs; i++) {
        pfg_run_free(baseline->runs[i]);
    }
    baseline->runs = NULL;
    baseline->n_runs = 0;
    pfg_json_free(baseline->limits);
    baseline->limits = NULL;
}
