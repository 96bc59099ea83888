#!/bin/sh
# A line of 100 MB, of whatever looks like each format, makes no crash and
# takes no memory to speak of: 64 MB, or what a sanitizer makes of it. One JSON
# document of that size takes a few times its own.
limit=65536
case $(nm "$PERFGATE" 2> /dev/null | grep -c '__asan_init') in
0) ;;
*) limit=1000000 ;;
esac
python3 - "$limit" <<'EOF'
import os, subprocess, sys

HUGE = 100 * 1000 * 1000
LIMIT = int(sys.argv[1])
starts = {
    "nothing": (b"", b"x"),
    "blanks": (b"", b" "),
    "zeros": (b"", b"\0"),
    "go": (b"pkg: p\nBenchmarkA 1 100 ns/op\nBenchmark", b"B"),
    "go numbers": (b"pkg: p\nBenchmarkA 1 100 ns/op ", b"1 ns/op "),
    "wrk": (b"Running 10s test @ http://x/\n  2 threads and ", b"1"),
    "criterion log": (b"a/b   time:   [1.0 ns 1.1 ns ", b"1"),
    "json": (b'{"metrics": {"http_reqs": {"count": ', b"1"),
    "json text": (b'{"metrics": {"', b"a"),
    "json depth": (b"", b"["),
    "json line": (b'{"type":"Point","metric":"http_reqs","data":{"a":"', b"b"),
    "ndjson": (b'{"type":"Metric","data":{"name":"http_reqs","type":"counter",'
               b'"contains":"default","thresholds":[],"submetrics":null},'
               b'"metric":"http_reqs"}\n' +
               b'{"metric":"http_reqs","type":"Point","data":{"time":'
               b'"2026-01-01T00:00:00Z","value":1,"tags":{"name":"a"}}}\n'
               b'{"metric":"http_reqs","type":"Point","data":{"time":'
               b'"2026-01-01T00:00:01Z","value":1,"tags":{"name":"', b"b"),
}
# These are read whole, being one document each, under the cap of input.h.
DOCUMENTS = ("json", "json text", "json depth", "json line")
bad = []
for name, (start, fill) in starts.items():
    with open("long", "wb") as file:
        file.write(start)
        block = fill * (1_000_000 // len(fill))
        for _ in range(HUGE // len(block)):
            file.write(block)
    with open("said", "wb") as said:
        run = subprocess.Popen(["perfgate", "ingest", "--dry-run", "long"],
                               stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(run.pid, 0)
    status = os.waitstatus_to_exitcode(status)
    size = os.path.getsize("said")
    print(f"{name}: status {status}, {usage.ru_maxrss} kB, {size} bytes said")
    if status not in (0, 3):
        bad.append(f"{name}: status {status}")
    if usage.ru_maxrss > LIMIT * (6 if name in DOCUMENTS else 1):
        bad.append(f"{name}: {usage.ru_maxrss} kB resident, limit {LIMIT}")
    if size > 10_000:
        bad.append(f"{name}: {size} bytes of messages")
    if usage.ru_utime > 20:
        bad.append(f"{name}: took {usage.ru_utime} s")
sys.exit("\n".join(bad) or 0)
EOF
