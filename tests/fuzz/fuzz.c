/*
 * Fuzzes one door, DOOR (doors.h). Built with clang's libFuzzer by `make fuzz`;
 * the committed inputs are replayed by test_fuzz_replay in every `make test`.
 */
#include "doors.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter(DOOR, data, size);
    return 0;
}
