#include "json/json.h"

#include <assert.h>
#include <cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/number.h"
#include "json/grammar.h"

/* The line at the first byte of each block of this size. */
#define MARK_BYTES 512

struct mark {
    uint32_t line, begin;
};

struct pfg_json_document {
    char *file;
    char *text; /* as given but for closing quotes, see grammar.h */
    size_t len;
    struct pfg_arena *arena;
    struct mark *marks; /* NULL: not needed yet */
    struct pfg_packed packed;
    const cJSON *tree;
};

static const cJSON *node_of(const struct pfg_json_value *value)
{
    return (const cJSON *)(const void *)value;
}

static const struct pfg_json_value *value_of(const cJSON *node)
{
    return (const struct pfg_json_value *)(const void *)node;
}

static bool is_of(const struct pfg_json_value *value, int type)
{
    return value && (node_of(value)->type & 0xff) == type;
}

static const char *find_line_end(const char *p, const char *end)
{
    return p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
}

/* A reader may ask for the place of every value of a large document. */
static void mark_lines(struct pfg_json_document *document)
{
    const char *text = document->text, *end = text + document->len, *newline;
    size_t n = document->len / MARK_BYTES + 1;
    struct mark at = {1, (uint32_t)(pfg_walk_start(text, end) - text)};

    document->marks = pfg_arena_new_array(document->arena, struct mark, n);
    for (size_t i = 0; i < n; i++) {
        const char *p = text + i * MARK_BYTES;
        const char *stop = end - p < MARK_BYTES ? end : p + MARK_BYTES;

        document->marks[i] = at;
        for (; (newline = find_line_end(p, stop)); p = newline + 1) {
            at.line++;
            at.begin = (uint32_t)(newline + 1 - text);
        }
    }
}

/* The cast is safe: every document is ours, and its content stays the same. */
static struct pfg_pos place(const struct pfg_json_document *document,
                            size_t offset)
{
    const char *p = document->text + offset / MARK_BYTES * MARK_BYTES;
    const char *stop = document->text + offset, *newline;
    struct mark at;

    if (!document->marks) {
        mark_lines((struct pfg_json_document *)(uintptr_t)document);
    }
    at = document->marks[offset / MARK_BYTES];
    for (; (newline = find_line_end(p, stop)); p = newline + 1) {
        at.line++;
        at.begin = (uint32_t)(newline + 1 - document->text);
    }
    return (struct pfg_pos){
        .file = document->file,
        .line = at.line,
        .column = (long)(offset - at.begin) + 1,
    };
}

static int refuse(const struct pfg_json_document *document,
                  const struct pfg_walk *walk, struct pfg_error *err)
{
    const cJSON *twice = walk->growth->twice;

    if (walk->problem == PFG_WALK_ITEM) {
        return -1;
    }
    if (walk->problem == PFG_WALK_MEMORY) {
        return pfg_fail(
            err, PFG_DATA,
            "'%s' is too large: reading it takes more than %zu MiB of memory",
            document->file, PFG_JSON_MEMORY >> 20);
    }
    return walk->problem
               ? pfg_walk_fail(walk, document->file, err)
               : pfg_fail_at(
                     err, PFG_DATA, pfg_json_key_pos(document, value_of(twice)),
                     "duplicate key '%.100s' in an object", twice->string);
}

/* Outside of comments the text has no NUL of its own, so each one was a closing
 * quote. */
static void put_quotes_back(char *text, size_t len)
{
    char *at = text;

    while ((at = memchr(at, '\0', (size_t)(text + len - at)))) {
        *at = '"';
    }
}

/* Grows the tree in the document's text. */
static int grow(struct pfg_json_document *document, unsigned flags,
                const struct pfg_json_items *items, struct pfg_error *err)
{
    struct pfg_growth growth = {.arena = document->arena,
                                .text = document->text,
                                .packed = &document->packed,
                                .items = items,
                                .document = document};
    struct pfg_walk walk = {.begin = document->text,
                            .end = document->text + document->len,
                            .flags = flags,
                            .growth = &growth};
    int status;

    document->packed.arena = document->arena;
    document->packed.walk =
        (struct pfg_walk){.begin = walk.begin, .end = walk.end, .flags = flags};
    growth.items_arena = items ? pfg_arena_new() : NULL;
    status = pfg_walk(&walk);
    if (status || growth.twice) {
        size_t walked =
            walk.problem ? (size_t)(walk.at - walk.begin) : document->len;

        status = refuse(document, &walk, err);
        put_quotes_back(document->text, walked);
    }
    document->tree = growth.root;
    pfg_vec_free(&growth.keys);
    pfg_arena_free(growth.items_arena);
    return status;
}

static int check_size(size_t len, const char *file, struct pfg_error *err)
{
    return len > INT32_MAX
               ? pfg_fail(err, PFG_DATA, "'%s' is larger than 2 GB", file)
               : 0;
}

int pfg_json_parse_taking(struct pfg_json_document **out, struct pfg_str *text,
                          const char *file, unsigned flags,
                          const struct pfg_json_items *items,
                          struct pfg_error *err)
{
    struct pfg_json_document *document;

    *out = NULL;
    if (check_size(text->len, file, err)) {
        return -1;
    }
    document = pfg_alloc(sizeof *document);
    *document = (struct pfg_json_document){
        .file = pfg_strdup(file ? file : ""),
        .text = text->ptr,
        .len = text->len,
        .arena = pfg_arena_new(),
    };
    if (grow(document, flags, items, err)) {
        document->text = NULL;
        pfg_json_free(document);
        return -1;
    }
    pfg_str_init(text, text->limit);
    *out = document;
    return 0;
}

int pfg_json_parse(struct pfg_json_document **out, struct pfg_slice text,
                   const char *file, unsigned flags, struct pfg_error *err)
{
    struct pfg_str copy;
    int status;

    pfg_str_init(&copy, 0);
    pfg_str_reserve(&copy, text.len);
    pfg_str_add(&copy, text);
    status = pfg_json_parse_taking(out, &copy, file, flags, NULL, err);
    pfg_str_free(&copy);
    return status;
}

void pfg_json_give_back(struct pfg_json_document *document,
                        struct pfg_str *text)
{
    put_quotes_back(document->text, document->len);
    free(text->ptr);
    text->ptr = document->text;
    text->len = document->len;
    text->cap = document->len + 1;
    document->text = NULL;
    pfg_json_free(document);
}

void pfg_json_free(struct pfg_json_document *document)
{
    if (document) {
        pfg_arena_free(document->arena);
        free(document->text);
        free(document->file);
        free(document);
    }
}

const struct pfg_json_value *pfg_json_root(
    const struct pfg_json_document *document)
{
    return document ? value_of(document->tree) : NULL;
}

enum pfg_json_type pfg_json_type(const struct pfg_json_value *value)
{
    static const enum pfg_json_type types[] = {
        [cJSON_NULL] = PFG_JSON_NULL,     [cJSON_False] = PFG_JSON_BOOL,
        [cJSON_True] = PFG_JSON_BOOL,     [cJSON_Number] = PFG_JSON_NUMBER,
        [cJSON_String] = PFG_JSON_STRING, [cJSON_Array] = PFG_JSON_ARRAY,
        [cJSON_Object] = PFG_JSON_OBJECT,
    };

    return value ? types[node_of(value)->type & 0xff] : PFG_JSON_NOTHING;
}

const struct pfg_json_value *pfg_json_get(const struct pfg_json_value *object,
                                          const char *key)
{
    const cJSON *member =
        is_of(object, cJSON_Object) ? node_of(object)->child : NULL;

    /* Most keys differ in their first character. */
    while (member &&
           (*member->string != *key || strcmp(member->string, key) != 0)) {
        member = member->next;
    }
    return value_of(member);
}

const struct pfg_json_value *pfg_json_path(const struct pfg_json_value *value,
                                           const char *path)
{
    while (value && *path) {
        size_t length = strcspn(path, "/");
        char key[PFG_JSON_STEP];

        assert(length < sizeof key);
        memcpy(key, path, length);
        key[length] = '\0';
        value = pfg_json_get(value, key);
        path += length + (path[length] == '/');
    }
    return value;
}

static bool is_packed(const struct pfg_json_value *value)
{
    return value && (node_of(value)->type & PFG_PACKED);
}

/* The cast is safe: the tree is ours, and its content stays the same. */
static void unpack(const struct pfg_json_value *array)
{
    if (is_packed(array)) {
        pfg_growth_unpack((cJSON *)(uintptr_t)array);
    }
}

const struct pfg_json_value *pfg_json_first(const struct pfg_json_value *value)
{
    unpack(value);
    return value ? value_of(node_of(value)->child) : NULL;
}

/* The numbers of a packed array, all in the same node. */
static const struct pfg_json_value *each_packed(struct pfg_json_cursor *cursor)
{
    const cJSON *array = node_of(cursor->parent);
    struct pfg_packed *packed = (void *)array->valuestring;

    if (!cursor->one) {
        cursor->one = packed->spare
                          ? packed->spare
                          : pfg_arena_alloc(packed->arena, sizeof(cJSON));
        packed->spare = NULL;
        *cursor->one =
            (cJSON){.type = cJSON_Number, .valueint = array->valueint};
    }
    if (pfg_walk_next_number(packed, cursor->one, cursor->exp10,
                             &cursor->number)) {
        return value_of(cursor->one);
    }
    packed->spare = cursor->one;
    cursor->one = NULL;
    return NULL;
}

const struct pfg_json_value *pfg_json_each(struct pfg_json_cursor *cursor)
{
    if (is_packed(cursor->parent)) {
        return each_packed(cursor);
    }
    cursor->number = NAN;
    cursor->child = cursor->child ? pfg_json_next(cursor->child)
                                  : pfg_json_first(cursor->parent);
    return cursor->child;
}

const struct pfg_json_value *pfg_json_next(const struct pfg_json_value *child)
{
    return child ? value_of(node_of(child)->next) : NULL;
}

const char *pfg_json_key(const struct pfg_json_value *member)
{
    return member ? node_of(member)->string : NULL;
}

size_t pfg_json_count(const struct pfg_json_value *value)
{
    return is_packed(value) ? (size_t)node_of(value)->valuedouble
           : value          ? (size_t)cJSON_GetArraySize(node_of(value))
                            : 0;
}

const char *pfg_json_string(const struct pfg_json_value *value)
{
    return is_of(value, cJSON_String) ? node_of(value)->valuestring : NULL;
}

bool pfg_json_is_true(const struct pfg_json_value *value)
{
    return is_of(value, cJSON_True);
}

struct pfg_slice pfg_json_digits(const struct pfg_json_document *document,
                                 const struct pfg_json_value *value)
{
    const cJSON *node = node_of(value);

    return is_of(value, cJSON_Number)
               ? pfg_slice_make(document->text + node->valueint,
                                (size_t)node->valuedouble)
               : PFG_LIT("");
}

double pfg_json_number(const struct pfg_json_document *document,
                       const struct pfg_json_value *value)
{
    double number = NAN;

    pfg_number_parse(&number, pfg_json_digits(document, value), 0);
    return number;
}

/* The decimal exponent behind an 'e', clamped to 32 bits. */
static long take_exponent(struct pfg_slice *text)
{
    bool negative;
    struct pfg_slice digits;
    uint64_t value;

    if (!pfg_take(text, "e") && !pfg_take(text, "E")) {
        return 0;
    }
    negative = pfg_take(text, "-");
    pfg_take(text, "+");
    digits = pfg_take_digits(text);
    while (digits.len > 1 && digits.ptr[0] == '0') {
        digits = pfg_slice_from(digits, 1);
    }
    if (pfg_number_parse_u64(&value, digits) || value > INT32_MAX) {
        value = INT32_MAX;
    }
    return negative ? -(long)value : (long)value;
}

/* Writes the digits before and after the point in a row. The number is whole
 * where the exponent moves the point behind the last digit that is not 0. */
int pfg_json_u64(uint64_t *out, const struct pfg_json_document *document,
                 const struct pfg_json_value *value)
{
    struct pfg_slice text = pfg_json_digits(document, value);
    struct pfg_slice whole = pfg_take_digits(&text), fraction = {"", 0};
    char digits[20];
    size_t n = 0;
    long point;

    if (!text.len) { /* neither point nor exponent */
        return pfg_number_parse_u64(out, whole);
    }
    if (!whole.len) {
        return -1;
    }
    if (pfg_take(&text, ".")) {
        fraction = pfg_take_digits(&text);
    }
    point = (long)whole.len + take_exponent(&text);
    for (size_t i = 0; i < whole.len + fraction.len; i++) {
        char digit = i < whole.len ? whole.ptr[i] : fraction.ptr[i - whole.len];

        if (digit != '0' && (long)i >= point) {
            return -1;
        }
        if ((n || digit != '0') && (long)i < point) {
            if (n == sizeof digits) {
                return -1;
            }
            digits[n++] = digit;
        }
    }
    for (long i = (long)(whole.len + fraction.len); n && i < point; i++) {
        if (n == sizeof digits) {
            return -1;
        }
        digits[n++] = '0';
    }
    return pfg_number_parse_u64(out,
                                n ? pfg_slice_make(digits, n) : PFG_LIT("0"));
}

struct pfg_pos pfg_json_pos(const struct pfg_json_document *document,
                            const struct pfg_json_value *value)
{
    return value ? place(document, (size_t)node_of(value)->valueint)
                 : (struct pfg_pos){.file = document->file};
}

struct pfg_pos pfg_json_key_pos(const struct pfg_json_document *document,
                                const struct pfg_json_value *member)
{
    const char *key = pfg_json_key(member);

    return key ? place(document, pfg_growth_key_offset(key, document->text,
                                                       document->len))
               : pfg_json_pos(document, member);
}
