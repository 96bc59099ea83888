#include "hw/detection.h"

#include <stdlib.h>

#include "base/arena.h"
#include "exec/child.h"

#define GPUS_CAP    64
#define OUTPUT_CAP  65536
#define PATIENCE_MS 3000
#define DRIVER      "proc/driver/nvidia"

int pfg_hw_ask_nvidia_smi(struct pfg_str *out, int patience_ms)
{
    static const char *const words[] = {"nvidia-smi", "--query-gpu=name",
                                        "--format=csv,noheader", NULL};
    const struct pfg_child_spec spec = {.argv = words,
                                        .timeout = patience_ms / 1e3,
                                        .grace = 0.01,
                                        .output_limit = OUTPUT_CAP};
    struct pfg_child_result result;
    struct pfg_error none = {0};
    int failed = pfg_child_run(&result, &spec, NULL, &none) ||
                 result.timed_out || result.exit_status;

    if (!failed) {
        pfg_str_add(out, pfg_str_slice(&result.out_tail));
    }
    pfg_child_free(&result);
    return failed ? -1 : 0;
}

static void add_name(struct pfg_hw_names *names, struct pfg_slice text,
                     struct pfg_arena *arena)
{
    const char *name = pfg_hw_clean(text, arena);

    if (name && names->n < GPUS_CAP) {
        pfg_vec_push(names, arena, name);
    }
}

static void add_lines(struct pfg_hw_names *names, struct pfg_slice text,
                      struct pfg_arena *arena)
{
    while (text.len) {
        struct pfg_slice line = pfg_slice_trim(pfg_take_until(&text, '\n'));

        /* It prints its errors to standard output. */
        if (!pfg_slice_starts(line, "NVIDIA-SMI") &&
            !pfg_slice_starts(line, "No devices")) {
            add_name(names, line, arena);
        }
    }
}

static void add_from_proc(struct pfg_hw_names *names,
                          const struct pfg_hw_source *source)
{
    struct pfg_hw_names found = pfg_hw_list(source, DRIVER "/gpus", "");

    for (size_t i = 0; i < found.n; i++) {
        struct pfg_slice text =
            pfg_hw_read(source, DRIVER "/gpus/%s/information", found.at[i]);

        add_name(names, pfg_hw_cpuinfo_field(text, "Model"), source->arena);
    }
}

struct pfg_hw_names pfg_hw_find_gpus(const struct pfg_hw_source *source)
{
    struct pfg_hw_names names = {0};
    struct pfg_str output;

    pfg_str_init(&output, OUTPUT_CAP);
    if (!source->real) {
        add_lines(&names, pfg_hw_read(source, "nvidia-smi.txt"), source->arena);
    } else if (pfg_hw_exists(source, DRIVER) &&
               !pfg_hw_ask_nvidia_smi(&output, PATIENCE_MS)) {
        add_lines(&names, pfg_str_slice(&output), source->arena);
    }
    pfg_str_free(&output);
    if (!names.n) {
        add_from_proc(&names, source);
    }
    if (names.n) {
        qsort(names.at, names.n, sizeof *names.at, pfg_hw_by_text);
    }
    return names;
}
