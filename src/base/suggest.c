#include "base/suggest.h"

#include <string.h>

#define MAX_WORD 128

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;

    return smaller < c ? smaller : c;
}

/* Edits between two words of at most MAX_WORD bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t row[MAX_WORD + 1];
    size_t length = strlen(b);

    for (size_t j = 0; j <= length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t above = row[j + 1];

            row[j + 1] = least(above + 1, row[j] + 1,
                               diagonal + (a[i] != b[j]));
            diagonal = above;
        }
    }
    return row[length];
}

const char *pfg_suggest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t fewest = (size_t)-1;

    for (size_t i = 0; i < n && strlen(word) <= MAX_WORD; i++) {
        size_t length = strlen(names[i]);
        size_t edits = length <= MAX_WORD ? distance(word, names[i]) : length;

        if (edits < fewest && edits * 3 <= length + 1) {
            fewest = edits;
            best = names[i];
        }
    }
    return best;
}
