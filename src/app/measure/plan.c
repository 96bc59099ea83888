#include "app/measure/plan.h"

#include <string.h>

#include "base/arena.h"

/* How a round's results are kept where they are no stdout. */
static const struct {
    const char *tool, *collect;
} collecting[] = {
    {"criterion", "cp -R \"$work/$side/target/criterion\" \"$side-$round\""},
    {"k6", "mv \"$work/$side/summary.json\" \"$side-$round\""},
};

static const char *how_to_collect(const struct pfg_plan *plan)
{
    const struct pfg_tool *tool = pfg_tool_of_command(&plan->command);

    for (size_t i = 0; i < PFG_COUNT(collecting); i++) {
        if (tool && !strcmp(tool->name, collecting[i].tool)) {
            return collecting[i].collect;
        }
    }
    return NULL;
}

/* Seconds of an observation where the command does not say it: what a start of
 * `go test` takes, with a dozen benchmarks. */
#define LENGTH 0.02
/* Rounds, of short observations and of others. */
#define MANY_ROUNDS 100
#define FEW_ROUNDS  10

static bool is_short(const struct pfg_plan *plan, struct pfg_arena *arena)
{
    const struct pfg_tool *tool = pfg_tool_of_command(&plan->command);

    return tool && tool->length &&
           !pfg_tool_length_said(tool, &plan->command, arena);
}

/* The command, with the tool's own filter replaced by ours, and short. */
static void put_command(struct pfg_str *out, const struct pfg_plan *plan)
{
    const struct pfg_tool *tool = pfg_tool_of_command(&plan->command);
    const struct pfg_tool_choice only = {.keep = plan->only,
                                         .n_keep = plan->n_only};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_command_words whole = plan->command, command;

    if (is_short(plan, arena)) {
        tool->length->ask(&whole, &plan->command, LENGTH, arena);
    }
    command = whole;
    pfg_tool_narrow(tool, &command, &whole, &only, arena);
    pfg_words_quote(out, &command);
    if (tool && !strcmp(tool->name, "k6")) {
        pfg_str_puts(out, " --summary-export summary.json");
    }
    pfg_arena_free(arena);
}

static void put_set_up(struct pfg_str *out, const struct pfg_plan *plan)
{
    pfg_str_puts(out, "#!/bin/sh\n"
                      "# Measures base and head in turn, process by process, "
                      "and compares them.\n"
                      "# Printed by 'perfgate plan'.\n"
                      "set -eu\n\nbase=");
    pfg_word_quote(out, plan->base);
    pfg_str_puts(out, " head=");
    pfg_word_quote(out, plan->head);
    pfg_str_puts(out,
                 "\nwork=$(mktemp -d)\n"
                 "clean() {\n"
                 "    for side in base head; do\n"
                 "        git worktree remove --force \"$work/$side\" || :\n"
                 "    done\n"
                 "    rm -rf \"$work\"\n"
                 "}\n"
                 "trap clean EXIT\n"
                 "git worktree add -q --detach \"$work/base\" \"$base\"\n"
                 "git worktree add -q --detach \"$work/head\" \"$head\"\n");
}

static void put_loop(struct pfg_str *out, const struct pfg_plan *plan)
{
    const char *collect = how_to_collect(plan);
    struct pfg_arena *arena = pfg_arena_new();
    bool brief = is_short(plan, arena);

    pfg_arena_free(arena);

    if (plan->seconds) {
        pfg_str_printf(out, "end=$(($(date +%%s) + %ld))\n", plan->seconds);
    }
    pfg_str_puts(out, brief ? "\n# Many short rounds see more than a few long "
                              "ones. A benchmark that a short\n# run measures "
                              "wrong wants a length of its own in the command."
                            : "");
    pfg_str_printf(out,
                   "\nround=1\n"
                   "while [ \"$round\" -le %ld ]",
                   plan->rounds ? plan->rounds
                   : brief      ? MANY_ROUNDS
                                : FEW_ROUNDS);
    if (plan->seconds) {
        /* Fewer than three rounds prove nothing, whatever the budget. */
        pfg_str_puts(out, " &&\n    { [ \"$round\" -le 3 ] || "
                          "[ \"$(date +%s)\" -lt \"$end\" ]; }");
    }
    pfg_str_puts(out, "; do\n"
                      "    # Each side goes first every other round.\n"
                      "    order='base head'\n"
                      "    [ $((round % 2)) -eq 1 ] || order='head base'\n"
                      "    for side in $order; do\n"
                      "        {\n"
                      "            echo \"perfgate-round: $round\"\n"
                      "            (cd \"$work/$side\" && ");
    put_command(out, plan);
    pfg_str_puts(out, ")\n        } >>\"$side.txt\"\n");
    if (collect) {
        pfg_str_printf(out, "        %s\n", collect);
        pfg_str_puts(out,
                     "        set -- \"$@\" \"--$side\" \"$side-$round\"\n");
    }
    pfg_str_puts(out, "    done\n    round=$((round + 1))\ndone\n\n");
}

void pfg_plan_write(struct pfg_str *out, const struct pfg_plan *plan)
{
    bool separate = how_to_collect(plan) != NULL;

    put_set_up(out, plan);
    pfg_str_puts(out, separate ? "set --\n" : "");
    pfg_str_puts(out, ": >base.txt\n: >head.txt\n");
    put_loop(out, plan);
    pfg_str_puts(out, "perfgate compare ");
    if (plan->threshold) {
        pfg_str_puts(out, "--threshold ");
        pfg_word_quote(out, plan->threshold);
        pfg_str_putc(out, ' ');
    }
    pfg_str_puts(out,
                 separate ? "--alternating \"$@\"\n" : "base.txt head.txt\n");
}
