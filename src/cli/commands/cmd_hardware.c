#include "app/input/workspace.h"
#include "base/str.h"
#include "cli/options/options.h"
#include "hw/check.h"
#include "model/codec/codec.h"
#include "term/print.h"

static const struct pfg_option options[] = {
    {"check", 0, NULL, "show what makes this machine noisy, and how to fix it"},
    {"json", 0, NULL, "print a JSON document"},
    {"hardware", 0, "NAME", "use NAME for this machine"},
    {"config", 0, "FILE",
     "the configuration with the names of machines (default: perfgate.json in "
     "this or a parent folder)"},
    {0},
};

static void put(FILE *out, const char *key, const char *value)
{
    if (value) {
        pfg_print(out, "  %-22s %s\n", key, value);
    }
}

static void print_text(FILE *out, const struct pfg_profile *profile)
{
    pfg_print(out, "%s\n\nidentity (what makes results comparable):\n",
              profile->name);
    put(out, "architecture", profile->arch);
    put(out, "cpu", profile->cpu_name);
    put(out, "vendor", profile->cpu_vendor);
    put(out, "family", profile->cpu_family);
    put(out, "model", profile->cpu_model);
    put(out, "stepping", profile->cpu_stepping);
    if (profile->cpus) {
        pfg_print(out, "  %-22s %d\n", "usable cpus", profile->cpus);
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

/* A line each is enough for what is fine or unknown. */
static void print_rest(FILE *out, const struct pfg_hw_finding *finding)
{
    pfg_print(out, "  %-12s %s\n", finding->check,
              finding->state == PFG_HW_FINE ? finding->found : finding->why);
}

static void print_finding(FILE *out, const struct pfg_hw_finding *finding)
{
    if (finding->state >= PFG_HW_UNKNOWN) {
        print_rest(out, finding);
        return;
    }
    pfg_print(out, "  %-12s %s\n  %-12s %s\n", finding->check, finding->found,
              "", finding->why);
    if (finding->remedy) {
        pfg_print(out, "  %-12s %s%s\n", "",
                  finding->root      ? "as root: "
                  : finding->command ? "run: "
                                     : "",
                  finding->remedy);
    }
}

static void print_check(FILE *out, const struct pfg_profile *profile,
                        struct pfg_hw_findings all)
{
    static const char *const headings[] = {
        [PFG_HW_NOISY] = "makes results noisy",
        [PFG_HW_NOTABLE] = "worth knowing",
        [PFG_HW_UNKNOWN] = "could not be checked",
        [PFG_HW_FINE] = "fine",
    };

    pfg_print(out, "%s\n", profile->name);
    for (size_t i = 0; i < all.n; i++) {
        if (!i || all.at[i].state != all.at[i - 1].state) {
            pfg_print(out, "\n%s:\n", headings[all.at[i].state]);
        }
        print_finding(out, &all.at[i]);
    }
}

static void write_check(struct pfg_json_writer *w,
                        const struct pfg_profile *profile,
                        struct pfg_hw_findings all)
{
    pfg_json_begin(w, NULL, '{');
    pfg_json_put_string(w, "hardware", profile->name);
    pfg_json_begin(w, "checks", '[');
    for (size_t i = 0; i < all.n; i++) {
        pfg_json_begin(w, NULL, '{');
        pfg_json_put_string(w, "check", all.at[i].check);
        pfg_json_put_string(w, "state", pfg_hw_state_name(all.at[i].state));
        pfg_json_put_string(w, "found", all.at[i].found);
        pfg_json_put_string(w, "why", all.at[i].why);
        pfg_json_put_string(w, "remedy", all.at[i].remedy);
        pfg_json_put_bool(w, "command", all.at[i].command);
        pfg_json_put_bool(w, "root", all.at[i].root);
        pfg_json_end(w, '}');
    }
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    bool check = pfg_arguments_flag(arguments, "check");
    struct pfg_json_writer writer = {.indent = 2};
    struct pfg_hw_findings found = {0};
    struct pfg_profile profile;
    struct pfg_str text = pfg_str_in(arguments->arena);

    if (arguments->n_words) {
        return pfg_fail(err, PFG_USAGE,
                        "'perfgate hardware' does not take '%s'",
                        arguments->words[0]);
    }
    if (pfg_workspace_profile(
            &profile, context, pfg_arguments_value(arguments, "hardware"),
            pfg_arguments_value(arguments, "config"), arguments->arena, err)) {
        return -1;
    }
    if (check) {
        found =
            pfg_hw_check(&profile, pfg_env(context, "PERFGATE_HARDWARE_ROOT"),
                         arguments->arena);
    }
    if (!pfg_arguments_flag(arguments, "json")) {
        check ? print_check(context->out, &profile, found)
              : print_text(context->out, &profile);
        return 0;
    }
    writer.out = &text;
    check ? write_check(&writer, &profile, found)
          : pfg_codec_write_profile(&writer, NULL, &profile);
    fprintf(context->out, "%s\n", text.ptr);
    return 0;
}

const struct pfg_command pfg_command_hardware = {
    .name = "hardware",
    .group = "results and machines",
    .summary = "show the profile of this machine",
    .usage = "[--check] [--json]",
    .about =
        "Results are compared only within one hardware profile. A profile is "
        "identified by the architecture, the CPU (vendor, family, model, "
        "stepping, name), the number of usable CPUs (considering affinity and "
        "container limits) and the GPUs. Everything else is recorded, and the "
        "report notes differences between base and head.\n",
    .options = options,
    .run = run,
};
