"""The handbook for editors (docs/handbok), shown in the admin."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

FOLDER = Path(settings.BASE_DIR) / "docs"
FIRST = "innehall"
TITLE = "Handbok"


@cache
def chapters() -> dict[str, Path]:
    """The chapters by what stands in their address, and beside them the table of roles that they refer to."""
    found = {path.stem: path for path in sorted((FOLDER / "handbok").glob("*.md")) if path.stem != "README"}
    return {FIRST: FOLDER / "handbok" / "README.md", **found, "roller": FOLDER / "roller.md"}


@cache
def rendered(chapter: str) -> SafeString:
    """The chapter as HTML. The files are our own, and HTML in them is shown as text. Raises KeyError."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(chapters()[chapter].read_text())
    for before, token in zip(tokens, tokens[1:], strict=False):
        if before.type == "heading_open":
            before.attrSet("id", anchor_of(token.content))
        children = token.children or []
        for at, child in enumerate(children):
            _lead_right(child, children[at:])
    return mark_safe(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S308  (made above)


def anchor_of(heading: str) -> str:
    """The name of a heading in links to it, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _lead_right(token: Token, following: list[Token]) -> None:
    """Lead links between the chapters to the admin; leave out pictures and links to what is not served."""
    if token.type == "image":
        token.type, token.tag, token.children, token.content = "text", "", None, ""
    elif token.type == "link_open":
        path, _, anchor = str(token.attrGet("href")).partition("#")
        name = FIRST if Path(path).stem == "README" else Path(path).stem
        if path.endswith(".md") and name in chapters():
            token.attrSet("href", reverse("handbook", args=[name]) + (f"#{anchor}" if anchor else ""))
        elif path.endswith(".md"):
            end = next(each for each in following if each.type == "link_close")
            token.hidden = end.hidden = True


class HandbookView(WagtailAdminTemplateMixin, TemplateView):
    """A chapter of the handbook."""

    template_name = "admin_handbook/chapter.html"
    page_title = TITLE
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            text = rendered(kwargs["chapter"])
        except KeyError as error:
            raise Http404("Det kapitlet finns inte.") from error
        return {**super().get_context_data(**kwargs), "text": text, "first_url": reverse("handbook", args=[FIRST])}
