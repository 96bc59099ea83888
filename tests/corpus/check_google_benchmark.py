"""google-benchmark's JSON and CSV, read independently of perfgate."""
import csv
import re

from documents import load, run

FACTORS = {"ns": "1e-9", "us": "1e-6", "ms": "1e-3", "s": "1"}
NO_COUNTERS = set("""name run_name run_type family_index threads iterations
    per_family_instance_index repetitions repetition_index real_time cpu_time
    time_unit label error_occurred error_message skipped skip_message
    aggregate_name aggregate_unit big_o rms cpu_coefficient
    real_coefficient""".split())
KNOWN = {"bytes_per_second": ("throughput", "B/s", "higher"),
         "items_per_second": ("item throughput", "elem/s", "higher")}


def numbers(entry):
    """(metric, unit, better, factor, digits) of one row."""
    factor = FACTORS[entry.get("time_unit") or "ns"]
    yield "time", "s", "lower", factor, entry["real_time"]
    yield "cpu time", "s", "lower", factor, entry["cpu_time"]
    for key, value in entry.items():
        if key not in NO_COUNTERS and value != "":
            metric, unit, better = KNOWN.get(key, (key, "1", "neutral"))
            yield metric, unit, better, "1", value


def add(series, suite, name, entry):
    for metric, unit, better, factor, digits in numbers(entry):
        series.setdefault((suite, name, (), metric), {
            "unit": unit, "better": better, "factor": factor,
            "written": []})["written"].append(digits)


def of_csv(path):
    series = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row = {key: value or "" for key, value in row.items() if key}
            if row["error_occurred"] == "true":
                series[("", row["name"], (), "time")] = {"error": True}
            elif row["iterations"]:
                add(series, "", row["name"], row)
    return series


def read(path):
    if path.endswith(".csv"):
        return of_csv(path)
    document = load(path)
    program = document["context"].get("executable", "")
    suite = re.sub(r"\.exe$", "", re.split(r"[/\\]", program)[-1])
    runs, means, series = {}, {}, {}
    for entry in document["benchmarks"]:
        name = entry.get("run_name", entry["name"])
        if entry.get("run_type", "iteration") == "iteration":
            runs.setdefault(name, []).append(entry)
        elif entry["aggregate_name"] == "mean":
            means[name] = entry
    for name in {**runs, **means}:
        for entry in runs.get(name) or [means[name]]:
            if entry.get("error_occurred"):
                series[(suite, name, (), "time")] = {"error": True}
            else:
                add(series, suite, name, entry)
    return series or None


run(["google-benchmark/*.json", "generated/google-benchmark/*.json",
     "generated/google-benchmark/*.csv"], read)
