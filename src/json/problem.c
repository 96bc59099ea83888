#include "json/grammar.h"

#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "json/lex.h"

#define FOUND_TEXT 48

struct words {
    const char *message; /* %s: what stands there instead */
    const char *hint;
};

static const struct words problems[] = {
    [PFG_WALK_EMPTY] = {"no JSON: the text is empty", NULL},
    [PFG_WALK_VALUE] = {"a JSON value expected, not %s", NULL},
    [PFG_WALK_KEY] = {"a key in double quotes expected, not %s", NULL},
    [PFG_WALK_COLON] = {"':' expected after the key, not %s", NULL},
    [PFG_WALK_COMMA_OR_BRACE] = {"',' or '}' expected, not %s", NULL},
    [PFG_WALK_COMMA_OR_BRACKET] = {"',' or ']' expected, not %s", NULL},
    [PFG_WALK_TRAILING_COMMA] = {"a comma before %s", "remove the last comma"},
    [PFG_WALK_TRAILING] = {"unexpected %s after the end of the JSON value",
                           NULL},
    [PFG_WALK_DIGIT] = {"a digit expected, not %s", NULL},
    [PFG_WALK_LEADING_ZERO] = {"number %s has a leading zero", NULL},
    [PFG_WALK_CONTROL] = {"%s inside a string",
                          "write control characters as escapes, such as \\n"},
    [PFG_WALK_ESCAPE] = {"%s is not a JSON escape",
                         "write a backslash as '\\\\'"},
    [PFG_WALK_ZERO] = {"a NUL character inside a string", NULL},
    [PFG_WALK_UTF8] = {"%s inside a string is not UTF-8", NULL},
    [PFG_WALK_DEPTH] = {"arrays and objects nested more than 256 deep", NULL},
    [PFG_WALK_VALUES] = {"more than 10 million values in one document", NULL},
};

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '+' ||
           c == '-';
}

/* What is at the place of the problem: a word, an escape, a character, or a
 * byte. */
static const char *found(char out[FOUND_TEXT], const struct pfg_walk *w)
{
    size_t len = 0, left = (size_t)(w->end - w->at);
    const char *more = "";

    if (!left) {
        snprintf(out, FOUND_TEXT, "the end of the text");
        return out;
    }
    while (len < left && len < 20 && is_word(w->at[len])) {
        len++;
    }
    if (len == 20 && len < left && is_word(w->at[len])) {
        more = "...";
    }
    if (*w->at == '\\') {
        len = left > 1 ? 1 + pfg_lex_utf8(w->at + 1, w->end) : 1;
    } else if (!len) {
        len = pfg_lex_utf8(w->at, w->end);
    }
    if (!len || (unsigned char)w->at[len - 1] < 0x20) {
        snprintf(out, FOUND_TEXT, "byte 0x%02x", (unsigned char)*w->at);
    } else {
        snprintf(out, FOUND_TEXT, "'%.*s%s'", (int)len, w->at, more);
    }
    return out;
}

struct pfg_pos pfg_walk_pos(const char *begin, const char *end, const char *at,
                            const char *file)
{
    struct pfg_pos pos = {file, 1, 0};
    const char *line = pfg_walk_start(begin, end), *newline;

    while (line < at && (newline = memchr(line, '\n', (size_t)(at - line)))) {
        line = newline + 1;
        pos.line++;
    }
    pos.column = at > line ? at - line + 1 : 1;
    return pos;
}

static int fail_early(const struct pfg_walk *w, struct pfg_pos pos,
                      const char *file, struct pfg_error *err)
{
    static const struct {
        char opened;
        const char *missing, *what;
    } kinds[] = {
        {'{', "}", "object"},
        {'[', "]", "array"},
        {'"', "\"", "string"},
        {'/', "*/", "comment"},
    };
    long line = pfg_walk_pos(w->begin, w->end, w->opened, file).line;
    size_t kind = 0;

    while (kind < 3 && kinds[kind].opened != *w->opened) {
        kind++;
    }
    return pfg_fail_at(err, PFG_DATA, pos,
                       "JSON ends early: '%s' missing for the %s begun at "
                       "line %ld",
                       kinds[kind].missing, kinds[kind].what, line);
}

int pfg_walk_fail(const struct pfg_walk *w, const char *file,
                  struct pfg_error *err)
{
    const struct words *words = &problems[w->problem];
    struct pfg_pos pos = pfg_walk_pos(w->begin, w->end, w->at, file);
    char instead[FOUND_TEXT];

    if (w->problem == PFG_WALK_ENDS) {
        return fail_early(w, pos, file, err);
    }
    if (strstr(words->message, "%s")) {
        struct pfg_slice message = pfg_slice_of(words->message);
        size_t before = pfg_slice_find(message, "%s");

        pfg_fail_at(err, PFG_DATA, pos, "%.*s%s%s", (int)before, message.ptr,
                    found(instead, w), message.ptr + before + 2);
    } else {
        pfg_fail_at(err, PFG_DATA, pos, "%s", words->message);
    }
    return words->hint ? pfg_hint(err, "%s", words->hint) : -1;
}
