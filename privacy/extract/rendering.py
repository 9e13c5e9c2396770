"""Shows an extract to people: as lines of text, and as a page that needs nothing else to be read and printed."""

from django.template.loader import render_to_string

from .actions import Extract

FILENAME = "registerutdrag"


def as_text(extract: Extract) -> str:
    """The extract for the console."""
    lines = [f"Det LUMEN har om {extract.email}", ""]
    for kind in extract.kinds:
        lines += [f"{kind.label} ({len(kind.rows)})", f"  Varför: {kind.purpose}", f"  Hur länge: {kind.kept}"]
        for row in kind.rows:
            lines += [""] + [f"    {label}: {value}" for label, value in row.items() if value not in ("", None)]
        lines.append("")
    return "\n".join(lines)


def as_page(extract: Extract) -> str:
    """The extract as one HTML file, to be handed to the person."""
    return render_to_string("admin_privacy/extract_file.html", {"extract": extract})
