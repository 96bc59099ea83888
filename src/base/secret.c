#include "base/secret.h"

#include <string.h>

#include "base/slice.h"

static void cut(char *from, const char *to)
{
    memmove(from, to, strlen(to) + 1);
}

/* What somebody pasted ends where words do. A password is not always escaped
 * as it should be, so it goes up to the last '@'. */
static void hide_in_word(char *word)
{
    size_t length = strcspn(word, " \t\n'\"");
    char *at = memrchr(word, '@', length);
    char *colon = at ? memchr(word, ':', (size_t)(at - word)) : NULL;
    char *parameter;

    if (colon) {
        cut(colon, at);
        length = strcspn(word, " \t\n'\"");
    }
    while ((parameter = memmem(word, length, "password=", 9))) {
        cut(parameter, parameter + strcspn(parameter, "& \t\n'\""));
        length = strcspn(word, " \t\n'\"");
    }
}

void pfg_hide_passwords(char *text)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};

    for (size_t i = 0; i < PFG_COUNT(schemes); i++) {
        for (char *word = text; (word = strstr(word, schemes[i]));) {
            word += strlen(schemes[i]);
            hide_in_word(word);
        }
    }
}
