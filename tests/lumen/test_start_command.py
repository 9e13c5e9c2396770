"""`make run` waits for its two processes, and ends them when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError

from lumen.management.commands import start
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


def test_o19_a_busy_port_is_told_of_before_anything_is_started(monkeypatch) -> None:
    started = []
    monkeypatch.setattr(Command, "_prepare", lambda self: started.append("database"))
    monkeypatch.setattr(Command, "_serve", lambda self, port: started.append("web and worker"))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit, match=f"^Port {port} är upptagen. Välj en annan: PORT={port + 1} make run$"):
            call_command("start", port=port)
    assert started == []
    call_command("start", port=port)
    assert started == ["database", "web and worker"]


def test_o19_a_database_that_cannot_be_used_is_told_of_in_one_line(monkeypatch) -> None:
    def refuse(*args, **options):
        raise OperationalError("connection failed:\n  Connection refused")

    monkeypatch.setattr(start, "call_command", refuse)
    with pytest.raises(SystemExit, match="^Databasen går inte att använda: connection failed: Connection refused$"):
        Command()._prepare()


@pytest.mark.parametrize(
    ("variables", "told"), [({}, "http://localhost:8017"), ({"BASE_URL": "https://lumen.test/"}, "https://lumen.test")]
)
def test_o19_it_tells_the_address_that_the_site_has(monkeypatch, variables: dict[str, str], told: str) -> None:
    monkeypatch.delenv("BASE_URL", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    environments = []
    ended = process("pass")
    monkeypatch.setattr(start.subprocess, "Popen", lambda command, env: environments.append(env) or ended)
    monkeypatch.setattr(Command, "_wait", lambda self, processes: True)
    out = StringIO()
    Command(stdout=out)._serve(8017)
    assert f"LUMEN är igång: {told}\n" in out.getvalue()
    assert {env["BASE_URL"] for env in environments} == {told}


def test_it_notices_that_one_of_them_has_ended() -> None:
    sleeper, ended = process("import time; time.sleep(60)"), process("pass")
    assert Command()._wait([sleeper, ended]) is False
    sleeper.kill()
    sleeper.wait()
