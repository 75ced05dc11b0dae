"""A client that does what a test of another language says: a line in is a call, a line out is its result.

Called with the client's settings as JSON; "authority" among them is a PEM file, for https. A call is
{"method": "send", "arguments": ["tasks", {...}]}; a result is the method's own, with "ok" for its truth.
"""

import dataclasses
import json
import ssl
import sys

from persistence_client import PersistenceClient


def client_of(settings):
    authority = settings.pop("authority", None)
    if authority is not None:
        settings["ssl_context"] = ssl.create_default_context(cafile=authority)
    return PersistenceClient(**settings)


def as_json(result):
    if not dataclasses.is_dataclass(result):
        return result
    return {**dataclasses.asdict(result), "ok": bool(result)}


def main():
    client = client_of(json.loads(sys.argv[1]))
    for line in sys.stdin:
        call = json.loads(line)
        result = getattr(client, call["method"])(*call["arguments"])
        print(json.dumps(as_json(result)), flush=True)


main()
