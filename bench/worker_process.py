"""`manage.py worker` in a process of its own, on a machine with faults of its own. Started by `bench.faults`.

`FAULTS` in the environment is JSON: `clock` is how many minutes the clock is wrong, `timeouts` are seconds
for steps of SMTP.
"""

import json
import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any


def main() -> None:
    """Set the clock and the time-outs, and run the command."""
    faults = json.loads(os.environ.get("FAULTS", "{}"))
    with wrong_clock(faults.get("clock", 0)):
        from django.core.management import execute_from_command_line

        from lumen.settings import select_environment
        from outbox import smtp_steps

        select_environment()
        smtp_steps.TIMEOUTS = replace(smtp_steps.TIMEOUTS, **faults.get("timeouts", {}))
        execute_from_command_line(["manage.py", "worker", *sys.argv[1:]])


def wrong_clock(minutes: float) -> Any:
    """Let the machine's clock be so many minutes ahead of the database's, or behind it."""
    if not minutes:
        return nullcontext()
    import time_machine

    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=True)


if __name__ == "__main__":
    main()
