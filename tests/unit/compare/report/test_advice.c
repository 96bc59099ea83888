#include "compare/report/advice.h"

#include "check.h"
#include "compare/compare.h"
#include "report_fixture.h"

static double detectable(const struct pfg_report_row *row, bool replicated,
                         size_t n, size_t tests)
{
    struct pfg_advice_design design = pfg_advice_design(replicated, n, tests);

    return pfg_advice_detectable(row, &design);
}

/* A tested row with this noise between runs and within a run. */
static struct pfg_report_row tested(enum pfg_evidence evidence, size_t n,
                                    double between, double smear)
{
    struct pfg_report_row row =
        fixture_row("s", "BenchmarkA", PFG_INCONCLUSIVE, 1e-6, 1.02e-6);

    row.evidence = evidence;
    row.threshold = 0.05;
    row.working = (struct pfg_report_working){
        .present = true,
        .family = true,
        .n = n,
        .theta = log(1.05),
        .tau = 0.005,
        .spread = between,
        .prior = between,
        .variance = between * between,
        .smear_base = smear,
        .smear_head = smear,
        .error = sqrt(between * between + smear * smear),
        .effect = 0.02,
        .effect_lower = 0.02 - 2 * between,
        .effect_upper = 0.02 + 2 * between,
        .tests = 1,
    };
    row.detectable = detectable(&row, evidence == PFG_REPLICATED, n, 1);
    return row;
}

static const char *advise(struct pfg_report_section *section,
                          struct pfg_report_row *row, struct pfg_arena *arena)
{
    *section = fixture_section(row, 1);
    section->detectable = row->detectable;
    pfg_advise(section, arena);
    return row->n_advice ? row->advice[0] : "";
}

static void more_samples_are_not_advised_where_runs_differ(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report_section section;
    struct pfg_report_row row = tested(PFG_SINGLE, 10, 0.03, 0.01);
    const char *text = advise(&section, &row, arena);

    (void)state;
    assert_true(pfg_advice_between_runs(&row));
    assert_non_null(strstr(text, "more samples in this process will not help: "
                                 "alternate processes"));
    assert_non_null(strstr(text, "5 processes per side"));
    pfg_arena_free(arena);
}

static void the_number_that_is_advised_reaches_what_it_promises(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report_section section;
    struct pfg_report_row row = tested(PFG_REPLICATED, 3, 0.02, 0.01);
    const char *text = advise(&section, &row, arena);
    size_t n = 0;
    double promised = 0, now = 0, size;

    (void)state;
    assert_int_equal(sscanf(text,
                            "with %zu processes per side, in turn, it could "
                            "detect %lf%% (now %lf%%)",
                            &n, &promised, &now),
                     3);
    size = detectable(&row, true, n, 1);
    assert_true(n > 3);
    assert_true(size <= 2 * row.threshold);
    assert_true(fabs(promised - 100 * size) < 0.6);
    assert_true(promised < now);
    pfg_arena_free(arena);
}

static void more_is_never_worse(void **state)
{
    static const size_t sizes[] = {3, 5, 7, 10, 20, 50};
    struct pfg_report_row single = tested(PFG_SINGLE, 10, 0.01, 0.02);
    struct pfg_report_row turn = tested(PFG_REPLICATED, 5, 0.01, 0.02);

    (void)state;
    for (size_t i = 1; i < PFG_COUNT(sizes); i++) {
        size_t fewer = sizes[i - 1], more = sizes[i];

        assert_true(detectable(&turn, true, more, 20) <=
                    detectable(&turn, true, fewer, 20));
        assert_true(detectable(&single, true, more, 20) <=
                    detectable(&single, true, fewer, 20));
        assert_true(detectable(&single, false, more, 20) <=
                    detectable(&single, false, fewer, 20));
    }
}

static void nothing_is_advised_where_the_answer_is_firm(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report_section section;
    struct pfg_report_row row = tested(PFG_REPLICATED, 20, 0.005, 0.001);

    (void)state;
    row.verdict = PFG_UNCHANGED;
    assert_string_equal(advise(&section, &row, arena), "");
    assert_int_equal(section.n_advice, 0);
    row.verdict = PFG_INCONCLUSIVE;
    row.gated = false;
    assert_string_equal(advise(&section, &row, arena), "");
    pfg_arena_free(arena);
}

static void a_row_without_noise_has_no_size(void **state)
{
    struct pfg_report_row row = fixture_row("s", "A", PFG_MISSING, 1e-6, 1e-6);

    (void)state;
    assert_true(isnan(
        pfg_advice_detectable(&row, &(struct pfg_advice_design){true, 10, 1})));
}

static void a_fall_is_told_as_a_share_of_the_value(void **state)
{
    struct pfg_report_row row = tested(PFG_REPLICATED, 5, 0.5, 0.1);
    struct pfg_advice_design design = {true, 5, 1};

    (void)state;
    row.better = PFG_HIGHER;
    assert_true(pfg_advice_detectable(&row, &design) < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_samples_are_not_advised_where_runs_differ),
        cmocka_unit_test(the_number_that_is_advised_reaches_what_it_promises),
        cmocka_unit_test(more_is_never_worse),
        cmocka_unit_test(nothing_is_advised_where_the_answer_is_firm),
        cmocka_unit_test(a_row_without_noise_has_no_size),
        cmocka_unit_test(a_fall_is_told_as_a_share_of_the_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
