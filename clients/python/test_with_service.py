"""The client against a real service, at PERSISTENCE_URL (with PERSISTENCE_TOKEN where it asks for one).

What it leaves in the tables is looked at by whoever started the service: keys that begin with "py-".
"""

from __future__ import annotations

import asyncio
import os
import unittest
import uuid
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from persistence_client import PersistenceClient

URL = os.environ.get("PERSISTENCE_URL", "")
TOKEN = os.environ.get("PERSISTENCE_TOKEN") or None


def session(key: str, **more: Any) -> dict[str, Any]:
    return {
        "session_id": key,
        "filename": "game.xlsx",
        "file_path": "/uploads/game.xlsx",
        "status": "processing",
        "llm_provider": "openai",
        **more,
    }


def task(key: str, **more: Any) -> dict[str, Any]:
    return {
        "task_id": key,
        "session_id": "py-session",
        "batch_id": "b-1",
        "sheet_name": "Sheet1",
        "row_index": 1,
        "column_name": "C",
        "source_text": "Hello",
        "status": "pending",
        **more,
    }


@unittest.skipUnless(URL, "PERSISTENCE_URL names no service")
class ServiceTest(unittest.TestCase):
    def client(self, **settings: Any) -> PersistenceClient:
        client = PersistenceClient(URL, **{"token": TOKEN, **settings})
        self.addCleanup(client.close)
        return client

    def test_values_of_all_kinds(self) -> None:
        client = self.client()
        metadata = {"exact": Decimal("1.10"), "id": uuid.UUID(int=1), "nested": [1, {"name": "Übung 😀"}]}
        client.send("sessions", session("py-session", metadata=metadata))
        moment = datetime(2026, 1, 2, 3, 4, 5, 678901, timezone.utc)
        client.send("tasks", task("py-values", confidence=Decimal("0.93"), start_time=moment, source_text='ä"\\\n😀'))
        client.send("tasks", task("py-values", confidence=Decimal("0.9350"), target_text=None, status="done"))
        result = client.flush()
        self.assertTrue(result, result)
        self.assertEqual(3, client.statistics().sent)

    def test_many_records_of_some_keys_leave_the_last_states(self) -> None:
        client = self.client(stamp_changes="updated_at")
        for number in range(3000):
            client.send("tasks", task(f"py-many-{number % 7}", row_index=number))
        result = client.flush()
        self.assertTrue(result, result)
        self.assertEqual((3000, 0), (client.statistics().sent, client.statistics().dropped))

    def test_large_texts_travel_packed(self) -> None:
        client = self.client()
        self.assertTrue(client.write_and_wait("tasks", task("py-large", source_text="x" * 65535)))

    def test_refused_records_leave_the_others(self) -> None:
        client = self.client()
        records = [task(f"py-refused-{number}", row_index=number) for number in range(60)]
        for number in range(0, 60, 2):
            records[number]["status"] = None
        client.send("tasks", records)
        self.assertTrue(client.flush().status == 200)
        self.assertEqual({"refused": 30}, client.statistics().dropped_by)
        self.assertEqual(30, client.statistics().sent)

    def test_written_is_written_and_faults_are_named(self) -> None:
        client = self.client()
        client.send("tasks", task("py-written", status="pending"))
        self.assertTrue(client.write_and_wait("tasks", task("py-written", status="done")))
        result = client.write_and_wait("tasks", [task("py-never-1"), task("py-never-2", row_index=-1)])
        self.assertEqual((False, "refused", 0), (bool(result), result.reason, result.written))
        self.assertEqual([(1, "row_index")], [(fault.index, fault.field) for fault in result.faults])

    def test_unknown_type_is_counted(self) -> None:
        client = self.client()
        client.send("nothing", {"a": 1})
        self.assertFalse(client.flush())
        self.assertEqual({"status": 1}, client.statistics().dropped_by)

    def test_coroutines(self) -> None:
        async def work() -> None:
            async with PersistenceClient(URL, token=TOKEN) as client:
                writes = [client.write_and_wait_async("tasks", task(f"py-async-{number}")) for number in range(20)]
                for result in await asyncio.gather(*writes):
                    self.assertTrue(result, result)
                client.send("tasks", task("py-async-sent"))
                self.assertTrue(await client.flush_async())

        asyncio.run(work())


if __name__ == "__main__":
    unittest.main()
