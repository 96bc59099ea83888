#include "exec/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

#define LOCK_NAME ".lock"

static bool is_ours(const char *path)
{
    struct stat found;

    return !lstat(path, &found) && S_ISDIR(found.st_mode) &&
           found.st_uid == geteuid();
}

static void sweep(const char *folder, struct pfg_arena *arena)
{
    glob_t found;

    if (!glob(pfg_arena_printf(arena, "%s/perfgate-??????", folder),
              GLOB_NOSORT, NULL, &found)) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            const char *path = found.gl_pathv[i];
            int lock =
                is_ours(path)
                    ? pfg_file_lock(pfg_path_join(arena, path, LOCK_NAME), 0)
                    : -1;

            if (lock >= 0) {
                pfg_file_remove_all(path, NULL); /* or the next process will */
                close(lock);
            }
        }
    }
    globfree(&found);
}

/* The lock file is renamed when it is locked, so that nobody ever finds it
 * unlocked. */
static int lock_it(struct pfg_scratch *scratch, struct pfg_arena *arena)
{
    const char *path = pfg_path_join(arena, scratch->path, LOCK_NAME);
    const char *made = pfg_arena_printf(arena, "%s-new", path);

    scratch->lock = pfg_file_lock(made, O_CREAT | O_EXCL);
    return scratch->lock < 0 ? -1 : rename(made, path);
}

static void remove_partial(void *self)
{
    const struct pfg_scratch *scratch = self;

    pfg_file_remove_all(scratch->path, NULL); /* or the next process will */
}

int pfg_scratch_open(struct pfg_scratch *out, const char *folder,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    char *path = pfg_arena_printf(arena, "%s/perfgate-XXXXXX", folder);
    char *whole;
    int failed;

    *out = (struct pfg_scratch){.lock = -1};
    sweep(folder, arena);
    if (!mkdtemp(path)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot create '%s': %s", path,
                        strerror(errno));
    }
    out->path = path;
    out->partial = (struct pfg_partial){remove_partial, out, NULL};
    pfg_partial_register(&out->partial);
    whole = realpath(path, NULL);
    out->path = whole ? pfg_arena_strdup(arena, whole) : path;
    free(whole);
    failed = lock_it(out, arena);
    if (failed) {
        pfg_fail(err, PFG_SYSTEM, "cannot lock '%s': %s", out->path,
                 strerror(errno));
        pfg_scratch_close(out, NULL);
    }
    return failed;
}

int pfg_scratch_close(struct pfg_scratch *scratch, struct pfg_error *err)
{
    int failed = scratch->path ? pfg_file_remove_all(scratch->path, err) : 0;

    if (scratch->path && scratch->lock >= 0) {
        close(scratch->lock);
    }
    pfg_partial_forget(&scratch->partial);
    *scratch = (struct pfg_scratch){.lock = -1};
    return failed;
}
