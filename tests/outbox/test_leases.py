"""Whether the holder of a lease is known to be dead."""

import os
import subprocess
import sys

import pytest

from outbox.leases import is_known_dead, new_holder, this_machine


@pytest.fixture
def ended_pid() -> int:
    """The number of a process that has run and ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_this_very_process_lives():
    assert not is_known_dead(new_holder())


def test_two_workers_in_one_process_have_different_names():
    assert new_holder() != new_holder()


def test_a_process_of_ours_that_has_ended_is_dead(ended_pid):
    assert is_known_dead(f"{this_machine()}/{ended_pid}/abc")


def test_a_killed_process_that_nobody_has_buried_is_dead():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert is_known_dead(f"{this_machine()}/{process.pid}/abc")
    process.wait()


def test_nothing_is_known_of_a_process_on_another_machine(ended_pid):
    assert not is_known_dead(f"elsewhere/{ended_pid}/abc")


@pytest.mark.parametrize("holder", ["", "elsewhere", f"{this_machine()}/x/y", f"{this_machine()}/-1/y"])
def test_a_name_that_we_did_not_write_is_not_known_to_be_dead(holder):
    assert not is_known_dead(holder)
