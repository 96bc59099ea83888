/* Included by every unit test: cmocka, and checks that it lacks. */
#ifndef PFG_TESTS_UNIT_CHECK_H
#define PFG_TESTS_UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* cmocka's assert_float_equal() converts to float; this one compares doubles.
 * `tolerance` is absolute; two NANs are equal, as are infinities of the same
 * sign. */
#define assert_near(actual, expected, tolerance)                               \
    check_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

static inline void check_near(double actual, double expected, double tolerance,
                              const char *what, const char *file, int line)
{
    if ((isnan(actual) && isnan(expected)) || actual == expected ||
        fabs(actual - expected) <= tolerance) {
        return;
    }
    print_error("%s is %.17g, expected %.17g within %g\n", what, actual,
                expected, tolerance);
    _fail(file, line);
}

#define assert_slice(actual, text)                                             \
    check_slice((actual).ptr, (actual).len, (text), __FILE__, __LINE__)

static inline void check_slice(const char *ptr, size_t len, const char *text,
                               const char *file, int line)
{
    if (len != strlen(text) || (len && memcmp(ptr, text, len))) {
        print_error("'%.*s' is not '%s'\n", (int)len, ptr, text);
        _fail(file, line);
    }
}

#endif
