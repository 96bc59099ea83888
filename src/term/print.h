#ifndef PFG_TERM_PRINT_H
#define PFG_TERM_PRINT_H

#include <stdarg.h>
#include <stdio.h>

/*
 * As fprintf(3), but what the arguments of %s hold is made visible (see
 * pfg_text_visible()): data neither moves the cursor nor begins a line, and no
 * line is one that a CI obeys. The format's own line ends stay.
 */
void pfg_print(FILE *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void pfg_print_list(FILE *out, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
