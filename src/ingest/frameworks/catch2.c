#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "ingest/core/printed_number.h"
#include "ingest/core/xml.h"

/*
 * Catch2's XML reporter (catchorg/Catch2, src/catch2/reporters/
 * catch_reporter_xml.cpp), version 2 (<Catch>) and 3 (<Catch2TestRun>):
 *
 *   <TestCase name="parsing"> <Section name="large">
 *     <BenchmarkResults name="json" samples="100" ...>
 *       <mean value="2.15e+09" lowerBound=... upperBound=... ci="0.95"/>
 *       <standardDeviation value=.../>
 *     </BenchmarkResults>
 *
 * Nanoseconds. A benchmark that failed has <failed message="..."/>. The suite
 * is the test case, the benchmark's name is behind those of its sections.
 */

struct benchmark {
    const char *name; /* NULL: none is open */
    const char *value, *lower, *upper, *level, *stddev, *samples, *error;
    long line;
};

struct parse {
    struct pfg_reader *reader;
    const char *test;
    PFG_VEC(const char *) sections;
    struct benchmark benchmark;
};

static double nanoseconds(const char *text)
{
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("ns"));
    double value;

    return text && !pfg_unit_convert(&value, pfg_slice_of(text), &unit) ? value
                                                                        : NAN;
}

static double plain(const char *text)
{
    struct pfg_unit unit = pfg_unit_find(PFG_LIT(""));
    double value;

    return text && !pfg_unit_convert(&value, pfg_slice_of(text), &unit) ? value
                                                                        : NAN;
}

static struct pfg_slice full_name(const struct parse *parse)
{
    const char *name = "";

    for (size_t i = 0; i < parse->sections.n; i++) {
        name = pfg_arena_printf(parse->reader->arena, "%s%s/", name,
                                parse->sections.at[i]);
    }
    return pfg_slice_of(pfg_arena_printf(parse->reader->arena, "%s%s", name,
                                         parse->benchmark.name));
}

static struct pfg_summary summarise(const struct benchmark *benchmark,
                                    const struct pfg_printed *mean)
{
    struct pfg_summary summary = pfg_summary_of(mean->value);

    summary.lower = nanoseconds(benchmark->lower);
    summary.upper = nanoseconds(benchmark->upper);
    summary.level = plain(benchmark->level);
    summary.stddev = nanoseconds(benchmark->stddev);
    summary.count = plain(benchmark->samples);
    summary.resolution = mean->resolution;
    if (summary.count > 1) {
        summary.error = summary.stddev / sqrt(summary.count);
    }
    return summary;
}

static void send(struct parse *parse)
{
    const struct benchmark *benchmark = &parse->benchmark;
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("ns"));
    struct pfg_printed mean = {.digits = pfg_slice_of(benchmark->value)};
    struct pfg_summary summary;
    struct pfg_measurement m = {
        .suite = pfg_slice_of(parse->test),
        .benchmark = full_name(parse),
        .metric = PFG_LIT("time"),
        .unit = unit.base,
        .better = unit.better,
        .written_unit = PFG_LIT("ns"),
        .error = pfg_slice_of(benchmark->error),
        .pos = {.file = parse->reader->pos.file, .line = benchmark->line},
    };

    if (mean.digits.len && !pfg_printed_convert(&mean, &unit)) {
        summary = summarise(benchmark, &mean);
        m.summary = &summary;
        m.written = &mean.digits;
    } else if (!m.error.len) {
        m.error = PFG_LIT("the benchmark has no mean");
    }
    parse->reader->sink->measurement(parse->reader->sink->self, &m);
}

static void on_result(struct pfg_xml *xml, struct benchmark *benchmark,
                      const char *name, const char **all)
{
    if (!strcmp(name, "mean")) {
        benchmark->value = pfg_xml_keep(xml, all, "value");
        benchmark->lower = pfg_xml_keep(xml, all, "lowerBound");
        benchmark->upper = pfg_xml_keep(xml, all, "upperBound");
        benchmark->level = pfg_xml_keep(xml, all, "ci");
    } else if (!strcmp(name, "standardDeviation")) {
        benchmark->stddev = pfg_xml_keep(xml, all, "value");
    } else if (!strcmp(name, "failed")) {
        benchmark->error = pfg_xml_keep(xml, all, "message");
        benchmark->error = benchmark->error && *benchmark->error
                               ? benchmark->error
                               : "the benchmark failed";
    }
}

static void on_overall(struct pfg_xml *xml, const char *test, const char **all)
{
    const char *success = pfg_xml_find(all, "success");

    if (success && !strcmp(success, "false")) {
        pfg_xml_fail(xml, pfg_arena_printf(xml->reader->arena,
                                           "the test case '%.200s' failed",
                                           test ? test : ""));
    }
}

static void on_start(struct pfg_xml *xml, const char *name, const char **all)
{
    struct parse *parse = xml->self;
    const char *called;

    if (!xml->depth) {
        return;
    }
    if (parse->benchmark.name) {
        on_result(xml, &parse->benchmark, name, all);
    } else if (!strcmp(name, "TestCase")) {
        parse->test = pfg_xml_keep(xml, all, "name");
    } else if (!strcmp(name, "Section")) {
        called = pfg_xml_keep(xml, all, "name");
        pfg_vec_push(&parse->sections, parse->reader->arena,
                     called ? called : "");
    } else if (!strcmp(name, "OverallResult")) {
        on_overall(xml, parse->test, all);
    } else if (!strcmp(name, "BenchmarkResults")) {
        called = pfg_xml_keep(xml, all, "name");
        parse->benchmark = (struct benchmark){
            .name = called ? called : "",
            .samples = pfg_xml_keep(xml, all, "samples"),
            .line = pfg_xml_line(xml),
        };
    }
}

static void on_end(struct pfg_xml *xml, const char *name)
{
    struct parse *parse = xml->self;

    if (!strcmp(name, "BenchmarkResults") && parse->benchmark.name) {
        send(parse);
        parse->benchmark.name = NULL;
    } else if (!strcmp(name, "Section") && parse->sections.n) {
        parse->sections.n--;
    }
}

static enum pfg_claim read_xml(struct pfg_reader *reader, struct pfg_slice text)
{
    static const struct pfg_xml_handlers handlers = {
        {"Catch2TestRun", "Catch"}, on_start, on_end};
    struct parse parse = {.reader = reader};

    return pfg_xml_read(reader, text, &handlers, &parse);
}

const struct pfg_ingester pfg_ingester_catch2 = {
    .name = "catch2",
    .title = "Catch2 --reporter xml",
    .looks = "XML with the root <Catch2TestRun> or <Catch>",
    .xml = read_xml,
};
