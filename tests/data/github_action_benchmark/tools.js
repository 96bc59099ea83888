window.BENCHMARK_DATA = {"lastUpdate": 1, "repoUrl": "", "entries": {"Go Benchmark": [
 {"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "several tools", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "go", "benches": [
  {"name": "BenchmarkFib/n=3", "value": 1000, "unit": "ns/op\t  20 MB/s\t 16 B/op\t 2 allocs/op", "extra": "100 times\n8 procs"},
  {"name": "BenchmarkFib/n=3 - ns/op", "value": 1000, "unit": "ns/op", "extra": "100 times\n8 procs"},
  {"name": "BenchmarkFib/n=3 - MB/s", "value": 20, "unit": "MB/s", "extra": "100 times\n8 procs"},
  {"name": "BenchmarkFib/n=3 - B/op", "value": 16, "unit": "B/op", "extra": "100 times\n8 procs"},
  {"name": "BenchmarkFib/n=3 - allocs/op", "value": 2, "unit": "allocs/op", "extra": "100 times\n8 procs"},
  {"name": "BenchmarkTwo (example.com/x/y) - B/op", "value": 16, "unit": "B/op", "extra": "100 times\n1 procs"},
  {"name": "BenchmarkOld", "value": 1000, "unit": "ns/op\t 16 B/op\t 2 allocs/op", "extra": "100 times\n8 procs"}]}],
 "Py": [{"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "m", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "pytest", "benches": [
  {"name": "tests/test_a.py::TestX::test_b[1]", "value": 4000, "range": "stddev: 1e-6", "unit": "iter/sec", "extra": "mean: 250 usec\nrounds: 9"}]}],
 "Java": [{"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "m", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "jmh", "benches": [
  {"name": "com.x.Bench.parse ( {\"kind\":\"deep\",\"size\":\"10\"} )", "value": 12.5, "unit": "ops/s", "extra": "iterations: 5\nforks: 1\nthreads: 1"},
  {"name": "com.x.Bench.plain", "value": 12.5, "unit": "us/op", "extra": ""}]}],
 "Net": [{"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "m", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "benchmarkdotnet", "benches": [
  {"name": "X.Parsing.Parse(Kind: \"a\", N: 10)", "value": 10, "unit": "ns", "range": "± 1"}]}],
 "C++ (linux)": [{"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "m", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "googlecpp", "benches": [
  {"name": "BM_A/8", "value": 10, "unit": "ns/iter", "extra": "iterations: 9\ncpu: 9 ns\nthreads: 1"}]}],
 "C++ (windows)": [{"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "m", "timestamp": "2019-11-10T00:06:58+09:00"}, "date": 1573312140323, "tool": "googlecpp", "benches": [
  {"name": "BM_A/8", "value": 20, "unit": "ns/iter", "extra": "iterations: 9\ncpu: 9 ns\nthreads: 1"}]}]}}
