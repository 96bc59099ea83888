#!/usr/bin/env python3
"""criterion's trees (new/, every layout)."""

import json
from fractions import Fraction

from corpus import Expected, exact, name_of, run

RATES = {"Bytes": ("throughput", "B/s", 1), "Elements": ("throughput",
                                                         "elem/s", 1),
         "BytesDecimal": ("throughput", "B/s", 1)}


def load(path):
    return json.loads(path.read_text(), parse_float=str, parse_int=str)


def expect(path):
    found, ids, folders = Expected(), {}, []
    for file in sorted(path.rglob("new/benchmark.json")):
        benchmark = load(file)
        folders.append((file.parent, benchmark))
        ids.setdefault(benchmark["full_id"], []).append(
            benchmark["directory_name"])
    for folder, benchmark in folders:
        suite, name = name_of(benchmark["full_id"])
        twins = sorted(ids[benchmark["full_id"]])
        if len(twins) > 1 and benchmark["directory_name"] != twins[0]:
            name += f" #{twins.index(benchmark['directory_name']) + 1}"
        sample = load(folder / "sample.json")
        iters, times = (sample if isinstance(sample, list)
                        else (sample["iters"], sample["times"]))
        estimates = {key.lower(): value for key, value in
                     load(folder / "estimates.json").items()}
        typical = estimates.get("slope") or estimates["mean"]
        values = [float(Fraction(t) / Fraction(n) / 10**9)
                  for t, n in zip(times, iters)]
        found.add(name, "time", [],
                  exact(typical["point_estimate"], -9), suite=suite,
                  values=values,
                  lower=exact(typical["confidence_interval"]["lower_bound"],
                              -9))
        for tag, amount in (benchmark["throughput"] or {}).items():
            metric, _, factor = RATES[tag]
            found.add(name, metric, suite=suite, within=1e-15,
                      values=[int(amount) * factor / v for v in values])
    return found


def trees(corpus):
    yield from sorted(corpus.glob("criterion-tree/*"))
    yield from sorted(corpus.glob("generated/criterion/target"))


run("criterion", trees, expect)
