#ifndef PFG_APP_PROGRAMS_SIZE_H
#define PFG_APP_PROGRAMS_SIZE_H

#include <stdint.h>

#include "app/input/read_inputs.h"

/* Bytes of a file, or of all files below a folder (links are not followed),
 * and of an ELF file's sections as size(1) sums them up. */
struct pfg_size {
    uint64_t total;
    bool is_elf; /* the rest is known */
    uint64_t text, data, bss;
};

/* `path` is seen from `folder`. PFG_DATA where it is not there, or cannot be
 * read. An ELF file with a broken section table is a file like any other. */
int pfg_size_of(struct pfg_size *out, const char *folder, const char *path,
                struct pfg_error *err);

/* A run of the sizes of all `paths`, seen from `folder`: benchmarks of their
 * names. The caller frees the run. */
int pfg_size_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *folder, const char *const *paths, size_t n,
                 const struct pfg_read_options *options, struct pfg_error *err);

#endif
