#include "json/json.h"

#include <assert.h>
#include <cJSON.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/vec.h"
#include "json/grammar.h"

/* A value is a cJSON node whose otherwise unused `valueint` is the index of
 * its token: both count the values in document order. */
struct pfg_json_document {
    char *file;
    char *text; /* as given, terminated */
    size_t len;
    struct pfg_token *tokens;
    PFG_VEC(uint32_t) lines; /* where each begins */
    cJSON *tree;
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

/* Line and column without walking over the text: a report may ask for the
 * place of every value of a large document. */
static struct pfg_pos place(const struct pfg_json_document *document,
                            uint32_t offset)
{
    size_t low = 0, high = document->lines.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (document->lines.at[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (struct pfg_pos){
        .file = document->file,
        .line = (long)low + 1,
        .column = (long)(offset - document->lines.at[low]) + 1,
    };
}

static void find_lines(struct pfg_json_document *document)
{
    const char *end = document->text + document->len;
    const char *line = pfg_walk_start(document->text, end);

    while (line) {
        pfg_vec_push(&document->lines, NULL, (uint32_t)(line - document->text));
        line = memchr(line, '\n', (size_t)(end - line));
        line = line ? line + 1 : NULL;
    }
}

/* Builds pairs of nodes and tokens, and looks for keys that stand twice. */
struct pairing {
    const struct pfg_json_document *document;
    int next;
    PFG_VEC(const cJSON *) members;
};

static int by_key_and_place(const void *a, const void *b)
{
    const cJSON *left = *(const cJSON *const *)a;
    const cJSON *right = *(const cJSON *const *)b;
    int order = strcmp(left->string, right->string);

    return order ? order : left->valueint - right->valueint;
}

static int refuse_key(const struct pfg_json_document *document,
                      const cJSON *member, struct pfg_error *err)
{
    return pfg_fail_at(
        err, PFG_DATA, pfg_json_key_pos(document, value_of(member)),
        "key '%.100s' stands twice in one object", member->string);
}

static int check_keys(struct pairing *p, const cJSON *object,
                      struct pfg_error *err)
{
    const cJSON *twice = NULL;

    p->members.n = 0;
    for (const cJSON *at = object->child; at; at = at->next) {
        pfg_vec_push(&p->members, NULL, at);
    }
    if (p->members.n < 2) {
        return 0;
    }
    qsort(p->members.at, p->members.n, sizeof *p->members.at, by_key_and_place);
    for (size_t i = 1; i < p->members.n; i++) {
        const cJSON *member = p->members.at[i];

        if (!strcmp(member->string, p->members.at[i - 1]->string) &&
            (!twice || member->valueint < twice->valueint)) {
            twice = member;
        }
    }
    return twice ? refuse_key(p->document, twice, err) : 0;
}

/* As deep as the document: the scan has seen to it that this is not much. */
static int pair(struct pairing *p, cJSON *node, struct pfg_error *err)
{
    node->valueint = p->next++;
    for (cJSON *at = node->child; at; at = at->next) {
        if (pair(p, at, err)) {
            return -1;
        }
    }
    return cJSON_IsObject(node) ? check_keys(p, node, err) : 0;
}

/* What text, places and tree take together. */
static size_t bytes_of(const struct pfg_json_document *document,
                       const struct pfg_walk *walk)
{
    size_t bytes = document->len * (walk->edited ? 2 : 1) +
                   walk->tokens.cap * sizeof *walk->tokens.at +
                   walk->tokens.n * PFG_JSON_NODE_BYTES;

    for (size_t i = 0; i < walk->tokens.n; i++) {
        const struct pfg_token *token = &walk->tokens.at[i];

        if (token->key != token->offset) {
            bytes += PFG_JSON_STRING_BYTES(token->offset - token->key);
        }
        if (document->text[token->offset] == '"') {
            bytes += PFG_JSON_STRING_BYTES(token->length);
        }
    }
    return bytes;
}

static int check_bytes(const struct pfg_json_document *document,
                       const struct pfg_walk *walk, struct pfg_error *err)
{
    return (walk->flags & PFG_JSON_FRUGAL) &&
                   bytes_of(document, walk) > PFG_JSON_MEMORY
               ? pfg_fail(err, PFG_DATA,
                          "'%s' is too large: it takes more than %zu MiB of "
                          "memory to read",
                          document->file, PFG_JSON_MEMORY >> 20)
               : 0;
}

static int build(struct pfg_json_document *document,
                 const struct pfg_walk *walk, const char *end,
                 struct pfg_error *err)
{
    const char *text = walk->edited ? walk->edited : document->text;
    size_t start = (size_t)(pfg_walk_start(walk->begin, end) - walk->begin);
    struct pairing pairing = {.document = document};
    const char *stop = NULL;
    int status;

    document->tree = cJSON_ParseWithLengthOpts(
        text + start, (size_t)(end - walk->begin) - start, &stop, 0);
    if (!document->tree) {
        return pfg_fail_at(err, PFG_DATA,
                           place(document, stop ? (uint32_t)(stop - text) : 0),
                           "this JSON cannot be read");
    }
    status = pair(&pairing, document->tree, err);
    assert(status || (size_t)pairing.next == walk->tokens.n);
    pfg_vec_free(&pairing.members);
    return status;
}

/* Parses `text`, terminated and of malloc(), which the document owns. */
static int parse(struct pfg_json_document **out, char *text, size_t len,
                 const char *file, unsigned flags, size_t *end,
                 struct pfg_error *err)
{
    struct pfg_json_document *document = pfg_alloc(sizeof *document);
    struct pfg_walk walk = {.flags = flags, .keep = true};
    const char *behind;
    int status = -1;

    *document = (struct pfg_json_document){
        .file = pfg_strdup(file ? file : ""), .text = text, .len = len};
    walk.begin = document->text;
    walk.end = document->text + document->len;
    behind = pfg_walk(&walk);
    if (!behind) {
        pfg_walk_fail(&walk, document->file, err);
        goto out;
    }
    document->tokens = walk.tokens.at;
    find_lines(document);
    status =
        check_bytes(document, &walk, err) || build(document, &walk, behind, err)
            ? -1
            : 0;
    walk.tokens.at = NULL;
    if (!status && end) {
        *end = (size_t)(behind - walk.begin);
    }

out:
    free(walk.edited);
    pfg_vec_free(&walk.tokens);
    if (status) {
        pfg_json_free(document);
        return -1;
    }
    *out = document;
    return 0;
}

static int check_size(size_t len, const char *file, struct pfg_error *err)
{
    return len > INT32_MAX
               ? pfg_fail(err, PFG_DATA, "'%s' is larger than 2 GB", file)
               : 0;
}

int pfg_json_parse(struct pfg_json_document **out, struct pfg_slice text,
                   const char *file, unsigned flags, size_t *end,
                   struct pfg_error *err)
{
    char *copy;

    *out = NULL;
    if (check_size(text.len, file, err)) {
        return -1;
    }
    copy = pfg_alloc(text.len + 1);
    if (text.len) {
        memcpy(copy, text.ptr, text.len);
    }
    return parse(out, copy, text.len, file, flags, end, err);
}

int pfg_json_parse_taking(struct pfg_json_document **out, struct pfg_str *text,
                          const char *file, unsigned flags,
                          struct pfg_error *err)
{
    struct pfg_str taken = *text;

    *out = NULL;
    if (check_size(text->len, file, err)) {
        return -1;
    }
    pfg_str_init(text, text->limit);
    return parse(out, taken.ptr, taken.len, file, flags, NULL, err);
}

void pfg_json_free(struct pfg_json_document *document)
{
    if (document) {
        cJSON_Delete(document->tree);
        pfg_vec_free(&document->lines);
        free(document->tokens);
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
    static const struct {
        int cjson;
        enum pfg_json_type type;
    } types[] = {
        {cJSON_NULL, PFG_JSON_NULL},     {cJSON_False, PFG_JSON_BOOL},
        {cJSON_True, PFG_JSON_BOOL},     {cJSON_Number, PFG_JSON_NUMBER},
        {cJSON_String, PFG_JSON_STRING}, {cJSON_Array, PFG_JSON_ARRAY},
        {cJSON_Object, PFG_JSON_OBJECT},
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (is_of(value, types[i].cjson)) {
            return types[i].type;
        }
    }
    return PFG_JSON_NOTHING;
}

const struct pfg_json_value *pfg_json_get(const struct pfg_json_value *object,
                                          const char *key)
{
    return is_of(object, cJSON_Object)
               ? value_of(
                     cJSON_GetObjectItemCaseSensitive(node_of(object), key))
               : NULL;
}

const struct pfg_json_value *pfg_json_path(const struct pfg_json_value *value,
                                           ...)
{
    va_list keys;
    const char *key;

    va_start(keys, value);
    while (value && (key = va_arg(keys, const char *))) {
        value = pfg_json_get(value, key);
    }
    va_end(keys);
    return value;
}

const struct pfg_json_value *pfg_json_first(const struct pfg_json_value *value)
{
    return value ? value_of(node_of(value)->child) : NULL;
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
    return value ? (size_t)cJSON_GetArraySize(node_of(value)) : 0;
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
    const struct pfg_token *token;

    if (!is_of(value, cJSON_Number)) {
        return (struct pfg_slice){"", 0};
    }
    token = &document->tokens[node_of(value)->valueint];
    return pfg_slice_make(document->text + token->offset, token->length);
}

double pfg_json_number(const struct pfg_json_document *document,
                       const struct pfg_json_value *value)
{
    double number = NAN;

    pfg_number_parse(&number, pfg_json_digits(document, value), 0);
    return number;
}

/* The decimal exponent behind an 'e', held within what can matter. */
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

/* The digits are put in a row, those behind the point too, and the point then
 * has to come behind the last that is no zero. */
int pfg_json_u64(uint64_t *out, const struct pfg_json_document *document,
                 const struct pfg_json_value *value)
{
    struct pfg_slice text = pfg_json_digits(document, value);
    struct pfg_slice whole = pfg_take_digits(&text), fraction = {"", 0};
    char digits[20];
    size_t n = 0;
    long point;

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
    return value ? place(document,
                         document->tokens[node_of(value)->valueint].offset)
                 : (struct pfg_pos){.file = document->file};
}

struct pfg_pos pfg_json_key_pos(const struct pfg_json_document *document,
                                const struct pfg_json_value *member)
{
    return member ? place(document,
                          document->tokens[node_of(member)->valueint].key)
                  : (struct pfg_pos){.file = document->file};
}
