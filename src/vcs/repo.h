#ifndef PFG_VCS_REPO_H
#define PFG_VCS_REPO_H

#include <git2.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "vcs/vcs.h"

/*
 * The functions of libgit2 that perfgate calls. The library is loaded only if
 * there is a repository to open: with its twelve dependencies, loading takes as
 * long as the rest of a short command. The static program has it linked in.
 */
/* clang-format off */
#define PFG_LIBGIT2(X)                                                         \
    X(attr_get) X(attr_value) X(blob_create_from_buffer) X(blob_free)          \
    X(blob_lookup) X(blob_rawcontent) X(blob_rawsize) X(buf_dispose)           \
    X(checkout_options_init) X(checkout_tree) X(commit_author)                 \
    X(commit_create) X(commit_free) X(commit_id) X(commit_lookup)              \
    X(commit_message) X(commit_parent_id) X(commit_parentcount)                \
    X(commit_summary) X(commit_time) X(commit_tree) X(commit_tree_id)          \
    X(config_foreach) X(config_free) X(config_get_string_buf)                  \
    X(config_iterator_free) X(config_multivar_iterator_new) X(config_next)     \
    X(config_open_default) X(config_open_ondisk) X(config_parse_path)          \
    X(diff_free) X(diff_get_delta) X(diff_index_to_workdir)                    \
    X(diff_num_deltas) X(diff_options_init) X(diff_tree_to_index)              \
    X(diff_tree_to_tree) X(error_last) X(index_entrycount)                     \
    X(index_find_prefix) X(index_free) X(index_get_byindex)                    \
    X(index_get_bypath) X(libgit2_init) X(libgit2_opts) X(libgit2_shutdown)    \
    X(merge_base) X(message_trailer_array_free) X(message_trailers)            \
    X(object_free) X(object_id) X(object_peel) X(object_type) X(odb_free)      \
    X(odb_read_header) X(oid_fromstr) X(oid_tostr) X(reference_create)         \
    X(reference_free) X(reference_is_branch) X(reference_is_remote)            \
    X(reference_lookup) X(reference_name_is_valid) X(reference_name_to_id)     \
    X(reference_peel) X(reference_resolve) X(reference_shorthand)              \
    X(remote_free) X(remote_lookup) X(remote_url) X(repository_commondir)      \
    X(repository_config_snapshot) X(repository_free) X(repository_head)        \
    X(repository_index) X(repository_is_bare) X(repository_odb)                \
    X(repository_open) X(repository_open_ext) X(repository_path)               \
    X(repository_set_workdir) X(repository_workdir) X(revparse_ext)            \
    X(revparse_single) X(signature_default) X(signature_free)                  \
    X(signature_new) X(tree_create_updated) X(tree_entry_byindex)              \
    X(tree_entry_bypath) X(tree_entry_filemode) X(tree_entry_free)             \
    X(tree_entry_id) X(tree_entry_name) X(tree_entry_to_object)                \
    X(tree_entry_type) X(tree_entrycount) X(tree_free) X(tree_lookup)          \
    X(tree_walk)
/* clang-format on */

/* The functions by name. Filled once, before any of them is called. */
extern struct pfg_libgit2 {
#define POINTER(name) __typeof__(git_##name) *name;
    PFG_LIBGIT2(POINTER)
#undef POINTER
} pfg_git;

/* Fills pfg_git. The library stays loaded. PFG_SYSTEM if it is missing. */
int pfg_libgit2_load(struct pfg_error *err);

/* An open repository. Only the files of this folder know that it is libgit2's.
 */
struct pfg_vcs {
    git_repository *repo;
    struct pfg_arena *arena;
    const char *root;
    struct pfg_map shallow; /* commits at which a shallow clone ends */
};

/* The message of libgit2's last failed call; valid until the next call. */
const char *pfg_vcs_reason(void);

/* An ID as text, in the arena. */
const char *pfg_vcs_id(const git_oid *id, struct pfg_arena *arena);

/* Finds a commit by its whole ID. Returns libgit2's code. */
int pfg_vcs_commit_at(git_commit **out, struct pfg_vcs *vcs, const char *id);

/* Finds a commit by any revision. *ref is the reference that `spec` names, or
 * NULL. Returns libgit2's code. */
int pfg_vcs_find_commit(struct pfg_vcs *vcs, git_commit **out,
                        git_reference **ref, const char *spec);

/* `read` of a struct pfg_vcs_graph; `self` is the struct pfg_vcs. */
int pfg_vcs_read_commit(void *self, struct pfg_vcs_commit *out, const char *id,
                        struct pfg_arena *arena, struct pfg_error *err);

/* Always -1: PFG_USAGE, with a hint. */
int pfg_vcs_unknown_revision(struct pfg_vcs *vcs, const char *spec,
                             struct pfg_error *err);

/* Submodules, and where they are checked out. */
struct pfg_submodules {
    PFG_VEC(struct pfg_submodule) found;
    struct pfg_arena *arena;
    const char *top; /* the folder that `tree` was checked out to */
};

/*
 * Checks out the submodules of `tree` below the top, and their submodules. The
 * objects come from the work tree of `source`, or from <commondir>/modules.
 * PFG_SYSTEM if one cannot be written; if its objects are missing, the
 * submodule is only listed.
 */
int pfg_vcs_checkout_submodules(struct pfg_submodules *out,
                                git_repository *source, git_tree *tree,
                                struct pfg_error *err);

#endif
