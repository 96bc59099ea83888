#ifndef PFG_APP_PROGRAMS_USAGE_H
#define PFG_APP_PROGRAMS_USAGE_H

#include "app/input/read_inputs.h"
#include "app/programs/program.h"
#include "exec/child.h"

/* A run of a program by `tool`, from `n` metrics with their units and values.
 * The caller frees the run. */
int pfg_program_run(struct pfg_run **out, const struct pfg_context *context,
                    const char *tool, const struct pfg_program *program,
                    const struct pfg_measurement *metrics, size_t n,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

/*
 * A run of what the kernel measured of a program, for each metric a value for
 * each of its `n` processes. The caller frees the run.
 */
int pfg_usage_run(struct pfg_run **out, const struct pfg_context *context,
                  const struct pfg_program *program,
                  const struct pfg_usage *usages, size_t n,
                  const struct pfg_read_options *options,
                  struct pfg_error *err);

/*
 * What a shell costs that does nothing: seconds, user and system, medians of
 * many, started as `like` says. After an interrupt, of fewer.
 */
int pfg_usage_of_shell(struct pfg_usage *out, const struct pfg_child_spec *like,
                       struct pfg_interrupt *interrupt, struct pfg_error *err);

/* Subtracts that; the time stays at least a microsecond, the rest at least
 * zero. */
void pfg_usage_less_shell(struct pfg_usage *usage,
                          const struct pfg_usage *shell);

/* --- sizes of files (size.c) --- */

/*
 * A run of the sizes of `paths`, relative to `folder`, as benchmarks of their
 * names: bytes of a file, or of all files in a folder (links are not followed),
 * and of an ELF file's sections, as size(1) adds them up. An ELF file with a
 * broken section table counts as a plain file. The caller frees the run.
 * PFG_DATA if a path does not exist or cannot be read.
 */
int pfg_size_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *folder, const char *const *paths, size_t n,
                 const struct pfg_read_options *options, struct pfg_error *err);

#endif
