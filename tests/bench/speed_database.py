"""A database that has grown, for tests/bench/speed: 5,000 series, a value each
a run. perfgate itself stores the first run and the last 33, which is what a
comparison reads whole; those between are copies of the first in SQL, in which
the medians are moved a little, with all indexes in place, so that the file is
as it would have grown."""

import random
import sqlite3

SERIES = 5000
OWN = 33
DAY = 86400
START = 1735689600  # 2025-01-01

# A few percent around the value of the first run.
MOVED = ("{0} * (1 + 0.04 * ((series * 7919 + :run * 104729 + series * :run % 613)"
         " % 1000 / 1000.0 - 0.5))")
# Replaces the values of the first run in these columns.
COPIED = {
    "run": {"id": ":run", "revision": ":revision", "time": ":time",
            "digest": "digest || :run", "content": "content || :run"},
    "process": {"run": ":run", "time": ":time"},
    "point": {"run": ":run", "block": ":run / 32",
              "median": MOVED.format("median"), "low": MOVED.format("low")},
    "pack": {"run": ":run"},
}
# The first run in these tables, elsewhere "run = 1".
FIRST = {"run": "id = 1", "point": "block = 0 AND run = 1"}


def command(program, store, run, results):
    """Stores `run`, written anew to the file `results`."""
    chance = random.Random(run)
    with open(results, "w", encoding="utf-8") as out:
        out.write("goos: linux\ngoarch: amd64\npkg: example.test/many\n")
        for number in range(SERIES):
            out.write(f"BenchmarkMany/n={number}-2 \t 1000 \t"
                      f"{chance.gauss(1000 + number, 20):.1f} ns/op\n")
    return [program, "ingest", "--db", store, "--commit", f"v{run}", "--at",
            START + run * DAY, results]


def copies(path, first, last):
    """Adds runs `first` to `last`; a run's number is its id."""
    store = sqlite3.connect(path)
    store.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"
                        "PRAGMA cache_size = -2000000")
    revision = ("INSERT INTO revision (sha, tree, subject, time, named) SELECT"
                " 'v' || :run, tree, subject, time, named FROM revision"
                " WHERE sha = 'v1'")
    statements = []
    for table, new in COPIED.items():
        columns = [row[1] for row in
                   store.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(new.get(column, column) for column in columns)
        statements.append(f"INSERT INTO {table} SELECT {values} FROM {table}"
                          f" WHERE {FIRST.get(table, 'run = 1')}")
    for run in range(first, last + 1):
        values = {"run": run, "time": (START + run * DAY) * 10**9}
        values["revision"] = store.execute(revision, values).lastrowid
        for statement in statements:
            store.execute(statement, values)
    store.commit()
    store.close()
