#!/usr/bin/env python3
"""Rust's libtest: lines "test NAME ... bench: 1,234 ns/iter (+/- 5) = N MB/s".
"""

import re

from corpus import Expected, exact, run

LINE = re.compile(r"^test (.*?) +\.\.\. bench: +([0-9,.]+) (ns|cycles)/iter "
                  r"\(\+/- ([0-9,.]+)\)(?: = ([0-9,.]+) MB/s)?$")


def plain(number):
    return number.replace(",", "")


def expect(path):
    found = Expected()
    for line in path.read_text().splitlines():
        if "bench:" not in line:
            continue
        name, value, unit, spread, speed = LINE.match(
            re.sub(r"(\S)( \.\.\. bench:)", r"\1 \2", line)).groups()
        power = {"ns": -9, "cycles": 0}[unit]
        found.add(name, "time" if unit == "ns" else unit, value,
                  exact(plain(value), power), unit=unit + "/iter",
                  stddev=exact(plain(spread), power))
        if speed:
            found.add(name, "throughput", speed, exact(plain(speed), 6),
                      unit="MB/s")
    return found


run("libtest", lambda corpus: sorted(corpus.glob("libtest/*.txt")), expect)
