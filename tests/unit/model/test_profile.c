#include "model/profile.h"

#include "base/arena.h"
#include "check.h"

static const char *name_of(struct pfg_profile profile, struct pfg_arena *arena)
{
    pfg_profile_finish(&profile, arena);
    return profile.name;
}

static void names_are_derived_from_what_the_cpu_calls_itself(void **state)
{
    static const struct {
        const char *vendor, *cpu, *name;
        int cpus;
    } cases[] = {
        {"AuthenticAMD", "AMD EPYC 7763 64-Core Processor", "amd-epyc-7763-4c",
         4},
        {"AuthenticAMD", "AMD EPYC 9V74 80-Core Processor", "amd-epyc-9v74-4c",
         4},
        {"GenuineIntel", "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz",
         "intel-xeon-platinum-8370c-2c", 2},
        {"GenuineIntel", "Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz",
         "intel-core-i7-8650u-8c", 8},
        {"GenuineIntel", "12th Gen Intel(R) Core(TM) i7-12700K",
         "intel-core-i7-12700k-20c", 20},
        {"GenuineIntel", "Intel\u00ae Core\u2122 i5-10210U",
         "intel-core-i5-10210u-8c", 8},
        {"AuthenticAMD", "AMD Ryzen 7 5800U with Radeon Graphics",
         "amd-ryzen-7-5800u-16c", 16},
        {"AuthenticAMD", "AMD FX(tm)-6300 Six-Core Processor", "amd-fx-6300-6c",
         6},
        {"AuthenticAMD", "EPYC 7763", "amd-epyc-7763-4c", 4},
        {"ARM", "Neoverse-N1", "arm-neoverse-n1-64c", 64},
        {NULL, "Apple M1", "apple-m1", 0},
        {NULL, "../../etc/x", "etc-x-1c", 1},
    };
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_profile profile = {.cpu_vendor = cases[i].vendor,
                                      .cpu_name = cases[i].cpu,
                                      .cpus = cases[i].cpus};

        assert_string_equal(name_of(profile, arena), cases[i].name);
    }
    pfg_arena_free(arena);
}

static void a_generic_cpu_is_named_by_family_model_and_stepping(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile profile = {.arch = "x86_64",
                                  .cpu_vendor = "GenuineIntel",
                                  .cpu_name = "Intel(R) Xeon(R) Processor",
                                  .cpu_family = "6",
                                  .cpu_model = "85",
                                  .cpu_stepping = "7",
                                  .cpus = 4};
    (void)state;

    assert_string_equal(name_of(profile, arena), "intel-xeon-6-85-7-4c");
    profile.cpu_name = "Intel Xeon Processor (Cascadelake)";
    assert_string_equal(name_of(profile, arena),
                        "intel-xeon-cascadelake-6-85-7-4c");
    profile.cpu_stepping = NULL;
    assert_string_equal(name_of(profile, arena),
                        "intel-xeon-cascadelake-6-85-4c");
    pfg_arena_free(arena);
}

static void an_unknown_cpu_is_named_by_its_architecture(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    assert_string_equal(
        name_of((struct pfg_profile){.arch = "x86_64", .cpus = 4}, arena),
        "x86_64-4c");
    assert_string_equal(name_of((struct pfg_profile){0}, arena), "unknown-cpu");
    assert_string_equal(
        name_of((struct pfg_profile){.arch = "aarch64", .cpu_name = "(R) - "},
                arena),
        "aarch64");
    pfg_arena_free(arena);
}

static void gpus_are_part_of_the_name(void **state)
{
    static const char *gpus[] = {"NVIDIA A100-SXM4-40GB",
                                 "NVIDIA A100-SXM4-40GB",
                                 "NVIDIA GeForce RTX 3080"};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile profile = {
        .cpu_name = "AMD EPYC 7763", .cpus = 4, .gpus = gpus + 2, .n_gpus = 1};
    (void)state;

    assert_string_equal(name_of(profile, arena), "amd-epyc-7763-4c-rtx-3080");
    profile.gpus = gpus;
    profile.n_gpus = 3;
    assert_string_equal(name_of(profile, arena),
                        "amd-epyc-7763-4c-2x-a100-sxm4-40gb-rtx-3080");
    pfg_arena_free(arena);
}

static void names_stay_short_whatever_the_cpu_says(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    char text[4096];
    (void)state;

    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] = i % 3 == 2 ? ' ' : (char)('a' + i % 26);
    }
    text[sizeof text - 1] = '\0';
    assert_true(strlen(name_of((struct pfg_profile){.cpu_name = text}, arena)) <
                100);
    pfg_arena_free(arena);
}

static void every_identity_field_changes_the_fingerprint(void **state)
{
    static const char *gpu[] = {"Tesla T4"};
    const struct pfg_profile plain = {
        .arch = "x86_64", .cpu_name = "AMD EPYC 7763", .cpus = 4};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile cases[9];
    const size_t n = PFG_COUNT(cases);
    (void)state;

    for (size_t i = 0; i < n; i++) {
        cases[i] = plain;
    }
    cases[1].arch = "aarch64";
    cases[2].cpu_vendor = "";
    cases[3].cpu_family = "25";
    cases[4].cpu_model = "25";
    cases[5].cpu_stepping = "25";
    cases[6].cpu_name = "AMD EPYC 7764";
    cases[7].cpus = 8;
    cases[8].gpus = gpu;
    cases[8].n_gpus = 1;
    for (size_t i = 0; i < n; i++) {
        pfg_profile_finish(&cases[i], arena);
        assert_int_equal(strlen(cases[i].fingerprint), 32);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(cases[i].fingerprint, cases[j].fingerprint);
        }
    }
    pfg_arena_free(arena);
}

static void recorded_notes_do_not_change_the_fingerprint(void **state)
{
    struct pfg_fact notes[] = {{"governor", "performance"},
                                       {"kernel", "6.1.0"}};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile a = {.cpu_name = "AMD EPYC 7763"}, b = a;
    (void)state;

    b.notes = notes;
    b.n_notes = 2;
    pfg_profile_finish(&a, arena);
    pfg_profile_finish(&b, arena);
    assert_string_equal(a.fingerprint, b.fingerprint);
    assert_string_equal(pfg_profile_note(&b, "kernel"), "6.1.0");
    assert_null(pfg_profile_note(&b, "turbo"));
    pfg_arena_free(arena);
}

static void a_stored_fingerprint_means_the_same_for_ever(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile derived = {.arch = "x86_64",
                                  .cpu_vendor = "AuthenticAMD",
                                  .cpu_family = "25",
                                  .cpu_model = "1",
                                  .cpu_stepping = "1",
                                  .cpu_name = "AMD EPYC 7763",
                                  .cpus = 4};
    struct pfg_profile given = {.name = "rtx3080", .name_given = true};
    (void)state;

    pfg_profile_finish(&derived, arena);
    pfg_profile_finish(&given, arena);
    assert_string_equal(derived.fingerprint,
                        "aee71560ed22fec08debe7f450783bba");
    assert_string_equal(given.fingerprint, "ed5fc58b876a464096dff242d5de4b71");
    pfg_arena_free(arena);
}

static void a_given_name_is_the_whole_identity(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_profile here = {
        .name = "lab", .name_given = true, .cpu_name = "AMD EPYC 7763"};
    struct pfg_profile there = {
        .name = "lab", .name_given = true, .cpu_name = "Apple M1"};
    struct pfg_profile blank = {
        .name = "", .name_given = true, .cpu_name = "Apple M1"};
    (void)state;

    pfg_profile_finish(&here, arena);
    pfg_profile_finish(&there, arena);
    pfg_profile_finish(&blank, arena);
    assert_string_equal(here.name, "lab");
    assert_string_equal(here.fingerprint, there.fingerprint);
    assert_string_equal(blank.name, "apple-m1");
    assert_string_not_equal(here.fingerprint, blank.fingerprint);
    pfg_arena_free(arena);
}

static void a_copy_shares_nothing_with_the_original(void **state)
{
    struct pfg_arena *first = pfg_arena_new(), *second = pfg_arena_new();
    struct pfg_profile original = {
        .arch = pfg_arena_strdup(first, "x86_64"), .n_gpus = 1, .n_notes = 1};
    struct pfg_profile copy;
    (void)state;

    original.gpus = pfg_arena_new_array(first, const char *, 1);
    original.gpus[0] = pfg_arena_strdup(first, "Tesla T4");
    original.notes = pfg_arena_new_array(first, struct pfg_fact, 1);
    original.notes[0].key = pfg_arena_strdup(first, "kernel");
    original.notes[0].value = pfg_arena_strdup(first, "6.1");
    copy = pfg_profile_copy(&original, second);
    pfg_arena_free(first);
    assert_string_equal(copy.arch, "x86_64");
    assert_null(copy.cpu_name);
    assert_string_equal(copy.gpus[0], "Tesla T4");
    assert_string_equal(pfg_profile_note(&copy, "kernel"), "6.1");
    pfg_arena_free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_derived_from_what_the_cpu_calls_itself),
        cmocka_unit_test(a_generic_cpu_is_named_by_family_model_and_stepping),
        cmocka_unit_test(an_unknown_cpu_is_named_by_its_architecture),
        cmocka_unit_test(gpus_are_part_of_the_name),
        cmocka_unit_test(names_stay_short_whatever_the_cpu_says),
        cmocka_unit_test(every_identity_field_changes_the_fingerprint),
        cmocka_unit_test(recorded_notes_do_not_change_the_fingerprint),
        cmocka_unit_test(a_stored_fingerprint_means_the_same_for_ever),
        cmocka_unit_test(a_given_name_is_the_whole_identity),
        cmocka_unit_test(a_copy_shares_nothing_with_the_original),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
