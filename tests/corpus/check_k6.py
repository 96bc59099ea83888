#!/usr/bin/env python3
"""k6's JSON summaries, flat (--summary-export) and typed (handleSummary)."""

import json
import re

from corpus import Expected, exact, run
from k6 import TYPES

STATISTICS = {"avg": "mean", "med": "p50", "min": "min", "max": "max"}


def shape(member):
    """(type, is it a time, values), of either shape."""
    if "values" in member:
        return member["type"], member["contains"] == "time", member["values"]
    if "passes" in member:
        return "rate", False, member
    if "value" in member:
        return "gauge", False, member
    if "avg" in member or "med" in member:
        return "trend", None, member
    return "counter", False, member


def is_empty(kind, values, thresholds):
    if kind == "rate":
        return values["passes"] == values["fails"] == "0"
    if kind != "trend":
        return False
    if "count" in values:
        return values["count"] == "0"
    return thresholds and all(float(v) == 0 for k, v in values.items()
                              if k != "thresholds")


def target(tags):
    """(benchmark, parameters) of what stands in the braces."""
    pairs = dict(pair.split(":", 1) for pair in tags.split(",")) if tags else {}
    for tag in ("name", "group", "scenario"):
        if tag in pairs:
            return pairs.pop(tag).removeprefix("::"), pairs
    return "k6", pairs


def expect(path):
    found = Expected()
    report = json.loads(path.read_text(), parse_float=str, parse_int=str)
    for key, member in report["metrics"].items():
        name, tags = re.fullmatch(r"([^{]*)(?:\{(.*)\})?", key).groups()
        benchmark, params = target(tags)
        kind, time, values = shape(member)
        known = name in TYPES
        word, builtin = TYPES.get(name, (name, None))
        if time is None:
            time = builtin == "time"

        def add(metric, digits, power=0, **more):
            found.add(benchmark, metric, digits, exact(digits, power),
                      params=params, **more)

        if is_empty(kind, values, member.get("thresholds")):
            if member.get("thresholds"):
                found.add(benchmark, word, params=params, error=True)
        elif kind == "trend":
            for stat, digits in values.items():
                if stat not in ("count", "thresholds"):
                    said = STATISTICS.get(stat) or re.sub(r"[()]", "", stat)
                    add(f"{word} {said}", digits, -3 if time else 0)
        elif kind == "rate":
            n, m = float(values["passes"]), float(values["fails"])
            add(word, values.get("rate", values.get("value")), events=n,
                trials=n + m)
        elif kind == "gauge":
            add(word, values["value"])
        else:
            add(word, values["rate"])
            if not known:
                add(f"{word} count", values["count"])
    return found


run("k6", lambda corpus: sorted([*corpus.glob("k6-summary/*.json"),
                                 *corpus.glob("generated/k6/*summary*.json")]),
    expect)
