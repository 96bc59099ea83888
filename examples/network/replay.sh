#!/bin/sh
# Makes NAME, a folder here, a repository with this project's history, and takes
# in what was measured of each commit: replay.sh NAME. In a real project the
# commits are there, and a job runs `perfgate ingest` after each measurement.
set -eu
cd "$(dirname "$0")"
mkdir "$1"
cd "$1"
git init -q -b main

commit() { # DATE MESSAGE
    git add -A
    GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
        git -c user.name='A U Thor' -c user.email=author@example.org \
        -c commit.gpgsign=false commit -q -m "$2"
}

measured() { # FILE DATE
    perfgate ingest --hardware bench-1 --at "$2" "../results/$1.txt"
}

cp ../*.go ../go.mod ../perfgate.json .
commit 2026-10-01 'send and receive messages'
git tag v0.4.0
measured v0.4.0 2026-10-01T13:00:00Z

patch -s -p1 <../v0.5.0.patch
commit 2026-11-02 'buffer what is sent and received'
git tag v0.5.0
measured v0.5.0 2026-11-02T13:00:00Z

# Eight nights, each after a day's commit that changes no code.
for night in 1 2 3 4 5 6 7 8; do
    echo "- day $night" >>CHANGES.md
    commit "2026-11-1$night" "note the changes of day $night"
    measured "night-$night" "2026-11-1${night}T23:00:00Z"
done

git checkout -q -b in-one-piece
patch -s -p1 <../pull-request.patch
commit 2026-11-20 'write a message in one piece'
measured pull-request 2026-11-20T13:00:00Z
