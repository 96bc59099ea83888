#include "ingest/k6/k6_names.h"

#include <string.h>

#include "base/number.h"
#include "ingest/core/keyvalue.h"

static const char *const rank_tags[] = {"", "name", "group", "scenario"};

enum {
    SPLIT = 1,    /* has a series for each endpoint */
    DURATION = 2, /* time that something took */
    ANSWERED = 4, /* has a sub-metric {expected_response:true} */
};

/*
 * Every built-in metric of k6 (metrics/builtin.go; the browser module's are in
 * internal/js/modules/k6/browser/k6ext/metrics.go), in the order of a report. A
 * name that begins with an asterisk matches names with that ending and comes
 * last. All directions of k6 metrics are defined here. The phases of a request
 * have a direction but are not gated unless a rule names them; see
 * model/metric.c.
 */
/* clang-format off */
static const struct word {
    const char *name;
    const char *word; /* NULL: k6's name */
    enum pfg_stream_kind type;
    enum pfg_k6_contains contains;
    enum pfg_direction better;
    unsigned flags;
} words[] = {
    {"http_req_duration", "latency", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     SPLIT | DURATION | ANSWERED},
    {"grpc_req_duration", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     SPLIT | DURATION},
    {"http_reqs", "requests", PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_HIGHER, SPLIT},
    {"http_req_failed", "error rate", PFG_STREAM_RATE, PFG_K6_PLAIN, PFG_LOWER,
     SPLIT},
    {"checks", NULL, PFG_STREAM_RATE, PFG_K6_PLAIN, PFG_HIGHER, SPLIT},
    {"iterations", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_HIGHER, SPLIT},
    {"dropped_iterations", "dropped iterations", PFG_STREAM_COUNTER, PFG_K6_PLAIN,
     PFG_LOWER, SPLIT},
    {"iteration_duration", "iteration duration", PFG_STREAM_TREND, PFG_K6_TIME,
     PFG_LOWER, SPLIT | DURATION},
    {"group_duration", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     SPLIT | DURATION},
    {"http_req_waiting", "waiting", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"http_req_blocked", "blocked", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"http_req_connecting", "connecting", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     0},
    {"http_req_tls_handshaking", "tls", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     0},
    {"http_req_sending", "sending", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"http_req_receiving", "receiving", PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     0},
    {"grpc_streams", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"grpc_streams_msgs_received", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN,
     PFG_NEUTRAL, 0},
    {"grpc_streams_msgs_sent", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_NEUTRAL,
     0},
    /* How long a socket stays open is up to the script. */
    {"ws_session_duration", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_NEUTRAL,
     DURATION},
    {"ws_connecting", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, DURATION},
    {"ws_ping", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, DURATION},
    {"ws_sessions", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"ws_msgs_sent", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"ws_msgs_received", NULL, PFG_STREAM_COUNTER, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"browser_http_req_duration", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER,
     DURATION},
    {"browser_http_req_failed", NULL, PFG_STREAM_RATE, PFG_K6_PLAIN, PFG_LOWER, 0},
    {"browser_web_vital_cls", NULL, PFG_STREAM_TREND, PFG_K6_PLAIN, PFG_LOWER, 0},
    {"browser_web_vital_fcp", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"browser_web_vital_fid", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"browser_web_vital_inp", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"browser_web_vital_lcp", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"browser_web_vital_ttfb", NULL, PFG_STREAM_TREND, PFG_K6_TIME, PFG_LOWER, 0},
    {"browser_data_received", NULL, PFG_STREAM_COUNTER, PFG_K6_DATA, PFG_NEUTRAL,
     0},
    {"browser_data_sent", NULL, PFG_STREAM_COUNTER, PFG_K6_DATA, PFG_NEUTRAL, 0},
    {"vus", NULL, PFG_STREAM_GAUGE, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"vus_max", "vus max", PFG_STREAM_GAUGE, PFG_K6_PLAIN, PFG_NEUTRAL, 0},
    {"data_received", "data received", PFG_STREAM_COUNTER, PFG_K6_DATA,
     PFG_NEUTRAL, 0},
    {"data_sent", "data sent", PFG_STREAM_COUNTER, PFG_K6_DATA, PFG_NEUTRAL, 0},
    {"*_duration", NULL, PFG_STREAM_UNKNOWN, PFG_K6_PLAIN, PFG_LOWER,
     SPLIT | DURATION},
    {"*", NULL, PFG_STREAM_UNKNOWN, PFG_K6_PLAIN, PFG_NEUTRAL, SPLIT},
};
/* clang-format on */

enum pfg_stream_kind pfg_k6_type_find(struct pfg_slice word)
{
    static const char *const types[] = {NULL, "trend", "counter", "rate",
                                        "gauge"};

    for (size_t i = 1; i < PFG_COUNT(types); i++) {
        if (pfg_slice_is(word, types[i])) {
            return (enum pfg_stream_kind)i;
        }
    }
    return PFG_STREAM_UNKNOWN;
}

enum pfg_k6_contains pfg_k6_contains_find(struct pfg_slice word)
{
    return pfg_slice_is(word, "time")   ? PFG_K6_TIME
           : pfg_slice_is(word, "data") ? PFG_K6_DATA
                                        : PFG_K6_PLAIN;
}

static const struct word *find_word(struct pfg_slice name)
{
    for (size_t i = 0;; i++) {
        const char *pattern = words[i].name;

        if (*pattern == '*' ? pfg_slice_ends(name, pattern + 1)
                            : pfg_slice_is(name, pattern)) {
            return &words[i];
        }
    }
}

/* Prefixes the script's own metric if it has the name of one of our words,
 * because it would be mistaken for it. */
static const char *own_word(struct pfg_slice name, struct pfg_arena *arena)
{
    for (size_t i = 0; i < PFG_COUNT(words); i++) {
        if (words[i].word && pfg_slice_is(name, words[i].word)) {
            return pfg_arena_printf(arena, "custom %s", words[i].word);
        }
    }
    return pfg_arena_slice(arena, name);
}

struct pfg_k6_metric pfg_k6_metric_find(struct pfg_slice name,
                                        struct pfg_arena *arena)
{
    const struct word *found = find_word(name);
    bool builtin = found->name[0] != '*';

    return (struct pfg_k6_metric){
        .name = name,
        .word = !builtin      ? own_word(name, arena)
                : found->word ? found->word
                              : found->name,
        .type = found->type,
        .contains = found->contains,
        .better = found->better,
        .builtin = builtin,
        .duration = found->flags & DURATION,
        .split = found->flags & SPLIT,
        .answered = found->flags & ANSWERED,
        .order = (int)(found - words),
    };
}

/* Whether the name is that of a time, for which less is better: "login_time",
 * "api_duration_ms", "apiDuration". */
static bool is_called_a_time(struct pfg_slice name)
{
    static const char *const endings[] = {"duration", "Duration", "_time",
                                          "Time"};
    size_t blank = pfg_slice_find_last_byte(name, '_');
    struct pfg_unit unit = pfg_unit_find(pfg_slice_from(name, blank + 1));

    if (blank < name.len && pfg_slice_is(unit.base, "s")) {
        return true;
    }
    for (size_t i = 0; i < PFG_COUNT(endings); i++) {
        if (pfg_slice_ends(name, endings[i])) {
            return true;
        }
    }
    return false;
}

/* Derives the direction from the words of the name, as for home-made results. A
 * counter is sent as a rate. Only for failures is less known to be better; more
 * of anything else may just be what the script does. */
static enum pfg_direction find_direction(const struct pfg_k6_metric *metric)
{
    bool trend = metric->type == PFG_STREAM_TREND;
    enum pfg_direction better = PFG_NEUTRAL;

    if (trend &&
        (metric->contains == PFG_K6_TIME || is_called_a_time(metric->name))) {
        return PFG_LOWER;
    }
    if (metric->type == PFG_STREAM_COUNTER &&
        pfg_keyvalue_direction(&better, metric->name, PFG_LIT("1/s")) &&
        better == PFG_LOWER) {
        return better;
    }
    better = PFG_NEUTRAL;
    pfg_keyvalue_direction(&better, metric->name, pfg_slice_make(NULL, 0));
    return better;
}

void pfg_k6_metric_declare(struct pfg_k6_metric *metric,
                           enum pfg_stream_kind type,
                           enum pfg_k6_contains contains)
{
    metric->type = type;
    metric->contains = contains;
    if (!metric->builtin && metric->better == PFG_NEUTRAL) {
        metric->better = find_direction(metric);
    }
}

struct pfg_k6_unit pfg_k6_unit_of(enum pfg_k6_contains contains, bool a_second)
{
    static const struct pfg_k6_unit units[][2] = {
        [PFG_K6_PLAIN] = {{"1", "", 0}, {"1/s", "1/s", 0}},
        [PFG_K6_TIME] = {{"s", "ms", -3}, {"s/s", "ms/s", -3}},
        [PFG_K6_DATA] = {{"B", "B", 0}, {"B/s", "B/s", 0}},
    };

    return units[contains][a_second];
}

const char *pfg_k6_statistic(struct pfg_slice k6, int *order,
                             struct pfg_arena *arena)
{
    static const struct {
        const char *k6, *word;
        int order;
    } statistics[] = {
        {"avg", "mean", 0},
        {"min", "min", 1},
        {"med", "p50", 2},
        {"max", "max", 200000},
    };
    char text[PFG_NUMBER_TEXT];
    double p;

    for (size_t i = 0; i < PFG_COUNT(statistics); i++) {
        if (pfg_slice_is(k6, statistics[i].k6)) {
            *order = statistics[i].order;
            return statistics[i].word;
        }
    }
    if (!pfg_take(&k6, "p(") || !pfg_slice_ends(k6, ")")) {
        return NULL;
    }
    k6.len--;
    if (pfg_number_parse(&p, pfg_slice_trim(k6), 0) || !(p >= 0 && p <= 100)) {
        return NULL;
    }
    *order = 3 + (int)(p * 1000);
    return pfg_arena_printf(arena, "p%s", pfg_number_shortest(text, p));
}

enum pfg_k6_rank pfg_k6_rank_find(struct pfg_slice tag)
{
    for (size_t i = 1; i < PFG_COUNT(rank_tags); i++) {
        if (pfg_slice_is(tag, rank_tags[i])) {
            return (enum pfg_k6_rank)i;
        }
    }
    return PFG_K6_SCRIPT;
}

struct pfg_slice pfg_k6_group_name(struct pfg_slice group)
{
    pfg_take(&group, "::");
    return group;
}

static struct pfg_slice unquoted(struct pfg_slice s)
{
    s = pfg_slice_trim(s);
    while (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\'')) {
        s = pfg_slice_from(s, 1);
    }
    while (s.len && (s.ptr[s.len - 1] == '"' || s.ptr[s.len - 1] == '\'')) {
        s.len--;
    }
    return s;
}

static void add_tag(struct pfg_k6_target *target, struct pfg_param tag,
                    struct pfg_arena *arena)
{
    enum pfg_k6_rank rank = pfg_k6_rank_find(tag.key);
    struct pfg_slice name =
        rank == PFG_K6_GROUP ? pfg_k6_group_name(tag.value) : tag.value;

    if (rank && name.len &&
        (target->rank == PFG_K6_SCRIPT || rank < target->rank)) {
        struct pfg_param former = {pfg_slice_of(rank_tags[target->rank]),
                                   target->benchmark};

        if (target->rank != PFG_K6_SCRIPT) {
            pfg_vec_push(&target->params, arena, former);
        }
        target->rank = rank;
        target->benchmark = name;
        return;
    }
    tag.value = name;
    pfg_vec_push(&target->params, arena, tag);
}

void pfg_k6_target_parse(struct pfg_k6_target *out, struct pfg_slice tags,
                         struct pfg_arena *arena)
{
    *out = (struct pfg_k6_target){.benchmark = PFG_LIT("k6")};
    while (tags.len) {
        struct pfg_slice tag = pfg_take_until(&tags, ',');
        struct pfg_slice key = pfg_take_until(&tag, ':');

        key = unquoted(key);
        if (key.len) {
            add_tag(out, (struct pfg_param){key, unquoted(tag)}, arena);
        }
    }
}

/* Values for the map of pfg_k6_target_see(): pointers to ranks. */
static const int ranks[] = {0, 1, 2, 3};

void pfg_k6_target_see(struct pfg_map *seen, const struct pfg_k6_target *target)
{
    void **place = pfg_map_at(seen, target->benchmark);

    if (!*place || *(const int *)*place > (int)target->rank) {
        *place = (void *)&ranks[target->rank];
    }
}

void pfg_k6_target_finish(struct pfg_k6_target *target,
                          const struct pfg_map *seen, struct pfg_arena *arena)
{
    void **place = pfg_map_find(seen, target->benchmark);

    if (place && *(const int *)*place < (int)target->rank) {
        struct pfg_param tag = {pfg_slice_of(rank_tags[target->rank]),
                                target->benchmark};

        pfg_vec_push(&target->params, arena, tag);
    }
}

static int compare_params(const struct pfg_param *a, const struct pfg_param *b)
{
    int order = pfg_slice_cmp(a->key, b->key);

    return order ? order : pfg_slice_cmp(a->value, b->value);
}

int pfg_k6_target_compare(const struct pfg_k6_target *a,
                          const struct pfg_k6_target *b)
{
    int order = (a->rank != PFG_K6_SCRIPT) - (b->rank != PFG_K6_SCRIPT);

    order = order ? order : pfg_slice_cmp(a->benchmark, b->benchmark);
    for (size_t i = 0; !order && i < a->params.n && i < b->params.n; i++) {
        order = compare_params(&a->params.at[i], &b->params.at[i]);
    }
    return order ? order
                 : (a->params.n > b->params.n) - (a->params.n < b->params.n);
}

int pfg_k6_metric_compare(const struct pfg_k6_metric *a,
                          const struct pfg_k6_metric *b)
{
    return a->order != b->order ? (a->order > b->order) - (a->order < b->order)
                                : pfg_slice_cmp(a->name, b->name);
}

struct pfg_measurement pfg_k6_measurement(const struct pfg_k6_metric *metric,
                                          const struct pfg_k6_target *target,
                                          const char *statistic,
                                          const struct pfg_k6_unit *unit,
                                          struct pfg_arena *arena)
{
    const char *name =
        statistic ? pfg_arena_printf(arena, "%s %s", metric->word, statistic)
                  : metric->word;

    return (struct pfg_measurement){
        .benchmark = target->benchmark,
        .params = target->params.at,
        .n_params = target->params.n,
        .metric = pfg_slice_of(name),
        .unit = pfg_slice_of(unit->base),
        .better = metric->better,
        .written_unit = pfg_slice_of(unit->written),
    };
}
