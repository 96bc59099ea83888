#include <math.h>

#include "app/publish/publish.h"
#include "app/why/read_profiles.h"
#include "cli/options/options.h"
#include "render/formats/why_report.h"
#include "render/plot/plot.h"
#include "unit/unit.h"

static const struct pfg_option options[] = {
    {"base", 0, "FILE", "a profile of the base; repeatable"},
    {"head", 0, "FILE", "a profile of the head; repeatable"},
    {"base-value", 0, "VALUE",
     "the result of the benchmark with the base (104ns); costs are then in its "
     "unit"},
    {"head-value", 0, "VALUE", "the same for the head"},
    {"report", 'r', "FORMAT[=FILE]",
     "text, json, svg, html (flame graphs) or folded; repeatable"},
    {"all", 'a', NULL, "show every function that changed"},
    {"verbose", 'v', NULL, "also show where they were called from"},
    {0},
};

/* "104ns", "1.2 s", "81000". */
static int read_value(double *out, const char **unit,
                      const struct pfg_arguments *arguments, const char *option,
                      struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, option);
    struct pfg_slice rest = pfg_slice_of(text), number;
    struct pfg_unit found;

    *out = NAN;
    if (!text) {
        return 0;
    }
    number = pfg_take_number(&rest);
    found = pfg_unit_find(pfg_slice_trim(rest));
    if (pfg_unit_convert(out, number, &found) || !(*out > 0) ||
        !isfinite(*out)) {
        return pfg_fail(err, PFG_USAGE,
                        "--%s expects a value above 0, not '%s'", option, text);
    }
    *unit = pfg_arena_slice(arguments->arena, found.base);
    return 0;
}

static int read_values(struct pfg_why_files *files,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *base = "1", *head = "1";

    if (read_value(&files->base_value, &base, arguments, "base-value", err) ||
        read_value(&files->head_value, &head, arguments, "head-value", err)) {
        return -1;
    }
    if (isnan(files->base_value) != isnan(files->head_value) ||
        !pfg_slice_is(pfg_slice_of(base), head)) {
        return pfg_fail(err, PFG_USAGE,
                        "--base-value and --head-value must be used together, "
                        "in the same unit");
    }
    files->unit = base;
    return 0;
}

/* Two words, or any number of --base and --head. */
static int find_files(struct pfg_why_files *files,
                      const struct pfg_arguments *arguments,
                      struct pfg_error *err)
{
    const char *const *base, *const *head;

    files->n_base = pfg_arguments_all(arguments, "base", &base);
    files->n_head = pfg_arguments_all(arguments, "head", &head);
    if (arguments->n_words == 3 && !files->n_base && !files->n_head) {
        base = &arguments->words[1];
        head = &arguments->words[2];
        files->n_base = files->n_head = 1;
    } else if (arguments->n_words > 1) {
        return pfg_fail(err, PFG_USAGE,
                        "expected two files, or --base and --head for each");
    }
    if (!files->n_base || !files->n_head) {
        pfg_fail(err, PFG_USAGE, "which profiles?");
        return pfg_hint(err, "perfgate profile compare BASE HEAD, or --base A "
                             "--base B --head C --head D");
    }
    if (files->n_base + files->n_head > PFG_STACKS_PROFILES) {
        return pfg_fail(err, PFG_USAGE, "more than %d profiles",
                        PFG_STACKS_PROFILES);
    }
    files->base = base;
    files->head = head;
    return 0;
}

static int render(struct pfg_str *out, struct pfg_slice format,
                  const void *what, const struct pfg_render_options *how,
                  struct pfg_error *err)
{
    const struct pfg_why *why = what;

    if (pfg_slice_is(format, "text")) {
        pfg_why_text(out, why, how);
    } else if (pfg_slice_is(format, "json")) {
        pfg_why_json(out, why);
    } else if (pfg_slice_is(format, "svg")) {
        pfg_plot_flame_file(out, why);
    } else if (pfg_slice_is(format, "html")) {
        pfg_plot_flame_page(out, why);
    } else if (pfg_slice_is(format, "folded")) {
        pfg_why_folded(out, why);
    } else {
        pfg_fail(err, PFG_USAGE, "unknown format '%.*s'", PFG_SLICE(format));
        return pfg_hint(err, "formats are text, json, svg, html and folded");
    }
    return 0;
}

static int compare(const struct pfg_context *context,
                   const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const struct pfg_render_options how = {
        .color = context->color,
        .width = context->width,
        .all = pfg_arguments_flag(arguments, "all"),
        .verbose = pfg_arguments_flag(arguments, "verbose"),
    };
    struct pfg_why_files files;
    struct pfg_why why;
    const char *const *reports;
    size_t n = pfg_arguments_all(arguments, "report", &reports);

    if (find_files(&files, arguments, err) ||
        read_values(&files, arguments, err) ||
        pfg_why_read(&why, &files, arguments->arena, err)) {
        return -1;
    }
    return pfg_publish_formats(context, reports, n, render, &why, &how, err);
}

static const struct pfg_verb verbs[] = {
    {"compare", 0, PFG_VERB_ANY, "compare [OPTIONS] [BASE HEAD]", compare},
    {0},
};

const struct pfg_command pfg_command_profile = {
    .name = "profile",
    .group = "measure and look closer",
    .summary = "compare profiles: which function got slower",
    .usage = "compare [OPTIONS] [BASE HEAD]",
    .about =
        "Compares profiles of two versions by function: folded stacks, "
        "callgrind.out, and the output of 'perf script' and 'go tool pprof "
        "-raw'. Give several per side to distinguish changes from noise: a "
        "function is reported if every profile of the head shows the "
        "change.\n\n"
        "  perfgate profile compare old.folded new.folded\n"
        "  perfgate profile compare --base b1.perf --base b2.perf --head "
        "h1.perf \\\n"
        "      --head h2.perf --report html=flame.html\n\n"
        "The cost of a function includes the libraries, the runtime and the "
        "kernel that it calls. Profiles must be of the same amount of work; "
        "if they ran for the same time instead, give the time per operation "
        "with --base-value and --head-value.\n\n"
        "exit status: 0 compared; 2 wrong usage; 3 no profile; 4 a file "
        "cannot be written.\n",
    .options = options,
    .verbs = verbs,
};
