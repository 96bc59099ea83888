#include <string.h>

#include "base/arena.h"
#include "ingest/core/xml.h"
#include "unit/unit.h"

/*
 * phpbench run --dump-file (phpbench/phpbench, lib/Serializer/XmlEncoder.php):
 *
 *   <benchmark class="\HashBench"><subject name="benchMd5">
 *     <variant revs="1000" ...>
 *       <parameter-set name="short"/>
 *       <iteration time-net="955" time-revs="1000" time-avg="0.955"
 *                  mem-peak="467144" .../>
 *
 * An iteration is an observation: microseconds of a revolution, and the most
 * memory. What a variant threw is in <errors>; an assertion that failed
 * (<failures>) was measured all the same.
 */

struct parse {
    const char *class, *subject;
    struct pfg_param set; /* "0" without parameters: the subject has none */
    bool has_parameters;
    PFG_VEC(double) values[2];
    PFG_VEC(struct pfg_slice) written[2];
    const char *error;
    long line;
    size_t variant; /* depth of the one that is open, 0: none is */
};

static const struct {
    const char *attribute, *metric, *unit;
} metrics[2] = {{"time-avg", "time", "us"}, {"mem-peak", "memory", "B"}};

static void on_iteration(struct pfg_xml *xml, const char **all)
{
    struct parse *parse = xml->self;

    for (size_t i = 0; i < 2; i++) {
        struct pfg_slice digits =
            pfg_slice_of(pfg_xml_keep(xml, all, metrics[i].attribute));
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(metrics[i].unit));
        double value;

        if (digits.len && !pfg_unit_convert(&value, digits, &unit)) {
            pfg_vec_push(&parse->values[i], xml->reader->arena, value);
            pfg_vec_push(&parse->written[i], xml->reader->arena, digits);
        }
    }
}

static void send(struct pfg_xml *xml)
{
    const struct parse *parse = xml->self;
    bool nothing = !parse->values[0].n && !parse->values[1].n;
    bool has_set =
        parse->set.value.len &&
        (parse->has_parameters || !pfg_slice_is(parse->set.value, "0"));

    for (size_t i = 0; i < 2; i++) {
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(metrics[i].unit));
        const char *error = parse->error        ? parse->error
                            : nothing && i == 0 ? "no iterations"
                                                : NULL;
        struct pfg_measurement m = {
            .suite = pfg_slice_of(parse->class),
            .benchmark = pfg_slice_of(parse->subject),
            .params = &parse->set,
            .n_params = has_set,
            .metric = pfg_slice_of(metrics[i].metric),
            .unit = unit.base,
            .better = PFG_LOWER,
            .written_unit = pfg_slice_of(metrics[i].unit),
            .error = pfg_slice_of(error),
            .values = parse->values[i].at,
            .n_values = error ? 0 : parse->values[i].n,
            .written = error ? NULL : parse->written[i].at,
            .pos = {.file = xml->reader->pos.file, .line = parse->line},
        };

        if (m.n_values || (error && i == 0)) {
            xml->reader->sink->measurement(xml->reader->sink->self, &m);
        }
    }
}

static void on_start(struct pfg_xml *xml, const char *name, const char **all)
{
    struct parse *parse = xml->self;

    if (!strcmp(name, "benchmark")) {
        parse->class = pfg_xml_keep(xml, all, "class");
    } else if (!strcmp(name, "subject")) {
        parse->subject = pfg_xml_keep(xml, all, "name");
    } else if (!strcmp(name, "variant")) {
        *parse = (struct parse){
            .class = parse->class,
            .subject = parse->subject,
            .line = pfg_xml_line(xml),
            .variant = xml->depth,
        };
    } else if (!parse->variant) {
        return;
    } else if (!strcmp(name, "parameter-set")) {
        parse->set.key = PFG_LIT("parameters");
        parse->set.value = pfg_slice_of(pfg_xml_keep(xml, all, "name"));
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
        send(xml);
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
