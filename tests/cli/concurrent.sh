#!/bin/sh
# Eight at a time into one database that is not there yet: nothing is lost,
# and nobody is turned away.
python3 - <<'EOF'
import sqlite3, subprocess

N, ROUNDS = 8, 5
for i in range(N):
    with open(f"{i}.txt", "w") as file:
        file.write("pkg: p\n")
        for j in range(200):
            file.write(f"Benchmark{j} 1 {100 + i + j} ns/op\n")
        file.write("PASS\nok  p 1s\n")
for k in range(ROUNDS):
    runs = [subprocess.Popen(["perfgate", "ingest", "--commit", f"v{k}",
                              f"{i}.txt"], stderr=subprocess.PIPE)
            for i in range(N)]
    for run in runs:
        error = run.communicate(timeout=60)[1]
        assert run.returncode == 0, (run.returncode, error)
base = sqlite3.connect(".perfgate/perfgate.db")
assert base.execute("select count(*) from run").fetchone() == (N * ROUNDS,)
assert base.execute("select count(*) from point").fetchone() == (
    N * ROUNDS * 200,)
assert base.execute("pragma integrity_check").fetchone() == ("ok",)
# The same file eight times at once is stored once.
runs = [subprocess.Popen(["perfgate", "ingest", "--commit", "same", "0.txt"],
                         stderr=subprocess.PIPE) for _ in range(N)]
said = [run.communicate(timeout=60)[1] for run in runs]
assert all(run.returncode == 0 for run in runs)
assert sum(b"already stored" in text for text in said) == N - 1, said
EOF
