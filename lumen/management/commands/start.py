"""`manage.py start`: what `make run` does once everything is installed."""

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError

from lumen.demo.people import COLLEAGUE_EMAIL, CONTACT_EMAIL, EDITOR_EMAIL, REVIEWER_EMAIL, STAFF_PASSWORD
from resources.models import HomePage

WELCOME = """
LUMEN är igång: {address}

  Redaktör        {address}/admin/
                  logga in med {editor} och lösenordet {password}
  En redaktör till samma sida och lösenord, {colleague}
  Sakgranskare    samma sida och lösenord, {reviewer}
  Kontaktperson   {address}/min-sida/
                  skriv {contact} – koden kommer med mejl
  Mejl och koder  {outbox}

Avsluta med Ctrl+C.
"""

LOOPBACK = "127.0.0.1"


def is_taken(port: int) -> bool:
    """Whether another process listens on the port of this machine."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that has just ended does not count
        try:
            attempt.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


class Command(BaseCommand):
    help = "Förbereder databasen, fyller på demoinnehåll första gången och startar webb och utskick."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if is_taken(port):
            sys.exit(f"Port {port} är upptagen. Välj en annan: PORT={port + 1} make run")
        self._prepare()
        self._serve(port)

    def _prepare(self) -> None:
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            sys.exit(f"Databasen går inte att använda: {' '.join(str(error).split())}")
        call_command("load_organisations", stdout=self.stdout)
        if HomePage.objects.exists():
            self.stdout.write("Databasen finns sedan tidigare och är orörd.")
        else:
            self.stdout.write("Fyller på med demoinnehåll …")
            call_command("load_demo", stdout=self.stdout)

    def _serve(self, port: int) -> None:
        commands = (["worker"], ["runserver", f"{LOOPBACK}:{port}", "--noreload"])
        address = os.environ.get("BASE_URL", "").rstrip("/") or f"http://localhost:{port}"
        environment = {**os.environ, "BASE_URL": address, "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
        processes = [
            subprocess.Popen([sys.executable, sys.argv[0], *command], env=environment)  # noqa: S603 (our own commands)
            for command in commands
        ]
        sent_for_real = settings.OUTBOX_DELIVERY["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
        outbox = f"skickas till {settings.OUTBOX_DELIVERY.get('EMAIL_HOST')}; " if sent_for_real else ""
        self.stdout.write(
            WELCOME.format(
                address=address,
                editor=EDITOR_EMAIL,
                password=STAFF_PASSWORD,
                colleague=COLLEAGUE_EMAIL,
                reviewer=REVIEWER_EMAIL,
                contact=CONTACT_EMAIL,
                outbox=f"{outbox}läs dem i admin under Utgående mejl",
            )
        )
        self.stdout.flush()
        told_to_end = self._wait(processes)
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)
        if not told_to_end:
            sys.exit("Webben eller utskicken slutade med ett fel, se ovan.")

    def _wait(self, processes: list[subprocess.Popen[bytes]]) -> bool:
        """Wait until the user stops the command (True), or one of the processes ends by itself (False)."""
        # A shell starts background processes with Ctrl+C ignored, so the handlers are set here.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler)
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("Stänger …")
            return True
        return False
