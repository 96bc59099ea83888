/* Every ingester, in the order in which they are tried. Included twice by
 * ingest.c: for the externs and for the table. */
#define PFG_INGESTER_LIST(X)                                                   \
    X(gobench)                                                                 \
    X(gojson)                                                                  \
    X(criterion)                                                               \
    X(criterion_log)                                                           \
    X(wrk)                                                                     \
    X(k6)                                                                      \
    X(k6_ndjson)
