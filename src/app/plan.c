#include "app/plan.h"

#include <string.h>

/* What differs between tools: where results appear, how to choose. */
struct tool {
    const char *name;
    const char *first, *second; /* words of the command */
    const char *filter;         /* option before the filter; "" : a word */
    const char *collect;        /* copies what a run left; NULL: stdout */
};

static const struct tool tools[] = {
    {"go", "go", "test", "-bench", NULL},
    {"criterion", "cargo", "bench", "--",
     "cp -R \"$work/$side/target/criterion\" \"$side-$round\""},
    {"k6", "k6", "run", NULL, "mv \"$work/$side/summary.json\" "
                              "\"$side-$round\""},
    {"wrk", "wrk", NULL, NULL, NULL},
};

static const struct tool *find_tool(const struct pfg_plan *plan)
{
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        const struct tool *tool = &tools[i];

        if (plan->n_command && !strcmp(plan->command[0], tool->first) &&
            (!tool->second || (plan->n_command > 1 &&
                               !strcmp(plan->command[1], tool->second)))) {
            return tool;
        }
    }
    return NULL;
}

bool pfg_plan_filters(const struct pfg_plan *plan)
{
    const struct tool *tool = find_tool(plan);

    return tool && tool->filter;
}

/* A word as the shell reads it back. */
static void put_quoted(struct pfg_str *out, const char *word)
{
    bool plain = *word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_-+=./:,@%^")];

    if (plain) {
        pfg_str_puts(out, word);
        return;
    }
    pfg_str_putc(out, '\'');
    for (; *word; word++) {
        pfg_str_puts(out, *word == '\'' ? "'\\''" : "");
        if (*word != '\'') {
            pfg_str_putc(out, *word);
        }
    }
    pfg_str_putc(out, '\'');
}

void pfg_plan_filter(struct pfg_str *out, const char *const *names, size_t n)
{
    pfg_str_puts(out, "^(");
    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(out, i ? "|" : "");
        for (const char *c = names[i]; *c; c++) {
            pfg_str_puts(out, strchr("\\^$.|?*+()[]{}", *c) ? "\\" : "");
            pfg_str_putc(out, *c);
        }
    }
    pfg_str_puts(out, ")$");
}

/* Go matches level by level: only the part before the first slash can be
 * chosen as a set. */
static void put_go_filter(struct pfg_str *out, const char *const *names,
                          size_t n)
{
    struct pfg_str filter;

    pfg_str_init(&filter, 0);
    pfg_str_puts(&filter, "^(");
    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(names[i], "/"), j = 0;

        while (j < i && (strcspn(names[j], "/") != length ||
                         strncmp(names[j], names[i], length))) {
            j++;
        }
        if (j == i) {
            pfg_str_printf(&filter, "%s%.*s", i ? "|" : "", (int)length,
                           names[i]);
        }
    }
    pfg_str_puts(&filter, ")$");
    put_quoted(out, filter.ptr);
    pfg_str_free(&filter);
}

static void put_filter(struct pfg_str *out, const struct pfg_plan *plan,
                       const struct tool *tool)
{
    struct pfg_str filter;

    if (!strcmp(tool->name, "go")) {
        put_go_filter(out, plan->only, plan->n_only);
        return;
    }
    pfg_str_init(&filter, 0);
    pfg_plan_filter(&filter, plan->only, plan->n_only);
    put_quoted(out, filter.ptr);
    pfg_str_free(&filter);
}

/* The command, with the tool's own filter replaced by ours. */
static void put_command(struct pfg_str *out, const struct pfg_plan *plan)
{
    const struct tool *tool = find_tool(plan);
    bool choose = plan->n_only && tool && tool->filter;
    bool replaced = false;

    for (size_t i = 0; i < plan->n_command; i++) {
        pfg_str_puts(out, i ? " " : "");
        put_quoted(out, plan->command[i]);
        if (choose && !strcmp(plan->command[i], tool->filter)) {
            pfg_str_putc(out, ' ');
            put_filter(out, plan, tool);
            i += i + 1 < plan->n_command && strcmp(tool->filter, "--");
            replaced = true;
        }
    }
    if (choose && !replaced) {
        pfg_str_printf(out, " %s ", tool->filter);
        put_filter(out, plan, tool);
    }
    if (tool && !strcmp(tool->name, "k6")) {
        pfg_str_puts(out, " --summary-export summary.json");
    }
}

static void put_set_up(struct pfg_str *out, const struct pfg_plan *plan)
{
    pfg_str_puts(out, "#!/bin/sh\n"
                      "# Measures base and head in turn, process by process, "
                      "and compares them.\n"
                      "# Printed by 'perfgate plan'.\n"
                      "set -eu\n\nbase=");
    put_quoted(out, plan->base);
    pfg_str_puts(out, " head=");
    put_quoted(out, plan->head);
    pfg_str_puts(
        out,
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
    const struct tool *tool = find_tool(plan);

    if (plan->seconds) {
        pfg_str_printf(out, "end=$(($(date +%%s) + %ld))\n", plan->seconds);
    }
    pfg_str_printf(out,
                   "\nround=1\n"
                   "while [ \"$round\" -le %ld ]", plan->rounds);
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
    if (tool && tool->collect) {
        pfg_str_printf(out, "        %s\n", tool->collect);
        pfg_str_puts(out,
                     "        set -- \"$@\" \"--$side\" \"$side-$round\"\n");
    }
    pfg_str_puts(out, "    done\n    round=$((round + 1))\ndone\n\n");
}

void pfg_plan_write(struct pfg_str *out, const struct pfg_plan *plan)
{
    const struct tool *tool = find_tool(plan);
    bool separate = tool && tool->collect;

    put_set_up(out, plan);
    pfg_str_puts(out, separate ? "set --\n" : "");
    pfg_str_puts(out, ": >base.txt\n: >head.txt\n");
    put_loop(out, plan);
    pfg_str_puts(out, "perfgate compare ");
    if (plan->threshold) {
        pfg_str_puts(out, "--threshold ");
        put_quoted(out, plan->threshold);
        pfg_str_putc(out, ' ');
    }
    pfg_str_puts(out, separate ? "--alternating \"$@\"\n"
                               : "base.txt head.txt\n");
}

/* One name, a comma, the next: what a script takes apart by itself. */
static void put_list(struct pfg_str *out, const char *const *names, size_t n)
{
    struct pfg_str list;

    pfg_str_init(&list, 0);
    for (size_t i = 0; i < n; i++) {
        pfg_str_printf(&list, "%s%s", i ? "," : "", names[i]);
    }
    put_quoted(out, list.ptr);
    pfg_str_free(&list);
}

static void put_own_filters(struct pfg_str *out, const char *const *names,
                            size_t n)
{
    pfg_str_puts(out, "all, and of the results only");
    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(out, " --filter ");
        put_quoted(out, names[i]);
    }
}

void pfg_plan_filter_for(struct pfg_str *out, const char *ingester,
                         const char *const *names, size_t n)
{
    struct pfg_str filter;

    if (!strncmp(ingester, "go", 2)) {
        pfg_str_puts(out, "go test -bench ");
        put_go_filter(out, names, n);
    } else if (!strncmp(ingester, "criterion", 9)) {
        pfg_str_init(&filter, 0);
        pfg_plan_filter(&filter, names, n);
        pfg_str_puts(out, "cargo bench -- ");
        put_quoted(out, filter.ptr);
        pfg_str_free(&filter);
    } else if (!strncmp(ingester, "k6", 2)) {
        /* k6 has no option for it; scripts look at their environment. */
        pfg_str_puts(out, "k6 run -e SCENARIO=");
        put_list(out, names, n);
    } else {
        put_own_filters(out, names, n);
    }
}
