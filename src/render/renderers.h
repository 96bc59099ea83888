/* Every report format. Included twice by render.c. */
#define PFG_RENDERER_LIST(X)                                                   \
    X(text)                                                                    \
    X(markdown)                                                                \
    X(html)                                                                    \
    X(json)                                                                    \
    X(junit)                                                                   \
    X(csv)                                                                     \
    X(github)                                                                  \
    X(openmetrics)                                                             \
    X(badge)                                                                   \
    X(shields)
