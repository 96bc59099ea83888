#include "ingest/core/xml.h"

#include <expat.h>
#include <string.h>

#define TEXT_MAX 1000

const char *pfg_xml_find(const char **all, const char *name)
{
    for (size_t i = 0; all[i]; i += 2) {
        if (!strcmp(all[i], name)) {
            return all[i + 1];
        }
    }
    return NULL;
}

const char *pfg_xml_copy(const struct pfg_xml *xml, const char **all,
                         const char *name)
{
    const char *value = pfg_xml_find(all, name);

    return value ? pfg_arena_strdup(xml->reader->arena, value) : NULL;
}

long pfg_xml_line(const struct pfg_xml *xml)
{
    return xml->reader->pos.line - 1 +
           (long)XML_GetCurrentLineNumber(xml->parser);
}

void pfg_xml_fail(struct pfg_xml *xml, const char *message)
{
    long before = xml->reader->pos.line;

    xml->reader->pos.line = pfg_xml_line(xml);
    pfg_reader_fail(xml->reader, "%s", message);
    xml->reader->pos.line = before;
}

static void stop(struct pfg_xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_start(void *self, const char *name, const char **all)
{
    struct pfg_xml *xml = self;
    const char *const *roots = xml->handlers->roots;

    pfg_str_clear(&xml->text);
    for (size_t i = 0; !xml->depth && !xml->ours && roots[i]; i++) {
        xml->ours = !strcmp(name, roots[i]);
    }
    if (!xml->ours) {
        stop(xml);
        return;
    }
    xml->handlers->start(xml, name, all);
    xml->depth++;
}

static void XMLCALL on_end(void *self, const char *name)
{
    struct pfg_xml *xml = self;

    xml->depth--;
    if (xml->handlers->end) {
        xml->handlers->end(xml, name);
    }
    pfg_str_clear(&xml->text);
}

static void XMLCALL on_text(void *self, const char *text, int len)
{
    struct pfg_xml *xml = self;

    pfg_str_add(&xml->text, pfg_slice_make(text, (size_t)len));
}

static void XMLCALL on_doctype(void *self, const char *name, const char *system,
                               const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(self);
}

static void parse(struct pfg_xml *xml, struct pfg_slice text)
{
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    if (XML_Parse(xml->parser, text.ptr, (int)text.len, XML_TRUE) ==
            XML_STATUS_ERROR &&
        xml->ours && !xml->stopped) {
        pfg_xml_fail(xml, pfg_arena_printf(
                              xml->reader->arena,
                              "the XML is cut off or malformed here: %s",
                              XML_ErrorString(XML_GetErrorCode(xml->parser))));
    }
}

enum pfg_claim pfg_xml_read(struct pfg_reader *reader, struct pfg_slice text,
                            const struct pfg_xml_handlers *handlers, void *self)
{
    struct pfg_xml xml = {.reader = reader, .self = self, .handlers = handlers};

    if (text.len > PFG_DOCUMENT_MAX) {
        return PFG_NOT_MINE;
    }
    /* The input has been converted to UTF-8, whatever the declaration names. */
    xml.parser = XML_ParserCreate("UTF-8");
    if (xml.parser) {
        pfg_str_init(&xml.text, TEXT_MAX);
        parse(&xml, text);
        pfg_str_free(&xml.text);
        XML_ParserFree(xml.parser);
    }
    return xml.ours ? PFG_MINE : PFG_NOT_MINE;
}
