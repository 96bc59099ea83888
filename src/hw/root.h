#ifndef PFG_HW_ROOT_H
#define PFG_HW_ROOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

/*
 * Where facts about the machine are read from: "/", or a folder that looks
 * like it. What is asked about the running process by system calls is asked
 * of the real machine only. Paths are relative to the root and have no slash
 * in front ("proc/cpuinfo").
 */
struct pfg_hw_source {
    const char *root; /* "" for the real machine, else without a last slash */
    bool real;
    struct pfg_arena *arena;
};

/* The real machine where `root` is NULL, "" or "/". */
struct pfg_hw_source pfg_hw_source_at(const char *root,
                                      struct pfg_arena *arena);

/* A vector of base/vec.h that functions can return. */
struct pfg_hw_names {
    const char **at;
    size_t n, cap;
};

#define PFG_HW_PRINTF __attribute__((format(printf, 2, 3)))

/* The file without blanks at its ends; `ptr` is NULL where there is none or
 * it cannot be read, and `len` is 0 where it is empty. Beyond 4 MiB it is cut
 * off. Terminated, and belongs to the arena. */
struct pfg_slice pfg_hw_read(const struct pfg_hw_source *source,
                             const char *path, ...) PFG_HW_PRINTF;

/* The file as people may see it (pfg_hw_clean()). */
const char *pfg_hw_text(const struct pfg_hw_source *source, const char *path,
                        ...) PFG_HW_PRINTF;

/* The file as a number; -1 where it is no whole number from 0 up. */
long long pfg_hw_read_number(const struct pfg_hw_source *source,
                             const char *path, ...) PFG_HW_PRINTF;

bool pfg_hw_exists(const struct pfg_hw_source *source, const char *path);

/* What is in a folder and starts with `prefix`, sorted; at most 4096. */
struct pfg_hw_names pfg_hw_list(const struct pfg_hw_source *source,
                                const char *path, const char *prefix);

/* A field of the first processor in the text of /proc/cpuinfo, trimmed; `ptr`
 * is NULL where it has none of that name. Case counts: "model" of x86 is a
 * number, "Model" of a Raspberry Pi is the board. */
struct pfg_slice pfg_hw_cpuinfo_field(struct pfg_slice cpuinfo,
                                      const char *name);

/*
 * Text as people may see it: (R) and (TM) gone, control bytes made blanks,
 * blanks collapsed, at most 200 bytes; NULL where nothing is left.
 */
const char *pfg_hw_clean(struct pfg_slice text, struct pfg_arena *arena);

/* Orders strings for qsort(). */
int pfg_hw_by_text(const void *a, const void *b);

#endif
