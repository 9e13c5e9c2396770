"""Reads the content of the demo."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
FILES = Path(__file__).parent / "files"


@cache
def read(name: str) -> dict[str, Any]:
    """The content of `content/<name>.toml`."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
