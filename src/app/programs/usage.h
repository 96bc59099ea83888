#ifndef PFG_APP_PROGRAMS_USAGE_H
#define PFG_APP_PROGRAMS_USAGE_H

#include "app/input/read_inputs.h"
#include "app/programs/program.h"
#include "exec/child.h"

/* Sends what was measured of a program: its metric, unit and values are set. */
void pfg_program_push(const struct pfg_sink *sink,
                      const struct pfg_program *program,
                      const struct pfg_measurement *what);

/*
 * A run of what the kernel counted of a program, one observation a metric for
 * each of its `n` processes. The caller frees the run.
 */
int pfg_usage_run(struct pfg_run **out, const struct pfg_context *context,
                  const struct pfg_program *program,
                  const struct pfg_usage *usages, size_t n,
                  const struct pfg_read_options *options,
                  struct pfg_error *err);

/*
 * What a shell costs that does nothing (seconds, user, system; the median of
 * many), started as `like` says. Interrupted: what is known by then.
 */
int pfg_usage_of_shell(struct pfg_usage *out, const struct pfg_child_spec *like,
                       struct pfg_interrupt *interrupt, struct pfg_error *err);

/* Takes that off, down to zero, a microsecond of the time. */
void pfg_usage_less_shell(struct pfg_usage *usage,
                          const struct pfg_usage *shell);

/* --- sizes of files (size.c) --- */

/*
 * A run of the sizes of all `paths`, seen from `folder`: benchmarks of their
 * names. Bytes of a file, or of all files below a folder (links are not
 * followed), and of an ELF file's sections as size(1) sums them up; one with a
 * broken section table is a file like any other. The caller frees the run.
 * PFG_DATA where a path does not exist or cannot be read.
 */
int pfg_size_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *folder, const char *const *paths, size_t n,
                 const struct pfg_read_options *options, struct pfg_error *err);

#endif
