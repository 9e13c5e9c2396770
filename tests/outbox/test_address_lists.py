"""Lists of addresses, as people write and paste them."""

import pytest

from outbox.address_lists import fragments

ANNA, BO = "anna.b@nacka.example", "bo@nacka.example"


@pytest.mark.parametrize(
    "text",
    [
        f"Berg, Anna <{ANNA}>; Ek, Bo <{BO}>",
        f"Berg, Anna <{ANNA}>, Ek, Bo <{BO}>",
        f'"Berg, Anna" <{ANNA}>, "Ek; Bo" <{BO}>',
        f"{ANNA}, {BO}",
        f"{ANNA};{BO};",
        f"{ANNA}\n{BO}",
        f"{ANNA}\r\n\r\n{BO}\r\n",
        f"{ANNA}\t{BO}",
        f"{ANNA} {BO}",
        f"mailto:{ANNA}, <mailto:{BO}>",
        f"Anna <{ANNA}> Bo <{BO}>",
        f"'{ANNA}'; '{BO}'",
        f"{ANNA} (Anna Berg), {BO}",
        f"{ANNA} <{ANNA}>; {BO} <{BO}>",
        f'"En som glömde citattecknet <{ANNA}>\n{BO}',
    ],
)
def test_m12_each_address_is_found_whatever_stands_around_it(text: str) -> None:
    found = [fragment for fragment in fragments(text) if "glömde" not in fragment]
    assert found == [ANNA, BO]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anna, bo@nacka.example", ["anna", BO]),
        ("Anna Berg", ["Anna Berg"]),
        ("Anna Berg bo@nacka.example", ["Anna Berg", BO]),
        ("Anna <anna", ["Anna <anna"]),
        ("Anna <>", [""]),
        ("Anna <anna>; bo@nacka.example", ["anna", BO]),
        ("", []),
        (" ,;\n", []),
    ],
)
def test_m12_what_is_no_address_is_told_with_its_text(text: str, found: list[str]) -> None:
    assert list(fragments(text)) == found
