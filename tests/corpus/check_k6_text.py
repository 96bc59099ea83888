#!/usr/bin/env python3
"""k6's end-of-test text, old and new."""

import re

from corpus import Expected, exact, run

WORDS = {"http_reqs": "requests", "http_req_duration": "latency",
         "http_req_blocked": "blocked", "http_req_connecting": "connecting",
         "http_req_tls_handshaking": "tls", "http_req_sending": "sending",
         "http_req_waiting": "waiting", "http_req_receiving": "receiving",
         "http_req_failed": "error rate", "vus_max": "vus max",
         "iteration_duration": "iteration duration",
         "data_received": "data received", "data_sent": "data sent",
         "checks_succeeded": "checks"}
OWN = ("cache_misses", "item_latency")  # of the scripts that made the corpus
STATISTICS = {"avg": "mean", "med": "p50"}
UNITS = {"h": 3600, "m": 60, "s": 1, "ms": -3, "µs": -6, "ns": -9}
SIZES = {"B": 0, "kB": 3, "MB": 6, "GB": 9}
LINE = re.compile(r"^\s*(✓|✗|Γ£ô|Γ£ù)?\s*([\w{][\w{}:/ ]*?)\.{3,}: (.*)$")


def decode(data):
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
                       (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(name)
    return data.decode()


def of_time(text):
    digits, unit = re.fullmatch(r"([0-9.]+)(ms|µs|ns|s)", text).groups()
    return digits, unit, exact(digits, UNITS[unit] if unit != "s" else 0)


def read_line(found, name, params, benchmark, text, crossed):
    word = WORDS.get(name, name)
    pairs = re.findall(r"(\S+?)=([0-9.]+\S*)", text)
    if text.startswith(("avg=", "min=")):
        for key, value in pairs:
            if key == "count":
                continue
            stat = STATISTICS.get(key) or re.sub(r"^p\((.*)\)$", r"p\1", key)
            digits, unit, seconds = of_time(value)
            found.add(benchmark, f"{word} {stat}", digits, seconds, unit=unit,
                      params=params)
        if crossed:
            found.add(benchmark, f"{word} threshold", params=params,
                      error=True)
    elif "%" in text:
        digits = text.split("%")[0]
        n, m = re.findall(r"[0-9]+", text.split("%", 1)[1])
        trials = int(m) if "out of" in text else int(n) + int(m)
        found.add(benchmark, word, digits, exact(digits, -2), unit="%",
                  events=float(n), trials=float(trials), params=params)
    elif pairs:
        digits = text.split()[0]
        found.add(benchmark, word, digits, exact(digits), params=params)
    else:
        count, rate = re.fullmatch(r"([0-9.]+(?: [kMG]?B)?) +(\S.*)/s",
                                   text.strip()).groups()
        digits, *size = rate.split()
        found.add(benchmark, word, digits,
                  exact(digits, SIZES[size[0]] if size else 0), params=params,
                  unit=(size[0] if size else "") + "/s")
        if name in OWN:
            found.add(benchmark, f"{word} count", count, exact(count),
                      params=params)


def expect(path):
    found = Expected()
    above = None
    for line in decode(path.read_bytes()).splitlines():
        match = LINE.match(line)
        if not match:
            continue
        mark, name, text = match.groups()
        tags = re.fullmatch(r"\{ (\w+):(.*) \}", name)
        name = above if tags else name
        above = name
        if name in ("checks_total", "checks_failed"):
            continue
        params, benchmark = {}, "k6"
        if tags and tags[1] == "name":
            benchmark = tags[2]
        elif tags:
            params = {tags[1]: tags[2]}
        read_line(found, name, params, benchmark, text,
                  mark in ("✗", "Γ£ù"))
    return found


run("k6_text",
    lambda corpus: sorted([*corpus.glob("k6-text/*.txt"),
                           *corpus.glob("generated/k6/*stdout.txt")]), expect)
