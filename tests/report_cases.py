#!/usr/bin/env python3
"""Writes reports as JSON, as perfgate does, for the tests of what is rendered:
tests/report_cases.py FOLDER makes nasty.json, large.json, regressed.json,
failing.json, and in suite/ what go test prints of 120 benchmarks on two sides.
"""

import json
import pathlib
import sys
from random import Random

VERDICTS = (
    "regressed over-budget errored missing unconfirmed slower accepted "
    "improved faster new inconclusive not-comparable unchanged"
).split()
FAILING = VERDICTS[:4]
LISTED = VERDICTS[:6]

# Names that were made to break pages, tables and terminals.
NASTY = [
    "<script>document.title='owned'</script>",
    "<img src=https://evil.example/x onerror=document.title='owned'>",
    "'\"><svg onload=document.title='owned'>",
    "</script></title></style></textarea>--><b>",
    "pipe|in|a\\|name",
    "two\nlines\r\nand\ta tab",
    "`code` ```fence``` **bold** _it_ ~~gone~~ [link](http://evil.example)",
    "@everyone look at #1 and GH-2, www.evil.example https://evil.example",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "\U0001f680 rocket \U0001f469\u200d\U0001f4bb",
    "\"quoted\" 'single' & &lt;b&gt; {{HEADLINE}} $x^2$ <!-- perfgate -->",
    "\x1b[31mred\x1b[0m \x7f",
    "=1+2,3;\"4\"",
    "%0A::error::injected",
    "",
    "x" * 500,
]
VALUES = [0, 1e-12, 1e15, None, 1.423e-6, -3.5]


def side(value, n=20, processes=5):
    known = value is not None
    values = [value * (1 + 0.01 * ((k * 7) % 11)) for k in range(n)] if known else []
    return {
        "value": value,
        "interval": {"lower": value, "upper": value * 1.05, "level": 0.95}
        if known else None,
        "n": n if known else 0,
        "processes": processes,
        **({"values": values, "process_of": [k % processes for k in range(n)]}
           if known else {}),
        "error": "" if known else "NaN",
        "written_unit": "ns/op",
        "source": "bench.txt:14",
    }


def row(order, label, verdict, base, head, **more):
    both = base is not None and head is not None
    change = head / base - 1 if both and base else None
    points = [{"value": (base or 1) * (1 + 0.01 * (k % 3)), "level": None,
               "revision": f"{k:040x}"}
              for k in range(12)]
    return {
        "key": f"{order}", "suite": "suite", "benchmark": label, "label": label,
        "metric": "time", "unit": "s", "better": "lower", "kind": "micro",
        "order": order, "verdict": verdict, "reason": "",
        "evidence": "replicated",
        "decided": {"by": "test", "change": change, "limit": 0.1, "p": 0.0123,
                    "level": 0.01, "tests": 20}
        if change is not None else {"by": "absence"},
        "gated": True, "not_gated": "",
        "fails": verdict in FAILING, "listed": verdict in LISTED,
        "change": change,
        "change_interval": None if change is None else
        {"lower": change - 0.02, "upper": change + 0.02, "level": 0.95},
        "difference": head - base if both else None,
        "p": 0.0123, "threshold": 0.1, "threshold_source": "--threshold",
        "effective_threshold": 0.1, "detectable": 0.042, "footnotes": [0],
        "base": side(base), "head": side(head),
        "working": {"n": 5, "history": 0.01, "earlier": 12, "points": points},
        **more,
    }


def origin(label):
    return {
        "label": label, "id": "0123456789abcdef0123456789abcdef01234567",
        "subject": NASTY[0], "time": "2026-11-18T07:49:48Z", "dirty": True,
        "runs": 2, "series": 23, "how": "merge-base with main, 3 commits back",
    }


def report(rows, headline):
    counts = {v: sum(r["verdict"] == v for r in rows) for v in VERDICTS}
    return {
        "perfgate": "report", "version": 1, "program": "0.1.0",
        "time": "2026-11-21T07:49:48Z", "status": 1, "outcome": "failed",
        "gate": True, "tone": "fail", "headline": headline, "command": f"perfgate {NASTY[4]}",
        "threshold": 0.1, "threshold_given": True,
        "limit_lowest": 0.1, "limit_highest": 0.1,
        "benchmarks": {"n": len(rows), "judged": len(rows),
                       "fails": sum(r["fails"] for r in rows),
                       "counts": counts,
                       "failing": {v: counts[v] * (v in FAILING)
                                   for v in VERDICTS}},
        "counts": counts,
        "n_rows": len(rows), "n_gated": len(rows),
        "n_fails": sum(r["fails"] for r in rows),
        "sections": [{
            "hardware": None, "base": origin(NASTY[1]), "head": origin(NASTY[8]),
            "other_hardware": [NASTY[0]], "detectable": 0.035,
            "sights": [{"what": "timings", "exact": False, "n": len(rows),
                        "blind": 0, "detectable": 0.035}],
            "shift": "",
            "shift_fails": False, "notes": [NASTY[1], NASTY[7]],
            "advice": [NASTY[2]], "geomeans": [], "rows": rows,
        }],
        "footnotes": [NASTY[3]], "warnings": [NASTY[5]],
    }


def nasty():
    rows = [row(i, name, "regressed", 1e-3, 2e-3, suite=name, metric=name,
                unit=name, reason=name, budget=name, budget_crossed=True)
            for i, name in enumerate(NASTY)]
    for i, base in enumerate(VALUES):
        for k, head in enumerate(VALUES):
            verdict = VERDICTS[(i * len(VALUES) + k) % len(VERDICTS)]
            rows.append(row(len(rows), f"values {i} {k}", verdict, base, head))
    return report(rows, NASTY[0])


def many(n, each):
    rows = [row(i, f"Benchmark_{i}/n={i * 3} cpus=2",
                "regressed" if i % each == 0 else "unchanged",
                1e-3 + i * 1e-6, 1.2e-3 + i * 1e-6, suite=f"suite {i % 7}")
            for i in range(n)]
    rows.sort(key=lambda r: not r["fails"])
    return report(rows, f"{n // each} benchmarks slower than allowed")


def failing(n):
    """All of them are over the limit, under names that do not fit anywhere."""
    rows = [row(i, f"Benchmark/{'very/deeply/nested/' * 5}case_{i}/n={i * 3} "
                "cpus=2", "regressed", 1e-3 + i * 1e-6, 1.2e-3 + i * 1e-6,
                suite=f"example.org/a/long/import/path/of/a/package/{i % 7}")
            for i in range(n)]
    return report(rows, f"{n} benchmarks slower than allowed")


SUITES = ["plan", "codec", "storage/btree", "http/router", "queue",
          "render/template"]
OPERATIONS = ("Plan Encode Decode Insert Lookup Scan Merge Route Push Pop Render "
              "Parse Split Join Hash Sort Filter Reduce Copy Walk").split()
FACTORS = {(0, 0): (1.31, 2), (2, 3): (1.18, 1), (3, 7): (1.07, 1),
           (1, 1): (0.78, 0.5), (4, 8): (0.9, 1)}


def go_output(is_head):
    """120 benchmarks: 3 slower, 2 faster, 1 failed, 1 gone, 2 new, 3 noisy."""
    random = Random(f"head {is_head}")
    lines = []
    for s, suite in enumerate(SUITES):
        lines += ["goos: linux", "goarch: amd64", f"pkg: example.org/shop/{suite}"]
        names = [f"{name}/rows={10 ** (2 + i % 4)}"
                 for i, name in enumerate(OPERATIONS)]
        names += ["Fresh/rows=1000"] if is_head and s in (1, 2) else []
        for i, name in enumerate(names):
            name = f"Benchmark{name}-8"
            time, allocs = FACTORS.get((s, i), (1, 1)) if is_head else (1, 1)
            spread = 0.06 if (s, i) in ((1, 5), (3, 9), (5, 2)) else 0.006
            if is_head and (s, i) == (5, 10):
                lines += [f"--- FAIL: {name}", "    t_test.go:41: unexpected end"]
                continue
            for _ in range(0 if is_head and (s, i) == (4, 9) else 10):
                value = (1 + (s * 20 + i) * 1.7) * time
                value *= 1000 * (1 + abs(random.gauss(0, spread)))
                lines.append(f"{name} 1000 {value:.1f} ns/op {16 * (12 + i)} B/op "
                             f"{int((12 + i) * allocs)} allocs/op")
        lines.append("FAIL" if is_head and s == 5 else "PASS")
    return "\n".join(lines) + "\n"


def write_suite(folder):
    """base.txt, head.txt and a perfgate.json with two budgets in `folder`."""
    folder.mkdir()
    for name in ("base", "head"):
        (folder / f"{name}.txt").write_text(go_output(name == "head"))
    rule = {"suite": "*/plan", "benchmark": "*Lookup*", "metric": "time"}
    (folder / "perfgate.json").write_text(json.dumps({
        "threshold": "5%", "rules": [
            {**rule, "budget": "< 20us"},
            {**rule, "benchmark": "*Scan*", "budget": "< 1us"}]}))


def main(folder):
    cases = {"nasty": nasty(), "large": many(10000, 100),
             "regressed": many(5000, 1), "failing": failing(10000)}
    for name, case in cases.items():
        path = pathlib.Path(folder) / f"{name}.json"
        path.write_text(json.dumps(case), encoding="utf-8")
    write_suite(pathlib.Path(folder) / "suite")


if __name__ == "__main__":
    main(sys.argv[1])
