"""LUMEN as in operation: gunicorn with production settings behind a proxy that says `X-Forwarded-Proto: https`."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.db import connection

from tests import static_files

HOST = "lumen.example"
START_TIMEOUT = 60  # seconds


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def database_url() -> str:
    """The address of the database that the tests use, for another process."""
    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    place = f"{database['HOST']}:{database['PORT'] or 5432}" if database["HOST"] else ""
    return f"postgres://{database['USER']}{password}@{place}/{database['NAME']}"


def environment(folder: Path, **changed: str) -> dict[str, str]:
    """The variables of docs/drift.md, with what this process inherits of the machine."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {
        **kept,
        "LUMEN_ENV": "production",
        # The tests' own, so that links that they derive hold.
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "EMAIL_URL": "smtp://127.0.0.1:9",  # nothing is delivered: no worker runs
        "BASE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "DEFAULT_FROM_EMAIL": "lumen@lumen.example",
        "STATE_DIR": str(folder / "state"),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(static_files.folder()),
        **changed,
    }


def collect_static_files(variables: dict[str, str]) -> None:
    if not (Path(variables["STATIC_ROOT"]) / "staticfiles.json").exists():
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=variables, check=True)


@contextmanager
def gunicorn(variables: dict[str, str], log: Path, *, workers: int = 2) -> Iterator[str]:
    """Start gunicorn as docs/drift.md says, on a free port, and end it afterwards; gives its address."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "lumen.wsgi", "--bind", address, "--workers", str(workers)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://{address}", process, log)
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end and process.poll() is None:
        try:
            if Browser(address).get("/healthz/").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"gunicorn did not start:\n{log.read_text()}")


def path_of(link: str) -> str:
    """The part of a link's address after the host."""
    return urlsplit(link).path


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    text: str

    @property
    def location(self) -> str:
        """Where it leads; "" if it is no redirect."""
        return self.headers.get("Location", "")


class StayHere(HTTPRedirectHandler):
    """Gives the redirect itself instead of following it."""

    def redirect_request(self, *args: Any) -> None:
        return None


class Browser:
    """A visitor's browser, seen through the proxy from a network address of its own."""

    def __init__(self, address: str, client: str = "192.0.2.1") -> None:
        self.address = address
        # The proxy speaks http with gunicorn, while the browser that it stands for has https.
        self.cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), StayHere, ProxyHandler({}))
        self.headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": client}

    def get(self, path: str, **headers: str) -> Answer:
        return self.send(path, None, {**self.headers, **headers})

    def post(self, path: str, data: dict[str, Any], *, form_at: str = "", **headers: str) -> Answer:
        """Fill in the form at `form_at` (`path` itself by default) and send it to `path`."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(form_at or path).text)
        body = urlencode({**data, "csrfmiddlewaretoken": token[1] if token else ""}, doseq=True).encode()
        return self.send(path, body, {**self.headers, "Referer": f"https://{HOST}{form_at or path}", **headers})

    def send(self, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        request = Request(f"{self.address}{path}", data=body, headers=headers)  # noqa: S310 (our own server)
        try:
            response: Any = self.opener.open(request, timeout=60)
        except HTTPError as error:  # any status but 200
            response = error
        with response:
            return Answer(response.status, response.headers, response.read().decode(errors="replace"))

    @property
    def is_logged_in(self) -> bool:
        return self.get("/min-sida/").status == 200

    @property
    def reaches_the_admin(self) -> bool:
        return self.get("/admin/").status == 200
