"""`manage.py receive_bounces`: reads what comes back: reports of other servers, and answers of calendars."""

import json
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbox.bounces.maildir import mark_read, unread
from outbox.bounces.receiving import Verdict, receive, receive_one

IN_WORDS = {
    Verdict.BOUNCED: "studsade",
    Verdict.ALREADY: "kända sedan förut",
    Verdict.DELAYED: "försenade",
    Verdict.COMPLAINT: "anmälda som skräppost",
    Verdict.AUTO_REPLY: "automatiska svar",
    Verdict.ANSWERED: "svar från kalendrar",
    Verdict.UNMATCHED: "om mejl som inte är våra",
    Verdict.IGNORED: "annat",
    Verdict.UNREADABLE: "gick inte att läsa",
}


class Command(BaseCommand):
    help = (
        "Läser studsrapporter och annat som kommer tillbaka, och märker mejlen som studsade. "
        "Kan köras om på samma brevlåda."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FIL", help="En rapport per fil; - är standard in.")
        parser.add_argument("--mbox", type=Path, help="En brevlåda i mbox-format. Den ändras inte.")
        parser.add_argument(
            "--maildir", type=Path, help="En brevlåda i maildir-format. Det som är läst flyttas till cur."
        )
        parser.add_argument("--json", action="store_true", help="Skriv antalen som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["files"] or options["mbox"] or options["maildir"]):
            raise CommandError("Säg var rapporterna finns: --mbox, --maildir, en eller flera filer, eller - .")
        try:
            counts = receive(contents(options["files"], options["mbox"]))
            if options["maildir"]:
                counts += self.receive_maildir(options["maildir"])
        except (OSError, mailbox.Error) as error:
            raise CommandError(f"Rapporterna går inte att läsa: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({verdict.value: counts[verdict] for verdict in Verdict}))
        else:
            self.stdout.write(", ".join(f"{counts[verdict]} {words}" for verdict, words in IN_WORDS.items()) + ".")

    def receive_maildir(self, maildir: Path) -> Counter[Verdict]:
        """Receive what is unread in the mailbox. What cannot be read is told, and left where it is."""
        counts: Counter[Verdict] = Counter()
        for path in unread(maildir):
            verdict = self.receive_file(path)
            counts[verdict] += 1
            if verdict is Verdict.UNREADABLE:
                self.stderr.write(f"Går inte att läsa, och ligger kvar: {path}")
        return counts

    def receive_file(self, path: Path) -> Verdict:
        try:
            content = path.read_bytes()
        except OSError:
            return Verdict.UNREADABLE
        verdict = receive_one(content)
        if verdict is not Verdict.UNREADABLE:
            # Another program may just have moved it; then it is read once more, which changes nothing.
            with suppress(FileNotFoundError):
                mark_read(path)
        return verdict


def contents(files: list[str], mbox: Path | None) -> Iterator[bytes]:
    """The messages in all the files, one after the other."""
    if mbox:
        box = mailbox.mbox(mbox, create=False)
        yield from (box.get_bytes(key) for key in box.iterkeys())
    for name in files:
        yield sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
