"""`manage.py end_sessions EMAIL` or `--all`: logs somebody, or everybody, out on all devices."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.models import Person
from contacts.security_log import log_event
from contacts.session_actions import end_all_sessions, end_sessions


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Loggar ut en person, eller alla, på alla enheter. De får logga in igen."

    def add_arguments(self, parser: CommandParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("email", metavar="E-POST", nargs="?")
        whom.add_argument("--all", action="store_true", help="Alla, till exempel efter ett intrång.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            number = end_all_sessions()
            log_event("all_sessions_ended", None)
            self.stdout.write(f"Alla är utloggade ({number} personer).")
            return
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Ingen har adressen {options['email']}.")
        end_sessions(person=person)
        log_event("sessions_ended", None, person=person)
        self.stdout.write(f"{person.email} är utloggad överallt.")
