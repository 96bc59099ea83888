#include "render/history/trend_formats.h"
#include "render/site/site.h"
#include "json/write.h"

static void put_row(struct pfg_str *out, const struct pfg_site_project *project,
                    size_t profile, struct pfg_arena *arena)
{
    const struct pfg_trend *trend = &project->trends[profile];
    const bool fails = trend->n_fails > 0;

    pfg_str_printf(out, "<tr><th scope=\"row\"><a href=\"%s/index.html\">",
                   project->folder);
    pfg_site_text(out, project->name);
    pfg_str_puts(out, "</a></th><td>");
    pfg_site_text(out, trend->history->hardware);
    pfg_str_printf(out, "</td><td class=\"n\">%zu</td><td%s>",
                   trend->history->n_series, fails ? " class=\"worse\"" : "");
    pfg_site_text(out, pfg_trend_headline(trend, arena));
    pfg_str_puts(out, "</td></tr>\n");
}

void pfg_site_list(struct pfg_str *out, const char *title,
                   const struct pfg_site_project *projects, size_t n)
{
    struct pfg_arena *arena = pfg_arena_new();

    pfg_site_begin(out, NULL, "", title);
    pfg_str_puts(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                      "aria-label=\"projects\"><table>\n<thead><tr>"
                      "<th scope=\"col\">project</th>"
                      "<th scope=\"col\">hardware</th>"
                      "<th scope=\"col\" class=\"n\">series</th>"
                      "<th scope=\"col\">what changed</th></tr></thead>\n"
                      "<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < projects[i].n_profiles; j++) {
            put_row(out, &projects[i], j, arena);
        }
    }
    pfg_str_puts(out, "</tbody></table></div>\n");
    pfg_site_end(out);
    pfg_arena_free(arena);
}

void pfg_site_list_json(struct pfg_str *out,
                        const struct pfg_site_project *projects, size_t n)
{
    struct pfg_json_writer w = {.out = out};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "sites");
    pfg_json_put_integer(&w, "version", 1);
    pfg_json_begin(&w, "projects", '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_begin(&w, NULL, '{');
        pfg_json_put_string(&w, "project", projects[i].name);
        pfg_json_put_string(&w, "folder", projects[i].folder);
        pfg_json_put_integer(&w, "benchmarks",
                             (int64_t)projects[i].n_benchmarks);
        pfg_json_begin(&w, "hardware", '[');
        for (size_t j = 0; j < projects[i].n_profiles; j++) {
            pfg_json_put_string(&w, NULL,
                                projects[i].trends[j].history->hardware);
        }
        pfg_json_end(&w, ']');
        pfg_json_end(&w, '}');
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
}
