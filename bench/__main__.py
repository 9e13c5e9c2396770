"""`make bench`: every measurement in turn, as a table."""

import os
import sys

os.environ.setdefault("LUMEN_ENV", "test")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

from lumen.settings import select_environment


def main() -> int:
    """Make the database, measure, and take the database away."""
    select_environment()
    django.setup()
    # They need the models, so not before setup.
    from bench import (
        admin_lists,
        bombs,
        delivery,
        imports,
        mailouts,
        pages,
        reachability,
        screening_files,
        screening_pdf,
        screening_text,
    )
    from bench.scratch import database
    from bench.search import quality, speed

    with database() as name:
        print(f"Measured on {name}, {os.cpu_count()} cores. Times are of this machine; ratios and queries are not.")
        people = (bombs, imports, mailouts, delivery, pages, admin_lists)
        reachability.measure()
        for module in (*people, screening_files, screening_pdf, screening_text):
            module.measure()
        quality.measure()
        speed.measure()  # the last, since what both make stays in the database
    return 0


if __name__ == "__main__":
    sys.exit(main())
