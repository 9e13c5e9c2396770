"""The words of the table editor, which has no Swedish of its own."""

from wagtail.contrib.table_block.blocks import DEFAULT_TABLE_OPTIONS

SEPARATOR = "---------"
MENU = {
    "row_above": "Infoga rad ovanför",
    "row_below": "Infoga rad nedanför",
    "after_rows": SEPARATOR,
    "col_left": "Infoga kolumn till vänster",
    "col_right": "Infoga kolumn till höger",
    "after_columns": SEPARATOR,
    "remove_row": "Ta bort raden",
    "remove_col": "Ta bort kolumnen",
    "after_removal": SEPARATOR,
    "undo": "Ångra",
    "redo": "Gör om",
}


def speak_swedish() -> None:
    """Name the choices of the menu. As options of a block they would stand in every migration of a page."""
    items = {key: name if name == SEPARATOR else {"name": name} for key, name in MENU.items()}
    # Of the languages that it has, this says nothing that the names above do not.
    DEFAULT_TABLE_OPTIONS.update(language="en-US", contextMenu={"items": items})
