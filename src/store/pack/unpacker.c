#include "store/pack/packs.h"

#include <endian.h>
#include <string.h>

/* --- bytes --- */

static int take_long_varint(struct pfg_slice *in, uint64_t *out)
{
    uint64_t number = 0;

    for (size_t i = 0; i < in->len && i < 10; i++) {
        unsigned char byte = (unsigned char)in->ptr[i];

        number |= (uint64_t)(byte & 127) << 7 * i;
        if (byte < 128) {
            *out = number;
            *in = pfg_slice_make(in->ptr + i + 1, in->len - i - 1);
            return 0;
        }
    }
    return -1;
}

static inline int take_varint(struct pfg_slice *in, uint64_t *out)
{
    if (in->len && !(*in->ptr & 128)) {
        *out = (unsigned char)*in->ptr;
        *in = pfg_slice_make(in->ptr + 1, in->len - 1);
        return 0;
    }
    return take_long_varint(in, out);
}

/* Up to its NUL byte. */
static int take_text(struct pfg_slice *in, struct pfg_slice *out)
{
    const char *end = in->len ? memchr(in->ptr, '\0', in->len) : NULL;

    if (!end) {
        return -1;
    }
    *out = pfg_slice_range(in->ptr, end);
    *in = pfg_slice_from(*in, out->len + 1);
    return 0;
}

/* --- the values of a column --- */

static int read_value(struct pfg_packed_column *c)
{
    uint64_t number;

    switch (c->form) {
    case PFG_PACK_INTEGERS:
        if (take_varint(&c->rest, &number)) {
            return -1;
        }
        number = number >> 1 ^ -(number & 1);
        c->integer = (int64_t)((uint64_t)c->integer + number);
        c->real = (double)c->integer;
        return 0;
    case PFG_PACK_REALS:
        if (c->rest.len < sizeof(double)) {
            return -1;
        }
        c->real = pfg_sample_at(c->rest, 0);
        c->rest = pfg_slice_from(c->rest, sizeof(double));
        return 0;
    case PFG_PACK_TEXTS:
        if (take_varint(&c->rest, &number) || number >= c->n_texts) {
            return -1;
        }
        c->text = c->texts[number];
        return 0;
    default:
        return take_text(&c->rest, &c->text);
    }
}

static int next_value(struct pfg_packed_column *c)
{
    return c->constant ? 0 : read_value(c);
}

static int read_texts(struct pfg_packed_column *c, struct pfg_arena *arena)
{
    uint64_t n;

    /* Each takes a byte or more. */
    if (take_varint(&c->rest, &n) || !n || n > c->rest.len ||
        (c->constant && n > 1)) {
        return -1;
    }
    c->n_texts = (size_t)n;
    c->texts = pfg_arena_new_array(arena, struct pfg_slice, c->n_texts);
    for (size_t i = 0; i < c->n_texts; i++) {
        if (take_text(&c->rest, &c->texts[i])) {
            return -1;
        }
        c->texts[i] = pfg_arena_copy(arena, c->texts[i]);
    }
    c->text = c->texts[0];
    return 0;
}

/* Cuts a column off the pack. One that is constant is read here. */
static int begin_column(struct pfg_packed_column *c, struct pfg_slice *pack,
                        struct pfg_arena *arena)
{
    uint64_t length;
    int form;

    *c = (struct pfg_packed_column){NULL};
    if (!pack->len) {
        return -1;
    }
    form = (unsigned char)*pack->ptr;
    *pack = pfg_slice_from(*pack, 1);
    if (form > (PFG_PACK_CONSTANT | PFG_PACK_TEXTS) ||
        take_varint(pack, &length) || length > pack->len) {
        return -1;
    }
    c->constant = form & PFG_PACK_CONSTANT;
    c->form = form & ~PFG_PACK_CONSTANT;
    c->rest = pfg_slice_first(*pack, (size_t)length);
    *pack = pfg_slice_from(*pack, (size_t)length);
    if (c->form == PFG_PACK_TEXTS && read_texts(c, arena)) {
        return -1;
    }
    return c->constant &&
                   ((c->form != PFG_PACK_TEXTS && read_value(c)) || c->rest.len)
               ? -1
               : 0;
}

static int begin_integers(struct pfg_packed_column *c, struct pfg_slice *pack,
                          struct pfg_arena *arena)
{
    return begin_column(c, pack, arena) || c->form != PFG_PACK_INTEGERS ? -1
                                                                        : 0;
}

/* --- the members of pieces --- */

static bool has_form(const struct pfg_packed_column *c,
                     const struct pfg_field_kind *kind)
{
    switch (c->form) {
    case PFG_PACK_LINES:
        return kind->scalar == PFG_SCALAR_LINES;
    case PFG_PACK_TEXTS:
        return kind->scalar == PFG_SCALAR_TEXT;
    case PFG_PACK_REALS:
        return pfg_kind_is_real(kind);
    default:
        return kind->scalar != PFG_SCALAR_LINES &&
               kind->scalar != PFG_SCALAR_TEXT;
    }
}

static void set_member(struct pfg_unpacker *in,
                       const struct pfg_packed_column *c)
{
    void *at = (char *)&in->piece + c->column->offset;

    if (c->form == PFG_PACK_TEXTS) {
        *(const char **)at = c->text.ptr;
    } else if (!pfg_value_set_integer(c->column->kind, at, c->integer)) {
        *(double *)at = c->real;
    }
}

static void record_value(struct pfg_str *out, const struct pfg_packed_column *c)
{
    uint64_t bits = (uint64_t)c->integer;

    if (c->form == PFG_PACK_TEXTS || c->form == PFG_PACK_LINES) {
        pfg_str_add(out, pfg_slice_make(c->text.ptr, c->text.len + 1));
        return;
    }
    if (pfg_kind_is_real(c->column->kind)) {
        memcpy(&bits, &c->real, sizeof bits);
    }
    bits = htole64(bits);
    pfg_str_add(out, pfg_slice_make((const char *)&bits, sizeof bits));
}

static bool is_set(const struct pfg_unpacker *in, const struct pfg_column *flag)
{
    return *(const bool *)((const char *)&in->piece + flag->offset);
}

/* Cuts off the columns of the members, of which those that depend on a flag are
 * missing if it is never set. */
static int begin_members(struct pfg_unpacker *in, struct pfg_slice *pack)
{
    struct pfg_str constant = pfg_str_in(in->arena);
    size_t n_optional = 0;

    for (size_t i = 0; i < in->columns.n; i++) {
        const struct pfg_column *column = &in->columns.at[i];
        struct pfg_packed_column *c = &in->varying[in->n_varying];

        if (begin_column(c, pack, in->arena) || !has_form(c, column->kind)) {
            return -1;
        }
        c->column = column;
        c->optional = n_optional > 0;
        n_optional -= n_optional > 0;
        if (c->constant && !c->optional) {
            set_member(in, c);
            record_value(&constant, c);
            if (column->n_behind && !is_set(in, column)) {
                i += column->n_behind;
            }
            continue;
        }
        n_optional += column->n_behind;
        if (c->form == PFG_PACK_LINES) {
            c->counts = pfg_arena_alloc(in->arena, sizeof *c->counts);
            if (begin_integers(c->counts, &c->rest, in->arena)) {
                return -1;
            }
        }
        c->before = pfg_arena_copy(in->arena, pfg_str_slice(&constant));
        pfg_str_clear(&constant);
        in->n_varying++;
    }
    in->after = pfg_str_slice(&constant);
    return 0;
}

/* Reads the ids of the series. */
static int read_ids(struct pfg_unpacker *in, struct pfg_slice *pack)
{
    struct pfg_packed_column ids;
    uint64_t n;

    if (take_varint(pack, &n) || begin_integers(&ids, pack, in->arena) ||
        n > ids.rest.len + ids.constant) {
        return -1;
    }
    in->n_ids = (size_t)n;
    in->ids = pfg_arena_new_array(in->arena, int64_t, in->n_ids);
    for (size_t i = 0; i < in->n_ids; i++) {
        if (next_value(&ids)) {
            return -1;
        }
        in->ids[i] = ids.integer;
    }
    return ids.rest.len ? -1 : 0;
}

int pfg_unpacker_begin(struct pfg_unpacker *in, struct pfg_slice pack,
                       struct pfg_arena *arena, struct pfg_str *record)
{
    *in = (struct pfg_unpacker){
        .columns = pfg_columns_of(NULL, &pfg_kind_piece),
        .arena = arena,
        .record = record,
    };
    if (read_ids(in, &pack) || begin_integers(&in->n_pieces, &pack, arena) ||
        begin_integers(&in->n_samples, &pack, arena) ||
        begin_members(in, &pack)) {
        return -1;
    }
    in->rest = pack;
    return 0;
}

/* --- a piece --- */

/* The numbers of lines, none or more, must match the text. */
static int read_lines(struct pfg_unpacker *in, struct pfg_packed_column *c)
{
    void *at = (char *)&in->piece + c->column->offset;
    uint64_t n = 0;

    if (next_value(c->counts) || next_value(c)) {
        return -1;
    }
    if (c->counts->integer || c->text.len) {
        const char *end = c->text.ptr + c->text.len, *line = c->text.ptr;

        for (n = 1; (line = memchr(line, '\n', (size_t)(end - line))); n++) {
            line++;
        }
    }
    *(void **)at = NULL;
    PFG_LENGTH(at) = 0;
    if (n && !in->record) {
        pfg_lines_split(pfg_arena_slice(in->arena, c->text), at, in->arena);
    }
    return n == (uint64_t)c->counts->integer ? 0 : -1;
}

static int read_members(struct pfg_unpacker *in)
{
    for (size_t i = 0; i < in->n_varying; i++) {
        struct pfg_packed_column *c = &in->varying[i];

        if (c->form == PFG_PACK_LINES) {
            if (read_lines(in, c)) {
                return -1;
            }
        } else {
            if (next_value(c)) {
                return -1;
            }
            set_member(in, c);
        }
        if (in->record) {
            pfg_str_add(in->record, c->before);
            record_value(in->record, c);
        }
        if (c->column->n_behind && !is_set(in, c->column)) {
            i += c->column->n_behind;
        }
    }
    if (in->record) {
        pfg_str_add(in->record, in->after);
    }
    return 0;
}

int pfg_unpack_piece(struct pfg_unpacker *in)
{
    uint64_t n;

    if (next_value(&in->n_samples)) {
        return -1;
    }
    n = (uint64_t)in->n_samples.integer;
    if (n > in->rest.len / sizeof(double)) {
        return -1;
    }
    in->piece.n = (size_t)n;
    in->samples = pfg_slice_first(in->rest, in->piece.n * sizeof(double));
    in->rest = pfg_slice_from(in->rest, in->samples.len);
    return read_members(in);
}

/* Whether nothing is left over. */
static bool is_at_end(const struct pfg_unpacker *in)
{
    size_t left = in->n_pieces.rest.len + in->n_samples.rest.len + in->rest.len;

    for (size_t i = 0; i < in->n_varying; i++) {
        const struct pfg_packed_column *c = &in->varying[i];

        left += c->rest.len + (c->counts ? c->counts->rest.len : 0);
    }
    return !left;
}

int pfg_unpack(struct pfg_unpacker *in)
{
    if (!in->left) {
        if (in->next_id == in->n_ids) {
            return is_at_end(in) ? 0 : -1;
        }
        if (next_value(&in->n_pieces) || in->n_pieces.integer <= 0) {
            return -1;
        }
        in->series = in->ids[in->next_id++];
        in->left = (uint64_t)in->n_pieces.integer;
    }
    in->left--;
    return 1;
}
