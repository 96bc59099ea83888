/* Replays the inputs that the fuzzers kept: each must return, under the
 * sanitizers as well. */
#include "../fuzz/doors.h"

#include "base/file.h"
#include "check.h"
#include "input/tree.h"

#define MAX_INPUT ((size_t)1 << 20)

static size_t replay(const char *door)
{
    struct pfg_arena *arena = pfg_arena_new();
    const char *folder = pfg_arena_printf(arena, "tests/fuzz/corpus/%s", door);
    struct pfg_tree tree;
    struct pfg_str bytes;

    assert_int_equal(pfg_tree_walk(&tree, folder, arena, NULL), 0);
    for (size_t i = 0; i < tree.n; i++) {
        pfg_str_init(&bytes, 0);
        assert_int_equal(
            pfg_file_read(&bytes,
                          pfg_path_join(arena, folder, tree.parts[i].path),
                          MAX_INPUT, NULL),
            0);
        fuzz_enter(door, (const uint8_t *)bytes.ptr, bytes.len);
        pfg_str_free(&bytes);
    }
    pfg_arena_free(arena);
    return tree.n;
}

static void every_door_stands_its_inputs(void **state)
{
    (void)state;
    for (size_t i = 0; i < FUZZ_N_DOORS; i++) {
        assert_true(replay(fuzz_doors[i].name) > 5);
    }
}

/* "FORMAT\n" and the sample: whole, truncated, and with changed bytes. */
static void try_pieces(const char *format, struct pfg_slice sample)
{
    uint32_t random = 1;

    for (size_t i = 0; i <= 16; i++) {
        struct pfg_str text;

        pfg_str_init(&text, 0);
        pfg_str_printf(&text, "%s\n", format);
        pfg_str_add(&text,
                    pfg_slice_first(sample, sample.len - sample.len * i / 17));
        for (size_t k = strlen(format) + 1; i % 2 && k < text.len;
             k += random >> 22) {
            random = random * 1664525 + 1013904223;
            text.ptr[k] = "09-.,:;\"<>&[]{}=/ \t\n\x80"[(random >> 8) % 20];
        }
        fuzz_enter("formats", (const uint8_t *)text.ptr, text.len);
        pfg_str_free(&text);
    }
}

static void every_format_stands_pieces_of_its_samples(void **state)
{
    (void)state;
    for (size_t i = 0; pfg_ingesters[i]; i++) {
        const char *format = pfg_ingesters[i]->name;
        struct pfg_arena *arena = pfg_arena_new();
        const char *folder = pfg_arena_printf(arena, "tests/data/%s", format);
        struct pfg_tree tree;

        assert_int_equal(pfg_tree_walk(&tree, folder, arena, NULL), 0);
        assert_true(tree.n > 1);
        for (size_t k = 0; k < tree.n; k++) {
            struct pfg_str bytes;

            pfg_str_init(&bytes, 0);
            assert_int_equal(
                pfg_tree_read(&tree, &tree.parts[k], &bytes, MAX_INPUT, NULL),
                0);
            try_pieces(format, pfg_str_slice(&bytes));
            pfg_str_free(&bytes);
        }
        pfg_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_door_stands_its_inputs),
        cmocka_unit_test(every_format_stands_pieces_of_its_samples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
