#!/usr/bin/env python3
"""k6 --out csv: points, summed up once more."""

import csv

from corpus import Expected, run
from k6 import TYPES, Points


def expect(path):
    points = Points(TYPES)  # of the script's own metrics no type is said
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            points.add(row["metric_name"], float(row["metric_value"]),
                       int(row["timestamp"]), row)
    return points.send(Expected())


run("k6_csv", lambda corpus: sorted([*corpus.glob("k6-csv/*.csv"),
                                     *corpus.glob("generated/k6/*.csv")]),
    expect)
