#include "app/publish/comment_text.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "render/escape.h"
#include "render/render.h"

enum { LONGEST_TITLE = 250, KEPT_MOST = 20 };

static const char unverified[] =
    "> **Unverified:** these numbers were reported by a job that runs the pull "
    "request's own code, which could report anything. Do not rely on them for "
    "a required check.\n"
    "\n";

static const char fixed[] =
    "**Fixed:** the regression reported here before is gone.\n"
    "\n"
    "\n";

static const char kept[] = "\n\n<details><summary>Earlier</summary>\n\n";
static const char kept_end[] = "\n</details>";
static const char head_begins[] = "<sub>for ";

static int put_body(struct pfg_str *out, const struct pfg_report *report,
                    const char *report_url, struct pfg_error *err)
{
    struct pfg_render_options options = {.report_url = report_url};

    return pfg_renderer_find("markdown")->render(out, report, &options, err);
}

/* Writes the marker and the text before the report. */
static void put_part(struct pfg_comment_text *out, struct pfg_str *title,
                     const char *id, const char *part, struct pfg_arena *arena)
{
    char *plain = pfg_arena_strdup(arena, part);

    /* Two dashes would end the marker; chosen names may have them. */
    for (char *c = plain; *c; c++) {
        *c = isalnum((unsigned char)*c) || *c == '.' ? *c : '_';
    }
    out->marker = pfg_arena_printf(arena, "<!-- perfgate:%s:%s -->", id, plain);
    pfg_str_puts(title, "**");
    pfg_escape_markdown(title, pfg_slice_of(part));
    pfg_str_puts(title, "**\n\n");
}

static const char *finish(const struct pfg_comment_text *text,
                          const char *before, struct pfg_slice body,
                          const char *sha, bool untrusted,
                          struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s\n%s%s%.*s%s%s%.10s%s", text->marker,
                            untrusted ? unverified : "", before,
                            PFG_SLICE(body), *sha ? "\n" : "",
                            *sha ? head_begins : "", sha, *sha ? "</sub>" : "");
}

int pfg_comment_text(struct pfg_comment_text *out,
                     const struct pfg_report *report, const char *id,
                     const char *part, const char *sha, const char *report_url,
                     bool untrusted, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_slice body;
    struct pfg_str text = pfg_str_in(arena);
    int failed;

    if (part) {
        put_part(out, &text, id, part, arena);
    } else {
        out->marker = pfg_arena_printf(arena, "<!-- perfgate:%s -->", id);
    }
    failed = put_body(&text, report, report_url, err);
    body = pfg_slice_trim(pfg_str_slice(&text));
    out->body = finish(out, "", body, sha, untrusted, arena);
    out->fixed = finish(out, fixed, body, sha, untrusted, arena);
    /* The report can be shortened, an address of 60,000 characters cannot. */
    return !failed && strlen(out->fixed) > PFG_COMMENT_MOST
               ? pfg_fail(err, PFG_USAGE,
                          "the comment would have more than %d "
                          "characters",
                          PFG_COMMENT_MOST)
               : failed;
}

/* The digits of the head in a comment; empty: none. */
static struct pfg_slice head_of(struct pfg_slice comment)
{
    struct pfg_slice rest = pfg_slice_from(
        comment, pfg_slice_find(comment, head_begins) + strlen(head_begins));

    return pfg_take_until(&rest, '<');
}

static struct pfg_slice heading_of(struct pfg_slice comment)
{
    struct pfg_slice rest =
        pfg_slice_from(comment, pfg_slice_find(comment, "\n## ") + 4);

    return pfg_take_until(&rest, '\n');
}

const char *pfg_comment_merge(const char *earlier, const char *text,
                              struct pfg_arena *arena)
{
    struct pfg_slice was = pfg_slice_of(earlier), now = pfg_slice_of(text);
    struct pfg_slice head = head_of(was), heading = heading_of(was),
                     new_head = head_of(now), list;
    const char *result;
    struct pfg_str out;
    int n = 0;

    pfg_str_init(&out, PFG_COMMENT_MOST - strlen(kept_end));
    pfg_str_add(&out, now);
    pfg_str_puts(&out, kept);
    if (head.len && heading.len && !pfg_slice_eq(head, new_head)) {
        pfg_str_printf(&out, "- %.*s: %.*s\n", PFG_SLICE(head),
                       PFG_SLICE(heading));
        n++;
    }
    list = pfg_slice_from(was, pfg_slice_find(was, kept) + strlen(kept));
    while (pfg_slice_starts(list, "- ") && n < KEPT_MOST) {
        struct pfg_slice line = pfg_take_until(&list, '\n');

        if (!pfg_slice_eq(
                pfg_slice_first(pfg_slice_from(line, 2), new_head.len),
                new_head)) {
            pfg_str_printf(&out, "%.*s\n", PFG_SLICE(line));
            n++;
        }
    }
    /* The report needs the room. */
    if (!n || out.overflowed) {
        pfg_str_free(&out);
        return text;
    }
    out.limit = 0;
    pfg_str_puts(&out, kept_end);
    result = pfg_arena_slice(arena, pfg_str_slice(&out));
    pfg_str_free(&out);
    return result;
}

enum pfg_conclusion pfg_comment_conclusion(const struct pfg_report *report,
                                           bool untrusted)
{
    bool failed = report->gate && report->status != PFG_OK &&
                  report->status != PFG_NOBASE;

    return failed || report->status == PFG_GATE         ? PFG_CONCLUDES_FAILURE
           : untrusted || report->tone != PFG_TONE_PASS ? PFG_CONCLUDES_NEUTRAL
                                                        : PFG_CONCLUDES_SUCCESS;
}

const char *pfg_comment_title(const struct pfg_report *report, bool untrusted,
                              struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    if (untrusted) {
        pfg_str_puts(&text, "unverified: ");
    }
    if (!report->gate) {
        pfg_str_puts(&text, "reported only: ");
    }
    /* The reason why it is not a plain pass comes first. */
    if (report->policy.effect == PFG_POLICY_LOOSER) {
        pfg_escape_line(&text, pfg_slice_of(report->policy.headline));
        pfg_str_puts(&text, "; ");
    }
    pfg_escape_line(&text, pfg_slice_of(report->headline));
    if (text.len > LONGEST_TITLE) {
        text.len = LONGEST_TITLE - 3;
        while (text.len && (text.ptr[text.len] & 0xc0) == 0x80) {
            text.len--;
        }
        pfg_str_puts(&text, "...");
    }
    return text.ptr;
}

static bool section_is_clean(const struct pfg_report_section *section)
{
    for (size_t i = 0; i < section->n_rows; i++) {
        if (section->rows[i].fails || section->rows[i].listed) {
            return false;
        }
    }
    for (size_t i = 0; i < section->n_targets; i++) {
        if (section->targets[i].status == PFG_TARGET_MISSED) {
            return false;
        }
    }
    return !*section->shift;
}

bool pfg_comment_is_clean(const struct pfg_report *report)
{
    bool clean = report->status == PFG_OK || report->status == PFG_NOBASE;

    for (size_t i = 0; clean && i < report->n_sections; i++) {
        clean = section_is_clean(&report->sections[i]);
    }
    return clean && !report->n_fails &&
           report->policy.effect != PFG_POLICY_LOOSER;
}
