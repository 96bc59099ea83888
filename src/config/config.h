#ifndef PFG_CONFIG_CONFIG_H
#define PFG_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "model/codec/format.h"
#include "model/gate.h"
#include "policy/accept.h"
#include "policy/ratio.h"
#include "policy/rule.h"

/*
 * perfgate.json: a team's decisions in one reviewed file. Every key is
 * described once, in keys.c; parsing, messages and the schema use that table.
 */
struct pfg_rename {
    /* a benchmark or suite/benchmark; a parameter, "cpus=8"; a suite,
     * "suite:old" */
    const char *from, *to;
};

/* A suite that `perfgate run` measures; unset texts are "". */
struct pfg_texts {
    const char *const *at;
    size_t n;
};

struct pfg_suite {
    const char *suite;        /* its name */
    const char *command;      /* the shell command to measure */
    const char *prepare;      /* a shell command that builds a work tree */
    const char *results;      /* the file or folder that the command writes */
    struct pfg_texts service; /* shell commands that run beside it */
    struct pfg_texts ready;   /* conditions for each, or for the last one */
    struct pfg_quantity ready_timeout; /* seconds; text NULL: not set */
    int service_per;                   /* 1: session, else round */
    struct pfg_texts watch;            /* processes to measure meanwhile */
    size_t rounds;                     /* at most; 0: not set */
    const char *source;                /* "perfgate.json:12" */
    struct pfg_pos pos;
};

/* Keys of the top level that are set: bits of `sets`. */
enum {
    PFG_CONFIG_THRESHOLD = 1,
    PFG_CONFIG_FAIL_ON = 2,
    PFG_CONFIG_MISSING = 4,
    PFG_CONFIG_NEW = 8,
    PFG_CONFIG_TRUST = 16,
    PFG_CONFIG_ENVIRONMENT = 32,
    PFG_CONFIG_IMPLAUSIBLE = 64,
    PFG_CONFIG_MISSING_SUITE = 128,
    PFG_CONFIG_EXPECT = 256,
};

/* Whose policy judges a change. */
enum pfg_trust {
    PFG_TRUST_HEAD,
    PFG_TRUST_BASE,
};

struct pfg_config {
    struct pfg_arena *arena;
    struct pfg_patterns patterns;
    const char *path; /* as found, for messages */

    unsigned sets;
    double threshold; /* fraction */
    const char *threshold_source;
    unsigned fail_on;
    enum pfg_severity missing, missing_suite, added, implausible;
    const char *base_branch; /* "" : not said */
    enum pfg_trust trust;
    const char *accept_label; /* "" : not said */
    struct pfg_named_patterns environment;
    struct pfg_named_patterns expect; /* benchmarks that the head must have */
    struct pfg_named_patterns paths;  /* files that can change the results */
    const char *environment_source;
    struct pfg_rules rules;
    struct pfg_ratios ratios;
    struct pfg_acceptances accept;
    struct pfg_namings hardware;
    struct pfg_formats formats;
    struct {
        const struct pfg_suite *at;
        size_t n;
    } benchmarks;
    struct {
        const struct pfg_rename *at;
        size_t n;
    } renames;

    PFG_VEC(const char *) warnings; /* "perfgate.json:12: ..." */
};

/*
 * Looks for perfgate.json or perfgate.jsonc in `folder` (absolute) and above it
 * up to the top of its git work tree (outside of one: in `folder` alone). *out
 * is a path relative to `folder`, or NULL if there is none. Both in one folder:
 * PFG_USAGE.
 */
int pfg_config_find(const char **out, const char *folder,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Reads a file, or the text of one. PFG_USAGE with line, column and a
 * suggestion. */
int pfg_config_read(struct pfg_config **out, const char *path,
                    struct pfg_error *err);
int pfg_config_parse(struct pfg_config **out, struct pfg_slice text,
                     const char *path, struct pfg_error *err);
void pfg_config_free(struct pfg_config *config); /* NULL is fine */

/* Applies the file to the policy, except where the command line set something.
 * The policy borrows from the file. */
void pfg_config_apply(const struct pfg_config *config,
                      struct pfg_policy *policy);

/* The value of a rule's field: "5%", "< 8ms". In the arena. */
const char *pfg_config_rule_words(const struct pfg_rule *rule,
                                  enum pfg_rule_field field,
                                  struct pfg_arena *arena);

/*
 * All keys in which two configurations differ, in the order of the table of
 * keys, which makes sure that none is forgotten. NULL is a configuration that
 * does not exist: the defaults. Different spellings of one value, reasons and
 * comments are not changes. What a rule does to a benchmark depends on the
 * other rules: the limits of the rows say it. The texts are in the arena.
 */
struct pfg_report_policy_change;
void pfg_config_changes(struct pfg_report_policy_change **out, size_t *n,
                        const struct pfg_config *base,
                        const struct pfg_config *head, struct pfg_arena *arena);

/* The JSON Schema of the file, for editors. */
void pfg_config_schema(struct pfg_str *out);

#endif
