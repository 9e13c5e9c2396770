"""Which services this machine offers the tests. Run by the Makefile.

`python -m tests.services postgres` prints the address to test on, `chromium` only exits 0 or 1, and
`missing TEXT` says what was not run; with CI=true that is a failure.
"""

import os
import shutil
import sys
from pathlib import Path

DEFAULT_DATABASE = "postgres://postgres@127.0.0.1:5432/lumen"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def postgres_url() -> str | None:
    """The PostgreSQL to test on, if one answers at TEST_DATABASE_URL or on 127.0.0.1:5432."""
    import environ
    import psycopg

    url = os.environ.get("TEST_DATABASE_URL") or DEFAULT_DATABASE
    database = environ.Env.db_url_config(url)
    try:
        psycopg.connect(
            host=database["HOST"],
            port=database["PORT"] or 5432,
            user=database["USER"],
            password=database["PASSWORD"] or None,
            dbname="postgres",
            connect_timeout=5,
        ).close()
    except psycopg.OperationalError:
        return None
    return url


def main(wanted: str, text: str = "") -> int:
    """Answer the Makefile's question; the exit status is the answer."""
    if wanted == "postgres":
        url = postgres_url()
        print(url or "")
        return 0 if url else 1
    if wanted == "chromium":
        return 0 if Path(CHROMIUM).exists() else 1
    print(f"OBS: {text}", file=sys.stderr)
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
