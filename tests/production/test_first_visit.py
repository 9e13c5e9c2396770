"""What somebody who has never been here fetches: the start page, its stylesheet, scripts and font, as sent."""

import re
from collections.abc import Callable

from lumen.actions import set_up_site
from tests.factories.resources import ResourcePageFactory

from .server import Browser

MOST = 100_000  # bytes
PARTS = re.compile(r'<(?:link|script)\b[^>]*(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"')


def test_o12_a_first_visit_fetches_at_most_a_hundred_kilobytes(new_browser: Callable[..., Browser]) -> None:
    set_up_site()
    ResourcePageFactory.create_batch(6)
    browser = new_browser()
    paths = ["/", *PARTS.findall(browser.get("/").text)]
    answers = {path: browser.get(path, **{"Accept-Encoding": "gzip, br"}).headers for path in paths}
    sizes = {path: int(headers["Content-Length"]) for path, headers in answers.items()}
    assert answers["/"]["Content-Encoding"] in ("gzip", "br")
    assert any(path.endswith(".woff2") for path in sizes)
    assert sum(sizes.values()) <= MOST, sizes
