#include "ingest/k6/k6_text_line.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

/* The marks themselves, then their UTF-8 bytes as code pages 437, 850, 1252. */
static const struct {
    const char *text;
    int mark;
} marks[] = {
    {"✓", 1},  {"Γ£ô", 1},  {"Ô£ô", 1},  {"âœ“", 1},
    {"✗", -1}, {"Γ£ù", -1}, {"Ô£ù", -1}, {"âœ—", -1},
};

static const char *const blocks[] = {"█ ", "Γûê ", "Ôûê ", "â–ˆ "};

static const struct time_unit {
    const char *text;
    int exp10;
    double factor;
} time_units[] = {
    {"h", 0, 3600}, {"ms", -3, 1},  {"m", 0, 60},  {"ns", -9, 1},
    {"µs", -6, 1},  {"μs", -6, 1},  {"us", -6, 1}, {"┬╡s", -6, 1},
    {"┬Ás", -6, 1}, {"Âµs", -6, 1}, {"�s", -6, 1}, {"s", 0, 1},
};

int pfg_k6_text_mark(struct pfg_slice *text)
{
    for (size_t i = 0; i < PFG_COUNT(marks); i++) {
        if (pfg_take(text, marks[i].text)) {
            *text = pfg_slice_trim_left(*text);
            return marks[i].mark;
        }
    }
    return 0;
}

bool pfg_k6_text_heading(struct pfg_slice *out, struct pfg_slice text)
{
    for (size_t i = 0; i < PFG_COUNT(blocks); i++) {
        if (pfg_take(&text, blocks[i])) {
            *out = pfg_slice_trim(text);
            return true;
        }
    }
    return false;
}

static const struct time_unit *parse_time_unit(struct pfg_slice *rest)
{
    for (size_t i = 0; i < PFG_COUNT(time_units); i++) {
        if (pfg_take(rest, time_units[i].text)) {
            return &time_units[i];
        }
    }
    return NULL;
}

/* Reads "1h2m3.4s" as a sum. A single part keeps its digits and resolution. */
static bool read_time(struct pfg_k6_text_value *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;
    double sum = 0;
    size_t n = 0;

    while (rest.len) {
        struct pfg_printed part = {.digits = pfg_take_number(&rest)};
        struct pfg_slice before = rest;
        const struct time_unit *unit =
            part.digits.len ? parse_time_unit(&rest) : NULL;
        struct pfg_unit meaning;

        if (!unit) {
            return false;
        }
        meaning = (struct pfg_unit){PFG_LIT("s"), unit->exp10, unit->factor,
                                    PFG_NEUTRAL, NULL};
        part.unit = pfg_slice_first(before, before.len - rest.len);
        if (pfg_printed_convert(&part, &meaning)) {
            return false;
        }
        sum += part.value;
        out->printed = part;
        n++;
    }
    if (n == 1 && sum == 0) {
        out->printed.resolution = 0.5e-9; /* k6 counts nanoseconds */
    }
    if (n > 1) {
        out->printed.value = sum;
        out->printed.digits = text;
        out->printed.unit = pfg_slice_make(NULL, 0);
    }
    out->contains = PFG_K6_TIME;
    return n > 0;
}

/* "482 kB", "69 kB/s", "42.91/s", "0.5" */
static bool read_plain(struct pfg_k6_text_value *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;
    struct pfg_unit unit;

    out->printed.digits = pfg_take_number(&rest);
    out->printed.unit = pfg_slice_trim(rest);
    unit = pfg_unit_find(out->printed.unit);
    out->contains =
        pfg_slice_starts(unit.base, "B") ? PFG_K6_DATA : PFG_K6_PLAIN;
    return out->printed.digits.len &&
           (!out->printed.unit.len || out->contains == PFG_K6_DATA ||
            pfg_slice_is(unit.base, "1/s")) &&
           !pfg_printed_convert(&out->printed, &unit);
}

static bool is_not_finite(struct pfg_slice text)
{
    double value;

    return !pfg_number_parse(&value, text, 0) && !isfinite(value);
}

/* Reads a value. k6 prints NaN after a division by zero. */
static bool read_value(struct pfg_k6_text_value *out, struct pfg_slice key,
                       struct pfg_slice text)
{
    *out = (struct pfg_k6_text_value){.key = key};
    text = pfg_slice_trim(text);
    if (is_not_finite(text)) {
        out->printed = (struct pfg_printed){.digits = text, .value = NAN};
        return true;
    }
    return read_time(out, text) || read_plain(out, text);
}

/* Cuts a pair off: all text before the word with the next '='. */
static struct pfg_slice parse_pair(struct pfg_slice *rest)
{
    struct pfg_slice pair, after;

    *rest = pfg_slice_trim_left(*rest);
    after = *rest;
    do {
        struct pfg_slice word;

        pfg_take_word(&after);
        word = after;
        word = pfg_take_word(&word);
        if (pfg_slice_find_byte(word, '=') < word.len) {
            break;
        }
    } while (pfg_slice_trim_left(after).len);
    pair = pfg_slice_first(*rest, rest->len - after.len);
    *rest = after;
    return pair;
}

/* Reads all of "avg=1.2ms min=1 kB". A trend's count goes to out->count. */
static bool read_pairs(struct pfg_k6_text_line *out, struct pfg_slice rest)
{
    while (pfg_slice_trim(rest).len) {
        struct pfg_slice value = parse_pair(&rest);
        struct pfg_slice key = pfg_take_until(&value, '=');

        if (pfg_slice_is(key, "count") && out->type == PFG_STREAM_TREND) {
            if (pfg_number_parse(&out->count, pfg_slice_trim(value), 0)) {
                return false;
            }
        } else if (out->n == PFG_K6_TEXT_VALUES ||
                   !read_value(&out->values[out->n++], key, value)) {
            return false;
        }
    }
    return out->n > 0;
}

static bool read_trend(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    out->type = PFG_STREAM_TREND;
    return read_pairs(out, text);
}

static bool read_count(double *out, struct pfg_slice *rest)
{
    uint64_t n;

    *rest = pfg_slice_trim_left(*rest);
    if (pfg_number_parse_u64(&n, pfg_take_digits(rest))) {
        return false;
    }
    *out = (double)n;
    *rest = pfg_slice_trim_left(*rest);
    return true;
}

/* "4.95% ✓ 10 ✗ 192" or "4.95% 10 out of 202" */
static bool read_rate(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    struct pfg_k6_text_value *value = &out->values[0];
    struct pfg_unit percent = pfg_unit_find(PFG_LIT("%"));
    struct pfg_slice rest = text;
    double fails;

    value->key = PFG_LIT("rate");
    value->printed.digits = pfg_take_number(&rest);
    value->printed.unit = PFG_LIT("%");
    if (!value->printed.digits.len || !pfg_take(&rest, "%") ||
        pfg_printed_convert(&value->printed, &percent)) {
        return false;
    }
    out->type = PFG_STREAM_RATE;
    out->n = 1;
    rest = pfg_slice_trim_left(rest);
    if (pfg_k6_text_mark(&rest) > 0) {
        if (!read_count(&out->events, &rest) || pfg_k6_text_mark(&rest) >= 0 ||
            !read_count(&fails, &rest)) {
            return false;
        }
        out->trials = out->events + fails;
    } else if (!read_count(&out->events, &rest) ||
               !pfg_take(&rest, "out of ") ||
               !read_count(&out->trials, &rest)) {
        return false;
    }
    return !rest.len;
}

/* "45 min=45 max=50" */
static bool read_gauge(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    size_t at = pfg_slice_find(text, " min=");

    out->type = PFG_STREAM_GAUGE;
    out->n = 1;
    return at < text.len &&
           read_value(&out->values[0], PFG_LIT("value"),
                      pfg_slice_first(text, at)) &&
           read_pairs(out, pfg_slice_from(text, at));
}

/* "300    42.910579/s", "482 kB 69 kB/s" */
static bool read_counter(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    struct pfg_slice rest = text, first;

    out->type = PFG_STREAM_COUNTER;
    out->n = 2;
    if (!pfg_slice_ends(text, "/s") || !pfg_take_number(&rest).len) {
        return false;
    }
    while (rest.len && !(rest.ptr[0] >= '0' && rest.ptr[0] <= '9')) {
        rest = pfg_slice_from(rest, 1);
    }
    first = pfg_slice_first(text, text.len - rest.len);
    return rest.len && read_value(&out->values[0], PFG_LIT("count"), first) &&
           read_value(&out->values[1], PFG_LIT("rate"), rest);
}

/* Reads "name......" or "{ a:b }...", without the dots. */
static bool read_name(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    size_t open;

    while (pfg_slice_ends(text, ".")) {
        text.len--;
    }
    open = pfg_slice_find_byte(text, '{');
    out->name = pfg_slice_trim(pfg_slice_first(text, open));
    out->tags = pfg_slice_make(NULL, 0);
    if (open < text.len) {
        if (!pfg_slice_ends(text, "}")) {
            return false;
        }
        text.len--;
        out->tags = pfg_slice_trim(pfg_slice_from(text, open + 1));
    }
    return out->name.len || out->tags.len;
}

bool pfg_k6_text_read(struct pfg_k6_text_line *out, struct pfg_slice text)
{
    static bool (*const readers[])(struct pfg_k6_text_line *,
                                   struct pfg_slice) = {
        read_trend,
        read_rate,
        read_gauge,
        read_counter,
    };
    struct pfg_k6_text_line empty = {.trials = -1, .count = -1};
    struct pfg_slice values;
    size_t at = pfg_slice_find(text, "...:");

    if (at == text.len) {
        return false;
    }
    empty.crossed = pfg_k6_text_mark(&text) < 0;
    at = pfg_slice_find(text, "...:");
    values = pfg_slice_trim(pfg_slice_from(text, at + strlen("...:")));
    if (!read_name(&empty, pfg_slice_first(text, at))) {
        return false;
    }
    for (size_t i = 0; i < PFG_COUNT(readers); i++) {
        *out = empty;
        if (readers[i](out, values)) {
            out->contains = out->values[0].contains;
            return true;
        }
    }
    return false;
}
