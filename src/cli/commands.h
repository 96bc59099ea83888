/* Every subcommand, in the order of the overview. Included twice by
 * command_table.c. */
#define PFG_COMMAND_LIST(X)                                                    \
    X(run)                                                                     \
    X(compare)                                                                 \
    X(ingest)                                                                  \
    X(init)                                                                    \
    X(explain)                                                                 \
    X(doctor)                                                                  \
    X(profile)                                                                 \
    X(report)                                                                  \
    X(comment)                                                                 \
    X(templates)                                                               \
    X(history)                                                                 \
    X(trend)                                                                   \
    X(bisect)                                                                  \
    X(site)                                                                    \
    X(baseline)                                                                \
    X(db)                                                                      \
    X(accept)                                                                  \
    X(config)                                                                  \
    X(hardware)                                                                \
    X(help)
