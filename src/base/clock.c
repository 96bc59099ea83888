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

struct moment {
    int year, month, day, hour, minute, second;
};

static bool parse_field(struct pfg_slice *s, size_t width, int low, int high,
                        int *out)
{
    int value = 0;

    if (s->len < width) {
        return false;
    }
    for (size_t i = 0; i < width; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9') {
            return false;
        }
        value = 10 * value + (s->ptr[i] - '0');
    }
    if (value < low || value > high) {
        return false;
    }
    *s = pfg_slice_from(*s, width);
    *out = value;
    return true;
}

static bool parse_date(struct pfg_slice *s, struct moment *to)
{
    return parse_field(s, 4, FIRST_YEAR, LAST_YEAR, &to->year) &&
           pfg_take_slice(s, PFG_LIT("-")) &&
           parse_field(s, 2, 1, 12, &to->month) &&
           pfg_take_slice(s, PFG_LIT("-")) &&
           parse_field(s, 2, 1, 31, &to->day);
}

static bool parse_clock(struct pfg_slice *s, struct moment *to, long *nanos)
{
    long unit = 100000000;

    if (!parse_field(s, 2, 0, 23, &to->hour) ||
        !pfg_take_slice(s, PFG_LIT(":")) ||
        !parse_field(s, 2, 0, 59, &to->minute)) {
        return false;
    }
    if (!pfg_take_slice(s, PFG_LIT(":"))) {
        return true;
    }
    if (!parse_field(s, 2, 0, 60, &to->second)) {
        return false;
    }
    if (pfg_take_slice(s, PFG_LIT(".")) || pfg_take_slice(s, PFG_LIT(","))) {
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

    if (!s->len || pfg_take_slice(s, PFG_LIT("Z")) ||
        pfg_take_slice(s, PFG_LIT("z"))) {
        return true;
    }
    if (!pfg_take_slice(s, west ? PFG_LIT("-") : PFG_LIT("+")) ||
        !parse_field(s, 2, 0, 23, &hours)) {
        return false;
    }
    pfg_take_slice(s, PFG_LIT(":"));
    if (s->len && !parse_field(s, 2, 0, 59, &minutes)) {
        return false;
    }
    *offset = (hours * 3600L + minutes * 60L) * (west ? -1 : 1);
    return true;
}

/* Days from 1970-01-01 to a day of the Gregorian calendar, in years that begin
 * in March, so that a leap day is the last; the months from there on have 153
 * days in five. A day past the end of its month is one of the next. */
static long days_of(int year, int month, int day)
{
    long y = month > 2 ? year : year - 1;
    long m = month > 2 ? month - 3 : month + 9;

    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 -
           719468;
}

static long seconds_of(const struct moment *at)
{
    return 86400 * days_of(at->year, at->month, at->day) + 3600 * at->hour +
           60 * at->minute + at->second;
}

int pfg_time_parse(pfg_time *out, struct pfg_slice text)
{
    struct moment moment = {0};
    long nanos = 0, offset = 0;
    uint64_t seconds;

    if (!pfg_number_parse_u64(&seconds, text)) {
        if (seconds > (uint64_t)INT64_MAX / PFG_SECOND) {
            return -1;
        }
        *out = (pfg_time)seconds * PFG_SECOND;
        return 0;
    }
    if (!parse_date(&text, &moment)) {
        return -1;
    }
    if (text.len) {
        if (!pfg_take_slice(&text, PFG_LIT("T")) &&
            !pfg_take_slice(&text, PFG_LIT("t")) &&
            !pfg_take_slice(&text, PFG_LIT(" "))) {
            return -1;
        }
        if (!parse_clock(&text, &moment, &nanos)) {
            return -1;
        }
        pfg_take_slice(&text, PFG_LIT(" "));
        if (!parse_zone(&text, &offset) || text.len) {
            return -1;
        }
    }
    *out = (seconds_of(&moment) - offset) * PFG_SECOND + nanos;
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
