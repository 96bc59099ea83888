#include <string.h>

#include "base/number.h"
#include "ingest/core/measurement_builder.h"
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
 * Nanoseconds. A failed benchmark has <failed message="..."/>. The suite is the
 * test case; the sections are put in front of the benchmark's name.
 */

struct parse {
    const char *test;
    PFG_VEC(const char *) sections;
    bool open; /* within a <BenchmarkResults> */
    struct pfg_builder finding;
    const char *stddev, *samples;
};

static void begin(struct pfg_xml *xml, const char **all)
{
    struct parse *parse = xml->self;
    struct pfg_arena *arena = xml->reader->arena;
    const char *own = pfg_xml_copy(xml, all, "name"), *name = "";

    for (size_t i = 0; i < parse->sections.n; i++) {
        name = pfg_arena_printf(arena, "%s%s/", name, parse->sections.at[i]);
    }
    parse->open = true;
    parse->stddev = NULL;
    parse->samples = pfg_xml_copy(xml, all, "samples");
    parse->finding = pfg_builder_begin(xml->reader, NULL, NULL);
    pfg_builder_unit(&parse->finding, PFG_LIT("ns"));
    parse->finding.m.suite = pfg_slice_of(parse->test);
    parse->finding.m.benchmark =
        pfg_slice_of(pfg_arena_printf(arena, "%s%s", name, own ? own : ""));
    parse->finding.m.pos.line = pfg_xml_line(xml);
}

static double number(const char *text)
{
    double value;

    return pfg_number_parse(&value, pfg_slice_of(text), 0) ? NAN : value;
}

static void send(struct parse *parse)
{
    struct pfg_builder *finding = &parse->finding;

    finding->summary.stddev =
        pfg_builder_read_number(finding, pfg_slice_of(parse->stddev));
    finding->summary.count = number(parse->samples);
    if (!finding->m.summary) {
        pfg_builder_error(finding, "the benchmark has no mean");
    }
    pfg_builder_send(finding);
    parse->open = false;
}

static void on_result(struct pfg_xml *xml, const char *name, const char **all)
{
    struct parse *parse = xml->self;
    struct pfg_builder *finding = &parse->finding;
    const char *text;

    if (!strcmp(name, "mean")) {
        pfg_builder_read_summary(finding,
                                 pfg_slice_of(pfg_xml_copy(xml, all, "value")));
        finding->summary.lower = pfg_builder_read_number(
            finding, pfg_slice_of(pfg_xml_find(all, "lowerBound")));
        finding->summary.upper = pfg_builder_read_number(
            finding, pfg_slice_of(pfg_xml_find(all, "upperBound")));
        finding->summary.level = number(pfg_xml_find(all, "ci"));
    } else if (!strcmp(name, "standardDeviation")) {
        parse->stddev = pfg_xml_copy(xml, all, "value");
    } else if (!strcmp(name, "failed")) {
        text = pfg_xml_find(all, "message");
        pfg_builder_error(finding, "%s",
                          text && *text ? text : "the benchmark failed");
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
    if (parse->open) {
        on_result(xml, name, all);
    } else if (!strcmp(name, "TestCase")) {
        parse->test = pfg_xml_copy(xml, all, "name");
    } else if (!strcmp(name, "Section")) {
        called = pfg_xml_copy(xml, all, "name");
        pfg_vec_push(&parse->sections, xml->reader->arena,
                     called ? called : "");
    } else if (!strcmp(name, "OverallResult")) {
        on_overall(xml, parse->test, all);
    } else if (!strcmp(name, "BenchmarkResults")) {
        begin(xml, all);
    }
}

static void on_end(struct pfg_xml *xml, const char *name)
{
    struct parse *parse = xml->self;

    if (!strcmp(name, "BenchmarkResults") && parse->open) {
        send(parse);
    } else if (!strcmp(name, "Section") && parse->sections.n) {
        parse->sections.n--;
    }
}

static enum pfg_claim read_xml(struct pfg_reader *reader, struct pfg_slice text)
{
    static const struct pfg_xml_handlers handlers = {
        {"Catch2TestRun", "Catch"}, on_start, on_end};
    struct parse parse = {0};

    return pfg_xml_read(reader, text, &handlers, &parse);
}

const struct pfg_ingester pfg_ingester_catch2 = {
    .name = "catch2",
    .title = "Catch2 --reporter xml",
    .looks = "XML with the root <Catch2TestRun> or <Catch>",
    .xml = read_xml,
};
