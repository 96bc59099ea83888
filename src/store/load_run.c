#include "store/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

int pfg_loader_damaged(struct pfg_loader *in, const char *what)
{
    pfg_fail(in->err, PFG_SYSTEM, "'%s' is damaged: %s of run %ld",
             pfg_store_name(in->store), what, in->run->id);
    return pfg_hint(in->err, "restore it from a copy, or start a new one");
}

static int read_run(struct pfg_loader *in, const struct pfg_columns *columns,
                    struct pfg_statement *row)
{
    if (pfg_columns_take(row, columns, in->run,
                         &(struct pfg_taking){in->run->arena})) {
        return pfg_loader_damaged(in, "a list");
    }
    in->run->facts.cap = in->run->facts.n;
    in->contents->n_series = pfg_take_integer(row);
    snprintf(in->contents->stored, PFG_DIGEST_HEX, "%s",
             pfg_take_text(row, in->run->arena));
    return 0;
}

int pfg_loader_each_row(struct pfg_loader *in, const char *list,
                        const char *first, const struct pfg_columns *columns,
                        const char *rest, pfg_take_row *take)
{
    struct pfg_statement *row;
    struct pfg_str sql;
    int got, any = 0;

    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "SELECT %s", first);
    pfg_columns_names(&sql, columns, true);
    pfg_str_puts(&sql, rest);
    pfg_statement_new(&row, in->store, sql.ptr, in->err);
    pfg_str_free(&sql);
    if (!row) {
        return -1;
    }
    if (list) {
        pfg_bind_text(row, NULL, list);
    } else {
        pfg_bind_integer(row, ":run", in->run->id);
    }
    while ((got = pfg_statement_step(row, in->err)) == 1) {
        any = 1;
        if (take(in, columns, row)) {
            got = -1;
            break;
        }
    }
    pfg_statement_free(row);
    return got < 0 ? -1 : any;
}

static int read_process(struct pfg_loader *in,
                        const struct pfg_columns *columns,
                        struct pfg_statement *row)
{
    struct pfg_process process;

    if (pfg_take_integer(row) != (int64_t)in->run->processes.n) {
        return pfg_loader_damaged(in, "a process");
    }
    pfg_columns_take(row, columns, &process, &(struct pfg_taking){NULL});
    pfg_vec_push(&in->run->processes, in->run->arena, process);
    return 0;
}

static int load(struct pfg_loader *in)
{
    const struct pfg_columns of_run = pfg_columns_of(NULL, &pfg_kind_run);
    const struct pfg_columns of_process =
        pfg_columns_of(NULL, &pfg_kind_process);
    int found =
        pfg_loader_each_row(in, NULL, "", &of_run,
                            ", n_series, run.content FROM run"
                            " JOIN revision ON revision.id = run.revision"
                            " JOIN hardware ON hardware.id = run.hardware"
                            " WHERE run.id = :run",
                            read_run);

    if (!found) {
        return pfg_fail(in->err, PFG_DATA, "no run %ld in '%s'", in->run->id,
                        pfg_store_name(in->store));
    }
    if (found < 0 ||
        pfg_loader_each_row(in, NULL, "number, ", &of_process,
                            " FROM process WHERE run = :run ORDER BY number",
                            read_process) < 0) {
        return -1;
    }
    return pfg_load_pieces(in);
}

static void know_none(struct pfg_known_series *known)
{
    *known = (struct pfg_known_series){.arena = pfg_arena_new()};
    pfg_map_init(&known->by_id, known->arena);
    pfg_map_init(&known->facts, known->arena);
}

/* `in` begins with what the caller asks for. */
static int load_run(struct pfg_loader *in, struct pfg_run **out, long id)
{
    int failed;

    *out = NULL;
    in->run = pfg_run_new();
    in->run->id = id;
    in->run->shared = pfg_arena_hold(in->known->arena);
    pfg_content_begin(&in->content);
    failed = load(in);
    if (failed) {
        pfg_content_free(&in->content);
        pfg_run_free(in->run);
    } else {
        pfg_content_finish(&in->content, in->run, in->contents->found);
        *out = in->run;
    }
    pfg_vec_free(&in->pieces);
    pfg_vec_free(&in->values);
    return failed;
}

int pfg_load_unchecked(struct pfg_store *store, struct pfg_run **out,
                       struct pfg_contents *contents, long id, bool has_packs,
                       struct pfg_error *err)
{
    struct pfg_known_series known;
    struct pfg_loader in = {
        .store = store,
        .known = &known,
        .contents = contents,
        .has_packs = has_packs,
        .err = err,
    };
    int failed;

    know_none(&known);
    failed = load_run(&in, out, id);
    pfg_arena_free(known.arena);
    return failed;
}

static int load_checked(struct pfg_store *store, struct pfg_run **out, long id,
                        bool only_values, struct pfg_known_series *known,
                        struct pfg_error *err)
{
    struct pfg_contents contents;
    struct pfg_loader in = {
        .store = store,
        .known = known,
        .contents = &contents,
        .only_values = only_values,
        .has_packs = true,
        .err = err,
    };

    if (load_run(&in, out, id)) {
        return -1;
    }
    if (!strcmp(contents.found, contents.stored)) {
        return 0;
    }
    pfg_run_free(*out);
    *out = NULL;
    pfg_fail(err, PFG_SYSTEM,
             "'%s' is damaged: run %ld does not match its digest",
             pfg_store_name(store), id);
    return pfg_hint(err, "remove it with 'perfgate db check --repair'");
}

/* Inside a transaction. */
static int load_list(struct pfg_store *store, struct pfg_run **out,
                     const long *ids, size_t n, bool only_values,
                     struct pfg_error *err)
{
    struct pfg_known_series known;
    size_t i = 0;

    know_none(&known);
    while (i < n &&
           !load_checked(store, &out[i], ids[i], only_values, &known, err)) {
        i++;
    }
    pfg_arena_free(known.arena);
    for (size_t k = 0; i < n && k < i; k++) {
        pfg_run_free(out[k]);
        out[k] = NULL;
    }
    return i < n ? -1 : 0;
}

int pfg_store_load_list(struct pfg_store *store, struct pfg_run **out,
                        const long *ids, size_t n, bool only_values,
                        struct pfg_error *err)
{
    int failed, attempts = 0;

    do {
        failed = pfg_sql_look(store, err);
        if (!failed) {
            failed = load_list(store, out, ids, n, only_values, err);
            pfg_sql_rollback(store);
        }
    } while (failed && pfg_sql_again(store, &attempts));
    return failed ? -1 : 0;
}

int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err)
{
    *out = NULL;
    return pfg_store_load_list(store, out, &id, 1, false, err);
}
