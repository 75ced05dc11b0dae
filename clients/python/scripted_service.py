"""A service whose answers a test writes, and a clock that a test moves."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable

import persistence_client

LONG = 10.0  # seconds after which a test that waits has failed


class Request:
    """What the service received."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.path = handler.path
        self.headers = handler.headers
        self.connection = handler.client_address
        self.raw = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        packed = handler.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(self.raw) if packed else self.raw

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    def values(self, name: str) -> list[Any]:
        """One field of all its records."""
        (records,) = self.json.values()
        return [record[name] for record in records]


Behaviour = Callable[[BaseHTTPRequestHandler, Request], None]


def reply(status: int, content: Any = None, **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler, request: Request) -> None:
        text = content if isinstance(content, str) else json.dumps(content or {})
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(text.encode())), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(text.encode())

    return behave


accept = reply(202, {"status": "accepted"})


def invalid(*pointers: str, count: int | None = None) -> Behaviour:
    errors = [{"pointer": pointer, "detail": "is required"} for pointer in pointers]
    problem = {"type": "/problems/invalid-records", "detail": "nothing was taken", "errors": errors}
    return reply(422, {**problem, "error_count": count or len(errors)})


def hang_up(handler: BaseHTTPRequestHandler, request: Request) -> None:
    """Closes without an answer."""
    handler.close_connection = True


def answer_and_hang_up(handler: BaseHTTPRequestHandler, request: Request) -> None:
    """Answers as if the connection were kept, and closes it."""
    accept(handler, request)
    handler.close_connection = True


def reset(handler: BaseHTTPRequestHandler, request: Request) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def part_of_an_answer(handler: BaseHTTPRequestHandler, request: Request) -> None:
    handler.wfile.write(b"HTTP/1.1 2")
    handler.close_connection = True


class Gate:
    """Holds a request until the test opens the gate."""

    def __init__(self, then: Behaviour = accept) -> None:
        self.reached = threading.Event()
        self._opened = threading.Event()
        self._then = then

    def __call__(self, handler: BaseHTTPRequestHandler, request: Request) -> None:
        self.reached.set()
        self._opened.wait(LONG)
        try:
            self._then(handler, request)
        except OSError:
            handler.close_connection = True  # the client did not wait so long

    def open(self) -> None:
        self._opened.set()


class ScriptedService(ThreadingHTTPServer):
    """Answers requests as its script says, in their order, and then accepts them all."""

    def __init__(self, *script: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = deque(script)
        self.requests: list[Request] = []
        self.arrived = threading.Condition()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def await_requests(self, count: int) -> list[Request]:
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.requests) >= count, LONG):
                raise AssertionError(f"{len(self.requests)} requests instead of {count}")
            return list(self.requests)

    def values(self, name: str) -> list[Any]:
        return [value for request in self.requests for value in request.values(name)]

    def close(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def __exit__(self, *failure: object) -> None:
        self.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break are what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ScriptedService

    def do_POST(self) -> None:
        request = Request(self)
        with self.server.arrived:
            self.server.requests.append(request)
            behave = self.server.script.popleft() if self.server.script else accept
            self.server.arrived.notify_all()
        behave(self, request)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


class HandClock(persistence_client._Clock):
    """Time that stands still until a test moves it."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._micros = 1_700_000_000_000_000
        self._waiting: list[tuple[threading.Condition, float | None]] = []
        self._changed = threading.Condition()

    def monotonic(self) -> float:
        return self._now

    def micros(self) -> int:
        return self._micros

    def set_back(self, seconds: int) -> None:
        """The system's clock, not the one that measures."""
        self._micros -= seconds * 1_000_000

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        with self._changed:
            self._waiting.append((condition, seconds))
            self._changed.notify_all()
        condition.wait(LONG)
        with self._changed:
            self._waiting.remove((condition, seconds))

    def await_waiting(self, seconds: float | None) -> None:
        """Returns when a thread waits for just so long."""
        with self._changed:
            if not self._changed.wait_for(lambda: any(each[1] == seconds for each in self._waiting), LONG):
                raise AssertionError(f"nobody waits {seconds} s: {self._waiting}")

    def advance(self, seconds: float) -> None:
        self._now += seconds
        self._micros += int(seconds * 1_000_000)
        with self._changed:
            waiting = [condition for condition, _ in self._waiting]
        for condition in waiting:
            with condition:
                condition.notify_all()
