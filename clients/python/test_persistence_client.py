"""What the client does, against a service whose answers are scripted. Run: python3 -m unittest"""

from __future__ import annotations

import ast
import asyncio
import enum
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid
import warnings
from collections import OrderedDict
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import persistence_client
from persistence_client import Listener, PersistenceClient
from scripted_service import (
    LONG,
    Gate,
    HandClock,
    ScriptedService,
    accept,
    answer_and_hang_up,
    hang_up,
    invalid,
    part_of_an_answer,
    reply,
    reset,
)

HERE = Path(__file__).parent
UNAVAILABLE = {"type": "/problems/buffer-full", "detail": "the ring has no room"}
FLUSHED = reply(200, {"status": "flushed", "sessions_written": 0, "tasks_written": 7, "duration_ms": 12, "failed": 0})
WRITTEN = reply(200, {"status": "written", "count": 1})
DRAINING = {"type": "/problems/draining", "detail": "the service is stopping"}


class Failures(logging.Handler):
    """What the client says in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class ClientCase(unittest.TestCase):
    """A scripted service, a clock that stands still, and a client that is closed after the test."""

    def setUp(self) -> None:
        self.clock = HandClock()
        self.service = ScriptedService()
        self.addCleanup(self.service.close)
        self.log = Failures()
        logger = logging.getLogger("persistence_client")
        logger.addHandler(self.log)
        logger.propagate = False
        self.addCleanup(logger.removeHandler, self.log)

    def client(self, **settings: Any) -> PersistenceClient:
        settings = {"_clock": self.clock, **settings}
        client = PersistenceClient(settings.pop("url", self.service.url), **settings)
        self.addCleanup(client.close, timeout=5)
        return client

    def script(self, *behaviours: Any) -> None:
        self.service.script.extend(behaviours)

    def gate(self, then: Any = accept) -> Gate:
        gate = Gate(then)
        self.addCleanup(gate.open)
        self.script(gate)
        return gate

    def settle(self, client: PersistenceClient) -> None:
        """Sends what waits, with the script's next answers, and lets the flush that follows succeed."""
        client._sender.settle(persistence_client._Deadline(self.clock, LONG * 100))

    def assert_counts(self, client: PersistenceClient, sent: int, **dropped: int) -> None:
        counts = client.statistics()
        self.assertEqual((sent, dropped), (counts.sent, counts.dropped_by))
        self.assertEqual(counts.accepted, counts.sent + counts.dropped + counts.waiting)


def task(number: int, **more: Any) -> dict[str, Any]:
    return {"task_id": f"t-{number}", "row_index": number, **more}


def tasks(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [task(number) for number in range(start, start + count)]


class SendTest(ClientCase):
    def test_records_wait_until_there_are_enough_and_go_as_one_request(self) -> None:
        client = self.client(buffer_records=3)
        client.send("tasks", task(1))
        self.clock.await_waiting(1.0)
        client.send("tasks", task(2))
        self.assertEqual([], self.service.requests)
        client.send("tasks", task(3))
        (request,) = self.service.await_requests(1)
        self.assertEqual("/api/v1/persistence/tasks/batch", request.path)
        self.assertEqual({"tasks": [task(1), task(2), task(3)]}, request.json)
        self.assertEqual("application/json", request.headers["Content-Type"])
        self.settle(client)
        self.assert_counts(client, 3)

    def test_record_goes_when_it_is_a_second_old(self) -> None:
        client = self.client()
        client.send("tasks", task(1))
        self.clock.await_waiting(1.0)
        self.clock.advance(0.5)
        self.clock.await_waiting(0.5)
        self.assertEqual([], self.service.requests)
        self.clock.advance(0.5)
        self.service.await_requests(1)

    def test_large_records_go_before_there_are_enough(self) -> None:
        client = self.client()
        client.send("tasks", task(1, source_text="x" * (1 << 20)))
        self.service.await_requests(1)

    def test_types_go_in_the_order_of_their_oldest_record(self) -> None:
        client = self.client()
        for record_type, number in [("sessions", 1), ("tasks", 2), ("sessions", 3), ("glossary", 4), ("tasks", 5)]:
            client.send(record_type, task(number))
        self.settle(client)
        self.assertEqual(
            [{"sessions": [task(1), task(3)]}, {"tasks": [task(2), task(5)]}, {"glossary": [task(4)]}],
            [request.json for request in self.service.requests],
        )

    def test_requests_grow_while_the_service_is_slow_and_keep_the_order(self) -> None:
        gate = self.gate()
        client = self.client(buffer_records=1)
        client.send("tasks", task(0))
        self.assertTrue(gate.reached.wait(LONG))
        for number in range(1, 2501):
            client.send("tasks", task(number))
        self.assertEqual(2501, client.statistics().waiting)
        gate.open()
        self.settle(client)
        self.assertEqual([1, 1000, 1000, 500], [len(request.json["tasks"]) for request in self.service.requests])
        self.assertEqual(list(range(2501)), self.service.values("row_index"))
        self.assert_counts(client, 2501)

    def test_request_has_no_more_than_a_mebibyte_unless_one_record_has(self) -> None:
        client = self.client(buffer_records=1000, buffer_seconds=100)
        sizes = [400_000, 400_000, 400_000, 1_500_000, 10]
        client.send("tasks", [task(number, text="x" * size) for number, size in enumerate(sizes)])
        self.settle(client)
        self.assertEqual([2, 1, 1, 1], [len(request.json["tasks"]) for request in self.service.requests])

    def test_record_is_taken_as_it_is_at_the_moment(self) -> None:
        client = self.client()
        record = task(1, metadata={"a": [1]})
        client.send("tasks", record)
        record["row_index"] = 7
        record["metadata"]["a"].append(2)
        self.settle(client)
        self.assertEqual({"tasks": [task(1, metadata={"a": [1]})]}, self.service.requests[0].json)

    def test_several_records_are_a_list_or_any_other_iterable(self) -> None:
        client = self.client()
        client.send("tasks", [task(1), task(2)])
        client.send("tasks", (task(number) for number in (3, 4)))
        client.send("tasks", OrderedDict(task(5)))
        client.send("tasks", [])
        self.settle(client)
        self.assertEqual([1, 2, 3, 4, 5], self.service.values("row_index"))

    def test_large_bodies_are_packed(self) -> None:
        client = self.client()
        client.send("tasks", task(1, source_text="x" * 8000))
        self.settle(client)
        client.send("tasks", task(2, source_text="x" * 9000))
        self.settle(client)
        small, large = self.service.requests
        self.assertIsNone(small.headers["Content-Encoding"])
        self.assertEqual("gzip", large.headers["Content-Encoding"])
        self.assertLess(len(large.raw), 500)
        self.assertEqual("x" * 9000, large.json["tasks"][0]["source_text"])

    def test_url_may_have_a_path_and_a_type_any_name(self) -> None:
        client = self.client(url=self.service.url + "/behind/", token="secret-1")
        client.send("Übung/1", task(1))
        self.settle(client)
        (request,) = self.service.requests
        self.assertEqual("/behind/api/v1/persistence/%C3%9Cbung%2F1/batch", request.path)
        self.assertEqual({"Übung/1": [task(1)]}, request.json)
        self.assertEqual("Bearer secret-1", request.headers["Authorization"])
        self.assertEqual(f"127.0.0.1:{self.service.server_port}", request.headers["Host"])

    def test_send_returns_while_the_service_hangs(self) -> None:
        gate = self.gate()
        client = self.client(buffer_records=1)
        client.send("tasks", task(1))
        self.assertTrue(gate.reached.wait(LONG))
        client.send("tasks", task(2))
        self.assertEqual(2, client.statistics().waiting)
        self.assertEqual(1, len(self.service.requests))
        gate.open()

    def test_many_threads_send_at_once_and_nothing_is_lost(self) -> None:
        client = self.client(buffer_records=10)

        def send(start: int) -> None:
            for number in range(start, start + 500):
                client.send("tasks", task(number))

        threads = [threading.Thread(target=send, args=(start,)) for start in range(0, 4000, 500)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.settle(client)
        self.assertEqual(list(range(4000)), sorted(self.service.values("row_index")))
        self.assert_counts(client, 4000)

    @unittest.skipUnless(hasattr(signal, "setitimer"), "this system has no timers that interrupt")
    def test_signal_handler_may_send_in_the_middle_of_a_send(self) -> None:
        client = self.client(buffer_records=50)
        handled = []

        def handle(*_: object) -> None:
            handled.append(1)
            client.send("tasks", task(-1))

        before = signal.signal(signal.SIGALRM, handle)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
        try:
            for number in range(5000):
                client.send("tasks", task(number))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self.settle(client)
        self.assertGreater(len(handled), 0)
        self.assert_counts(client, 5000 + len(handled))


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


class Text(str):
    def __str__(self) -> str:
        return "not this"


class ValuesTest(ClientCase):
    def sent(self, value: Any) -> str:
        """The text of a value in the request."""
        client = self.client()
        client.send("tasks", {"value": value})
        self.settle(client)
        self.assertEqual({}, client.statistics().dropped_by)
        body = self.service.requests[-1].body.decode()
        return body[len('{"tasks":[{"value":') : -len("}]}")]

    def test_values_of_all_kinds(self) -> None:
        berlin = timezone(timedelta(hours=2))
        cases: list[tuple[Any, str]] = [
            (None, "null"),
            (True, "true"),
            (1, "1"),
            (2**63, "9223372036854775808"),
            (0.1, "0.1"),
            (Decimal("0.9300"), "0.9300"),
            (Decimal("1E+3"), "1E+3"),
            ('ä"\\\n\x00😀', '"ä\\"\\\\\\n\\u0000😀"'),
            (Text("text"), '"text"'),
            (Colour.RED, '"red"'),
            (Level.HIGH, "3"),
            (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
            (datetime(2026, 1, 2, 3, 4, 5, 678901, berlin), '"2026-01-02T01:04:05.678901Z"'),
            (datetime(2026, 1, 2, 3, 4, tzinfo=timezone.utc), '"2026-01-02T03:04:00.000000Z"'),
            (datetime(2026, 1, 2, 3, 4, 5), '"2026-01-02T03:04:05.000000"'),
            (date(2026, 1, 2), '"2026-01-02"'),
            ({"b": [1, (2.5, None)], 1: Decimal("1.10"), Colour.RED: 1}, '{"b":[1,[2.5,null]],"1":1.10,"red":1}'),
        ]
        for value, text in cases:
            with self.subTest(value=value):
                self.assertEqual(text, self.sent(value))

    def test_values_that_json_does_not_have_drop_their_record_alone(self) -> None:
        circle: list[Any] = []
        circle.append(circle)
        values = [float("nan"), float("-inf"), Decimal("NaN"), {1, 2}, b"bytes", object(), "\ud800", circle, {(1,): 1}]
        client = self.client()
        for number, value in enumerate(values):
            client.send("tasks", [task(number), task(number, value="secret text", other=[value])])
        self.settle(client)
        self.assertEqual(list(range(len(values))), self.service.values("row_index"))
        self.assert_counts(client, len(values), invalid=len(values))
        client.close()
        self.assertNotIn("secret", "".join(self.log.messages))
        self.assertIn("field 'other'", self.log.messages[0])

    def test_what_is_no_record_or_type_is_dropped(self) -> None:
        def failing() -> Any:
            yield task(1)
            raise LookupError("secret")

        client = self.client()
        wrong: list[tuple[Any, Any]] = [("tasks", "text"), ("tasks", 5), ("tasks", [[1]]), (7, task(2))]
        for record_type, records in [*wrong, ("tasks", failing())]:
            client.send(record_type, records)
        self.settle(client)
        self.assertEqual([1], self.service.values("row_index"))
        self.assert_counts(client, 1, invalid=5)
        client.close()
        self.assertNotIn("secret", "".join(self.log.messages))


class FailureTest(ClientCase):
    """Whatever fails: the records are counted, and the next ones are sent."""

    def fails(self, reason: str, behaviour: Any, **settings: Any) -> str:
        self.script(behaviour)
        client = self.client(**settings)
        client.send("tasks", tasks(3))
        self.settle(client)
        self.assert_counts(client, 0, **{reason: 3})
        client.send("tasks", task(4))
        self.settle(client)
        self.assert_counts(client, 1, **{reason: 3})
        (message,) = self.log.messages
        self.assertIn(f"Dropped 3 records: 3 tasks ({reason})", message)
        return message

    def test_statuses(self) -> None:
        for status, reason in [(503, "unavailable"), (401, "unauthorized"), (403, "unauthorized"), (413, "too_large")]:
            with self.subTest(status=status):
                self.log.messages.clear()
                self.assertIn("the ring has no room", self.fails(reason, reply(status, UNAVAILABLE)))
        self.log.messages.clear()
        self.assertIn("status 502", self.fails("status", reply(502, "<html>Bad Gateway</html>")))

    def test_connection_that_breaks_before_the_answer(self) -> None:
        for behaviour in (hang_up, reset, part_of_an_answer):
            with self.subTest(behaviour=behaviour.__name__):
                self.log.messages.clear()
                self.fails("connection", behaviour)

    def test_answer_that_is_no_http(self) -> None:
        def speak_ssh(handler: Any, request: Any) -> None:
            handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
            handler.close_connection = True

        self.fails("connection", speak_ssh)

    def test_silence(self) -> None:
        gate = Gate()
        self.addCleanup(gate.open)
        self.assertIn("no answer from", self.fails("timed_out", gate, timeout=0.05, _clock=persistence_client._Clock()))

    def test_answer_that_comes_byte_by_byte_is_too_late_in_all(self) -> None:
        def trickle(handler: Any, request: Any) -> None:
            for byte in b"HTTP/1.1 202 Accepted\r\n":
                self.clock.advance(0.5)
                handler.wfile.write(bytes([byte]))
            handler.close_connection = True

        self.fails("timed_out", trickle)

    def test_nobody_listens(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            client = self.client(url=f"http://127.0.0.1:{unused.getsockname()[1]}")
            client.send("tasks", tasks(3))
            self.settle(client)
            self.assert_counts(client, 0, connection=3)

    def test_address_without_an_answer_is_given_up_in_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
            port = full.getsockname()[1]
            with socket.create_connection(("127.0.0.1", port)):
                settings = {"timeout": 0.05, "_clock": persistence_client._Clock()}
                client = self.client(url=f"http://127.0.0.1:{port}", **settings)
                client.send("tasks", tasks(3))
                self.settle(client)
                self.assert_counts(client, 0, timed_out=3)

    def test_fault_of_the_client_itself_is_counted_and_its_thread_goes_on(self) -> None:
        client = self.client()
        transport = client._transport
        self.assertTrue(hasattr(transport, "post"))
        transport.post = lambda *_: 1 / 0  # type: ignore[method-assign,assignment]
        client.send("tasks", tasks(3))
        self.settle(client)
        self.assert_counts(client, 0, failed=3)
        del transport.post
        client.send("tasks", task(4))
        self.settle(client)
        self.assert_counts(client, 1, failed=3)


class WarningTest(ClientCase):
    def test_one_warning_in_ten_seconds_says_how_many_of_which_type_and_why(self) -> None:
        client = self.client(token="secret-token")
        for _ in range(5):
            self.script(reply(503, UNAVAILABLE), reply(401, {}))
            client.send("tasks", [task(1, source_text="secret text"), task(2)])
            client.send("sessions", task(3))
            self.settle(client)
        self.clock.await_waiting(10.0)
        self.assertEqual(1, len(self.log.messages))
        self.clock.advance(10.0)
        self.clock.await_waiting(None)
        first, second = self.log.messages
        both = first + second
        self.assertIn("tasks (unavailable)", both)
        self.assertIn("8 tasks (unavailable)" if "Dropped 3 " in first else "10 tasks (unavailable)", both)
        said = sum(int(message.split()[1]) for message in self.log.messages)
        self.assertEqual(15, said)
        self.assertNotIn("secret", both)

    def test_close_says_what_is_left_to_say(self) -> None:
        client = self.client()
        for number in range(2):
            self.script(reply(503, UNAVAILABLE))
            client.send("tasks", task(number))
            self.settle(client)
        client.close()
        self.assertEqual(2, sum(int(message.split()[1]) for message in self.log.messages))

    def test_nothing_is_said_where_nothing_is_lost(self) -> None:
        client = self.client()
        client.send("tasks", task(1))
        client.close()
        self.assertEqual([], self.log.messages)


class KeptConnectionTest(ClientCase):
    def send_twice(self, client: PersistenceClient) -> list[Any]:
        for number in (1, 2):
            client.send("tasks", task(number))
            self.settle(client)
        return [request.connection for request in self.service.requests]

    def test_connection_is_kept(self) -> None:
        first, second = self.send_twice(self.client())
        self.assertEqual(first, second)

    def test_kept_connection_that_was_closed_costs_nothing(self) -> None:
        for behaviours in ([answer_and_hang_up], [accept, hang_up], [accept, reset]):
            with self.subTest(behaviours=[each.__name__ for each in behaviours]):
                self.service.requests.clear()
                self.script(*behaviours)
                client = self.client()
                connections = self.send_twice(client)
                self.assert_counts(client, 2)
                self.assertNotEqual(connections[0], connections[-1])

    def test_stopping_service_on_a_kept_connection_costs_nothing(self) -> None:
        self.script(accept, reply(503, DRAINING, Connection="close"))
        client = self.client()
        connections = self.send_twice(client)
        self.assert_counts(client, 2)
        self.assertEqual(3, len(connections))

    def test_nothing_is_repeated_twice(self) -> None:
        self.script(accept, hang_up, hang_up)
        client = self.client()
        self.assertEqual(3, len(self.send_twice(client)))
        self.assert_counts(client, 1, connection=1)

    def test_nothing_is_repeated_after_a_part_of_an_answer(self) -> None:
        self.script(accept, part_of_an_answer)
        client = self.client()
        self.assertEqual(2, len(self.send_twice(client)))
        self.assert_counts(client, 1, connection=1)

    def test_connection_that_rested_for_half_a_minute_is_not_used_again(self) -> None:
        client = self.client()
        client.send("tasks", task(1))
        self.settle(client)
        self.clock.advance(30)
        client.send("tasks", task(2))
        self.settle(client)
        first, second = [request.connection for request in self.service.requests]
        self.assertNotEqual(first, second)


class RefusalTest(ClientCase):
    def test_records_at_fault_are_left_out_and_the_others_sent(self) -> None:
        self.script(invalid("/tasks/1/status", "/tasks/1/row_index", "/tasks/3"))
        client = self.client()
        client.send("tasks", tasks(5))
        self.settle(client)
        self.assertEqual([task(0), task(2), task(4)], self.service.requests[1].json["tasks"])
        self.assert_counts(client, 3, refused=2)
        self.assertIn("status is required", self.log.messages[0])

    def test_faults_beyond_the_named_ones_are_asked_for(self) -> None:
        self.script(invalid("/tasks/0/a", count=3), invalid("/tasks/1/a", "/tasks/2/a", count=2))
        client = self.client()
        client.send("tasks", tasks(5))
        self.settle(client)
        self.assertEqual([task(1), task(4)], self.service.requests[2].json["tasks"])
        self.assert_counts(client, 2, refused=3)

    def test_service_that_refuses_without_end_is_given_up(self) -> None:
        self.script(*[invalid("/tasks/0/a", count=100)] * 10)
        client = self.client()
        client.send("tasks", tasks(20))
        self.settle(client)
        self.assertEqual(6, len(self.service.requests))
        self.assert_counts(client, 0, refused=20)

    def test_batch_of_faults_only_is_sent_once(self) -> None:
        self.script(invalid("/tasks/0/a", "/tasks/1/a"))
        client = self.client()
        client.send("tasks", tasks(2))
        self.settle(client)
        self.assertEqual(1, len(self.service.requests))
        self.assert_counts(client, 0, refused=2)

    def test_refusal_that_names_no_record_drops_the_batch(self) -> None:
        self.script(invalid("/tasks"))
        client = self.client()
        client.send("tasks", tasks(2))
        self.settle(client)
        self.assertEqual(1, len(self.service.requests))
        self.assert_counts(client, 0, refused=2)

    def test_fault_in_one_request_does_not_touch_what_came_later(self) -> None:
        self.script(invalid("/tasks/0/status"), reply(503, UNAVAILABLE))
        client = self.client()
        client.send("tasks", tasks(3))
        self.settle(client)
        self.assert_counts(client, 0, refused=1, unavailable=2)


class BoundTest(ClientCase):
    def hang(self, client: PersistenceClient) -> Gate:
        gate = self.gate()
        client.send("tasks", task(-1))
        self.assertTrue(gate.reached.wait(LONG))
        return gate

    def test_oldest_records_are_dropped_when_there_are_too_many(self) -> None:
        client = self.client(max_waiting_records=10, buffer_records=1)
        gate = self.hang(client)
        client.send("sessions", task(100))
        client.send("tasks", tasks(15))
        self.assertEqual(11, client.statistics().waiting)
        gate.open()
        self.settle(client)
        self.assertEqual([-1, *range(5, 15)], self.service.values("row_index"))
        self.assert_counts(client, 11, overflow=6)
        self.assertIn("1 sessions (overflow), 5 tasks (overflow)", self.log.messages[0])

    def test_oldest_records_are_dropped_when_they_are_too_large(self) -> None:
        client = self.client(max_waiting_bytes=10_000, buffer_records=1)
        gate = self.hang(client)
        client.send("tasks", [task(number, text="x" * 3000) for number in range(5)])
        gate.open()
        self.settle(client)
        self.assertEqual([-1, 2, 3, 4], self.service.values("row_index"))
        self.assert_counts(client, 4, overflow=2)

    def test_record_larger_than_the_buffer_does_not_push_others_out(self) -> None:
        client = self.client(max_waiting_bytes=10_000)
        client.send("tasks", [task(1), task(2, text="x" * 10_000), task(3)])
        self.settle(client)
        self.assertEqual([1, 3], self.service.values("row_index"))
        self.assert_counts(client, 2, too_large=1)


class FlushTest(ClientCase):
    def test_flush_sends_what_waits_and_then_asks_the_service(self) -> None:
        self.script(accept, FLUSHED)
        client = self.client()
        client.send("tasks", tasks(2))
        result = client.flush()
        self.assertTrue(result)
        self.assertEqual({"sessions": 0, "tasks": 7}, result.written)
        self.assertEqual(
            (12, 0, 0, 0, 200), (result.duration_ms, result.failed, result.lost, result.dropped, result.status)
        )
        self.assertEqual(
            ["/api/v1/persistence/tasks/batch", "/api/v1/persistence/flush"],
            [request.path for request in self.service.requests],
        )

    def test_flush_says_what_the_service_says(self) -> None:
        lost = {"status": "error", "detail": "5 records were lost", "tasks_written": 2, "failed": 1, "lost": 5}
        self.script(reply(503, lost), reply(504, {"detail": "it goes on"}))
        client = self.client()
        result = client.flush()
        self.assertFalse(result)
        self.assertEqual(
            ("unavailable", 5, 1, {"tasks": 2}), (result.reason, result.lost, result.failed, result.written)
        )
        self.assertIn("5 records were lost", result.detail)
        self.assertEqual("timed_out", client.flush().reason)

    def test_flush_is_no_success_where_records_did_not_get_there(self) -> None:
        self.script(reply(503, UNAVAILABLE), FLUSHED)
        client = self.client()
        client.send("tasks", tasks(2))
        result = client.flush()
        self.assertEqual((False, "dropped", 2, 200), (bool(result), result.reason, result.dropped, result.status))

    def test_flush_is_no_success_where_the_database_refused_records(self) -> None:
        self.script(reply(200, {"status": "flushed", "tasks_written": 1, "failed": 2}))
        self.assertEqual("refused", self.client().flush().reason)

    def test_flush_has_one_time_for_all(self) -> None:
        gate = self.gate()
        client = self.client(_clock=persistence_client._Clock())
        client.send("tasks", task(1))
        result = client.flush(timeout=0.05)
        self.assertEqual("timed_out", result.reason)
        gate.open()
        self.assertEqual(1, len(self.service.requests))

    def test_flush_without_a_service_says_so(self) -> None:
        with ScriptedService() as gone:
            pass
        self.assertEqual("connection", self.client(url=gone.url).flush().reason)


class WriteTest(ClientCase):
    def test_write_waits_for_the_commit_and_does_not_overtake(self) -> None:
        self.script(accept, WRITTEN)
        client = self.client()
        client.send("tasks", task(1, status="new"))
        result = client.write_and_wait("tasks", task(1, status="done"))
        self.assertEqual((True, 1, None), (bool(result), result.written, result.reason))
        self.assertEqual(
            ["/api/v1/persistence/tasks/batch", "/api/v1/persistence/tasks/batch?ack=written"],
            [request.path for request in self.service.requests],
        )
        self.assertEqual(["new", "done"], self.service.values("status"))
        self.assertEqual(1, client.statistics().written)
        self.assert_counts(client, 1)

    def test_nothing_to_write_is_written(self) -> None:
        self.assertTrue(self.client().write_and_wait("tasks", []))
        self.assertEqual([], self.service.requests)

    def test_many_records_are_several_requests(self) -> None:
        self.script(WRITTEN, WRITTEN, WRITTEN)
        result = self.client().write_and_wait("tasks", tasks(2500))
        self.assertEqual(2500, result.written)
        self.assertEqual([1000, 1000, 500], [len(request.json["tasks"]) for request in self.service.requests])
        self.assertEqual(list(range(2500)), self.service.values("row_index"))

    def test_faults_are_named_by_the_callers_own_count(self) -> None:
        problem = {
            "type": "/problems/records-refused",
            "detail": "the database refused 1",
            "written": 499,
            "errors": [{"pointer": "/tasks/7", "detail": "foreign key"}],
            "error_count": 1,
        }
        self.script(WRITTEN, invalid("/tasks/5/status", count=30), reply(422, problem))
        result = self.client().write_and_wait("tasks", tasks(2500))
        self.assertEqual(
            (False, "refused", 1499, 31), (bool(result), result.reason, result.written, result.fault_count)
        )
        self.assertEqual(
            [(1005, "status", "is required"), (2007, "", "foreign key")],
            [(fault.index, fault.field, fault.detail) for fault in result.faults],
        )

    def test_record_that_cannot_be_json_is_named_and_nothing_is_sent(self) -> None:
        result = self.client().write_and_wait("tasks", [task(1), task(2, confidence=float("nan"))])
        self.assertEqual([(1, "confidence", "is not finite")], [(f.index, f.field, f.detail) for f in result.faults])
        self.assertEqual([], self.service.requests)

    def test_failures_are_results(self) -> None:
        for behaviour, reason in [(reply(503, {"detail": "lost"}), "unavailable"), (hang_up, "connection")]:
            with self.subTest(reason=reason):
                self.script(behaviour)
                result = self.client().write_and_wait("tasks", task(1))
                self.assertEqual((False, 0, reason), (bool(result), result.written, result.reason))

    def test_write_is_given_up_in_time(self) -> None:
        self.gate()
        result = self.client(_clock=persistence_client._Clock()).write_and_wait("tasks", task(1), timeout=0.05)
        self.assertEqual("timed_out", result.reason)

    def test_what_is_no_record_is_a_result_too(self) -> None:
        wrong: Any = 5
        self.assertEqual("failed", self.client().write_and_wait("tasks", wrong).reason)
        self.assertEqual("refused", self.client().write_and_wait("tasks", [wrong]).reason)

    def test_writes_of_several_threads_do_not_wait_for_each_other(self) -> None:
        gates = [self.gate(WRITTEN) for _ in range(3)]
        client = self.client()
        results: list[Any] = []
        threads = [
            threading.Thread(target=lambda n=n: results.append(client.write_and_wait("tasks", task(n))))
            for n in range(3)
        ]
        for thread in threads:
            thread.start()
        self.service.await_requests(3)
        client.send("tasks", task(4))
        self.settle(client)
        self.assert_counts(client, 1)
        for gate in gates:
            gate.open()
        for thread in threads:
            thread.join()
        self.assertEqual([True] * 3, [bool(result) for result in results])


class StampTest(ClientCase):
    def test_records_get_the_moment_of_send_unless_they_carry_one(self) -> None:
        client = self.client(stamp_changes="updated_at")
        record = task(1)
        client.send("tasks", [record, task(2, updated_at="2020-01-01T00:00:00Z"), task(3, updated_at=None)])
        self.settle(client)
        self.assertEqual(
            ["2023-11-14T22:13:20.000000Z", "2020-01-01T00:00:00Z", "2023-11-14T22:13:20.000001Z"],
            self.service.values("updated_at"),
        )
        self.assertNotIn("updated_at", record)

    def test_moments_ascend_though_the_clock_is_set_back(self) -> None:
        self.script(accept, reply(200, {}))
        client = self.client(stamp_changes="updated_at")
        client.send("tasks", task(1))
        self.settle(client)
        self.clock.set_back(60)
        client.write_and_wait("tasks", task(1))
        first, second = self.service.values("updated_at")
        self.assertLess(first, second)


class Heard(Listener):
    def __init__(self) -> None:
        self.events: list[tuple[Any, ...]] = []

    def buffered(self, record_type: str, records: int) -> None:
        self.events.append(("buffered", record_type, records))

    def sent(self, record_type: str, records: int) -> None:
        self.events.append(("sent", record_type, records))

    def dropped(self, record_type: str, records: int, reason: str) -> None:
        self.events.append(("dropped", record_type, records, reason))

    def answered(self, seconds: float, status: int | None) -> None:
        self.events.append(("answered", status))


class ListenerTest(ClientCase):
    def test_listener_hears_what_becomes_of_records(self) -> None:
        self.script(invalid("/tasks/0"), accept, hang_up)
        heard = Heard()
        client = self.client(listener=heard)
        client.send("tasks", [task(1), task(2)])
        self.settle(client)
        client.send("sessions", {"a": object()})
        client.send("sessions", task(3))
        self.service.script[0] = reply(503, {})
        self.settle(client)
        self.assertEqual(
            [
                ("buffered", "tasks", 2),
                ("answered", 422),
                ("dropped", "tasks", 1, "refused"),
                ("answered", 202),
                ("sent", "tasks", 1),
                ("dropped", "sessions", 1, "invalid"),
                ("buffered", "sessions", 1),
                ("answered", 503),
                ("dropped", "sessions", 1, "unavailable"),
            ],
            heard.events,
        )

    def test_request_without_an_answer_has_no_status(self) -> None:
        self.script(hang_up)
        heard = Heard()
        self.client(listener=heard).write_and_wait("tasks", task(1))
        self.assertEqual([("answered", None)], heard.events)

    def test_listener_that_raises_changes_nothing(self) -> None:
        class Raising(Listener):
            def buffered(self, record_type: str, records: int) -> None:
                raise LookupError("of the listener")

            sent = dropped = answered = buffered  # type: ignore[assignment]

        client = self.client(listener=Raising())
        client.send("tasks", task(1))
        self.settle(client)
        client.close()
        self.assert_counts(client, 1)
        self.assertIn("the listener raised", self.log.messages[0])


class CloseTest(ClientCase):
    def test_close_sends_what_waits_and_leaves_no_thread(self) -> None:
        with self.client() as client:
            client.send("tasks", tasks(3))
        self.assertEqual([0, 1, 2], self.service.values("row_index"))
        self.assertNotIn("persistence-client", [thread.name for thread in threading.enumerate()])
        client.close()

    def test_what_is_sent_after_close_is_dropped(self) -> None:
        client = self.client()
        client.close()
        client.send("tasks", tasks(2))
        client.send("tasks", {"a": object()})
        self.assert_counts(client, 0, closed=2, invalid=1)
        self.assertEqual("closed", client.flush().reason)
        self.assertEqual("closed", client.write_and_wait("tasks", task(1)).reason)
        self.assertEqual([], self.service.requests)
        self.assertIn("send() after close()", self.log.messages[0])

    def test_close_gives_up_in_time_and_counts_what_is_left(self) -> None:
        gate = self.gate()
        client = self.client(buffer_records=1, timeout=60, _clock=persistence_client._Clock())
        client.send("tasks", task(1))
        self.assertTrue(gate.reached.wait(LONG))
        client.send("tasks", tasks(5))
        client.close(timeout=0.05)
        self.assert_counts(client, 0, closed=6)
        self.assertNotIn("persistence-client", [thread.name for thread in threading.enumerate()])

    def test_client_that_never_sent_needs_no_thread(self) -> None:
        client = self.client()
        self.assertNotIn("persistence-client", [thread.name for thread in threading.enumerate()])
        client.close()

    def test_machine_without_threads_loses_nothing_until_close(self) -> None:
        client = self.client()
        start = threading.Thread.start

        def refuse(thread: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        threading.Thread.start = refuse  # type: ignore[method-assign,assignment]
        try:
            client.send("tasks", tasks(2))
        finally:
            threading.Thread.start = start  # type: ignore[method-assign]
        self.assertEqual(2, client.statistics().waiting)
        client.close()
        self.assert_counts(client, 2)


class SettingsTest(unittest.TestCase):
    def test_impossible_settings_are_refused_by_name(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"url": "localhost:8001"}, "url: .*expected http://host:port"),
            ({"url": "ftp://localhost"}, "url: ftp"),
            ({"url": "http://user:secret@localhost"}, "url: expected no user"),
            ({"token": "secret\r\nX: y"}, "token: expected visible ASCII"),
            ({"buffer_records": 0}, "buffer_records: 0 .*above 0"),
            ({"timeout": float("inf")}, "timeout: inf"),
            ({"max_waiting_bytes": "16 MiB"}, "max_waiting_bytes: '16 MiB'"),
        ]
        for settings, message in cases:
            with self.subTest(settings=settings), self.assertRaisesRegex(ValueError, message) as raised:
                PersistenceClient(**settings)
            self.assertNotIn("secret", str(raised.exception))


class AsyncTest(ClientCase):
    def test_coroutines_send_flush_and_write(self) -> None:
        self.script(accept, reply(200, {"tasks_written": 1, "failed": 0}), reply(200, {}), accept)

        async def work() -> None:
            async with self.client() as client:
                client.send("tasks", task(1))
                self.assertTrue(await client.flush_async())
                self.assertEqual(1, (await client.write_and_wait_async("tasks", task(2))).written)
                client.send("tasks", task(3))

        asyncio.run(work())
        self.assertEqual(4, len(self.service.requests))
        self.assertEqual([task(3)], self.service.requests[3].json["tasks"])

    def test_loop_goes_on_while_a_coroutine_waits(self) -> None:
        gate = self.gate(reply(200, {}))

        async def work() -> bool:
            client = self.client()
            writing = asyncio.ensure_future(client.write_and_wait_async("tasks", task(1)))
            while not gate.reached.is_set():
                await asyncio.sleep(0)
            self.assertFalse(writing.done())
            gate.open()
            return bool(await writing)

        self.assertTrue(asyncio.run(work()))

    def test_cancelled_write_ends_at_once_and_leaves_the_client_usable(self) -> None:
        gate = self.gate()
        self.script(reply(200, {}))

        async def work() -> None:
            client = self.client(write_timeout=LONG * 10)
            writing = asyncio.ensure_future(client.write_and_wait_async("tasks", task(1)))
            while not gate.reached.is_set():
                await asyncio.sleep(0)
            writing.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await writing
            self.assertTrue(await client.write_and_wait_async("tasks", task(2)))

        asyncio.run(work())  # which waits for the thread of the cancelled write

    def test_cancelled_flush_that_waits_for_the_own_buffer_ends_at_once(self) -> None:
        gate = self.gate()

        async def work() -> None:
            client = self.client(flush_timeout=LONG * 10)
            client.send("tasks", task(1))
            flushing = asyncio.ensure_future(client.flush_async())
            while not gate.reached.is_set():
                await asyncio.sleep(0)
            flushing.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await flushing

        asyncio.run(work())
        self.assertFalse(gate._opened.is_set())
        gate.open()


@unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
class ForkTest(ClientCase):
    """The parent's records are sent once, by the parent; the child begins anew."""

    def fork(self, work: Any) -> int:
        """Does the work in a child, which ends without the clean-up of this process; returns its exit code."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 3.12: threads and fork, which is what is tested
            child = os.fork()
        if child == 0:
            code = 1
            try:
                work()
                code = 0
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def test_child_begins_with_nothing_and_sends_its_own(self) -> None:
        client = self.client(buffer_seconds=1000)
        client.send("tasks", tasks(3))

        def in_child() -> None:
            assert client.statistics() == persistence_client.Statistics(0, 0, 0, {}, 0), client.statistics()
            client.send("tasks", task(100))
            client.close()
            assert client.statistics().sent == 1, client.statistics()

        self.assertEqual(0, self.fork(in_child))
        self.assertEqual([100], self.service.values("row_index"))
        client.close()
        self.assertEqual([100, 0, 1, 2], self.service.values("row_index"))
        self.assert_counts(client, 3)

    def test_child_of_a_parent_in_the_middle_of_a_request_does_not_disturb_it(self) -> None:
        gate = self.gate()
        client = self.client(buffer_records=1)
        client.send("tasks", task(1))
        self.assertTrue(gate.reached.wait(LONG))
        client.send("tasks", task(2))

        def in_child() -> None:
            with client:
                client.send("tasks", task(100))
            assert client.statistics().sent == 1, client.statistics()

        self.assertEqual(0, self.fork(in_child))
        gate.open()
        self.settle(client)
        self.assertEqual([1, 100, 2], self.service.values("row_index"))
        self.assertEqual(3, len({request.connection for request in self.service.requests}) + 1)

    def test_child_may_be_made_while_another_thread_sends(self) -> None:
        client = self.client(stamp_changes="updated_at")
        stop = threading.Event()

        def send() -> None:
            while not stop.is_set():
                client.send("tasks", task(1))

        def in_child() -> None:
            client.send("tasks", task(100))
            client.close()

        busy = threading.Thread(target=send)
        busy.start()
        try:
            for _ in range(10):
                self.assertEqual(0, self.fork(in_child))
        finally:
            stop.set()
            busy.join()
        self.settle(client)
        self.assertEqual(10, self.service.values("row_index").count(100))

    def test_child_of_a_closed_client_is_closed(self) -> None:
        client = self.client()
        client.close()

        def in_child() -> None:
            client.send("tasks", task(1))
            assert client.statistics().dropped_by == {"closed": 1}

        self.assertEqual(0, self.fork(in_child))


class ProcessTest(ClientCase):
    """What is sent shortly before the end of a process."""

    def run_script(self, text: str, *arguments: str) -> None:
        script = (
            "import sys\nfrom persistence_client import PersistenceClient\n"
            f"client = PersistenceClient({self.service.url!r})\n"
            f"record = {task(1)!r}\n{text}\n"
        )
        command = [sys.executable, "-X", "dev", "-W", "error", "-W", "ignore::DeprecationWarning", "-c", script]
        environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def test_end_of_the_process_sends_what_waits(self) -> None:
        self.run_script('client.send("tasks", record)')
        self.assertEqual([1], self.service.values("row_index"))

    def test_client_that_nobody_holds_any_more_sends_what_waits(self) -> None:
        self.run_script('client.send("tasks", record)\ndel client\nimport gc\ngc.collect()')
        self.assertEqual([1], self.service.values("row_index"))

    def test_record_of_a_function_at_exit_is_sent(self) -> None:
        self.run_script('import atexit\natexit.register(client.send, "tasks", record)')
        self.assertEqual([1], self.service.values("row_index"))

    def test_process_of_multiprocessing_sends_what_waits(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            # What a child that is no fork runs has to be importable.
            Path(folder, "child.py").write_text(
                "from persistence_client import PersistenceClient\n"
                "def send(url, record):\n    PersistenceClient(url).send('tasks', record)\n"
            )
            for method in {"fork", "spawn"}.intersection(multiprocessing.get_all_start_methods()):
                with self.subTest(method=method):
                    self.service.requests.clear()
                    self.run_script(
                        f"sys.path.append({folder!r})\nimport child, multiprocessing\n"
                        f"context = multiprocessing.get_context({method!r})\n"
                        f"process = context.Process(target=child.send, args=({self.service.url!r}, record))\n"
                        "process.start()\nprocess.join()\nassert process.exitcode == 0"
                    )
                    self.assertEqual([1], self.service.values("row_index"))


class FileTest(unittest.TestCase):
    def test_file_needs_no_python_later_than_3_9(self) -> None:
        source = (HERE / "persistence_client.py").read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 9))

    def test_file_needs_the_standard_library_only(self) -> None:
        tree = ast.parse((HERE / "persistence_client.py").read_text(encoding="utf-8"))
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        if sys.version_info >= (3, 10):
            self.assertEqual(set(), {str(name).split(".")[0] for name in names} - sys.stdlib_module_names)
        self.assertIn("socket", names)


if __name__ == "__main__":
    unittest.main()
