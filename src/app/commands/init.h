#ifndef PFG_APP_COMMANDS_INIT_H
#define PFG_APP_COMMANDS_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/str.h"

/* ---- benchmarks of a repository ---- */

/*
 * A kind of benchmark, and how to recognise it in a repository. Texts may
 * contain %f (the file that shows it), %p (that file's folder with a trailing
 * slash, "" at the top), and %d (the detail found in it).
 */
struct pfg_init_tool {
    const char *name;
    const char *id;    /* a single word */
    const char *files; /* names, or suffixes beginning with a dot, separated by
                          | */
    const char *words; /* one of these occurs in it, separated by |; NULL */
    const char *command;
    const char *prepare; /* builds a work tree; NULL */
    const char *results; /* the file that the command writes; NULL: its
                            output */
    const char *rule;    /* for the configuration, with its comment; NULL */
    const char *server;  /* a hint, if a server must be running; NULL */
    /* How to install it on a CI machine. */
    const char *steps; /* steps of a GitHub workflow; NULL: not needed */
    const char *image; /* image of a GitLab job, based on Debian */
    const char *shell; /* commands to run in it first, one a line; NULL */
    /* What the command needs to know about the file, or NULL if the file does
     * not show this benchmark after all. No function: nothing. */
    const char *(*detail)(struct pfg_slice text, const char *path,
                          struct pfg_arena *arena);
};

/* Of several with the same name, the first one found counts. */
extern const struct pfg_init_tool pfg_init_tools[];
#define PFG_N_INIT_TOOLS 10

/* Whether a file with that name may show it. */
bool pfg_init_tool_names(const struct pfg_init_tool *tool, const char *path);

/* Whether its text shows it; *detail is what was found in it, or "". */
bool pfg_init_tool_shows(const struct pfg_init_tool *tool,
                         struct pfg_slice text, const char *path,
                         const char **detail, struct pfg_arena *arena);

/* One of the tool's texts, filled in; "" for NULL. */
const char *pfg_init_tool_fill(const char *text, const char *path,
                               const char *detail, struct pfg_arena *arena);

/* Whether it can be used unquoted in commands and workflows. */
bool pfg_init_is_plain(const char *text);

/* ---- the files to write ---- */

/* A benchmark that was found, with its texts filled in; "" if the tool has
 * none. */
struct pfg_init_found {
    const struct pfg_init_tool *tool;
    const char *path; /* the file that shows it */
    const char *command, *prepare, *results, *steps;
};

struct pfg_init_plan {
    const struct pfg_init_found *found;
    size_t n;
    const char *action; /* "OWNER/perfgate@v0" */
    const char *branch; /* the default branch */
    bool listed;        /* they are in perfgate.json, not in the jobs */
};

/* How a forge runs jobs. */
struct pfg_init_forge {
    const char *name;
    const char *hosts; /* words in its host names, separated by | */
    const char *shown; /* a file or folder that is specific to it; NULL: none */
    const char *path;  /* of the file to write */
    void (*write)(struct pfg_str *out, const struct pfg_init_plan *plan);
    /* The file that must include it; NULL: not needed. */
    const char *includer;
};

/* The first is the default; ended by a NULL name. */
extern const struct pfg_init_forge pfg_init_forges[];

/* Placeholders for what cannot be known. No account of a forge can have such a
 * name, so a job with a placeholder fails at once. */
#define PFG_INIT_ACTION "PERFGATE_OWNER/perfgate@v0"
#define PFG_INIT_HOST   "perfgate.invalid"

/* Writes the commented perfgate.json. */
void pfg_init_write_config(struct pfg_str *out,
                           const struct pfg_init_plan *plan);

/* Writes the `includer` of a forge's file, if there was none. */
void pfg_init_write_includer(struct pfg_str *out,
                             const struct pfg_init_forge *forge);

#endif
