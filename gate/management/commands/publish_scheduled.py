"""`manage.py publish_scheduled`: Wagtail's command, with a look at each page before it becomes public."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from gate.desk.schedules import publish_due


class Command(publish_scheduled.Command):
    help = "Publicerar det som är schemalagt, om det får publiceras, och avpublicerar det som har gått ut."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            publish_due()
        # What failed there for another reason is tried again, and this time the command fails.
        super().handle(*args, **options)
