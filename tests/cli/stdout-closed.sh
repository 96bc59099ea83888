#!/bin/sh
# No stdout at all is an error of its own, and no report goes into some other
# file. A reader that has read enough, as head, is told nothing: SIGPIPE.
bench A=100 > a.txt
bench A=300 > b.txt
expect() { # STATUS COMMAND...
    want=$1
    shift
    status=0
    "$@" || status=$?
    [ "$status" -eq "$want" ] || { echo "$*: $status, not $want"; exit 1; }
}
closed() { "$@" >&-; }
expect 4 closed perfgate compare a.txt a.txt
expect 4 closed perfgate compare a.txt b.txt
expect 4 closed perfgate compare --report json a.txt a.txt
expect 4 closed perfgate ingest -n -p a.txt
expect 4 closed perfgate help
expect 0 closed perfgate ingest --commit v1 a.txt
expect 0 closed perfgate ingest --commit v2 b.txt
closed perfgate compare --report json=r.json v1 v2 || :
python3 -c 'import json; assert json.load(open("r.json"))["status"] == 1'
# The database is none of what a closed descriptor might have opened.
expect 1 perfgate compare v1 v2
python3 - <<'EOF'
import subprocess
lines = "".join(f"Benchmark{i} 1 {100 + i} ns/op\n" for i in range(20000))
open("many.txt", "w").write("pkg: p\n" + lines)
run = subprocess.Popen(["perfgate", "ingest", "-n", "-p", "many.txt"],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
run.stdout.readline()
run.stdout.close()
error = run.stderr.read()
status = run.wait(60)
assert status == -13, (status, error)
assert b"cannot write" not in error, error
EOF
