"""What the checks of the corpus share.

A check re-reads outputs of tools on its own, in Python, and compares what it
finds with what `perfgate ingest --dry-run --print` says, both ways: nothing
may be missing, and nothing may be there that the file does not say. What was
written has to be what stands in the file, character by character, and a value
what its digits mean: the double nearest to the decimal number in base units.

    check_x.py PROGRAM

reads the corpus in $PERFGATE_CORPUS and prints a line for each input, "ok N -
FILE: ..." or "not ok N - FILE: ...".
"""

import fractions
import json
import math
import os
import pathlib
import subprocess
import sys

SECONDS = 120


class Problem(Exception):
    pass


def name_of(title):
    """Suite and benchmark of what criterion calls a title."""
    suite, _, name = title.partition("/")
    return (suite, name) if suite and name else ("", title)


def ingest(program, path, *options):
    """(series, warnings, refusal): refusal is None where it was read."""
    done = subprocess.run(
        [program, "ingest", "--dry-run", "--print", *options, str(path)],
        capture_output=True, timeout=SECONDS, cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent",
             "LC_ALL": "C.UTF-8"})
    said = done.stderr.decode("utf-8", "replace").splitlines()
    if done.returncode not in (0, 3):
        raise Problem(f"status {done.returncode}: {' '.join(said)[-300:]}")
    series = [json.loads(line) for line in done.stdout.splitlines()]
    refusal = None
    if done.returncode:
        refusal = " ".join(said)
        if not refusal.startswith("error: ") and "error: " not in refusal:
            raise Problem("refused without saying why")
    return series, said, refusal


def exact(digits, exp10=0, factor=1):
    """The double nearest to digits * 10^exp10, times factor."""
    number = fractions.Fraction(digits) * fractions.Fraction(10) ** exp10
    return float(number) * factor


def near(a, b, tolerance=1e-12):
    return a == b or abs(a - b) <= tolerance * max(abs(a), abs(b))


def quantile(values, p):
    """Interpolated linearly at p * (n - 1); `values` is sorted."""
    at = p * (len(values) - 1)
    low = math.floor(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


class Expected:
    """What a file says: by benchmark, metric, parameters and process."""

    def __init__(self):
        self.of = {}

    def add(self, benchmark, metric, written=None, value=None, *, suite="",
            params=None, process=0, unit=None, events=None, trials=None,
            values=None, within=0.0, error=False, **summary):
        key = (suite, benchmark, tuple(sorted((params or {}).items())),
               metric, process)
        if key in self.of:
            raise Problem(f"{key} is expected twice")
        self.of[key] = dict(written=written, value=value, unit=unit,
                            events=events, trials=trials, values=values,
                            within=within, error=error, summary=summary)

    def compare(self, series):
        seen = set()
        for one in series:
            key = (one["suite"], one["benchmark"],
                   tuple(sorted(one["params"].items())), one["metric"],
                   one["process"])
            if key in seen:
                raise Problem(f"{key} is there twice")
            seen.add(key)
            if key not in self.of:
                raise Problem(f"{key} is not in the file")
            self.compare_one(key, one, self.of[key])
        missing = set(self.of) - seen
        if missing:
            raise Problem(f"{len(missing)} missing, such as {min(missing)}")
        return len(seen)

    @staticmethod
    def compare_one(key, one, expected):
        def same(what, got, wanted):
            if wanted is not None and got != wanted and not (
                    expected["within"] and got is not None
                    and near(got, wanted, expected["within"])):
                raise Problem(f"{key}: {what} is {got}, and in the file "
                              f"{wanted}")
        got = one.get("summary", {})
        written = expected["written"]
        if expected["error"] != (one["status"] != "ok"):
            raise Problem(f"{key}: status {one['status']}, {one['error']}")
        if expected["error"]:
            return
        if written is not None and not isinstance(written, list):
            written = [written]
        if written is not None and one["written"]["values"] != written:
            raise Problem(f"{key}: written {one['written']['values'][:3]}, "
                          f"and in the file {written[:3]}")
        # What was computed stands nowhere, and is said to be so.
        if written == [] and not one.get("computed"):
            raise Problem(f"{key}: not said to be computed")
        same("unit written", one["written"]["unit"], expected["unit"])
        same("value", got.get("value"), expected["value"])
        same("events", one.get("events"), expected["events"])
        same("trials", one.get("trials"), expected["trials"])
        if expected["values"] is not None:
            values = one.get("values", [])
            if len(values) != len(expected["values"]):
                raise Problem(f"{key}: {len(values)} values, and in the file "
                              f"{len(expected['values'])}")
            for a, b in zip(values, expected["values"]):
                same("a value", a, b)
        for name, value in expected["summary"].items():
            same(name, got.get(name), value)


def run(name, inputs, expect, options=()):
    """Checks every input: inputs(corpus) yields paths, expect(path) gives an
    Expected, or None where there is nothing to find and a refusal is right."""
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1
                              else "build/perfgate")
    corpus = pathlib.Path(os.environ.get("PERFGATE_CORPUS",
                                         "../shared/corpus")).resolve()
    failed = n = 0
    for path in inputs(corpus):
        n += 1
        label = f"{n} - {path.relative_to(corpus)} ({name})"
        try:
            expected = expect(path)
            series, said, refusal = ingest(program, path, *options)
            if expected is None:
                if refusal is None:
                    raise Problem("there is nothing in it, and it was read")
                print(f"ok {label}: refused")
                continue
            if refusal is not None:
                raise Problem(refusal[:300])
            found = expected.compare(series)
            print(f"ok {label}: {found} series, "
                  f"{max(len(said) - 1, 0)} warnings")
        except (Problem, subprocess.TimeoutExpired) as problem:
            failed += 1
            print(f"not ok {label}: {problem}")
    if not n:
        print(f"ok - # SKIP no {name} in the corpus")
    sys.exit(failed > 0)
