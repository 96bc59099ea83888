#include "unit/unit.h"

#include <string.h>

#include "base/number.h"

static const char *const direction_names[] = {
    [PFG_NEUTRAL] = "neutral",
    [PFG_LOWER] = "lower",
    [PFG_HIGHER] = "higher",
};

#define N(table) (sizeof(table) / sizeof *(table))

const char *pfg_direction_name(enum pfg_direction better)
{
    return direction_names[better];
}

int pfg_direction_parse(enum pfg_direction *out, struct pfg_slice text)
{
    for (size_t i = 0; i < N(direction_names); i++) {
        if (pfg_slice_is(text, direction_names[i])) {
            *out = (enum pfg_direction)i;
            return 0;
        }
    }
    return -1;
}

/* What several spellings have in common; `names` are separated by blanks. */
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
    {"s sec secs second seconds", "s", 0, 1, PFG_LOWER, "time"},
    {"m min mins minute minutes", "s", 0, 60, PFG_LOWER, "time"},
    {"h hr hrs hour hours", "s", 0, 3600, PFG_LOWER, "time"},
};

/* A size alone does not say which way is better: data sent is one too. */
static const struct entry sizes[] = {
    {"B byte bytes", "B", 0, 1, PFG_NEUTRAL, NULL},
    {"KB kB kilobytes Kilobytes", "B", 3, 1, PFG_NEUTRAL, NULL},
    {"MB megabytes Megabytes", "B", 6, 1, PFG_NEUTRAL, NULL},
    {"GB gigabytes Gigabytes", "B", 9, 1, PFG_NEUTRAL, NULL},
    {"TB", "B", 12, 1, PFG_NEUTRAL, NULL},
    {"KiB", "B", 0, 1024.0, PFG_NEUTRAL, NULL},
    {"MiB", "B", 0, 1048576.0, PFG_NEUTRAL, NULL},
    {"GiB", "B", 0, 1073741824.0, PFG_NEUTRAL, NULL},
    {"TiB", "B", 0, 1099511627776.0, PFG_NEUTRAL, NULL},
    /* criterion counts bits in lower case */
    {"b bit bits", "B", 0, 0.125, PFG_NEUTRAL, NULL},
    {"Kb kb", "B", 3, 0.125, PFG_NEUTRAL, NULL},
    {"Mb", "B", 6, 0.125, PFG_NEUTRAL, NULL},
    {"Gb", "B", 9, 0.125, PFG_NEUTRAL, NULL},
    {"Tb", "B", 12, 0.125, PFG_NEUTRAL, NULL},
};

/* What is counted per time: the numerators of rates other than bytes. */
static const struct entry counted[] = {
    {"elem elems element elements item items", "elem/s", 0, 1, PFG_HIGHER,
     "throughput"},
    {"Kelem kelem", "elem/s", 3, 1, PFG_HIGHER, "throughput"},
    {"Melem", "elem/s", 6, 1, PFG_HIGHER, "throughput"},
    {"Gelem", "elem/s", 9, 1, PFG_HIGHER, "throughput"},
    {"op ops operation operations iter iters iterations", "1/s", 0, 1,
     PFG_HIGHER, "throughput"},
    {"req reqs request requests", "1/s", 0, 1, PFG_HIGHER, "requests"},
    {"tx txn txns transaction transactions query queries", "1/s", 0, 1,
     PFG_HIGHER, "throughput"},
    /* A benchmark may count several of these, so they name no metric. */
    {"event events message messages msg msgs packet packets frame frames",
     "elem/s", 0, 1, PFG_HIGHER, NULL},
    {"record records row rows document documents span spans job jobs", "elem/s",
     0, 1, PFG_HIGHER, NULL},
    /* errors are counted per second, too */
    {"1", "1/s", 0, 1, PFG_NEUTRAL, NULL},
};

static const struct entry plain[] = {
    {"allocs/op allocs allocs/iter", "1", 0, 1, PFG_LOWER, "allocs"},
    {"cycles cycles/op cycles/iter", "1", 0, 1, PFG_LOWER, "cycles"},
    {"instructions instructions/op instructions/iter instr/op", "1", 0, 1,
     PFG_LOWER, "instructions"},
    {"% percent Percent pct", "1", -2, 1, PFG_NEUTRAL, NULL},
    {"1 # count x ratio", "1", 0, 1, PFG_NEUTRAL, NULL},
    {"rps", "1/s", 0, 1, PFG_HIGHER, "requests"},
    {"qps tps", "1/s", 0, 1, PFG_HIGHER, "throughput"},
    {"bps", "B/s", 0, 0.125, PFG_HIGHER, "throughput"},
    {"Kbps kbps", "B/s", 3, 0.125, PFG_HIGHER, "throughput"},
    {"Mbps", "B/s", 6, 0.125, PFG_HIGHER, "throughput"},
    {"Gbps", "B/s", 9, 0.125, PFG_HIGHER, "throughput"},
};

static bool names_hold(const char *names, struct pfg_slice word)
{
    struct pfg_slice rest = pfg_slice_of(names);

    while (rest.len) {
        if (pfg_slice_eq(pfg_take_until(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

static const struct entry *find(const struct entry *table, size_t n,
                                struct pfg_slice word)
{
    for (size_t i = 0; i < n; i++) {
        if (names_hold(table[i].names, word)) {
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

/* "MB/s", "ops/ms", "req/min": something known per time. */
static bool find_rate(struct pfg_unit *out, struct pfg_slice numerator,
                      const struct entry *time)
{
    const struct entry *size = find(sizes, N(sizes), numerator);
    const struct entry *what = find(counted, N(counted), numerator);

    if (!size && !what) {
        return false;
    }
    *out = make(size ? size : what);
    if (size) {
        out->base = PFG_LIT("B/s");
        out->better = PFG_HIGHER;
        out->metric = "throughput";
    }
    out->exp10 -= time->exp10;
    out->factor /= time->factor;
    return true;
}

/* "ns/op", "B/op", "µs/req": a time or a size for each of something. */
static bool find_per(struct pfg_unit *out, struct pfg_slice numerator,
                     struct pfg_slice denominator)
{
    const struct entry *time = find(times, N(times), numerator);
    const struct entry *size = find(sizes, N(sizes), numerator);
    bool each = names_hold("op iter iteration call", denominator);

    if ((!time && !size) || !denominator.len) {
        return false;
    }
    *out = make(time ? time : size);
    if (!each) {
        out->metric = NULL; /* "ns/GC" may stand beside "ns/op" */
    } else if (size) {
        out->better = PFG_LOWER;
        out->metric = "bytes";
    }
    return true;
}

static bool find_exact(struct pfg_unit *out, struct pfg_slice word)
{
    const struct entry *entry = find(plain, N(plain), word);
    size_t slash = pfg_slice_find_byte(word, '/');
    struct pfg_slice numerator = pfg_slice_first(word, slash);
    struct pfg_slice denominator = pfg_slice_from(word, slash + 1);
    const struct entry *time = find(times, N(times), denominator);

    entry = entry ? entry : find(times, N(times), word);
    entry = entry ? entry : find(sizes, N(sizes), word);
    if (entry) {
        *out = make(entry);
        return true;
    }
    if (slash >= word.len) {
        return false;
    }
    return time ? find_rate(out, numerator.len ? numerator : PFG_LIT("1"), time)
                : find_per(out, numerator, denominator);
}

/* "p99-ns/op", "peak-RSS-bytes": what stands before the dash is a name that
 * only its author understands, so the unit says neither metric nor direction.
 */
static bool find_dashed(struct pfg_unit *out, struct pfg_slice word)
{
    size_t dash = pfg_slice_find_last_byte(word, '-');

    if (dash == 0 || dash >= word.len ||
        !find_exact(out, pfg_slice_from(word, dash + 1))) {
        return false;
    }
    out->better = PFG_NEUTRAL;
    out->metric = NULL;
    return true;
}

struct pfg_unit pfg_unit_find(struct pfg_slice written)
{
    struct pfg_slice word = pfg_slice_trim(written);
    struct pfg_unit unit = {.base = word, .factor = 1};

    if (!word.len) {
        unit.base = PFG_LIT("1");
    } else if (!find_exact(&unit, word)) {
        find_dashed(&unit, word);
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
