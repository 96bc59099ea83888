#include "render/template/markers.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "render/embedded.h"

/* Our own, and those of ctemplate that are safe beside its escaping. */
static const char *const modifiers[] = {
    "x-md", "x-nb", "x-wb", "x-url", "x-name", "none", "h", "u", "j", "o"};

/* A marker: what is between double braces. */
struct marker {
    char kind; /* '#' or '/' of a section, 'v' of a variable; else no marker */
    struct pfg_slice name, modifiers;
    long line;
};

/* Iterates over the markers of a text. */
struct walk {
    struct pfg_slice rest;
    long line;
};

static long lines_in(struct pfg_slice text)
{
    long n = 0;

    for (size_t i = 0; i < text.len; i++) {
        n += text.ptr[i] == '\n';
    }
    return n;
}

static bool next_marker(struct marker *out, struct walk *walk)
{
    size_t open = pfg_slice_find(walk->rest, "{{");
    struct pfg_slice inside;
    size_t len;

    if (open == walk->rest.len) {
        return false;
    }
    walk->line += lines_in(pfg_slice_first(walk->rest, open));
    inside = pfg_slice_from(walk->rest, open + 2);
    len = pfg_slice_find(inside, "}}");
    if (len == inside.len) {
        return false; /* ctemplate reports that */
    }
    walk->rest = pfg_slice_from(inside, len);
    inside = pfg_slice_first(inside, len);
    *out = (struct marker){.kind = 'v', .line = walk->line};
    walk->line += lines_in(inside);
    if (inside.len && strchr("#/!%>=", inside.ptr[0])) {
        out->kind = inside.ptr[0];
        inside = pfg_slice_from(inside, 1);
    }
    out->name = pfg_slice_first(inside, pfg_slice_find_byte(inside, ':'));
    out->modifiers = pfg_slice_from(inside, out->name.len);
    return true;
}

static bool is_named(const struct marker *marker)
{
    return marker->kind == '#' || marker->kind == '/' || marker->kind == 'v';
}

/* The markers of all built-in templates. */
static void gather_known(struct pfg_map *known)
{
    for (const struct pfg_embedded *e = pfg_embedded; e->name; e++) {
        struct walk walk = {pfg_slice_of(e->text), 1};
        struct marker marker;

        while (next_marker(&marker, &walk)) {
            if (is_named(&marker)) {
                *pfg_map_at(known, marker.name) = NULL;
            }
        }
    }
}

static const char *meant(const struct pfg_map *known, struct pfg_slice name,
                         struct pfg_arena *arena)
{
    const char **names = pfg_arena_new_array(arena, const char *, known->n);
    const char *nearest;

    for (size_t i = 0; i < known->n; i++) {
        names[i] = pfg_arena_slice(arena, known->entries[i].key);
    }
    nearest = pfg_suggest(pfg_arena_slice(arena, name), names, known->n);
    return nearest ? pfg_arena_printf(arena, "did you mean '%s'?", nearest)
                   : "";
}

/* The first unknown modifier of a variable, or an empty slice. */
static struct pfg_slice unknown_modifier(struct pfg_slice text)
{
    while (pfg_take(&text, ":")) {
        struct pfg_slice word =
            pfg_slice_first(text, pfg_slice_find_byte(text, ':'));
        struct pfg_slice name =
            pfg_slice_first(word, pfg_slice_find_byte(word, '='));
        bool found = false;

        for (size_t i = 0; i < PFG_COUNT(modifiers); i++) {
            found |= pfg_slice_is(name, modifiers[i]);
        }
        /* ctemplate itself refuses unknown ones, except those with x-. */
        if (!found && pfg_slice_starts(name, "x-")) {
            return name;
        }
        text = pfg_slice_from(text, word.len);
    }
    return pfg_slice_make("", 0);
}

size_t pfg_markers_check(struct pfg_marker_problem **out, const char *name,
                         struct pfg_slice text, struct pfg_arena *arena)
{
    PFG_VEC(struct pfg_marker_problem) problems = {0};
    bool html = pfg_slice_ends(pfg_slice_of(name), ".html");
    struct walk walk = {text, 1};
    struct pfg_map known;
    struct marker marker;

    pfg_map_init(&known, arena);
    gather_known(&known);
    while (next_marker(&marker, &walk)) {
        struct pfg_slice modifier = unknown_modifier(marker.modifiers);
        struct pfg_marker_problem problem = {.line = marker.line, .hint = ""};

        if (is_named(&marker) && marker.kind != '/' &&
            !pfg_map_find(&known, marker.name)) {
            problem.text =
                pfg_arena_printf(arena, "unknown marker '%.*s'",
                                 PFG_SLICE(pfg_slice_first(marker.name, 60)));
            problem.hint = meant(&known, marker.name, arena);
        } else if (modifier.len) {
            problem.text =
                pfg_arena_printf(arena, "unknown modifier '%.*s'",
                                 PFG_SLICE(pfg_slice_first(modifier, 60)));
            problem.hint = "use x-md, x-nb, x-wb, x-url or x-name";
        } else if (!html && pfg_slice_ends(marker.name, "_SVG")) {
            problem.text = pfg_arena_printf(arena, "'%.*s' works only in HTML",
                                            PFG_SLICE(marker.name));
        }
        if (problem.text) {
            pfg_vec_push(&problems, arena, problem);
        }
    }
    *out = problems.at;
    return problems.n;
}
