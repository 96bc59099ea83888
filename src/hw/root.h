#ifndef PFG_HW_ROOT_H
#define PFG_HW_ROOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

/*
 * Where facts about the machine are read from: "/", or a folder that looks like
 * it. System calls are used only for the real machine. Paths are relative to
 * the root, without a slash in front ("proc/cpuinfo").
 */
struct pfg_hw_source {
    const char *root; /* "" for the real machine; no slash at the end */
    bool real;
    struct pfg_arena *arena;
};

/* The source below `root`; the real machine if that is NULL, "" or "/". */
struct pfg_hw_source pfg_hw_source_at(const char *root,
                                      struct pfg_arena *arena);

/* Names; a PFG_VEC() that functions can return. */
struct pfg_hw_names {
    const char **at;
    size_t n, cap;
};

/* A file's text, trimmed and terminated, at most 4 MiB of it; the path is a
 * format. `ptr` is NULL if the file is missing or cannot be read. */
struct pfg_slice pfg_hw_read(const struct pfg_hw_source *source,
                             const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text as a whole number from 0 up; -1 if it is not one. */
long long pfg_hw_number(struct pfg_slice text);

bool pfg_hw_exists(const struct pfg_hw_source *source, const char *path);

/* The names in a folder that begin with `prefix`, sorted; at most 4096. */
struct pfg_hw_names pfg_hw_list(const struct pfg_hw_source *source,
                                const char *path, const char *prefix);

/* A field of the first processor in the text of /proc/cpuinfo, trimmed; `ptr`
 * is NULL if there is no such field. Case matters: "model" on x86 is a number,
 * "Model" on a Raspberry Pi is the board. */
struct pfg_slice pfg_hw_cpuinfo_field(struct pfg_slice cpuinfo,
                                      const char *name);

/* Text to show to people: without (R) and (TM), control bytes turned into
 * blanks, blanks collapsed, at most 200 bytes. NULL if nothing is left. */
const char *pfg_hw_clean(struct pfg_slice text, struct pfg_arena *arena);

/* Compares strings, for qsort(). */
int pfg_hw_by_text(const void *a, const void *b);

#endif
