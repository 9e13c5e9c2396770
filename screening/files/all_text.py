"""Reads all text of a part of an office document: in every element, and in the attributes that hold text."""

from .markup import Attributes, Walker, attribute
from .passages import Budget

HIDDEN = "dold del av filen"
# The attributes that hold text; all others are measures, identities and names of styles.
_TEXTS = frozenset(
    {"name", "title", "descr", "description", "alt", "tooltip", "text", "label", "caption", "string", "display"}
    | {"author", "initials", "userId", "userName", "displayName", "displayText", "codeName", "comment", "anchor"}
    | {"prompt", "promptTitle", "error", "errorTitle", "command", "connection", "location", "element", "instr"}
    | {"totalsRowLabel", "refersTo", "formula", "expression", "cell-range-address", "condition"}
    | {"string-value", "string-value-if-true", "string-value-if-false"}
)
# These hold text in some elements, and numbers or identities in others.
_VALUES = frozenset({"val", "value", "href"})
_WITH_VALUES = frozenset(
    {"alias", "tag", "listItem", "listEntry", "default", "statusText", "helpText", "docVar", "query", "connectString"}
    | {"attr", "tblCaption", "tblDescription", "inputCells", "filter", "customFilter", "sheetName"}
    | {"a", "table-source", "user-field-decl", "option", "text", "textarea"}
)
_FORMULAS = frozenset({"definedName", "calculatedColumnFormula", "totalsRowFormula"})


def texts_of(name: str, attributes: Attributes) -> list[tuple[str, str]]:
    """The attributes of an element that hold text: what each is called, without its prefix, and the text."""
    named = [(key.rpartition(":")[2], value) for key, value in attributes.items()]
    return [(key, value) for key, value in named if key in _TEXTS or (key in _VALUES and name in _WITH_VALUES)]


class AllText(Walker):
    """Hands over the text of a part one element at a time. With `is_own_data` (custom XML) all attributes count."""

    def __init__(self, budget: Budget, place: str, *, is_own_data: bool = False) -> None:
        super().__init__(budget)
        self._place = place
        self._is_own_data = is_own_data
        self._text: list[str] = []
        self._is_binary = False  # what a printer keeps among the settings of a document

    def start(self, name: str, attributes: Attributes) -> None:
        self._hand_over("")
        self._is_binary = attribute(attributes, "type") == "base64Binary"
        if self._is_own_data:
            texts = [value for key, value in attributes.items() if not key.startswith("xmlns")]
        else:
            texts = [value for _, value in texts_of(name, attributes)]
        for value in texts:
            self.add(self._place, value)

    def text(self, text: str) -> None:
        if not self._is_binary:
            self._text.append(text)

    def end(self, name: str) -> None:
        self._hand_over(name)
        self._is_binary = False

    def _hand_over(self, name: str) -> None:
        if not self._text:
            return
        text, self._text = "".join(self._text), []
        if name in _FORMULAS:
            self.add_formula(self._place, text)
        else:
            self.add(self._place, text)
