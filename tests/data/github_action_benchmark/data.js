window.BENCHMARK_DATA = {
  "lastUpdate": 1574248406871,
  "repoUrl": "https://example.com/x",
  "entries": {
    "Rust Benchmark": [
      {"commit": {"id": "45d78258e495044a551046f50604da3c893052ce", "message": "add thing\n\nmore", "timestamp": "2019-11-10T00:06:58+09:00"},
       "date": 1573312140323, "tool": "cargo",
       "benches": [{"name": "bench_fib_10", "value": 254, "range": "+/- 35", "unit": "ns/iter"}, {"name": "bench_fib_20", "value": 34001, "range": "+/- 2,802", "unit": "ns/iter"}]},
      {"commit": {"id": "b840614fd88743f234aac0dc747a0a70616f450f", "message": "x", "timestamp": "2019-11-10T00:10:02+09:00"},
       "date": 1573312301293, "tool": "cargo", "benches": [{"name": "bench_fib_10", "value": 255, "unit": "ns/iter"}]}
    ],
    "Py": [{"commit": {"id": "b840614fd88743f234aac0dc747a0a70616f450f", "message": "x", "timestamp": "2019-11-10T00:10:02+09:00"},
       "date": 1573312301999, "tool": "pytest", "benches": [{"name": "a::b", "value": 48347.1, "unit": "iter/sec"}, {"name":"odd","value":3,"unit":"frobs"}]}]
  }
}
