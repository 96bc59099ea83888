#ifndef PFG_TERM_PRINT_H
#define PFG_TERM_PRINT_H

#include <stdarg.h>
#include <stdio.h>

/*
 * Like fprintf(3), but arguments of %s are made visible (see
 * pfg_text_visible()), so that data cannot move the cursor or begin a line,
 * and no line is a command to a CI. Newlines in the format itself stay.
 */
void pfg_print(FILE *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void pfg_print_list(FILE *out, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
