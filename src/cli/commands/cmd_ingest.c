#include "app/database/share.h"
#include "base/clock.h"
#include "cli/options/database_options.h"
#include "cli/options/input_options.h"

static const struct pfg_option options[] = {
    {"commit", 'c', "REV|NAME",
     "the commit or version measured (default: HEAD, or the pull request's "
     "head in CI)"},
    {"config", 0, "FILE",
     "the configuration with the names of machines (default: perfgate.json in "
     "this or a parent folder)"},
    {"hardware", 0, "NAME",
     "the measured machine (default: this one, detected)"},
    PFG_DATABASE_OPTIONS,
    {"variant", 0, "KEY=VALUE",
     "how the code was built (go=1.23); variants are never mixed; repeatable"},
    {"env", 0, "KEY=VALUE", "a fact to record with the results; repeatable"},
    {"value", 0, "NAME=NUMBER[UNIT]",
     "store one number: 'startup time=12.3ms'; repeatable, with or without "
     "paths"},
    {"commit-from-file", 0, NULL,
     "import a history: store each result under the commit named in the file "
     "(github-action-benchmark's data.js, asv, critcmp, pytest-benchmark)"},
    {"at", 0, "TIME",
     "the time of measurement (RFC 3339, or seconds since 1970)"},
    {"push", 0, "[=REMOTE]",
     "then add the database to the shared history of REMOTE (default: origin); "
     "see 'perfgate db push'"},
    {"dry-run", 'n', NULL, "read the input without storing it"},
    {"quiet", 'q', NULL, "do not show progress"},
    {"print", 'p', NULL, "print what was read, as JSON lines"},
    PFG_READING_OPTIONS,
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_record_options record = {
        .paths = arguments->words,
        .n_paths = arguments->n_words,
        .database = pfg_arguments_value(arguments, "db"),
        .commit = pfg_arguments_value(arguments, "commit"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .config = pfg_arguments_value(arguments, "config"),
        .dry_run = pfg_arguments_flag(arguments, "dry-run"),
        .print = pfg_arguments_flag(arguments, "print"),
    };
    const char *push = pfg_arguments_value(arguments, "push");
    const struct pfg_shared_options shared = {.database = record.database,
                                              .remote =
                                                  push && *push ? push : NULL,
                                              .limit = PFG_SHARED_LIMIT};
    const char *at = pfg_arguments_value(arguments, "at");
    bool split = pfg_arguments_flag(arguments, "commit-from-file");

    record.n_values = pfg_arguments_all(arguments, "value", &record.values);
    if (!record.n_paths && !record.n_values) {
        pfg_fail(err, PFG_USAGE, "nothing to ingest");
        return pfg_hint(err, "name files or directories, or - for standard "
                             "input");
    }
    if (split && (record.commit || record.n_values)) {
        return pfg_fail(err, PFG_USAGE,
                        "--commit-from-file and --%s cannot be combined",
                        record.commit ? "commit" : "value");
    }
    if (pfg_input_options(&record.read, arguments, err) ||
        pfg_input_facts(&record.read.collect.variant,
                        &record.read.collect.n_variant, arguments, "variant",
                        err) ||
        pfg_input_facts(&record.read.facts, &record.read.n_facts, arguments,
                        "env", err)) {
        return -1;
    }
    record.read.collect.split = split;
    record.read.collect.only_values = record.dry_run && !record.print;
    if (at && pfg_time_parse(&record.read.at, pfg_slice_of(at))) {
        pfg_fail(err, PFG_USAGE, "--at expects a time, not '%s'", at);
        return pfg_hint(err, "write 2026-11-21T07:49:48Z, or seconds since "
                             "1970");
    }
    return pfg_record(context, &record, err) ||
                   (push && !record.dry_run &&
                    pfg_db_push(context, &shared, err))
               ? -1
               : 0;
}

const struct pfg_command pfg_command_ingest = {
    .name = "ingest",
    .group = "start here",
    .summary = "read benchmark output and store it under the commit",
    .usage = "[OPTIONS] PATH...",
    .about =
        "Reads the output of benchmark tools from files, directories "
        "(target/criterion) or standard input (-). The format is detected by "
        "content. Each path counts as one process: three runs of a load test "
        "are three files.\n\n"
        "  go test -bench . -count 10 ./... | tee bench.txt\n"
        "  perfgate ingest bench.txt\n\n"
        "A single number needs no file:\n\n"
        "  perfgate ingest --value 'startup time=12.3ms'\n\n"
        "All paths are stored in one transaction, or none is. Ingesting the "
        "same file again for the same version and hardware stores nothing "
        "new.\n",
    .options = options,
    .run = run,
};
