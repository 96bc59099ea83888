#!/usr/bin/env python3
"""k6 --out json: points, summed up once more."""

import datetime
import gzip
import json
import re

from corpus import Expected, run
from k6 import TYPES, Points


def seconds(text):
    """A time with up to nine digits of a second, exactly enough."""
    whole, fraction, zone = re.fullmatch(
        r"(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)", text).groups()
    moment = datetime.datetime.fromisoformat(
        whole + ("+00:00" if zone == "Z" else zone))
    return moment.timestamp() + float(fraction or 0)


def kind_of(data):
    if data["type"] == "trend":
        return "time" if data["contains"] == "time" else "trend"
    return data["type"]


def expect(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    points = Points(dict(TYPES))
    for line in data.decode().splitlines():
        record = json.loads(line)
        name, data = record["metric"], record["data"]
        if record["type"] == "Metric":
            points.types.setdefault(name, (name, kind_of(data)))
        else:
            points.add(name, data["value"], seconds(data["time"]),
                       data.get("tags") or {})
    return points.send(Expected())


run("k6_ndjson", lambda corpus: sorted([*corpus.glob("k6-ndjson/*"),
                                        *corpus.glob("generated/k6/*ndjson*")]),
    expect)
