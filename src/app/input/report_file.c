#include "app/input/report_file.h"

#include <string.h>

#include "base/file.h"
#include "model/codec.h"
#include "json/json.h"

/* A report of 10,000 rows with all samples has some 50 MB. */
static const size_t LARGEST = (size_t)1 << 30;

int pfg_report_file_read(struct pfg_report **out, const char *path,
                         struct pfg_error *err)
{
    bool from_stdin = !strcmp(path, "-");
    struct pfg_json_document *document = NULL;
    struct pfg_str text;
    int result = -1;

    pfg_str_init(&text, 0);
    if (pfg_file_read(&text, from_stdin ? "/dev/stdin" : path, LARGEST, err) ||
        pfg_json_parse(&document, pfg_str_slice(&text),
                       from_stdin ? "stdin" : path, 0, NULL, err)) {
        goto out;
    }
    result = pfg_codec_read_report(out, document, err);
out:
    pfg_json_free(document);
    pfg_str_free(&text);
    return result;
}
