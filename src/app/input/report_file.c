#include "app/input/report_file.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "compare/compare.h"
#include "model/codec/codec.h"
#include "json/json.h"

/* A report of 9,000 rows with twenty samples per side has 23 MB. Reports may
 * come from untrusted jobs, so their cost is bounded. */
static const size_t LARGEST = (size_t)64 << 20;

int pfg_report_file_read(struct pfg_report **out, const char *path,
                         bool trusted, struct pfg_error *err)
{
    bool from_stdin = !strcmp(path, "-");
    struct pfg_str text;
    int result = -1;

    pfg_str_init(&text, 0);
    if (pfg_file_read(&text, from_stdin ? "/dev/stdin" : path, LARGEST, err) ||
        pfg_codec_read_report(out, &text, from_stdin ? "stdin" : path,
                              trusted ? 0 : PFG_JSON_FRUGAL, err)) {
        goto out;
    }
    result = pfg_report_verify(*out, err);
    if (result) {
        snprintf(err->file, sizeof err->file, "%s",
                 from_stdin ? "stdin" : path);
        pfg_report_free(*out);
    }
out:
    pfg_str_free(&text);
    return result;
}
