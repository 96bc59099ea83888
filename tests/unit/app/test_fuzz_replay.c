/* What the fuzzers found worth keeping, read again: every input must come
 * back, under the sanitizers too. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_door_stands_its_inputs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
