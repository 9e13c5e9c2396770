"""What the tests of the outbox share."""

import subprocess
import sys
from pathlib import Path

import pytest

from outbox.leases import this_machine
from outbox.restore_guard import RestoreGuard


@pytest.fixture
def ended_holder() -> str:
    """The name of a worker on this machine whose process has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return f"{this_machine()}/{process.pid}/abc"


@pytest.fixture
def guard(tmp_path: Path) -> RestoreGuard:
    """The guard of a machine that has never sent anything."""
    return RestoreGuard(state_dir=tmp_path / "state", hold_without_mark=False)
