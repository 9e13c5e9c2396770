"""`manage.py publish_scheduled`: Wagtail's command, with a screening of each page before it is published."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from gate.desk.schedules import publish_due


class Command(publish_scheduled.Command):
    help = "Publicerar det som är schemalagt, om det får publiceras, och avpublicerar det som har gått ut."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            publish_due()
        # Tries once more what failed above without being refused, and this time the command fails.
        super().handle(*args, **options)
