#include "app/publish/publish.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/input/watching.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/slice.h"
#include "render/formats/why_report.h"
#include "render/plot/plot.h"

#define PROFILES "profiles"

static int check_writable(const char *file, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    const char *folder = pfg_path_folder(arena, file);
    bool there = pfg_file_exists(file);
    int failed = 0;

    if (access(folder, W_OK) && (!there || access(file, W_OK))) {
        failed = pfg_fail(err, PFG_SYSTEM, "cannot write '%s': %s", file,
                          strerror(errno));
    }
    pfg_arena_free(arena);
    return failed;
}

static int unknown_format(const char *text, struct pfg_error *err)
{
    struct pfg_str names;

    pfg_str_init(&names, 0);
    for (size_t i = 0; pfg_renderers[i]; i++) {
        pfg_str_printf(&names, "%s%s", i ? ", " : "", pfg_renderers[i]->name);
    }
    pfg_fail(err, PFG_USAGE, "unknown report format '%s'", text);
    if (pfg_slice_starts(pfg_slice_of(text), "svg")) {
        pfg_str_free(&names);
        return pfg_hint(err, "a plot shows one series: perfgate explain "
                             "BENCHMARK --plot FILE.svg");
    }
    pfg_hint(err,
             "formats are %s, " PROFILES "; use --report FORMAT or FORMAT=FILE",
             names.ptr);
    pfg_str_free(&names);
    return -1;
}

/* Splits "FORMAT=FILE", whose FILE may be missing or "-" (then NULL).
 * PFG_SYSTEM if the file's folder is not writable. */
static int split_destination(struct pfg_slice *format, const char **file,
                             const char *text, struct pfg_error *err)
{
    const char *equals = strchr(text, '=');

    *file = NULL;
    *format = equals ? pfg_slice_range(text, equals) : pfg_slice_of(text);
    if (equals && strcmp(equals + 1, "-")) {
        *file = equals + 1;
        return check_writable(*file, err);
    }
    return 0;
}

int pfg_destination_parse(struct pfg_destination *out, const char *text,
                          struct pfg_error *err)
{
    struct pfg_slice format = pfg_slice_of(text);

    *out = (struct pfg_destination){0};
    format = pfg_take_until(&format, '=');
    for (size_t i = 0; pfg_renderers[i]; i++) {
        if (pfg_slice_is(format, pfg_renderers[i]->name)) {
            out->renderer = pfg_renderers[i];
        }
    }
    if (!out->renderer && pfg_slice_is(format, PROFILES)) {
        out->file = strchr(text, '=') ? strchr(text, '=') + 1 : "";
        return *out->file ? 0
                          : pfg_fail(err, PFG_USAGE,
                                     "--report " PROFILES
                                     " wants a folder: " PROFILES "=DIR");
    }
    return out->renderer ? split_destination(&format, &out->file, text, err)
                         : unknown_format(text, err);
}

int pfg_publish_text(const struct pfg_context *context, const char *file,
                     struct pfg_slice text, struct pfg_error *err)
{
    if (file) {
        return pfg_file_write(file, text, err);
    }
    return fwrite(text.ptr, 1, text.len, context->out) == text.len
               ? 0
               : pfg_fail(err, PFG_SYSTEM, "cannot write the report: %s",
                          strerror(errno));
}

/* A label as a file name, with a number because several may become equal. */
static const char *name_of(const struct pfg_report_row *row, size_t number,
                           struct pfg_arena *arena)
{
    enum { LONGEST = 80 };
    char *name = pfg_arena_printf(arena, "%zu-%.*s", number, LONGEST,
                                  *row->label ? row->label : row->metric);

    for (char *c = name; *c; c++) {
        *c = isalnum((unsigned char)*c) || *c == '-' || *c == '.' ? *c : '_';
    }
    return name;
}

static int write_row(const struct pfg_report_row *row, const char *path,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_str text = pfg_str_in(arena);
    int failed;

    pfg_plot_flame_file(&text, row->why);
    failed = pfg_file_write(pfg_arena_printf(arena, "%s.svg", path),
                            pfg_str_slice(&text), err);
    pfg_str_clear(&text);
    pfg_why_folded(&text, row->why);
    failed =
        failed || pfg_file_write(pfg_arena_printf(arena, "%s.folded", path),
                                 pfg_str_slice(&text), err);
    return failed ? -1 : 0;
}

/* Writes the flame graph of each profiled row, NUMBER-BENCHMARK.svg, and both
 * sides' stacks in flamegraph.pl's format, .folded, into a folder, which is
 * created if needed. PFG_SYSTEM. */
static int publish_profiles(const struct pfg_report *report, const char *folder,
                            struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int failed = 0;
    size_t number = 0;

    for (size_t s = 0; s < report->n_sections && !failed; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows && !failed; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];

            if (row->why && row->why->n_frames) {
                failed = pfg_file_make_directories(folder, err) ||
                         write_row(row,
                                   pfg_path_join(arena, folder,
                                                 name_of(row, ++number, arena)),
                                   arena, err);
            }
        }
    }
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

static int publish_one(const struct pfg_context *context,
                       const struct pfg_report *report,
                       const struct pfg_destination *to,
                       struct pfg_render_options options, struct pfg_error *err)
{
    struct pfg_str text;
    int failed;

    if (!to->renderer) {
        return publish_profiles(report, to->file, err);
    }
    pfg_str_init(&text, 0);
    options.color = options.color && !to->file;
    options.width = to->file ? 0 : options.width;
    pfg_watching_say(context, "rendering the report: %s", to->renderer->name);
    failed = to->renderer->render(&text, report, &options, err);
    pfg_progress_clear(context->progress);
    if (!failed) {
        failed = pfg_publish_text(context, to->file, pfg_str_slice(&text), err);
    }
    pfg_str_free(&text);
    return failed;
}

int pfg_publish(const struct pfg_context *context,
                const struct pfg_report *report,
                const struct pfg_destination *destinations, size_t n,
                const struct pfg_render_options *options, struct pfg_error *err)
{
    struct pfg_destination table = {.renderer = pfg_renderer_find("text")};
    struct pfg_error later;
    bool on_stdout = false;
    int failed = 0;

    for (size_t i = 0; i < n; i++) {
        on_stdout |= !destinations[i].file;
    }
    if (!on_stdout) {
        failed = publish_one(context, report, &table, *options, err);
    }
    for (size_t i = 0; i < n; i++) {
        if (publish_one(context, report, &destinations[i], *options,
                        failed ? &later : err)) {
            failed = -1;
        }
    }
    return failed;
}

static int publish_format(const struct pfg_context *context, const char *report,
                          pfg_format_text *render, const void *what,
                          struct pfg_render_options how, struct pfg_error *err)
{
    struct pfg_slice format;
    struct pfg_str text;
    const char *file;
    int failed;

    if (split_destination(&format, &file, report, err)) {
        return -1;
    }
    if (file) {
        how.color = false;
        how.width = 0;
    }
    pfg_str_init(&text, 0);
    failed = render(&text, format, what, &how, err) ||
             pfg_publish_text(context, file, pfg_str_slice(&text), err);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

int pfg_publish_formats(const struct pfg_context *context,
                        const char *const *reports, size_t n,
                        pfg_format_text *render, const void *what,
                        const struct pfg_render_options *how,
                        struct pfg_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (publish_format(context, reports[i], render, what, *how, err)) {
            return -1;
        }
    }
    return n ? 0 : publish_format(context, "text", render, what, *how, err);
}
