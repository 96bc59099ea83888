#!/usr/bin/env python3
"""autocannon --json."""

import json
import re

from corpus import Expected, exact, run

PARTS = {"requests": ("requests", 0, "req/s"), "throughput": ("transfer", 0,
                                                              "B/s"),
         "latency": ("latency", -3, "ms")}
WORDS = {"stddev": "stdev", "min": "min", "max": "max"}
COUNTS = {"errors": "errors", "timeouts": "errors timeout",
          "mismatches": "errors mismatch", "non2xx": "errors status"}


def expect(path):
    found = Expected()
    report = json.loads(path.read_text(), parse_float=str, parse_int=str)
    name = report.get("title") or report["url"]
    params = {key: report[key] for key in ("connections", "pipelining")}
    for part, (stem, power, unit) in PARTS.items():
        for key, digits in report[part].items():
            percentile = re.fullmatch(r"p([0-9]+)(?:_([0-9]+))?", key)
            if percentile:
                word = " p" + ".".join(p for p in percentile.groups() if p)
            elif key in WORDS:
                word = " " + WORDS[key]
            elif key == "average":
                word = " mean" if part == "latency" else ""
            else:  # mean repeats average; total, sent, totalCount are counts
                assert key in ("mean", "total", "sent", "totalCount"), key
                continue
            found.add(name, stem + word, digits, exact(digits, power),
                      params=params, unit=unit)
    for key, metric in COUNTS.items():
        if key in report:
            found.add(name, metric, report[key], float(report[key]),
                      params=params)
    return found


run("autocannon", lambda corpus: sorted(corpus.glob("autocannon/*.json")),
    expect)
