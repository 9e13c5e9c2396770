"""`python -m bench.drawings`: makes the demo's pictures of the drawings in `bench/drawings`.

They are drawn by hand, in the colours of the theme, and stored as PNG, as Wagtail makes its sizes of.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.services import CHROMIUM

DRAWINGS = Path(__file__).parent / "drawings"
FOLDER = Path(__file__).parent.parent / "lumen" / "demo" / "files"
SIZE = {"width": 1400, "height": 800}
COLOURS = 128


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            page.goto(drawing.as_uri())
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            path = FOLDER / f"bild-{drawing.stem}.png"
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
            print(f"{path.name}  {path.stat().st_size / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
