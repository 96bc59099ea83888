#include "run_fixture.h"

#include "base/number.h"

#define N_MAX    64

/* The two sides of a comparison. */
struct sides {
    struct pfg_run *base, *head;
    struct pfg_report *report;
};

static struct sides begin(void)
{
    return (struct sides){pfg_run_new(), pfg_run_new(), NULL};
}

static void judge(struct sides *s, double percent)
{
    pfg_report_free(s->report);
    s->report = fixture_judge(s->base, s->head, percent);
}

static void end(struct sides *s)
{
    pfg_report_free(s->report);
    pfg_run_free(s->base);
    pfg_run_free(s->head);
}

/* Shapes that measurements can have. */
struct shape {
    const char *name;
    size_t n;
    enum fixture_design design;
    enum pfg_direction better;
    double half;   /* spread of one side */
    double change; /* factor from base to head */
};

static const struct shape shapes[] = {
    {"same", 10, IN_TURN, PFG_LOWER, 0.01, 1},
    {"slower", 10, IN_TURN, PFG_LOWER, 0.01, 1.2},
    {"faster", 10, IN_TURN, PFG_LOWER, 0.01, 0.8},
    {"a little slower", 10, IN_TURN, PFG_LOWER, 0.002, 1.04},
    {"a little faster", 10, IN_TURN, PFG_LOWER, 0.002, 0.97},
    {"less throughput", 10, IN_TURN, PFG_HIGHER, 0.01, 0.7},
    {"more throughput", 10, IN_TURN, PFG_HIGHER, 0.01, 1.5},
    {"noisy", 10, IN_TURN, PFG_LOWER, 0.4, 1.1},
    {"one process", 10, ONE_PROCESS, PFG_LOWER, 0.01, 1.01},
    {"one process, slower", 10, ONE_PROCESS, PFG_LOWER, 0.01, 1.9},
    {"one process, faster", 10, ONE_PROCESS, PFG_LOWER, 0.01, 0.4},
    {"few", 4, ONE_PROCESS, PFG_LOWER, 0.01, 1.08},
    {"three in turn", 3, IN_TURN, PFG_LOWER, 0.01, 1.3},
    {"one number", 1, ONE_PROCESS, PFG_LOWER, 0, 1.5},
    {"one throughput", 1, ONE_PROCESS, PFG_HIGHER, 0, 0.5},
    {"two numbers", 2, ONE_PROCESS, PFG_LOWER, 0.01, 0.5},
    {"all equal", 10, IN_TURN, PFG_LOWER, 0, 1.1},
    {"many", 60, ONE_PROCESS, PFG_LOWER, 0.05, 1.2},
};

/* The shape's values; `reversed` gives them in the opposite order. */
static void fill(double *out, const struct shape *shape, double factor,
                 bool reversed)
{
    double values[N_MAX];

    fixture_spread(values, shape->n, 1e-6 * factor, shape->half);
    for (size_t i = 0; i < shape->n; i++) {
        out[i] = values[reversed ? shape->n - 1 - i : i];
    }
}

static void add_shape(struct pfg_run *run, const struct shape *shape,
                      double factor, bool reversed)
{
    double values[N_MAX];

    fill(values, shape, factor, reversed);
    fixture_add(run, shape->name,
                shape->better == PFG_HIGHER ? "throughput" : "time",
                shape->better, values, shape->n, shape->design);
}

/* A transformation that the test applies to both sides of every shape. */
struct twist {
    double base, head; /* factors */
    bool swap, reversed;
};

static struct sides judge_shapes(struct twist twist)
{
    struct sides s = begin();

    for (size_t i = 0; i < PFG_COUNT(shapes); i++) {
        add_shape(twist.swap ? s.head : s.base, &shapes[i], twist.base, false);
        add_shape(twist.swap ? s.base : s.head, &shapes[i],
                  twist.head * shapes[i].change, twist.reversed);
    }
    judge(&s, 5);
    return s;
}

static void shapes_get_every_verdict_that_numbers_can_get(void **state)
{
    struct sides s = judge_shapes((struct twist){1, 1, false, false});
    static const enum pfg_verdict wanted[] = {
        PFG_REGRESSED, PFG_IMPROVED,  PFG_UNCONFIRMED,  PFG_SLOWER,
        PFG_FASTER,    PFG_UNCHANGED, PFG_INCONCLUSIVE,
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(wanted); i++) {
        if (!s.report->counts[wanted[i]]) {
            fail_msg("no shape is %s", pfg_verdict_name(wanted[i]));
        }
    }
    end(&s);
}

static void identical_sides_raise_no_alarm(void **state)
{
    struct sides s = begin();
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(shapes); i++) {
        add_shape(s.base, &shapes[i], 1, false);
        add_shape(s.head, &shapes[i], 1, false);
    }
    judge(&s, 1);
    assert_int_equal(s.report->status, 0);
    for (size_t i = 0; i < s.report->n_rows; i++) {
        const struct pfg_report_row *row = &s.report->sections[0].rows[i];

        assert_true(row->verdict == PFG_UNCHANGED ||
                    row->verdict == PFG_INCONCLUSIVE);
        assert_true(isnan(row->p) || row->p == 1);
        assert_near(row->change, 0, 0);
    }
    end(&s);
}

static void swapped_sides_exchange_regressed_and_improved(void **state)
{
    struct sides one = judge_shapes((struct twist){1, 1, false, false});
    struct sides other = judge_shapes((struct twist){1, 1, true, false});
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(shapes); i++) {
        const struct pfg_report_row *a =
            fixture_find(one.report, shapes[i].name);
        const struct pfg_report_row *b =
            fixture_find(other.report, shapes[i].name);

        assert_int_equal(a->verdict == PFG_REGRESSED,
                         b->verdict == PFG_IMPROVED);
        assert_int_equal(a->verdict == PFG_IMPROVED,
                         b->verdict == PFG_REGRESSED);
        assert_int_equal(a->verdict == PFG_SLOWER, b->verdict == PFG_FASTER);
        assert_int_equal(a->verdict == PFG_FASTER, b->verdict == PFG_SLOWER);
        assert_near(log1p(a->change), -log1p(b->change), 1e-15);
        assert_near(log1p(a->change_lower), -log1p(b->change_upper), 1e-15);
        assert_near(a->p, b->p, 0);
        assert_near(a->difference, -b->difference, 0);
    }
    end(&one);
    end(&other);
}

static void check_same(const struct sides *one, const struct sides *other)
{
    assert_int_equal(one->report->status, other->report->status);
    for (size_t i = 0; i < PFG_COUNT(shapes); i++) {
        const struct pfg_report_row *a =
            fixture_find(one->report, shapes[i].name);
        const struct pfg_report_row *b =
            fixture_find(other->report, shapes[i].name);

        assert_verdict(b, a->verdict);
        assert_near(b->p, a->p, 1e-12);
        assert_near(b->change, a->change, 1e-12);
    }
}

static void a_constant_factor_changes_no_verdict(void **state)
{
    static const double factors[] = {1000, 3.7, 1e-9, 0x1p-20};
    struct sides one = judge_shapes((struct twist){1, 1, false, false});
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(factors); i++) {
        struct sides other =
            judge_shapes((struct twist){factors[i], factors[i], false, false});

        check_same(&one, &other);
        end(&other);
    }
    end(&one);
}

static void the_order_of_samples_changes_no_verdict(void **state)
{
    struct sides one = judge_shapes((struct twist){1, 1, false, false});
    struct sides other = judge_shapes((struct twist){1, 1, false, true});
    (void)state;

    check_same(&one, &other);
    end(&one);
    end(&other);
}

/* 1234 ns and 1.234 us are the same double, so nothing differs. */
static void nanoseconds_and_microseconds_are_the_same(void **state)
{
    static const char *const ns[] = {"1234", "1250", "1229", "1241", "1238"};
    static const char *const us[] = {"1.234", "1.250", "1.229", "1.241",
                                     "1.238"};
    struct sides s = begin();
    double in_ns[5], in_us[5];
    const struct pfg_report_row *row;
    (void)state;

    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(pfg_number_parse(&in_ns[i], pfg_slice_of(ns[i]), -9),
                         0);
        assert_int_equal(pfg_number_parse(&in_us[i], pfg_slice_of(us[i]), -6),
                         0);
    }
    fixture_time(s.base, "A", in_ns, 5, IN_TURN);
    fixture_time(s.head, "A", in_us, 5, IN_TURN);
    judge(&s, 1);
    row = fixture_find(s.report, "A");
    assert_near(row->change, 0, 0);
    assert_near(row->p, 1, 0);
    end(&s);
}

/* Compares with fewer than six rows: from six rows on, the suite estimates its
 * own noise, which also depends on its size. */
static void rows_that_did_not_move_never_add_an_alarm(void **state)
{
    static const double changes[] = {1.012, 1.022, 1.03, 1.06, 1.2};
    size_t alone = 0;
    (void)state;

    for (size_t extra = 0; extra < 30; extra += 3) {
        struct sides s = begin();
        double values[5], moved[5];
        size_t selected = 0;

        fixture_spread(values, 5, 1e-6, 0.004);
        for (size_t i = 0; i < PFG_COUNT(changes) + extra; i++) {
            double change = i < PFG_COUNT(changes) ? changes[i] : 1;
            char name[32];

            snprintf(name, sizeof name, "B%zu", i);
            for (size_t j = 0; j < 5; j++) {
                moved[j] = values[j] * change;
            }
            fixture_time(s.base, name, values, 5, IN_TURN);
            fixture_time(s.head, name, moved, 5, IN_TURN);
        }
        judge(&s, 5);
        selected =
            s.report->counts[PFG_REGRESSED] + s.report->counts[PFG_SLOWER];
        if (extra == 0) {
            alone = selected;
        }
        assert_true(selected <= alone);
        assert_int_equal(
            s.report->counts[PFG_IMPROVED] + s.report->counts[PFG_FASTER], 0);
        end(&s);
    }
}

/* A suite of 14 benchmarks, of which `hit` are `change` times slower. Every
 * benchmark has noise of its own. */
static struct sides judge_suite(size_t hit, double change, size_t n,
                                enum fixture_design design, double percent)
{
    struct sides s = begin();

    for (size_t i = 0; i < 14; i++) {
        double base[N_MAX], head[N_MAX];
        double drift = 1 + 0.004 * ((double)(i * 5 % 14) / 13 - 0.5);
        char name[32];

        snprintf(name, sizeof name, "B%zu", i);
        fixture_spread(base, n, 1e-6 * (double)(i + 1), 0.01);
        for (size_t j = 0; j < n; j++) {
            head[j] = base[n - 1 - j] * drift * (i < hit ? change : 1);
        }
        fixture_time(s.base, name, base, n, design);
        fixture_time(s.head, name, head, n, design);
    }
    judge(&s, percent);
    return s;
}

static void a_larger_slowdown_never_turns_an_alarm_into_a_pass(void **state)
{
    static const size_t hit[] = {1, 2, 5, 7, 8, 9, 10, 12, 13, 14};
    static const size_t sizes[] = {1, 3, 4, 10, 20};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(hit) * PFG_COUNT(sizes) * 4; i++) {
        size_t n = sizes[i / 4 % PFG_COUNT(sizes)];
        size_t k = hit[i / 4 / PFG_COUNT(sizes)];
        enum fixture_design design = i % 2 ? IN_TURN : ONE_PROCESS;
        double percent = i / 2 % 2 ? 5 : 0, alarm = 0;

        for (double change = 1.01; change < 40; change *= 1.07) {
            struct sides s = judge_suite(k, change, n, design, percent);

            if (s.report->status == PFG_GATE && !(alarm > 0)) {
                alarm = change;
            } else if (s.report->status == 0 && alarm > 0) {
                fail_msg("%zu of 14, n=%zu, %s, limit %g: x%g fails, x%g "
                         "passes",
                         k, n, design == IN_TURN ? "in turn" : "one process",
                         percent, alarm, change);
            }
            end(&s);
        }
    }
}

static void half_a_suite_twice_as_slow_goes_nowhere_unmentioned(void **state)
{
    static const size_t hit[] = {1, 7, 13, 14};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(hit); i++) {
        struct sides s = judge_suite(hit[i], 2, 10, ONE_PROCESS, 0);

        for (size_t j = 0; j < hit[i]; j++) {
            const struct pfg_report_row *row;
            char name[32];

            snprintf(name, sizeof name, "B%zu", j);
            row = fixture_find(s.report, name);
            assert_true(row->listed);
            assert_true(row->verdict != PFG_UNCHANGED);
        }
        end(&s);
    }
}

static void five_per_cent_is_found_in_ten_processes_in_turn(void **state)
{
    struct sides s = begin();
    double base[10], head[10];
    (void)state;

    fixture_spread(base, 10, 100e-9, 0.01);
    fixture_spread(head, 10, 105e-9, 0.01);
    fixture_time(s.base, "A", base, 10, IN_TURN);
    fixture_time(s.head, "A", head, 10, IN_TURN);
    judge(&s, 2);
    assert_verdict(fixture_find(s.report, "A"), PFG_REGRESSED);
    assert_int_equal(fixture_find(s.report, "A")->evidence, PFG_REPLICATED);
    assert_int_equal(s.report->status, PFG_GATE);
    end(&s);
}

static void four_samples_of_one_process_are_mentioned_only(void **state)
{
    struct sides s = begin();
    const struct pfg_report_row *row;
    double base[4], head[4];
    (void)state;

    fixture_spread(base, 4, 100e-9, 0.01);
    fixture_spread(head, 4, 105e-9, 0.01);
    fixture_time(s.base, "A", base, 4, ONE_PROCESS);
    fixture_time(s.head, "A", head, 4, ONE_PROCESS);
    judge(&s, 2);
    row = fixture_find(s.report, "A");
    assert_int_equal(row->evidence, PFG_SINGLE);
    assert_true(row->verdict != PFG_REGRESSED);
    assert_true(row->verdict != PFG_UNCHANGED);
    assert_true(row->listed);
    end(&s);
}

static void one_wild_sample_of_ten_is_no_regression(void **state)
{
    (void)state;

    for (int design = ONE_PROCESS; design <= IN_TURN; design++) {
        struct sides s = begin();
        double base[10], head[10];

        fixture_spread(base, 10, 100e-9, 0.01);
        fixture_spread(head, 10, 100e-9, 0.01);
        head[4] *= 10;
        fixture_time(s.base, "A", base, 10, (enum fixture_design)design);
        fixture_time(s.head, "A", head, 10, (enum fixture_design)design);
        judge(&s, 2);
        assert_true(fixture_find(s.report, "A")->verdict != PFG_REGRESSED);
        assert_true(fixture_find(s.report, "A")->verdict != PFG_UNCONFIRMED);
        assert_int_equal(s.report->status, 0);
        end(&s);
    }
}

/* Every kind of evidence, with a change exactly at the limit and one just below
 * it. */
static void at_the_limit_is_over_it_and_a_hair_below_is_not(void **state)
{
    static const struct {
        const char *metric;
        enum pfg_direction better;
        double base, at, below;
        size_t n;
        enum fixture_design design;
    } cases[] = {
        {"time", PFG_LOWER, 100e-9, 110e-9, 109.99e-9, 1, ONE_PROCESS},
        {"time", PFG_LOWER, 100e-9, 110e-9, 109.99e-9, 10, ONE_PROCESS},
        {"time", PFG_LOWER, 100e-9, 110e-9, 109.99e-9, 10, IN_TURN},
        {"throughput", PFG_HIGHER, 100, 90, 90.01, 1, ONE_PROCESS},
        {"throughput", PFG_HIGHER, 100, 90, 90.01, 10, ONE_PROCESS},
        {"throughput", PFG_HIGHER, 100, 90, 90.01, 10, IN_TURN},
        {"allocs", PFG_LOWER, 100, 110, 109, 1, ONE_PROCESS},
        {"allocs", PFG_LOWER, 100, 110, 109, 10, ONE_PROCESS},
        {"bytes", PFG_LOWER, 1000, 1100, 1099, 10, ONE_PROCESS},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases) * 2; i++) {
        struct sides s = begin();
        double base[10], head[10];
        bool over = i % 2;

        fixture_spread(base, 10, cases[i / 2].base, 0);
        fixture_spread(head, 10, over ? cases[i / 2].at : cases[i / 2].below,
                       0);
        fixture_add(s.base, "A", cases[i / 2].metric, cases[i / 2].better, base,
                    cases[i / 2].n, cases[i / 2].design);
        fixture_add(s.head, "A", cases[i / 2].metric, cases[i / 2].better, head,
                    cases[i / 2].n, cases[i / 2].design);
        judge(&s, 10);
        if (s.report->status != (over ? PFG_GATE : 0)) {
            fail_msg("case %zu, %s: status %d, %s", i / 2,
                     over ? "at the limit" : "below", s.report->status,
                     pfg_verdict_name(s.report->sections[0].rows[0].verdict));
        }
        end(&s);
    }
}

static void the_better_direction_never_fails_the_gate(void **state)
{
    static const struct {
        const char *metric;
        enum pfg_direction better;
        double base, head;
    } cases[] = {
        {"time", PFG_LOWER, 100e-9, 50e-9},
        {"throughput", PFG_HIGHER, 100, 200},
        {"allocs", PFG_LOWER, 5, 0},
        {"throughput", PFG_HIGHER, 0, 100},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases) * 3; i++) {
        static const size_t sizes[] = {1, 4, 10};
        struct sides s = begin();
        double base[10], head[10];
        size_t n = sizes[i % 3];

        fixture_spread(base, 10, cases[i / 3].base, 0);
        fixture_spread(head, 10, cases[i / 3].head, 0);
        fixture_add(s.base, "A", cases[i / 3].metric, cases[i / 3].better, base,
                    n, IN_TURN);
        fixture_add(s.head, "A", cases[i / 3].metric, cases[i / 3].better, head,
                    n, IN_TURN);
        judge(&s, 1);
        assert_int_equal(s.report->status, 0);
        assert_verdict(fixture_find(s.report, "A"), PFG_IMPROVED);
        end(&s);

        s = begin();
        fixture_add(s.base, "A", cases[i / 3].metric, cases[i / 3].better, head,
                    n, IN_TURN);
        fixture_add(s.head, "A", cases[i / 3].metric, cases[i / 3].better, base,
                    n, IN_TURN);
        judge(&s, 1);
        assert_int_equal(s.report->status, PFG_GATE);
        assert_verdict(fixture_find(s.report, "A"), PFG_REGRESSED);
        end(&s);
    }
}

static void from_nothing_to_something_has_no_ratio(void **state)
{
    struct sides s = begin();
    const double none[4] = {0}, some[4] = {5, 5, 5, 5};
    const struct pfg_report_row *row;
    (void)state;

    fixture_add(s.base, "A", "allocs", PFG_LOWER, none, 4, ONE_PROCESS);
    fixture_add(s.head, "A", "allocs", PFG_LOWER, some, 4, ONE_PROCESS);
    judge(&s, 0);
    row = fixture_find(s.report, "A");
    assert_verdict(row, PFG_REGRESSED);
    assert_true(isnan(row->change));
    assert_near(row->difference, 5, 0);
    end(&s);
}

static void no_numbers_at_the_edge_make_a_nan_or_an_alarm(void **state)
{
    static const struct {
        double base[4], head[4];
        size_t n_base, n_head;
    } cases[] = {
        {{0, 0, 0, 0}, {0, 0, 0, 0}, 4, 4},
        {{0}, {0}, 1, 1},
        {{7, 7, 7, 7}, {7, 7, 7, 7}, 4, 4},
        {{7}, {7, 7, 7, 7}, 1, 4},
        {{0, 1, 1, 1}, {1, 0, 1, 1}, 4, 4},
        {{0, 0, 0, 1}, {0, 0, 0, 1}, 4, 4},
        {{5e-324, 5e-324}, {5e-324}, 2, 1},
        {{1e308, 1e308, 1e308, 1e308}, {1e308, 1e308, 1e308, 1e308}, 4, 4},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases) * 2; i++) {
        enum fixture_design design = i % 2 ? IN_TURN : ONE_PROCESS;
        struct sides s = begin();
        const struct pfg_report_row *row;

        fixture_time(s.base, "A", cases[i / 2].base, cases[i / 2].n_base,
                     design);
        fixture_time(s.head, "A", cases[i / 2].head, cases[i / 2].n_head,
                     design);
        judge(&s, 1);
        row = fixture_find(s.report, "A");
        assert_int_equal(s.report->status, 0);
        assert_true(row->verdict == PFG_UNCHANGED ||
                    row->verdict == PFG_INCONCLUSIVE);
        assert_true(row->evidence != PFG_SINGLE || row->p == 1);
        assert_true(row->evidence != PFG_REPLICATED || row->p == 1);
        end(&s);
    }
}

static void one_number_against_ten_thousand_is_judged(void **state)
{
    struct sides s = begin();
    double *many = malloc(10000 * sizeof *many), one = 100e-9;
    (void)state;

    fixture_spread(many, 10000, 100e-9, 0.05);
    fixture_time(s.base, "A", &one, 1, ONE_PROCESS);
    fixture_time(s.head, "A", many, 10000, ONE_PROCESS);
    judge(&s, 10);
    assert_int_equal(s.report->status, 0);
    assert_int_equal(fixture_find(s.report, "A")->evidence, PFG_POINT);
    assert_true(isfinite(fixture_find(s.report, "A")->change));
    end(&s);
    free(many);
}

static void what_failed_is_never_a_pass(void **state)
{
    struct sides s = begin();
    double values[4] = {1, 1, 1, 1};
    struct pfg_piece *piece;
    (void)state;

    fixture_time(s.base, "A", values, 4, ONE_PROCESS);
    fixture_time(s.base, "B", values, 4, ONE_PROCESS);
    fixture_time(s.head, "B", values, 4, ONE_PROCESS);
    piece = fixture_piece(
        s.head, fixture_series(s.head, "A", "time", PFG_LOWER), values, 3);
    piece->error = "time is not a finite number";
    judge(&s, 10);
    assert_verdict(fixture_find(s.report, "A"), PFG_ERRORED);
    assert_verdict(fixture_find(s.report, "B"), PFG_UNCHANGED);
    assert_int_equal(s.report->status, PFG_GATE);
    end(&s);
}

static void a_benchmark_that_vanished_is_one_row_that_fails(void **state)
{
    struct sides s = begin();
    double values[4] = {1, 1, 1, 1};
    (void)state;

    fixture_time(s.base, "gone", values, 4, ONE_PROCESS);
    fixture_add(s.base, "gone", "allocs", PFG_LOWER, values, 4, ONE_PROCESS);
    fixture_time(s.base, "kept", values, 4, ONE_PROCESS);
    fixture_time(s.head, "kept", values, 4, ONE_PROCESS);
    fixture_time(s.head, "new", values, 4, ONE_PROCESS);
    judge(&s, 0);
    assert_int_equal(s.report->counts[PFG_MISSING], 1);
    assert_int_equal(s.report->counts[PFG_NEW], 1);
    assert_int_equal(s.report->status, PFG_GATE);
    end(&s);
}

static void sides_that_share_nothing_were_not_compared(void **state)
{
    struct sides s = begin();
    double value = 1;
    (void)state;

    fixture_time(s.base, "A", &value, 1, ONE_PROCESS);
    fixture_time(s.head, "B", &value, 1, ONE_PROCESS);
    fixture_series(s.base, "A", "time", PFG_LOWER)->suite = "one";
    fixture_series(s.head, "B", "time", PFG_LOWER)->suite = "other";
    judge(&s, 0);
    assert_int_equal(s.report->status, PFG_NOBASE);
    end(&s);
}

/* `perfgate run` goes on until there are enough rounds for a verdict. */
static void what_few_rounds_show_is_not_decided(void **state)
{
    (void)state;

    for (size_t n = 1; n <= 10; n++) {
        struct sides s = begin();
        double values[N_MAX];

        fixture_spread(values, n, 1, 0.001);
        fixture_time(s.base, "A", values, n, IN_TURN);
        fixture_spread(values, n, 1.8, 0.001);
        fixture_time(s.head, "A", values, n, IN_TURN);
        judge(&s, 5);
        assert_int_equal(s.report->sections[0].rows[0].verdict, PFG_REGRESSED);
        assert_int_equal(pfg_report_is_open(&s.report->sections[0],
                                            &s.report->sections[0].rows[0]),
                         n < 3);
        end(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_get_every_verdict_that_numbers_can_get),
        cmocka_unit_test(identical_sides_raise_no_alarm),
        cmocka_unit_test(swapped_sides_exchange_regressed_and_improved),
        cmocka_unit_test(a_constant_factor_changes_no_verdict),
        cmocka_unit_test(the_order_of_samples_changes_no_verdict),
        cmocka_unit_test(nanoseconds_and_microseconds_are_the_same),
        cmocka_unit_test(rows_that_did_not_move_never_add_an_alarm),
        cmocka_unit_test(a_larger_slowdown_never_turns_an_alarm_into_a_pass),
        cmocka_unit_test(half_a_suite_twice_as_slow_goes_nowhere_unmentioned),
        cmocka_unit_test(five_per_cent_is_found_in_ten_processes_in_turn),
        cmocka_unit_test(four_samples_of_one_process_are_mentioned_only),
        cmocka_unit_test(one_wild_sample_of_ten_is_no_regression),
        cmocka_unit_test(at_the_limit_is_over_it_and_a_hair_below_is_not),
        cmocka_unit_test(the_better_direction_never_fails_the_gate),
        cmocka_unit_test(from_nothing_to_something_has_no_ratio),
        cmocka_unit_test(no_numbers_at_the_edge_make_a_nan_or_an_alarm),
        cmocka_unit_test(one_number_against_ten_thousand_is_judged),
        cmocka_unit_test(what_failed_is_never_a_pass),
        cmocka_unit_test(a_benchmark_that_vanished_is_one_row_that_fails),
        cmocka_unit_test(sides_that_share_nothing_were_not_compared),
        cmocka_unit_test(what_few_rounds_show_is_not_decided),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
