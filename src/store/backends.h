/* Every store, in the order in which they are asked whether a path is theirs;
 * the last takes any. Included twice by store_calls.c: for the externs and for
 * the table. */
#define PFG_STORE_LIST(X) X(sqlite)
