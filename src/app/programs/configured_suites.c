#include "app/programs/configured_suites.h"

#include <stdbool.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/error.h"

static const char *copy(const char *text, struct pfg_arena *arena)
{
    return *text ? pfg_arena_strdup(arena, text) : NULL;
}

static struct pfg_texts copy_texts(struct pfg_texts texts,
                                   struct pfg_arena *arena)
{
    const char **at = pfg_arena_new_array(arena, const char *, texts.n);

    for (size_t i = 0; i < texts.n; i++) {
        at[i] = pfg_arena_strdup(arena, texts.at[i]);
    }
    return (struct pfg_texts){at, texts.n};
}

static struct pfg_program_services services_of(const struct pfg_suite *suite,
                                               struct pfg_arena *arena)
{
    struct pfg_texts service = copy_texts(suite->service, arena);
    struct pfg_texts ready = copy_texts(suite->ready, arena);

    return (struct pfg_program_services){
        .at = service.at,
        .n = service.n,
        .ready = ready.at,
        .n_ready = ready.n,
        .timeout = suite->ready_timeout.text ? suite->ready_timeout.value : 0,
        .kept = suite->service_per,
    };
}

static int make_program(struct pfg_program *out, const struct pfg_suite *suite,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const char **results = pfg_arena_new_array(arena, const char *, 1);
    struct pfg_texts watch;

    watch = copy_texts(suite->watch, arena);
    results[0] = copy(suite->results, arena);
    *out = (struct pfg_program){
        .name = pfg_arena_strdup(arena, suite->command),
        .results = results,
        .n_results = results[0] != NULL,
        .suite = pfg_arena_strdup(arena, suite->suite),
        .prepare = copy(suite->prepare, arena),
        .services = services_of(suite, arena),
        .watch = watch.at,
        .n_watch = watch.n,
        .rounds = suite->rounds,
    };
    /* Without a shell, it is known which tool runs. */
    if (pfg_words_are_plain(
            pfg_arena_replace(arena, out->name, "{port}", ""))) {
        return pfg_words_split(&out->words, out->name, arena, err);
    }
    out->shell = out->name;
    return 0;
}

static int check_wanted(const struct pfg_config *config,
                        const char *const *wanted, size_t n,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const char **names =
        pfg_arena_new_array(arena, const char *, config->benchmarks.n);

    for (size_t i = 0; i < config->benchmarks.n; i++) {
        names[i] = pfg_arena_strdup(arena, config->benchmarks.at[i].suite);
    }
    for (size_t i = 0; i < n; i++) {
        if (!pfg_word_is_among(wanted[i], names, config->benchmarks.n)) {
            const char *meant =
                pfg_suggest(wanted[i], names, config->benchmarks.n);

            pfg_fail(err, PFG_USAGE, "'%s' has no suite '%s'", config->path,
                     wanted[i]);
            return meant ? pfg_hint(err, "did you mean '%s'?", meant) : -1;
        }
    }
    return 0;
}

/* The commit to trust if the base is trusted; NULL: none. */
static int find_trusted(const char **id, struct pfg_vcs *vcs,
                        const struct pfg_suites_of *of, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    struct pfg_revision revision;
    const char *branch;

    if (!strcmp(of->base, "auto")) {
        return pfg_vcs_base_branch(vcs, id, &branch, of->base_branch, arena,
                                   err);
    }
    if (pfg_vcs_resolve(vcs, &revision, of->base, NULL, arena, err)) {
        return -1;
    }
    *id = revision.id;
    return 0;
}

/* Replaces the head's configuration with the base's if that is trusted. */
static int trust_base(struct pfg_config **config,
                      const struct pfg_suites_of *of, struct pfg_vcs *vcs,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *path = *config    ? (*config)->path
                       : of->path ? of->path
                                  : "perfgate.json";
    const char *id = NULL;
    struct pfg_vcs_content content;
    struct pfg_config *base = NULL;

    path = pfg_workspace_below_top(vcs, path, arena);
    if (!path || find_trusted(&id, vcs, of, arena, err)) {
        return path ? -1 : 0;
    }
    if (!id || pfg_vcs_content(vcs, &content, id, path, arena, err)) {
        return id ? -1 : 0;
    }
    if (content.there && pfg_config_parse(&base, content.text, path, err)) {
        return -1;
    }
    if (of->trust ? !strcmp(of->trust, "base")
                  : base && base->trust == PFG_TRUST_BASE) {
        pfg_config_free(*config);
        *config = base;
    } else {
        pfg_config_free(base);
    }
    return 0;
}

static int read_config(struct pfg_config **out, const struct pfg_suites_of *of,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs *vcs = NULL;
    int failed = pfg_workspace_config(out, of->path, err) ||
                 (of->base && pfg_workspace_open_vcs(&vcs, err)) ||
                 (vcs && trust_base(out, of, vcs, arena, err));

    pfg_vcs_close(vcs);
    return failed;
}

int pfg_suites_programs(struct pfg_programs *out,
                        const struct pfg_suites_of *of,
                        const char *const *wanted, size_t n_wanted,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_config *config = NULL;
    int failed = 0;

    *out = (struct pfg_programs){0};
    if (read_config(&config, of, arena, err)) {
        pfg_config_free(config);
        return -1;
    }
    if (config && config->benchmarks.n) {
        failed = check_wanted(config, wanted, n_wanted, arena, err);
    }
    for (size_t i = 0; config && i < config->benchmarks.n && !failed; i++) {
        const struct pfg_suite *suite = &config->benchmarks.at[i];
        struct pfg_program program;

        if (!n_wanted || pfg_word_is_among(suite->suite, wanted, n_wanted)) {
            failed = make_program(&program, suite, arena, err);
            pfg_vec_push(out, arena, program);
        }
    }
    pfg_config_free(config);
    return failed;
}
