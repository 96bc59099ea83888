#include "app/measure/turn/why_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/measure/turn/turn.h"
#include "base/arena.h"
#include "render/words/next.h"

/* CPU seconds for which short programs are repeated, the most repetitions, and
 * the most times as long for programs that wait. */
#define SECONDS    2.0
#define MOST_TIMES 500.0
#define MOST_WAITS 4.0

/* --- choosing rows --- */

static bool is_wanted(const struct pfg_why_job *j,
                      const struct pfg_report_row *row)
{
    static const enum pfg_profile_of least[PFG_N_VERDICTS] = {
        [PFG_REGRESSED] = PFG_PROFILE_REGRESSED,
        [PFG_SLOWER] = PFG_PROFILE_CHANGED,
        [PFG_ACCEPTED] = PFG_PROFILE_CHANGED,
        [PFG_IMPROVED] = PFG_PROFILE_CHANGED,
        [PFG_FASTER] = PFG_PROFILE_CHANGED,
        [PFG_UNCONFIRMED] = PFG_PROFILE_ALL,
        [PFG_INCONCLUSIVE] = PFG_PROFILE_ALL,
        [PFG_UNCHANGED] = PFG_PROFILE_ALL,
    };
    bool known = row->verdict == PFG_REGRESSED || least[row->verdict];

    return known && least[row->verdict] <= j->options->of &&
           row->base.value > 0 && row->head.value > 0 &&
           pfg_report_is_time(row);
}

/* Of the rows of a benchmark, a profile explains the time best. */
static bool is_better(const struct pfg_why_subject *a,
                      const struct pfg_why_subject *b)
{
    bool time_a = !strcmp(a->row->metric, "time");
    bool time_b = !strcmp(b->row->metric, "time");

    return time_a != time_b ? time_a : a->rank > b->rank;
}

static int by_rank(const void *a, const void *b)
{
    const struct pfg_why_subject *x = a, *y = b;

    return x->rank != y->rank ? (x->rank < y->rank) - (x->rank > y->rank)
                              : strcmp(x->row->key, y->row->key);
}

size_t pfg_why_find_subjects(struct pfg_why_subject **out,
                             const struct pfg_why_job *j)
{
    struct pfg_why_subject *all = pfg_arena_new_array(
        j->m->arena, struct pfg_why_subject, j->report->n_rows);
    struct pfg_report_cursor at = {.report = j->report};
    size_t n = 0;

    while (pfg_report_next(&at)) {
        const struct pfg_why_subject one = {
            at.section, at.row,
            fmax(pfg_excess(at.row), fabs(at.row->change) * 1e-3)};
        size_t k = 0;

        if (!is_wanted(j, at.row)) {
            continue;
        }
        while (k < n && !(all[k].section == at.section &&
                          pfg_report_is_same_benchmark(all[k].row, at.row))) {
            k++;
        }
        if (k == n || is_better(&one, &all[k])) {
            all[k] = one;
        }
        n += k == n;
    }
    qsort(all, n, sizeof *all, by_rank);
    *out = all;
    return n;
}

/* --- how to run a benchmark --- */

static const char *name_of(const struct pfg_why_job *j, size_t number)
{
    const struct pfg_process_options *options = j->processes->options;

    return number < options->n_names
               ? options->names[number]
               : options->programs[PFG_HEAD].at[number].name;
}

/* The program of a row; -1: unknown. */
static long number_of(const struct pfg_why_job *j,
                      const struct pfg_report_row *row)
{
    const struct pfg_programs *all = &j->processes->options->programs[PFG_HEAD];

    for (size_t i = 0; i < all->n; i++) {
        if (all->n == 1 || !strcmp(name_of(j, i), row->benchmark) ||
            (all->at[i].suite && !strcmp(all->at[i].suite, row->suite))) {
            return (long)i;
        }
    }
    return -1;
}

/* Without a shell, if that would only start one program. */
struct pfg_command_words pfg_why_words_of(const struct pfg_why_job *j,
                                          const struct pfg_program *program)
{
    struct pfg_command_words words = program->words;
    const char **shell;

    if (!program->shell ||
        pfg_words_of_plain(&words, program->shell, j->m->arena)) {
        return words;
    }
    shell = pfg_arena_new_array(j->m->arena, const char *, 3);
    shell[0] = "/bin/sh";
    shell[1] = "-c";
    shell[2] = program->shell;
    return (struct pfg_command_words){shell, 3};
}

/* The tool whose options the words take; none behind a shell. */
static const struct pfg_tool *tool_of(const struct pfg_why_job *j,
                                      size_t number,
                                      const struct pfg_command_words *words)
{
    const struct pfg_tool *tool = pfg_tool_of_command(words);

    return tool ? tool
           : !strcmp(words->at[0], "/bin/sh")
               ? NULL
               : j->processes->states[number].by_results;
}

/* The row's benchmark to keep, and the others to drop. */
static struct pfg_tool_choice choice_of(const struct pfg_why_job *j,
                                        const struct pfg_why_subject *subject)
{
    const struct pfg_report_section *section = subject->section;
    const char **keep = pfg_arena_new_array(j->m->arena, const char *, 1);
    const char **drop =
        pfg_arena_new_array(j->m->arena, const char *, section->n_rows);
    struct pfg_tool_choice choice = {.keep = keep, .n_keep = 1, .drop = drop};

    keep[0] = subject->row->benchmark;
    for (size_t i = 0; i < section->n_rows; i++) {
        if (strcmp(section->rows[i].benchmark, keep[0])) {
            drop[choice.n_drop++] = section->rows[i].benchmark;
        }
    }
    return choice;
}

/* How often to start a program that is measured itself. On a busy machine its
 * time is longer, but gives no more samples. */
static double times_of(const struct pfg_why_subject *subject)
{
    const struct pfg_report_section *section = subject->section;
    double seconds = subject->row->base.value;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (pfg_report_is_same_benchmark(row, subject->row) &&
            !strcmp(row->metric, "user+system") && row->base.value > 0) {
            seconds =
                fmin(seconds, fmax(row->base.value,
                                   subject->row->base.value / MOST_WAITS));
        }
    }
    return fmin(fmax(ceil(SECONDS / seconds), 1), MOST_TIMES);
}

struct pfg_process_profile pfg_why_profile_of(struct pfg_why_plan *plan,
                                              const struct pfg_why_job *j,
                                              size_t which, const char *files)
{
    const struct pfg_report_row *row = plan->subject->row;
    const struct pfg_program *program =
        &j->processes->options->programs[which].at[plan->number];
    struct pfg_process_profile profile = {.number = plan->number,
                                          .words = pfg_why_words_of(j, program),
                                          .by = j->by,
                                          .times = 1,
                                          .files = files,
                                          .services = program->services.n > 0};
    const struct pfg_tool *tool = tool_of(j, plan->number, &profile.words);
    const struct pfg_tool_subject wanted = {
        .benchmark = row->benchmark,
        .suite = row->suite,
        .seconds = !strcmp(row->metric, "time") ? row->base.value : NAN,
        .choice = choice_of(j, plan->subject),
    };
    struct pfg_tool_profiled made;

    if (plan->itself) {
        plan->times = j->by == PFG_BY_MODEL || profile.services
                          ? 1
                          : times_of(plan->subject);
        plan->alone = true;
        plan->by = j->by;
        profile.times = (size_t)plan->times;
        return profile;
    }
    made =
        pfg_tool_profile(tool, &profile.words, &wanted,
                         pfg_profiler_pprof(files, j->m->arena), j->m->arena);
    profile.words = made.words;
    profile.by = made.own && !profile.services ? PFG_BY_PPROF : j->by;
    plan->alone = made.alone || !wanted.choice.n_drop;
    plan->times = profile.services ? NAN : made.times;
    plan->by = profile.by;
    return profile;
}

bool pfg_why_make_plan(struct pfg_why_plan *out, const struct pfg_why_job *j,
                       const struct pfg_why_subject *subject)
{
    const struct pfg_process_options *options = j->processes->options;
    long number = number_of(j, subject->row);

    if (number < 0) {
        return false;
    }
    *out = (struct pfg_why_plan){.subject = subject, .number = (size_t)number};
    out->itself = j->processes->states[number].by_itself ||
                  (options->what == PFG_MEASURE_PROCESS &&
                   !strcmp(name_of(j, out->number), subject->row->benchmark));
    return true;
}
