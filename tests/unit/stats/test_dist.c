#include "stats/dist.h"

#include "check.h"

/* The tables below were computed to 40 digits from the definitions. */

/* Compares relatively: a small tail must be right in its own digits. */
static void assert_close(double actual, double expected, double relative)
{
    assert_near(actual / expected, 1, relative);
}

static void t_tails_agree_with_their_closed_forms(void **state)
{
    (void)state;
    for (double t = 0.001; t < 1e4; t *= 1.7) {
        const double s = sqrt(2 + t * t), r = t / sqrt(4 + t * t);

        assert_close(pfg_t_upper(t, 1), atan2(1, t) / M_PI, 1e-13);
        assert_close(pfg_t_upper(t, 2), 1 / (s * (s + t)), 1e-13);
        /* 1/2 - 3/4 r + 1/4 r^3 */
        assert_near(pfg_t_upper(t, 4), (1 - r) * (1 - r) * (2 + r) / 4, 1e-15);
    }
}

static void t_tails_agree_with_tables_at_real_degrees_of_freedom(void **state)
{
    static const struct {
        double t, nu, p;
    } cases[] = {
        {1e-8, 1.4, 0.49999999662720190462},
        {0.3, 1.4, 0.40131267408200658663},
        {1.7, 1.4, 0.14060592748603012765},
        {2.5, 1.4, 0.090416843037476041679},
        {6, 1.4, 0.02881377164400158262},
        {30, 1.4, 0.0030825676396819476504},
        {1e-8, 1.6, 0.49999999656167701712},
        {0.3, 1.6, 0.39927111844989528776},
        {1.7, 1.6, 0.13058822965070785081},
        {2.5, 1.6, 0.07999069381741568975},
        {6, 1.6, 0.021958648378884589259},
        {30, 1.6, 0.0017129430494176316259},
        {1e-8, 2.6, 0.49999999636882835234},
        {0.3, 2.6, 0.39326355920921311234},
        {1.7, 2.6, 0.10076810486721853797},
        {2.5, 2.6, 0.050341318421441395942},
        {6, 2.6, 0.0068857282463728931077},
        {30, 2.6, 0.0001122626955349213983},
        {1e-8, 3.8, 0.49999999626195325212},
        {0.3, 3.8, 0.38993329441485551227},
        {1.7, 3.8, 0.08405344815862976256},
        {2.5, 3.8, 0.03502212348040155818},
        {6, 3.8, 0.0022839559748472424126},
        {30, 3.8, 5.8668296960201638914e-6},
        {1e-8, 4.5, 0.49999999622453179168},
        {0.3, 4.5, 0.38876677351971565269},
        {1.7, 4.5, 0.078176956067948891663},
        {2.5, 4.5, 0.029952843251100272219},
        {6, 4.5, 0.0013207379027757911761},
        {30, 4.5, 1.1719871493942602808e-6},
        {1e-8, 9, 0.49999999611965091128},
        {0.3, 9, 0.3854953518707624463},
        {1.7, 9, 0.061673831071911954219},
        {2.5, 9, 0.016930913841492869605},
        {6, 9, 0.00010124966103382032737},
        {30, 9, 1.2418523520791312223e-10},
        {1e-8, 19.25, 0.49999999606202997221},
        {0.3, 19.25, 0.3836963421991710012},
        {1.7, 19.25, 0.052616188846854544779},
        {2.5, 19.25, 0.010804195991645401842},
        {6, 19.25, 4.2501284256479219441e-6},
        {30, 19.25, 6.2634482810673550124e-18},
        {1e-8, 49, 0.49999999603087815318},
        {0.3, 49, 0.3827230948920143867},
        {1.7, 49, 0.047735542420589285178},
        {2.5, 49, 0.0079078944235900428893},
        {6, 49, 1.1702151953105329025e-7},
        {30, 49, 1.7038350532491624677e-33},
        {1e-8, 1000.5, 0.49999999601157392856},
        {0.3, 1000.5, 0.3821197365063662503},
        {1.7, 1000.5, 0.044720865781107040459},
        {2.5, 1000.5, 0.0062892440147241080178},
        {6, 1000.5, 1.3774599973507805356e-9},
        {30, 1000.5, 7.3700806700881409047e-142},
        {1e-8, 1e6, 0.49999999601057819334},
        {0.3, 1e6, 0.38208860898949710401},
        {1.7, 1e6, 0.044565618245174384516},
        {2.5, 1e6, 0.0062097447510816231039},
        {6, 1e6, 9.8692490617721733495e-10},
        {30, 1e6, 6.0100471168317189413e-198},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const double p = pfg_t_upper(cases[i].t, cases[i].nu);

        assert_close(p, cases[i].p, cases[i].nu < 1e5 ? 1e-13 : 1e-10);
        assert_near(pfg_t_upper(-cases[i].t, cases[i].nu), 1 - p, 0);
    }
}

static void the_ends_of_t_are_no_surprise(void **state)
{
    (void)state;
    assert_near(pfg_t_upper(0, 1.4), 0.5, 0);
    assert_near(pfg_t_upper(1e-200, 3), 0.5, 0);
    assert_near(pfg_t_upper(INFINITY, 1.4), 0, 0);
    assert_near(pfg_t_upper(-INFINITY, 1.4), 1, 0);
    assert_near(pfg_t_upper(1e300, 4), 0, 0);
    assert_true(isnan(pfg_t_upper(NAN, 4)));
    assert_true(pfg_t_upper(1e7, 1.4) > 0);
    for (double t = 0; t < 50; t += 0.01) {
        assert_true(pfg_t_upper(t + 0.01, 2.2) < pfg_t_upper(t, 2.2));
    }
}

static void t_quantiles_agree_with_tables(void **state)
{
    static const struct {
        double p, nu, t;
    } cases[] = {
        {0.025, 1.4, 6.6570025687084289523}, {0.025, 4, 2.7764451051977943036},
        {0.01, 2, 6.9645567342832741124},    {0.025, 19, 2.0930240544083097411},
        {1e-06, 1.6, 3151.2955803827345815}, {1e-12, 9, 51.414916023282230501},
        {0.1, 3.25, 1.6043209075386309256},  {0.4, 30, 0.25560536495191271444},
        {1e-30, 100, 16.564489177605758184},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_close(pfg_t_quantile_upper(cases[i].p, cases[i].nu), cases[i].t,
                     1e-13);
        if (cases[i].p > 1e-15) {
            assert_close(pfg_t_quantile_upper(1 - cases[i].p, cases[i].nu),
                         -cases[i].t, 1e-3);
        }
    }
}

static void t_quantiles_undo_tails(void **state)
{
    static const double nus[] = {1, 1.4, 2, 2.6, 4, 7.5, 30, 400, 1e5};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(nus); i++) {
        for (double p = 0.49; p > 1e-90; p *= 0.37) {
            const double t = pfg_t_quantile_upper(p, nus[i]);

            assert_close(pfg_t_upper(t, nus[i]), p, 1e-10);
        }
    }
    assert_near(pfg_t_quantile_upper(0.5, 3), 0, 0);
    assert_near(pfg_t_quantile_upper(0, 3), INFINITY, 0);
    assert_near(pfg_t_quantile_upper(1, 3), -INFINITY, 0);
    assert_true(isnan(pfg_t_quantile_upper(NAN, 3)));
    assert_true(isnan(pfg_t_quantile_upper(0.1, 0)));
}

static void normal_tails_and_quantiles_agree_with_tables(void **state)
{
    static const struct {
        double p, z;
    } cases[] = {
        {0.4, 0.25334710313579974132},
        {0.1, 1.2815515655446004353},
        {0.025, 1.9599639845400542118},
        {3.1645569620253167e-05, 4.0001919003509963516},
        {1e-10, 6.3613409024040561991},
        {1e-100, 21.273453560965324294},
        {1e-300, 37.047096299361199237},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_close(pfg_normal_quantile_upper(cases[i].p), cases[i].z, 1e-13);
        assert_close(pfg_normal_upper(cases[i].z), cases[i].p, 1e-12);
        if (cases[i].p > 1e-15) {
            assert_close(pfg_normal_quantile_upper(1 - cases[i].p),
                         -pfg_normal_quantile_upper(1 - (1 - cases[i].p)),
                         1e-13);
        }
    }
    assert_near(pfg_normal_quantile_upper(0.5), 0, 0);
    assert_near(pfg_normal_quantile_upper(0), INFINITY, 0);
    assert_near(pfg_normal_upper(-INFINITY), 1, 0);
    assert_true(isnan(pfg_normal_quantile_upper(-0.1)));
}

static void the_incomplete_beta_function_agrees_with_tables(void **state)
{
    static const struct {
        double x, a, b, value;
    } cases[] = {
        {0.3, 0.5, 0.5, 0.36901011956554537504},
        {0.1, 2.5, 7.25, 0.10841578583098449466},
        {0.4, 30, 40, 0.31814380259056298747},
        {0.42, 3000, 4000, 0.073464177545649502155},
        {1e-05, 5, 699996, 0.82700976051574470415},
        {0.0001, 120, 700000, 3.6121109465510012277e-8},
        {0.5, 0.01, 3, 0.99931173718971033885},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_close(pfg_beta_regularised(cases[i].x, cases[i].a, cases[i].b),
                     cases[i].value, 1e-11);
    }
    assert_near(pfg_beta_regularised(0, 2, 3), 0, 0);
    assert_near(pfg_beta_regularised(1, 2, 3), 1, 0);
    /* I_x(a, 1) = x^a, and symmetry at 1/2 if the series is long. */
    assert_close(pfg_beta_regularised(0.25, 7.5, 1), pow(0.25, 7.5), 1e-13);
    assert_near(pfg_beta_regularised(0.5, 1e7, 1e7), 0.5, 1e-9);
    assert_true(isnan(pfg_beta_regularised(NAN, 2, 3)));
}

static void binomial_coefficients_have_their_logs(void **state)
{
    (void)state;
    assert_near(pfg_log_choose(5, 2), log(10), 1e-14);
    assert_near(pfg_log_choose(100, 50), log(1.0089134454556420e29), 1e-12);
    assert_near(pfg_log_choose(7, 0), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_tails_agree_with_their_closed_forms),
        cmocka_unit_test(t_tails_agree_with_tables_at_real_degrees_of_freedom),
        cmocka_unit_test(the_ends_of_t_are_no_surprise),
        cmocka_unit_test(t_quantiles_agree_with_tables),
        cmocka_unit_test(t_quantiles_undo_tails),
        cmocka_unit_test(normal_tails_and_quantiles_agree_with_tables),
        cmocka_unit_test(the_incomplete_beta_function_agrees_with_tables),
        cmocka_unit_test(binomial_coefficients_have_their_logs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
