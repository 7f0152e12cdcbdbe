#!/usr/bin/env bash
# A real Keystone (SQLite, gunicorn) on 127.0.0.1, from PyPI, in a directory of its own: keystone.sh install | up | down.
# Users admin, demo, alt and mistral have the password "secret"; the catalog has Mistral at $MISTRAL_URL.
# DIR: where everything lies; VENV: the virtual environment, made if it is not there; PORT: where it listens.
set -euo pipefail
DIR=${DIR:-${TMPDIR:-/tmp}/mistral-keystone}
VENV=${VENV:-$DIR/venv}
PORT=${PORT:-5000}
MISTRAL_URL=${MISTRAL_URL:-http://127.0.0.1:8989/v2}
BIN=$VENV/bin
here=$(cd "$(dirname "$0")" && pwd)

stop() {
    local pid
    [ -s "$DIR/pid" ] || return 0
    pid=$(cat "$DIR/pid")
    # At once, with its workers, which are its group: nothing of it is worth an orderly end.
    kill -9 -- "-$pid" 2> /dev/null || kill -9 "$pid" 2> /dev/null || true
    rm -f "$DIR/pid"
}

install() {
    [ -x "$BIN/python" ] || python3 -m venv "$VENV"
    "$BIN/python" -c 'import keystone, gunicorn' 2>/dev/null || "$BIN/pip" -q install -r "$here/keystone.txt"
}

configure() {
    mkdir -p "$DIR"/etc "$DIR"/fernet "$DIR"/credential
    cat > "$DIR/etc/keystone.conf" << C
[DEFAULT]
log_file = $DIR/keystone.log
[database]
connection = sqlite:///$DIR/keystone.db
[fernet_tokens]
key_repository = $DIR/fernet
[credential]
key_repository = $DIR/credential
[cache]
enabled = false
C
    printf 'import sys\nsys.argv = ["keystone"]\nfrom keystone.wsgi.api import application  # noqa\n' > "$DIR/application.py"
}

bootstrap() {
    local url=http://127.0.0.1:$PORT/v3 manage="$BIN/keystone-manage --config-file $DIR/etc/keystone.conf" keys
    $manage db_sync 2>/dev/null
    for keys in fernet credential; do
        $manage ${keys}_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)" 2>/dev/null
    done
    $manage bootstrap --bootstrap-password secret --bootstrap-region-id RegionOne --bootstrap-public-url "$url" \
        --bootstrap-internal-url "$url" --bootstrap-admin-url "$url" 2>/dev/null
}

up() {
    local first=
    install
    configure
    [ -f "$DIR/ready" ] || first=1
    [ -z "$first" ] || { rm -f "$DIR/keystone.db"; bootstrap; }
    OS_KEYSTONE_CONFIG_DIR=$DIR/etc setsid "$BIN/gunicorn" -b "127.0.0.1:$PORT" -w 2 --pid "$DIR/pid" --log-file "$DIR/gunicorn.log" \
        --chdir "$DIR" application:application > /dev/null 2>&1 < /dev/null &
    for _ in $(seq 240); do
        "$BIN/python" "$here/keystone_users.py" answers "$PORT" 2>/dev/null && break
        sleep 0.25
    done
    if [ -n "$first" ]; then
        "$BIN/python" "$here/keystone_users.py" create "$PORT" "$MISTRAL_URL"
        touch "$DIR/ready"
    fi
    echo "Keystone is up"
}

case ${1:-up} in
install) install ;;
up) up ;;
down) stop ;;
*) echo "keystone.sh install | up | down" >&2; exit 2 ;;
esac
