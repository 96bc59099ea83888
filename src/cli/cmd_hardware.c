#include "app/place.h"
#include "base/arena.h"
#include "base/str.h"
#include "cli/options.h"
#include "model/codec.h"

static const struct pfg_option options[] = {
    {"json", 0, NULL, "print a JSON document"},
    {"hardware", 0, "NAME", "call this machine NAME"},
    {"config", 0, "FILE",
     "whose rules name machines (default: perfgate.json,\nfound upwards)"},
    {0},
};

static void put(FILE *out, const char *key, const char *value)
{
    if (value) {
        fprintf(out, "  %-22s %s\n", key, value);
    }
}

static void print_text(FILE *out, const struct pfg_profile *profile)
{
    fprintf(out, "%s\n\nidentity (what makes results comparable):\n",
            profile->name);
    put(out, "architecture", profile->arch);
    put(out, "cpu", profile->cpu_name);
    put(out, "vendor", profile->cpu_vendor);
    put(out, "family", profile->cpu_family);
    put(out, "model", profile->cpu_model);
    put(out, "stepping", profile->cpu_stepping);
    if (profile->cpus) {
        fprintf(out, "  %-22s %d\n", "usable cpus", profile->cpus);
    }
    for (size_t i = 0; i < profile->n_gpus; i++) {
        put(out, "gpu", profile->gpus[i]);
    }
    put(out, "fingerprint", profile->fingerprint);
    fputs("\nrecorded (differences are notes in a report):\n", out);
    for (size_t i = 0; i < profile->n_notes; i++) {
        put(out, profile->notes[i].key, profile->notes[i].value);
    }
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_profile profile;
    struct pfg_str text;

    if (arguments->n_words) {
        return pfg_fail(err, PFG_USAGE, "'perfgate hardware' takes no '%s'",
                        arguments->words[0]);
    }
    if (pfg_place_profile(&profile, context,
                          pfg_arguments_value(arguments, "hardware"),
                          pfg_arguments_value(arguments, "config"),
                          arguments->arena, err)) {
        return -1;
    }
    if (!pfg_arguments_flag(arguments, "json")) {
        print_text(context->out, &profile);
        return 0;
    }
    pfg_str_init(&text, 0);
    pfg_codec_write_profile(
        &(struct pfg_json_writer){.out = &text, .indent = 2}, NULL, &profile);
    fprintf(context->out, "%s\n", text.ptr);
    pfg_str_free(&text);
    return 0;
}

const struct pfg_command pfg_command_hardware = {
    .name = "hardware",
    .group = "results and machines",
    .summary = "the profile of this machine",
    .usage = "[--json]",
    .about =
        "Results are only compared within one hardware profile. Its identity "
        "is the\narchitecture, the CPU (vendor, family, model, stepping, "
        "name), the CPUs that may\nbe used (affinity and container limits "
        "count) and the GPUs. All else is recorded\nand named in a report "
        "where base and head differ.\n",
    .options = options,
    .run = run,
};
