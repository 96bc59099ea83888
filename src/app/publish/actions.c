#include "app/publish/actions.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"

#define SUMMARY_MOST ((off_t)1 << 20)

static off_t size_of(const char *path)
{
    struct stat status;

    return stat(path, &status) ? 0 : status.st_size;
}

/* Appends, because earlier steps may have written to the file. */
static int append(const char *path, struct pfg_slice text,
                  struct pfg_error *err)
{
    FILE *file = fopen(path, "a");
    bool written = file && fwrite(text.ptr, 1, text.len, file) == text.len;
    int why = errno;

    if (file && fclose(file)) {
        written = false;
        why = errno;
    }
    return written ? 0
                   : pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s", path,
                              strerror(why));
}

static int put_summary(const struct pfg_context *context, const char *path,
                       const struct pfg_report *report,
                       const struct pfg_render_options *options,
                       struct pfg_error *err)
{
    struct pfg_render_options whole = *options; /* the summary has room */
    struct pfg_str text;
    int failed;

    whole.all = true;
    pfg_str_init(&text, 0);
    failed = pfg_renderer_find("markdown")->render(&text, report, &whole, err);
    pfg_str_putc(&text, '\n');
    if (!failed && size_of(path) + (off_t)text.len > SUMMARY_MOST) {
        pfg_context_warn(context, "the report does not fit into the job "
                                  "summary, which is limited to 1 MiB");
    } else if (!failed) {
        failed = append(path, pfg_str_slice(&text), err);
    }
    pfg_str_free(&text);
    return failed;
}

static const char *file_of(const struct pfg_destination *destinations, size_t n)
{
    const char *file = "";

    for (size_t i = 0; i < n; i++) {
        bool html = destinations[i].renderer &&
                    !strcmp(destinations[i].renderer->name, "html");

        if (destinations[i].file && (html || !*file)) {
            file = destinations[i].file;
            if (html) {
                break;
            }
        }
    }
    /* A newline would start another output. */
    return strpbrk(file, "\r\n") ? "" : file;
}

/* The outcome, which follows from the exit status. A report without a base that
 * passes because it may is still not "passed". */
static const char *verdict_of(const struct pfg_report *report)
{
    bool passes = report->status == PFG_OK && !*report->unneeded;

    for (size_t i = 0; i < report->n_sections; i++) {
        passes &= !report->sections[i].has_base;
        passes &= !report->sections[i].n_targets;
    }
    return passes ? "no-base" : pfg_report_outcome(report);
}

static int put_outputs(const char *path, const struct pfg_report *report,
                       const char *file, struct pfg_error *err)
{
    struct pfg_str text;
    int failed;

    pfg_str_init(&text, 0);
    pfg_str_printf(&text, "verdict=%s\nregressions=%zu\nreport=%s\n",
                   verdict_of(report), report->counts[PFG_REGRESSED], file);
    failed = append(path, pfg_str_slice(&text), err);
    pfg_str_free(&text);
    return failed;
}

static int put_annotations(const struct pfg_context *context,
                           const struct pfg_report *report,
                           const struct pfg_destination *destinations, size_t n,
                           struct pfg_error *err)
{
    struct pfg_render_options plain = {0};
    FILE *to = context->out;
    struct pfg_str text;
    int failed;

    for (size_t i = 0; i < n; i++) {
        to = destinations[i].file ? to : context->err;
    }
    pfg_str_init(&text, 0);
    failed = pfg_renderer_find("github")->render(&text, report, &plain, err);
    if (!failed && fwrite(text.ptr, 1, text.len, to) != text.len) {
        failed = pfg_fail(err, PFG_SYSTEM, "cannot write the annotations: %s",
                          strerror(errno));
    }
    pfg_str_free(&text);
    return failed;
}

int pfg_actions_publish(const struct pfg_context *context,
                        const struct pfg_report *report,
                        const struct pfg_destination *destinations, size_t n,
                        const struct pfg_render_options *options,
                        struct pfg_error *err)
{
    const char *summary = pfg_env(context, "GITHUB_STEP_SUMMARY");
    const char *outputs = pfg_env(context, "GITHUB_OUTPUT");
    const char *actions = pfg_env(context, "GITHUB_ACTIONS");
    int failed = 0;

    if (!summary && !outputs && !actions) {
        pfg_context_warn(context, "--ci: not a job of GitHub Actions, Gitea or "
                                  "Forgejo; nothing is written");
        return 0;
    }
    if (actions && put_annotations(context, report, destinations, n, err)) {
        failed = -1;
    }
    if (summary && put_summary(context, summary, report, options, err)) {
        failed = -1;
    }
    if (outputs &&
        put_outputs(outputs, report, file_of(destinations, n), err)) {
        failed = -1;
    }
    return failed;
}
