#!/usr/bin/env python3
"""criterion's own log: titles, times, throughputs."""

import re

from corpus import Expected, exact, name_of, run

TIMES = {"ps": -12, "ns": -9, "µs": -6, "us": -6, "ms": -3, "s": 0}
RATES = {"B/s": (0, 1), "KiB/s": (0, 1024), "MiB/s": (0, 1024**2),
         "GiB/s": (0, 1024**3), "elem/s": (0, 1), "Kelem/s": (3, 1),
         "Melem/s": (6, 1), "Gelem/s": (9, 1), "KB/s": (3, 1),
         "MB/s": (6, 1)}
THREE = r"\[([0-9.]+) (\S+) ([0-9.]+) (\S+) ([0-9.]+) (\S+)\]$"


def expect(path):
    found, above, title = Expected(), "", None
    for line in path.read_text().splitlines():
        time = re.match(rf"(.*?) +time: +{THREE}", line)
        rate = re.match(rf" +thrpt: +{THREE}", line)
        if time:
            title = time[1].strip() or above
            title = re.sub(r"^Benchmarking .*: Analyzing", "", title)
            low, u0, digits, unit, high, u1 = time.groups()[1:]
            suite, name = name_of(title)
            found.add(name, "time", digits, exact(digits, TIMES[unit]),
                      suite=suite, unit=unit, lower=exact(low, TIMES[u0]),
                      upper=exact(high, TIMES[u1]))
        elif rate:
            _, _, digits, unit, _, _ = rate.groups()
            found.add(name, "throughput", digits,
                      exact(digits, *RATES[unit]), suite=suite, unit=unit)
        elif re.match(r"Benchmarking .*: Analyzing$", line):
            above = re.sub(r"^Benchmarking (.*): Analyzing$", r"\1", line)
        elif line.strip() and not line.startswith((" ", "Benchmarking ",
                                                   "Found ", "{")):
            above = line.strip()
    return found


run("criterion_log",
    lambda corpus: sorted([*corpus.glob("criterion-log/*"),
                           *corpus.glob("generated/criterion/*.txt")]), expect)
