"""hyperfine's JSON and CSV, read independently of perfgate."""
import csv

from documents import load, run


def of_csv(path):
    series = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            params = tuple(sorted((key[10:], value) for key, value in
                                  row.items() if key.startswith("parameter_")))
            for column, metric in (("mean", "time"), ("user", "user"),
                                   ("system", "system")):
                series[("", row["command"], params, metric)] = {
                    "unit": "s", "better": "lower", "factor": 1,
                    "written": [row[column]]}
    return series


def read(path):
    if path.endswith(".csv"):
        return of_csv(path)
    document = load(path)
    if isinstance(document, list):
        return None  # a history: it wants --commit-from-file
    series = {}
    for result in document["results"]:
        params = tuple(sorted(result.get("parameters", {}).items()))

        def add(metric, unit, written):
            one = series.setdefault(
                ("", result["command"], params, metric),
                {"unit": unit, "better": "lower", "factor": 1, "written": []})
            one["written"] += written
            return one

        times = result.get("times") or [result["mean"]]
        one = add("time", "s", [t for t in times if float(t) > 0])
        codes = result.get("exit_codes", [])
        if any(code is None or int(code) for code in codes) or \
                any(float(t) <= 0 for t in times):
            one["error"] = True
        add("user", "s", [result["user"]])
        add("system", "s", [result["system"]])
        if result.get("memory_usage_byte"):
            add("memory", "B", result["memory_usage_byte"])
    return series


run(["hyperfine/*.json", "generated/hyperfine/*.json",
     "generated/hyperfine/*.csv"], read)
