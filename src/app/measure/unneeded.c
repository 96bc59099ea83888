#include "app/measure/measure_side.h"

#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/file.h"

/* Bytes of a program that is looked at. */
#define PROGRAM_MOST ((size_t)1 << 30)

/* --- what changed --- */

/* The files, where both sides are commits and not the same one. */
static bool find_changed(struct pfg_vcs_paths *out,
                         const struct pfg_sides *sides)
{
    const char *base = sides->at[PFG_BASE].checkout;
    const char *head = sides->at[PFG_HEAD].checkout;

    return base && head && strcmp(base, head) != 0 &&
           pfg_vcs_changed(sides->m->vcs, out, base, head, sides->m->arena);
}

/* Of the configuration itself, too: it says what is measured. */
static bool is_among(const struct pfg_config *config, const char *path)
{
    const char *name = pfg_path_name(path);

    for (size_t i = 0; i < config->paths.n; i++) {
        const struct pfg_named_pattern *one = &config->paths.at[i];
        size_t length = strlen(one->name);

        length -= length && one->name[length - 1] == '/';
        if (pfg_pattern_matches(one->pattern, path) ||
            (!strncmp(one->name, path, length) && path[length] == '/')) {
            return true;
        }
    }
    return !strcmp(name, pfg_path_name(config->path));
}

int pfg_unneeded_by_paths(const char **out, const struct pfg_sides *sides,
                          const char *path, struct pfg_error *err)
{
    struct pfg_config *config = NULL;
    struct pfg_vcs_paths changed;
    size_t i = 0;

    *out = NULL;
    if (pfg_workspace_config(&config, path, err)) {
        return -1;
    }
    if (config && config->paths.n && find_changed(&changed, sides)) {
        while (i < changed.n && !is_among(config, changed.at[i])) {
            i++;
        }
        if (i == changed.n) {
            *out = pfg_arena_printf(
                sides->m->arena,
                "nothing to measure: no file changed since %.10s (%s) matches "
                "the \"paths\" in %s",
                sides->at[PFG_BASE].revision.id,
                pfg_arena_counted(sides->m->arena, changed.n, "file"),
                config->path);
        }
    }
    pfg_config_free(config);
    return 0;
}

/* --- what was built --- */

/* Of what a compiled program does not read when it runs. */
static const char *const not_read[] = {
    "*.c",      "*.h",        "*.cc",       "*.hh",       "*.cpp",
    "*.hpp",    "*.cxx",      "*.hxx",      "*.s",        "*.S",
    "*.rs",     "*.go",       "*.zig",      "*.swift",    "*.f90",
    "*.md",     "*.rst",      "*.adoc",     "*.cmake",    "*.mk",
    "Makefile", "*/Makefile", "Cargo.toml", "Cargo.lock", ".github/*",
    "LICENSE*", ".gitignore"};

static bool is_read(const char *path)
{
    for (size_t i = 0; i < PFG_COUNT(not_read); i++) {
        if (!fnmatch(not_read[i], path, 0)) {
            return false;
        }
    }
    return true;
}

/* Puts one folder in place of another, whose name is as long, and zeros in
 * place of the linker's hash over all of it (.note.gnu.build-id). */
static void make_alike(struct pfg_str *bytes, const char *from, const char *to)
{
    static const char note[] = "\4\0\0\0\x14\0\0\0\3\0\0\0GNU";
    size_t length = strlen(from), id = 20;
    char *end = bytes->ptr + bytes->len, *at = bytes->ptr;

    while (strlen(to) == length &&
           (at = memmem(at, (size_t)(end - at), from, length))) {
        memcpy(at, to, length);
        at += length;
    }
    at = memmem(bytes->ptr, bytes->len, note, sizeof note);
    if (at && (size_t)(end - at) >= sizeof note + id) {
        memset(at + sizeof note, 0, id);
    }
}

/* Cuts off what is not loaded when a program runs, debug information above all:
 * it stands behind the rest, and the header says where. */
static void cut_unloaded(struct pfg_str *bytes)
{
    Elf64_Ehdr head;
    Elf64_Phdr part;
    uint64_t end = 0;

    if (bytes->len < sizeof head || memcmp(bytes->ptr, ELFMAG, SELFMAG) ||
        bytes->ptr[EI_CLASS] != ELFCLASS64) {
        return;
    }
    memcpy(&head, bytes->ptr, sizeof head);
    for (size_t i = 0; i < head.e_phnum; i++) {
        uint64_t at = head.e_phoff + i * sizeof part;

        if (head.e_phoff > bytes->len || at > bytes->len - sizeof part) {
            return; /* damaged, or of another byte order: all of it counts */
        }
        memcpy(&part, bytes->ptr + at, sizeof part);
        if (part.p_type == PT_LOAD && part.p_offset + part.p_filesz > end) {
            end = part.p_offset + part.p_filesz;
        }
    }
    if (end >= sizeof head && end <= bytes->len) {
        head.e_shoff = head.e_shnum = head.e_shstrndx = 0;
        memcpy(bytes->ptr, &head, sizeof head);
        pfg_str_cut(bytes, end);
    }
}

/* Whether a file is the same below both work trees, except for where they are.
 */
static bool is_same_file(const struct pfg_sides *sides, const char *path)
{
    const char *tops[] = {sides->at[PFG_BASE].worktree.folder,
                          sides->at[PFG_HEAD].worktree.folder};
    struct pfg_str bytes[2];
    bool same = true;

    for (size_t i = 0; i < 2; i++) {
        const char *whole = pfg_path_join(sides->m->arena, tops[i], path);

        pfg_str_init(&bytes[i], 0);
        same = same && !pfg_file_read(&bytes[i], whole, PROGRAM_MOST, NULL);
    }
    for (size_t i = 0; i < 2 && same; i++) {
        cut_unloaded(&bytes[i]);
        make_alike(&bytes[i], tops[i], tops[PFG_HEAD]);
    }
    same = same && bytes[0].len == bytes[1].len &&
           !memcmp(bytes[0].ptr, bytes[1].ptr, bytes[0].len);
    pfg_str_free(&bytes[0]);
    pfg_str_free(&bytes[1]);
    return same;
}

/* A program or a shared library. */
static bool is_linked(int folder, const char *name)
{
    unsigned char head[EI_NIDENT + 2] = {0};
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool got = fd >= 0 && read(fd, head, sizeof head) == sizeof head;
    int type = head[EI_NIDENT] | head[EI_NIDENT + 1];

    pfg_file_close(&fd);
    return got && !memcmp(head, ELFMAG, SELFMAG) &&
           (type == ET_EXEC || type == ET_DYN);
}

/* Whether all that is linked below a folder of one work tree is the same in
 * the other. */
static bool is_same_below(const struct pfg_sides *sides, const char *top,
                          const char *folder)
{
    struct pfg_arena *arena = sides->m->arena;
    DIR *entries = opendir(pfg_path_join(arena, top, folder));
    const struct dirent *entry;
    struct stat info;
    bool same = entries != NULL;

    while (same && (entry = readdir(entries))) {
        const char *name = entry->d_name;
        const char *path = pfg_path_join(arena, folder, name);

        if (!strcmp(name, ".") || !strcmp(name, "..") ||
            !strcmp(name, ".git")) {
            continue;
        }
        same = !fstatat(dirfd(entries), name, &info, AT_SYMLINK_NOFOLLOW) &&
               (S_ISDIR(info.st_mode) ? is_same_below(sides, top, path)
                : S_ISREG(info.st_mode) && is_linked(dirfd(entries), name)
                    ? is_same_file(sides, path)
                    : true);
    }
    if (entries) {
        closedir(entries);
    }
    return same;
}

/* A word of the command that names what is in the work trees. */
static bool is_same_word(const struct pfg_sides *sides, const char *word,
                         bool program)
{
    const struct pfg_measuring_side *head = &sides->at[PFG_HEAD];
    const char *top = head->worktree.folder;
    const char *path = pfg_path_join(sides->m->arena, head->folder, word);
    struct stat info;

    if (strstr(word, "..")) {
        return false;
    }
    if (*word == '/' || stat(path, &info)) {
        return !program;
    }
    path = pfg_path_join(sides->m->arena, head->folder + strlen(top), word);
    while (*path == '/') {
        path++;
    }
    return S_ISREG(info.st_mode) && is_same_file(sides, path) &&
           (!program ||
            is_linked(AT_FDCWD, pfg_path_join(sides->m->arena, top, path)));
}

/* Whether a program is one of the work tree, and it and what it is given are
 * the same on both sides. */
static bool is_same_program(const struct pfg_sides *sides,
                            const struct pfg_program *program)
{
    struct pfg_command_words words = program->words;

    if (program->shell &&
        !pfg_words_of_plain(&words, program->shell, sides->m->arena)) {
        return false;
    }
    for (size_t i = 0; i < words.n; i++) {
        const char *value = strchr(words.at[i], '=');

        if ((!i && !strchr(words.at[0], '/')) ||
            !is_same_word(sides, words.at[i], !i) ||
            (value && !is_same_word(sides, value + 1, false))) {
            return false;
        }
    }
    return words.n > 0;
}

const char *pfg_unneeded_by_build(const struct pfg_sides *sides)
{
    const struct pfg_programs *programs = sides->programs;
    struct pfg_vcs_paths changed;

    if (!programs->n || !find_changed(&changed, sides)) {
        return NULL;
    }
    for (size_t i = 0; i < changed.n; i++) {
        if (is_read(changed.at[i])) {
            return NULL;
        }
    }
    for (size_t i = 0; i < programs->n; i++) {
        if (!is_same_program(sides, &programs->at[i])) {
            return NULL;
        }
    }
    for (size_t i = 0; i < 2; i++) {
        if (!is_same_below(sides, sides->at[i].worktree.folder, "")) {
            return NULL;
        }
    }
    return pfg_arena_printf(sides->m->arena,
                            "nothing to measure: base %.10s and head are built "
                            "to the same program",
                            sides->at[PFG_BASE].revision.id);
}
