"""Excel workbooks: every sheet, hidden ones too, and all that hangs on them. Plain Python: no Django."""

from collections.abc import Iterator
from typing import BinaryIO

from .markup import root_of, walk
from .opc import Anything, kept, read_other, relations
from .package import BROKEN, Package, Part
from .paragraphs import Paragraphs
from .pieces import DAMAGED, Budget, Fault, Note, Piece, quoted
from .sheets import HIDDEN_SHEET, Comments, SharedTexts, SheetText, Styles, TableNames, Values, Workbook

# Read for what they tell of the cells, before the sheets.
_FIRST = frozenset({"workbook", "styleSheet", "sst"})


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """Every part, cells with their addresses."""
    package = Package(source, budget)
    yield from package.beside()
    roots: list[tuple[Part, str]] = []
    for part in package.parts:
        try:
            roots.append((part, root_of(part.head())))
        except BROKEN:
            yield Fault(DAMAGED)
    workbook, styles, texts = Workbook(budget), Styles(budget), SharedTexts(budget)
    for root, walker in (("workbook", workbook), ("styleSheet", styles), ("sst", texts)):
        for part in (part for part, own in roots if own == root):
            yield from kept(part, walk(part.chunks(), walker))
        if walker is workbook:
            yield from _hidden_sheets(workbook)
    # Words that no cell shows any more are still in the file.
    places = _places(package, roots, workbook, budget)
    used: set[int] = set()
    for part, root in roots:
        if root not in _FIRST:
            yield from kept(part, _read_part(part, root, places, texts, styles, used, budget))
    for number, text in enumerate(texts.found):
        if number not in used:
            yield Piece("text utan cell", budget.take(text))


def _hidden_sheets(workbook: Workbook) -> Iterator[Note]:
    """What a person who reads in the program's place would not see."""
    hidden = [quoted(name) for name, is_hidden in workbook.sheets.values() if is_hidden]
    if hidden:
        names = ", ".join(hidden[:3]) + (f" och {len(hidden) - 3} till" if len(hidden) > 3 else "")
        yield Note(f"Arbetsboken har dolda blad: {names}.")


def _places(package: Package, roots: list[tuple[Part, str]], workbook: Workbook, budget: Budget) -> dict[str, str]:
    """For each sheet and each part that hangs on it: "blad Lön", with whether it is hidden."""
    places: dict[str, str] = {}
    try:
        for part in (part for part, root in roots if root == "workbook"):
            for relation in relations(package, part.folded, budget):
                if relation.id in workbook.sheets:
                    name, is_hidden = workbook.sheets[relation.id]
                    places[relation.target] = f"blad {quoted(name)}{HIDDEN_SHEET if is_hidden else ''}"
        for _ in range(2):  # what hangs on the sheet, and on that: a drawing's charts
            for target, place in list(places.items()):
                for relation in relations(package, target, budget):
                    if not relation.is_external:
                        places.setdefault(relation.target, place)
    except BROKEN:
        pass  # told when the part itself is read
    return places


def _read_part(
    part: Part,
    root: str,
    places: dict[str, str],
    texts: SharedTexts,
    styles: Styles,
    used: set[int],
    budget: Budget,
) -> Iterator[Piece | Fault]:
    place = places.get(part.folded, "")
    on_sheet = f" i {place}" if place else ""
    if root in {"worksheet", "dialogsheet", "chartsheet", "macrosheet"}:
        walker = SheetText(budget, place or "ett löst blad", texts.found, styles, used)
        yield from walk(part.chunks(), walker)
    elif root in {"comments", "ThreadedComments"}:
        yield from walk(part.chunks(), Comments(budget, f"kommentar{on_sheet}"))
    elif root in {"wsDr", "chartSpace", "dataModel"}:
        what = "textruta eller bild" if root == "wsDr" else "diagram"
        yield from walk(part.chunks(), Paragraphs(budget, f"{what}{on_sheet}"))
    elif root == "table":
        yield from walk(part.chunks(), TableNames(budget, f"tabell{on_sheet}"))
    elif root in {"pivotCacheDefinition", "pivotCacheRecords", "externalLink"}:
        what = "länkad arbetsbok" if root == "externalLink" else "pivottabellens data"
        yield from walk(part.chunks(), Values(budget, f"{what}{on_sheet}"))
    elif root == "xml" and part.suffix == "vml":
        yield from walk(part.chunks(), Anything(budget, f"kommentar eller ruta{on_sheet}"))
    else:
        yield from read_other(part, root, budget)
