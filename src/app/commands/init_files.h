#ifndef PFG_APP_COMMANDS_INIT_FILES_H
#define PFG_APP_COMMANDS_INIT_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "app/commands/init_tools.h"
#include "base/str.h"

/* The files that `perfgate init` writes. */

/* A way of measuring that was found, its texts filled in; "" where the tool
 * has none. */
struct pfg_init_found {
    const struct pfg_init_tool *tool;
    const char *path; /* the file that shows it */
    const char *command, *prepare, *results, *steps;
};

struct pfg_init_plan {
    const struct pfg_init_found *found;
    size_t n;
    const char *action; /* "OWNER/perfgate@v0" */
    const char *branch; /* the default one */
    bool listed;        /* they are in perfgate.json; no job names them */
};

/* A forge's way of running jobs. */
struct pfg_init_forge {
    const char *name;
    const char *hosts; /* words in the names of its hosts, separated by | */
    const char *shown; /* a file or folder that shows it; NULL: none does */
    const char *path;  /* of the file that is written */
    void (*write)(struct pfg_str *out, const struct pfg_init_plan *plan);
    /* The file that has to include that one; NULL: it is found by its place. */
    const char *includer;
};

/* The first one is that of a repository that shows none; ended by a NULL
 * name. */
extern const struct pfg_init_forge pfg_init_forges[];

/* Stands in the files for what nobody could know; no account of a forge can
 * have that name, so that a job which still has it fails at once. */
#define PFG_INIT_ACTION "PERFGATE_OWNER/perfgate@v0"
#define PFG_INIT_HOST   "perfgate.invalid"

/* The commented perfgate.json. */
void pfg_init_write_config(struct pfg_str *out,
                           const struct pfg_init_plan *plan);

/* What includes the forge's file: the whole of `includer`, where there was
 * none. */
void pfg_init_write_includer(struct pfg_str *out,
                             const struct pfg_init_forge *forge);

#endif
