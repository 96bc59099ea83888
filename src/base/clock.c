#include "base/clock.h"

#include <stdbool.h>
#include <time.h>

#include "base/number.h"

/* Years that fit the type, with a margin for a zone's offset. */
#define FIRST_YEAR 1970
#define LAST_YEAR  2261

double pfg_clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

pfg_time pfg_time_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * PFG_SECOND + now.tv_nsec;
}

static bool parse_field(struct pfg_slice *s, size_t width, int low, int high,
                        int *out)
{
    struct pfg_slice rest = pfg_slice_first(*s, width);
    struct pfg_slice digits = pfg_take_digits(&rest);
    int value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        value = 10 * value + (digits.ptr[i] - '0');
    }
    if (digits.len != width || value < low || value > high) {
        return false;
    }
    *s = pfg_slice_from(*s, width);
    *out = value;
    return true;
}

static bool parse_date(struct pfg_slice *s, struct tm *tm)
{
    bool ok = parse_field(s, 4, FIRST_YEAR, LAST_YEAR, &tm->tm_year) &&
              pfg_take(s, "-") && parse_field(s, 2, 1, 12, &tm->tm_mon) &&
              pfg_take(s, "-") && parse_field(s, 2, 1, 31, &tm->tm_mday);

    tm->tm_year -= 1900;
    tm->tm_mon -= 1;
    return ok;
}

static bool parse_clock(struct pfg_slice *s, struct tm *tm, long *nanos)
{
    long unit = 100000000;

    if (!parse_field(s, 2, 0, 23, &tm->tm_hour) || !pfg_take(s, ":") ||
        !parse_field(s, 2, 0, 59, &tm->tm_min)) {
        return false;
    }
    if (!pfg_take(s, ":")) {
        return true;
    }
    if (!parse_field(s, 2, 0, 60, &tm->tm_sec)) {
        return false;
    }
    if (pfg_take(s, ".") || pfg_take(s, ",")) {
        struct pfg_slice fraction = pfg_take_digits(s);

        for (size_t i = 0; i < fraction.len; i++, unit /= 10) {
            *nanos += (fraction.ptr[i] - '0') * unit;
        }
        return fraction.len > 0;
    }
    return true;
}

/* Seconds east of Greenwich. */
static bool parse_zone(struct pfg_slice *s, long *offset)
{
    int hours = 0, minutes = 0;
    bool west = pfg_slice_starts(*s, "-");

    if (!s->len || pfg_take(s, "Z") || pfg_take(s, "z")) {
        return true;
    }
    if (!pfg_take(s, west ? "-" : "+") || !parse_field(s, 2, 0, 23, &hours)) {
        return false;
    }
    pfg_take(s, ":");
    if (s->len && !parse_field(s, 2, 0, 59, &minutes)) {
        return false;
    }
    *offset = (hours * 3600L + minutes * 60L) * (west ? -1 : 1);
    return true;
}

int pfg_time_parse(pfg_time *out, struct pfg_slice text)
{
    struct tm tm = {0};
    long nanos = 0, offset = 0;
    uint64_t seconds;

    if (!pfg_number_parse_u64(&seconds, text)) {
        if (seconds > (uint64_t)INT64_MAX / PFG_SECOND) {
            return -1;
        }
        *out = (pfg_time)seconds * PFG_SECOND;
        return 0;
    }
    if (!parse_date(&text, &tm)) {
        return -1;
    }
    if (text.len) {
        if (!pfg_take(&text, "T") && !pfg_take(&text, "t") &&
            !pfg_take(&text, " ")) {
            return -1;
        }
        if (!parse_clock(&text, &tm, &nanos)) {
            return -1;
        }
        pfg_take(&text, " ");
        if (!parse_zone(&text, &offset) || text.len) {
            return -1;
        }
    }
    *out = (timegm(&tm) - offset) * PFG_SECOND + nanos;
    return 0;
}

static const char *format_time(char out[PFG_TIME_TEXT], pfg_time when,
                               const char *format)
{
    time_t seconds = when / PFG_SECOND;
    struct tm tm;

    out[0] = '\0';
    if (when && gmtime_r(&seconds, &tm)) {
        strftime(out, PFG_TIME_TEXT, format, &tm);
    }
    return out;
}

const char *pfg_time_iso(char out[PFG_TIME_TEXT], pfg_time time)
{
    return format_time(out, time, "%Y-%m-%dT%H:%M:%SZ");
}

const char *pfg_time_short(char out[PFG_TIME_TEXT], pfg_time time)
{
    return format_time(out, time, "%Y-%m-%d %H:%M");
}
