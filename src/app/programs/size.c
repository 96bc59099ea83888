#include "app/programs/usage.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Bytes. */
struct size {
    uint64_t total;
    bool is_elf; /* the other members are valid */
    uint64_t text, data, bss;
};

/* --- an ELF file, of either width and byte order --- */

struct elf {
    int fd;
    bool wide; /* 64 bits */
    bool big;  /* the most significant byte first */
};

static bool read_at(const struct elf *elf, unsigned char *out, size_t n,
                    uint64_t at)
{
    return at < INT64_MAX && pread(elf->fd, out, n, (off_t)at) == (ssize_t)n;
}

static uint64_t number(const struct elf *elf, const unsigned char *at, size_t n)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n; i++) {
        value = value << 8 | at[elf->big ? i : n - 1 - i];
    }
    return value;
}

/* A member of a header, by its name in both layouts. */
#define MEMBER(elf, bytes, T, member)                                          \
    ((elf)->wide ? number((elf), (bytes) + offsetof(Elf64_##T, member),        \
                          sizeof((Elf64_##T *)0)->member)                      \
                 : number((elf), (bytes) + offsetof(Elf32_##T, member),        \
                          sizeof((Elf32_##T *)0)->member))

/* As GNU size in Berkeley format: what is not writable is text, code or not. */
static void add_section(struct size *out, const struct elf *elf,
                        const unsigned char *header)
{
    uint64_t flags = MEMBER(elf, header, Shdr, sh_flags);
    uint64_t size = MEMBER(elf, header, Shdr, sh_size);

    if (!(flags & SHF_ALLOC)) {
        return;
    }
    if (flags & SHF_EXECINSTR || !(flags & SHF_WRITE)) {
        out->text += size;
    } else if (MEMBER(elf, header, Shdr, sh_type) != SHT_NOBITS) {
        out->data += size;
    } else {
        out->bss += size;
    }
}

static void read_elf(struct size *out, int fd)
{
    unsigned char head[sizeof(Elf64_Ehdr)] = {0}, section[sizeof(Elf64_Shdr)];
    struct elf elf = {.fd = fd};
    size_t size;
    uint64_t at, n;

    if (!read_at(&elf, head, sizeof(Elf32_Ehdr), 0) ||
        memcmp(head, ELFMAG, SELFMAG)) {
        return;
    }
    elf.wide = head[EI_CLASS] == ELFCLASS64;
    elf.big = head[EI_DATA] == ELFDATA2MSB;
    size = elf.wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
    if ((elf.wide && !read_at(&elf, head, sizeof head, 0)) ||
        MEMBER(&elf, head, Ehdr, e_shentsize) != size) {
        return;
    }
    at = MEMBER(&elf, head, Ehdr, e_shoff);
    n = MEMBER(&elf, head, Ehdr, e_shnum);
    if (!at || !read_at(&elf, section, size, at)) {
        return;
    }
    /* If there are too many for e_shnum, the first section has their number. */
    n = n ? n : MEMBER(&elf, section, Shdr, sh_size);
    for (uint64_t i = 0; i < n; i++) {
        if (!read_at(&elf, section, size, at + i * size)) {
            *out = (struct size){.total = out->total};
            return;
        }
        add_section(out, &elf, section);
    }
    out->is_elf = true;
}

/* --- files and folders --- */

static int cannot_read(const char *path, struct pfg_error *err)
{
    return pfg_fail(err, PFG_DATA, "cannot get the size of '%s': %s", path,
                    strerror(errno));
}

static int add_folder(struct size *out, int fd, const char *path,
                      struct pfg_error *err)
{
    DIR *folder = fdopendir(fd);
    const struct dirent *entry;
    struct stat info;
    int failed = 0;

    if (!folder) {
        cannot_read(path, err);
        close(fd);
        return -1;
    }
    while (!failed && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) {
            continue;
        }
        if (fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW)) {
            failed = cannot_read(path, err);
        } else if (S_ISREG(info.st_mode)) {
            out->total += (uint64_t)info.st_size;
        } else if (S_ISDIR(info.st_mode)) {
            int below = openat(fd, entry->d_name,
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

            failed = below < 0 ? cannot_read(path, err)
                               : add_folder(out, below, path, err);
        }
    }
    closedir(folder);
    return failed;
}

static int find_size(struct size *out, const char *folder, const char *path,
                     struct pfg_error *err)
{
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = openat(at, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info;

    *out = (struct size){0};
    pfg_file_close(&at);
    if (fd < 0 || fstat(fd, &info)) {
        cannot_read(path, err);
        pfg_file_close(&fd);
        return -1;
    }
    if (S_ISDIR(info.st_mode)) {
        return add_folder(out, fd, path, err);
    }
    out->total = (uint64_t)info.st_size;
    if (S_ISREG(info.st_mode)) {
        read_elf(out, fd);
    }
    close(fd);
    return 0;
}

/* --- a run --- */

struct sizes {
    const char *folder;
    const char *const *paths;
    size_t n;
};

static void push_size(const struct pfg_sink *sink, const char *path,
                      const char *metric, uint64_t bytes)
{
    double value = (double)bytes;
    const struct pfg_measurement m = {
        .benchmark = pfg_slice_of(path),
        .metric = pfg_slice_of(metric),
        .unit = PFG_LIT("B"),
        .better = PFG_LOWER,
        .values = &value,
        .n_values = 1,
        .exact = true,
    };

    sink->measurement(sink->self, &m);
}

static int push(void *self, const struct pfg_sink *sink, struct pfg_error *err)
{
    const struct sizes *all = self;
    struct size size;
    int failed = 0;

    for (size_t i = 0; i < all->n && !failed; i++) {
        const char *path = all->paths[i];

        failed = find_size(&size, all->folder, path, err);

        if (!failed) {
            push_size(sink, path, "size", size.total);
        }
        if (!failed && size.is_elf) {
            push_size(sink, path, "text size", size.text);
            push_size(sink, path, "data size", size.data);
            push_size(sink, path, "bss size", size.bss);
        }
    }
    return failed;
}

int pfg_size_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *folder, const char *const *paths, size_t n,
                 const struct pfg_read_options *options, struct pfg_error *err)
{
    struct sizes all = {folder, paths, n};
    const struct pfg_pushed pushed = {"size", "size", push, &all};
    struct pfg_read_options read = *options;

    read.collect.benchmark = NULL; /* --name names a program */
    return pfg_read_pushed(out, context, &pushed, &read, err);
}
