#include "hw/root.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"

#define FILE_CAP  ((size_t)4 << 20)
#define NAMES_CAP 4096
#define TEXT_CAP  200

struct pfg_hw_source pfg_hw_source_at(const char *root, struct pfg_arena *arena)
{
    struct pfg_slice path = pfg_slice_of(root);

    while (path.len && path.ptr[path.len - 1] == '/') {
        path.len--;
    }
    return (struct pfg_hw_source){
        .root = pfg_arena_slice(arena, path),
        .real = path.len == 0,
        .arena = arena,
    };
}

static const char *at_root(const struct pfg_hw_source *source, const char *path)
{
    return pfg_arena_printf(source->arena, "%s/%s", source->root, path);
}

struct pfg_slice pfg_hw_read(const struct pfg_hw_source *source,
                             const char *format, ...)
{
    struct pfg_slice text = {NULL, 0};
    struct pfg_str bytes = pfg_str_in(source->arena);
    const char *path;
    va_list args;

    va_start(args, format);
    path = pfg_arena_vprintf(source->arena, format, args);
    va_end(args);
    /* The beginning of a file that is too long is good enough. */
    if (!pfg_file_read(&bytes, at_root(source, path), FILE_CAP, NULL) ||
        bytes.len > FILE_CAP) {
        text = pfg_slice_trim(pfg_str_slice(&bytes));
        bytes.ptr[text.ptr + text.len - bytes.ptr] = '\0';
    }
    return text;
}

long long pfg_hw_number(struct pfg_slice text)
{
    uint64_t number;

    return pfg_number_parse_u64(&number, text) || number > INT64_MAX
               ? -1
               : (long long)number;
}

bool pfg_hw_exists(const struct pfg_hw_source *source, const char *path)
{
    return pfg_file_exists(at_root(source, path));
}

int pfg_hw_by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct pfg_hw_names pfg_hw_list(const struct pfg_hw_source *source,
                                const char *path, const char *prefix)
{
    DIR *folder = opendir(at_root(source, path));
    struct pfg_hw_names names = {0};
    const struct dirent *entry;

    while (folder && names.n < NAMES_CAP && (entry = readdir(folder))) {
        if (entry->d_name[0] != '.' &&
            pfg_slice_starts(pfg_slice_of(entry->d_name), prefix)) {
            pfg_vec_push(&names, source->arena,
                         pfg_arena_strdup(source->arena, entry->d_name));
        }
    }
    if (folder) {
        closedir(folder);
    }
    if (names.n) {
        qsort(names.at, names.n, sizeof *names.at, pfg_hw_by_text);
    }
    return names;
}

/* The length of a trade mark sign at the front of `text`, or 0. */
static size_t sign_length(struct pfg_slice text)
{
    static const char *const signs[] = {"(R)", "(TM)"};

    for (size_t i = 0; i < PFG_COUNT(signs); i++) {
        size_t length = strlen(signs[i]);

        if (text.len >= length && !strncasecmp(text.ptr, signs[i], length)) {
            return length;
        }
    }
    return 0;
}

const char *pfg_hw_clean(struct pfg_slice text, struct pfg_arena *arena)
{
    struct pfg_slice clean;
    struct pfg_str out;
    const char *copy;

    pfg_str_init(&out, TEXT_CAP);
    while (text.len) {
        size_t sign = sign_length(text);
        unsigned char byte = (unsigned char)text.ptr[0];
        bool blank = byte <= ' ' || byte == 0x7f;

        if (!sign && !(blank && out.len && out.ptr[out.len - 1] == ' ')) {
            pfg_str_putc(&out, blank ? ' ' : (char)byte);
        }
        text = pfg_slice_from(text, sign ? sign : 1);
    }
    clean = pfg_slice_trim(pfg_str_slice(&out));
    copy = clean.len ? pfg_arena_slice(arena, clean) : NULL;
    pfg_str_free(&out);
    return copy;
}

static struct pfg_slice line_field(struct pfg_slice line,
                                   struct pfg_slice *value)
{
    struct pfg_slice key = pfg_slice_trim(pfg_take_until(&line, ':'));

    *value = pfg_slice_trim(line);
    return key;
}

struct pfg_slice pfg_hw_cpuinfo_field(struct pfg_slice cpuinfo,
                                      const char *name)
{
    while (cpuinfo.len) {
        struct pfg_slice value;
        struct pfg_slice line = pfg_take_until(&cpuinfo, '\n');

        if (pfg_slice_is(line_field(line, &value), name)) {
            return value;
        }
    }
    return (struct pfg_slice){NULL, 0};
}
