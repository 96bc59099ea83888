#include "app/history/write_site.h"
#include "cli/options/database_options.h"

static const struct pfg_option options[] = {
    {"output", 'o', "DIR", "the folder to write, created if necessary"},
    {"title", 0, "TEXT", "the title of the overview (default: Performance)"},
    {"url", 0, "URL", "where the site will be, for the feed"},
    {"commit-url", 0, "URL",
     "the address of commits for links; the ID is appended (default: in CI the "
     "forge's)"},
    {"report", 'r', "FILE", "an HTML report to include as the latest"},
    {"config", 0, "FILE",
     "the configuration with the acceptances (default: perfgate.json in this "
     "or a parent folder)"},
    PFG_HISTORY_OPTIONS,
    {0},
};

static const char *with_slash(const char *url, struct pfg_arena *arena)
{
    return url && !pfg_slice_ends(pfg_slice_of(url), "/")
               ? pfg_arena_printf(arena, "%s/", url)
               : url;
}

static int check_url(const char *option, const char *url, struct pfg_error *err)
{
    struct pfg_slice text = pfg_slice_of(url);

    return !url || pfg_slice_starts(text, "https://") ||
                   pfg_slice_starts(text, "http://")
               ? 0
               : pfg_fail(err, PFG_USAGE,
                          "--%s expects an http address, not '%s'", option,
                          url);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_site_options site = {
        .folder = pfg_arguments_value(arguments, "output"),
        .title = pfg_arguments_value(arguments, "title"),
        .url =
            with_slash(pfg_arguments_value(arguments, "url"), arguments->arena),
        .commit_url = with_slash(pfg_arguments_value(arguments, "commit-url"),
                                 arguments->arena),
        .report = pfg_arguments_value(arguments, "report"),
    };
    const struct pfg_trend_options trend = {
        .config = pfg_arguments_value(arguments, "config")};
    struct pfg_history_options asked;
    struct pfg_histories histories;
    int failed;

    if (!site.folder) {
        pfg_fail(err, PFG_USAGE, "where to?");
        return pfg_hint(err, "perfgate site --output DIR");
    }
    if (check_url("url", site.url, err) ||
        check_url("commit-url", site.commit_url, err) ||
        pfg_history_options_read(&asked, arguments, err)) {
        return -1;
    }
    if (asked.n_projects && (site.commit_url || site.report)) {
        return pfg_fail(err, PFG_USAGE, "--%s works only with one project",
                        site.report ? "report" : "commit-url");
    }
    failed =
        pfg_histories_read(&histories, context, &asked, true, &trend, err) ||
        pfg_site_write(context, &histories, &site, err);
    pfg_histories_free(&histories);
    return failed ? -1 : 0;
}

const struct pfg_command pfg_command_site = {
    .name = "site",
    .group = "results and machines",
    .summary = "write a static site of all histories",
    .usage = "--output DIR [OPTIONS] [BENCHMARK...]",
    .about =
        "Writes a site for GitHub Pages, GitLab Pages or any web server: an "
        "overview by hardware and suite, a page for each benchmark with its "
        "history on all hardware, an Atom feed of regressions (feed.atom), "
        "index.json, and the numbers of each series (data/NAME.jsonl). The "
        "site needs no network and no script. Unchanged files are not "
        "rewritten, and new numbers are appended. docs/history.md has "
        "examples.\n\n"
        "  perfgate site --output public\n"
        "  perfgate site --output public --report report.html --url "
        "https://o.github.io/r\n\n"
        "exit status: 0 written; 2 wrong usage; 3 no results; 4 disk, "
        "database or git failed.\n",
    .options = options,
    .run = run,
};
