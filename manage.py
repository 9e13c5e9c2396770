#!/usr/bin/env python
"""Run LUMEN's commands with the settings of the environment (`LUMEN_ENV`)."""

import sys

from lumen.settings import select_environment


def main() -> None:
    """Hand the command line over to Django."""
    select_environment(default="dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
