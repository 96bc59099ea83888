#include "app/programs/secrets.h"

#include "app/programs/command_words.h"
#include "forge/forge.h"

/* Variables, besides the tokens of forges, with which CI systems let jobs act
 * on somebody's behalf. A benchmark does not need them, and the code of a pull
 * request must not get them. */
static const char *const ci_secrets[] = {
    "PERFGATE_TOKEN",
    "PERFGATE_TOKEN_FILE",
    "INPUT_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "GH_ENTERPRISE_TOKEN",
    "GITHUB_ENTERPRISE_TOKEN",
    "GITHUB_PAT",
    "CI_JOB_TOKEN",
    "CI_JOB_JWT",
    "CI_JOB_JWT_V2",
    "CI_BUILD_TOKEN",
    "CI_DEPLOY_PASSWORD",
    "CI_REGISTRY_PASSWORD",
    "CI_DEPENDENCY_PROXY_PASSWORD",
    "CI_REPOSITORY_URL",
    "SYSTEM_ACCESSTOKEN",
    "BITBUCKET_TOKEN",
    "BITBUCKET_STEP_OIDC_TOKEN",
    "CIRCLE_TOKEN",
    "CIRCLE_OIDC_TOKEN",
    "CIRCLE_OIDC_TOKEN_V2",
    "BUILDKITE_AGENT_ACCESS_TOKEN",
    "DRONE_NETRC_PASSWORD",
    "GITEA_RUNNER_REGISTRATION_TOKEN",
};

struct secrets {
    const char *const *keep;
    size_t n_keep;
    struct pfg_arena *arena;
    PFG_VEC(const char *) names;
};

static void add(struct secrets *all, const char *name)
{
    if (!pfg_word_is_among(name, all->keep, all->n_keep)) {
        pfg_vec_push(&all->names, all->arena, name);
    }
}

void pfg_secrets_list(const char *const **out, size_t *n,
                      const char *const *keep, size_t n_keep,
                      struct pfg_arena *arena)
{
    struct secrets all = {keep, n_keep, arena, {0}};

    for (size_t i = 0; i < PFG_COUNT(ci_secrets); i++) {
        add(&all, ci_secrets[i]);
    }
    for (const struct pfg_forge *f = pfg_forges; f->name; f++) {
        for (const char *const *name = f->tokens; *name; name++) {
            add(&all, *name);
        }
    }
    *out = all.names.at;
    *n = all.names.n;
}
