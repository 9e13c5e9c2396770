"""`manage.py rebuild_search`: rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from resources.search.indexing import index_all_pages
from resources.search.public_views import index_public_views

PAGES_A_LINE = 100  # between two lines that tell how far it has come


class Command(BaseCommand):
    help = "Bygger om sökindexet från de publicerade sidorna. Kan köras när som helst: allt går att hitta hela tiden."

    def handle(self, *args: Any, **options: Any) -> None:
        number = index_all_pages(self.tell)
        index_public_views()
        self.stdout.write(f"{number} sidor finns i sökindexet.")

    def tell(self, done: int, total: int) -> None:
        if done % PAGES_A_LINE == 0:
            self.stdout.write(f"{done} av {total} sidor")
