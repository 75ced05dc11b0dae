"""The Python examples of docs/python-client.md, run as they stand, at PERSISTENCE_URL."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import unittest
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import persistence_client
from persistence_client import PersistenceClient

PAGE = Path(__file__).parents[2] / "docs" / "python-client.md"
URL = os.environ.get("PERSISTENCE_URL", "")
FRAMEWORKS = ("flask", "fastapi")


def examples() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def needed_framework(code: str) -> str | None:
    """A framework that an example imports and this machine does not have."""
    return next((name for name in FRAMEWORKS if f"from {name} import" in code and find_spec(name) is None), None)


class ExamplesTest(unittest.TestCase):
    def test_examples_are_found_and_are_python(self) -> None:
        self.assertEqual(8, len(examples()))
        for code in examples():
            compile(code, str(PAGE), "exec")

    @unittest.skipUnless(URL, "PERSISTENCE_URL names no service")
    def test_examples_run_and_lose_nothing(self) -> None:
        self.addCleanup(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))
        for code in examples():
            missing = needed_framework(code)
            with self.subTest(code=code):
                if missing:
                    self.skipTest(f"{missing} is not installed")
                self.run_example(code.replace("http://localhost:8001", URL))

    def run_example(self, code: str) -> None:
        names: dict[str, Any] = {"__name__": "example"}
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(code, str(PAGE), "exec"), names)
        clients = [value for value in names.values() if isinstance(value, PersistenceClient)]
        for client in clients:
            client.close()
            self.assertEqual((0, 0), (client.statistics().dropped, client.statistics().waiting))
        self.assertNotIn("timed_out", printed.getvalue())


class ClientPageTest(unittest.TestCase):
    """What the page says of settings and reasons is what the code has."""

    def test_every_setting_is_in_the_table(self) -> None:
        text = PAGE.read_text(encoding="utf-8")
        settings = [name for name in PersistenceClient.__init__.__annotations__ if name not in ("return", "_clock")]
        self.assertIn("max_waiting_bytes", settings)
        for name in settings:
            self.assertIn(f"`{name}`", text)

    def test_every_reason_is_in_the_table(self) -> None:
        text = PAGE.read_text(encoding="utf-8")
        constants = [value for name, value in vars(persistence_client).items() if name.isupper() and name[0] != "_"]
        reasons = [value for value in constants if isinstance(value, str)]
        self.assertIn("overflow", reasons)
        for reason in set(reasons) - {persistence_client.DROPPED}:
            self.assertIn(f"`{reason}`", text)


if __name__ == "__main__":
    unittest.main()
