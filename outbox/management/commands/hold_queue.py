"""`manage.py hold_queue`: stops all delivery until the queue is released."""

from typing import Any

from django.core.management.base import BaseCommand

from outbox.actions import hold_queue

BECAUSE = "Kön hålls av den som sköter driften."


class Command(BaseCommand):
    help = "Håller utskickskön tills den släpps, till exempel innan worker startas på en återställd disk."

    def handle(self, *args: Any, **options: Any) -> None:
        state = hold_queue(because=BECAUSE)
        self.stdout.write(f"Inga mejl skickas. {state.held_because} Släpp kön med manage.py release_queue.")
