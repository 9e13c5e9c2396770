"""What `collectstatic` makes of the public stylesheet."""

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured

from lumen.stylesheet_bundle import OneStylesheetStorage, with_imports_inside

SHEET = """@layer base, components;

@import "base/fonts.css";
@import "../vendor/parts/index.css";
@import "components/card.css" layer(components);
"""
FILES = {
    "css/lumen.css": SHEET,
    "css/base/fonts.css": '@font-face { src: url("../../vendor/inter/inter.woff2") }',
    "css/components/card.css": '.card { mask: url("data:image/svg+xml,x"); color: red }',
    "vendor/parts/index.css": '@charset "UTF-8";.part { color: blue }',
    "vendor/inter/inter.woff2": "font",
}


@pytest.fixture
def found(tmp_path):
    """The files as collectstatic finds them."""
    storage = StaticFilesStorage(location=tmp_path / "source")
    for name, content in FILES.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return {name: (storage, name) for name in FILES}


def test_the_imports_stand_in_their_order_and_layer(found):
    css = with_imports_inside("css/lumen.css", found)

    assert "@import" not in css
    assert "@charset" not in css
    assert css.startswith("@layer base, components;")
    assert css.index("@font-face") < css.index(".part") < css.index("@layer components {")


def test_addresses_are_seen_from_the_one_file(found):
    css = with_imports_inside("css/lumen.css", found)
    assert 'url("../vendor/inter/inter.woff2")' in css
    assert 'url("data:image/svg+xml,x")' in css


def test_a_missing_part_is_told_with_what_to_do(found):
    del found["vendor/parts/index.css"]
    with pytest.raises(ImproperlyConfigured, match=r"vendor/parts/index.css, som saknas.*npm ci"):
        with_imports_inside("css/lumen.css", found)


def test_collecting_twice_picks_up_what_changed_in_between(found, tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path / "root")
    for content in (".card { color: green }", ".card { color: gold }"):
        (tmp_path / "source/css/components/card.css").write_text(content)
        storage = OneStylesheetStorage(location=tmp_path / "root")
        for name, (source, path) in found.items():
            storage.delete(name)
            with source.open(path) as file:
                storage._save(name, file)
        errors = [done for _, _, done in storage.post_process(dict(found)) if isinstance(done, Exception)]
        assert not errors
        served = (tmp_path / "root" / storage.stored_name("css/lumen.css")).read_text()
        assert content in served
        assert "inter.woff2" not in served  # the font's address is hashed too
