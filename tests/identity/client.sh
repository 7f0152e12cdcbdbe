#!/usr/bin/env bash
# python-openstackclient through the service catalog, and python-mistralclient's functional suite, test_cli_multi_tenancy included, against
# a Mistral on 127.0.0.1:8989 that knows its callers by the Keystone of keystone.sh.
# client.sh CHECKOUT [TEST-ID…]: CHECKOUT is a work tree of openstack/python-mistralclient, which has the documents of its suite.
set -uo pipefail
checkout=$(cd "${1:?a work tree of python-mistralclient}" && pwd)
shift
DIR=${DIR:-${TMPDIR:-/tmp}/mistral-keystone}
VENV=${VENV:-$DIR/venv}
BIN=$VENV/bin
"$BIN/python" -c 'import tempest, openstackclient, mistralclient' 2>/dev/null ||
    "$BIN/pip" -q install tempest python-openstackclient python-mistralclient
cloud() {
    cat << C
  $1:
    region_name: RegionOne
    identity_api_version: "3"
    auth: {auth_url: "http://127.0.0.1:${PORT:-5000}/v3", username: $2, password: secret, project_name: ${3:-$2},
           user_domain_id: default, project_domain_id: default}
C
}
{
    echo clouds:
    cloud devstack-admin admin
    cloud devstack demo
    cloud devstack-alt-member alt alt_demo
    cloud devstack-alt alt alt_demo
} > "$DIR/clouds.yaml"
export OS_CLIENT_CONFIG_FILE=$DIR/clouds.yaml OS_MISTRALCLIENT_EXEC_DIR=$BIN PATH=$BIN:$PATH
# The suite asks for the second project by the name that devstack gives it.
openstack --os-cloud devstack-admin project create --or-show alt_demo -f value -c id > /dev/null
openstack --os-cloud devstack-admin role add --user alt --project alt_demo member
failed=0
if [ $# -eq 0 ]; then
    work=$(mktemp -d)
    printf "version: '2.0'\nosc_wf:\n  output: {o: done}\n  tasks:\n    t: {action: std.noop}\n" > "$work/wf.yaml"
    osc() { openstack --os-cloud devstack "$@"; }
    check() {
        if "${@:2}" > "$work/out" 2>&1; then echo "ok   $1"; else echo "FAIL $1"; cat "$work/out"; failed=1; fi
    }
    check "openstack workflow create" osc workflow create "$work/wf.yaml" -f json
    check "openstack workflow list" osc workflow list -f json
    check "openstack workflow execution create" osc workflow execution create osc_wf -f json
    id=$(python3 -c 'import json, sys; print(json.load(sys.stdin)["ID"])' < "$work/out")
    sleep 1
    check "openstack workflow execution show" osc workflow execution show "$id" -f json
    grep -q SUCCESS "$work/out" || { echo "FAIL it has not ended well"; failed=1; }
    check "openstack task execution list" osc task execution list -f json
    check "openstack workflow execution delete" osc workflow execution delete "$id"
    check "openstack workflow delete" osc workflow delete osc_wf
    rm -r "$work"
    set -- mistralclient.tests.functional.cli.v2.test_cli_v2 mistralclient.tests.functional.cli.v2.test_cli_multi_tenancy
fi
cd "$checkout" && PYTHONPATH=$checkout python - "$@" << 'P'
import os
import sys

from mistralclient.tests.functional.cli.v2 import base_v2, test_cli_v2
from testtools import run

url = os.environ.get("MISTRAL_URL", "http://127.0.0.1:8989/v2")
base_v2.MistralClientTestBase._mistral_url = url
test_cli_v2.SimpleMistralCLITests._mistral_url = url
run.main(["run"] + sys.argv[1:], sys.stdout)
P
[ $? -eq 0 ] && exit $failed
