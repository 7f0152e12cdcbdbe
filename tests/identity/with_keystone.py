#!/usr/bin/env python3
"""Mistral with a real Keystone: with_keystone.py [MISTRAL-SERVER]

Needs the Keystone of keystone.sh (which it stops and starts meanwhile; DIR, VENV and PORT are for it). Starts a server on
127.0.0.1:8989 (MISTRAL_PORT) with its own database. The last line is "all checks".
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
MISTRAL_PORT = os.environ.get("MISTRAL_PORT", "8989")
KEYSTONE = f"http://127.0.0.1:{os.environ.get('PORT', '5000')}/v3"
MISTRAL = f"http://127.0.0.1:{MISTRAL_PORT}/v2"
CACHE = 4
CONFIGURATION = f"""
[api]
host = 127.0.0.1
port = {MISTRAL_PORT}
allow_action_execution_deletion = True
[keystone_authtoken]
www_authenticate_uri = {KEYSTONE}
auth_url = http://127.0.0.1:1/v3, {KEYSTONE}
auth_type = password
username = mistral
password = secret
project_name = service
user_domain_name = Default
project_domain_name = Default
service_type = workflowv2
token_cache_time = {CACHE}
http_request_max_retries = 1
[security_context]
keys = AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
[cron_trigger]
execution_interval = 1
"""


def call(method, url, token=None, body=None, **headers):
    data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/plain" if isinstance(body, str) else "application/json"
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, {"Content-Type": kind, "Accept": "application/json", **headers}, method=method)
    if token:
        request.add_header("X-Auth-Token", token)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        text = error.read()
        return error.code, error.headers, text.decode(errors="replace")


def auth(identity, scope=None):
    body = {"auth": {"identity": identity}}
    if scope:
        body["auth"]["scope"] = scope
    status, headers, answer = call("POST", KEYSTONE + "/auth/tokens", body=body)
    assert status == 201, answer
    return headers["X-Subject-Token"], answer["token"]


def token(user, project):
    domain = {"id": "default"}
    identity = {"methods": ["password"], "password": {"user": {"name": user, "domain": domain, "password": "secret"}}}
    return auth(identity, {"project": {"name": project, "domain": domain}})


def expect(what, actual, *wanted):
    assert actual in wanted, f"{what}: {actual} instead of {wanted}"
    print("ok  ", what)


def keystone(command):
    subprocess.run([os.path.join(HERE, "keystone.sh"), command], check=True)


def checks():
    admin, _ = token("admin", "admin")
    demo, about = token("demo", "demo")
    alt, _ = token("alt", "alt")
    get = lambda token, path="/workflows", **headers: call("GET", MISTRAL + path, token, **headers)

    expect("a token of a member", get(demo)[0], 200)
    text = "version: '2.0'\nkeystone_wf:\n  tasks:\n    t: {action: std.noop}\n"
    status, _, made = call("POST", MISTRAL + "/workflows", demo, text)
    expect("an upload", status, 201)
    workflow = made["workflows"][0]
    expect("it belongs to the project of the token", workflow["project_id"], about["project"]["id"])
    expect("another project does not see it", get(alt, "/workflows/" + workflow["id"])[0], 404)
    expect("headers of the client mean nothing", get(alt, "/workflows/" + workflow["id"], X_Roles="admin",
                                                      X_Project_Id=about["project"]["id"])[0], 404)
    expect("an administrator does", get(admin, "/workflows/" + workflow["id"])[0], 200)
    expect("all projects are for administrators", get(demo, "/executions?all_projects=true")[0], 403)
    expect("an execution", call("POST", MISTRAL + "/executions", demo, {"workflow_id": workflow["id"]})[0], 201)

    status, headers, _ = get("nonsense")
    expect("no token", status, 401)
    challenges = headers.get_all("WWW-Authenticate")
    expect("where to get one", f'Keystone uri="{KEYSTONE}"' in challenges, True)
    expect("nothing at all", get(None)[0], 401)

    unscoped, _ = auth({"methods": ["token"], "token": {"id": demo}}, "unscoped")
    expect("a token without a project", get(unscoped)[0], 403)
    system, _ = auth({"methods": ["password"], "password": {"user": {"name": "admin", "domain": {"id": "default"},
                                                                     "password": "secret"}}}, {"system": {"all": True}})
    expect("an administrator of the system reads", get(system)[0], 200)

    credential = {"name": f"c{time.time()}", "roles": [{"name": "member"}]}
    user = about["user"]["id"]
    call_body = {"application_credential": credential}
    status, _, answer = call("POST", f"{KEYSTONE}/users/{user}/application_credentials", demo, call_body)
    expect("an application credential is made", status, 201)
    made = answer["application_credential"]
    free, _ = auth({"methods": ["application_credential"], "application_credential": {"id": made["id"], "secret": made["secret"]}})
    expect("its token", get(free)[0], 200)
    credential = {"name": f"r{time.time()}", "access_rules": [{"service": "workflowv2", "method": "GET", "path": "/v2/workflows"}]}
    status, _, answer = call("POST", f"{KEYSTONE}/users/{user}/application_credentials", demo, {"application_credential": credential})
    made = answer["application_credential"]
    bound, _ = auth({"methods": ["application_credential"], "application_credential": {"id": made["id"], "secret": made["secret"]}})
    expect("its access rules allow", get(bound)[0], 200)
    expect("its access rules refuse", get(bound, "/executions")[0], 401)

    doomed, _ = token("alt", "alt")
    expect("a token", get(doomed)[0], 200)
    call("DELETE", KEYSTONE + "/auth/tokens", admin, X_Subject_Token=doomed)
    time.sleep(CACHE + 1)
    expect("it is refused when it is revoked", get(doomed)[0], 401)
    alt, about = token("alt", "alt")
    expect("a token", get(alt)[0], 200)
    url = f"{KEYSTONE}/users/{about['user']['id']}"
    call("PATCH", url, admin, {"user": {"enabled": False}})
    time.sleep(CACHE + 1)
    expect("a disabled user is refused", get(alt)[0], 401)
    call("PATCH", url, admin, {"user": {"enabled": True}})

    fresh, _ = token("demo", "demo")
    other, _ = token("alt", "alt")
    expect("a token", get(fresh)[0], 200)
    keystone("down")
    expect("known tokens go on while Keystone is away", get(fresh)[0], 200)
    status, headers, _ = get(other)
    expect("others wait", (status, headers["Retry-After"] is not None), (503, True))
    keystone("up")
    time.sleep(1.5)
    expect("Keystone is back", get(other)[0], 200)


def await_that(what, check, seconds=30):
    end = time.time() + seconds
    while not check():
        assert time.time() < end, what
        time.sleep(0.2)
    print("ok  ", what)


def acting():
    """What actions act with: tokens and trusts, which a worker gets."""
    admin, _ = token("admin", "admin")
    demo, about = token("demo", "demo")
    user, project = about["user"]["id"], about["project"]["id"]
    actions = [{"name": "cloud.act", "needs_security_context": True}]
    status, _, worker = call("POST", MISTRAL + "/workers", admin, {"name": "w", "scope": "public", "actions": actions})
    expect("a worker", status, 201)
    exchange = MISTRAL + f"/workers/{worker['id']}/exchange"

    def take():
        for _ in range(20):
            jobs = call("POST", exchange, admin, {"room": 1, "wait_seconds": 2})[2]["jobs"]
            if jobs:
                return jobs[0]
        raise AssertionError("no job")

    def finish(job):
        call("POST", exchange, admin, {"results": [{"job": job["job"], "data": 1}]})

    def holder(of):
        status, _, answer = call("GET", KEYSTONE + "/auth/tokens", admin, X_Subject_Token=of)
        return answer["token"] if status == 200 else None

    def trusts():
        return call("GET", KEYSTONE + f"/OS-TRUST/trusts?trustor_user_id={user}", demo)[2]["trusts"]

    text = "version: '2.0'\ncloud_wf:\n  tasks:\n    t: {action: cloud.act}\n"
    call("POST", MISTRAL + "/workflows", demo, text)
    call("POST", MISTRAL + "/executions", demo, {"workflow_name": "cloud_wf"})
    job = take()
    security = job["context"]["security"]
    expect("an action gets the token of its caller", security["auth_token"], demo)
    expect("and the catalog", security["service_catalog"]["catalog"][0]["type"] in ("identity", "workflowv2"), True)
    finish(job)

    before = len(trusts())
    trigger = {"name": "twice", "workflow_name": "cloud_wf", "pattern": "* * * * * *", "remaining_executions": 2}
    expect("a cron trigger", call("POST", MISTRAL + "/cron_triggers", demo, trigger)[0], 201)
    expect("has a trust", len(trusts()), before + 1)
    jobs = [take(), take()]
    found = holder(jobs[1]["context"]["security"]["auth_token"])
    expect("its token is the user's", (found["user"]["id"], found["project"]["id"]), (user, project))
    expect("of the trust", found["OS-TRUST:trust"]["id"], trusts()[0]["id"])
    url = f"{KEYSTONE}/users/{user}"
    expect("it is good for Keystone", call("GET", url, jobs[1]["context"]["security"]["auth_token"])[0], 200)
    finish(jobs[0])
    time.sleep(8)
    expect("the trust stays while something acts under it", len(trusts()), before + 1)
    finish(jobs[1])
    await_that("and is gone after the last execution", lambda: len(trusts()) == before)

    expect("another", call("POST", MISTRAL + "/cron_triggers", demo, dict(trigger, pattern="0 0 1 1 *"))[0], 201)
    expect("has a trust", len(trusts()), before + 1)
    expect("it is deleted", call("DELETE", MISTRAL + "/cron_triggers/twice", demo)[0], 204)
    expect("with its trust", len(trusts()), before)
    workflow = call("GET", MISTRAL + "/workflows/cloud_wf", demo)[2]["id"]
    event = {"name": "e", "workflow_id": workflow, "exchange": "x", "topic": "t", "event": f"e{time.time()}"}
    status, _, made = call("POST", MISTRAL + "/event_triggers", demo, event)
    expect("an event trigger", (status, len(trusts())), (201, before + 1))
    expect("and its end", call("DELETE", MISTRAL + "/event_triggers/" + made["id"], demo)[0], 204)
    expect("with its trust", len(trusts()), before)

    # Deleted while Keystone is away.
    call("POST", MISTRAL + "/cron_triggers", demo, dict(trigger, pattern="0 0 1 1 *"))
    # With a token that is validated now: that of before is known for what is left of its time, perhaps for no time at all.
    fresh, _ = token("demo", "demo")
    expect("a token", call("GET", MISTRAL + "/cron_triggers/twice", fresh)[0], 200)
    keystone("down")
    expect("a trigger is deleted while Keystone is away", call("DELETE", MISTRAL + "/cron_triggers/twice", fresh)[0], 204)
    keystone("up")
    await_that("its trust follows", lambda: len(trusts()) == before, 90)

    credential = {"application_credential": {"name": f"t{time.time()}"}}
    made = call("POST", f"{KEYSTONE}/users/{user}/application_credentials", demo, credential)[2]["application_credential"]
    free, _ = auth({"methods": ["application_credential"], "application_credential": {"id": made["id"], "secret": made["secret"]}})
    status, _, refusal = call("POST", MISTRAL + "/cron_triggers", free, dict(trigger, name="no"))
    expect("an application credential may make no trust", (status, "trust" in refusal), (403, True))


def packages(directory):
    """Packages from PyPI that were written for Mistral, unchanged in a Python worker: mistral-extra with this Keystone, and Ansible's."""
    sdk = os.path.abspath(os.path.join(HERE, "../../sdk/python"))
    tools = os.path.join(directory, "tools")
    os.mkdir(tools)
    # In the place of Ansible: what is of interest is how it is called.
    with open(os.path.join(tools, "ansible"), "w") as out:
        os.fchmod(out.fileno(), 0o755)
        out.write("#!/bin/sh\necho called: \"$@\"\n")
    admin, _ = token("admin", "admin")
    demo, about = token("demo", "demo")
    environment = {**os.environ, "PYTHONPATH": sdk, "PYTHONDONTWRITEBYTECODE": "1", "PATH": tools + ":" + os.environ["PATH"],
                   "MISTRAL_AUTH_TOKEN": admin}
    log = open(os.path.join(directory, "worker.log"), "w")
    unit = subprocess.run([sys.executable, "-m", "unittest", "tests.test_openstack"], cwd=sdk, env=environment, capture_output=True, text=True)
    expect("mistral-extra's clients against a recorded cloud", (unit.returncode, "Ran 5 tests" in unit.stderr), (0, True))
    arguments = [sys.executable, "-m", "mistral_worker", "--url", MISTRAL, "--scope", "public", "--only", "keystone.*", "--only", "ansible*"]
    worker = subprocess.Popen(arguments, env=environment, stdout=log, stderr=log)
    try:
        await_that("mistral-extra's actions are offered", lambda: call("GET", MISTRAL + "/actions/keystone.projects_list", demo)[0] == 200)

        def run(token, name, **input):
            body = {"name": name, "input": input, "params": {"run_sync": True}}
            status, _, answer = call("POST", MISTRAL + "/action_executions", token, body)
            assert status == 201, answer
            return answer["state"], json.loads(answer["output"])["result"]

        state, projects = run(admin, "keystone.projects_list")
        expect("keystone.projects_list", (state, {"admin", "demo"} <= {project["name"] for project in projects}), ("SUCCESS", True))
        state, user = run(admin, "keystone.users_get", user=about["user"]["id"])
        expect("keystone.users_get", (state, user["name"]), ("SUCCESS", "demo"))
        state, refusal = run(demo, "keystone.users_list")
        expect("it acts as whoever called it", (state, "403" in str(refusal)), ("ERROR", True))
        state, result = run(demo, "ansible", hosts="web", module="ping", become=True)
        expect("mistral-ansible-actions", (state, "called: web --module-name ping --become" in str(result)), ("SUCCESS", True))
    finally:
        worker.terminate()
        worker.wait()


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "../../target/debug/mistral-server")
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o755)
        file = os.path.join(directory, "mistral.conf")
        with open(file, "w") as out:
            out.write(CONFIGURATION)
        arguments = [program, "--config-file", file, "--data-dir", os.path.join(directory, "data"), "--log-file",
                     os.path.join(directory, "log")]
        server = subprocess.Popen(arguments)
        try:
            for _ in range(240):
                try:
                    if call("GET", MISTRAL + "/")[0] == 200:
                        break
                except OSError:
                    time.sleep(0.25)
            checks()
            acting()
            packages(directory)
            with open(os.path.join(directory, "log")) as log:
                expect("no token in the log", "gAAAA" in log.read(), False)
        finally:
            server.terminate()
            server.wait()


main()
print("all checks")
