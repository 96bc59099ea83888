#include "unit/unit.h"

#include <string.h>
#include <strings.h>

#include "base/number.h"

static const char *const direction_names[] = {
    [PFG_NEUTRAL] = "neutral",
    [PFG_LOWER] = "lower",
    [PFG_HIGHER] = "higher",
};
const struct pfg_enum_words pfg_direction_words = {"direction", direction_names,
                                                   PFG_COUNT(direction_names)};

#define MAX_UNIT 64

const char *pfg_direction_name(enum pfg_direction better)
{
    return direction_names[better];
}

int pfg_direction_parse(enum pfg_direction *out, struct pfg_slice text)
{
    return pfg_enum_find(&pfg_direction_words, text, out);
}

/* What several spellings have in common; `names` are separated by spaces. */
struct entry {
    const char *names;
    const char *base;
    int exp10;
    double factor;
    enum pfg_direction better;
    const char *metric;
};

static const struct entry times[] = {
    {"ps psec picoseconds", "s", -12, 1, PFG_LOWER, "time"},
    {"ns nsec nanos nanosecond nanoseconds", "s", -9, 1, PFG_LOWER, "time"},
    /* U+00B5 and U+03BC look alike, and both are in use. */
    {"us \u00b5s \u03bcs usec micros microsecond microseconds", "s", -6, 1,
     PFG_LOWER, "time"},
    {"ms msec millis millisecond milliseconds", "s", -3, 1, PFG_LOWER, "time"},
    {"s S sec secs second seconds", "s", 0, 1, PFG_LOWER, "time"},
    {"m min mins minute minutes", "s", 0, 60, PFG_LOWER, "time"},
    {"h hr hrs hour hours", "s", 0, 3600, PFG_LOWER, "time"},
};

/* A size alone has no better direction: it may be data sent. */
static const struct entry sizes[] = {
    {"B b byte bytes", "B", 0, 1, PFG_NEUTRAL, NULL},
    {"bit bits", "B", 0, 0.125, PFG_NEUTRAL, NULL},
};

/* In a rate a lower-case b after a capital is a bit, as criterion writes it. */
static const char bits_per_second[] = "b Kb Mb Gb Tb";

/* What is counted per time: the numerators of rates other than data rates. */
static const struct entry counted[] = {
    {"elem elems element elements item items", "elem/s", 0, 1, PFG_HIGHER,
     "throughput"},
    {"op ops operation operations iter iters iteration iterations call calls",
     "1/s", 0, 1, PFG_HIGHER, "throughput"},
    {"req reqs request requests", "1/s", 0, 1, PFG_HIGHER, "requests"},
    {"tx txn txns transaction transactions query queries flop flops", "1/s", 0,
     1, PFG_HIGHER, "throughput"},
    /* A benchmark may count several of these, so they name no metric. */
    {"event events message messages msg msgs packet packets frame frames",
     "elem/s", 0, 1, PFG_HIGHER, NULL},
    {"record records row rows document documents span spans job jobs", "elem/s",
     0, 1, PFG_HIGHER, NULL},
    {"token tokens page pages sample samples image images step steps file "
     "files",
     "elem/s", 0, 1, PFG_HIGHER, NULL},
    {"node nodes edge edges point points line lines key keys object objects "
     "batch batches task tasks char chars commit commits connection "
     "connections update updates lookup lookups insert inserts",
     "elem/s", 0, 1, PFG_HIGHER, NULL},
    /* errors per second, for example */
    {"1", "1/s", 0, 1, PFG_NEUTRAL, NULL},
};

/* Rates that are a single word. */
static const struct entry rates[] = {
    {"rps", "1/s", 0, 1, PFG_HIGHER, "requests"},
    {"qps tps iops flops", "1/s", 0, 1, PFG_HIGHER, "throughput"},
    {"fps pps", "elem/s", 0, 1, PFG_HIGHER, NULL},
    {"bps", "B/s", 0, 0.125, PFG_HIGHER, "throughput"},
    {"Bps", "B/s", 0, 1, PFG_HIGHER, "throughput"},
};

static const struct entry plain[] = {
    {"allocs/op allocs allocs/iter", "1", 0, 1, PFG_LOWER, "allocs"},
    {"cycles cycles/op cycles/iter", "1", 0, 1, PFG_LOWER, "cycles"},
    {"instructions instructions/op instructions/iter instr/op", "1", 0, 1,
     PFG_LOWER, "instructions"},
    {"% percent pct", "1", -2, 1, PFG_NEUTRAL, NULL},
    {"1 # count x ratio", "1", 0, 1, PFG_NEUTRAL, NULL},
    {"thousand", "1", 3, 1, PFG_NEUTRAL, NULL},
};

/* Prefixes of sizes, rates and counts; decimal ones first, so that "KIOPS" is
 * not read as "KI" and "OPS". */
static const struct prefix {
    const char *name;
    int exp10;
    double factor;
} prefixes[] = {
    {"", 0, 1},          {"k", 3, 1},         {"K", 3, 1},
    {"M", 6, 1},         {"G", 9, 1},         {"T", 12, 1},
    {"kilo", 3, 1},      {"mega", 6, 1},      {"giga", 9, 1},
    {"tera", 12, 1},     {"Ki", 0, 0x1p10},   {"Mi", 0, 0x1p20},
    {"Gi", 0, 0x1p30},   {"Ti", 0, 0x1p40},   {"kibi", 0, 0x1p10},
    {"mebi", 0, 0x1p20}, {"gibi", 0, 0x1p30}, {"tebi", 0, 0x1p40},
};

/* `fold`: ignore case. */
static bool same(struct pfg_slice a, struct pfg_slice b, bool fold)
{
    return fold ? a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len)
                : pfg_slice_eq(a, b);
}

static bool names_hold(const char *names, struct pfg_slice word, bool fold)
{
    while (*names) {
        const char *end = names;

        while (*end && *end != ' ') {
            end++;
        }
        if ((size_t)(end - names) == word.len &&
            same(pfg_slice_range(names, end), word, fold)) {
            return true;
        }
        names = *end ? end + 1 : end;
    }
    return false;
}

/* Single letters are always case-sensitive: "M" is not a minute. */
static const struct entry *find(const struct entry *table, size_t n,
                                struct pfg_slice word, bool fold)
{
    fold = fold && word.len > 1;
    for (size_t i = 0; i < n; i++) {
        if (names_hold(table[i].names, word, fold)) {
            return &table[i];
        }
    }
    return NULL;
}

static struct pfg_unit make(const struct entry *entry)
{
    return (struct pfg_unit){
        .base = pfg_slice_of(entry->base),
        .exp10 = entry->exp10,
        .factor = entry->factor,
        .better = entry->better,
        .metric = entry->metric,
    };
}

/* The same with a prefix: "MiB", "Kelem", "kIOPS". */
static bool find_prefixed(struct pfg_unit *out, const struct entry *table,
                          size_t n, struct pfg_slice word, bool fold)
{
    for (size_t i = 0; i < PFG_COUNT(prefixes); i++) {
        struct pfg_slice prefix = pfg_slice_of(prefixes[i].name);
        const struct entry *entry =
            same(pfg_slice_first(word, prefix.len), prefix, fold)
                ? find(table, n, pfg_slice_from(word, prefix.len), fold)
                : NULL;

        if (entry) {
            *out = make(entry);
            out->exp10 += prefixes[i].exp10;
            out->factor *= prefixes[i].factor;
            return true;
        }
    }
    return false;
}

/* "MB/s", "ops/ms", "req/min": a size or a count per time. */
static bool find_rate(struct pfg_unit *out, struct pfg_slice numerator,
                      const struct entry *time, bool fold)
{
    if (find_prefixed(out, sizes, PFG_COUNT(sizes), numerator, fold)) {
        out->base = PFG_LIT("B/s");
        out->better = PFG_HIGHER;
        out->metric = "throughput";
        if (names_hold(bits_per_second, numerator, false)) {
            out->factor /= 8;
        }
    } else if (!find_prefixed(out, counted, PFG_COUNT(counted), numerator,
                              fold)) {
        return false;
    }
    out->exp10 -= time->exp10;
    out->factor /= time->factor;
    return true;
}

/* "ns/op", "B/op", "µs/req": a time or a size per something. */
static bool find_per(struct pfg_unit *out, struct pfg_slice numerator,
                     struct pfg_slice denominator, bool fold)
{
    const struct entry *time = find(times, PFG_COUNT(times), numerator, fold);
    bool each =
        names_hold("op operation iter iteration call", denominator, fold);

    if (!denominator.len ||
        (!time &&
         !find_prefixed(out, sizes, PFG_COUNT(sizes), numerator, fold))) {
        return false;
    }
    if (time) {
        *out = make(time);
    }
    if (!each) {
        out->metric = NULL; /* a suite may have "ns/GC" and "ns/op" */
    } else if (!time) {
        out->better = PFG_LOWER;
        out->metric = "bytes";
    }
    return true;
}

static bool find_whole(struct pfg_unit *out, struct pfg_slice word, bool fold)
{
    size_t slash = pfg_slice_find_byte(word, '/');
    struct pfg_slice numerator = pfg_slice_first(word, slash);
    struct pfg_slice denominator = pfg_slice_from(word, slash + 1);
    const struct entry *entry = find(plain, PFG_COUNT(plain), word, fold);

    if (!entry && slash < word.len) {
        /* "MB/SEC" is a rate, not a size per "SEC". */
        const struct entry *time =
            find(times, PFG_COUNT(times), denominator, true);

        return time ? find_rate(out, numerator.len ? numerator : PFG_LIT("1"),
                                time, fold)
                    : find_per(out, numerator, denominator, fold);
    }
    entry = entry ? entry : find(times, PFG_COUNT(times), word, fold);
    if (entry) {
        *out = make(entry);
        return true;
    }
    return find_prefixed(out, sizes, PFG_COUNT(sizes), word, fold) ||
           find_prefixed(out, rates, PFG_COUNT(rates), word, fold);
}

/* "p99-ns/op", "peak-RSS-bytes": only its author knows what the name before the
 * dash means, so the unit implies neither metric nor direction. */
static bool find_dashed(struct pfg_unit *out, struct pfg_slice word, bool fold)
{
    size_t dash = pfg_slice_find_last_byte(word, '-');

    if (dash == 0 || dash >= word.len ||
        !find_whole(out, pfg_slice_from(word, dash + 1), fold)) {
        return false;
    }
    out->better = PFG_NEUTRAL;
    out->metric = NULL;
    return true;
}

/* Writes "requests per second" and "ops / sec" with a slash and no spaces. */
static struct pfg_slice normalize(char room[MAX_UNIT], struct pfg_slice word)
{
    size_t n = 0;

    if (word.len >= MAX_UNIT) {
        return word;
    }
    while (word.len) {
        bool per = word.len > 5 && !strncasecmp(word.ptr, " per ", 5);

        if (per || pfg_slice_starts(word, " / ")) {
            room[n++] = '/';
            word = pfg_slice_from(word, per ? 5 : 3);
        } else {
            room[n++] = *word.ptr;
            word = pfg_slice_from(word, 1);
        }
    }
    return pfg_slice_make(room, n);
}

struct pfg_unit pfg_unit_find(struct pfg_slice written)
{
    char room[MAX_UNIT];
    struct pfg_slice word = pfg_slice_trim(written);
    struct pfg_slice plainly = normalize(room, word);
    struct pfg_unit unit = {.base = word, .factor = 1};

    if (!word.len) {
        unit.base = PFG_LIT("1");
        return unit;
    }
    /* Case-sensitive first: "Mb/s" is not "MB/s". */
    for (int fold = 0; fold < 2; fold++) {
        if (find_whole(&unit, plainly, fold) ||
            find_dashed(&unit, plainly, fold)) {
            break;
        }
    }
    return unit;
}

int pfg_unit_convert(double *out, struct pfg_slice number,
                     const struct pfg_unit *unit)
{
    double value;

    if (pfg_number_parse(&value, number, unit->exp10)) {
        return -1;
    }
    *out = value * unit->factor;
    return 0;
}
