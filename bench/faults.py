"""`make faults`: what becomes of the mails when workers, mail servers, databases and clocks fail.

Every line plays one fault with real processes, and says what was measured and whether that is what must be; the exit
status is 1 if a line is not. SQLite and PostgreSQL are played at the same time, since most of it is waiting.
`python -m bench.faults sqlite kills rates` plays only the scenes that are named, on one of them.
"""

import os
import subprocess
import sys
import time

os.environ.setdefault("LUMEN_ENV", "test")
os.environ.setdefault("LOG_LEVEL", "CRITICAL")

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def main() -> int:
    """Play all scenes on both databases."""
    from tests.services import main as services
    from tests.services import postgres_url

    played = [_start(SQLITE)]
    if url := postgres_url():
        played.append(_start(POSTGRESQL, DATABASE_URL=url))
    missing = 0 if url else services("missing", "PostgreSQL svarar inte: felen spelades bara på SQLite.")
    for process in played:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
    return max(missing, *(process.wait() for process in played))


def _start(vendor: str, **environment: str) -> subprocess.Popen[str]:
    usual = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "bench.faults", vendor], env={**usual, **environment}, text=True, stdout=subprocess.PIPE
    )


def play(chosen: list[str]) -> int:
    """Make the configured database, play the scenes, and print each line as it is known."""
    import django

    from lumen.settings import select_environment

    select_environment()
    django.setup()
    # They need the models, so not before setup.
    from bench.fault_scenes import SCENES
    from bench.scratch import database

    wrong, start = 0, time.monotonic()
    with database() as name:
        print(f"\nFaults on {name}, {os.cpu_count()} cores", flush=True)
        for scene in SCENES:
            if chosen and scene.__name__ not in chosen:
                continue
            for what, (told, is_right) in scene():
                wrong += not is_right
                print(f"{'ok   ' if is_right else 'WRONG'}  {what:<62}  {told}", flush=True)
    verdict = f"{wrong} of them WRONG" if wrong else "All as it must be"
    print(f"{verdict}, in {time.monotonic() - start:.0f} s", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(play(sys.argv[2:]) if sys.argv[1:] else main())
