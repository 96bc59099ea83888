#!/bin/sh
# Ctrl-C during `perfgate run`: one ends it after the current process, two end
# it now, and neither is judged; a kill leaves what the next run clears away.
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a \
    GIT_COMMITTER_EMAIL=a@b TMPDIR="$PWD"
git init -q repo
cd repo || exit 1
printf 'Benchmark%s\n' 'A 1000' 'B 2000' 'C 300' > speeds
git add speeds
git commit -q -m one
git commit -q --allow-empty -m two
python3 - <<'END'
import glob, os, signal, subprocess, time

calls = os.path.abspath("../calls")
env = dict(os.environ, CALLS=calls)
command = ["perfgate", "run", "--base", "HEAD~1", "--rounds", "200", "--",
           "sh", "-c", 'echo $$ >> "$CALLS"; sleep ${NAP:-0.02}; fakebench']

def heed(): # what was ignored when perfgate starts stays ignored
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, signal.SIG_DFL)

def start(**more):
    if os.path.exists(calls):
        os.remove(calls)
    return subprocess.Popen(command, env=dict(env, **more), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=heed)

def pids():
    return open(calls).read().split() if os.path.exists(calls) else []

def wait_for(n):
    end = time.monotonic() + 60
    while len(pids()) < n:
        assert time.monotonic() < end, pids()
        time.sleep(0.01)

def trees():
    out = subprocess.run(["git", "worktree", "list"], text=True, check=True,
                         stdout=subprocess.PIPE).stdout
    return len(out.splitlines())

def nothing_left():
    assert trees() == 1, trees()
    assert not glob.glob("../perfgate-*"), glob.glob("../perfgate-*")
    for pid in pids():
        assert not os.path.exists(f"/proc/{pid}"), pid

run = start()
wait_for(2 + 2 * 6)
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=60)
assert run.returncode == 130, (run.returncode, out, err)
assert not out and "rounds: the results are not judged" in err, (out, err)
nothing_left()

# A cancelled job.
for number in signal.SIGTERM, signal.SIGHUP:
    run = start()
    wait_for(2 + 2 * 4)
    run.send_signal(number)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 128 + number, (run.returncode, out, err)
    assert not out and "not judged" in err, (out, err)
    assert "regressed" not in err and "passed" not in err, err
    nothing_left()

run = start(NAP="30")
wait_for(1)
begun = time.monotonic()
run.send_signal(signal.SIGINT)
time.sleep(0.3)
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=60)
assert time.monotonic() - begun < 10, "two interrupts end it now"
assert run.returncode == 130 and "interrupted before" in err, (
    run.returncode, err)
nothing_left()

# In the first round, in which there is nothing to compare.
plain = list(command)
command[4:4] = ["--warmup", "0"]
command[-1] = ('echo $$ >> "$CALLS"; n=$(wc -l < "$CALLS"); '
               '[ $n -ne $AT ] || sleep 30; fakebench')
for at in 1, 2:
    run = start(AT=str(at))
    wait_for(at)
    run.send_signal(signal.SIGINT)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130 and "interrupted before" in err, (
        run.returncode, err)
    nothing_left()
command[:] = plain

# While the first side is prepared: the other is not begun.
command[4:4] = ["--prepare", 'echo $$ >> "$CALLS"; sleep 1']
run = start()
wait_for(1)
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=60)
assert run.returncode == 130 and "interrupted before" in err, (
    run.returncode, err)
assert len(pids()) == 1, pids()
nothing_left()
run = start()
wait_for(1)
run.send_signal(signal.SIGTERM)
out, err = run.communicate(timeout=60)
assert run.returncode == 143, (run.returncode, err)
assert "interrupted before" in err, err
nothing_left()
command[:] = plain

# One version alone: what there is is stored, and how many there should be is
# said.
pair = command[2:4]
del command[2:4]
run = start()
wait_for(2)
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=60)
assert run.returncode == 130, (run.returncode, out, err)
assert "of 200 processes measured" in err and "stored under" in err, err
command[2:2] = pair

run = start(NAP="30")
wait_for(1)
run.kill()
run.communicate()
end = time.monotonic() + 10
while os.path.exists(f"/proc/{pids()[0]}"):
    assert time.monotonic() < end, "a child outlived perfgate"
    time.sleep(0.05)
assert trees() > 1
command[command.index("200")] = "3"
run = start()
out, err = run.communicate(timeout=60)
assert run.returncode == 0 and "left behind" in err, (out, err)
nothing_left()

# What is not known to be a dead perfgate's stays.
os.mkdir("../perfgate-abcdef")
run = start()
run.communicate(timeout=60)
assert glob.glob("../perfgate-*") == ["../perfgate-abcdef"]
END
