#!/bin/sh
# Comparing two small files is something that people do in loops: a tenth of
# a second is already a lot.
bench A=100,101,99 B=5,6,7 > a.txt
bench A=100,102,99 B=5,6,8 > b.txt
python3 - <<'EOF'
import subprocess, time

best = 9.0
for _ in range(10):
    begun = time.monotonic()
    subprocess.run(["perfgate", "compare", "a.txt", "b.txt"], check=True,
                   stdout=subprocess.DEVNULL)
    best = min(best, time.monotonic() - begun)
print(f"{best * 1000:.1f} ms")
assert best < 0.1, best
EOF
