"""`manage.py screen FILE…`: the same as `python -m screening`, among the other commands."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.__main__ import HELP, CannotOpen, add_arguments, screen


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()  # needs neither a database nor the site

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        try:
            is_stopped = screen(
                files, as_json=options["json"], picture_is_read=options["picture_is_read"], output=sys.stdout
            )
        except CannotOpen as error:
            raise CommandError(str(error), returncode=2) from None
        if is_stopped:
            sys.exit(1)
