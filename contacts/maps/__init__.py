"""The outlines of Sweden's kommuner and län as SVG paths. `bench/map_outlines.py` tells where they come from."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Outlines:
    """Paths by official code, in a picture of `width` by `height` units."""

    width: int
    height: int
    municipalities: dict[str, str]
    counties: dict[str, str]


@cache
def sweden() -> Outlines:
    document = json.loads(Path(__file__).with_name("sweden.json").read_text(encoding="utf-8"))
    return Outlines(**document)
