#include <string.h>
#include <sys/stat.h>

#include "app/input/report_file.h"
#include "app/publish/comment.h"
#include "base/arena.h"
#include "base/file.h"
#include "cli/options/options.h"
#include "cli/options/publish_options.h"

static const struct pfg_option options[] = {
    {"from", 0, "FILE",
     "a JSON report, or - for stdin; repeatable, for one comment"},
    PFG_STATUS_OPTIONS,
    {"failed", 0, "TEXT",
     "instead of a report, post that nothing could be measured, with the "
     "reason"},
    {"part", 0, "NAME",
     "names this job if several jobs share a gate (a matrix); each job has its "
     "own comment"},
    {"no-comment", 0, NULL, "set only the status"},
    {"forge", 0, "NAME", "github, gitlab or gitea (default: from the CI)"},
    {"repo", 0, "OWNER/NAME", "the repository (default: the CI's)"},
    {"pr", 0, "N", "the pull or merge request (default: the CI's)"},
    {"sha", 0, "SHA",
     "the head commit; a report for a different commit is refused (default: "
     "the CI's)"},
    {"api-url", 0, "URL",
     "the address of the forge's API (default: the CI's, else the public one)"},
    {"report-url", 0, "URL", "the address of the full report"},
    {"dry-run", 'n', NULL, "print the comment without connecting to the forge"},
    {0},
};

/* The report may come from a stranger's job, so its size is limited; one of
 * 10,000 rows with all samples has about 50 MB. */
enum { MOST_BYTES = 128 << 20, MOST_REPORTS = 100 };

static int check_file(const char *path, struct pfg_error *err)
{
    struct stat status;

    return strcmp(path, "-") && !stat(path, &status) &&
                   status.st_size > MOST_BYTES
               ? pfg_fail(err, PFG_DATA, "'%s' has more than %d MB", path,
                          MOST_BYTES >> 20)
               : 0;
}

/* "linux" for "out/linux.json". The action calls all of them report.json, so
 * these are named after their folder: "go" for
 * "perfgate-report-go/report.json". */
static const char *name_of(const char *path, struct pfg_arena *arena)
{
    const char *folder = pfg_path_folder(arena, path);
    struct pfg_slice name = pfg_slice_of(pfg_path_name(path));

    if (!strcmp(name.ptr, "report.json") && strcmp(folder, ".") != 0) {
        name = pfg_slice_of(pfg_path_name(folder));
        (void)(pfg_take(&name, "perfgate-report-") ||
               pfg_take(&name, "perfgate-"));
    } else if (pfg_slice_ends(name, ".json") && name.len > 5) {
        name.len -= 5;
    }
    return pfg_arena_slice(arena, name);
}

static int read_options(struct pfg_comment_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    struct pfg_commenting commenting;

    if (arguments->n_words) {
        pfg_fail(err, PFG_USAGE, "unexpected argument '%s'",
                 arguments->words[0]);
        return pfg_hint(err, "perfgate comment --from %s", arguments->words[0]);
    }
    if (pfg_commenting_options(&commenting, arguments, err)) {
        return -1;
    }
    *out = commenting.post;
    out->no_comment = pfg_arguments_flag(arguments, "no-comment");
    out->failed = pfg_arguments_value(arguments, "failed");
    out->check_head = true;
    out->target.dry_run = pfg_arguments_flag(arguments, "dry-run");
    return pfg_comment_check(out, err);
}

static int too_many(size_t n, const char *instead, struct pfg_error *err)
{
    if (n && instead) {
        return pfg_fail(err, PFG_USAGE, "no report given, and no --failed");
    }
    if (!n && !instead) {
        pfg_fail(err, PFG_USAGE, "which report?");
        return pfg_hint(
            err, "write one with 'perfgate compare --report json=report.json', "
                 "then give it with --from report.json");
    }
    return n > MOST_REPORTS
               ? pfg_fail(err, PFG_USAGE, "more than %d reports", MOST_REPORTS)
               : 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_comment_options post;
    struct pfg_named_report *reports;
    const char *const *from;
    size_t n = pfg_arguments_all(arguments, "from", &from), read = 0;
    int failed;

    if (read_options(&post, arguments, err) || too_many(n, post.failed, err)) {
        return -1;
    }
    reports = pfg_arena_new_array(arguments->arena, struct pfg_named_report, n);
    for (failed = 0; read < n && !failed; read += !failed) {
        struct pfg_report *report = NULL;

        failed = check_file(from[read], err) ||
                 pfg_report_file_read(&report, from[read], false, err);
        reports[read] = (struct pfg_named_report){
            report, name_of(from[read], arguments->arena)};
    }
    if (!failed) {
        failed = pfg_comment_post(context, reports, n, &post, err);
    }
    while (read > 0) {
        pfg_arena_free(reports[--read].report->arena);
    }
    return failed ? -1 : 0;
}

const struct pfg_command pfg_command_comment = {
    .name = "comment",
    .group = "measure and look closer",
    .summary = "write the comment on a pull request, and the head's status",
    .usage = "--from FILE... [OPTIONS]",
    .about =
        "Writes reports from 'perfgate compare --report json=FILE' as one "
        "comment on the pull or merge request; later pushes update it. "
        "Several reports (such as a matrix of hardware) become one comment, "
        "with failing reports first. Works with GitHub, GitHub Enterprise, "
        "GitLab, Gitea and Forgejo.\n\n"
        "  perfgate compare --report json=report.json || status=$?\n"
        "  perfgate comment --from report.json --status\n\n"
        "'perfgate compare --comment' does both at once. Repository, number "
        "and head come from the CI. The token is read from the environment or "
        "a file, is sent only to the forge, and is never printed.\n\n"
        "In a job without a pull request, or with the read-only token of a "
        "fork's pull request, no comment is written: perfgate warns and exits "
        "with 0. With --require both are errors. See docs/ci.md.\n\n"
        "exit status: 0 written, or nothing to write to; 2 wrong usage, no "
        "token, or a report for a different commit; 3 unreadable report; 4 "
        "the forge refused the comment or could not be reached.\n",
    .options = options,
    .run = run,
};
