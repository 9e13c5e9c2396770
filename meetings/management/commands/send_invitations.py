"""Send the invitation to a meeting: `manage.py send_invitations SLUG [--json]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.actions import send_invitations
from meetings.errors import MeetingError
from meetings.models import MeetingPage


class Command(BaseCommand):
    help = "Skickar inbjudan till de kontaktpersoner som inte har fått den än."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Mötets namn i adressen, till exempel tredje-motet.")
        parser.add_argument("--json", action="store_true", help='Skriv {"queued": N} och inget annat.')

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        meeting = MeetingPage.objects.filter(slug=slug).first()
        if meeting is None:
            raise CommandError(f"Det finns inget möte som heter {slug!r}.")
        try:
            sent = send_invitations(meeting=meeting, by=None)
        except MeetingError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"queued": sent.queued}))
        elif sent.queued == 1:
            self.stdout.write("1 inbjudan ligger i kö.")
        else:
            self.stdout.write(f"{sent.queued} inbjudningar ligger i kö.")
