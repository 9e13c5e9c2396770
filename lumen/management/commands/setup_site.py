"""`manage.py setup_site`: creates the fixed pages, the vocabulary and the editors' permissions."""

from typing import Any

from django.core.management.base import BaseCommand

from lumen.actions import set_up_site


class Command(BaseCommand):
    help = "Skapar de fasta sidorna, kategorierna och personalens grupper. Kan köras om."

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_site()
        self.stdout.write("Sidor, kategorier och rättigheter är på plats.")
