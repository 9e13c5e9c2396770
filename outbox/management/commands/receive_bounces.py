"""`manage.py receive_bounces`: reads other servers' reports that our mails bounced."""

import json
import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbox.bounces import Verdict, receive

IN_WORDS = {
    Verdict.BOUNCED: "studsade",
    Verdict.ALREADY: "kända sedan förut",
    Verdict.DELAYED: "försenade",
    Verdict.UNMATCHED: "om mejl som inte är våra",
    Verdict.IGNORED: "annat",
}


class Command(BaseCommand):
    help = "Läser studsrapporter (DSN) och märker mejlen som studsade. Kan köras om på samma brevlåda."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FIL", help="En rapport per fil; - är standard in.")
        parser.add_argument("--mbox", type=Path, help="En brevlåda i mbox-format.")
        parser.add_argument("--maildir", type=Path, help="En brevlåda i maildir-format.")
        parser.add_argument("--json", action="store_true", help="Skriv antalen som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["files"] or options["mbox"] or options["maildir"]):
            raise CommandError("Säg var rapporterna finns: --mbox, --maildir, en eller flera filer, eller - .")
        try:
            counts = receive(contents(options["files"], options["mbox"], options["maildir"]))
        except (OSError, mailbox.Error) as error:
            raise CommandError(f"Rapporterna går inte att läsa: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({verdict.value: counts[verdict] for verdict in Verdict}))
        else:
            self.stdout.write(", ".join(f"{counts[verdict]} {words}" for verdict, words in IN_WORDS.items()) + ".")


def contents(files: list[str], mbox: Path | None, maildir: Path | None) -> Iterator[bytes]:
    """The messages in all the places, one after the other."""
    if mbox:
        box: mailbox.Mailbox[Any] = mailbox.mbox(mbox, create=False)
        yield from (box.get_bytes(key) for key in box.iterkeys())
    if maildir:
        box = mailbox.Maildir(maildir, create=False)
        yield from (box.get_bytes(key) for key in box.iterkeys())
    for name in files:
        yield sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
