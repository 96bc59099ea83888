#!/bin/sh
# What takes more than half a second says on a terminal how far it is, in one
# place, and takes that away again; elsewhere, and under --quiet, it is silent.
python3 - <<'PY'
import os, pty, re, subprocess, sys, threading, time

LINES = b"".join(b"BenchmarkA-8 1000 %d.5 ns/op\n" % (100 + i % 7)
                 for i in range(2000))

def feed(path):
    """Three quarters of a second's worth of a fifo."""
    with open(path, "wb") as fifo:
        for _ in range(15):
            fifo.write(LINES)
            fifo.flush()
            time.sleep(0.06)

def run(*options, terminal=True):
    os.path.exists("fifo") or os.mkfifo("fifo")
    feeder = threading.Thread(target=feed, args=("fifo",))
    feeder.start()
    master, slave = pty.openpty() if terminal else os.pipe()
    done = subprocess.Popen(
        ["perfgate", "ingest", "--dry-run", *options, "fifo"],
        env={**os.environ, "TERM": "xterm"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    said = b""
    try:
        while piece := os.read(master, 65536):
            said += piece
    except OSError:  # how a terminal ends
        pass
    feeder.join()
    assert done.wait() == 0, said
    return said.decode()

said = run()
shown, _, after = said.rpartition("\r\x1b[J")
blocks = re.findall(r"reading fifo: [\d.]+ [kM]?B, [\d.]+ k? ?lines/s", shown)
assert 0 < len(blocks) < 12, said
assert "\n" not in shown, said
for silent in (after, run("--quiet"), run(terminal=False)):
    assert "reading" not in silent and "\x1b" not in silent, silent
    assert "30000 measurements" in silent, silent
PY
