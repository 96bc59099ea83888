#ifndef PFG_RENDER_ESCAPE_H
#define PFG_RENDER_ESCAPE_H

#include "base/str.h"

/* Appends text as one visible line: line ends and tabs become blanks, other
 * control characters are spelt out. */
void pfg_escape_line(struct pfg_str *out, struct pfg_slice text);

/*
 * Appends data so that it can stand anywhere in a line of Markdown, also in a
 * cell of a table, and is read as what it is: no markup, no HTML, no link, no
 * mention of a person, no link to an issue. It is one visible line first.
 */
void pfg_escape_markdown(struct pfg_str *out, struct pfg_slice text);

/* The same, and never broken between two lines: a number and its unit. */
void pfg_escape_markdown_whole(struct pfg_str *out, struct pfg_slice text);

/* The same of a name, which may be broken behind each of its parts. */
void pfg_escape_markdown_name(struct pfg_str *out, struct pfg_slice text);

/* Such a name as text of HTML. */
void pfg_escape_html_name(struct pfg_str *out, struct pfg_slice text);

/* Appends data as text or a quoted attribute of XML or HTML: one visible line,
 * as above, that holds no character which XML forbids. */
void pfg_escape_xml(struct pfg_str *out, struct pfg_slice text);

/* Appends an address for a link in Markdown: what could end the link is
 * percent-encoded, and what is neither http nor https becomes "#". */
void pfg_escape_url(struct pfg_str *out, struct pfg_slice url);

#endif
