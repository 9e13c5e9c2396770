"""`make run` waits for its two processes, and ends them when it is told to."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from lumen.management.commands.start import Command


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def process(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to_even_where_the_shell_ignores_it(number: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as for a job in the background
    sleeper = process("import time; time.sleep(60)")
    threading.Timer(1, os.kill, (os.getpid(), number)).start()
    assert Command()._wait([sleeper]) is True
    sleeper.kill()
    sleeper.wait()


def test_it_notices_that_one_of_them_has_ended() -> None:
    sleeper, ended = process("import time; time.sleep(60)"), process("pass")
    assert Command()._wait([sleeper, ended]) is False
    sleeper.kill()
    sleeper.wait()
