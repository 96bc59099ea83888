#include "hw/hw.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"
#include "hw/detection.h"

static struct pfg_profile detect(const char *name, struct pfg_arena *arena)
{
    struct pfg_hw_options options = {
        .root = pfg_arena_printf(arena, "tests/data/hw/%s", name)};

    assert_true(pfg_file_is_directory(options.root));
    return pfg_hw_detect(&options, arena);
}

static void assert_text(const char *actual, const char *expected)
{
    if (!actual || !expected) {
        assert_ptr_equal(actual, expected);
        return;
    }
    assert_string_equal(actual, expected);
}

/* NULL: expected to be unknown. */
static const struct {
    const char *root, *arch, *vendor, *family, *model, *stepping, *name;
    int cpus;
} machines[] = {
    {"plain", "x86_64", "AuthenticAMD", "25", "1", "1",
     "AMD EPYC 7763 64-Core Processor", 4},
    {"rtx3080", "x86_64", "GenuineIntel", "6", "151", "2",
     "12th Gen Intel Core i9-12900K", 2},
    {"xeon-generic", "x86_64", "GenuineIntel", "6", "143", "8",
     "Intel Xeon Processor", 2},
    {"cgroup2", "x86_64", "GenuineIntel", "6", "106", "6",
     "Intel Xeon Platinum 8370C CPU @ 2.80GHz", 3},
    {"cgroup1", NULL, "GenuineIntel", "6", "79", "1",
     "Intel Xeon CPU E5-2673 v4 @ 2.30GHz", 2},
    {"arm64", "aarch64", "ARM", "8", "0xd0c", "r3p1", "ARM Neoverse-N1", 4},
    {"arm64-two-kinds", NULL, "ARM", "8", "0xd05+0xd0b", "r2p0+r4p0",
     "ARM Cortex-A55+Cortex-A76", 8},
    {"riscv64", "riscv64", "0x489", NULL, "0x8000000000000007", "0x4210427",
     "sifive,u74-mc", 1},
    {"affinity", NULL, NULL, NULL, NULL, NULL, NULL, 3},
    {"empty", NULL, NULL, NULL, NULL, NULL, NULL, 0},
    {"broken", NULL, NULL, NULL, NULL, NULL, NULL, 8192},
};

static void the_identity_of_a_machine_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < PFG_COUNT(machines); i++) {
        struct pfg_arena *arena = pfg_arena_new();
        struct pfg_profile found = detect(machines[i].root, arena);

        print_message("# %s: %s\n", machines[i].root, found.name);
        assert_text(found.arch, machines[i].arch);
        assert_text(found.cpu_vendor, machines[i].vendor);
        assert_text(found.cpu_family, machines[i].family);
        assert_text(found.cpu_model, machines[i].model);
        assert_text(found.cpu_stepping, machines[i].stepping);
        assert_text(found.cpu_name, machines[i].name);
        assert_int_equal(found.cpus, machines[i].cpus);
        assert_non_null(found.name);
        assert_non_null(found.fingerprint);
        assert_false(found.name_given);
        pfg_arena_free(arena);
    }
}

/* NULL: expected to be left out. */
static const struct {
    const char *root, *key, *value;
} notes[] = {
    {"plain", "aslr", "2"},
    {"plain", "cache_l3", "32768K"},
    {"plain", "clocksource", "hyperv_clocksource_tsc_page"},
    {"plain", "container", NULL},
    {"plain", "pressure", "0.31%"},
    {"plain", "cpu_quota", NULL},
    {"plain", "cpus_allowed", "4"},
    {"plain", "cpus_online", "4"},
    {"plain", "governor", NULL},
    {"plain", "hostname", "runner-1"},
    {"plain", "hypervisor", NULL},
    {"plain", "isa", "aes avx avx2 bmi2 fma sha_ni sse4_2 vaes"},
    {"plain", "kernel", "6.8.0-1017-azure"},
    {"plain", "load", "0.52"},
    {"plain", "machine", "Microsoft Corporation Virtual Machine"},
    {"plain", "memory", "15.6 GiB"},
    {"plain", "mhz", "2445"},
    {"plain", "mhz_max", NULL},
    {"plain", "microcode", "0xffffffff"},
    {"plain", "mitigations", "2 active, 1 open"},
    {"plain", "numa_nodes", "1"},
    {"plain", "os", "Ubuntu 24.04.1 LTS"},
    {"plain", "power", NULL},
    {"plain", "smt", "on"},
    {"plain", "steal", "0.02%"},
    {"plain", "thp", "madvise"},
    {"plain", "turbo", NULL},
    {"plain", "virtualised", "yes"},
    {"rtx3080", "governor", "performance,powersave"},
    {"rtx3080", "gpu_driver", "550.54.15"},
    {"rtx3080", "mhz", NULL},
    {"rtx3080", "mhz_max", "5200"},
    {"rtx3080", "power", "battery"},
    {"rtx3080", "smt", "off"},
    {"rtx3080", "throttled", "17"},
    {"rtx3080", "turbo", "on"},
    {"rtx3080", "virtualised", "no"},
    {"xeon-generic", "machine", NULL},
    {"xeon-generic", "isa", "amx_tile avx512f"},
    {"arm64", "isa", "aes asimd crc32 sha2"},
    {"arm64", "virtualised", NULL},
    {"arm64-two-kinds", "machine", "Radxa ROCK 5B"},
    {"cgroup2", "container", "kubernetes"},
    {"cgroup2", "cpu_quota", "2.5"},
    {"cgroup1", "container", "docker"},
    {"cgroup1", "cpu_quota", "1.5"},
    {"affinity", "cpus_allowed", "3"},
    {"affinity", "cpus_online", "16"},
    {"broken", "pressure", NULL},
    {"broken", "hostname", "[31mhost"},
    {"broken", "memory", NULL},
    {"broken", "os", NULL},
    {"broken", "steal", NULL},
    {"broken", "thp", NULL},
};

static void what_is_there_is_recorded_and_the_rest_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < PFG_COUNT(notes); i++) {
        struct pfg_arena *arena = pfg_arena_new();
        struct pfg_profile found = detect(notes[i].root, arena);
        const char *value = NULL;

        for (size_t n = 0; n < found.n_notes; n++) {
            if (!strcmp(found.notes[n].key, notes[i].key)) {
                value = found.notes[n].value;
            }
        }
        print_message("# %s: %s\n", notes[i].root, notes[i].key);
        assert_text(value, notes[i].value);
        pfg_arena_free(arena);
    }
}

static void an_empty_root_has_nothing_to_note(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    assert_int_equal(detect("empty", arena).n_notes, 0);
    assert_int_equal(detect("empty", arena).n_gpus, 0);
    pfg_arena_free(arena);
}

static void notes_are_sorted_and_stand_once(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile found = detect("plain", arena);
    (void)state;

    assert_true(found.n_notes > 20);
    for (size_t i = 1; i < found.n_notes; i++) {
        assert_true(strcmp(found.notes[i - 1].key, found.notes[i].key) < 0);
    }
    pfg_arena_free(arena);
}

static void gpus_are_part_of_the_identity(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile one = detect("rtx3080", arena);
    struct pfg_profile two = detect("gpu-proc", arena);
    (void)state;

    assert_int_equal(one.n_gpus, 1);
    assert_string_equal(one.gpus[0], "NVIDIA GeForce RTX 3080");
    /* nvidia-smi fails there, and the driver's files have the names. */
    assert_int_equal(two.n_gpus, 2);
    assert_string_equal(two.gpus[0], "NVIDIA A100-SXM4-40GB");
    assert_string_equal(two.gpus[1], "NVIDIA A100-SXM4-40GB");
    pfg_arena_free(arena);
}

static void a_given_name_is_kept(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_hw_options options = {.root = "tests/data/hw/plain/",
                                     .name = "staging"};
    struct pfg_profile found = pfg_hw_detect(&options, arena);
    (void)state;

    assert_true(found.name_given);
    assert_string_equal(found.name, "staging");
    assert_int_equal(found.cpus, 4);
    pfg_arena_free(arena);
}

static void this_machine_is_found_and_found_again(void **state)
{
    static const struct pfg_hw_options here = {.root = NULL};
    static const struct pfg_hw_options slash = {.root = "/"};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile a = pfg_hw_detect(&here, arena);
    struct pfg_profile b = pfg_hw_detect(&slash, arena);
    (void)state;

    assert_non_null(a.arch);
    assert_in_range(a.cpus, 1, sysconf(_SC_NPROCESSORS_ONLN));
    assert_string_equal(a.fingerprint, b.fingerprint);
    assert_string_equal(a.name, b.name);
    pfg_arena_free(arena);
}

/* Puts a program called nvidia-smi first on the PATH. */
static int ask_program(struct pfg_str *out, const char *script, int patience_ms)
{
    char folder[] = "/tmp/perfgate-hw-XXXXXX";
    struct pfg_arena *arena = pfg_arena_new();
    char *before = strdup(getenv("PATH"));
    const char *program;
    int result;

    assert_non_null(mkdtemp(folder));
    program = pfg_path_join(arena, folder, "nvidia-smi");
    assert_int_equal(pfg_file_write(program, pfg_slice_of(script), NULL), 0);
    assert_int_equal(chmod(program, 0755), 0);
    setenv("PATH", pfg_arena_printf(arena, "%s:%s", folder, before), 1);
    pfg_str_init(out, 4096);
    result = pfg_hw_ask_nvidia_smi(out, patience_ms);
    setenv("PATH", before, 1);
    unlink(program);
    rmdir(folder);
    free(before);
    pfg_arena_free(arena);
    return result;
}

static void nvidia_smi_is_asked_for_names(void **state)
{
    struct pfg_str out;
    (void)state;

    assert_int_equal(
        ask_program(&out, "#!/bin/sh\necho \"$@\"\necho RTX\n", 3000), 0);
    assert_slice(pfg_str_slice(&out),
                 "--query-gpu=name --format=csv,noheader\nRTX\n");
    pfg_str_free(&out);
}

static void an_nvidia_smi_that_fails_hangs_or_floods_is_no_answer(void **state)
{
    static const char *const scripts[] = {
        "#!/bin/sh\necho RTX\nexit 9\n",
        "#!/bin/sh\necho RTX\nexec sleep 60\n",
        "#!/bin/sh\nexec >&-\nexec sleep 60\n",
        "#!/bin/sh\nexec yes\n",
        "#!/bin/sh\nkill -9 $$\n",
        "#!/nonexistent/shell\n",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(scripts); i++) {
        struct timespec before, after;
        struct pfg_str out;

        clock_gettime(CLOCK_MONOTONIC, &before);
        assert_int_equal(ask_program(&out, scripts[i], 200), -1);
        clock_gettime(CLOCK_MONOTONIC, &after);
        assert_true(after.tv_sec - before.tv_sec < 20);
        pfg_str_free(&out);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_identity_of_a_machine_is_read),
        cmocka_unit_test(what_is_there_is_recorded_and_the_rest_left_out),
        cmocka_unit_test(an_empty_root_has_nothing_to_note),
        cmocka_unit_test(notes_are_sorted_and_stand_once),
        cmocka_unit_test(gpus_are_part_of_the_identity),
        cmocka_unit_test(a_given_name_is_kept),
        cmocka_unit_test(this_machine_is_found_and_found_again),
        cmocka_unit_test(nvidia_smi_is_asked_for_names),
        cmocka_unit_test(an_nvidia_smi_that_fails_hangs_or_floods_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
