#ifndef PFG_APP_PROGRAMS_COMMAND_WORDS_H
#define PFG_APP_PROGRAMS_COMMAND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* The words of a command. */
struct pfg_command_words {
    const char *const *at;
    size_t n;
};

/* Words being collected, with pfg_vec_push(). */
struct pfg_word_list {
    const char **at;
    size_t n, cap;
};

/* Whether a word is one of `n`. */
bool pfg_word_is_among(const char *word, const char *const *words, size_t n);

/* Appends a word, quoted for a shell. */
void pfg_word_quote(struct pfg_str *out, const char *word);

/* Appends a command, quoted for a shell. */
void pfg_words_quote(struct pfg_str *out,
                     const struct pfg_command_words *command);

/* Whether a shell would do no more than split a line at blanks. */
bool pfg_words_are_plain(const char *line);

/* Splits a line that needs no shell: it would only be split at blanks, and
 * starts one program. False if a shell would do more. In the arena. */
bool pfg_words_of_plain(struct pfg_command_words *out, const char *line,
                        struct pfg_arena *arena);

/*
 * Splits a line into words as a shell does, with quotes and backslashes, but
 * without a shell's other features (variables, patterns, pipes). In the arena.
 * PFG_USAGE if a quote is not closed or there is no word.
 */
int pfg_words_split(struct pfg_command_words *out, const char *line,
                    struct pfg_arena *arena, struct pfg_error *err);

#endif
