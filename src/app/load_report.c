#include "app/load_report.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "model/codec.h"
#include "json/json.h"

/* A report of 10,000 rows with all samples has some 50 MB. */
#define MOST_BYTES ((size_t)1 << 30)

int pfg_report_load(struct pfg_report **out, const char *path,
                    struct pfg_error *err)
{
    const char *name = strcmp(path, "-") ? path : "/dev/stdin";
    struct pfg_json_document *document = NULL;
    struct pfg_str text;
    int failed;

    *out = NULL;
    pfg_str_init(&text, 0);
    failed =
        pfg_file_read(&text, name, MOST_BYTES, err) ||
        pfg_json_parse(&document, pfg_str_slice(&text), path, 0, NULL, err) ||
        pfg_codec_read_report(out, document, err);
    pfg_json_free(document);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}
