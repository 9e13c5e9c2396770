"""Settings, one module for each environment: `LUMEN_ENV` = dev, test or production."""

import os
import sys

ENVIRONMENTS = ("dev", "test", "production")


def select_environment() -> None:
    """Point Django at the settings of `LUMEN_ENV` (dev when nothing is said)."""
    name = os.environ.get("LUMEN_ENV", "dev")
    if name not in ENVIRONMENTS:
        sys.exit(f"LUMEN_ENV är {name!r}, men måste vara något av: {', '.join(ENVIRONMENTS)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"lumen.settings.{name}")
