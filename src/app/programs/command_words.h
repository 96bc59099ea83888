#ifndef PFG_APP_PROGRAMS_COMMAND_WORDS_H
#define PFG_APP_PROGRAMS_COMMAND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* A command, word by word. */
struct pfg_command_words {
    const char *const *at;
    size_t n;
};

/* One that is being put together, with pfg_vec_push(). */
struct pfg_word_list {
    const char **at;
    size_t n, cap;
};

/* Whether a word is one of `n`. */
bool pfg_word_is_among(const char *word, const char *const *words, size_t n);

/* Appends a word as a shell reads it back. */
void pfg_word_quote(struct pfg_str *out, const char *word);

/* Appends a command as a shell reads it back. */
void pfg_words_quote(struct pfg_str *out,
                     const struct pfg_command_words *command);

/* Whether a shell would only split a line at blanks. */
bool pfg_words_are_plain(const char *line);

/* The words of a line that a shell would only split at blanks, and behind which
 * it would start one program: false where it does more. In the arena. */
bool pfg_words_of_plain(struct pfg_command_words *out, const char *line,
                        struct pfg_arena *arena);

/*
 * The words of a line as a shell splits it: at blanks, with quotes and
 * backslashes. What else a shell would do with it (variables, patterns, pipes)
 * is not done. In the arena; PFG_USAGE where a quote is not closed or there is
 * no word.
 */
int pfg_words_split(struct pfg_command_words *out, const char *line,
                    struct pfg_arena *arena, struct pfg_error *err);

#endif
