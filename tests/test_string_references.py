"""No room names a room above it in a string: imports run downwards, and so do references by name.

`import-linter` sees imports only. A string foreign key, `apps.get_model` or a dotted path would pass it by.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# References upwards that are allowed: (file, string). The swappable models (user, document and image) are named by
# settings, in `lumen`, so they need no line here.
ALLOWED: set[tuple[str, str]] = set()
MODEL_FUNCTIONS = {"get_model", "get_app_config", "get_registered_model"}
PATH = re.compile(r"[A-Za-z_]\w*(\.\w+)+")


def layers() -> list[set[str]]:
    """The rooms from the highest to the lowest, as the contract has them; those beside each other in one set."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [set(line.replace(" ", "").replace(":", "|").split("|")) for line in lines]


def out_of_reach(room: str) -> set[str]:
    """The rooms above a room, and those beside it."""
    above: set[str] = set()
    for layer in layers():
        above |= layer
        if room in layer:
            return above - {room}
    raise LookupError(room)


def references(source: str, rooms: set[str]) -> Iterator[str]:
    """The strings in a module that name something in one of the rooms."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if PATH.fullmatch(node.value) and node.value.partition(".")[0] in rooms:
                yield node.value
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in MODEL_FUNCTIONS and node.args[0].value in rooms:
                yield str(node.args[0].value)


def upward_references() -> set[tuple[str, str]]:
    return {
        (str(path.relative_to(ROOT)), reference)
        for layer in layers()
        for room in layer
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        for reference in references(path.read_text(), out_of_reach(room))
    }


def test_no_string_names_a_room_above() -> None:
    assert upward_references() == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        'models.ForeignKey("meetings.MeetingPage", models.CASCADE)',
        'ParentalKey(to="meetings.MeetingPage")',
        'apps.get_model("meetings", "MeetingPage")',
        'apps.get_model("meetings.MeetingPage")',
        'apps.get_app_config("meetings")',
        'import_string("meetings.actions.cancel_meeting")',
        'user.has_perm("meetings.add_meetingpage")',
    ],
)
def test_each_way_to_name_one_is_found(line: str) -> None:
    assert list(references(line, {"meetings"}))
    assert not list(references(line, {"resources"}))


def test_words_and_links_are_no_references() -> None:
    for line in (
        'x = "meetings"',
        'reverse("meetings:ics")',
        '"""About meetings. And more."""',
        'x = "meetings.ics for all"',
    ):
        assert not list(references(line, {"meetings"})), line


def test_the_order_is_the_contracts() -> None:
    assert out_of_reach("lumen") == set()
    assert "privacy" in out_of_reach("meetings")
    assert "contacts" not in out_of_reach("meetings")
    assert "outbox" in out_of_reach("screening")
