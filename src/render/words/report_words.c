#include <math.h>

#include "base/str.h"
#include "render/words/words.h"

/* The report as a whole in words: its sides, its machine, its counts, what it
 * could have shown, and its policy; and histories. */

const char *pfg_words_counts(struct pfg_arena *arena,
                             const size_t counts[PFG_N_VERDICTS])
{
    struct pfg_str text = pfg_str_in(arena);

    for (int i = 0; i < PFG_N_VERDICTS; i++) {
        if (counts[i]) {
            pfg_str_printf(&text, "%s%zu %s", text.len ? ", " : "", counts[i],
                           pfg_verdict_word((enum pfg_verdict)i, true));
        }
    }
    return text.ptr;
}

static const char *age(struct pfg_arena *arena, pfg_time then, pfg_time now)
{
    static const struct {
        long long seconds;
        const char *name;
    } spans[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}};
    long long seconds = (now - then) / PFG_SECOND;

    if (!then || !now || seconds < 60) {
        return "";
    }
    for (size_t i = 0; i < PFG_COUNT(spans); i++) {
        long long count = seconds / spans[i].seconds;

        if (count > 1 || (count == 1 && i == 2)) {
            return pfg_arena_printf(
                arena, "%s old",
                pfg_arena_counted(arena, (size_t)count, spans[i].name));
        }
    }
    return "";
}

const char *pfg_words_origin(struct pfg_arena *arena,
                             const struct pfg_report_origin *origin,
                             pfg_time now)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_words_join(&text, "; ", origin->how);
    pfg_words_join(&text, "; ", age(arena, origin->time, now));
    if (origin->n_runs > 1) {
        pfg_words_join(&text, "; ",
                       pfg_arena_printf(arena, "%zu runs", origin->n_runs));
    }
    pfg_words_join(&text, "; ", origin->dirty ? "uncommitted changes" : "");
    return text.ptr;
}

const char *pfg_words_hardware(struct pfg_arena *arena,
                               const struct pfg_profile *profile)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_words_join(&text, ", ", profile->cpu_name ? profile->cpu_name : "");
    if (profile->cpus > 0) {
        pfg_words_join(&text, ", ",
                       pfg_arena_counted(arena, (size_t)profile->cpus, "CPU"));
    }
    pfg_words_join(&text, ", ", profile->arch ? profile->arch : "");
    for (size_t i = 0; i < profile->n_gpus; i++) {
        pfg_words_join(&text, ", ", profile->gpus[i]);
    }
    return text.ptr;
}

const char *pfg_words_detectable(struct pfg_arena *arena,
                                 const struct pfg_report_section *section)
{
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < section->n_sights; i++) {
        const struct pfg_report_sight *sight = &section->sights[i];

        pfg_str_printf(&text, "%s%s: %s", text.len ? "; " : "", sight->what,
                       sight->exact
                           ? "exact"
                           : pfg_words_detects(arena, sight->detectable));
    }
    return text.len ? pfg_arena_printf(arena, "smallest detectable change: %s",
                                       text.ptr)
                    : text.ptr;
}

const char *pfg_words_jump(struct pfg_arena *arena,
                           const struct pfg_report_row *row,
                           const struct pfg_report_jump *jump)
{
    enum { SHORT_ID = 9 };
    const struct pfg_report_working *working = &row->working;
    struct pfg_slice id = pfg_slice_first(
        pfg_slice_of(working->points[jump->at].revision), SHORT_ID);

    return pfg_arena_printf(
        arena, "%s%s%.*s",
        pfg_words_change(arena, jump->after / jump->before - 1),
        id.len ? " at " : "", (int)id.len, id.ptr);
}

/* The last values of a row's history and the head's, into `out`; returns how
 * many. */
static size_t recent_values(double *out, size_t most,
                            const struct pfg_report_row *row)
{
    const struct pfg_report_working *working = &row->working;
    bool head = row->head.present && isfinite(row->head.value);
    size_t room = most - head;
    size_t from = working->n_points > room ? working->n_points - room : 0;
    size_t n = 0;

    for (size_t i = from; i < working->n_points; i++) {
        if (isfinite(working->points[i].value)) {
            out[n++] = working->points[i].value;
        }
    }
    if (head) {
        out[n++] = row->head.value;
    }
    return n;
}

const char *pfg_words_spark(struct pfg_arena *arena, const double *values,
                            size_t n)
{
    static const char *const blocks[] = {"\u2581", "\u2582", "\u2583",
                                         "\u2584", "\u2585", "\u2586",
                                         "\u2587", "\u2588"};
    enum { LEVELS = PFG_COUNT(blocks) };
    const double least_range = 0.05;
    double low = INFINITY, high = -INFINITY, range;
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < n; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    range = fmax(high - low, least_range * fmax(fabs(high), fabs(low)));
    for (size_t i = 0; i < n; i++) {
        double share = range > 0 ? (values[i] - low) / range : 0;

        pfg_str_puts(&text, blocks[(int)(share * (LEVELS - 1) + 0.5)]);
    }
    return text.ptr;
}

const char *pfg_words_sparkline(struct pfg_arena *arena,
                                const struct pfg_report_row *row)
{
    enum { MOST = 12 };
    double values[MOST];
    size_t n = recent_values(values, MOST, row);

    return row->working.n_points < 2 || n < 3
               ? ""
               : pfg_words_spark(arena, values, n);
}

const char *pfg_words_policy_change(
    struct pfg_arena *arena, const struct pfg_report_policy_change *change)
{
    return pfg_arena_printf(
        arena, "%s%s%s%s%s%s",
        change->effect ? pfg_policy_effect_name(change->effect) : "",
        change->effect ? ": " : "", change->text, *change->source ? " (" : "",
        change->source, *change->source ? ")" : "");
}

size_t pfg_words_policy_shown(const struct pfg_report_policy *policy)
{
    enum { MOST = 20 };

    return policy->n_changes < MOST ? policy->n_changes : MOST;
}

const char *pfg_words_policy_rest(struct pfg_arena *arena,
                                  const struct pfg_report_policy *policy)
{
    size_t rest = policy->n_changes - pfg_words_policy_shown(policy);

    return rest ? pfg_arena_counted(arena, rest, "more change") : "";
}

static const char *count_limits(struct pfg_arena *arena, size_t n,
                                const char *how)
{
    return n ? pfg_arena_printf(arena, ", %s %s %s",
                                pfg_arena_counted(arena, n, "limit"),
                                n == 1 ? "is" : "are", how)
             : "";
}

const char *pfg_words_policy_rows(struct pfg_arena *arena,
                                  const struct pfg_report_policy *policy)
{
    if (!policy->n_changes) {
        return ""; /* the first policy */
    }
    if (!policy->n_looser && !policy->n_tighter) {
        return "no limit of a measured benchmark became looser or tighter";
    }
    return pfg_arena_printf(arena, "of the measured benchmarks%s%s",
                            count_limits(arena, policy->n_looser, "looser"),
                            count_limits(arena, policy->n_tighter, "tighter"));
}
