#include <expat.h>
#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"

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
    XML_Parser parser;
    bool ours;
    bool foreign;
    size_t depth;
    const char *test;
    PFG_VEC(const char *) sections;
    struct benchmark benchmark;
};

/* The value of an attribute, kept; NULL where there is none. */
static const char *attribute(const struct parse *parse, const char **all,
                             const char *name)
{
    for (size_t i = 0; all[i]; i += 2) {
        if (!strcmp(all[i], name)) {
            return pfg_arena_strdup(parse->reader->arena, all[i + 1]);
        }
    }
    return NULL;
}

static long line_of(const struct parse *parse)
{
    return parse->reader->pos.line - 1 +
           (long)XML_GetCurrentLineNumber(parse->parser);
}

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

static void on_root(struct parse *parse, const char *name)
{
    parse->ours = !strcmp(name, "Catch2TestRun") || !strcmp(name, "Catch");
    if (!parse->ours) {
        parse->foreign = true;
        XML_StopParser(parse->parser, XML_FALSE);
    }
}

static void on_result(struct parse *parse, const char *name, const char **all)
{
    struct benchmark *benchmark = &parse->benchmark;

    if (!strcmp(name, "mean")) {
        benchmark->value = attribute(parse, all, "value");
        benchmark->lower = attribute(parse, all, "lowerBound");
        benchmark->upper = attribute(parse, all, "upperBound");
        benchmark->level = attribute(parse, all, "ci");
    } else if (!strcmp(name, "standardDeviation")) {
        benchmark->stddev = attribute(parse, all, "value");
    } else if (!strcmp(name, "failed")) {
        benchmark->error = attribute(parse, all, "message");
        benchmark->error = benchmark->error && *benchmark->error
                               ? benchmark->error
                               : "the benchmark failed";
    }
}

static void on_overall(struct parse *parse, const char **all)
{
    const char *success = attribute(parse, all, "success");
    long before = parse->reader->pos.line;

    if (success && !strcmp(success, "false")) {
        parse->reader->pos.line = line_of(parse);
        pfg_reader_fail(parse->reader, "the test case '%.200s' failed",
                        parse->test ? parse->test : "");
        parse->reader->pos.line = before;
    }
}

static void XMLCALL on_start(void *self, const char *name, const char **all)
{
    struct parse *parse = self;

    if (!parse->depth++) {
        on_root(parse, name);
        return;
    }
    if (parse->benchmark.name) {
        on_result(parse, name, all);
    } else if (!strcmp(name, "TestCase")) {
        parse->test = attribute(parse, all, "name");
    } else if (!strcmp(name, "Section")) {
        const char *section = attribute(parse, all, "name");

        pfg_vec_push(&parse->sections, parse->reader->arena,
                     section ? section : "");
    } else if (!strcmp(name, "OverallResult")) {
        on_overall(parse, all);
    } else if (!strcmp(name, "BenchmarkResults")) {
        const char *called = attribute(parse, all, "name");

        parse->benchmark = (struct benchmark){
            .name = called ? called : "",
            .samples = attribute(parse, all, "samples"),
            .line = line_of(parse),
        };
    }
}

static void XMLCALL on_end(void *self, const char *name)
{
    struct parse *parse = self;

    parse->depth--;
    if (!strcmp(name, "BenchmarkResults") && parse->benchmark.name) {
        send(parse);
        parse->benchmark.name = NULL;
    } else if (!strcmp(name, "Section") && parse->sections.n) {
        parse->sections.n--;
    }
}

/* No reporter writes one, and entities may be bombs. */
static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public, int internal)
{
    struct parse *parse = self;

    (void)name, (void)system, (void)public, (void)internal;
    parse->foreign = true;
    XML_StopParser(parse->parser, XML_FALSE);
}

/* What was whole has been sent. */
static void report_cut(const struct parse *parse)
{
    long before = parse->reader->pos.line;

    parse->reader->pos.line = line_of(parse);
    pfg_reader_fail(parse->reader, "the XML breaks off or is broken here: %s",
                    XML_ErrorString(XML_GetErrorCode(parse->parser)));
    parse->reader->pos.line = before;
}

static enum pfg_claim read_xml(struct pfg_reader *reader, struct pfg_slice text)
{
    struct parse parse = {.reader = reader};
    enum XML_Status status;

    /* Whatever the declaration says: what is read here is UTF-8. */
    parse.parser = XML_ParserCreate("UTF-8");
    if (!parse.parser || text.len > PFG_DOCUMENT_MAX) {
        XML_ParserFree(parse.parser);
        return PFG_NOT_MINE;
    }
    XML_SetUserData(parse.parser, &parse);
    XML_SetElementHandler(parse.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(parse.parser, on_doctype);
    status = XML_Parse(parse.parser, text.ptr, (int)text.len, XML_TRUE);
    if (status == XML_STATUS_ERROR && parse.ours && !parse.foreign) {
        report_cut(&parse);
    }
    XML_ParserFree(parse.parser);
    return parse.ours ? PFG_MINE : PFG_NOT_MINE;
}

const struct pfg_ingester pfg_ingester_catch2 = {
    .name = "catch2",
    .title = "Catch2 --reporter xml",
    .looks = "XML with the root <Catch2TestRun> or <Catch>",
    .xml = read_xml,
};
