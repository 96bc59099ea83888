/* Every subcommand, in the order of the overview. Included twice by
 * commands.c. */
#define PFG_COMMAND_LIST(X)                                                    \
    X(compare)                                                                 \
    X(ingest)                                                                  \
    X(plan)                                                                    \
    X(baseline)                                                                \
    X(hardware)                                                                \
    X(help)
