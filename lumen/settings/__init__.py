"""Settings, one module for each environment: `LUMEN_ENV` = dev, test or production."""

import os
import sys
from pathlib import Path

from .variables import read_env_file

ENVIRONMENTS = ("dev", "test", "production")
ENV_FILE = Path(__file__).resolve().parent.parent.parent / ".env"


def select_environment(default: str = "", *, env_file: Path = ENV_FILE) -> None:
    """Point Django at the settings of `LUMEN_ENV`, which may stand in the file `.env` as all other variables.

    Ends the process when neither names an environment and there is no `default`: a web server that guesses
    would show development's settings to everybody.
    """
    read_env_file(env_file)
    chosen = os.environ.get("DJANGO_SETTINGS_MODULE", "").removeprefix("lumen.settings.")
    name = os.environ.get("LUMEN_ENV") or chosen or default
    if not name:
        sys.exit("LUMEN startar inte: säg vilken miljön är med LUMEN_ENV=production (eller dev), se docs/drift.md.")
    if name not in ENVIRONMENTS:
        sys.exit(f"LUMEN_ENV är {name!r}, men måste vara något av: {', '.join(ENVIRONMENTS)}.")
    # For the processes that this one starts too.
    os.environ["LUMEN_ENV"] = name
    os.environ["DJANGO_SETTINGS_MODULE"] = f"lumen.settings.{name}"
