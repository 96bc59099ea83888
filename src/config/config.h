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
 * perfgate.json: what a team decided, in one reviewed file. Every key is
 * described once, in keys.c; parsing, messages and the schema come from there.
 */
struct pfg_rename {
    /* benchmarks, or suite/benchmark; or a parameter, "cpus=8" */
    const char *from, *to;
};

/* A suite that `perfgate run` measures; texts are "" where they are not said.
 */
struct pfg_texts {
    const char *const *at;
    size_t n;
};

struct pfg_suite {
    const char *suite;        /* its name */
    const char *command;      /* for a shell */
    const char *prepare;      /* for a shell, builds a work tree */
    const char *results;      /* a file or folder that the command writes */
    struct pfg_texts service; /* what runs beside the command */
    struct pfg_texts ready;   /* when each is ready, or the last one */
    struct pfg_quantity ready_timeout; /* seconds; text NULL: not said */
    int service_per;                   /* 1: session, else round */
    struct pfg_texts watch; /* what is looked at meanwhile */
    size_t rounds;                     /* at most; 0: not said */
    const char *source;                /* "perfgate.json:12" */
    struct pfg_pos pos;
};

/* What the file's top level can say: bits of `sets`. */
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
    const char *path; /* as it was found, for people */

    unsigned sets;
    double threshold; /* fraction */
    const char *threshold_source;
    unsigned fail_on;
    enum pfg_severity missing, missing_suite, added, implausible;
    const char *base_branch; /* "" : not said */
    enum pfg_trust trust;
    const char *accept_label; /* "" : not said */
    struct pfg_named_patterns environment;
    struct pfg_named_patterns expect; /* what the head must have */
    struct pfg_named_patterns paths;  /* what can change the results */
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
 * Looks for perfgate.json or perfgate.jsonc in `folder` (absolute) and above
 * it up to the top of its git work tree (outside of one: in `folder` alone).
 * *out is a path relative to `folder`, or NULL where there is none. Both in
 * one folder: PFG_USAGE.
 */
int pfg_config_find(const char **out, const char *folder,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Reads a file; PFG_USAGE with line, column and what was probably meant. */
int pfg_config_read(struct pfg_config **out, const char *path,
                    struct pfg_error *err);
int pfg_config_parse(struct pfg_config **out, struct pfg_slice text,
                     const char *path, struct pfg_error *err);
void pfg_config_free(struct pfg_config *config); /* NULL is fine */

/* Lets the file speak where the command line did not: the policy's rules are
 * then those of the file, which it borrows from. */
void pfg_config_apply(const struct pfg_config *config,
                      struct pfg_policy *policy);

/* What a rule says of a field: "5%", "< 8ms". In the arena. */
const char *pfg_config_rule_words(const struct pfg_rule *rule,
                                  enum pfg_rule_field field,
                                  struct pfg_arena *arena);

/* The JSON Schema of the file, for editors. */
void pfg_config_schema(struct pfg_str *out);

#endif
