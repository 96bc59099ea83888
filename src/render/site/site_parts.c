#include "render/escape.h"
#include "render/history/history_formats.h"
#include "render/site/site.h"

void pfg_site_text(struct pfg_str *out, const char *text)
{
    pfg_escape_xml(out, pfg_slice_of(text));
}

static void put_links(struct pfg_str *out, const struct pfg_site *site,
                      const char *root)
{
    pfg_str_puts(out, "<header><nav aria-label=\"site\">");
    if (site->is_one_of_many) {
        pfg_str_printf(out, "<a href=\"%s../index.html\">projects</a> ", root);
    }
    pfg_str_printf(out,
                   "<a href=\"%sindex.html\">overview</a> "
                   "<a href=\"%scompare.html\">two versions</a>",
                   root, root);
    if (site->has_report) {
        pfg_str_printf(out, " <a href=\"%sreport.html\">latest report</a>",
                       root);
    }
    pfg_str_printf(out, " <a href=\"%sfeed.atom\">feed</a></nav></header>\n",
                   root);
}

void pfg_site_begin(struct pfg_str *out, const struct pfg_site *site,
                    const char *root, const char *title)
{
    pfg_str_puts(
        out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
             "<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" "
             "content=\"default-src 'none'; script-src 'self'; style-src "
             "'self'; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    pfg_site_text(out, title);
    pfg_str_printf(out,
                   "</title>\n<link rel=\"stylesheet\" "
                   "href=\"%sstyle.css\">\n",
                   root);
    if (site) {
        pfg_str_printf(out,
                       "<link rel=\"alternate\" type=\"application/atom+xml\" "
                       "title=\"regressions\" href=\"%sfeed.atom\">\n"
                       "<script src=\"%ssite.js\" defer></script>\n",
                       root, root);
    }
    pfg_str_puts(out, "</head>\n"
                      "<body>\n"
                      "<a class=\"skip\" href=\"#main\">skip to content</a>\n");
    if (site) {
        put_links(out, site, root);
    }
    pfg_str_puts(out, "<main id=\"main\">\n<h1>");
    pfg_site_text(out, title);
    pfg_str_puts(out, "</h1>\n");
}

void pfg_site_end(struct pfg_str *out)
{
    pfg_str_puts(out, "</main>\n</body>\n</html>\n");
}

void pfg_site_commit(struct pfg_str *out, const struct pfg_site *site,
                     const struct pfg_history_commit *commit)
{
    const char *id = pfg_history_id(commit, site->arena);
    const bool link =
        *site->commit_url && pfg_revision_is_commit(commit->revision.id);

    if (link) {
        pfg_str_puts(out, "<a href=\"");
        pfg_site_text(out, site->commit_url);
        pfg_str_printf(out, "%s\">", commit->revision.id);
    }
    pfg_str_puts(out, "<code>");
    pfg_site_text(out, id);
    pfg_str_puts(out, link ? "</code></a>" : "</code>");
}
