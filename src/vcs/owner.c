#include <stdlib.h>
#include <string.h>

#include "vcs/repo.h"

/* `root` is the folder, or below it. */
static bool holds(const char *folder, size_t length, const char *root)
{
    return !strncmp(root, folder, length) &&
           (!root[length] || root[length] == '/');
}

/* In container jobs the checkout belongs to another user. */
static bool is_named(const char *root)
{
    const char *named = getenv("PERFGATE_SAFE_DIRECTORY");
    char *folder = named && *named ? realpath(named, NULL) : NULL;
    bool is = folder && holds(folder, strlen(folder), root);

    free(folder);
    return is;
}

/* One value of safe.directory: a folder, "*" for all, or a folder with slash
 * and star for all that is below it; an empty one forgets those before. */
static void heed(bool *trusted, const char *value, const char *root)
{
    git_buf path = {0};
    size_t length;

    if (!*value) {
        *trusted = false;
    } else if (!pfg_git.config_parse_path(&path, value)) {
        length = strlen(path.ptr);
        if (!strcmp(path.ptr, "*") || !strcmp(path.ptr, root) ||
            (length > 2 && !strcmp(path.ptr + length - 2, "/*") &&
             holds(path.ptr, length - 2, root))) {
            *trusted = true;
        }
        pfg_git.buf_dispose(&path);
    }
}

/* The configuration of the user and of the machine, never the repository's. */
static bool is_listed(const char *root)
{
    git_config *config = NULL;
    git_config_iterator *values = NULL;
    git_config_entry *entry;
    bool trusted = false;

    if (!pfg_git.config_open_default(&config) &&
        !pfg_git.config_multivar_iterator_new(&values, config, "safe.directory",
                                              NULL)) {
        while (!pfg_git.config_next(&entry, values)) {
            heed(&trusted, entry->value ? entry->value : "", root);
        }
    }
    pfg_git.config_iterator_free(values);
    pfg_git.config_free(config);
    return trusted;
}

bool pfg_vcs_is_trusted(const char *root)
{
    return is_named(root) || is_listed(root);
}
