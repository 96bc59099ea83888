#include "vcs/branch.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "vcs/repo.h"

#define NAME  "perfgate"
#define EMAIL "perfgate@localhost"

static int cannot_read(const char *id, struct pfg_error *err)
{
    pfg_fail(err, PFG_SYSTEM, "cannot read %.12s in the repository: %s", id,
             pfg_vcs_reason());
    return pfg_hint(
        err,
        "in a partial clone, 'git fetch --refetch' fetches what is missing");
}

/* ---- reading ---- */

struct listing {
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_vcs_file) files;
};

static int list_one(const char *root, const git_tree_entry *entry, void *self)
{
    struct listing *l = self;

    if (pfg_git.tree_entry_type(entry) == GIT_OBJECT_BLOB) {
        pfg_vec_push(&l->files, l->arena,
                     ((struct pfg_vcs_file){
                         pfg_arena_printf(l->arena, "%s%s", root,
                                          pfg_git.tree_entry_name(entry)),
                         pfg_vcs_id(pfg_git.tree_entry_id(entry), l->arena)}));
    }
    return 0;
}

int pfg_vcs_files(struct pfg_vcs *vcs, struct pfg_vcs_file **out, size_t *n,
                  const char *commit, struct pfg_arena *arena,
                  struct pfg_error *err)
{
    struct listing l = {.arena = arena};
    git_commit *found = NULL;
    git_tree *tree = NULL;
    int result = pfg_vcs_commit_at(&found, vcs, commit);

    result = result ? result : pfg_git.commit_tree(&tree, found);
    result = result ? result
                    : pfg_git.tree_walk(tree, GIT_TREEWALK_PRE, list_one, &l);
    if (result) {
        cannot_read(commit, err);
    }
    pfg_git.tree_free(tree);
    pfg_git.commit_free(found);
    *out = l.files.at;
    *n = l.files.n;
    return result ? -1 : 0;
}

int pfg_vcs_file_read(struct pfg_vcs *vcs, struct pfg_str *out, const char *id,
                      struct pfg_error *err)
{
    git_blob *blob = NULL;
    git_oid oid;

    if (pfg_git.oid_fromstr(&oid, id) ||
        pfg_git.blob_lookup(&blob, vcs->repo, &oid)) {
        return cannot_read(id, err);
    }
    pfg_str_add(out, pfg_slice_make(pfg_git.blob_rawcontent(blob),
                                    (size_t)pfg_git.blob_rawsize(blob)));
    pfg_git.blob_free(blob);
    return 0;
}

int pfg_vcs_file_size(struct pfg_vcs *vcs, uint64_t *out, const char *id,
                      struct pfg_error *err)
{
    git_object_t type;
    git_odb *odb = NULL;
    size_t size = 0;
    git_oid oid;
    int result = pfg_git.oid_fromstr(&oid, id);

    result = result ? result : pfg_git.repository_odb(&odb, vcs->repo);
    result = result ? result : pfg_git.odb_read_header(&size, &type, odb, &oid);
    pfg_git.odb_free(odb);
    *out = size;
    return result ? cannot_read(id, err) : 0;
}

int pfg_vcs_message(struct pfg_vcs *vcs, const char **out, const char *commit,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    git_commit *found = NULL;

    if (pfg_vcs_commit_at(&found, vcs, commit)) {
        return cannot_read(commit, err);
    }
    *out = pfg_arena_strdup(arena, pfg_git.commit_message(found));
    pfg_git.commit_free(found);
    return 0;
}

/* ---- writing ---- */

static int cannot_write(struct pfg_vcs *vcs, struct pfg_error *err)
{
    return pfg_fail(err, PFG_SYSTEM, "cannot write to the repository '%s': %s",
                    vcs->root, pfg_vcs_reason());
}

static int write_tree(git_oid *out, struct pfg_vcs *vcs, git_tree *from,
                      const struct pfg_vcs_draft *draft)
{
    git_tree_update *updates = calloc(draft->n + 1, sizeof *updates);
    int result = 0;

    for (size_t i = 0; i < draft->n && !result; i++) {
        const struct pfg_vcs_edit *edit = &draft->edits[i];

        updates[i].action =
            edit->removed ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT;
        updates[i].filemode = GIT_FILEMODE_BLOB;
        updates[i].path = edit->path;
        if (!edit->removed) {
            result = pfg_git.blob_create_from_buffer(
                &updates[i].id, vcs->repo, edit->bytes.ptr, edit->bytes.len);
        }
    }
    result = result ? result
                    : pfg_git.tree_create_updated(out, vcs->repo, from,
                                                  draft->n, updates);
    free(updates);
    return result;
}

/* The user's signature, or else perfgate's, at `time`. */
static int sign(git_signature **out, struct pfg_vcs *vcs, pfg_time time)
{
    git_signature *user = NULL;
    int result;

    if (pfg_git.signature_default(&user, vcs->repo)) {
        user = NULL;
    }
    result =
        pfg_git.signature_new(out, user ? user->name : NAME,
                              user ? user->email : EMAIL, time / PFG_SECOND, 0);
    pfg_git.signature_free(user);
    return result;
}

static int write_commit(git_oid *out, struct pfg_vcs *vcs, const git_oid *tree,
                        const struct pfg_vcs_draft *draft)
{
    git_signature *who = NULL;
    git_commit *parent = NULL;
    git_tree *written = NULL;
    const git_commit *parents[1];
    int result = pfg_git.tree_lookup(&written, vcs->repo, tree);

    result = result ? result : sign(&who, vcs, draft->time);
    if (!result && draft->parent) {
        result = pfg_vcs_commit_at(&parent, vcs, draft->parent);
    }
    parents[0] = parent;
    result = result ? result
                    : pfg_git.commit_create(out, vcs->repo, NULL, who, who,
                                            NULL, draft->message, written,
                                            parent ? 1 : 0, parents);
    pfg_git.commit_free(parent);
    pfg_git.signature_free(who);
    pfg_git.tree_free(written);
    return result;
}

int pfg_vcs_commit(struct pfg_vcs *vcs, const char **out,
                   const struct pfg_vcs_draft *draft, struct pfg_arena *arena,
                   struct pfg_error *err)
{
    git_commit *files = NULL;
    git_tree *from = NULL;
    git_oid tree, commit;
    int result =
        draft->files ? pfg_vcs_commit_at(&files, vcs, draft->files) : 0;

    if (!result && files) {
        result = pfg_git.commit_tree(&from, files);
    }
    result = result ? result : write_tree(&tree, vcs, from, draft);
    result = result ? result : write_commit(&commit, vcs, &tree, draft);
    if (result) {
        cannot_write(vcs, err);
    } else {
        *out = pfg_vcs_id(&commit, arena);
    }
    pfg_git.tree_free(from);
    pfg_git.commit_free(files);
    return result ? -1 : 0;
}
