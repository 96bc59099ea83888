"""The files that tests/bench/speed reads, of any size. Each line or row has
values of its own, so that no two blocks are alike."""

import gzip
import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def points(path, megabytes):
    """k6 --out json: the example's lines over and over."""
    lines = (ROOT / "examples/mixed/results/stream-k6.ndjson").read_text()
    lines = lines.splitlines(keepends=True)
    parts = [line.partition('"value":') for line in lines
             if '"type":"Point"' in line]
    parts = [(a + b, c[c.index(","):]) for a, b, c in parts]
    chance = random.Random(1)
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(line for line in lines if '"type":"Metric"' in line)
        while written < megabytes * 1000000:
            written += out.write("".join(
                f"{head}{chance.uniform(0.05, 40):.6f}{tail}"
                for head, tail in parts))


def packed(path, source):
    with open(source, "rb") as plain, gzip.open(path, "wb", 6) as out:
        while block := plain.read(1 << 20):
            out.write(block)


def csv_rows(path, megabytes, header, rows):
    """`rows` gives those of one second, without their ends."""
    chance = random.Random(1)
    written, second = 0, 1700000000
    with open(path, "w", encoding="utf-8") as out:
        out.write(header + "\n")
        while written < megabytes * 1000000:
            written += out.write("".join(
                row + "\n" for row in rows(chance, second)))
            second += 1


def k6_csv(path, megabytes):
    cells = {"group": "::browse", "method": "GET", "proto": "HTTP/1.1",
             "scenario": "api", "status": "200", "expected_response": "true"}
    tags = ("check,error,error_code,expected_response,group,method,name,proto,"
            "scenario,service,status,subproto,tls_version,url").split(",")
    metrics = ("http_reqs http_req_duration http_req_blocked "
               "http_req_connecting http_req_tls_handshaking http_req_sending "
               "http_req_waiting http_req_receiving http_req_failed").split()

    def rows(chance, second):
        for number in range(100):
            url = f"http://127.0.0.1:18080/item/{number % 20}"
            tail = ",".join({**cells, "name": url, "url": url}.get(tag, "")
                            for tag in tags)
            for metric in metrics:
                yield (f"{metric},{second},{chance.uniform(0.05, 40):.6f},"
                       f"{tail},,")

    csv_rows(path, megabytes, "metric_name,timestamp,metric_value,"
             + ",".join(tags) + ",extra_tags,metadata", rows)


def locust(path, megabytes):
    percentiles = "50% 66% 75% 80% 90% 95% 98% 99% 99.9% 99.99% 100%".split()

    def rows(chance, second):
        n = (second - 1700000000) * 50
        for name in ("GET,/", "GET,/items", "POST,/items", "GET,/items/[id]",
                     "GET,/search", ",Aggregated"):
            times = ",".join(str(10 * (i + 2)) for i in range(11))
            yield (f"{second},10,{name},{chance.uniform(40, 60):.6f},0.000000,"
                   f"{times},{n},0,20.0,{chance.uniform(20, 25)!r},"
                   f"{chance.uniform(1, 2)!r},{chance.uniform(100, 200)!r},"
                   "1532.7")

    csv_rows(path, megabytes, "Timestamp,User Count,Type,Name,Requests/s,"
             "Failures/s," + ",".join(percentiles) + ",Total Request Count,"
             "Total Failure Count,Total Median Response Time,Total Average "
             "Response Time,Total Min Response Time,Total Max Response Time,"
             "Total Average Content Size", rows)


def jmeter(path, megabytes):
    def rows(chance, second):
        for number in range(100):
            yield (f"{second}{number * 10:03},{chance.randrange(20, 900)},"
                   f"GET /api/{number % 8},200,OK,Thread Group 1-{number},text,"
                   f"true,,{chance.randrange(500, 5000)},120,8,8,"
                   f"http://127.0.0.1:18080/api/{number % 8},"
                   f"{chance.randrange(20, 900)},0,1")

    csv_rows(path, megabytes, "timeStamp,elapsed,label,responseCode,"
             "responseMessage,threadName,dataType,success,failureMessage,bytes,"
             "sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect",
             rows)


def go_lines(path, seed, series, processes):
    """go test -bench, a process after the other."""
    chance = random.Random(seed)
    middles = random.Random(7)
    middles = [middles.uniform(10, 1e5) for _ in range(series)]
    with open(path, "w", encoding="utf-8") as out:
        for _ in range(processes):
            out.write("goos: linux\ngoarch: amd64\npkg: example.test/text\n")
            for number, middle in enumerate(middles):
                out.write(f"BenchmarkText/n={number}-2 \t 1000000 \t"
                          f"{middle * chance.gauss(1, .02):.1f} ns/op \t"
                          f"{number % 512 * 16} B/op \t"
                          f"{number % 37} allocs/op\n")
            out.write("PASS\nok  \texample.test/text\t1.5s\n")


def go_events(path, source):
    """The same as go test -json has it: a name and its numbers are two."""
    with open(source, encoding="utf-8") as lines, \
            open(path, "w", encoding="utf-8") as out:
        for line in lines:
            name, tab, rest = line.partition("\t")
            pieces = [name + tab, rest] if tab else [line]
            for piece in pieces:
                out.write(json.dumps({
                    "Time": "2026-11-21T07:49:48.875207236Z",
                    "Action": "output", "Package": "example.test/text",
                    "Output": piece}, separators=(",", ":")) + "\n")


def many_names(path, number):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"BenchmarkName{i} 100 {i % 999}.5 ns/op\n"
                       for i in range(number))


def hyperfine(chance, number):
    return {"command": f"sleep {number}", "mean": 1.0, "stddev": .05,
            "median": 1.0, "user": .1, "system": .1, "min": .9, "max": 1.1,
            "times": [chance.gauss(1, .05) for _ in range(1000)],
            "memory_usage_byte": [chance.randrange(10**6, 10**7)
                                  for _ in range(1000)],
            "exit_codes": [0] * 1000}


def jmh(chance, number):
    forks = [[chance.gauss(100, 5) for _ in range(10)] for _ in range(5)]
    return {"jmhVersion": "1.37", "mode": "avgt", "threads": 1, "forks": 5,
            "benchmark": f"org.example.Bench{number % 100}.method{number}",
            "primaryMetric": {"score": 100.0, "scoreError": 1.0,
                              "scoreUnit": "ns/op", "rawData": forks},
            "secondaryMetrics": {}}


def document(path, make, megabytes):
    """Indented, as their tools write them."""
    chance = random.Random(3)
    two = [len(json.dumps({"results": [make(chance, 0)] * n}, indent=4))
           for n in (1, 2)]
    results = [make(chance, number) for number in
               range(int(megabytes * 1000000) // (two[1] - two[0]))]
    path.write_text(json.dumps(
        results if make is jmh else {"results": results}, indent=4))
