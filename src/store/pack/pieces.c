#include "store/pack/pieces.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* --- samples --- */

/* Swapped on a big-endian machine. */
struct pfg_slice pfg_sample_bytes(const struct pfg_piece *piece,
                                  struct pfg_arena *arena)
{
#if __BYTE_ORDER == __LITTLE_ENDIAN
    (void)arena;
    return pfg_slice_make((const char *)piece->values,
                          piece->n * sizeof *piece->values);
#else
    uint64_t *bytes = pfg_arena_new_array(arena, uint64_t, piece->n);

    for (size_t i = 0; i < piece->n; i++) {
        memcpy(&bytes[i], &piece->values[i], sizeof *bytes);
        bytes[i] = htole64(bytes[i]);
    }
    return pfg_slice_make((const char *)bytes, piece->n * sizeof *bytes);
#endif
}

int pfg_take_sample_bytes(struct pfg_statement *row, struct pfg_slice *bytes,
                          size_t *n)
{
    int64_t expected = pfg_take_integer(row);

    *bytes = pfg_take_bytes(row);
    *n = bytes->len / sizeof(double);
    return bytes->len % sizeof(double) || expected < 0 ||
                   *n != (uint64_t)expected
               ? -1
               : 0;
}

double pfg_sample_at(struct pfg_slice bytes, size_t i)
{
    double value;
    uint64_t bits;

    memcpy(&bits, bytes.ptr + i * sizeof bits, sizeof bits);
    bits = le64toh(bits);
    memcpy(&value, &bits, sizeof value);
    return value;
}

int pfg_take_samples(struct pfg_statement *row, struct pfg_piece *piece,
                     struct pfg_arena *arena)
{
    struct pfg_slice bytes;

    if (pfg_take_sample_bytes(row, &bytes, &piece->n)) {
        return -1;
    }
    piece->values = pfg_arena_new_array(arena, double, piece->n);
    for (size_t i = 0; i < piece->n; i++) {
        piece->values[i] = pfg_sample_at(bytes, i);
    }
    return 0;
}

/* --- plain pieces --- */

static bool is_plain(const struct pfg_piece *first,
                     const struct pfg_piece *piece, double value)
{
    return piece->number == (size_t)(piece - first) &&
           piece->process <= UINT32_MAX && piece->line >= 0 &&
           piece->line <= (long)UINT32_MAX && !piece->has_summary &&
           !*piece->error && !*piece->budget && !piece->budget_crossed &&
           piece->events == piece->trials * value &&
           !strcmp(piece->file, first->file) &&
           !strcmp(piece->written_unit, first->written_unit);
}

struct pfg_plain_pieces *pfg_plain_of(const struct pfg_piece *first, size_t n,
                                      double *values, struct pfg_arena *arena)
{
    struct pfg_plain_pieces *plain;
    size_t n_rates = 0, n_consecutive = 0;

    for (size_t i = 0; i < n; i++) {
        if (first[i].n != 1 || !is_plain(first, &first[i], values[i])) {
            return NULL;
        }
        n_rates += first[i].trials != 0;
        n_consecutive += first[i].process == first->process + i;
    }
    plain = pfg_arena_alloc(arena, sizeof *plain);
    *plain = (struct pfg_plain_pieces){
        .values = values,
        .trials = n_rates ? pfg_arena_new_array(arena, double, n) : NULL,
        .processes =
            n_consecutive < n ? pfg_arena_new_array(arena, uint32_t, n) : NULL,
        .process = (uint32_t)first->process,
        .line = (uint32_t)first->line,
        .file = first->file,
        .written_unit = first->written_unit,
    };
    for (size_t i = 0; plain->trials && i < n; i++) {
        plain->trials[i] = first[i].trials;
    }
    for (size_t i = 0; plain->processes && i < n; i++) {
        plain->processes[i] = (uint32_t)first[i].process;
    }
    return plain;
}
