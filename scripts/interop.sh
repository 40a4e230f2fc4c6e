#!/usr/bin/env bash
# The real Python SDKs as test clients of the local chain: interop/README.md. Environments with pinned packages go
# into .deps/interop/, once; arguments go to interop/run.py. The last line is JSON: {"passed": n, "failed": 0}.
set -euo pipefail
cd "$(dirname "$0")/.."

VERSIONS="11.3.0 10.5.0"
ENVS=$PWD/.deps/interop

die() { echo "make interop: $*" >&2; exit 69; }

# The first Python that the SDKs' packages are built for.
find_python() {
    local candidate
    for candidate in "${INTEROP_PYTHON:-}" python3.11 python3.12 python3.13 python3.10 python3; do
        [ -n "$candidate" ] || continue
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null || continue
        echo "$candidate"
        return
    done
    die "no Python 3.10 to 3.13 with venv: apt-get install python3 python3-venv, or name one in INTEROP_PYTHON"
}

prepare() { # version
    local constraints=interop/constraints/$1.txt folder=$ENVS/$1 wanted
    wanted="$("$PYTHON" -c 'import sys; print(sys.version)') $(cksum <"$constraints")"
    if [ -f "$folder/.complete" ] && [ "$(cat "$folder/.complete")" = "$wanted" ]; then return; fi
    echo "installing bittensor $1 into .deps/interop/$1"
    rm -rf "$folder"
    mkdir -p "$ENVS"
    "$PYTHON" -m venv "$folder"
    # Wheels only: nothing of the SDK's is built here, and what runs is what its users run.
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --requirement "$constraints"
    echo "$wanted" >"$folder/.complete"
}

PYTHON=$(find_python) || exit
for version in $VERSIONS; do prepare "$version"; done
exec "$PYTHON" interop/run.py "$@"
