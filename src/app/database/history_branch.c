#include "app/database/history_branch.h"

#include <inttypes.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/file.h"
#include "forge/forge.h"
#include "input/input.h"
#include "term/print.h"
#include "json/json.h"

#define REMOTE "origin"
#define BRANCH "perfgate-history"

/* If one file was tampered with, any may have been. */
#define WARNINGS_MOST 10

/* --- opening --- */

/* The CI's token, and the one server that may see it. */
static void find_token(struct pfg_shared *shared)
{
    static const struct {
        const char *server, *usual, *forge, *other;
    } servers[] = {
        {"GITHUB_SERVER_URL", "https://github.com", "github", "gitea"},
        {"CI_SERVER_URL", "https://gitlab.com", "gitlab", "gitlab"},
    };
    struct pfg_remote *remote = &shared->remote;

    for (size_t i = 0; i < PFG_COUNT(servers); i++) {
        const char *at = pfg_env(shared->context, servers[i].server);
        const char *const names[] = {servers[i].forge, servers[i].other};
        const char *token = pfg_env(shared->context, "PERFGATE_TOKEN");

        at = at ? at : servers[i].usual;
        if (strncmp(remote->url, at, strlen(at)) != 0 ||
            remote->url[strlen(at)] != '/') {
            continue;
        }
        for (size_t j = 0; j < 2; j++) {
            const char *const *name = pfg_forge_find(names[j])->tokens;

            for (; *name && !token; name++) {
                token = pfg_env(shared->context, *name);
            }
        }
        /* A token that contains a line break is ignored. */
        if (token && !strpbrk(token, "\r\n")) {
            remote->token = token;
            remote->token_at = at;
        }
        return;
    }
}

int pfg_shared_open(struct pfg_shared *out, const struct pfg_context *context,
                    const struct pfg_shared_options *options,
                    struct pfg_error *err)
{
    *out = (struct pfg_shared){.context = context, .arena = pfg_arena_new()};
    if (pfg_workspace_open_vcs(&out->vcs, err)) {
        return -1;
    }
    if (!out->vcs) {
        pfg_fail(err, PFG_USAGE, "not in a git repository");
        return pfg_hint(
            err,
            "the history is shared on a branch of the measured repository");
    }
    out->path = pfg_workspace_database(options->database, out->vcs, out->arena);
    if (pfg_remote_open(
            &out->remote, out->vcs, options->remote ? options->remote : REMOTE,
            options->branch ? options->branch : BRANCH, out->arena, err)) {
        return -1;
    }
    find_token(out);
    return 0;
}

static void close_names(struct pfg_shared *shared)
{
    if (shared->in.arena) {
        pfg_import_close(&shared->in);
        shared->in = (struct pfg_import){0};
    }
}

void pfg_shared_close(struct pfg_shared *shared)
{
    close_names(shared);
    pfg_vcs_close(shared->vcs);
    pfg_arena_free(shared->arena);
}

/* --- files --- */

int pfg_shared_read(struct pfg_shared *shared, struct pfg_str *out,
                    const struct pfg_vcs_file *file, struct pfg_error *err)
{
    struct pfg_input *input = NULL;
    struct pfg_str packed;
    int failed;

    pfg_str_init(&packed, 0);
    failed = pfg_vcs_file_read(shared->vcs, &packed, file->id, err) ||
             pfg_input_open_memory(&input, pfg_str_slice(&packed), file->name,
                                   err) ||
             pfg_input_read_all(input, out, PFG_DOCUMENT_MAX, err);
    pfg_input_close(input);
    pfg_str_free(&packed);
    return failed ? -1 : 0;
}

int pfg_shared_leave_out(struct pfg_shared *shared,
                         const struct pfg_vcs_file *file,
                         const struct pfg_error *err)
{
    if (err->code != PFG_DATA) {
        return -1;
    }
    if (shared->n_left_out++ < WARNINGS_MOST) {
        pfg_context_warn(shared->context, "ignoring '%s' on the branch: %s",
                         file->name, err->message);
    }
    return 0;
}

/* The digest between the last slash and `end`; NULL if there is none. */
static const char *digest_in(const char *path, const char *end,
                             struct pfg_arena *arena)
{
    struct pfg_slice name = pfg_slice_of(strrchr(path, '/') + 1);
    const size_t length = PFG_DIGEST_HEX - 1;

    if (name.len != length + strlen(end) || !pfg_slice_ends(name, end)) {
        return NULL;
    }
    name = pfg_slice_first(name, length);
    for (size_t i = 0; i < length; i++) {
        if (!strchr("0123456789abcdef", name.ptr[i])) {
            return NULL;
        }
    }
    return pfg_arena_slice(arena, name);
}

/* --- names --- */

static int check_digest(const char *digest, struct pfg_slice text,
                        struct pfg_error *err)
{
    char found[PFG_DIGEST_HEX];

    pfg_digest_print(pfg_digest_of(text), found);
    return strcmp(found, digest) != 0
               ? pfg_fail(err, PFG_DATA, "it does not match its digest")
               : 0;
}

static int read_name(struct pfg_shared *shared, const struct pfg_vcs_file *file,
                     const char *digest, struct pfg_error *err)
{
    const size_t n_before = shared->in.baselines.n;
    struct pfg_str text;
    struct pfg_error why;
    int failed;

    pfg_str_init(&text, 0);
    failed =
        pfg_shared_read(shared, &text, file, &why) ||
        check_digest(digest, pfg_str_slice(&text), &why) ||
        pfg_import_read(&shared->in, pfg_str_slice(&text), file->name, &why);
    pfg_str_free(&text);
    *(uintptr_t *)pfg_map_at(&shared->names, pfg_slice_of(file->name)) =
        shared->in.baselines.n > n_before ? n_before + 1 : 0;
    if (failed && pfg_shared_leave_out(shared, file, &why)) {
        *err = why;
        return -1;
    }
    return 0;
}

/* The contents that the branch's baselines name now. */
static void list_named(struct pfg_shared *shared)
{
    for (size_t i = 0; i < shared->in.baselines.n; i++) {
        const struct pfg_line_baseline *line = &shared->in.baselines.at[i];

        for (size_t j = 0;
             j < line->n_runs && pfg_shared_is_last(&shared->in, line); j++) {
            pfg_map_at(&shared->named, pfg_slice_of(line->runs[j]));
        }
    }
}

bool pfg_shared_is_pruned(const struct pfg_shared *shared,
                          struct pfg_slice content)
{
    return pfg_map_find(&shared->in.pruned, content) &&
           !pfg_map_find(&shared->named, content);
}

bool pfg_shared_is_last(const struct pfg_import *in,
                        const struct pfg_line_baseline *baseline)
{
    for (size_t i = 0; i < in->changes.n; i++) {
        const struct pfg_baseline_change *change = &in->changes.at[i];

        if (change->time > baseline->saved &&
            !strcmp(change->name, baseline->name) &&
            !strcmp(change->fingerprint, baseline->fingerprint)) {
            return false;
        }
    }
    return true;
}

/* --- the branch --- */

static int holds_else(const struct pfg_shared *shared, struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE,
             "the branch '%s' of '%s' does not contain a history",
             shared->remote.branch, shared->remote.title);
    return pfg_hint(err, "it has no valid '" PFG_SHARED_FORMAT "'; name "
                         "another branch with --history-branch");
}

static int check_format(struct pfg_shared *shared,
                        const struct pfg_vcs_file *file, struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    const struct pfg_json_value *root;
    uint64_t version = 0;
    const char *kind;
    struct pfg_str text = pfg_str_in(shared->arena);
    int failed;

    failed = pfg_vcs_file_read(shared->vcs, &text, file->id, err);
    if (!failed) {
        if (!pfg_json_parse(&document, pfg_str_slice(&text), file->name, 0,
                            NULL)) {
            root = pfg_json_root(document);
            kind = pfg_json_string(pfg_json_get(root, "perfgate"));
            failed =
                !kind || strcmp(kind, "history") != 0 ||
                pfg_json_u64(&version, document, pfg_json_get(root, "version"));
        } else {
            failed = -1;
        }
        if (failed) {
            holds_else(shared, err);
        } else if (version > PFG_SHARED_VERSION) {
            failed =
                pfg_fail(err, PFG_USAGE,
                         "the history on '%s' has version %" PRIu64
                         ", but this perfgate reads version %d",
                         shared->remote.branch, version, PFG_SHARED_VERSION);
            pfg_hint(err, "use a newer perfgate");
        }
    }
    pfg_json_free(document);
    return failed ? -1 : 0;
}

static int sort_file(struct pfg_shared *shared, struct pfg_vcs_file *file,
                     bool *is_history, struct pfg_error *err)
{
    const char *digest;

    if (!strcmp(file->name, PFG_SHARED_FORMAT)) {
        *is_history = true;
        return check_format(shared, file, err);
    }
    if (!strncmp(file->name, "runs/", 5)) {
        digest = digest_in(file->name, ".jsonl.gz", shared->arena);
        if (digest) {
            *pfg_map_at(&shared->runs, pfg_slice_of(digest)) = file;
            ++*(uintptr_t *)pfg_map_at(
                &shared->folders,
                pfg_slice_of(pfg_path_folder(shared->arena, file->name)));
        }
    } else if (!strncmp(file->name, "names/", 6) ||
               !strncmp(file->name, "pruned/", 7)) {
        digest = digest_in(file->name, ".jsonl", shared->arena);
        return digest ? read_name(shared, file, digest, err) : 0;
    }
    return 0;
}

int pfg_shared_fetch(struct pfg_shared *shared, struct pfg_error *err)
{
    bool is_history = false;

    close_names(shared);
    shared->n = shared->n_left_out = 0;
    pfg_map_init(&shared->runs, shared->arena);
    pfg_map_init(&shared->names, shared->arena);
    pfg_map_init(&shared->named, shared->arena);
    pfg_map_init(&shared->folders, shared->arena);
    if (pfg_import_open(&shared->in, err) ||
        pfg_remote_fetch(&shared->remote, &shared->tip, err) ||
        (shared->tip && pfg_vcs_files(shared->vcs, &shared->files, &shared->n,
                                      shared->tip, shared->arena, err))) {
        return -1;
    }
    for (size_t i = 0; i < shared->n; i++) {
        if (sort_file(shared, &shared->files[i], &is_history, err)) {
            return -1;
        }
    }
    list_named(shared);
    return shared->n && !is_history ? holds_else(shared, err) : 0;
}

void pfg_shared_say(const struct pfg_shared *shared, const char *what,
                    size_t n_runs, size_t n_baselines, size_t n_removed,
                    size_t n_there)
{
    struct pfg_arena *arena = shared->arena;

    pfg_print(shared->context->err,
              "%s '%s' of '%s': %s added%s%s%s%s%s, %zu already stored\n", what,
              shared->remote.branch, shared->remote.title,
              pfg_arena_counted(arena, n_runs, "run"), n_baselines ? ", " : "",
              n_baselines ? pfg_arena_counted(arena, n_baselines, "baseline")
                          : "",
              n_removed ? ", " : "",
              n_removed ? pfg_arena_counted(arena, n_removed, "run") : "",
              n_removed ? " removed" : "", n_there);
}
