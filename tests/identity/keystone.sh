#!/usr/bin/env bash
# A real Keystone (SQLite, gunicorn) on 127.0.0.1:5000, from PyPI, in a directory of its own: keystone.sh up | down.
# Users admin, demo, alt and mistral have the password "secret". DIR: where everything lies.
set -euo pipefail
DIR=${DIR:-${TMPDIR:-/tmp}/mistral-keystone}
BIN=$DIR/venv/bin
if [ "${1:-up}" = down ]; then
    [ -s "$DIR/pid" ] && kill "$(cat "$DIR/pid")" 2>/dev/null
    rm -f "$DIR/pid"
    exit 0
fi
mkdir -p "$DIR"/etc "$DIR"/fernet "$DIR"/credential
[ -x "$BIN/python" ] || python3 -m venv "$DIR/venv"
"$BIN/python" -c 'import keystone, openstackclient' 2>/dev/null ||
    "$BIN/pip" -q install keystone gunicorn python-openstackclient python-mistralclient
cat > "$DIR/etc/keystone.conf" <<C
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
first=
[ -f "$DIR/keystone.db" ] || first=1
if [ -n "$first" ]; then
    url=http://127.0.0.1:5000/v3
    manage="$BIN/keystone-manage --config-file $DIR/etc/keystone.conf"
    $manage db_sync 2>/dev/null
    for keys in fernet credential; do
        $manage ${keys}_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)" 2>/dev/null
    done
    $manage bootstrap --bootstrap-password secret --bootstrap-region-id RegionOne --bootstrap-public-url $url \
        --bootstrap-internal-url $url --bootstrap-admin-url $url 2>/dev/null
fi
printf 'import sys\nsys.argv = ["keystone"]\nfrom keystone.wsgi.api import application  # noqa\n' > "$DIR/application.py"
OS_KEYSTONE_CONFIG_DIR=$DIR/etc setsid "$BIN/gunicorn" -b 127.0.0.1:5000 -w 2 --pid "$DIR/pid" --log-file "$DIR/gunicorn.log" \
    --chdir "$DIR" application:application >/dev/null 2>&1 </dev/null &
for _ in $(seq 120); do
    curl -fs -m 2 http://127.0.0.1:5000/v3 >/dev/null && break
    sleep 0.5
done
if [ -n "$first" ]; then
    export OS_AUTH_URL=http://127.0.0.1:5000/v3 OS_USERNAME=admin OS_PASSWORD=secret OS_PROJECT_NAME=admin \
        OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_IDENTITY_API_VERSION=3
    openstack=$BIN/openstack
    $openstack service create --name mistral workflowv2 >/dev/null
    for interface in public internal admin; do
        $openstack endpoint create --region RegionOne workflowv2 $interface http://127.0.0.1:8989/v2 >/dev/null
    done
    for project in demo alt service; do $openstack project create $project >/dev/null; done
    for user in demo alt; do
        $openstack user create $user --password secret --project $user >/dev/null
        $openstack role add --user $user --project $user member
    done
    $openstack user create mistral --password secret --project service >/dev/null
    $openstack role add --user mistral --project service admin
fi
echo "Keystone is up"
