#include "input/pack.h"

#include <zlib.h>

#include "base/memory.h"

#define GZIP_WINDOW (15 + 16)
#define MEMORY      8 /* zlib's default */

void pfg_pack(struct pfg_str *out, struct pfg_slice bytes)
{
    z_stream z = {.next_in = (Bytef *)(bytes.len ? bytes.ptr : ""),
                  .avail_in = (uInt)bytes.len};
    char room[16384];
    int result;

    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        pfg_out_of_memory();
    }
    do {
        z.next_out = (Bytef *)room;
        z.avail_out = sizeof room;
        result = deflate(&z, Z_FINISH);
        pfg_str_add(out, pfg_slice_make(room, sizeof room - z.avail_out));
    } while (result == Z_OK);
    deflateEnd(&z);
}
