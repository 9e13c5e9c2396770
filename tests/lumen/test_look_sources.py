"""Templates and stylesheets as they lie in the tree: what the policy refuses, what must hang together."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
CSS = ROOT / "static/css"
# Mail carries its styles inline, and Wagtail's admin has a policy of its own.
OTHER_POLICY = ("emails/", "wagtailadmin/", "admin_")
PUBLIC = sorted(
    path
    for path in TEMPLATES.rglob("*.html")
    if not path.relative_to(TEMPLATES).as_posix().startswith(OTHER_POLICY) and "/email/" not in path.as_posix()
)
REFUSED = re.compile(r"""<script(?![^>]*\ssrc=)|<style\b|\sstyle=|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE)
IMPORT = re.compile(r'@import "([^"]+)"( layer\([a-z.]+\))?;')


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def imports() -> dict[str, str]:
    """The stylesheets that `lumen.css` brings in, with the layer each of them gets."""
    return dict(IMPORT.findall((CSS / "lumen.css").read_text()))


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_a_public_template_has_nothing_that_the_content_security_policy_refuses(path):
    found = REFUSED.search(path.read_text())
    assert not found, found


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_a_public_template_asks_no_third_party_for_anything(path):
    source = path.read_text()
    assert not re.findall(r"""(?:\ssrc|<link[^>]*\shref)=["'](?:https?:)?//""", source)


FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
FIELDS = re.compile(r"components/form_field\.html")


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_u14_every_form_with_fields_sums_up_its_errors(path):
    source = path.read_text()
    if any(FIELDS.search(form) for form in FORM.findall(source)):
        assert "components/error_summary.html" in source


def test_the_policy_search_finds_what_it_looks_for():
    for bad in ('<p style="x">', "<script>", '<a onclick="x">', "<style>", '<a href="javascript:x">'):
        assert REFUSED.search(bad), bad
    assert not REFUSED.search('<script src="/static/js/copy.js" defer></script>')


def test_every_stylesheet_of_a_component_is_imported_once_and_in_the_components_layer():
    there = {f"components/{path.name}" for path in (CSS / "components").glob("*.css")}
    imported = {target: layer for target, layer in imports().items() if target.startswith("components/")}
    assert set(imported) == there
    assert set(imported.values()) == {" layer(components)"}
    assert (CSS / "lumen.css").read_text().count("@import") == len(imports())


# A class of Designsystemet that has no stylesheet of its own name.
IN_OTHER_SHEETS = {"sr-only": "base"}
DS_CLASS = re.compile(r"\bds-([a-z]+(?:-[a-z]+)*)\b")


def test_o12_the_components_of_designsystemet_that_are_used_are_brought_in_and_no_others() -> None:
    sources = [path.read_text() for path in PUBLIC] + [(ROOT / "lumen/templatetags/look.py").read_text()]
    used = {IN_OTHER_SHEETS.get(found, found) for source in sources for found in DS_CLASS.findall(source)}
    prefix = "../vendor/designsystemet/"
    brought = {target.removeprefix(prefix).removesuffix(".css") for target in imports() if target.startswith(prefix)}
    assert brought == used | {"base"}


def test_every_import_has_its_file():
    folders = {"../vendor/designsystemet/": ROOT / "node_modules/@digdir/designsystemet-css/dist/src"}
    for target in imports():
        prefix = next((prefix for prefix in folders if target.startswith(prefix)), "")
        if prefix and not folders[prefix].exists():
            continue  # npm has not been run here; the build checks it
        path = folders[prefix] / target.removeprefix(prefix) if prefix else CSS / target
        assert path.exists(), target


def theme_colours(scheme: str) -> dict[str, str]:
    """The theme's colours in light or dark mode, by name."""
    theme = (CSS / "theme/lumen.css").read_text()
    colours = theme.split(f"@layer ds.theme.color-scheme.{scheme}", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--ds-color-([a-z-]+): (#[0-9a-fA-F]{6});", colours))


def light_colours() -> dict[str, str]:
    return theme_colours("light")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


HUES = [
    "accent",
    "neutral",
    "brand",
    "ground",
    "prevent",
    "detect",
    "act",
    "learn",
    "success",
    "warning",
    "danger",
    "info",
]
TEXT_ON = (
    ("text-default", "surface-tinted"),
    ("text-subtle", "surface-default"),
    ("base-contrast-default", "base-default"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hue", HUES)
def test_u25_the_theme_keeps_text_readable_in_every_hue_and_scheme(hue, scheme):
    colours = theme_colours(scheme)
    for text, ground in TEXT_ON:
        assert contrast(colours[f"{hue}-{text}"], colours[f"{hue}-{ground}"]) >= 4.5, (text, ground)
    assert contrast(colours[f"{hue}-border-strong"], colours["neutral-background-default"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_u25_soft_text_is_readable_on_the_pale_grounds(scheme):
    colours = theme_colours(scheme)
    for ground in ("accent-background-tinted", "brand-background-tinted"):
        assert contrast(colours["neutral-text-subtle"], colours[ground]) >= 4.5


FORCED = {
    "coverage_map": (".coverage-map__in", ".coverage-map__out", ".coverage-map__key::before", ".coverage-map__key--in"),
    "framework_picture": (".framework-picture__shape", ".framework-picture__name", "[aria-current]", ":focus-visible"),
    "site_nav": (".site-nav__link", "[aria-current]"),
}


@pytest.mark.parametrize("component", FORCED)
def test_u25_what_only_colour_tells_is_told_with_forced_colours_too(component):
    rules = (CSS / f"components/{component}.css").read_text().partition("@media (forced-colors: active)")[2]
    assert all(selector in rules for selector in FORCED[component])


def test_the_theme_is_the_one_of_the_configuration():
    config = (ROOT / "designsystemet.config.json").read_text()
    accent = re.search(r'"accent": "(#[0-9a-f]{6})"', config)
    assert accent and light_colours()["accent-base-default"] == accent[1]


def test_no_comment_of_a_template_is_shown_to_visitors() -> None:
    """`{# … #}` is a comment on one line only; over two it is text on the page."""
    shown = [
        f"{name(path)}:{number}"
        for path in sorted(TEMPLATES.rglob("*.*"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if line.count("{#") != line.count("#}")
    ]
    assert shown == []
