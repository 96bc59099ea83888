#include "ingest/core/ingest.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ingest/dispatch/session.h"

#define MAX_NAMED  3 /* unknown files named in the warning */
#define FOR_PEOPLE "this is the human-readable output of "

bool pfg_ingest_is_for_people(const struct pfg_error *err)
{
    return !strncmp(err->hint, FOR_PEOPLE, strlen(FOR_PEOPLE));
}

static int nothing_found(const struct pfg_session *session, const char *name,
                         struct pfg_error *err)
{
    if (session->why.code && !session->foreign) {
        *(err ? err : &(struct pfg_error){0}) = session->why;
        return -1;
    }
    pfg_fail(err, PFG_DATA, "no benchmark results in '%s'", name);
    if (session->options.n_csv_columns) {
        return pfg_hint(
            err,
            "no line has a column '%s': use the title as written in the table",
            session->options.csv_columns[0]);
    }
    if (session->forced) {
        return pfg_hint(err, "looked for %s: %s", session->forced->title,
                        session->forced->looks);
    }
    if (session->foreign) {
        return pfg_hint(err, FOR_PEOPLE "%s: perfgate reads %s",
                        session->foreign->tool, session->foreign->reads);
    }
    if (pfg_slice_ends(pfg_slice_of(name), ".csv") ||
        pfg_slice_ends(pfg_slice_of(name), ".tsv")) {
        return pfg_hint(err, "for your own table, name the measured column "
                             "with --csv-column TITLE");
    }
    return pfg_hint(err, "supported formats are listed in docs/formats.md; "
                         "choose one with --format");
}

static void fill_result(struct pfg_ingest_result *out,
                        const struct pfg_session *session)
{
    pfg_session_tools(session, out);
    out->n_lines = session->n_lines;
    out->n_files = session->n_files;
}

int pfg_ingest_input(struct pfg_ingest_result *out, struct pfg_input *input,
                     const struct pfg_ingest_options *options,
                     const struct pfg_sink *sink, struct pfg_error *err)
{
    struct pfg_session session;
    bool known = false;
    int status;

    *out = (struct pfg_ingest_result){0};
    if (pfg_session_begin(&session, options, sink, err)) {
        return -1;
    }
    session.n_files = 1;
    status = pfg_session_read(&session, input, &known, err);
    if (!status && !known) {
        status = nothing_found(&session, pfg_input_name(input), err);
    }
    fill_result(out, &session);
    pfg_input_digest(input, out->digest);
    pfg_session_end(&session);
    return status;
}

/* A directory that is being read. */
struct visit {
    struct pfg_session session;
    struct pfg_tree tree;
    struct pfg_arena *arena; /* for the tree; the reader's is cleared */
    struct pfg_digest *digest;
    size_t n_unknown;
    struct pfg_str unknown; /* the names of the first few */
};

static int ask_directories(struct visit *visit, struct pfg_error *err)
{
    const struct pfg_ingester *ingester;
    size_t i = 0;

    while ((ingester = pfg_session_next(&visit->session, &i))) {
        visit->session.reader.ingester = ingester;
        visit->session.reader.pos = (struct pfg_pos){.file = visit->tree.root};
        if (ingester->directory &&
            ingester->directory(&visit->session.reader, &visit->tree, err)) {
            return -1;
        }
    }
    return 0;
}

static void digest_name(struct visit *visit, const struct pfg_part *part)
{
    /* includes the terminator, which no path can contain */
    pfg_digest_add(visit->digest,
                   pfg_slice_make(part->path, strlen(part->path) + 1));
}

/* Reads the parts again that a directory ingester has claimed. It may have read
 * them in any order, but the digest needs a fixed one. */
static int digest_claimed(struct visit *visit, const struct pfg_part *part,
                          struct pfg_error *err)
{
    struct pfg_str bytes;
    int status;

    pfg_str_init(&bytes, 0);
    status = pfg_tree_read(&visit->tree, part, &bytes, PFG_DOCUMENT_MAX, err);
    if (!status) {
        digest_name(visit, part);
        pfg_digest_add(visit->digest, pfg_str_slice(&bytes));
    }
    pfg_str_free(&bytes);
    return status;
}

/* An unreadable file does not fail the whole directory: its error becomes a
 * warning. */
static void warn_of(struct visit *visit, const struct pfg_error *err,
                    const char *path)
{
    struct pfg_pos pos = {
        .file = *err->file ? err->file : path,
        .line = err->line,
        .column = err->column,
    };

    visit->session.sink.warning(visit->session.sink.self, pos, err->message);
}

/* Whether the file can hold text: object files, archives and empty files
 * cannot. */
static bool is_text(struct pfg_input *input)
{
    struct pfg_slice head;

    return pfg_input_peek(input, &head, NULL) ||
           (head.len && pfg_slice_find_byte(head, '\0') == head.len);
}

/* Half of a file is worse than none, so an error is only a warning if nothing
 * of the file was sent and no two ingesters claim it. */
static int read_file(struct visit *visit, struct pfg_input *input,
                     const char *path, bool *known, struct pfg_error *err)
{
    struct pfg_session *session = &visit->session;
    size_t n_events = session->n_events;
    struct pfg_error problem = {0};

    if (!is_text(input) || !pfg_session_read(session, input, known, &problem)) {
        return 0;
    }
    if (session->n_events > n_events || session->conflict) {
        *(err ? err : &problem) = problem;
        return -1;
    }
    warn_of(visit, &problem, path);
    return 0;
}

static void name_unknown(struct visit *visit, const struct pfg_part *part)
{
    if (visit->n_unknown++ < MAX_NAMED) {
        pfg_str_printf(&visit->unknown, "%s%.100s",
                       visit->unknown.len ? ", " : "", part->path);
    }
}

static int visit_file(struct visit *visit, const struct pfg_part *part,
                      struct pfg_error *err)
{
    struct pfg_session *session = &visit->session;
    const char *path =
        pfg_path_join(visit->arena, visit->tree.root, part->path);
    struct pfg_input *input = NULL;
    struct pfg_error problem = {0};
    char hex[PFG_DIGEST_HEX];
    bool known = false;
    int status = 0;

    session->next_file = session->n_events > 0;
    session->round = 0;
    if (pfg_input_open(&input, path, &problem)) {
        warn_of(visit, &problem, path);
    } else {
        status = read_file(visit, input, path, &known, err);
    }
    if (known) {
        digest_name(visit, part);
        pfg_input_digest(input, hex);
        pfg_digest_add(visit->digest, pfg_slice_of(hex));
    }
    if (!known) {
        name_unknown(visit, part);
    }
    pfg_input_close(input);
    return status;
}

static int visit_parts(struct visit *visit, struct pfg_error *err)
{
    for (size_t i = 0;
         i < visit->tree.n && !pfg_session_is_full(&visit->session); i++) {
        const struct pfg_part *part = &visit->tree.parts[i];

        pfg_tree_report(&visit->tree, part);
        if (part->claimed ? digest_claimed(visit, part, err)
                          : visit_file(visit, part, err)) {
            return -1;
        }
    }
    return 0;
}

static void mention_unknown(struct visit *visit)
{
    struct pfg_reader *reader = &visit->session.reader;

    if (visit->n_unknown) {
        reader->pos = (struct pfg_pos){.file = visit->tree.root};
        pfg_reader_warn(reader, "%zu of %zu files were not recognised: %s%s",
                        visit->n_unknown, visit->tree.n, visit->unknown.ptr,
                        visit->n_unknown > MAX_NAMED ? ", ..." : "");
    }
}

static int visit_directory(struct visit *visit, const char *path,
                           struct pfg_error *err)
{
    if (pfg_tree_walk(&visit->tree, path, visit->arena, err)) {
        return -1;
    }
    visit->tree.watch = visit->session.options.watch;
    if (!visit->tree.n) {
        return pfg_fail(err, PFG_DATA, "'%s' is empty", path);
    }
    visit->session.n_files = visit->tree.n;
    if (ask_directories(visit, err) || visit_parts(visit, err)) {
        return -1;
    }
    if (!visit->session.n_events) {
        visit->session.why.code = PFG_OK; /* concerns one file of many */
        return nothing_found(&visit->session, path, err);
    }
    mention_unknown(visit);
    return 0;
}

static int ingest_directory(struct pfg_ingest_result *out, const char *path,
                            const struct pfg_ingest_options *options,
                            const struct pfg_sink *sink, struct pfg_error *err)
{
    struct visit visit = {0};
    int status;

    *out = (struct pfg_ingest_result){0};
    if (pfg_session_begin(&visit.session, options, sink, err)) {
        return -1;
    }
    visit.arena = pfg_arena_new();
    pfg_str_init(&visit.unknown, 0);
    visit.digest = pfg_digest_new();
    status = visit_directory(&visit, path, err);
    fill_result(out, &visit.session);
    pfg_digest_hex(visit.digest, out->digest);
    pfg_digest_free(visit.digest);
    pfg_str_free(&visit.unknown);
    pfg_arena_free(visit.arena);
    pfg_session_end(&visit.session);
    return status;
}

int pfg_ingest_path(struct pfg_ingest_result *out, const char *path,
                    const struct pfg_ingest_options *options,
                    const struct pfg_sink *sink, struct pfg_error *err)
{
    struct pfg_input *input;
    int status;

    *out = (struct pfg_ingest_result){0};
    if (pfg_file_is_directory(path)) {
        return ingest_directory(out, path, options, sink, err);
    }
    status = strcmp(path, "-") ? pfg_input_open(&input, path, err)
                               : pfg_input_open_fd(&input, STDIN_FILENO,
                                                   "standard input", err);
    if (status) {
        return -1;
    }
    pfg_input_watch(input, options ? options->watch : NULL);
    status = pfg_ingest_input(out, input, options, sink, err);
    pfg_input_close(input);
    return status;
}
