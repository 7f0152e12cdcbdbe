#!/usr/bin/env bash
# mistral-tempest-plugin (PyPI) against a Mistral on 127.0.0.1:8989 that knows its callers by the Keystone of keystone.sh, with
# [api] allow_action_execution_deletion and `mistral-db-manage populate`. What needs Nova, Glance and virtual machines is left out.
# tempest.sh [REGEX]
set -uo pipefail
DIR=${DIR:-${TMPDIR:-/tmp}/mistral-keystone}
BIN=${VENV:-$DIR/venv}/bin WORK=$DIR/tempest
"$BIN/python" -c 'import mistral_tempest_tests' 2>/dev/null || "$BIN/pip" -q install tempest mistral-tempest-tests
export PATH=$BIN:$PATH
[ -d "$WORK" ] || tempest init "$WORK" >/dev/null 2>&1
cat > "$WORK/etc/tempest.conf" <<C
[oslo_concurrency]
lock_path = $WORK/locks
[auth]
use_dynamic_credentials = True
admin_username = admin
admin_password = secret
admin_project_name = admin
admin_domain_name = Default
tempest_roles = member
[identity]
uri_v3 = http://127.0.0.1:${PORT:-5000}/v3
auth_version = v3
region = RegionOne
v3_endpoint_type = public
[identity-feature-enabled]
api_v3 = True
[service_available]
mistral = True
nova = False
neutron = False
glance = False
cinder = False
swift = False
[validation]
run_validation = False
C
cd "$WORK" && tempest run --serial -r "${1:-mistral_tempest_tests}" \
    --exclude-regex 'test_openstack_actions|test_multi_vim|test_ssh_actions' | grep -E 'FAILED|^ - '
