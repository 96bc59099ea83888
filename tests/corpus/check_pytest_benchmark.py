"""pytest-benchmark's JSON, read independently of perfgate."""
from documents import load, run


def read(path):
    series = {}
    for one in load(path)["benchmarks"]:
        suite, _, name = one["fullname"].partition("::")
        series[(suite, name, (), "time")] = {
            "unit": "s", "better": "lower", "factor": 1,
            "written": one["stats"].get("data") or [one["stats"]["mean"]]}
    return series


run(["pytest-benchmark/*.json", "generated/pytest-benchmark/*.json"], read)
