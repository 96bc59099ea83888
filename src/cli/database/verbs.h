#ifndef PFG_CLI_DATABASE_VERBS_H
#define PFG_CLI_DATABASE_VERBS_H

#include "cli/options/options.h"

/* The verbs of 'perfgate db', except for push and pull (app/database/share.h).
 * Results go to out, messages to err. Verbs that only read leave the file as it
 * is, whatever its version. */

/* Checks the database given as a word or with --db. Any finding is PFG_SYSTEM,
 * with a hint. With --repair damaged results are removed first, and the
 * original file is kept. */
pfg_verb_function pfg_db_check;
/* Shows how many results there are, their age and their hardware. */
pfg_verb_function pfg_db_stats;
/* Lists the stored versions for each hardware, the last measured first. */
pfg_verb_function pfg_db_list;

/* Merges databases into one: see pfg_store_merge(). */
pfg_verb_function pfg_db_merge;

/* Removes runs that meet all given conditions, except those of baselines, and
 * frees their space. */
pfg_verb_function pfg_db_prune;

/*
 * Writes all runs, or those of some revisions without named baselines, as JSON
 * lines. The order depends on the contents only, so that equal databases give
 * the same text:
 *
 *     {"perfgate":"export","version":1}
 *     {"id":"...","run":{...}}                 as in a baseline file
 *     {"baseline":{"name":...,"runs":[ids]}}
 *     {"change":{...}}                         what a name has meant
 */
pfg_verb_function pfg_db_export;
/* Merges exported files; all or none. PFG_DATA with the place. */
pfg_verb_function pfg_db_import;

#endif
