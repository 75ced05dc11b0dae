"""A client of Persistence Service in one file: copy it beside your code. Python 3.9 or later, no other package.

    from persistence_client import PersistenceClient

    client = PersistenceClient("http://localhost:8001")
    client.send("tasks", {"task_id": "t-1", "session_id": "s-1", ...})

``send()`` never raises and never waits for the network. The record is made JSON at once and waits in a bounded buffer;
one background thread sends what waits when there are 100 records or the oldest is a second old. Whatever cannot be sent
is dropped, counted by reason, and named in one WARNING every ten seconds at most. What must not be lost is sent by
``write_and_wait()``, which answers once the records are in the database.

A client may be used by any number of threads and coroutines; one for each process is enough. A process that was forked
begins with an empty buffer, a thread and connections of its own; what waited is sent by the parent alone.
"""

from __future__ import annotations

import asyncio
import atexit
import gzip
import http.client
import io
import json
import logging
import math
import numbers
import os
import re
import socket
import ssl
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any, Callable, NamedTuple, TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID

__all__ = ["Fault", "FlushResult", "Listener", "PersistenceClient", "Statistics", "WriteResult"]
__version__ = "1.0.0"

_LOG = logging.getLogger("persistence_client")

Record = Mapping[str, Any]
_T = TypeVar("_T")

_MOST_REQUEST_RECORDS = 1000  # what the service takes by default
_MOST_REQUEST_BYTES = 1 << 20  # one record may be larger and then goes alone
_MOST_ANSWER_BYTES = 1 << 20
_GZIP_BYTES = 8 << 10
_GZIP_LEVEL = 1  # a third of the time of the usual level, for a body a fifth larger
_MOST_IDLE_SECONDS = 30.0  # below what services, balancers and firewalls grant a connection that rests
_MOST_IDLE_CONNECTIONS = 8
_MOST_ATTEMPTS = 6  # each answer names 20 faults: enough for a usual batch in which every record has one
_WARNING_SECONDS = 10.0
_EXIT_SECONDS = 2.0

# Why records are dropped, or why write_and_wait() and flush() failed.
INVALID = "invalid"  # a value that JSON does not have, or a record that is not a mapping
TOO_LARGE = "too_large"  # a record larger than the whole buffer, or a request that the service found too large (413)
OVERFLOW = "overflow"  # the buffer was full, and these were the oldest in it
TIMED_OUT = "timed_out"  # no answer in time
CONNECTION = "connection"  # not connected, or cut off
UNAVAILABLE = "unavailable"  # 503: the service is full, stopping, or could not write
REFUSED = "refused"  # 422: the record does not fit its declaration, or the database refused it
UNAUTHORIZED = "unauthorized"  # 401 or 403: the token
STATUS = "status"  # any other status
CLOSED = "closed"  # after close(), or not sent in its time
DROPPED = "dropped"  # flush() only: records of this client did not get to the service
FAILED = "failed"  # a fault of this client

_REASONS = {401: UNAUTHORIZED, 403: UNAUTHORIZED, 413: TOO_LARGE, 422: REFUSED, 503: UNAVAILABLE, 504: TIMED_OUT}


# ---------------------------------------------------------------------------------------------------------------------
# What callers see beside the client
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What is wrong with a record, or with a field of it."""

    index: int
    """The place of the record in what was given to ``write_and_wait()``, from 0."""
    field: str
    """The field, or "" where the whole record is meant."""
    detail: str
    """What is expected, or what the database said."""


@dataclass(frozen=True)
class WriteResult:
    """What became of the records of one ``write_and_wait()``. True where all of them are written."""

    written: int = 0
    """Records that are committed."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with records that were refused; at most 20 for each request."""
    fault_count: int = 0
    """All faults, beyond those that are named too."""
    reason: str | None = None
    """None where all is written, else why not: ``refused``, ``timed_out``, ``connection``, …"""
    detail: str = ""
    """The same in words."""
    status: int | None = None
    """The status of the service's last answer, if it answered."""

    def __bool__(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class FlushResult:
    """What became of a ``flush()``. True where everything sent before is in the database."""

    written: Mapping[str, int] = field(default_factory=dict)
    """Records that this flush of the service took to the database, by type; those of other clients among them."""
    failed: int = 0
    """Records of these that the database refused."""
    lost: int = 0
    """Records that were lost with their batch."""
    dropped: int = 0
    """Records of this client that were dropped while its own buffer was sent."""
    duration_ms: int = 0
    """How long the service took."""
    reason: str | None = None
    """None where everything is written, else why not."""
    detail: str = ""
    """The same in words."""
    status: int | None = None
    """The status of the service's answer, if it answered."""

    def __bool__(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Statistics:
    """What a client did since it was made, or since its process was forked: accepted = sent + dropped + waiting."""

    accepted: int
    """Records that were given to ``send()``."""
    sent: int
    """Records of these that the service accepted."""
    waiting: int
    """Records of these in the buffer or under way."""
    dropped_by: Mapping[str, int]
    """Records of these that were dropped, by reason."""
    written: int
    """Records that ``write_and_wait()`` wrote; they count in none of the others."""

    @property
    def dropped(self) -> int:
        return sum(self.dropped_by.values())


class Listener:
    """Hears what the client does, for metrics. Override what you need.

    Methods are called by the threads that do the work, ``buffered`` and some of ``dropped`` by those that call
    ``send()``: they should be quick. What they raise is caught, and said in the client's next WARNING.
    """

    def buffered(self, record_type: str, records: int) -> None:
        """Records wait to be sent."""

    def sent(self, record_type: str, records: int) -> None:
        """The service accepted records."""

    def dropped(self, record_type: str, records: int, reason: str) -> None:
        """Records were dropped."""

    def answered(self, seconds: float, status: int | None) -> None:
        """A request ended: its time, and the answer's status, or None where there was none."""


# ---------------------------------------------------------------------------------------------------------------------
# Records as JSON
# ---------------------------------------------------------------------------------------------------------------------

_quote: Callable[[str], str] = json.encoder.encode_basestring


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("is not finite")
    return float.__repr__(value)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("is not finite")
    return str(value)


def _datetime(value: datetime) -> str:
    """With a zone: in UTC. Without: as it is, for the service to take in its ``naive-time-zone``."""
    if value.tzinfo is None:
        return '"' + value.isoformat(timespec="microseconds") + '"'
    utc = value.astimezone(timezone.utc).replace(tzinfo=None)
    return '"' + utc.isoformat(timespec="microseconds") + 'Z"'


def _array(values: Iterable[Any]) -> str:
    return "[" + ",".join([_json(value) for value in values]) + "]"


def _object(members: Mapping[Any, Any]) -> str:
    return "{" + ",".join([_key(name) + ":" + _json(value) for name, value in members.items()]) + "}"


def _key(name: Any) -> str:
    if isinstance(name, str):
        return _json(name)
    if isinstance(name, (int, UUID, Enum)) and not isinstance(name, bool):
        text = _json(name)
        return text if text.startswith('"') else '"' + text + '"'
    raise TypeError("has a key of type " + type(name).__name__)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _quote,
    int: int.__repr__,
    float: _float,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    datetime: _datetime,
    date: lambda value: '"' + value.isoformat() + '"',
    Decimal: _decimal,
    UUID: lambda value: '"' + str(value) + '"',
    dict: _object,
    list: _array,
    tuple: _array,
}


def _json(value: Any) -> str:
    writer = _WRITERS.get(type(value))
    return writer(value) if writer is not None else _unusual(value)


def _unusual(value: Any) -> str:
    """Types derived from the usual ones; Enum before the others, because a member may be a string or number as well."""
    if isinstance(value, Enum):
        return _json(value.value)
    if isinstance(value, str):
        return _quote(str.__str__(value))
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, numbers.Real):
        return _float(float(value))
    if isinstance(value, datetime):
        return _datetime(value)
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, (list, tuple)):
        return _array(value)
    raise TypeError("is of type " + type(value).__name__)


class _Invalid(Exception):
    """A record that cannot be sent; the message says why without any of its text."""

    def __init__(self, field_name: str, detail: str) -> None:
        super().__init__((f"field {field_name!r} " if field_name else "the record ") + detail)
        self.field = field_name
        self.detail = detail


def _body(record: Any) -> bytes:
    """The record as JSON; a lone surrogate fails here, as it would in the service."""
    if not isinstance(record, Mapping):
        raise _Invalid("", "is a " + type(record).__name__ + ", expected a mapping")
    try:
        return _object(record).encode()
    except Exception as failed:
        raise _blame(record, failed) from None


def _blame(record: Record, failed: Exception) -> _Invalid:
    """Looks for the field at fault, which costs time only where there is one."""
    for name, value in record.items():
        try:
            (_key(name) + _json(value)).encode()
        except Exception as reason:
            return _Invalid(str(name)[:64], _words(reason))
    return _Invalid("", _words(failed))


def _words(failed: Exception) -> str:
    """Messages of ours say what is wrong; those of others may repeat a value."""
    if isinstance(failed, (TypeError, ValueError)) and str(failed).startswith(("is ", "has ")):
        return str(failed)
    return "cannot be written as JSON (" + type(failed).__name__ + ")"


# ---------------------------------------------------------------------------------------------------------------------
# Time
# ---------------------------------------------------------------------------------------------------------------------


class _Clock:
    """The time, and waiting for it; tests have another one."""

    def monotonic(self) -> float:
        return time.monotonic()

    def micros(self) -> int:
        """Microseconds since 1970, UTC."""
        return time.time_ns() // 1000

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        condition.wait(seconds)


class _Deadline:
    """The moment by which an operation has to be over. Any thread may make it now."""

    def __init__(self, clock: _Clock, seconds: float) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock.monotonic() + seconds
        self._interrupt: Callable[[], None] = lambda: None

    def left(self) -> float:
        """Seconds that are left, more than 0; raises socket.timeout where none are."""
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise socket.timeout()
        return left

    def left_or_nothing(self) -> float:
        return max(0.0, self._end - self._clock.monotonic())

    def is_over(self) -> bool:
        return self.left_or_nothing() == 0

    def interruptible_by(self, interrupt: Callable[[], None]) -> None:
        """How to end what the operation waits for. Set before left() is asked: neither misses the other, then."""
        self._interrupt = interrupt

    def expire(self) -> None:
        self._end = -math.inf
        self._interrupt()


class _Stamp:
    """Moments of change that ascend strictly, in UTC and microseconds, whatever the system's clock does."""

    def __init__(self, field_name: str, clock: _Clock) -> None:
        self._field = field_name
        self._clock = clock
        self._lock = threading.RLock()  # see _Sender
        self._last = 0

    def put(self, record: Any) -> Any:
        """The record, with the moment of now where it carries none."""
        if not isinstance(record, Mapping) or record.get(self._field) is not None:
            return record
        with self._lock:
            self._last = max(self._last + 1, self._clock.micros())
            moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=self._last)
        return {**record, self._field: moment}

    def begin_again(self) -> None:
        """After a fork, where another thread may have held the lock."""
        self._lock = threading.RLock()


# ---------------------------------------------------------------------------------------------------------------------
# HTTP
# ---------------------------------------------------------------------------------------------------------------------


class _Failed(Exception):
    """A request without a usable answer, or with one that is a refusal."""

    def __init__(self, reason: str, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.status = status


class _Answer:
    """An answer of the service, or of whatever stands before it."""

    def __init__(self, status: int, content: bytes) -> None:
        self.status = status
        self.json: dict[str, Any] = {}
        try:
            parsed = json.loads(content)
            if isinstance(parsed, dict):
                self.json = parsed
        except ValueError:
            pass  # a balancer may answer in HTML: the status alone counts

    def number(self, name: str) -> int:
        value = self.json.get(name)
        return value if isinstance(value, int) else 0

    @property
    def draining(self) -> bool:
        return self.status == 503 and self.json.get("type") == "/problems/draining"

    def faults(self) -> list[Fault]:
        """Those that name a record."""
        errors = self.json.get("errors")
        named = [self._fault(error) for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
        return [fault for fault in named if fault is not None]

    @staticmethod
    def _fault(error: dict[str, Any]) -> Fault | None:
        place = re.match(r"/[^/]*/(\d{1,9})(?:/(.*))?$", str(error.get("pointer")), re.DOTALL)
        return Fault(int(place[1]), place[2] or "", str(error.get("detail", ""))) if place else None

    def failure(self) -> _Failed:
        words = f"status {self.status}"
        detail = self.json.get("detail")
        if isinstance(detail, str):
            words += ": " + detail[:200]
        for fault in self.faults()[:1]:
            words += f"; first: {fault.field} {fault.detail[:200]}"
        return _Failed(_REASONS.get(self.status, STATUS), words, self.status)


class _Target:
    """Where the service is, and how it is spoken to."""

    def __init__(self, url: str, token: str | None, context: ssl.SSLContext | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"url: {parts.scheme}://… (expected http://host:port or https://host:port)")
        if parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("url: expected no user, query or fragment; a token is an argument of its own")
        if token is not None and not re.fullmatch(r"[\x21-\x7e]+", token):
            raise ValueError("token: expected visible ASCII characters only")
        secure = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port or (443 if secure else 80)
        self.path = parts.path.rstrip("/") + "/api/v1/persistence/"
        self.name = f"{parts.scheme}://{parts.netloc}"
        self.context = (context or ssl.create_default_context()) if secure else None
        self._fixed = f"Host: {parts.netloc}\r\nUser-Agent: persistence-client-python/{__version__}\r\n"
        if token is not None:
            self._fixed += f"Authorization: Bearer {token}\r\n"

    def message(self, path: str, content: bytes) -> bytes:
        """A whole request."""
        head = f"POST {self.path}{path} HTTP/1.1\r\n{self._fixed}Content-Type: application/json\r\n"
        if len(content) > _GZIP_BYTES:
            content = gzip.compress(content, _GZIP_LEVEL)
            head += "Content-Encoding: gzip\r\n"
        return (head + f"Content-Length: {len(content)}\r\n\r\n").encode("ascii") + content


class _Connection:
    """One kept-alive connection, used by one thread at a time. Whatever it does ends by the deadline of the request."""

    def __init__(self, target: _Target, deadline: _Deadline, clock: _Clock) -> None:
        self.answered = False  # whether a byte has come of the answer to the present request
        self._clock = clock
        self._idle_since = 0.0
        self._deadline = deadline
        self._socket = self._connect(target)

    def _connect(self, target: _Target) -> socket.socket:
        addresses = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        for remaining in range(len(addresses), 0, -1):
            family, kind, protocol, _, address = addresses[-remaining]
            connected = socket.socket(family, kind, protocol)
            try:
                self._watch(connected)
                connected.settimeout(self._deadline.left() / remaining)
                connected.connect(address)
                connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self._secure(connected, target)
            except OSError:
                connected.close()
                if remaining == 1:
                    raise
            except BaseException:
                connected.close()
                raise
        raise OSError("the name has no address")

    def _secure(self, connected: socket.socket, target: _Target) -> socket.socket:
        if target.context is None:
            return connected
        secured = target.context.wrap_socket(connected, server_hostname=target.host, do_handshake_on_connect=False)
        try:
            self._watch(secured)
            secured.settimeout(self._deadline.left())
            secured.do_handshake()
            return secured
        except BaseException:
            secured.close()
            raise

    def _watch(self, watched: socket.socket) -> None:
        def shut() -> None:
            with suppress(OSError):  # not connected, or closed already: nothing waits for it
                socket.socket.shutdown(watched, socket.SHUT_RDWR)  # of TLS too: its own would race with the reader

        self._deadline.interruptible_by(shut)

    def exchange(self, message: bytes, deadline: _Deadline) -> tuple[_Answer, bool]:
        """The answer, and whether the connection can be used again."""
        self._deadline = deadline
        self.answered = False
        self._watch(self._socket)
        self._send(message)
        response = http.client.HTTPResponse(self, method="POST")  # type: ignore[arg-type]
        try:
            response.begin()
            content = response.read(_MOST_ANSWER_BYTES)
            return _Answer(response.status, content), response.isclosed() and not response.will_close
        finally:
            response.close()

    def _send(self, message: bytes) -> None:
        rest = memoryview(message)
        while rest:
            self._socket.settimeout(self._deadline.left())
            rest = rest[self._socket.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        """All that http.client's response asks of a socket."""
        return io.BufferedReader(_Incoming(self))

    def receive(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer)
        self.answered = self.answered or count > 0
        return count

    def rest(self) -> None:
        self._idle_since = self._clock.monotonic()

    def is_fresh(self) -> bool:
        return self._clock.monotonic() - self._idle_since < _MOST_IDLE_SECONDS

    def close(self) -> None:
        self._socket.close()


class _Incoming(io.RawIOBase):
    """What a connection receives, as a stream."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._connection.receive(buffer)


class _Transport:
    """Requests to the service over connections that are kept for the next ones. Any thread."""

    def __init__(self, target: _Target, clock: _Clock, answered: Callable[[float, int | None], None]) -> None:
        self._target = target
        self._clock = clock
        self._answered = answered
        self._lock = threading.RLock()  # of what follows; see _Sender
        self._idle: list[_Connection] = []
        self._used: set[_Connection] = set()
        self._closed = False

    def post(self, path: str, content: bytes, deadline: _Deadline) -> _Answer:
        """The answer, whatever its status; raises _Failed where there is none."""
        start = self._clock.monotonic()
        status: int | None = None
        try:
            answer = self._post(self._target.message(path, content), deadline)
            status = answer.status
            return answer
        except (OSError, http.client.HTTPException, ValueError) as failed:
            if isinstance(failed, socket.timeout) or deadline.is_over():
                raise _Failed(TIMED_OUT, f"no answer from {self._target.name} within {deadline.seconds:g} s") from None
            raise _Failed(CONNECTION, f"{self._target.name}: {type(failed).__name__}: {failed}") from failed
        finally:
            self._answered(self._clock.monotonic() - start, status)

    def _post(self, message: bytes, deadline: _Deadline) -> _Answer:
        """A connection that was kept may turn out to be closed, or its server to be stopping. Nothing was taken, then,
        and the request is sent once more, over a new connection, which may lead to another server."""
        kept = self._take()
        if kept is None:
            return self._exchange(self._open(deadline), message, deadline)
        try:
            answer = self._exchange(kept, message, deadline)
            if not answer.draining:
                return answer
        except (OSError, http.client.HTTPException):
            if kept.answered or deadline.is_over():
                raise
        return self._exchange(self._open(deadline), message, deadline)

    def _exchange(self, connection: _Connection, message: bytes, deadline: _Deadline) -> _Answer:
        reusable = False
        try:
            answer, reusable = connection.exchange(message, deadline)
            return answer
        finally:
            deadline.interruptible_by(lambda: None)
            self._give_back(connection, reusable)

    def _open(self, deadline: _Deadline) -> _Connection:
        connection = _Connection(self._target, deadline, self._clock)
        with self._lock:
            self._used.add(connection)
        return connection

    def _take(self) -> _Connection | None:
        with self._lock:
            while self._idle and not self._idle[0].is_fresh():  # the first has rested longest
                self._idle.pop(0).close()
            if not self._idle:
                return None
            connection = self._idle.pop()
            self._used.add(connection)
            return connection

    def _give_back(self, connection: _Connection, reusable: bool) -> None:
        connection.rest()
        with self._lock:
            self._used.discard(connection)
            if reusable and not self._closed and len(self._idle) < _MOST_IDLE_CONNECTIONS:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Closes what rests; what is in use is closed after its use."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def forget(self) -> None:
        """After a fork: closes this process's ends of the parent's connections, which the parent goes on using."""
        for connection in [*self._idle, *self._used]:
            connection.close()


# ---------------------------------------------------------------------------------------------------------------------
# The buffer
# ---------------------------------------------------------------------------------------------------------------------


class _Waiting(NamedTuple):
    """A record in the buffer."""

    place: int  # in the order of send()
    since: float
    body: bytes


class _Batch(NamedTuple):
    """Records that make one request."""

    record_type: str
    bodies: list[bytes]

    @property
    def path(self) -> str:
        return quote(self.record_type, safe="") + "/batch"

    def content(self) -> bytes:
        return b"{" + _quote(self.record_type).encode() + b":[" + b",".join(self.bodies) + b"]}"

    def without(self, places: set[int]) -> _Batch:
        return _Batch(self.record_type, [body for place, body in enumerate(self.bodies) if place not in places])


class _Buffer:
    """The records that wait, by type. Whoever uses it holds its owner's lock."""

    def __init__(self, most_records: int, most_bytes: int) -> None:
        self._most_records = most_records
        self._most_bytes = most_bytes
        self._queues: dict[str, deque[_Waiting]] = {}
        self.records = 0
        self.bytes = 0
        self.next_place = 0

    def add(self, record_type: str, body: bytes, now: float) -> None:
        self._queues.setdefault(record_type, deque()).append(_Waiting(self.next_place, now, body))
        self.next_place += 1
        self.records += 1
        self.bytes += len(body)

    def overflowing(self) -> bool:
        return self.records > self._most_records or self.bytes > self._most_bytes

    def oldest(self) -> _Waiting | None:
        return min((queue[0] for queue in self._queues.values()), default=None)

    def drop_oldest(self) -> str:
        """Makes room, and returns the type of what it dropped."""
        record_type = self._oldest_type()
        self._pop(record_type)
        return record_type

    def take(self) -> _Batch:
        """The next request: records of the oldest one's type, in their order, as many as it may have."""
        record_type = self._oldest_type()
        bodies = [self._pop(record_type)]
        size = len(bodies[0])
        while len(bodies) < _MOST_REQUEST_RECORDS and record_type in self._queues:
            size += len(self._queues[record_type][0].body)
            if size > _MOST_REQUEST_BYTES:
                break
            bodies.append(self._pop(record_type))
        return _Batch(record_type, bodies)

    def _oldest_type(self) -> str:
        return min(self._queues, key=lambda record_type: self._queues[record_type][0].place)

    def _pop(self, record_type: str) -> bytes:
        queue = self._queues[record_type]
        body = queue.popleft().body
        if not queue:
            del self._queues[record_type]
        self.records -= 1
        self.bytes -= len(body)
        return body


class _Tally:
    """What became of the records, and what the log has not yet said of it. Whoever uses it holds its owner's lock."""

    def __init__(self) -> None:
        self.accepted = 0
        self.sent = 0
        self.written = 0
        self.dropped: dict[str, int] = {}
        self._unsaid: dict[tuple[str, str], int] = {}
        self._cause = ""
        self._next_warning = -math.inf

    def drop(self, record_type: str, records: int, reason: str, cause: str) -> None:
        self.dropped[reason] = self.dropped.get(reason, 0) + records
        key = (record_type, reason)
        self._unsaid[key] = self._unsaid.get(key, 0) + records
        self.blame(cause)

    def blame(self, cause: str) -> None:
        self._cause = cause or self._cause

    def seconds_until_warning(self, now: float) -> float | None:
        """None where there is nothing to say."""
        return max(0.0, self._next_warning - now) if self._unsaid or self._cause else None

    def warning(self, now: float) -> str:
        """What is to be said now; the next one comes in ten seconds at the earliest."""
        records = sum(self._unsaid.values())
        parts = ", ".join(f"{count} {kind} ({reason})" for (kind, reason), count in sorted(self._unsaid.items()))
        text = f"Dropped {records} records: {parts}. Last cause: {self._cause}" if records else self._cause
        self._unsaid = {}
        self._cause = ""
        self._next_warning = now + _WARNING_SECONDS
        return text


# ---------------------------------------------------------------------------------------------------------------------
# The sender
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Settings:
    buffer_records: int
    buffer_seconds: float
    timeout: float
    flush_timeout: float
    write_timeout: float
    close_timeout: float
    max_waiting_records: int
    max_waiting_bytes: int

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
                raise ValueError(f"{name}: {value!r} (expected a number above 0)")


class _Sender:
    """The buffer and the one thread that empties it, one request after the other, so that records keep their order.

    Its lock is held for moments only, never during input or output, a listener's method, or logging. It is reentrant,
    and what send() brings goes through an inbox: a signal's handler, or a finalizer, may call send() in the middle of
    any change that the same thread is making.
    """

    def __init__(
        self, settings: _Settings, transport: _Transport, clock: _Clock, heard: _Heard, owner: PersistenceClient
    ) -> None:
        self._owner = owner  # the thread keeps it, so that a client that nobody holds any more is closed at the end
        self._settings = settings
        self._transport = transport
        self._clock = clock
        self._heard = heard
        self._inbox: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition(threading.RLock())
        # All that follows belongs to who holds the lock.
        self._busy = False  # whether its holder is in the middle of a change
        self._buffer = _Buffer(settings.max_waiting_records, settings.max_waiting_bytes)
        self._tally = _Tally()
        self._thread: threading.Thread | None = None
        self._no_thread = ""
        self._deadline: _Deadline | None = None  # of the request under way
        self._under_way = 0
        self._asked = 0  # everything before this place is to be sent at once
        self._settled = 0  # everything before this place is sent or dropped
        self._closed = False

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._changed:
            outer, self._busy = self._busy, True
            try:
                yield
            finally:
                self._busy = outer
        self._open_inbox()
        self._heard.tell()

    def _open_inbox(self) -> None:
        while self._inbox:
            with self._changed:
                if self._busy:
                    return  # this thread was interrupted in the middle of a change, and will see to it afterwards
                self._busy = True
                try:
                    while self._inbox:
                        self._inbox.popleft()()
                finally:
                    self._busy = False

    def _wait(self, seconds: float | None) -> None:
        self._busy = False
        self._clock.wait(self._changed, seconds)
        self._busy = True

    # --- for callers ---

    def add(self, record_type: str, bodies: list[bytes]) -> None:
        self._bring(lambda: self._put(record_type, bodies))

    def refuse(self, record_type: str, reason: str, cause: str) -> None:
        """A record that never gets into the buffer."""
        self._bring(lambda: self._put_aside(record_type, reason, cause))

    def _bring(self, change: Callable[[], None]) -> None:
        self._inbox.append(change)
        self._open_inbox()
        self._heard.tell()
        if self._thread is None:
            self._warn_if_time()

    def _put(self, record_type: str, bodies: list[bytes]) -> None:
        self._tally.accepted += len(bodies)
        if self._closed:
            self._drop(record_type, len(bodies), CLOSED, "send() after close()")
            return
        self._heard.later("buffered", record_type, len(bodies))
        now = self._clock.monotonic()
        was_empty = self._buffer.records == 0
        for body in bodies:
            self._buffer.add(record_type, body, now)
            while self._buffer.overflowing():
                self._drop(self._buffer.drop_oldest(), 1, OVERFLOW, "the buffer was full" + self._no_thread)
        self._start_thread()
        if was_empty or self._is_full():
            self._changed.notify_all()

    def _put_aside(self, record_type: str, reason: str, cause: str) -> None:
        self._tally.accepted += 1
        self._drop(record_type, 1, reason, cause)
        self._start_thread()  # which says so in the log
        self._changed.notify_all()

    def _drop(self, record_type: str, records: int, reason: str, cause: str) -> None:
        self._tally.drop(record_type, records, reason, cause)
        self._heard.later("dropped", record_type, records, reason)

    def settle(self, deadline: _Deadline) -> int:
        """Returns when all that waits now is sent or dropped, and how many were dropped meanwhile."""
        deadline.interruptible_by(self._wake)
        with self._locked():
            before = sum(self._tally.dropped.values())
            place = self._buffer.next_place
            if self._is_working():
                self._asked = max(self._asked, place)
                self._start_thread()
                self._changed.notify_all()
            while self._is_working() and self._settled < place:
                self._wait(deadline.left())
            deadline.left()
            return sum(self._tally.dropped.values()) - before

    def _is_working(self) -> bool:
        return self._buffer.records > 0 or self._under_way > 0

    def _wake(self) -> None:
        with self._locked():
            self._changed.notify_all()

    def wrote(self, records: int) -> None:
        with self._locked():
            self._tally.written += records

    @property
    def is_closed(self) -> bool:
        return self._closed

    def statistics(self) -> Statistics:
        with self._locked():
            tally = self._tally
            waiting = self._buffer.records + self._under_way
            return Statistics(tally.accepted, tally.sent, waiting, dict(tally.dropped), tally.written)

    def close(self, deadline: _Deadline) -> None:
        """Sends what waits, until the deadline; what is left then is dropped. No thread is left."""
        with self._locked():
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread is None or not thread.is_alive():  # an interpreter that ends starts no threads any more
            self._send_before(self._buffer.next_place, deadline)
        else:
            thread.join(deadline.left_or_nothing())
        self._abandon()
        if thread is not None and thread.is_alive():
            thread.join(1.0)  # only a look-up of the service's name cannot be interrupted
        with self._locked():
            self._thread = None
        self._warn_if_time(last=True)

    def _abandon(self) -> None:
        with self._locked():
            while self._buffer.records:
                self._drop(self._buffer.drop_oldest(), 1, CLOSED, "close() did not get to send them in time")
            if self._deadline is not None:
                self._deadline.expire()

    # --- the thread ---

    def _start_thread(self) -> None:
        if self._closed or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._run, name="persistence-client", daemon=True)
        try:
            self._thread.start()
            _close_with_worker()
            self._no_thread = ""
        except RuntimeError as refused:  # no more threads: what waits is bounded, and the next send() tries again
            self._thread = None
            self._no_thread = f" and no thread could be started ({refused})"

    def _run(self) -> None:
        while self._wait_for_work():
            with self._locked():
                limit = self._buffer.next_place if self._is_due() else self._settled
            self._send_before(limit)
            with self._locked():
                self._settled = limit
                self._changed.notify_all()
            self._warn_if_time()

    def _wait_for_work(self) -> bool:
        """True when records or a warning are due, False when nothing ever will be."""
        with self._locked():
            while not self._is_due():
                if self._closed:
                    return False
                if self._tally.seconds_until_warning(self._clock.monotonic()) == 0:
                    return True
                self._wait(self._seconds_to_wait())
            return True

    def _is_full(self) -> bool:
        return self._buffer.records >= self._settings.buffer_records or self._buffer.bytes >= _MOST_REQUEST_BYTES

    def _is_due(self) -> bool:
        oldest = self._buffer.oldest()
        if oldest is None:
            return False
        asked = self._closed or self._asked > self._settled
        return asked or self._is_full() or self._seconds_until_old(oldest) <= 0

    def _seconds_until_old(self, oldest: _Waiting) -> float:
        return oldest.since + self._settings.buffer_seconds - self._clock.monotonic()

    def _seconds_to_wait(self) -> float | None:
        oldest = self._buffer.oldest()
        times = [
            None if oldest is None else self._seconds_until_old(oldest),
            self._tally.seconds_until_warning(self._clock.monotonic()),
        ]
        return min((seconds for seconds in times if seconds is not None), default=None)

    def _send_before(self, limit: int, all_within: _Deadline | None = None) -> None:
        """Sends all records before a place, and whatever goes along with them."""
        while True:
            with self._locked():
                oldest = self._buffer.oldest()
                if oldest is None or oldest.place >= limit:
                    return
                batch = self._buffer.take()
                self._under_way = len(batch.bodies)
                self._deadline = deadline = all_within or _Deadline(self._clock, self._settings.timeout)
            try:
                self._deliver(batch, deadline)
            except Exception as failed:  # the thread goes on; what it had in hand is counted
                _LOG.exception("Persistence client: unexpected failure; please report it")
                self._lose(batch.record_type, self._under_way, FAILED, type(failed).__name__)
            finally:
                with self._locked():
                    self._deadline = None

    def _deliver(self, batch: _Batch, deadline: _Deadline) -> None:
        """Records that the service finds fault with are left out, and the others sent again."""
        for attempt in range(1, _MOST_ATTEMPTS + 1):
            try:
                answer = self._transport.post(batch.path, batch.content(), deadline)
            except _Failed as failed:
                reason = CLOSED if self._closed and failed.reason == TIMED_OUT else failed.reason
                return self._lose(batch.record_type, len(batch.bodies), reason, failed.detail)
            if answer.status == 202:
                return self._count_sent(batch)
            failure = answer.failure()
            faulty = {fault.index for fault in answer.faults()} if answer.status == 422 else set()
            if not faulty or attempt == _MOST_ATTEMPTS:
                return self._lose(batch.record_type, len(batch.bodies), failure.reason, failure.detail)
            rest = batch.without(faulty)
            self._lose(batch.record_type, len(batch.bodies) - len(rest.bodies), REFUSED, failure.detail)
            if not rest.bodies:
                return None
            batch = rest
        return None

    def _count_sent(self, batch: _Batch) -> None:
        records = len(batch.bodies)
        with self._locked():
            self._under_way -= records
            self._tally.sent += records
            self._heard.later("sent", batch.record_type, records)

    def _lose(self, record_type: str, records: int, reason: str, cause: str) -> None:
        with self._locked():
            self._under_way -= records
            self._drop(record_type, records, reason, cause)

    # --- the log ---

    def _warn_if_time(self, last: bool = False) -> None:
        """Outside the lock, because a handler of the log may take its time."""
        with self._locked():
            now = self._clock.monotonic()
            self._tally.blame(self._heard.complaint())
            seconds = self._tally.seconds_until_warning(now)
            if seconds is None or (seconds > 0 and not last):
                return
            text = self._tally.warning(now)
        _LOG.warning("%s", text)


class _Heard:
    """The listener, whatever it raises. It is told of changes after the lock was let go."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener
        self._events: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._complaint = ""

    def later(self, event: str, *arguments: Any) -> None:
        if self._listener is not None:
            self._events.append((event, arguments))

    def answered(self, seconds: float, status: int | None) -> None:
        self.later("answered", seconds, status)
        self.tell()

    def tell(self) -> None:
        while self._events:
            try:
                event, arguments = self._events.popleft()
            except IndexError:
                return  # another thread was faster
            try:
                getattr(self._listener, event)(*arguments)
            except Exception as failed:
                self._complaint = f"the listener raised {type(failed).__name__}: {failed}"

    def complaint(self) -> str:
        """What to say of the listener, once; "" where there is nothing."""
        complaint, self._complaint = self._complaint, ""
        return complaint


# ---------------------------------------------------------------------------------------------------------------------
# The client
# ---------------------------------------------------------------------------------------------------------------------


class PersistenceClient:
    """Sends records to Persistence Service. See the module's text for what happens to them.

    :param url: of the service, ``http://host:port`` or ``https://host:port``, with a path where a proxy wants one
    :param token: where the service asks for one
    :param buffer_records: waiting records that make a request due
    :param buffer_seconds: age of the oldest waiting record that makes a request due
    :param timeout: seconds for a whole request of the background thread, connecting included
    :param flush_timeout: seconds for ``flush()``, the own buffer included
    :param write_timeout: seconds for ``write_and_wait()``, the own buffer included
    :param close_timeout: seconds in which ``close()`` may send what waits
    :param max_waiting_records: records that the buffer holds; beyond, the oldest are dropped: a later state of the same
        key is more likely to be among the newer ones
    :param max_waiting_bytes: bytes of JSON that the buffer holds; beyond, the same
    :param stamp_changes: a field, such as ``updated_at``, that gets the moment of ``send()`` in records without one:
        with several instances of the service, requests may overtake each other, and the time in the record decides
    :param ssl_context: for ``https``, where the system's authorities are not the right ones
    :param listener: hears what the client does
    :raises ValueError: an argument is impossible
    """

    def __init__(
        self,
        url: str = "http://localhost:8001",
        *,
        token: str | None = None,
        buffer_records: int = 100,
        buffer_seconds: float = 1.0,
        timeout: float = 2.0,
        flush_timeout: float = 10.0,
        write_timeout: float = 10.0,
        close_timeout: float = 5.0,
        max_waiting_records: int = 10_000,
        max_waiting_bytes: int = 16 << 20,
        stamp_changes: str | None = None,
        ssl_context: ssl.SSLContext | None = None,
        listener: Listener | None = None,
        _clock: _Clock | None = None,
    ) -> None:
        self._settings = _Settings(
            buffer_records,
            buffer_seconds,
            timeout,
            flush_timeout,
            write_timeout,
            close_timeout,
            max_waiting_records,
            max_waiting_bytes,
        )
        self._target = _Target(url, token, ssl_context)
        self._clock = _clock or _Clock()
        self._stamp = _Stamp(stamp_changes, self._clock) if stamp_changes else None
        self._listener = listener
        self._begin()
        _CLIENTS.add(self)

    def _begin(self) -> None:
        heard = _Heard(self._listener)
        self._transport = _Transport(self._target, self._clock, heard.answered)
        self._sender = _Sender(self._settings, self._transport, self._clock, heard, self)

    def _begin_again_after_fork(self) -> None:
        """The parent's thread does not run here, and its lock may be held for ever: nothing of it is used."""
        closed = self._sender.is_closed
        self._transport.forget()
        if self._stamp is not None:
            self._stamp.begin_again()
        self._begin()
        if closed:
            self.close()

    # --- fire and forget ---

    def send(self, record_type: str, records: Record | Iterable[Record]) -> None:
        """Takes a record, or several, to be sent soon. Never raises, never waits for the network."""
        bodies: list[bytes] = []
        try:
            _check_type(record_type)
            for record in _each(records):
                body = self._try_body(record_type, record)
                if body is not None:
                    bodies.append(body)
        except (
            Exception
        ) as failed:  # what is no type, and no records; an iterable of the caller's own may raise anything
            self._sender.refuse(str(record_type), INVALID, f"the type or the records: {_words(failed)}")
        if bodies:
            self._sender.add(record_type, bodies)

    def _try_body(self, record_type: str, record: Any) -> bytes | None:
        try:
            body = self._body(record)
        except _Invalid as failed:
            self._sender.refuse(record_type, INVALID, f"{record_type}: {failed}")
            return None
        if len(body) > self._settings.max_waiting_bytes:
            cause = f"a record of {len(body)} bytes (max_waiting_bytes: {self._settings.max_waiting_bytes})"
            self._sender.refuse(record_type, TOO_LARGE, cause)
            return None
        return body

    def _body(self, record: Any) -> bytes:
        return _body(record if self._stamp is None else self._stamp.put(record))

    # --- what waits for an answer ---

    def write_and_wait(
        self, record_type: str, records: Record | Iterable[Record], *, timeout: float | None = None
    ) -> WriteResult:
        """Returns when the records are in the database, or says why they are not; never raises.

        What ``send()`` took before is sent first. Up to 1000 records, or 1 MiB, are one request, of which the service
        takes all or nothing; more are several. A failure may hide a success (the answer was lost): records may be sent
        again at any time.
        """
        return self._write(record_type, records, self._deadline(timeout, self._settings.write_timeout))

    async def write_and_wait_async(
        self, record_type: str, records: Record | Iterable[Record], *, timeout: float | None = None
    ) -> WriteResult:
        """The same for coroutines. Cancelled, it gives up at once; the records may have been written."""
        deadline = self._deadline(timeout, self._settings.write_timeout)
        return await _off_the_loop(deadline, lambda: self._write(record_type, records, deadline))

    def _write(self, record_type: str, records: Record | Iterable[Record], deadline: _Deadline) -> WriteResult:
        written = _Written()
        try:
            _check_type(record_type)
            bodies = self._bodies(records, written)
            if not written.faults and bodies:
                self._sender.settle(deadline)
                self._require_open()
                for batch in _requests(record_type, bodies):
                    written.take(batch, self._transport.post(batch.path + "?ack=written", batch.content(), deadline))
        except _Failed as failed:
            written.fail(failed.reason, failed.detail)
        except socket.timeout:
            written.fail(TIMED_OUT, f"what waited before was not sent within {deadline.seconds:g} s")
        except Exception as failed:
            written.fail(FAILED, f"{type(failed).__name__}: {failed}")
        self._sender.wrote(written.count)
        return written.result()

    def _bodies(self, records: Record | Iterable[Record], written: _Written) -> list[bytes]:
        bodies = []
        for index, record in enumerate(_each(records)):
            try:
                bodies.append(self._body(record))
            except _Invalid as failed:
                written.refuse([Fault(index, failed.field, failed.detail)], 1, f"record {index}: {failed}")
        return bodies

    def flush(self, *, timeout: float | None = None) -> FlushResult:
        """Sends what waits, makes the service write all that it holds, and returns when that is done; never raises."""
        return self._flush(self._deadline(timeout, self._settings.flush_timeout))

    async def flush_async(self, *, timeout: float | None = None) -> FlushResult:
        """The same for coroutines. Cancelled, it stops waiting; what is under way goes on."""
        deadline = self._deadline(timeout, self._settings.flush_timeout)
        return await _off_the_loop(deadline, lambda: self._flush(deadline))

    def _flush(self, deadline: _Deadline) -> FlushResult:
        try:
            dropped = self._sender.settle(deadline)
            self._require_open()
            return _flushed(self._transport.post("flush", b"", deadline), dropped)
        except _Failed as failed:
            return FlushResult(reason=failed.reason, detail=failed.detail)
        except socket.timeout:
            return FlushResult(reason=TIMED_OUT, detail=f"what waited was not sent within {deadline.seconds:g} s")
        except Exception as failed:
            return FlushResult(reason=FAILED, detail=f"{type(failed).__name__}: {failed}")

    def _require_open(self) -> None:
        if self._sender.is_closed:
            raise _Failed(CLOSED, "the client is closed")

    def _deadline(self, timeout: float | None, usual: float) -> _Deadline:
        return _Deadline(self._clock, usual if timeout is None else timeout)

    # --- figures and the end ---

    def statistics(self) -> Statistics:
        """What became of all records so far, at one moment."""
        return self._sender.statistics()

    def close(self, *, timeout: float | None = None) -> None:
        """Sends what waits within ``close_timeout``, drops and counts the rest, and ends the thread and connections.

        What is sent later is dropped and counted. A second call does nothing. At the end of the process every client is
        closed by itself, within two seconds.
        """
        self._sender.close(self._deadline(timeout, self._settings.close_timeout))
        self._transport.close()

    async def close_async(self, *, timeout: float | None = None) -> None:
        """The same for coroutines."""
        await asyncio.get_running_loop().run_in_executor(None, lambda: self.close(timeout=timeout))

    def __enter__(self) -> PersistenceClient:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    async def __aenter__(self) -> PersistenceClient:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.close_async()


def _check_type(record_type: str) -> None:
    if not isinstance(record_type, str):
        raise TypeError("is of type " + type(record_type).__name__ + ", expected str")


def _each(records: Record | Iterable[Record]) -> Iterable[Any]:
    return (records,) if isinstance(records, (Mapping, str, bytes)) else records


def _requests(record_type: str, bodies: list[bytes]) -> Iterator[_Batch]:
    """The records in their order, in requests of a size that the service takes."""
    start = size = 0
    for end, body in enumerate(bodies):
        size += len(body)
        if end > start and (size > _MOST_REQUEST_BYTES or end - start == _MOST_REQUEST_RECORDS):
            yield _Batch(record_type, bodies[start:end])
            start, size = end, len(body)
    yield _Batch(record_type, bodies[start:])


class _Written:
    """A WriteResult as it grows, answer by answer."""

    def __init__(self) -> None:
        self.count = 0
        self.faults: list[Fault] = []
        self._fault_count = 0
        self._reason: str | None = None
        self._detail = ""
        self._status: int | None = None
        self._first = 0  # the place of the request's first record

    def take(self, batch: _Batch, answer: _Answer) -> None:
        """Goes on after records were refused; any other failure would meet the next request as well."""
        self._status = answer.status
        if answer.status == 200:
            self.count += len(batch.bodies)
        elif answer.status == 422:
            self.count += answer.number("written")
            faults = [Fault(self._first + fault.index, fault.field, fault.detail) for fault in answer.faults()]
            self.refuse(faults, max(answer.number("error_count"), len(faults)), answer.failure().detail)
        else:
            raise answer.failure()
        self._first += len(batch.bodies)

    def refuse(self, faults: list[Fault], count: int, detail: str) -> None:
        self.faults += faults
        self._fault_count += count
        self.fail(REFUSED, self._detail or detail)

    def fail(self, reason: str, detail: str) -> None:
        self._reason = reason
        self._detail = detail

    def result(self) -> WriteResult:
        return WriteResult(self.count, tuple(self.faults), self._fault_count, self._reason, self._detail, self._status)


def _flushed(answer: _Answer, dropped: int) -> FlushResult:
    written = {name[: -len("_written")]: answer.number(name) for name in answer.json if name.endswith("_written")}
    failed, lost = answer.number("failed"), answer.number("lost")
    reason, detail = None, ""
    if answer.status != 200:
        failure = answer.failure()
        reason, detail = failure.reason, failure.detail
    elif failed or dropped:
        reason = REFUSED if failed else DROPPED
        detail = f"{failed} records were refused by the database, {dropped} dropped before they got to the service"
    return FlushResult(written, failed, lost, dropped, answer.number("duration_ms"), reason, detail, answer.status)


async def _off_the_loop(deadline: _Deadline, call: Callable[[], _T]) -> _T:
    """Waits for a call that blocks; cancelled, it ends the call as well, so that its thread is free again."""
    try:
        return await asyncio.get_running_loop().run_in_executor(None, call)
    except asyncio.CancelledError:
        deadline.expire()
        raise


# ---------------------------------------------------------------------------------------------------------------------
# The process
# ---------------------------------------------------------------------------------------------------------------------

_CLIENTS: weakref.WeakSet[PersistenceClient] = weakref.WeakSet()
_worker: int | None = None  # the process whose end is watched by multiprocessing; main thread or a sender's lock


def _close_all() -> None:
    for client in list(_CLIENTS):
        client.close(timeout=_EXIT_SECONDS)


def _begin_again_after_fork() -> None:
    for client in list(_CLIENTS):
        client._begin_again_after_fork()


def _close_with_worker() -> None:
    """A process of multiprocessing ends without atexit's functions; it has its own."""
    global _worker
    process = sys.modules.get("multiprocessing.process")
    util = sys.modules.get("multiprocessing.util")
    if process and util and process.parent_process() is not None and _worker != os.getpid():
        _worker = os.getpid()
        util.Finalize(None, _close_all, exitpriority=10)


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again_after_fork)
