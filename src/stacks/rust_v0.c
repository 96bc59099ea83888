#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "stacks/demangle.h"

/*
 * Rust's v0 mangling (RFC 2603; doc.rust-lang.org/rustc/symbol-mangling).
 * Prints names as in the source, without disambiguators, hashes of crates and
 * lifetimes. libiberty's demangler has no limit: a symbol of 240 bytes becomes
 * 470 MB.
 */
enum { MOST_NESTED = 96, MOST_LENGTH = 4096, MOST_STEPS = 20000 };

struct v0 {
    struct pfg_slice s; /* after "_R" */
    size_t at;
    struct pfg_str *out;
    size_t nested, steps;
    bool silent; /* reads without printing */
    bool bad;
};

static void put_path(struct v0 *v);
static void put_type(struct v0 *v);

static char peek(const struct v0 *v)
{
    return v->at < v->s.len ? v->s.ptr[v->at] : '\0';
}

static bool take(struct v0 *v, char c)
{
    if (peek(v) != c || v->bad) {
        return false;
    }
    v->at++;
    return true;
}

static char next(struct v0 *v)
{
    char c = peek(v);

    v->bad |= !c;
    v->at++;
    return c;
}

static void put(struct v0 *v, const char *text)
{
    if (!v->silent && !v->bad) {
        pfg_str_puts(v->out, text);
    }
}

/* Limits nesting and repetition. */
static bool enter(struct v0 *v)
{
    v->bad |= ++v->nested > MOST_NESTED || ++v->steps > MOST_STEPS ||
              v->out->len > MOST_LENGTH;
    return !v->bad;
}

/* "_" is 0, "0_" is 1. The hash of a crate may overflow, which is harmless. */
static size_t base62(struct v0 *v)
{
    size_t value = 0;

    if (take(v, '_')) {
        return 0;
    }
    while (!v->bad && !take(v, '_')) {
        char c = next(v);

        value = value * 62 + (size_t)(isdigit((unsigned char)c)   ? c - '0'
                                      : islower((unsigned char)c) ? c - 'a' + 10
                                      : isupper((unsigned char)c) ? c - 'A' + 36
                                                                  : 0);
        v->bad |= !isalnum((unsigned char)c);
    }
    return value + 1;
}

static size_t optional62(struct v0 *v, char tag)
{
    return take(v, tag) ? base62(v) + 1 : 0;
}

/* Reads an identifier and its disambiguator. */
static struct pfg_slice identifier(struct v0 *v, size_t *number)
{
    struct pfg_slice name = {"", 0};
    size_t length = 0;

    *number = optional62(v, 's');
    take(v, 'u'); /* Punycode stays as it is */
    v->bad |= !isdigit((unsigned char)peek(v));
    if (!take(v, '0')) { /* no number begins with a zero */
        while (!v->bad && isdigit((unsigned char)peek(v)) &&
               length < v->s.len) {
            length = length * 10 + (size_t)(next(v) - '0');
        }
    }
    take(v, '_');
    if (v->bad || length > v->s.len - v->at) {
        v->bad = true;
        return name;
    }
    name = pfg_slice_make(v->s.ptr + v->at, length);
    v->at += length;
    return name;
}

static void put_name(struct v0 *v, struct pfg_slice name)
{
    if (!v->silent && !v->bad) {
        pfg_str_add(v->out, name);
    }
}

/* Prints what a back-reference, whose "B" has been read, refers to. */
static void put_again(struct v0 *v, void (*what)(struct v0 *v))
{
    size_t start = v->at - 1, to = base62(v), back = v->at;

    if (to >= start) {
        v->bad = true;
        return;
    }
    if (!v->silent && enter(v)) {
        v->at = to;
        what(v);
        v->at = back;
        v->nested--;
    }
}

static void skip_impl_path(struct v0 *v)
{
    bool silent = v->silent;

    optional62(v, 's');
    v->silent = true;
    put_path(v);
    v->silent = silent;
}

static void put_const(struct v0 *v)
{
    uint64_t value = 0;
    char type;

    if (take(v, 'p')) {
        put(v, "_");
        return;
    }
    if (take(v, 'B')) {
        put_again(v, put_const);
        return;
    }
    type = next(v);
    v->bad |= !islower((unsigned char)type);
    put(v, take(v, 'n') ? "-" : "");
    while (!v->bad && !take(v, '_')) {
        char c = next(v);

        v->bad |= !isxdigit((unsigned char)c);
        value = value * 16 +
                (uint64_t)(isdigit((unsigned char)c) ? c - '0' : c - 'a' + 10);
    }
    if (!v->silent && !v->bad) {
        pfg_str_printf(v->out, "%llu", (unsigned long long)value);
    }
}

/* Prints a list, which ends with "E". */
static void put_list(struct v0 *v)
{
    bool first = true;

    while (!v->bad && !take(v, 'E')) {
        if (take(v, 'L')) {
            base62(v); /* a lifetime */
            continue;
        }
        put(v, first ? "" : ", ");
        first = false;
        if (take(v, 'K')) {
            put_const(v);
        } else {
            put_type(v);
        }
    }
}

static void put_nested(struct v0 *v)
{
    char namespace = next(v);
    struct pfg_slice name;
    size_t number;

    put_path(v);
    name = identifier(v, &number);
    if (!isupper((unsigned char)namespace)) {
        put(v, name.len ? "::" : "");
        put_name(v, name);
        return;
    }
    put(v, namespace == 'C' ? "::{closure" : "::{shim");
    put(v, name.len ? ":" : "");
    put_name(v, name);
    if (!v->silent && !v->bad) {
        pfg_str_printf(v->out, "#%zu}", number);
    }
}

static void put_path_of(struct v0 *v, char tag)
{
    size_t number;

    switch (tag) {
    case 'C':
        put_name(v, identifier(v, &number));
        break;
    case 'M':
    case 'X':
        skip_impl_path(v);
        /* fall through */
    case 'Y':
        put(v, "<");
        put_type(v);
        if (tag != 'M') {
            put(v, " as ");
            put_path(v);
        }
        put(v, ">");
        break;
    case 'N':
        put_nested(v);
        break;
    case 'I':
        put_path(v);
        put(v, "<");
        put_list(v);
        put(v, ">");
        break;
    case 'B':
        put_again(v, put_path);
        break;
    default:
        v->bad = true;
    }
}

static void put_path(struct v0 *v)
{
    if (enter(v)) {
        put_path_of(v, next(v));
    }
    v->nested--;
}

static void put_function_type(struct v0 *v)
{
    size_t number;

    optional62(v, 'G');
    put(v, take(v, 'U') ? "unsafe " : "");
    if (take(v, 'K') && !take(v, 'C')) {
        identifier(v, &number);
    }
    put(v, "fn(");
    put_list(v);
    put(v, ")");
    if (!take(v, 'u')) {
        put(v, " -> ");
        put_type(v);
    }
}

static void put_dyn(struct v0 *v)
{
    bool first = true;
    size_t number;

    put(v, "dyn ");
    optional62(v, 'G');
    while (!v->bad && !take(v, 'E')) {
        put(v, first ? "" : " + ");
        first = false;
        put_path(v);
        while (take(v, 'p')) {
            put(v, "<");
            put_name(v, identifier(v, &number));
            put(v, " = ");
            put_type(v);
            put(v, ">");
        }
    }
    if (take(v, 'L')) {
        base62(v);
    }
}

static const char *basic_type(char c)
{
    static const char *const names[] = {
        ['a'] = "i8",    ['b'] = "bool", ['c'] = "char", ['d'] = "f64",
        ['e'] = "str",   ['f'] = "f32",  ['h'] = "u8",   ['i'] = "isize",
        ['j'] = "usize", ['l'] = "i32",  ['m'] = "u32",  ['n'] = "i128",
        ['o'] = "u128",  ['p'] = "_",    ['s'] = "i16",  ['t'] = "u16",
        ['u'] = "()",    ['v'] = "...",  ['x'] = "i64",  ['y'] = "u64",
        ['z'] = "!",
    };

    return c > 0 && (size_t)c < PFG_COUNT(names) ? names[(int)c] : NULL;
}

static void put_type_of(struct v0 *v, char tag)
{
    switch (tag) {
    case 'R':
    case 'Q':
        if (take(v, 'L')) {
            base62(v);
        }
        put(v, tag == 'R' ? "&" : "&mut ");
        put_type(v);
        break;
    case 'P':
    case 'O':
        put(v, tag == 'P' ? "*const " : "*mut ");
        put_type(v);
        break;
    case 'A':
    case 'S':
        put(v, "[");
        put_type(v);
        if (tag == 'A') {
            put(v, "; ");
            put_const(v);
        }
        put(v, "]");
        break;
    case 'T':
        put(v, "(");
        put_list(v);
        put(v, ")");
        break;
    case 'F':
        put_function_type(v);
        break;
    case 'D':
        put_dyn(v);
        break;
    case 'B':
        put_again(v, put_type);
        break;
    default:
        put_path_of(v, tag);
    }
}

static void put_type(struct v0 *v)
{
    if (enter(v)) {
        char tag = next(v);
        const char *basic = basic_type(tag);

        if (basic) {
            put(v, basic);
        } else {
            put_type_of(v, tag);
        }
    }
    v->nested--;
}

bool pfg_demangle_rust(struct pfg_str *out, struct pfg_slice symbol)
{
    struct v0 v = {.s = pfg_slice_from(symbol, 2), .out = out};
    size_t before = out->len;

    if (!pfg_slice_starts(symbol, "_R")) {
        return false;
    }
    put_path(&v);
    if (!v.bad && v.at < v.s.len && peek(&v) != '.' && peek(&v) != '$') {
        v.silent = true;
        put_path(&v); /* the instantiating crate is not printed */
    }
    if (v.bad) {
        pfg_str_cut(out, before);
    }
    return !v.bad;
}
