"""What the checks of JSON formats share: reads a corpus file with every number
as it is written, and compares with what `perfgate ingest --print` understood.

A check calls run(KINDS, read): KINDS are globs below the corpus, and read(path)
returns {(suite, benchmark, params, metric): series}, where params is a sorted
tuple of pairs and a series is {"unit", "better", "factor", "written": [...]} or
{"error": True}; or None where the file should be refused.
"""
import glob
import json
import os
import subprocess
import sys
from decimal import Decimal


class Number(str):
    """A number of JSON: its characters."""


def load(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file, parse_float=Number, parse_int=Number,
                         parse_constant=Number)


def understood(perfgate, path):
    """The printed records, joined over processes; None where refused."""
    done = subprocess.run([perfgate, "ingest", "--dry-run", "--print", path],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return None, done.stderr
    series = {}
    for line in done.stdout.splitlines():
        record = json.loads(line, parse_float=Number, parse_int=Number)
        key = (record["suite"], record["benchmark"],
               tuple(sorted(record["params"].items())), record["metric"])
        one = series.setdefault(key, {"values": [], "written": [],
                                      "unit": record["unit"],
                                      "better": record["better"],
                                      "failed": False, "derived": False})
        one["values"] += record.get("values", [])
        if "values" not in record and "summary" in record:
            one["values"].append(record["summary"]["value"])
        one["written"] += record.get("written", {}).get("values", [])
        one["failed"] |= record["status"] != "ok"
    return series, done.stderr


def exact(digits, factor):
    return float(Decimal(digits) * Decimal(factor))


def problems(wanted, got):
    for key in wanted:
        if key not in got:
            yield f"missing: {key}"
    for key in got:
        if key not in wanted:
            yield f"not in the file: {key}"
    for key, want in wanted.items():
        have = got.get(key)
        if not have:
            continue
        if want.get("error"):
            if not have["failed"]:
                yield f"{key}: failed in the file, fine here"
            if "written" not in want:
                continue
        for field in ("unit", "better"):
            if want[field] is not None and want[field] != have[field]:
                yield f"{key}: {field} {have[field]}, not {want[field]}"
        if list(want["written"]) != have["written"]:
            yield f"{key}: {have['written'][:4]}, not {want['written'][:4]}"
        for digits, value in zip(want["written"], have["values"]):
            if exact(digits, want["factor"]) != float(value):
                yield f"{key}: {digits} became {value}"


def run(kinds, read):
    corpus = os.environ.get("PERFGATE_CORPUS", "../shared/corpus")
    perfgate = sys.argv[1] if len(sys.argv) > 1 else "build/perfgate"
    paths = sorted(path for kind in kinds
                   for path in glob.glob(os.path.join(corpus, kind)))
    if not paths:
        print("ok - # SKIP no corpus")
        return
    failed = False
    for number, path in enumerate(paths, 1):
        wanted = read(path)
        got, said = understood(perfgate, path)
        name = os.path.relpath(path, corpus)
        if wanted is None or got is None:
            wrong = [] if wanted is None and got is None else [said.strip()]
            count = "refused"
        else:
            wrong = list(problems(wanted, got))
            warnings = said.count("\n") - 1
            numbers = sum(len(one["written"]) for one in got.values())
            count = f"{len(got)} series, {numbers} numbers, {warnings} warnings"
        failed |= bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}: {count}")
        for line in wrong[:10]:
            print(f"# {line}")
    print(f"1..{len(paths)}")
    sys.exit(failed)
