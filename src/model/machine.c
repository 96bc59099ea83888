#include "model/machine.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"

enum part {
    PLATFORM = 1, /* may name the architecture, the system, or both */
    CPU = 2,
    CPUS = 4,
};

static const struct {
    const char *key;
    enum part part;
} told_by[] = {
    {"arch", PLATFORM}, {"goarch", PLATFORM}, {"goos", PLATFORM},
    {"os", PLATFORM},   {"system", PLATFORM}, {"platform", PLATFORM},
    {"cpu", CPU},       {"cpus", CPUS},       {"num_cpus", CPUS},
};

/* Synonyms; the first is the name used here. */
static const char *const archs[][8] = {
    {"x86_64", "amd64", "x64", "x86-64"},
    {"aarch64", "arm64", "armv8"},
    {"i686", "i386", "386", "x86", "i486", "i586", "ia32"},
    {"arm", "armv7l", "armv6l", "armv8l", "armv7", "armhf"},
    {"ppc64le", "ppc64el"},
    {"loongarch64", "loong64"},
    {"ppc64"},
    {"riscv64"},
    {"s390x"},
    {"mips64"},
    {"mips64le"},
    {"wasm"},
};
static const char *const systems[][8] = {
    {"linux"},
    {"windows", "win32", "win64"},
    {"darwin", "macos", "osx"},
    {"freebsd"},
    {"openbsd"},
    {"netbsd"},
    {"android"},
    {"illumos"},
    {"solaris", "sunos"},
    {"aix"},
    {"dragonfly"},
    {"js"},
    {"wasip1"},
    {"ios"},
};

/* Whether `text` begins with `word`, which is in lower case; case is ignored.
 */
static bool begins(struct pfg_slice text, const char *word)
{
    size_t i = 0;

    while (i < text.len && word[i] &&
           tolower((unsigned char)text.ptr[i]) == word[i]) {
        i++;
    }
    return !word[i];
}

static const char *find_name(const char *const table[][8], size_t n,
                             struct pfg_slice word)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < PFG_COUNT(table[i]) && table[i][k]; k++) {
            if (word.len == strlen(table[i][k]) && begins(word, table[i][k])) {
                return table[i][0];
            }
        }
    }
    return NULL;
}

/* Looks up the whole text, then each word in it; the first one found counts. */
static const char *find_in(const char *const table[][8], size_t n,
                           const char *text)
{
    const char *found = find_name(table, n, pfg_slice_of(text));

    while (!found && *text) {
        size_t len = 0;

        while (isalnum((unsigned char)text[len]) || text[len] == '_') {
            len++;
        }
        found = find_name(table, n, pfg_slice_make(text, len));
        text += len + (text[len] != '\0');
    }
    return found;
}

/* A name that stands for many models, or for none, is ignored. */
static bool names_cpu(const char *text)
{
    static const char *const empty[] = {"unknown", "armv7",   "armv8",
                                        "x86_64",  "aarch64", "arm64"};
    struct pfg_slice slice = pfg_slice_of(text);
    bool letters = false;

    for (size_t i = 0; i < PFG_COUNT(empty); i++) {
        if (begins(slice, empty[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < slice.len; i++) {
        letters |= isalpha((unsigned char)text[i]) != 0;
    }
    return letters;
}

static enum part part_of(const char *key)
{
    for (size_t i = 0; i < PFG_COUNT(told_by); i++) {
        if (!strcmp(key, told_by[i].key)) {
            return told_by[i].part;
        }
    }
    return 0;
}

bool pfg_machine_is_fact(const char *key)
{
    return part_of(key) != 0;
}

struct pfg_machine pfg_machine_said(const struct pfg_fact *facts, size_t n)
{
    struct pfg_machine said = {.cpus = 0};

    for (size_t i = 0; i < n; i++) {
        const char *value = facts[i].value;
        enum part part = part_of(facts[i].key);
        uint64_t cpus;

        if (part == PLATFORM) {
            said.arch =
                said.arch ? said.arch : find_in(archs, PFG_COUNT(archs), value);
            said.os =
                said.os ? said.os : find_in(systems, PFG_COUNT(systems), value);
        } else if (part == CPU && !said.cpu && names_cpu(value)) {
            said.cpu = value;
        } else if (part == CPUS && !said.cpus &&
                   !pfg_number_parse_u64(&cpus, pfg_slice_of(value)) &&
                   cpus < 100000) {
            said.cpus = (int)cpus;
        }
    }
    return said;
}

static void add(struct pfg_str *text, const char *what, const char *one,
                const char *between, const char *other, const char *after)
{
    pfg_str_printf(text, "%s%s: %s%s%s%s", text->len ? ", " : "", what, one,
                   between, other, after);
}

const char *pfg_machine_differs(const struct pfg_machine *one,
                                const struct pfg_machine *other,
                                const char *between, const char *after,
                                struct pfg_arena *arena)
{
    struct pfg_str text;
    const char *result = NULL;

    pfg_str_init(&text, 0);
    if (one->os && other->os && strcmp(one->os, other->os)) {
        add(&text, "os", one->os, between, other->os, after);
    }
    if (one->arch && other->arch && strcmp(one->arch, other->arch)) {
        add(&text, "arch", one->arch, between, other->arch, after);
    }
    if (one->cpu && other->cpu &&
        !pfg_profile_same_cpu(one->cpu, other->cpu, arena)) {
        add(&text, "cpu", one->cpu, between, other->cpu, after);
    }
    if (one->cpus && other->cpus && one->cpus != other->cpus) {
        add(&text, "cpus", pfg_arena_printf(arena, "%d", one->cpus), between,
            pfg_arena_printf(arena, "%d", other->cpus), after);
    }
    if (text.len) {
        result = pfg_arena_slice(arena, pfg_str_slice(&text));
    }
    pfg_str_free(&text);
    return result;
}

struct pfg_machine pfg_machine_of(const struct pfg_profile *profile,
                                  const struct pfg_machine *said)
{
    static const char *const counts[] = {"cpus_online", "cpus_allowed"};
    struct pfg_machine here = {
        .arch = profile->arch ? find_in(archs, PFG_COUNT(archs), profile->arch)
                              : NULL,
        .os = "linux", /* where perfgate runs */
        .cpu = profile->cpu_name,
        .cpus = profile->cpus,
    };

    for (size_t i = 0; i < PFG_COUNT(counts); i++) {
        const char *count = pfg_profile_note(profile, counts[i]);

        if (count && atoi(count) == said->cpus) {
            here.cpus = said->cpus;
        }
    }
    return here;
}

struct pfg_profile pfg_machine_profile(const struct pfg_machine *said,
                                       struct pfg_arena *arena)
{
    bool linux = !said->os || !strcmp(said->os, "linux");
    struct pfg_profile profile = {
        .arch = linux ? said->arch
                      : pfg_arena_printf(arena, "%s %s",
                                         said->arch ? said->arch : "unknown",
                                         said->os),
        .cpu_name = said->cpu,
        .cpus = said->cpus,
    };

    profile = pfg_profile_copy(&profile, arena);
    pfg_profile_finish(&profile, arena);
    return profile;
}
