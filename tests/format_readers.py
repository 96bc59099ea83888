"""Readers of tools' outputs that know nothing of perfgate's: one for each
format, written from what the tool's people say of it, with regular expressions
and Python's own JSON, CSV and XML. A reader yields (benchmark, metric, value in
base units) for all that it finds; run-formats holds perfgate against it, both
ways.
"""

import csv
import io
import json
import math
import re
import xml.etree.ElementTree as ET

TIME = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1,
        "secs": 1, "msec": 1e-3, "m": 60}
SIZE = {"B": 1, "KB": 2**10, "MB": 2**20, "kB": 1e3, "KiB": 2**10,
        "MiB": 2**20}
NUMBER = r"(-?[\d,]+(?:\.\d+)?(?:e[-+]?\d+)?)"


def number(text):
    return float(text.replace(",", ""))


def pick(text, name, *rows):
    """Of (metric, expression, unit) those that are in the text. A unit is a
    factor, or a table for the expression's second group."""
    for metric, expression, unit in rows:
        found = re.search(expression.replace("#", NUMBER), text, re.M)
        if found:
            factor = unit if not isinstance(unit, dict) else unit[found[2]]
            yield name, metric, number(found[1]) * factor


def members(item, name, *rows):
    """The same of (metric, path of members, factor)."""
    for metric, path, factor in rows:
        value = item
        for step in path.split("/"):
            value = value.get(step) if isinstance(value, dict) else None
        if value not in (None, "-"):
            yield name, metric, float(value) * factor


def chunks(text, head):
    """(name, what follows) for each match of a heading's first group."""
    parts = re.split(head, text, flags=re.M)
    return zip(parts[1::2], parts[2::2])


def ab(text):
    name = re.search(r"^Document Path: +(.*)", text, re.M)[1]
    bad = re.search(r"^Non-2xx responses: +(\d+)", text, re.M)
    yield name, "errors status", float(bad[1]) if bad else 0
    yield from pick(
        text, name, ("requests", "^Requests per second: +#", 1),
        ("latency mean", r"^Time per request: +# \[ms\] \(mean\)", 1e-3),
        ("errors", "^Failed requests: +#", 1),
        ("transfer", "^Transfer rate: +#", 1024),
        ("latency max", r"^ *100% +#", 1e-3))
    for percent, value in re.findall(r"^ +(\d\d)% +(\d+)$", text, re.M):
        yield name, f"latency p{percent}", float(value) / 1e3


def hey(text):
    """oha's, as it is since 1.11, with a unit that it chose."""
    if "Success rate" not in text:
        return
    yield from pick(
        text, "oha", ("success", r"Success rate:\s+#%", 1e-2),
        ("latency max", r"Slowest:\s+# (\w+)", TIME),
        ("latency min", r"Fastest:\s+# (\w+)", TIME),
        ("latency mean", r"Average:\s+# (\w+)", TIME),
        ("requests", r"Requests/sec:\s+#", 1),
        ("data received", r"Size/request:\s+# (\w+)", SIZE),
        ("transfer", r"Size/sec:\s+# (\w+)", SIZE))
    part = re.search(r"distribution:\n(.*?)\n\n", text, re.S)[1]
    for percent, value, unit in re.findall(r"([\d.]+)% in ([\d.]+) (\w+)",
                                           part):
        yield "oha", f"latency p{float(percent):g}", float(value) * TIME[unit]
    yield "oha", "errors status", sum(
        int(n) for code, n in re.findall(r"\[(\d+)\] (\d+) responses", text)
        if code >= "400")
    yield "oha", "errors", sum(
        int(n) for n, what in re.findall(r"^ +\[(\d+)\] (.*)", text, re.M)
        if "responses" not in what and "deadline" not in what)


def h2load(text):
    yield from pick(
        text, "h2load", ("requests", "^finished in .*, # req/s", 1),
        ("transfer", r"req/s, #(\w+)/s", SIZE),
        ("failures", "succeeded, # failed", 1),
        ("errors", "failed, # errored", 1),
        ("errors timeout", "errored, # timeout", 1))
    for line, metric in (("request", "latency"), ("connect", "connecting"),
                         ("1st byte", "first byte")):
        found = re.search(rf"^time (?:for|to) {line}: (.*)", text, re.M)[1]
        cells = re.findall(r"([\d.]+)(us|ms|s)\b", found)
        for word, (value, unit) in zip(("min", "max", "mean", "stdev"), cells):
            yield "h2load", f"{metric} {word}", float(value) * TIME[unit]


def siege(text):
    if "{" not in text:
        yield from pick(
            text, "siege", ("requests", r"^Transaction rate:\s+#", 1),
            ("transfer", r"^Throughput:\s+#", 1e6),
            ("latency mean", r"^Response time:\s+#", 1),
            ("latency max", r"^Longest transaction:\s+#", 1),
            ("latency min", r"^Shortest transaction:\s+#", 1),
            ("errors", r"^Failed transactions:\s+#", 1))
        return
    yield from members(
        json.loads(text[text.index("{"):]), "siege",
        ("requests", "transaction_rate", 1), ("transfer", "throughput", 1e6),
        ("latency mean", "response_time", 1),
        ("latency max", "longest_transaction", 1),
        ("latency min", "shortest_transaction", 1),
        ("errors", "failed_transactions", 1))


def pgbench(text):
    whole = re.search(r"^transaction type: (.*)", text, re.M)[1]
    parts = [(whole, re.split("^SQL script ", text, flags=re.M)[0])]
    parts += chunks(text, r"^SQL script \d+: (.*)")
    for name, part in parts:
        yield from pick(
            part, name, ("latency mean", "latency average(?: =|:) # ms", 1e-3),
            ("latency stdev", "latency stddev(?: =|:) # ms", 1e-3),
            ("connecting", "connection time = # ms", 1e-3),
            ("throughput", r"tps = #(?:\)| \((?:without|excl|including rec))",
             1),
            ("throughput with connecting", r"tps = # \(including conn", 1),
            ("errors", "failed transactions: #", 1),
            ("dropped iterations", "transactions skipped: #", 1),
            ("late transactions", "latency limit: #", 1))
        for mean, statement in re.findall(r"^ +([\d.]+) +\d+  ([^\\].*)", part,
                                          re.M):
            yield f"{name}: {statement}", "latency mean", float(mean) / 1e3


def sysbench(text):
    name = next((name for word, name in (
        ("Prime numbers", "cpu"), ("memory speed", "memory"),
        ("File operations", "fileio"), ("SQL statistics", "oltp"))
        if word in text), "sysbench")
    kind = re.search(r"operation: (\w+)|Doing (.*) test", text)
    name += f", operation={kind[1] or kind[2]}" if kind else ""
    yield from pick(
        text, name, ("throughput", "events per second: +#", 1),
        ("throughput", r"transactions: .*\(# per sec", 1),
        ("throughput", r"Total operations: .*\(# per second", 1),
        ("transfer", r"transferred \(# MiB/sec", 2**20),
        ("queries", r"queries: .*\(# per sec", 1),
        ("errors", "ignored errors: +#", 1),
        ("errors connect", "reconnects: +#", 1),
        ("reads", "reads/s: +#", 1), ("writes", "writes/s: +#", 1),
        ("fsyncs", "fsyncs/s: +#", 1),
        ("transfer read", "read, MiB/s: +#", 2**20),
        ("transfer written", "written, MiB/s: +#", 2**20),
        ("latency min", "min: +#", 1e-3), ("latency mean", "avg: +#", 1e-3),
        ("latency max", "max: +#", 1e-3),
        ("latency p95", "95th percentile: +#", 1e-3))


def redis_benchmark(text):
    words = ("mean", "min", "p50", "p95", "p99", "max")
    for row in csv.reader(text.splitlines()):
        if len(row) == 8 and row[0] != "test":
            yield row[0], "requests", float(row[1])
            for word, cell in zip(words, row[2:]):
                yield row[0], f"latency {word}", float(cell) / 1e3
    for name, part in chunks(text, r"^.*====== (\w+) ======"):
        yield from pick(part, name,
                        ("requests", "throughput summary: #", 1))
        cells = re.search(r"max\n(.*)", part)[1].split()
        for word, cell in zip(words, cells):
            yield name, f"latency {word}", float(cell) / 1e3
    for name, rate, median in re.findall(
            r"(\w+): ([\d.]+) requests per second, p50=([\d.]+)", text):
        yield name, "requests", float(rate)
        yield name, "latency p50", float(median) / 1e3


def fio(text):
    for job in json.loads(text)["jobs"]:
        for way in ("read", "write", "trim"):
            one, name = job[way], f"{job['jobname']}, operation={way}"
            if not one["total_ios"]:
                continue
            yield from members(
                one, name, ("throughput", "iops", 1),
                ("transfer", "bw_bytes", 1),
                ("latency mean", "lat_ns/mean", 1e-9),
                ("latency stdev", "lat_ns/stddev", 1e-9),
                ("latency max", "lat_ns/max", 1e-9))
            for key, value in one["clat_ns"]["percentile"].items():
                if 50 <= float(key):
                    yield name, f"latency p{float(key):g}", value / 1e9


def iperf3(text):
    end = json.loads(text)["end"]
    yield from members(
        end, "iperf3", ("throughput", "sum_received/bits_per_second", 1 / 8),
        ("retransmits", "sum_sent/retransmits", 1),
        ("jitter", "sum/jitter_ms", 1e-3),
        ("lost packets", "sum/lost_packets", 1),
        ("cpu", "cpu_utilization_percent/host_total", 1e-2))


def perf_stat(text):
    words = {"task-clock": "cpu time", "time elapsed": "time", "sys": "system",
             "instructions": "instructions retired"}
    found = re.search(r"stats for '(.*)'", text)
    rows = []
    if found:
        rows = re.findall(r"^ +([\d.,]+) +(?:\+- [\d.]+ )?(msec|seconds|)"
                          r" *(\S.*?)(?: *#.*| +\( .*| *)$", text, re.M)
    elif text.startswith("{"):
        rows = [(row["counter-value"], row["unit"], row["event"])
                for row in map(json.loads, text.splitlines())]
    else:
        rows = [re.split("[,;]", line)[:3] for line in text.splitlines()]
    for value, unit, event in rows:
        event = event.replace(":u", "")
        if event.endswith(" (msec)"):
            event, unit = event[:-7], "msec"
        if not value.startswith("<"):
            yield (found[1] if found else "perf stat", words.get(event, event),
                   number(value) * (1e-3 if unit == "msec" else 1))


def time_v(text):
    name = re.search(r'timed: "(.*)"', text)[1]
    clock = re.search(r"m:ss\): ([\d:.]+)", text)[1].split(":")
    yield name, "time", sum(float(part) * 60**n
                            for n, part in enumerate(reversed(clock)))
    yield from pick(
        text, name, ("user", r"User time \(seconds\): #", 1),
        ("system", r"System time \(seconds\): #", 1),
        ("memory", r"Maximum resident set size \(kbytes\): #", 1024),
        ("major page faults", "I/O. page faults: #", 1),
        ("minor page faults", "frame. page faults: #", 1),
        ("voluntary context switches", "Voluntary context switches: #", 1),
        ("involuntary context switches", "Involuntary context switches: #", 1))


def callgrind(text):
    words = {"Ir": "instructions", "Dr": "data reads", "Dw": "data writes",
             "I1mr": "I1 misses", "ILmr": "LL instruction misses",
             "D1mr": "D1 read misses", "DLmr": "LL read misses",
             "D1mw": "D1 write misses", "DLmw": "LL write misses",
             "Bc": "branches", "Bcm": "branch misses",
             "Bi": "indirect branches", "Bim": "indirect branch misses"}
    name = re.search(r"^cmd: *(.*)", text, re.M)[1]
    events = re.search(r"^events: *(.*)", text, re.M)[1].split()
    totals = re.findall(r"^(?:summary|totals): *(.*)", text, re.M)[-1].split()
    for event, total in zip(events, totals):
        yield name, words[event], float(total)


def benchmarkjs(text):
    for name, rate in re.findall(rf"^(.*) x {NUMBER} ops/sec", text, re.M):
        yield name, "throughput", number(rate)


def vitest(text):
    for file in json.loads(text)["files"]:
        for group in file["groups"]:
            for one in group["benchmarks"]:
                yield from members(one, one["name"], ("time", "mean", 1e-3))


def tinybench(text):
    for task in json.loads(text):
        yield from members(task, task["name"],
                           ("time", "result/latency/mean", 1e-3))


def mitata(text):
    for benchmark in json.loads(text)["benchmarks"]:
        for run in benchmark["runs"]:
            yield from members(run, run["name"], ("time", "stats/avg", 1e-9),
                               ("heap", "stats/heap/avg", 1))


def deno(text):
    for bench in json.loads(text)["benches"]:
        for result in bench["results"]:
            yield from members(result, bench["name"], ("time", "ok/avg", 1e-9))


def pyperf(text):
    for one in json.loads(text)["benchmarks"]:
        metric = "value" if "unit" in one["metadata"] else "time"
        for run in one["runs"]:
            for value in run.get("values", []):
                yield one["metadata"]["name"], metric, value


def benchmarktools(text):
    def walk(name, node):
        kind, what = node
        if kind == "BenchmarkGroup":
            for key, child in what["data"].items():
                yield from walk(key, child)
            return
        for value in what.get("times", [what.get("time")]):
            yield name, "time", value / 1e9
        yield name, "bytes", what["memory"]
        yield name, "allocs", what["allocs"]

    for root in json.loads(text)[1]:
        yield from walk("", root)


def nvbench(text):
    tags = {"nv/cold/time/gpu/mean": "time", "nv/cold/time/cpu/mean":
            "cpu time", "nv/cold/bw/global/bytes_per_second": "throughput"}
    for one in json.loads(text)["benchmarks"]:
        for state in one["states"]:
            for summary in state.get("summaries") or []:
                if summary["tag"] in tags:
                    yield (f"{one['name']}/{state['name']}",
                           tags[summary["tag"]],
                           float(summary["data"][0]["value"]))


def benchmark_ips(text):
    scale = {"": 1, "k": 1e3, "M": 1e6}
    part = text[text.index("Calculating"):]
    for name, rate, unit in re.findall(
            r"^ *(.*?)\s+([\d.]+)([kM]?) +\(±", part, re.M):
        yield name, "throughput", float(rate) * scale[unit]


def benchmark_harness(text):
    for name, value, unit in re.findall(
            r"^(.*)\(RunTime\): ([\d.]+) (us|ms)", text, re.M):
        yield name, "time", float(value) * TIME[unit]


def gungraun(text):
    words = {"Ir": "instructions", "Instructions": "instructions",
             "L1hits": "L1 hits", "L1 Hits": "L1 hits",
             "L1 Accesses": "L1 hits", "L2 Hits": "L2 hits",
             "L2 Accesses": "L2 hits", "LLhits": "LL hits",
             "LL Hits": "LL hits", "RamHits": "RAM hits",
             "RAM Hits": "RAM hits", "RAM Accesses": "RAM hits",
             "TotalRW": "reads and writes",
             "Total read+write": "reads and writes",
             "EstimatedCycles": "estimated cycles",
             "Estimated Cycles": "estimated cycles"}
    if not text.startswith("{"):
        for name, part in chunks(text, r"^(?! |$)(?:.*::)?(\S.*)\n(?=  )"):
            for event, value in re.findall(r"^  ([^:]+): +(\d+)", part, re.M):
                yield name, words[event], float(value)
        return
    # Whatever the version: an event's new value is "new", or the first of
    # "Both", or "Left", below the last name that is an event's.
    root = json.loads(text)
    name = "/".join((root.get("function_name", root["module_path"]),
                     root["id"]))

    def first(node):
        if isinstance(node, list):
            return first(node[0])
        if isinstance(node, dict):
            return next((first(node[key]) for key in
                         ("metrics", "new", "Both", "Left", "Int")
                         if key in node), None)
        return node

    def walk(node):
        for key, child in (node.items() if isinstance(node, dict)
                           else enumerate(node)):
            if key in words and first(child) is not None:
                yield name, words[key], float(first(child))
            elif isinstance(child, (dict, list)):
                yield from walk(child)

    yield from walk(root)


def artillery(text):
    whole = json.loads(text)["aggregate"]
    times = whole["summaries"].get("http.response_time", {})
    counters = whole["counters"]
    for key, value in times.items():
        word = {"p999": "p99.9"}.get(key, key)
        if word in ("mean", "min", "max") or re.match("p[5-9]", word):
            yield "artillery", f"latency {word}", value / 1e3
    yield "artillery", "requests", whole["rates"]["http.request_rate"]
    yield "artillery", "errors", sum(n for key, n in counters.items()
                                     if key.startswith("errors."))
    yield "artillery", "errors status", sum(
        n for key, n in counters.items()
        if re.match(r"http\.codes\.[45]", key))


def gatling(text):
    def walk(node):
        stats = node["stats"]
        yield from members(
            stats, node["name"],
            ("requests", "meanNumberOfRequestsPerSecond/total", 1),
            ("errors", "numberOfRequests/ko", 1),
            ("latency mean", "meanResponseTime/ok", 1e-3),
            ("latency stdev", "standardDeviation/ok", 1e-3),
            ("latency max", "maxResponseTime/ok", 1e-3),
            ("latency p50", "percentiles1/ok", 1e-3),
            ("latency p75", "percentiles2/ok", 1e-3),
            ("latency p95", "percentiles3/ok", 1e-3),
            ("latency p99", "percentiles4/ok", 1e-3))
        for child in node.get("contents", {}).values():
            yield from walk(child)

    yield from walk(json.loads(text))


def memtier(text):
    for name, one in json.loads(text)["ALL STATS"].items():
        if not one.get("Count"):
            continue
        yield name, "throughput", one["Ops/sec"]
        yield name, "transfer", one["KB/sec"] * 1024
        yield from members(
            one, name, ("latency mean", "Average Latency", 1e-3),
            ("latency max", "Max Latency", 1e-3),
            ("errors", "Connection Errors", 1))
        for key, value in one["Percentile Latencies"].items():
            if key.startswith("p"):
                yield name, f"latency p{float(key[1:]):g}", value / 1e3


def lighthouse(text):
    root = json.loads(text)
    for run in root if isinstance(root, list) else []:
        for key, value in run["summary"].items():
            if key != "pwa":
                yield (run["url"], f"{key.replace('-', ' ')} score", value)
    if isinstance(root, list):
        return
    name = root["requestedUrl"]
    yield from members(root, name, ("performance score",
                                    "categories/performance/score", 1))
    for key, metric, factor in (
            ("first-contentful-paint", None, 1e-3),
            ("largest-contentful-paint", None, 1e-3),
            ("speed-index", None, 1e-3),
            ("interactive", "time to interactive", 1e-3),
            ("total-blocking-time", None, 1e-3),
            ("cumulative-layout-shift", None, 1),
            ("server-response-time", None, 1e-3),
            ("total-byte-weight", "page weight", 1)):
        yield from members(root["audits"], name,
                           (metric or key.replace("-", " "),
                            f"{key}/numericValue", factor))


def hyperfine_text(text):
    for name, part in chunks(text, r"^Benchmark #?\d+: (.*)"):
        yield from pick(part, name, ("time", r"σ\): +# (\w+)", TIME),
                        ("user", r"User: # (\w+)", TIME),
                        ("system", r"System: # (\w+)", TIME))


def vegeta(text):
    rates = ("rate",) if "rate]" in text else ("", "requests")
    for metric, cell in zip(rates, re.search(
            r"^Requests .*\] +\d+, (.*)", text, re.M)[1].split(", ")):
        if metric:
            yield "vegeta", metric, float(cell)
    heads, cells = re.search(r"^Latencies +\[(.*)\] +(.*)", text,
                             re.M).groups()
    for head, cell in zip(heads.split(", "), cells.split(", ")):
        value, unit = re.match(r"([\d.]+)(.*)", cell).groups()
        word = f"p{head}" if head.isdigit() else head
        if word != "min":
            yield "vegeta", f"latency {word}", float(value) * TIME[unit]
    yield from pick(text, "vegeta", ("success", r"Success .*\] +#%", 1e-2))


def bombardier(text):
    name = re.search(r"^Bombarding (\S+)", text, re.M)[1]
    for metric, line, column in (
            ("requests", "Reqs/sec", 0), ("latency mean", "Latency", 0),
            ("latency stdev", "Latency", 1), ("latency max", "Latency", 2)):
        cell = re.search(rf"^ +{line} +(.*)", text, re.M)[1].split()[column]
        value, unit = re.match(r"([\d.]+)(.*)", cell).groups()
        yield name, metric, float(value) * (TIME[unit] if unit else 1)
    for percent, value, unit in re.findall(
            r"^ +(\d\d)% +([\d.]+)(us|ms|s)$", text, re.M):
        yield name, f"latency p{percent}", float(value) * TIME[unit]
    codes = dict(re.findall(r"(\dxx|others) - (\d+)", text))
    if codes:
        yield name, "errors status", float(codes["4xx"]) + float(codes["5xx"])
        yield name, "errors", float(codes["others"])


def autocannon(text):
    name = re.search(r"^Running .* @ (.*)", text, re.M)[1]
    bytes_of = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}

    def row(title):
        line = re.search(rf"^│ {title} +│(.*)│$", text, re.M)[1]
        return [cell.split() for cell in line.split("│")]

    for column, metric in ((1, "p50"), (2, "p97.5"), (3, "p99"), (4, "mean"),
                           (6, "max")):
        value, unit = row("Latency")[column]
        yield name, f"latency {metric}", float(value) * TIME[unit]
    yield name, "requests", number(row("Req/Sec")[4][0])
    value, unit = row("Bytes/Sec")[4]
    yield name, "transfer", float(value) * bytes_of[unit]
    bad = re.search(r"responses, (\d+) non 2xx", text)
    yield name, "errors status", float(bad[1]) if bad else 0
    errors = re.search(r"^(\d+)(k?) errors", text, re.M)
    yield (name, "errors",
           float(errors[1]) * (1e3 if errors[2] else 1) if errors else 0)


def catch2_text(text):
    # A test case's name and its sections, and the table that belongs to it.
    for title, table in re.findall(
            r"^-{79}\n(\S[^-]*?)\n-{79}\n.*?^benchmark name .*?^-{79}\n"
            r"(.*?)(?=^-{79}|^={79}|\Z)", text, re.M | re.S):
        sections = "/".join(line.strip() for line in title.split("\n")
                            if line.startswith(" "))
        for block in re.split(r"^ *\n|^bad .*\n", table, flags=re.M):
            found = re.match(r"(.*?) +\d+ +\d+ +[\d.]+ \w+ *\n +([\d.]+) (\w+)",
                             block, re.S)
            if found:
                name = " ".join(found[1].split())
                yield (f"{sections}/{name}" if sections else name, "time",
                       float(found[2]) * TIME[found[3]])


def quantile(values, p):
    """As R's type 7."""
    values = sorted(values)
    at = p * (len(values) - 1)
    low = math.floor(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def jmeter(text):
    if text.startswith("<"):
        rows = [(one.get("lb"), one.get("ts"), one.get("t"), one.get("s"))
                for one in ET.fromstring(text)]
    else:
        rows = [(one["label"], one["timeStamp"], one["elapsed"],
                 one["success"])
                for one in csv.DictReader(io.StringIO(text))]
    for label in {row[0] for row in rows}:
        all_ = [(int(row[1]), int(row[2]), row[3] == "true")
                for row in rows if row[0] == label]
        good = [took / 1e3 for _, took, fine in all_ if fine]
        span = max(at + took for at, took, _ in all_) - min(
            at for at, _, _ in all_)
        yield label, "requests", len(all_) / span * 1e3
        yield label, "errors", len(all_) - len(good)
        if good:
            yield label, "latency mean", math.fsum(good) / len(good)
            yield label, "latency min", min(good)
            yield label, "latency max", max(good)
            for percent in (50, 90, 95, 99):
                yield (label, f"latency p{percent}",
                       quantile(good, percent / 100))


def phpbench(text):
    for subject in ET.fromstring(text).iter("subject"):
        for one in subject.iter("iteration"):
            yield (subject.get("name"), "time",
                   int(one.get("time-net")) / int(one.get("time-revs")) / 1e6)
            yield subject.get("name"), "memory", int(one.get("mem-peak"))


def otava(text):
    """Without a name: the file's."""
    separator = re.search("[,;]", text)[0]
    for row in csv.DictReader(io.StringIO(text), delimiter=separator):
        for title, cell in row.items():
            if title not in ("time", "commit") and re.fullmatch(NUMBER, cell):
                yield "", title, float(cell)


READERS = {reader.__name__: reader for reader in (
    ab, artillery, autocannon, benchmark_harness, benchmark_ips, benchmarkjs,
    benchmarktools, bombardier, callgrind, catch2_text, deno, fio, gatling,
    gungraun, h2load, hey, hyperfine_text, iperf3, jmeter, lighthouse, memtier,
    mitata, nvbench, otava, perf_stat, pgbench, phpbench, pyperf,
    redis_benchmark, siege, sysbench, time_v, tinybench, vegeta, vitest)}
# A run that broke off is what the other checks are about; the JSON of those
# that are read here as text is older than this.
LEFT_ASIDE = re.compile("cut|broken|refused|killed|aborted|failed|no-answers|"
                        "status-3|(autocannon|bombardier|vegeta)/.*json|"
                        "hey/[^o]")
