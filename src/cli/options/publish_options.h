#ifndef PFG_CLI_OPTIONS_PUBLISH_OPTIONS_H
#define PFG_CLI_OPTIONS_PUBLISH_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "app/publish/comment.h"
#include "app/publish/publish.h"
#include "cli/options/options.h"

/* How to show a report: shared by the commands that make one. */
#define PFG_REPORTING_OPTIONS                                                  \
    PFG_HEADING("the report"),                                                 \
        {"report", 'r', "FORMAT[=FILE]",                                       \
         "text, markdown, html, json, junit, csv, github, openmetrics, badge " \
         "or "                                                                 \
         "shields, or profiles=DIR (flame graphs and stacks of --profile); "   \
         "repeatable. Without a file, print it instead of the table"},         \
        {"all", 'a', NULL, "show all rows"},                                   \
        {"quiet", 'q', NULL, "print only the last line of the table"},         \
        {"verbose", 'v', NULL, "also show the numbers behind the verdicts"},   \
        {"templates", 0, "DIR", "templates that replace the built-in ones"},   \
    {                                                                          \
        "report-url", 0, "URL", "the address of the full report, for links"    \
    }

struct pfg_reporting {
    struct pfg_render_options render;
    struct pfg_destination *destinations;
    size_t n;
};

/* Reads the options above. Borrows from the arguments. */
int pfg_reporting_options(struct pfg_reporting *out,
                          const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err);

/* What CI does with a report: shared by the commands that make one. */
#define PFG_CI_OPTIONS                                                         \
    {                                                                          \
        "ci", 0, NULL,                                                         \
            "GitHub Actions: job summary, annotations, and the outputs "       \
            "verdict, regressions and report"                                  \
    }

#define PFG_STATUS_OPTIONS                                                     \
    {"status", 0, "[=NAME]",                                                   \
     "set a status on the head: a check run on GitHub if the token can "       \
     "create one, otherwise a commit status"},                                 \
        {"id", 0, "NAME",                                                      \
         "names this gate; each has its own comment (default: default)"},      \
        {"only-on-change", 0, NULL,                                            \
         "write no comment if nothing changed, but update an earlier one"},    \
        {"keep", 0, NULL,                                                      \
         "keep what the comment said about earlier commits, folded"},          \
        {"token-file", 0, "FILE",                                              \
         "the token (default: PERFGATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN or "  \
         "GITEA_TOKEN)"},                                                      \
    {                                                                          \
        "require", 0, NULL, "fail if the comment or status cannot be written"  \
    }

#define PFG_COMMENTING_OPTIONS                                                 \
    PFG_HEADING("pull requests and CI"),                                       \
        {"comment", 0, NULL,                                                   \
         "create or update the comment on the pull request; see 'perfgate "    \
         "help "                                                               \
         "comment'"},                                                          \
        PFG_STATUS_OPTIONS, PFG_CI_OPTIONS

struct pfg_commenting {
    struct pfg_comment_options post;
    bool posts, ci;
};

/* Reads PFG_COMMENTING_OPTIONS and, from the environment, the other options of
 * `perfgate comment`. Borrows from the arguments. */
int pfg_commenting_options(struct pfg_commenting *out,
                           const struct pfg_arguments *arguments,
                           struct pfg_error *err);

/*
 * Publishes a comparison as both say, and frees it; *status becomes that of its
 * report. A failed comment or status is reported, but not an error; with
 * --require it makes *status PFG_SYSTEM if that was 0. A file that cannot be
 * written is an error.
 */
int pfg_publish_evaluation(struct pfg_evaluation *evaluation,
                           const struct pfg_context *context,
                           const struct pfg_reporting *reporting,
                           const struct pfg_commenting *commenting, int *status,
                           struct pfg_error *err);

#endif
