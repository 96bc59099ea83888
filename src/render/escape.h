#ifndef PFG_RENDER_ESCAPE_H
#define PFG_RENDER_ESCAPE_H

#include "base/str.h"

/* Appends text as one visible line: line ends and tabs become blanks, other
 * control characters are spelled out. */
void pfg_escape_line(struct pfg_str *out, struct pfg_slice text);

/*
 * Appends data as plain text for a line of Markdown or a cell of a table: no
 * markup, HTML, links, mentions of people or references to issues come out of
 * it. It becomes one visible line first.
 */
void pfg_escape_markdown(struct pfg_str *out, struct pfg_slice text);

/* The same, never broken between lines: for a number and its unit. */
void pfg_escape_markdown_whole(struct pfg_str *out, struct pfg_slice text);

/* The same for a name, which may be broken after each of its parts. */
void pfg_escape_markdown_name(struct pfg_str *out, struct pfg_slice text);

/* Such a name as HTML text. */
void pfg_escape_html_name(struct pfg_str *out, struct pfg_slice text);

/* Appends data as text or a quoted attribute of XML or HTML: one visible line
 * without characters that XML forbids. */
void pfg_escape_xml(struct pfg_str *out, struct pfg_slice text);

/* Appends an address for a link in Markdown: percent-encodes what could end the
 * link; "#" replaces what is neither http nor https. */
void pfg_escape_url(struct pfg_str *out, struct pfg_slice url);

#endif
