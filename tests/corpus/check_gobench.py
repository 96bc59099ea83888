#!/usr/bin/env python3
"""go test -bench, as text and as -json events."""

import json
import re

from corpus import Expected, exact, run

UNITS = {"ns/op": ("time", -9), "B/op": ("bytes", 0),
         "allocs/op": ("allocs", 0), "MB/s": ("throughput", 6)}


def text_of(path):
    text = path.read_text()
    if not text.startswith("{"):
        return text
    packages = {}
    for line in text.splitlines():
        event = json.loads(line)
        packages.setdefault(event.get("Package"), []).append(
            event.get("Output", ""))
    return "".join("".join(parts) for parts in packages.values())


def expect(path):
    lines, suite = [], ""
    for line in text_of(path).splitlines():
        if line.startswith("pkg: "):
            suite = line[5:].strip()
        match = re.match(r"(Benchmark\S*)\s+(\d+)((?:\s+[0-9.e+-]+ \S+)+)\s*$",
                         line)
        if match:
            lines.append((suite, match[1],
                          re.findall(r"([0-9.e+-]+) (\S+)", match[3])))
    # "-8" is GOMAXPROCS where every name has one, or the same name stands
    # there without it (-cpu 1,2).
    names = {name for _, name, _ in lines}
    every = all(re.search(r"-\d+$", name) for name in names)
    series = {}
    for suite, name, pairs in lines:
        params = {}
        if every or re.sub(r"-\d+$", "", name) in names - {name}:
            name, _, cpus = name.rpartition("-")
            params = {"cpus": cpus}
        for digits, unit in pairs:
            metric, power = UNITS.get(unit, (unit, 0))
            key = (suite, name, tuple(params.items()), metric)
            series.setdefault(key, (unit, [], []))[1].append(digits)
            series[key][2].append(exact(digits, power) if unit in UNITS
                                  else None)
    found = Expected()
    for (suite, name, params, metric), (unit, written, values) in (
            series.items()):
        found.add(name, metric, written, suite=suite, params=dict(params),
                  unit=unit, values=values)
    return found


run("gobench",
    lambda corpus: sorted([*corpus.glob("go/*"),
                           *corpus.glob("generated/go-bench/*.txt"),
                           *corpus.glob("generated/go-bench/*.ndjson")]),
    expect)
