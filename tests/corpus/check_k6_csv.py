#!/usr/bin/env python3
"""k6 --out csv: points, summed up once more."""

import csv

from corpus import Expected, quantile, run

TYPES = {  # what the columns do not say
    "http_reqs": ("requests", "counter"),
    "http_req_duration": ("latency", "time"),
    "http_req_blocked": ("blocked", "time"),
    "http_req_connecting": ("connecting", "time"),
    "http_req_tls_handshaking": ("tls", "time"),
    "http_req_sending": ("sending", "time"),
    "http_req_waiting": ("waiting", "time"),
    "http_req_receiving": ("receiving", "time"),
    "http_req_failed": ("error rate", "rate"),
    "checks": ("checks", "rate"),
    "iterations": ("iterations", "counter"),
    "iteration_duration": ("iteration duration", "time"),
    "group_duration": ("group_duration", "time"),
    "vus": ("vus", "gauge"), "vus_max": ("vus max", "gauge"),
    "data_received": ("data received", "counter"),
    "data_sent": ("data sent", "counter"),
}
SPLIT = ("http_reqs", "http_req_duration", "http_req_failed", "checks",
         "iterations", "iteration_duration", "group_duration")


def endpoint(row):
    """The first of name, group and scenario that is set; a name that is only
    the URL comes last."""
    name, url = row["name"], row["url"]
    given = bool(name) and not (name == url and "://" in name)
    group = row["group"].removeprefix("::")
    if given:
        return ("name", name)
    if group:
        return ("group", group)
    if row["scenario"]:
        return ("scenario", row["scenario"])
    return ("name", url) if name else None


def expect(path):
    found = Expected()
    points, groups, times = {}, {}, []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            metric = row["metric_name"]
            times.append(int(row["timestamp"]))
            if metric not in TYPES:
                continue
            value = float(row["metric_value"])
            where = endpoint(row) if metric in SPLIT else None
            points.setdefault((metric, "k6", ()), []).append(value)
            if (metric == "http_req_duration"
                    and row["expected_response"] == "true"):
                points.setdefault(
                    (metric, "k6", (("expected_response", "true"),)),
                    []).append(value)
            groups.setdefault(metric, {}).setdefault(where, []).append(value)
    names = {}  # one name, several tags: the first tag has it
    for where in {w for g in groups.values() for w in g if w}:
        names.setdefault(where[1], []).append(where[0])
    order = ("name", "group", "scenario")
    for metric, by_endpoint in groups.items():
        for where, values in by_endpoint.items():
            if where is None or len(by_endpoint) < 2:
                continue
            tag, name = where
            owner = min(names[name], key=order.index)
            params = () if tag == owner else ((tag, name),)
            points[metric, name, params] = values
    duration = max(times) - min(times)
    for (metric, name, params), values in points.items():
        word, kind = TYPES[metric]
        send(found, name, dict(params), word, kind, values, duration)
    return found


def send(found, name, params, word, kind, values, duration):
    if kind == "time":
        ordered = sorted(v / 1e3 for v in values)
        for stat, value in (
                ("mean", sum(ordered) / len(ordered)), ("min", ordered[0]),
                ("p50", quantile(ordered, 0.5)),
                ("p90", quantile(ordered, 0.9)),
                ("p95", quantile(ordered, 0.95)),
                ("p99", quantile(ordered, 0.99)), ("max", ordered[-1])):
            found.add(name, f"{word} {stat}", value=value, within=1e-12,
                      params=params, count=len(values))
    elif kind == "rate":
        events = sum(v != 0 for v in values)
        found.add(name, word, value=events / len(values), events=events,
                  trials=len(values), params=params, within=1e-12)
    elif kind == "counter":
        if duration:
            found.add(name, word, value=sum(values) / duration, within=1e-12,
                      params=params)
    else:
        found.add(name, word, value=values[-1], params=params,
                  min=min(values), max=max(values))


run("k6_csv", lambda corpus: sorted([*corpus.glob("k6-csv/*.csv"),
                                     *corpus.glob("generated/k6/*.csv")]),
    expect)
