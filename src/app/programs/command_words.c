#include "app/programs/command_words.h"

#include <string.h>

#include "base/arena.h"

bool pfg_word_is_among(const char *word, const char *const *words, size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(word, words[i])) {
        i++;
    }
    return i < n;
}

void pfg_word_quote(struct pfg_str *out, const char *word)
{
    bool plain = *word &&
                 !word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789_-+=./:,@%^~")] &&
                 *word != '~'; /* the home folder, only in front */

    if (plain) {
        pfg_str_puts(out, word);
        return;
    }
    pfg_str_putc(out, '\'');
    for (; *word; word++) {
        pfg_str_puts(out, *word == '\'' ? "'\\''" : "");
        if (*word != '\'') {
            pfg_str_putc(out, *word);
        }
    }
    pfg_str_putc(out, '\'');
}

void pfg_words_quote(struct pfg_str *out,
                     const struct pfg_command_words *command)
{
    for (size_t i = 0; i < command->n; i++) {
        pfg_str_puts(out, i ? " " : "");
        pfg_word_quote(out, command->at[i]);
    }
}

bool pfg_words_are_plain(const char *line)
{
    return !line[strcspn(line, "|&;<>()$`\\\"'*?[]#~=%!{}\n")];
}

/* Takes the word that begins at *at; NULL: a quote is not closed. */
static const char *take_word(const char **at, struct pfg_arena *arena)
{
    char *word = pfg_arena_alloc(arena, strlen(*at) + 1), *end = word;
    char quote = '\0';
    const char *c = *at;

    for (; *c && (quote || !strchr(" \t\n", *c)); c++) {
        if (quote ? *c == quote : *c == '\'' || *c == '"') {
            quote = quote ? '\0' : *c;
        } else if (*c == '\\' && quote != '\'' && c[1] &&
                   (!quote || strchr("\"\\$`", c[1]))) {
            *end++ = *++c;
        } else {
            *end++ = *c;
        }
    }
    *at = c;
    return quote ? NULL : word;
}

int pfg_words_split(struct pfg_command_words *out, const char *line,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(const char *) words = {0};
    const char *at = line;

    while (at += strspn(at, " \t\n"), *at) {
        const char *word = take_word(&at, arena);

        if (!word) {
            return pfg_fail(err, PFG_USAGE, "unterminated quote in '%s'", line);
        }
        pfg_vec_push(&words, arena, word);
    }
    *out = (struct pfg_command_words){words.at, words.n};
    return words.n ? 0 : pfg_fail(err, PFG_USAGE, "an empty command");
}

bool pfg_words_of_plain(struct pfg_command_words *out, const char *line,
                        struct pfg_arena *arena)
{
    return pfg_words_are_plain(line) &&
           !pfg_words_split(out, line, arena, NULL);
}
