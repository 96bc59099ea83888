/* Every ingester, in the order in which they are tried. Included twice by
 * dispatch.c: for the externs and for the table. */
#define PFG_INGESTER_LIST(X)                                                   \
    X(gobench)                                                                 \
    X(gojson)                                                                  \
    X(criterion)                                                               \
    X(criterion_log)                                                           \
    X(cargo_criterion)                                                         \
    X(libtest)                                                                 \
    X(wrk)                                                                     \
    X(k6)                                                                      \
    X(k6_ndjson)                                                               \
    X(k6_csv)                                                                  \
    X(k6_text)                                                                 \
    X(autocannon)                                                              \
    X(bombardier)                                                              \
    X(hey)                                                                     \
    X(oha)                                                                     \
    X(vegeta)                                                                  \
    X(locust)                                                                  \
    X(hyperfine)                                                               \
    X(google_benchmark)                                                        \
    X(google_benchmark_csv)                                                    \
    X(pytest_benchmark)                                                        \
    X(jmh)                                                                     \
    X(benchmarkdotnet)                                                         \
    X(catch2)                                                                  \
    X(asv)                                                                     \
    X(critcmp)                                                                 \
    X(github_action_benchmark)                                                 \
    X(bmf)                                                                     \
    X(json)                                                                    \
    X(csv)                                                                     \
    X(keyvalue)
