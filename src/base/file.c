#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

bool pfg_file_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

bool pfg_file_is_directory(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Reading such a device may never end, unless it is a terminal or /dev/null. */
static bool is_endless(int fd, const struct stat *info)
{
    return S_ISCHR(info->st_mode) && !isatty(fd) &&
           info->st_rdev != makedev(1, 3); /* /dev/null */
}

int pfg_file_check(int fd, const char *name, struct pfg_error *err)
{
    struct stat info;

    if (fd < 0 || fstat(fd, &info)) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", name,
                        strerror(fd < 0 && !errno ? EBADF : errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': %s", name,
                        strerror(EISDIR));
    }
    return is_endless(fd, &info)
               ? pfg_fail(err, PFG_DATA, "cannot read '%s': it is a device",
                          name)
               : 0;
}

void pfg_file_close(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
    *fd = -1;
}

int pfg_file_open(const char *path, struct pfg_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (pfg_file_check(fd, path, err)) {
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    return fd;
}

int pfg_file_read(struct pfg_str *out, const char *path, size_t cap,
                  struct pfg_error *err)
{
    char buffer[65536];
    size_t start = out->len;
    ssize_t got;
    int fd = pfg_file_open(path, err);
    struct stat info;

    if (fd < 0) {
        return -1;
    }
    if (!fstat(fd, &info) && S_ISREG(info.st_mode) &&
        (size_t)info.st_size <= cap) {
        pfg_str_reserve(out, (size_t)info.st_size);
    }
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        pfg_str_add(out, pfg_slice_make(buffer, (size_t)got));
        if (out->len - start > cap || out->overflowed) {
            break;
        }
    }
    if (got < 0) {
        pfg_fail(err, PFG_DATA, "cannot read '%s': %s", path, strerror(errno));
    } else if (got > 0) {
        pfg_fail(err, PFG_DATA, "'%s' is larger than %zu bytes", path, cap);
    }
    close(fd);
    return got == 0 ? 0 : -1;
}

static int write_all(int fd, struct pfg_slice bytes)
{
    while (bytes.len) {
        ssize_t done = write(fd, bytes.ptr, bytes.len);

        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done < 0) {
            return -1;
        }
        bytes = pfg_slice_from(bytes, (size_t)done);
    }
    return 0;
}

/* open(2) gives a new file this mode; mkstemp() does not. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return 0666 & ~mask;
}

/* Pipes, devices and names of open files (/dev/stdout) are written in place,
 * never replaced. */
static bool is_special(const char *path)
{
    struct stat info;

    return !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6) ||
           (stat(path, &info) == 0 && !S_ISREG(info.st_mode));
}

static int write_in_place(const char *path, struct pfg_slice bytes)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    int failed = fd < 0 || write_all(fd, bytes);

    if (fd >= 0) {
        failed |= close(fd);
    }
    return failed ? -1 : 0;
}

/* The name of a new file survives a loss of power only when its folder is
 * synced, too. */
static int sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = pfg_strdup(slash ? path : ".");
    int failed = 0, why = 0, fd;

    if (slash) {
        folder[slash - path + 1] = '\0';
    }
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    /* Some file systems cannot do it, and some folders may not be read. */
    if (fd >= 0) {
        failed = fsync(fd) && errno != EINVAL && errno != ENOTSUP;
        why = errno;
        close(fd);
    }
    free(folder);
    errno = why;
    return failed ? -1 : 0;
}

/* Writes to `fd`, the open file `temporary`, closes it and renames it to
 * `path`. On failure nothing is left of it, and errno is that of the first
 * failure. */
static int fill_and_rename(int fd, const char *temporary, const char *path,
                           struct pfg_slice bytes, bool sync)
{
    int failed =
        write_all(fd, bytes) || fchmod(fd, usual_mode()) || (sync && fsync(fd));
    int why = errno;

    if (close(fd) && !failed) {
        failed = -1;
        why = errno;
    }
    if (!failed && rename(temporary, path)) {
        failed = -1;
        why = errno;
    }
    if (failed) {
        unlink(temporary);
    } else if (sync && sync_folder(path)) {
        failed = -1;
        why = errno;
    }
    errno = why;
    return failed ? -1 : 0;
}

static int write_and_rename(const char *path, struct pfg_slice bytes, bool sync)
{
    /* Links are followed: what the link points to is replaced. */
    char *target = realpath(path, NULL);
    struct pfg_str temporary;
    int fd, failed, why;

    pfg_str_init(&temporary, 0);
    pfg_str_printf(&temporary, "%s.XXXXXX", target ? target : path);
    fd = mkstemp(temporary.ptr);
    failed = fd < 0 || fill_and_rename(fd, temporary.ptr,
                                       target ? target : path, bytes, sync);
    why = errno;
    pfg_str_free(&temporary);
    free(target);
    errno = why;
    return failed ? -1 : 0;
}

int pfg_file_write(const char *path, struct pfg_slice bytes,
                   struct pfg_error *err)
{
    if (is_special(path) ? write_in_place(path, bytes)
                         : write_and_rename(path, bytes, true)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s", path,
                        strerror(errno));
    }
    return 0;
}

static bool holds(const char *path, struct pfg_slice bytes)
{
    struct pfg_str there;
    struct stat info;
    bool same;

    if (stat(path, &info) || !S_ISREG(info.st_mode) ||
        (size_t)info.st_size != bytes.len) {
        return false;
    }
    pfg_str_init(&there, 0);
    same = !pfg_file_read(&there, path, bytes.len, NULL) &&
           pfg_slice_eq(pfg_str_slice(&there), bytes);
    pfg_str_free(&there);
    return same;
}

int pfg_file_update(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err)
{
    if (holds(path, bytes)) {
        return 0;
    }
    if (write_and_rename(path, bytes, false)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s", path,
                        strerror(errno));
    }
    ++*written;
    return 0;
}

/* The file's size, if its content is the beginning of `bytes`; else 0. */
static size_t begun(const char *path, struct pfg_slice bytes)
{
    struct pfg_str there;
    size_t n = 0;

    pfg_str_init(&there, 0);
    if (!pfg_file_read(&there, path, bytes.len, NULL) &&
        !memcmp(there.ptr, bytes.ptr, there.len)) {
        n = there.len;
    }
    pfg_str_free(&there);
    return n;
}

int pfg_file_extend(const char *path, struct pfg_slice bytes, size_t *written,
                    struct pfg_error *err)
{
    const size_t n = begun(path, bytes);
    int fd, failed;

    if (!n) {
        return pfg_file_update(path, bytes, written, err);
    }
    if (n == bytes.len) {
        return 0;
    }
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    failed =
        fd < 0 || write_all(fd, pfg_slice_make(bytes.ptr + n, bytes.len - n));
    if (fd >= 0 && close(fd)) {
        failed = -1;
    }
    if (failed) {
        return pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s", path,
                        strerror(errno));
    }
    ++*written;
    return 0;
}

int pfg_file_lock(const char *path, int flags)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0666);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
        int why = errno;

        close(fd);
        fd = -1;
        errno = why;
    }
    return fd;
}

int pfg_file_make_directories(const char *path, struct pfg_error *err)
{
    char *copy = pfg_strdup(path);
    int failed = 0;

    for (char *at = copy; !failed && *at; at++) {
        if (*at == '/' && at > copy) {
            *at = '\0';
            failed = mkdir(copy, 0777) && errno != EEXIST;
            *at = '/';
        }
    }
    failed = failed || (mkdir(path, 0777) && errno != EEXIST);
    free(copy);
    if (failed || !pfg_file_is_directory(path)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot create directory '%s': %s",
                        path, failed ? strerror(errno) : "not a directory");
    }
    return 0;
}

/* A directory that its owner may not write cannot be emptied. */
static void open_up(const FTSENT *entry)
{
    if ((entry->fts_statp->st_mode & S_IRWXU) != S_IRWXU) {
        chmod(entry->fts_accpath, entry->fts_statp->st_mode | S_IRWXU);
    }
}

/* errno, or 0. */
static int remove_entry(const FTSENT *entry)
{
    switch (entry->fts_info) {
    case FTS_D:
        open_up(entry);
        return 0;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return entry->fts_errno == ENOENT ? 0 : entry->fts_errno;
    case FTS_DP:
        return rmdir(entry->fts_accpath) && errno != ENOENT ? errno : 0;
    default:
        return unlink(entry->fts_accpath) && errno != ENOENT ? errno : 0;
    }
}

int pfg_file_remove_all(const char *path, struct pfg_error *err)
{
    char *paths[] = {(char *)path, NULL};
    char first[200] = "";
    FTSENT *entry;
    int why = 0;
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);

    if (!walk) {
        return pfg_fail(err, PFG_SYSTEM, "cannot remove '%s': %s", path,
                        strerror(errno));
    }
    while ((entry = fts_read(walk))) {
        int failed = remove_entry(entry);

        if (failed && !why) {
            why = failed;
            snprintf(first, sizeof first, "%s", entry->fts_path);
        }
    }
    fts_close(walk);
    return why ? pfg_fail(err, PFG_SYSTEM, "cannot remove '%s': %s", first,
                          strerror(why))
               : 0;
}

char *pfg_path_join(struct pfg_arena *arena, const char *folder,
                    const char *name)
{
    size_t length = strlen(folder);

    if (!length || !strcmp(folder, ".")) {
        return pfg_arena_strdup(arena, name);
    }
    return pfg_arena_printf(arena, "%s%s%s", folder,
                            folder[length - 1] == '/' ? "" : "/", name);
}

char *pfg_path_folder(struct pfg_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash) {
        return pfg_arena_strdup(arena, ".");
    }
    return pfg_arena_slice(
        arena, pfg_slice_range(path, slash > path ? slash : path + 1));
}

const char *pfg_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
