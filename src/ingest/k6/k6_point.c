#include "ingest/k6/k6_point.h"

#include <string.h>

#include "json/lex.h"
#include "json/scan.h"

/* Reads plain ASCII up to the closing quote. */
static void take_string(struct pfg_slice *rest, struct pfg_slice *out)
{
    const char *end = rest->ptr + rest->len;
    const char *p = pfg_lex_plain(rest->ptr, end);

    *out = pfg_slice_range(rest->ptr, p);
    *rest = pfg_slice_range(p, end);
}

static size_t count_digits(struct pfg_slice text)
{
    size_t n = 0;

    while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9') {
        n++;
    }
    return n;
}

/* Reads "12" or "12.5", without a leading zero. */
static bool take_number(struct pfg_slice *rest, struct pfg_slice *out)
{
    size_t n = count_digits(*rest);

    if (!n || (n > 1 && rest->ptr[0] == '0')) {
        return false;
    }
    if (n < rest->len && rest->ptr[n] == '.') {
        size_t fraction = count_digits(pfg_slice_from(*rest, n + 1));

        if (!fraction) {
            return false;
        }
        n += 1 + fraction;
    }
    *out = pfg_slice_first(*rest, n);
    *rest = pfg_slice_from(*rest, n);
    return true;
}

/* Reads the tags: the rest of the line but for its last two braces. */
static bool take_tags(struct pfg_slice rest, struct pfg_slice *out,
                      struct pfg_slice last)
{
    if (rest.len < 4 || rest.ptr[0] != '{' || !pfg_slice_ends(rest, "}}")) {
        return false;
    }
    *out = pfg_slice_first(rest, rest.len - 2);
    return (last.len && pfg_slice_eq(*out, last)) ||
           pfg_json_scan(*out, NULL, 0, NULL) == PFG_JSON_SCAN_OK;
}

bool pfg_k6_point_read(struct pfg_k6_point *out, struct pfg_slice line,
                       struct pfg_slice last_tags)
{
    if (!pfg_take_slice(&line, PFG_LIT("{\"metric\":\""))) {
        return false;
    }
    take_string(&line, &out->metric);
    if (!pfg_take_slice(
            &line, PFG_LIT("\",\"type\":\"Point\",\"data\":{\"time\":\""))) {
        return false;
    }
    take_string(&line, &out->time);
    return pfg_take_slice(&line, PFG_LIT("\",\"value\":")) &&
           take_number(&line, &out->value) &&
           pfg_take_slice(&line, PFG_LIT(",\"tags\":")) &&
           take_tags(line, &out->tags, last_tags);
}
