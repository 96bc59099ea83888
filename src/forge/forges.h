/* Every forge. Included twice by forge.c. */
#define PFG_FORGE_LIST(X)                                                      \
    X(github)                                                                  \
    X(gitlab)                                                                  \
    X(gitea)
