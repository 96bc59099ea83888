#include "app/policy/policy_change.h"

#include <string.h>

#include "app/input/workspace.h"
#include "base/file.h"

/* The configuration in a commit. */
struct version {
    const char *id;   /* NULL: no commit */
    bool known;       /* the commit is in this clone */
    const char *path; /* path of its configuration; NULL: it has none */
    struct pfg_config *config; /* NULL: none, or an invalid one */
    struct pfg_error why;      /* why it is invalid */
};

struct finding {
    const struct pfg_policy_change *change;
    struct pfg_policies *policies;
    struct pfg_report *report;
    const struct pfg_comparison *comparison;
    struct pfg_vcs *vcs;
    struct pfg_arena *arena;
    const char *point;   /* the commit with the head's files */
    bool checked_out;    /* the work tree has them */
    bool merged;         /* the head is on the target branch */
    bool outside;        /* the configuration is outside the repository */
    struct version from; /* where the change left the target branch */
    struct version tip;  /* the target branch's tip, which is trusted */
    struct version head;
    PFG_VEC(struct pfg_report_policy_change) changes;
};

/* --- the configuration in a commit --- */

/* Reads a file of the commit as its configuration, if it is there. */
static int read_file(struct finding *f, struct version *v, const char *path,
                     struct pfg_error *err)
{
    struct pfg_vcs_content content;

    if (pfg_vcs_content(f->vcs, &content, v->id, path, f->arena, err)) {
        return -1;
    }
    v->known = content.known;
    if (content.there && !content.n_files) {
        v->path = path;
        if (pfg_config_parse(&v->config, content.text, path, &v->why)) {
            v->config = NULL;
        }
    }
    return 0;
}

/* Reads the configuration of a commit. It is found as in the work tree. */
static int read_version(struct finding *f, struct version *v, const char *id,
                        struct pfg_error *err)
{
    static const char *const names[] = {"perfgate.json", "perfgate.jsonc"};
    const char *named = f->change->judging->config;
    const char *folder =
        pfg_workspace_below_top(f->vcs, named ? named : ".", f->arena);

    v->id = id;
    v->known = true;
    if (!folder) {
        f->outside = true;
        return 0;
    }
    if (named) {
        return read_file(f, v, folder, err);
    }
    for (;; folder = pfg_path_folder(f->arena, folder)) {
        bool top = !*folder || !strcmp(folder, ".");

        for (size_t i = 0; i < PFG_COUNT(names) && v->known && !v->path; i++) {
            if (read_file(f, v,
                          pfg_path_join(f->arena, top ? "" : folder, names[i]),
                          err)) {
                return -1;
            }
        }
        if (top || !v->known || v->path) {
            return 0;
        }
    }
}

/* --- the commits --- */

/* Finds the commit with the head's files: the merge that CI made, or the head.
 */
static void find_point(struct finding *f)
{
    const char *head = f->comparison->head.origin.id;
    struct pfg_revision here;

    f->point = head;
    if (!pfg_workspace_revision(&here, f->change->context, f->vcs, NULL,
                                f->arena, NULL) &&
        !strcmp(here.id, head)) {
        f->checked_out = true;
        f->point = *here.merge ? here.merge : head;
    }
}

/* The commit that the change will be merged into; NULL if unknown. */
static const char *find_target(const struct finding *f)
{
    const struct pfg_search_options *search = f->change->search;
    const struct pfg_ci *ci = f->change->ci;
    const char *base = f->comparison->base.origin.id;
    const char *tip = NULL, *branch;

    if (search->base && f->comparison->base.n && pfg_revision_is_commit(base)) {
        return base;
    }
    if (ci->pull_request && pfg_revision_is_commit(ci->base_sha)) {
        return ci->base_sha;
    }
    branch = search->base_branch;
    if (!branch && *ci->base_branch) {
        branch = ci->base_branch;
    }
    return pfg_vcs_base_branch(f->vcs, &tip, &branch, branch, f->arena, NULL)
               ? NULL
               : tip;
}

/* Finds the commits whose policies are compared. */
static int find_commits(struct finding *f, struct pfg_error *err)
{
    const struct pfg_comparison *comparison = f->comparison;
    const char *compared =
        comparison->base.n && pfg_revision_is_commit(comparison->base.origin.id)
            ? comparison->base.origin.id
            : NULL;
    const char *target = find_target(f), *common = NULL;
    bool cut = false;

    if (target && pfg_vcs_merge_base(f->vcs, &common, &cut, target, f->point,
                                     f->arena, err)) {
        return -1;
    }
    f->merged = target && common && !strcmp(common, f->point);
    if (f->merged && f->change->search->base) {
        f->merged = false; /* the user asked for this base */
        common = target;
    }
    f->tip.id = target && !f->merged ? target : compared;
    f->from.id = f->merged || !target ? compared : common ? common : target;
    return 0;
}

/* --- the differences --- */

static void add_baseline(struct finding *f, const char *folder,
                         const struct pfg_vcs_file *from,
                         const struct pfg_vcs_file *to)
{
    const char *name = to ? to->name : from->name;
    struct pfg_report_policy_change change = {
        .what = pfg_arena_printf(f->arena, "baseline %s/%s", folder, name),
        .from = from ? pfg_arena_printf(f->arena, "%.10s", from->id) : "",
        .to = to ? pfg_arena_printf(f->arena, "%.10s", to->id) : "",
        .added = !from,
        .removed = !to,
        .source = "",
    };

    change.text = pfg_arena_printf(f->arena, "%s %s", change.what,
                                   !from ? "(new)"
                                   : !to ? "(removed)"
                                         : "changed");
    pfg_vec_push(&f->changes, f->arena, change);
}

static const struct pfg_vcs_file *file_called(
    const struct pfg_vcs_content *content, const char *name)
{
    for (size_t i = 0; i < content->n_files; i++) {
        if (!strcmp(content->files[i].name, name)) {
            return &content->files[i];
        }
    }
    return NULL;
}

/* A committed baseline is a limit, too. */
static int compare_baselines(struct finding *f, struct pfg_error *err)
{
    const char *named = f->change->baselines;
    const char *folder =
        named ? pfg_workspace_below_top(f->vcs, named, f->arena) : "baselines";
    struct pfg_vcs_content from, to;

    if (!folder || !*folder) {
        return 0;
    }
    if (pfg_vcs_content(f->vcs, &from, f->from.id, folder, f->arena, err) ||
        pfg_vcs_content(f->vcs, &to, f->point, folder, f->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < to.n_files; i++) {
        const struct pfg_vcs_file *old = file_called(&from, to.files[i].name);

        if (!old || strcmp(old->id, to.files[i].id) != 0) {
            add_baseline(f, folder, old, &to.files[i]);
        }
    }
    for (size_t i = 0; i < from.n_files; i++) {
        if (!file_called(&to, from.files[i].name)) {
            add_baseline(f, folder, &from.files[i], NULL);
        }
    }
    return 0;
}

static void compare_configs(struct finding *f)
{
    struct pfg_policies *policies = f->policies;
    struct pfg_report_policy_change *changes;
    size_t n;

    if (!f->from.path) {
        policies->first = f->head.path;
        return;
    }
    policies->compared = true;
    policies->base = f->from.config;
    policies->head = f->checked_out ? policies->own : f->head.config;
    pfg_config_changes(&changes, &n, policies->base, policies->head, f->arena);
    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(&f->changes, f->arena, changes[i]);
    }
}

/* --- whose policy judges --- */

static bool trusts_base(const struct pfg_config *config)
{
    return config && config->trust == PFG_TRUST_BASE;
}

/* The trusted version: the branch's tip if it is in the clone, else the commit
 * where the change began. */
static const struct version *trusted(const struct finding *f)
{
    return f->tip.id && f->tip.known ? &f->tip : &f->from;
}

static bool wants_base(const struct finding *f)
{
    const struct version *base = trusted(f);

    if (f->change->judging->trust) {
        return !strcmp(f->change->judging->trust, "base");
    }
    /* The base decides, so that a change cannot switch it off. If the base's
     * policy is unknown, only the change's own is left to ask. */
    return base->known && !*base->why.message ? trusts_base(base->config)
                                              : trusts_base(f->policies->own);
}

static int cannot_trust(const struct finding *f, struct pfg_error *err)
{
    const struct version *base = trusted(f);

    if (base->known) {
        pfg_fail(err, PFG_USAGE,
                 "the base's policy, of commit %.10s, is invalid: %s:%ld: %s",
                 base->id, base->why.file, base->why.line, base->why.message);
        return pfg_hint(err, "or use --trust head, the policy of the change");
    }
    pfg_fail(
        err, PFG_SYSTEM,
        "the base's policy is trusted, but commit %.10s is not in this clone",
        base->id);
    return pfg_hint(
        err,
        "fetch it (actions/checkout: fetch-depth: 0), or use --trust head");
}

/* Puts the base's configuration in force if it is to be trusted. */
static int choose_judge(struct finding *f, struct pfg_error *err)
{
    const struct version *base = trusted(f);

    f->report->policy.judged_by = "head";
    if (f->merged || f->outside || !wants_base(f)) {
        return 0;
    }
    if (!base->known || *base->why.message) {
        return cannot_trust(f, err);
    }
    f->report->policy.judged_by = "base";
    f->policies->trust_base = true;
    f->policies->trusted = base->id;
    f->policies->config = base->config;
    return 0;
}

/* --- all of it --- */

static void warn_unknown(struct finding *f)
{
    struct pfg_report *report = f->report;

    if (!f->from.known && f->policies->own) {
        pfg_report_warn(
            report,
            "cannot tell whether this change alters the policy: commit %.10s "
            "is not in this clone; fetch it (actions/checkout: fetch-depth: 0)",
            f->from.id);
    } else if (*f->from.why.message) {
        pfg_report_warn(report,
                        "the policy of commit %.10s is invalid, %s:%ld: %s: "
                        "cannot tell how this change alters it",
                        f->from.id, f->from.why.file, f->from.why.line,
                        f->from.why.message);
    }
}

static int read_versions(struct finding *f, struct pfg_error *err)
{
    if (read_version(f, &f->from, f->from.id, err) ||
        read_version(f, &f->head, f->point, err)) {
        return -1;
    }
    if (f->tip.id && strcmp(f->tip.id, f->from.id) != 0 &&
        read_version(f, &f->tip, f->tip.id, err)) {
        return -1;
    }
    return 0;
}

/* Passes on all that was read, also after a failure, to be freed. */
static void pass_on_configs(struct finding *f)
{
    struct pfg_config *const read[] = {f->from.config, f->head.config,
                                       f->tip.config};

    for (size_t i = 0; i < PFG_COUNT(read); i++) {
        f->policies->read[i] = read[i];
    }
}

int pfg_policy_change_find(struct pfg_report *report,
                           struct pfg_policies *policies,
                           const struct pfg_policy_change *change,
                           struct pfg_error *err)
{
    struct finding f = {
        .change = change,
        .policies = policies,
        .report = report,
        .comparison = change->comparison,
        .vcs = change->vcs,
        .arena = report->arena,
    };
    int failed;

    if (policies->looked || !f.vcs ||
        !pfg_revision_is_commit(f.comparison->head.origin.id)) {
        return 0;
    }
    policies->looked = true;
    find_point(&f);
    if (find_commits(&f, err)) {
        return -1;
    }
    if (!f.from.id) {
        return 0;
    }
    failed = read_versions(&f, err);
    pass_on_configs(&f);
    if (failed || choose_judge(&f, err)) {
        return -1;
    }
    warn_unknown(&f);
    if (!f.from.known || *f.from.why.message || *f.head.why.message) {
        return 0;
    }
    report->policy.base = pfg_arena_printf(f.arena, "%.10s", f.from.id);
    if (f.from.path || f.head.path) {
        compare_configs(&f);
    }
    failed = compare_baselines(&f, err);
    report->policy.changes = f.changes.at;
    report->policy.n_changes = f.changes.n;
    return failed;
}
