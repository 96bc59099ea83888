#ifndef PFG_CLI_DATABASE_VERBS_H
#define PFG_CLI_DATABASE_VERBS_H

#include "cli/options/options.h"

/* What 'perfgate db' does with its options and words, except for what is shared
 * (app/database/share.h). Results go to out, what was done to err. Reading
 * leaves the file as it is, of whatever version. */

/* Of the database that is a word, or --db: says what is wrong; anything is
 * PFG_SYSTEM, with what to do. With --repair it first removes what is not what
 * was stored; the file as it was is kept. */
pfg_verb_function pfg_db_check;
/* How much there is, of when, of which hardware. */
pfg_verb_function pfg_db_stats;
/* The versions that are stored, for each hardware, that measured last first. */
pfg_verb_function pfg_db_list;

/* Brings databases together in one: see pfg_store_merge(). */
pfg_verb_function pfg_db_merge;

/* Removes the runs for which everything that is asked holds, but none that a
 * baseline names, and gives back the room. */
pfg_verb_function pfg_db_prune;

/*
 * Writes runs as JSON lines, in an order of their own, so that two databases
 * with the same contents give the same text:
 *
 *     {"perfgate":"export","version":1}
 *     {"id":"...","run":{...}}                 as in a baseline file
 *     {"baseline":{"name":...,"runs":[ids]}}
 *     {"change":{...}}                         what a name has meant
 *
 * The runs of some revisions, without names, or everything.
 */
pfg_verb_function pfg_db_export;
/* Merges what was exported; all files or none. PFG_DATA with the place. */
pfg_verb_function pfg_db_import;

#endif
