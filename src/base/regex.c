#include "base/regex.h"

#include <errno.h>

#include "base/memory.h"

int pfg_regex_new(regex_t *out, const char *expression, int flags,
                  const char *what, const char *shown, struct pfg_error *err)
{
    char why[128];
    int failed;

    errno = 0; /* REG_ESPACE is also said of what is too large to compile */
    failed = regcomp(out, expression, REG_EXTENDED | flags);
    if (failed) {
        pfg_memory_check();
        regerror(failed, out, why, sizeof why);
        return pfg_fail(err, PFG_USAGE, "bad %s '%s': %s", what, shown, why);
    }
    return 0;
}

bool pfg_regex_matches(const regex_t *regex, const char *text, size_t n,
                       regmatch_t *groups)
{
    int result = regexec(regex, text, n, groups, 0);

    if (result == REG_ESPACE) {
        pfg_out_of_memory();
    }
    return result == 0;
}
