#include "group/filter.h"

#include <fnmatch.h>
#include <regex.h>
#include <string.h>

#include "base/slice.h"
#include "base/str.h"
#include "model/metric.h"

enum field {
    ANY,
    SUITE,
    BENCHMARK,
    METRIC,
    N_FIELDS,
};

static const char *const field_names[N_FIELDS] = {
    "", "suite:", "benchmark:", "metric:"};

struct term {
    bool negated;
    enum field field;
    char pattern[512];
    bool regex;
};

static int parse(struct term *out, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);

    *out = (struct term){.negated = pfg_take(&rest, "!")};
    for (enum field field = SUITE; field < N_FIELDS; field++) {
        if (pfg_take(&rest, field_names[field])) {
            out->field = field;
            break;
        }
    }
    out->regex =
        rest.len > 2 && rest.ptr[0] == '/' && rest.ptr[rest.len - 1] == '/';
    if (out->regex) {
        rest = pfg_slice_make(rest.ptr + 1, rest.len - 2);
    }
    if (!rest.len || rest.len >= sizeof out->pattern) {
        return -1;
    }
    memcpy(out->pattern, rest.ptr, rest.len);
    return 0;
}

int pfg_filter_check(const char *const *terms, size_t n, struct pfg_error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct term term;
        regex_t regex;
        char why[128];
        int failed;

        if (parse(&term, terms[i])) {
            return pfg_fail(err, PFG_USAGE, "empty or too long filter '%s'",
                            terms[i]);
        }
        if (!term.regex) {
            continue;
        }
        failed = regcomp(&regex, term.pattern, REG_EXTENDED | REG_NOSUB);
        if (failed) {
            regerror(failed, &regex, why, sizeof why);
            return pfg_fail(err, PFG_USAGE, "bad filter '%s': %s", terms[i],
                            why);
        }
        regfree(&regex);
    }
    return 0;
}

static bool word_matches(const struct term *term, const char *word)
{
    regex_t regex;
    bool found;

    if (!term->regex) {
        return fnmatch(term->pattern, word, 0) == 0;
    }
    if (regcomp(&regex, term->pattern, REG_EXTENDED | REG_NOSUB)) {
        return false;
    }
    found = regexec(&regex, word, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static bool whole_name_matches(const struct term *term, const char *suite,
                               const char *label)
{
    struct pfg_str whole;
    bool found;

    pfg_str_init(&whole, 0);
    pfg_str_printf(&whole, "%s/%s", suite, label);
    found = word_matches(term, whole.ptr);
    pfg_str_free(&whole);
    return found;
}

static bool term_matches(const struct term *term,
                         const struct pfg_series *series, const char *label)
{
    switch (term->field) {
    case SUITE:
        return word_matches(term, series->suite);
    case METRIC:
        return word_matches(term, series->metric) ||
               (!term->regex &&
                pfg_metric_matches(series->metric, term->pattern));
    case BENCHMARK:
        return word_matches(term, label) ||
               word_matches(term, series->benchmark);
    default:
        return word_matches(term, label) ||
               word_matches(term, series->benchmark) ||
               whole_name_matches(term, series->suite, label);
    }
}

bool pfg_filter_passes(const char *const *terms, size_t n,
                       const struct pfg_series *series, const char *label)
{
    bool asked[N_FIELDS] = {false}, found[N_FIELDS] = {false};

    for (size_t i = 0; i < n; i++) {
        struct term term;
        bool matches =
            parse(&term, terms[i]) == 0 && term_matches(&term, series, label);

        if (term.negated && matches) {
            return false;
        }
        if (!term.negated) {
            asked[term.field] = true;
            found[term.field] |= matches;
        }
    }
    for (enum field field = ANY; field < N_FIELDS; field++) {
        if (asked[field] && !found[field]) {
            return false;
        }
    }
    return true;
}
