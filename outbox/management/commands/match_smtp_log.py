"""`manage.py match_smtp_log FILE [--apply] [--json]`: which waiting mails the mail server has sent already."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbox.actions import LOG_SAYS_SENT, mark_sent
from outbox.models import OutgoingMail
from outbox.smtp_log import LogMatch, match_log

PIECE = 1 << 16  # bytes


class Command(BaseCommand):
    help = (
        "Letar i mejlserverns logg efter mejl som väntar i kön, och märker dem som skickade. Utan --apply visas bara "
        "hur många det är. Ingenting av loggen sparas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", help="Loggen som text; - är standard in.")
        parser.add_argument("--apply", action="store_true", help="Märk mejlen som skickade.")
        parser.add_argument("--json", action="store_true", help="Skriv antalen som JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        match = self._match(options["file"])
        marked = 0
        if options["apply"]:
            marked = mark_sent(mails=OutgoingMail.objects.filter(pk__in=match.sent), by=None, note=LOG_SAYS_SENT)
        numbers = {
            "lines": match.lines,
            "looked_for": match.looked_for,
            "sent": len(match.sent),
            "unsent": match.unsent,
            "marked": marked,
        }
        if options["json"]:
            self.stdout.write(json.dumps(numbers))
            return
        self.stdout.write(
            f"{match.lines} rader lästa. Av {match.looked_for} mejl i kön står {len(match.sent)} som skickade i "
            f"loggen. {match.unsent} nämns utan att ha skickats."
        )
        if options["apply"]:
            self.stdout.write(f"{marked} mejl är märkta som skickade.")
        elif match.sent:
            self.stdout.write("Inget är ändrat. Kör om med --apply för att märka dem som skickade.")

    def _match(self, name: str) -> LogMatch:
        mails = OutgoingMail.objects.all()
        if name == "-":
            return match_log(_pieces(sys.stdin.buffer), mails)
        try:
            with open(name, "rb") as file:
                return match_log(_pieces(file), mails)
        except OSError as error:
            raise CommandError(f"Filen {name} går inte att öppna: {error.strerror}.") from None


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE), b"")
