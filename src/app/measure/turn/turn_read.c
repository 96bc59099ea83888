#include <dirent.h>

#include "app/measure/turn/measure_process.h"
#include "app/measure/turn/turn.h"
#include "base/arena.h"
#include "base/file.h"

static bool has_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    size_t n = 0;

    while (entries && readdir(entries)) {
        n++;
    }
    if (entries) {
        closedir(entries);
    }
    return n > 2; /* . and .. */
}

/* Adds the run read from a path. Warnings are shown only the first time. */
static int read_one(struct pfg_turn *p, const char *path, struct pfg_error *err)
{
    struct pfg_context context = *p->m->context;
    struct pfg_read_options read = pfg_turn_read_options(p);
    struct pfg_run *run;

    context.progress = NULL; /* the progress shows rounds */
    read.collect.instead = pfg_turn_services(p)->instead;
    read.collect.n_instead = pfg_turn_services(p)->n_ports;
    if (p->all->n > 2 || p->all->options->quiet) {
        context.err = p->all->nowhere;
    }
    if (pfg_read_run(&run, &context, path, &read, err)) {
        return -1;
    }
    if (!p->state->tool) {
        const struct pfg_tool *tool = pfg_tool_of_results(run->tool);

        p->state->by_results = tool && !tool->first ? tool : NULL;
        p->state->tool =
            p->all->options->command.n ? p->state->by_results : NULL;
    }
    pfg_lengths_mark(&p->state->lengths, p->length, run);
    pfg_turn_add_run(p, run);
    return 0;
}

static int read_named(struct pfg_turn *p, struct pfg_error *err)
{
    for (size_t i = 0; i < p->program->n_results; i++) {
        const char *path =
            pfg_results_at(p->all->sides, p->side, p->program->results[i]);

        if (!pfg_file_exists(path)) {
            pfg_fail(err, PFG_DATA, "the command did not write '%s'",
                     p->program->results[i]);
            return p->state->tool && p->state->tool->home
                       ? pfg_hint(err,
                                  "without --results, perfgate finds the "
                                  "results of %s itself",
                                  p->state->tool->name)
                       : -1;
        }
        if (read_one(p, path, err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_turn_read(struct pfg_turn *p, struct pfg_error *err)
{
    if (p->program->n_results) {
        return read_named(p, err);
    }
    if (has_entries(p->home)) {
        return read_one(p, p->home, err);
    }
    return read_one(p, pfg_file_exists(p->summary) ? p->summary : p->output,
                    err);
}
