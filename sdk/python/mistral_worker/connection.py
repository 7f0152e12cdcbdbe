"""The way to the service: JSON over HTTP/1.1, each thread on a connection of its own that is kept open."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import urllib.parse
from typing import Any, Callable, Dict, Mapping, Optional, Tuple, Union

#: Longest answer, in bytes.
MAX_ANSWER = 256 << 20

Headers = Union[Mapping[str, str], Callable[[], Mapping[str, str]]]


class Refused(Exception):
    """An answer with an error's status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status, self.text = status, text


class Unreachable(Exception):
    """There was no answer; whether the request was done is not known."""


class Connection:
    """Cheap; thread-safe."""

    def __init__(
        self, url: str, headers: Optional[Headers] = None, ca_file: Optional[str] = None, insecure: bool = False
    ) -> None:
        parts = urllib.parse.urlsplit(url if "//" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"'{url}' is no address of the service: http://HOST:PORT")
        self.url = url
        self._host, self._port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        path = parts.path.rstrip("/")
        # Addresses of catalogs end in /v2.
        self._prefix = path[:-3] if path.endswith("/v2") else path
        self._headers = headers or {}
        self._tls: Optional[ssl.SSLContext] = None
        if parts.scheme == "https":
            self._tls = ssl.create_default_context(cafile=ca_file)
            if insecure:
                self._tls.check_hostname = False
                self._tls.verify_mode = ssl.CERT_NONE
        self._local = threading.local()

    def request(self, method: str, path: str, body: Any = None, patience: float = 30.0) -> Any:
        """Sends a value, or bytes that are JSON already; returns the answer's value.

        Raises Refused and Unreachable.
        """
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body, separators=(",", ":")).encode()
        status, content = self._exchange(method, path, data, patience)
        if status >= 400:
            raise Refused(status, _fault(content))
        return json.loads(content) if content else None

    def _exchange(self, method: str, path: str, data: Optional[bytes], patience: float) -> Tuple[int, bytes]:
        opened: Optional[http.client.HTTPConnection] = getattr(self._local, "opened", None)
        # One that was idle may have been closed by the other side meanwhile. What was posted may have been done, though, and its answer
        # lost: whoever posts decides what to do then.
        for is_last in (opened is None, True):
            if opened is None:
                opened = self._open(patience)
            try:
                return self._send(opened, method, path, data, patience)
            except (http.client.HTTPException, OSError) as error:
                self._forget(opened)
                is_stale = isinstance(error, (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError))
                if is_last or not is_stale or method == "POST":
                    raise Unreachable(f"{self.url}: {type(error).__name__}: {error}") from error
                opened = None
        raise AssertionError("the second try returns or raises")

    def _send(
        self, opened: http.client.HTTPConnection, method: str, path: str, data: Optional[bytes], patience: float
    ) -> Tuple[int, bytes]:
        if opened.sock is None:
            opened.connect()
            assert opened.sock is not None
            opened.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _watch(opened.sock)
        opened.sock.settimeout(patience)
        headers: Dict[str, str] = {"Content-Type": "application/json", "Accept": "application/json"}
        headers.update(self._headers() if callable(self._headers) else self._headers)
        opened.request(method, self._prefix + path, data, headers)
        answer = opened.getresponse()
        content = answer.read(MAX_ANSWER)
        if answer.will_close:
            self._forget(opened)
        return answer.status, content

    def _open(self, patience: float) -> http.client.HTTPConnection:
        if self._tls is not None:
            opened: http.client.HTTPConnection = http.client.HTTPSConnection(
                self._host, self._port, timeout=patience, context=self._tls
            )
        else:
            opened = http.client.HTTPConnection(self._host, self._port, timeout=patience)
        self._local.opened = opened
        return opened

    def _forget(self, opened: http.client.HTTPConnection) -> None:
        opened.close()
        self._local.opened = None


def _fault(content: bytes) -> str:
    try:
        value = json.loads(content)
        return str(value.get("faultstring") or value)
    except (ValueError, AttributeError):
        return content[:500].decode("utf-8", "replace")


def _watch(sock: socket.socket) -> None:
    """Lets a service that vanished without a word be noticed: 15 s after the last one, however long the answer may take."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 5)):
        # Not every system has them all.
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
