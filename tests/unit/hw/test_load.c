#include "hw/load.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"

struct place {
    char root[64];
    struct pfg_arena *arena;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    snprintf(place->root, sizeof place->root, "/tmp/perfgate-load-XXXXXX");
    if (!mkdtemp(place->root)) {
        return -1;
    }
    place->arena = pfg_arena_new();
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    pfg_file_remove_all(place->root, NULL);
    pfg_arena_free(place->arena);
    free(place);
    return 0;
}

static void put(struct place *place, const char *path, const char *text)
{
    const char *whole = pfg_path_join(place->arena, place->root, path);

    assert_int_equal(
        pfg_file_make_directories(pfg_path_folder(place->arena, whole), NULL),
        0);
    assert_int_equal(pfg_file_write(whole, pfg_slice_of(text), NULL), 0);
}

static struct pfg_load take(struct place *place)
{
    return pfg_load_read(place->root, place->arena);
}

static void processors_are_read_in_seconds(void **state)
{
    struct place *place = *state;
    struct pfg_load load;

    put(place, "proc/stat",
        "cpu  300 0 0 900 0 0 0 0 0 0\n"
        "cpu0 100 10 20 500 5 3 2 40 50 0\n"
        "cpu3 200 0 0 400 0 0 0 0 0 0\n"
        "intr 12345 0 0\nctxt 99\n");
    put(place, "proc/loadavg", "0.52 0.40 0.31 2/512 9999\n");
    put(place, "proc/uptime", "12345.67 23456.78\n");
    put(place, "proc/pressure/cpu",
        "some avg10=0.31 avg60=0.20 avg300=0.10 total=2500000\n"
        "full avg10=0.00 avg60=0.00 avg300=0.00 total=9\n");
    put(place, "proc/vmstat", "pgpgin 7\npswpin 30\npswpout 12\n");
    put(place, "sys/class/thermal/thermal_zone0/temp", "41000\n");
    put(place, "sys/class/thermal/thermal_zone1/temp", "63500\n");
    put(place,
        "sys/devices/system/cpu/cpu0/thermal_throttle/"
        "core_throttle_count",
        "3\n");
    put(place,
        "sys/devices/system/cpu/cpu3/thermal_throttle/"
        "core_throttle_count",
        "4\n");
    load = take(place);
    assert_int_equal(load.n_cpus, 2);
    assert_int_equal(load.cpus[0].id, 0);
    assert_int_equal(load.cpus[1].id, 3);
    /* The time of guests is already included in user. */
    assert_near(load.cpus[0].busy, 1.35, 1e-9);
    assert_near(load.cpus[0].idle, 5.05, 1e-9);
    assert_near(load.cpus[0].steal, 0.4, 1e-9);
    assert_near(load.load1, 0.52, 0);
    assert_near(load.uptime, 12345.67, 0);
    assert_near(load.waited, 2.5, 1e-9);
    assert_near(load.swapped, 42, 0);
    assert_near(load.temperature, 63.5, 1e-9);
    assert_near(load.throttled, 7, 0);
}

static void what_is_not_there_is_unknown(void **state)
{
    struct place *place = *state;
    struct pfg_load load = take(place);
    struct pfg_load_change change = pfg_load_between(&load, &load, NULL, 0, 0);

    assert_int_equal(load.n_cpus, 0);
    assert_near(load.load1, NAN, 0);
    assert_near(load.uptime, NAN, 0);
    assert_near(load.waited, NAN, 0);
    assert_near(load.swapped, NAN, 0);
    assert_near(load.temperature, NAN, 0);
    assert_near(load.throttled, NAN, 0);
    assert_near(change.seconds, NAN, 0);
    assert_near(change.other, NAN, 0);
    assert_near(change.steal, NAN, 0);
    assert_near(change.waited, NAN, 0);
}

static void what_makes_no_sense_is_unknown(void **state)
{
    struct place *place = *state;
    struct pfg_load load;

    put(place, "proc/stat",
        "cpu0 1 2 3\ncpu1 a b c d e f g h\n"
        "cpu99999999999 1 1 1 1 1 1 1 1\n"
        "cpu2 -1 1 1 1 1 1 1 1\ncpuX 1 1 1 1 1 1 1 1\n"
        "cpu5 100 0 0 0 0 0 0 0");
    put(place, "proc/loadavg", "high\n");
    put(place, "proc/uptime", "inf\n");
    put(place, "proc/pressure/cpu", "some avg10=0.00\n");
    put(place, "proc/vmstat", "pswpin 3\n");
    put(place, "sys/class/thermal/thermal_zone0/temp", "\n");
    load = take(place);
    assert_int_equal(load.n_cpus, 1);
    assert_int_equal(load.cpus[0].id, 5);
    assert_near(load.load1, NAN, 0);
    assert_near(load.uptime, NAN, 0);
    assert_near(load.waited, NAN, 0);
    assert_near(load.swapped, NAN, 0);
    assert_near(load.temperature, NAN, 0);
}

/* The sensor of a disk must not be taken for the processor's. */
static void temperature_is_the_processors(void **state)
{
    struct place *place = *state;

    put(place, "sys/class/hwmon/hwmon0/name", "nvme\n");
    put(place, "sys/class/hwmon/hwmon0/temp1_input", "90000\n");
    assert_near(take(place).temperature, NAN, 0);
    put(place, "sys/class/hwmon/hwmon1/name", "k10temp\n");
    put(place, "sys/class/hwmon/hwmon1/temp1_input", "55125\n");
    assert_near(take(place).temperature, 55.125, 1e-9);
}

/* Ten seconds of four processors, part of them used by other programs. */
static struct pfg_load later(struct pfg_load_cpu cpus[4], double uptime)
{
    return (struct pfg_load){.cpus = cpus,
                             .n_cpus = 4,
                             .load1 = 1.5,
                             .waited = uptime / 4,
                             .uptime = uptime,
                             .temperature = uptime / 2,
                             .throttled = uptime,
                             .swapped = 7};
}

static void shares_are_of_the_processors_asked_for(void **state)
{
    static const int ours[] = {1, 3}, nobody[] = {64};
    struct pfg_load_cpu before[] = {
        {0, 100, 100, 0}, {1, 50, 60, 1}, {2, 0, 0, 0}, {3, 5, 5, 5}};
    struct pfg_load_cpu after[] = {
        {0, 110, 100, 0}, {1, 56, 63, 2}, {2, 0, 10, 0}, {3, 9, 11, 5}};
    struct pfg_load a = later(before, 20), b = later(after, 30);
    struct pfg_load_change change;

    (void)state;
    /* 10 s busy of 20, of which 7 s are ours; 1 s of 20 stolen. */
    change = pfg_load_between(&a, &b, ours, 2, 7);
    assert_near(change.seconds, 10, 0);
    assert_near(change.busy, 0.5, 1e-12);
    assert_near(change.other, 0.15, 1e-12);
    assert_near(change.steal, 0.05, 1e-12);
    assert_near(change.waited, 0.25, 1e-12);
    assert_near(change.load1, 1.5, 0);
    assert_near(change.temperature, 5, 0);
    assert_near(change.throttled, 10, 0);
    assert_near(change.swapped, 0, 0);
    change = pfg_load_between(&a, &b, NULL, 0, 0);
    assert_near(change.other, 0.5, 1e-12);
    assert_near(change.steal, 0.025, 1e-12);
    /* Time that the ticks did not count is not attributed to others. */
    assert_near(pfg_load_between(&a, &b, ours, 2, 11).other, 0, 0);
    assert_near(pfg_load_between(&a, &b, nobody, 1, 0).other, NAN, 0);
    /* Less than a tick: everything is unknown. */
    assert_near(pfg_load_between(&a, &a, ours, 2, 0).steal, NAN, 0);
    assert_near(pfg_load_between(&a, &a, ours, 2, 0).waited, NAN, 0);
}

static void clocks_that_run_backwards_count_for_nothing(void **state)
{
    struct pfg_load_cpu before[] = {{0, 10, 10, 5}}, after[] = {{0, 12, 9, 5}};
    struct pfg_load a = {.cpus = before, .n_cpus = 1, .uptime = 1};
    struct pfg_load b = {.cpus = after, .n_cpus = 1, .uptime = 3};

    (void)state;
    assert_near(pfg_load_between(&a, &b, NULL, 0, 0).busy, 1, 0);
    assert_near(pfg_load_between(&a, &b, NULL, 0, 0).steal, 0, 0);
}

static void a_processor_that_came_or_went_is_left_out(void **state)
{
    struct pfg_load_cpu before[] = {{0, 10, 10, 0}, {1, 0, 0, 0}};
    struct pfg_load_cpu after[] = {{0, 12, 18, 0}, {2, 900, 0, 0}};
    struct pfg_load a = {.cpus = before, .n_cpus = 2, .uptime = 1};
    struct pfg_load b = {.cpus = after, .n_cpus = 2, .uptime = 11};

    (void)state;
    assert_near(pfg_load_between(&a, &b, NULL, 0, 0).busy, 0.2, 1e-12);
}

static void this_machine_can_be_read(void **state)
{
    struct place *place = *state;
    struct pfg_load a = pfg_load_read(NULL, place->arena), b;
    struct pfg_load_change change;

    if (!a.n_cpus) {
        skip(); /* no /proc */
    }
    for (volatile double i = 0; i < 3e7; i++) {
    }
    usleep(50000);
    b = pfg_load_read("", place->arena);
    change = pfg_load_between(&a, &b, NULL, 0, 0);
    assert_true(change.seconds > 0.04);
    assert_true(change.busy >= 0 && change.busy <= 1);
    assert_true(change.other >= 0 && change.other <= change.busy);
    assert_true(change.steal >= 0 && change.steal <= 1);
}

#define LOAD_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        LOAD_TEST(processors_are_read_in_seconds),
        LOAD_TEST(what_is_not_there_is_unknown),
        LOAD_TEST(what_makes_no_sense_is_unknown),
        LOAD_TEST(temperature_is_the_processors),
        LOAD_TEST(shares_are_of_the_processors_asked_for),
        LOAD_TEST(clocks_that_run_backwards_count_for_nothing),
        LOAD_TEST(a_processor_that_came_or_went_is_left_out),
        LOAD_TEST(this_machine_can_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
