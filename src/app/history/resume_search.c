#include "app/history/read_history.h"

#include <string.h>

#include "base/hash.h"
#include "compare/trend/shifts.h"

/* The version of the search that produced a state; raise it when the search
 * finds something else. */
#define SEARCH 1

/* The layout of a state: these numbers, then those of each shift. */
enum { FROM, SEGMENT, VALUES, STATE };
enum {
    DRIFT,
    WORSE,
    GOOD,
    BAD,
    EARLIEST,
    LATEST,
    BEFORE,
    AFTER,
    CHANGE,
    LOWER,
    UPPER,
    SHIFT
};

static void write_shift(double *out, const struct pfg_history_shift *shift)
{
    out[DRIFT] = shift->drift;
    out[WORSE] = shift->worse;
    out[GOOD] = (double)shift->good;
    out[BAD] = (double)shift->bad;
    out[EARLIEST] = (double)shift->earliest;
    out[LATEST] = (double)shift->latest;
    out[BEFORE] = shift->before;
    out[AFTER] = shift->after;
    out[CHANGE] = shift->change;
    out[LOWER] = shift->change_lower;
    out[UPPER] = shift->change_upper;
}

static struct pfg_history_shift read_shift(const double *in)
{
    return (struct pfg_history_shift){
        .drift = in[DRIFT] != 0,
        .worse = in[WORSE] != 0,
        .good = (size_t)in[GOOD],
        .bad = (size_t)in[BAD],
        .earliest = (size_t)in[EARLIEST],
        .latest = (size_t)in[LATEST],
        .before = in[BEFORE],
        .after = in[AFTER],
        .change = in[CHANGE],
        .change_lower = in[LOWER],
        .change_upper = in[UPPER],
    };
}

/* Identifies a series on this hardware and branch. */
static const char *place_of(const struct pfg_settling *settling,
                            const struct pfg_history_series *series)
{
    struct pfg_arena *arena = settling->history->arena;
    char *place = pfg_arena_alloc(arena, PFG_DIGEST_HEX);

    pfg_digest_print(
        pfg_digest_of(pfg_slice_of(pfg_arena_printf(
            arena, "%d\n%s\n%s\n%s", SEARCH, settling->history->fingerprint,
            settling->history->branch, series->series->key))),
        place);
    return place;
}

/* How many of the first n values have a logarithm. */
static size_t logs_of(const struct pfg_history_series *series, size_t n)
{
    size_t logs = 0;

    for (size_t i = 0; i < n; i++) {
        logs += series->values[i].value > 0;
    }
    return logs;
}

/* The digest of the first n values. */
static const char *digest_of(const struct pfg_history_series *series, size_t n,
                             struct pfg_arena *arena)
{
    struct pfg_digest *digest = pfg_digest_new();
    char *out = pfg_arena_alloc(arena, PFG_DIGEST_HEX);

    for (size_t i = 0; i < n; i++) {
        pfg_digest_add(digest,
                       pfg_slice_make((const char *)&series->values[i].value,
                                      sizeof series->values[i].value));
    }
    pfg_digest_hex(digest, out);
    pfg_digest_free(digest);
    return out;
}

/* Whether a stored state belongs to this series as it is now. The state is
 * validated, because anybody may have written the database. */
static bool fits(const struct pfg_stored_settled *stored,
                 const struct pfg_history_series *series,
                 struct pfg_arena *arena)
{
    const double *state = stored->state;

    if (stored->n < STATE || (stored->n - STATE) % SHIFT ||
        !(state[VALUES] > 0 && state[VALUES] <= (double)series->n_values &&
          state[SEGMENT] >= 0 && state[SEGMENT] <= state[FROM] &&
          state[FROM] <= (double)logs_of(series, (size_t)state[VALUES]))) {
        return false;
    }
    for (size_t i = STATE; i < stored->n; i += SHIFT) {
        const double *shift = state + i;

        if (!(shift[EARLIEST] > 0 && shift[EARLIEST] <= shift[LATEST] &&
              shift[LATEST] < state[VALUES] && shift[GOOD] >= 0 &&
              shift[GOOD] < shift[BAD] && shift[BAD] < state[VALUES])) {
            return false;
        }
    }
    return !strcmp(stored->digest,
                   digest_of(series, (size_t)state[VALUES], arena));
}

static void take(struct pfg_history_settled *out,
                 const struct pfg_stored_settled *stored,
                 struct pfg_arena *arena)
{
    out->n = (size_t)stored->state[VALUES];
    out->from = (size_t)stored->state[FROM];
    out->segment = (size_t)stored->state[SEGMENT];
    out->n_shifts = (stored->n - STATE) / SHIFT;
    out->shifts =
        pfg_arena_new_array(arena, struct pfg_history_shift, out->n_shifts);
    for (size_t i = 0; i < out->n_shifts; i++) {
        out->shifts[i] = read_shift(stored->state + STATE + i * SHIFT);
    }
}

static void note(struct pfg_settling *settling, const char *place,
                 const struct pfg_history_series *series,
                 const struct pfg_history_settled *settled)
{
    struct pfg_arena *arena = settling->history->arena;
    const size_t n = STATE + settled->n_shifts * SHIFT;
    double *state = pfg_arena_new_array(arena, double, n);
    const struct pfg_stored_settled one = {
        place, digest_of(series, settled->n, arena), state, n};

    state[FROM] = (double)settled->from;
    state[SEGMENT] = (double)settled->segment;
    state[VALUES] = (double)settled->n;
    for (size_t i = 0; i < settled->n_shifts; i++) {
        write_shift(state + STATE + i * SHIFT, &settled->shifts[i]);
    }
    pfg_vec_push(&settling->moved_on, arena, one);
}

int pfg_settling_find(struct pfg_settling *settling,
                      struct pfg_history_series *series, struct pfg_error *err)
{
    struct pfg_arena *arena = settling->history->arena;
    struct pfg_history_settled settled = {0};
    struct pfg_stored_settled stored;
    const char *place;
    size_t known;
    int got;

    if (series->n_values <= PFG_SHIFTS_SPAN) {
        pfg_shifts_find(series, NULL, settling->tables, arena);
        return 0;
    }
    place = place_of(settling, series);
    got =
        pfg_store_settled(settling->reader->store, &stored, place, arena, err);
    if (got < 0) {
        return -1;
    }
    if (got && fits(&stored, series, arena)) {
        take(&settled, &stored, arena);
    }
    known = settled.n;
    pfg_shifts_find(series, &settled, settling->tables, arena);
    if (settled.n > known) {
        note(settling, place, series, &settled);
    }
    return 0;
}

void pfg_settling_store(const struct pfg_settling *settling)
{
    const struct pfg_history_reader *reader = settling->reader;
    struct pfg_store *store = NULL;
    struct pfg_error err = {0};

    if (!settling->moved_on.n ||
        reader->version.file < reader->version.newest) {
        return;
    }
    if (pfg_store_open(&store, reader->path, false, &err) ||
        pfg_store_settled_replace(store, settling->moved_on.at,
                                  settling->moved_on.n, &err)) {
        pfg_context_warn(reader->context,
                         "cannot cache the analysis of the histories: %s",
                         err.message);
    }
    pfg_store_close(store);
}
