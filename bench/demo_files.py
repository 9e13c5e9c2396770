"""Makes the demo's files from the texts in `content/resources.toml`: `python -m bench.demo_files`.

The files are committed, so that the demo needs neither Word nor a browser. Run this again when a
`file_text` has changed. A line that starts with `[ ]` is a box to tick, one with `-` a list item; a
short line without a full stop is a heading.
"""

from html import escape
from pathlib import Path

import django

from lumen.settings import select_environment

select_environment(default="dev")
django.setup()

from lumen.demo.reading import FILES, read  # noqa: E402  (needs Wagtail's models)

STYLE = """
@page { size: A4; margin: 25mm 22mm }
body { font: 11pt/1.5 sans-serif; color: #16283f } h1 { font-size: 20pt; line-height: 1.2 }
h2 { font-size: 13pt; margin: 1.2em 0 .3em } ul { list-style: none; padding: 0; margin: 0 }
li { margin: .35em 0 .35em 1.6em; text-indent: -1.6em } footer { margin-top: 2em; font-size: 9pt }
"""


def kind_of(line: str) -> str:
    """Whether a line is a `box`, an `item`, a `heading` or plain `text`."""
    if line.startswith("[ ]"):
        return "box"
    if line.startswith("- "):
        return "item"
    return "heading" if len(line) < 60 and line[-1] not in ".?!:;" else "text"


def _html(title: str, lines: list[str]) -> str:
    parts = [f"<h1>{escape(title)}</h1>"]
    for line in lines:
        kind, text = kind_of(line), escape(line.removeprefix("[ ] ").removeprefix("- "))
        match kind:
            case "box":
                parts.append(f"<ul><li>☐ {text}</li></ul>")
            case "item":
                parts.append(f"<ul><li>• {text}</li></ul>")
            case "heading":
                parts.append(f"<h2>{text}</h2>")
            case _:
                parts.append(f"<p>{text}</p>")
    body = "".join(parts).replace("</ul><ul>", "")
    head = f"<meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang=sv><head>{head}</head><body>{body}<footer>LUMEN</footer></body></html>"


def _pdfs(documents: list[tuple[Path, str, list[str]]]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for path, title, lines in documents:
            page.set_content(_html(title, lines))
            page.pdf(path=path, prefer_css_page_size=True, tagged=True)
        browser.close()


def _docx(path: Path, title: str, lines: list[str]) -> None:
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = title, "LUMEN"
    document.core_properties.language = "sv-SE"
    document.add_heading(title, level=0)
    for line in lines:
        kind, text = kind_of(line), line.removeprefix("[ ] ").removeprefix("- ")
        match kind:
            case "box":
                document.add_paragraph(f"☐ {text}")
            case "item":
                document.add_paragraph(text, style="List Bullet")
            case "heading":
                document.add_heading(text, level=1)
            case _:
                document.add_paragraph(text)
    document.save(str(path))


def main() -> None:
    """Write every file that the demo's material names."""
    FILES.mkdir(exist_ok=True)
    pdfs = []
    for resource in read("resources")["resource"]:
        if "file" not in resource:
            continue
        path, title, lines = FILES / resource["file"], resource["file_title"], resource["file_text"]
        if path.suffix == ".pdf":
            pdfs.append((path, title, lines))
        elif path.suffix == ".docx":
            _docx(path, title, lines)
        else:
            path.write_text("\n".join([title, "", *lines, ""]), encoding="utf-8")
    _pdfs(pdfs)


if __name__ == "__main__":
    main()
