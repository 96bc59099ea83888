#include "model/profile.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

/* Names become file names and column headings. */
#define MAX_NAME 96

/* Words in names of CPUs and GPUs that do not tell models apart. */
static const char *const cpu_noise[] = {"cpu", "processor", "gen"};
static const char *const gpu_noise[] = {
    "nvidia", "geforce", "amd", "intel", "corporation", "gpu", "graphics"};
static const char *const marks[] = {"(r)", "(tm)", "(c)", "\u00ae", "\u2122"};

static const struct {
    const char *vendor, *word;
} vendors[] = {
    {"AuthenticAMD", "amd"},
    {"GenuineIntel", "intel"},
    {"HygonGenuine", "hygon"},
    {"CentaurHauls", "centaur"},
    {"ARM", "arm"},
    {"Ampere", "ampere"},
    {"Apple", "apple"},
};

const char *pfg_fact_find(const struct pfg_fact *facts, size_t n,
                          const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(facts[i].key, key)) {
            return facts[i].value;
        }
    }
    return NULL;
}

struct words {
    struct pfg_slice at[32];
    size_t n;
};

/* `text` in lower case, without trademark signs, and with blanks for what no
 * file name should contain. */
static struct pfg_slice simplify(struct pfg_arena *arena, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);
    char *low = pfg_arena_slice(arena, rest), *to = low;

    for (char *c = low; *c; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    rest = pfg_slice_make(low, rest.len);
    while (rest.len) {
        bool mark = false;

        for (size_t i = 0; i < PFG_COUNT(marks) && !mark; i++) {
            mark = pfg_take(&rest, marks[i]);
        }
        if (mark) {
            continue;
        }
        *to++ = isalnum((unsigned char)*rest.ptr) || strchr("._-", *rest.ptr)
                    ? *rest.ptr
                    : ' ';
        rest = pfg_slice_from(rest, 1);
    }
    return pfg_slice_range(low, to);
}

static bool is_listed(struct pfg_slice word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (pfg_slice_is(word, list[i])) {
            return true;
        }
    }
    return false;
}

/* "64-core", "12th", "2.30ghz". */
static bool is_count_or_clock(struct pfg_slice word)
{
    struct pfg_slice unit = word;

    if (pfg_slice_ends(word, "-core") || pfg_slice_ends(word, "-cores")) {
        return true;
    }
    return pfg_take_number(&unit).len &&
           (pfg_slice_is(unit, "ghz") || pfg_slice_is(unit, "mhz") ||
            pfg_slice_is(unit, "th"));
}

/* Whether a word contains a byte of the class. */
static bool has_class(struct pfg_slice word, int (*is_class)(int))
{
    for (size_t i = 0; i < word.len; i++) {
        if (is_class((unsigned char)word.ptr[i])) {
            return true;
        }
    }
    return false;
}

/* The words that tell models apart. What follows "with" is the graphics unit
 * on the same chip. */
static struct words distinctive_words(struct pfg_slice text,
                                      const char *const *noise, size_t n_noise)
{
    struct words words = {.n = 0};
    struct pfg_slice word;

    while (words.n < PFG_COUNT(words.at) && (word = pfg_take_word(&text)).len &&
           !pfg_slice_is(word, "with")) {
        if (has_class(word, isalnum) && !is_listed(word, noise, n_noise) &&
            !is_count_or_clock(word)) {
            words.at[words.n++] = word;
        }
    }
    return words;
}

static void add_part(struct pfg_str *name, struct pfg_slice part)
{
    if (part.len) {
        pfg_str_puts(name, name->len ? "-" : "");
        pfg_str_add(name, part);
    }
}

static bool has_word(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->n; i++) {
        if (pfg_slice_is(words->at[i], word)) {
            return true;
        }
    }
    return false;
}

/* Adds the maker if the name lacks it: "EPYC 7763". */
static void add_vendor(struct pfg_str *name, const char *vendor,
                       const struct words *words)
{
    for (size_t i = 0; i < PFG_COUNT(vendors); i++) {
        if (vendor && !strcmp(vendor, vendors[i].vendor) &&
            !has_word(words, vendors[i].word)) {
            pfg_str_puts(name, vendors[i].word);
        }
    }
}

static void add_words(struct pfg_str *name, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        add_part(name, words->at[i]);
    }
}

static void add_text(struct pfg_str *name, const char *text,
                     struct pfg_arena *arena)
{
    struct words words =
        distinctive_words(simplify(arena, text ? text : ""), NULL, 0);

    add_words(name, &words);
}

static void add_cpu(struct pfg_str *name, const struct pfg_profile *profile,
                    struct pfg_arena *arena)
{
    struct pfg_slice text =
        simplify(arena, profile->cpu_name ? profile->cpu_name : "");
    struct words words =
        distinctive_words(text, cpu_noise, PFG_COUNT(cpu_noise));
    bool numbered = false;

    if (words.n) {
        add_vendor(name, profile->cpu_vendor, &words);
    } else {
        add_text(name, profile->arch, arena);
    }
    for (size_t i = 0; i < words.n; i++) {
        add_part(name, words.at[i]);
        numbered |= has_class(words.at[i], isdigit);
    }
    /* "Intel Xeon Processor", as hypervisors name it, can be many models. */
    if (!numbered) {
        add_text(name, profile->cpu_family, arena);
        add_text(name, profile->cpu_model, arena);
        add_text(name, profile->cpu_stepping, arena);
    }
}

/* "-rtx-3080", "-2x-a100-sxm4-40gb". The names are sorted, so equal ones are
 * adjacent. */
static void add_gpus(struct pfg_str *name, const struct pfg_profile *profile,
                     struct pfg_arena *arena)
{
    size_t same;

    for (size_t i = 0; i < profile->n_gpus; i += same) {
        struct words words = distinctive_words(
            simplify(arena, profile->gpus[i]), gpu_noise, PFG_COUNT(gpu_noise));

        same = 1;
        while (i + same < profile->n_gpus &&
               !strcmp(profile->gpus[i], profile->gpus[i + same])) {
            same++;
        }
        if (same > 1) {
            pfg_str_printf(name, "-%zux", same);
        }
        add_words(name, &words);
    }
}

static const char *derive_name(const struct pfg_profile *profile,
                               struct pfg_arena *arena)
{
    struct pfg_str name;
    const char *result;

    pfg_str_init(&name, MAX_NAME);
    add_cpu(&name, profile, arena);
    if (!name.len) {
        pfg_str_puts(&name, "unknown-cpu");
    }
    if (profile->cpu_name && profile->arch) {
        add_text(&name, strchr(profile->arch, ' '), arena); /* the system */
    }
    if (profile->cpus > 0) {
        pfg_str_printf(&name, "-%dc", profile->cpus);
    }
    add_gpus(&name, profile, arena);
    result = pfg_arena_slice(arena, pfg_str_slice(&name));
    pfg_str_free(&name);
    return result;
}

/* Unknown is not empty: what is unknown gets no line. */
static void digest_field(struct pfg_digest *digest, const char *key,
                         const char *value)
{
    if (value) {
        pfg_digest_add(digest, pfg_slice_of(key));
        pfg_digest_add(digest, PFG_LIT(":"));
        pfg_digest_add(digest, pfg_slice_of(value));
        pfg_digest_add(digest, PFG_LIT("\n"));
    }
}

/* The digested text must never change, because fingerprints are stored. */
static const char *fingerprint(const struct pfg_profile *profile,
                               struct pfg_arena *arena)
{
    struct pfg_digest *digest = pfg_digest_new();
    char *hex = pfg_arena_alloc(arena, PFG_DIGEST_HEX);

    if (profile->name_given) {
        digest_field(digest, "name", profile->name);
    } else {
        digest_field(digest, "arch", profile->arch);
        digest_field(digest, "cpu_vendor", profile->cpu_vendor);
        digest_field(digest, "cpu_family", profile->cpu_family);
        digest_field(digest, "cpu_model", profile->cpu_model);
        digest_field(digest, "cpu_stepping", profile->cpu_stepping);
        digest_field(digest, "cpu", profile->cpu_name);
        if (profile->cpus > 0) {
            digest_field(digest, "cpus",
                         pfg_arena_printf(arena, "%d", profile->cpus));
        }
        for (size_t i = 0; i < profile->n_gpus; i++) {
            digest_field(digest, "gpu", profile->gpus[i]);
        }
    }
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    return hex;
}

void pfg_profile_finish(struct pfg_profile *profile, struct pfg_arena *arena)
{
    if (!profile->name_given || !profile->name || !*profile->name) {
        profile->name_given = false;
        profile->name = derive_name(profile, arena);
    }
    profile->fingerprint = fingerprint(profile, arena);
}

/* The words that tell CPUs apart, joined. `bare`: without what is in brackets.
 */
static const char *essence(const char *text, bool bare, struct pfg_arena *arena)
{
    char *copy = pfg_arena_strdup(arena, text);
    struct words words;
    struct pfg_str all;
    bool inside = false;

    for (char *c = copy; *c && bare; c++) {
        bool closes = inside && *c == ')';

        inside = !closes && (inside || *c == '(');
        *c = inside || closes ? ' ' : *c;
    }
    copy[strcspn(copy, "@")] = '\0'; /* the clock */
    words = distinctive_words(simplify(arena, copy), cpu_noise,
                              PFG_COUNT(cpu_noise));
    pfg_str_init(&all, 0);
    for (size_t i = 0; i < words.n; i++) {
        bool maker = false;

        for (size_t k = 0; k < PFG_COUNT(vendors); k++) {
            maker |= pfg_slice_is(words.at[i], vendors[k].word);
        }
        for (size_t k = 0; !maker && k < words.at[i].len; k++) {
            if (words.at[i].ptr[k] != '-') {
                pfg_str_putc(&all, words.at[i].ptr[k]);
            }
        }
    }
    text = pfg_arena_slice(arena, pfg_str_slice(&all));
    pfg_str_free(&all);
    return text;
}

bool pfg_profile_same_cpu(const char *one, const char *other,
                          struct pfg_arena *arena)
{
    const char *bare = essence(one, true, arena);
    const char *full = essence(one, false, arena);
    const char *other_full = essence(other, false, arena);

    /* "(Skylake, IBRS)" only counts if both names have such words. */
    return !strcmp(full, other_full) ||
           (!strcmp(bare, essence(other, true, arena)) &&
            (!strcmp(bare, full) || !strcmp(bare, other_full)));
}

const char *pfg_profile_note(const struct pfg_profile *profile, const char *key)
{
    return pfg_fact_find(profile->notes, profile->n_notes, key);
}
