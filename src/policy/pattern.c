#include "policy/pattern.h"

#include <fnmatch.h>
#include <regex.h>
#include <string.h>

#include "base/str.h"

#define MAX_TEXT 500

struct pfg_pattern {
    struct pfg_pattern *next;
    const char *text;
    bool is_regex;
    regex_t regex; /* the regular expression, or the glob translated to one */
    size_t n_wildcards;
};

void pfg_patterns_free(struct pfg_patterns *set)
{
    for (struct pfg_pattern *p = set->first; p; p = p->next) {
        regfree(&p->regex);
    }
    set->first = NULL;
}

/* The end of a bracket expression that begins at `at`, or NULL if the bracket
 * is an ordinary character. */
static const char *bracket_end(const char *at)
{
    const char *p = at + 1;

    p += *p == '!' || *p == '^';
    p += *p == ']';
    return strchr(p, ']');
}

/* A piece of a glob: a wildcard, or one character. */
struct piece {
    struct pfg_slice text;
    bool wildcard;
};

static bool parse_piece(struct piece *out, const char **glob)
{
    const char *at = *glob;
    const char *end = at + 1;

    if (!*at) {
        return false;
    }
    out->wildcard = *at == '*' || *at == '?';
    if (*at == '[' && bracket_end(at)) {
        out->wildcard = true;
        end = bracket_end(at) + 1;
    } else if (*at == '\\' && at[1]) {
        at++;
        end = at + 1;
    }
    out->text = pfg_slice_range(at, end);
    *glob = end;
    return true;
}

static void put_wildcard(struct pfg_str *out, struct pfg_slice text)
{
    if (text.ptr[0] == '*') {
        pfg_str_puts(out, "(.*)");
    } else if (text.ptr[0] == '?') {
        pfg_str_puts(out, "(.)");
    } else {
        bool not = text.ptr[1] == '!';

        pfg_str_puts(out, not ? "([^" : "([");
        pfg_str_add(out, pfg_slice_from(text, not ? 2 : 1));
        pfg_str_putc(out, ')');
    }
}

/* Translates a glob to a regular expression with a group for each wildcard. */
static void put_glob(struct pfg_str *out, struct pfg_pattern *pattern)
{
    const char *rest = pattern->text;
    struct piece piece;

    pfg_str_putc(out, '^');
    while (parse_piece(&piece, &rest)) {
        if (piece.wildcard) {
            pattern->n_wildcards++;
            put_wildcard(out, piece.text);
        } else {
            if (strchr(".[]{}()*+?^$|\\", *piece.text.ptr)) {
                pfg_str_putc(out, '\\');
            }
            pfg_str_add(out, piece.text);
        }
    }
    pfg_str_putc(out, '$');
}

int pfg_pattern_new(const struct pfg_pattern **out, struct pfg_patterns *set,
                    const char *text, struct pfg_error *err)
{
    struct pfg_slice whole = pfg_slice_of(text);
    struct pfg_pattern *pattern;
    struct pfg_str expression = pfg_str_in(set->arena);
    char why[128];
    int failed;

    if (!whole.len || whole.len > MAX_TEXT) {
        return pfg_fail(err, PFG_USAGE,
                        whole.len ? "the pattern is longer than 500 bytes"
                                  : "an empty pattern matches nothing");
    }
    pattern = pfg_arena_alloc(set->arena, sizeof *pattern);
    pattern->text = pfg_arena_strdup(set->arena, text);
    pattern->is_regex =
        whole.len > 2 && *text == '/' && text[whole.len - 1] == '/';
    if (pattern->is_regex) {
        pfg_str_add(&expression, pfg_slice_make(text + 1, whole.len - 2));
    } else {
        put_glob(&expression, pattern);
    }
    failed = regcomp(&pattern->regex, expression.ptr, REG_EXTENDED);
    if (failed) {
        regerror(failed, &pattern->regex, why, sizeof why);
        return pfg_fail(err, PFG_USAGE, "bad pattern '%s': %s", text, why);
    }
    pattern->next = set->first;
    set->first = pattern;
    *out = pattern;
    return 0;
}

const char *pfg_pattern_text(const struct pfg_pattern *pattern)
{
    return pattern->text;
}

bool pfg_pattern_is_regex(const struct pfg_pattern *pattern)
{
    return pattern->is_regex;
}

bool pfg_glob_matches(const char *glob, const char *word)
{
    return !strcmp(glob, word) || !fnmatch(glob, word, 0);
}

bool pfg_pattern_same(const struct pfg_pattern *a, const struct pfg_pattern *b)
{
    return a && b ? !strcmp(a->text, b->text) : a == b;
}

bool pfg_pattern_matches(const struct pfg_pattern *pattern, const char *word)
{
    return !pattern            ? true
           : pattern->is_regex ? !regexec(&pattern->regex, word, 0, NULL, 0)
                               : pfg_glob_matches(pattern->text, word);
}

size_t pfg_pattern_wildcards(const struct pfg_pattern *pattern)
{
    return pattern->n_wildcards;
}

bool pfg_pattern_capture(const struct pfg_pattern *pattern, const char *word,
                         struct pfg_slice captures[PFG_CAPTURES_MAX])
{
    regmatch_t groups[PFG_CAPTURES_MAX + 1];

    if (pattern->is_regex || pattern->n_wildcards > PFG_CAPTURES_MAX ||
        regexec(&pattern->regex, word, PFG_CAPTURES_MAX + 1, groups, 0)) {
        return false;
    }
    for (size_t i = 0; i < pattern->n_wildcards; i++) {
        captures[i] = pfg_slice_range(word + groups[i + 1].rm_so,
                                      word + groups[i + 1].rm_eo);
    }
    return true;
}

const char *pfg_pattern_fill(const struct pfg_pattern *pattern,
                             const struct pfg_slice *captures,
                             struct pfg_arena *arena)
{
    const char *rest = pattern->text;
    struct pfg_str text = pfg_str_in(arena);
    struct piece piece;
    size_t i = 0;

    while (parse_piece(&piece, &rest)) {
        pfg_str_add(&text, piece.wildcard ? captures[i++] : piece.text);
    }
    return text.ptr;
}

size_t pfg_pattern_weight(const struct pfg_pattern *pattern)
{
    const char *rest = pattern->text;
    struct piece piece;
    size_t weight = 0;

    while (parse_piece(&piece, &rest)) {
        weight += !piece.wildcard;
    }
    return weight;
}
