"""`manage.py person_erase EMAIL --reason WHY [--dry-run]`: removes what LUMEN holds about somebody."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.models import Person
from privacy.erasure.actions import erase_subject, plan_erasure, remaining_hits
from privacy.purge.descriptions import describe_removed
from privacy.purge.errors import PurgeRefused
from privacy.subjects import Subject, find_subject


class Command(BaseCommand):
    help = (
        "Raderar en person: namn, adress, mejl och inloggning. Antalen vid möten och organisationernas uppdrag står "
        "kvar utan namn. Loggen behåller att det hände, av vem och varför. Det går inte att ångra."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-POST")
        parser.add_argument("--reason", required=True, metavar="SKÄL", help="Varför. Står kvar i loggen.")
        parser.add_argument("--by", metavar="E-POST", help="Vem som har bestämt det (måste ha rätt att radera).")
        parser.add_argument("--dry-run", action="store_true", help="Visa vad som skulle hända, men rör ingenting.")

    def handle(self, *args: Any, **options: Any) -> None:
        subject = find_subject(options["email"])
        try:
            if options["dry_run"]:
                return self.show_plan(subject)
            self.erase(subject, options["reason"], options["by"])
        except PurgeRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except PermissionDenied as error:
            raise CommandError(f"{options['by']} har inte rätt att radera.") from error

    def show_plan(self, subject: Subject) -> None:
        plan = plan_erasure(subject)
        for end in plan.ends:
            self.stdout.write(f"Avslutas: {end}.")
        for record, number in plan.records:
            self.stdout.write(f"{record.label} ({number}): {record.erasure}")
        self.stdout.write(f"Skulle gå: {describe_removed(plan.removal.as_json())}. Ingenting är rört.")

    def erase(self, subject: Subject, reason: str, by: str | None) -> None:
        row = erase_subject(subject, reason=reason, by=self.person(by))
        self.stdout.write(f"Raderat: {describe_removed(row.removed)}.")
        hits = remaining_hits(subject)
        for hit in hits:
            self.stdout.write(f"Står kvar: {hit.place} {hit.id}, {hit.field}: {hit.excerpt}".rstrip(" :"))
        if hits:
            self.stdout.write("Läs ställena ovan. Det kan vara en namne, eller text som en redaktör har skrivit.")

    def person(self, email: str | None) -> Person | None:
        if email is None:
            return None
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Ingen har adressen {email}.")
        return person
