#include "app/measure/turn/measure_process.h"
#include "app/measure/turn/turn.h"
#include "base/arena.h"
#include "base/file.h"

const char **pfg_profile_words(const struct pfg_process_profile *profile,
                               struct pfg_arena *arena)
{
    bool beside = profile->services || profile->by == PFG_BY_PPROF;
    struct pfg_command_words all =
        pfg_profiler_words(beside ? PFG_BY_PPROF : profile->by, &profile->words,
                           profile->times, profile->files, 0, arena);
    const char **words = pfg_arena_new_array(arena, const char *, all.n + 1);

    for (size_t i = 0; i < all.n; i++) {
        words[i] = all.at[i];
    }
    return words;
}

const char *const *pfg_profile_service(
    const struct pfg_process_profile *profile, const char *shell, size_t number,
    struct pfg_arena *arena)
{
    const char *const words[] = {"/bin/sh", "-c", shell};
    const struct pfg_command_words command = {words, 3};

    return pfg_profiler_words(profile->by, &command, 1, profile->files,
                              number + 1, arena)
        .at;
}

/* ": " and the last line of output, or "". */
static const char *said(const struct pfg_turn *p)
{
    struct pfg_slice rest = pfg_child_last_words(&p->result, 160), last = rest;

    while (rest.len) {
        last = pfg_take_until(&rest, '\n');
    }
    return last.len ? pfg_arena_printf(p->m->arena, ": %.*s", PFG_SLICE(last))
                    : "";
}

/* Why there is no profile. The failure does not apply to the next one. */
static const char *failure_of(struct pfg_turn *p)
{
    const char **broken = &p->state->broken[p->side->which];
    const char *why = p->side->broken ? p->side->broken : *broken;

    p->side->broken = *broken = NULL;
    if (why) {
        return why;
    }
    why = p->ran ? pfg_turn_failure(p) : "";
    return p->result.interrupted ? "it was interrupted"
           : p->result.timed_out ? "it took longer than --profile-budget"
           : *why ? pfg_arena_printf(p->m->arena, "%s%s", why, said(p))
                  : NULL;
}

int pfg_process_profile(struct pfg_usage *usage, const char **why,
                        struct pfg_processes *processes,
                        struct pfg_measuring_side *side,
                        const struct pfg_process_profile *profile,
                        struct pfg_error *err)
{
    struct pfg_arena *arena = processes->m->arena;
    size_t which = side->which;
    struct pfg_turn p = {
        .all = processes,
        .m = processes->m,
        .program = &processes->options->programs[which].at[profile->number],
        .state = &processes->states[profile->number],
        .side = side,
        .failure = "",
        .profile = profile,
        .called = side->name,
        .folder = profile->files,
        .output = pfg_path_join(arena, profile->files, "stdout"),
        .home = pfg_path_join(arena, profile->files, "results"),
    };
    int failed;

    pfg_services_stop(pfg_turn_services(&p)); /* they were started without the
                                                 profiler */
    failed = pfg_turn_start_services(&p, err) ||
             (!pfg_turn_is_over(&p) && !p.result.interrupted &&
              pfg_turn_run(&p, err));
    pfg_services_stop(pfg_turn_services(&p));
    *usage = p.result.usage;
    *why = failed ? NULL : failure_of(&p);
    pfg_child_free(&p.result);
    return failed ? -1 : 0;
}
