"""JMH's JSON, read independently of perfgate."""
import re

from documents import load, run

TIMES = {"s": "1", "ms": "1e-3", "us": "1e-6", "ns": "1e-9"}
RATES = {"s": "1", "ms": "1e3", "us": "1e6", "ns": "1e9", "min": None}


def unit_of(text):
    over, _, under = text.partition("/")
    if over == "ops":
        return "1/s", RATES[under], "throughput"
    if under == "op" and over in TIMES:
        return "s", TIMES[over], "time"
    return None, "1", None


def metric_of(name, metric):
    match = re.search(r"(?:[:\u00b7])p(\d)\.(\d+)$", name)
    if not match:
        return metric or name
    percent = f"{int(match[1])}{match[2][:2]}".lstrip("0")
    rest = match[2][2:]
    if percent == "":
        return "time min"
    return "time max" if percent == "100" else \
        f"time p{percent}{'.' + rest if rest else ''}"


def read(path):
    series = {}
    for result in load(path):
        suite, _, name = result["benchmark"].rpartition(".")
        params = dict(result.get("params", {}), mode=result["mode"])
        if result["threads"] != "1":
            params["threads"] = result["threads"]
        all_metrics = [(None, result["primaryMetric"])]
        all_metrics += result["secondaryMetrics"].items()
        for title, metric in all_metrics:
            unit, factor, plain = unit_of(metric["scoreUnit"])
            written = [value for fork in metric.get("rawData", [])
                       for value in fork] or [metric["score"]]
            key = (suite, name, tuple(sorted(params.items())),
                   metric_of(title, None) if title else plain)
            series[key] = {
                "unit": unit, "factor": factor, "written": written,
                "better": "higher" if result["mode"] == "thrpt" and not title
                else "lower"}
    return series


run(["jmh/*.json"], read)
