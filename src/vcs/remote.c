#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "exec/child.h"
#include "vcs/branch.h"
#include "vcs/repo.h"

#define WORDS_MOST 400 /* bytes of git's message */
#define TIMEOUT    900 /* s; for a server that accepts and never answers */

/* ---- its name ---- */

/* Adds "https://user:secret@host/" without user and secret. */
static void add_masked(struct pfg_str *out, struct pfg_slice line)
{
    while (line.len) {
        size_t url = pfg_slice_find(line, "://");
        struct pfg_slice rest = pfg_slice_from(line, url + 3);
        size_t end = 0, at = 0;

        pfg_str_add(out, pfg_slice_first(line, url + 3));
        while (end < rest.len && !strchr("/ '\"\t", rest.ptr[end])) {
            end++;
            at = rest.ptr[end - 1] == '@' ? end : at;
        }
        line = pfg_slice_from(rest, at);
    }
}

static const char *masked(const char *text, struct pfg_arena *arena)
{
    struct pfg_str out;

    pfg_str_init(&out, 0);
    add_masked(&out, pfg_slice_of(text));
    text = pfg_arena_slice(arena, pfg_str_slice(&out));
    pfg_str_free(&out);
    return text;
}

static const char *configured(struct pfg_vcs *vcs, const char *name,
                              struct pfg_arena *arena)
{
    git_config *config = NULL;
    git_buf value = {0};
    const char *text = NULL;

    if (!pfg_git.repository_config_snapshot(&config, vcs->repo) &&
        !pfg_git.config_get_string_buf(&value, config, name)) {
        text = pfg_arena_strdup(arena, value.ptr);
    }
    pfg_git.buf_dispose(&value);
    pfg_git.config_free(config);
    return text;
}

/* Finds the URL: `name` is a configured remote, a URL or a folder. */
static int find_url(struct pfg_remote *out, struct pfg_error *err)
{
    char path[PATH_MAX];

    out->url = configured(
        out->vcs, pfg_arena_printf(out->arena, "remote.%s.url", out->name),
        out->arena);
    if (out->url) {
        return 0;
    }
    if (pfg_file_is_directory(out->name) && realpath(out->name, path)) {
        out->name = pfg_arena_strdup(out->arena, path);
    } else if (!strpbrk(out->name, ":/") || *out->name == '-') {
        pfg_fail(err, PFG_USAGE, "the repository has no remote '%s'",
                 out->name);
        return pfg_hint(err,
                        "add it with 'git remote add %s URL', or name another "
                        "remote or a URL",
                        *out->name == '-' ? "origin" : out->name);
    }
    out->url = out->name;
    return 0;
}

/* Each remote has its own, so that the next fetch only transfers what is new.
 */
static const char *ref_of(const struct pfg_remote *remote)
{
    const char *ref = pfg_arena_printf(remote->arena, "refs/perfgate/%s/%s",
                                       remote->name, remote->branch);
    char hex[PFG_DIGEST_HEX];
    int valid;

    if (!pfg_git.reference_name_is_valid(&valid, ref) && valid &&
        remote->url != remote->name) {
        return ref;
    }
    pfg_digest_print(pfg_digest_of(pfg_slice_of(remote->name)), hex);
    return pfg_arena_printf(remote->arena, "refs/perfgate/%s/%s", hex,
                            remote->branch);
}

int pfg_remote_open(struct pfg_remote *out, struct pfg_vcs *vcs,
                    const char *name, const char *branch,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    int valid;

    *out = (struct pfg_remote){
        .vcs = vcs, .name = name, .branch = branch, .arena = arena};
    if (pfg_git.reference_name_is_valid(
            &valid, pfg_arena_printf(arena, "refs/heads/%s", branch)) ||
        !valid) {
        return pfg_fail(err, PFG_USAGE,
                        "--history-branch '%s' is not a valid branch name",
                        branch);
    }
    if (find_url(out, err)) {
        return -1;
    }
    out->ref = ref_of(out);
    out->title = masked(out->name, arena);
    return 0;
}

/* ---- running git ---- */

/* Nothing may ask for a password, because there may be no terminal. ssh gets
 * its option unless the user has configured a command. */
static size_t fill_env(const struct pfg_remote *remote,
                       struct pfg_child_env env[4])
{
    size_t n = 0;

    env[n++] = (struct pfg_child_env){"LC_ALL", "C"};
    env[n++] = (struct pfg_child_env){"GIT_TERMINAL_PROMPT", "0"};
    if (!getenv("GIT_SSH") && !getenv("GIT_SSH_COMMAND") &&
        !configured(remote->vcs, "core.sshCommand", remote->arena)) {
        env[n++] =
            (struct pfg_child_env){"GIT_SSH_COMMAND", "ssh -oBatchMode=yes"};
    }
    if (remote->token) {
        env[n++] = (struct pfg_child_env){"PERFGATE_GIT_TOKEN", remote->token};
    }
    return n;
}

/* A credential helper that reads the token from the environment. git calls it
 * if the server wants credentials and nothing else has them. */
static const char *helper_of(const struct pfg_remote *remote)
{
    return pfg_arena_printf(
        remote->arena,
        "credential.%s.helper=!f() { test \"$1\" = get || exit 0; "
        "echo username=x-access-token; "
        "echo \"password=$PERFGATE_GIT_TOKEN\"; }; f",
        remote->token_at);
}

static int run_git(const struct pfg_remote *remote,
                   struct pfg_child_result *out, const char *const *words,
                   struct pfg_error *err)
{
    PFG_VEC(const char *) argv = {0};
    struct pfg_child_env env[4];
    struct pfg_child_spec spec = {.folder = remote->vcs->root,
                                  .env = env,
                                  .n_env = fill_env(remote, env),
                                  .timeout = TIMEOUT};
    const char *const first[] = {
        "git",
        pfg_arena_printf(remote->arena, "--git-dir=%s",
                         pfg_git.repository_path(remote->vcs->repo)),
        /* Background work would be killed with git. */
        "-c", "gc.auto=0", "-c", "maintenance.auto=false"};

    for (size_t i = 0; i < PFG_COUNT(first); i++) {
        pfg_vec_push(&argv, remote->arena, first[i]);
    }
    if (remote->token) {
        pfg_vec_push(&argv, remote->arena, "-c");
        pfg_vec_push(&argv, remote->arena, helper_of(remote));
    }
    for (; *words; words++) {
        pfg_vec_push(&argv, remote->arena, *words);
    }
    pfg_vec_push(&argv, remote->arena, NULL);
    spec.argv = argv.at;
    if (pfg_child_run(out, &spec, NULL, err)) {
        pfg_child_free(out);
        if (err && err->code == PFG_USAGE) {
            err->code = PFG_SYSTEM;
            pfg_hint(err, "perfgate uses git to fetch and push");
        }
        return -1;
    }
    return 0;
}

/* ---- its messages ---- */

static bool says_something(struct pfg_slice line)
{
    static const char *const idle[] = {"hint:",
                                       "To ",
                                       "From ",
                                       "Done",
                                       "error: failed to push some refs",
                                       "Please make sure you have the correct",
                                       "and the repository exists"};

    for (size_t i = 0; i < PFG_COUNT(idle); i++) {
        if (pfg_slice_starts(line, idle[i])) {
            return false;
        }
    }
    return line.len > 0;
}

/* git's messages in one line: stderr, then why a push was refused. */
static const char *words_of(const struct pfg_child_result *result,
                            struct pfg_arena *arena)
{
    struct pfg_slice all[] = {pfg_str_slice(&result->err_tail),
                              pfg_str_slice(&result->out_tail)};
    const char *words;
    struct pfg_str text;

    pfg_str_init(&text, 0);
    for (size_t i = 0; i < 2; i++) {
        while (all[i].len) {
            struct pfg_slice line =
                pfg_slice_trim(pfg_take_until(&all[i], '\n'));

            /* "! FROM:TO [remote rejected] (why)" */
            if (pfg_slice_starts(line, "!")) {
                line = pfg_slice_from(line, pfg_slice_find_byte(line, '['));
            }
            if (says_something(line)) {
                pfg_str_puts(&text, text.len ? "; " : "");
                add_masked(&text, pfg_slice_first(line, WORDS_MOST));
            }
        }
    }
    pfg_str_cut(&text, text.len < WORDS_MOST ? text.len : WORDS_MOST);
    words = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    for (char *c = (char *)words; *c; c++) {
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    }
    return words;
}

static int git_failed(const struct pfg_remote *remote, const char *what,
                      const struct pfg_child_result *result,
                      struct pfg_error *err)
{
    const char *words = words_of(result, remote->arena);

    if (result->timed_out) {
        words = "no answer";
    }
    return pfg_fail(err, PFG_SYSTEM, "cannot %s '%s' of '%s': %s", what,
                    remote->branch, remote->title,
                    *words ? words : "git printed no message");
}

static bool says(const struct pfg_child_result *result, const char *words)
{
    return pfg_slice_has(pfg_str_slice(&result->err_tail), words) ||
           pfg_slice_has(pfg_str_slice(&result->out_tail), words);
}

/* ---- fetch and push ---- */

static int read_tip(const struct pfg_remote *remote, const char **tip,
                    struct pfg_error *err)
{
    git_oid id;

    if (pfg_git.reference_name_to_id(&id, remote->vcs->repo, remote->ref)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot read the fetched data: %s",
                        pfg_vcs_reason());
    }
    *tip = pfg_vcs_id(&id, remote->arena);
    return 0;
}

int pfg_remote_fetch(const struct pfg_remote *remote, const char **tip,
                     struct pfg_error *err)
{
    const char *words[] = {
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
        "--no-recurse-submodules", "--no-filter", "--refmap=",
        /* Do not make a complete clone shallow. */
        remote->vcs->shallow.n ? "--depth=1" : "--no-auto-gc", "--",
        remote->name,
        pfg_arena_printf(remote->arena, "+refs/heads/%s:%s", remote->branch,
                         remote->ref),
        NULL};
    struct pfg_child_result result;
    int failed;

    *tip = NULL;
    if (run_git(remote, &result, words, err)) {
        return -1;
    }
    failed = result.exit_status != 0;
    if (!failed) {
        failed = read_tip(remote, tip, err);
    } else if (says(&result, "couldn't find remote ref")) {
        failed = 0;
    } else {
        failed = git_failed(remote, "fetch", &result, err);
    }
    pfg_child_free(&result);
    return failed;
}

/* Another push was faster, or holds the lock; each server has its own words. */
static bool is_late(const struct pfg_child_result *result)
{
    static const char *const words[] = {"[rejected]",
                                        "lock ref",
                                        ".lock'",
                                        "failed to update ref",
                                        "reference already exists",
                                        "incorrect old value"};

    for (size_t i = 0; i < PFG_COUNT(words); i++) {
        if (says(result, words[i])) {
            return true;
        }
    }
    return false;
}

/* Spares the next fetch a transfer; a failure does not matter. */
static void update_ref(const struct pfg_remote *remote, const char *commit)
{
    git_reference *ref = NULL;
    git_oid id;

    if (!pfg_git.oid_fromstr(&id, commit)) {
        pfg_git.reference_create(&ref, remote->vcs->repo, remote->ref, &id, 1,
                                 NULL);
        pfg_git.reference_free(ref);
    }
}

int pfg_remote_push(const struct pfg_remote *remote, bool *late,
                    const char *commit, const char *tip, struct pfg_error *err)
{
    const char *words[] = {
        "push",
        "--porcelain",
        "--no-verify",
        "--no-follow-tags",
        "--recurse-submodules=no",
        pfg_arena_printf(remote->arena, "--force-with-lease=refs/heads/%s:%s",
                         remote->branch, tip ? tip : ""),
        "--",
        remote->name,
        pfg_arena_printf(remote->arena, "%s:refs/heads/%s", commit,
                         remote->branch),
        NULL};
    struct pfg_child_result result;
    int failed = 0;

    *late = false;
    if (run_git(remote, &result, words, err)) {
        return -1;
    }
    if (!result.exit_status) {
        update_ref(remote, commit);
    } else {
        *late = is_late(&result);
        failed = *late ? 0 : git_failed(remote, "push to", &result, err);
    }
    pfg_child_free(&result);
    return failed;
}
