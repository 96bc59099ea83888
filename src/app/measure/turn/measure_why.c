#include "app/measure/turn/measure_process.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/measure/turn/why_plan.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "compare/why/why_compare.h"

/* Profiles of a side: only repeated differences are named. Counts hardly
 * differ. */
#define PROFILES 3
#define COUNTED  2
/* A side with less than this share of the other's CPU use is noted. */
#define WAITS 0.5
#define SEEN  0.5 /* a smaller sampled share of its CPU time is noted */
#define TELLS 1.0 /* seconds of profiles needed for such notes */

/* --- one benchmark --- */

/* The profiles of a benchmark so far. */
struct taken {
    const char *files[2][PROFILES];
    size_t pairs;
    double lasted[2];          /* seconds, of all of a side */
    double share[2][PROFILES]; /* CPU use of each */
    double cpu[2];             /* CPU seconds of all of a side */
};

/* Takes one profile; *why there is none, or NULL. */
static int profile_one(struct taken *out, const char **why,
                       struct pfg_why_job *j, struct pfg_why_plan *plan,
                       size_t which, struct pfg_error *err)
{
    const char *files =
        pfg_path_join(j->m->arena, j->m->scratch.path,
                      pfg_arena_printf(j->m->arena, "profile-%zu", j->n++));
    struct pfg_process_profile profile =
        pfg_why_profile_of(plan, j, which, files);
    struct pfg_usage usage = {0};

    out->files[which][out->pairs] = files;
    profile.timeout = j->end - pfg_clock_seconds();
    if (profile.timeout <= 0) {
        *why = "--profile-budget is spent";
        return 0;
    }
    if (pfg_file_make_directories(files, err) ||
        pfg_process_profile(&usage, why, j->processes,
                            &j->processes->sides->at[which], &profile, err)) {
        return -1;
    }
    out->share[which][out->pairs] = usage.cpu / usage.seconds;
    out->lasted[which] += usage.seconds;
    out->cpu[which] += usage.cpu;
    return 0;
}

/* Base, head, head, base, base, head: as far as the budget permits. */
static int profile_all(struct taken *out, const char **why,
                       struct pfg_why_job *j, struct pfg_why_plan *plan,
                       struct pfg_error *err)
{
    while (out->pairs < (plan->by == PFG_BY_MODEL ? COUNTED : PROFILES) &&
           !*why) {
        double began = pfg_clock_seconds();

        if (out->pairs && began + j->longest > j->end) {
            return 0;
        }
        for (size_t i = 0; i < 2 && !*why; i++) {
            if (pfg_measuring_is_stopped(j->m)) {
                *why = "it was interrupted";
            } else if (profile_one(out, why, j, plan, (i + out->pairs) % 2,
                                   err)) {
                return -1;
            }
        }
        j->longest = fmax(j->longest, pfg_clock_seconds() - began);
        out->pairs += !*why;
    }
    if (out->pairs) {
        *why = NULL; /* why there is no second pair */
    }
    return 0;
}

static int read_all(struct pfg_stacks *stacks, const struct taken *taken,
                    const struct pfg_why_job *j,
                    const struct pfg_why_plan *plan, struct pfg_error *err)
{
    for (size_t i = 0; i < 2 * taken->pairs; i++) {
        size_t which = i / taken->pairs;
        const struct pfg_profiler_place place = {
            .files = taken->files[which][i % taken->pairs],
            .folder = j->processes->sides->at[which].folder,
            .interrupt = &j->m->interrupt,
        };

        if (pfg_profiler_read(stacks, i, plan->by, &place, j->m->arena, err)) {
            return -1;
        }
    }
    return 0;
}

/* --- notes --- */

/* Seconds that an operation costs; NAN if the unit does not say. */
static double seconds_of(const struct pfg_report_row *row, double value)
{
    return row->better == PFG_HIGHER ? 1 / value : value;
}

/* A copy with one more note, because the report's array has no room. */
static const char **with_note(const char *const *notes, size_t *n,
                              const char *note, struct pfg_arena *arena)
{
    const char **all = pfg_arena_new_array(arena, const char *, *n + 1);

    for (size_t i = 0; i < *n; i++) {
        all[i] = notes[i];
    }
    all[(*n)++] = pfg_arena_strdup(arena, note);
    return all;
}

static void add_note(struct pfg_why *why, const char *note,
                     struct pfg_arena *arena)
{
    why->notes = with_note(why->notes, &why->n_notes, note, arena);
}

/* The smallest (sign -1) or largest (1) CPU use of a side; NAN if it ran too
 * briefly: waiting for a CPU looks the same. */
static double share_of(const struct taken *taken, size_t which, double sign)
{
    double share = taken->share[which][0];

    for (size_t i = 1; i < taken->pairs; i++) {
        share = sign * fmax(sign * share, sign * taken->share[which][i]);
    }
    return taken->lasted[which] < TELLS ? NAN : share;
}

/* Waiting does not show in a profile. If both sides did the same work, the
 * profiles then show less than the whole change; if both ran for a fixed time,
 * one side used the CPU less in each profile. */
static void note_waiting(struct pfg_why *why, const struct pfg_why_plan *plan,
                         const struct taken *taken, struct pfg_arena *arena)
{
    double base = share_of(taken, 0, -1);
    double head = share_of(taken, 1, 1);
    double change =
        seconds_of(plan->subject->row, plan->subject->row->head.value) /
            seconds_of(plan->subject->row, plan->subject->row->base.value) -
        1;

    if (!strcmp(why->unit, "s") && isfinite(plan->times) && change > 0 &&
        why->head / why->base - 1 < WAITS * change) {
        add_note(
            why,
            pfg_arena_printf(arena,
                             "CPU time increased by %.1f %%, the total by %.1f "
                             "%%: the rest is waiting (for a lock, a disk, "
                             "another process), or did not occur again",
                             100 * (why->head / why->base - 1), 100 * change),
            arena);
    } else if (isnan(plan->times) && base > WAITS && head < WAITS * base) {
        add_note(
            why,
            pfg_arena_printf(arena,
                             "the head uses the CPU for %.0f %% of its time, "
                             "the base for %.0f %%: profiles do not show "
                             "waiting (for a lock, a disk, another process)",
                             100 * fmin(head, 1), 100 * fmin(base, 1)),
            arena);
    }
}

/* perf counts anew in each thread. Threads that end before their first sample
 * are in no profile, and neither is the remainder of the thread that started
 * them. */
static void note_unseen(struct pfg_why *why, const struct pfg_stacks *stacks,
                        const struct taken *taken, struct pfg_arena *arena)
{
    for (size_t which = 0; which < 2; which++) {
        double seen = 0;

        for (size_t i = 0; i < taken->pairs; i++) {
            seen += stacks->profiles[which * taken->pairs + i].total;
        }
        if (taken->cpu[which] > TELLS && seen < SEEN * taken->cpu[which]) {
            add_note(why,
                     pfg_arena_printf(
                         arena,
                         "perf sampled %.0f %% of the CPU time of the %s: very "
                         "short threads and processes get no samples",
                         100 * seen / taken->cpu[which],
                         which ? "head" : "base"),
                     arena);
        }
    }
}

static void compare(struct pfg_why *out, const struct pfg_why_job *j,
                    const struct pfg_stacks *stacks,
                    const struct pfg_why_plan *plan, const struct taken *taken,
                    struct pfg_arena *arena)
{
    const struct pfg_report_row *row = plan->subject->row;
    bool counted = isfinite(plan->times);
    const struct pfg_why_question question = {
        .stacks = stacks,
        .n_base = taken->pairs,
        .base = counted ? NAN : seconds_of(row, row->base.value),
        .head = counted ? NAN : seconds_of(row, row->head.value),
        .times = counted ? plan->times : 1,
        .unit = "s",
    };

    pfg_why_compare(out, &question, arena);
    if (!plan->alone) {
        add_note(out,
                 "the command was profiled with all its benchmarks, because "
                 "perfgate cannot select one",
                 arena);
    }
    note_waiting(out, plan, taken, arena);
    if (plan->by == PFG_BY_SAMPLES && !strcmp(stacks->profiles[0].unit, "s") &&
        !j->processes->options->programs[PFG_HEAD]
             .at[plan->number]
             .services.n) {
        note_unseen(out, stacks, taken, arena);
    }
}

/* Marks a row as not profiled, and why. */
static void refuse(struct pfg_why *out, const char *why,
                   struct pfg_arena *arena)
{
    *out = (struct pfg_why){
        .profiler = "", .unit = "", .what = "", .base = NAN, .head = NAN};
    add_note(out, pfg_arena_printf(arena, "not profiled: %s", why), arena);
}

static int explain(struct pfg_why_job *j, const struct pfg_why_subject *subject,
                   struct pfg_error *err)
{
    struct pfg_arena *arena = j->report->arena;
    struct pfg_why *out = pfg_arena_alloc(arena, sizeof *out);
    struct pfg_stacks *stacks = NULL;
    struct taken taken = {0};
    struct pfg_error said = {0};
    struct pfg_why_plan plan;
    const char *why = NULL;
    int failed = 0;

    if (!pfg_why_make_plan(&plan, j, subject)) {
        why = "its command is unknown";
    } else {
        failed = profile_all(&taken, &why, j, &plan, err);
    }
    if (!failed && !why) {
        stacks = pfg_stacks_new(2 * taken.pairs);
        why = read_all(stacks, &taken, j, &plan, &said) ? said.message : NULL;
    }
    if (why) {
        refuse(out, why, arena);
    } else if (!failed) {
        compare(out, j, stacks, &plan, &taken, arena);
    }
    pfg_stacks_free(stacks);
    for (size_t i = 0; i < 2 * PROFILES; i++) {
        const char *files = taken.files[i / PROFILES][i % PROFILES];

        if (files) {
            (void)pfg_file_remove_all(files, NULL); /* the folder above will be
                                                       removed */
        }
    }
    if (!failed) {
        subject->row->why = out;
    }
    return failed;
}

/* --- all of them --- */

/* Adds a note to the report. */
static void note(const struct pfg_why_job *j,
                 struct pfg_report_section *section, const char *text)
{
    section->notes =
        with_note(section->notes, &section->n_notes, text, j->report->arena);
}

/* Finds a profiler, unless Go brings its own. */
static int find_profiler(struct pfg_why_job *j, const char **told,
                         struct pfg_error *err)
{
    const struct pfg_profiler_place place = {.files = j->m->scratch.path,
                                             .interrupt = &j->m->interrupt};
    const struct pfg_programs *all = &j->processes->options->programs[PFG_HEAD];
    bool only_go = true;

    *told = NULL;
    for (size_t i = 0; i < all->n; i++) {
        struct pfg_command_words words = pfg_why_words_of(j, &all->at[i]);
        const struct pfg_tool *tool = pfg_tool_of_command(&words);

        only_go = only_go && pfg_tool_is_go(tool) && !all->at[i].services.n;
    }
    j->by = PFG_BY_PPROF;
    return only_go ? 0
                   : pfg_profiler_find(&j->by, told, j->options->by, &place,
                                       j->m->arena, err);
}

void pfg_measure_why(struct pfg_report *report, struct pfg_processes *processes,
                     const struct pfg_profile_options *options)
{
    struct pfg_why_job j = {.report = report,
                            .processes = processes,
                            .options = options,
                            .m = processes->m,
                            .end = pfg_clock_seconds() + options->budget};
    struct pfg_error err = {0};
    struct pfg_why_subject *subjects;
    const char *told;
    size_t n = pfg_why_find_subjects(&subjects, &j);
    int failed;

    if (!n) {
        return;
    }
    pfg_measuring_show_until(j.m, j.end);
    failed = find_profiler(&j, &told, &err);
    if (told) {
        note(&j, subjects[0].section, told);
    }
    for (size_t i = 0; i < n && i < options->most && !failed; i++) {
        failed = explain(&j, &subjects[i], &err);
    }
    if (failed) {
        note(&j, subjects[0].section,
             pfg_arena_printf(report->arena, "not profiled: %s", err.message));
    } else if (n > options->most) {
        note(
            &j, subjects[0].section,
            pfg_arena_printf(report->arena,
                             "profiled: the worst %zu of %s (--profile-most)",
                             options->most,
                             pfg_arena_counted(report->arena, n, "benchmark")));
    }
}
