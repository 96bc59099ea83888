#!/bin/sh
# kill -9 at any moment of an ingest: the database is whole, and holds all of
# the ingest or nothing of it.
python3 - <<'EOF'
import os, random, sqlite3, subprocess, time

random.seed(7)
def write(name, offset, n):
    with open(name, "w") as file:
        file.write("pkg: p\n")
        for i in range(n):
            file.write(f"Benchmark{i} 1 {offset + i} ns/op 1 B/op\n")
        file.write("PASS\nok  p 1s\n")

write("first.txt", 100, 10)
write("many.txt", 200, 30000)
command = ["perfgate", "ingest", "--db", "x.db", "--commit"]
subprocess.run(command + ["first", "first.txt"], check=True)
begun = time.monotonic()
subprocess.run(command + ["whole", "many.txt"], check=True)
whole = time.monotonic() - begun

def runs():
    # Opening for writing rolls back what the dead left behind.
    base = sqlite3.connect("x.db")
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    assert base.execute("pragma foreign_key_check").fetchone() is None
    found = dict(base.execute(
        "select run.id, count(*) from run join point"
        " on point.run = run.id group by run.id"))
    total = base.execute("select count(*) from run").fetchone()[0]
    base.close()
    assert total == len(found), (total, found)
    return found

before = len(runs())
killed = stored = 0
for i in range(int(os.environ.get("KILLS", 20))):
    run = subprocess.Popen(command + [f"try{i}", "many.txt"],
                           stderr=subprocess.DEVNULL)
    time.sleep(random.random() * whole * 1.1)
    run.kill()
    killed += run.wait() < 0
    found = runs()
    assert set(found.values()) <= {20, 60000}, found
    assert len(found) - before in (stored, stored + 1)
    stored = len(found) - before
print(f"{killed} killed, {stored} stored, an ingest takes {whole:.2f} s")
assert killed >= 5, "nothing was killed in time"
# And the next one goes through as if nothing had been.
subprocess.run(command + ["after", "many.txt"], check=True, timeout=60)
assert len(runs()) == before + stored + 1
EOF
perfgate compare --db x.db --no-gate first after > /dev/null
