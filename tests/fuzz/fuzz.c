/*
 * Fuzzes the ingesters, a family of parsers at a time: FAMILY says which way
 * in is forced. Built with clang's libFuzzer by `make fuzz`; the committed
 * inputs are replayed by test_fuzz_replay in every `make test`.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "family.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_family(FAMILY, data, size);
    return 0;
}
