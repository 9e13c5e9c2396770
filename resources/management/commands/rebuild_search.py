"""`manage.py rebuild_search`: rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from resources.search.indexing import index_all_pages


class Command(BaseCommand):
    help = "Bygger om sökindexet från de publicerade sidorna. Kan köras när som helst."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index_all_pages()} sidor finns i sökindexet.")
