"""`manage.py load_organisations`: the official list of kommuner, regioner and actors."""

from typing import Any

from django.core.management.base import BaseCommand

from contacts.actions import seat_collaboration_group, store_official_organisations
from contacts.official_organisations import actors, kommuner_and_regioner


class Command(BaseCommand):
    help = "Lägger in kommuner, regioner och samverkansgruppens aktörer. Kan köras om: det som redan finns ändras inte."

    def handle(self, *args: Any, **options: Any) -> None:
        official = [*kommuner_and_regioner(), *actors()]
        added = store_official_organisations(official=official)
        seats = seat_collaboration_group(official=official)
        self.stdout.write(
            f"{len(official)} organisationer i listan, {added} nya. {seats} nya platser i samverkansgruppen."
        )
