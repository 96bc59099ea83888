#include "app/policy/policies.h"

#include "app/input/workspace.h"

int pfg_policies_read(struct pfg_policies *out,
                      const struct pfg_judging *judging, struct pfg_error *err)
{
    *out = (struct pfg_policies){.asked = judging->policy};
    if (pfg_workspace_config(&out->own, judging->config, err)) {
        return -1;
    }
    out->config = out->own;
    return 0;
}

void pfg_policies_free(struct pfg_policies *policies)
{
    pfg_config_free(policies->own);
    for (size_t i = 0; i < PFG_COUNT(policies->read); i++) {
        pfg_config_free(policies->read[i]);
    }
}

struct pfg_policy pfg_policies_with(const struct pfg_policies *policies,
                                    const struct pfg_config *config)
{
    struct pfg_policy policy = policies->asked;

    if (config) {
        pfg_config_apply(config, &policy);
    }
    return policy;
}
