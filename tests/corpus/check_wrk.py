#!/usr/bin/env python3
"""wrk and wrk2: the table, and where there is one the HdrHistogram's moments,
which have more digits."""

import re

from corpus import Expected, exact, run

TIMES = {"us": (-6, 1), "ms": (-3, 1), "s": (0, 1), "m": (0, 60)}
SIZES = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
TIME = r"([0-9.]+)(us|ms|s|m)"
ERRORS = ("connect", "read", "write", "timeout")


def of_time(match):
    digits, unit = match
    return digits, unit, exact(digits, *TIMES[unit])


def expect(path):
    text = path.read_text()
    if "Requests/sec" not in text:
        assert "unable to connect" in text
        return None  # a failure, and nothing measured
    found = Expected()
    duration, url = re.search(r"Running (\w+) test @ (\S+)", text).groups()
    threads, connections = re.search(r"(\d+) threads and (\d+) connections",
                                     text).groups()
    params = {"threads": threads, "connections": connections,
              "duration": duration}

    def add(metric, digits, value, unit, **more):
        found.add(url, metric, digits, value, unit=unit, params=params, **more)

    latency = re.search(rf"Latency +{TIME} +{TIME} +{TIME} ", text).groups()
    moments = {"mean": of_time(latency[:2]), "stdev": of_time(latency[2:4]),
               "max": of_time(latency[4:])}
    for name, label in (("mean", "Mean"), ("stdev", "StdDeviation"),
                        ("max", "Max")):
        richer = re.search(rf"#\[.*?{label} += +([0-9.]+)", text)
        if richer:
            moments[name] = (richer[1], "ms", exact(richer[1], -3))
    for name, (digits, unit, value) in moments.items():
        add("latency " + name, digits, value, unit)
    block = text.split("Uncorrected", 1)[0].split("Detailed", 1)[0]
    for percent, digits, unit in re.findall(rf"^ *([0-9.]+)% +{TIME}$", block,
                                            re.M):
        p = f"{float(percent):g}"
        if p != "100":
            add(f"latency p{p}", digits, of_time((digits, unit))[2], unit)
    digits = re.search(r"Requests/sec: +([0-9.]+)", text)[1]
    add("requests", digits, exact(digits), "requests/sec")
    digits, unit = re.search(r"Transfer/sec: +([0-9.]+)(\w+)", text).groups()
    add("transfer", digits, exact(digits) * SIZES[unit], unit, within=1e-15)
    total = float(re.search(r"(\d+) requests in", text)[1])
    socket = re.search(r"Socket errors: connect (\d+), read (\d+), "
                       r"write (\d+), timeout (\d+)", text)
    for i, kind in enumerate(ERRORS):
        n = socket[i + 1] if socket else None
        add("errors " + kind, n, float(n or 0), None,
            events=float(n or 0), trials=max(total, float(n or 0)))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    add("errors status", bad and bad[1], float(bad[1] if bad else 0),
        None, events=float(bad[1] if bad else 0), trials=total)
    return found


run("wrk",
    lambda corpus: sorted([*corpus.glob("wrk/*"),
                           *corpus.glob("generated/wrk/*.txt")]), expect)
