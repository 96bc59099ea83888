#!/bin/sh
# kill -9 at any moment of a merge: the database is as it was, or holds all that
# was to be merged; and the next merge goes through.
python3 - <<'EOF'
import os, random, shutil, subprocess, time

random.seed(11)

def perfgate(*words):
    return subprocess.run(["perfgate", *words], check=True,
                          capture_output=True).stdout

def ingest(database, version, offset, n):
    with open("bench.txt", "w") as file:
        file.write("pkg: p\n")
        for i in range(n):
            file.write(f"Benchmark{i} 1 {offset + i} ns/op 1 B/op\n")
        file.write("PASS\nok  p 1s\n")
    perfgate("ingest", "--db", database, "--commit", version, "bench.txt")

ingest("into.db", "v1", 100, 100)
for shard in range(3):
    ingest(f"{shard}.db", "v2", 1000 * shard, 8000)
shutil.copy("into.db", "before.db")
shutil.copy("into.db", "whole.db")
shards = ["0.db", "1.db", "2.db"]
begun = time.monotonic()
perfgate("db", "merge", *shards, "--db", "whole.db")
whole = time.monotonic() - begun
before = perfgate("db", "export", "--db", "before.db")
after = perfgate("db", "export", "--db", "whole.db")
assert before != after

killed = merged = 0
for i in range(int(os.environ.get("KILLS", 15))):
    shutil.copy("before.db", "into.db")
    run = subprocess.Popen(["perfgate", "db", "merge", *shards, "--db",
                            "into.db"], stderr=subprocess.DEVNULL)
    time.sleep(random.random() * whole * 1.1)
    run.kill()
    killed += run.wait() < 0
    perfgate("db", "check", "into.db")
    found = perfgate("db", "export", "--db", "into.db")
    assert found in (before, after), "half a merge"
    merged += found == after
print(f"{killed} killed, {merged} merged, a merge takes {whole:.2f} s")
assert killed >= 4, "nothing was killed in time"
perfgate("db", "merge", *shards, "--db", "into.db")
assert perfgate("db", "export", "--db", "into.db") == after
EOF
