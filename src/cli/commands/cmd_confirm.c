#include <string.h>

#include "app/measure/confirm/confirm.h"
#include "cli/options.h"

static const struct pfg_option options[] = {
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    if (arguments->n_words != 2) {
        pfg_fail(err, PFG_USAGE, "confirm wants two reports, not %zu",
                 arguments->n_words);
        return pfg_hint(err, "perfgate confirm first.json second.json, both "
                             "of 'perfgate compare --screen --report "
                             "json=FILE'");
    }
    for (size_t i = 0; i < 2; i++) {
        if (!strcmp(arguments->words[i], "-")) {
            return pfg_fail(err, PFG_USAGE,
                            "the reports must be files: what "
                            "was decided is kept beside the first");
        }
    }
    return pfg_confirm(arguments->status, context, arguments->words[0],
                       arguments->words[1], err);
}

const struct pfg_command pfg_command_confirm = {
    .name = "confirm",
    .group = "measure and look closer",
    .summary = "decide on the candidates of a first look by a second one",
    .usage = "FIRST SECOND",
    .about =
        "FIRST and SECOND are reports of 'perfgate compare --screen', the "
        "second of new\nmeasurements of both sides: of the candidates at "
        "least, later or on another\nmachine. What both select, over its "
        "limit, is regressed. By chance alone that\nhappens in no more than "
        "2% of unchanged suites, and changes are found that one\nlook would "
        "miss.\n\n"
        "  perfgate compare --screen --report json=first.json  old.txt "
        "new.txt\n"
        "  perfgate compare --screen --report json=second.json old2.txt "
        "new2.txt\n"
        "  perfgate confirm first.json second.json\n\n"
        "The decision is taken once, never again until it is green: "
        "FIRST.confirmed keeps\nit, and a second try is refused. Keep it with "
        "FIRST where a CI job is repeated.\n\n"
        "exit status: 0 nothing was confirmed; 1 something regressed, or was "
        "errored,\nmissing or over its budget; 2 the two do not belong "
        "together (limits, versions,\nbase or head differ), or FIRST was "
        "settled before; 3 SECOND is no new measurement,\nor a candidate was "
        "not measured again; 4 the decision could not be kept.\n",
    .options = options,
    .run = run,
};
