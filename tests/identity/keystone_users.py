#!/usr/bin/env python3
"""What the Keystone of keystone.sh knows besides its administrator.

keystone_users.py answers PORT: whether it answers.
keystone_users.py create PORT MISTRAL_URL: projects, users, and Mistral's place in the catalog.
"""
import json
import sys
import urllib.request

BASE = f"http://127.0.0.1:{sys.argv[2]}/v3"
DOMAIN = {"id": "default"}


def call(method, path, body=None, token=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data, {"Content-Type": "application/json"}, method=method)
    if token:
        request.add_header("X-Auth-Token", token)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
        return answer.headers, json.loads(text) if text else None


def create(mistral):
    user = {"name": "admin", "domain": DOMAIN, "password": "secret"}
    scope = {"project": {"name": "admin", "domain": DOMAIN}}
    body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
    token = call("POST", "/auth/tokens", body)[0]["X-Subject-Token"]
    make = lambda path, kind, value: call("POST", path, {kind: value}, token)[1][kind]["id"]
    service = make("/services", "service", {"name": "mistral", "type": "workflowv2"})
    for interface in ["public", "internal", "admin"]:
        endpoint = {"service_id": service, "interface": interface, "url": mistral, "region_id": "RegionOne"}
        make("/endpoints", "endpoint", endpoint)
    roles = {role["name"]: role["id"] for role in call("GET", "/roles", token=token)[1]["roles"]}
    for name, project, role in [("demo", "demo", "member"), ("alt", "alt", "member"), ("mistral", "service", "admin")]:
        at = make("/projects", "project", {"name": project, "domain_id": "default"})
        user = {"name": name, "password": "secret", "domain_id": "default", "default_project_id": at}
        call("PUT", f"/projects/{at}/users/{make('/users', 'user', user)}/roles/{roles[role]}", token=token)


if sys.argv[1] == "answers":
    call("GET", "")
else:
    create(sys.argv[3])
