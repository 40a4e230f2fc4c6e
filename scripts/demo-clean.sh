#!/usr/bin/env bash
# Forgets the demo's chain and database.
set -euo pipefail
if [ "$(id -u)" = 0 ]; then data=/var/lib/weighmaster/demo; else data=$HOME/.local/share/weighmaster/demo; fi
if [ -e "$data/postgres/data/postmaster.pid" ] && kill -0 "$(head -n 1 "$data/postgres/data/postmaster.pid")" 2>/dev/null; then
    echo "the demo is running: stop it first" >&2
    exit 69
fi
rm -rf "$data"
echo "forgot $data"
