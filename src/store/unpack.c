#include "store/pack.h"

#include <string.h>

/* --- bytes --- */

static int take_varint(struct pfg_slice *in, uint64_t *out)
{
    uint64_t number = 0;

    for (unsigned shift = 0; in->len && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*in->ptr;

        *in = pfg_slice_from(*in, 1);
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            *out = number;
            return 0;
        }
    }
    return -1;
}

/* Up to its NUL byte, which is dropped. */
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

static int next_integer(struct pfg_packed_column *c)
{
    uint64_t step;

    if (take_varint(&c->rest, &step)) {
        return -1;
    }
    c->integer = (int64_t)((uint64_t)c->integer + (step >> 1 ^ -(step & 1)));
    return 0;
}

static int next_value(struct pfg_packed_column *c)
{
    uint64_t index;

    switch (c->form) {
    case PFG_PACK_INTEGERS:
        if (next_integer(c)) {
            return -1;
        }
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
        if (take_varint(&c->rest, &index) || index >= c->n_texts) {
            return -1;
        }
        c->text = c->texts[index];
        return 0;
    default:
        return take_text(&c->rest, &c->lines);
    }
}

/* --- their beginnings --- */

static int read_texts(struct pfg_packed_column *c, struct pfg_arena *arena)
{
    uint64_t n;

    /* Each takes a byte or more. */
    if (take_varint(&c->rest, &n) || !n || n > c->rest.len ||
        (c->constant && n > 1)) {
        return -1;
    }
    c->n_texts = (size_t)n;
    c->texts = pfg_arena_new_array(arena, const char *, c->n_texts);
    for (size_t i = 0; i < c->n_texts; i++) {
        struct pfg_slice text;

        if (take_text(&c->rest, &text)) {
            return -1;
        }
        c->texts[i] = pfg_arena_slice(arena, text);
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

    *c = (struct pfg_packed_column){0};
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
                   ((c->form != PFG_PACK_TEXTS && next_value(c)) || c->rest.len)
               ? -1
               : 0;
}

static bool has_form(const struct pfg_packed_column *c,
                     const struct pfg_field_kind *kind)
{
    switch (kind->scalar) {
    case PFG_SCALAR_LINES:
        return c->form == PFG_PACK_LINES;
    case PFG_SCALAR_TEXT:
        return c->form == PFG_PACK_TEXTS;
    case PFG_SCALAR_DOUBLE:
    case PFG_SCALAR_AMOUNT:
        return c->form == PFG_PACK_INTEGERS || c->form == PFG_PACK_REALS;
    default:
        return c->form == PFG_PACK_INTEGERS;
    }
}

static void set_member(const struct pfg_packed_column *c,
                       const struct pfg_field_kind *kind, void *at)
{
    if (c->form == PFG_PACK_TEXTS) {
        *(const char **)at = c->text;
    } else if (!pfg_value_set_integer(kind, at, c->integer)) {
        *(double *)at = c->real;
    }
}

/* Cuts off the columns of the pieces' members, of which those that depend on a
 * flag are missing if it is never set. */
static int begin_members(struct pfg_unpacker *in, struct pfg_slice *pack)
{
    size_t n_optional = 0;

    for (size_t i = 0; i < in->columns.n; i++) {
        const struct pfg_column *column = &in->columns.at[i];
        struct pfg_packed_column *c = &in->at[i];
        void *at = (char *)&in->piece + column->offset;

        if (begin_column(c, pack, in->arena) || !has_form(c, column->kind)) {
            return -1;
        }
        if (c->form == PFG_PACK_LINES) {
            c->counts = pfg_arena_alloc(in->arena, sizeof *c->counts);
            if (begin_column(c->counts, &c->rest, in->arena) ||
                c->counts->form != PFG_PACK_INTEGERS) {
                return -1;
            }
        }
        c->optional = n_optional > 0;
        n_optional -= n_optional > 0;
        if (c->constant) {
            set_member(c, column->kind, at);
        }
        if (column->n_behind && c->constant && !*(const bool *)at) {
            i += column->n_behind;
        } else if (!c->constant) {
            n_optional += column->n_behind;
        }
    }
    return 0;
}

int pfg_unpacker_begin(struct pfg_unpacker *in, struct pfg_slice pack,
                       struct pfg_arena *arena, struct pfg_str *record)
{
    uint64_t n;

    *in = (struct pfg_unpacker){
        .columns = pfg_columns_of(NULL, &pfg_kind_piece),
        .arena = arena,
        .record = record,
    };
    if (take_varint(&pack, &n) || begin_column(&in->ids, &pack, arena) ||
        in->ids.form != PFG_PACK_INTEGERS ||
        begin_column(&in->counts, &pack, arena) ||
        in->counts.form != PFG_PACK_INTEGERS || begin_members(in, &pack)) {
        return -1;
    }
    in->left = n;
    in->rest = pack;
    return 0;
}

/* --- a piece --- */

static int read_lines(struct pfg_unpacker *in, struct pfg_packed_column *c,
                      void *at)
{
    struct pfg_slice lines, rest;
    uint64_t n = 0;

    *(void **)at = NULL;
    PFG_LENGTH(at) = 0;
    if ((!c->counts->constant && next_value(c->counts)) ||
        take_text(&c->rest, &lines)) {
        return -1;
    }
    if (c->counts->integer || lines.len) {
        for (n = 1, rest = lines; rest.len; n++) {
            size_t line = pfg_slice_find_byte(rest, '\n');

            if (line == rest.len) {
                break;
            }
            rest = pfg_slice_from(rest, line + 1);
        }
    }
    if (n != (uint64_t)c->counts->integer) {
        return -1;
    }
    if (in->record) {
        pfg_str_add(in->record, pfg_slice_make(lines.ptr, lines.len + 1));
    } else if (n) {
        pfg_lines_split(pfg_arena_slice(in->arena, lines), at, in->arena);
    }
    return 0;
}

static int read_members(struct pfg_unpacker *in)
{
    for (size_t i = 0; i < in->columns.n; i++) {
        const struct pfg_column *column = &in->columns.at[i];
        struct pfg_packed_column *c = &in->at[i];
        void *at = (char *)&in->piece + column->offset;

        if (c->form == PFG_PACK_LINES) {
            if (read_lines(in, c, at)) {
                return -1;
            }
            continue;
        }
        if (!c->constant && next_value(c)) {
            return -1;
        }
        if (!c->constant || c->optional) {
            set_member(c, column->kind, at);
        }
        if (in->record) {
            pfg_column_record(in->record, column->kind, at);
        }
        if (column->n_behind && !*(const bool *)at) {
            i += column->n_behind;
        }
    }
    return 0;
}

static int read_samples(struct pfg_unpacker *in)
{
    uint64_t n;

    if (!in->counts.constant && next_value(&in->counts)) {
        return -1;
    }
    n = (uint64_t)in->counts.integer;
    if (n > in->rest.len / sizeof(double)) {
        return -1;
    }
    in->piece.n = (size_t)n;
    in->samples = pfg_slice_first(in->rest, in->piece.n * sizeof(double));
    in->rest = pfg_slice_from(in->rest, in->samples.len);
    return 0;
}

/* Whether nothing is left over. */
static bool is_at_end(const struct pfg_unpacker *in)
{
    size_t left = in->ids.rest.len + in->counts.rest.len + in->rest.len;

    for (size_t i = 0; i < in->columns.n; i++) {
        const struct pfg_packed_column *c = &in->at[i];

        left += c->rest.len + (c->counts ? c->counts->rest.len : 0);
    }
    return !left;
}

int pfg_unpack(struct pfg_unpacker *in)
{
    if (!in->left) {
        return is_at_end(in) ? 0 : -1;
    }
    in->left--;
    if (!in->ids.constant && next_value(&in->ids)) {
        return -1;
    }
    in->series = in->ids.integer;
    return 1;
}

int pfg_unpack_piece(struct pfg_unpacker *in)
{
    return read_samples(in) || read_members(in) ? -1 : 0;
}
