#!/usr/bin/env python3
"""Locust's CSV tables, read by Python's csv module."""

import csv
import re

from corpus import Expected, exact, run

NUMBERS = {  # our metric: Locust's headings, power of ten, unit as written
    "requests": (("Requests/s",), 0, "req/s"),
    "failures per second": (("Failures/s", "Requests Failed/s"), 0, "1/s"),
    "latency mean": (("Average Response Time", "Average response time"), -3,
                     "ms"),
    "latency p50": (("Median Response Time", "Median response time"), -3,
                    "ms"),
    "latency min": (("Min Response Time", "Min response time"), -3, "ms"),
    "latency max": (("Max Response Time", "Max response time"), -3, "ms"),
    "content size": (("Average Content Size",), 0, "B"),
}


def first(row, *names):
    return next((row[name] for name in names if name in row), None)


def name_of(row):
    kind, name = first(row, "Type", "Method"), row["Name"]
    if name in ("Aggregated", "Total") and kind in ("", "None"):
        return "Aggregated"
    return f"{kind} {name}" if kind else name


def stats(rows, found):
    for row in rows:
        count = first(row, "Request Count", "# requests")
        failures = first(row, "Failure Count", "# failures")
        if int(count) == 0:
            continue
        for metric, (headings, power, unit) in NUMBERS.items():
            digits = first(row, *headings)
            if digits is not None:
                found.add(name_of(row), metric, digits, exact(digits, power),
                          unit=unit)
        for heading, digits in row.items():
            if re.fullmatch(r"[0-9.]+%", heading) and heading != "50%":
                found.add(name_of(row), "latency p" + heading[:-1], digits,
                          exact(digits, -3), unit="ms")
        found.add(name_of(row), "failures", failures, float(failures),
                  events=float(failures), trials=float(count))


def history(rows, found):
    """Differences of the totals from row to row."""
    series = {}
    for row in rows:
        series.setdefault(name_of(row), []).append(
            (int(row["Timestamp"]), int(row["Total Request Count"]),
             float(row["Total Average Response Time"]),
             int(row["Total Failure Count"])))
    n = 0
    for name, points in series.items():
        rates, means = [], []
        for (t, n0, a0, _), (u, n1, a1, _) in zip(points, points[1:]):
            if u > t and n1 >= n0:
                rates.append((n1 - n0) / (u - t))
                if n1 > n0 and a1 * n1 - a0 * n0 >= 0:
                    means.append((a1 * n1 - a0 * n0) / (n1 - n0) / 1e3)
        if not rates or not means:
            continue
        n += 1
        begin, end = points[0], points[-1]
        found.add(name, "requests", suite="history", values=rates,
                  value=end[1] / (end[0] - begin[0]), within=1e-12)
        found.add(name, "latency mean", suite="history", values=means,
                  value=end[2] / 1e3, within=1e-9)
        found.add(name, "failures", suite="history", value=float(end[3]),
                  events=float(end[3]), trials=float(end[1]))
    return n


def failures(rows, found):
    sums = {}
    for row in rows:
        sums[name_of(row)] = sums.get(name_of(row), 0) + int(
            row["Occurrences"])
    for name, n in sums.items():
        found.add(name, "errors", value=float(n))
    found.add("Aggregated", "errors", value=float(sum(sums.values())))


def expect(path):
    found = Expected()
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if path.name.endswith("_history.csv"):
        return found if history(rows, found) else None
    if path.name.endswith("_failures.csv"):
        failures(rows, found)
    elif path.name.endswith("_exceptions.csv"):
        found.add("Aggregated", "exceptions",
                  value=float(sum(int(row["Count"]) for row in rows)))
    else:
        stats(rows, found)
    return found


run("locust",
    lambda corpus: sorted([*corpus.glob("locust/*.csv"),
                           *corpus.glob("generated/locust/*.csv")]), expect)
