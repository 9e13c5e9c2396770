"""`manage.py release_queue`: lets a held queue run again."""

from typing import Any

from django.core.management.base import BaseCommand

from outbox.actions import release_queue
from outbox.models import OutgoingMail


class Command(BaseCommand):
    help = "Släpper utskickskön efter att den har stannat, till exempel efter en återställd säkerhetskopia."

    def handle(self, *args: Any, **options: Any) -> None:
        if release_queue(by=None):
            waiting = OutgoingMail.objects.pending().count()
            self.stdout.write(f"Kön är släppt. {waiting} mejl väntar på att skickas.")
        else:
            self.stdout.write("Kön stod inte stilla, så inget behövde göras.")
