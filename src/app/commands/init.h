#ifndef PFG_APP_COMMANDS_INIT_H
#define PFG_APP_COMMANDS_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/str.h"

/* ---- what measures in a repository ---- */

/*
 * Ways of measuring, by what shows in a repository that it uses them. Texts
 * may hold %f, the file that shows it, %p, its folder with a slash behind (""
 * at the top), and %d, the detail that was found in it.
 */
struct pfg_init_tool {
    const char *name;
    const char *id;    /* a word for it */
    const char *files; /* names, or suffixes with a dot, separated by | */
    const char *words; /* one of them stands in it, separated by |; NULL */
    const char *command;
    const char *prepare; /* builds a work tree; NULL */
    const char *results; /* what the command writes; NULL: its output */
    const char *rule;    /* for the configuration, with its comment; NULL */
    const char *server;  /* what it measures has to run: a hint; NULL */
    /* How a CI's machine gets it. */
    const char *steps; /* of GitHub's workflows; NULL: it is there */
    const char *image; /* of GitLab's jobs, of Debian's family */
    const char *shell; /* run in it first, a line each; NULL */
    /* What a command needs to know of the file, or NULL: then it is not shown
     * by this file. No such function: nothing. */
    const char *(*detail)(struct pfg_slice text, const char *path,
                          struct pfg_arena *arena);
};

/* Of several with one name the first that is found counts. */
extern const struct pfg_init_tool pfg_init_tools[];
#define PFG_N_INIT_TOOLS 10

/* Whether a file of that name may show it. */
bool pfg_init_tool_names(const struct pfg_init_tool *tool, const char *path);

/* Whether its text does; *detail is then what was found in it, or "". */
bool pfg_init_tool_shows(const struct pfg_init_tool *tool,
                         struct pfg_slice text, const char *path,
                         const char **detail, struct pfg_arena *arena);

/* One of the tool's texts with what was found put in; "" for NULL. */
const char *pfg_init_tool_fill(const char *text, const char *path,
                               const char *detail, struct pfg_arena *arena);

/* Whether it can go into commands and a workflow as it is. */
bool pfg_init_is_plain(const char *text);

/* ---- the files that are written ---- */

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
