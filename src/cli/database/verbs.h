#ifndef PFG_CLI_DATABASE_VERBS_H
#define PFG_CLI_DATABASE_VERBS_H

#include "cli/options/options.h"

/* The verbs of 'perfgate db' other than push and pull (app/database/share.h).
 * Results go to out, messages to err. Verbs that only read leave the file as it
 * is, whatever its version. */

/* Checks the database given as a word or with --db. Findings are PFG_SYSTEM,
 * with a hint. --repair first removes damaged results, and keeps a copy of the
 * original file. */
pfg_verb_function pfg_db_check;
/* Shows the number of results, their times and their hardware. */
pfg_verb_function pfg_db_stats;
/* Lists the stored versions on each hardware, the last measured first. */
pfg_verb_function pfg_db_list;

/* Merges databases into one: see pfg_store_merge(). */
pfg_verb_function pfg_db_merge;

/* Removes the runs that meet all given conditions, except those of baselines,
 * and returns their space to the file system. */
pfg_verb_function pfg_db_prune;

/*
 * Writes all runs, or those of some revisions without named baselines, as JSON
 * lines. The order depends only on the contents, so that equal databases give
 * the same text:
 *
 *     {"perfgate":"export","version":1}
 *     {"id":"...","run":{...}}                 as in a baseline file
 *     {"baseline":{"name":...,"runs":[ids]}}
 *     {"change":{...}}                         a change of a name
 */
pfg_verb_function pfg_db_export;
/* Merges exported files, all or none. PFG_DATA with the position. */
pfg_verb_function pfg_db_import;

#endif
