#include "store/pack/packs.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/memory.h"

#define FULL ((size_t)1 << 20)

struct pfg_packer {
    struct pfg_columns columns;
    PFG_VEC(const struct pfg_piece *) pieces;
    PFG_VEC(int64_t) series;   /* their ids, */
    PFG_VEC(int64_t) n_pieces; /* and how many of the pieces each has */
    size_t size;               /* of the pack, about */
    /* The members that are being written, one for each piece, and as
     * integers. */
    PFG_VEC(const void *) members;
    PFG_VEC(int64_t) integers;
    struct pfg_str out, column, lines;
    struct pfg_arena *arena; /* of tables of texts */
};

struct pfg_packer *pfg_packer_new(void)
{
    struct pfg_packer *p = pfg_alloc(sizeof *p);

    p->columns = pfg_columns_of(NULL, &pfg_kind_piece);
    pfg_str_init(&p->out, 0);
    pfg_str_init(&p->column, 0);
    pfg_str_init(&p->lines, 0);
    p->arena = pfg_arena_new();
    return p;
}

void pfg_packer_free(struct pfg_packer *p)
{
    if (p) {
        pfg_vec_free(&p->pieces);
        pfg_vec_free(&p->series);
        pfg_vec_free(&p->n_pieces);
        pfg_vec_free(&p->members);
        pfg_vec_free(&p->integers);
        pfg_str_free(&p->out);
        pfg_str_free(&p->column);
        pfg_str_free(&p->lines);
        pfg_arena_free(p->arena);
        free(p);
    }
}

void pfg_packer_add(struct pfg_packer *p, int64_t series,
                    const struct pfg_piece *piece)
{
    if (!p->series.n || p->series.at[p->series.n - 1] != series) {
        pfg_vec_push(&p->series, NULL, series);
        pfg_vec_push(&p->n_pieces, NULL, 0);
    }
    p->n_pieces.at[p->series.n - 1]++;
    pfg_vec_push(&p->pieces, NULL, piece);
    p->size += 8 + piece->n * sizeof *piece->values + strlen(piece->error);
    for (size_t i = 0; i < piece->n_written; i++) {
        p->size += strlen(piece->written[i]) + 1;
    }
}

bool pfg_packer_is_full(const struct pfg_packer *p)
{
    return p->size >= FULL;
}

/* --- columns --- */

static void put_varint(struct pfg_str *out, uint64_t number)
{
    unsigned char bytes[10];
    size_t n = 0;

    for (; number > 127; number >>= 7) {
        bytes[n++] = (unsigned char)(number | 128);
    }
    bytes[n++] = (unsigned char)number;
    pfg_str_add(out, pfg_slice_make((const char *)bytes, n));
}

static void put_column(struct pfg_str *out, int form,
                       const struct pfg_str *column)
{
    pfg_str_putc(out, (char)form);
    put_varint(out, column->len);
    pfg_str_add(out, pfg_str_slice(column));
}

static void put_integers(struct pfg_packer *p, struct pfg_str *out,
                         const int64_t *integers, size_t n)
{
    uint64_t last = 0;
    size_t first = 0, same = 0;

    pfg_str_clear(&p->column);
    for (size_t i = 0; i < n; i++) {
        uint64_t step = (uint64_t)integers[i] - last;

        put_varint(&p->column, step << 1 ^ -(step >> 63));
        last += step;
        first = i ? first : p->column.len;
        same += integers[i] == integers[0];
    }
    if (same == n) {
        pfg_str_cut(&p->column, first);
        put_column(out, PFG_PACK_INTEGERS | PFG_PACK_CONSTANT, &p->column);
    } else {
        put_column(out, PFG_PACK_INTEGERS, &p->column);
    }
}

static bool is_whole(double real)
{
    return fabs(real) <= 0x1p53 && real == trunc(real);
}

static void put_reals(struct pfg_packer *p, const struct pfg_field_kind *kind)
{
    size_t same = sizeof(double);

    p->integers.n = 0;
    for (size_t i = 0; i < p->members.n; i++) {
        double real = *(const double *)p->members.at[i];

        if (!is_whole(real)) {
            break;
        }
        pfg_vec_push(&p->integers, NULL, (int64_t)real);
    }
    if (p->integers.n == p->members.n) {
        put_integers(p, &p->out, p->integers.at, p->integers.n);
        return;
    }
    pfg_str_clear(&p->column);
    for (size_t i = 0; i < p->members.n; i++) {
        pfg_column_record(&p->column, kind, p->members.at[i]);
    }
    while (same < p->column.len &&
           !memcmp(p->column.ptr, p->column.ptr + same, sizeof(double))) {
        same += sizeof(double);
    }
    if (same == p->column.len) {
        pfg_str_cut(&p->column, sizeof(double));
        put_column(&p->out, PFG_PACK_REALS | PFG_PACK_CONSTANT, &p->column);
    } else {
        put_column(&p->out, PFG_PACK_REALS, &p->column);
    }
}

static void put_texts(struct pfg_packer *p, const struct pfg_field_kind *kind)
{
    struct pfg_map indexes;

    pfg_arena_clear(p->arena);
    pfg_map_init(&indexes, p->arena);
    p->integers.n = 0;
    pfg_str_clear(&p->lines);
    for (size_t i = 0; i < p->members.n; i++) {
        size_t begun = p->lines.len;
        uintptr_t *index;

        pfg_column_record(&p->lines, kind, p->members.at[i]);
        index = (uintptr_t *)pfg_map_at(
            &indexes,
            pfg_slice_make(p->lines.ptr + begun, p->lines.len - begun));
        if (*index) {
            pfg_str_cut(&p->lines, begun);
        } else {
            *index = indexes.n;
        }
        pfg_vec_push(&p->integers, NULL, (int64_t)*index - 1);
    }
    pfg_str_clear(&p->column);
    put_varint(&p->column, indexes.n);
    pfg_str_add(&p->column, pfg_str_slice(&p->lines));
    for (size_t i = 0; indexes.n > 1 && i < p->integers.n; i++) {
        put_varint(&p->column, (uint64_t)p->integers.at[i]);
    }
    put_column(&p->out,
               indexes.n > 1 ? PFG_PACK_TEXTS
                             : PFG_PACK_TEXTS | PFG_PACK_CONSTANT,
               &p->column);
}

static void put_lines(struct pfg_packer *p, const struct pfg_field_kind *kind)
{
    p->integers.n = 0;
    pfg_str_clear(&p->lines);
    for (size_t i = 0; i < p->members.n; i++) {
        const void *at = p->members.at[i];

        pfg_vec_push(&p->integers, NULL, (int64_t)PFG_LENGTH(at));
    }
    put_integers(p, &p->lines, p->integers.at, p->integers.n);
    for (size_t i = 0; i < p->members.n; i++) {
        pfg_column_record(&p->lines, kind, p->members.at[i]);
    }
    put_column(&p->out, PFG_PACK_LINES, &p->lines);
}

/* p->members */
static void put_members(struct pfg_packer *p, const struct pfg_field_kind *kind)
{
    int64_t integer;

    if (kind->scalar == PFG_SCALAR_LINES) {
        put_lines(p, kind);
    } else if (kind->scalar == PFG_SCALAR_TEXT) {
        put_texts(p, kind);
    } else if (pfg_value_integer(kind, p->members.at[0], &integer)) {
        p->integers.n = 0;
        for (size_t i = 0; i < p->members.n; i++) {
            pfg_value_integer(kind, p->members.at[i], &integer);
            pfg_vec_push(&p->integers, NULL, integer);
        }
        put_integers(p, &p->out, p->integers.at, p->integers.n);
    } else {
        put_reals(p, kind);
    }
}

/* --- a pack --- */

/* Lists a member of the pieces, or of those with the flag. */
static void list_members(struct pfg_packer *p, const struct pfg_column *column,
                         const struct pfg_column *flag)
{
    p->members.n = 0;
    for (size_t i = 0; i < p->pieces.n; i++) {
        const char *piece = (const char *)p->pieces.at[i];

        if (!flag || *(const bool *)(piece + flag->offset)) {
            pfg_vec_push(&p->members, NULL, piece + column->offset);
        }
    }
}

static void put_pieces(struct pfg_packer *p)
{
    const struct pfg_column *flag = NULL;
    size_t behind = 0;

    for (size_t i = 0; i < p->columns.n; i++) {
        const struct pfg_column *column = &p->columns.at[i];

        list_members(p, column, behind ? flag : NULL);
        if (p->members.n) {
            put_members(p, column->kind);
        }
        behind -= behind > 0;
        if (column->n_behind) {
            flag = column;
            behind = column->n_behind;
        }
    }
}

struct pfg_slice pfg_packer_finish(struct pfg_packer *p)
{
    pfg_str_clear(&p->out);
    if (!p->pieces.n) {
        return pfg_str_slice(&p->out);
    }
    put_varint(&p->out, p->series.n);
    put_integers(p, &p->out, p->series.at, p->series.n);
    put_integers(p, &p->out, p->n_pieces.at, p->n_pieces.n);
    p->integers.n = 0;
    for (size_t i = 0; i < p->pieces.n; i++) {
        pfg_vec_push(&p->integers, NULL, (int64_t)p->pieces.at[i]->n);
    }
    put_integers(p, &p->out, p->integers.at, p->integers.n);
    put_pieces(p);
    for (size_t i = 0; i < p->pieces.n; i++) {
        pfg_arena_clear(p->arena);
        pfg_str_add(&p->out, pfg_sample_bytes(p->pieces.at[i], p->arena));
    }
    p->pieces.n = p->series.n = p->n_pieces.n = p->size = 0;
    return pfg_str_slice(&p->out);
}
