#include "json/scan.h"

#include <string.h>

#include "json/grammar.h"
#include "json/lex.h"

enum pfg_json_scan pfg_json_scan(struct pfg_slice text,
                                 struct pfg_json_pick *picks, size_t n,
                                 size_t *offset)
{
    struct pfg_walk walk = {
        .begin = text.ptr,
        .end = text.ptr + text.len,
        .picks = picks,
        .n_picks = n,
    };

    for (size_t i = 0; i < n; i++) {
        picks[i].value = (struct pfg_slice){0};
        picks[i].type = '\0';
        picks[i].escaped = false;
    }
    if (pfg_walk(&walk)) {
        if (offset) {
            *offset = (size_t)(walk.at - walk.begin);
        }
        return PFG_JSON_SCAN_BAD;
    }
    return walk.unsure ? PFG_JSON_SCAN_UNSURE : PFG_JSON_SCAN_OK;
}

static char *put_utf8(char *out, long c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xc0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3f));
    } else {
        if (c < 0x10000) {
            *out++ = (char)(0xe0 | c >> 12);
        } else {
            *out++ = (char)(0xf0 | c >> 18);
            *out++ = (char)(0x80 | (c >> 12 & 0x3f));
        }
        *out++ = (char)(0x80 | (c >> 6 & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    }
    return out;
}

/* Takes the \uXXXX at *p, or a pair of them; the character, or -1. */
static long parse_unicode(const char **p, const char *end)
{
    long unit = pfg_lex_hex4(*p + 2, end), low;

    if (unit <= 0) {
        return -1;
    }
    *p += 6;
    if (!pfg_lex_is_high(unit)) {
        return pfg_lex_is_low(unit) ? 0xfffd : unit;
    }
    low = pfg_lex_low_half(*p, end);
    if (low < 0) {
        return 0xfffd;
    }
    *p += 6;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/* The result is never longer: six characters become at most three bytes, twelve
 * become four. */
long pfg_json_unescape(char *out, struct pfg_slice raw)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *p = raw.ptr, *end = raw.ptr + raw.len, *name;
    char *to = out;

    while (p < end) {
        long c;

        if (*p != '\\') {
            *to++ = *p++;
            continue;
        }
        if (end - p >= 2 && p[1] == 'u') {
            c = parse_unicode(&p, end);
            if (c < 0) {
                return -1;
            }
            to = put_utf8(to, c);
            continue;
        }
        name = end - p >= 2 && p[1] ? strchr(names, p[1]) : NULL;
        if (!name) {
            return -1;
        }
        *to++ = values[name - names];
        p += 2;
    }
    *to = '\0';
    return to - out;
}
