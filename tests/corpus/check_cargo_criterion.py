#!/usr/bin/env python3
"""cargo criterion --message-format=json: "benchmark-complete" messages."""

import json
from fractions import Fraction

from corpus import Expected, exact, name_of, run


def messages(text):
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    at = text.find("{")
    while at >= 0:
        message, at = decoder.raw_decode(text, at)
        yield message
        at = text.find("{", at)


def expect(path):
    found = Expected()
    for message in messages(path.read_text()):
        if message["reason"] != "benchmark-complete":
            continue
        assert message["unit"] == "ns" and not message["throughput"]
        totals, counts = message["measured_values"], message["iteration_count"]
        typical = message["typical"]
        suite, name = name_of(message["id"])
        found.add(name, "time", [],
                  exact(typical["estimate"], -9), suite=suite,
                  values=[float(Fraction(t) / Fraction(n) / 10**9)
                          for t, n in zip(totals, counts)],
                  lower=exact(typical["lower_bound"], -9),
                  upper=exact(typical["upper_bound"], -9))
    return found


run("cargo_criterion",
    lambda corpus: sorted(corpus.glob("cargo-criterion/*.json")), expect)
