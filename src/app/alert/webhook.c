#include "app/alert/alert.h"

#include <string.h>

#include "app/publish/comment_place.h"
#include "base/str.h"
#include "json/write.h"

/* The hosts of Microsoft's workflows; its older connectors take {"text": ...}.
 */
static bool is_workflow(const char *url)
{
    const char *host = strstr(url, "://");
    const char *end = host ? strchr(host + 3, '/') : NULL;
    struct pfg_slice name = pfg_slice_of("");

    if (host) {
        name = pfg_slice_make(host + 3, end ? (size_t)(end - host - 3)
                                            : strlen(host + 3));
    }
    return pfg_slice_has(name, ".logic.azure.com") ||
           pfg_slice_has(name, ".powerplatform.com");
}

/* Escapes text for Slack; the others decode it. */
static const char *escaped(const char *text, struct pfg_arena *arena)
{
    struct pfg_str out = pfg_str_in(arena);

    for (; *text; text++) {
        switch (*text) {
        case '&':
            pfg_str_puts(&out, "&amp;");
            break;
        case '<':
            pfg_str_puts(&out, "&lt;");
            break;
        case '>':
            pfg_str_puts(&out, "&gt;");
            break;
        default:
            pfg_str_putc(&out, *text);
        }
    }
    return out.ptr;
}

static void write_card(struct pfg_json_writer *w, const char *text)
{
    pfg_json_put_string(w, "type", "message");
    pfg_json_begin(w, "attachments", '[');
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "contentType",
                        "application/vnd.microsoft.card.adaptive");
    pfg_json_begin(w, "content", '{');
    pfg_json_put_string(w, "type", "AdaptiveCard");
    pfg_json_put_string(w, "version", "1.4");
    pfg_json_begin(w, "body", '[');
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "type", "TextBlock");
    pfg_json_put_string(w, "text", text);
    pfg_json_put_bool(w, "wrap", true);
    pfg_json_end(w, '}');
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
    pfg_json_end(w, '}');
    pfg_json_end(w, ']');
}

int pfg_webhook_send(const struct pfg_context *context, const char *url,
                     const char *text, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    static const char *const headers[] = {"User-Agent: perfgate/" PFG_VERSION,
                                          NULL};
    struct pfg_http_options options = {.name = "the webhook",
                                       .api_url = url,
                                       .headers = headers,
                                       .token = url};
    struct pfg_http *http = NULL;
    struct pfg_str body = pfg_str_in(arena);
    struct pfg_json_writer w = {.out = &body};
    enum pfg_http_result result = PFG_HTTP_FAILED;

    text = pfg_arena_printf(arena, "perfgate:\n%s", text);
    pfg_json_begin(&w, NULL, '{');
    if (is_workflow(url)) {
        write_card(&w, text);
    } else {
        pfg_json_put_string(&w, "text", escaped(text, arena));
    }
    pfg_json_end(&w, '}');
    if (!pfg_comment_limits(&options.limits, context, err) &&
        pfg_http_open(&http, &options, err)) {
        if (err && err->code == PFG_USAGE) { /* names the address */
            pfg_fail(err, PFG_USAGE,
                     "--webhook is not the address of a webhook");
        }
    } else if (http) {
        result = pfg_http_send(NULL, http,
                               &(struct pfg_http_request){
                                   .method = "POST",
                                   .path = "",
                                   .body = pfg_str_slice(&body),
                               },
                               err);
    }
    pfg_http_close(http);
    return result == PFG_HTTP_OK ? 0 : -1;
}
