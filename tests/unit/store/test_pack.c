/* Packed pieces: what goes in comes out, and no damage is more than an error.
 */
#include "store/pack/packs.h"

#include "store_help.h"

#define N_PIECES 60

static uint32_t chance_state;

static unsigned chance(unsigned n)
{
    chance_state = chance_state * 1664525 + 1013904223;
    return (chance_state >> 8) % n;
}

static const char *some_text(struct pfg_arena *arena)
{
    return chance(2) ? "" : pfg_arena_printf(arena, "text %u", chance(4));
}

static double some_real(void)
{
    static const double reals[] = {0,   -0.0, 1,      -7,      1e300,   NAN,
                                   0.1, -0.5, 0x1p53, -0x1p60, INFINITY};

    return reals[chance(PFG_COUNT(reals))];
}

/* A piece in which each member has a value of its kind; `plain`: few have. */
static struct pfg_piece some_piece(struct pfg_arena *arena, size_t i,
                                   bool plain)
{
    static const char *const lines[] = {"1.5", "", "12", "0x1p3"};
    struct pfg_piece piece;

    pfg_kind_clear(&pfg_kind_piece, &piece);
    piece.process = plain ? i % 6 : chance(1000000);
    piece.number = plain ? i % 6 : (size_t)1 << chance(64);
    piece.n = plain ? 1 : chance(4);
    piece.values = pfg_arena_new_array(arena, double, 4);
    for (size_t j = 0; j < piece.n; j++) {
        piece.values[j] = some_real();
    }
    piece.written_unit = "ns/op";
    piece.n_written = plain ? 1 : chance(4);
    piece.written = pfg_arena_new_array(arena, const char *, 4);
    for (size_t j = 0; j < piece.n_written; j++) {
        piece.written[j] = lines[chance(PFG_COUNT(lines))];
    }
    piece.file = "a.txt";
    piece.line = plain ? (long)i : (long)chance(100) - 50;
    if (!plain) {
        piece.has_summary = chance(2);
        piece.summary = pfg_summary_of(piece.has_summary ? some_real() : 0);
        piece.summary.level = 0.95;
        piece.summary.stddev = some_real();
        piece.events = some_real();
        piece.trials = some_real();
        piece.error = some_text(arena);
        piece.budget = some_text(arena);
        piece.budget_crossed = chance(2);
        piece.file = some_text(arena);
    }
    return piece;
}

struct packing {
    struct pfg_arena *arena;
    struct pfg_piece pieces[N_PIECES];
    int64_t series[N_PIECES];
    struct pfg_packer *packer;
    struct pfg_slice pack;
};

static void pack_some(struct packing *p, bool plain, size_t n)
{
    p->arena = pfg_arena_new();
    p->packer = pfg_packer_new();
    for (size_t i = 0; i < n; i++) {
        p->pieces[i] = some_piece(p->arena, i, plain);
        p->series[i] = plain ? (int64_t)i / 6 + 1 : (int64_t)chance(5) - 2;
        pfg_packer_add(p->packer, p->series[i], &p->pieces[i]);
    }
    assert_false(pfg_packer_is_full(p->packer));
    /* Where a sanitizer sees a read past its end. */
    p->pack = pfg_packer_finish(p->packer);
    p->pack = pfg_slice_make(
        memcpy(pfg_alloc(p->pack.len), p->pack.ptr, p->pack.len), p->pack.len);
}

static void free_packing(struct packing *p)
{
    free((char *)p->pack.ptr);
    pfg_packer_free(p->packer);
    pfg_arena_free(p->arena);
}

/* Compares by what a digest is made of. */
static void assert_unpacked(const struct packing *p, size_t n, bool recorded)
{
    const struct pfg_columns columns = pfg_columns_of(NULL, &pfg_kind_piece);
    struct pfg_str want, have;
    struct pfg_unpacker in;

    pfg_str_init(&want, 0);
    pfg_str_init(&have, 0);
    assert_int_equal(
        pfg_unpacker_begin(&in, p->pack, p->arena, recorded ? &have : NULL), 0);
    for (size_t i = 0; i < n; i++) {
        const struct pfg_piece *piece = &p->pieces[i];

        pfg_str_clear(&want);
        pfg_str_clear(&have);
        pfg_columns_record(&want, &columns, piece);
        assert_int_equal(pfg_unpack(&in), 1);
        assert_int_equal(pfg_unpack_piece(&in), 0);
        assert_true(in.series == p->series[i]);
        if (!recorded) {
            assert_int_equal(in.piece.n_written, piece->n_written);
            pfg_columns_record(&have, &columns, &in.piece);
        }
        assert_true(pfg_slice_eq(pfg_str_slice(&want), pfg_str_slice(&have)));
        assert_true(
            pfg_slice_eq(pfg_sample_bytes(piece, p->arena), in.samples));
    }
    assert_int_equal(pfg_unpack(&in), 0);
    pfg_str_free(&want);
    pfg_str_free(&have);
}

static void what_is_packed_is_unpacked(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 200; seed++) {
        struct packing p;
        size_t n = seed % N_PIECES + 1;

        chance_state = seed;
        pack_some(&p, seed % 4 == 0, n);
        assert_unpacked(&p, n, false);
        assert_unpacked(&p, n, true);
        free_packing(&p);
    }
}

static void an_empty_pack_has_no_bytes(void **state)
{
    struct pfg_packer *packer = pfg_packer_new();

    (void)state;
    assert_int_equal(pfg_packer_finish(packer).len, 0);
    pfg_packer_free(packer);
}

static void plain_pieces_take_few_bytes(void **state)
{
    struct packing p;

    (void)state;
    chance_state = 1;
    pack_some(&p, true, N_PIECES);
    /* The samples, the digits as written, and four small integers. */
    assert_in_range(p.pack.len, 8 * N_PIECES, 18 * N_PIECES + 60);
    free_packing(&p);
}

/* Reads all that can be read. */
static int unpack_all(struct pfg_slice pack, bool recorded)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_unpacker in;
    struct pfg_str record;
    int got;

    pfg_str_init(&record, 1 << 20);
    got = pfg_unpacker_begin(&in, pack, arena, recorded ? &record : NULL)
              ? -1
              : pfg_unpack(&in);
    /* A damaged number of pieces is found when the columns end, except where
     * they are constant. */
    for (size_t i = 0; got == 1 && i < 1000; i++) {
        got = pfg_unpack_piece(&in) ? -1 : pfg_unpack(&in);
    }
    pfg_str_free(&record);
    pfg_arena_free(arena);
    return got;
}

static void what_is_cut_off_is_damaged(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 20; seed++) {
        struct packing p;

        chance_state = seed;
        pack_some(&p, seed % 4 == 0, N_PIECES);
        assert_int_equal(unpack_all(p.pack, false), 0);
        for (size_t n = 0; n < p.pack.len; n++) {
            /* A copy, so that a sanitizer sees a read past its end. */
            char *cut = memcpy(pfg_alloc(n + 1), p.pack.ptr, n);

            cut = realloc(cut, n ? n : 1);
            assert_int_equal(unpack_all(pfg_slice_make(cut, n), n % 2), -1);
            free(cut);
        }
        free_packing(&p);
    }
}

static void no_wrong_byte_does_harm(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 20; seed++) {
        struct packing p;

        chance_state = seed;
        pack_some(&p, seed % 4 == 0, N_PIECES);
        for (size_t n = 0; n < 3 * p.pack.len; n++) {
            char *byte = (char *)p.pack.ptr + n % p.pack.len, was = *byte;

            *byte = n < p.pack.len ? (char)(was ^ 0x80) : (char)chance(256);
            unpack_all(p.pack, n % 2);
            *byte = was;
        }
        free_packing(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_is_unpacked),
        cmocka_unit_test(an_empty_pack_has_no_bytes),
        cmocka_unit_test(plain_pieces_take_few_bytes),
        cmocka_unit_test(what_is_cut_off_is_damaged),
        cmocka_unit_test(no_wrong_byte_does_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
