/* Pitfalls in the JSON of micro-benchmark tools; tests/data has whole files. */
#include "check.h"
#include "stream.h"

static void check(const char *text, const char *wanted, bool there)
{
    struct stream s;

    stream_read(&s, pfg_slice_of(text), "x", NULL);
    if ((strstr(s.text.ptr, wanted) != NULL) != there) {
        print_error("%s '%s' in\n%s", there ? "no" : "unwanted:", wanted,
                    s.text.ptr);
        fail();
    }
    stream_end(&s);
}

#define assert_reads(text, wanted)      check(text, wanted, true)
#define assert_does_not(text, unwanted) check(text, unwanted, false)

#define HYPERFINE(rest)                                                        \
    "{\"results\": [{\"command\": \"c\", \"mean\": 1, \"median\": 1, "         \
    "\"user\": 1, \"system\": 1" rest "}]}"

static void hyperfine_prefers_samples_and_flags_failures(void **state)
{
    (void)state;
    assert_reads(HYPERFINE(", \"times\": [1.50, 2e0]"),
                 "values=[1.5 2] written=[1.50 2e0]");
    assert_reads(HYPERFINE(", \"stddev\": null"), "value=1 at=");
    assert_reads(HYPERFINE(", \"exit_codes\": [0, 3, 3]"),
                 "error=\"exit status 3 (2 of 3 runs)\"");
    assert_reads(HYPERFINE(", \"exit_codes\": [null]"), "killed by a signal");
    assert_does_not(HYPERFINE(", \"exit_codes\": [0, 0]"), "error");
    assert_reads(HYPERFINE(", \"memory_usage_byte\": [1024]"),
                 "metric=memory unit=B better=lower values=[1024]");
}

#define GBENCH(context, rest)                                                  \
    "{\"context\": {" context "}, \"benchmarks\": [{\"name\": \"A\", "         \
    "\"run_name\": \"A\", \"run_type\": \"iteration\", \"real_time\": 5, "     \
    "\"cpu_time\": 4, \"time_unit\": \"ns\"}" rest "]}"

static void google_benchmark_groups_repetitions(void **state)
{
    (void)state;
    assert_reads(GBENCH("", ", {\"name\": \"A\", \"run_name\": \"A\", "
                            "\"run_type\": \"iteration\", \"real_time\": 6, "
                            "\"cpu_time\": 4, \"time_unit\": \"ns\"}"),
                 "metric=time unit=s better=lower values=[5e-09 6e-09]");
    /* aggregates count only if there is nothing else */
    assert_does_not(GBENCH("", ", {\"name\": \"A_mean\", \"run_name\": \"A\", "
                               "\"run_type\": \"aggregate\", "
                               "\"aggregate_name\": \"mean\", "
                               "\"real_time\": 9, \"time_unit\": \"ns\"}"),
                    "written=[9]");
    assert_reads(GBENCH("\"executable\": \"./b/gb\"", ""), "suite=gb bench=A");
    assert_reads(GBENCH("\"library_build_type\": \"debug\"", ""), "warning");
    assert_does_not(GBENCH("\"library_build_type\": \"release\"", ""),
                    "warning");
}

static void google_benchmark_rows_without_a_time_are_no_results(void **state)
{
    (void)state;
    assert_does_not(GBENCH("", ", {\"name\": \"F_BigO\", \"run_name\": \"F\", "
                               "\"run_type\": \"aggregate\", "
                               "\"aggregate_name\": \"BigO\", "
                               "\"cpu_coefficient\": 1, \"big_o\": \"N\"}, "
                               "{\"name\": \"F_RMS\", \"run_name\": \"F\", "
                               "\"run_type\": \"aggregate\", "
                               "\"aggregate_name\": \"RMS\", \"rms\": 1}"),
                    "bench=F");
    assert_reads(GBENCH("", ", {\"name\": \"E\", \"run_name\": \"E\", "
                            "\"run_type\": \"iteration\", "
                            "\"error_occurred\": true, "
                            "\"error_message\": \"boom\", \"real_time\": 0}"),
                 "bench=E metric=time unit=s better=lower values=[] "
                 "unit_written=s error=boom");
    assert_reads(GBENCH("", ", {\"name\": \"S\", \"run_name\": \"S\", "
                            "\"run_type\": \"iteration\", \"skipped\": true, "
                            "\"skip_message\": \"no GPU\", \"real_time\": 0}"),
                 "'S' was skipped: no GPU");
}

#define PYTEST(stats)                                                          \
    "{\"machine_info\": {}, \"commit_info\": {\"id\": \"unknown\"}, "          \
    "\"benchmarks\": [{\"fullname\": \"t/a.py::T::test_x[1]\", \"stats\": "    \
    "{" stats "}}]}"

static void pytest_benchmark_names_the_file_and_the_test(void **state)
{
    (void)state;
    assert_reads(PYTEST("\"mean\": 2, \"data\": [1.5, 2.5]"),
                 "suite=t/a.py bench=T::test_x[1] metric=time unit=s "
                 "better=lower values=[1.5 2.5]");
    assert_reads(PYTEST("\"mean\": 2, \"stddev\": 4, \"rounds\": 16"),
                 "value=2 stderr=1 stddev=4 count=16");
    assert_does_not(PYTEST("\"mean\": 2"), "revision");
}

#define JMH(mode, unit, rest)                                                  \
    "[{\"jmhVersion\": \"1\", \"benchmark\": \"p.C.m\", \"mode\": \"" mode     \
    "\", \"threads\": 1, \"primaryMetric\": {\"score\": 2.0, \"scoreUnit\": "  \
    "\"" unit "\"" rest "}}]"

static void jmh_has_a_direction_for_each_mode(void **state)
{
    (void)state;
    assert_reads(JMH("thrpt", "ops/ms", ", \"rawData\": [[2.0, 3.0]]"),
                 "params=mode=thrpt metric=throughput unit=1/s better=higher "
                 "values=[2000 3000]");
    assert_reads(JMH("avgt", "us/op", ", \"rawData\": [[2.0]]"),
                 "metric=time unit=s better=lower values=[2e-06]");
    assert_reads(JMH("thrpt", "frobs", ", \"rawData\": [[2.0]]"),
                 "metric=throughput unit=frobs better=higher");
    assert_reads(JMH("ss", "s/op", ", \"rawData\": []"), "value=2 ");
    assert_reads(JMH("avgt", "s/op",
                     ", \"scoreError\": \"NaN\", \"scoreConfidence\": "
                     "[\"NaN\", \"+INF\"]"),
                 "value=2 level=0.999 at=");
}

static void jmh_forks_are_processes(void **state)
{
    (void)state;
    assert_reads(JMH("avgt", "s/op", ", \"rawData\": [[1.0, 2.0], [3.0]]"),
                 "\nprocess round=0\nmeasurement suite=p.C bench=m "
                 "params=mode=avgt metric=time unit=s better=lower values=[3]");
}

static void asv_knows_what_it_measured_by_the_name_only(void **state)
{
#define ASV(results)                                                           \
    "{\"commit_hash\": \"0123456789\", \"date\": 1367127519000, "              \
    "\"params\": {}, \"results\": {" results "}}"
    (void)state;
    assert_reads(ASV("\"a.B.time_x\": 2e-3"),
                 "revision 0123456789 time=2013-04-28T05:38:39Z\n"
                 "measurement suite=a.B bench=time_x metric=time unit=s");
    assert_reads(ASV("\"a.peakmem_x\": 5"),
                 "metric=memory unit=B better=lower");
    assert_reads(ASV("\"a.track_x\": 5"), "metric=value unit=1 better=neutral");
    assert_reads(ASV("\"a.time_x\": null"), "error=\"asv has no result");
    assert_does_not(ASV("\"a.time_x\": NaN, \"a.time_y\": 1"), "time_x");
#undef ASV
}

static void whole_numbers_are_exact_or_an_error(void **state)
{
    (void)state;
    assert_reads(
        HYPERFINE(", \"memory_usage_byte\": [9007199254740993]"),
        "error=\"9007199254740993 is too large to represent exactly\"");
    assert_reads(HYPERFINE(", \"memory_usage_byte\": [9007199254740994]"),
                 "values=[9007199254740994]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hyperfine_prefers_samples_and_flags_failures),
        cmocka_unit_test(google_benchmark_groups_repetitions),
        cmocka_unit_test(google_benchmark_rows_without_a_time_are_no_results),
        cmocka_unit_test(pytest_benchmark_names_the_file_and_the_test),
        cmocka_unit_test(jmh_has_a_direction_for_each_mode),
        cmocka_unit_test(jmh_forks_are_processes),
        cmocka_unit_test(asv_knows_what_it_measured_by_the_name_only),
        cmocka_unit_test(whole_numbers_are_exact_or_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
