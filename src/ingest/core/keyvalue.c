#include "ingest/core/keyvalue.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MAX_KEY 64

static bool is_key_byte(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("_.-%()/ ", c));
}

static bool is_key(struct pfg_slice key)
{
    if (!key.len || key.len > MAX_KEY || !isalnum((unsigned char)key.ptr[0])) {
        return false;
    }
    for (size_t i = 0; i < key.len; i++) {
        if (!is_key_byte(key.ptr[i])) {
            return false;
        }
    }
    return true;
}

/* Scripts print NaN or Inf after a division by zero. */
static struct pfg_slice parse_value(struct pfg_slice *rest)
{
    static const char *const words[] = {"nan", "-nan", "NaN", "inf", "-inf"};
    struct pfg_slice number = pfg_take_number(rest);

    for (size_t i = 0; !number.len && i < PFG_COUNT(words); i++) {
        if (pfg_slice_is(*rest, words[i])) {
            number = *rest;
            *rest = pfg_slice_from(*rest, rest->len);
        }
    }
    return number;
}

/* Whether this can be a unit: empty, a word that cannot be the rest of a number
 * or date, or a rate such as "requests per second". */
static bool is_unit(struct pfg_slice unit)
{
    unsigned char first = unit.len ? (unsigned char)unit.ptr[0] : '%';

    return unit.len <= 24 && (isalpha(first) || first == '%' || first > 127) &&
           (pfg_slice_find_byte(unit, ' ') == unit.len ||
            pfg_slice_ends(pfg_unit_find(unit).base, "/s"));
}

bool pfg_keyvalue_line(struct pfg_keyvalue *out, struct pfg_slice line,
                       char separator)
{
    size_t at = pfg_slice_find_byte(line, separator);
    struct pfg_slice rest = pfg_slice_trim(pfg_slice_from(line, at + 1));

    if (at >= line.len) {
        return false;
    }
    out->key = pfg_slice_trim(pfg_slice_first(line, at));
    out->number = parse_value(&rest);
    out->unit = pfg_slice_trim_left(rest);
    return is_key(out->key) && out->number.len && is_unit(out->unit);
}

bool pfg_keyvalue_section(struct pfg_slice *out, struct pfg_slice line)
{
    struct pfg_slice name = pfg_slice_trim(line);

    if (!pfg_slice_ends(name, ":")) {
        return false;
    }
    name.len--;
    if (!name.len || name.len > MAX_KEY || !isupper((unsigned char)*name.ptr)) {
        return false;
    }
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!isupper((unsigned char)c) && !isdigit((unsigned char)c) &&
            c != '_' && c != ' ' && c != '-') {
            return false;
        }
    }
    *out = name;
    return true;
}

/* Endings of keys and headings; longer ones come first. */
static const struct suffix {
    const char *text, *unit;
} suffixes[] = {
    {"_bytes_per_sec", "B/s"},
    {"_kb_per_sec", "KB/s"},
    {"_mb_per_sec", "MB/s"},
    {"_gb_per_sec", "GB/s"},
    {"_per_second", "1/s"},
    {"_per_sec", "1/s"},
    {"_seconds", "s"},
    {"_secs", "s"},
    {"_sec", "s"},
    {"_ms", "ms"},
    {"_us", "us"},
    {"_ns", "ns"},
    {"_percent", "%"},
    {"_pct", "%"},
    {"_bytes", "B"},
    {"_kb", "KB"},
    {"_mb", "MB"},
    {"_gb", "GB"},
};

/* A name in lower case, its words joined by "_", without its unit. */
struct name {
    char text[MAX_KEY + 1];
    const char *unit; /* or NULL */
};

/* The length of `text` without the suffix; all of it if it ends differently. A
 * rate may be the whole name: "mb_per_sec". */
static size_t length_before(struct pfg_slice text, const char *suffix)
{
    if (pfg_slice_ends(text, suffix)) {
        return text.len - strlen(suffix);
    }
    return strstr(suffix, "_per_") && pfg_slice_is(text, suffix + 1) ? 0
                                                                     : text.len;
}

static void read_name(struct name *out, struct pfg_slice raw)
{
    size_t n = raw.len < MAX_KEY ? raw.len : MAX_KEY;
    struct pfg_slice text = pfg_slice_make(out->text, n);

    for (size_t i = 0; i < n; i++) {
        char c = (char)tolower((unsigned char)raw.ptr[i]);

        out->text[i] = c == ' ' || c == '-' || c == '/' ? '_' : c;
    }
    out->unit = NULL;
    for (size_t i = 0; i < PFG_COUNT(suffixes) && !out->unit; i++) {
        size_t before = length_before(text, suffixes[i].text);

        if (before < text.len) {
            out->unit = suffixes[i].unit;
            n = before;
        }
    }
    out->text[n] = '\0';
}

static bool is_one_of(const char *words, struct pfg_slice word)
{
    struct pfg_slice rest = pfg_slice_of(words);

    while (rest.len) {
        if (pfg_slice_eq(pfg_take_until(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

/* Joins the words of heading and key except those in `about`. Returns whether
 * any of those was found. */
static bool words_without(char out[PFG_KEYVALUE_METRIC], const char *about,
                          const struct name *section, const struct name *key)
{
    const char *const texts[] = {section->text, key->text};
    size_t len = 0;
    bool found = false;

    out[0] = '\0';
    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        struct pfg_slice rest = pfg_slice_of(texts[i]);

        while (rest.len) {
            struct pfg_slice word = pfg_take_until(&rest, '_');

            if (is_one_of(about, word)) {
                found = true;
            } else if (word.len && len < PFG_KEYVALUE_METRIC - 1) {
                len +=
                    (size_t)snprintf(out + len, PFG_KEYVALUE_METRIC - len,
                                     "%s%.*s", len ? " " : "", PFG_SLICE(word));
            }
        }
    }
    return found;
}

static const struct statistic {
    const char *names, *word;
    bool neutral; /* describes the spread, so no direction is better */
} statistics[] = {
    {"mean|avg|average", "mean", false},
    {"stdev|stddev|std dev|sd", "stdev", true},
    {"min|minimum", "min", true},
    {"max|maximum", "max", true},
    {"median|med", "p50", false},
};

/* Reads "p99", "p99 9", "p999", "99%", "99th" or "percentile 99" as digits with
 * their decimal point; false for anything else. */
static bool read_percentile(char out[16], struct pfg_slice word)
{
    struct pfg_slice whole, part;

    (void)(pfg_take(&word, "percentile ") || pfg_take(&word, "p ") ||
           pfg_take(&word, "p"));
    whole = pfg_take_digits(&word);
    if (!whole.len || whole.len > 6) {
        return false;
    }
    (void)(pfg_take(&word, ".") || pfg_take(&word, " "));
    part = pfg_take_digits(&word);
    (void)(pfg_take(&word, "%") || pfg_take(&word, "th"));
    if (word.len || part.len > 6) {
        return false;
    }
    if (!part.len && whole.len > 2 && pfg_slice_starts(whole, "99")) {
        part = pfg_slice_from(whole, 2); /* "p999" is p99.9 */
        whole.len = 2;
    }
    snprintf(out, 16, "%.*s%s%.*s", PFG_SLICE(whole), part.len ? "." : "",
             PFG_SLICE(part));
    return true;
}

static bool is_listed(const char *names, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(names);

    while (rest.len) {
        if (pfg_slice_is(pfg_take_until(&rest, '|'), text)) {
            return true;
        }
    }
    return false;
}

static bool find_latency(struct pfg_keyvalue_meaning *out,
                         const struct name *section, const struct name *key)
{
    char words[PFG_KEYVALUE_METRIC], percentile[16];

    if (!words_without(words, "latency latencies summary", section, key) ||
        !(strstr(section->text, "latenc") || strstr(key->text, "latenc"))) {
        return false;
    }
    out->better = PFG_LOWER;
    for (size_t i = 0; i < PFG_COUNT(statistics); i++) {
        if (is_listed(statistics[i].names, words)) {
            snprintf(out->metric, sizeof out->metric, "latency %s",
                     statistics[i].word);
            out->better = statistics[i].neutral ? PFG_NEUTRAL : PFG_LOWER;
            return true;
        }
    }
    if (!*words) {
        snprintf(out->metric, sizeof out->metric, "latency");
        return true;
    }
    if (read_percentile(percentile, pfg_slice_of(words))) {
        snprintf(out->metric, sizeof out->metric, "latency p%s", percentile);
        return true;
    }
    return false;
}

static const struct {
    const char *names, *word;
} errors[] = {
    {"connect|connection", "errors connect"},
    {"read", "errors read"},
    {"write", "errors write"},
    {"timeout|timeouts", "errors timeout"},
    {"status|http|non 2xx", "errors status"},
    {"|total|count", "errors"},
    {"rate", "error rate"},
};

static bool find_errors(struct pfg_keyvalue_meaning *out,
                        const struct name *section, const struct name *key)
{
    char words[PFG_KEYVALUE_METRIC];

    if (!words_without(words, "error errors summary socket", section, key) ||
        !(strstr(section->text, "error") || strstr(key->text, "error"))) {
        return false;
    }
    if (out->has_unit && pfg_slice_is(out->unit, "%") && !*words) {
        snprintf(words, sizeof words, "rate");
    }
    out->better = PFG_LOWER;
    for (size_t i = 0; i < PFG_COUNT(errors); i++) {
        if (is_listed(errors[i].names, words)) {
            snprintf(out->metric, sizeof out->metric, "%s", errors[i].word);
            return true;
        }
    }
    return false;
}

static const struct rate {
    const char *base, *names, *metric;
} rates[] = {
    {"1/s", "requests|request|req|reqs|throughput|", "requests"},
    {"elem/s", "throughput|", "throughput"},
    {"B/s", "transfer|throughput|bandwidth|read|", "transfer"},
};

static bool find_rate(struct pfg_keyvalue_meaning *out,
                      const struct name *section, const struct name *key)
{
    struct pfg_unit unit = pfg_unit_find(out->unit);
    char words[PFG_KEYVALUE_METRIC];

    words_without(words, "summary", section, key);
    if (is_listed("rps", words) && !out->has_unit) {
        out->has_unit = true;
        out->unit = PFG_LIT("1/s");
        unit = pfg_unit_find(out->unit);
        words[0] = '\0';
    }
    for (size_t i = 0; out->has_unit && i < PFG_COUNT(rates); i++) {
        if (pfg_slice_is(unit.base, rates[i].base) &&
            (!*words || is_listed(rates[i].names, words))) {
            snprintf(out->metric, sizeof out->metric, "%s", rates[i].metric);
            out->better = PFG_HIGHER;
            return true;
        }
    }
    return false;
}

static const char bad[] =
    "error errors failed failure failures timeout timeouts exceptions rejected "
    "dropped retries misses faults";

static const struct {
    const char *words;
    enum pfg_direction better;
} directions[] = {
    {"count samples total number", PFG_NEUTRAL},
    {"success successes successful throughput speed bandwidth", PFG_HIGHER},
    {bad, PFG_LOWER},
    {"hit hits score fps qps tps rps iops", PFG_HIGHER},
    {"latency memory mem rss heap cpu", PFG_LOWER},
};

/* Whether the metric contains one of the words. */
static bool has_word(const char *metric, const char *words)
{
    struct pfg_slice rest = pfg_slice_of(metric);

    while (rest.len) {
        if (is_one_of(words, pfg_take_until(&rest, ' '))) {
            return true;
        }
    }
    return false;
}

/* In "cpu speed events" per second the last word is what is counted. */
static bool counts_something(const char *metric)
{
    const char *blank = strrchr(metric, ' ');
    char unit[PFG_KEYVALUE_METRIC + 3];

    snprintf(unit, sizeof unit, "%s/s", blank ? blank + 1 : metric);
    return pfg_unit_find(pfg_slice_of(unit)).better == PFG_HIGHER;
}

/* A higher rate is better unless it is a rate of failures. "memory" or "cpu"
 * then only names what is counted. */
static bool find_direction(enum pfg_direction *out, const char *metric,
                           struct pfg_slice written)
{
    struct pfg_unit unit = pfg_unit_find(written);
    bool rate = pfg_slice_ends(unit.base, "/s");

    if (rate && !has_word(metric, bad) &&
        (unit.better == PFG_HIGHER || counts_something(metric))) {
        *out = PFG_HIGHER;
        return true;
    }
    /* A rate is not decided by the first entry (counts) or the last (costs). */
    for (size_t i = rate; i < PFG_COUNT(directions) - rate; i++) {
        if (has_word(metric, directions[i].words)) {
            *out = directions[i].better;
            return true;
        }
    }
    return false;
}

bool pfg_keyvalue_direction(enum pfg_direction *out, struct pfg_slice name,
                            struct pfg_slice unit)
{
    struct name none = {.text = ""}, words;
    char text[PFG_KEYVALUE_METRIC];

    read_name(&words, name);
    for (char *c = words.text; *c; c++) {
        *c = *c == '.' ? '_' : *c; /* "memory.used" */
    }
    words_without(text, "", &none, &words);
    return find_direction(out, text,
                          unit.len ? unit : pfg_slice_of(words.unit));
}

void pfg_keyvalue_find(struct pfg_keyvalue_meaning *out,
                       struct pfg_slice section,
                       const struct pfg_keyvalue *line)
{
    struct name heading, key;
    const char *unit;

    *out = (struct pfg_keyvalue_meaning){.better = PFG_NEUTRAL};
    read_name(&heading, section);
    read_name(&key, line->key);
    unit = key.unit ? key.unit : heading.unit;
    out->unit = line->unit.len ? line->unit : pfg_slice_of(unit);
    out->has_unit = out->unit.len > 0;
    out->known = find_latency(out, &heading, &key) ||
                 find_errors(out, &heading, &key) ||
                 find_rate(out, &heading, &key);
    if (out->known) {
        return;
    }
    words_without(out->metric, "", &heading, &key);
    if (!line->unit.len && !key.unit) {
        /* The heading's unit belongs to its statistics, not to a count. */
        out->unit = pfg_slice_of(NULL);
        out->has_unit = false;
    }
    find_direction(&out->better, out->metric, out->unit);
}
