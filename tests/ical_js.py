"""Reads calendars with ical.js, as Thunderbird does."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE = shutil.which("node")
IS_MISSING = NODE is None or not (ROOT / "node_modules/ical.js").is_dir()

needs_ical_js = pytest.mark.skipif(
    IS_MISSING and os.environ.get("CI") != "true",
    reason="node eller ical.js saknas: kalendrarna lästes inte med ical.js",
)


def read_with_ical_js(calendar: bytes) -> dict[str, Any]:
    """What ical.js understands of the calendar: its method and its events."""
    assert NODE, "node saknas, men CI=true kräver att kalendrarna läses med ical.js"
    script = ROOT / "tests/readers/read_ics.mjs"
    done = subprocess.run([NODE, str(script)], input=calendar, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    result: dict[str, Any] = json.loads(done.stdout)
    return result
