"""What the elements are called that `document_text.py` reads, in the two families of office documents."""

OFFICE_XML, OPEN_DOCUMENT = "Office Open XML", "OpenDocument"
# The kinds of elements that the walker knows (the ends of its methods' names), and their names in the file. In
# Word and in drawings (slides, text boxes, charts), which share them:
_OFFICE_XML = {
    "paragraph": frozenset({"p"}),
    "line": frozenset({"text"}),  # of a comment in a workbook
    "run": frozenset({"r"}),
    "text": frozenset({"t", "delText"}),
    "code": frozenset({"instrText", "delInstrText"}),
    "measure": frozenset({"posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"}),
    "space": frozenset({"tab", "ptab", "br", "cr"}),
    "hyphen": frozenset({"noBreakHyphen"}),
    "symbol": frozenset({"sym"}),
    "hidden": frozenset({"vanish"}),
    "change": frozenset({"ins", "moveTo", "del", "moveFrom"}),
    "table": frozenset({"tbl"}),
    "row": frozenset({"tr"}),
    "cell": frozenset({"tc"}),
    "box": frozenset({"txbxContent", "textbox"}),
    "note": frozenset({"footnote", "endnote", "comment", "threadedComment"}),
    "slide": frozenset({"sld"}),
    "level": frozenset({"ilvl"}),
    "numbered": frozenset({"numId"}),
    "bullet": frozenset({"buChar"}),
    "frame": frozenset({"pic", "sp", "wsp", "bg", "shape", "rect"}),
    "extent": frozenset({"ext", "extent"}),
    "picture": frozenset({"blip", "imagedata"}),
}
# In OpenDocument:
_OPEN_DOCUMENT = {
    "paragraph": frozenset({"p", "h"}),
    "aside": frozenset({"title", "desc", "creator", "date", "date-string", "creator-initials", "sender-initials"}),
    "space": frozenset({"s", "tab", "line-break"}),
    "style": frozenset({"style"}),
    "looks": frozenset({"table-properties", "text-properties", "section-properties", "drawing-page-properties"}),
    "spreadsheet": frozenset({"spreadsheet"}),
    "table": frozenset({"table"}),
    "column": frozenset({"table-column"}),
    "row": frozenset({"table-row"}),
    "cell": frozenset({"table-cell", "covered-table-cell"}),
    "box": frozenset({"text-box"}),
    "note": frozenset({"note", "annotation"}),
    "slide": frozenset({"page"}),
    "slide_notes": frozenset({"notes"}),
    "section": frozenset({"section"}),
    "list_style": frozenset({"list-style"}),
    "list_level": frozenset({"list-level-style-number"}),
    "list": frozenset({"list"}),
    "frame": frozenset({"frame"}),
    "picture": frozenset({"image"}),
    "scope": frozenset(
        {"tracked-changes", "master-page", "header", "header-left", "header-first"}
        | {"footer", "footer-left", "footer-first"}
    ),
}
ELEMENTS = {OFFICE_XML: _OFFICE_XML, OPEN_DOCUMENT: _OPEN_DOCUMENT}
