#include "hw/load.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/number.h"
#include "hw/root.h"

#define CPU_FOLDER "sys/devices/system/cpu"
#define CPUS_CAP   16384

/* The ticks of a line. The columns after these are included in user and nice.
 */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, N_TICKS };

static double parse_double(struct pfg_slice *text)
{
    struct pfg_slice word = pfg_take_word(text);
    double value;

    return pfg_number_parse(&value, word, 0) || !isfinite(value) ? NAN : value;
}

/* "cpu12 ticks..."; the line without a number is the sum. */
static bool read_cpu(struct pfg_load_cpu *out, struct pfg_slice line,
                     double ticks_per_second)
{
    struct pfg_slice name = pfg_take_word(&line);
    double ticks[N_TICKS];
    uint64_t id;

    if (!pfg_take(&name, "cpu") || pfg_number_parse_u64(&id, name) ||
        id >= CPUS_CAP) {
        return false;
    }
    for (int i = 0; i < N_TICKS; i++) {
        ticks[i] = parse_double(&line) / ticks_per_second;
        if (!(ticks[i] >= 0)) {
            return false;
        }
    }
    *out = (struct pfg_load_cpu){
        .id = (int)id,
        .busy = ticks[USER] + ticks[NICE] + ticks[SYSTEM] + ticks[IRQ] +
                ticks[SOFTIRQ],
        .idle = ticks[IDLE] + ticks[IOWAIT],
        .steal = ticks[STEAL],
    };
    return true;
}

static void read_cpus(struct pfg_load *out, const struct pfg_hw_source *source,
                      struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_hw_read(source, "proc/stat");
    PFG_VEC(struct pfg_load_cpu) cpus = {0};
    long ticks = sysconf(_SC_CLK_TCK);

    while (pfg_slice_starts(text, "cpu") && cpus.n < CPUS_CAP) {
        struct pfg_load_cpu cpu;

        if (read_cpu(&cpu, pfg_take_until(&text, '\n'),
                     ticks > 0 ? (double)ticks : 100)) {
            pfg_vec_push(&cpus, arena, cpu);
        }
    }
    out->cpus = cpus.at;
    out->n_cpus = cpus.n;
}

static double first_number(const struct pfg_hw_source *source, const char *path)
{
    struct pfg_slice text = pfg_hw_read(source, "%s", path);

    return parse_double(&text);
}

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345", in microseconds. */
static double read_waited(const struct pfg_hw_source *source)
{
    struct pfg_slice text = pfg_hw_read(source, "proc/pressure/cpu");
    struct pfg_slice line = pfg_take_until(&text, '\n');

    if (!pfg_slice_starts(line, "some ")) {
        return NAN;
    }
    line = pfg_slice_from(line, pfg_slice_find(line, "total=") + 6);
    return parse_double(&line) / 1e6;
}

/* Pages swapped in and out, from /proc/vmstat. */
static double read_swapped(const struct pfg_hw_source *source)
{
    struct pfg_slice text = pfg_hw_read(source, "proc/vmstat");
    double pages = 0;
    int found = 0;

    while (text.len) {
        struct pfg_slice line = pfg_take_until(&text, '\n');

        if (pfg_take(&line, "pswpin ") || pfg_take(&line, "pswpout ")) {
            pages += parse_double(&line);
            found++;
        }
    }
    return found == 2 ? pages : NAN;
}

/* The greatest number in the files folder/prefix.../name, or with `sum` their
 * sum; NAN if there is none. */
static double gather(const struct pfg_hw_source *source, const char *folder,
                     const char *prefix, const char *name, bool sum)
{
    struct pfg_hw_names all = pfg_hw_list(source, folder, prefix);
    double result = NAN;

    for (size_t i = 0; i < all.n; i++) {
        double value =
            first_number(source, pfg_arena_printf(source->arena, "%s/%s/%s",
                                                  folder, all.at[i], name));

        if (isfinite(value)) {
            result = isnan(result)    ? value
                     : sum            ? result + value
                     : value > result ? value
                                      : result;
        }
    }
    return result;
}

/* Only sensors of processors; disks and batteries have some, too. */
static double hottest_chip(const struct pfg_hw_source *source)
{
    static const char folder[] = "sys/class/hwmon";
    static const char *const chips[] = {"coretemp", "k10temp", "zenpower",
                                        "cpu_thermal"};
    struct pfg_hw_names all = pfg_hw_list(source, folder, "hwmon");
    double hottest = NAN;

    for (size_t i = 0; i < all.n; i++) {
        const char *one =
            pfg_arena_printf(source->arena, "%s/%s", folder, all.at[i]);
        struct pfg_slice chip = pfg_hw_read(source, "%s/name", one);

        for (size_t k = 0; k < PFG_COUNT(chips); k++) {
            if (pfg_slice_is(chip, chips[k])) {
                /* The first one is the package. */
                hottest =
                    fmax(hottest,
                         first_number(source,
                                      pfg_arena_printf(source->arena,
                                                       "%s/temp1_input", one)));
            }
        }
    }
    return hottest;
}

struct pfg_load pfg_load_read(const char *root, struct pfg_arena *arena)
{
    /* Files are freed at once, because there may be many rounds. */
    struct pfg_arena *own = pfg_arena_new();
    struct pfg_hw_source source = pfg_hw_source_at(root, own);
    struct pfg_load load = {0};

    read_cpus(&load, &source, arena);
    load.load1 = first_number(&source, "proc/loadavg");
    load.uptime = first_number(&source, "proc/uptime");
    load.waited = read_waited(&source);
    load.swapped = read_swapped(&source);
    /* fmax() ignores a NAN. */
    load.temperature = fmax(gather(&source, "sys/class/thermal", "thermal_zone",
                                   "temp", false),
                            hottest_chip(&source)) /
                       1000;
    load.throttled = gather(&source, CPU_FOLDER, "cpu",
                            "thermal_throttle/core_throttle_count", true);
    pfg_arena_free(own);
    return load;
}

/* ---- between two moments ---- */

static bool is_wanted(int id, const int *cpus, size_t n_cpus)
{
    for (size_t i = 0; i < n_cpus; i++) {
        if (cpus[i] == id) {
            return true;
        }
    }
    return n_cpus == 0;
}

static const struct pfg_load_cpu *find_cpu(const struct pfg_load *load, int id)
{
    for (size_t i = 0; i < load->n_cpus; i++) {
        if (load->cpus[i].id == id) {
            return &load->cpus[i];
        }
    }
    return NULL;
}

/* The kernel may correct idle time backwards. */
static double more(double before, double after)
{
    return after > before ? after - before : 0;
}

/* The sum over the wanted processors, in seconds. */
static struct pfg_load_cpu sum_up(const struct pfg_load *a,
                                  const struct pfg_load *b, const int *cpus,
                                  size_t n_cpus)
{
    struct pfg_load_cpu sum = {0};

    for (size_t i = 0; i < b->n_cpus; i++) {
        const struct pfg_load_cpu *after = &b->cpus[i];
        const struct pfg_load_cpu *before = find_cpu(a, after->id);

        if (before && is_wanted(after->id, cpus, n_cpus)) {
            sum.busy += more(before->busy, after->busy);
            sum.idle += more(before->idle, after->idle);
            sum.steal += more(before->steal, after->steal);
        }
    }
    return sum;
}

struct pfg_load_change pfg_load_between(const struct pfg_load *a,
                                        const struct pfg_load *b,
                                        const int *cpus, size_t n_cpus,
                                        double own)
{
    struct pfg_load_cpu sum = sum_up(a, b, cpus, n_cpus);
    double total = sum.busy + sum.idle + sum.steal;
    struct pfg_load_change change = {
        .seconds = b->uptime - a->uptime,
        .busy = NAN,
        .other = NAN,
        .steal = NAN,
        .waited = NAN,
        .load1 = b->load1,
        .temperature = b->temperature - a->temperature,
        .throttled = b->throttled - a->throttled,
        .swapped = b->swapped - a->swapped,
    };

    if (change.seconds > 0) {
        change.waited = (b->waited - a->waited) / change.seconds;
    }
    if (total > 0) {
        change.busy = sum.busy / total;
        change.other = more(own, sum.busy) / total;
        change.steal = sum.steal / total;
    }
    return change;
}
