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
 * Opens a file for reading. Returns its descriptor, or -1 with an error.
 * Directories are refused (PFG_DATA), as are devices other than terminals: some
 * have no end.
 */
int pfg_file_open(const char *path, struct pfg_error *err);
/* The same check for a descriptor that is already open, such as standard input;
 * `name` is for the error. */
int pfg_file_check(int fd, const char *name, struct pfg_error *err);

/* Closes a descriptor and sets it to -1; -1 is fine. */
void pfg_file_close(int *fd);

/* Appends a whole file to `out`, which must be initialised. PFG_DATA if it
 * cannot be read, or has more than `cap` bytes. */
int pfg_file_read(struct pfg_str *out, const char *path, size_t cap,
                  struct pfg_error *err);

/* Writes a temporary file next to `path`, then renames it: a reader sees the
 * old file or the new one, even after a loss of power. Links are followed;
 * pipes, devices and files below /dev and /proc are written in place.
 * PFG_SYSTEM. */
int pfg_file_write(const char *path, struct pfg_slice bytes,
                   struct pfg_error *err);

/* The same for one of many files that can be made again: not synced, and not
 * written if it already holds these bytes; else *written increases by one. */
int pfg_file_update(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err);

/* The same for a growing file: if it holds the beginning of these bytes, only
 * the rest is appended. */
int pfg_file_extend(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err);

/* Opens a file (`flags` may add O_CREAT) and locks it against other processes.
 * Returns its descriptor, whose closing releases the lock, or -1 with errno:
 * EWOULDBLOCK if another process holds the lock. Links are not followed. */
int pfg_file_lock(const char *path, int flags);

/* Creates a directory and its parents; it may exist already. */
int pfg_file_make_directories(const char *path, struct pfg_error *err);

/* Removes a file, or a directory with everything in it. Links are removed, not
 * followed; other file systems are left alone; write-protected directories are
 * made writable first; a missing path is fine. Removes as much as it can before
 * it fails with PFG_SYSTEM. */
int pfg_file_remove_all(const char *path, struct pfg_error *err);

/* "a/b" for "a" and "b"; `name` alone if `folder` is "" or ".". */
char *pfg_path_join(struct pfg_arena *arena, const char *folder,
                    const char *name);
/* Everything before the last slash, "." if there is none. */
char *pfg_path_folder(struct pfg_arena *arena, const char *path);
/* Everything after the last slash. Borrowed from `path`. */
const char *pfg_path_name(const char *path);

#endif
