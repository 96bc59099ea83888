#include "stacks/demangle.h"

#include <ctype.h>
#include <setjmp.h>
#include <string.h>

#include "base/arena.h"

/* --- additions to names --- */

/* The copies and parts that GCC and LLVM make of a function count as the
 * function. */
static struct pfg_slice without_clone(struct pfg_slice s)
{
    static const char *const marks[] = {
        ".constprop.", ".isra.",      ".part.", ".cold",  ".lto_priv.",
        ".llvm.",      ".localalias", "@@",     "@GLIBC",
    };

    for (size_t i = 0; i < PFG_COUNT(marks); i++) {
        size_t at = pfg_slice_find(s, marks[i]);

        if (at && at < s.len) {
            s = pfg_slice_first(s, at);
        }
    }
    return s;
}

/* "+0x1f" of perf, "'2" and "'main" of callgrind (recursion, callers). */
static struct pfg_slice without_place(struct pfg_slice s)
{
    size_t plus = pfg_slice_find_last_byte(s, '+');
    size_t tick = pfg_slice_find_last_byte(s, '\'');

    if (plus < s.len && plus &&
        pfg_slice_starts(pfg_slice_from(s, plus), "+0x")) {
        s = pfg_slice_first(s, plus);
    }
    if (tick < s.len && tick && tick + 1 < s.len &&
        isdigit((unsigned char)s.ptr[tick + 1])) {
        s = pfg_slice_first(s, tick);
    }
    return s;
}

/* --- C++ --- */

#define MOST_CXX 65536 /* bytes of a name; templates can be long */

/* The demangler of libstdc++ (libsupc++, cp-demangle.c), which __cxa_demangle()
 * calls as well. It uses no memory but the stack, so that jumping out is safe.
 */
int __gcclibcxx_demangle_callback(const char *symbol,
                                  void (*add)(const char *text, size_t length,
                                              void *self),
                                  void *self);

struct cxx {
    struct pfg_str *out;
    jmp_buf too_long;
};

static void add_cxx(const char *text, size_t length, void *self)
{
    struct cxx *cxx = self;

    if (cxx->out->len + length > MOST_CXX) {
        longjmp(cxx->too_long, 1);
    }
    pfg_str_add(cxx->out, pfg_slice_make(text, length));
}

/* False if the symbol is not mangled, or too long: a template's arguments can
 * refer to earlier ones, so that each byte doubles the name. */
static bool demangle_cxx(struct pfg_str *out, const char *symbol)
{
    struct cxx cxx = {.out = out};

    if (setjmp(cxx.too_long)) {
        return false;
    }
    return !__gcclibcxx_demangle_callback(symbol, add_cxx, &cxx);
}

/* --- Rust's legacy mangling: that of C++, with escapes for some characters ---
 */

static const struct {
    const char *from, *to;
} signs[] = {
    {"$LT$", "<"},  {"$GT$", ">"},   {"$RF$", "&"},  {"$BP$", "*"},
    {"$LP$", "("},  {"$RP$", ")"},   {"$C$", ","},   {"$SP$", "@"},
    {"$u20$", " "}, {"$u27$", "'"},  {"$u5b$", "["}, {"$u5d$", "]"},
    {"$u7b$", "{"}, {"$u7d$", "}"},  {"$u7e$", "~"}, {"$u3b$", ";"},
    {"$u2b$", "+"}, {"$u22$", "\""}, {"..", "::"},
};

/* "::h" and sixteen hexadecimal digits. */
static bool has_hash(struct pfg_slice s)
{
    enum { LENGTH = 19 };

    if (s.len <= LENGTH) {
        return false;
    }
    s = pfg_slice_from(s, s.len - LENGTH);
    if (!pfg_slice_starts(s, "::h")) {
        return false;
    }
    for (size_t i = 3; i < s.len; i++) {
        if (!isxdigit((unsigned char)s.ptr[i])) {
            return false;
        }
    }
    return true;
}

static void put_legacy(struct pfg_str *out, struct pfg_slice s)
{
    s.len -= 19;
    /* "_$LT$": a "_" precedes a "$" that begins an identifier. */
    for (size_t i = 0; i < s.len;) {
        struct pfg_slice rest = pfg_slice_from(s, i);
        size_t k = 0;

        i += pfg_slice_starts(rest, "_$") ? 1 : 0;
        rest = pfg_slice_from(s, i);
        while (k < PFG_COUNT(signs) && !pfg_slice_starts(rest, signs[k].from)) {
            k++;
        }
        if (k < PFG_COUNT(signs)) {
            pfg_str_puts(out, signs[k].to);
            i += strlen(signs[k].from);
        } else {
            pfg_str_putc(out, s.ptr[i++]);
        }
    }
}

/* Shortens std::string. */
static void put_cxx(struct pfg_str *out, struct pfg_slice s)
{
    static const char string[] =
        "std::__cxx11::basic_string<char, std::char_traits<char>, "
        "std::allocator<char> >";

    for (size_t at; (at = pfg_slice_find(s, string)) < s.len;) {
        pfg_str_add(out, pfg_slice_first(s, at));
        pfg_str_puts(out, "std::string");
        s = pfg_slice_from(s, at + strlen(string));
    }
    pfg_str_add(out, s);
}

void pfg_demangle(struct pfg_str *out, struct pfg_slice symbol)
{
    struct pfg_slice s = without_clone(without_place(symbol));
    struct pfg_str raw, plain;

    pfg_str_init(&raw, 0);
    pfg_str_init(&plain, 0);
    pfg_str_add(&raw, s);
    if (!pfg_slice_starts(s, "_Z") || !demangle_cxx(&plain, raw.ptr)) {
        pfg_str_clear(&plain);
        if (!pfg_slice_starts(s, "_R") || !pfg_demangle_rust(&plain, s)) {
            pfg_str_add(&plain, s);
        }
    }
    if (has_hash(pfg_str_slice(&plain))) {
        put_legacy(out, pfg_str_slice(&plain));
    } else {
        put_cxx(out, pfg_str_slice(&plain));
    }
    pfg_str_free(&raw);
    pfg_str_free(&plain);
}

/* --- libraries --- */

/* Whether it is a system's library, or the kernel. */
static bool is_shared_object(struct pfg_slice object)
{
    static const char *const places[] = {"/usr/lib", "/lib/", "/lib64/",
                                         "/usr/local/lib", "/nix/store/"};

    for (size_t i = 0; i < PFG_COUNT(places); i++) {
        if (pfg_slice_starts(object, places[i])) {
            return pfg_slice_has(object, ".so");
        }
    }
    return pfg_slice_starts(object, "[") || /* [kernel.kallsyms], [vdso] */
           pfg_slice_has(object, "/vgpreload_");
}

/* Go's own packages have a path that begins with one of these words. */
static bool is_go_library(struct pfg_slice name)
{
    static const char packages[] =
        " archive bufio bytes cmp compress container context crypto database "
        "debug embed encoding errors expvar flag fmt go hash html image index "
        "internal io iter log maps math mime net os path plugin reflect regexp "
        "runtime slices sort strconv strings sync syscall testing text time "
        "unicode unique unsafe vendor ";
    size_t end = 0;
    char word[16];

    while (end < name.len && islower((unsigned char)name.ptr[end])) {
        end++;
    }
    if (end == name.len || end + 3 > sizeof word ||
        (name.ptr[end] != '.' && name.ptr[end] != '/')) {
        return false;
    }
    word[0] = ' ';
    memcpy(word + 1, name.ptr, end);
    word[end + 1] = ' ';
    return end && memmem(packages, sizeof packages - 1, word, end + 2);
}

bool pfg_is_foreign(struct pfg_slice name, struct pfg_slice object)
{
    static const char *const begin[] = {
        "std::",     "core::",   "alloc::",      "__gnu_cxx::",
        "__rust_",   "__rdl_",   "__rustc",      "operator ",
        "__libc_",   "_dl_",     "__memmove",    "__memset",
        "__memcpy",  "__memcmp", "__strlen",     "_int_malloc",
        "_int_free", "runtime/", "(below main)", "gcWriteBarrier",
        "str>::",    "[u8]>::",  "hashbrown::",
    };
    /* The last ones are Go's, written in assembly. */
    static const char exact[] = " malloc free calloc realloc memcpy memmove "
                                "memset memcmp strlen _start cfree cmpbody "
                                "memeqbody countbody aeshashbody ";
    struct pfg_slice head = name;
    size_t end = 0;

    if (is_shared_object(object) || pfg_slice_ends(name, "_[k]") ||
        is_go_library(name)) {
        return true;
    }
    while (head.len && strchr("<&*", *head.ptr)) { /* <alloc::vec::Vec as .. */
        head = pfg_slice_from(head, 1);
    }
    while (end < head.len && !strchr("<(", head.ptr[end])) {
        end++;
    }
    /* "void std::sort<...": the last word before the bracket. */
    for (size_t i = end; i > 0; i--) {
        if (head.ptr[i - 1] == ' ' && !pfg_slice_starts(head, "operator ")) {
            head = pfg_slice_from(head, i);
            break;
        }
    }
    for (size_t i = 0; i < PFG_COUNT(begin); i++) {
        if (pfg_slice_starts(head, begin[i])) {
            return true;
        }
    }
    if (name.len && name.len < 12) {
        char word[16] = " ";

        memcpy(word + 1, name.ptr, name.len);
        word[name.len + 1] = ' ';
        return strstr(exact, word) != NULL;
    }
    return pfg_slice_is(name, "(below main)");
}
