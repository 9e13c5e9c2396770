"""Reads calendars with libical, as Evolution and KOrganizer do."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parent / "readers/read_ics_libical.py"
PYTHON = "/usr/bin/python3"


@cache
def is_missing() -> bool:
    check = "import gi; gi.require_version('ICalGLib', '3.0')"
    return not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", check], capture_output=True).returncode != 0


needs_libical = pytest.mark.skipif(
    os.environ.get("CI") != "true" and is_missing(),
    reason="gir1.2-ical-3.0 eller python3-gi saknas: kalendrarna lästes inte med libical",
)


def read_with_libical(calendar: bytes) -> dict[str, Any]:
    """What libical understands of the calendar: its method and its events."""
    done = subprocess.run([PYTHON, str(SCRIPT)], input=calendar, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    result: dict[str, Any] = json.loads(done.stdout)
    return result
