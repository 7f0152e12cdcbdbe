"""mistral-extra's actions against a recorded cloud. Needs `pip install mistral-extra`, with the clients of Nova and Cinder at least."""

import collections
import http.server
import json
import threading
import unittest

from mistral_worker import calls, context, plugins

try:
    import mistral_extra  # noqa: F401
except ImportError:
    raise unittest.SkipTest("SKIPPED, NOTHING IS TESTED: mistral-extra is not installed")


class Cloud(http.server.BaseHTTPRequestHandler):
    seen = []

    def do_GET(self):
        Cloud.seen.append((self.path, self.headers.get("X-Auth-Token")))
        answers = {
            "/v3/projects": {"projects": [{"id": "p1", "name": "one", "links": {}}], "links": {}},
            "/right/p1/volumes/detail": {"volumes": [{"id": "v1", "name": "disk"}]},
            "/wrong/p1/volumes/detail": {"volumes": []},
            "/compute/p1/servers/detail": {"servers": [{"id": "s1", "name": "vm", "status": "ACTIVE", "links": []}]},
        }
        answer = answers.get(self.path.split("?")[0])
        if answer is None:
            versions = {"id": "v3.70", "status": "CURRENT", "version": "3.70", "min_version": "3.0", "links": []}
            answer = {"versions": [versions], "version": {"id": "v3.14", "status": "stable", "links": []}}
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


class OpenStack(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        plugins.read_configuration([])
        cls.actions = {action.name: action for action in plugins.discover()}
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cloud)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_port}"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def run_action(self, name, _more=(), **input):
        endpoint = lambda path: [{"interface": "public", "region": "R1", "region_id": "R1", "url": self.url + path, "id": path}]
        catalog = [
            {"type": "identity", "name": "keystone", "id": "1", "endpoints": endpoint("/v3")},
            {"type": "block-storage", "name": "cinder", "id": "2", "endpoints": endpoint("/right/p1")},
            {"type": "block-store", "name": "cinder", "id": "3", "endpoints": endpoint("/wrong/p1")},
            *({"type": kind, "name": kind, "id": kind, "endpoints": endpoint(path)} for kind, path in _more),
        ]
        security = {
            "auth_uri": self.url + "/v3",
            "auth_token": "t0ken",
            "project_id": "p1",
            "service_catalog": {"catalog": catalog, "methods": ["password"], "user": {"id": "u", "name": "u"}},
            "region_name": "R1",
        }
        given = context.of_job({"context": {"security": security}})
        Cloud.seen.clear()
        members = calls.end_of(lambda: self.actions[name].call(input, given))
        return json.loads("{" + members + "}")

    def test_there_are_many(self):
        counts = collections.Counter(name.split(".")[0] for name in self.actions)
        self.assertGreater(min(counts["keystone"], counts["nova"], counts["cinder"]), 100, counts)
        shown = self.actions["nova.servers_list"].describe()
        self.assertIn({"action_region": ""}, shown["input"])
        self.assertTrue(shown["needs_security_context"])

    def test_keystone_answers(self):
        result = self.run_action("keystone.projects_list")
        self.assertEqual(result["data"][0]["name"], "one", result)
        self.assertIn(("/v3/projects", "t0ken"), Cloud.seen)

    def test_the_first_type_of_a_service_is_used(self):
        result = self.run_action("cinder.volumes_list")
        self.assertTrue(any(path.startswith("/right/p1/") for path, _ in Cloud.seen), (result, Cloud.seen))
        self.assertFalse(any(path.startswith("/wrong/") for path, _ in Cloud.seen), Cloud.seen)

    def test_nova_answers(self):
        result = self.run_action("nova.servers_list", [("compute", "/compute/p1")])
        self.assertEqual((result["data"][0]["id"], result["data"][0]["status"]), ("s1", "ACTIVE"), result)

    def test_failures_have_upstreams_words(self):
        result = self.run_action("nova.servers_list")
        self.assertIn("NovaAction.servers.list failed: ", result["error"])


if __name__ == "__main__":
    unittest.main()
