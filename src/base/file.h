#ifndef PFG_BASE_FILE_H
#define PFG_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct pfg_arena;

bool pfg_file_exists(const char *path);
bool pfg_file_is_directory(const char *path);

/*
 * Opens a file to be read: its descriptor, or -1 with an error. Folders are
 * refused (PFG_DATA), as are devices that are no terminal: some have no end.
 */
int pfg_file_open(const char *path, struct pfg_error *err);
/* The same check for what is open already, as the standard input; `name` is
 * for the error. */
int pfg_file_check(int fd, const char *name, struct pfg_error *err);

/* Appends all of a file to `out`, which must be initialised. More than `cap`
 * bytes are an error (PFG_DATA), as is a file that cannot be read. */
int pfg_file_read(struct pfg_str *out, const char *path, size_t cap,
                  struct pfg_error *err);

/* Writes a temporary file beside `path`, then renames it: a reader sees the
 * old file or the new one, after a loss of power too. Links are followed;
 * pipes, devices and whatever is below /dev and /proc are written in place.
 * PFG_SYSTEM. */
int pfg_file_write(const char *path, struct pfg_slice bytes,
                   struct pfg_error *err);

/* The same for one of many files that can be made again: one that holds these
 * bytes stays untouched, else *written goes up by one. It is not waited for the
 * disk. */
int pfg_file_update(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err);

/* The same for one that grows: where it holds the beginning of these bytes,
 * only the rest is written, at its end. */
int pfg_file_extend(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err);

/* Opens a file (`flags` besides: O_CREAT) and locks it against other processes:
 * its descriptor, whose closing ends the lock; -1 with errno, EWOULDBLOCK where
 * another process has it. Links are not followed. */
int pfg_file_lock(const char *path, int flags);

/* Makes a directory and those above it; one that is there is fine. */
int pfg_file_make_directories(const char *path, struct pfg_error *err);

/* Removes a file, or a directory with all that is in it. Links are removed and
 * not followed, other file systems are left alone, and what may not be written
 * is made writable first; what is not there is fine. PFG_SYSTEM, after all that
 * could be removed is. */
int pfg_file_remove_all(const char *path, struct pfg_error *err);

/* "a/b" from "a" and "b"; `name` alone where `folder` is "" or ".". */
char *pfg_path_join(struct pfg_arena *arena, const char *folder,
                    const char *name);
/* Everything before the last slash, "." where there is none. */
char *pfg_path_folder(struct pfg_arena *arena, const char *path);
/* What stands after the last slash. Borrowed from `path`. */
const char *pfg_path_name(const char *path);

#endif
