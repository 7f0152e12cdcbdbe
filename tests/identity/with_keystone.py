#!/usr/bin/env python3
"""Mistral with a real Keystone: with_keystone.py [MISTRAL-SERVER]

Needs the Keystone of keystone.sh (which it stops and starts meanwhile). Starts a server on 127.0.0.1:8989 with its own database.
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
KEYSTONE, MISTRAL = "http://127.0.0.1:5000/v3", "http://127.0.0.1:8989/v2"
CACHE = 3
CONFIGURATION = f"""
[api]
host = 127.0.0.1
allow_action_execution_deletion = True
[keystone_authtoken]
www_authenticate_uri = {KEYSTONE}
auth_url = {KEYSTONE}
auth_type = password
username = mistral
password = secret
project_name = service
user_domain_name = Default
project_domain_name = Default
service_type = workflowv2
token_cache_time = {CACHE}
http_request_max_retries = 1
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
    time.sleep(1)
    expect("known tokens go on while Keystone is away", get(fresh)[0], 200)
    status, headers, _ = get(other)
    expect("others wait", (status, headers["Retry-After"] is not None), (503, True))
    keystone("up")
    time.sleep(1.5)
    expect("Keystone is back", get(other)[0], 200)


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
            with open(os.path.join(directory, "log")) as log:
                expect("no token in the log", "gAAAA" in log.read(), False)
        finally:
            server.terminate()
            server.wait()


main()
