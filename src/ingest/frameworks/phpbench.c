#include <string.h>

#include "ingest/core/measurement_builder.h"
#include "ingest/core/xml.h"

/*
 * phpbench run --dump-file (phpbench/phpbench, lib/Serializer/XmlEncoder.php):
 *
 *   <benchmark class="\HashBench"><subject name="benchMd5">
 *     <variant revs="1000" ...>
 *       <parameter-set name="short"/>
 *       <iteration time-net="955" time-revs="1000" time-avg="0.955"
 *                  mem-peak="467144" .../>
 *
 * An iteration is an observation: microseconds per revolution, and the peak of
 * memory. What a variant threw is in <errors>; one with a failed assertion
 * (<failures>) was measured all the same.
 */

struct parse {
    const char *class, *subject;
    const char *set; /* "0" if the subject has no parameters */
    bool has_parameters;
    struct pfg_builder findings[2];
    const char *error;
    size_t variant; /* depth of the open one; 0: none is open */
};

static const struct {
    const char *attribute, *metric, *unit;
} metrics[2] = {{"time-avg", "time", "us"}, {"mem-peak", "memory", "B"}};

static void begin_variant(struct pfg_xml *xml)
{
    struct parse *parse = xml->self;

    *parse = (struct parse){
        .class = parse->class,
        .subject = parse->subject,
        .variant = xml->depth,
    };
    for (size_t i = 0; i < 2; i++) {
        struct pfg_builder *finding = &parse->findings[i];

        *finding = pfg_builder_begin(xml->reader, NULL, NULL);
        pfg_builder_unit(finding, pfg_slice_of(metrics[i].unit));
        finding->m.suite = pfg_slice_of(parse->class);
        finding->m.benchmark = pfg_slice_of(parse->subject);
        finding->m.metric = pfg_slice_of(metrics[i].metric);
        finding->m.better = PFG_LOWER;
        finding->m.pos.line = pfg_xml_line(xml);
    }
}

static void on_iteration(struct pfg_xml *xml, const char **all)
{
    struct parse *parse = xml->self;

    for (size_t i = 0; i < 2; i++) {
        pfg_builder_read_value(
            &parse->findings[i],
            pfg_slice_of(pfg_xml_copy(xml, all, metrics[i].attribute)));
    }
}

static void send(struct parse *parse)
{
    struct pfg_builder *time = &parse->findings[0];
    struct pfg_builder *memory = &parse->findings[1];
    bool has_set = parse->set && *parse->set &&
                   (parse->has_parameters || strcmp(parse->set, "0"));

    if (!parse->error && !time->values.n && !memory->values.n) {
        parse->error = "no iterations";
    }
    for (size_t i = 0; i < 2; i++) {
        struct pfg_builder *finding = &parse->findings[i];

        if (has_set) {
            pfg_builder_param(finding, "parameters", pfg_slice_of(parse->set));
        }
        if (parse->error) {
            finding->values.n = 0;
        }
    }
    time->m.error = pfg_slice_of(parse->error);
    pfg_builder_send(time);
    pfg_builder_send(memory);
}

static void on_start(struct pfg_xml *xml, const char *name, const char **all)
{
    struct parse *parse = xml->self;

    if (!strcmp(name, "benchmark")) {
        parse->class = pfg_xml_copy(xml, all, "class");
    } else if (!strcmp(name, "subject")) {
        parse->subject = pfg_xml_copy(xml, all, "name");
    } else if (!strcmp(name, "variant")) {
        begin_variant(xml);
    } else if (!parse->variant) {
        return;
    } else if (!strcmp(name, "parameter-set")) {
        parse->set = pfg_xml_copy(xml, all, "name");
    } else if (!strcmp(name, "parameter")) {
        parse->has_parameters = true;
    } else if (!strcmp(name, "iteration")) {
        on_iteration(xml, all);
    }
}

static void on_end(struct pfg_xml *xml, const char *name)
{
    struct parse *parse = xml->self;

    if (parse->variant && !strcmp(name, "error") && !parse->error) {
        parse->error = xml->text.len
                           ? pfg_arena_strdup(xml->reader->arena, xml->text.ptr)
                           : "an error without a message";
    } else if (parse->variant && !strcmp(name, "variant")) {
        send(parse);
        parse->variant = 0;
    }
}

static enum pfg_claim read_xml(struct pfg_reader *reader, struct pfg_slice text)
{
    static const struct pfg_xml_handlers handlers = {
        {"phpbench"}, on_start, on_end};
    struct parse parse = {0};

    return pfg_xml_read(reader, text, &handlers, &parse);
}

const struct pfg_ingester pfg_ingester_phpbench = {
    .name = "phpbench",
    .title = "phpbench --dump-file (XML)",
    .looks = "XML with the root <phpbench>",
    .xml = read_xml,
};
