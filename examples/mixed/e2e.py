"""From texts to answers, end to end, as JSON that perfgate reads: see "Your
own" in docs/formats.md."""

import json
import os
import sys
import tempfile
import time

import service

ROUNDS = 5


def timed(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def main():
    values = {"embed 300 texts": [], "search 30 queries": [], "save and load": []}
    path = os.path.join(tempfile.mkdtemp(), "index.json")
    for _ in range(ROUNDS + 1):
        index = service.Index()
        values["embed 300 texts"].append(
            timed(lambda: [index.add(text) for text in service.texts(300)]))
        values["search 30 queries"].append(
            timed(lambda: [index.search(text) for text in service.texts(30)]))
        values["save and load"].append(
            timed(lambda: (index.save(path), index.load(path))))
    suites = {"save and load": "e2e"}
    json.dump({"unit": "ms", "results": [
        # The first one warmed up.
        {"suite": suites.get(name, "ai"), "name": name, "values": list_[1:]}
        for name, list_ in values.items()]}, sys.stdout, indent=1)
    print()


main()
