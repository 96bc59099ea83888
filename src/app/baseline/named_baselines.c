#include "app/baseline/named_baselines.h"

#include <string.h>

#include "app/baseline/baseline_files.h"
#include "app/input/workspace.h"
#include "base/map.h"
#include "model/name.h"
#include "term/print.h"
#include "term/table.h"

int pfg_names_check(const char *name, struct pfg_error *err)
{
    const char *why = NULL;

    if (pfg_name_check(name, "a baseline", PFG_USAGE, (struct pfg_pos){0},
                       err)) {
        return -1;
    }
    if (!strcmp(name, "auto")) {
        why = "'--baseline auto' means the matching file";
    } else if (pfg_slice_ends(pfg_slice_of(name), ".json")) {
        why = "it looks like a file name";
    }
    return why ? pfg_fail(err, PFG_USAGE,
                          "'%s' is not a valid baseline name: %s", name, why)
               : 0;
}

int pfg_names_refresh(struct pfg_names *s, struct pfg_error *err)
{
    size_t kept = 0;

    s->n = 0;
    if (s->search.store &&
        pfg_store_baseline_list(s->search.store, &s->list, &s->n,
                                s->search.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!s->hardware || !strcmp(s->list[i].profile, s->hardware)) {
            s->list[kept++] = s->list[i];
        }
    }
    s->n = kept;
    return 0;
}

int pfg_names_open(struct pfg_names *s, const char *database,
                   enum pfg_names_access access, struct pfg_error *err)
{
    struct pfg_search *search = &s->search;
    const char *path;

    if (pfg_workspace_open_vcs(&search->vcs, err)) {
        return -1;
    }
    s->folder =
        pfg_baseline_files_folder(s->folder, search->vcs, search->arena);
    path = pfg_workspace_database(database, search->vcs, search->arena);
    if (access == PFG_NAMES_READ) {
        if ((database || pfg_store_exists(path)) &&
            pfg_store_open_reading(&search->store, NULL, path, err)) {
            return -1;
        }
    } else if (pfg_store_open(&search->store, path, access == PFG_NAMES_MAKE,
                              err)) {
        return -1;
    }
    return pfg_names_refresh(s, err);
}

void pfg_names_close(struct pfg_names *s)
{
    pfg_store_close(s->search.store);
    pfg_vcs_close(s->search.vcs);
}

int pfg_names_unknown(const struct pfg_names *s, const char *name,
                      struct pfg_error *err)
{
    struct pfg_str known;

    pfg_str_init(&known, 300);
    for (size_t i = 0; i < s->n; i++) {
        if (!i || strcmp(s->list[i].name, s->list[i - 1].name) != 0) {
            pfg_str_printf(&known, "%s'%s'", known.len ? ", " : "",
                           s->list[i].name);
        }
    }
    pfg_fail(err, PFG_DATA, "no baseline named '%s' in the database%s%s%s",
             name, s->hardware ? " on hardware '" : "",
             s->hardware ? s->hardware : "", s->hardware ? "'" : "");
    if (s->hardware) {
        pfg_hint(err, "'perfgate baseline list' lists the baselines");
    } else if (known.len) {
        pfg_hint(err, "there %s %s", strchr(known.ptr, ',') ? "are" : "is",
                 known.ptr);
    } else {
        pfg_hint(err, "create one with 'perfgate baseline save %s'", name);
    }
    pfg_str_free(&known);
    return -1;
}

/* --- showing --- */

static void add_row(struct pfg_table *table, const char *name,
                    const char *profile, const struct pfg_revision *revision,
                    pfg_time saved, size_t n_runs, const char *where,
                    struct pfg_arena *arena)
{
    char when[PFG_TIME_TEXT];

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", name);
    pfg_table_cell(table, PFG_PLAIN, "%s", profile);
    pfg_table_cell(table, PFG_PLAIN, "%s",
                   revision ? pfg_workspace_short_id(revision, arena) : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", pfg_time_short(when, saved));
    pfg_table_cell(table, PFG_PLAIN, "%zu", n_runs);
    pfg_table_cell(table, PFG_PLAIN, "%s", where);
}

static int add_files(struct pfg_names *s, struct pfg_table *table,
                     size_t *n_rows, struct pfg_error *err)
{
    const char **files;
    size_t n;

    if (pfg_baseline_list(&files, &n, s->folder, s->search.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline baseline;

        if (pfg_baseline_read(&baseline, files[i], s->search.arena, err)) {
            return -1;
        }
        if (!s->hardware || !strcmp(s->hardware, baseline.profile.name)) {
            add_row(table, baseline.name, baseline.profile.name,
                    baseline.n_runs ? &baseline.runs[0]->revision : NULL,
                    baseline.saved, baseline.n_runs, files[i], s->search.arena);
            ++*n_rows;
        }
        pfg_baseline_release(&baseline);
    }
    return 0;
}

int pfg_names_list(struct pfg_names *s, struct pfg_error *err)
{
    static const char *const titles[] = {"name",  "hardware", "commit",
                                         "saved", "runs",     "where"};
    struct pfg_table *table = pfg_table_new(s->search.arena, 6);
    struct pfg_str text = pfg_str_in(s->search.arena);
    size_t n_rows = s->n;

    pfg_table_align(table, 4, PFG_RIGHT);
    pfg_table_row(table);
    for (size_t i = 0; i < PFG_COUNT(titles); i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", titles[i]);
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct pfg_named_baseline *one = &s->list[i];

        add_row(table, one->name, one->profile, &one->revision, one->saved,
                one->n_runs, "database", s->search.arena);
    }
    if (add_files(s, table, &n_rows, err)) {
        return -1;
    }
    if (!n_rows) {
        pfg_print(s->search.context->err,
                  "no baselines, in the database or in '%s'\n", s->folder);
        return 0;
    }
    pfg_table_print(&text, table, 0, s->search.context->color);
    fwrite(text.ptr, 1, text.len, s->search.context->out);
    return 0;
}

static int show_history(struct pfg_names *s, const char *name,
                        const char *fingerprint, struct pfg_error *err)
{
    struct pfg_baseline_change *changes;
    const char *title = "history";
    char when[PFG_TIME_TEXT];
    size_t n;

    if (pfg_store_baseline_changes(s->search.store, &changes, &n, name,
                                   s->search.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(changes[i].fingerprint, fingerprint) != 0) {
            continue;
        }
        pfg_print(s->search.context->out, "  %-9s %s  %s", title,
                  pfg_time_short(when, changes[i].time), changes[i].how);
        if (changes[i].n_runs) {
            pfg_print(
                s->search.context->out, ", %s of %.10s",
                pfg_arena_counted(s->search.arena, changes[i].n_runs, "run"),
                changes[i].revision);
        }
        fputc('\n', s->search.context->out);
        title = "";
    }
    return 0;
}

static int show_one(struct pfg_names *s, const struct pfg_named_baseline *one,
                    struct pfg_error *err)
{
    FILE *out = s->search.context->out;
    char when[PFG_TIME_TEXT];

    pfg_print(out, "%s\n  hardware  %s\n", one->name, one->profile);
    pfg_print(out, "  saved     %s\n", pfg_time_short(when, one->saved));
    pfg_print(out, "  of        %s%s%s\n", one->revision.id,
              *one->revision.subject ? ", " : "", one->revision.subject);
    pfg_print(out, "  holds     %s, the last of %s\n",
              pfg_arena_counted(s->search.arena, one->n_runs, "run"),
              pfg_time_short(when, one->time));
    return show_history(s, one->name, one->fingerprint, err);
}

/* Shows the history of a deleted name. */
static int show_former(struct pfg_names *s, const char *name, bool *shown,
                       struct pfg_error *err)
{
    struct pfg_baseline_change *changes;
    struct pfg_map seen;
    size_t n;

    if (pfg_store_baseline_changes(s->search.store, &changes, &n, name,
                                   s->search.arena, err)) {
        return -1;
    }
    pfg_map_init(&seen, s->search.arena);
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice key = pfg_slice_of(changes[i].fingerprint);
        void **place = pfg_map_at(&seen, key);

        if (!*place && !changes[i].n_runs) {
            pfg_print(s->search.context->out,
                      "%s\n"
                      "  hardware  %s\n"
                      "  holds     nothing (deleted)\n",
                      name, changes[i].profile);
            *shown = true;
            if (show_history(s, name, changes[i].fingerprint, err)) {
                return -1;
            }
        }
        *place = s;
    }
    return 0;
}

static int show_files(struct pfg_names *s, const char *name, bool *shown,
                      struct pfg_error *err)
{
    const char **files;
    size_t n;

    if (pfg_baseline_list(&files, &n, s->folder, s->search.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline baseline;
        bool wanted;

        if (pfg_baseline_read(&baseline, files[i], s->search.arena, err)) {
            return -1;
        }
        wanted = !name || !strcmp(baseline.name, name);
        pfg_baseline_release(&baseline);
        if (wanted && pfg_baseline_files_show(s->search.context, files[i],
                                              s->search.arena, err)) {
            return -1;
        }
        *shown |= wanted;
    }
    return 0;
}

/* Shows the baselines called `name`; NULL: all. */
static int show_name(struct pfg_names *s, const char *name,
                     struct pfg_error *err)
{
    bool shown = false;

    for (size_t i = 0; i < s->n; i++) {
        if (!name || !strcmp(s->list[i].name, name)) {
            shown = true;
            if (show_one(s, &s->list[i], err)) {
                return -1;
            }
        }
    }
    if ((name && s->search.store && show_former(s, name, &shown, err)) ||
        show_files(s, name, &shown, err)) {
        return -1;
    }
    if (!shown && name) {
        return pfg_names_unknown(s, name, err);
    }
    return shown ? 0
                 : pfg_fail(err, PFG_DATA,
                            "no baselines, in the database or "
                            "in '%s'",
                            s->folder);
}

int pfg_names_show(struct pfg_names *s, const char *const *words, size_t n,
                   struct pfg_error *err)
{
    int failed = n ? 0 : show_name(s, NULL, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed = pfg_baseline_files_is_file(words[i])
                     ? pfg_baseline_files_show(s->search.context, words[i],
                                               s->search.arena, err)
                     : show_name(s, words[i], err);
    }
    return failed;
}
